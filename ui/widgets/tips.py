"""Hints over a widget. Qt takes a hint for markup when it looks like markup; ours are always plain text."""

from __future__ import annotations

import html

from PySide6.QtGui import Qt

ONE_LINE = 80
"""Characters up to which a hint stays on one line."""

MOST = 1000


def plain_tip(text: str) -> str:
    """A hint that shows this text letter for letter, broken into lines where it is long, and cut off after MOST
    characters; no hint for no text."""
    if len(text) > MOST:
        text = text[: MOST - 1] + "…"
    if len(text) <= ONE_LINE and not Qt.mightBeRichText(text):
        return text
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"
