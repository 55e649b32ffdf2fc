"""What the inspector says of the evidence, where each missing point leads, and how the table tells it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.edits.generic import add, remove, set_fields
from app.messages import Message, words
from app.model.change import StageControl
from app.model.exceptions import CoverageWindow
from app.model.oversight import Action, Evidence
from app.model.room import Agent
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.graduation import next_gate, progress
from app.policy.oversight import IN, ON, OUT, SHADOW
from app.workspace import Workspace
from tests.support.gates import harmed, named, passed, reviewed, without_evidence
from ui.steps.oversight.actions import DIAL, NAME
from ui.steps.oversight.deciding import evidence_words
from ui.steps.oversight.evidence_words import version_words
from ui.steps.oversight.missing import PLACES, place_of
from ui.steps.oversight.page import OversightPage
from ui.widgets.row_list import RowList


@pytest.fixture
def workspace(page: OversightPage) -> Workspace:
    return page.desk.workspace.workspace


def select(page: OversightPage, action: Action) -> None:
    page.table.setFocus()
    page.table.go_to(page.model.row_of(action.id) or 0)


def said_of(page: OversightPage, action: Action) -> str:
    select(page, action)
    return page.inspector_panel.earning.said().replace("\u00a0", " ")


def test_half_way_it_tells_bounds_needs_weeks_and_what_counts(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    without_evidence(workspace, action)
    workspace.run(set_fields(action.id, runs_per_week=10))
    reviewed(workspace, action, runs=59, unchanged=59, seeded=14, caught=14)
    workspace.run(add(Evidence, {"action": action.id, "behaviour_version": "an older one", "mode": IN, "runs": 300}))
    said = said_of(page, action)
    version = workspace.document.only(Agent).behaviour_version
    for part in (
        "Look after 100, 200 and 400 reviewed runs; pass with at most 0, 3 and 10 failures.",
        "Needs 41 more clean runs, about 5 weeks at this volume.",
        "59 reviewed runs, 0 failures",
        "Error at most 5.0 % (exact), limit 5 %",
        "Approval at least 95.6 % (Wilson)",
        "Seeded bad cases caught: 14 of 14",
        "Harmful errors: 0 in 59 runs (0 in 100 needed)",
        "Seen 1 Sep 2026 to 10 Nov 2026 (4 weeks with a month-end needed)",
        f"What counts: Version {version}, In the loop",
        "300 runs of other behaviour versions do not count",
        "look at 29 runs a week to notice 10 % failures, 59 for 5 %, 149 for 2 %",
        "Runs are not independent",
    ):
        assert part in said


def test_what_went_wrong_and_what_does_not_count_is_told(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    without_evidence(workspace, action)
    reviewed(workspace, action, runs=500, breaches=1, failed_stops=2)
    reviewed(workspace, action, runs=7, unchanged=7, from_day="2026-12-01", to_day="2026-12-02")
    said = said_of(page, action)
    for part in (
        "No number of clean runs is enough after this: change the behaviour and start again.",
        "Runs without an outcome, which do not count: 50",
        "Boundary breaches: 1; stops that failed: 2",
        "7 runs do not count, because their days are still to come",
    ):
        assert part in said
    (link, unknown) = page.inspector_panel.earning.links[:2]
    assert link.text() == "1 boundary breach and 2 stops that failed: change the behaviour and start again"
    assert unknown.text() == "Outcomes of reviewed runs that nobody gave: 50"


def test_the_weeks_of_the_gate_are_told_where_runs_come_fast(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    without_evidence(workspace, action)
    workspace.run(set_fields(action.id, runs_per_week=20_000))
    assert "clean runs; with the weeks that the gate asks for, about 4 weeks." in said_of(page, action)
    reviewed(workspace, action, from_day="2026-11-01", to_day="2026-11-20")
    assert "Enough runs. The points below are missing. The evidence takes about 2 weeks." in said_of(page, action)


def test_a_silent_failure_doubles_the_sample(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    workspace.run(set_fields(action.id, flags=(*action.flags, "silent_failure")))
    assert "look at 58 runs a week to notice 10 % failures, 118 for 5 %, 298 for 2 %" in said_of(page, action)


def test_where_nobody_has_to_watch_there_is_nothing_to_sample_and_nothing_to_take_back(
    page: OversightPage, workspace: Workspace
) -> None:
    assert "look at" not in said_of(page, named(workspace, "Read ticket"))
    assert page.inspector_panel.verdict.take_back.isHidden()
    merge = named(workspace, "Merge")
    workspace.run(set_fields(merge.id, current=ON, off_hours="queue"))
    assert "look at 29 runs a week" in said_of(page, merge)
    assert not page.inspector_panel.verdict.take_back.isHidden()


def test_too_little_volume_is_said_plainly(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    without_evidence(workspace, action)
    workspace.run(set_fields(action.id, runs_per_week=1))
    assert "This action will not earn autonomy at this volume." in said_of(page, action)


def test_a_passed_gate_asks_for_the_decision(page: OversightPage, workspace: Workspace) -> None:
    said = said_of(page, passed(workspace))
    assert "The gate is passed. It takes the decision of the Agent Product Owner." in said
    assert page.inspector_panel.earning.links == []
    assert page.inspector_panel.verdict.graduate.property("role") == "primary"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"current": ""}, "Choose a mode first"),
        ({"current": OUT, "reversibility": 0, "flags": ()}, "It has the least oversight that there is."),
        ({"flags": ("outside_boundary",)}, "It is not permitted, so it earns nothing."),
        ({"flags": ("legal_effect",), "current": IN}, "It never graduates, whatever the evidence."),
        ({"current": SHADOW}, "In shadow nothing is earned. It may start In the loop."),
        ({"reversibility": 3, "current": IN}, "It is at its floor: evidence earns no more."),
        (
            {"reversibility": 3, "data_sensitivity": 3, "current": IN},
            "It is below its floor, which no evidence moves: set it to In the loop, two approvers first.",
        ),
    ],
)
def test_without_a_gate_it_says_why(
    page: OversightPage, workspace: Workspace, values: dict[str, object], why: str
) -> None:
    action = named(workspace, "Send reply")
    workspace.run(set_fields(action.id, **values))
    assert why in said_of(page, action)
    assert page.inspector_panel.earning.bar.isHidden()


def test_stage_1a_keeps_every_action_in_shadow(page: OversightPage, workspace: Workspace) -> None:
    workspace.run(set_fields(workspace.document.only(Agent).id, stage="1a"))
    action = named(workspace, "Send reply")
    workspace.run(set_fields(action.id, current=SHADOW))
    assert "At this stage every action stays in shadow" in said_of(page, action)


def test_every_missing_point_but_time_leads_to_its_place(workspace: Workspace) -> None:
    """What `missing` says by words and what the policy says are held together here."""
    action = named(workspace, "Send reply")
    workspace.run(remove(*(row.id for row in workspace.document.rows(CoverageWindow))))
    for control in workspace.document.rows(StopControl):
        workspace.run(set_fields(control.id, last_tested="", rollback_target=""))
    for transaction in workspace.document.rows(CompensatingTransaction):
        workspace.run(set_fields(transaction.id, last_tested="2026-01-01"))
    workspace.run(set_fields(workspace.document.fixed(StageControl, "audit_review").id, rule="", person=None))
    without_evidence(workspace, action)
    in_loop = replace(action, current=IN)
    on_loop = replace(action, current=ON, reversibility=0, flags=())

    def missing(each: Action) -> dict[str, Message]:
        found = progress(workspace.document, each, "2026-11-21T03:00:00.000Z")
        assert found is not None
        return {point.id: point for point in found.missing}

    points = missing(in_loop) | missing(on_loop)
    found = next_gate(workspace.document, in_loop, "2026-11-21T03:00:00.000Z")
    assert found is not None
    for spoilt in (
        {"material": 50, "unchanged": 400},
        {"harmful": 1, "unchanged": 449},
        {"unchanged": 400},
        {"runs": found.looks[0] - 1, "unchanged": found.looks[0] - 1},
    ):
        without_evidence(workspace, action)
        reviewed(workspace, action, mode=IN, **spoilt)
        points |= missing(in_loop)
    assert len(points) == len(PLACES)
    for point in points.values():
        assert place_of(workspace.document, action, point) is not None, words(point)


def test_a_missing_point_opens_the_place_that_answers_it(
    qtbot: QtBot, page: OversightPage, workspace: Workspace
) -> None:
    action = passed(workspace)
    for control in workspace.document.rows(StopControl):
        workspace.run(set_fields(control.id, last_tested=""))
    select(page, action)
    (link, *_) = [each for each in page.inspector_panel.earning.links if "stop button" in each.text()]
    link.setFocus()
    with qtbot.waitSignal(page.desk.place_wanted) as wanted:
        QTest.keyClick(link, Qt.Key.Key_Return)
    step, row_id, field = wanted.args
    assert (step, field) == ("stop", "last_tested")
    assert workspace.document.get(StopControl, row_id) is not None


def test_missing_runs_lead_to_where_evidence_is_added(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    without_evidence(workspace, action)
    select(page, action)
    page.desk.place_wanted.connect(lambda step, row_id, field: page.reveal(row_id, field))
    link = next(each for each in page.inspector_panel.earning.links if "more clean runs" in each.text())
    link.click()
    focus = page.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Add Evidence"


def test_the_table_tells_progress_what_may_graduate_and_what_is_lost(page: OversightPage, workspace: Workspace) -> None:
    could, lost = passed(workspace), harmed(workspace)
    told = [
        str(page.model.index(page.model.row_of(action.id) or 0, NAME).data(Qt.ItemDataRole.AccessibleTextRole))
        for action in (could, lost)
    ]
    assert "May graduate to On" in told[0]
    assert "Lost its right: back to In" in told[1]
    without_evidence(workspace, could)
    cell = page.model.index(page.model.row_of(could.id) or 0, DIAL)
    assert page.model.standing(could).told() is None
    place = page.table.visualRect(cell)
    dial = page.table.dial_place(place, page.model.standing(could))
    assert page.table.dial_place(place, page.model.standing(lost)).top() < dial.top()


def test_l_and_c_go_to_what_is_lost_and_to_what_could_graduate(
    qtbot: QtBot, page: OversightPage, workspace: Workspace
) -> None:
    could, lost = passed(workspace), harmed(workspace)
    qtbot.waitUntil(lambda: not page.lost.isHidden())
    assert page.lost.text() == "! Lost its right: 1"
    assert page.could.text() == "✓ Could graduate: 1"
    QTest.keyClicks(page.table, "l")
    assert page.inspector_panel.action_id == lost.id
    QTest.keyClicks(page.table, "c")
    assert page.inspector_panel.action_id == could.id
    page.lost.setFocus()
    QTest.keyClick(page.lost, Qt.Key.Key_Space)
    assert page.inspector_panel.action_id == lost.id
    without_evidence(workspace, lost)
    qtbot.waitUntil(page.lost.isHidden)


def test_a_change_of_behaviour_empties_the_bar(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    assert "450 reviewed runs" in said_of(page, action)
    agent = workspace.document.only(Agent)
    workspace.run(set_fields(agent.id, behaviour_version="another one"))
    said = page.inspector_panel.earning.said()
    assert "450 runs of other behaviour versions do not count" in said
    assert "What counts: Version another one, In the loop: none yet" in said
    assert not page.model.standing(action).may_graduate


def test_the_bars_are_painted_in_every_look(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    select(page, action)
    bar = page.inspector_panel.earning.bar
    for look in ("light", "dark", "contrast"):
        page.desk.theme.use(look)
        image = bar.grab().toImage()
        assert image.pixelColor(5, 5).name() == page.desk.theme.colour("accent").name()


def test_a_version_that_is_a_bare_number_is_called_a_version(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    evidence = next(row for row in workspace.document.rows(Evidence) if row.action == action.id)
    workspace.run(set_fields(evidence.id, behaviour_version="1"))
    select(page, action)
    assert page.reveal(evidence.id, "runs")
    rows = page.inspector_panel.findChildren(RowList)
    heads = [item.head.title for each in rows for item in each.items.values() if item.row_id == evidence.id]
    assert heads == ["Version 1"]
    (named_one,) = (row for row in workspace.document.rows(Evidence) if row.id == evidence.id)
    told = words(evidence_words(named_one))
    assert told == "Version 1, 1 Sep 2026 to 10 Nov 2026"


@pytest.mark.parametrize(
    ("version", "said"), [("1", "Version 1"), ("Version 2", "Version 2"), ("", "An unnamed version")]
)
def test_a_version_is_named_once(version: str, said: str) -> None:
    assert words(version_words(version)) == said
