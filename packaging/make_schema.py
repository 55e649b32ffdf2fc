"""Writes the published JSON Schema of the interchange document from the declared fields.

`python packaging/make_schema.py`; a test says when it has to be run again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import interchange  # noqa: E402

TARGET = ROOT / "resources" / "schema" / f"ownermap-{interchange.VERSION}.schema.json"


def text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(interchange.schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text(), encoding="utf-8", newline="\n")
    print(f"Wrote {TARGET.relative_to(ROOT)}")
