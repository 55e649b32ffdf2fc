"""How often a fault is made to happen: a little in `make test`, a lot in `make soak`; and from which seed.

`OWNERMAP_SOAK=1` chooses the large counts, a smaller number that share of them (0.05 is a twentieth), and
`OWNERMAP_SEED=number` another seed than the usual one.
"""

from __future__ import annotations

import os
from math import ceil

import pytest

PARTS = 4
"""Into how many tests a count is divided, so that they can run beside each other."""

SHARE = float(os.environ.get("OWNERMAP_SOAK") or 0)

SOAK = SHARE > 0

SEED = int(os.environ.get("OWNERMAP_SEED", "20261121"))

in_parts = pytest.mark.parametrize("seed", [SEED + part for part in range(PARTS)])


def whole(small: int, large: int) -> int:
    """How often in all: a soak never does less than the ordinary suite."""
    return max(small, ceil(large * SHARE))


def times(small: int, large: int) -> int:
    """How often in one of the PARTS; `small` and `large` are of the whole."""
    return ceil(whole(small, large) / PARTS)
