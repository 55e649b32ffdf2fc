"""The log knows what undo and redo would take back."""

from __future__ import annotations

from app.messages import msg
from app.model.changes import ChangeSet, RowChange
from app.model.log import Log
from app.model.oversight import Evidence
from app.model.room import Person


def entry(id: str, undoes: str | None = None, group: str = "", *, record: bool = False) -> ChangeSet:
    row = Evidence(id="e") if record else Person(id="p")
    return ChangeSet(id, msg("Change"), (RowChange(None, row),), "", undoes=undoes, group=group)


def ids(step: tuple[ChangeSet, ...]) -> list[str]:
    return [each.id for each in step]


def test_undo_takes_back_the_last_step_then_the_one_before() -> None:
    log = Log([entry("a"), entry("b")])
    assert (ids(log.next_undo()), ids(log.next_redo())) == (["b"], [])
    log.append(entry("u1", undoes="b"))
    assert (ids(log.next_undo()), ids(log.next_redo())) == (["a"], ["u1"])
    log.append(entry("u2", undoes="a"))
    assert (ids(log.next_undo()), ids(log.next_redo())) == ([], ["u2"])


def test_redo_takes_back_the_undo() -> None:
    log = Log([entry("a"), entry("u", undoes="a"), entry("r", undoes="u")])
    assert (ids(log.next_undo()), ids(log.next_redo())) == (["r"], [])
    log.append(entry("u2", undoes="r"))
    assert (ids(log.next_undo()), ids(log.next_redo())) == ([], ["u2"])


def test_a_new_edit_ends_redo() -> None:
    log = Log([entry("a"), entry("u", undoes="a"), entry("b")])
    assert (ids(log.next_undo()), ids(log.next_redo())) == (["b"], [])


def test_edits_of_one_group_are_one_step() -> None:
    log = Log([entry("x"), entry("a"), entry("b", group="a"), entry("c", group="a")])
    assert ids(log.next_undo()) == ["a", "b", "c"]
    log.append(entry("u", undoes="a"))
    assert ids(log.next_undo()) == ["x"]


def test_the_operating_record_is_logged_and_passed_over_by_undo() -> None:
    log = Log([entry("a"), entry("r", record=True)])
    assert (len(log), ids(log.next_undo())) == (2, ["a"])
    assert log.last is log[1]


def test_a_log_that_is_read_back_knows_the_same() -> None:
    log = Log([entry("a"), entry("b"), entry("u", undoes="b"), entry("r", undoes="u"), entry("u2", undoes="r")])
    again = Log(log)
    assert (again.next_undo(), again.next_redo()) == (log.next_undo(), log.next_redo())
    assert Log().last is None


def test_what_was_recorded_last_is_known_until_something_is_done_that_can_be_undone() -> None:
    log = Log([entry("a")])
    assert log.recorded_last() is None
    first, second = entry("r1", record=True), entry("r2", record=True)
    log.append(first)
    assert log.recorded_last() is first
    log.append(second)
    assert log.recorded_last() is second
    log.append(entry("u", undoes="a"))
    assert log.recorded_last() is None
    log.append(entry("b"))
    assert log.recorded_last() is None
