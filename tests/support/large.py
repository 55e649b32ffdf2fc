"""Large projects for benches and limits: as many actions and people as asked for, the same each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.interchange import Project
from app.model.boundary import BoundaryLine, System
from app.model.change import Tool
from app.model.changes import RowChange
from app.model.commit import Commitment, Decision
from app.model.exceptions import CoverageWindow, ExceptionClass, Queue
from app.model.fields import fields_of
from app.model.log import Log
from app.model.oversight import Action, Evidence
from app.model.owners import Rota
from app.model.ranks import spread
from app.model.room import Person
from app.model.row import Row
from app.model.scorecard import Metric, Reading
from app.model.stop import CompensatingTransaction
from tests.support.builder import ATTRIBUTES, WEEK, sample

VERBS = ("Read", "Classify", "Draft", "Send", "Credit", "Route", "Merge", "Update", "Close", "Tag")
OBJECTS = ("ticket", "invoice", "contract", "account", "order", "request", "quote", "lead", "shipment", "claim")
GIVEN = ("Ada", "Bela", "Cleo", "Dario", "Edda", "Finn", "Gwen", "Hugo", "Iris", "Jonas")
FAMILY = ("Arndt", "Bauer", "Conti", "Duval", "Eriksen", "Farkas", "Grieg", "Horvat", "Ivers")
FLAGS = ((), ("writes_sor",), ("external_message",), ("moves_money", "writes_sor"), ("grants_access",))
FUNCTIONS = ("Support", "Operations", "IT", "Data", "Legal & compliance", "Security", "Business", "Finance")
DUTIES = ("first_response", "stop", "interrupt", "approve", "exception")
CODES = ("11101", "21202", "11212", "21211", "10001", "31202", "00002", "22121")


def large_project(actions: int = 500, people: int = 40) -> Project:
    """The filled-in sample with this many actions and people more, and with what hangs on them: lines of the
    boundary, systems, tools, queues, exception classes, coverage windows, compensating transactions, evidence,
    metrics, readings, decisions and commitments. Its log is empty."""
    grown = _Grown()
    some = max(actions // 25, 1)
    staff = grown.rows(Person, people, _person)
    rotas = grown.rows(
        Rota,
        max(people // 10, 1),
        lambda n: {"name": f"Rota {n}", "members": staff[n * 10 : n * 10 + 10], "paging_route": f"Pager group {n}"},
    )
    systems = grown.rows(
        System, some, lambda n: {"name": f"System {n}", "access": "read_write", "owner": _one(staff, n)}
    )
    tools = grown.rows(
        Tool,
        some * 2,
        lambda n: {
            "name": f"tool.{n}",
            "system": _one(systems, n),
            "schema": "Version 1, checked every night",
            "permissions": "Reads all, writes one field",
            "owner": _one(staff, n),
            "drift_owner": _one(rotas, n),
        },
    )
    queues = grown.rows(
        Queue, some, lambda n: {"name": f"queue-{n}", "where": f"View {n}", "owner": _one(staff, n), "max_age": 4320}
    )
    lines = grown.rows(
        BoundaryLine, actions, lambda n: {"verb": _one(VERBS, n).lower(), "object": f"{_one(OBJECTS, n // 10)} {n}"}
    )

    def action(n: int) -> dict[str, Any]:
        return {
            "name": f"{_one(VERBS, n)} {_one(OBJECTS, n // 10)} {n}",
            "boundary_line": lines[n],
            **dict(zip(ATTRIBUTES, map(int, _one(CODES, n)), strict=True)),
            "flags": _one(FLAGS, n),
            "current": "in_loop",
            "approver": _one(staff, n),
            "approval_rule": "Approved one by one; unclear cases go to the queue.",
            "max_queue_age": 4320,
            "on_timeout": "hold",
            "escalation_path": _one(queues, n),
            "noticed_how": "A second person reads ten a week again.",
            "noticed_within": 1440,
            "runs_per_week": 10 + n % 90,
            "off_hours": "queue",
            "undo": "Set the earlier value again.",
            "idempotency": "One write per key.",
            "tools": (_one(tools, n),),
        }

    made = grown.rows(Action, actions, action)
    grown.rows(
        CompensatingTransaction,
        actions // 2,
        lambda n: {
            "action": made[n * 2],
            "steps": "Post the reversal and tell the case owner.",
            "owner": _one(staff, n),
            "within": 480,
            "last_tested": "2026-11-14",
        },
    )
    grown.rows(Evidence, actions, lambda n: {"action": made[n], **_reviewed(100 + n % 50, n % 3)})
    grown.rows(
        ExceptionClass,
        some,
        lambda n: {
            "name": f"Exception class {n}",
            "severity": n % 4 + 1,
            "queue": _one(queues, n),
            "reviewer": _one(staff, n),
            "within": 60,
            "allowed_actions": "Settle the single case.",
            "goes_further_when": "The amount is above L2.",
            "goes_further_to": _one(rotas, n),
        },
    )
    grown.rows(CoverageWindow, people // 2, lambda n: {**_window(n), "holder": _one(staff, n)})
    metrics = grown.rows(
        Metric,
        some,
        lambda n: {
            "name": f"Metric {n}",
            "family": "quality",
            "owner": _one(staff, n),
            "source": "Ticket log",
            "threshold": "Below 5 %",
            "cadence": "weekly",
        },
    )
    grown.rows(
        Reading, some * 12, lambda n: {"metric": _one(metrics, n), "on": _date(n), "value_read": f"{n % 9}.{n % 7} %"}
    )
    grown.rows(
        Decision,
        actions // 5,
        lambda n: {"what": f"Decision {n}", "on": _date(n), "step": "oversight", "agreed": (_one(staff, n),)},
    )
    grown.rows(
        Commitment, actions // 10, lambda n: {"what": f"Promise {n}", "who": _one(staff, n), "by_when": "2027-03-31"}
    )
    return Project(grown.document, Log())


class _Grown:
    """The sample's document while rows are added by the hundred; checked like an edit, in one step a kind."""

    def __init__(self) -> None:
        builder = sample("large")
        self.document, self.mint = builder.document, builder.mint

    def rows(self, row_class: type[Row], count: int, values: Callable[[int], dict[str, Any]]) -> list[str]:
        """Add `count` rows after those that are there; their ids."""
        declared = fields_of(row_class)
        there = self.document.rows(row_class)
        last = there[-1].rank if there else ""
        made = [
            row_class(
                id=self.mint.id(),
                rank=last + rank,
                **{name: declared[name].normalise(value) for name, value in values(number).items()},
            )
            for number, rank in enumerate(spread(count))
        ]
        self.document = self.document.applying(RowChange(None, row) for row in made)
        return [row.id for row in made]


def _one(entries: Any, number: int) -> Any:
    return entries[number % len(entries)]


def _person(number: int) -> dict[str, Any]:
    name = f"{_one(GIVEN, number)} {_one(FAMILY, number)}"
    return {
        "name": name if number < 90 else f"{name} {number // 90 + 1}",
        "title": f"Specialist {number}",
        "function": _one(FUNCTIONS, number),
        "contact": f"person{number}@example.com",
        "paging_route": f"Phone {1000 + number}",
        "time_zone": "Europe/Berlin",
    }


def _reviewed(runs: int, material: int) -> dict[str, Any]:
    return {
        "behaviour_version": "2026-11-02.2",
        "mode": "in_loop",
        "from_day": "2026-10-19",
        "to_day": "2026-11-18",
        "runs": runs,
        "unchanged": runs - material,
        "cosmetic": 0,
        "material": material,
        "rejected": 0,
        "overridden": 0,
        "harmful": 0,
        "seeded": 14,
        "caught": 14,
    }


def _window(number: int) -> dict[str, Any]:
    start = number * 3 % 24
    return {
        "duty": _one(DUTIES, number),
        "zone": "Europe/Berlin",
        "weekdays": WEEK[number % 3 :],
        "start": f"{start:02d}:00",
        "end": f"{(start + 8) % 24:02d}:00",
    }


def _date(number: int) -> str:
    return f"2026-{number % 10 + 1:02d}-{number % 28 + 1:02d}"
