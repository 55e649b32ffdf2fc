"""Actions of the filled-in sample that have passed their gate, or lost the right to their mode, for the window."""

from __future__ import annotations

from typing import Any

from app.edits.generic import add, remove, set_fields
from app.model.oversight import Action, Evidence
from app.model.room import Agent
from app.model.stop import StopControl
from app.workspace import Workspace


def named(workspace: Workspace, part: str) -> Action:
    """The action whose name has this part, as it is now."""
    return next(action for action in workspace.document.rows(Action) if part in action.name)


def reviewed(workspace: Workspace, action: Action, **values: Any) -> str:
    """Ten weeks of runs of an action without a failure, in its mode of now; the id of the row."""
    seen = {
        "action": action.id,
        "behaviour_version": workspace.document.only(Agent).behaviour_version,
        "mode": named(workspace, action.name).current,
        "from_day": "2026-09-01",
        "to_day": "2026-11-10",
        "runs": 450,
        "unchanged": 450,
        "seeded": 30,
        "caught": 30,
    }
    made = workspace.run(add(Evidence, {**seen, **values}))
    assert made is not None
    return made.changes[0].id


def without_evidence(workspace: Workspace, action: Action) -> None:
    rows = [row.id for row in workspace.document.rows(Evidence) if row.action == action.id]
    if rows:
        workspace.run(remove(*rows))


def passed(workspace: Workspace, part: str = "Classify") -> Action:
    """An action in the loop to which nothing but the decision is missing."""
    action = named(workspace, part)
    without_evidence(workspace, action)
    workspace.run(set_fields(action.id, current="in_loop", off_hours="queue"))
    for control in workspace.document.rows(StopControl):
        workspace.run(set_fields(control.id, last_tested="2026-11-01", rollback_target="Version 1"))
    reviewed(workspace, action)
    return named(workspace, part)


def harmed(workspace: Workspace, part: str = "Merge") -> Action:
    """An action on the loop that did harm."""
    action = named(workspace, part)
    workspace.run(set_fields(action.id, current="on_loop", off_hours="queue"))
    reviewed(workspace, action, unchanged=448, harmful=2)
    return named(workspace, part)
