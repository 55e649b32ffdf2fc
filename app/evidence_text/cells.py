"""One cell of pasted evidence: a number, an amount, a day, a mode or an outcome, as people and spreadsheets write them.

Each function gives the value or raises an AppError that says what the cell takes.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.errors import USAGE, AppError
from app.messages import msg, words
from app.model import vocabulary as v
from app.model.document import Document
from app.model.oversight import Action

SHOWN = 60
"""A message repeats so many characters of a cell."""

_GROUPED = re.compile(r"\d{1,3}([,.])\d{3}(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d+[,.]\d+")
_GROUPED_DECIMAL = re.compile(r"\d{1,3}(?:([,.])\d{3})(?:\1\d{3})*[,.]\d+")
_DAY_IN_WORDS = re.compile(r"(\d{1,2})\.?\s+(\w{3,})\.?\s+(\d{4})")
_DAY_WITH_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")

_OUTCOMES = {
    "unchanged": "u",
    "cosmetic": "c",
    "material": "m",
    "rejected": "r",
    "overridden": "o",
    "harmful": "h",
    "seededcaught": "+",
    "seededmissed": "-",
}
"""What became of a run: the letter of `Evidence.outcomes`; + and - for seeded bad cases, which are not among them."""


def whole(text: str) -> int:
    """A count: 1200, 1 200, 1,200 or 1.200."""
    bare = _bare(text)
    if _GROUPED.fullmatch(bare):
        bare = re.sub("[,.]", "", bare)
    found = _decimal(bare, text)
    if found != found.to_integral_value():
        raise AppError(msg("“{text}” is not a whole number.", text=text[:SHOWN]), msg("Write it as 120."))
    return int(found)


def amount(text: str) -> Decimal:
    """An amount or a duration, with a decimal point or comma: 12.50, 12,50 or 1.234,50; a currency is passed over."""
    bare = re.sub(r"^[A-Z]{3}|[A-Z]{3}$|[€$£¥]", "", _bare(text))
    if _GROUPED_DECIMAL.fullmatch(bare):
        return _decimal(re.sub("[,.]", "", bare[: _last_mark(bare)]) + "." + bare[_last_mark(bare) + 1 :], text)
    if _GROUPED.fullmatch(bare) and not bare.startswith("0"):
        raise AppError(
            msg("“{text}” can be read in two ways.", text=text[:SHOWN]),
            msg("Write thousands without a mark between them, and cents with two digits."),
        )
    return _decimal(bare, text)


def day(text: str, zone: str) -> tuple[str, str]:
    """A day as it is stored, and what puts the runs of a day in order: the moment where the cell has one.

    Takes 2026-11-14, 2026-11-14T16:37, 14 Nov 2026 and 14.11.2026. A moment with an offset is told in the agent's zone.
    """
    written = text.strip()
    try:
        if found := _DAY_IN_WORDS.fullmatch(written):
            months = [words(month).casefold() for month in v.MONTHS]
            named = date(int(found[3]), months.index(found[2][:3].casefold()) + 1, int(found[1]))
            return named.isoformat(), ""
        if found := _DAY_WITH_DOTS.fullmatch(written):
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat(), ""
        moment = datetime.fromisoformat(written)
        local = moment if moment.tzinfo is None else moment.astimezone(ZoneInfo(zone or "UTC")).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise AppError(
            msg("“{text}” is not a day.", text=text[:SHOWN]), msg("Write it as 2026-11-14 or 2026-11-14T16:37.")
        ) from None
    return local.date().isoformat(), local.isoformat() if len(written) > len("2026-11-14") else ""


def mode(text: str) -> str:
    """A mode, by its word in the file or in the window: in_loop, In the loop."""
    wanted = _key(text)
    for entry in v.MODES:
        if wanted in (_key(str(entry.value)), _key(words(entry.label))):
            return str(entry.value)
    names = ", ".join(words(entry.label) for entry in v.MODES)
    raise AppError(msg("“{text}” is not a mode.", text=text[:SHOWN]), msg("Write one of: {names}.", names=names))


def outcome(text: str) -> str:
    """The letter of what became of a run, + and - for a seeded case that was caught or missed."""
    wanted = _key(text)
    for name, letter in _OUTCOMES.items():
        if wanted in (name, letter):
            return letter
    raise AppError(
        msg("“{text}” is not an outcome.", text=text[:SHOWN]),
        msg(
            "Write one of: unchanged, cosmetic, material, rejected, overridden, harmful, seeded caught, seeded missed."
        ),
    )


def action(document: Document, text: str) -> Action:
    """The action of this name."""
    named = [row for row in document.rows(Action) if row.name.strip().casefold() == text.strip().casefold()]
    if len(named) == 1:
        return named[0]
    problem = msg("No action is called “{name}”.", name=text[:SHOWN])
    if named:
        problem = msg("More than one action is called “{name}”.", name=text[:SHOWN])
    raise AppError(problem, msg("Write its name as it stands in the list of actions."), exit_code=USAGE)


def _key(text: str) -> str:
    """A word without case, blanks and marks."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _bare(text: str) -> str:
    """A number without blanks and apostrophes between its digits."""
    return re.sub(r"[\s'’]", "", text)


def _last_mark(bare: str) -> int:
    return max(bare.rfind(","), bare.rfind("."))


def _decimal(bare: str, text: str) -> Decimal:
    if len(bare) > 20 or not (bare.isascii() and (bare.isdecimal() or _DECIMAL.fullmatch(bare))):
        raise AppError(msg("“{text}” is not a number.", text=text[:SHOWN]), msg("Write it as 120 or 12.50."))
    return Decimal(bare.replace(",", "."))
