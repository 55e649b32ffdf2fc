"""Step 10, RACI: the matrix by role, where letters are set, and by person, where everybody finds their rows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.edits.raci import set_letter
from app.messages import Message, msg, words
from app.model.changes import ChangeSet
from app.model.commit import RaciOverride
from app.policy.holders import column_label
from app.policy.load import loads
from app.policy.raci import NO_LETTER, Matrix, MatrixRow, matrix
from app.steps import Step
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import Page
from ui.steps.raci.content import RoleView, by_person, only, rows_of_person
from ui.steps.raci.parts import LoadStrip, OverrideList
from ui.steps.raci.reason import ReasonBar
from ui.widgets.basic import Fold, line, say_on, set_text
from ui.widgets.basic import label as words_on
from ui.widgets.editors.choosing import Combo
from ui.widgets.matrix import DERIVED, MatrixTable

_LOWEST = 300


class RaciPage(Page):
    """The matrix, the bar that asks why a letter is changed, what each person carries, and the changes by hand."""

    guide_shown = False

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.found: Matrix = matrix(desk.document)
        self.table = MatrixTable(desk.theme)
        self._roles = RoleView()
        self.reason = ReasonBar()
        self.loads = LoadStrip(desk.theme)
        self.changed = Fold("Changed by hand", self._overrides)
        self.person = Combo()
        self._wanted: tuple[str, str, str] | None = None
        self._summary = words_on("", "secondary", wrap=True)
        self._build_tools()
        for part, stretch in ((self.table, 1), (self.reason, 0), (self.loads, 0), (self.changed, 0)):
            self.body.addWidget(part, stretch)
        self.table.letter_wanted.connect(self._letter)
        self.reason.answered.connect(self._answered)
        self.reason.left.connect(self._left)
        desk.theme.changed.connect(self._fit)
        self._fit()
        self._render()
        self.table.go_to(self.found.rows[0].key, "AG")

    @property
    def is_by_role(self) -> bool:
        return self.role_view.isChecked()

    def reveal(self, row_id: str, field: str) -> bool:
        """Go to a cell that was changed by hand, to the row of an action, or to the first row with a fault."""
        override = self.desk.document.get(RaciOverride, row_id)
        if override is not None and field in ("reason", "activity", "column"):
            content = self.changed.open()
            found = content.reveal(row_id, field) if isinstance(content, OverrideList) else None
            if found is not None:
                self.scroller.ensureWidgetVisible(found)
                found.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return found is not None
        self.role_view.setChecked(True)
        self.person.setCurrentIndex(0)
        self._render()
        keys = (f"{override.activity}", override.column) if override else (self._row_for(row_id), "")
        self.table.setFocus()
        return self.table.go_to(*keys)

    def focus_first(self) -> None:
        self.table.setFocus()

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        self.found = matrix(self.desk.document)
        self._render()
        if isinstance(self.changed.content, OverrideList):
            self.changed.content.follow(change_set, initiator)

    def refresh_findings(self, findings: Findings) -> None:
        if isinstance(self.changed.content, OverrideList):
            self.changed.content.show_findings(findings)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- building ---

    def _build_tools(self) -> None:
        self.role_view, self.person_view = self._switch("By role"), self._switch("By person")
        self.role_view.setChecked(True)
        self._views = QButtonGroup(self)
        tools = line(spacing=6)
        for each in (self.role_view, self.person_view):
            self._views.addButton(each)
            each.toggled.connect(self._switched)
            tools.addWidget(each)
        self.person.setAccessibleName(words("Only the rows of"))
        self.person.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.person.setMinimumContentsLength(14)
        self.person.activated.connect(self._filtered)
        tools.addWidget(self.person)
        tools.addSpacing(10)
        tools.addWidget(self._summary, 1)
        self.body.addLayout(tools)

    def _switch(self, text: str) -> QPushButton:
        made = QPushButton()
        made.setProperty("role", "segment")
        made.setCheckable(True)
        made.setAutoDefault(False)
        say_on(made, text)
        return made

    def _overrides(self) -> QWidget:
        return OverrideList(self.desk)

    def _fit(self) -> None:
        self.table.setMinimumHeight(max(self.desk.theme.px(_LOWEST), self.scroller.viewport().height() * 6 // 10))

    # --- showing ---

    def _switched(self, shown: bool) -> None:
        if shown:
            self._render()
            self.table.setFocus()

    def _filtered(self) -> None:
        self._render()

    def _render(self) -> None:
        document = self.desk.document
        carried = loads(self.found, document)
        self._offer(sorted((load.name, load.person) for load in carried))
        columns, lines = self._roles.of(self.found, document) if self.is_by_role else by_person(self.found, document)
        if self.person.currentData():
            lines = only(lines, rows_of_person(self.found, document, self.person.currentData()))
        self.table.show_content(columns, lines)
        self.loads.show_loads(carried, len(self.found.rows))
        faulty = sum(bool(entry.fault) for entry in lines)
        set_text(self._summary, self._said(len(lines), faulty))

    def _said(self, rows: int, faulty: int) -> Message:
        by_hand = len(self.desk.document.rows(RaciOverride))
        if faulty:
            return msg(
                "{rows} rows, {faulty} of them with a fault · changed by hand: {count}",
                rows=rows,
                faulty=faulty,
                count=by_hand,
            )
        return msg("{rows} rows, each with one A and an R · changed by hand: {count}", rows=rows, count=by_hand)

    def _offer(self, people: list[tuple[str, str]]) -> None:
        offered = [(words("All rows"), ""), *((words(msg("Only {name}", name=name)), key) for name, key in people)]
        if offered == [(self.person.itemText(i), self.person.itemData(i)) for i in range(self.person.count())]:
            return
        kept = self.person.currentData() or ""
        self.person.clear()
        for text, key in offered:
            self.person.addItem(text, key)
        self.person.setCurrentIndex(max(self.person.findData(kept), 0))

    def _row_for(self, row_id: str) -> str:
        """The row of an action, else the first row that breaks a rule, else the first."""
        keys = [row.key for row in self.found.rows]
        found = [row.key for row in self.found.rows if row.action == row_id and row_id]
        faulty = [entry.key for entry in self._roles.of(self.found, self.desk.document)[1] if entry.fault]
        return next(iter([*found, *faulty, *keys]))

    # --- setting letters ---

    def _letter(self, row_key: str, column: str, letter: str) -> None:
        if not self.is_by_role:
            self.desk.say(msg("Letters are set by role, since one person may hold several. Choose “By role” first."))
            return
        row = self.found.row(row_key)
        if row is None:
            return
        derived = row.derived.get(column, NO_LETTER)
        wanted = derived if letter == DERIVED else letter
        if wanted == row.letters.get(column, NO_LETTER):
            return
        self._wanted = (row_key, column, wanted)
        if wanted == derived:
            self._answered("")
            return
        override = row.override(column)
        self.reason.ask(_why(row, column, wanted), override.reason if override else "")

    def _answered(self, reason: str) -> None:
        assert self._wanted is not None
        row, column, letter = self._wanted
        self._wanted = None
        self.desk.workspace.run(set_letter(row, column, letter, reason), self)
        self._back_to(row, column)

    def _left(self) -> None:
        if self._wanted is not None:
            self._back_to(*self._wanted[:2])
            self._wanted = None

    def _back_to(self, row: str, column: str) -> None:
        self.table.setFocus()
        self.table.go_to(row, column)


def _why(row: MatrixRow, column: str, letter: str) -> Message:
    who, label = column_label(column), row.label
    if letter == NO_LETTER:
        return msg("{row}: why has {who} no part in it?", row=label, who=who)
    return msg("{row}: why is {who} {letter}?", row=label, who=who, letter=letter)
