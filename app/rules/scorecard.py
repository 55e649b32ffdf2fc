"""Rules about the scorecard: whose number it is, where it comes from, when it is looked at (domain.md 1.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from app.messages import msg
from app.model import vocabulary as v
from app.model.change import ApprovalRule
from app.model.document import Document
from app.model.exceptions import ExceptionPath
from app.model.room import Agent, Person
from app.model.scorecard import KillCriterion, Metric, Reading, Review, ReviewRhythm
from app.policy.days import in_words
from app.policy.due import next_review
from app.policy.limits import passed
from app.policy.metrics import UPTIME, family_of, is_deflection, usual_family
from app.policy.named import named_person
from app.policy.oversight import listed
from app.policy.statistics import approval_lower_bound
from app.rules.rule import Hit, Rule, about, listed_labels, part, place_in, rule
from app.rules.severity import ADVISES, WARNS

BALANCED = ("headline", "value", "customer", "cost")

PERCENTAGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")

RELATIVE = re.compile(r"%|\b(points?|percent|per cent|doubl|tripl|twice|half|third|quarter|times)", re.I)
SINCE = re.compile(r"\b(since|version|average|baseline|before|within|than|last)\b", re.I)
"""An alert is a change of so much, against something: the form that still fits after the next version (127)."""

ON_CALL = frozenset({"headline", "load", "cost"})
"""Families of the three on-call triggers: intervention rate, escalation spike, cost per task (110)."""


@rule(
    "SCO-01",
    122,
    step="scorecard",
    question="What do you measure?",
    why="Without a number the loudest opinion is the result.",
    source="S0 S1",
    weak="We will see whether it helps.",
    better="Intervention rate below 8 %, weekly, Dana Abelard.",
    reads=(Metric,),
)
def something_is_measured(document: Document, today: str) -> Iterator[Hit]:
    if not document.rows(Metric):
        yield Hit(msg("The scorecard is empty."), field="metric")


@rule(
    "SCO-02",
    122,
    step="scorecard",
    question="Whose number is it, from where, against what, how often?",
    why="A number without an owner, source, threshold and cadence is decoration.",
    source="S0 S1",
    weak="Satisfaction.",
    better="Reopen rate, Dana Abelard, from the ticket tool, below 6 %, weekly.",
    over=Metric,
    reads=(part(Person),),
)
def every_metric_is_complete(metric: Metric, document: Document, today: str) -> Iterator[Hit]:
    answered = {
        "owner": named_person(document, metric.owner) is not None,
        "source": bool(metric.source),
        "threshold": bool(metric.threshold),
        "cadence": bool(metric.cadence),
    }
    missing = [name for name, done in answered.items() if not done]
    if missing:
        labels = listed_labels(Metric, missing)
        yield Hit(msg("“{metric}” is open: {labels}.", metric=metric.name, labels=labels), metric.id, missing[0])


@rule(
    "SCO-03",
    137,
    123,
    124,
    step="scorecard",
    question="When do you look at performance, and at failures?",
    why="Numbers are read when there is a time for it, and failures are forgotten when there is none.",
    source="S1 S2",
    weak="When there is time.",
    better="Tuesdays at 10:00, performance and failures, led by Dana Abelard.",
    reads=(ReviewRhythm, part(Person)),
)
def a_rhythm_of_review(document: Document, today: str) -> Iterator[Hit]:
    rhythms = [row for row in document.rows(ReviewRhythm) if row.cadence and named_person(document, row.led_by)]
    if not rhythms:
        begun = next(iter(document.rows(ReviewRhythm)), None)
        detail = msg("No review has a cadence and somebody who leads it.")
        if begun is None:
            yield Hit(detail, field="review_rhythm")
        else:
            yield Hit(detail, begun.id, "led_by" if begun.cadence else "cadence")
        return
    covered = {row.covers for row in rhythms}
    for subject, detail in (
        ("performance", msg("No review looks at performance.")),
        ("failures", msg("No review looks at failures.")),
    ):
        if not covered.intersection({subject, "both"}):
            yield Hit(detail, rhythms[0].id, "covers")
            return
    if not any(row.covers in ("performance", "both") and row.cadence in ("daily", "weekly") for row in rhythms):
        yield Hit(msg("Performance is looked at less than once a week."), rhythms[0].id, "cadence")


@rule(
    "SCO-04",
    125,
    step="scorecard",
    question="It is up; is it any good?",
    why="An agent can be available all year and wrong all year.",
    source="S3",
    weak="Uptime of 99.9 %.",
    better="Intervention rate first, uptime last.",
    marks=WARNS,
    reads=(Metric,),
)
def not_only_uptime(document: Document, today: str) -> Iterator[Hit]:
    metrics = document.rows(Metric)
    if metrics and all(family_of(row) == UPTIME for row in metrics):
        yield Hit(msg("Every metric is about uptime, latency or attacks."), metrics[0].id, "name")


@rule(
    "SCO-05",
    115,
    121,
    step="scorecard",
    question="Which side of it does the scorecard not show?",
    why="Intervention rate says whether it is trusted; value, customers and cost say whether it is worth it.",
    source="S2 S3",
    weak="Deflection rate.",
    better="Intervention rate, then one metric each for value, customers and cost.",
    marks=WARNS,
    reconciles=(11,),
    reads=(Metric,),
)
def the_scorecard_is_balanced(document: Document, today: str) -> Iterator[Hit]:
    metrics = document.rows(Metric)
    families = {family_of(row) for row in metrics if row.family != "customer" or not is_deflection(row)}
    missing = {entry.value: msg(entry.label) for entry in v.METRIC_FAMILIES if entry.value in BALANCED}
    missing = {family: label for family, label in missing.items() if family not in families}
    if not missing or not families:
        return
    unsorted = next((row for row in metrics if not row.family and usual_family(row.name) in missing), None)
    if unsorted is None:
        detail = msg("The scorecard has nothing on: {families}.", families=listed([*missing.values()]))
        yield Hit(detail, field=Metric.spec.kind)
    else:
        label = missing[usual_family(unsorted.name)]
        detail = msg("“{metric}” has no family yet; it is usually “{family}”.", metric=unsorted.name, family=label)
        yield Hit(detail, unsorted.id, "family", question=msg("Which side of it does this metric show?"))


@rule(
    "SCO-06",
    143,
    step="scorecard",
    question="When do you look at this map again?",
    why="An agent is not set up once; what is true today is stale in a quarter.",
    source="S1",
    weak="When something changes.",
    better="By 19 February.",
    marks=ADVISES,
    reads=(Agent,),
    timed=True,
)
def the_map_is_reviewed(document: Document, today: str) -> Iterator[Hit]:
    agent = document.only(Agent)
    if not agent.review_by:
        yield Hit(msg("No date is set to review this map."), agent.id, "review_by")
    elif agent.review_by < today:
        yield Hit(msg("This map was to be reviewed by {day}.", day=in_words(agent.review_by)), agent.id, "review_by")


class _Read(NamedTuple):
    """One reading of a rate: the day, the percentage, and the runs that it is about."""

    on: str
    rate: Decimal
    runs: int

    @property
    def surely(self) -> float:
        """The percentage that it is at least, at 95 %: a few more corrections among few runs are chance."""
        return 100 * approval_lower_bound(min(round(self.rate * self.runs / 100), self.runs), self.runs)


@rule(
    "SCO-07",
    126,
    step="scorecard",
    question="What has changed, that people step in more often?",
    why="With more work people should step in as often or less; when the rate climbs with the volume it is outgrown.",
    source="S3",
    weak="More volume, more corrections; that is natural.",
    better="From 6.1 % of 262 runs to 4.3 % of 288: it may grow.",
    marks=WARNS,
    over=Metric,
    reads=about(Reading),
)
def the_headline_does_not_rise_with_volume(metric: Metric, document: Document, today: str) -> Iterator[Hit]:
    if metric.family != "headline":
        return
    read = _readings(document, metric)
    if len(read) < 2:
        return
    last = read[-1]
    before = next((each for each in reversed(read[:-1]) if each.runs < last.runs), None)
    if before is not None and last.surely > before.rate:
        yield Hit(
            msg(
                "“{metric}” rose from {before} % of {runs} runs ({day}) to {rate} % of {more} runs.",
                metric=metric.name,
                before=str(before.rate),
                runs=before.runs,
                day=in_words(before.on),
                rate=str(last.rate),
                more=last.runs,
            ),
            metric.id,
        )


def _readings(document: Document, metric: Metric) -> list[_Read]:
    """The readings of a metric that are a percentage of so many runs, by day."""
    found = []
    for row_id, _ in document.table(Reading.spec.kind).references.get(metric.id, ()):
        row = document.get(Reading, row_id)
        percentage = PERCENTAGE.search(row.value_read) if row is not None else None
        if row is not None and percentage is not None and row.on and row.runs:
            found.append(_Read(row.on, Decimal(percentage[1].replace(",", ".")), row.runs))
    return sorted(found)


@rule(
    "SCO-08",
    127,
    110,
    step="scorecard",
    question="At which change of the number does somebody wake up?",
    why="A fixed limit is wrong after the next version; a jump against the last one is news at any level.",
    source="S3",
    weak="Above 8 %.",
    better="30 % above the average since the last behaviour version.",
    marks=ADVISES,
    over=Metric,
    reads=(),
)
def alerts_are_changes(metric: Metric, document: Document, today: str) -> Iterator[Hit]:
    is_a_change = RELATIVE.search(metric.alert) and SINCE.search(metric.alert)
    if not metric.alert and metric.family == "headline":
        yield Hit(msg("“{metric}” has no alert.", metric=metric.name), metric.id, "alert")
    elif metric.alert and metric.family in ON_CALL and not is_a_change:
        yield Hit(
            msg("The alert of “{metric}” does not say a change against something.", metric=metric.name),
            metric.id,
            "alert",
        )


@rule(
    "SCO-09",
    129,
    step="scorecard",
    question="Which turn of the loop does nobody make?",
    why="Prompts, feedback, data and numbers age together; whichever is left alone drags the others down.",
    source="S0",
    weak="It is live, so it is done.",
    better="Prompts have an approver, exceptions a way back, articles a keeper, performance a Tuesday.",
    marks=ADVISES,
    reads=(
        part(ApprovalRule, "change", "approvers"),
        part(Person),
        part(ExceptionPath, "learning_loop"),
        part(ReviewRhythm, "covers", "cadence"),
    ),
)
def the_loop_is_closed(document: Document, today: str) -> Iterator[Hit]:
    path, rules = document.only(ExceptionPath), document.rows(ApprovalRule)
    tuned = [row for row in rules if row.change == "prompts"]
    curated = [row for row in rules if row.change in ("knowledge", "training_data")]
    watched = [row for row in document.rows(ReviewRhythm) if row.covers in ("performance", "both")]
    turns = (
        (bool(path.learning_loop), msg("bring feedback back"), path.id, "learning_loop"),
        (_approved(document, tuned), msg("tune the prompts"), *place_in(tuned, "approvers", "approval_rule")),
        (
            _approved(document, curated),
            msg("curate its data"),
            *place_in(curated, "approvers", "approval_rule"),
        ),
        (any(row.cadence for row in watched), msg("watch performance"), *place_in(watched, "cadence", "review_rhythm")),
    )
    missing = [(label, subject, field) for done, label, subject, field in turns if not done]
    if missing:
        _, subject, field = missing[0]
        yield Hit(msg("Nobody is set to: {turns}.", turns=listed([label for label, _, _ in missing])), subject, field)


def _approved(document: Document, rules: Sequence[ApprovalRule]) -> bool:
    """Whether any of these kinds of change has a named approver."""
    return any(named_person(document, approver) for rule in rules for approver in rule.approvers)


@rule(
    "SCO-10",
    137,
    124,
    step="scorecard",
    question="When was this review held last?",
    why="A review that was left out twice is not held any more; what it was to see is seen by nobody.",
    source="S1 S2",
    weak="We skip it when there is nothing.",
    better="Held on 17 November; the next one is on Tuesday.",
    marks=WARNS,
    over=ReviewRhythm,
    reads=about(Review),
    timed=True,
)
def reviews_are_held(rhythm: ReviewRhythm, document: Document, today: str) -> Iterator[Hit]:
    references = document.table(Review.spec.kind).references.get(rhythm.id, ())
    held = (document.get(Review, row_id) for row_id, _ in references)
    last = max((row.on for row in held if row is not None), default="")
    missed = next_review(rhythm.cadence, last) if last else ""
    if missed and next_review(rhythm.cadence, missed) < today:
        yield Hit(
            msg(
                "“{review}” was held last on {day}; at least two since then are missing.",
                review=rhythm.what,
                day=in_words(last),
            ),
            rhythm.id,
            "cadence",
        )


@rule(
    "SCO-12",
    89,
    step="scorecard",
    question="The number at which you wanted to act is passed: what do you do?",
    why="A limit that is passed without anybody acting is no limit any more, and the next one will not be either.",
    source="S1",
    weak="We will watch it for another month.",
    better="15 % was passed on Tuesday; Rosa Steiner narrowed it to simple questions on Wednesday.",
    marks=WARNS,
    over=KillCriterion,
    reads=(part(Metric, "name"), Reading),
)
def kill_criteria_are_kept(criterion: KillCriterion, document: Document, today: str) -> Iterator[Hit]:
    reading = passed(document, criterion)
    if reading is None:
        return
    detail = msg(
        "“{measure}” was {value} on {day}; the kill criterion is {limit}.",
        measure=criterion.measure or document.called(criterion.metric),
        value=reading.value_read,
        day=in_words(reading.on),
        limit=msg("{limit}, {lasting}", limit=criterion.limit, lasting=criterion.lasting)
        if criterion.lasting
        else criterion.limit,
    )
    yield Hit(detail, criterion.id, "limit")


RULES: tuple[Rule, ...] = (
    something_is_measured,
    every_metric_is_complete,
    a_rhythm_of_review,
    not_only_uptime,
    the_scorecard_is_balanced,
    the_map_is_reviewed,
    the_headline_does_not_rise_with_volume,
    alerts_are_changes,
    the_loop_is_closed,
    reviews_are_held,
    kill_criteria_are_kept,
)
