"""Today is the day on the agent's clock: in the rules, the edits, what is due, exports and pasted evidence."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.cli import main
from app.edits.generic import add, set_fields
from app.edits.standing import promise
from app.errors import FieldFault
from app.evidence_text import read_evidence
from app.exporting import report_of
from app.model.commit import Commitment
from app.model.exceptions import CoverageWindow
from app.model.ids import Mint, instant
from app.model.oversight import Evidence
from app.model.room import Agent, Person
from app.policy.evidence import counted
from app.policy.windows import day_at
from app.report.model import Table
from app.rules.check import Checker
from app.rules.finding import Context
from app.store import files
from app.workspace import Workspace
from tests.support.builder import ProjectBuilder

PLACES = [
    ("Pacific/Auckland", "2026-11-20T12:00:00.000Z", "2026-11-21"),
    ("America/Los_Angeles", "2026-11-21T03:00:00.000Z", "2026-11-20"),
    ("", "2026-11-21T03:00:00.000Z", "2026-11-21"),
]
"""A zone, a moment, and the day that it is there: east of UTC it is tomorrow already, west of it still yesterday."""

places = pytest.mark.parametrize(("zone", "now", "today"), PLACES)


def beside(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def project(zone: str) -> ProjectBuilder:
    builder = ProjectBuilder()
    builder.agent(time_zone=zone)
    return builder


def minted(now: str) -> Mint:
    return Mint(now=lambda: instant(now))


@places
def test_a_day_stays_a_day_and_a_moment_is_told_where_the_agent_is(zone: str, now: str, today: str) -> None:
    document = project(zone).document
    assert day_at(document, now) == Context(now).today(document) == today
    assert day_at(document, today) == today


@places
def test_a_promise_may_be_for_today_and_counts_through_it(zone: str, now: str, today: str) -> None:
    builder = project(zone).stage("1b")
    ada = builder.person("Ada Lang")
    over = promise("CHG-01", "", what="Name them", who=ada.id, by_when=beside(today, -1))
    with pytest.raises(FieldFault, match="that day is over"):
        over(builder.document, minted(now))
    made = promise("CHG-01", "", what="Name them", who=ada.id, by_when=today)(builder.document, minted(now))
    assert made is not None
    promised_then = builder.document.apply(made)

    def promised(moment: str) -> bool:
        return any(each.committed for each in Checker().findings(promised_then, Context(moment)))

    tomorrow = (instant(now) + timedelta(days=1)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert promised(now)
    assert not promised(tomorrow)


@places
def test_evidence_of_today_counts_and_of_tomorrow_does_not(zone: str, now: str, today: str) -> None:
    builder = project(zone)
    action = builder.action("Refund", current="shadow")
    for day in (today, beside(today, 1)):
        builder.add(Evidence, action=action, mode="shadow", from_day=day, to_day=day, runs=5, unchanged=5)
    assert [row.to_day for row in counted(builder.document, action, now)] == [today]

    text = "action,from,to,runs,unchanged\nRefund,{day},{day},5,5\n"
    assert not read_evidence(builder.document, text.format(day=today), now).faults
    assert read_evidence(builder.document, text.format(day=beside(today, 1)), now).faults


@places
def test_hours_that_end_today_still_cover_in_the_rules_and_the_exports(zone: str, now: str, today: str) -> None:
    builder = project(zone)
    builder.window("interrupt", builder.person("Ada Lang"), "mon-sun", "00:00-24:00")
    builder.run(set_fields(builder.document.rows(CoverageWindow)[0].id, valid_to=today))
    builder.action("Refund", "32232", current="on_loop", off_hours="continue")

    def unwatched(moment: str) -> bool:
        return any(each.code == "COV-01" for each in Checker().findings(builder.document, Context(moment)))

    assert not unwatched(now)
    assert unwatched(f"{beside(today, 1)}T23:00:00.000Z")


@places
def test_the_report_and_the_command_say_what_is_overdue_by_that_day(
    zone: str, now: str, today: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.ownermap"
    assert main(["new", str(path), "--template", "empty"]) == 0
    with files.open_for_editing(path) as opened:
        workspace = Workspace(opened.project, opened)
        workspace.run(set_fields(workspace.document.only(Agent).id, time_zone=zone))
        workspace.run(add(Person, {"name": "Ada Lang"}))
        who = workspace.document.rows(Person)[0].id
        for what, day in (("yesterday's", beside(today, -1)), ("today's", today)):
            workspace.run(add(Commitment, {"code": "CHG-01", "what": what, "who": who, "by_when": day}))
    capsys.readouterr()
    assert main(["due", str(path), "--as-of", now, "--json"]) == 0
    overdue = {each["on"]: each["overdue"] for each in json.loads(capsys.readouterr().out) if each["on"]}
    assert (overdue[beside(today, -1)], overdue[today]) == (True, False)

    section = next(each for each in report_of(files.read(path), moment=now).sections if each.id == "readiness")
    due = next(block for block in section.blocks if isinstance(block, Table) and block.key == "due_next")
    assert [row[1].value for row in due.rows if row[4].value == "Ada Lang"] == ["overdue", ""]
