"""Rules about what was changed and what was tested: each change as its class asks, each test a thing of the past
(domain.md 1.4: 58, 59, 67)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.change import ApprovalRule, Change, EvaluationSuite
from app.model.document import Document
from app.model.room import Person
from app.policy.change_log import lack_of
from app.policy.days import in_words
from app.rules.rule import Hit, Rule, part, rule
from app.rules.severity import WARNS


@rule(
    "CHG-18",
    58,
    59,
    67,
    step="change",
    question="Who said yes to this change, and what did the suite say?",
    why="Rules for a change are kept or broken in the log; a change that went round them is where the drift begins.",
    source="S1 S3",
    weak="The vendor widened it on Friday.",
    better="2 November: approved by Dana Abelard, 401 of 420 cases right.",
    marks=WARNS,
    over=Change,
    reads=(ApprovalRule, part(EvaluationSuite, "standing", "gates"), part(Person, "name", "side")),
)
def changes_were_made_as_agreed(change: Change, document: Document, today: str) -> Iterator[Hit]:
    lack = lack_of(document, change)
    if lack is None:
        return
    what = change.what or msg("A change without a name")
    detail = (
        msg("“{what}” of {day}: {lack}.", what=what, day=in_words(change.on), lack=lack.what)
        if change.on
        else msg("“{what}”: {lack}.", what=what, lack=lack.what)
    )
    yield Hit(detail, change.id, lack.field)


@rule(
    "CHG-19",
    59,
    step="change",
    question="On which day did the suite run?",
    why="A result is something that was seen; of a day to come nothing was, so it does not count.",
    source="S3",
    weak="Run on 1 March, once it is ready.",
    better="18 November: 403 of 420 cases right.",
    marks=WARNS,
    over=EvaluationSuite,
    reads=(),
    timed=True,
)
def suites_ran_in_the_past(suite: EvaluationSuite, document: Document, today: str) -> Iterator[Hit]:
    if suite.last_run > today:
        yield Hit(
            msg(
                "The last run of “{suite}” is dated {day}, which is still to come; it does not count yet.",
                suite=suite.name,
                day=in_words(suite.last_run),
            ),
            suite.id,
            "last_run",
        )


RULES: tuple[Rule, ...] = (changes_were_made_as_agreed, suites_ran_in_the_past)
