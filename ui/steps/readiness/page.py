"""Step 11, Readiness: what is open, what is due, what the next stage asks, and what frameworks may ask for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.messages import msg
from app.model.changes import ChangeSet
from app.rules.finding import Finding
from app.steps import Step
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import Page, focus_in
from ui.steps.readiness.crosswalk import CrosswalkView
from ui.steps.readiness.due import DueNext
from ui.steps.readiness.kept import Kept
from ui.steps.readiness.next_stage import NextStage
from ui.steps.readiness.open_points import OpenPoints
from ui.widgets.segments import Choosing

POINTS, KEPT, NEXT_STAGE, DUE, CROSSWALK = range(5)

PAUSE = 250
"""Milliseconds after the last edit before a tab other than the points is worked out anew."""

TITLES = ("Points", "Accepted & promised", "Next stage", "Due next", "Crosswalk")

TABS = {"points": POINTS, "kept": KEPT, "next_stage": NEXT_STAGE, "due": DUE, "crosswalk": CROSSWALK}
"""What a place without a row may name on this page: the tab that is wanted."""


class ReadinessPage(Page):
    """One tab at a time; a tab is made when it is first wanted, and only the one in sight does any work."""

    guide_shown = False

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.tabs = Choosing(msg("Look at"), tuple(msg(title) for title in TITLES))
        self.tabs.chosen.connect(self._tab_chosen)
        self.body.addWidget(self.tabs)
        self.points = OpenPoints(desk)
        self._made: dict[int, QWidget] = {POINTS: self.points}
        self.body.addWidget(self.points)
        self.body.addStretch()
        # What follows from the whole map is worked out when somebody pauses, not with every key.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._refresh_now)
        self.show_tab(POINTS)
        self.points.refresh()

    def show_tab(self, place: int) -> None:
        """Show a tab, made now if it was not wanted before."""
        self.tabs.choose(place)
        if place not in self._made:
            made = _TABS[place](self.desk)
            self._made[place] = made
            self.body.insertWidget(self.body.count() - 1, made)
            if isinstance(made, Kept | CrosswalkView):
                self.add_part(made)
        for each, widget in self._made.items():
            widget.setVisible(each == place)
        self.refresh(None, None)

    def tab(self, place: int) -> QWidget:
        """The widget of a tab that was shown."""
        return self._made[place]

    def promise(self, finding: Finding) -> None:
        """Show a point and ask who promises an answer to it."""
        self.show_tab(POINTS)
        self.points.promise(finding)

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        if change_set is None:
            self._refresh_now()
        elif self.tabs.place == POINTS:
            self.points.follow()
        else:
            self._soon.start()

    def refresh_findings(self, findings: Findings) -> None:
        if self.tabs.place == POINTS:
            self.points.show_findings()
        else:
            self._soon.start()

    def reveal(self, row_id: str, field: str) -> bool:
        """Also a tab, where `field` names one and there is no row; with neither, what is open of the eight."""
        if not row_id and field in TABS:
            self.show_tab(TABS[field])
            focus_in(self.tabs.button(self.tabs.place))
            return True
        if not row_id and not field:
            self.show_tab(POINTS)
            focus_in(self.points.first_place())
            return True
        self.show_tab(CROSSWALK if field == "high_risk_use" else KEPT)
        return super().reveal(row_id, field)

    def _tab_chosen(self) -> None:
        self.show_tab(self.tabs.place)

    def _refresh_now(self) -> None:
        self._soon.stop()
        shown = self.tab(self.tabs.place)
        if self.isVisible() and isinstance(shown, OpenPoints | NextStage | DueNext | CrosswalkView):
            shown.refresh()


_TABS: dict[int, Callable[[Desk], QWidget]] = {
    KEPT: Kept,
    NEXT_STAGE: NextStage,
    DUE: DueNext,
    CROSSWALK: CrosswalkView,
}
