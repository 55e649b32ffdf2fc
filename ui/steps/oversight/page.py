"""Step 5, Oversight: the actions as a table or as a map, and beside it everything about the selected one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from app.edits.generic import add, move, remove, set_fields
from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.oversight import Action, Evidence, GraduationDecision
from app.policy.oversight import level, looser_than, oversight_of
from app.steps import Step
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import Page
from ui.steps.oversight.actions import ActionModel
from ui.steps.oversight.inspector import Inspector
from ui.steps.oversight.missing import Place
from ui.steps.oversight.risk_map import Chip, RiskMap
from ui.steps.oversight.standing import Standing, Standings
from ui.steps.oversight.table import ActionTable
from ui.widgets.basic import button, card, label, line, say_on
from ui.widgets.segments import Choosing

_INSPECTOR, _BESIDE, _LOWEST = 292, 720, 260
_UNLIMITED = 16_777_215

TABLE, MAP = range(2)

PAUSE = 150
"""Milliseconds after an edit in which nobody types, until the actions are counted."""


class OversightPage(Page):
    """Binds the table and the inspector to the document. The inspector takes the room of the guide."""

    guide_shown = False

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.standings = Standings()
        self.model = ActionModel(desk.document, self.standings, self._now, self)
        self.table = ActionTable(desk, self.model)
        self.map = RiskMap(desk.theme)
        self.inspector_panel = Inspector(desk, self.standings)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count)
        self._build()
        self.model.name_typed.connect(self._name)
        self.table.current_changed.connect(self.inspector_panel.show_action)
        self.table.current_changed.connect(self.map.show_current)
        self.table.mode_wanted.connect(self._set_mode)
        self.table.fields_wanted.connect(self.inspector_panel.focus_fields)
        self.table.remove_wanted.connect(self._remove)
        self.table.move_wanted.connect(self._move)
        self.table.letter_pressed.connect(self._letter)
        self.map.picked.connect(self._select)
        self.map.left.connect(self.show_table)
        self.inspector_panel.mode_wanted.connect(self._set_mode)
        self.inspector_panel.place_wanted.connect(self._open)
        self.inspector_panel.left.connect(self._back)
        desk.row_back.connect(self._stand_on)
        desk.theme.changed.connect(self._fit)
        self.model.show_findings(desk.workspace.findings)
        self.table.go_to(0)
        self._fit()
        self._counting.start(PAUSE)

    def reveal(self, row_id: str, field: str) -> bool:
        """Select the action and put the focus on its field; on the dial where the mode is meant."""
        row = self.desk.document.find(row_id)
        if row is None:
            return self._reveal_without_row(field) if not row_id else False
        action_id = row.value("action") if isinstance(row, Evidence | GraduationDecision) else row_id
        place = self.model.row_of(str(action_id))
        if place is None:
            return False
        self.table.go_to(place)
        if isinstance(row, Action) and field in ("", "current"):
            self.show_table()
            return True
        return self.inspector_panel.reveal(row_id, field) is not None

    def focus_first(self) -> None:
        self._back()

    def show_table(self) -> None:
        """Show the table and put the focus there."""
        self.views.choose(TABLE)
        self._show_view()
        self.table.setFocus()

    def show_map(self) -> None:
        """Show the map and put the focus there."""
        self.views.choose(MAP)
        self._show_view()
        self.map.setFocus()

    def next_of(self, wanted: Callable[[Standing], bool]) -> bool:
        """Go to the next action whose standing is wanted, after the present one; false where there is none."""
        actions = self.desk.document.rows(Action)
        here = self.table.currentIndex().row()
        for action in (*actions[here + 1 :], *actions[: here + 1]):
            if wanted(self.model.standing(action)):
                self._select(action.id)
                return True
        return False

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        current = self.table.current_action()
        self.model.follow(self.desk.document, change_set)
        if change_set is None and current is not None:
            self.table.go_to(self.model.row_of(current.id) or 0)
        elif not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self.inspector_panel.follow(change_set, initiator)
        self._counting.start(PAUSE)

    def refresh_findings(self, findings: Findings) -> None:
        self.model.show_findings(findings)
        self.inspector_panel.show_findings(findings)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._counting.start(PAUSE)

    def _build(self) -> None:
        self._panel, inside = card()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.inspector_panel)
        self._row = line(spacing=14)
        self._row.addWidget(self.table, 1)
        self._row.addWidget(self.map, 1)
        self.map.hide()
        self._row.addWidget(self._panel)
        self.body.addLayout(self._views())
        self.body.addLayout(self._row, 1)
        hint = (
            "Left and Right turn the dial, Return opens the fields, Insert adds, G graduates, R takes back, M shows "
            "the map. The shaded band runs from start to floor."
        )
        self.body.addWidget(label(hint, "tertiary", wrap=True))
        self.paste = button("Paste evidence …", tip="Ctrl+Shift+V")
        self.paste.clicked.connect(self._paste)
        self.add_action = button("Add action", tip="Insert")
        self.add_action.clicked.connect(self.table.start_new)
        self.head_tools.addWidget(self.paste)
        self.head_tools.addWidget(self.add_action)

    def _views(self) -> QHBoxLayout:
        """Table or map, and the ways to what stands out."""
        row = line(spacing=10)
        self.views = Choosing(msg("Look at"), (msg("Table"), msg("Map")))
        self.views.choose(TABLE)
        self.views.chosen.connect(self._show_view)
        self.lost = button("", "chip", tip="L in the table")
        self.lost.clicked.connect(self._next_lost)
        self.could = button("", "chip", tip="C in the table")
        self.could.clicked.connect(self._next_could)
        row.addWidget(self.views, 1)
        for part in (self.lost, self.could):
            part.hide()
            row.addWidget(part)
        return row

    def _fit(self) -> None:
        """The inspector beside the table where there is room for both, below it where there is not."""
        px = self.desk.theme.px
        beside = self.width() >= px(_BESIDE)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._panel.setMaximumWidth(px(_INSPECTOR) if beside else _UNLIMITED)
        self._panel.setMinimumWidth(px(_INSPECTOR) if beside else 0)
        self._panel.setMinimumHeight(0 if beside else px(_LOWEST))
        self.table.setMinimumHeight(px(_LOWEST))

    def _reveal_without_row(self, kind: str) -> bool:
        """Where a row of a kind is added: evidence beside the table, of the action that is named, an action in it."""
        kind, _, action_id = kind.partition(":")
        if action_id:
            self.table.go_to(self.model.row_of(action_id) or 0)
        if kind == Evidence.spec.kind and self.table.current_action() is not None:
            self.inspector_panel.focus_evidence()
        else:
            self.show_table()
        return True

    def _now(self) -> str:
        return self.desk.workspace.workspace.mint.moment()

    def _show_view(self) -> None:
        wants_map = self.views.place == MAP
        self.table.setVisible(not wants_map)
        self.map.setVisible(wants_map)
        if wants_map:
            self._draw_map()

    def _back(self) -> None:
        (self.map if self.views.place == MAP else self.table).setFocus()

    def _select(self, action_id: str) -> None:
        place = self.model.row_of(action_id)
        if place is not None:
            self.table.go_to(place)

    def _open(self, place: Place) -> None:
        self.desk.open_place(*place)

    def _paste(self) -> None:
        self.desk.command_wanted.emit("paste_evidence")

    def _letter(self, letter: str) -> None:
        acts = {
            "g": self.inspector_panel.graduate,
            "r": self.inspector_panel.revoke,
            "l": self._next_lost,
            "c": self._next_could,
            "m": self.show_map,
        }
        acts[letter]()

    def _next_lost(self) -> None:
        if not self.next_of(lambda standing: bool(standing.lost)):
            self.desk.refuse(msg("No action has lost its right to its mode."))

    def _next_could(self) -> None:
        if not self.next_of(lambda standing: standing.may_graduate):
            self.desk.refuse(msg("No action has passed its gate yet."))

    def _count(self) -> None:
        """Say how many actions lost their right and how many could graduate; a few actions in one go."""
        if not self.isVisible():
            return
        if self.standings.work(self.desk.document, self._now()):
            self._counting.start(0)
            return
        known = [self.model.standing(action) for action in self.desk.document.rows(Action)]
        lost, could = sum(bool(each.lost) for each in known), sum(each.may_graduate for each in known)
        say_on(self.lost, msg("! Lost its right: {count}", count=lost))
        say_on(self.could, msg("✓ Could graduate: {count}", count=could))
        self.lost.setVisible(lost > 0)
        self.could.setVisible(could > 0)
        if self.views.place == MAP:
            self._draw_map()

    def _draw_map(self) -> None:
        document, today = self.desk.document, self.desk.today()
        chips = []
        for action in document.rows(Action):
            implied = oversight_of(document, action, today)
            alarm = bool(self.model.standing(action).lost) or (
                bool(action.current) and looser_than(action.current, implied.floor)
            )
            name = action.name or words("Action without a name")
            chips.append(Chip(action.id, level(action.reversibility), implied.severity, name, implied.floor, alarm))
        self.map.show_chips(chips)
        self.map.show_current(self.inspector_panel.action_id)

    def _name(self, action_id: str | None, name: str) -> None:
        edit = add(Action, {"name": name}) if action_id is None else set_fields(action_id, name=name)
        self.desk.workspace.run(edit, self)

    def _set_mode(self, action_id: str, mode: str) -> None:
        self.desk.workspace.run(set_fields(action_id, current=mode), self)

    def _remove(self, action_id: str) -> None:
        name = words(self.desk.document.called(action_id))
        made = self.desk.workspace.run(remove(action_id), self)
        if made is not None:
            self.desk.say(self.desk.waiting.removed(made, Action, name))

    def _stand_on(self, row_id: str) -> None:
        """Go to an action that was brought back."""
        if self.isVisible() and self.model.row_of(row_id) is not None:
            self._select(row_id)
            self._back()

    def _move(self, action_id: str, step: int) -> None:
        ids = [action.id for action in self.desk.document.rows(Action)]
        target = ids.index(action_id) + step
        if 0 <= target < len(ids):
            following = ids[target] if step < 0 else ids[target + 1] if target + 1 < len(ids) else None
            self.desk.workspace.run(move(action_id, following), self)
