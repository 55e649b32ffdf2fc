"""Somebody who knows our code, at a signed project: what they can do to its sign-off, in memory.

`COLUMNS` are the four defences and `ROWS` the five attacks of the table; `TABLE` says which defence finds which.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.edits.generic import add, set_fields
from app.interchange import Project
from app.model.changes import RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.exceptions import Queue
from app.model.fields import Kind, Scope, Value, fields_of
from app.model.ids import Mint
from app.model.kinds import ALL
from app.model.log import Log
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, SeatAssignment
from app.model.room import Agent, Person
from app.model.row import Row, with_fields
from app.revisions import chain, signoff
from app.revisions.digest import canonical_decisions, digest_of, revision_fingerprint
from app.workspace import Workspace

SEATS = {
    "workflow": "Dana Abelard",
    "system": "Jun Kowalczyk",
    "exception": "Marc Oyelaran",
    "outcome": "Rosa Steiner",
    "value": "Rosa Steiner",
    "safety": "Jun Kowalczyk",
}

EARLIER = "2026-11-20T03:00:00.000Z"

COLUMNS = ("chain", "keys", "pinned", "receipt")

TABLE: Mapping[str, tuple[bool, bool, bool, bool]] = {
    "edit": (True, True, True, True),
    "edit and rehash": (False, True, True, True),
    "sign again with a key of one's own": (False, False, True, True),
    "drop the last or all, replay an old file": (False, False, False, True),
    "an insider with the real keys": (False, False, False, True),
}
"""Attack -> whether the chain alone, keys, known keys and a receipt from before find it."""


class Private:
    """A private key in memory: what a signer's passphrase opens, or an attacker makes."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed.ljust(32, b"."))

    @property
    def public(self) -> str:
        return self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def seal(self, message: bytes) -> str:
        return self._private.sign(message).hex()


KEYS = {name: Private(name.encode()) for name in SEATS.values()}


def _clock() -> Iterator[datetime]:
    moment = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
    while True:
        moment += timedelta(minutes=1)
        yield moment


@dataclass(frozen=True)
class Signed:
    """A signed project as it went on: `states` after each entry of its sign-off, the last one as it is."""

    states: tuple[Document, ...]

    @property
    def document(self) -> Document:
        return self.states[-1]


def signed_project(*, sealed: bool) -> Signed:
    """One revision signed for design, one of it withdrawn before, the same signed for launch, and a changed one."""
    ticks = _clock()
    mint = Mint(now=lambda: next(ticks))
    room = Workspace(Project(Document.empty(mint), Log()), mint=mint)
    room.run(set_fields(room.document.only(Agent).id, name="Triage", stage="1b", client="A client"))
    for name in dict.fromkeys(SEATS.values()):
        room.run(add(Person, {"name": name}))
    people = {person.name: person.id for person in room.document.rows(Person)}
    for seat, name in SEATS.items():
        kind = OwnerAssignment if seat in signoff.OWNER_SEATS else SeatAssignment
        room.run(set_fields(room.document.fixed(kind, seat).id, person=people[name]))
    for number in range(3):
        room.run(add(Action, {"name": f"Action {number}"}))
        room.run(add(Queue, {"name": f"Queue {number}"}))
    states: list[Document] = []

    def sign(level: str) -> None:
        for seat, name in SEATS.items():
            key = KEYS[name] if sealed else None
            room.run(signoff.sign(level, seat, name, 0, '{"catalogue": "1"}', "1,1 2,2", key))
            states.append(room.document)

    room.run(signoff.sign("design", "workflow", SEATS["workflow"], 0, key=KEYS[SEATS["workflow"]] if sealed else None))
    states.append(room.document)
    room.run(signoff.withdraw("Rosa Steiner", "A name was missing"))
    states.append(room.document)
    sign("design")
    sign("launch")
    room.run(set_fields(room.document.only(Agent).id, model="v2"))
    sign("design")
    return Signed(tuple(states))


# --- attacks -------------------------------------------------------------------------------------------------


def edited(document: Document, pick: Random) -> Document:
    """The document with one decision changed by hand."""
    while True:
        row_class = pick.choice([each for each in ALL if each.spec.scope is Scope.DECISION])
        rows = document.rows(row_class)
        names = [
            n
            for n, f in fields_of(row_class).items()
            if f.scope is Scope.DECISION and f.kind in _CHANGED and not 0 < f.limit < 20
        ]
        if rows and names:
            row = pick.choice(rows)
            name = pick.choice(names)
            changed = with_fields(row, {name: _CHANGED[fields_of(row_class)[name].kind](row.value(name), pick)})
            return document.applying([RowChange(row, changed)])


_CHANGED: Mapping[Kind, Callable[..., Value]] = {
    Kind.TEXT: lambda value, pick: f"{value} {pick.randrange(10**6)}".strip(),
    Kind.PROSE: lambda value, pick: f"{value} {pick.randrange(10**6)}".strip(),
    Kind.FLAG: lambda value, pick: not value,
    Kind.MONEY: lambda value, pick: (value or 0) + pick.randrange(1, 10**6),
}


def rehashed(document: Document, keys: Mapping[str, Private] | None = None) -> Document:
    """The document after an edit, with every hash made anew so that all fit; sealed with `keys` by the signer's name.

    Without keys the seals stay as they were: nobody else can make them.
    """
    now = document
    contents: dict[str, tuple[str, str]] = {}
    last = max(document.rows(Revision), key=lambda row: row.number or 0)
    fingerprints = {"": ""}
    for row in sorted(document.rows(Revision), key=lambda row: row.number or 0):
        content = canonical_decisions(document).decode() if row.digest == last.digest else row.content
        digest, previous = digest_of(content.encode()), fingerprints[row.previous]
        fingerprint = revision_fingerprint(digest, previous, row.level)
        fingerprints[row.fingerprint] = fingerprint
        contents[row.id] = (row.fingerprint, fingerprint)
        values = {"content": content, "digest": digest, "previous": previous, "fingerprint": fingerprint}
        now = _put(now, with_fields(row, values))
    entries: dict[str, str] = {}
    for each in in_order(document):
        fresh = now.find(each.id)
        assert fresh is not None
        if isinstance(fresh, Revision):
            fresh = with_fields(fresh, {"withdrawn_after": tuple(sorted(entries[e] for e in fresh.withdrawn_after))})
            entries[fresh.withdrawn_entry] = chain.withdrawal_digest(now.project_id, fresh)
            now = _put(now, with_fields(fresh, {"withdrawn_entry": entries[fresh.withdrawn_entry]}))
            continue
        assert isinstance(fresh, Signature)
        now = _put(now, _signed_again(now, fresh, entries, keys))
    return now


def _signed_again(
    now: Document, row: Signature, entries: dict[str, str], keys: Mapping[str, Private] | None
) -> Signature:
    revision = now.get(Revision, row.revision)
    assert revision is not None
    values: dict[str, Value] = {
        "fingerprint": revision.fingerprint,
        "frozen": chain.frozen_digest(revision),
        "previous": tuple(sorted(entries[entry] for entry in row.previous)),
    }
    if keys is not None:
        values["key"] = keys[row.name].public
    fresh = with_fields(row, values)
    entry = entries[row.entry] = chain.signature_digest(now.project_id, revision, fresh)
    fresh = with_fields(fresh, {"entry": entry})
    return fresh if keys is None else with_fields(fresh, {"seal": keys[row.name].seal(chain.seal_message(entry))})


def in_order(document: Document) -> list[Row]:
    """The rows of the entries, each after those that it follows."""
    left = list(chain.entries(document))
    done: set[str] = set()
    found: list[Row] = []
    while left:
        ready = next(entry for entry in left if set(entry.previous) <= done)
        left.remove(ready)
        done.add(ready.digest)
        found.append(ready.row)
    return found


def tampered(signed: Signed, attack: str, pick: Random) -> Document:
    """One random attack of a row of the table."""
    document = signed.document
    match attack:
        case "edit":
            return _edit_by_hand(signed, pick)
        case "edit and rehash":
            return rehashed(edited(document, pick))
        case "sign again with a key of one's own":
            own = Private(pick.randbytes(32))
            return rehashed(edited(document, pick), dict.fromkeys(KEYS, own))
        case "an insider with the real keys":
            return rehashed(edited(document, pick), KEYS)
        case _:
            return _dropped(signed, pick)


def _edit_by_hand(signed: Signed, pick: Random) -> Document:
    """A decision, or a column of a revision or signature, changed where it stands; or a signature taken out, put in,
    or given to somebody else."""
    document = signed.document
    signatures = document.rows(Signature)
    row = pick.choice(signatures[:-1])
    match pick.randrange(5):
        case 0:
            return document.applying([RowChange(row, None)])
        case 1:
            again = dataclasses.replace(row, id=Mint().id(), seat="outcome")
            return document.applying([RowChange(None, again)])
        case 2:
            name = pick.choice(("name", "seat", "meaning", "signed_at", "level", "drawing", "signer"))
            others = {
                "seat": "system" if row.seat != "system" else "safety",
                "level": "design" if row.level == "launch" else "launch",
                "signed_at": EARLIER,
            }
            value = others.get(name, "changed")
            return _put(document, with_fields(row, {name: value}))
        case 3:
            revision = pick.choice(document.rows(Revision))
            name = pick.choice(("content", "frozen_at", "catalogue", "implied", "digest", "fingerprint"))
            return _put(document, with_fields(revision, {name: EARLIER if name == "frozen_at" else "{}"}))
        case _:
            return edited(document, pick)


def _dropped(signed: Signed, pick: Random) -> Document:
    """The last signatures dropped with what they froze, all of them dropped, or an old file put back."""
    document = signed.document
    kept = pick.randrange(len(signed.states))
    if pick.random() < 0.5:
        return signed.states[kept - 1] if kept else signed.states[0]
    if kept == 0:
        return document.applying(
            [RowChange(row, None) for row in (*document.rows(Signature), *document.rows(Revision))]
        )
    order = in_order(document)
    gone = {row.id for row in order[kept:] if isinstance(row, Signature)}
    left = [row for row in document.rows(Signature) if row.id not in gone]
    used = {row.revision for row in left}
    changes = [RowChange(row, None) for row in document.rows(Signature) if row.id in gone]
    for row in document.rows(Revision):
        if row.id not in used:
            changes.append(RowChange(row, None))
        elif row.withdrawn_at and row.id in {each.id for each in order[kept:] if isinstance(each, Revision)}:
            blank: dict[str, Value] = dict.fromkeys(("withdrawn_at", "withdrawn_by", "withdrawn_why"), "")
            blank |= {"withdrawn_after": (), "withdrawn_entry": ""}
            changes.append(RowChange(row, with_fields(row, blank)))
    shorter = document.applying(changes)
    # Whoever drops signatures also puts the decisions back to what the remaining ones signed.
    return shorter.applying([RowChange(shorter.only(Agent), signed.states[kept - 1].only(Agent))])


def _put(document: Document, row: Row) -> Document:
    return document.applying([RowChange(document.find(row.id), row)])
