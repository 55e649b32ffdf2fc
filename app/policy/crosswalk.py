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

from app.messages import Message
from app.model.document import Document
from app.policy import crosswalk_design as design
from app.policy import crosswalk_running as running
from app.policy.crosswalk_points import Points
from app.resources import resource

KINDS: Mapping[str, tuple[str, Callable[[Document, str], Points]]] = {
    "owners": ("Owners", design.owners),
    "roles": ("Roles", design.roles),
    "people": ("People", design.people),
    "boundary": ("Boundary", design.boundary),
    "oversight": ("Oversight", design.oversight),
    "floors": ("Floors", design.floors),
    "graduation": ("Earned autonomy", design.graduation),
    "exceptions": ("Exceptions & cover", running.exceptions),
    "changes": ("Changes", design.changes),
    "evaluation": ("Evaluation", design.evaluation),
    "tools": ("Tools", design.tools),
    "suppliers": ("Suppliers", design.suppliers),
    "training_data": ("Training data", design.training_data),
    "stop": ("Stop", running.stop),
    "undo": ("Undo", running.undo),
    "incidents": ("Incidents", running.incidents),
    "disclosure": ("Disclosure", running.disclosure),
    "spend": ("Spend", running.spend),
    "scorecard": ("Scorecard", running.scorecard),
    "reviews": ("Reviews", running.reviews),
    "records": ("Records", running.records),
    "succession": ("Hand-over & end", design.succession),
    "launch": ("Launch", running.launch),
}
"""Kind of evidence -> (title, what works it out from a document and the day it is seen from), in the order of the
steps."""


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
    """One kind of evidence: `there` is what the map has, by name and number, `missing` what it lacks."""

    key: str
    title: str
    there: tuple[Message, ...]
    missing: tuple[Message, ...]

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
    today = as_of[:10]
    found = {}
    for key, (title, points) in KINDS.items():
        made = tuple(points(document, today))
        there = tuple(point.text for point in made if point.there)
        missing = tuple(point.text for point in made if not point.there)
        found[key] = Evidence(key, title, there, missing)
    return found
