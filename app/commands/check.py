"""What is open before a sign-off, and what stands beside it: findings as lines and as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from app.commands.base import Commands, add_as_of, add_file, add_json, moment_of, read_project, say_either
from app.errors import NO
from app.messages import Param, msg, number_of, words
from app.model import vocabulary as v

if TYPE_CHECKING:
    from app.model.document import Document
    from app.rules.finding import Finding

_STEPS = {str(entry.value): entry.label for entry in v.STEPS}


def register(commands: Commands) -> None:
    check = commands.add(
        "check", _check, "List the findings; 1 if something blocks that sign-off, or a rule could not be checked."
    )
    add_file(check)
    check.add_argument(
        "--level", choices=("design", "launch"), default="design", help=words("which sign-off is asked for (design)")
    )
    check.add_argument(
        "--stage",
        choices=[str(entry.value) for entry in v.STAGES],
        help=words("check as if the agent were at this stage"),
    )
    add_json(check)
    add_as_of(check, words("now"))


def _check(chosen: argparse.Namespace) -> int:
    from app.model.room import Agent
    from app.rules.check import Checker, blocking, unchecked
    from app.rules.finding import Context
    from app.rules.stages import at_stage

    document = read_project(chosen.file).document
    if chosen.stage:
        document = at_stage(document, chosen.stage)
    as_of = moment_of(chosen.as_of, document)
    findings = Checker().findings(document, Context(as_of, chosen.level))
    blocks, failed = len(blocking(findings)), len(unchecked(findings))
    plain = {
        "level": chosen.level,
        "stage": document.only(Agent).stage,
        "as_of": as_of,
        "blocks": blocks,
        "unchecked": failed,
        "findings": [_plain(document, finding) for finding in findings],
    }
    say_either(chosen, plain, _lines(document, findings, chosen))
    return NO if blocks or failed else 0


def _lines(document: Document, findings: Sequence[Finding], chosen: argparse.Namespace) -> Iterator[str]:
    """A finding a line with its step, then what it comes to."""
    from app.rules.promises import standing

    steps = [words(_STEPS[finding.step]) for finding in findings]
    width = max(map(len, steps), default=0)
    for finding, step in zip(findings, steps, strict=True):
        beside = "; ".join(map(words, standing(document, finding)))
        open_point = f"{words(finding.question)} {words(finding.detail)}" + (f" ({beside})" if beside else "")
        yield f"{finding.severity.value:<8} {finding.code:<7} {step:<{width}}  {open_point}"
    if chosen.stage:
        yield words(msg("This is checked as if the agent were at stage {stage}.", stage=chosen.stage))
    yield _summary(findings, chosen.level)


def _summary(findings: Sequence[Finding], level: str) -> str:
    """How many points are open, and how many of them block; what somebody accepted is counted by itself. A rule that
    failed leaves it open whether something blocks."""
    from app.rules.check import unchecked
    from app.rules.tally import tally

    counted, failed = tally(findings), len(unchecked(findings))
    told: dict[str, Param] = {"level": level, "all": counted.open - failed, "warnings": counted.warnings_said()}
    if counted.blockers:
        said = number_of(
            counted.blockers,
            "1 open point blocks the {level} sign-off. Open points: {all}; {warnings}.",
            "{count} open points block the {level} sign-off. Open points: {all}; {warnings}.",
            **told,
        )
    elif failed:
        said = msg("Nothing that could be checked blocks the {level} sign-off. Open points: {all}.", **told)
    else:
        said = msg("Nothing blocks the {level} sign-off. Open points: {all}; {warnings}.", **told)
    if counted.accepted:
        said = msg("{said} Accepted: {accepted}.", said=said, accepted=counted.accepted)
    if failed:
        said = msg("{said} Rules that could not be checked: {failed}.", said=said, failed=failed)
    return words(said)


def _plain(document: Document, finding: Finding) -> dict[str, Any]:
    from app.model.commit import AcceptedRisk, Commitment
    from app.rules.sources import source_titles
    from app.showing import called

    risk = document.get(AcceptedRisk, finding.accepted)
    promise = document.get(Commitment, finding.committed)
    return {
        "code": finding.code,
        "ids": list(finding.ids),
        "severity": finding.severity.value,
        "step": finding.step,
        "place": words(_STEPS[finding.step]),
        "subject": finding.subject,
        "about": called(document, finding.subject),
        "field": finding.field,
        "question": words(finding.question),
        "detail": words(finding.detail),
        "why": words(finding.why),
        "sources": list(source_titles(finding.source)),
        "accepted": {"who": document.called(risk.who), "until": risk.expiry, "why": risk.why} if risk else None,
        "committed": {"who": document.called(promise.who), "by_when": promise.by_when} if promise else None,
    }
