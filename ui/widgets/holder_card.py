"""A card with one name on it: who holds an owner type or a role, what they may do, and who stands in for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.changes import ChangeSet
from app.model.fields import Choice
from app.model.owners import OwnerAssignment, RoleAssignment
from app.model.room import Person
from app.policy.names import apart
from app.rules.finding import Finding
from ui.desk import Desk
from ui.findings import ROLES, Findings, said
from ui.widgets.basic import Fold, column, empty, label, line, rule, set_text
from ui.widgets.editors.references import ReferenceEditor
from ui.widgets.flow import FlowLayout
from ui.widgets.form import FieldBox, Form, editable
from ui.widgets.tips import plain_tip

ACCEPTED = {"accepted": "chip-ok", "not_yet": "chip-warn", "declined": "chip-bad"}


class HolderCard(QFrame):
    """The name is the largest thing on it. What is rarely touched stands behind "Details"."""

    def __init__(
        self,
        desk: Desk,
        row: OwnerAssignment | RoleAssignment,
        entry: Choice,
        *,
        token: str,
        shown: Sequence[str] = ("deputy",),
    ) -> None:
        """`token` is the colour of the owner type, or "accent"; `shown` are the fields in the foot of the card."""
        super().__init__()
        self.desk = desk
        self.row_class = type(row)
        self.row_id = row.id
        self._called = words(entry.label)
        self._shown = tuple(shown)
        self._elsewhere: list[Finding] = []
        self._chips_shown: list[tuple[str, str]] = []
        self.setProperty("role", f"card-{token}" if token != "accent" else "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = column(self, margins=(18, 12, 18, 12), spacing=6)
        layout.addWidget(label(entry.label, token if token != "accent" else "heading"))
        layout.addWidget(label(entry.hint, "subtitle" if token != "accent" else "secondary", wrap=True))
        self.person = FieldBox(desk, self.row_class, row.id, "person", bare=True, of=self._called)
        assert isinstance(self.person.editor, ReferenceEditor)
        self.person.editor.make_large(token)
        layout.addWidget(self.person)
        titles = line(spacing=8)
        self.title = label("", "secondary", wrap=True)
        self.function = label("", "chip")
        titles.addWidget(self.title, 1)
        titles.addWidget(self.function)
        layout.addLayout(titles)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        layout.addWidget(self._chips)
        self._open = column(spacing=2)
        layout.addLayout(self._open)
        layout.addStretch()
        layout.addWidget(rule())
        self.foot = [FieldBox(desk, self.row_class, row.id, name, beside=True, of=self._called) for name in self._shown]
        for box in self.foot:
            layout.addWidget(box)
        self.form: Form | None = None
        self.details = Fold(msg("Details"), self._made_form)
        self.details.switch.setAccessibleName(words(msg("Details, {title}", title=self._called)))
        layout.addWidget(self.details)
        self.follow(None, None)
        self.show_findings(desk.workspace.findings)

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        boxes = [self.person, *self.foot]
        for box in boxes:
            box.follow(change_set, initiator)
        if self.form is not None:
            self.form.follow(change_set, initiator)
        if change_set is None or change_set.touches(self.row_id) or "person" in change_set.kinds():
            self._show_person()

    def show_findings(self, findings: Findings) -> None:
        for box in [self.person, *self.foot]:
            box.show_findings(findings)
        if self.form is not None:
            self.form.show_findings(findings)
        elsewhere = [f for f in findings.about(self.row_id) if f.field not in ("person", *self._shown)]
        if elsewhere != self._elsewhere:
            self._elsewhere = elsewhere
            empty(self._open)
            for finding in elsewhere:
                told = label(said(finding), ROLES[finding.severity], wrap=True)
                told.setToolTip(plain_tip(words(finding.detail)))
                self._open.addWidget(told)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """The control of this place, if it is on this card."""
        if row_id != self.row_id:
            return None
        for box in [self.person, *self.foot]:
            if field in (box.name, ""):
                return box.editor
        self.details.open()
        return self.form.reveal(row_id, field) if self.form else None

    def _made_form(self) -> QWidget:
        names = [name for name in editable(self.row_class) if name not in ("person", *self._shown)]
        self.form = Form(self.desk, self.row_class, self.row_id, names, columns=1)
        return self.form

    def _show_person(self) -> None:
        row = self.desk.document.get(self.row_class, self.row_id)
        if row is None:
            return
        person = self.desk.document.get(Person, row.person)
        # What tells a namesake apart stands here rather than behind the large name: " (Head of billing)".
        title = (apart(self.desk.document, person)[2:-1] or person.title) if person else ""
        set_text(self.title, title)
        self.title.setVisible(bool(title))
        set_text(self.function, person.function if person else "")
        self.function.setVisible(bool(person and person.function))
        chips: list[tuple[str, str]] = []
        if isinstance(row, OwnerAssignment):
            authority = [entry for entry in v.AUTHORITIES if entry.value in row.authority]
            chips += [(words(entry.label), "chip") for entry in authority]
        if row.person and row.accepted:
            entry = next(entry for entry in v.ACCEPTANCES if entry.value == row.accepted)
            tick = "✓ " if row.accepted == "accepted" else ""
            chips.append((f"{tick}{words(entry.label)}", ACCEPTED[row.accepted]))
        self._chips.setVisible(bool(chips))
        if chips != self._chips_shown:
            self._chips_shown = chips
            empty(self._flow)
            for text, role in chips:
                chip = label("", role)
                chip.setText(text)
                self._flow.addWidget(chip)
