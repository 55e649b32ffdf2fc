"""Step 9 on the screen: metrics with what is still missing among them, promises, rhythm, and when it is stopped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.model.room import Agent
from app.model.scorecard import KillCriterion, Metric, Reading, Review, ReviewRhythm, ServiceLevel
from app.policy.metrics import usual_family
from ui.desk import Desk
from ui.steps.base import Part, titled
from ui.steps.sections import owned, section_for
from ui.widgets.basic import column, empty, label
from ui.widgets.flow import FlowLayout
from ui.widgets.row_list import RowList


class ScorecardView(QWidget):
    """Widgets and layout; ui.steps.scorecard.page says what they do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        fields = dict(owned("scorecard"))
        self.metrics = RowList(
            desk, Metric, fields[Metric], tells=("owner", "threshold", "cadence", "source"), typed=_by_its_name
        )
        self.families = QWidget()
        self.families_flow = FlowLayout(self.families)
        self.sections = [
            section_for(
                desk,
                KillCriterion,
                fields[KillCriterion],
                intro="A number, how long, and who says so: then nobody has to be brave.",
            ),
            section_for(desk, ReviewRhythm, fields[ReviewRhythm]),
            section_for(desk, ServiceLevel, fields[ServiceLevel]),
            section_for(desk, Agent, fields[Agent], title="The map itself"),
            section_for(desk, Reading, fields[Reading], folded=True),
            section_for(desk, Review, fields[Review], folded=True),
        ]
        self.parts: list[Part] = [self.metrics, *self.sections]

        inside = QWidget()
        rows = column(inside, spacing=10)
        rows.addWidget(self.families)
        rows.addWidget(self.metrics)
        whole = column(self, spacing=14)
        whole.addWidget(
            titled(
                "Metrics", inside, intro="Intervention rate first: runs that a person corrected or overrode, per run."
            )
        )
        for section in self.sections:
            whole.addWidget(section)

    def show_families(self, told: list[tuple[str, str]]) -> None:
        """Show chips: (words, role)."""
        empty(self.families_flow)
        for text, role in told:
            self.families_flow.addWidget(label(text, role))


def _by_its_name(name: str) -> Mapping[str, Any]:
    """The values of a metric that was typed: one that is known by its name brings its family with it."""
    return {"name": name, "family": usual_family(name)}
