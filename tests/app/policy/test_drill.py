"""The drill: a map that answers everything, the same map with one thing missing, and the healthy answer that fails."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError
from app.messages import words
from app.model.document import Document, targets_of
from app.model.exceptions import CoverageWindow, ExceptionClass, ExceptionPath, Queue, ResponseTarget
from app.model.fields import fields_of
from app.model.ids import Mint
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Agent, Person
from app.model.row import Row, with_fields
from app.model.stop import CompensatingTransaction, IncidentPlan, SpendGuardrail, StopControl
from app.policy.drill import Drill, Step, as_plain, default_moments, drill, drill_all
from app.showing import drill_lines

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 16, 37, tzinfo=BERLIN)
SATURDAY = datetime(2026, 11, 21, 3, 0, tzinfo=BERLIN)
SCENARIOS = ("malformed", "message", "retry", "silent")
EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE = {"weekdays": EVERY_DAY[:5], "start": "09:00", "end": "17:00"}

REMOVABLE = (
    *("dana", "jun", "oona", "platform", "cover_first", "cover_exception"),
    *("queue", "class", "button", "contact", "reply", "amends"),
)
ALWAYS = {"weekdays": EVERY_DAY, "start": "00:00", "end": "24:00"}


def window(id: str, duty: str, holder: str | None, hours: dict[str, Any]) -> CoverageWindow:
    return CoverageWindow(id=id, duty=duty, holder=holder, zone="Europe/Berlin", **hours)


def full_map(**changes: dict[str, Any] | None) -> Document:
    """A map with an answer to everything, by night too. A keyword changes fields of the row of that name, or drops it.

    The names: agent, path, plan, guardrail, engineer, owner, product (the fixed rows), and the ids of the rows below.
    """
    document = Document.empty(Mint())
    fixed: dict[str, tuple[Row, dict[str, Any]]] = {
        "agent": (document.only(Agent), {"time_zone": "Europe/Berlin", "stage": "2"}),
        "path": (document.only(ExceptionPath), {}),
        "plan": (
            document.only(IncidentPlan),
            {
                "alarm": "Error rate above 2 %",
                "alarm_minutes": 5,
                "say_so": "Tell the support channel",
                "notice": "Write to the customers",
                "review_within": 2,
            },
        ),
        "guardrail": (
            document.only(SpendGuardrail),
            {"ceiling": 5_000, "retry_cap": 3, "owner": "oona", "what_happens": "The agent stops."},
        ),
        "engineer": (document.fixed(RoleAssignment, "reliability_engineer"), {"rota": "platform"}),
        "owner": (document.fixed(OwnerAssignment, "workflow"), {"person": "dana"}),
        "product": (document.fixed(RoleAssignment, "product_owner"), {}),
        "severity_1": (document.fixed(ResponseTarget, "1"), {}),
        "severity_2": (document.fixed(ResponseTarget, "2"), {}),
    }
    rows: list[Row] = [
        Person(id="dana", name="Dana Abelard", contact="dana@example.org"),
        Person(id="jun", name="Jun Okafor", paging_route="+49 30 1"),
        Person(id="oona", name="Oona Vale", contact="oona@example.org"),
        Rota(id="platform", name="Platform rota", members=("jun",), paging_route="Pager 7"),
        window("cover_first", "first_response", "platform", ALWAYS),
        window("cover_exception", "exception", "dana", ALWAYS),
        window("cover_approve", "approve", "dana", ALWAYS),
        window("cover_interrupt", "interrupt", "platform", ALWAYS),
        Queue(id="queue", name="Billing exceptions"),
        ExceptionClass(id="class", name="Missing data", within=30),
        StopControl(
            id="button",
            where="Flag triage.enabled",
            who=("platform", "dana"),
            stops_new_work=True,
            quarantines=True,
            rollback_target="The last release that passed",
            rollback_how="Redeploy it",
        ),
        Action(
            id="contact",
            name="Update billing contact",
            reversibility=1,
            flags=("writes_sor",),
            current="on_loop",
            runs_per_week=1008,
            undo="Set it back from the audit log",
            noticed_how="Nightly sample of 20",
            noticed_within=600,
        ),
        Action(
            id="reply",
            name="Send a simple reply",
            reversibility=2,
            flags=("external_message",),
            current="in_loop",
            runs_per_week=70,
            noticed_how="Customers answer",
            noticed_within=240,
        ),
        CompensatingTransaction(id="amends", action="reply", steps="Send a correction", owner="dana", within=60),
    ]
    known = {row.id for row in rows} | set(fixed)
    assert changes.keys() <= known, changes.keys() - known
    kept = [with_fields(row, {**given, **(changes.get(name) or {})}) for name, (row, given) in fixed.items()]
    made = [with_fields(row, changes.get(row.id) or {}) for row in rows if changes.get(row.id, {}) is not None]
    replaced = {row.id for row in kept}
    return Document.of("p", [*(row for row in document if row.id not in replaced), *kept, *made])


def step(found: Drill, key: str) -> Step:
    return next(step for step in found.steps if step.key == key)


def reasons(found: Drill) -> dict[str, str]:
    return {step.key: words(step.gap_reason) for step in found.gaps if step.gap_reason}


def clock(step: Step) -> str:
    assert step.at is not None
    return f"{step.at:%a %H:%M}"


# --- a map with every answer -------------------------------------------------------------------------------


def test_a_full_map_has_an_answer_to_every_failure_at_both_moments() -> None:
    drills = drill_all(full_map(), datetime(2026, 11, 20, 9, tzinfo=UTC))
    assert [(found.scenario, found.moment) for found in drills] == [
        (scenario, moment) for moment in (FRIDAY, SATURDAY) for scenario in SCENARIOS
    ]
    assert [reasons(found) for found in drills] == [{}] * 8


def test_the_walk_is_names_and_times() -> None:
    found = drill(full_map(), SATURDAY, "malformed")
    told = [(step.key, step.who, step.at and f"{step.at:%a %H:%M}") for step in found.steps]
    assert told == [
        ("noticed", "", "Sat 03:05"),
        ("paged", "Platform rota", "Sat 03:05"),
        ("first_human", "Platform rota", "Sat 03:05"),
        ("stop", "Platform rota", "Sat 03:25"),
        ("runs_on", "Platform rota", None),
        ("say_so", "Platform rota", "Sat 03:25"),
        ("roll_back", "Platform rota", "Sat 03:25"),
        ("undo", "Platform rota, Dana Abelard", "Sat 03:25"),
        ("clear", "Dana Abelard", "Sat 03:30"),
        ("accountable", "Dana Abelard", None),
        ("review", "Dana Abelard", "Tue 17:00"),
    ]
    assert step(found, "paged").route == "Pager 7"
    assert step(found, "accountable").route == "dana@example.org"
    assert words(step(found, "clear").title) == "Clear “Billing exceptions”"
    assert words(step(found, "roll_back").detail) == "To: The last release that passed · Redeploy it"


def test_what_runs_on_is_counted_until_the_stop() -> None:
    found = drill(full_map(), SATURDAY, "malformed")
    assert (
        words(step(found, "runs_on").detail) == "Until it is stopped: Update billing contact; runs in 25 min: about 3."
    )


def test_a_failure_touches_only_what_it_reaches() -> None:
    message = drill(full_map(), SATURDAY, "message")
    assert words(step(message, "undo").detail) == "Done by Sat 04:25. Send a simple reply: Send a correction"
    assert words(step(message, "say_so").detail) == "Tell the support channel · Write to the customers"
    assert words(step(message, "runs_on").detail) == "Waits for an approval: Send a simple reply."
    silent = drill(full_map(contact={"flags": ("writes_sor", "silent_failure")}), SATURDAY, "silent")
    assert words(step(silent, "noticed").detail) == "Noticed by: Nightly sample of 20"
    assert clock(step(silent, "noticed")) == "Sat 13:00"
    assert [step.key for step in silent.steps if step.key == "guardrail"] == []


def test_an_action_whose_volume_nobody_said_may_be_retried() -> None:
    unknown = drill(full_map(contact={"runs_per_week": None}, reply={"runs_per_week": 0}), SATURDAY, "retry")
    said = words(step(unknown, "runs_on").detail)
    assert said == "Until it is stopped: Update billing contact; in 25 min, and nobody has said how often."
    never = drill(full_map(contact={"runs_per_week": 0}, reply={"runs_per_week": 0}), SATURDAY, "retry")
    assert words(step(never, "runs_on").detail) == "No action that acts is touched by this failure."


def test_whoever_is_paged_promises_nothing_that_the_hours_do_not() -> None:
    said = words(step(drill(full_map(cover_first=None), FRIDAY, "malformed"), "paged").detail)
    assert said == "Severity 1 is to be answered within 15 min. That is a default that nobody has changed."


def test_the_same_map_and_moment_give_the_same_drill_from_any_zone() -> None:
    document = full_map()
    elsewhere = SATURDAY.astimezone(ZoneInfo("Asia/Tokyo"))
    assert drill(document, elsewhere, "retry") == drill(document, SATURDAY, "retry")


def test_the_drill_is_plain_json() -> None:
    document = full_map(plan={"alarm": ""})
    plain = json.loads(json.dumps(as_plain(drill(document, SATURDAY, "message"), document)))
    assert (plain["scenario"], plain["moment"], plain["gaps"]) == ("message", "2026-11-21T03:00+01:00", 1)
    first = plain["steps"][0]
    assert (first["gap"], first["at"], first["gap_reason"]) == (True, None, "Nobody has said what goes off first.")
    assert (first["place"]["field"], first["place"]["step"]) == ("alarm", "stop")


# --- one thing missing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "scenario", "key", "field", "place"),
    [
        ({"plan": {"alarm": ""}}, "malformed", "noticed", "alarm", "stop"),
        ({"plan": {"alarm_minutes": None}}, "malformed", "noticed", "alarm_minutes", "stop"),
        ({"contact": {"noticed_how": ""}}, "silent", "noticed", "noticed_how", "oversight"),
        ({"reply": {"noticed_within": None}}, "silent", "noticed", "noticed_within", "oversight"),
        ({"platform": {"paging_route": ""}}, "malformed", "paged", "paging_route", "roles"),
        ({"button": {"where": ""}}, "malformed", "stop", "where", "stop"),
        ({"button": {"who": ()}}, "malformed", "stop", "who", "stop"),
        ({"button": {"who": ("dana",)}}, "malformed", "stop", "who", "stop"),
        ({"button": {"stops_new_work": False}}, "malformed", "stop", "stops_new_work", "stop"),
        ({"button": {"quarantines": False}}, "malformed", "stop", "quarantines", "stop"),
        ({"cover_interrupt": None}, "malformed", "runs_on", "off_hours", "oversight"),
        ({"guardrail": {"retry_cap": None}}, "retry", "guardrail", "retry_cap", "stop"),
        ({"guardrail": {"ceiling": None}}, "retry", "guardrail", "ceiling", "stop"),
        ({"guardrail": {"owner": None}}, "retry", "guardrail", "owner", "stop"),
        ({"plan": {"say_so": ""}}, "malformed", "say_so", "say_so", "stop"),
        ({"button": {"rollback_target": ""}}, "malformed", "roll_back", "rollback_target", "stop"),
        ({"contact": {"undo": ""}}, "malformed", "undo", "undo", "oversight"),
        ({"amends": {"steps": ""}}, "message", "undo", "steps", "stop"),
        ({"amends": None}, "message", "undo", "undo", "oversight"),
        ({"amends": {"owner": None}}, "message", "undo", "owner", "stop"),
        ({"cover_exception": None}, "malformed", "clear", "coverage_window", "exceptions"),
        ({"cover_exception": {"holder": None}}, "malformed", "clear", "holder", "exceptions"),
        ({"cover_exception": {"end": ""}}, "malformed", "clear", "end", "exceptions"),
        (
            {"class": {"within": None}, "severity_2": {"ack_minutes": None}},
            "malformed",
            "clear",
            "ack_minutes",
            "exceptions",
        ),
        ({"severity_1": {"ack_minutes": None}}, "malformed", "first_human", "ack_minutes", "exceptions"),
        ({"owner": {"person": None}, "plan": {"review_led_by": "oona"}}, "malformed", "accountable", "person", "roles"),
        ({"plan": {"review_within": None}}, "malformed", "review", "review_within", "stop"),
    ],
)
def test_each_thing_that_is_missing_is_one_gap_that_says_where(
    changes: dict[str, dict[str, Any] | None], scenario: str, key: str, field: str, place: str
) -> None:
    document = full_map(**changes)
    found = drill(document, SATURDAY, scenario)
    assert list(reasons(found)) == [key], reasons(found)
    where = step(found, key).place
    assert (where.field, where.step) == (field, place)
    assert document.find(where.subject) is not None or where.subject == ""


def test_without_a_first_responder_covered_hours_do_not_help() -> None:
    found = drill(full_map(engineer={"rota": None}), SATURDAY, "malformed")
    assert reasons(found) == {
        "paged": "No first responder is named: nobody is paged.",
        "say_so": "Nobody is named who says so.",
        "roll_back": "Nobody is named who rolls back.",
        "undo": "Nobody is named who undoes it.",
    }
    assert not step(found, "first_human").gap, "the hours themselves are covered"
    assert {step.place.step for step in found.gaps} == {"roles"}


def test_a_rota_without_members_reaches_nobody() -> None:
    found = drill(full_map(platform={"members": ()}), SATURDAY, "malformed")
    assert {"paged", "first_human", "stop"} <= reasons(found).keys()
    assert step(found, "paged").place == ("platform", "members", "roles")
    assert step(found, "first_human").place == ("cover_first", "holder", "exceptions")


def test_an_engineer_without_a_rota_is_paged_in_person() -> None:
    document = full_map(engineer={"rota": None, "person": "jun"}, cover_first={"holder": "jun"})
    paged = step(drill(document, SATURDAY, "malformed"), "paged")
    assert (paged.who, paged.route, paged.gap) == ("Jun Okafor", "+49 30 1", False)


def test_an_empty_map_is_all_gaps_and_no_failure() -> None:
    document = Document.empty(Mint())
    for found in drill_all(document, SATURDAY):
        keys = set(reasons(found))
        assert {"paged", "first_human", "stop", "say_so", "roll_back", "clear", "accountable", "review"} <= keys
        assert as_plain(found, document)["gaps"] == len(found.gaps)


@given(st.sets(st.sampled_from(REMOVABLE)), st.sampled_from(SCENARIOS), st.integers(0, 8 * 24 * 60))
def test_whatever_is_missing_the_drill_answers_and_every_place_exists(
    dropped: set[str], scenario: str, minutes: int
) -> None:
    document = full_map()
    gone = {row_id for name in dropped for row_id in (name, *(row.id for row, _ in document.referrers(name)))}
    rest = [row for row in document if row.id not in gone or row.spec.is_fixed]
    smaller = Document.of("p", [_without(row, gone) for row in rest])
    found = drill(smaller, SATURDAY + timedelta(minutes=minutes), scenario)
    before = drill(document, SATURDAY + timedelta(minutes=minutes), scenario)
    assert [step.key for step in found.steps] == [step.key for step in before.steps]
    for each in found.steps:
        assert each.place.subject == "" or smaller.find(each.place.subject) is not None
        assert words(each.title)
        assert words(each.detail)
        assert each.gap or each.who or each.key in ("noticed", "runs_on", "undo")


def _without(row: Row, gone: set[str]) -> Row:
    """The row with its references to rows that are gone emptied."""
    cleared: dict[str, Any] = {}
    for name, field in fields_of(type(row)).items():
        targets = targets_of(row, name) if field.is_reference else ()
        if gone.intersection(targets):
            left = tuple(target for target in targets if target not in gone)
            cleared[name] = left if isinstance(row.value(name), tuple) else None
    return with_fields(row, cleared)


# --- hours that nobody covers ------------------------------------------------------------------------------


def healthy(target: int, **changes: dict[str, Any] | None) -> Document:
    """The "healthy answer": the billing leads clear exceptions in business hours, with no off-hours policy."""
    return full_map(cover_exception=OFFICE, **{"class": {"within": target}}, **changes)


@pytest.mark.parametrize(
    ("scenario", "wait"), [("malformed", "54 h"), ("message", "54 h"), ("retry", "54 h"), ("silent", "44 h")]
)
def test_the_healthy_answer_fails_on_saturday_at_three(scenario: str, wait: str) -> None:
    """A quiet failure fills the queue once it is noticed, ten hours later."""
    found = drill(healthy(15), SATURDAY, scenario)
    assert reasons(found) == {
        "clear": f"Nobody covers “Clear exceptions” until Mon 09:00 ({wait}), and no off-hours policy holds the work."
    }
    assert clock(step(found, "clear")) == "Mon 09:15"
    assert step(found, "clear").place.field == "off_hours"


@pytest.mark.parametrize(("target", "held"), [(15, True), (23, True), (24, False), (30, False)])
def test_on_friday_at_16_37_twenty_three_minutes_are_left(target: int, held: bool) -> None:
    found = drill(healthy(target), FRIDAY, "malformed")
    assert (reasons(found) == {}) is held
    assert step(found, "clear").gap is not held
    if target == 30:
        assert clock(step(found, "clear")) == "Mon 09:07"
        assert reasons(found)["clear"] == (
            "“Clear exceptions” is covered until Fri 17:00: 23 min of the 30 min; the rest runs from Mon 09:00, so it "
            "is answered Mon 09:07, 64 h 30 later. No off-hours policy holds the work."
        )


def test_without_a_class_the_target_of_the_severity_counts() -> None:
    found = drill(full_map(cover_exception=OFFICE, **{"class": None}), FRIDAY, "malformed")
    assert clock(step(found, "clear")) == "Mon 09:37"
    assert list(reasons(found)) == ["clear"]


@pytest.mark.parametrize(
    ("policy", "answers"),
    [("queue", True), ("pause_agent", True), ("drop_to_in_loop", True), ("continue", False), ("", False)],
)
def test_waiting_is_an_answer_only_where_the_policy_holds_the_work(policy: str, answers: bool) -> None:
    found = drill(healthy(30, path={"off_hours": policy}), SATURDAY, "malformed")
    assert step(found, "clear").gap is not answers
    if answers:
        assert words(step(found, "clear").detail).startswith("Waits until Mon 09:30 (54 h 30)")


@pytest.mark.parametrize("own", ["continue", "queue"])
def test_nobody_and_it_runs_on(own: str) -> None:
    """The action's own policy goes before the general one."""
    document = full_map(
        cover_first=OFFICE, cover_interrupt=OFFICE, contact={"off_hours": own}, path={"off_hours": "queue"}
    )
    found = drill(document, SATURDAY, "malformed")
    runs_on = step(found, "runs_on")
    if own == "queue":
        assert reasons(found) == {}
        assert words(runs_on.detail) == "The off-hours policy holds Update billing contact until somebody is there."
    else:
        assert reasons(found)["runs_on"] == (
            "Nobody, and it runs on: Update billing contact; runs in 54 h 20: about 326."
        )
        assert runs_on.place == ("contact", "off_hours", "oversight")
        assert {"first_human", "stop"} <= reasons(found).keys()
        assert step(found, "first_human").place == runs_on.place, "the action's own policy is what lets it run on"


def test_somebody_who_watches_is_not_nobody() -> None:
    document = full_map(cover_first=OFFICE, cover_interrupt=None, reply={"flags": (), "reversibility": 0})
    watched = Document.of("p", [*document, window("watch", "interrupt", "oona", ALWAYS)])
    found = step(drill(watched, SATURDAY, "malformed"), "runs_on")
    assert (found.gap, found.who) == (False, "Oona Vale")
    assert step(drill(document, SATURDAY, "malformed"), "runs_on").gap


def test_what_waits_for_an_approval_does_not_run_on() -> None:
    found = drill(
        full_map(cover_first=OFFICE, cover_interrupt=None, contact={"current": "in_loop"}), SATURDAY, "malformed"
    )
    assert not step(found, "runs_on").gap
    assert words(step(found, "runs_on").detail).startswith("Waits for an approval")


def test_an_action_whose_mode_nobody_chose_may_run_on() -> None:
    document = full_map(cover_first=OFFICE, cover_interrupt=None, contact={"current": ""})
    assert step(drill(document, SATURDAY, "malformed"), "runs_on").gap


@pytest.mark.parametrize(
    "changes", [{"agent": {"stage": "1a"}}, {"contact": {"current": "shadow"}, "reply": {"current": "shadow"}}]
)
def test_in_shadow_nothing_executes_and_people_act(changes: dict[str, dict[str, Any]]) -> None:
    found = drill(full_map(cover_first=OFFICE, amends=None, **changes), SATURDAY, "message")
    assert words(step(found, "runs_on").detail) == "Nothing executes; people act."
    assert not step(found, "runs_on").gap
    assert not step(found, "undo").gap
    assert not step(drill(full_map(**changes), SATURDAY, "silent"), "noticed").gap


def test_whoever_covers_the_stop_must_be_allowed_to_press_it() -> None:
    document = Document.of("p", [*full_map(), window("cover_stop", "stop", "oona", ALWAYS)])
    found = drill(document, SATURDAY, "malformed")
    assert reasons(found) == {"stop": "Oona Vale is there and may not stop it."}


def test_a_hand_off_to_a_person_is_not_touched() -> None:
    hand_off = {
        "flags": ("human_acts_next",),
        "blast_radius": 1,
        "external_visibility": 1,
        "cost": 0,
        "data_sensitivity": 1,
    }
    found = drill(full_map(contact={**hand_off, "undo": ""}), SATURDAY, "malformed")
    assert reasons(found) == {}
    assert "Update billing contact" not in words(step(found, "runs_on").detail)


# --- undoing waits for who is there ------------------------------------------------------------------------

WEEKDAYS_ONLY: dict[str, dict[str, Any] | None] = {
    "cover_exception": OFFICE,
    "cover_approve": OFFICE,
    "path": {"off_hours": "continue"},
}
LEAKY = {"quarantines": False}


def test_undoing_waits_for_whoever_is_not_there_and_says_that_nothing_runs() -> None:
    undo = step(drill(full_map(**WEEKDAYS_ONLY), SATURDAY, "message"), "undo")
    assert (undo.gap, undo.who, clock(undo)) == (False, "Dana Abelard", "Mon 09:00")
    assert words(undo.detail) == (
        "Waits until Mon 09:00 for Dana Abelard (53 h 35); nothing runs meanwhile. "
        "Send a simple reply: Send a correction"
    )


@pytest.mark.parametrize(
    ("within", "policy", "gap"),
    [
        (60, "continue", True),
        (None, "continue", True),
        (53 * 60 + 34, "continue", True),
        (53 * 60 + 35, "continue", False),
        (60, "queue", False),
    ],
)
def test_a_wait_past_what_was_promised_is_a_gap_where_nothing_holds_the_damage(
    within: int | None, policy: str, gap: bool
) -> None:
    changes: dict[str, dict[str, Any] | None] = {
        **WEEKDAYS_ONLY,
        "button": LEAKY,
        "amends": {"within": within},
        "path": {"off_hours": policy},
    }
    undo = step(drill(full_map(**changes), SATURDAY, "message"), "undo")
    assert undo.gap is gap
    assert clock(undo) == "Mon 09:00"
    if within == 60 and gap:
        assert undo.place == ("amends", "owner", "stop")
        assert words(undo.gap_reason or "") == (
            "Dana Abelard is not there until Mon 09:00 (53 h 35); it was to be undone within 1 h, and nothing holds "
            "the damage."
        )


def test_whoever_has_no_hours_at_all_is_never_there() -> None:
    undo = step(drill(full_map(amends={"owner": "oona"}), SATURDAY, "message"), "undo")
    assert words(undo.gap_reason or "") == "No hours are given for Oona Vale, who undoes it."
    assert (undo.at, undo.place) == (None, ("amends", "owner", "stop"))


def test_that_a_rota_is_on_duty_does_not_say_which_member_is() -> None:
    shared: dict[str, dict[str, Any] | None] = {"platform": {"members": ("jun", "oona")}, "amends": {"owner": "jun"}}
    assert step(drill(full_map(**shared), SATURDAY, "message"), "undo").gap
    assert not step(drill(full_map(amends={"owner": "jun"}), SATURDAY, "message"), "undo").gap
    assert not step(drill(full_map(amends={"owner": "platform"}), SATURDAY, "message"), "undo").gap


def test_a_failure_noticed_a_week_later_is_walked_from_then_on() -> None:
    late = full_map(contact={"noticed_within": 7 * 24 * 60})
    found = drill(late, FRIDAY, "silent")
    assert "Fri 27 Nov 2026 16:37" in drill_lines(found)
    times = [each.at for each in found.steps if each.at is not None]
    assert min(times) == times[0] == FRIDAY + timedelta(days=7)
    assert words(step(found, "review").detail) == "By Tue 1 Dec 2026 17:00; working days allowed: 2."


# --- moments -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "friday", "saturday"),
    [
        ("2026-11-20T15:37:00+00:00", "2026-11-20T16:37+01:00", "2026-11-21T03:00+01:00"),
        ("2026-11-20T15:38:00+00:00", "2026-11-27T16:37+01:00", "2026-11-21T03:00+01:00"),
        ("2026-11-21T02:01:00+00:00", "2026-11-27T16:37+01:00", "2026-11-28T03:00+01:00"),
        ("2026-10-23T20:00:00+00:00", "2026-10-30T16:37+01:00", "2026-10-24T03:00+02:00"),
    ],
)
def test_the_moments_are_the_next_ones_in_the_agents_zone(as_of: str, friday: str, saturday: str) -> None:
    moments = default_moments(full_map(), datetime.fromisoformat(as_of))
    assert [moment.isoformat(timespec="minutes") for moment in moments] == [friday, saturday]


def test_a_year_far_away_is_refused_in_a_sentence() -> None:
    with pytest.raises(AppError, match="between the years 1969 and 2201"):
        drill(full_map(), datetime(9999, 12, 31, tzinfo=UTC), "malformed")
    with pytest.raises(AppError, match="between the years 1969 and 2201"):
        drill_all(full_map(), datetime(1, 1, 1, tzinfo=BERLIN))


def test_across_a_clock_change_the_wait_is_as_long_as_it_really_is() -> None:
    before_the_change = datetime(2026, 10, 24, 3, tzinfo=BERLIN)
    found = drill(healthy(15), before_the_change, "malformed")
    assert "until Mon 09:00 (55 h)" in reasons(found)["clear"]


def test_somebody_who_is_away_does_not_answer() -> None:
    absent = {"away_from": "2026-11-20", "away_to": "2026-11-22"}
    found = drill(full_map(dana=absent), SATURDAY, "malformed")
    assert reasons(found)["clear"] == (
        "Nobody covers “Clear exceptions” until Mon 00:00 (45 h), and no off-hours policy holds the work."
        " Dana Abelard is away until 22 Nov 2026."
    )
    assert reasons(drill(full_map(dana={"away_from": "2026-12-01"}), SATURDAY, "malformed")) == {}


# --- people who are away -----------------------------------------------------------------------------------

LONG_LEAVE = {"away_from": "2026-11-20", "away_to": "2026-12-20"}


def test_an_off_hours_policy_is_no_answer_to_a_rota_on_leave() -> None:
    found = drill(full_map(jun=LONG_LEAVE, path={"off_hours": "queue"}), SATURDAY, "malformed")
    told = reasons(found)
    assert told.keys() == {"paged", "first_human", "stop"}
    assert told["paged"] == (
        "Platform rota: nobody is there, and nobody stands in. Jun Okafor is away until 20 Dec 2026."
    )
    assert told["first_human"] == (
        "“First response” is not answered before Mon 21 Dec 2026 00:15 (717 h 10): longer than the off hours that the "
        "policy is for. Jun Okafor is away until 20 Dec 2026."
    )
    assert step(found, "paged").place.field == "deputy"
    assert step(found, "stop").place == ("", "coverage_window", "exceptions")
    assert "holds the work" not in words(step(found, "first_human").detail)


def test_a_rota_of_whom_one_is_there_answers() -> None:
    members = {"members": ("jun", "oona")}
    assert reasons(drill(full_map(jun=LONG_LEAVE, platform=members), SATURDAY, "malformed")) == {}


def test_a_leave_of_a_day_is_not_off_hours_either() -> None:
    """On Friday afternoon nobody is there who should be; the policy is for the hours after that."""
    hours: dict[str, Any] = {"cover_first": OFFICE, "cover_exception": OFFICE, "path": {"off_hours": "queue"}}
    morning = FRIDAY.replace(hour=10)
    assert reasons(drill(full_map(**hours), SATURDAY, "malformed")) == {}
    day_off = full_map(**hours, dana={"away_from": "2026-11-20", "away_to": "2026-11-20"})
    assert "clear" in reasons(drill(day_off, morning, "malformed"))
    assert reasons(drill(day_off, SATURDAY, "malformed")) == {}, "who is back on Monday is not missed on Saturday"


def test_hours_that_begin_in_a_month_are_not_off_hours() -> None:
    later = full_map(cover_exception={"valid_from": "2026-12-20"}, path={"off_hours": "queue"})
    assert list(reasons(drill(later, SATURDAY, "malformed"))) == ["clear"]


def test_whoever_rolls_back_and_says_so_is_there_or_somebody_stands_in() -> None:
    pager: dict[str, Any] = {"engineer": {"rota": None, "person": "oona"}, "oona": LONG_LEAVE}
    found = drill(full_map(**pager), SATURDAY, "malformed")
    assert {"paged", "say_so", "roll_back"} <= reasons(found).keys()
    assert reasons(found)["say_so"] == "Nobody is there who says so. Oona Vale is away until 20 Dec 2026."
    pager["engineer"] = {"rota": None, "person": "oona", "deputy": "jun"}
    stands_in = drill(full_map(**pager), SATURDAY, "malformed")
    assert reasons(stands_in) == {}
    assert [step(stands_in, key).who for key in ("paged", "say_so", "roll_back")] == ["Jun Okafor"] * 3


@pytest.mark.parametrize(
    ("owner", "product_owner", "others", "who"),
    [
        ({}, {}, {}, None),
        ({"deputy": "jun"}, {}, {}, "Jun Okafor"),
        ({"deputy": "jun"}, {}, {"jun": LONG_LEAVE}, None),
        ({"deputy": "dana"}, {}, {}, None),
        ({}, {"deputy": "oona"}, {}, "Oona Vale"),
        ({"deputy": "jun"}, {"person": "dana"}, {}, None),
        ({"deputy": "jun"}, {"person": "oona"}, {}, "Oona Vale"),
    ],
)
def test_somebody_who_is_there_is_accountable(
    owner: dict[str, Any], product_owner: dict[str, Any], others: dict[str, Any], who: str | None
) -> None:
    document = full_map(owner=owner, product=product_owner, dana=LONG_LEAVE, **others)
    accountable = step(drill(document, SATURDAY, "malformed"), "accountable")
    assert accountable.gap is (who is None)
    if who is None:
        assert accountable.place.field == "deputy"
        assert "Dana Abelard is away until 20 Dec 2026." in words(accountable.gap_reason or "")
    else:
        assert accountable.who == who


def test_waiting_for_an_undo_by_somebody_on_leave_is_no_answer() -> None:
    undo = step(drill(full_map(dana=LONG_LEAVE, path={"off_hours": "queue"}), SATURDAY, "message"), "undo")
    assert words(undo.gap_reason or "") == (
        "Dana Abelard is not there until Mon 21 Dec 2026 00:00 (716 h 35). Dana Abelard is away until 20 Dec 2026."
    )
    for_good = step(drill(full_map(dana={"away_from": "2026-11-20"}), SATURDAY, "message"), "undo")
    assert words(for_good.gap_reason or "") == (
        "Dana Abelard, who undoes it, is away. Dana Abelard is away until further notice."
    )


def test_an_action_on_the_loop_needs_somebody_who_can_interrupt_it() -> None:
    """As COV-01 asks: that somebody stops it twenty minutes later does not watch it until then."""
    found = drill(full_map(cover_interrupt=OFFICE, path={"off_hours": "continue"}), SATURDAY, "malformed")
    assert reasons(found) == {
        "runs_on": "Nobody can interrupt, and it runs on: Update billing contact; runs in 25 min: about 3."
    }
    for changes in (
        {"path": {"off_hours": "queue"}},
        {"contact": {"current": "in_loop"}},
        {"contact": {"current": "out_of_loop"}},
    ):
        assert reasons(drill(full_map(cover_interrupt=OFFICE, **changes), SATURDAY, "malformed")) == {}
    assert reasons(drill(full_map(cover_interrupt=OFFICE), FRIDAY, "malformed")) == {}


def test_two_buttons_of_one_person_make_one_stop() -> None:
    half = full_map(button={"quarantines": False})
    other = StopControl(id="hold", where="Queue console", who=("platform",), quarantines=True)
    assert reasons(drill(Document.of("p", [*half, other]), SATURDAY, "malformed")) == {}
    elsewhere = with_fields(other, {"who": ("dana",)})
    assert list(reasons(drill(Document.of("p", [*half, elsewhere]), SATURDAY, "malformed"))) == ["stop"]


def test_in_shadow_there_is_no_work_in_flight_to_hold() -> None:
    found = drill(full_map(agent={"stage": "1a"}, button={"quarantines": False}), SATURDAY, "malformed")
    assert reasons(found) == {}
