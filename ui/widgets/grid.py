"""A compact grid: a line for each row of a kind and a column for each field, all edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from app.messages import words
from app.model.fields import fields_of
from app.model.row import Row
from ui.desk import Desk
from ui.widgets.basic import label
from ui.widgets.field_boxes import FieldBoxes
from ui.widgets.form import FieldBox, editable


class FieldGrid(FieldBoxes):
    """For kinds with a fixed set of rows and few fields, such as the contact of each function."""

    def __init__(
        self,
        desk: Desk,
        row_class: type[Row],
        names: Sequence[str] | None = None,
        *,
        keep: Callable[[Row], bool] | None = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.row_class = row_class
        self.titles: dict[str, QLabel] = {}
        chosen = list(names) if names is not None else editable(row_class)
        declared = fields_of(row_class)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for column, name in enumerate(chosen, start=1):
            grid.addWidget(label(declared[name].label, "label"), 0, column)
            grid.setColumnStretch(column, 3)
        grid.setColumnStretch(0, 2)
        rows = [row for row in desk.document.rows(row_class) if keep is None or keep(row)]
        for line, row in enumerate(rows, start=1):
            title = label(words(row.called()), wrap=True)
            entry = declared[row.spec.title].choice(row.value(row.spec.title))
            if entry and entry.hint:
                title.setToolTip(words(entry.hint))
            self.titles[row.id] = title
            grid.addWidget(title, line, 0, Qt.AlignmentFlag.AlignVCenter)
            for column, name in enumerate(chosen, start=1):
                box = FieldBox(desk, row_class, row.id, name, bare=True, of=words(row.called()))
                self.boxes[row.id, name] = box
                grid.addWidget(box, line, column, Qt.AlignmentFlag.AlignTop)
        self.show_findings(desk.workspace.findings)
