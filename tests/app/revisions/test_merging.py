"""Two copies of one project: what differs, what is a conflict, and what comes of each choice."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.edits import Edit
from app.edits.generic import add, move, remove, set_fields, together
from app.errors import AppError
from app.interchange import Project
from app.messages import msg
from app.model.document import Document, targets_of
from app.model.fields import fields_of
from app.model.log import Log
from app.model.oversight import Action, Evidence
from app.model.owners import OwnerAssignment, Vote
from app.model.room import Agent, Person
from app.revisions.merging import (
    Comparison,
    Side,
    common_base,
    compare,
    merge,
    merged_marks,
    outcome,
)
from app.workspace import Workspace
from tests.support.builder import ProjectBuilder, complete, fixed_mint


class Copies:
    """A project and a copy of it, each edited by itself."""

    def __init__(self, builder: ProjectBuilder) -> None:
        project = builder.project()
        self.ours = Workspace(Project(project.document, Log(project.log)), mint=fixed_mint("ours"))
        self.theirs = Workspace(Project(project.document, Log(project.log)), mint=fixed_mint("theirs"))

    def compared(self) -> Comparison:
        return compare(self.ours.project, self.theirs.project)

    def merged(self, side: Side) -> Document:
        found = self.compared()
        self.ours.run(merge(found, found.all(side), "copy", "mark"))
        return self.ours.document


@pytest.fixture
def copies() -> Copies:
    return Copies(complete())


def person(copies: Copies, place: int = 0) -> Person:
    return copies.ours.document.rows(Person)[place]


def holder(document: Document, entry: str = "workflow") -> OwnerAssignment:
    return document.fixed(OwnerAssignment, entry)


# --- fields ---


def test_what_only_one_changed_is_no_conflict(copies: Copies) -> None:
    copies.ours.run(set_fields(person(copies).id, contact="ours@example"))
    copies.theirs.run(set_fields(person(copies).id, title="Theirs"))
    (item,) = copies.compared().items
    assert (item.fields, item.conflict) == (("title",), False)
    merged = copies.merged(Side.THIS).get(Person, item.row.id)
    assert merged is not None
    assert (merged.contact, merged.title) == ("ours@example", "Theirs")


@pytest.mark.parametrize(("side", "name"), [(Side.THIS, "Ours"), (Side.COPY, "Theirs")])
def test_what_both_changed_is_chosen(copies: Copies, side: Side, name: str) -> None:
    for workspace, called in ((copies.ours, "Ours"), (copies.theirs, "Theirs")):
        workspace.run(set_fields(workspace.document.only(Agent).id, name=called))
    (item,) = copies.compared().conflicts
    assert item.fields == ("name",)
    assert copies.merged(side).only(Agent).name == name


def test_the_same_change_on_both_sides_is_no_difference(copies: Copies) -> None:
    for workspace in (copies.ours, copies.theirs):
        workspace.run(set_fields(workspace.document.only(Agent).id, name="Same"))
    assert copies.compared().items == ()


def test_an_acceptance_goes_where_its_owner_goes(copies: Copies) -> None:
    row = holder(copies.ours.document)
    other = next(p for p in copies.ours.document.rows(Person) if p.id != row.person)
    copies.ours.run(set_fields(row.id, accepted="accepted", accepted_on="2026-11-20"))
    copies.theirs.run(set_fields(row.id, person=other.id))
    (item,) = copies.compared().items
    assert item.conflict
    assert item.fields[0] == "person"
    merged = holder(copies.merged(Side.COPY))
    assert (merged.person, merged.accepted, merged.accepted_on) == (other.id, "", "")


def test_nothing_is_merged_while_something_is_undecided(copies: Copies) -> None:
    for workspace, called in ((copies.ours, "Ours"), (copies.theirs, "Theirs")):
        workspace.run(set_fields(workspace.document.only(Agent).id, name=called))
    with pytest.raises(AppError, match="Not decided yet: 1"):
        copies.ours.run(merge(copies.compared(), {}, "copy", "mark"))


def test_nothing_is_merged_into_a_project_that_went_on(copies: Copies) -> None:
    copies.theirs.run(add(Person, {"name": "New"}))
    found = copies.compared()
    copies.ours.run(add(Person, {"name": "Another"}))
    with pytest.raises(AppError, match="Compare again"):
        copies.ours.run(merge(found, found.all(Side.COPY), "copy", "mark"))


# --- rows ---


def test_a_new_row_comes_with_what_names_it(copies: Copies) -> None:
    copies.theirs.run(add(Person, {"name": "New"}))
    new = copies.theirs.document.rows(Person)[-1]
    copies.theirs.run(set_fields(holder(copies.theirs.document).id, person=new.id))
    assert not copies.compared().conflicts
    assert holder(copies.merged(Side.COPY)).person == new.id


def test_a_reference_to_a_row_that_is_not_taken_is_emptied_and_said(copies: Copies) -> None:
    copies.theirs.run(add(Person, {"name": "New"}))
    new = copies.theirs.document.rows(Person)[-1]
    copies.theirs.run(set_fields(holder(copies.theirs.document).id, person=new.id))
    found = copies.compared()
    choices = {item.key: Side.THIS if item.row.id == new.id else Side.COPY for item in found.items}
    after = outcome(found, choices)
    assert holder(after.document).person is None
    assert [change.id for change in after.followed] == [holder(after.document).id]


def test_two_people_of_the_same_name_are_a_conflict(copies: Copies) -> None:
    for workspace in (copies.ours, copies.theirs):
        workspace.run(add(Person, {"name": "Twin"}))
    (item,) = copies.compared().conflicts
    assert item.twin == copies.ours.document.rows(Person)[-1].id


def test_a_removal_is_one_difference_with_all_that_follows(copies: Copies) -> None:
    gone = copies.theirs.document.get(Person, holder(copies.theirs.document).person)
    assert gone is not None
    copies.theirs.run(remove(gone.id))
    (item,) = copies.compared().items
    assert (item.row.id, item.theirs, item.conflict) == (gone.id, None, False)
    assert copies.merged(Side.COPY) == copies.theirs.document


def test_removing_what_the_other_changed_is_a_conflict(copies: Copies) -> None:
    copies.theirs.run(remove(person(copies).id))
    copies.ours.run(set_fields(person(copies).id, title="Changed"))
    (item,) = copies.compared().items
    assert item.conflict
    assert copies.merged(Side.THIS).find(item.row.id) is not None


def test_removing_what_the_other_refers_to_anew_is_a_conflict(copies: Copies) -> None:
    copies.theirs.run(add(Person, {"name": "Nobody yet"}))
    both = Copies(ProjectBuilder(copies.theirs.project))
    named = both.ours.document.rows(Person)[-1]
    both.theirs.run(remove(named.id))
    both.ours.run(set_fields(holder(both.ours.document, "system").id, person=named.id))
    (item,) = both.compared().conflicts
    assert item.row.id == named.id
    assert holder(both.merged(Side.COPY), "system").person is None


def test_naming_what_the_other_removed_brings_it_back_if_chosen(copies: Copies) -> None:
    named = next(p for p in copies.ours.document.rows(Person) if p.id != holder(copies.ours.document).person)
    copies.ours.run(remove(named.id))
    copies.theirs.run(set_fields(holder(copies.theirs.document).id, person=named.id))
    assert named.id in {item.row.id for item in copies.compared().conflicts}
    document = copies.merged(Side.COPY)
    assert document.find(named.id) is not None
    assert holder(document).person == named.id


def test_what_is_brought_back_comes_with_what_its_removal_took(copies: Copies) -> None:
    action = next(a for a in copies.ours.document.rows(Action) if _evidence_of(copies.ours.document, a))
    before = _evidence_of(copies.ours.document, action)
    copies.ours.run(remove(action.id))
    copies.theirs.run(set_fields(action.id, name="Renamed"))
    document = copies.merged(Side.COPY)
    assert document.called(action.id) == "Renamed"
    assert _evidence_of(document, action) == before


def _evidence_of(document: Document, action: Action) -> list[str]:
    return [row.id for row in document.rows(Evidence) if row.action == action.id]


# --- the log ---


def test_a_merge_is_one_step_that_undo_takes_back(copies: Copies) -> None:
    copies.theirs.run(set_fields(person(copies).id, title="Theirs"))
    copies.theirs.run(remove(person(copies, 1).id))
    before, length = copies.ours.document, len(copies.ours.log)
    copies.merged(Side.COPY)
    assert len(copies.ours.log) == length + 1
    copies.ours.undo()
    assert copies.ours.document == before
    copies.ours.redo()
    assert copies.ours.document == copies.theirs.document


def test_a_merge_leaves_its_mark_even_when_nothing_is_taken(copies: Copies) -> None:
    for workspace, called in ((copies.ours, "Ours"), (copies.theirs, "Theirs")):
        workspace.run(set_fields(workspace.document.only(Agent).id, name=called))
    copies.merged(Side.THIS)
    assert merged_marks(copies.ours.log) == {"mark"}


def test_the_base_is_found_in_the_logs(copies: Copies) -> None:
    start = copies.ours.document
    for workspace in (copies.ours, copies.theirs):
        workspace.run(remove(person(copies, 2).id))
        workspace.run(add(Person, {"name": "Both"}))
        workspace.undo()
    assert common_base(copies.ours.project, copies.theirs.project) == start


def test_without_a_common_beginning_every_difference_is_a_conflict(copies: Copies) -> None:
    copies.theirs.run(set_fields(person(copies).id, title="Theirs"))
    without_log = Project(copies.theirs.document, Log())
    found = compare(copies.ours.project, without_log)
    assert found.base is None
    assert [(item.fields, item.conflict) for item in found.items] == [(("title",), True)]


def test_another_project_is_refused(copies: Copies) -> None:
    with pytest.raises(AppError, match="another project"):
        compare(copies.ours.project, Project(Document.empty(fixed_mint("x")), Log()))


def test_both_moved_a_row_and_no_two_ranks_are_the_same(copies: Copies) -> None:
    people = copies.ours.document.rows(Person)
    copies.ours.run(add(Person, {"name": "Ours"}, before=people[1].id))
    copies.theirs.run(add(Person, {"name": "Theirs"}, before=people[1].id))
    copies.theirs.run(move(people[3].id, people[0].id))
    ranks = [row.rank for row in copies.merged(Side.COPY).rows(Person)]
    assert len(set(ranks)) == len(ranks)


# --- any two histories ---


def _random_edit(workspace: Workspace, pick: Random) -> None:
    document = workspace.document
    people, actions = document.rows(Person), document.rows(Action)
    any_person = pick.choice(people).id if people else None
    owner = pick.choice(document.rows(OwnerAssignment)).id
    asked = owner if document.get(OwnerAssignment, owner).person else None  # type: ignore[union-attr]
    choices: list[Callable[[], Edit]] = [
        lambda: add(Person, {"name": f"New {pick.randrange(5)}"}),
        lambda: remove(pick.choice(people).id) if people else together(msg("nothing")),
        lambda: remove(pick.choice(actions).id) if actions else together(msg("nothing")),
        lambda: set_fields(owner, person=any_person),
        # Nobody accepts what nobody was asked for.
        lambda: set_fields(asked, accepted="accepted", accepted_on="2026-11-20") if asked else together(msg("nothing")),
        lambda: set_fields(owner, deputy=any_person),
        lambda: set_fields(any_person, title=f"Title {pick.randrange(3)}") if any_person else together(msg("nothing")),
        lambda: move(pick.choice(people).id, pick.choice(people).id) if people else together(msg("nothing")),
        lambda: add(Vote, {"question": "workflow", "voter": any_person}) if any_person else together(msg("nothing")),
    ]
    try:
        workspace.run(pick.choice(choices)())
    except AppError:
        return  # Refused here; the next one may go.


@given(st.integers(0, 2**32), st.sampled_from(Side))
@settings(max_examples=40, deadline=None)
def test_any_merge_is_whole(seed: int, side: Side) -> None:
    """No reference leads nowhere, no rank is there twice, undo takes it back, and a second merge has nothing left."""
    pick = Random(seed)
    copies = Copies(_COMPLETE)
    for _ in range(8):
        _random_edit(pick.choice((copies.ours, copies.theirs)), pick)
    before = copies.ours.document
    document = copies.merged(side)
    for row in document:
        for name, field in fields_of(type(row)).items():
            assert not field.is_reference or all(document.find(target) for target in targets_of(row, name))
    for kind in (Person, Action):
        ranks = [row.rank for row in document.rows(kind)]
        assert len(set(ranks)) == len(ranks)
    if side is Side.COPY:
        again = compare(copies.ours.project, copies.theirs.project)
        assert all(item.fields == ("rank",) for item in again.items), again.items
    last = copies.ours.log.last
    # A merge that only adds to the operating record is not undone, as nothing of the record is.
    if last is not None and last.undoable:
        copies.ours.undo()
        assert copies.ours.document == before


_COMPLETE = complete()
