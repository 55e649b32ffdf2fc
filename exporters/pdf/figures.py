"""Cards, steps, signatures and the week of who answers, as in the design's two pages."""

from __future__ import annotations

import re
from itertools import batched  # type: ignore[attr-defined]
