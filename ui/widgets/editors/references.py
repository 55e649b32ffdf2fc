"""The people picker, and the same for every other kind of row that a field may name.

Typing filters; Return takes the marked entry, and so does Tab when what was typed is a beginning of its name. A name
that nobody has yet is offered as "Add ...", which adds it and picks it in one step. Several people typed together are
taken each where the field takes several, and refused where it takes one. A name that more than one have opens the list
of them, and none is taken until one is marked. Emptying the line, or Del on a chip, takes the reference back. A dragged
row can be dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.edits import Edit
from app.edits.people import add_and_refer, refer_to_each, several_named, unlikely
from app.errors import AppError, FieldFault
from app.messages import msg, words
from app.model.fields import Field, Kind, Value, fields_of
from app.model.kinds import BY_KIND
from app.model.owners import Rota
from app.model.room import Person
from app.model.row import Row
from app.policy.names import apart, told_apart
from ui.desk import Desk
from ui.widgets.basic import column, line, set_role
from ui.widgets.editors.base import Editor
from ui.widgets.editors.picker_line import PickerLine
from ui.widgets.flow import FlowLayout
from ui.widgets.people import Avatar, dragged_row
from ui.widgets.suggestions import Suggestion, Suggestions

MOST = 40
"""Entries that are offered at once; typing narrows them down."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A suggestion to add a row of a kind, called as typed."""

    row_class: type[Row]
    title: str


@dataclass(frozen=True, slots=True)
class Several:
    """A suggestion to name each of these people."""

    names: tuple[str, ...]


class PickerEditor(Editor):
    """What picking one row and picking several have in common: the line, the suggestions, dropping."""

    def __init__(self, desk: Desk, field: Field, row_id: str) -> None:
        super().__init__(desk, field)
        self._row_id = row_id
        self.line = PickerLine()
        self.line.setPlaceholderText(words(field.hint or "Type a name"))
        self._suggestions = Suggestions(desk.theme, self.line)
        self._suggestions.picked.connect(self._take)
        self.line.textEdited.connect(self._filter)
        self.line.walked.connect(self._walked)
        self.line.entered.connect(self._entered)
        self.line.left.connect(self.commit)
        self.line.reverted.connect(self.revert)
        self.setFocusProxy(self.line)
        self.setAcceptDrops(True)
        self.line.setAcceptDrops(False)

    def control(self) -> QWidget:
        return self.line

    def pick(self, row_id: str) -> None:
        """Take a row and commit it."""
        raise NotImplementedError

    def clear(self) -> None:
        """An emptied line."""
        raise NotImplementedError

    def shown_name(self) -> str:
        """What the line says while nothing is being typed."""
        return ""

    def _says_who_is_held(self, typed: str) -> bool:
        """Whether what was typed is what the line said before, and nobody else is called so."""
        return typed == self.shown_name() and (not typed or len(self._called(typed)) < 2)

    def held(self) -> tuple[str, ...]:
        """The ids that the field names now."""
        if isinstance(self.stored, tuple):
            return self.stored
        return (str(self.stored),) if self.stored else ()

    def draft(self) -> str:
        typed = self.line.text().strip()
        return typed if self.line.isModified() and not self._says_who_is_held(typed) else ""

    def resume(self, text: str) -> bool:
        self.line.resume(text)
        return True

    def commit(self) -> None:
        typed = self.line.text().strip()
        marked = self._marked(typed)
        self._suggestions.hide()
        if not self.line.isModified() or self._says_who_is_held(typed):
            self.line.show_text(self.shown_name())
        elif not typed:
            self.clear()
        elif len(called := self._called(typed)) == 1:
            self.pick(called[0].id)
        elif marked is not None and _begins(marked, typed):
            self._take(marked)
        else:
            self.faulted.emit(self._untaken(typed, marked))

    def revert(self) -> None:
        self._suggestions.hide()
        self.line.show_text(self.shown_name())
        self.committed.emit(self.stored)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        row = self.desk.document.find(dragged_row(event.mimeData()))
        if row is not None and row.spec.kind in self.field.targets:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.pick(dragged_row(event.mimeData()))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._suggestions.hide()

    def _filter(self, typed: str) -> None:
        # An emptied line is about to take the reference back: Return must not pick somebody instead.
        self._offer(typed.strip() if typed.strip() else None)

    def _offer(self, typed: str | None) -> None:
        """Show what there is for what was typed, and nothing for None. Where more than one are called so, none is
        marked: whoever types must say which."""
        offers = self._offers(typed) if typed is not None else []
        self._suggestions.offer(offers, mark=not typed or not _shared(offers))

    def _walked(self, step: int) -> None:
        if self._suggestions.isHidden():
            typed = self.line.text().strip() if self.line.isModified() else ""
            self._offer(typed)
        else:
            self._suggestions.walk(step)

    def _entered(self) -> None:
        typed = self.line.text().strip()
        marked = self._marked(typed)
        if marked is None and self.line.isModified() and (name := _shared(self._offers(typed))):
            self._offer(typed)
            self.faulted.emit(self._which(name))
        elif marked is None:
            self.commit()
        else:
            self._take(marked)

    def _marked(self, typed: str) -> Suggestion | None:
        """What Return takes: the marked entry, else the first one for what was typed, unless more than one are called
        so."""
        marked = self._suggestions.current()
        if marked is None and self.line.isModified() and typed:
            offers = self._offers(typed)
            return next(iter(offers), None) if not _shared(offers) else None
        return marked

    def _untaken(self, typed: str, marked: Suggestion | None) -> FieldFault:
        """Why what was typed is not taken when the line is left, and what Return does with it."""
        if marked is None and (name := _shared(self._offers(typed))):
            return self._which(name)
        problem = msg("“{name}” is not in the project yet.", name=typed[:60])
        if marked is None:
            return self._unlikely(typed) or FieldFault(
                self.field.name, problem, msg("Press Esc to leave it as it was.")
            )
        if isinstance(marked.data, Several):
            problem = msg("“{name}” are several people.", name=typed[:60])
            advice = msg("Press Return to name each of them, or Esc to leave it as it was.")
        elif isinstance(marked.data, Addition):
            advice = msg("Press Return to add it, or Esc to leave it as it was.")
        else:
            advice = msg("Press Return to take {name}, or Esc to leave it as it was.", name=marked.text)
        return FieldFault(self.field.name, problem, advice)

    def _which(self, name: str) -> FieldFault:
        """That more than one have this name, and how to say which is meant."""
        problem = msg("More than one is called “{name}”.", name=name[:60])
        return FieldFault(self.field.name, problem, msg("Choose one with the arrow keys, then press Return."))

    def _unlikely(self, typed: str) -> FieldFault | None:
        """Why no person is added who would be called this."""
        if Person.spec.kind not in self.field.targets:
            return None
        return unlikely(self.desk.document, self.field.name, typed, self.desk.document.find(self._row_id))

    def _take(self, marked: Suggestion) -> None:
        self._suggestions.hide()
        if isinstance(marked.data, Addition):
            self._add(marked.data)
        elif isinstance(marked.data, Several):
            self._name_each(marked.data)
        else:
            self.pick(str(marked.data))

    def _add(self, addition: Addition) -> None:
        if self._ran(add_and_refer(addition.row_class, addition.title, self._row_id, self.field.name)):
            self.say_added(addition)

    def _name_each(self, several: Several) -> None:
        if self._ran(refer_to_each(several.names, self._row_id, self.field.name)):
            self.desk.say(msg("Named {people}. Undo takes it back.", people=", ".join(several.names)))

    def _ran(self, edit: Edit) -> bool:
        """Whether an edit was done, which is then shown; what keeps it from being done is said."""
        try:
            self.desk.workspace.attempt(edit, self)
        except FieldFault as fault:
            self.faulted.emit(fault)
            return False
        except AppError as error:
            self.desk.workspace.failed.emit(error)
            return False
        row = self.desk.document.find(self._row_id)
        if row is not None:
            self.committed.emit(row.value(self.field.name))
        return True

    def say_added(self, addition: Addition) -> None:
        """A new row is more than an answer here: it stands in the lists of the project from now on."""
        what = msg(addition.row_class.spec.one)
        self.desk.say(msg("Added {what} “{name}”. Undo takes it back.", what=what, name=addition.title))

    def _called(self, typed: str) -> list[Row]:
        """The rows that what was typed stands for: by name alone, or told apart from others of that name."""
        wanted = typed.casefold()
        found = [row for row in self._candidates() if row.called().casefold() == wanted]
        return found or [row for row in self._candidates() if self._name_of(row).casefold() == wanted]

    def _name_of(self, row: Row) -> str:
        """How a row is called in this field."""
        return told_apart(self.desk.document, row) if isinstance(row, Person) else row.called()

    def _candidates(self) -> list[Row]:
        document = self.desk.document
        return [row for kind in self.field.targets for row in document.rows(BY_KIND[kind]) if row.id != self._row_id]

    def _offers(self, typed: str) -> list[Suggestion]:
        parts = typed.casefold().split()
        rows = [row for row in self._candidates() if all(part in self._searched(row) for part in parts)]
        called = self._called(typed) if typed else []
        rows.sort(key=lambda row: (row not in called, not row.called().casefold().startswith(typed.casefold())))
        offers = [Suggestion(row.called() or words(row.spec.one), self._detail(row), row.id) for row in rows[:MOST]]
        if typed and not called:
            offers += self._additions(typed)
        return offers

    def _additions(self, typed: str) -> list[Suggestion]:
        """What may be added under the name that was typed, which nobody has yet."""
        people = Person.spec.kind in self.field.targets
        if people and (names := several_named(self.desk.document, typed)):
            said = msg("Name {people}", people=", ".join(names))
            return [Suggestion(words(said), "", Several(names))] if self.field.kind is Kind.REFERENCES else []
        offers = []
        for row_class in map(BY_KIND.__getitem__, self.field.targets):
            named = fields_of(row_class)[row_class.spec.title].kind is Kind.TEXT
            may_be = row_class is not Person or self._unlikely(typed) is None
            if named and may_be and not row_class.spec.is_fixed:
                said = msg("Add {what} “{name}”", what=msg(row_class.spec.one), name=typed)
                offers.append(Suggestion(words(said), "", Addition(row_class, typed)))
        return offers

    def _searched(self, row: Row) -> str:
        return f"{row.called()} {self._detail(row)}".casefold()

    def _detail(self, row: Row) -> str:
        if isinstance(row, Person):
            more = apart(self.desk.document, row)[2:-1]
            return " · ".join(part for part in dict.fromkeys((more or row.title, row.function)) if part)
        if isinstance(row, Rota):
            return words(msg("Rota of {count}", count=len(row.members)))
        return words(row.spec.one) if len(self.field.targets) > 1 else ""


def _shared(offers: Sequence[Suggestion]) -> str:
    """The name that the first offer shares with another; "" where it is the only one of that name."""
    alike = [
        each for each in offers if isinstance(each.data, str) and each.text.casefold() == offers[0].text.casefold()
    ]
    return alike[0].text if len(alike) > 1 else ""


def _begins(marked: Suggestion, typed: str) -> bool:
    """Whether what was typed is a beginning of the name of a row that is offered."""
    return not isinstance(marked.data, Addition) and marked.text.casefold().startswith(typed.casefold())


class ReferenceEditor(PickerEditor):
    """One row: an avatar where it is a person, the name, and a button that takes it back."""

    def __init__(self, desk: Desk, field: Field, row_id: str) -> None:
        super().__init__(desk, field, row_id)
        self.avatar = Avatar(desk.theme, 26) if "person" in field.targets else None
        self.take_back = QPushButton("×")
        self.take_back.setProperty("role", "quiet")
        self.take_back.setAutoDefault(False)
        self.take_back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.take_back.clicked.connect(self.clear)
        row = line(self, spacing=4)
        if self.avatar is not None:
            row.addWidget(self.avatar)
            self.avatar.hide()
        row.addWidget(self.line, 1)
        row.addWidget(self.take_back)
        self.take_back.hide()

    def name_it(self, name: str, hint: str = "") -> None:
        super().name_it(name, hint)
        self.take_back.setAccessibleName(words(msg("Clear {label}", label=name)))

    def make_large(self, token: str) -> None:
        """Show the name as the largest thing around, and an empty place as one that waits for a person."""
        self._large = token
        row = self.layout()
        if self.avatar is not None and row is not None:
            self.avatar.setParent(None)
            self.avatar.deleteLater()
            self.avatar = Avatar(self.desk.theme, 38, token)
            row.insertWidget(0, self.avatar)  # type: ignore[attr-defined]
        self.line.setPlaceholderText(words("Type a name, or drag a person here"))
        self.show_stored()

    _large = ""

    def shown_name(self) -> str:
        row = self._row()
        if row is None:
            return ""
        # Below a large name stands what tells it from another, which would be cut in here.
        return (row.called() if self._large else self._name_of(row)) or words(row.spec.one)

    def _row(self) -> Row | None:
        return self.desk.document.find(self.held()[0]) if self.held() else None

    def show_stored(self) -> None:
        row, name = self._row(), self.shown_name()
        self.line.show_text(name)
        self.take_back.setVisible(bool(name))
        if self.avatar is not None:
            # The initials are those of the name alone, without what tells it from another.
            self.avatar.show_name(row.called() or name if row is not None else "")
            self.avatar.setVisible(bool(name))
        if self._large:
            set_role(self.line, "name" if name else "wanted")

    def settle(self, value: Value) -> None:
        super().settle(value)
        if self.line.hasFocus():
            self.line.selectAll()

    def pick(self, row_id: str) -> None:
        self.committed.emit(row_id)

    def clear(self) -> None:
        self.committed.emit(None)


class ReferencesEditor(PickerEditor):
    """Several rows: a chip each, and a line to add another. Del on a chip, or a click, takes it back."""

    def __init__(self, desk: Desk, field: Field, row_id: str) -> None:
        super().__init__(desk, field, row_id)
        self._named = ""
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._layout = column(self, spacing=4)
        self._layout.addWidget(self._chips)
        self._layout.addWidget(self.line)
        self.chips: list[ReferenceChip] = []
        self._chips.hide()

    def name_it(self, name: str, hint: str = "") -> None:
        super().name_it(name, hint)
        self._named = name
        for chip in self.chips:
            chip.name_in(name)

    def show_stored(self) -> None:
        self.line.show_text("")
        rows = ((row_id, self.desk.document.find(row_id)) for row_id in self.held())
        held = [(row_id, self._name_of(row) if row is not None else "") for row_id, row in rows]
        if held != [(chip.row_id, chip.called) for chip in self.chips]:
            for chip in self.chips:
                self._flow.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            self.chips = [ReferenceChip(row_id, called) for row_id, called in held]
            for chip in self.chips:
                chip.name_in(self._named)
                chip.removed.connect(self._remove)
                self._flow.addWidget(chip)
        self._chips.setVisible(bool(held))

    def pick(self, row_id: str) -> None:
        self.committed.emit((*self.held(), row_id))

    def clear(self) -> None:
        self.line.show_text("")

    def _remove(self, row_id: str) -> None:
        self.line.setFocus()
        self.committed.emit(tuple(one for one in self.held() if one != row_id))


class ReferenceChip(QPushButton):
    """One of several references."""

    removed = Signal(object)

    def __init__(self, row_id: str, called: str) -> None:
        super().__init__(f"{called}  ×".replace("&", "&&"))
        self.row_id = row_id
        self.called = called
        self.setProperty("role", "person")
        self.setAutoDefault(False)
        self.setToolTip(words("Remove"))
        self.clicked.connect(self._gone)

    def name_in(self, field: str) -> None:
        self.setAccessibleName(words(msg("{field}: {name}, remove", field=field, name=self.called)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._gone()
        else:
            super().keyPressEvent(event)

    def _gone(self) -> None:
        self.removed.emit(self.row_id)
