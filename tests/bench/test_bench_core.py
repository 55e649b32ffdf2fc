"""An edit, and the rules, on a project of 500 actions and 40 people (product.md, "How good it must be")."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path

import pytest

from app.edits.generic import set_fields
from app.messages import words
from app.model.boundary import Workflow
from app.model.exceptions import CoverageWindow, Queue
from app.model.fields import Value, Wording, fields_of
from app.model.oversight import Action, Evidence
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Agent, Person
from app.model.row import Row
from app.model.stop import CompensatingTransaction, StopControl
from app.rules.catalogue import CATALOGUE
from app.rules.check import Checker
from app.rules.finding import Context
from app.store import files
from app.wording.detect import Detector
from app.wording.names import NOBODY_KNOWN
from app.wording.tokens import tokens_of
from app.workspace import Workspace
from tests.support.large import large_project

NOW = Context("2026-11-21T12:00:00.000Z")


def test_one_edit(beside) -> None:
    """Floor: copying the touched row and its table, which no immutable document can do without. Bar: a small part of
    the 8 ms that an edit may take with its findings."""
    workspace = Workspace(large_project())
    action = workspace.document.rows(Action)[0]
    table = dict(workspace.document.table("action").by_id)
    notes, floor_notes = cycle(("one", "two")), cycle(("one", "two"))

    def ours() -> None:
        workspace.run(set_fields(action.id, note=next(notes)))

    def floor() -> None:
        copy = dict(table)
        copy[action.id] = dataclasses.replace(action, note=next(floor_notes))

    beside("edit", ours, floor, bar="8 ms with its findings", rounds=200)


def test_one_edit_stored(beside, tmp_path: Path) -> None:
    """Wall time that the caller waits. Peer: the same edit without a file. Bar: typing never waits for the disk."""
    path = tmp_path / "large.ownermap"
    files.create(path, large_project())
    with files.open_for_editing(path) as opened:
        stored = Workspace(opened.project, opened)
        memory = Workspace(large_project())
        action = stored.document.rows(Action)[0].id
        notes, memory_notes = cycle(("one", "two")), cycle(("one", "two"))
        beside(
            "edit, stored behind",
            lambda: stored.run(set_fields(action, note=next(notes))),
            lambda: memory.run(set_fields(action, note=next(memory_notes))),
            bar="never waits for the disk",
            rounds=200,
            clock=time.perf_counter,
        )


def test_rules_cold(beside) -> None:
    """Floor: reading every field of every row once. Bar: 300 ms."""
    document = large_project().document

    def floor() -> int:
        return sum(1 for row in document for name in fields_of(type(row)) if row.value(name))

    beside("rules, cold", lambda: Checker().findings(document, NOW), floor, bar="300 ms")


@pytest.mark.parametrize(
    ("row_class", "field", "values"),
    [
        (Action, "note", "Note {}"),
        (Action, "name", "Send reply {}"),
        (Action, "current", ("in_loop", "on_loop")),
        (Action, "approver", "person"),
        (Evidence, "material", (1, 2)),
        (Person, "title", "Specialist {}"),
        (Person, "name", "Ada Arndt-{}"),
        (Person, "away_from", ("2026-11-20", "2026-12-20")),
        (Queue, "name", "billing-{}"),
        (Rota, "members", "people"),
        (OwnerAssignment, "person", "person"),
        (RoleAssignment, "person", "person"),
        (CoverageWindow, "end", ("06:00", "07:00")),
        (CompensatingTransaction, "steps", "Post the reversal {}"),
        (StopControl, "where", "Flag {}"),
        (StopControl, "stops_new_work", (False, True)),
        (Workflow, "statement", "Classifies inbound billing tickets and drafts reply {}"),
        (Agent, "name", "Triage {}"),
        (Agent, "stage", ("1b", "2")),
        (Agent, "behaviour_version", "2026-11-02.{}"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else value if isinstance(value, str) else "",
)
def test_rules_after_one_edit(
    beside, row_class: type[Row], field: str, values: str | tuple[str | int | bool, ...]
) -> None:
    """From commit to findings. A text is another each time, as if typed; "person" stands for any two of them,
    "people" for one of the two at a time. Floor:
    the same edit without the rules. Bar: 8 ms, 99 of 100 times."""
    workspace, alone = Workspace(large_project()), Workspace(large_project())
    checker = Checker()
    checker.findings(workspace.document, NOW)
    row_id = workspace.document.rows(row_class)[0].id
    people = tuple(person.id for person in workspace.document.rows(Person)[:2])
    typed, typed_alone = _values(values, people), _values(values, people)

    def ours() -> None:
        workspace.run(set_fields(row_id, **{field: next(typed)}))
        checker.findings(workspace.document, NOW)

    beside(
        f"rules, after an edit of {row_class.spec.kind}.{field}",
        ours,
        lambda: alone.run(set_fields(row_id, **{field: next(typed_alone)})),
        bar="8 ms at p99",
        rounds=200,
    )


def _values(values: str | tuple[str | int | bool, ...], people: tuple[str, ...]) -> Iterator[Value]:
    if values == "people":
        return cycle([(person,) for person in people])
    if isinstance(values, tuple) or values == "person":
        return cycle(people if values == "person" else values)
    return (values.format(number) for number in count())


def test_wording_of_a_long_text(beside) -> None:
    """Floor: taking the text apart into words. Bar: 10 ms for 4,000 characters of prose."""
    text = " ".join(words(rule.better) for rule in CATALOGUE)[:4000]
    beside(
        "wording, 4,000 characters",
        lambda: Detector(NOBODY_KNOWN).phrases(text, Wording.STOP),
        lambda: tokens_of(text, NOBODY_KNOWN),
        bar="10 ms",
    )


def test_rules_grow_in_line(beside) -> None:
    """Peer: the same rules on a tenth of the actions. Bar: about ten times as long, which is in line."""
    large, small = large_project(actions=5000).document, large_project(actions=500).document
    beside(
        "rules, 5,000 actions beside 500",
        lambda: Checker().findings(large, NOW),
        lambda: Checker().findings(small, NOW),
        bar="about 10",
        rounds=5,
    )


def test_rules_after_one_edit_grow_in_line(beside) -> None:
    """Peer: the same edit among a tenth of the actions. Bar: about ten times as long at most."""

    def edits(actions: int):
        workspace, checker = Workspace(large_project(actions=actions)), Checker()
        checker.findings(workspace.document, NOW)
        row_id = workspace.document.rows(Action)[0].id
        notes = cycle(("one", "two"))

        def one() -> None:
            workspace.run(set_fields(row_id, note=next(notes)))
            checker.findings(workspace.document, NOW)

        return one

    beside("rules after an edit, 5,000 actions beside 500", edits(5000), edits(500), bar="about 10", rounds=30)


def test_opening(beside, tmp_path: Path) -> None:
    """Floor: reading the bytes of the file. Bar: none set."""
    path = tmp_path / "large.ownermap"
    files.create(path, large_project())
    beside("open a large project", lambda: files.read(path), path.read_bytes, bar="none set")
