"""Where ids and moments come from. Both are injected, so that a test or a template is the same every time."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

ID_PATTERN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

FIRST_YEAR, LAST_YEAR = 1970, 2200
"""The years of every day and moment that is stored: time zones, weeks and years can be reckoned from any of them."""


def system_now() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def moment(instant: datetime) -> str:
    """An instant as it is stored and hashed: UTC, milliseconds, `2026-11-21T03:00:00.000Z`."""
    utc = instant.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def instant(text: str) -> datetime:
    """The instant that `moment` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


def uuid7(milliseconds: int, randomness: bytes) -> str:
    """A UUID version 7 (RFC 9562, 5.7) from a Unix time in milliseconds and ten random bytes."""
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(randomness[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


@dataclass(frozen=True)
class Mint:
    """Makes ids and moments for edits, and says in whose name they are made."""

    now: Callable[[], datetime] = system_now
    random: Callable[[int], bytes] = os.urandom
    author: str = ""
    _last: list[int] = field(default_factory=lambda: [0], repr=False, compare=False)

    def moment(self) -> str:
        return moment(self.now())

    def id(self) -> str:
        """A new UUIDv7; ids of one mint sort in the order in which they were made."""
        tick = max(int(self.now().timestamp() * 1000), self._last[0] + 1)
        self._last[0] = tick
        return uuid7(tick, self.random(10))


def is_id(text: str) -> bool:
    return ID_PATTERN.fullmatch(text) is not None


def is_moment(text: str) -> bool:
    """Whether the text is a moment as `moment` writes it, in a year that may be stored."""
    try:
        return moment(instant(text)) == text and is_reckoned(text)
    except (ValueError, OverflowError):
        return False


def is_reckoned(text: str) -> bool:
    """Whether a day or a moment, which begins with its year, is in a year that may be stored."""
    return FIRST_YEAR <= int(text[:4]) <= LAST_YEAR


def stopwatch() -> float:
    """Seconds on a clock that never goes back; only differences mean something."""
    return time.monotonic()
