"""The codes of the currencies of the world (ISO 4217), as `resources/currencies.txt` lists them."""

from __future__ import annotations

from functools import cache

from app.resources import resource


@cache
def currencies() -> frozenset[str]:
    """Every three-letter code that is money somewhere today."""
    return frozenset(resource("currencies.txt").read_text(encoding="ascii").split())
