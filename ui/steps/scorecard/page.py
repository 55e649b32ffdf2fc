"""Step 9: how will we know that it is worth having."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.changes import ChangeSet
from app.model.scorecard import Metric
from app.steps import Step
from ui.desk import Desk
from ui.steps.base import Page
from ui.steps.scorecard.view import ScorecardView

NEEDED = ("headline", "value", "customer", "cost")
"""A scorecard has the headline and at least one of each of these (domain.md 1.12, K11)."""


class ScorecardPage(Page):
    """Says which kinds of metric are there and which are missing."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.view = ScorecardView(desk)
        for part in self.view.parts:
            self.add_part(part)
        self.body.addWidget(self.view)
        self.body.addStretch()
        self.refresh(None, None)

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        if change_set is not None and "metric" not in change_set.kinds():
            return
        held = {metric.family for metric in self.desk.document.rows(Metric)}
        told = []
        for entry in v.METRIC_FAMILIES:
            if entry.value in NEEDED:
                there = entry.value in held
                said = (
                    msg("✓ {family}", family=msg(entry.label))
                    if there
                    else msg("{family}: none yet", family=msg(entry.label))
                )
                told.append((words(said), "chip-ok" if there else "chip-warn"))
        self.view.show_families(told)
