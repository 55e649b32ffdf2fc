"""What is open for the design or the launch sign-off, and the eight questions (domain.md 0.11, 1.10, 1.13)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.messages import Message, msg
from app.model import vocabulary as v
from app.rules.check import Checker
from app.rules.finding import Context, Finding
from app.rules.tally import tally
from ui.desk import Desk
from ui.steps.base import titled
from ui.steps.readiness.model import ALL, chosen
from ui.steps.readiness.points import Points
from ui.steps.readiness.questions import EightQuestions
from ui.widgets.basic import column, label, set_text
from ui.widgets.segments import Choosing

LEVELS = tuple(str(entry.value) for entry in v.LEVELS_OF_SIGNOFF)


class OpenPoints(QWidget):
    """The same map weighs otherwise at launch: what was promised for the design is then asked for evidence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._checker = Checker()
        self.levels = Choosing(msg("For which sign-off?"), tuple(msg(entry.label) for entry in v.LEVELS_OF_SIGNOFF))
        self.levels.choose(0)
        self._meaning = label("", "tertiary", wrap=True)
        self._counts = label("", "secondary", wrap=True)
        entries = (msg("Open"), msg("Blockers"), msg("Warnings"), msg("Advice"), msg("Accepted or promised"))
        self.which = Choosing(msg("Show"), entries)
        self.which.choose(ALL)
        self.points = Points(
            desk,
            hint=msg("Return goes to the place, A accepts a warning, P promises evidence."),
            nothing=msg("Nothing of that kind."),
        )
        self.eight = EightQuestions(desk)
        for each in (self.levels, self.which):
            each.chosen.connect(self.refresh)
        inside = QWidget()
        layout = column(inside, spacing=8)
        for part in (self.levels, self._meaning, self._counts, self.which, self.points):
            layout.addWidget(part)
        whole = column(self, spacing=14)
        whole.addWidget(titled("Open points", inside))
        whole.addWidget(
            titled("The eight questions", self.eight, intro="From stage 2, bounded automation, on all must be yes.")
        )

    @property
    def level(self) -> str:
        """The sign-off whose weights are shown."""
        return LEVELS[self.levels.place]

    def refresh(self) -> None:
        """Show what is open as the document stands."""
        set_text(self._meaning, msg(v.LEVELS_OF_SIGNOFF[self.levels.place].hint))
        self.show_findings()
        self.eight.show_questions(self._context())

    def follow(self) -> None:
        """After an edit: the findings for the design follow by themselves, those for the launch do not."""
        if self.level == LEVELS[0]:
            self.eight.show_questions(self._context())
        else:
            self.refresh()

    def show_findings(self) -> None:
        """Show the points for this sign-off."""
        found = self._findings(self._context())
        set_text(self._counts, counts(found))
        self.points.show_findings(chosen(found, self.which.place), self.level)

    def promise(self, finding: Finding) -> None:
        """Select a point of the design and ask who promises an answer to it."""
        self.levels.choose(0)
        self.which.choose(ALL)
        self.refresh()
        if self.points.list.select(finding.key):
            self.points.detail.promise()

    def first_place(self) -> QWidget:
        """Where to begin: the first question whose answer is no, else the list."""
        return self.eight.first_open() or self.points.list

    def _context(self) -> Context:
        return Context(self.desk.workspace.workspace.mint.moment(), self.level)

    def _findings(self, context: Context) -> Sequence[Finding]:
        """The window has the findings of the design sign-off already."""
        if context.level == LEVELS[0]:
            return self.desk.workspace.findings.all
        return self._checker.findings(self.desk.document, context)


def counts(findings: Sequence[Finding]) -> Message:
    """How many there are of each weight, and how many somebody has accepted."""
    counted = tally(findings)
    return msg(
        "{weighs} · advice: {advice} · accepted: {accepted}",
        weighs=counted.said(),
        advice=counted.advice,
        accepted=counted.accepted,
    )
