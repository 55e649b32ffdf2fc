"""Taking the names of people out of a project: out of every row, the log, and what the revisions kept.

A redaction changes texts only, and each text in the same way wherever it stands: the log still leads to the rows. What
was signed cannot be computed from what is left: a revision and a signature count the places in `erased`, keep their
hashes, and stay bound to each other (app.revisions.chain). The same is done to everybody for a copy without names, and
to one person for an erasure.

How a name is found is told by app.revisions.spellings: as a whole or by its words, whatever its capitals, accents,
apostrophes and hyphens, with or without an ending such as ’s. A contact or a paging route is found wherever it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.interchange import Project, canonical
from app.messages import Message, Param, msg
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.fields import Field, Kind, Value, fields_of
from app.model.kinds import BY_KIND
from app.model.log import Log
from app.model.owners import Rota
from app.model.room import Person
from app.model.row import Row, from_plain, with_fields
from app.revisions import chain
from app.revisions.audit import audit
from app.revisions.folding import fold
from app.revisions.sentences import is_named, word_after
from app.revisions.spellings import (
    Counts,
    Spelling,
    finder,
    in_address,
    in_way,
    key_of,
    spellings_of,
    stands,
    without_year,
)

_TEXTS = frozenset({Kind.TEXT, Kind.PROSE, Kind.TEXTS})
_MADE = {
    "agent": ("currency",),
    "raci_override": ("activity",),
    "commitment": ("code", "subject"),
    "accepted_risk": ("code", "subject"),
    "dismissed_phrase": ("subject", "field", "phrase"),
    "revision": ("digest", "previous", "fingerprint", "catalogue", "withdrawn_after", "withdrawn_entry"),
    "signature": ("signer", "fingerprint", "drawing", "frozen", "previous", "entry", "key", "seal"),
}
"""Kind -> texts that the program makes itself: ids, codes and hashes, in which no name can stand."""

_NAMES = {"revision": ("withdrawn_by",), "handover": ("from_name",), "signature": ("name",)}
"""Kind -> texts that are nothing but a name, as the author of a step is: an ordinary word in them is one too."""

_REACH = ("contact", "paging_route")

_OR = " or "
"""Between those for whom one spelling stands."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person: the id of the row, or a word for somebody without one; every name that the row ever
    had, the last one last, and every contact and paging route."""

    id: str
    names: tuple[str, ...]
    reached: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[Spelling, ...]:
        """Every spelling in which they are looked for."""
        return spellings_of(self.names, self.reached)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A project from which names were taken, and from how many places."""

    project: Project
    places: int


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands instead of a spelling, "" where it stays, and where the spelling counts, as in Spelling."""

    instead: str
    counts: Counts
    joined: Counts

    def and_of(self, who: str, spelling: Spelling) -> _Said:
        """The same where the spelling is one of this person's too."""
        named = self.instead.split(_OR) if self.instead else []
        instead = self.instead if who in named else _OR.join((*named, who))
        return _Said(instead, min(self.counts, spelling.counts), min(self.joined, spelling.joined))


class Redaction:
    """Puts `instead[id]` where a person was named, and empties what they are reached by. `others` keep their names.

    A word that is part of several names stands for each of them; where one of these keeps it, it stays, and is one of
    the `shared` spellings and not of those that are `looked_for`. For a copy in
    which nobody is named (`everybody`), what people and rotas are reached by is told apart and not emptied, so that the
    findings stay the same, and drawings and keys of all signers go too.
    """

    def __init__(
        self,
        instead: Mapping[str, str],
        people: Iterable[Known],
        others: Iterable[Known] = (),
        *,
        everybody: bool = False,
    ) -> None:
        self._instead = dict(instead)
        self._everybody = everybody
        self._said: dict[str, _Said] = {}
        self._done: dict[str, tuple[str, int]] = {}
        self.places = 0
        self.looked_for: list[Spelling] = []
        self.shared: list[Spelling] = []
        staying = tuple(others)
        self._collect(tuple(people), staying)
        self._finder = finder((*self.looked_for, *self._protect(staying)))
        self._unbound: Mapping[str, chain.Entry] = {}
        self._holds = True

    def project(self, project: Project) -> Redacted:
        """The project without these names; `places` counts those in its rows and in what its revisions kept.

        Where its sign-off does not hold, nothing of that is marked as what names were taken out of: it would not be
        computed anew any more, and what was changed before would pass for that.
        """
        self._holds = not audit(project.document)
        entries = chain.entries(project.document)
        unbound = {entry.row.id: entry for entry in entries if not entry.bound}
        touched = any(self.row(entry.row) != entry.row for entry in entries if not entry.bound)
        # The hashes of these are computed from what they say: they are kept before that goes.
        self._unbound = unbound if touched else {}
        log = Log(self._change_set(entry) for entry in project.log)
        self.places = 0
        rows = [self.row(row) for row in project.document]
        return Redacted(Project(Document.of(project.document.project_id, rows), log), self.places)

    def text(self, text: str) -> str:
        """A text without the names."""
        if text not in self._done:
            # The log holds most texts many times.
            self._done[text] = self._taken_out(text)
        after, places = self._done[text]
        self.places += places
        return after

    def in_file_name(self, name: str) -> bool:
        """Whether the name of a file, with or without what follows its last point, or a path names one of them."""
        return self._taken_out(name, is_way=True)[1] > 0

    def row(self, row: Row) -> Row:
        """A row without the names."""
        before, values = self.places, dict[str, Value]()
        for name, field in fields_of(type(row)).items():
            after = self._value(row, name, field)
            if after != row.value(name):
                values[name] = after
        if isinstance(row, Signature | Revision):
            values.update(self._signed(row, self.places - before, bool(values)))
        return with_fields(row, values) if values else row

    # --- parts ---

    def _value(self, row: Row, name: str, field: Field) -> Value:
        value = row.value(name)
        if not value or field.kind not in _TEXTS:
            return value
        if isinstance(row, Revision) and name == "content":
            return self._content(str(value))
        if isinstance(row, Revision) and name == "implied":
            return self._implied(str(value))
        if isinstance(row, Signature) and (mine := self._of_signature(row, name)) is not None:
            return mine
        if isinstance(row, Person) and row.id in self._instead and name in ("name", *_REACH):
            return self._instead_of(self._instead[row.id], name)
        if isinstance(row, Rota) and self._everybody and name in _REACH:
            return self._instead_of("Rota", name)
        if name in _MADE.get(row.spec.kind, ()):
            return value
        if name in _NAMES.get(row.spec.kind, ()):
            after, places = self._taken_out(str(value), is_way=True)
            self.places += places
            return _cut(after, field.limit)
        if isinstance(value, tuple):
            return tuple(_cut(self.text(str(item)), 500) for item in value)
        return _cut(self.text(str(value)), field.limit)

    def _instead_of(self, who: str, name: str) -> str:
        self.places += 1
        if name == "name":
            return who
        return f"{who}, {'contact' if name == 'contact' else 'paging'}" if self._everybody else ""

    def _of_signature(self, row: Signature, name: str) -> str | None:
        gone = row.signer in self._instead or row.person in self._instead
        if name == "name" and gone:
            self.places += 1
            return self._instead.get(row.signer) or self._instead[row.person or ""]
        if name == "drawing" and (gone or self._everybody):
            self.places += 1
            return ""
        if name in ("key", "seal") and self._everybody:
            self.places += 1
            return ""
        return None

    def _signed(self, row: Signature | Revision, places: int, changed: bool) -> dict[str, Value]:
        """What marks an entry of the sign-off from which something was taken."""
        found: dict[str, Value] = {}
        entry = self._unbound.get(row.id)
        if entry is not None and isinstance(row, Signature):
            found = {"entry": entry.digest, "previous": entry.previous}
        elif entry is not None and isinstance(row, Revision) and row.withdrawn_at:
            found = {"withdrawn_entry": entry.digest, "withdrawn_after": entry.previous}
        if not (found or changed):
            return {}
        return {**found, "erased": (row.erased or 0) + places} if self._holds else found

    def _content(self, content: str) -> str:
        """The decisions that a revision kept, row by row as the rows of today."""
        try:
            kept = json.loads(content)
            found = {kind: [self._plain(kind, row) for row in rows] for kind, rows in kept.items()}
        except (ValueError, RecursionError, TypeError, AttributeError):
            return self.text(content)
        return canonical(found).decode()

    def _plain(self, kind: str, plain: dict[str, Any]) -> dict[str, Any]:
        row_class = BY_KIND.get(kind)
        if row_class is None:
            return plain
        declared = fields_of(row_class)
        known = {name: value for name, value in plain.items() if name in declared or name in ("id", "rank")}
        row = from_plain(row_class, known)
        after = self.row(row)
        found = dict(plain)
        for name in plain:
            if name in declared and after.value(name) != row.value(name):
                value = after.value(name)
                found[name] = list(value) if isinstance(value, tuple) else value
                if value == declared[name].empty:
                    # As in app.revisions.digest.
                    del found[name]
        return found

    def _implied(self, implied: str) -> str:
        """What the map implied when a revision froze: the sentences of its findings name people."""
        try:
            kept = json.loads(implied)
        except (ValueError, RecursionError):
            return self.text(implied)
        return json.dumps(self._deep(kept), ensure_ascii=False, sort_keys=True)

    def _deep(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._deep(item) for item in value]
        return {name: self._deep(item) for name, item in value.items()} if isinstance(value, dict) else value

    def _change_set(self, entry: ChangeSet) -> ChangeSet:
        changes = tuple(
            RowChange(c.before and self.row(c.before), c.after and self.row(c.after)) for c in entry.changes
        )
        author = self._taken_out(entry.author, is_way=True)[0]
        return ChangeSet(entry.id, self._message(entry.label), changes, entry.at, author, entry.undoes, entry.group)

    def _message(self, message: Message) -> Message:
        params = {name: self._param(value) for name, value in message.params}
        return msg(message.id, **params)

    def _param(self, value: Param) -> Param:
        if isinstance(value, Message):
            return self._message(value)
        return self.text(value) if isinstance(value, str) else value

    def _taken_out(self, text: str, *, is_way: bool = False) -> tuple[str, int]:
        """The text without the names, and from how many places they were taken. `is_way` says that the whole text is a
        path, the name of a file, or of somebody."""
        if self._finder is None or not text:
            return text, 0
        seen, parts, rest = fold(text), list[str](), 0
        found = self._finder.search(seen.text)
        while found is not None:
            place = seen.written(found.start(), found.end())
            said = self._instead_of_text(found[0], text, place, is_way) if place is not None else ""
            if place is not None and said:
                parts += [text[rest : place[0]], said]
                rest = place[1]
            # What was found and does not count may hold something that does, unless it is an address that stays.
            past = found.end() if said or "@" in found[0] else found.start() + 1
            found = self._finder.search(seen.text, past)
        return "".join((*parts, text[rest:])), len(parts) // 2

    def _instead_of_text(self, found: str, text: str, place: tuple[int, int], is_way: bool) -> str:
        """What is to stand instead of this spelling, which was found folded and is written here; "" where it stays."""
        key = key_of(found)
        said = self._said.get(key) or self._said.get(without_year(key))
        if "@" in found:
            # An address: it goes where a name is a part of it.
            keys = in_address(found)
            parts = (each.instead for key, each in self._said.items() if key in keys and each.instead)
            return (said.instead if said else "") or next(parts, "")
        if said is None or not said.instead:
            return ""
        way, named = is_way or in_way(text, *place), is_named(text, *place, self._goes_on(said, text, place[1]))
        return said.instead if stands(said.counts, said.joined, found, text[slice(*place)], way, named) else ""

    def _goes_on(self, said: _Said, text: str, end: int) -> bool:
        """Whether the next word is another one of whom this is said."""
        after = self._said.get(key_of(word_after(text, end)))
        return after is not None and not {*said.instead.split(_OR)}.isdisjoint(after.instead.split(_OR))

    def _collect(self, people: tuple[Known, ...], others: tuple[Known, ...]) -> None:
        """Note which spellings to look for, and what stands instead of each."""
        named: set[str] = set()
        kept: set[str] = set()
        for spelling in (spelling for known in others for spelling in known.spellings):
            kept.add(spelling.key)
            if not spelling.handle:
                named.add(spelling.key)
        # Whoever is called quite the same keeps the name that they have, and so do the texts that may mean them.
        own = {key_of(name) for known in people for name in known.names} - {key_of(each.names[-1]) for each in others}
        for known in people:
            who = self._instead[known.id]
            for spelling in known.spellings:
                # What another is called stays with them; a handle that could be theirs is no reason to keep a name.
                if spelling.key not in own and spelling.key in (kept if spelling.handle else named):
                    self.shared.append(spelling)
                    continue
                said = self._said.get(spelling.key, _Said("", spelling.counts, spelling.joined))
                self._said[spelling.key] = said.and_of(who, spelling)
                self.looked_for.append(spelling)

    def _protect(self, others: tuple[Known, ...]) -> Iterator[Spelling]:
        """Names that stay: a longer one must not lose a word that it has in common with one that goes."""
        for known in others:
            names = {key_of(name) for name in known.names}
            for spelling in known.spellings:
                if spelling.key in names and spelling.key not in self._said:
                    self._said[spelling.key] = _Said("", spelling.counts, spelling.joined)
                    yield spelling


def _cut(text: str, limit: int) -> str:
    return text[:limit].rstrip() if len(text) > limit else text


# --- who is known --------------------------------------------------------------------------------------------


def known_people(project: Project) -> tuple[Known, ...]:
    """Everybody who has, or had, a row of their own: in the rows, in the log, and in what revisions kept; by id, which
    is the order in which they came."""
    names: dict[str, dict[str, None]] = {}
    reached: dict[str, dict[str, None]] = {}
    for signature in project.document.rows(Signature):
        if signature.signer:
            names.setdefault(signature.signer, {})[signature.name] = None
    for person in _states(project):
        for found, texts in ((names, (person.name,)), (reached, (person.contact, person.paging_route))):
            for text in filter(None, texts):
                # What was said last stands last.
                found.setdefault(person.id, {}).pop(text, None)
                found[person.id][text] = None
    return tuple(Known(row_id, tuple(names[row_id]), tuple(reached.get(row_id, ()))) for row_id in sorted(names))


def _states(project: Project) -> Iterator[Person]:
    """Every state of every person that is kept anywhere, that of today last."""
    for revision in project.document.rows(Revision):
        try:
            kept = json.loads(revision.content).get(Person.spec.kind, [])
            found = [from_plain(Person, {n: str(row.get(n, "")) for n in ("id", "name", *_REACH)}) for row in kept]
        except (ValueError, RecursionError, TypeError, AttributeError):
            continue
        yield from found
    for entry in project.log:
        for change in entry.changes:
            yield from (row for row in (change.before, change.after) if isinstance(row, Person))
    yield from project.document.rows(Person)
