"""Writes the page of the documentation that lists the rules, from the catalogue.

`python packaging/make_rules_page.py`; a test says when it has to be run again.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.rules.page import markdown  # noqa: E402

TARGET = ROOT / "docs" / "rules.md"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(markdown(), encoding="utf-8", newline="\n")
    print(f"Wrote {TARGET.relative_to(ROOT)}")
