"""A project that is edited without end: adding, renaming, long texts, removing, and checking what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from app.edits import Edit
from app.edits.generic import add, remove, set_fields
from app.interchange import Project
from app.model.commit import ParkedItem
from app.model.document import Document
from app.model.log import Log
from app.model.room import Person
from tests.support.elsewhere import save_elsewhere
from tests.support.random_projects import steady_mint


def new_project(path: Path) -> None:
    """A project with nothing in it but what every project has; the same each time."""
    save_elsewhere(path, Project(Document.empty(steady_mint()), Log()))


def next_edit(document: Document, pick: Random, number: int) -> Edit:
    """Some edit that always has something to do; a few of them spread over many pages."""
    people = [*document.rows(Person)]
    if people and pick.random() < 0.4:
        length = pick.choice((1, 40, 100))
        return set_fields(pick.choice(people).id, title=f"{number} " + "x" * length)
    if len(people) > 3 and pick.random() < 0.2:
        return remove(pick.choice(people).id)
    if pick.random() < 0.2:
        return add(ParkedItem, {"what": f"Parked {number} " + "y" * 400})
    return add(Person, {"name": f"Person {number}"})


def fault_in(found: Project, begun: Document, kept: Sequence[str], acknowledged: int) -> str:
    """What is wrong with a project after a crash, or "".

    `kept` are the ids of the change sets in the order in which they were made from `begun`, of which the first
    `acknowledged` were said to be saved.
    """
    ids = [entry.id for entry in found.log]
    if ids != list(kept[: len(ids)]):
        return "its log is not a beginning of what was done"
    if len(ids) < acknowledged:
        return f"{acknowledged - len(ids)} acknowledged edits are lost"
    document = begun
    for entry in found.log:
        document = document.apply(entry)
    return "" if document == found.document else "its rows are not what its log leads to"
