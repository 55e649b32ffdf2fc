"""Step 4: who does the daily work of owning it."""

from __future__ import annotations

WHAT_IF, REPLACE = "what_if", "replace"
"""What the page shows besides the fields of rows, as `Desk.open_place` asks for it; REPLACE may name a person."""
