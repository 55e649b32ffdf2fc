"""Somebody who knows our code, at a signed project: what they can do to its sign-off, in memory.

`COLUMNS` are the four defences; `TABLE` says which of them finds which of five attacks. `FORGERIES` is what can be done
beside that: to seats, to keys, under the mark of an erasure, to the history and the operating record.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.edits.generic import add, set_fields
from app.interchange import Project
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.exceptions import Queue
from app.model.fields import Kind, Scope, Value, fields_of
from app.model.ids import Mint
from app.model.kinds import ALL
from app.model.log import Log
from app.model.oversight import Action, Evidence
from app.model.owners import OwnerAssignment, SeatAssignment
from app.model.room import Agent, Person
from app.model.row import Row, with_fields
from app.revisions import chain, erasure, signoff
from app.revisions.digest import canonical_decisions, digest_of, revision_fingerprint
from app.signing import implied
from app.verdict import Outcome
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


KEYS = {name: Private(name.encode()) for name in (*SEATS.values(), "Ann Leaver")}


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
            if f.scope is Scope.DECISION and f.kind in _CHANGED and not 0 < f.limit < 20 and (row_class, n) != _NAMES
        ]
        if rows and names:
            row = pick.choice(rows)
            name = pick.choice(names)
            changed = with_fields(row, {name: _CHANGED[fields_of(row_class)[name].kind](row.value(name), pick)})
            return document.applying([RowChange(row, changed)])


_NAMES = (Person, "name")
"""What signatures name too: whoever knows our code leaves it alone, or is found by that."""

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


# --- forgeries of a whole project ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Forgery:
    """What somebody does to a project in which every signature is sealed with a known key, and what `verify` must
    answer; `said` is a part of that."""

    forge: Callable[[Project], Project]
    outcome: Outcome
    said: str
    erased: bool = False
    """Whether it is done to a project in which somebody was erased and that was signed again."""


def bound_project(*, erased: bool = False) -> Project:
    """Two revisions that bind their past, with evidence between them. Ann Leaver held a seat in the first one only;
    `erased` says that she was erased before the second one was signed."""
    ticks = _clock()
    mint = Mint(now=lambda: next(ticks), author="Lea Wirth")
    room = Workspace(Project(Document.empty(mint), Log()), mint=mint)
    room.run(set_fields(room.document.only(Agent).id, name="Triage", stage="1b"))
    for name in dict.fromkeys((*SEATS.values(), "Ann Leaver")):
        room.run(add(Person, {"name": name}))
    people = {person.name: person.id for person in room.document.rows(Person)}
    for seat, name in SEATS.items():
        kind = OwnerAssignment if seat in signoff.OWNER_SEATS else SeatAssignment
        holder = "Ann Leaver" if seat == "workflow" else name
        room.run(set_fields(room.document.fixed(kind, seat).id, person=people[holder]))
    room.run(add(Action, {"name": "Refund"}))
    room.run(add(Evidence, {"action": room.document.rows(Action)[0].id, "runs": 300, "unchanged": 290}))
    _sign_all(room)
    room.run(set_fields(room.document.fixed(OwnerAssignment, "workflow").id, person=people["Dana Abelard"]))
    if erased:
        kept = room.project
        room = Workspace(
            erasure.noted(erasure.without(kept, erasure.target(kept, "Ann Leaver")).project, mint), mint=mint
        )
    _sign_all(room)
    return room.project


def _sign_all(room: Workspace) -> None:
    kept = implied(room.project, ())
    for seat in SEATS:
        holder = signoff.seat_holder(room.document, seat)
        assert holder is not None
        room.run(signoff.sign("design", seat, holder.name, 0, kept, key=KEYS[holder.name]))


def of_rows(project: Project, *rows: Row, log: Iterable[ChangeSet] | None = None) -> Project:
    """The project with other rows, and perhaps another history, as a hand leaves it in the file."""
    found = {row.id: row for row in project.document} | {row.id: row for row in rows}
    return Project(Document.of(project.document.project_id, found.values()), Log(project.log if log is None else log))


def _revision(project: Project, number: int) -> Revision:
    return next(row for row in project.document.rows(Revision) if row.number == number)


def _one_key_for_every_seat(project: Project) -> Project:
    """Dana signs for everybody, in her own name and with her own key, what she changed before."""
    document = project.document
    agent = document.only(Agent)
    document = document.applying([RowChange(agent, with_fields(agent, {"client": "Whoever asks"}))])
    dana = next(row for row in document.rows(Person) if row.name == "Dana Abelard")
    values: dict[str, Value] = {"name": dana.name, "signer": dana.id, "person": dana.id}
    last = _revision(project, 2).id
    for row in document.rows(Signature):
        if row.revision == last:
            document = _put(document, with_fields(row, values))
    return Project(rehashed(document, KEYS), project.log)


def _in_the_name_of_another(project: Project) -> Project:
    row = project.document.rows(Signature)[-1]
    return of_rows(project, _resealed(project, with_fields(row, {"name": "Mallory Nobody"}), None))


def _with_another_key(project: Project) -> Project:
    row = project.document.rows(Signature)[-1]
    return of_rows(project, _resealed(project, row, Private(b"another")))


def _without_the_key(project: Project) -> Project:
    return of_rows(project, _resealed(project, project.document.rows(Signature)[-1], None))


def _resealed(project: Project, row: Signature, key: Private | None) -> Signature:
    """The last signature, hashed anew after a change, with a seal that fits or none."""
    revision = project.document.get(Revision, row.revision)
    assert revision is not None
    row = with_fields(row, {"key": key.public if key else "", "seal": ""})
    row = with_fields(row, {"entry": chain.signature_digest(project.document.project_id, revision, row)})
    return with_fields(row, {"seal": key.seal(chain.seal_message(row.entry))}) if key else row


def _first_rewritten(project: Project) -> list[Row]:
    """The first revision under the mark of an erasure: another owner, who signed, and other decisions."""
    first = _revision(project, 1)
    name = next(row.name for row in project.document.rows(Signature) if row.revision == first.id)
    content = first.content.replace(name, "Mallory Evil").replace("Triage", "Refunds")
    rows: list[Row] = [with_fields(first, {"content": content, "erased": 3})]
    for row in project.document.rows(Signature):
        if row.revision == first.id:
            said = row.name.replace(name, "Mallory Evil")
            rows.append(with_fields(row, {"name": said, "signed_at": EARLIER, "meaning": "No", "erased": 0}))
    return rows


def _marked(project: Project) -> Project:
    return of_rows(project, *_first_rewritten(project))


def _marked_and_noted(project: Project) -> Project:
    """With an erasure put at the end of the history."""
    return erasure.noted(_marked(project), Mint(now=lambda: datetime(2026, 11, 22, tzinfo=UTC)))


def _marked_and_noted_before(project: Project) -> Project:
    """With an erasure put into the history before the second revision was signed."""
    noted = _marked_and_noted(project)
    log = list(noted.log)
    return of_rows(noted, log=[*log[:-8], log[-1], *log[-8:-1]])


def _other_authors(project: Project) -> Project:
    log = (dataclasses.replace(entry, author="Somebody Else") for entry in project.log)
    return of_rows(project, log=log)


def _other_evidence(project: Project) -> Project:
    """The evidence as it was found changed in its row and in the step that brought it."""
    row = project.document.rows(Evidence)[0]
    better = with_fields(row, {"unchanged": 300})
    log = [
        dataclasses.replace(
            entry, changes=tuple(RowChange(c.before, better if c.after == row else c.after) for c in entry.changes)
        )
        for entry in project.log
    ]
    return of_rows(project, better, log=log)


def _evidence_as_if_it_came_so(project: Project) -> Project:
    """The evidence changed, and no step left that speaks of it."""
    row = project.document.rows(Evidence)[0]
    log = [entry for entry in project.log if not entry.touches(row.id)]
    return of_rows(project, with_fields(row, {"unchanged": 300}), log=log)


def _unreadable_content(project: Project) -> Project:
    last = _revision(project, 2)
    content = '{"agent":[{"stage":"1a"}]}'
    return of_rows(project, with_fields(last, {"content": content, "digest": digest_of(content.encode())}))


FORGERIES: Mapping[str, Forgery] = {
    "one key for every seat": Forgery(_one_key_for_every_seat, Outcome.CHANGED, "is that of Dana Abelard"),
    "in the name of another": Forgery(_in_the_name_of_another, Outcome.CHANGED, "is that of Mallory Nobody"),
    "with another key": Forgery(_with_another_key, Outcome.CANNOT, "Not signed with the key that is known"),
    "without the key": Forgery(_without_the_key, Outcome.CANNOT, "Not signed with the key that is known"),
    "marked as erased": Forgery(_marked, Outcome.CANNOT, "Revision 1 can no longer be proved"),
    "marked, and noted at the end": Forgery(_marked_and_noted, Outcome.CANNOT, "no signature covers what is left"),
    "marked, and noted in time": Forgery(_marked_and_noted_before, Outcome.CHANGED, "the history before revision 2"),
    "what an erasure left": Forgery(_marked, Outcome.CHANGED, "what was left of the sign-off", erased=True),
    "other authors": Forgery(_other_authors, Outcome.CHANGED, "the history before revision 2"),
    "no history": Forgery(lambda project: of_rows(project, log=()), Outcome.CHANGED, "the history before revision 2"),
    "other evidence": Forgery(_other_evidence, Outcome.CHANGED, "what was recorded by then"),
    "evidence as if it came so": Forgery(_evidence_as_if_it_came_so, Outcome.CHANGED, "what was recorded by then"),
    "unreadable content": Forgery(_unreadable_content, Outcome.CHANGED, "cannot be read"),
}
"""What somebody does who knows our code -> what `verify` answers, by the known keys and the past that they bind."""
