"""Rules about business and IT: who is in the room, who speaks for which side, whose work it is (domain.md 1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model import vocabulary as v
from app.model.boundary import Workflow
from app.model.change import ApprovalRule
from app.model.document import Document
from app.model.names import is_erased
from app.model.owners import OwnerAssignment, RoleAssignment, SeatAssignment, SharedLayer
from app.model.room import FunctionContact, Person, Sitting
from app.model.scorecard import Metric, ReviewRhythm
from app.policy.functions import everybody_in, for_the_platform, is_business, is_platform, same_function
from app.policy.named import in_the_room, named_person
from app.rules.rule import Hit, Reads, Rule, name_of, part, rule
from app.rules.severity import ADVISES, WARNS

FUNCTIONS_IN_THE_ROOM = ("SUP", "OPS", "IT", "DAT")

WHO_WORKS_WHERE: Reads = (part(Person, "function"), part(FunctionContact, "person"))

MENDS = frozenset({"change", "resolve", "narrow"})
"""Authorities of an owner with which a failure can be put right."""


@rule(
    "OWN-15",
    41,
    step="room",
    question="Who speaks for the functions that are missing?",
    why="Each function sees a failure that the others do not.",
    source="S0",
    weak="We will brief IT afterwards.",
    better="Ben Aydin, Data, joined for the hour on measures.",
    marks=WARNS,
    over=FunctionContact,
    reads=(part(Person, "function", "present"), part(Sitting, "people")),
)
def the_functions_are_there(contact: FunctionContact, document: Document, today: str) -> Iterator[Hit]:
    if contact.function not in FUNCTIONS_IN_THE_ROOM:
        return
    label = msg(next(entry.label for entry in v.FUNCTIONS if entry.value == contact.function))
    people = everybody_in(document, contact.function)
    came = {person.id for person in in_the_room(document)}
    came.update(person for sitting in document.rows(Sitting) for person in sitting.people)
    if not people:
        yield Hit(msg("Nobody speaks for {function}.", function=label), contact.id, "person")
    elif came and not people & came:
        yield Hit(msg("Nobody from {function} has been in the room.", function=label), contact.id, "person")


@rule(
    "OWN-16",
    45,
    43,
    step="owners",
    question="Who speaks for value, and who for safety?",
    why="Risk decided without IT is not seen; a platform without business has no reason.",
    source="S4",
    weak="The business signs; IT is informed.",
    better="Dana Abelard for value, Jun Kowalczyk for safety.",
    marks=WARNS,
    over=SeatAssignment,
    reads=(Person,),
)
def both_seats_are_filled(seat: SeatAssignment, document: Document, today: str) -> Iterator[Hit]:
    person = document.get(Person, seat.person)
    if person is None:
        detail = msg("Nobody speaks for safety.") if seat.seat == "safety" else msg("Nobody speaks for value.")
        yield Hit(detail, seat.id, "person")
    elif is_erased(person.name):
        speaks = "“{name}” speaks for safety." if seat.seat == "safety" else "“{name}” speaks for value."
        detail = msg("{speaks} They were erased; name somebody else.", speaks=msg(speaks, name=person.name))
        yield Hit(detail, seat.id, "person")


@rule(
    "OWN-17",
    152,
    step="owners",
    question="Who says stop when the numbers say go?",
    why="One person cannot weigh value against safety and be both sides of the scale.",
    source="S4",
    weak="Dana signs for both.",
    better="Dana Abelard for value, Jun Kowalczyk for safety.",
    reconciles=(1,),
    reads=(SeatAssignment, Person),
)
def value_and_safety_are_two_people(document: Document, today: str) -> Iterator[Hit]:
    value, safety = document.fixed(SeatAssignment, "value"), document.fixed(SeatAssignment, "safety")
    name = name_of(document, value.person, Person)
    if name and value.person == safety.person:
        yield Hit(msg("{name} speaks for value and for safety.", name=name), safety.id, "person")


@rule(
    "OWN-18",
    44,
    step="owners",
    question="Who settles it for business, and who for IT?",
    why="The approval model, auditability and launch readiness fail when one side settles them alone.",
    source="S4",
    weak="IT keeps the logs.",
    better="Dana Abelard and Jun Kowalczyk settle auditability together.",
    marks=ADVISES,
    over=SharedLayer,
    reads=(Person,),
)
def shared_layers_have_both_sides(layer: SharedLayer, document: Document, today: str) -> Iterator[Hit]:
    for name, side in (("business", msg("business")), ("it", msg("IT"))):
        if named_person(document, getattr(layer, name)) is None:
            yield Hit(
                msg("{layer}: nobody settles it for {side}.", layer=msg(layer.called()), side=side), layer.id, name
            )
            return
    if layer.business == layer.it:
        yield Hit(
            msg(
                "{layer}: {name} settles it alone, for both sides.",
                layer=msg(layer.called()),
                name=document.called(layer.it),
            ),
            layer.id,
            "it",
        )


@rule(
    "OWN-29",
    45,
    43,
    step="owners",
    question="Does each side speak for what it knows?",
    why="Value is what the business sees and safety what IT sees; swapped, each speaks for what it only hears about.",
    source="S4",
    weak="IT says whether it pays, Support whether it is safe.",
    better="Rosa Steiner, Business, for value; Jun Kowalczyk, IT, for safety.",
    marks=WARNS,
    over=SeatAssignment,
    reads=(part(Person, "name", "function"), part(Workflow, "run_by"), part(OwnerAssignment, "person"), RoleAssignment),
)
def each_seat_is_held_by_its_side(seat: SeatAssignment, document: Document, today: str) -> Iterator[Hit]:
    person = document.get(Person, seat.person)
    if person is None:
        return
    if seat.seat == "value" and is_platform(person.function) and not is_platform(document.only(Workflow).run_by):
        detail = msg(
            "{name}, who speaks for value, is in {function}; value is the business's.",
            name=person.name,
            function=person.function,
        )
        yield Hit(detail, seat.id, "person")
    elif seat.seat == "safety" and is_business(person.function) and not for_the_platform(document, person.id):
        detail = msg(
            "{name}, who speaks for safety, is in {function}; safety is IT's.",
            name=person.name,
            function=person.function,
        )
        yield Hit(detail, seat.id, "person")


@rule(
    "OWN-22",
    38,
    step="owners",
    question="Does the lead sit where the work is done?",
    why="Whoever hears the questions and sees the escalations changes the rules in time; anybody else hears of them.",
    source="S2",
    weak="The innovation team leads it for Support.",
    better="Support runs the workflow, and the lead is its head, Dana Abelard.",
    marks=ADVISES,
    reconciles=(2,),
    reads=(part(Workflow, "run_by"), part(OwnerAssignment, "person"), part(Person, "name", "function")),
)
def the_lead_sits_with_the_work(document: Document, today: str) -> Iterator[Hit]:
    workflow = document.only(Workflow)
    lead = document.get(Person, document.fixed(OwnerAssignment, "workflow").person)
    if not workflow.run_by:
        yield Hit(msg("Nobody has said which function runs the workflow."), workflow.id, "run_by")
    elif lead is not None and not lead.function:
        yield Hit(msg("Nobody has said in which function {name} works.", name=lead.name), lead.id, "function")
    elif lead is not None and not same_function(lead.function, workflow.run_by) and not is_platform(lead.function):
        yield Hit(
            msg(
                "{function} runs the workflow; {name}, who leads it, is in {other}.",
                function=workflow.run_by,
                name=lead.name,
                other=lead.function,
            ),
            workflow.id,
            "run_by",
        )


@rule(
    "OWN-23",
    38,
    45,
    step="owners",
    question="Why does IT lead work that is not its own?",
    why="A platform can keep an agent alive and still not know a right answer from a wrong one.",
    source="S2 S3",
    weak="IT built it, so IT owns it.",
    better="Support leads its own workflow; IT owns the system underneath.",
    marks=WARNS,
    reconciles=(2,),
    reads=(part(Workflow, "run_by"), part(OwnerAssignment, "person"), part(Person, "name", "function")),
)
def it_leads_only_its_own_work(document: Document, today: str) -> Iterator[Hit]:
    run_by = document.only(Workflow).run_by
    owner = document.fixed(OwnerAssignment, "workflow")
    lead = document.get(Person, owner.person)
    if lead is not None and run_by and is_platform(lead.function) and not is_platform(run_by):
        yield Hit(
            msg(
                "{name} is in {function}; the workflow is run by {run_by}.",
                name=lead.name,
                function=lead.function,
                run_by=run_by,
            ),
            owner.id,
            "person",
        )


@rule(
    "OWN-24",
    42,
    step="scorecard",
    question="Does the part of IT end at launch?",
    why="Whoever leaves after the launch hears of drift from the people whom it has hurt.",
    source="S0",
    weak="IT handed it over in March.",
    better="Jun Kowalczyk sits in the weekly review, and IT holds the pager.",
    marks=ADVISES,
    reads=(ReviewRhythm, *WHO_WORKS_WHERE),
)
def it_stays_after_launch(document: Document, today: str) -> Iterator[Hit]:
    yield from _in_no_review(document, "IT")


@rule(
    "OWN-25",
    42,
    step="change",
    question="Can Support put right what it hears?",
    why="The desk hears every failure first; when it may change nothing, it hears the same one again tomorrow.",
    source="S0",
    weak="Support opens a ticket with us.",
    better="Hanna Weiss drafts the change to the prompt, Dana Abelard signs it.",
    marks=ADVISES,
    reads=(ApprovalRule, part(OwnerAssignment, "person", "authority"), *WHO_WORKS_WHERE),
)
def support_can_mend_what_it_hears(document: Document, today: str) -> Iterator[Hit]:
    support = everybody_in(document, "SUP")
    rules = document.rows(ApprovalRule)
    if not support or any(support.intersection(each.drafters) for each in rules):
        return
    if any(owner.person in support and MENDS.intersection(owner.authority) for owner in document.rows(OwnerAssignment)):
        return
    first = next((each for each in rules if each.change == "prompts"), next(iter(rules), None))
    detail = msg("Support hears the failures, and may neither draft a change nor settle a case.")
    yield Hit(detail, first.id if first else "", "drafters" if first else "approval_rule")


@rule(
    "OWN-26",
    42,
    step="scorecard",
    question="Does Operations see what its rules lead to?",
    why="A rule is kept or dropped by whoever sees its result; unseen, it is kept for ever.",
    source="S0",
    weak="Operations gets the annual report.",
    better="Marc Oyelaran owns the exception rate and sits in the weekly review.",
    marks=ADVISES,
    reads=(part(Metric, "owner"), ReviewRhythm, *WHO_WORKS_WHERE),
)
def operations_sees_the_results(document: Document, today: str) -> Iterator[Hit]:
    operations = everybody_in(document, "OPS")
    if not any(metric.owner in operations for metric in document.rows(Metric)):
        yield from _in_no_review(document, "OPS")


@rule(
    "OWN-27",
    46,
    step="owners",
    question="Does each side own what is its own after launch?",
    why="Business answers for the outcome, IT for its limits and its support; swapped, each judges what it cannot see.",
    source="S4",
    weak="IT decides whether it pays; Support keeps it running.",
    better="Rosa Steiner, Business, for the outcome; Jun Kowalczyk, IT, for the system.",
    marks=WARNS,
    over=OwnerAssignment,
    reads=(part(Person, "name", "function"), part(Workflow, "run_by")),
)
def each_side_owns_its_own(owner: OwnerAssignment, document: Document, today: str) -> Iterator[Hit]:
    person = document.get(Person, owner.person)
    if person is None:
        return
    if owner.type == "outcome" and is_platform(person.function) and not is_platform(document.only(Workflow).run_by):
        yield Hit(
            msg(
                "{name}, outcome owner, is in {function}; the outcome is the business's.",
                name=person.name,
                function=person.function,
            ),
            owner.id,
            "person",
        )
    elif owner.type == "system" and is_business(person.function):
        yield Hit(
            msg(
                "{name}, system owner, is in {function}; the system is IT's.",
                name=person.name,
                function=person.function,
            ),
            owner.id,
            "person",
        )


def _in_no_review(document: Document, code: str) -> Iterator[Hit]:
    """A hit where people of a function are known, there are reviews, and none of them takes part in one."""
    people, reviews = everybody_in(document, code), document.rows(ReviewRhythm)
    if people and reviews and not any(people.intersection({each.led_by, *each.attendees}) for each in reviews):
        label = next(entry.label for entry in v.FUNCTIONS if entry.value == code)
        yield Hit(
            msg("Nobody from {function} takes part in a review.", function=msg(label)), reviews[0].id, "attendees"
        )


RULES: tuple[Rule, ...] = (
    the_functions_are_there,
    both_seats_are_filled,
    value_and_safety_are_two_people,
    shared_layers_have_both_sides,
    each_seat_is_held_by_its_side,
    the_lead_sits_with_the_work,
    it_leads_only_its_own_work,
    it_stays_after_launch,
    support_can_mend_what_it_hears,
    operations_sees_the_results,
    each_side_owns_its_own,
)
