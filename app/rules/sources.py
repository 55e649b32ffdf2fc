"""Where requirements come from: the five sources by their titles (domain.md, the list of sources)."""

from __future__ import annotations

from collections.abc import Mapping

SOURCES: Mapping[str, str] = {}
