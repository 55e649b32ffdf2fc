"""Step 5, Oversight: the table of actions, and beside it everything about the selected one."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout

from app.edits.generic import add, move, remove, set_fields
from app.messages import msg
from app.model.changes import ChangeSet
from app.model.oversight import Action, Evidence, GraduationDecision
from app.steps import Step
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import Page
from ui.steps.oversight.actions import ActionModel
from ui.steps.oversight.inspector import Inspector
from ui.steps.oversight.table import ActionTable
from ui.widgets.basic import button, card, label, line

_INSPECTOR, _BESIDE, _LOWEST = 292, 720, 260
_UNLIMITED = 16_777_215


class OversightPage(Page):
    """Binds the table and the inspector to the document. The inspector takes the room of the guide."""

    guide_shown = False

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.model = ActionModel(desk.document, self)
        self.table = ActionTable(desk, self.model)
        self.inspector_panel = Inspector(desk)
        self._build()
        self.model.name_typed.connect(self._name)
        self.table.current_changed.connect(self.inspector_panel.show_action)
        self.table.mode_wanted.connect(self._set_mode)
        self.table.fields_wanted.connect(self.inspector_panel.focus_fields)
        self.table.remove_wanted.connect(self._remove)
        self.table.move_wanted.connect(self._move)
        self.inspector_panel.mode_wanted.connect(self._set_mode)
        self.inspector_panel.left.connect(self.table.setFocus)
        desk.theme.changed.connect(self._fit)
        self.model.show_findings(desk.workspace.findings)
        self.table.go_to(0)
        self._fit()

    def reveal(self, row_id: str, field: str) -> bool:
        """Select the action and put the focus on its field; on the dial where the mode is meant."""
        row = self.desk.document.find(row_id)
        if row is None:
            return self._reveal_table() if not row_id else False
        action_id = row.value("action") if isinstance(row, Evidence | GraduationDecision) else row_id
        place = self.model.row_of(str(action_id))
        if place is None:
            return False
        self.table.go_to(place)
        if isinstance(row, Action) and field in ("", "current"):
            self.table.setFocus()
            return True
        return self.inspector_panel.reveal(row_id, field) is not None

    def focus_first(self) -> None:
        self.table.setFocus()

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        current = self.table.current_action()
        self.model.follow(self.desk.document, change_set)
        if change_set is None and current is not None:
            self.table.go_to(self.model.row_of(current.id) or 0)
        elif not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self.inspector_panel.follow(change_set, initiator)

    def refresh_findings(self, findings: Findings) -> None:
        self.model.show_findings(findings)
        self.inspector_panel.show_findings(findings)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _build(self) -> None:
        self._panel, inside = card()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.inspector_panel)
        self._row = line(spacing=14)
        self._row.addWidget(self.table, 1)
        self._row.addWidget(self._panel)
        self.body.addLayout(self._row, 1)
        hint = "Left and Right turn the dial, Return opens the fields, Insert adds. The bar runs from start to floor."
        self.body.addWidget(label(hint, "tertiary", wrap=True))
        self.add_action = button("Add action", tip="Insert")
        self.add_action.clicked.connect(self.table.start_new)
        self.head_tools.addWidget(self.add_action)

    def _fit(self) -> None:
        """The inspector beside the table where there is room for both, below it where there is not."""
        px = self.desk.theme.px
        beside = self.width() >= px(_BESIDE)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._panel.setMaximumWidth(px(_INSPECTOR) if beside else _UNLIMITED)
        self._panel.setMinimumWidth(px(_INSPECTOR) if beside else 0)
        self._panel.setMinimumHeight(0 if beside else px(_LOWEST))
        self.table.setMinimumHeight(px(_LOWEST))

    def _reveal_table(self) -> bool:
        self.table.setFocus()
        return True

    def _name(self, action_id: str | None, name: str) -> None:
        edit = add(Action, {"name": name}) if action_id is None else set_fields(action_id, name=name)
        self.desk.workspace.run(edit, self)

    def _set_mode(self, action_id: str, mode: str) -> None:
        self.desk.workspace.run(set_fields(action_id, current=mode), self)

    def _remove(self, action_id: str) -> None:
        name = self.desk.document.called(action_id)
        if self.desk.workspace.run(remove(action_id), self) is not None:
            what = msg(Action.spec.one)
            self.desk.say(msg("Removed {what} “{title}”. Undo brings it back.", what=what, title=name))

    def _move(self, action_id: str, step: int) -> None:
        ids = [action.id for action in self.desk.document.rows(Action)]
        target = ids.index(action_id) + step
        if 0 <= target < len(ids):
            following = ids[target] if step < 0 else ids[target + 1] if target + 1 < len(ids) else None
            self.desk.workspace.run(move(action_id, following), self)
