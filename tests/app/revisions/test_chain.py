"""The sign-off chain: what each entry binds, receipts, copies that were signed apart, and files from before it."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import keys
from app.edits.generic import add, set_fields
from app.errors import AppError
from app.interchange import Project, read, write
from app.messages import words
from app.model.changes import RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.fields import Kind, Scope, fields_of
from app.model.ids import Mint
from app.model.kinds import ALL
from app.model.log import Log
from app.model.owners import OwnerAssignment
from app.model.room import Agent, Person
from app.model.row import Row
from app.revisions import chain, digest, signoff
from app.store import files, migrations
from app.workspace import Workspace

FIXTURES = Path(__file__).parents[2] / "fixtures"
SEATS = {"workflow": "Dana Abelard", "system": "Jun Kowalczyk", "exception": "Marc Oyelaran", "outcome": "Rosa Steiner"}


def clock() -> Iterator[datetime]:
    moment = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
    while True:
        moment += timedelta(minutes=1)
        yield moment


@pytest.fixture
def room() -> Workspace:
    ticks = clock()
    mint = Mint(now=lambda: next(ticks))
    workspace = Workspace(Project(Document.empty(mint), Log()), mint=mint)
    workspace.run(set_fields(workspace.document.only(Agent).id, name="Triage", stage="1a"))
    for seat, name in SEATS.items():
        workspace.run(add(Person, {"name": name}))
        person = next(p for p in workspace.document.rows(Person) if p.name == name)
        workspace.run(set_fields(workspace.document.fixed(OwnerAssignment, seat).id, person=person.id))
    return workspace


def sign(room: Workspace, *seats: str, level: str = "design", key: keys.Unlocked | None = None) -> None:
    for seat in seats:
        room.run(signoff.sign(level, seat, SEATS[seat], 0, '{"catalogue": "1"}', "1,1 2,2", key))


def mailed(room: Workspace) -> Workspace:
    """The room's copy in other hands."""
    ticks = clock()
    return Workspace(read(write(room.project)), mint=Mint(now=lambda: next(ticks)))


def faults(document: Document) -> str:
    return " ".join(words(fault) for fault in signoff.audit(document))


# --- what is covered -----------------------------------------------------------------------------------------

ENTRY, COMPUTED = "the entry", "computed anew by the audit"
COVERED = {
    ("signature", "id"): ENTRY,
    ("signature", "seat"): ENTRY,
    ("signature", "person"): "the audit compares it with the signer",
    ("signature", "signer"): ENTRY,
    ("signature", "name"): ENTRY,
    ("signature", "level"): ENTRY,
    ("signature", "signed_at"): ENTRY,
    ("signature", "fingerprint"): ENTRY,
    ("signature", "drawing"): ENTRY,
    ("signature", "meaning"): ENTRY,
    ("signature", "schema"): ENTRY,
    ("signature", "frozen"): ENTRY,
    ("signature", "previous"): ENTRY,
    ("signature", "entry"): COMPUTED,
    ("signature", "key"): ENTRY,
    ("signature", "seal"): "the key",
    ("signature", "revision"): "the entry, by the hash of what the revision kept",
    ("revision", "id"): "the hash of what the revision kept",
    ("revision", "number"): "the hash of what the revision kept",
    ("revision", "level"): "the fingerprint",
    ("revision", "frozen_at"): "the hash of what the revision kept",
    ("revision", "content"): "the content digest",
    ("revision", "digest"): "the fingerprint",
    ("revision", "previous"): "the fingerprint",
    ("revision", "fingerprint"): ENTRY,
    ("revision", "catalogue"): "the hash of what the revision kept",
    ("revision", "implied"): "the hash of what the revision kept",
    ("revision", "withdrawn_at"): "the entry of the withdrawal",
    ("revision", "withdrawn_by"): "the entry of the withdrawal",
    ("revision", "withdrawn_why"): "the entry of the withdrawal",
    ("revision", "withdrawn_after"): "the entry of the withdrawal",
    ("revision", "withdrawn_entry"): COMPUTED,
}
"""Column -> what finds a change of it."""

EXCLUDED = {
    ("signature", "rank"): "the order in lists; the chain has an order of its own",
    ("signature", "erased"): "a mark takes nothing away: verify names each entry that has it, and no longer says yes",
    ("revision", "erased"): "the same",
    ("revision", "rank"): "the order in lists; revisions are told apart by their numbers",
}
"""Column -> why a change of it may go unnoticed."""


def other_value(row: Row, name: str) -> object:
    """Some other value that the file could hold in this column."""
    if name == "id":
        return f"{row.id[:-1]}{'0' if row.id[-1] != '0' else '1'}"
    if name == "rank":
        return row.rank + "5"
    field = fields_of(type(row))[name]
    value = row.value(name)
    match field.kind:
        case Kind.CHOICE:
            return next(entry.value for entry in field.choices if entry.value != value)
        case Kind.NUMBER:
            return (value or 0) + 7
        case Kind.TEXTS:
            return (*value, "0" * 64)
        case Kind.MOMENT:
            return "2026-11-20T03:00:00.000Z"
        case _:
            return "0" * 64 if value != "0" * 64 else "1" * 64


@pytest.mark.parametrize("kind", [Signature, Revision])
def test_every_column_is_declared_covered_or_excluded(kind: type[Row]) -> None:
    columns = {(kind.spec.kind, name) for name in ("id", "rank", *fields_of(kind))}
    declared = {column for column in {**COVERED, **EXCLUDED} if column[0] == kind.spec.kind}
    assert columns == declared
    assert not set(COVERED) & set(EXCLUDED)


@pytest.mark.parametrize(("kind", "name"), sorted(COVERED))
def test_a_change_of_any_covered_column_is_found(room: Workspace, kind: str, name: str) -> None:
    key = keys.unlock(keys.make("Dana Abelard", "long enough", "long enough"), "long enough")
    sign(room, "workflow", "system")
    room.run(signoff.withdraw("Rosa Steiner", "Too wide"))
    room.run(set_fields(room.document.only(Agent).id, name="Triage, narrowed"))
    sign(room, *SEATS, key=key)
    sign(room, *SEATS, level="launch")
    assert faults(room.document) == ""
    if (kind, name) == ("signature", "revision"):
        launch = max(room.document.rows(Revision), key=lambda row: row.number or 0)
        for row in room.document.rows(Signature)[:6]:
            moved = dataclasses.replace(row, revision=launch.id)
            assert faults(room.document.applying([RowChange(row, moved)]))
        return
    # Whoever forges a withdrawal sets its moment; its other columns say nothing without.
    rows = room.document.rows(Signature) if kind == "signature" else room.document.rows(Revision)
    for row in rows:
        if name.startswith("withdrawn_") and name != "withdrawn_at" and not row.value("withdrawn_at"):
            continue
        if name == "id":
            change = [RowChange(row, None), RowChange(None, dataclasses.replace(row, id=other_value(row, name)))]
            if kind == "revision":  # whoever changes it takes its signatures along
                for each in room.document.rows(Signature):
                    if each.revision == row.id:
                        change.append(RowChange(each, dataclasses.replace(each, revision=other_value(row, name))))
        else:
            change = [RowChange(row, dataclasses.replace(row, **{name: other_value(row, name)}))]
        assert faults(room.document.applying(change)), (kind, name, row)


def test_every_decision_field_changes_the_content_digest(room: Workspace) -> None:
    from tests.support.builder import marker_project

    document, _ = marker_project(signed=False)
    before = digest.content_digest(document)
    seen = 0
    for row_class in ALL:
        if row_class.spec.scope is not Scope.DECISION:
            continue
        row = document.rows(row_class)[0]
        for name, field in fields_of(row_class).items():
            if field.scope is not Scope.DECISION or row.value(name) == field.empty:
                continue
            changed = dataclasses.replace(row, **{name: field.empty})
            assert digest.content_digest(document.applying([RowChange(row, changed)])) != before, (row_class, name)
            seen += 1
    assert seen > 150


def test_new_entries_name_the_version_that_the_store_writes() -> None:
    assert chain.SCHEMA_VERSION == migrations.CURRENT


# --- the chain -----------------------------------------------------------------------------------------------


def test_each_entry_follows_the_one_before_it_and_says_what_was_accepted(room: Workspace) -> None:
    sign(room, "workflow", "system")
    first, second = room.document.rows(Signature)
    assert (first.previous, second.previous) == ((), (first.entry,))
    assert chain.heads(room.document) == (second.entry,)
    assert first.meaning == "I accept the decisions of revision 1 of “Triage”, as workflow owner, at design level."
    assert (first.signer, first.schema, first.key, first.seal) == (first.person, 3, "", "")


def test_a_withdrawal_is_an_entry_and_cannot_be_taken_away_once_something_follows(room: Workspace) -> None:
    sign(room, "workflow")
    room.run(signoff.withdraw("Rosa Steiner", "Too wide"))
    (revision,) = room.document.rows(Revision)
    assert chain.heads(room.document) == (revision.withdrawn_entry,)
    sign(room, "system")
    revision = room.document.rows(Revision)[0]
    blank = {"withdrawn_at": "", "withdrawn_by": "", "withdrawn_why": ""}
    blank |= {"withdrawn_after": (), "withdrawn_entry": ""}
    undone = room.document.applying([RowChange(revision, dataclasses.replace(revision, **blank))])
    assert "gone or was changed" in faults(undone)


def test_a_signature_of_a_withdrawn_revision_cannot_be_moved_to_the_next_of_the_same_content(room: Workspace) -> None:
    sign(room, "workflow")
    room.run(signoff.withdraw("Rosa Steiner", "Wait"))
    sign(room, "system")
    first, second = room.document.rows(Revision)
    assert first.fingerprint == second.fingerprint
    row = room.document.rows(Signature)[0]
    moved = room.document.applying([RowChange(row, dataclasses.replace(row, revision=second.id))])
    assert "moved to another revision" in faults(moved)


def test_the_receipt_tells_this_state_an_earlier_one_and_one_that_never_was(room: Workspace) -> None:
    assert chain.receipt(room.document) == ""
    codes = []
    for seat in SEATS:
        sign(room, seat)
        codes.append(chain.receipt(room.document))
    assert len(set(codes)) == 4
    assert all(len(code) == 23 and code.count("-") == 3 for code in codes)
    found = [chain.find_receipt(room.document, code.lower().replace("-", " ")) for code in codes]
    assert [(held.count, held.since) for held in found if held] == [(1, 3), (2, 2), (3, 1), (4, 0)]
    last = room.document.rows(Signature)[-1]
    dropped = room.document.applying([RowChange(last, None)])
    assert faults(dropped) == ""  # the chain alone cannot know, which is why there is a receipt
    assert chain.find_receipt(dropped, codes[-1]) is None
    assert chain.find_receipt(dropped, codes[2]) == chain.Held(3, 0)
    with pytest.raises(AppError, match="is not a code"):
        chain.find_receipt(room.document, "short")


def test_a_receipt_is_of_one_project(room: Workspace) -> None:
    sign(room, "workflow")
    heads = chain.heads(room.document)
    assert chain.receipt_of(room.document.project_id, heads) != chain.receipt_of(Mint().id(), heads)


# --- copies that were signed apart ---------------------------------------------------------------------------


def test_united_copies_have_two_heads_and_the_next_signature_binds_both(room: Workspace) -> None:
    sign(room, "workflow")
    away = mailed(room)
    sign(room, "system")
    sign(away, "outcome")
    receipts = chain.receipt(room.document), chain.receipt(away.document)
    room.run(signoff.unite(away.document))
    assert len(chain.heads(room.document)) == 2
    united = chain.receipt(room.document)
    sign(room, "exception")
    assert len(room.document.rows(Signature)[-1].previous) == 2
    assert signoff.state(room.document).signed
    assert faults(room.document) == ""
    for code in (*receipts, united):
        assert chain.find_receipt(room.document, code) is not None


def test_two_copies_that_froze_the_same_decisions_by_themselves_unite(room: Workspace) -> None:
    away = mailed(room)
    sign(room, "workflow", "system")
    sign(away, "workflow", "outcome", "exception")
    room.run(signoff.unite(away.document))
    assert faults(room.document) == ""
    assert signoff.state(room.document).signed
    assert len(room.document.rows(Signature)) == 5
    assert room.run(signoff.unite(away.document)) is None


def test_signatures_that_follow_what_is_not_here_are_refused(room: Workspace) -> None:
    sign(room, "workflow")
    away = mailed(room)
    away.run(signoff.withdraw("Rosa Steiner", "Wait"))
    sign(away, "system")
    with pytest.raises(AppError, match="follow entries of the sign-off that this project does not hold"):
        room.run(signoff.unite(away.document))


# --- files from before the chain -----------------------------------------------------------------------------


def without_entries(document: Document) -> Document:
    """The document as file version 2 held it."""
    blank = {"signer": "", "meaning": "", "schema": None, "frozen": "", "previous": (), "entry": ""}
    changes = [RowChange(row, dataclasses.replace(row, **blank)) for row in document.rows(Signature)]
    withdrawn = [row for row in document.rows(Revision) if row.withdrawn_at]
    changes += [RowChange(row, dataclasses.replace(row, withdrawn_after=(), withdrawn_entry="")) for row in withdrawn]
    return document.applying(changes)


def test_signatures_from_before_the_chain_are_accepted_before_the_first_bound_one_only(room: Workspace) -> None:
    sign(room, "workflow", "system")
    room.document = without_entries(room.document)
    assert faults(room.document) == ""
    old = chain.heads(room.document)
    assert len(old) == 1
    sign(room, "exception", "outcome")
    assert room.document.rows(Signature)[2].previous == old
    assert faults(room.document) == ""
    late = dataclasses.replace(
        room.document.rows(Signature)[0], id=Mint().id(), seat="value", signed_at="2026-11-21T15:00:00.000Z"
    )
    assert "not bound to those after it" in faults(room.document.applying([RowChange(None, late)]))
    for row in room.document.rows(Signature)[:2]:
        assert faults(room.document.applying([RowChange(row, None)]))
        renamed = dataclasses.replace(row, name="Somebody else")
        assert faults(room.document.applying([RowChange(row, renamed)]))


@pytest.mark.parametrize("version", [1, 2])
def test_a_frozen_fixture_goes_on_with_bound_signatures(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.ownermap"
    shutil.copy(FIXTURES / f"version-{version}.ownermap", path)
    document = files.read(path).document
    assert signoff.audit(document) == ()
    assert all(not entry.bound for entry in chain.entries(document))
    assert len(chain.heads(document)) == bool(document.rows(Signature))
