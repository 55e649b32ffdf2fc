"""What if somebody leaves or is away: tick people, choose a moment, and see at once what is unowned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.fields import fields_of
from app.model.ids import instant
from app.model.room import Person
from app.model.stop import DrillRun
from app.policy.load import loads
from app.policy.names import told_apart
from app.policy.raci import matrix
from app.policy.whatif import least_people, without
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.roles.consequences import Told, burdens, few, losses, sentence
from ui.widgets.basic import column, empty, label, set_text
from ui.widgets.editors.choosing import Segment
from ui.widgets.editors.typing import Line
from ui.widgets.flow import FlowLayout
from ui.widgets.segments import Choosing
from ui.widgets.timeline import Timeline
from ui.widgets.untaken import ASKING
from ui.widgets.values import read

FOR_GOOD, AWAY = range(2)
PAUSE = 120
"""Milliseconds after the last edit: with 500 actions it takes 80 ms to think it all through."""

MOST = 40
"""Points that are shown of each list; the command line and the workbook have them all."""


class WhatIfPanel(QWidget):
    """Nothing is changed here; every point opens the place where it would be put right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._out: set[str] = set()
        self._at: datetime | None = None
        self._told: list[Told] = []
        self._few: list[Told] = []
        self.people = QWidget()
        self.people_flow = FlowLayout(self.people)
        self.chips: dict[str, Segment] = {}
        self.when = Choosing(msg("They"), (msg("leave for good"), msg("are away at a moment …")))
        self.when.choose(FOR_GOOD)
        self.moment_line = Line()
        self.moment_line.setProperty(ASKING, True)
        self.moment_line.setPlaceholderText(words("2026-11-21 03:00 or sat 3am, in the agent’s time zone"))
        self.moment_line.setAccessibleName(words("Moment at which they are away"))
        self.moment_line.setMaximumWidth(desk.theme.px(380))
        self.fault = label("", "bad", wrap=True)
        self.said = label("", "heading", wrap=True)
        self.points = Timeline(desk.theme, timed=False)
        self.more = label("", "tertiary", wrap=True)
        self.few_points = Timeline(desk.theme, timed=False)
        self.burdens = QWidget()
        self.burdens_column = column(self.burdens, spacing=2)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._follow_now)
        self._lay_out()
        self.when.chosen.connect(self._when_chosen)
        self.moment_line.returnPressed.connect(self._take_moment)
        self.moment_line.left.connect(self._take_moment)
        self.points.opened.connect(self._open)
        self.few_points.opened.connect(self._open_few)
        self.follow(None, None)

    def first(self) -> QWidget:
        """The control that should have the focus when the panel opens."""
        return next(iter(self.chips.values()), self.when.button(FOR_GOOD))

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Think again: any edit may change what hangs on whom. Edits come first: it waits for a pause between them."""
        if change_set is None:
            self._follow_now()
        else:
            self._pause.start()

    def think(self) -> None:
        """Show what follows when those who are ticked are out."""
        document = self.desk.document
        now = instant(self.desk.workspace.workspace.mint.moment())
        try:
            found = without(document, sorted(self._out), self._at, as_of=now)
        except AppError as error:
            self._say_fault(error)
            return
        set_text(self.said, sentence(document, found))
        self._told = losses(document, found)
        self.points.show_points([told.point for told in self._told[:MOST]])
        over = len(self._told) - MOST
        set_text(self.more, msg("and {count} more", count=over) if over > 0 else "")
        self.more.setVisible(over > 0)

    def show_findings(self, findings: Findings) -> None:
        """The findings stand at their fields."""

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """Nothing is edited here."""
        return None

    def tick(self, person: str, *, out: bool) -> None:
        """Take somebody out, or back in."""
        (self._out.add if out else self._out.discard)(person)
        chip = self.chips[person]
        chip.setChecked(out)
        name = self.desk.document.called(person) or words("A person without a name")
        chip.setText(f"{'✓ ' if out else ''}{name}".replace("&", "&&"))
        self.think()

    def set_moment(self, typed: str) -> None:
        """They are away at a moment, as it is typed."""
        self.when.choose(AWAY)
        self.moment_line.setText(typed)
        self._show_line()
        self._take_moment()

    def _lay_out(self) -> None:
        layout = column(self, spacing=10)
        layout.addWidget(label("Who is not there?", "label"))
        for part in (self.people, self.when, self.moment_line, self.fault, self.said, self.points, self.more):
            layout.addWidget(part)
        layout.addSpacing(8)
        layout.addWidget(label("How few does it take?", "heading"))
        layout.addWidget(
            label("The least number of people whose absence leaves it empty, the fewest first.", "secondary", wrap=True)
        )
        layout.addWidget(self.few_points)
        layout.addWidget(label("Who carries how much?", "heading"))
        layout.addWidget(self.burdens)
        for part in (self.fault, self.moment_line, self.more):
            part.hide()

    def _follow_now(self) -> None:
        document = self.desk.document
        people = document.rows(Person)
        self._out &= {person.id for person in people}
        for person_id in [one for one in self.chips if one not in {person.id for person in people}]:
            chip = self.chips.pop(person_id)
            self.people_flow.removeWidget(chip)
            chip.deleteLater()
        for person in people:
            chip = self.chips.get(person.id) or self._made(person.id)
            name = told_apart(document, person) or words("A person without a name")
            chip.setChecked(person.id in self._out)
            chip.setText(f"{'✓ ' if chip.isChecked() else ''}{name}".replace("&", "&&"))
            chip.setAccessibleName(words(msg("Without {name}", name=name)))
        found = least_people(document, self.desk.today())
        self._few = few(document, found)
        self.few_points.show_points([told.point for told in self._few[:MOST]])
        empty(self.burdens_column)
        for said in burdens(loads(matrix(document), document)):
            self.burdens_column.addWidget(label(said, "secondary", wrap=True))
        self.think()

    def _made(self, person: str) -> Segment:
        chip = Segment()
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setObjectName(person)
        chip.clicked.connect(self._clicked)
        chip.walked.connect(self._walk)
        self.chips[person] = chip
        self.people_flow.addWidget(chip)
        return chip

    def _clicked(self) -> None:
        chip = self.sender()
        assert isinstance(chip, Segment)
        self.tick(chip.objectName(), out=chip.isChecked())

    def _walk(self, by: int) -> None:
        chips = list(self.chips.values())
        sender = self.sender()
        assert isinstance(sender, Segment)
        chips[(chips.index(sender) + by) % len(chips)].setFocus()

    def _when_chosen(self) -> None:
        self._show_line()
        if self.when.place == FOR_GOOD:
            self._at = None
            self.think()
        else:
            self.moment_line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._take_moment()

    def _show_line(self) -> None:
        self.moment_line.setVisible(self.when.place == AWAY)
        self._say_fault(None)

    def _take_moment(self) -> None:
        typed = self.moment_line.text().strip()
        if not typed or self.when.place != AWAY:
            return
        field = fields_of(DrillRun)["at"]
        try:
            self._at = instant(str(field.normalise(read(field, typed, self.desk.ways()))))
        except AppError as error:
            self._say_fault(error)
            return
        self._say_fault(None)
        self.think()

    def _say_fault(self, error: AppError | None) -> None:
        set_text(self.fault, str(error) if error else "")
        self.fault.setVisible(error is not None)
        self.moment_line.setAccessibleDescription(str(error) if error else "")

    def _open(self, place: int) -> None:
        self._go(self._told, place)

    def _open_few(self, place: int) -> None:
        self._go(self._few, place)

    def _go(self, told: Sequence[Told], place: int) -> None:
        wanted = told[place]
        self.desk.open_place(wanted.step, wanted.subject, wanted.field)
