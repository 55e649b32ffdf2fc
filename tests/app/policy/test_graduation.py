"""Graduation: the statistics against the published table, and what stands between an action and the next mode."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.model.change import StageControl
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.fields import Value
from app.model.ids import Mint
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.room import Agent, Person
from app.model.row import Row, with_fields
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.evidence import Totals, totals_of
from app.policy.graduation import (
    TO_ON,
    TO_ON_AT_SEVERITY_2,
    TO_OUT,
    Gate,
    clean_runs_needed,
    earned,
    progress,
    rubber_stamp,
    seeded_needed,
    weekly_sample,
    weeks_needed,
    weeks_to_span,
)

AS_OF = "2026-11-21T03:00:00.000Z"
ACTION = Action(
    id="action",
    name="Close a ticket",
    reversibility=1,
    blast_radius=1,
    external_visibility=1,
    cost=0,
    data_sensitivity=1,
    flags=("writes_sor",),
    current="in_loop",
    off_hours="queue",
    undo="Open it again",
    runs_per_week=50,
)
STOP = StopControl(id="stop", where="Console", stops_new_work=True, rollback_target="v1", last_tested="2026-11-01")
EVIDENCE = Evidence(
    id="evidence",
    action="action",
    behaviour_version="v2",
    mode="in_loop",
    from_day="2026-10-01",
    to_day="2026-11-14",
    runs=120,
    unchanged=118,
    cosmetic=2,
    seeded=14,
    caught=14,
)


WATCHER = Person(id="watcher", name="Ada Arndt")
WATCH = CoverageWindow(
    id="watch", duty="interrupt", holder="watcher", weekdays=("mon", "tue", "wed"), start="09:00", end="17:00"
)


def document(*rows: Row, **agent: Value) -> Document:
    start = Document.empty(Mint())
    said = with_fields(start.only(Agent), {"stage": "2", "behaviour_version": "v2", **agent})
    given = {row.id for row in rows}
    rest = [row for row in (*start, WATCHER, WATCH) if row.id not in {said.id, *given}]
    return Document.of("p", [*rest, said, *rows])


def test_the_looks_are_those_of_the_table() -> None:
    assert TO_ON.looks == (100, 200, 400)
    assert TO_ON_AT_SEVERITY_2.looks == (250, 500, 1000)
    assert TO_OUT.looks == (500, 1000, 2000)


@pytest.mark.parametrize(
    ("runs", "failures", "needed"),
    [(0, 0, 100), (59, 0, 41), (100, 0, 0), (100, 1, 100), (200, 3, 0), (200, 4, 200), (400, 10, 0), (400, 11, None)],
)
def test_the_clean_runs_that_are_still_needed(runs: int, failures: int, needed: int | None) -> None:
    assert clean_runs_needed(TO_ON, Totals(runs=runs, failures=failures)) == needed


def test_time_to_evidence() -> None:
    assert (weeks_needed(59, 5), weeks_needed(59, 50), weeks_needed(59, None), weeks_needed(None, 5)) == (
        12,
        2,
        None,
        None,
    )


def test_the_weekly_sample_doubles_where_it_can_fail_silently() -> None:
    assert [weekly_sample(ACTION, limit) for limit in (10, 5, 2)] == [29, 59, 149]
    assert weekly_sample(replace(ACTION, flags=("silent_failure",))) == 118


def test_enough_evidence_and_drilled_wiring_pass_the_gate() -> None:
    found = progress(document(ACTION, STOP, EVIDENCE), ACTION, AS_OF)
    assert found is not None
    assert (found.gate, found.clean_runs_needed, found.missing) == (TO_ON, 0, ())
    assert found.error_bound is not None
    assert found.error_bound < 0.05
    assert earned(document(ACTION, STOP, EVIDENCE), ACTION, AS_OF) == "on_loop"


@pytest.mark.parametrize(
    ("evidence", "missing"),
    [
        ({"runs": 59}, ["41 more clean runs"]),
        ({"material": 1}, ["80 more clean runs"]),
        ({"overridden": 6, "rejected": 5}, ["More than 10 failures: change the behaviour and start again"]),
        ({"harmful": 1}, ["1 harmful error: change the behaviour and start again"]),
        (
            {"harmful": 2, "breaches": 1},
            ["2 harmful errors and 1 boundary breach: change the behaviour and start again"],
        ),
        ({"breaches": 2}, ["2 boundary breaches: change the behaviour and start again"]),
        ({"failed_stops": 1}, ["1 stop that failed: change the behaviour and start again"]),
        ({"runs": 400}, ["Outcomes of reviewed runs that nobody gave: 280"]),
        ({"runs": 500, "unchanged": 398}, ["Outcomes of reviewed runs that nobody gave: 100"]),
        (
            {"unchanged": None, "cosmetic": None},
            ["100 more clean runs", "Outcomes of reviewed runs that nobody gave: 120"],
        ),
        ({"unchanged": 97}, ["1 more clean run", "Outcomes of reviewed runs that nobody gave: 21"]),
        ({"from_day": "2026-10-20"}, ["Evidence over 4 weeks with a month-end"]),
        ({"from_day": "2026-09-01", "to_day": "2026-09-29"}, ["Evidence over 4 weeks with a month-end"]),
        ({"caught": 13}, ["8 more seeded bad cases caught: proof that reviewers catch 80 %"]),
        ({"seeded": None, "caught": None}, ["14 more seeded bad cases caught: proof that reviewers catch 80 %"]),
    ],
)
def test_what_the_evidence_lacks_is_said(evidence: dict[str, Value], missing: list[str]) -> None:
    rows = document(ACTION, STOP, with_fields(EVIDENCE, evidence))
    found = progress(rows, ACTION, AS_OF)
    assert found is not None
    assert [words(each) for each in found.missing] == missing
    assert earned(rows, ACTION, AS_OF) == "in_loop"


def test_evidence_counts_for_the_present_behaviour_and_mode_only() -> None:
    for other in ({"behaviour_version": "v1"}, {"mode": "shadow"}):
        found = progress(document(ACTION, STOP, with_fields(EVIDENCE, other)), ACTION, AS_OF)
        assert found is not None
        assert found.totals == Totals()
        assert found.error_bound is None


def test_a_drill_of_long_ago_is_missing_but_takes_back_nothing_that_was_earned() -> None:
    old = document(ACTION, with_fields(STOP, {"last_tested": "2026-01-01"}), EVIDENCE)
    found = progress(old, ACTION, AS_OF)
    assert found is not None
    assert [words(each) for each in found.missing] == [
        "A stop button drilled in the last 90 days",
        "A rollback target drilled in the last 90 days",
    ]
    assert found.unearned == ()
    assert earned(old, ACTION, AS_OF) == "on_loop"


def test_nothing_to_earn_at_the_floor_or_in_the_shadow() -> None:
    legal = replace(ACTION, flags=("legal_effect",))
    assert progress(document(legal, STOP), legal, AS_OF) is None
    for mode in ("shadow", "on_loop", "out_of_loop", "not_permitted", ""):
        set_so = replace(ACTION, current=mode)
        assert progress(document(set_so, STOP), set_so, AS_OF) is None


def test_severity_two_takes_more_runs_and_a_second_approver() -> None:
    severe = replace(ACTION, cost=2)
    found = progress(document(severe, STOP, EVIDENCE), severe, AS_OF)
    assert found is not None
    assert (found.gate, found.gate.second_approver, found.clean_runs_needed) == (TO_ON_AT_SEVERITY_2, True, 130)


def missing(*rows: Row, action: Action = ACTION, as_of: str = AS_OF) -> list[str]:
    found = progress(document(action, *rows), action, as_of)
    assert found is not None
    return [words(each) for each in found.missing]


@pytest.mark.parametrize(
    ("gate", "seeded", "caught", "needed"),
    [
        (TO_ON, 0, 0, 14),
        (TO_ON, 14, 14, 0),
        (TO_ON, 14, 13, 8),
        (TO_OUT, 0, 0, 29),
        (TO_OUT, 29, 29, 0),
        (TO_OUT, 29, 28, 17),
    ],
)
def test_the_seeded_cases_that_must_still_be_caught(gate: Gate, seeded: int, caught: int, needed: int) -> None:
    assert seeded_needed(gate, Totals(seeded=seeded, caught=caught)) == needed
    assert seeded_needed(gate, Totals(seeded=seeded + needed, caught=caught + needed)) == 0


@pytest.mark.parametrize(
    ("seen", "per_week", "weeks"),
    [
        # 100 runs take an hour at this volume, and the gate still asks for four weeks with a month-end.
        ({}, 20_000, 4),
        (
            {
                "runs": 120,
                "unchanged": 120,
                "seeded": 14,
                "caught": 14,
                "from_day": "2026-11-01",
                "to_day": "2026-11-20",
            },
            50,
            2,
        ),
        (
            {
                "runs": 120,
                "unchanged": 120,
                "seeded": 14,
                "caught": 14,
                "from_day": "2026-10-01",
                "to_day": "2026-11-20",
            },
            50,
            0,
        ),
        # Only seeded cases are missing, and they come no faster than runs do.
        ({"runs": 120, "unchanged": 120, "from_day": "2026-10-01", "to_day": "2026-11-20"}, 5, 3),
        # The evidence ended before a month-end; one more run today closes the gap.
        (
            {
                "runs": 120,
                "unchanged": 120,
                "seeded": 14,
                "caught": 14,
                "from_day": "2026-10-01",
                "to_day": "2026-10-02",
            },
            50,
            1,
        ),
        ({"runs": 20, "unchanged": 20, "from_day": "2026-11-01", "to_day": "2026-11-20"}, 5, 16),
        ({"runs": 20, "unchanged": 20}, None, None),
    ],
)
def test_it_takes_the_longest_of_runs_seeded_cases_and_weeks(
    seen: dict[str, Value], per_week: int | None, weeks: int | None
) -> None:
    action = replace(ACTION, runs_per_week=per_week)
    evidence = Evidence(id="evidence", action="action", behaviour_version="v2", mode="in_loop")
    found = progress(document(action, STOP, with_fields(evidence, seen)), action, AS_OF)
    assert found is not None
    assert found.weeks_needed == weeks


@given(
    st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    st.integers(0, 200),
    st.sampled_from([TO_ON, TO_OUT]),
)
def test_after_the_weeks_that_it_says_the_evidence_covers_the_gate(first: date, days: int, gate: Gate) -> None:
    today = first + timedelta(days=days)
    seen = Totals(runs=1, first_day=first.isoformat(), last_day=today.isoformat())
    left = weeks_to_span(gate, seen, today.isoformat())
    then = (today + timedelta(weeks=left)).isoformat()
    assert weeks_to_span(gate, seen._replace(last_day=then), then) == 0
    if left > 1:
        sooner = (today + timedelta(weeks=left - 1) - timedelta(days=1)).isoformat()
        assert weeks_to_span(gate, seen._replace(last_day=sooner), sooner) > 0


def test_evidence_of_a_time_to_come_does_not_count_until_it_has_passed() -> None:
    later = with_fields(EVIDENCE, {"to_day": "2026-12-01"})
    rows = document(ACTION, STOP, later)
    assert totals_of(rows, ACTION, "in_loop", AS_OF) == Totals()
    assert earned(rows, ACTION, AS_OF) == "in_loop"
    assert earned(rows, ACTION, "2026-12-01") == "on_loop"


def test_time_to_evidence_that_is_too_long() -> None:
    rare, often = replace(ACTION, runs_per_week=3), replace(ACTION, runs_per_week=4)
    slow, fast = (progress(document(each, STOP), each, AS_OF) for each in (rare, often))
    assert slow is not None
    assert fast is not None
    assert (slow.weeks_needed, slow.too_slow) == (34, True)
    assert (fast.weeks_needed, fast.too_slow) == (25, False)


def test_on_the_loop_takes_somebody_who_can_interrupt_whenever_it_runs() -> None:
    short = "Somebody on duty to interrupt whenever it runs"
    assert missing(STOP, EVIDENCE) == []
    assert missing(STOP, EVIDENCE, action=replace(ACTION, off_hours="continue")) == [short]
    assert missing(STOP, EVIDENCE, with_fields(WATCH, {"holder": None})) == [short]
    assert missing(STOP, EVIDENCE, with_fields(WATCH, {"valid_to": "2026-11-01"})) == [short]
    every_day = {"weekdays": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "start": "00:00", "end": "00:00"}
    assert missing(STOP, EVIDENCE, with_fields(WATCH, every_day), action=replace(ACTION, off_hours="continue")) == []


def test_a_compensable_action_takes_a_tested_compensation() -> None:
    action = replace(ACTION, reversibility=2)
    made_good = CompensatingTransaction(id="c", action="action", steps="Reopen and tell", owner="watcher")
    lately, long_ago = ({"last_tested": day} for day in ("2026-11-01", "2026-08-01"))
    short = "Its compensating transaction tested in the last 90 days"
    assert missing(STOP, EVIDENCE, with_fields(made_good, lately), action=action) == []
    assert missing(STOP, EVIDENCE, with_fields(made_good, long_ago), action=action) == [short]


def test_out_of_the_loop_takes_a_tested_compensation_an_audit_and_longer_evidence() -> None:
    action = replace(ACTION, flags=(), current="on_loop")
    seen = {"mode": "on_loop", "runs": 500, "unchanged": 498, "seeded": 29, "caught": 29, "from_day": "2026-09-15"}
    evidence = with_fields(EVIDENCE, seen)
    assert missing(STOP, evidence, action=action) == [
        "Its compensating transaction tested in the last 90 days",
        "A sampled audit with a rule and a name, about 299 runs a week",
    ]
    assert "Evidence over 8 weeks with a month-end" in missing(
        STOP, with_fields(evidence, {"from_day": "2026-09-21"}), action=action
    )
    start = Document.empty(Mint())
    audit = with_fields(start.fixed(StageControl, "audit_review"), {"rule": "300 a week", "person": "watcher"})
    made_good = CompensatingTransaction(
        id="c", action="action", steps="Reopen it", owner="watcher", last_tested="2026-11-01"
    )
    said = with_fields(start.only(Agent), {"stage": "2", "behaviour_version": "v2"})
    rest = [row for row in start if row.id not in (audit.id, said.id)]
    whole = Document.of("p", [*rest, said, audit, WATCHER, WATCH, action, STOP, evidence, made_good])
    found = progress(whole, action, AS_OF)
    assert found is not None
    assert found.missing == ()


def test_a_revocation_sets_the_counters_back_and_nothing_graduates_for_14_days() -> None:
    back = GraduationDecision(
        id="d", action="action", direction="revoke", from_mode="on_loop", to_mode="in_loop", decided_on="2026-11-10"
    )
    assert missing(STOP, EVIDENCE, back) == [
        "Wait until 24 Nov 2026 after it was revoked",
        "100 more clean runs",
        "Evidence over 4 weeks with a month-end",
        "14 more seeded bad cases caught: proof that reviewers catch 80 %",
    ]
    assert missing(STOP, EVIDENCE, back, as_of="2026-11-24T00:00:00.000Z")[0] == "100 more clean runs"
    assert earned(document(ACTION, STOP, EVIDENCE, back), ACTION, AS_OF) == "in_loop"
    since = with_fields(EVIDENCE, {"from_day": "2026-11-10", "to_day": "2026-12-10"})
    assert missing(STOP, since, back, as_of="2026-12-11T00:00:00.000Z") == []


def test_a_revocation_by_one_mode_leaves_what_had_earned_the_mode_below() -> None:
    action = replace(ACTION, flags=(), current="on_loop")
    back = GraduationDecision(
        id="d", action="action", direction="revoke", from_mode="out_of_loop", to_mode="on_loop", decided_on="2026-11-15"
    )
    on_the_loop = with_fields(EVIDENCE, {"id": "more", "mode": "on_loop", "runs": 500})
    found = document(action, STOP, EVIDENCE, on_the_loop, back)
    assert earned(found, action, AS_OF) == "on_loop"
    assert totals_of(found, action, "on_loop", AS_OF) == Totals()
    assert totals_of(found, action, "in_loop", AS_OF).runs == 120


def test_harm_counts_as_a_failure_and_no_clean_runs_make_it_good() -> None:
    found = progress(document(ACTION, STOP, with_fields(EVIDENCE, {"harmful": 1})), ACTION, AS_OF)
    assert found is not None
    assert (found.totals.failures, found.clean_runs_needed, found.weeks_needed) == (1, None, None)


@pytest.mark.parametrize(
    ("seen", "advised"),
    [
        ({}, False),
        ({"caught": 13}, True),
        ({"decision_seconds": 9}, True),
        ({"decision_seconds": 10}, False),
        ({"caught": 13, "material": 4}, False),
        ({"caught": 13, "material": 3}, True),
        ({"caught": 13, "runs": 99}, False),
    ],
)
def test_nearly_everything_approved_is_worth_a_look_where_something_says_that_nobody_read_it(
    seen: dict[str, Value], advised: bool
) -> None:
    found = document(ACTION, STOP, with_fields(EVIDENCE, seen))
    assert (rubber_stamp(found, ACTION, AS_OF) is not None) is advised
