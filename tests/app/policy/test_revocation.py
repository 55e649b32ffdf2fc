"""R1 to R7: what takes an action's freedom back, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.edits.generic import remove
from app.messages import words
from app.model.change import Change
from app.model.exceptions import CoverageWindow, ExceptionPath
from app.model.oversight import Action, Evidence
from app.model.room import Person
from app.policy.revocation import Revocation, harm_in_the_loop, revocations
from tests.support import autonomy as support
from tests.support.autonomy import action_of, reviewed
from tests.support.builder import ProjectBuilder, complete

AS_OF = "2026-11-21T09:00:00.000Z"


@pytest.fixture
def builder() -> ProjectBuilder:
    """A project with an action that earned its way onto the loop."""
    made = complete()
    support.on_the_loop(made)
    return made


def found(builder: ProjectBuilder, as_of: str = AS_OF) -> tuple[Revocation, ...]:
    return revocations(builder.document, action_of(builder), as_of)


def only(builder: ProjectBuilder, as_of: str = AS_OF) -> Revocation:
    (one,) = found(builder, as_of)
    return one


def newest(builder: ProjectBuilder, **values: Any) -> None:
    support.rerated(**values)(builder)


def because(one: Revocation) -> str:
    return words(one.because)


def test_nothing_speaks_against_an_action_that_does_well(builder: ProjectBuilder) -> None:
    assert found(builder) == ()


@pytest.mark.parametrize("change", [each for code in ("OVR-13", "REV-02", "REV-07") for each in support.BREAKS[code]])
def test_there_is_nothing_to_take_back_in_the_loop(change: Callable[[ProjectBuilder], object]) -> None:
    builder = complete()
    change(builder)
    assert found(builder)
    builder.set(action_of(builder), current="in_loop")
    assert found(builder) == ()


# --- R1 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({"harmful": 2}, "2 harmful errors"),
        ({"breaches": 1}, "1 boundary breach"),
        ({"failed_stops": 1}, "1 stop that failed"),
        ({"harmful": 1, "breaches": 3}, "1 harmful error and 3 boundary breaches"),
    ],
)
def test_r1_takes_it_into_the_loop_at_once(builder: ProjectBuilder, seen: dict[str, int], said: str) -> None:
    newest(builder, **seen)
    one = only(builder)
    assert (one.code, one.from_mode, one.to_mode) == ("R1", "on_loop", "in_loop")
    assert (one.lost, one.at_once, one.pause, because(one)) == (True, True, False, said)


@pytest.mark.parametrize("flag", ["moves_money", "external_message", "grants_access", "legal_effect", "safety"])
def test_r1_stops_the_agent_where_the_harm_is_of_severity_1(builder: ProjectBuilder, flag: str) -> None:
    newest(builder, harmful=1)
    builder.set(action_of(builder), flags=(flag,))
    one = next(each for each in found(builder) if each.code == "R1")
    assert one.pause
    assert because(one) == "1 harmful error; stop the agent until it is understood"


def test_r1_forgets_what_another_version_did_and_what_was_revoked_since(builder: ProjectBuilder) -> None:
    newest(builder, harmful=1, behaviour_version="an older one")
    assert found(builder) == ()
    newest(builder, harmful=1, behaviour_version=support.version(builder))
    assert only(builder).code == "R1"
    support.decided(builder, direction="revoke", from_mode="on_loop", to_mode="in_loop", decided_on="2026-11-19")
    assert "R1" not in [each.code for each in found(builder)]


@pytest.mark.parametrize(
    ("seen", "flags", "said"),
    [
        ({"harmful": 1}, (), "1 harmful error while people approved: look at how it was approved"),
        (
            {"breaches": 2, "failed_stops": 1},
            ("external_message",),
            "2 boundary breaches and 1 stop that failed while people approved: pause the agent, and look at how it was "
            "approved",
        ),
    ],
)
def test_harm_in_the_loop_is_told_though_nothing_can_be_taken_back(
    seen: dict[str, int], flags: tuple[str, ...], said: str
) -> None:
    made = complete()
    support.in_the_loop(made, flags=flags)
    reviewed(made, **seen)
    assert found(made) == ()
    assert words(harm_in_the_loop(made.document, action_of(made), AS_OF) or "") == said
    assert harm_in_the_loop(made.document, action_of(made), "2026-10-13") is None, "it is still to come"
    made.agent(behaviour_version="another")
    assert harm_in_the_loop(made.document, action_of(made), AS_OF) is None


def test_harm_on_the_loop_is_r1_alone(builder: ProjectBuilder) -> None:
    newest(builder, harmful=1)
    assert harm_in_the_loop(builder.document, action_of(builder), AS_OF) is None


def test_evidence_of_a_time_to_come_takes_nothing_back(builder: ProjectBuilder) -> None:
    newest(builder, harmful=1, to_day="2026-11-22")
    assert found(builder) == ()
    assert [each.code for each in found(builder, "2026-11-22T00:00:00.000Z")] == ["R1"]


# --- R2, R3 ------------------------------------------------------------------------------------------------


def test_r2_counts_run_by_run_where_the_order_was_kept(builder: ProjectBuilder) -> None:
    newest(builder, outcomes="u" * 90 + "mu" * 5 + "u" * 100, material=5, unchanged=195)
    one = next(each for each in found(builder) if each.code == "R2")
    assert (one.to_mode, one.lost, one.at_once) == ("in_loop", True, False)
    assert because(one) == "interventions climb to 2.5 %, counted run by run"


def test_r2_does_not_alarm_for_the_same_failures_far_apart(builder: ProjectBuilder) -> None:
    newest(builder, outcomes=("u" * 39 + "m") * 5, material=5, unchanged=195)
    assert "R2" not in [each.code for each in found(builder)]


def test_r2_goes_by_the_counts_where_the_order_contradicts_them(builder: ProjectBuilder) -> None:
    newest(builder, outcomes="u" * 200, material=20, unchanged=180)
    one = next(each for each in found(builder) if each.code == "R2")
    assert because(one) == "interventions climb to 10.0 %, counted as if spread evenly over each period"


def test_r2_spreads_the_failures_evenly_where_it_was_not_kept_and_says_so(builder: ProjectBuilder) -> None:
    newest(builder, material=20, unchanged=180)
    one = next(each for each in found(builder) if each.code == "R2")
    assert because(one) == "interventions climb to 10.0 %, counted as if spread evenly over each period"


def test_r2_goes_on_from_one_period_to_the_next_in_the_order_of_their_days(builder: ProjectBuilder) -> None:
    newest(builder, runs=100, outcomes="u" * 97 + "mmm", material=3, unchanged=97)
    beginning = {"outcomes": "mm" + "u" * 98, "material": 2, "unchanged": 98}
    reviewed(builder, from_day="2026-11-19", to_day="2026-11-20", runs=100, **beginning)
    assert "R2" in [each.code for each in found(builder)]
    newest(builder, from_day="2026-10-20", to_day="2026-10-20")
    assert "R2" not in [each.code for each in found(builder)]


def test_r3_is_amber(builder: ProjectBuilder) -> None:
    reviewed(builder, from_day="2026-11-19", to_day="2026-11-20", runs=100, unchanged=99, material=1)
    one = only(builder)
    assert (one.code, one.lost) == ("R3", False)
    assert because(one) == "1.0 % interventions, 0.3 % before: look now; to confirm it takes about 5,000 runs"


@pytest.mark.parametrize(("failures", "amber"), [(12, False), (13, True)])
def test_r3_begins_at_30_percent_above_the_baseline(builder: ProjectBuilder, failures: int, amber: bool) -> None:
    newest(builder, runs=600, unchanged=590, material=10)
    reviewed(
        builder, from_day="2026-11-19", to_day="2026-11-20", runs=1000, material=failures, unchanged=1000 - failures
    )
    assert ("R3" in [each.code for each in found(builder)]) is amber


# --- R4, R5 ------------------------------------------------------------------------------------------------


def test_r4_another_version_starts_afresh(builder: ProjectBuilder) -> None:
    old = support.version(builder)
    builder.agent(behaviour_version="another")
    one = only(builder)
    assert (one.code, one.to_mode) == ("R4", "in_loop")
    assert because(one) == f"another is new behaviour, and its evidence was about {old}"


def test_r4_a_change_that_the_agent_does_not_name_yet(builder: ProjectBuilder) -> None:
    old = support.version(builder)
    support.changed(builder)
    one = only(builder)
    assert (one.code, one.to_mode) == ("R4", "in_loop")
    assert because(one) == f"the behaviour was changed to another, and its evidence is about {old}"


def test_r4_a_version_that_is_newer_than_the_last_change_on_record_is_none(builder: ProjectBuilder) -> None:
    for row in builder.document.rows(Change):
        builder.set(row, on="2026-08-31", behaviour_version="the one before")
    assert found(builder) == ()


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2027-02-16T00:00:00.000Z", None),
        ("2027-02-17T00:00:00.000Z", False),
        ("2027-05-17T00:00:00.000Z", False),
        ("2027-05-18T00:00:00.000Z", True),
    ],
)
def test_r5_warns_after_90_days_and_reverts_after_180(
    builder: ProjectBuilder, as_of: str, expected: bool | None
) -> None:
    """The last evidence is of 18 November 2026."""
    codes = [(each.code, each.lost, each.to_mode) for each in found(builder, as_of)]
    assert codes == ([] if expected is None else [("R5", expected, "in_loop")])


def test_r5_counts_from_what_was_seen_and_not_from_a_decision(builder: ProjectBuilder) -> None:
    support.decided(builder, decided_on="2027-02-16")
    assert [each.code for each in found(builder, "2027-02-17T00:00:00.000Z")] == ["R5"]


def test_r5_counts_from_the_decision_where_nothing_was_seen(builder: ProjectBuilder) -> None:
    for row in builder.document.rows(Evidence):
        builder.run(remove(row.id))
    last = "no evidence since 20 Oct 2026, 91 days ago"
    assert last in [because(each) for each in found(builder, "2027-01-19T00:00:00.000Z")]


# --- R6, R7 ------------------------------------------------------------------------------------------------


def test_r6_without_a_lead_it_goes_one_mode_down(builder: ProjectBuilder) -> None:
    builder.owner("workflow", None)
    one = only(builder)
    assert (one.code, one.to_mode, because(one)) == ("R6", "in_loop", "nobody is the workflow owner")


def test_r6_a_lead_who_is_away_needs_a_deputy_who_is_there(builder: ProjectBuilder) -> None:
    support.lead_away(builder)
    assert because(only(builder)) == "the workflow owner, Dana Abelard, is away without a deputy"
    assert found(builder, "2026-11-15T09:00:00.000Z") == ()
    deputy = next(person for person in builder.document.rows(Person) if person.name != "Dana Abelard")
    lead = next(person for person in builder.document.rows(Person) if person.name == "Dana Abelard")
    builder.owner("workflow", lead, deputy=deputy)
    assert found(builder) == ()
    builder.set(deputy, away_from="2026-11-21", away_to="2026-11-21")
    assert only(builder).code == "R6"
    builder.owner("workflow", lead, deputy=builder.rota("Leads", deputy, builder.person("Nora Fink")))
    assert found(builder) == ()


def test_r6_cover_that_its_mode_rests_on(builder: ProjectBuilder) -> None:
    builder.set(ExceptionPath, off_hours="continue")
    builder.set(action_of(builder), off_hours="")
    for window in builder.document.rows(CoverageWindow):
        if window.duty == "interrupt":
            builder.set(window, end="12:00", weekdays=("mon",))
    one = only(builder)
    assert (one.code, because(one)) == ("R6", "it runs on at hours when nobody can interrupt it")


def test_r6_and_r5_leave_alone_what_starts_there_by_its_nature(builder: ProjectBuilder) -> None:
    builder.owner("workflow", None)
    reads = next(row for row in builder.document.rows(Action) if row.current == "out_of_loop")
    assert revocations(builder.document, reads, "2028-01-01T00:00:00.000Z") == ()


@pytest.mark.parametrize(("p99", "dear"), [(500, False), (501, True)])
def test_r7_dear_runs(builder: ProjectBuilder, p99: int, dear: bool) -> None:
    newest(builder, cost_median=100, cost_p99=p99)
    assert [each.code for each in found(builder)] == (["R7"] if dear else [])


def test_out_of_the_loop_goes_down_by_one(builder: ProjectBuilder) -> None:
    builder.set(action_of(builder), current="out_of_loop")
    builder.owner("workflow", None)
    assert {each.code: each.to_mode for each in found(builder)}["R6"] == "on_loop"


def test_evidence_belongs_to_its_action(builder: ProjectBuilder) -> None:
    other = next(row for row in builder.document.rows(Action) if row.current == "in_loop")
    rows = [row for row in builder.document.rows(Evidence) if row.action == action_of(builder).id]
    builder.set(rows[-1], harmful=1, action=other)
    assert found(builder) == ()
