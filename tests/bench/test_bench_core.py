"""An edit, and the rules, on a project of 500 actions and 40 people (product.md, "How good it must be")."""

from __future__ import annotations

import dataclasses
from itertools import cycle
from pathlib import Path

from app.edits.generic import set_fields
from app.model.fields import fields_of
from app.model.oversight import Action
from app.rules.check import Checker
from app.rules.finding import Context
from app.store import files
from app.workspace import Workspace
from tests.support.large import large_project

NOW = Context("2026-11-21T12:00:00.000Z")


def test_one_edit(beside) -> None:
    """Floor: copying the touched row and its table, which no immutable document can do without."""
    workspace = Workspace(large_project())
    action = workspace.document.rows(Action)[0]
    table = dict(workspace.document.table("action").by_id)
    notes, floor_notes = cycle(("one", "two")), cycle(("one", "two"))

    def ours() -> None:
        workspace.run(set_fields(action.id, note=next(notes)))

    def floor() -> None:
        copy = dict(table)
        copy[action.id] = dataclasses.replace(action, note=next(floor_notes))

    beside("edit", ours, floor, bar="with every finding at most 8 ms", rounds=50)


def test_one_edit_stored(beside, tmp_path: Path) -> None:
    """What the caller waits for when a change set is kept, beside the same edit without a file."""
    path = tmp_path / "large.ownermap"
    files.create(path, large_project())
    with files.open_for_editing(path) as opened:
        stored = Workspace(opened.project, opened)
        memory = Workspace(large_project())
        action = stored.document.rows(Action)[0].id
        notes = cycle(("one", "two"))
        beside(
            "edit, stored behind",
            lambda: stored.run(set_fields(action, note=next(notes))),
            lambda: memory.run(set_fields(action, note=next(notes))),
            bar="typing never waits for the disk",
            rounds=50,
        )


def test_rules_cold(beside) -> None:
    """Floor: reading every field of every row once."""
    document = large_project().document

    def floor() -> int:
        return sum(1 for row in document for name in fields_of(type(row)) if row.value(name))

    beside("rules, cold", lambda: Checker().findings(document, NOW), floor, bar="at most 300 ms")


def test_rules_after_one_edit(beside) -> None:
    """Floor: the same edit without the rules."""
    workspace, alone = Workspace(large_project()), Workspace(large_project())
    checker = Checker()
    checker.findings(workspace.document, NOW)
    action = workspace.document.rows(Action)[0].id
    notes = cycle(("one", "two"))

    def ours() -> None:
        workspace.run(set_fields(action, note=next(notes)))
        checker.findings(workspace.document, NOW)

    beside(
        "rules, after one edit",
        ours,
        lambda: alone.run(set_fields(action, note=next(notes))),
        bar="at most 8 ms",
        rounds=50,
    )


def test_rules_grow_in_line(beside) -> None:
    """Peer: the same rules on a tenth of the actions; ten times as long is in line."""
    large, small = large_project(actions=5000).document, large_project(actions=500).document
    beside(
        "rules, 5,000 actions beside 500",
        lambda: Checker().findings(large, NOW),
        lambda: Checker().findings(small, NOW),
        bar="at most about 10",
        rounds=3,
    )


def test_opening(beside, tmp_path: Path) -> None:
    """Floor: reading the bytes of the file."""
    path = tmp_path / "large.ownermap"
    files.create(path, large_project())
    beside("open a large project", lambda: files.read(path), path.read_bytes, bar="none set")
