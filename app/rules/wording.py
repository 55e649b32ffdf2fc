"""Rules about wording: warnings where a text names an owner, a destination or a stop, advice elsewhere. They never
block; what blocks is the structured field (domain.md 1.11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.messages import Message, msg
from app.model.boundary import BoundaryLine, LaunchBlocker, System, Workflow
from app.model.change import ApprovalRule, EvaluationSuite, StageControl, TrainingData
from app.model.commit import DismissedPhrase
from app.model.document import Document, Table
from app.model.exceptions import ExceptionClass, ExceptionPath, Queue, SeverityRule
from app.model.fields import Wording, fields_of
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, Rota, VendorCover
from app.model.room import Agent, Person
from app.model.row import Row
from app.model.scorecard import KillCriterion, Metric, ServiceLevel
from app.model.stop import CompensatingTransaction, IncidentPlan, SpendGuardrail, StopControl
from app.policy.oversight import listed
from app.rules.reads import NO_ROWS
from app.rules.rule import Hit, Part, Reads, Rule, part, rule
from app.rules.severity import ADVISES, WARNS
from app.wording.fields import checked_fields, phrases_by_field
from app.wording.names import names_of
from app.wording.tokens import renamed, words_of


@dataclass(frozen=True, slots=True)
class NamesIn:
    """The names that make a text clear, as far as they stand in it: in the texts of the row that is checked, or, for a
    rule about the whole map, in those of all the rows of these kinds."""

    texts: tuple[type[Row], ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Where names are found."""
        return part(Person, "name", "side"), part(Rota, "name"), part(Queue, "name"), part(Agent, "vendor")

    @property
    def kinds(self) -> tuple[type[Row], ...]:
        return tuple(each.kind for each in self.parts)

    def again(self, before: Document, after: Document, over: Table) -> frozenset[str] | None:
        words = renamed(names_of(before), names_of(after))
        if not words:
            return NO_ROWS
        if not self.texts:
            return frozenset(_speaking(over.by_id.values(), words))
        rows = (row for kind in self.texts for row in after.rows(kind))
        return NO_ROWS if next(_speaking(rows, words), None) is None else None


def _speaking(rows: Iterable[Row], words: frozenset[str]) -> Iterator[str]:
    """The ids of the rows in whose checked texts one of these words stands."""
    for row in rows:
        for name in checked_fields(type(row)):
            text = getattr(row, name)
            if text and not words_of(text).isdisjoint(words):
                yield row.id
                break


NAMES: Reads = (NamesIn(), DismissedPhrase)
"""What a check of single rows reads besides them: the names in their texts, and what was dismissed."""


def _texts_of(*kinds: type[Row]) -> Reads:
    """What a check of all rows of these kinds reads."""
    return (*kinds, NamesIn(kinds), DismissedPhrase)


WARNED = (Wording.OWNER, Wording.DESTINATION, Wording.STOP)
ADVISED = (Wording.BOUNDARY, Wording.TEXT)


@rule(
    "WRD-01",
    96,
    140,
    141,
    step="owners",
    question="Which person is meant?",
    why="A department, a group, the vendor or whoever is free cannot be asked, paged or missed.",
    source="S1",
    weak="Someone from Ops, for now.",
    better="Head of Support Operations, Dana Abelard.",
    marks=WARNS,
    over=OwnerAssignment,
    reads=NAMES,
)
def owners_are_named(row: OwnerAssignment, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(row, document, WARNED)


@rule(
    "WRD-02",
    97,
    96,
    step="exceptions",
    question="Where exactly does it land, who reads it, and how fast?",
    why="A case that lands where everybody may look waits until somebody does.",
    source="S1",
    weak="It goes to the team, somebody will look.",
    better="It lands in billing-exceptions; Marc Oyelaran's desk looks within 30 minutes, then Dana Abelard.",
    marks=WARNS,
    reads=_texts_of(ExceptionPath, Workflow, Queue),
)
def destinations_are_places(document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(document.only(ExceptionPath), document, WARNED)
    yield from _hits(document.only(Workflow), document, WARNED)
    for queue in document.rows(Queue):
        yield from _hits(queue, document, WARNED)


@rule(
    "WRD-03",
    97,
    96,
    step="exceptions",
    question="When exactly does this kind of case go further?",
    why="Whoever clears the queue needs a rule that can be checked, not a feeling.",
    source="S1",
    weak="When it seems necessary.",
    better="Two reviewers read the case differently, or the amount is above L2.",
    marks=WARNS,
    over=ExceptionClass,
    reads=NAMES,
)
def exceptions_go_further_by_a_rule(row: ExceptionClass, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(row, document, WARNED)


@rule(
    "WRD-04",
    109,
    step="stop",
    question="How is it stopped and put right by a person who did not build it?",
    why="At 03:00 there is time for a switch, a release to go back to and a page, not for finding the right person.",
    source="S3",
    weak="Ping the person who built it in Slack; we tested it once.",
    better="Turn off triage.enabled, roll back to the last release that passed; Platform on call, by pager.",
    marks=WARNS,
    reads=_texts_of(StopControl, IncidentPlan, SpendGuardrail),
)
def stopping_needs_no_luck(document: Document, today: str) -> Iterator[Hit]:
    for control in document.rows(StopControl):
        yield from _hits(control, document, WARNED)
    yield from _hits(document.only(IncidentPlan), document, WARNED)
    yield from _hits(document.only(SpendGuardrail), document, WARNED)


@rule(
    "WRD-05",
    109,
    step="stop",
    question="Which steps put it right, and who takes them?",
    why="What an action did is made good by steps that are written down, not by goodwill.",
    source="S3",
    weak="We'll sort it out with the customer.",
    better="Post the reversal entry with the same key, note it on the ticket, tell the customer.",
    marks=WARNS,
    over=CompensatingTransaction,
    reads=NAMES,
)
def compensations_are_steps(row: CompensatingTransaction, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(row, document, WARNED)


@rule(
    "WRD-06",
    11,
    12,
    140,
    step="boundary",
    question="What does it do, in verbs and objects, and what goes to a person?",
    why="A slogan or a maybe cannot be tested, and a boundary that cannot be tested does not hold.",
    source="S1",
    weak="Seamless customer support automation.",
    better="Classifies inbound billing tickets, drafts simple replies, routes refunds and fraud to people.",
    marks=ADVISES,
    reads=_texts_of(Workflow),
)
def the_boundary_is_plain(document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(document.only(Workflow), document, ADVISED)


@rule(
    "WRD-07",
    11,
    step="boundary",
    question="Which cases exactly does this line mean?",
    why="A line that two people read differently permits what one of them would not.",
    source="S1",
    weak="Billing stuff, where it makes sense.",
    better="Inbound billing tickets in English, up to L1.",
    marks=ADVISES,
    over=BoundaryLine,
    reads=NAMES,
)
def boundary_lines_are_plain(row: BoundaryLine, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(row, document, ADVISED)


@rule(
    "WRD-08",
    11,
    139,
    step="oversight",
    question="What exactly is approved, noticed and undone, and by whom?",
    why="What is vague on paper is decided by whoever is in a hurry.",
    source="S1 S3",
    weak="Somebody keeps an eye on it.",
    better="A clerk reads 59 replies a week; a wrong one is corrected with template S-3.",
    marks=ADVISES,
    over=Action,
    reads=NAMES,
)
def actions_are_plain(row: Action, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(row, document, ADVISED)


ELSEWHERE: tuple[type[Row], ...] = (
    ExceptionPath,
    IncidentPlan,
    System,
    LaunchBlocker,
    VendorCover,
    SeverityRule,
    ApprovalRule,
    EvaluationSuite,
    TrainingData,
    StageControl,
    Metric,
    ServiceLevel,
    KillCriterion,
)
"""Kinds with texts that no rule above gives advice on."""


@rule(
    "WRD-09",
    11,
    140,
    step="readiness",
    question="What do these words leave open?",
    why="What each reads in their own way is agreed by nobody.",
    source="S1",
    weak="Reviewed as needed, thresholds to be defined later.",
    better="Reviewed every Tuesday by Dana Abelard; below 8 %.",
    marks=ADVISES,
    reads=_texts_of(*ELSEWHERE),
)
def other_texts_are_plain(document: Document, today: str) -> Iterator[Hit]:
    for kind in ELSEWHERE:
        for row in document.rows(kind):
            yield from _hits(row, document, ADVISED)


@rule(
    "WRD-10",
    11,
    96,
    step="exceptions",
    question="What exactly may the reviewer do?",
    why="Authority that is not written down is asked for, and asking takes until Monday.",
    source="S1",
    weak="Whatever makes sense.",
    better="Settle the case, send it to another queue, or pause the action.",
    marks=ADVISES,
    over=ExceptionClass,
    reads=NAMES,
)
def reviewers_know_what_they_may_do(row: ExceptionClass, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(row, document, ADVISED)


def _hits(row: Row, document: Document, places: tuple[Wording, ...]) -> Iterator[Hit]:
    """One hit for a row, with every phrase in its fields of these kinds; it leads to the first of them."""
    found = phrases_by_field(document, row, places)
    if found:
        declared = fields_of(type(row))
        said = listed([_said(declared[name].label, phrase.words, phrase.what) for name, of in found for phrase in of])
        yield Hit(msg("{said}.", said=said), row.id, found[0][0])


def _said(label: str, words: str, what: Message) -> Message:
    return msg("{label}: “{words}” ({what})", label=msg(label), words=words, what=what)


RULES: tuple[Rule, ...] = (
    owners_are_named,
    destinations_are_places,
    exceptions_go_further_by_a_rule,
    stopping_needs_no_luck,
    compensations_are_steps,
    the_boundary_is_plain,
    boundary_lines_are_plain,
    actions_are_plain,
    other_texts_are_plain,
    reviewers_know_what_they_may_do,
)
"""Every rule about wording."""

CODES = frozenset(each.code for each in RULES)
"""The codes of the findings that say what the wording check shows beside a field."""
