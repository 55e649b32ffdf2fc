"""The action table: one row for each action with its dial, and an empty row at the end to type the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.messages import msg, words
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.fields import fields_of
from app.model.oversight import Action
from app.policy.oversight import oversight_of
from ui.findings import Findings, weighed
from ui.steps.oversight.standing import Standing, Standings
from ui.widgets.dial import DialState

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

NAME, REACHES, WRONG, DIAL = range(4)
"""The columns."""

HEADINGS = ("Action", "Reaches", "If it is wrong", "Human oversight")

STATE_ROLE = int(Qt.ItemDataRole.UserRole)
SECOND_ROLE = STATE_ROLE + 1
FOUND_ROLE = STATE_ROLE + 2
STANDING_ROLE = STATE_ROLE + 3

_FIELDS = fields_of(Action)


class ActionModel(QAbstractTableModel):
    """The actions of the document in their order. A change set becomes rows changed, added or removed in place."""

    name_typed = Signal(object, object)
    """(action id, or None for the empty row; the name)."""

    def __init__(self, document: Document, standings: Standings, now: Callable[[], str], parent: QObject) -> None:
        """`now` gives the moment at which standings hold."""
        super().__init__(parent)
        self._document = document
        self._standings = standings
        self._now = now
        self._actions = list(document.rows(Action))
        self._findings = Findings()
        self.compact = False
        """Whether reach and reversibility stand below the name because their columns are hidden."""

    def action(self, row: int) -> Action | None:
        """The action in a row; None for the empty row."""
        return self._actions[row] if 0 <= row < len(self._actions) else None

    def row_of(self, action_id: str) -> int | None:
        return next((row for row, action in enumerate(self._actions) if action.id == action_id), None)

    @property
    def empty_row(self) -> int:
        """The last row, in which a new action is typed."""
        return len(self._actions)

    def follow(self, document: Document, made: ChangeSet | None) -> None:
        """Show the document after a change set; None means that anything may have changed."""
        self._document = document
        touched = self._standings.follow(made)
        if made is None:
            self._replace(list(document.rows(Action)))
            return
        changes = [change for change in made.changes if change.kind == Action.spec.kind]
        if changes:
            self._follow_actions(changes)
        if touched is None:
            self._refresh(0, len(self._actions) - 1)
        elif len(changes) < len(made.changes):
            for row in (row for row, action in enumerate(self._actions) if action.id in touched):
                self._refresh(row, row)

    def show_findings(self, findings: Findings) -> None:
        """Mark the actions that have open points."""
        before, self._findings = self._findings, findings
        for row, action in enumerate(self._actions):
            if before.about(action.id) != findings.about(action.id):
                self._refresh(row, row)

    def set_compact(self, compact: bool) -> None:
        if compact != self.compact:
            self.compact = compact
            self._refresh(0, len(self._actions) - 1)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._actions) + 1

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return words(HEADINGS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        action = self.action(index.row()) if index.isValid() else None
        if action is None:
            return self._invitation(index, role)
        if role == Qt.ItemDataRole.EditRole:
            return action.name
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(action, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(action, index.column())
        if role == SECOND_ROLE:
            return second_line(action, with_reach=self.compact)
        if role == STATE_ROLE:
            return self.state(action)
        if role == FOUND_ROLE:
            return self._findings.about(action.id)
        if role == STANDING_ROLE:
            return self.standing(action)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != NAME:
            return False
        action, name = self.action(index.row()), str(value).strip()
        if name and (action is None or name != action.name):
            self.name_typed.emit(action.id if action else None, name)
        return True

    def state(self, action: Action) -> DialState:
        """What the dial of an action shows."""
        return DialState.of(action.current, oversight_of(self._document, action, self._now()))

    def standing(self, action: Action) -> Standing:
        """What speaks for and against the mode of an action."""
        return self._standings.of(self._document, action, self._now())

    def _text(self, action: Action, column: int) -> str:
        if column == NAME:
            return action.name or words("Action without a name")
        if column == DIAL:
            return self.state(action).said()
        return level_words("blast_radius" if column == REACHES else "reversibility", action)

    def _said(self, action: Action, column: int) -> str:
        heading, text = words(HEADINGS[column]), self._text(action, column)
        if column == NAME:
            parts = [text, second_line(action, with_reach=True), self.state(action).said()]
            told = self.standing(action).told()
            if told is not None:
                parts.append(words(told[0]))
            found = self._findings.about(action.id)
            return ". ".join([*parts, weighed(found)] if found else parts)
        return words(msg("{action}, {heading}: {text}", action=action.name, heading=heading, text=text))

    def _invitation(self, index: Index, role: int) -> Any:
        if not index.isValid() or index.column() != NAME:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words("Type the next action…")
        return "" if role in (SECOND_ROLE, Qt.ItemDataRole.EditRole) else None

    def _follow_actions(self, changes: list[RowChange]) -> None:
        now = list(self._document.rows(Action))
        before, after = [a.id for a in self._actions], [a.id for a in now]
        if before == after:
            self._actions = now
            touched = {change.id for change in changes}
            for row in (row for row, action_id in enumerate(after) if action_id in touched):
                self._refresh(row, row)
        elif len(changes) == 1:
            self._follow_one(changes[0], before, after, now)
        else:
            self._replace(now)

    def _follow_one(self, change: RowChange, before: list[str], after: list[str], now: list[Action]) -> None:
        """One row came, went or moved: every other keeps its place on the screen."""
        if change.before is None:
            place = after.index(change.id)
            self.beginInsertRows(_NO_PARENT, place, place)
            self._actions = now
            self.endInsertRows()
        elif change.after is None:
            place = before.index(change.id)
            self.beginRemoveRows(_NO_PARENT, place, place)
            self._actions = now
            self.endRemoveRows()
        else:
            start, end = before.index(change.id), after.index(change.id)
            self.beginMoveRows(_NO_PARENT, start, start, _NO_PARENT, end + 1 if end > start else end)
            self._actions = now
            self.endMoveRows()

    def _replace(self, now: list[Action]) -> None:
        self.beginResetModel()
        self._actions = now
        self.endResetModel()

    def _refresh(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(HEADINGS) - 1))


def level_words(name: str, action: Action) -> str:
    """The level of an attribute in words, or that nobody has said it yet."""
    entry = _FIELDS[name].choice(action.value(name))
    return words(entry.label) if entry else words("Not said yet")


def second_line(action: Action, *, with_reach: bool) -> str:
    """The quieter line below a name: what it does to the world, and how far it reaches where no column says so."""
    entries = (_FIELDS["flags"].choice(flag) for flag in action.flags)
    parts = [words(entry.label) for entry in entries if entry]
    if not parts and action.reversibility == 0:
        parts = [words("Reads")]
    if with_reach:
        parts += [level_words("blast_radius", action), level_words("reversibility", action)]
    return " · ".join(parts)
