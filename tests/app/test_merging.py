"""A merge in words: what nobody can know is not told as if it were known."""

from __future__ import annotations

from pathlib import Path

from app.edits.generic import add, set_fields
from app.interchange import Project
from app.merging import Copy, Merging
from app.model.document import Document
from app.model.log import Log
from app.model.room import Agent, Person
from app.workspace import Workspace
from tests.support.builder import fixed_mint


def bases(*, common: bool) -> set[str]:
    """What stood before, of every difference between a project and a copy with a person more and another agent."""
    start = Document.empty(fixed_mint())
    ours = Workspace(Project(start, Log()), mint=fixed_mint("x"))
    ours.run(add(Person, {"name": "Ada"}))
    theirs = Workspace(Project(ours.document, Log(ours.project.log)), mint=fixed_mint("y"))
    theirs.run(add(Person, {"name": "New"}))
    theirs.run(set_fields(theirs.document.only(Agent).id, name="Theirs"))
    log = theirs.project.log if common else Log()
    merging = Merging(ours, Copy(Path("map.ownermap"), Project(theirs.document, log), "mark"))
    return {merging.told(item).base for item in merging.comparison.items}


def test_with_a_common_beginning_it_is_told_what_stood_there() -> None:
    assert bases(common=True) == {"not there", "empty"}


def test_without_one_nobody_knows() -> None:
    assert bases(common=False) == {"not known"}
