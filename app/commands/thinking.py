"""What a map implies: findings, drills, the crosswalk."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from app.commands.base import Commands, add_as_of, add_file, add_json, local, moment_of, read_project, say
from app.errors import NO
from app.messages import msg, words
from app.model import vocabulary as v


def register(commands: Commands) -> None:
    check = commands.add("check", _check, "List the findings; 1 if something blocks that sign-off.")
    add_file(check)
    check.add_argument("--level", choices=("design", "launch"), default="design")
    check.add_argument(
        "--stage",
        choices=[str(entry.value) for entry in v.STAGES],
        help=words("check as if the agent were at this stage"),
    )
    add_json(check)
    add_as_of(check, words("now"))

    drill = commands.add("drill", _drill, "Walk the map at a bad moment; 1 if a step has no answer.")
    add_file(drill)
    drill.add_argument("--at", default="", metavar="MOMENT", help=words("such as 2026-11-21T03:00"))
    drill.add_argument("--scenario", choices=[str(entry.value) for entry in v.SCENARIOS])
    add_json(drill)
    add_as_of(drill, words("now"))

    crosswalk = commands.add(
        "crosswalk", _crosswalk, "Say what the map provides evidence toward, framework by framework."
    )
    add_file(crosswalk)
    add_json(crosswalk)
    add_as_of(crosswalk, words("now"))


def _check(chosen: argparse.Namespace) -> int:
    from app.rules.check import Checker
    from app.rules.finding import Context
    from app.rules.stages import at_stage

    document = read_project(chosen.file).document
    if chosen.stage:
        document = at_stage(document, chosen.stage)
    findings = Checker().findings(document, Context(moment_of(chosen.as_of, document), chosen.level))
    if chosen.json:
        plain = [
            {
                "code": f.code,
                "severity": f.severity.value,
                "step": f.step,
                "subject": f.subject,
                "field": f.field,
                "question": words(f.question),
                "detail": words(f.detail),
                "accepted": bool(f.accepted),
                "committed": bool(f.committed),
            }
            for f in findings
        ]
        say(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        for f in findings:
            mark = words(" (accepted)") if f.accepted else words(" (promised)") if f.committed else ""
            say(f"{f.severity.value:<8} {f.code:<7} {words(f.question)} {words(f.detail)}{mark}")
        if chosen.stage:
            say(words(msg("This is checked as if the agent were at stage {stage}.", stage=chosen.stage)))
        say(_check_summary(sum(f.blocks for f in findings), len(findings), chosen.level))
    return NO if any(f.blocks for f in findings) else 0


def _check_summary(blocking: int, count: int, level: str) -> str:
    if blocking:
        return words(
            msg("{blocking} of {count} points block the {level} sign-off.", blocking=blocking, count=count, level=level)
        )
    return words(msg("Nothing blocks the {level} sign-off; {count} points are open.", count=count, level=level))


def _drill(chosen: argparse.Namespace) -> int:
    from app.policy import drill

    document = read_project(chosen.file).document
    now = datetime.fromisoformat(moment_of(chosen.as_of, document))
    moments = [local(chosen.at, document)] if chosen.at else list(drill.default_moments(document, now))
    scenarios = [chosen.scenario] if chosen.scenario else [str(entry.value) for entry in v.SCENARIOS]
    drills = [drill.drill(document, at, scenario) for at in moments for scenario in scenarios]
    if chosen.json:
        say(json.dumps([drill.as_plain(one, document) for one in drills], ensure_ascii=False, indent=1))
    else:
        from app import showing

        for at in moments:
            told = [showing.drill_lines(one) for one in drills if one.moment == at]
            say("\n\n".join([showing.duty_lines(document, at), *told]) + "\n")
    return NO if any(one.gaps for one in drills) else 0


def _crosswalk(chosen: argparse.Namespace) -> int:
    from app import showing

    document = read_project(chosen.file).document
    as_of = moment_of(chosen.as_of, document)
    if chosen.json:
        say(json.dumps(showing.crosswalk_plain(document, as_of), ensure_ascii=False, indent=1))
    else:
        say(showing.crosswalk_lines(document, as_of))
    return 0
