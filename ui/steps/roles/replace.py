"""Replace a person: who hands over to whom, what is handed over with a tick each, and one step that does it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QWidget

from app.edits.handover import NEWCOMER, Handed, preview, replace_by_newcomer, replace_person
from app.errors import AppError
from app.messages import msg, number_of, words
from app.model.changes import ChangeSet
from app.model.fields import fields_of
from app.model.owners import Handover
from app.model.room import Person
from app.policy.names import everybody_called, plain, told_apart
from ui.desk import Desk
from ui.findings import Findings
from ui.widgets.basic import button, column, label, line, say_on, set_text
from ui.widgets.editors.choosing import Combo
from ui.widgets.editors.typing import Line

PLACE = int(Qt.ItemDataRole.UserRole)
"""Where an item of the list keeps its place: (row id, field)."""

SHOWN = 9
"""Lines of the list that are in sight."""


SEVERAL = "several"
"""Stands for a name that more than one have."""


class ReplacePanel(QWidget):
    """Nothing changes until it is pressed; Esc or Cancel leaves everything as it is."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._handed: tuple[Handed, ...] = ()
        self.who = _people_combo(msg("Who hands over?"))
        self.by = _people_combo(msg("To whom?"))
        self.name = Line()
        self.by.setEditable(True)
        self.by.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.by.setLineEdit(self.name)
        self.name.setPlaceholderText(words("Nobody: the places stay vacant. Or type a name"))
        self.name.setAccessibleName(self.by.accessibleName())
        self.name.setMaxLength(fields_of(Person)["name"].limit)
        self.why = Line()
        self.why.setAccessibleName(words(msg("Reason")))
        self.why.setPlaceholderText(words("A new job, a long leave, too many hats"))
        self.why.setMaxLength(fields_of(Handover)["why"].limit)
        self.list = PlaceList(desk)
        self.told = label("", "secondary", wrap=True)
        self.fault = label("", "bad", wrap=True)
        self.tick_all, self.tick_none = button("Tick all", "quiet"), button("Tick none", "quiet")
        self.hand_over = button("", "primary")
        self.cancel = button("Cancel")
        self._lay_out()
        self.who.activated.connect(self._asked_anew)
        self.by.activated.connect(self._chosen)
        self.by.editTextChanged.connect(self._typed)
        self.name.reverted.connect(self.leave)
        self.list.itemChanged.connect(self._ticked)
        self.tick_all.clicked.connect(self._all)
        self.tick_none.clicked.connect(self._none)
        self.hand_over.clicked.connect(self.take)
        self.cancel.clicked.connect(self.leave)
        self._fill()

    def start(self, who: str = "") -> QWidget:
        """Ask anew, with somebody who hands over where one is given; the control that should have the focus."""
        self.why.clear()
        self._choose_who(who)
        self.by.setEditText("")
        self._asked_anew()
        return self.by if self._who() else self.who

    def leave(self) -> None:
        """Forget what was chosen; nothing has changed."""
        self.start()
        self.closed.emit()

    def take(self) -> None:
        """Hand over what is ticked, as one step."""
        who, by = self._who(), self._by()
        if who is None:
            return
        workspace = self.desk.workspace
        on = self.desk.today()
        why, only = self.why.text().strip(), self.list.ticked()
        if by == NEWCOMER:
            edit = replace_by_newcomer(who, self._name(), on=on, why=why, only=only)
        else:
            edit = replace_person(who, by, on=on, why=why, only=only)
        try:
            made = workspace.attempt(edit, self)
        except AppError as error:
            set_text(self.fault, str(error))
            self.fault.show()
            return
        if made is not None:
            name = self.desk.document.called(who)
            self.desk.say(msg("What {name} held was handed over. One undo brings it back.", name=name))
        self.leave()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what can be handed over as the document stands now; what is not ticked stays so."""
        self._fill()

    def show_findings(self, findings: Findings) -> None:
        """The findings stand at their fields."""

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """No field of a row is edited here."""
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        layout = column(self, spacing=10)
        for said, control in (("Who hands over?", self.who), ("To whom?", self.by), ("Reason", self.why)):
            row = column(spacing=4)
            row.addWidget(label(said, "label"))
            row.addWidget(control)
            layout.addLayout(row)
        layout.addWidget(self.told)
        layout.addWidget(self.list)
        ticks = line()
        ticks.addWidget(self.tick_all)
        ticks.addWidget(self.tick_none)
        ticks.addStretch()
        layout.addLayout(ticks)
        layout.addWidget(self.fault)
        self.fault.hide()
        buttons = line()
        buttons.addWidget(self.hand_over)
        buttons.addWidget(self.cancel)
        buttons.addStretch()
        layout.addLayout(buttons)

    def _fill(self) -> None:
        """The people as they are now, with who was chosen still chosen."""
        who = self._who()
        self.who.clear()
        self.who.addItem(words("Choose somebody"), None)
        for person in self.desk.document.rows(Person):
            self.who.addItem(told_apart(self.desk.document, person) or words("A person without a name"), person.id)
        self._choose_who(who)
        self._offer_others()
        self._show()

    def _offer_others(self) -> None:
        """Offer everybody but whoever hands over; what was typed stays."""
        who, typed = self._who(), self.by.currentText()
        self.by.blockSignals(True)
        self.by.clear()
        for person in self.desk.document.rows(Person):
            if person.name and person.id != who:
                self.by.addItem(told_apart(self.desk.document, person), person.id)
        self.by.setEditText(typed)
        self.by.blockSignals(False)

    def _asked_anew(self, *place: object) -> None:
        self._offer_others()
        self.list.clear()
        self._show()

    def _chosen(self, *place: object) -> None:
        self.list.clear()
        self._show()

    def _typed(self, text: str) -> None:
        self._show()

    def _show(self) -> None:
        who, by = self._who(), self._by()
        self.fault.hide()
        self._handed = preview(self.desk.document, who, by) if who is not None and by != SEVERAL else ()
        self.list.show_places(self._handed)
        for control in (self.list, self.tick_all, self.tick_none):
            control.setVisible(bool(self._handed))
        self._ticked()

    def _ticked(self, *item: object) -> None:
        ticked, who, by = len(self.list.ticked()), self._who(), self._by()
        name = self.desk.document.called(who)
        if who is None:
            said = msg("What somebody signed, decided and reviewed stays with them.")
        elif by == SEVERAL:
            said = msg("More than one is called “{name}”; choose from the list.", name=self._name())
        elif who == by:
            said = msg("{name} cannot take over from themselves.", name=name)
        elif not self._handed:
            said = msg("{name} holds nothing that could be handed over.", name=name)
        else:
            said = number_of(
                len(self._handed),
                "{ticked} of 1 place; Space takes a tick away.",
                "{ticked} of {count} places; Space takes a tick away.",
                ticked=ticked,
            )
            if by == NEWCOMER:
                said = msg("{name} is added to the room. {places}", name=self._name(), places=said)
        set_text(self.told, said)
        say_on(
            self.hand_over,
            number_of(ticked, "Take them out of 1 place", "Take them out of {count} places")
            if by is None
            else number_of(ticked, "Hand over 1 place", "Hand over {count} places"),
        )
        self.hand_over.setEnabled(ticked > 0 and who is not None and by not in (who, SEVERAL))

    def _all(self) -> None:
        self.list.tick(yes=True)

    def _none(self) -> None:
        self.list.tick(yes=False)

    def _who(self) -> str | None:
        found = self.who.currentData()
        return str(found) if found else None

    def _choose_who(self, row_id: str | None) -> None:
        self.who.setCurrentIndex(max(0, self.who.findData(row_id)) if row_id else 0)

    def _name(self) -> str:
        return " ".join(self.by.currentText().split())

    def _by(self) -> str | None:
        """The id of whoever is typed, NEWCOMER for a name that nobody has, SEVERAL for one that more than one have, and
        None for nobody."""
        name = self._name()
        if not name:
            return None
        chosen = self.by.currentIndex()
        if chosen >= 0 and plain(self.by.itemText(chosen)) == plain(name):
            return str(self.by.itemData(chosen))
        found = everybody_called(self.desk.document, name)
        return NEWCOMER if not found else found[0].id if len(found) == 1 else SEVERAL


class PlaceList(QListWidget):
    """The places, each with a tick; Space ticks, the arrow keys walk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName(words("What is handed over"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        desk.theme.changed.connect(self._fit)

    def show_places(self, places: Iterable[Handed]) -> None:
        """Show these places; one that was there without a tick keeps it away."""
        left = self._places() - self.ticked()
        self.blockSignals(True)
        self.clear()
        for handed in places:
            item = QListWidgetItem(f"{handed.words} – {handed.note}" if handed.note else handed.words)
            item.setData(PLACE, (handed.row, handed.field))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            away = (handed.row, handed.field) in left
            item.setCheckState(Qt.CheckState.Unchecked if away else Qt.CheckState.Checked)
            self.addItem(item)
        self.setCurrentRow(0)
        self.blockSignals(False)
        self._fit()

    def ticked(self) -> frozenset[tuple[str, str]]:
        """The places (row id, field) that are ticked."""
        return frozenset(_place(item) for item in self._items() if item.checkState() is Qt.CheckState.Checked)

    def tick(self, *, yes: bool) -> None:
        """Tick all of them, or none."""
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked if yes else Qt.CheckState.Unchecked)

    def _places(self) -> frozenset[tuple[str, str]]:
        return frozenset(map(_place, self._items()))

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(place) for place in range(self.count())]

    def _fit(self) -> None:
        rows = min(max(self.count(), 1), SHOWN)
        height = self.sizeHintForRow(0) if self.count() else self.fontMetrics().lineSpacing()
        self.setFixedHeight(rows * height + 2 * self.frameWidth() + self._desk.theme.px(6))


def _place(item: QListWidgetItem) -> tuple[str, str]:
    row_id, field = item.data(PLACE)
    return str(row_id), str(field)


def _people_combo(name: object) -> Combo:
    combo = Combo()
    combo.setAccessibleName(str(name))
    combo.setMinimumContentsLength(12)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo
