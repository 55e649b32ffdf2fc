"""Order inside a table is a key in the row: a new key fits between any two others, so moving touches one row."""

from __future__ import annotations

from collections.abc import Iterator

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)


def between(low: str, high: str) -> str:
    """A key after `low` and before `high`; an empty `low` is the beginning, an empty `high` the end.

    Keys are base-36 fractions without a trailing zero, compared as text.
    """
    if high and low >= high:
        raise ValueError(f"no key between {low!r} and {high!r}")
    if low and not high and (after := _step_after(low)):
        return after
    key = ""
    while True:
        position = len(key)
        floor = DIGITS.index(low[position]) if position < len(low) else 0
        ceiling = DIGITS.index(high[position]) if position < len(high) else BASE
        if ceiling - floor > 1:
            return key + DIGITS[(floor + ceiling) // 2]
        key += DIGITS[floor]
        if ceiling > floor:
            high = ""


def _step_after(low: str) -> str:
    """A key a small step after `low`, so that appending row after row does not make keys long; "" at the end."""
    number = int(low[:6].ljust(6, DIGITS[0]), BASE) + BASE
    return _written(number) if number < BASE**6 else ""


def _written(number: int) -> str:
    key = ""
    for _ in range(6):
        number, digit = divmod(number, BASE)
        key = DIGITS[digit] + key
    return key.rstrip(DIGITS[0])


def spread(count: int) -> Iterator[str]:
    """`count` keys in order, evenly spread: for tables that are made in one go."""
    width = 1
    while BASE**width <= count + 1:
        width += 1
    step = BASE**width // (count + 1)
    for number in range(1, count + 1):
        value, key = number * step, ""
        for _ in range(width):
            value, digit = divmod(value, BASE)
            key = DIGITS[digit] + key
        yield key.rstrip("0") or DIGITS[1]
