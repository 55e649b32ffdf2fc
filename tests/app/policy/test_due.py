"""Due next: what has a day, in order, and where it is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.model.boundary import LaunchBlocker
from app.model.commit import AcceptedRisk, Commitment, ParkedItem
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.fields import fields_of
from app.model.oversight import Action, Evidence
from app.model.owners import VendorCover
from app.model.scorecard import Review, ReviewRhythm
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.due import KINDS, Due, due_next, next_review
from tests.support.builder import ProjectBuilder, sample

TODAY = "2026-11-21"


def of_kind(document: Document, kind: str, today: str = TODAY) -> list[Due]:
    return [due for due in due_next(document, today) if due.kind == kind]


def test_an_empty_map_has_nothing_due() -> None:
    assert due_next(ProjectBuilder().document, TODAY) == ()


def test_everything_is_in_order_of_date_and_what_has_no_day_comes_last() -> None:
    b = ProjectBuilder()
    b.add(Commitment, what="Later", by_when="2026-12-24")
    b.add(Commitment, what="Some day")
    b.add(AcceptedRisk, code="OWN-03", why="Small", expiry="2026-12-01")
    b.agent(review_by="2026-11-30")
    found = due_next(b.document, TODAY)
    assert [(due.on, due.kind) for due in found] == [
        ("2026-11-30", "map_review"),
        ("2026-12-01", "risk"),
        ("2026-12-24", "commitment"),
        ("", "commitment"),
    ]


@pytest.mark.parametrize(("on", "overdue"), [("2026-11-20", True), (TODAY, False), ("2026-11-22", False)])
def test_overdue_begins_on_the_day_after(on: str, *, overdue: bool) -> None:
    b = ProjectBuilder()
    b.add(Commitment, what="Drill the stop", by_when=on)
    assert [due.overdue for due in due_next(b.document, TODAY)] == [overdue]


def test_what_is_done_is_not_due() -> None:
    b = ProjectBuilder()
    b.add(Commitment, what="Done", by_when="2026-11-01", done_on="2026-11-02")
    b.add(ParkedItem, what="Settled", due="2026-11-01", done=True)
    b.add(LaunchBlocker, case="Shown", cleared_on="2026-11-01")
    assert due_next(b.document, TODAY) == ()


@pytest.mark.parametrize(
    ("cadence", "last", "then"),
    [
        ("daily", "2026-11-20", "2026-11-21"),
        ("weekly", "2026-11-20", "2026-11-27"),
        ("fortnightly", "2026-12-24", "2027-01-07"),
        ("monthly", "2026-01-31", "2026-02-28"),
        ("monthly", "2026-12-15", "2027-01-15"),
        ("quarterly", "2026-11-30", "2027-02-28"),
        ("", "2026-11-20", ""),
    ],
)
def test_the_next_review_follows_from_the_last_one(cadence: str, last: str, then: str) -> None:
    assert next_review(cadence, last) == then


@given(st.dates(), st.sampled_from(["daily", "weekly", "fortnightly", "monthly", "quarterly"]))
def test_a_review_is_due_on_a_real_day_that_is_not_before(last: date, cadence: str) -> None:
    found = date.fromisoformat(next_review(cadence, last.isoformat()))
    assert found > last or last.year == date.max.year


def test_a_rhythm_is_due_from_the_latest_review_that_was_held() -> None:
    b = ProjectBuilder()
    rhythm = b.add(ReviewRhythm, what="Agent stand-up", cadence="weekly", led_by=b.person("Dana"))
    b.add(Review, rhythm=rhythm, on="2026-11-16")
    b.add(Review, rhythm=rhythm, on="2026-11-09")
    never = b.add(ReviewRhythm, what="Quarterly audit", cadence="quarterly")
    weekly, quarterly = of_kind(b.document, "review")
    assert (weekly.on, weekly.subject, weekly.who) == ("2026-11-23", rhythm.id, rhythm.led_by)
    assert (quarterly.on, quarterly.subject) == ("", never.id)


@pytest.mark.parametrize(
    ("today", "on", "said"),
    [
        ("2026-04-01", "2026-04-01", "will be 90 days old"),
        ("2026-04-02", "2026-04-01", "over 90 days"),
        ("2026-06-30", "2026-04-01", "from 30 Jun 2026 it no longer counts"),
        ("2026-07-01", "2026-06-30", "no longer counts"),
    ],
)
def test_evidence_grows_stale_and_then_lapses(today: str, on: str, said: str) -> None:
    b = ProjectBuilder()
    action = b.action("Send a reply")
    b.add(Evidence, action=action, to_day="2025-06-01", runs=5)
    latest = b.add(Evidence, action=action, to_day="2026-01-01", runs=60)
    (due,) = of_kind(b.document, "evidence", today)
    assert (due.on, due.subject, due.overdue) == (on, latest.id, on < today)
    assert said in words(due.what)


def test_tests_are_due_when_they_turn_90_days_old() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana")
    stop = b.add(StopControl, where="Console", last_tested="2026-11-01", tested_by=dana)
    undo = b.add(CompensatingTransaction, steps="Credit note", owner=dana, last_tested="2026-10-01")
    b.add(StopControl, where="Never tested")
    found = [(due.on, due.subject, due.field, due.who) for due in due_next(b.document, TODAY)]
    assert found == [("2026-12-30", undo.id, "last_tested", dana.id), ("2027-01-30", stop.id, "last_tested", dana.id)]


def test_help_and_hours_that_end() -> None:
    b = ProjectBuilder()
    vera, sunny = b.person("Vera", side="vendor"), b.person("Sunny")
    cover = b.add(VendorCover, role="evaluation_engineer", person=vera, until="2026-12-31", deputy=sunny)
    hours = {"duty": "stop", "holder": sunny, "start": "09:00", "end": "17:00"}
    ended = b.add(CoverageWindow, **hours, weekdays=("mon", "sat"), valid_to="2026-11-30")
    b.add(CoverageWindow, **hours, weekdays=("tue",), valid_to="2026-10-31")
    b.add(CoverageWindow, **hours, weekdays=("mon", "tue"), valid_from="2026-11-01")
    found = [(due.on, due.kind, due.subject, due.who) for due in due_next(b.document, TODAY)]
    assert found == [
        ("2026-11-30", "cover", ended.id, sunny.id),
        ("2026-12-31", "vendor_cover", cover.id, sunny.id),
    ]


@pytest.mark.parametrize(
    ("away_from", "away_to", "on", "said"),
    [
        ("2026-12-01", "2026-12-10", "2026-12-01", "until 10 Dec 2026"),
        ("2026-11-01", "2026-11-21", "2026-11-01", "until 21 Nov 2026"),
        ("2026-11-01", "", "2026-11-01", "until further notice"),
        ("", "2026-11-25", TODAY, "until 25 Nov 2026"),
    ],
)
def test_people_who_are_or_will_be_away(away_from: str, away_to: str, on: str, said: str) -> None:
    b = ProjectBuilder()
    dana = b.person("Dana", away_from=away_from, away_to=away_to)
    (due,) = due_next(b.document, TODAY)
    assert (due.on, due.kind, due.who, due.overdue) == (on, "absence", dana.id, False)
    assert said in words(due.what)


def test_somebody_who_is_back_is_not_listed() -> None:
    b = ProjectBuilder()
    b.person("Dana", away_from="2026-11-01", away_to="2026-11-20")
    assert due_next(b.document, TODAY) == ()


def test_an_assignee_who_has_not_accepted_is_asked() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("workflow", dana)
    b.owner("system", lin, accepted="accepted")
    b.role("product_owner", lin, accepted="declined")
    first, second = due_next(b.document, TODAY)
    assert (words(first.what), first.who, first.step) == (
        "Dana has not accepted yet: Workflow owner",
        dana.id,
        "owners",
    )
    assert (words(second.what), second.step) == ("Lin has declined: Agent Product Owner", "roles")


def _commitment(b: ProjectBuilder) -> None:
    b.add(Commitment, what="Name a deputy", by_when="2026-12-01")


def _parked(b: ProjectBuilder) -> None:
    b.add(ParkedItem, what="Who speaks for Legal?", due="2026-12-01")


def _blocker(b: ProjectBuilder) -> None:
    b.add(LaunchBlocker, case="A refund above the limit")


@pytest.mark.parametrize("make", [_commitment, _parked, _blocker])
def test_each_leads_to_a_field_of_its_row(make: Callable[[ProjectBuilder], None]) -> None:
    b = ProjectBuilder()
    make(b)
    (due,) = due_next(b.document, TODAY)
    row = b.document.find(due.subject)
    assert row is not None
    assert fields_of(type(row))[due.field].step == due.step
    assert due.kind in KINDS


def test_everything_of_the_sample_is_said_in_words() -> None:
    found = due_next(sample().document, TODAY)
    assert found
    assert all(words(due.what) and words(due.when) for due in found)


def test_two_promises_in_the_same_words_say_what_each_is_about() -> None:
    b = ProjectBuilder()
    for name in ("Reset a password", "Reply to the employee"):
        made_good = b.add(CompensatingTransaction, action=b.action(name), steps="Call them, say sorry, put it right")
        b.add(Commitment, what="A trial on a test account", code="STP-06", subject=made_good.id, by_when="2026-12-21")
    b.add(Commitment, what="Reset a password once", subject=b.document.rows(Action)[0].id, by_when="2026-12-22")
    assert [words(due.what) for due in of_kind(b.document, "commitment")] == [
        "A trial on a test account (“Reset a password”)",
        "A trial on a test account (“Reply to the employee”)",
        "Reset a password once",
    ]


def test_a_kept_promise_is_not_asked_for() -> None:
    b = ProjectBuilder()
    kept, open_still = (b.add(Commitment, what=what, by_when="2026-12-21") for what in ("Kept", "Open"))
    assert [due.subject for due in due_next(b.document, TODAY, {kept.id})] == [open_still.id]
