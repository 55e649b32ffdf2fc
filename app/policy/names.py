"""Finding somebody by the name that a person typed."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from app.errors import USAGE, AppError
from app.messages import msg, shown
from app.model.commit import Signature
from app.model.document import Document, Table
from app.model.names import clean_name
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
    """Everybody with this name; where nobody has it, whoever has it with a title, or as their id. What nobody sees in
    the name as it was typed need not be in theirs."""
    people, said = document.rows(Person), {plain(name), plain(clean_name(name))}
    named = [person for person in people if plain(person.name) in said]
    return named or [person for person in people if person.id == name.strip() or plain(titled(person)) in said]


def titled(person: Person) -> str:
    """What tells people of one name apart, their title, else their function: Dana Abelard (Head of billing)."""
    more = person.title or person.function
    return f"{person.name} ({more})" if more else person.name


def told_apart(document: Document, person: Person) -> str:
    """How a person is called wherever they are chosen or named: by name, and with the title where somebody else in the
    project has the same name."""
    return shown(titled(person)) if plain(person.name) in _shared(document.table(Person.spec.kind)) else person.called()


def signer_called(document: Document, signature: Signature) -> str:
    """How whoever signed is called: as they signed, and told apart where somebody else has the same name."""
    person = document.get(Person, signature.person)
    as_signed = person is not None and plain(person.name) == plain(signature.name)
    return told_apart(document, person) if person is not None and as_signed else signature.called()


@lru_cache(maxsize=4)
def _shared(people: Table) -> frozenset[str]:
    """The names that more than one of these people have."""
    counted = Counter(plain(str(row.value("name"))) for row in people.ordered)
    return frozenset(name for name, count in counted.items() if name and count > 1)
