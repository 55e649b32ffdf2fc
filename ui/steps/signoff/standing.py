"""Whether it can be signed: the level, what blocks it, and the eight questions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.messages import Message, msg, number_of, words
from app.model import vocabulary as v
from app.rules.finding import Context, Finding
from app.rules.tally import tally
from ui.desk import Desk
from ui.steps.readiness.questions import EightQuestions
from ui.widgets.basic import button, column, label, line, set_role, set_text
from ui.widgets.segments import Choosing

LEVELS = tuple(str(entry.value) for entry in v.LEVELS_OF_SIGNOFF)
IN_DOUBT = "No: the sign-off that is in this file does not hold."


class Standing(QWidget):
    """The left side of the page: are we ready?"""

    level_chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._first: Finding | None = None
        layout = column(self, spacing=10)
        self.levels = Choosing(msg("What is signed?"), tuple(msg(entry.label) for entry in v.LEVELS_OF_SIGNOFF))
        self.levels.choose(0)
        self.levels.chosen.connect(self.level_chosen)
        self._meaning = label("", "secondary", wrap=True)
        layout.addWidget(self.levels)
        layout.addWidget(self._meaning)
        row = line(spacing=8)
        self.verdict = label("", "chip-ok", wrap=True)
        self.go_button = button(msg("Go to the first"))
        self.go_button.clicked.connect(self._go)
        row.addWidget(self.verdict, 1)
        row.addWidget(self.go_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(row)
        self.eight = EightQuestions(desk)
        layout.addWidget(self.eight)
        layout.addStretch()

    @property
    def level(self) -> str:
        """The level that is chosen."""
        return LEVELS[self.levels.place]

    def hold_level(self, level: str) -> None:
        """Choose the level of a revision that is being signed, and keep it there; "" lets people choose again."""
        if level:
            self.levels.choose(LEVELS.index(level))
        self.levels.setEnabled(not level)

    def show_standing(self, findings: Sequence[Finding], as_of: str, *, in_doubt: bool = False) -> None:
        """Show what blocks the level that is chosen; nothing can be signed where the sign-off so far is `in_doubt`."""
        entry = v.LEVELS_OF_SIGNOFF[self.levels.place]
        set_text(self._meaning, msg(entry.hint))
        blockers = [finding for finding in findings if finding.blocks]
        self._first = blockers[0] if blockers else None
        set_text(self.verdict, msg(IN_DOUBT) if in_doubt else verdict(findings, entry.label))
        set_role(self.verdict, "chip-bad" if blockers or in_doubt else "chip-ok")
        self.go_button.setVisible(bool(blockers))
        self.eight.show_questions(Context(as_of, self.level))

    def _go(self) -> None:
        if self._first is not None:
            self.desk.go_to(self._first)


def verdict(findings: Sequence[Finding], level: str) -> Message:
    """One sentence: what blocks, what is accepted, what is left open and printed."""
    counted = tally(findings)
    if counted.blockers:
        return number_of(
            counted.blockers,
            "No: 1 open point blocks the {level} sign-off.",
            "No: {count} open points block the {level} sign-off.",
            level=_lower(level),
        )
    return msg(
        "Yes: nothing blocks the {level} sign-off. It is printed with {warnings}; accepted risks: {accepted}.",
        level=_lower(level),
        warnings=counted.warnings_said(),
        accepted=counted.accepted,
    )


def _lower(level: str) -> str:
    return words(level).lower()
