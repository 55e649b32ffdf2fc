"""How much each requirement weighs at each stage: the table of domain.md 1.13, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.rules.finding import Severity

STAGES = ("1a", "1b", "2", "3")


@dataclass(frozen=True, slots=True)
class Mark:
    """The weight at one stage; None where the rule does not apply. `promise` is true where, for design sign-off, a
    dated commitment with a name is enough."""

    severity: Severity | None
    promise: bool = False


Marks = Mapping[str, Mark]
"""Stage -> weight."""

_LETTERS = {
    "B": Mark(Severity.BLOCKER),
    "Bc": Mark(Severity.BLOCKER, promise=True),
    "W": Mark(Severity.WARNING),
    "A": Mark(Severity.ADVICE),
    "-": Mark(None),
}


def marks(letters: str) -> Marks:
    """The weights at stages 1a, 1b, 2 and 3 as the table writes them: B, Bc, W, A or -."""
    return {stage: _LETTERS[letter] for stage, letter in zip(STAGES, letters.split(), strict=True)}


WARNS = marks("W W W W")
ADVISES = marks("A A A A")

NAMED = marks("W B B B")
"""What 77, 103 and 104 ask to be named; only what was drilled may be promised for design sign-off."""


def _table() -> Iterator[tuple[int, Marks]]:
    for letters, ids in (
        ("B B B B", (2, 19, 20, 22, 24, 35, 102, 130, 136, 144, 145, 146, 147, 148, 149)),
        ("W B B B", (18, 131)),
        ("W B B B", (53, 71, 79)),
        ("W B B B", (10, 86, 93, 94, 95, 132)),
        ("W Bc Bc B", (58, 59, 134)),
        ("W Bc Bc Bc", (77, 103, 104)),
        ("W W B B", (87, 122, 133, 123, 124, 137)),
        ("W W B B", (101, 135, 138)),
        ("W - - -", (82,)),
        ("A W B B", (150, 151)),
        ("A A W B", (89,)),
        ("W W B B", (152,)),
    ):
        for number in ids:
            yield number, marks(letters)


TABLE: Mapping[int, Marks] = dict(_table())
"""Catalogue id -> its weights; every other warning and advice is as marked at all stages."""
