"""The operating record: what is in it, that each entry is bound to those before, and that it voids no signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.edits.generic import remove
from app.edits.handover import replace_person
from app.edits.undo import undo
from app.interchange import Project
from app.messages import msg, words
from app.model.change import EvaluationSuite
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Commitment, ParkedItem
from app.model.log import Log
from app.model.oversight import Evidence
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.model.row import with_fields
from app.model.scorecard import Review
from app.report.attachment import exported
from app.revisions.digest import content_digest
from app.revisions.record import Entry, behind, contradiction, entries, head, recorded
from tests.support.builder import ProjectBuilder

ON = "2026-11-21"
MOMENT = "2026-11-21T09:00:00.000Z"


def recording() -> ProjectBuilder:
    """A project with decisions, private notes and three entries of the record."""
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("workflow", dana)
    action = b.action("Refund")
    b.add(ParkedItem, what="Between us", owner=dana)
    b.add(Evidence, action=action, runs=40, to_day=ON)
    b.set(b.document.fixed(OwnerAssignment, "workflow"), accepted="accepted")
    b.run(replace_person(dana.id, lin.id, on=ON, why="New job"))
    return b


OPERATIONS: dict[str, Callable[[ProjectBuilder], object]] = {
    "decide": lambda b: b.person("Dana"),
    "park": lambda b: b.add(ParkedItem, what="Between us"),
    "record": lambda b: b.add(Evidence, action=b.action("Refund"), runs=40),
    "fill in": lambda b: b.set(b.document.fixed(OwnerAssignment, "system"), accepted="accepted"),
    "away": lambda b: b.add(Person, name="Lin", away_from=ON, present=True),
    "undo": lambda b: b.document if b.log.next_undo() == () else b.run(undo(b.log)),
}


def grown(names: list[str]) -> Project:
    """A project after these operations, in order."""
    b = ProjectBuilder()
    for name in names:
        OPERATIONS[name](b)
    return b.project()


names_of_operations = st.lists(st.sampled_from(sorted(OPERATIONS)), max_size=12)


def kinds(entry: Entry) -> set[str]:
    return {change.kind for change in entry.changes}


def test_only_what_happened_is_recorded() -> None:
    found = entries(recording().log)
    assert [entry.number for entry in found] == [1, 2, 3]
    assert [kinds(entry) for entry in found] == [{"evidence"}, {"owner"}, {"owner", "handover"}]


def test_an_acceptance_that_a_new_name_empties_is_an_event() -> None:
    found = entries(recording().log)
    (owner,) = (change for change in found[-1].changes if change.kind == "owner")
    assert recorded(owner) == {"accepted"}


def test_a_field_of_the_record_on_a_row_of_decisions_counts_and_its_neighbours_do_not() -> None:
    b = ProjectBuilder()
    row = b.add(Commitment, what="Drill it")
    suite = b.add(EvaluationSuite, name="Suite")
    assert head(b.log).count == 0
    b.set(row, what="Drill the stop")
    b.set(suite, last_run=ON, where="Here")
    b.set(row, done_on=ON)
    assert [kinds(entry) for entry in entries(b.log)] == [{"evaluation_suite"}, {"commitment"}]


def test_an_empty_log_has_no_head() -> None:
    assert (head(Log()).count, head(Log()).digest) == (0, "")


def test_the_hash_of_an_entry_is_over_these_bytes() -> None:
    """Spelt out: another form means that no record printed so far fits any more."""
    evidence = Evidence(id="01-e", behaviour_version="2.1", runs=40)
    step = ChangeSet("01-c", msg("Add {what}", what=msg("Evidence")), (RowChange(None, evidence),), MOMENT, "Dana")
    written = (
        '{"at":"2026-11-21T09:00:00.000Z","author":"Dana","changes":[{"after":{"behaviour_version":"2.1","runs":40},'
        '"before":null,"id":"01-e","kind":"evidence"}],"id":"01-c","label":["Add {what}",{"what":["Evidence",{}]}],'
        '"number":1,"previous":"","undoes":null}'
    )
    expected = sha256(b"ownermap operating record 1\n" + written.encode()).hexdigest()
    assert head([step]).digest == expected


def _with(log: Log, place: int, made: ChangeSet) -> list[ChangeSet]:
    return [made if number == place else step for number, step in enumerate(log)]


def test_every_way_to_rewrite_an_entry_changes_the_head() -> None:
    b = recording()
    place = next(number for number, step in enumerate(b.log) if "evidence" in step.kinds())
    step = b.log[place]
    (change,) = step.changes
    assert change.after is not None
    more_runs = replace(change, after=with_fields(change.after, {"runs": 400}))
    forged = [
        _with(b.log, place, replace(step, changes=(more_runs,))),
        _with(b.log, place, replace(step, author="Somebody else")),
        _with(b.log, place, replace(step, at="2026-11-20T09:00:00.000Z")),
        _with(b.log, place, replace(step, label=msg("Add nothing"))),
        [each for number, each in enumerate(b.log) if number != place],
        [b.log[place], *(each for number, each in enumerate(b.log) if number != place + 1)],
    ]
    assert len({head(log).digest for log in [list(b.log), *forged]}) == len(forged) + 1
    assert all(behind(log, b.log) is None for log in forged)


@pytest.mark.parametrize("kept", range(4))
def test_an_older_copy_is_so_many_entries_behind(kept: int) -> None:
    b = recording()
    steps = list(b.log)
    copy = next(steps[:n] for n in range(len(steps) + 1) if head(steps[:n]).count == kept)
    assert behind(copy, b.log) == 3 - kept
    assert behind(b.log, copy) == (0 if kept == 3 else None)


@settings(max_examples=30, deadline=None)
@given(names_of_operations)
def test_a_copy_without_what_is_private_has_the_same_record(names: list[str]) -> None:
    project = grown(names)
    assert head(exported(project).log) == head(project.log)
    assert head(exported(project, private=True).log) == head(project.log)


@settings(max_examples=30, deadline=None)
@given(names_of_operations, st.data())
def test_the_record_only_grows(names: list[str], data: st.DataObject) -> None:
    log = grown(names).log
    early = [log[place] for place in range(data.draw(st.integers(0, len(log))))]
    assert entries(log)[: head(early).count] == entries(early)


@settings(max_examples=30, deadline=None)
@given(names_of_operations)
def test_the_rows_are_what_the_record_says_in_the_project_and_in_every_copy(names: list[str]) -> None:
    project = grown(names)
    for copy in (project, exported(project), exported(project, private=True)):
        assert contradiction(copy.document, copy.log) is None


def test_rows_that_say_otherwise_than_the_record_are_found() -> None:
    b = recording()
    (evidence,) = b.document.rows(Evidence)
    owner = b.document.fixed(OwnerAssignment, "workflow")
    more, new = with_fields(evidence, {"runs": 400}), with_fields(owner, {"accepted": "declined"})
    for change in (RowChange(evidence, more), RowChange(evidence, None), RowChange(owner, new)):
        other = contradiction(b.document.applying([change]), b.log)
        assert other is not None
        assert words(other).endswith(" is not what the operating record says")
    decided = with_fields(owner, {"person": None})
    assert contradiction(b.document.applying([RowChange(owner, decided)]), b.log) is None


def test_a_row_that_was_removed_and_is_there_again_is_found() -> None:
    b = ProjectBuilder()
    review = b.add(Review, on=ON)
    b.run(remove(review.id))
    assert contradiction(b.document, b.log) is None
    assert contradiction(b.document.applying([RowChange(None, review)]), b.log) is not None


def test_a_row_that_the_record_never_touched_is_as_it_came() -> None:
    b = ProjectBuilder()
    b.add(Review, on=ON)
    assert contradiction(b.document, Log()) is None


def test_recording_does_not_change_what_was_signed() -> None:
    b = recording()
    before = content_digest(b.document)
    b.add(Review, on=ON, notes="All calm")
    b.set(b.document.fixed(OwnerAssignment, "workflow"), accepted="declined")
    assert content_digest(b.document) == before
    assert head(b.log).count == 5
