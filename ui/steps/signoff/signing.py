"""Signing one seat: the name is typed by the person who signs, and drawn as well by whoever likes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.messages import msg, words
from app.model.owners import OwnerAssignment, SeatAssignment
from app.model.room import Agent
from app.policy.names import told_apart
from app.revisions.signoff import OWNER_SEATS, Seat, meaning
from app.signing import sign
from ui.desk import Desk
from ui.steps.signoff.sealing import KeyPart
from ui.widgets.basic import Fold, button, column, label, line, say_on, set_look, set_text
from ui.widgets.drawing_pad import DrawingPad
from ui.widgets.editors.typing import Line
from ui.widgets.sight import bring_into_sight
from ui.widgets.untaken import SIGNING


class SignPanel(QWidget):
    """What the person at the selected seat fills in."""

    signed = Signal()
    """A seat was signed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._seat: Seat | None = None
        self._level = "design"
        layout = column(self, spacing=6)
        self._asked = label("", "label", wrap=True)
        self.name = Line()
        self.name.setPlaceholderText(words("Type your full name"))
        self.name.setProperty(SIGNING, True)
        self.name.returnPressed.connect(self.sign)
        self.name.textEdited.connect(self._typed)
        self.fault = label("", "bad", wrap=True)
        self.fault.hide()
        self.drawn = Fold(msg("Draw it as well"), self._made_pad)
        self.pad: DrawingPad | None = None
        self.key = KeyPart(desk)
        self.key.entered.connect(self.sign)
        for fold in (self.drawn, self.key.fold):
            fold.switch.toggled.connect(self._unfolded)
        self._meaning = label("", "secondary", wrap=True)
        for part in (self._asked, self._meaning, self.name, self.fault, self.drawn, self.key):
            layout.addWidget(part)
        row = line(spacing=8)
        self.sign_button = button(msg("Sign"), "primary")
        self.sign_button.clicked.connect(self.sign)
        self.fill_button = button(msg("Name somebody"))
        self.fill_button.clicked.connect(self._fill)
        row.addWidget(self.sign_button)
        row.addWidget(self.fill_button)
        row.addStretch()
        layout.addLayout(row)

    def show_seat(self, seat: Seat, level: str, number: int, *, signed: bool, blocked: bool) -> None:
        """Show what there is to do at a seat of revision `number`; `signed` at this level already, `blocked` by open
        points."""
        if self._seat is None or (seat.seat, seat.person) != (self._seat.seat, self._seat.person):
            self.forget()
        self._seat, self._level = seat, level
        person = seat.person
        open_ = person is not None and not signed
        for part in (self._meaning, self.name, self.drawn, self.key, self.sign_button):
            part.setVisible(open_)
        self.fill_button.setVisible(person is None)
        self.sign_button.setEnabled(not blocked)
        title = words(seat.label)
        if person is None:
            set_text(self._asked, msg("Nobody fills this seat yet: {seat}.", seat=title))
            return
        called = told_apart(self.desk.document, person)
        if signed:
            set_text(self._asked, msg("{name} has signed: {seat}.", name=called, seat=title))
            return
        set_text(self._asked, msg("{seat}: only {name} types here.", name=called, seat=title))
        set_text(self._meaning, meaning(self.desk.document.only(Agent).name, seat.seat, level, number))
        self.key.show_person(person.name)
        self.name.setAccessibleName(words(msg("Full name of {name}, to sign", name=person.called())))
        say_on(self.sign_button, msg("Sign as {name}", name=called))
        self.sign_button.setToolTip(words("Open points block this sign-off.") if blocked else "")

    def refuse(self, why: AppError) -> None:
        """Say that nobody can sign, and what to do, in place of what is filled in."""
        for part in (self._meaning, self.name, self.drawn, self.key, self.sign_button, self.fill_button):
            part.setVisible(False)
        set_text(self._asked, msg("{why}", why=str(why)))

    def focus_name(self) -> bool:
        """Go to where the name is typed; False where nobody can sign at this seat."""
        if self.name.isHidden():
            return False
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def sign(self) -> None:
        """Sign, or say beside the field why not."""
        seat = self._seat
        if seat is None or seat.person is None:
            return
        typed = self.name.text().strip()
        if not typed:
            self._say(words("Type your name to sign."))
            return
        workspace = self.desk.workspace
        drawing = self.pad.drawing() if self.pad is not None else ""
        now = workspace.workspace.mint.moment()
        try:
            key = self.key.unlocked()
        except AppError as error:
            self.key.say(str(error))
            return
        try:
            made = sign(workspace.workspace.project, self._level, seat.seat, typed, drawing=drawing, now=now, key=key)
            workspace.attempt(made, self)
        except AppError as error:
            self._say(str(error))
            return
        self.forget()
        self.desk.say(msg("{name} has signed: {seat}.", name=seat.person.name, seat=msg(seat.label)))
        self.signed.emit()

    def forget(self) -> None:
        """Empty the fields: the next name is typed by the next person."""
        self.name.clear()
        self.name.setModified(False)
        self._say("")
        self.key.forget()
        if self.pad is not None:
            self.pad.clear()

    def _unfolded(self, opened: bool) -> None:
        """Show all that was unfolded, down to the button that signs."""
        if opened:
            bring_into_sight(self.sign_button)

    def _typed(self) -> None:
        self._say("")

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.name.setAccessibleDescription(fault)
        set_look(self.name, "fault", "true" if fault else "false")
        if fault:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(self.fault)

    def _made_pad(self) -> QWidget:
        inside = QWidget()
        layout = column(inside, spacing=4)
        self.pad = DrawingPad(self.desk.theme)
        again = button(msg("Clear"), "quiet", name=msg("Clear the drawing"))
        again.clicked.connect(self.pad.clear)
        layout.addWidget(self.pad)
        layout.addWidget(again, 0, Qt.AlignmentFlag.AlignRight)
        return inside

    def _fill(self) -> None:
        assert self._seat is not None
        document, seat = self.desk.document, self._seat.seat
        row = document.fixed(OwnerAssignment if seat in OWNER_SEATS else SeatAssignment, seat)
        self.desk.open_place("owners", row.id, "person")
