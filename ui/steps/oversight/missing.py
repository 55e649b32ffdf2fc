"""Where each point is answered that an action still misses on the way to a looser mode."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from app.messages import Message
from app.model.change import StageControl
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.oversight import Action, Evidence
from app.model.row import Row
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.evidence import adds_up, evidence_of


class Place(NamedTuple):
    """A step, a row and a field; without a row, `field` is the kind of which one is added there."""

    step: str
    row_id: str
    field: str


def place_of(document: Document, action: Action, missing: Message) -> Place | None:
    """The place that answers a point of `Progress.missing`; None for what only time brings."""
    find = PLACES.get(missing.id)
    return None if find is None else find(document, action)


def _evidence(document: Document, action: Action) -> Place:
    return Place("oversight", "", Evidence.spec.kind)


def _outcomes(document: Document, action: Action) -> Place:
    own = [row for row in evidence_of(document, action) if not adds_up(row)]
    return _first(Evidence, own, "runs")


def _stop(document: Document, action: Action) -> Place:
    return _first(StopControl, [row for row in document.rows(StopControl) if row.stops_new_work], "last_tested")


def _rollback(document: Document, action: Action) -> Place:
    rows = document.rows(StopControl)
    named = [row for row in rows if row.rollback_target]
    return _first(StopControl, named, "last_tested") if named else _first(StopControl, rows, "rollback_target")


def _compensation(document: Document, action: Action) -> Place:
    own = [row for row in document.rows(CompensatingTransaction) if row.action == action.id]
    return _first(CompensatingTransaction, own, "last_tested")


def _audit(document: Document, action: Action) -> Place:
    audit = document.fixed(StageControl, "audit_review")
    return _first(StageControl, [audit], "person" if audit.rule else "rule")


def _cover(document: Document, action: Action) -> Place:
    own = [row for row in document.rows(CoverageWindow) if row.duty == "interrupt"]
    return _first(CoverageWindow, own, "duty")


def _first(row_class: type[Row], rows: Iterable[Row], field: str) -> Place:
    """The field of the first of these rows, or where one is added."""
    found = next(iter(rows), None)
    spec = row_class.spec
    return Place(spec.step, found.id, field) if found is not None else Place(spec.step, "", spec.kind)


PLACES: Mapping[str, Callable[[Document, Action], Place]] = {
    "{what}: change the behaviour and start again": _evidence,
    "More than {most} failures: change the behaviour and start again": _evidence,
    "1 more clean run": _evidence,
    "{count} more clean runs": _evidence,
    "Outcomes of reviewed runs that nobody gave: {count}": _outcomes,
    "Evidence over {weeks} weeks with a month-end": _evidence,
    "{cases}: proof that reviewers catch {share} %": _evidence,
    "A stop button drilled in the last 90 days": _stop,
    "A rollback target drilled in the last 90 days": _rollback,
    "Its compensating transaction tested in the last 90 days": _compensation,
    "A sampled audit with a rule and a name, about {count} runs a week": _audit,
    "Somebody on duty to interrupt whenever it runs": _cover,
}
"""By the words of the point; a test holds them against what app.policy.graduation says."""
