"""What an ownership map provides evidence toward, framework by framework (domain.md 2).

The frameworks stand in `resources/crosswalk.toml`: edition, ids, our own paraphrase, how the ids were read, and
which kinds of evidence bear on each. The evidence is worked out from a document by `crosswalk_design` and
`crosswalk_running`. Evidence toward a requirement is all that is ever claimed here, never that it is met.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from app.messages import Message, msg
from app.model.boundary import LaunchBlocker, Workflow
from app.model.change import ApprovalRule, EvaluationSuite, Tool, TrainingData
from app.model.commit import Decision
from app.model.document import Document
from app.model.exceptions import Queue
from app.model.oversight import Action
from app.model.oversight import Evidence as ReviewedRuns
from app.model.owners import OwnerAssignment, RoleAssignment, VendorCover
from app.model.room import Agent, FunctionContact, Person
from app.model.row import Row
from app.model.scorecard import Metric, ReviewRhythm
from app.model.stop import CompensatingTransaction, IncidentPlan, SpendGuardrail, StopControl
from app.policy import crosswalk_design as design
from app.policy import crosswalk_running as running
from app.policy.crosswalk_points import Points
from app.policy.named import without_erased
from app.policy.windows import day_at
from app.resources import resource


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: `points` works it out from a document and the day it is seen from; rows of `row` are where
    most of it is given."""

    title: str
    points: Callable[[Document, str], Points]
    row: type[Row]


KINDS: Mapping[str, Kind] = {
    "owners": Kind("Owners", design.owners, OwnerAssignment),
    "roles": Kind("Roles", design.roles, RoleAssignment),
    "people": Kind("People", design.people, Person),
    "boundary": Kind("Boundary", design.boundary, Workflow),
    "oversight": Kind("Oversight", design.oversight, Action),
    "floors": Kind("Floors", design.floors, Action),
    "graduation": Kind("Earned autonomy", design.graduation, ReviewedRuns),
    "exceptions": Kind("Exceptions & cover", running.exceptions, Queue),
    "changes": Kind("Changes", design.changes, ApprovalRule),
    "evaluation": Kind("Evaluation", design.evaluation, EvaluationSuite),
    "tools": Kind("Tools", design.tools, Tool),
    "suppliers": Kind("Suppliers", design.suppliers, VendorCover),
    "training_data": Kind("Training data", design.training_data, TrainingData),
    "stop": Kind("Stop", running.stop, StopControl),
    "undo": Kind("Undo", running.undo, CompensatingTransaction),
    "incidents": Kind("Incidents", running.incidents, IncidentPlan),
    "disclosure": Kind("Disclosure", running.disclosure, FunctionContact),
    "spend": Kind("Spend", running.spend, SpendGuardrail),
    "scorecard": Kind("Scorecard", running.scorecard, Metric),
    "reviews": Kind("Reviews", running.reviews, ReviewRhythm),
    "records": Kind("Records", running.records, Decision),
    "succession": Kind("Hand-over & end", design.succession, Agent),
    "launch": Kind("Launch", running.launch, LaunchBlocker),
}
"""By key, in the order of the steps."""


class Standing(StrEnum):
    """How much of the evidence toward a requirement the map has."""

    THERE = "there"
    PART = "part"
    NONE = "none"
    OUTSIDE = "outside"
    """An ownership map says nothing about it."""


STANDINGS: Mapping[Standing, str] = {
    Standing.THERE: "there",
    Standing.PART: "in part",
    Standing.NONE: "not yet",
    Standing.OUTSIDE: "not in a map",
}
"""How much of the evidence there is, in words."""

ADVICE = (
    "A map provides evidence toward a requirement; whether that is met, nobody can read from a map. Most of this is "
    "good practice, not obligation. Ask a lawyer which of it binds you, and check the editions: ids move between them."
)
"""What is said wherever the crosswalk is shown."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence: `there` is what the map has, by name and number, `missing` what it lacks. It is given on
    the page `step`, at the row `subject`, or where the kind of row `field` is added when there is none yet."""

    key: str
    title: str
    there: tuple[Message, ...]
    missing: tuple[Message, ...]
    step: str
    subject: str = ""
    field: str = ""

    @property
    def standing(self) -> Standing:
        if not self.there:
            return Standing.NONE
        return Standing.PART if self.missing else Standing.THERE


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a framework asks for under one or several of its ids. `paraphrase` is a message id in our own words;
    `evidence` are keys of `Evidence`."""

    ids: tuple[str, ...]
    paraphrase: str
    evidence: tuple[str, ...]

    def standing(self, found: Mapping[str, Evidence]) -> Standing:
        """How much of the evidence toward it is there."""
        standings = {found[key].standing for key in self.evidence}
        if not standings:
            return Standing.OUTSIDE
        return standings.pop() if len(standings) == 1 else Standing.PART


@dataclass(frozen=True, slots=True)
class Framework:
    """One framework in one edition. `status` is how its ids were read: "found" in its own text, "secondary" in
    secondary sources, "part" not all of them; `note` is a message id, or empty."""

    name: str
    edition: str
    status: str
    note: str
    requirements: tuple[Requirement, ...]


@cache
def frameworks() -> tuple[Framework, ...]:
    """Every framework that the crosswalk knows, in order."""
    with resource("crosswalk.toml").open("rb") as file:
        content = tomllib.load(file)
    return tuple(
        Framework(
            each["name"],
            each["edition"],
            each["status"],
            each.get("note", ""),
            tuple(
                Requirement(tuple(item["ids"]), item["paraphrase"], tuple(item["evidence"])) for item in each["items"]
            ),
        )
        for each in content["framework"]
    )


def evidence(document: Document, as_of: str) -> Mapping[str, Evidence]:
    """Every kind of evidence by key, as this document has it at a moment; tests go stale with time."""
    today = day_at(document, as_of)
    document = without_erased(document)
    found = {}
    for key, kind in KINDS.items():
        made = tuple(kind.points(document, today))
        there = tuple(point.text for point in made if point.there)
        missing = tuple(point.text for point in made if not point.there)
        rows, spec = document.rows(kind.row), kind.row.spec
        place = (rows[0].id, "") if rows else ("", spec.kind)
        found[key] = Evidence(key, kind.title, there, missing, spec.step, *place)
    return found


def eu_standing(document: Document) -> Message:
    """What the room's answer about high-risk use under the EU AI Act asks for next; nobody but a lawyer settles it."""
    match document.only(Agent).high_risk_use:
        case "no":
            return msg(
                "The room says that this is no high-risk use under Annex III. Then Articles 14 and 26 are good "
                "practice, not obligation. Have a lawyer confirm it before launch."
            )
        case "yes":
            return msg(
                "The room says that this is a high-risk use under Annex III. Ask a lawyer which duties bind you, and "
                "from when, before anything goes live."
            )
        case "unsure":
            return msg("The room is not sure whether this is a high-risk use under Annex III. Ask a lawyer now.")
        case _:
            return msg(
                "Nobody has said yet whether this is a high-risk use under Annex III: employment, credit, education, "
                "essential services, law enforcement, and others. Ask the room, then a lawyer."
            )
