"""Days in words, as findings, drills and evidence write them."""

from __future__ import annotations

from datetime import date

from app.messages import Message, msg
from app.model import vocabulary as v


def in_words(day: str) -> Message:
    """`2026-11-14` as 14 Nov 2026."""
    found = date.fromisoformat(day)
    return msg("{day} {month} {year}", day=found.day, month=msg(v.MONTHS[found.month - 1]), year=found.year)
