"""Numbers as people write them beside a metric: a limit at which it is stopped, and a reading of it (domain.md 1.9)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from app.model.document import Document
from app.model.scorecard import KillCriterion, Metric, Reading
from app.policy.names import plain

_AMOUNT = re.compile(
    r"(?:(?:above|over|below|under|(?:more|less|fewer) than|at (?:least|most)|up to|[<>≤≥]=?)\s*)?"
    r"(?P<currency>[A-Z]{3}|[€$£])?\s*(?P<number>\d+(?:[.,]\d+)*)(?!\w*\d)\s*(?P<unit>.*)",
    re.DOTALL | re.IGNORECASE,
)
"""A number at the beginning, after no more than a comparison and a currency: Q4 feels bad is none."""


class Amount(NamedTuple):
    """A number and what it counts, such as % or EUR a ticket; "" where nobody said."""

    number: Decimal
    unit: str


def amount_of(text: str) -> Amount | None:
    """The number that a text begins with; None where it has none."""
    match = _AMOUNT.match(text.strip())
    if match is None:
        return None
    return Amount(_decimal(match["number"]), plain(f"{match['currency'] or ''} {match['unit']}"))


def _decimal(text: str) -> Decimal:
    """A number with a point or a comma before its decimals; a comma before three digits marks thousands."""
    head, comma, tail = text.rpartition(",")
    if comma and len(tail) != 3 and "." not in tail:
        return Decimal(f"{head.replace('.', '')}.{tail}")
    whole, _, decimals = text.replace(",", "").rpartition(".")
    return Decimal(f"{whole.replace('.', '')}.{decimals}") if whole else Decimal(decimals)


def passed(document: Document, criterion: KillCriterion) -> Reading | None:
    """The last reading of a kill criterion's metric, where it is past the number; None where it is not, or nobody can
    tell: there is no reading, no number, or they count different things."""
    limit = amount_of(criterion.limit)
    metric = criterion.metric or next(
        (row.id for row in document.rows(Metric) if plain(row.name) == plain(criterion.measure)), None
    )
    read = [row for row in document.rows(Reading) if metric and row.metric == metric and row.on]
    last = max(read, key=lambda row: row.on, default=None)
    value = amount_of(last.value_read) if last is not None else None
    if limit is None or value is None or not _count_the_same(limit.unit, value.unit):
        return None
    over = value.number < limit.number if criterion.comparison == "below" else value.number > limit.number
    return last if over else None


def _count_the_same(one: str, other: str) -> bool:
    """Whether two units are one; whoever leaves it out, or a part of it, means the same."""
    return one.startswith(other) or other.startswith(one)
