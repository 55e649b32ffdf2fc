"""Step 2 on the screen: the statement, three columns of lines, then systems, launch blockers and the backlog."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.model import vocabulary as v
from app.model.boundary import BacklogItem, BoundaryLine, LaunchBlocker, System, Workflow
from app.model.row import Row
from ui.desk import Desk
from ui.steps.base import Part, titled
from ui.steps.sections import owned, section_for
from ui.widgets.basic import card, column, label
from ui.widgets.form import Form
from ui.widgets.row_list import RowList
from ui.widgets.tiles import Tiles

FIRST = ("purpose", "statement")
"""What the room reads aloud; the other words about the boundary stand below the lines."""

EMPTY = {
    "may": "Nothing is permitted yet: name a verb and an object.",
    "routes_out": "Which case does it put down and pass on?",
    "barred": "What must it never do?",
}


class BoundaryView(QWidget):
    """Widgets and layout of the boundary."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        fields = dict(owned("boundary"))
        workflow = desk.document.only(Workflow).id
        rest = [name for name in fields[Workflow] if name not in FIRST]
        self.statement = Form(desk, Workflow, workflow, FIRST)
        self.words = Form(desk, Workflow, workflow, rest)
        self.lines = {str(side.value): _lines(desk, str(side.value)) for side in v.BOUNDARY_SIDES}
        self.sections = [section_for(desk, kind, fields[kind]) for kind in (System, LaunchBlocker, BacklogItem)]
        self.parts: list[Part] = [self.statement, *self.lines.values(), self.words, *self.sections]

        whole = column(self, spacing=14)
        whole.addWidget(titled("What it is for", self.statement))
        columns: list[QWidget] = []
        for side in v.BOUNDARY_SIDES:
            frame, inside = card()
            inside.setContentsMargins(12, 12, 12, 12)
            inside.addWidget(label(side.label, "heading"))
            inside.addWidget(self.lines[str(side.value)], 0, Qt.AlignmentFlag.AlignTop)
            inside.addStretch()
            columns.append(frame)
        whole.addWidget(Tiles(desk.theme, columns, columns=3, least=210, spacing=12))
        whole.addWidget(titled("In words", self.words))
        for section in self.sections:
            whole.addWidget(section)


def _lines(desk: Desk, side: str) -> RowList:
    def keep(row: Row) -> bool:
        return isinstance(row, BoundaryLine) and row.side == side

    return RowList(
        desk,
        BoundaryLine,
        keep=keep,
        defaults={"side": side},
        columns=1,
        empty=EMPTY[side],
        called=_called,
        typed=_typed,
        ask="Verb and object",
    )


def _called(row: Row) -> str:
    assert isinstance(row, BoundaryLine)
    return f"{row.verb} {row.object}".strip()


def _typed(text: str) -> Mapping[str, str]:
    """The first word is the verb, the rest its object."""
    verb, _, rest = text.partition(" ")
    return {"verb": verb, "object": rest} if rest else {"object": text}
