"""Hints over a widget. Qt takes a hint for markup when it looks like markup; ours are always plain text."""

from __future__ import annotations

import html


def plain_tip(text: str) -> str:
    """A hint that shows this text letter for letter, in as many lines as it takes."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"
