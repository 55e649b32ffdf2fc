"""Rules about the scorecard: whose number it is, where it comes from, when it is looked at (domain.md 1.9)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model import vocabulary as v
from app.model.document import Document
from app.model.fields import fields_of
from app.model.room import Agent, Person
from app.model.scorecard import Metric, ReviewRhythm
from app.policy.days import in_words
from app.policy.oversight import listed
from app.rules.rule import Hit, Rule, rule
from app.rules.severity import ADVISES, WARNS

BALANCED = ("headline", "value", "customer", "cost")


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
    reads=(Person,),
)
def every_metric_is_complete(metric: Metric, document: Document, today: str) -> Iterator[Hit]:
    answered = {
        "owner": document.get(Person, metric.owner) is not None,
        "source": bool(metric.source),
        "threshold": bool(metric.threshold),
        "cadence": bool(metric.cadence),
    }
    missing = [name for name, done in answered.items() if not done]
    if missing:
        labels = listed([msg(fields_of(Metric)[name].label) for name in missing])
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
    reads=(ReviewRhythm, Person),
)
def a_rhythm_of_review(document: Document, today: str) -> Iterator[Hit]:
    rhythms = [row for row in document.rows(ReviewRhythm) if row.cadence and document.get(Person, row.led_by)]
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
    if metrics and all(row.family == "uptime" for row in metrics):
        yield Hit(msg("Every metric is about uptime."), metrics[0].id, "family")


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
    reads=(Metric,),
)
def the_scorecard_is_balanced(document: Document, today: str) -> Iterator[Hit]:
    families = {row.family for row in document.rows(Metric)}
    missing = [
        msg(entry.label) for entry in v.METRIC_FAMILIES if entry.value in BALANCED and entry.value not in families
    ]
    if missing and families:
        yield Hit(msg("The scorecard has nothing on: {families}.", families=listed(missing)))


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


RULES: tuple[Rule, ...] = (
    something_is_measured,
    every_metric_is_complete,
    a_rhythm_of_review,
    not_only_uptime,
    the_scorecard_is_balanced,
    the_map_is_reviewed,
)
