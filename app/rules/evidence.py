"""Rules about evidence: it adds up, it is of the past, and what went wrong in the loop is looked at (domain.md 3.5)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.document import Document
from app.model.oversight import Action, Evidence
from app.policy.days import in_words
from app.policy.evidence import accounted, adds_up, is_to_come, order_fits, repeated
from app.policy.revocation import harm_in_the_loop
from app.rules.revocation import RUNS, VERSION
from app.rules.rule import Hit, Rule, about, behind, rule
from app.rules.severity import WARNS


@rule(
    "REV-13",
    76,
    step="oversight",
    question="Who approved it, and what did they see?",
    why="Harm, a step over the boundary or a stop that fails ends the way to more autonomy; where a person had "
    "approved the run, the approval needs a look as well.",
    source="S3",
    weak="The approver was in a hurry.",
    better="Paused on Monday; the approval screen now shows the invoice beside the reply, in a new behaviour version.",
    marks=WARNS,
    over=Action,
    reads=(VERSION, *RUNS),
    timed=True,
)
def harm_in_the_loop_is_looked_at(action: Action, document: Document, today: str) -> Iterator[Hit]:
    happened = harm_in_the_loop(document, action, today)
    if happened is not None:
        yield Hit(msg("“{action}”: {happened}.", action=action.name, happened=happened), action.id, "current")


@rule(
    "REV-14",
    75,
    step="oversight",
    question="How did every one of these runs end?",
    why="A run whose outcome nobody kept may have failed; it earns nothing, and neither do the runs beside it.",
    source="S3",
    weak="100 runs, no complaints.",
    better="100 runs: 96 unchanged, 3 cosmetic, 1 rejected.",
    marks=WARNS,
    over=Evidence,
    reads=(behind(Action, "name"),),
)
def outcomes_add_up_to_runs(row: Evidence, document: Document, today: str) -> Iterator[Hit]:
    if adds_up(row):
        return
    name, runs, known = document.called(row.action), row.runs or 0, accounted(row)
    if known < runs:
        detail = msg(
            "Evidence for “{action}” has {runs} reviewed runs, and says how {known} of them ended.",
            action=name,
            runs=f"{runs:,}",
            known=f"{known:,}",
        )
    else:
        detail = msg("Evidence for “{action}” has more outcomes than its {runs} reviewed runs.", action=name, runs=runs)
    yield Hit(detail, row.id, "runs")


@rule(
    "REV-15",
    75,
    step="oversight",
    question="On which days were these runs?",
    why="Evidence is what was seen; of days to come nothing was, so it does not count.",
    source="S3",
    weak="Until the end of the year.",
    better="1 October to 14 November.",
    marks=WARNS,
    over=Evidence,
    reads=(behind(Action, "name"),),
    timed=True,
)
def evidence_is_about_the_past(row: Evidence, document: Document, today: str) -> Iterator[Hit]:
    if is_to_come(row, today):
        last, field = max((row.to_day, "to_day"), (row.from_day, "from_day"))
        yield Hit(
            msg(
                "Evidence for “{action}” goes on until {day}, which is still to come; it does not count yet.",
                action=document.called(row.action),
                day=in_words(last),
            ),
            row.id,
            field,
        )


@rule(
    "REV-16",
    75,
    step="oversight",
    question="Which of the two tells of these runs?",
    why="Runs that are counted twice make half the evidence look like all of it.",
    source="S3",
    weak="Pasted once more, to be sure.",
    better="One row for October, one for November; the first export is taken out.",
    marks=WARNS,
    over=Action,
    reads=about(Evidence),
)
def runs_count_once(action: Action, document: Document, today: str) -> Iterator[Hit]:
    for row in repeated(document, action):
        if row.from_day and row.to_day:
            detail = msg(
                "Evidence for “{action}” from {first} to {last} is about days that other evidence is about; only one "
                "of them counts.",
                action=action.name,
                first=in_words(row.from_day),
                last=in_words(row.to_day),
            )
        else:
            detail = msg("Evidence for “{action}” stands there twice; it counts once.", action=action.name)
        yield Hit(detail, row.id, "from_day")


@rule(
    "REV-17",
    75,
    step="oversight",
    question="What was really seen?",
    why="A row that contradicts itself was typed or added up wrongly, and nobody knows which half of it is true.",
    source="S3",
    weak="Something like 40 of 14.",
    better="14 seeded, 14 caught, from 1 September to 10 November.",
    marks=WARNS,
    over=Evidence,
    reads=(behind(Action, "name"),),
)
def evidence_does_not_contradict_itself(row: Evidence, document: Document, today: str) -> Iterator[Hit]:
    action, seeded, caught = document.called(row.action), row.seeded or 0, row.caught or 0
    if row.to_day and row.to_day < row.from_day:
        yield Hit(msg("Evidence for “{action}” ends before it begins.", action=action), row.id, "to_day")
    elif caught > seeded:
        yield Hit(
            msg(
                "Evidence for “{action}”: {caught} seeded cases were caught, of {seeded}.",
                action=action,
                caught=caught,
                seeded=seeded,
            ),
            row.id,
            "caught",
        )
    elif not order_fits(row):
        yield Hit(
            msg(
                "Evidence for “{action}”: the letters run by run do not fit the counts; only the counts are used.",
                action=action,
            ),
            row.id,
            "outcomes",
        )


RULES: tuple[Rule, ...] = (
    harm_in_the_loop_is_looked_at,
    outcomes_add_up_to_runs,
    evidence_is_about_the_past,
    runs_count_once,
    evidence_does_not_contradict_itself,
)
