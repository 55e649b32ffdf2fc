"""A list of sentences: every line of them is seen, however wide the list is."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.line_list import PADDING, LineList

SENTENCE = "21 Nov 2026, 20:12 Europe/Berlin · before a merge · 280 kB · good · Draft 1"


def test_every_line_has_its_room_at_any_width(qtbot: QtBot, theme: Theme) -> None:
    shown = LineList(theme)
    qtbot.addWidget(shown)
    shown.addItem(SENTENCE)
    shown.show()
    metrics, heights = shown.fontMetrics(), set()
    for width in range(200, 600, 3):
        shown.resize(theme.px(width), theme.px(300))
        QApplication.processEvents()
        # Qt leaves three pixels on either side, for the mark of the focus.
        inside = shown.viewport().width() - 2 * (theme.px(PADDING) + 3)
        words = metrics.boundingRect(QRect(0, 0, inside, 1000), int(Qt.TextFlag.TextWordWrap), SENTENCE).height()
        assert shown.visualItemRect(shown.item(0)).height() >= words + theme.px(PADDING), width
        heights.add(words)
    assert len(heights) > 2
