"""The catalogue of rules, to be read."""

from __future__ import annotations

import argparse
import json

from app.commands.base import Commands, add_json, say
from app.messages import words


def register(commands: Commands) -> None:
    rules = commands.add("rules", _rules, "Print the rules: what each asks, why, and how much it weighs.")
    rules.add_argument("codes", nargs="*", metavar="CODE", help=words("such as OWN-03; all where none is given"))
    add_json(rules)


def _rules(chosen: argparse.Namespace) -> int:
    from app.rules import page

    found = page.chosen(chosen.codes)
    say(json.dumps(page.plain(found), ensure_ascii=False, indent=1) if chosen.json else page.lines(found))
    return 0
