"""Having a control in sight: it, and the words that stand with its field, in every scroll area around it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.widgets.editors.base import Editor

_ASIDE, _AROUND = 20, 60
"""Pixels of its surroundings that are shown beside a control, and above and below it."""

_TURNS = 3
"""What was just unfolded takes a few turns of the event loop until every layout in it knows its size."""


def bring_into_sight(control: QWidget) -> None:
    """Scroll to a control, now and as the layout settles; its whole field, where there is room for that."""
    _settle(control, _TURNS)


def _settle(control: QWidget, turns: int) -> None:
    outer = control.parentWidget()
    while outer is not None:
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(_field_of(control), _ASIDE, _AROUND)
            outer.ensureWidgetVisible(control, _ASIDE, _AROUND)
        outer = outer.parentWidget()
    if turns:
        QTimer.singleShot(0, control, lambda: _settle(control, turns - 1))


def _field_of(control: QWidget) -> QWidget:
    """The field that a control edits, with its label, fault and findings; the control where it edits none."""
    widget: QWidget | None = control
    while widget is not None:
        if isinstance(widget, Editor):
            return widget.parentWidget() or control
        widget = widget.parentWidget()
    return control
