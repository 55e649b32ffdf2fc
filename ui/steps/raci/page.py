"""Step 10, RACI: the matrix by role, where letters are set, and by person, where everybody finds their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.edits.raci import set_letter
from app.errors import AppError
from app.messages import Message, msg, number_of, words
from app.model.changes import ChangeSet
from app.model.commit import RaciOverride
from app.model.room import Person
from app.policy.holders import Holder, column_label, holder, holders
from app.policy.load import loads
from app.policy.names import told_apart
from app.policy.raci import NO_LETTER, Matrix, MatrixRow, alike, letter_of, matrix
from app.steps import Step
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import Page
from ui.steps.raci.content import MatrixContent, footnote, only, rows_of_person
from ui.steps.raci.parts import LoadStrip, OverrideList
from ui.steps.raci.reason import ReasonBar
from ui.widgets.basic import Fold, line, say_on, set_text
from ui.widgets.basic import label as words_on
from ui.widgets.editors.choosing import Combo
from ui.widgets.matrix import DERIVED, MatrixLine, MatrixTable

_LOWEST = 300


class RaciPage(Page):
    """The matrix, the bar that asks why a letter is changed, what each person carries, and the changes by hand."""

    guide_shown = False

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.found = self._derived()
        self.table = MatrixTable(desk.theme)
        self._content = MatrixContent()
        self.reason = ReasonBar()
        self.loads = LoadStrip(desk.theme)
        self.changed = Fold("Changed by hand", self._overrides)
        self.person = Combo()
        self._wanted: tuple[str, str, str] | None = None
        self._offered: list[tuple[str, str]] = []
        self.summary = words_on("", "secondary", wrap=True)
        self.footnote = words_on("", "secondary", wrap=True)
        self._build_tools()
        for part in (self.table, self.reason, self.footnote, self.loads, self.changed):
            self.body.addWidget(part, 1 if part is self.table else 0)
        self.table.letter_wanted.connect(self._letter)
        self.table.other_typed.connect(self._refuse)
        self.table.rows_wanted.connect(self._rows_of)
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
        keys = (f"{override.activity}", override.column) if override else self._cell_for(row_id)
        self.table.setFocus()
        return self.table.go_to(*keys)

    def focus_first(self) -> None:
        self.table.setFocus()

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        self.found = self._derived()
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
        self.person.setToolTip(words("M in the matrix: only the rows of whoever has that column, and all again"))
        self.person.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.person.setMinimumContentsLength(14)
        self.person.activated.connect(self._filtered)
        tools.addWidget(self.person)
        tools.addSpacing(10)
        tools.addWidget(self.summary, 1)
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
            self.table.horizontalScrollBar().setValue(0)
            self._go_to_column(self._column_of_filter() or self.found.columns[0])
            self.table.setFocus()

    def _filtered(self) -> None:
        self._render()
        column = self._column_of_filter()
        if column:
            self._go_to_column(column)

    def _column_of_filter(self) -> str:
        """The first column of whoever's rows alone are shown; empty while all rows are."""
        person = str(self.person.currentData() or "")
        if not person or not self.is_by_role:
            return person
        held = holders(self.desk.document)
        return next((code for code in self.found.columns if code in held and held[code].person == person), "")

    def _go_to_column(self, column: str) -> None:
        """Have this column in sight, on the row where somebody is, or on the first one."""
        here = self.table.current()
        if here is None or not self.table.go_to(here[0], column):
            first = next((entry.key for entry in self.table.content.lines if isinstance(entry, MatrixLine)), "")
            self.table.go_to(first, column)

    def _rows_of(self, column: str) -> None:
        """Only the rows of whoever has this column; pressed again, all of them."""
        person = holder(self.desk.document, column).person if self.is_by_role else column
        place = self.person.findData(person) if person else -1
        if place < 0:
            self.desk.refuse(msg("No person stands behind this column, so there are no rows of theirs."))
            return
        here = self.table.current()
        self.person.setCurrentIndex(0 if self.person.currentData() == person else place)
        self._render()
        if here is not None:
            self.table.go_to(*here)

    def _derived(self) -> Matrix:
        """The matrix as the decisions imply it today."""
        return matrix(self.desk.document, self.desk.today())

    def _render(self) -> None:
        document = self.desk.document
        held = holders(document)
        people = {one.person: document.get(Person, one.person) for one in held.values()}
        self._offer(sorted((told_apart(document, who), who.id) for who in people.values() if who is not None))
        shown = self._content.by_role if self.is_by_role else self._content.by_person
        columns, lines = shown(self.found, document)
        if self.person.currentData():
            lines = only(lines, rows_of_person(self.found, document, self.person.currentData()))
        self.table.show_content(columns, lines)
        self.loads.show_loads(loads(self.found, document), len(self.found.rows))
        set_text(self.summary, self._said(lines, held))
        told = footnote(self.found)
        set_text(self.footnote, told)
        self.footnote.setVisible(bool(told))

    def _said(self, lines: Sequence[MatrixLine], held: Mapping[str, Holder]) -> Message:
        """How the rows that are shown stand: with a fault, with nobody behind the A, or as they should be."""
        shown = {entry.key for entry in lines}
        faulty = sum(bool(entry.fault) for entry in lines)
        vacant = sum(
            count
            for letters, count in alike(row for row in self.found.rows if row.key in shown)
            if not any(letter == "A" and held[code].filled for code, letter in letters.items())
        )
        rows = number_of(len(lines), "1 row", "{count} rows")
        if faulty:
            stand = msg("{rows}, {faulty} of them with a fault", rows=rows, faulty=faulty)
        elif vacant == len(lines):
            stand = number_of(
                len(lines),
                "1 row follows from the map; nobody is named yet who answers for it",
                "{count} rows follow from the map; nobody is named yet who answers for them",
            )
        elif vacant:
            stand = msg(
                "{rows}, each with one A and an R; nobody is named yet who answers for {vacant} of them",
                rows=rows,
                vacant=vacant,
            )
        else:
            stand = msg("{rows}, each with one A and an R", rows=rows)
        by_hand = len(self.desk.document.rows(RaciOverride))
        return msg("{stand} · changed by hand: {count}", stand=stand, count=by_hand)

    def _offer(self, people: list[tuple[str, str]]) -> None:
        if people == self._offered and self.person.count():
            return
        self._offered = people
        offered = [(words("All rows"), ""), *((words(msg("{name} only", name=name)), key) for name, key in people)]
        kept = self.person.currentData() or ""
        self.person.clear()
        for text, key in offered:
            self.person.addItem(text, key)
        self.person.setCurrentIndex(max(self.person.findData(kept), 0))

    def _row_for(self, row_id: str) -> str:
        """The row of an action, else the first row that breaks a rule, else the first."""
        found = [row.key for row in self.found.rows if row_id in (row.key, row.action)]
        return next(iter([*found, *self._content.faulty(), self.found.rows[0].key]))

    def _cell_for(self, row_id: str) -> tuple[str, str]:
        """The cell by which a row is put right: where an A, else where anything, was changed by hand; else its A."""
        row = self.found.row(self._row_for(row_id))
        assert row is not None
        changed = [each.column for each in row.overrides]
        about_a = [code for code in changed if "A" in (row.letters.get(code), row.derived.get(code))]
        derived = [code for code, letter in row.derived.items() if letter == "A"]
        return row.key, [*about_a, *changed, *derived][0]

    # --- setting letters ---

    def _refuse(self, typed: str) -> None:
        """Say why the matrix has no such letter."""
        try:
            letter_of(typed)
        except AppError as refused:
            self.desk.refuse(msg("{problem} {advice}", problem=refused.problem, advice=refused.advice or ""))

    def _letter(self, row_key: str, column: str, letter: str) -> None:
        if not self.is_by_role:
            self.desk.refuse(msg("Letters are set by role, since one person may hold several. Choose “By role” first."))
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
