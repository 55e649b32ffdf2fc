"""What would be missing at the next stage: what becomes mandatory there, and where this map falls short of it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.room import Agent
from app.rules.check import Checker
from app.rules.finding import Context
from app.rules.severity import Requirement
from app.rules.stages import mandatory, missing_at, next_stage
from ui.desk import Desk
from ui.steps.base import titled
from ui.steps.readiness.open_points import counts
from ui.steps.readiness.points import Points
from ui.widgets.basic import column, label, set_text

_TITLES = {str(entry.value): entry.label for entry in v.STAGES}


class NextStage(QWidget):
    """The points that would appear, or weigh more, if the agent moved on today (domain.md 1.6, 1.13)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._checker = Checker()
        self._heading = label("", "secondary", wrap=True)
        self._asked = label("", "", wrap=True)
        self._counts = label("", "secondary", wrap=True)
        self.points = Points(
            desk,
            hint=msg("Return goes to the place."),
            nothing=msg("Nothing: this map has what the next stage asks for."),
        )
        inside = QWidget()
        layout = column(inside, spacing=8)
        for part in (self._heading, self._asked, self._counts, self.points):
            layout.addWidget(part)
        column(self).addWidget(titled("What would be missing at the next stage", inside))

    def refresh(self) -> None:
        """Ask what the next stage would find."""
        desk = self.desk
        stage = next_stage(desk.document.only(Agent).stage)
        for part in (self._asked, self._counts, self.points):
            part.setVisible(stage is not None)
        if stage is None:
            set_text(self._heading, msg("This is the last stage; there is none after it."))
            return
        context = Context(desk.workspace.workspace.mint.moment())
        found = missing_at(desk.document, stage, context, self._checker, desk.workspace.findings.all)
        set_text(self._heading, msg("The next stage is “{stage}”. It must have, besides:", stage=msg(_TITLES[stage])))
        set_text(self._asked, "\n".join(f"·  {asked(each, stage)}" for each in mandatory(stage)))
        set_text(self._counts, counts(found))
        self.points.show_findings(found)


def asked(each: Requirement, stage: str) -> str:
    """One thing that a stage asks, and whether a promise does for the design sign-off."""
    if each.marks[stage].promise:
        return words(msg("{subject} (a promise with a name and a day is enough for the design)", subject=each.subject))
    return words(each.subject)
