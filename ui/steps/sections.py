"""The ordinary section of a page: every kind of row that a step owns, by the generic form and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from app.model.fields import Scope, fields_of
from app.model.kinds import ALL
from app.model.row import Row
from ui.desk import Desk
from ui.steps.base import Section
from ui.widgets.form import Form
from ui.widgets.grid import FieldGrid
from ui.widgets.row_list import RowList

GRID = 4
"""A fixed kind with no more fields than this is edited in a compact grid."""


def owned(step: str) -> Iterator[tuple[type[Row], list[str]]]:
    """The kinds of a step with the fields that it edits; signatures and frozen revisions are not edited at all."""
    for row_class in ALL:
        spec = row_class.spec
        if spec.scope is Scope.SIGNOFF:
            continue
        names = [n for n, f in fields_of(row_class).items() if f.step == step and n != spec.fixed_by]
        if names:
            yield row_class, names


def section_for(
    desk: Desk, row_class: type[Row], names: Sequence[str], *, title: str = "", intro: str = "", folded: bool = False
) -> Section:
    """A card that edits these fields of a kind, in the shape that suits the kind."""
    spec = row_class.spec
    said = title or (spec.one if spec.singleton else spec.many)

    def build() -> QWidget:
        return editor_of(desk, row_class, names)

    return Section(desk, said, row_class, names, build, intro=intro, folded=folded)


def editor_of(desk: Desk, row_class: type[Row], names: Sequence[str]) -> QWidget:
    """A form for the one row of a kind, a grid for a few fixed rows, a list for everything else."""
    spec = row_class.spec
    if spec.singleton:
        return Form(desk, row_class, desk.document.only(row_class).id, names)
    if spec.fixed_by and len(names) <= GRID:
        return FieldGrid(desk, row_class, names)
    return RowList(desk, row_class, names)
