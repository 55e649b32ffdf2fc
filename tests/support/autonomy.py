"""An action that earned its way onto the loop, and what takes that back: for the rules, the commands and the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from app.model.boundary import BoundaryLine
from app.model.change import Change, EvaluationSuite
from app.model.exceptions import Queue
from app.model.fields import fields_of
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.room import Agent, Person
from app.policy.evidence import LETTERS
from app.policy.holders import holder
from tests.support.builder import ProjectBuilder

NAME = "Close a ticket"

CODE = {"reversibility": 1, "blast_radius": 1, "external_visibility": 1, "cost": 1, "data_sensitivity": 1}


def version(builder: ProjectBuilder) -> str:
    return builder.document.only(Agent).behaviour_version


def action_of(builder: ProjectBuilder) -> Action:
    return next(row for row in builder.document.rows(Action) if row.name == NAME)


def in_the_loop(builder: ProjectBuilder, **values: Any) -> Action:
    """A small write in the loop, with everything that a rule asks of an action."""
    line = next(row for row in builder.document.rows(BoundaryLine) if row.side == "may")
    asked = {
        **CODE,
        "boundary_line": line,
        "current": "in_loop",
        "approver": builder.document.rows(Person)[0],
        "approval_rule": "One by one",
        "max_queue_age": 10_000,
        "on_timeout": "hold",
        "escalation_path": builder.document.rows(Queue)[0],
        "noticed_how": "A person reads it again",
        "noticed_within": 60,
        "undo": "Open it again",
        "idempotency": "One key a case",
        "off_hours": "queue",
        "runs_per_week": 50,
    }
    return builder.add(Action, name=NAME, **{**asked, **values})


def reviewed(builder: ProjectBuilder, **values: Any) -> Evidence:
    """Six weeks of runs of the action without a failure, in its mode of today."""
    action = action_of(builder)
    seen = {
        "action": action,
        "behaviour_version": version(builder),
        "mode": action.current,
        "from_day": "2026-09-01",
        "to_day": "2026-10-14",
        "runs": 400,
        "unchanged": 400,
        "seeded": 14,
        "caught": 14,
    }
    return builder.add(Evidence, **{**seen, **values})


def decided(builder: ProjectBuilder, **values: Any) -> GraduationDecision:
    """The decision that put the action onto the loop."""
    action = action_of(builder)
    decision = {
        "action": action,
        "direction": "graduate",
        "from_mode": "in_loop",
        "to_mode": "on_loop",
        "decided_by": holder(builder.document, "APO").person,
        "decided_on": "2026-10-20",
        "reason": "400 runs without a failure",
        "evidence": tuple(row.id for row in builder.document.rows(Evidence) if row.action == action.id),
    }
    return builder.add(GraduationDecision, **{**decision, **values})


def on_the_loop(builder: ProjectBuilder, **values: Any) -> Action:
    """The action after it earned its way onto the loop, with two hundred runs there of which two failed."""
    in_the_loop(builder, **values)
    reviewed(builder)
    decided(builder)
    builder.set(action_of(builder), current="on_loop")
    reviewed(builder, from_day="2026-10-21", to_day="2026-11-18", runs=200, unchanged=198, material=2)
    return action_of(builder)


def after(change: Callable[[ProjectBuilder], object]) -> Callable[[ProjectBuilder], object]:
    """The change, made to a project with the action on the loop."""

    def made(builder: ProjectBuilder) -> None:
        on_the_loop(builder)
        change(builder)

    return made


def rerated(**values: Any) -> Callable[[ProjectBuilder], object]:
    """Other values in the newest evidence of the action."""

    def change(builder: ProjectBuilder) -> None:
        rows = [row for row in builder.document.rows(Evidence) if row.action == action_of(builder).id]
        builder.set(rows[-1], **values)

    return change


def _in_order(outcomes: str) -> Callable[[ProjectBuilder], object]:
    """The newest evidence run by run, and counted so."""
    counts = {name: outcomes.count(letter) for name, letter in LETTERS.items()}
    return rerated(outcomes=outcomes, runs=len(outcomes), **counts)


def _again_without_days(builder: ProjectBuilder) -> None:
    """The newest evidence a second time, and neither says when."""
    rerated(from_day="", to_day="")(builder)
    row = [each for each in builder.document.rows(Evidence) if each.action == action_of(builder).id][-1]
    builder.add(Evidence, **{name: row.value(name) for name in fields_of(Evidence)})


def redecided(**values: Any) -> Callable[[ProjectBuilder], object]:
    """Other values in the decision on the action."""

    def change(builder: ProjectBuilder) -> None:
        builder.set(builder.document.rows(GraduationDecision)[-1], **values)

    return change


def changed(builder: ProjectBuilder) -> None:
    """Another behaviour since yesterday."""
    builder.add(Change, on="2026-11-20", change="prompts", what="A shorter prompt", behaviour_version="another")


def nobody_looked(days: tuple[str, str]) -> Callable[[ProjectBuilder], object]:
    """The last evidence and the decision are of long ago."""

    def change(builder: ProjectBuilder) -> None:
        for row in builder.document.rows(Evidence):
            builder.set(row, from_day=days[0], to_day=days[1])
        redecided(decided_on=days[1])(builder)

    return change


def lead_away(builder: ProjectBuilder) -> None:
    """The lead is away and has no deputy."""
    owner = builder.owner("workflow", _lead(builder), deputy=None)
    builder.set(cast(Person, builder.document.find(owner.person)), away_from="2026-11-16")


def revoked_before(builder: ProjectBuilder) -> None:
    """A revocation five days before the decision."""
    decided(builder, direction="revoke", from_mode="on_loop", to_mode="in_loop", decided_on="2026-10-15")


def harmed_in_the_loop(**values: Any) -> Callable[[ProjectBuilder], object]:
    """Something went wrong while people approved every run."""

    def change(builder: ProjectBuilder) -> None:
        in_the_loop(builder)
        reviewed(builder, **values)

    return change


def long_ago_in_the_loop(builder: ProjectBuilder) -> None:
    """Nobody has looked for 100 days at what people approve."""
    in_the_loop(builder)
    reviewed(builder, from_day="2026-08-01", to_day="2026-08-13")


BREAKS: dict[str, list[Callable[[ProjectBuilder], object]]] = {
    "OVR-13": [after(rerated(harmful=1)), after(rerated(breaches=1)), after(rerated(failed_stops=1))],
    "REV-02": [after(rerated(material=20)), after(_in_order("u" * 150 + "mrromm" + "u" * 44))],
    "REV-03": [after(lambda b: reviewed(b, from_day="2026-11-19", to_day="2026-11-20", runs=100, material=2))],
    "REV-04": [after(changed)],
    "REV-05": [after(nobody_looked(("2026-03-01", "2026-05-10")))],
    "REV-06": [after(lead_away), after(lambda b: b.owner("workflow", None))],
    "REV-07": [after(rerated(cost_median=100, cost_p99=501))],
    "REV-08": [after(nobody_looked(("2026-06-01", "2026-08-01"))), long_ago_in_the_loop],
    "REV-09": [
        after(redecided(decided_on="")),
        after(redecided(evidence=())),
        after(lambda b: b.set(action_of(b), cost=2)),
        after(revoked_before),
    ],
    "REV-10": [after(lambda b: b.set(b.document.rows(GraduationDecision)[-1], to_mode=""))],
    "REV-11": [after(rerated(caught=13)), after(rerated(decision_seconds=3))],
    "REV-13": [harmed_in_the_loop(harmful=1), harmed_in_the_loop(breaches=1), harmed_in_the_loop(failed_stops=2)],
    "REV-16": [
        after(lambda b: reviewed(b, mode="in_loop")),
        after(lambda b: reviewed(b, mode="in_loop", from_day="2026-10-13", to_day="2026-10-20")),
        after(_again_without_days),
    ],
    "REV-17": [
        after(rerated(caught=15)),
        after(rerated(seeded=None)),
        after(rerated(from_day="2026-11-18", to_day="2026-10-21")),
        after(rerated(outcomes="u" * 200)),
        after(rerated(outcomes="u" * 197 + "mm")),
        after(rerated(outcomes="u" * 198 + "rm")),
        after(rerated(outcomes="u" * 198 + "m?")),
    ],
    "REV-14": [after(rerated(runs=300)), after(rerated(unchanged=None)), after(rerated(runs=None))],
    "REV-15": [after(rerated(to_day="2026-11-22")), after(rerated(from_day="2026-11-22", to_day=""))],
    "REV-12": [changed, lambda b: (changed(b), b.set(b.document.rows(EvaluationSuite)[0], last_run=""))],
}
"""Rule code -> what breaks it."""


def _lead(builder: ProjectBuilder) -> Person | None:
    return builder.document.get(Person, holder(builder.document, "WO").person)
