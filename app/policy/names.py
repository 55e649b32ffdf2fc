"""Finding somebody by the name that a person typed."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from app.errors import USAGE, AppError
from app.messages import msg, shown, words
from app.model.commit import Signature
from app.model.document import Document, Table
from app.model.names import clean_name, looks, same_name
from app.model.names import plain as plain
from app.model.owners import Rota
from app.model.room import Person


def is_a_name(text: str) -> bool:
    """Whether a person could be called this: it has a letter and no digit, as a day, a time or a number has."""
    return any(sign.isalpha() for sign in text) and not any(sign.isdigit() for sign in text)


def people_called(document: Document, name: str) -> tuple[str, ...]:
    """The ids of those whom a name stands for: every member of the rota of this name, else the one person; an AppError
    where it is nobody, or several."""
    rotas = [rota for rota in document.rows(Rota) if plain(rota.name) == plain(name)]
    if len(rotas) == 1 and not any(plain(person.name) == plain(name) for person in document.rows(Person)):
        if not rotas[0].members:
            raise AppError(msg("The rota “{name}” has no members.", name=rotas[0].name), exit_code=USAGE)
        return rotas[0].members
    return (person_called(document, name).id,)


def person_called(document: Document, name: str) -> Person:
    """The one person with this name, this "Name (Title)" or this id; an AppError that says how to write it when it is
    nobody, or several."""
    people, found = document.rows(Person), everybody_called(document, name)
    if len(found) == 1:
        return found[0]
    if not found:
        listed = ", ".join(person.name for person in people if person.name)
        raise AppError(
            msg("Nobody here is called “{name}”.", name=name),
            msg("There are: {people}.", people=listed) if listed else msg("Nobody is in the project yet."),
            exit_code=USAGE,
        )
    apart = Counter(plain(titled(person)) for person in people)
    ways = [
        titled(person) if apart[plain(titled(person))] == 1 and titled(person) != person.name else person.id
        for person in found
    ]
    raise AppError(
        msg("{count} people are called “{name}”.", count=len(found), name=name),
        msg("Write {ways}.", ways=" or ".join(f"“{way}”" for way in ways)),
        exit_code=USAGE,
    )


def everybody_called(document: Document, name: str) -> list[Person]:
    """Everybody with this name; where nobody has it, whoever has it with a title or as they are told apart, or as their
    id. What nobody sees in the name as it was typed need not be in theirs."""
    people, said = document.rows(Person), {plain(name), plain(clean_name(name))}
    if named := [person for person in people if plain(person.name) in said]:
        return named
    if called := [person for person in people if plain(told_apart(document, person)) in said]:
        return called
    return [person for person in people if person.id == name.strip() or plain(titled(person)) in said]


def titled(person: Person) -> str:
    """What tells people of one name apart, their title, else their function: Dana Abelard (Head of billing)."""
    more = person.title or person.function
    return f"{person.name} ({more})" if more else person.name


def told_apart(document: Document, person: Person) -> str:
    """How a person is called wherever they are chosen or named: by name, and with what tells them apart where somebody
    else in the project is called the same, or looks the same. No two who have a name are called alike."""
    return person.called() + apart(document, person)


def apart(document: Document, person: Person) -> str:
    """What is said behind a name to tell somebody apart, such as " (Head of billing)"; "" where the name does."""
    return _apart(document.table(Person.spec.kind)).get(person.id, "")


def signer_called(document: Document, signature: Signature) -> str:
    """How whoever signed is called: as they signed, and told apart where somebody else has the same name."""
    person = document.get(Person, signature.person)
    as_signed = person is not None and plain(person.name) == plain(signature.name)
    return told_apart(document, person) if person is not None and as_signed else signature.called()


@lru_cache(maxsize=4)
def _apart(people: Table) -> Mapping[str, str]:
    """Person id -> what is said behind the name. More is said only of those whom less leaves alike."""
    everybody = {row.id: row for row in people.ordered if isinstance(row, Person) and row.name}
    details: dict[str, tuple[str, ...]] = dict.fromkeys(everybody, ())
    same = _alike({row_id: shown(row.name) for row_id, row in everybody.items()})
    for more in (_part, _contact, _spelling):
        for row_id in same:
            found = more(everybody[row_id])
            if found and found not in details[row_id]:
                details[row_id] = (*details[row_id], found)
        if same:
            same = _alike(_in_full(everybody, details))
    _number(everybody, details, same)
    return {row_id: _in_brackets(said) for row_id, said in details.items() if said}


def _part(person: Person) -> str:
    """The title, or the function; where there is neither, the contact, or how the name is spelt."""
    return shown(person.title or person.function) or _contact(person) or _spelling(person)


def _contact(person: Person) -> str:
    return shown(person.contact)


def _spelling(person: Person) -> str:
    """The name with the letters of another alphabet than most of it spelt as JSON spells them; "" where all are of
    one."""
    name = person.called()
    alphabets = Counter(_alphabet(sign) for sign in name if sign.isalpha())
    usual = alphabets.most_common(1)[0][0] if alphabets else ""
    if len(alphabets) < 2:
        return ""
    spelt = "".join(json.dumps(sign)[1:-1] if sign.isalpha() and _alphabet(sign) != usual else sign for sign in name)
    return words(msg("spelt “{name}”", name=spelt))


def _alphabet(sign: str) -> str:
    """The alphabet of a letter, as Unicode names it: LATIN, CYRILLIC."""
    return unicodedata.name(sign, "").partition(" ")[0]


def _number(people: Mapping[str, Person], details: dict[str, tuple[str, ...]], same: frozenset[str]) -> None:
    """Number those whom nothing else tells apart, in their order."""
    if not same:
        return
    called = _in_full(people, details)
    taken = {_seen(name) for row_id, name in called.items() if row_id not in same}
    last: Counter[str] = Counter()
    for row_id in (row_id for row_id in called if row_id in same):
        begun = _seen(called[row_id])
        while True:
            last[begun] += 1
            numbered = (*details[row_id], str(last[begun]))
            seen = _seen(people[row_id].called() + _in_brackets(numbered))
            if seen not in taken:
                break
        taken.add(seen)
        details[row_id] = numbered


def _in_full(people: Mapping[str, Person], details: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {row_id: person.called() + _in_brackets(details[row_id]) for row_id, person in people.items()}


def _in_brackets(details: tuple[str, ...]) -> str:
    return f" ({', '.join(details)})" if details else ""


def _alike(called: Mapping[str, str]) -> frozenset[str]:
    """The keys of those texts that are another one's too, or that nobody can tell from another by looking."""
    found: set[str] = set()
    for grouped_by in (_plainly, _seen):
        groups: dict[str, list[str]] = {}
        for key, text in called.items():
            groups.setdefault(grouped_by(text), []).append(key)
        for group in (group for group in groups.values() if len(group) > 1):
            found.update(
                one for one in group if any(one != other and same_name(called[one], called[other]) for other in group)
            )
    return frozenset(found)


# Each edit of the people asks these of every name again.


@lru_cache(maxsize=4096)
def _plainly(name: str) -> str:
    return plain(name)


@lru_cache(maxsize=4096)
def _seen(name: str) -> str:
    return looks(name)
