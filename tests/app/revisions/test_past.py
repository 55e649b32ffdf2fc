"""The past that a revision binds: the same in every copy, other after any change of what it covers."""

from __future__ import annotations

import dataclasses

import pytest

from app.edits.generic import add, set_fields
from app.interchange import Project, read, write
from app.model.changes import RowChange
from app.model.commit import ParkedItem, Revision
from app.model.log import Log
from app.model.oversight import Action, Evidence
from app.model.room import Agent
from app.model.row import with_fields
from app.revisions.past import is_as_kept, kept_past, past
from app.signing import implied
from tests.support.builder import ProjectBuilder, complete


@pytest.fixture
def builder() -> ProjectBuilder:
    made = complete()
    made.run(set_fields(made.document.only(Agent).id, client="A client"))
    made.run(add(Evidence, {"action": made.document.rows(Action)[0].id, "runs": 300, "unchanged": 290}))
    return made


def test_what_comes_since_changes_nothing_of_it(builder: ProjectBuilder) -> None:
    kept = past(builder.document, builder.project().log)
    builder.run(set_fields(builder.document.only(Agent).id, client="Another"))
    builder.run(set_fields(builder.document.rows(Evidence)[-1].id, unchanged=291))
    builder.run(add(Evidence, {"action": builder.document.rows(Action)[0].id, "runs": 10}))
    assert is_as_kept(builder.project(), kept)
    assert past(builder.document, builder.project().log) != kept


def test_a_copy_without_private_notes_has_the_same(builder: ProjectBuilder) -> None:
    builder.run(add(ParkedItem, {"what": "Later"}))
    project = builder.project()
    kept = past(project.document, project.log)
    copy = read(write(project))
    assert len(copy.log) < len(project.log)
    assert past(copy.document, copy.log) == kept
    assert is_as_kept(copy, kept)


def test_any_step_that_is_rewritten_left_out_or_moved_shows(builder: ProjectBuilder) -> None:
    project = builder.project()
    kept, steps = past(project.document, project.log), list(project.log)
    for place, step in enumerate(steps):
        for other in (
            dataclasses.replace(step, author="Somebody Else"),
            dataclasses.replace(step, at="2020-01-01T00:00:00.000Z"),
            dataclasses.replace(step, undoes=steps[0].step_id if place else "x"),
        ):
            assert not is_as_kept(Project(project.document, Log([*steps[:place], other, *steps[place + 1 :]])), kept)
        assert not is_as_kept(Project(project.document, Log([*steps[:place], *steps[place + 1 :]])), kept)
    assert not is_as_kept(Project(project.document, Log([*steps[:-2], steps[-1], steps[-2]])), kept)


def test_an_entry_of_the_record_that_no_step_speaks_of_shows(builder: ProjectBuilder) -> None:
    """Such as one that came with a template."""
    row = next(
        row for row in builder.document.rows(Evidence) if not any(s.touches(row.id) for s in builder.project().log)
    )
    kept = past(builder.document, builder.project().log)
    forged = builder.document.applying([RowChange(row, with_fields(row, {"runs": (row.runs or 0) + 1}))])
    assert not is_as_kept(Project(forged, builder.project().log), kept)


def test_a_revision_keeps_it_and_an_old_one_keeps_none(builder: ProjectBuilder) -> None:
    project = builder.project()
    revision = Revision(id="r", implied=implied(project, ()))
    assert kept_past(revision) == past(project.document, project.log)
    for other in ("", "{}", '{"past": 3}', '{"past": {"steps": Infinity}}', "[" * 10_000):
        assert kept_past(with_fields(revision, {"implied": other})) is None
