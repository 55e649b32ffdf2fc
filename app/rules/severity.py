"""How much each requirement weighs at each stage: the table of domain.md 1.13, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.messages import Message, msg
from app.rules.finding import Severity

STAGES = ("1a", "1b", "2", "3")


@dataclass(frozen=True, slots=True)
class Mark:
    """The weight at one stage; None where the rule does not apply. `promise` is true where, for design sign-off, a
    dated commitment with a name is enough; `launch` where design sign-off is only warned."""

    severity: Severity | None
    promise: bool = False
    launch: bool = False

    def at(self, level: str) -> Mark:
        """The mark as it counts for a level of sign-off."""
        return Mark(Severity.WARNING) if self.launch and level == "design" else self


Marks = Mapping[str, Mark]
"""Stage -> weight."""

_LETTERS = {
    "B": Mark(Severity.BLOCKER),
    "Bc": Mark(Severity.BLOCKER, promise=True),
    "Bl": Mark(Severity.BLOCKER, launch=True),
    "W": Mark(Severity.WARNING),
    "A": Mark(Severity.ADVICE),
    "-": Mark(None),
}


def marks(letters: str) -> Marks:
    """The weights at stages 1a, 1b, 2 and 3 as the table writes them: B, Bc, W, A or -; and Bl."""
    return {stage: _LETTERS[letter] for stage, letter in zip(STAGES, letters.split(), strict=True)}


WARNS = marks("W W W W")
ADVISES = marks("A A A A")

NAMED = marks("W B B B")
"""What 77, 103 and 104 ask to be named; only what was drilled may be promised for design sign-off."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the table: what is asked, the catalogue ids that ask it, and how much it weighs at each stage."""

    subject: Message
    ids: tuple[int, ...]
    marks: Marks


REQUIREMENTS: tuple[Requirement, ...] = tuple(
    Requirement(msg(subject), ids, marks(letters))
    for letters, subject, ids in (
        (
            "B B B B",
            "a boundary; a named lead who may make changes; no vendor, committee or department as owner; somebody who "
            "may stop it; one A and an R on every row of the RACI; nothing permitted that the boundary routes out; no "
            "mode looser than its floor or its evidence",
            (2, 19, 20, 22, 24, 35, 102, 130, 136, 144, 145, 146, 147, 148, 149),
        ),
        ("W B B B", "one owner of each type, the system owner by name", (18, 131)),
        (
            "W B B B",
            "a first responder, an accountable person; a mode and an escalation path for each action",
            (53, 71, 79),
        ),
        (
            "W B B B",
            "launch blockers that both sides agree on; an exception owner with queue, times and playbook",
            (10, 86, 93, 94, 95, 132),
        ),
        ("W Bc Bc B", "an approver for each of the six changes; an evaluation gate", (58, 59, 134)),
        ("W Bc Bc Bc", "a kill switch, a rollback target and compensations, drilled", (77, 103, 104)),
        (
            "W W B B",
            "an outcome owner; metrics with owner, source, threshold and cadence; a rhythm of review",
            (87, 122, 133, 123, 124, 137),
        ),
        (
            "W W B B",
            "the four that people own (boundary, exception path, scorecard, stop button); escalation rules; all eight "
            "questions answered yes",
            (101, 135, 138),
        ),
        ("W - - -", "a measure of the gap between the agent and people, with an owner", (82,)),
        (
            "A W B B",
            "nothing that runs on the loop while nobody covers; a person at every step of the drill",
            (150, 151),
        ),
        (
            "A A W B",
            "the six stronger controls: scope, approval rules, rollback authority, audit review, incident plan, kill "
            "criteria in numbers",
            (89,),
        ),
        ("W W B B", "value and safety spoken for by two people", (152,)),
    )
)
"""The table, line by line."""

TABLE: Mapping[int, Marks] = {number: each.marks for each in REQUIREMENTS for number in each.ids}
"""Catalogue id -> its weights; every other warning and advice is as marked at all stages."""
