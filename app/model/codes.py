"""Codes that people read out, type and compare: the start of a hash in Crockford's base 32, in groups.

No I, L, O and U, which are taken for 1, 0 and V; what is typed in their place is understood. Twenty characters are
100 bits: nobody finds another text with the same code.
"""

from __future__ import annotations

from app.errors import USAGE, AppError
from app.messages import msg

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20

_MISREAD = str.maketrans("OIL", "011")


def code_of(digest: bytes, group: int) -> str:
    """The code of a hash of at least 13 bytes, in groups of so many characters: `7QH2M-0TR9V-…`."""
    number = int.from_bytes(digest, "big") >> (8 * len(digest) - 5 * LENGTH)
    letters = "".join(LETTERS[number >> (5 * place) & 31] for place in reversed(range(LENGTH)))
    return "-".join(letters[start : start + group] for start in range(0, LENGTH, group))


def same_code(one: str, other: str) -> bool:
    """Whether two codes are the same, however they are grouped."""
    return plain_code(one) == plain_code(other)


def plain_code(typed: str) -> str:
    """A code as a person typed it: twenty letters and digits, without groups. Raises AppError (wrong usage)."""
    letters = "".join(typed.upper().translate(_MISREAD).replace("-", " ").split())
    if len(letters) != LENGTH or not set(letters) <= set(LETTERS):
        raise AppError(
            msg("“{code}” is not a code: a code has {count} letters and digits.", code=typed[:60], count=LENGTH),
            msg("Type it as it is printed; capitals and hyphens do not matter."),
            exit_code=USAGE,
        )
    return letters
