"""One control for each kind of field; `editor_for` chooses it from the declaration."""

from __future__ import annotations

from app.model.fields import Field, Kind
from ui.desk import Desk
from ui.widgets.editors.base import Editor
from ui.widgets.editors.choosing import ChoicesEditor, ComboEditor, FlagEditor, SegmentEditor
from ui.widgets.editors.dates import DayEditor
from ui.widgets.editors.references import ReferenceEditor, ReferencesEditor
from ui.widgets.editors.typing import LineEditor, ProseEditor

SEGMENTS, SEGMENT_LETTERS = 5, 44


def editor_for(desk: Desk, field: Field, row_id: str) -> Editor:
    """The control in which this field of this row is edited."""
    kind = field.kind
    if kind is Kind.REFERENCE:
        return ReferenceEditor(desk, field, row_id)
    if kind is Kind.REFERENCES:
        return ReferencesEditor(desk, field, row_id)
    if kind is Kind.FLAG:
        return FlagEditor(desk, field)
    if kind is Kind.CHOICES:
        return ChoicesEditor(desk, field)
    if field.choices:
        letters = sum(len(entry.label) + 3 for entry in field.choices)
        few = len(field.choices) <= SEGMENTS and letters <= SEGMENT_LETTERS
        return SegmentEditor(desk, field) if few else ComboEditor(desk, field)
    if kind in (Kind.PROSE, Kind.TEXTS):
        return ProseEditor(desk, field)
    if kind is Kind.DAY:
        return DayEditor(desk, field)
    return LineEditor(desk, field)


__all__ = ["Editor", "editor_for"]
