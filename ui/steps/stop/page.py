"""Step 8, Stop & recover: the drill over the map, then the fields that close its gaps."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.messages import msg
from app.model.document import Document
from app.model.oversight import Action
from app.model.owners import Rota
from app.model.room import Person
from app.model.row import Row
from app.model.stop import CompensatingTransaction, DrillRun, IncidentPlan, SpendGuardrail, StopControl
from app.policy.oversight import wants_compensation
from app.steps import Step
from ui.desk import Desk
from ui.steps.base import Page, Part, titled
from ui.steps.sections import section_for
from ui.steps.stop.drill import DrillPanel
from ui.widgets.form import editable
from ui.widgets.row_list import RowList
from ui.widgets.slot_line import Shown, Slot
from ui.widgets.slot_list import SlotList


class StopPage(Page):
    """The drill asks; the sections below it answer."""

    guide_shown = False

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.drill = DrillPanel(desk)
        self.stop_controls = RowList(desk, StopControl, empty="No stop button yet.")
        self.compensations = SlotList(
            desk,
            CompensatingTransaction,
            (
                Shown("steps", 6, msg("no steps yet")),
                Shown("owner", 3, msg("nobody yet")),
                Shown("within", 2),
                Shown("last_tested", 2, msg("never tested")),
            ),
            compensation_slots,
            heading=msg("Action"),
            reads=(Action, Person, Rota),
            invitation=msg("Nobody has said how it is made good. Press Return to say so."),
            empty=msg("No action needs one: each can be undone in place, or is not compensable at all."),
        )
        self._put(self.drill, self.drill)
        self._put(
            self.stop_controls,
            titled(
                StopControl.spec.many,
                self.stop_controls,
                intro="Where it is, who may press it, and what happens to work under way.",
            ),
        )
        self._put(
            self.compensations,
            titled(
                CompensatingTransaction.spec.many,
                self.compensations,
                intro="How what an action did is made good. It counts only once it is named and tested.",
            ),
        )
        self._section(IncidentPlan)
        self._section(SpendGuardrail, intro="What keeps a retry loop from spending without end.")
        self._section(DrillRun, title="Drills that were walked")
        self.body.addStretch()

    def _section(self, row_class: type[Row], *, title: str = "", intro: str = "") -> None:
        section = section_for(self.desk, row_class, editable(row_class), title=title, intro=intro)
        self._put(section, section)

    def _put(self, part: Part, widget: QWidget) -> None:
        self.add_part(part)
        self.body.addWidget(widget)


def compensation_slots(document: Document) -> list[Slot]:
    """A line for each compensating transaction, and one for each action that needs one and has none."""
    rows = document.rows(CompensatingTransaction)
    named: dict[str | None, list[CompensatingTransaction]] = {}
    for row in rows:
        named.setdefault(row.action, []).append(row)
    slots = []
    for action in document.rows(Action):
        first, *others = named.pop(action.id, [None])
        if first is None and not wants_compensation(action):
            continue
        row_id = first.id if first else ""
        slots.append(Slot(action.id, action.name, row_id, action.id, (("action", action.id),)))
        slots += [Slot(other.id, action.name, other.id) for other in others if other is not None]
    left = [row for found in named.values() for row in found]
    return [*slots, *(Slot(row.id, "", row.id) for row in left)]
