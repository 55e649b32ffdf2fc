"""What a map implies: drills, and the crosswalk to frameworks."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from app.commands.base import Commands, add_as_of, add_file, add_json, local, moment_of, read_project, say
from app.errors import NO
from app.messages import words
from app.model import vocabulary as v


def register(commands: Commands) -> None:
    drill = commands.add("drill", _drill, "Walk the map at a bad moment; 1 if a step has no answer.")
    add_file(drill)
    drill.add_argument(
        "--at", metavar="MOMENT", help=words("such as 2026-11-21T03:00; else the next Friday 16:37 and Saturday 03:00")
    )
    drill.add_argument(
        "--scenario", choices=[str(entry.value) for entry in v.SCENARIOS], help=words("one failure; else all four")
    )
    add_json(drill)
    add_as_of(drill, words("now"))

    crosswalk = commands.add(
        "crosswalk", _crosswalk, "Say what the map provides evidence toward, framework by framework."
    )
    add_file(crosswalk)
    add_json(crosswalk)
    add_as_of(crosswalk, words("now"))


def _drill(chosen: argparse.Namespace) -> int:
    from app.policy import drill

    document = read_project(chosen.file).document
    now = datetime.fromisoformat(moment_of(chosen.as_of, document))
    moments = [local(chosen.at, document)] if chosen.at is not None else list(drill.default_moments(document, now))
    scenarios = [chosen.scenario] if chosen.scenario else [str(entry.value) for entry in v.SCENARIOS]
    drills = [[drill.drill(document, at, scenario) for scenario in scenarios] for at in moments]
    if chosen.json:
        plain = [drill.as_plain(one, document) for together in drills for one in together]
        say(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        from app import showing

        for at, together in zip(moments, drills, strict=True):
            say("\n\n".join([showing.duty_lines(document, at), *map(showing.drill_lines, together)]) + "\n")
    return NO if any(one.gaps for together in drills for one in together) else 0


def _crosswalk(chosen: argparse.Namespace) -> int:
    from app import showing

    document = read_project(chosen.file).document
    as_of = moment_of(chosen.as_of, document)
    if chosen.json:
        say(json.dumps(showing.crosswalk_plain(document, as_of), ensure_ascii=False, indent=1))
    else:
        say(showing.crosswalk_lines(document, as_of))
    return 0
