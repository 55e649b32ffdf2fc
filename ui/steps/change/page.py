"""Step 7, Change control: who drafts, approves and tests each kind of change; the six that matter are always there."""

from __future__ import annotations

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.change import ApprovalRule, Change, EvaluationSuite, StageControl, Tool, TrainingData
from app.model.document import Document
from app.model.room import Person
from app.model.row import Row
from app.policy.suites import must_pass
from app.steps import Step
from ui.desk import Desk
from ui.steps.base import Page, titled
from ui.steps.sections import section_for
from ui.widgets.form import editable
from ui.widgets.slot_line import Shown, Slot
from ui.widgets.slot_list import SlotList

SECTIONS: tuple[tuple[type[Row], str], ...] = (
    (EvaluationSuite, "What a change must pass before it is released, and who keeps it."),
    (Tool, "The registry: every tool and server that the agent may call, and who hears of it when a schema drifts."),
    (Change, "What was changed, when, and by whose approval."),
    (TrainingData, "Whether conversations train the agent, and who answers for it."),
    (StageControl, "The six stronger controls. They are needed before stage 3."),
)


class ChangePage(Page):
    """The approvals as a table, then everything that a change touches."""

    guide_shown = False

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.approvals = SlotList(
            desk,
            ApprovalRule,
            (
                Shown("change_class", 2),
                Shown("drafters", 4, msg("nobody yet")),
                Shown("approvers", 4, msg("nobody yet")),
                Shown("evaluation_gate", 2, said=tested_first, heading="Tested first"),
                Shown("limit", 4),
            ),
            approval_slots,
            heading=msg("Kind of change"),
            reads=(Person, EvaluationSuite),
            invitation=msg("Nobody approves this yet. Press Return to name somebody."),
        )
        self.add_part(self.approvals)
        intro = "Each says who drafts, who approves, what is tested first, and by when. The first six need an approver."
        self.body.addWidget(titled(ApprovalRule.spec.many, self.approvals, intro=intro))
        for row_class, said in SECTIONS:
            section = section_for(desk, row_class, editable(row_class), intro=said)
            self.add_part(section)
            self.body.addWidget(section)
        self.body.addStretch()


def tested_first(document: Document, row: Row) -> str:
    """Whether a kind of change passes a suite first, whoever asks for it: its own rule, or a suite that runs on it."""
    assert isinstance(row, ApprovalRule)
    return words("yes") if must_pass(document, row) else ""


def approval_slots(document: Document) -> list[Slot]:
    """A line for each of the six approvals, filled or not, then one for every other rule."""
    labels = {entry.value: words(entry.label) for entry in v.APPROVALS}
    left = list(document.rows(ApprovalRule))
    slots = []
    for change in v.SIX_APPROVALS:
        found = [row for row in left if row.change == change]
        first = found[0].id if found else ""
        slots.append(Slot(str(change), labels[change], first, values=(("change", change),)))
        slots += [_filled(row, labels) for row in found[1:]]
        left = [row for row in left if row.change != change]
    return [*slots, *(_filled(row, labels) for row in left)]


def _filled(row: ApprovalRule, labels: dict[str | int, str]) -> Slot:
    title = labels.get(row.change, words("Something else"))
    named = f"{title}: {row.what}" if row.change == "other" and row.what else title
    return Slot(row.id, named, row.id)
