"""Taking the names of people out of a project: out of every row, the log, and what the revisions kept.

A redaction changes texts only, and each text in the same way wherever it stands: the log still leads to the rows. What
was signed cannot be computed from what is left: a revision and a signature count the places in `erased`, keep their
hashes, and stay bound to each other (app.revisions.chain). The same is done to everybody for a copy without names, and
to one person for an erasure.

A name is found as a whole, and as its first or last word of at least three letters, whatever its capitals, with or
without an ending such as ’s. A contact or a paging route is found wherever it stands.
"""

from __future__ import annotations

import json
import re
import unicodedata
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

SHORTEST = 3
"""Letters that the first or last word of a name has at least to be looked for by itself."""

SHORTEST_CONTACT = 5
"""Characters that a contact or a paging route has at least to be looked for in other texts."""

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

_REACH = ("contact", "paging_route")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person: the id of the row, or a word for somebody without one; every name that the row ever
    had, the last one last, and every contact and paging route."""

    id: str
    names: tuple[str, ...]
    reached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Redacted:
    """A project from which names were taken, and from how many places."""

    project: Project
    places: int


class Redaction:
    """Puts `instead[id]` where a person was named, and empties what they are reached by. `others` keep their names.

    A word that is part of several names stands for each of them; where one of these keeps it, it stays. For a copy in
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
        self._said: dict[str, str] = {}
        self.places = 0
        self._collect(tuple(people), tuple(others))
        self._pattern = _pattern(self._said)
        self._unbound: Mapping[str, chain.Entry] = {}

    def project(self, project: Project) -> Redacted:
        """The project without these names; `places` counts those in its rows and in what its revisions kept."""
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
        if self._pattern is None or not text:
            return text
        return self._pattern.sub(self._replacement, text)

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
        return {**found, "erased": (row.erased or 0) + places} if found or changed else {}

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
        return ChangeSet(
            entry.id, self._message(entry.label), changes, entry.at, self.text(entry.author), entry.undoes, entry.group
        )

    def _message(self, message: Message) -> Message:
        params = {name: self._param(value) for name, value in message.params}
        return msg(message.id, **params)

    def _param(self, value: Param) -> Param:
        if isinstance(value, Message):
            return self._message(value)
        return self.text(value) if isinstance(value, str) else value

    def _replacement(self, found: re.Match[str]) -> str:
        whole = found.group(0)
        said = self._said.get(_folded(whole))
        if said is None:
            # An address: it goes where a name is a part of it.
            parts = set(re.split(r"[\W_]+", _folded(whole)))
            said = next((said for form, said in self._said.items() if said and form in parts), "")
        self.places += bool(said)
        return said or whole

    def _collect(self, people: tuple[Known, ...], others: tuple[Known, ...]) -> None:
        kept = {form for known in others for form in _forms(known)}
        bearers: dict[str, list[str]] = {}
        for known in people:
            for form in _forms(known):
                who = self._instead[known.id]
                if who not in bearers.setdefault(form, []):
                    bearers[form].append(who)
        own = {_folded(name) for known in people for name in known.names}
        for form, named in bearers.items():
            if form in own or form not in kept:
                self._said[form] = " or ".join(named)
        # A longer name that stays must not lose a word that it has in common with one that goes.
        for known in others:
            for name in known.names:
                self._said.setdefault(_folded(name), "")


def _forms(known: Known) -> list[str]:
    """Every form in which a person is looked for, folded: names, their first and last words, ways to reach them."""
    found = []
    for name in known.names:
        words = [word for word in re.split(r"[\s,.]+", name) if sum(map(str.isalpha, word)) >= SHORTEST]
        found += [name, *words[:1], *words[-1:]]
    found += [reached for reached in known.reached if len(reached) >= SHORTEST_CONTACT]
    both = [form for each in found for form in (each, _without_accents(each))]
    return list(dict.fromkeys(_folded(form) for form in both if form.strip()))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _pattern(said: Iterable[str]) -> re.Pattern[str] | None:
    """Finds every form as whole words, the longest first, and every mail address; None without any form."""
    forms = [r"\s+".join(map(re.escape, form.split())) for form in sorted(said, key=len, reverse=True)]
    if not forms:
        return None
    # An underscore parts words; an s may follow a name, as in “Webers Team”.
    return re.compile(rf"[\w.+-]+@[\w.-]+|(?<![^\W_])(?:{'|'.join(forms)})(?=s?(?![^\W_]))", re.IGNORECASE)


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
