"""What if people leave or are away: what is lost, who steps in, who answers, and how few it takes."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import AppError
from app.messages import words
from app.model.boundary import BacklogItem, LaunchBlocker
from app.model.change import ApprovalRule
from app.model.commit import AcceptedRisk, Commitment, Decision
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.fields import Kind, Scope, fields_of
from app.model.kinds import ALL
from app.model.owners import OwnerAssignment, RoleAssignment, Rota, SixThing, VendorCover
from app.model.room import Agent, Person
from app.model.scorecard import ReviewRhythm
from app.model.stop import StopControl
from app.policy.coverage import nominal, people_behind
from app.policy.places import PLACES, places
from app.policy.whatif import WhatIf, alone, least_people, without
from tests.support.builder import NOW, ProjectBuilder, complete, sample

SATURDAY_3AM = datetime(2026, 11, 21, 2, tzinfo=UTC)


def losing(b: ProjectBuilder, *people: Person, at: datetime | None = None) -> WhatIf:
    return without(b.document, [person.id for person in people], at, as_of=NOW)


def lost(found: WhatIf, group: str) -> list[str]:
    return [words(loss.what) for loss in found.of(group)]


def test_nobody_missed_nothing_lost() -> None:
    b = complete()
    found = losing(b)
    assert (found.losses, found.takeovers, found.cover, found.unowned) == ((), (), (), False)


def test_an_owner_without_a_deputy_leaves_the_place_empty() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("workflow", dana, deputy=lin)
    owner = b.owner("outcome", dana)
    found = losing(b, dana)
    assert lost(found, "owner") == ["Outcome owner"]
    assert [(loss.subject, loss.field, loss.step) for loss in found.of("owner")] == [(owner.id, "person", "owners")]
    assert [(words(each.what), set(each.by)) for each in found.takeovers] == [("Workflow owner", {lin.id})]
    assert lost(losing(b, dana, lin), "owner") == ["Workflow owner", "Outcome owner"]


def test_the_six_things_follow_their_holder() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("outcome", dana)
    b.fixed(SixThing, "expand_or_stop", person=lin)
    assert lost(losing(b, dana), "six_thing") == ["Success metric"]
    assert lost(losing(b, lin), "six_thing") == ["Expand, narrow, pause or stop"]


def test_a_rota_goes_on_until_its_last_member() -> None:
    b = ProjectBuilder()
    dana, lin, jun = b.person("Dana"), b.person("Lin"), b.person("Jun")
    rota = b.rota("On call", dana, lin)
    b.action("Refund", approver=rota)
    b.role("reliability_engineer", jun, rota=rota)
    one = losing(b, dana)
    assert (one.unowned, [(each.rota, each.before, each.left) for each in one.rotas]) == (False, [(rota.id, 2, 1)])
    assert lost(losing(b, dana, lin), "approval") == ["Refund: Approver"]
    assert lost(losing(b, dana, lin), "role") == []
    assert lost(losing(b, dana, lin, jun), "role") == ["Agent Reliability Engineer"]


def test_a_queue_stands_for_its_owner_and_a_ring_of_queues_for_nobody() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana")
    first, second = b.queue("First", dana), b.queue("Second")
    b.set(second, route_on=second)
    b.set(first, route_on=second)
    b.exception_class("Odd", goes_further_to=first)
    assert lost(losing(b, dana), "route") == ["Odd: Goes further to"]
    assert lost(losing(b, dana), "queue") == ["First: Owner"]


def test_authority_to_stop_is_lost_with_the_last_who_has_it() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.add(StopControl, where="Console", who=(dana.id, lin.id))
    assert lost(losing(b, dana), "stop") == []
    assert lost(losing(b, dana, lin), "stop") == ["Console: Who may press it"]


def test_hours_that_nobody_covers_any_more_and_who_answers_instead() -> None:
    b = ProjectBuilder()
    b.agent(time_zone="Europe/Berlin")
    dana, lin = b.person("Dana"), b.person("Lin")
    b.add(CoverageWindow, duty="stop", holder=dana, weekdays=("sat",), start="00:00", end="24:00")
    b.add(CoverageWindow, duty="stop", holder=lin, weekdays=("sat", "sun"), start="08:00", end="10:00")
    (cover,) = losing(b, dana, at=SATURDAY_3AM).cover
    assert (cover.duty, cover.lost) == ("stop", 22 * 60)
    assert cover.there_before == (SATURDAY_3AM, dana.id)
    assert cover.there == (datetime(2026, 11, 21, 7, tzinfo=UTC), lin.id)
    assert losing(b, lin, at=SATURDAY_3AM).unowned


def test_steps_of_the_drill_that_lose_their_answer() -> None:
    b = complete()
    everybody = b.document.rows(Person)
    before = losing(b, *everybody, at=SATURDAY_3AM)
    assert any("Page the Agent Reliability Engineer" in said for said in lost(before, "drill"))
    assert all("in 4 of 4 drills" in said for said in lost(before, "drill") if "Page" in said)


def test_rows_of_the_raci_without_anybody() -> None:
    b = complete()
    found = losing(b, *b.document.rows(Person))
    assert any(said.endswith("nobody is accountable") for said in lost(found, "raci"))
    assert any(said.endswith("nobody is responsible") for said in lost(found, "raci"))


def test_at_a_moment_those_who_are_away_that_day_are_out_too() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana", away_from="2026-11-21", away_to="2026-11-21")
    lin = b.person("Lin")
    b.owner("workflow", dana, deputy=lin)
    assert losing(b, lin, at=SATURDAY_3AM).away == (dana.id,)
    assert lost(losing(b, lin, at=SATURDAY_3AM), "owner") == ["Workflow owner"]
    assert lost(losing(b, lin, at=datetime(2026, 11, 22, 3, tzinfo=UTC)), "owner") == []
    assert lost(losing(b, lin), "owner") == []


def test_what_was_open_before_is_not_lost() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana")
    b.owner("workflow", None, deputy=dana)
    b.add(Commitment, what="Kept", who=dana, done_on="2026-11-01")
    b.add(LaunchBlocker, case="Shown", business=dana, it=dana, cleared_on="2026-11-01")
    assert not losing(b, dana).unowned


def test_a_stranger_is_refused() -> None:
    with pytest.raises(AppError, match="no longer in the project"):
        without(ProjectBuilder().document, ["nobody"], None, as_of=NOW)


NOT_PLACES = {
    (OwnerAssignment, "deputy"),
    (RoleAssignment, "rota"),
    (RoleAssignment, "deputy"),
    (SixThing, "person"),
    (CoverageWindow, "holder"),
    (Rota, "members"),
    (Agent, "understudy"),
    (VendorCover, "person"),
    (VendorCover, "deputy"),
    (Decision, "agreed"),
    (AcceptedRisk, "who"),
    (BacklogItem, "proposed_by"),
    (ReviewRhythm, "attendees"),
}
"""Fields that stand beside a place, are counted otherwise, or say what somebody did."""


def test_no_field_that_names_somebody_is_forgotten() -> None:
    naming = {
        (row_class, name)
        for row_class in ALL
        for name, field in fields_of(row_class).items()
        if field.kind in (Kind.REFERENCE, Kind.REFERENCES)
        and field.scope is Scope.DECISION
        and {"person", "rota"} & set(field.targets)
    }
    told = {(row_class, name) for _, row_class, names in PLACES for name in names}
    assert naming == told | NOT_PLACES
    assert not told & NOT_PLACES


# --- the least number of people ----------------------------------------------------------------------------


def test_the_fewest_behind_each_duty_come_first() -> None:
    b = ProjectBuilder()
    dana, lin, jun = b.person("Dana"), b.person("Lin"), b.person("Jun")
    b.owner("workflow", dana, deputy=lin)
    b.queue("Billing", jun)
    rota = b.rota("On call", dana, lin, jun)
    b.action("Refund", escalation_path=rota)
    found = [
        (words(least.what), least.people)
        for least in least_people(b.document, "2026-11-21")
        if least.group != "six_thing"
    ]
    assert found == [
        ("Billing: Owner", (jun.id,)),
        ("Workflow owner", (dana.id, lin.id)),
        ("Refund: Escalation path", (dana.id, lin.id, jun.id)),
    ]


def test_for_hours_it_is_the_thinnest_stretch() -> None:
    b = ProjectBuilder()
    b.agent(time_zone="Europe/Berlin")
    dana, lin, jun = b.person("Dana"), b.person("Lin"), b.person("Jun")
    rota = b.rota("On call", dana, lin)
    b.window("stop", rota, "mon-fri", "09:00-17:00")
    b.window("stop", jun, "mon-fri", "12:00-17:00")
    (least,) = least_people(b.document, "2026-11-21")
    assert (words(least.what), least.people, least.of) == ("An hour of “Press stop”", (dana.id, lin.id), 3)
    b.window("stop", jun, "mon-fri", "17:00-18:00")
    assert least_people(b.document, "2026-11-21")[0].people == (jun.id,)


def test_places_of_one_kind_with_the_same_people_are_told_together() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    for name in ("Refund", "Credit", "Reply"):
        b.action(name, approver=dana)
    b.action("Close", approver=lin)
    found = [(words(least.what), least.people) for least in least_people(b.document, "2026-11-21")]
    assert found == [("Actions (3): Approver", (dana.id,)), ("Close: Approver", (lin.id,))]


def test_who_is_alone_with_most_comes_first() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.queue("Billing", lin)
    b.queue("Refunds", lin)
    b.add(ApprovalRule, change="prompts", approvers=(lin.id,))
    b.action("Reply", approver=dana)
    assert [(person, len(found)) for person, found in alone(least_people(b.document, "2026-11-21")).items()] == [
        (lin.id, 2),
        (dana.id, 1),
    ]


SAMPLE = sample().document


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from([person.id for person in SAMPLE.rows(Person)])))
def test_a_place_is_lost_exactly_when_too_few_behind_it_are_left(out: set[str]) -> None:
    found = without(SAMPLE, out, None, as_of=NOW)
    gone = frozenset(out)
    expected = {
        (place.subject, place.field)
        for place in places(SAMPLE)
        if any(people <= gone for people in (place.people, *(lapse.people for lapse in place.also)))
    }
    told = {(loss.subject, loss.field) for loss in found.losses if loss.group not in ("raci", "drill")}
    assert told == expected


def _left(document: Document, out: frozenset[str], duty: str) -> int:
    """Uncovered minutes of a duty, counted the plain way: windows whose people are all out are struck."""
    stay = [
        row for row in document if not (isinstance(row, CoverageWindow) and people_behind(document, row.holder) <= out)
    ]
    return nominal(Document.of(document.project_id, stay), duty).uncovered


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sets(st.integers(0, 4), min_size=1, max_size=3), st.integers(0, 22), st.integers(1, 24)),
        min_size=1,
        max_size=5,
    )
)
def test_no_smaller_group_opens_a_hole_in_the_hours(windows: list[tuple[set[int], int, int]]) -> None:
    b = ProjectBuilder()
    b.agent(time_zone="UTC")
    people = [b.person(f"Person {number}") for number in range(5)]
    for number, (members, start, end) in enumerate(windows):
        rota = b.rota(f"Rota {number}", *(people[one] for one in sorted(members)))
        b.window("stop", rota, "mon-fri", f"{start:02d}:00-{end:02d}:00")
    covered = nominal(b.document, "stop").uncovered
    ids = [person.id for person in people]
    groups = chain.from_iterable(combinations(ids, size) for size in range(1, 6))
    fewest = next(len(group) for group in groups if _left(b.document, frozenset(group), "stop") > covered)
    (least,) = least_people(b.document, "2026-11-21")
    assert least.count == fewest
    assert _left(b.document, frozenset(least.people), "stop") > covered
