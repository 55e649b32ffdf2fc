"""Tab goes in reading order, also through what was built or opened after the window was.

Qt's own chain holds widgets in the order in which they were made, and pages, rows and details are made when they
are first needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


def focus_next(window: QWidget, *, forward: bool) -> bool:
    """Put the focus on the next control of a window, or the one before; after the last comes the first."""
    controls = list(controls_of(window))
    if not controls:
        return False
    place = _place_of(QApplication.focusWidget(), controls)
    if place is None:
        place = -1 if forward else 0
    wanted = controls[(place + (1 if forward else -1)) % len(controls)]
    wanted.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    outer = wanted.parentWidget()
    while outer is not None:
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(wanted)
        outer = outer.parentWidget()
    return True


def controls_of(widget: QWidget) -> Iterator[QWidget]:
    """The controls inside a widget that Tab stops at, as they are read: line by line, left to right."""
    for child in _read(widget):
        stops = child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isEnabled()
        if stops and child.focusProxy() is None:
            yield child
        yield from controls_of(child)


def _read(widget: QWidget) -> Iterator[QWidget]:
    children = [child for child in widget.children() if isinstance(child, QWidget)]
    shown = sorted((c for c in children if c.isVisible() and not c.isWindow()), key=lambda c: (c.y(), c.x()))
    while shown:
        first = shown[0]
        # What begins above the middle of the first one stands on the same line.
        band = [c for c in shown if c.y() < first.y() + max(first.height() // 2, 1)]
        yield from sorted(band, key=lambda c: c.x())
        shown = shown[len(band) :]


def _place_of(widget: QWidget | None, controls: list[QWidget]) -> int | None:
    while widget is not None:
        if widget in controls:
            return controls.index(widget)
        widget = widget.parentWidget()
    return None
