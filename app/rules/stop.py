"""Rules about stopping and putting right: a button, people, a way back, a limit to spending (domain.md 1.8)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.boundary import Workflow
from app.model.change import ApprovalRule
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Person
from app.model.scorecard import ServiceLevel
from app.model.stop import CompensatingTransaction, IncidentPlan, SpendGuardrail, StopControl
from app.policy.days import in_words
from app.policy.graduation import DRILLED_WITHIN, is_long_ago
from app.policy.holders import holder
from app.policy.named import named_person
from app.policy.oversight import compensations_of, executes, listed, wants_compensation
from app.policy.vendor import only_the_vendor
from app.policy.windows import people_behind
from app.rules.rule import TAKES_EFFECT, Hit, Rule, about, behind, filled, is_somebody, part, place_in, rule
from app.rules.severity import ADVISES, NAMED, WARNS

QUICKLY = frozenset({"pause", "narrow", "stop"})


@rule(
    "STP-01",
    102,
    136,
    step="stop",
    question="Who may pause or narrow it, without asking?",
    why="While one person looks for another who may stop it, it runs on.",
    source="S1",
    weak="We would ask the engineer who built it.",
    better="Dana Abelard and Platform on call, each alone.",
    reads=(
        part(OwnerAssignment, "person", "authority"),
        part(StopControl, "who"),
        part(Person, "name", "side"),
        part(Rota, "members"),
    ),
)
def somebody_may_stop_it(document: Document, today: str) -> Iterator[Hit]:
    by_right = [owner.person for owner in document.rows(OwnerAssignment) if QUICKLY.intersection(owner.authority)]
    controls = document.rows(StopControl)
    may = (*by_right, *(each for control in controls for each in control.who))
    people = frozenset().union(*(people_behind(document, each) for each in may))
    from_the_vendor = only_the_vendor(document, *may)
    if people and not from_the_vendor:
        return
    detail = (
        msg("Only the vendor may pause or narrow it: {names}.", names=from_the_vendor)
        if from_the_vendor
        else msg("Nobody may pause or narrow it.")
    )
    yield Hit(detail, *place_in(controls, "who", "stop_control"))


@rule(
    "STP-02",
    103,
    step="stop",
    question="Where is the stop button, and what do you roll back to?",
    why="At 03:00 nobody reads code to find out how it is stopped.",
    source="S3",
    weak="Ping the person who built it.",
    better="Flag triage.enabled off; back to release 41.",
    marks=NAMED,
    reads=(StopControl,),
)
def a_stop_button_and_a_way_back(document: Document, today: str) -> Iterator[Hit]:
    controls = document.rows(StopControl)
    if not any(control.where for control in controls):
        yield Hit(
            msg("No stop button is named."), controls[0].id if controls else "", "where" if controls else "stop_control"
        )
    elif not any(control.rollback_target for control in controls):
        yield Hit(msg("Nobody has said what to roll back to."), controls[0].id, "rollback_target")


@rule(
    "STP-03",
    104,
    step="stop",
    question="What happens to work that is already under way?",
    why="A stop that lets half-done work run on has not stopped it.",
    source="S3",
    weak="It finishes what it started.",
    better="New tickets go to people; tickets in flight are held.",
    marks=NAMED,
    reads=(StopControl,),
)
def stopping_covers_work_in_flight(document: Document, today: str) -> Iterator[Hit]:
    controls = document.rows(StopControl)
    if not controls:
        return
    if any(control.stops_new_work and control.quarantines for control in controls):
        return
    stopping = [control for control in controls if control.stops_new_work]
    if not stopping:
        yield Hit(msg("No stop button stops new work."), controls[0].id, "stops_new_work")
    elif not any(control.quarantines for control in controls):
        yield Hit(msg("No stop button quarantines work in flight."), stopping[0].id, "quarantines")
    else:
        detail = msg("No one stop button does both: stop new work, and quarantine work in flight.")
        yield Hit(detail, stopping[0].id, "quarantines")


@rule(
    "STP-04",
    77,
    step="stop",
    question="Who has pressed it, and when?",
    why="A button that was never pressed is a picture of one.",
    source="S3",
    weak="It should work.",
    better="Jun Kowalczyk on 14 November, in production.",
    reads=(StopControl,),
    timed=True,
)
def the_stop_was_drilled(document: Document, today: str) -> Iterator[Hit]:
    controls = document.rows(StopControl)
    if controls and not any("" < control.last_tested <= today for control in controls):
        yield Hit(msg("No stop button was ever tested."), controls[0].id, "last_tested")


@rule(
    "STP-05",
    103,
    step="stop",
    question="How is it made good, and by whom?",
    why="What cannot be undone in place needs a transaction that makes it good, or it counts as irreversible.",
    source="S3",
    weak="We would find a way.",
    better="Debit the credit again and tell the customer: Hanna Brandt, within a day.",
    marks=NAMED,
    over=Action,
    reads=(*about(CompensatingTransaction), part(Person), filled(Rota, "members")),
)
def compensations_are_named(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if not wants_compensation(action):
        return
    if any(is_somebody(document, row.owner) for row in compensations_of(document, action)):
        return
    detail = msg("No compensating transaction with steps and a name is there for “{action}”.", action=action.name)
    references = document.table(CompensatingTransaction.spec.kind).references.get(action.id, ())
    begun = document.get(CompensatingTransaction, references[0][0]) if references else None
    if begun is None:
        yield Hit(detail, action.id)
    else:
        yield Hit(detail, begun.id, "owner" if begun.steps else "steps")


@rule(
    "STP-06",
    77,
    step="stop",
    question="Has making it good been tried?",
    why="Compensation counts only once it was tested; until then the action is treated as irreversible.",
    source="S3",
    weak="It is in the runbook.",
    better="Tested on 14 November on three tickets.",
    over=CompensatingTransaction,
    reads=(behind(Action, "name", *TAKES_EFFECT),),
    timed=True,
)
def compensations_were_tested(row: CompensatingTransaction, document: Document, today: str) -> Iterator[Hit]:
    if not row.steps or not row.owner or "" < row.last_tested <= today:
        return
    action = document.get(Action, row.action)
    if action is not None and executes(action):
        yield Hit(msg("Making “{action}” good was never tested.", action=action.name), row.id, "last_tested")


@rule(
    "STP-07",
    113,
    step="stop",
    question="Who notices when it spends without end?",
    why="A retry loop can cost in an hour what it saves in a year.",
    source="S3",
    weak="We see it on the bill.",
    better="150 a day, alert at 60 %, Platform on call, Rosa Steiner owns it.",
    marks=WARNS,
    reads=(SpendGuardrail, Person),
)
def spending_has_a_limit(document: Document, today: str) -> Iterator[Hit]:
    guardrail = document.only(SpendGuardrail)
    if guardrail.ceiling is None:
        yield Hit(msg("No spend ceiling is set."), guardrail.id, "ceiling")
    elif named_person(document, guardrail.owner) is None:
        yield Hit(msg("Nobody owns the spend ceiling."), guardrail.id, "owner")


@rule(
    "STP-08",
    154,
    step="stop",
    question="How are they reached at 03:00?",
    why="A name without a number wakes nobody.",
    weak="They are in the directory.",
    better="Pager group PLATFORM, then phone.",
    marks=WARNS,
    reads=(
        part(StopControl, "who"),
        part(RoleAssignment, "person", "rota"),
        part(OwnerAssignment, "person", "stand_in"),
        part(CoverageWindow, "holder"),
        part(CompensatingTransaction, "owner"),
        part(Person, "name", "side", "contact", "paging_route"),
        part(Rota, "name", "contact", "paging_route"),
    ),
)
def everyone_on_the_card_is_reached(document: Document, today: str) -> Iterator[Hit]:
    for row_id in dict.fromkeys(_on_the_card(document)):
        row = document.get(Person, row_id) or document.get(Rota, row_id)
        if row is not None and not (row.contact or row.paging_route):
            yield Hit(msg("{name} has no contact and no paging route.", name=row.name), row.id, "paging_route")


def _on_the_card(document: Document) -> Iterator[str | None]:
    """Everybody whom the 3 a.m. card names: who is paged, who stops, who puts right, who clears, who answers."""
    role = document.fixed(RoleAssignment, "reliability_engineer")
    yield from (role.rota, role.person)
    for control in document.rows(StopControl):
        yield from control.who
    for compensation in document.rows(CompensatingTransaction):
        yield compensation.owner
    for window in document.rows(CoverageWindow):
        yield window.holder
    yield document.fixed(OwnerAssignment, "exception").person
    yield holder(document, "APO").person


@rule(
    "STP-09",
    101,
    step="readiness",
    question="Which of the four essentials has no human behind it?",
    why="Boundary, exception path, scorecard and stop button are what people keep in their own hands.",
    source="S1",
    weak="The platform takes care of it.",
    better="Four essentials, four names.",
    reads=(Workflow, OwnerAssignment, StopControl, Person, Rota),
)
def four_essentials_are_human(document: Document, today: str) -> Iterator[Hit]:
    workflow, exception, outcome = (
        document.fixed(OwnerAssignment, each) for each in ("workflow", "exception", "outcome")
    )

    def held(owner: OwnerAssignment) -> bool:
        return named_person(document, owner.person) is not None

    boundary = document.only(Workflow)
    controls = document.rows(StopControl)
    stop = any(is_somebody(document, each) for control in controls for each in control.who)
    essentials = (
        (msg("boundary"), bool(boundary.statement), boundary.id, "statement"),
        (msg("boundary"), held(workflow), workflow.id, "person"),
        (msg("exception path"), held(exception), exception.id, "person"),
        (msg("scorecard"), held(outcome), outcome.id, "person"),
        (msg("stop button"), stop, *place_in(controls, "who", StopControl.spec.kind)),
    )
    missing = [each for each in essentials if not each[1]]
    if missing:
        names = list(dict.fromkeys(name for name, *_ in missing))
        _, _, subject, field = missing[0]
        yield Hit(msg("Not in human hands: {essentials}.", essentials=listed(names)), subject, field)


@rule(
    "STP-10",
    112,
    step="stop",
    question="Which part of an ordinary service does it lack?",
    why="An agent in production is a service: a team, a rota, promises, a runbook and a look at each change.",
    source="S3",
    weak="It is only a script with a model behind it.",
    better="Platform on call, answers promised within 30 minutes, runbook beside the deployment, prompts approved.",
    marks=ADVISES,
    reads=(
        part(IncidentPlan, "runbook"),
        part(OwnerAssignment, "person", "stand_in"),
        part(RoleAssignment, "rota"),
        part(Person),
        part(Rota, "members"),
        part(ServiceLevel, "target"),
        part(ApprovalRule, "approvers"),
    ),
)
def it_is_run_like_a_service(document: Document, today: str) -> Iterator[Hit]:
    system = document.fixed(OwnerAssignment, "system")
    role = document.fixed(RoleAssignment, "reliability_engineer")
    rota, plan = document.get(Rota, role.rota), document.only(IncidentPlan)
    levels, rules = document.rows(ServiceLevel), document.rows(ApprovalRule)
    reviewed = any(named_person(document, approver) for each in rules for approver in each.approvers)
    parity = (
        (bool(plan.runbook), msg("a runbook"), plan.id, "runbook"),
        (bool(named_person(document, system.person) or system.stand_in), msg("an owning team"), system.id, "person"),
        (rota is not None and is_somebody(document, rota.id), msg("an on-call rota"), role.id, "rota"),
        (any(each.target for each in levels), msg("a service level"), *place_in(levels, "target", "service_level")),
        (reviewed, msg("a change review"), *place_in(rules, "approvers", "approval_rule")),
    )
    missing = [(label, subject, field) for there, label, subject, field in parity if not there]
    if missing:
        _, subject, field = missing[0]
        labels = listed([label for label, _, _ in missing])
        yield Hit(msg("Missing, to run it like any other service: {parts}.", parts=labels), subject, field)


@rule(
    "STP-11",
    77,
    step="stop",
    question="When was it pressed last?",
    why="Systems change around a stop button; after 90 days nobody knows that it still stops anything.",
    source="S3",
    weak="We tested it at launch.",
    better="Again on 14 November, in production, by Jun Kowalczyk.",
    marks=WARNS,
    over=StopControl,
    reads=(),
    timed=True,
)
def the_stop_is_drilled_again(control: StopControl, document: Document, today: str) -> Iterator[Hit]:
    if is_long_ago(control.last_tested, today):
        yield Hit(
            msg(
                "“{where}” was tested last on {day}, more than {days} days ago.",
                where=control.where,
                day=in_words(control.last_tested),
                days=DRILLED_WITHIN.days,
            ),
            control.id,
            "last_tested",
        )


@rule(
    "STP-12",
    77,
    step="stop",
    question="When was making it good tried last?",
    why="A way to make it good that nobody has tried for 90 days may lead nowhere by now.",
    source="S3",
    weak="It worked in spring.",
    better="Tried again on 14 November, on three tickets.",
    marks=WARNS,
    over=CompensatingTransaction,
    reads=(behind(Action, "name", *TAKES_EFFECT),),
    timed=True,
)
def compensations_are_tested_again(row: CompensatingTransaction, document: Document, today: str) -> Iterator[Hit]:
    action = document.get(Action, row.action)
    if action is not None and executes(action) and is_long_ago(row.last_tested, today):
        yield Hit(
            msg(
                "Making “{action}” good was tested last on {day}, more than {days} days ago.",
                action=action.name,
                day=in_words(row.last_tested),
                days=DRILLED_WITHIN.days,
            ),
            row.id,
            "last_tested",
        )


@rule(
    "STP-13",
    77,
    step="stop",
    question="On which day was it tried?",
    why="A test is something that was seen; of a day to come nothing was, so it does not count.",
    source="S3",
    weak="It is in the calendar for March.",
    better="14 November, by Priya Menon.",
    marks=WARNS,
    reads=(
        part(StopControl, "where", "last_tested"),
        part(CompensatingTransaction, "action", "last_tested"),
        part(Action, "name"),
    ),
    timed=True,
)
def tests_are_about_the_past(document: Document, today: str) -> Iterator[Hit]:
    tested: tuple[StopControl | CompensatingTransaction, ...] = (
        *document.rows(StopControl),
        *document.rows(CompensatingTransaction),
    )
    for row in (row for row in tested if row.last_tested > today):
        yield Hit(
            msg(
                "The test of “{what}” is dated {day}, which is still to come; it does not count yet.",
                what=row.where if isinstance(row, StopControl) else document.called(row.action),
                day=in_words(row.last_tested),
            ),
            row.id,
            "last_tested",
        )


RULES: tuple[Rule, ...] = (
    somebody_may_stop_it,
    a_stop_button_and_a_way_back,
    stopping_covers_work_in_flight,
    the_stop_was_drilled,
    compensations_are_named,
    compensations_were_tested,
    spending_has_a_limit,
    everyone_on_the_card_is_reached,
    four_essentials_are_human,
    it_is_run_like_a_service,
    the_stop_is_drilled_again,
    compensations_are_tested_again,
    tests_are_about_the_past,
)
