"""The places of a map that somebody must fill, and who stands behind each (domain.md 1.2, 1.14; 33).

A place is one field of one row that names a person, a rota or a queue. A rota stands for its members, a queue for its
owner, and an owner or role for the deputy too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from app.messages import Message, msg
from app.model.boundary import BoundaryLine, LaunchBlocker, System
from app.model.change import ApprovalRule, EvaluationSuite, StageControl, Tool, TrainingData
from app.model.commit import Commitment
from app.model.document import Document, targets_of
from app.model.exceptions import ExceptionClass, Queue
from app.model.fields import fields_of
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, SeatAssignment, SharedLayer, SixThing
from app.model.room import FunctionContact
from app.model.row import Row
from app.model.scorecard import KillCriterion, Metric, ReviewRhythm, ServiceLevel
from app.model.stop import CompensatingTransaction, IncidentPlan, SpendGuardrail, StopControl
from app.policy.coverage import people_behind
from app.policy.functions import for_the_platform
from app.policy.holders import OWNER_OF, ROLE_OF
from app.policy.named import named_person
from app.policy.reconciliation import approvals_wanted

GROUPS = {
    "owner": "Owners",
    "seat": "Seats",
    "role": "Roles",
    "six_thing": "Six things someone must own",
    "approval": "Approvals",
    "stop": "Authority to stop",
    "queue": "Exception queues",
    "cover": "Hours",
    "route": "Where cases and alarms go",
    "contact": "Contacts of the functions",
    "upkeep": "Upkeep",
}
"""What kinds of place there are, in the order in which they are shown, and their words."""

LONGEST = 80
"""Characters of a title that a place is told by."""

PLACES: tuple[tuple[str, type[Row], tuple[str, ...]], ...] = (
    ("owner", OwnerAssignment, ("person",)),
    ("seat", SeatAssignment, ("person",)),
    ("role", RoleAssignment, ("person",)),
    ("approval", Action, ("approver", "second_approver")),
    ("approval", ApprovalRule, ("approvers",)),
    ("approval", StageControl, ("person",)),
    ("approval", LaunchBlocker, ("business", "it")),
    ("approval", SharedLayer, ("business", "it")),
    ("stop", StopControl, ("who",)),
    ("stop", KillCriterion, ("decided_by",)),
    ("queue", Queue, ("owner",)),
    ("queue", ExceptionClass, ("reviewer",)),
    ("route", BoundaryLine, ("destination",)),
    ("route", Action, ("escalation_path",)),
    ("route", Queue, ("route_on",)),
    ("route", ExceptionClass, ("goes_further_to",)),
    ("route", SpendGuardrail, ("alarm_to",)),
    ("route", Tool, ("drift_owner",)),
    ("contact", FunctionContact, ("person",)),
    ("upkeep", System, ("owner",)),
    ("upkeep", ApprovalRule, ("drafters",)),
    ("upkeep", Tool, ("owner",)),
    ("upkeep", EvaluationSuite, ("owner",)),
    ("upkeep", TrainingData, ("labelled_by", "pipeline_by", "compliance_by")),
    ("upkeep", CompensatingTransaction, ("owner",)),
    ("upkeep", IncidentPlan, ("review_led_by",)),
    ("upkeep", SpendGuardrail, ("owner",)),
    ("upkeep", Metric, ("owner",)),
    ("upkeep", ServiceLevel, ("owner",)),
    ("upkeep", ReviewRhythm, ("led_by",)),
    ("upkeep", Commitment, ("who",)),
)
"""(group, kind, fields) of every place; the six things and the hours come on top, because they follow from others."""


class Lapse(NamedTuple):
    """How a place fails: when all of these people (ids) are out; and what is missing then, None for everybody."""

    people: frozenset[str]
    missing: Message | None = None

    def told(self, what: Message) -> Message:
        """`what`, a place in words, with what is missing of it."""
        if self.missing is None:
            return what
        return msg("{place} ({missing} is missing)", place=what, missing=self.missing)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is filled: `people` are the ids of everybody who could fill it. Any one of them is enough, unless
    the place takes two: `also` are then the smaller groups without whom it fails as well."""

    group: str
    what: Message
    people: frozenset[str]
    subject: str
    field: str
    step: str
    also: tuple[Lapse, ...] = ()

    @property
    def lapses(self) -> tuple[Lapse, ...]:
        """Every way in which it fails."""
        return Lapse(self.people), *self.also

    def lapse(self, out: frozenset[str]) -> Lapse | None:
        """How it fails without these people; None while it holds."""
        return next((lapse for lapse in self.lapses if lapse.people <= out), None)


def places(document: Document) -> Iterator[Place]:
    """Every place that names somebody, group by group."""
    for group, row_class, names in PLACES:
        for row in document.rows(row_class):
            if is_settled(row):
                continue
            for name in names:
                people = _holding(document, row, name)
                if people:
                    field = fields_of(row_class)[name]
                    also = tuple(_also(document, row, name))
                    yield Place(group, place_words(row, name), people, row.id, name, field.step, also)
    yield from _six_things(document)


def behind(document: Document, target: str | None, *passed: str) -> frozenset[str]:
    """The ids of the people behind a person, a rota or a queue; a queue is its owner, else where it goes on to."""
    queue = document.get(Queue, target)
    if queue is None:
        return people_behind(document, target)
    if queue.id in passed:
        return frozenset()
    return people_behind(document, queue.owner) or behind(document, queue.route_on, *passed, queue.id)


def column_people(document: Document, code: str) -> frozenset[str]:
    """The ids of everybody who could fill one of the nine columns of the RACI that a named person fills."""
    if code in OWNER_OF:
        return _holding(document, document.fixed(OwnerAssignment, OWNER_OF[code]), "person")
    own = _holding(document, document.fixed(RoleAssignment, ROLE_OF[code]), "person")
    return own or (column_people(document, "WO") if code == "APO" else own)


def _holding(document: Document, row: Row, name: str) -> frozenset[str]:
    """Who stands behind one field; for an owner or role with whoever stands in, once it is filled at all."""
    held = _union(document, row, (name,))
    if isinstance(row, RoleAssignment):
        held |= _union(document, row, ("rota",))
    if not held or not isinstance(row, OwnerAssignment | RoleAssignment):
        return held
    held |= _union(document, row, ("deputy",))
    if isinstance(row, RoleAssignment) and row.role == ROLE_OF["APO"]:
        # The workflow owner is the Agent Product Owner unless the workshop says otherwise (K3).
        held |= column_people(document, "WO")
    return held


def _union(document: Document, row: Row, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(behind(document, target) for name in names for target in targets_of(row, name)))


def _also(document: Document, row: Row, name: str) -> Iterator[Lapse]:
    """How a place that takes two people fails while one of them is still there (domain.md 1.12: K5; 10, 44)."""
    if isinstance(row, ApprovalRule) and name == "approvers":
        wanted = approvals_wanted(row.change_class)
        if wanted is not None and wanted.both_sides:
            yield from _sides(document, row)
        if wanted is None or (wanted.approvers and not wanted.lead_alone):
            missing = msg("an approver other than the only drafter")
            yield from _apart(_union(document, row, ("drafters",)), _union(document, row, (name,)), missing)
    elif isinstance(row, Action) and name == "second_approver":
        missing = msg("a second approver")
        yield from _apart(_union(document, row, ("approver",)), _union(document, row, (name,)), missing)


def _sides(document: Document, approval: ApprovalRule) -> Iterator[Lapse]:
    people = [person for person in (named_person(document, each) for each in approval.approvers) if person is not None]
    inside = [person.id for person in people if person.side == "inside"]
    platform = frozenset(person for person in inside if for_the_platform(document, person))
    business = frozenset(inside) - platform
    if business and platform:
        yield Lapse(business, msg("an approver for business"))
        yield Lapse(platform, msg("an approver for the platform"))


def _apart(first: frozenset[str], second: frozenset[str], missing: Message) -> Iterator[Lapse]:
    """Two tasks that two people do: one person is left who could do either, and nobody else."""
    for person in sorted(first & second):
        if others := (first | second) - {person}:
            yield Lapse(others, missing)


def is_settled(row: Row) -> bool:
    """Whether nobody is needed here any more: a promise that was kept, a launch blocker that was shown."""
    return bool((isinstance(row, Commitment) and row.done_on) or (isinstance(row, LaunchBlocker) and row.cleared_on))


def _six_things(document: Document) -> Iterator[Place]:
    for row in document.rows(SixThing):
        people = people_behind(document, row.person) or (
            column_people(document, row.held_by) if row.held_by else frozenset()
        )
        if people:
            yield Place("six_thing", msg(row.called()), people, row.id, "person", SixThing.spec.step)


def place_words(row: Row, name: str) -> Message:
    """A place in words: what it is about, and the field where that says more than the title."""
    title = _short(row.called())
    if name == "person" and isinstance(row, OwnerAssignment | RoleAssignment):
        return msg(title)
    if name == "person" and row.spec.fixed_by:
        return msg("{kind}: {title}", kind=msg(row.spec.one), title=msg(title))
    field = msg(fields_of(type(row))[name].label)
    if row.spec.singleton or not title:
        return msg("{what}: {field}", what=msg(row.spec.one), field=field)
    return msg("{title}: {field}", title=msg(title) if row.spec.fixed_by else title, field=field)


def _short(title: str) -> str:
    """A title that is a whole paragraph, such as the steps of a compensating transaction, as far as a line goes."""
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"
