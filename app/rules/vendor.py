"""Rules about what the vendor never decides: value and safety, changes, runs, exceptions, what counts as success
(domain.md 1.2: 22, 32; 1.12 K14).

That it is no owner is in app.rules.owners, that it is not accountable in app.rules.accountable, and that it is not the
only one who may stop the agent in app.rules.stop.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model import vocabulary as v
from app.model.change import ApprovalRule, StageControl
from app.model.document import Document
from app.model.exceptions import CoverageWindow, ExceptionClass, Queue
from app.model.oversight import Action
from app.model.owners import Rota, SeatAssignment, VendorCover
from app.model.room import Person
from app.model.scorecard import Metric
from app.model.stop import SpendGuardrail
from app.policy.oversight import DUAL, IN, permitted
from app.policy.reconciliation import approvals_wanted
from app.policy.vendor import helping_without_cover, only_the_vendor
from app.rules.rule import Hit, Reads, Rule, behind_members, part, rule
from app.rules.severity import WARNS

PEOPLE: Reads = (part(Person, "name", "side"), part(Rota, "members"))
"""What a check of the whole map reads to tell who is from the vendor."""

NAMED: Reads = behind_members("name", "side", "rank")
"""The same for a check of single rows: whom they name, in the order of the room."""

DUTIES = {str(entry.value): entry.label for entry in v.DUTIES}


@rule(
    "OWN-28",
    22,
    32,
    43,
    step="owners",
    question="Who inside speaks for value, and who for safety?",
    why="What a seat decides is the company's own risk, and a vendor does not carry it.",
    source="S1 S2 S4",
    weak="The vendor knows best what is safe.",
    better="Jun Kowalczyk speaks for safety, and asks the vendor.",
    over=SeatAssignment,
    reads=NAMED,
)
def no_vendor_holds_a_seat(seat: SeatAssignment, document: Document, today: str) -> Iterator[Hit]:
    name = only_the_vendor(document, seat.person)
    if name:
        detail = (
            msg("{name} speaks for safety, and is from the vendor.", name=name)
            if seat.seat == "safety"
            else msg("{name} speaks for value, and is from the vendor.", name=name)
        )
        yield Hit(detail, seat.id, "person")


@rule(
    "OVR-20",
    32,
    step="oversight",
    question="Who inside says yes before it happens?",
    why="An approval takes on the risk of one run; the vendor can prepare it, and cannot carry it.",
    source="S1",
    weak="The vendor approves the replies during the pilot.",
    better="Hanna Weiss approves; the vendor sorts the list for her.",
    marks=WARNS,
    over=Action,
    reads=NAMED,
)
def no_vendor_approves_alone(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if action.current not in (IN, DUAL) or not permitted(action):
        return
    name = only_the_vendor(document, action.approver, action.second_approver)
    if name:
        detail = msg("“{action}” is approved by the vendor alone: {name}.", action=action.name, name=name)
        yield Hit(detail, action.id, "approver")


@rule(
    "EXC-07",
    22,
    32,
    step="exceptions",
    question="Whose queue is it, inside?",
    why="Whoever owns the queue decides what happens to a customer's case; a vendor answers to another company.",
    source="S1 S2",
    weak="The vendor looks after the queue during the pilot.",
    better="Marc Oyelaran owns the queue; the vendor helps to clear it until 31 January.",
    over=Queue,
    reads=NAMED,
)
def no_vendor_owns_a_queue(queue: Queue, document: Document, today: str) -> Iterator[Hit]:
    name = only_the_vendor(document, queue.owner)
    if name:
        detail = msg("Queue “{queue}” belongs to the vendor: {name}.", queue=queue.called(), name=name)
        yield Hit(detail, queue.id, "owner")


@rule(
    "EXC-08",
    32,
    step="exceptions",
    question="Until when does the vendor do it, and who inside is beside them?",
    why="Help with exceptions is fine for a time; without an end and a name inside, it is ownership by habit.",
    source="S1",
    weak="Nils takes the night shift for now.",
    better="Vendor cover until 29 January, with Hanna Weiss beside it.",
    marks=WARNS,
    reconciles=(14,),
    reads=(
        *PEOPLE,
        part(ExceptionClass, "name", "reviewer"),
        part(CoverageWindow, "duty", "holder"),
        part(VendorCover, "role", "person", "until"),
    ),
    timed=True,
)
def the_vendor_helps_under_cover(document: Document, today: str) -> Iterator[Hit]:
    for kind in document.rows(ExceptionClass):
        name = helping_without_cover(document, kind.reviewer, today)
        if name:
            detail = msg(
                "“{kind}” is reviewed by {name}, from the vendor, and no vendor cover runs.",
                kind=kind.called(),
                name=name,
            )
            yield Hit(detail, kind.id, "reviewer")
    for window in document.rows(CoverageWindow):
        name = helping_without_cover(document, window.holder, today) if window.duty else ""
        if name:
            detail = msg(
                "“{duty}” is in the hands of {name}, from the vendor, and no vendor cover runs.",
                duty=msg(DUTIES[window.duty]),
                name=name,
            )
            yield Hit(detail, window.id, "holder")


@rule(
    "CHG-17",
    22,
    32,
    step="change",
    question="Who inside says yes to it?",
    why="A vendor that approves its own changes decides about a risk that is yours.",
    source="S1 S2",
    weak="The vendor releases when it is ready.",
    better="Dana Abelard and Jun Kowalczyk approve; the vendor drafts.",
    over=ApprovalRule,
    reads=NAMED,
)
def no_vendor_approves_a_change_alone(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    wanted = approvals_wanted(approval.change_class)
    name = only_the_vendor(document, *approval.approvers)
    # A class that asks for nobody beforehand only says who is told.
    if name and (wanted is None or wanted.approvers):
        detail = msg("{change}: approved by the vendor alone: {name}.", change=msg(approval.called()), name=name)
        yield Hit(detail, approval.id, "approvers")


@rule(
    "CHG-20",
    32,
    89,
    step="change",
    question="Who inside decides on it?",
    why="The six stronger controls are what the company keeps in its own hands when the volume grows.",
    source="S1",
    weak="The vendor has a process for that.",
    better="Rosa Steiner decides; the vendor sends the figures.",
    marks=WARNS,
    over=StageControl,
    reads=NAMED,
)
def no_vendor_decides_on_a_control(control: StageControl, document: Document, today: str) -> Iterator[Hit]:
    name = only_the_vendor(document, control.person)
    if name:
        detail = msg("{control}: {name} decides, from the vendor.", control=msg(control.called()), name=name)
        yield Hit(detail, control.id, "person")


@rule(
    "STP-14",
    32,
    113,
    step="stop",
    question="Who inside owns what it may spend?",
    why="A vendor is paid by what is spent; the ceiling belongs to whoever pays.",
    source="S1 S3",
    weak="The vendor watches the spending.",
    better="Rosa Steiner owns the ceiling; the vendor sends the alert.",
    marks=WARNS,
    reads=(part(SpendGuardrail, "owner"), *PEOPLE),
)
def no_vendor_owns_the_ceiling(document: Document, today: str) -> Iterator[Hit]:
    guardrail = document.only(SpendGuardrail)
    name = only_the_vendor(document, guardrail.owner)
    if name:
        yield Hit(msg("The spend ceiling belongs to the vendor: {name}.", name=name), guardrail.id, "owner")


@rule(
    "SCO-11",
    22,
    32,
    step="scorecard",
    question="Who inside says whether it is good enough?",
    why="A vendor that keeps the score of its own product decides whether it was a success.",
    source="S1 S2",
    weak="The vendor reports its accuracy.",
    better="Dana Abelard owns the intervention rate; the vendor delivers the figures.",
    over=Metric,
    reads=NAMED,
)
def no_vendor_owns_a_metric(metric: Metric, document: Document, today: str) -> Iterator[Hit]:
    name = only_the_vendor(document, metric.owner)
    if name:
        detail = msg("“{metric}” belongs to the vendor: {name}.", metric=metric.called(), name=name)
        yield Hit(detail, metric.id, "owner")


RULES: tuple[Rule, ...] = (
    no_vendor_holds_a_seat,
    no_vendor_approves_alone,
    no_vendor_owns_a_queue,
    the_vendor_helps_under_cover,
    no_vendor_approves_a_change_alone,
    no_vendor_decides_on_a_control,
    no_vendor_owns_the_ceiling,
    no_vendor_owns_a_metric,
)
