"""The dial: severity, start and floor against the oracle, and the properties that must hold for every action."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

import pytest

from app.messages import words
from app.model import vocabulary as v
from app.model.document import Document
from app.model.fields import Value
from app.model.ids import Mint
from app.model.oversight import Action
from app.model.room import Agent
from app.model.row import Row, with_fields
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.oversight import (
    BARRED,
    DUAL,
    EFFECT_FLAGS,
    IN,
    ON,
    OUT,
    SHADOW,
    STRICTNESS,
    WIRED,
    Oversight,
    Wiring,
    hands_to_person,
    looser_than,
    oversight,
    oversight_of,
    severity,
    stricter,
    wiring_of,
)

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "sample_workshops.json"
WORKSHOPS: dict[str, Any] = json.loads(FIXTURE.read_text(encoding="utf-8"))
SAMPLES = [pytest.param(entry, id=entry["action"]) for shop in WORKSHOPS.values() for entry in shop["actions"]]

ATTRIBUTES = ("reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity")
FLAGS = [str(entry.value) for entry in v.FLAGS]
EVERY = [dict(zip(ATTRIBUTES, levels, strict=True)) for levels in product(range(4), repeat=5)]
SUBSETS = [(), *((flag,) for flag in FLAGS), ("human_acts_next", "safety"), ("moves_money", "writes_sor")]
WIRINGS = [Wiring(*facts) for facts in product((False, True), repeat=3)]


def action(flags: tuple[str, ...] = (), **levels: int | None) -> Action:
    return Action(id="a", flags=flags, **levels)


def at_least_as_strict(one: str, other: str) -> bool:
    return not looser_than(one, other)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_samples_have_the_severity_start_and_floor_of_the_oracle(sample: dict[str, Any]) -> None:
    one = action(tuple(sample["flags"]), **{name: sample[name] for name in ATTRIBUTES})
    found = oversight(one, "1b", WIRED)
    assert (severity(one), found.severity) == (sample["severity"], sample["severity"])
    assert (found.start, found.floor) == (sample["start_mode"], sample["floor_mode"])


def test_the_oracle_has_sixty_actions() -> None:
    assert len(SAMPLES) == 60


def test_the_floors_of_all_combinations_without_flags() -> None:
    floors = Counter(oversight(action(**levels), "1b", WIRED).floor for levels in EVERY)
    assert floors == {OUT: 89, ON: 312, IN: 439, DUAL: 184}


def all_of(flags: tuple[str, ...], stage: str, wiring: Wiring) -> dict[tuple[int, ...], Oversight]:
    """What follows for every combination of attributes."""
    return {tuple(levels.values()): oversight(action(flags, **levels), stage, wiring) for levels in EVERY}


def one_worse(levels: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [(*levels[:i], levels[i] + 1, *levels[i + 1 :]) for i in range(5) if levels[i] < 3]


@pytest.mark.parametrize("flags", SUBSETS, ids=lambda flags: "+".join(flags) or "none")
@pytest.mark.parametrize("stage", ["1a", "1b"])
def test_a_worse_attribute_never_loosens(flags: tuple[str, ...], stage: str) -> None:
    found = all_of(flags, stage, WIRED)
    for levels, before in found.items():
        for after in map(found.__getitem__, one_worse(levels)):
            assert at_least_as_strict(after.floor, before.floor), levels
            assert at_least_as_strict(after.start, before.start), levels
            assert after.severity >= before.severity


@pytest.mark.parametrize("wiring", WIRINGS, ids=str)
def test_a_worse_attribute_never_loosens_whatever_the_wiring(wiring: Wiring) -> None:
    found = all_of((), "1b", wiring)
    for levels, before in found.items():
        assert all(at_least_as_strict(found[worse].floor, before.floor) for worse in one_worse(levels)), levels


@pytest.mark.parametrize("flag", [flag for flag in FLAGS if flag != "human_acts_next"])
def test_one_more_flag_never_loosens(flag: str) -> None:
    others = [f for f in FLAGS if f != flag]
    subsets = list(chain.from_iterable(combinations(others, size) for size in (0, 1)))
    for levels in EVERY[::5]:
        for flags in subsets:
            before = oversight(action(flags, **levels), "1b", WIRED)
            after = oversight(action((*flags, flag), **levels), "1b", WIRED)
            assert at_least_as_strict(after.floor, before.floor), (levels, flags)
            assert at_least_as_strict(after.start, before.start), (levels, flags)


@pytest.mark.parametrize("flags", SUBSETS, ids=lambda flags: "+".join(flags) or "none")
def test_nothing_starts_below_its_floor_and_less_wiring_never_loosens(flags: tuple[str, ...]) -> None:
    for levels in EVERY[::9]:
        one = action(flags, **levels)
        best = oversight(one, "1b", WIRED)
        for wiring in WIRINGS:
            found = oversight(one, "1b", wiring)
            assert at_least_as_strict(found.start, found.floor)
            assert at_least_as_strict(found.floor, best.floor)
            assert found.start in found.permitted


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_an_attribute_that_nobody_said_counts_as_the_worst(name: str) -> None:
    for levels in EVERY[::7]:
        unsaid, worst = action(**{**levels, name: None}), action(**{**levels, name: 3})
        one, other = oversight(unsaid, "1b", WIRED), oversight(worst, "1b", WIRED)
        assert (one.severity, one.start, one.floor) == (other.severity, other.start, other.floor)


def test_what_each_flag_asks_at_least() -> None:
    for levels in EVERY:
        assert oversight(action(("outside_boundary",), **levels), "1b", WIRED).floor == BARRED
        assert oversight(action(("safety",), **levels), "1b", WIRED).floor == DUAL
        assert at_least_as_strict(oversight(action(("legal_effect",), **levels), "1b", WIRED).floor, IN)
        for flag in EFFECT_FLAGS:
            found = oversight(action((flag,), **levels), "1b", WIRED)
            assert at_least_as_strict(found.floor, ON)
            assert at_least_as_strict(found.start, IN)


def test_a_hand_off_is_not_gated_while_it_stays_small_and_has_no_effect_of_its_own() -> None:
    small = {"reversibility": 1, "blast_radius": 1, "external_visibility": 1, "cost": 0, "data_sensitivity": 1}
    unwired = Wiring(stop=False, undo=False, compensation=False)
    handoff = action(("human_acts_next",), **small)
    assert hands_to_person(handoff)
    assert oversight(handoff, "1b", unwired).floor == OUT
    assert oversight(handoff, "1a", unwired).start == OUT
    assert oversight(replace(handoff, flags=("human_acts_next", "safety")), "1b", WIRED).floor == DUAL
    assert oversight(replace(handoff, flags=("human_acts_next", "outside_boundary")), "1a", WIRED).start == BARRED
    for larger in (
        replace(handoff, reversibility=2),
        replace(handoff, data_sensitivity=2),
        replace(handoff, flags=("writes_sor", "human_acts_next")),
    ):
        assert not hands_to_person(larger)
        assert oversight(larger, "1b", WIRED).start == IN


def test_in_stage_1a_whatever_would_execute_is_shadowed() -> None:
    for flags in SUBSETS:
        for levels in EVERY[::11]:
            one = action(flags, **levels)
            expected = {True: oversight(one, "1b", WIRED).start, False: SHADOW}[hands_to_person(one)]
            if "outside_boundary" in flags:
                expected = BARRED
            assert oversight(one, "1a", WIRED).start == expected


def test_without_wiring_an_action_that_changes_something_stays_in_the_loop() -> None:
    levels = {"reversibility": 1, "blast_radius": 1, "external_visibility": 1, "cost": 1, "data_sensitivity": 1}
    one = action(**levels)
    assert oversight(one, "1b", WIRED).floor == OUT
    no_stop = oversight(one, "1b", Wiring(stop=False, undo=True, compensation=True))
    assert no_stop.floor == IN
    assert words(no_stop.because) == "Floor: In the loop, because no stop button works."
    assert words(no_stop.next_down or "") == "Next tier down once a stop button works."
    assert oversight(one, "1b", Wiring(stop=True, undo=False, compensation=True)).floor == IN
    assert oversight(action(**{**levels, "reversibility": 0}), "1b", Wiring(False, False, False)).floor == OUT


def test_compensable_counts_only_once_tested() -> None:
    for levels in EVERY:
        if levels["reversibility"] == 2:
            untested = oversight(action(**levels), "1b", Wiring(stop=True, undo=True, compensation=False))
            irreversible = oversight(action(**{**levels, "reversibility": 3}), "1b", WIRED)
            assert (untested.floor, untested.start) == (irreversible.floor, irreversible.start)


@pytest.mark.parametrize(
    ("flags", "levels", "because", "next_down"),
    [
        (
            ("external_message",),
            (2, 1, 2, 0, 1),
            "Floor: On the loop, because compensable (2), visible to a customer or supplier (2) and it sends a "
            "message outside.",
            "",
        ),
        (
            (),
            (2, 1, 1, 2, 1),
            "Floor: On the loop, because compensable (2) and a mistake costs up to L2 (2).",
            "Next tier down if it changed nothing.",
        ),
        (
            (),
            (2, 2, 1, 3, 1),
            "Floor: In the loop, because compensable (2) and a mistake costs more than L2 (3).",
            "Next tier down if a mistake cost at most L2.",
        ),
        (
            (),
            (1, 2, 2, 2, 1),
            "Floor: In the loop, because undone in place (1), touches a batch, a team or an account (2), visible to a "
            "customer or supplier (2) and a mistake costs up to L2 (2).",
            "Next tier down if a mistake cost at most L1.",
        ),
        (
            (),
            (3, 0, 0, 0, 0),
            "Floor: On the loop, because irreversible (3).",
            "Next tier down if it could be compensated.",
        ),
        ((), (0, 0, 0, 0, 2), "Floor: Out of the loop. Nothing about it asks for more.", ""),
        (("outside_boundary",), (0, 0, 0, 0, 0), "Floor: Not permitted, because it is outside the boundary.", ""),
        (("legal_effect",), (1, 1, 1, 1, 1), "Floor: In the loop, because it has legal effect.", ""),
    ],
)
def test_the_floor_names_what_binds_it_and_what_would_loosen_it(
    flags: tuple[str, ...], levels: tuple[int, ...], because: str, next_down: str
) -> None:
    found = oversight(action(flags, **dict(zip(ATTRIBUTES, levels, strict=True))), "1b", WIRED)
    assert words(found.because) == because
    assert words(found.next_down or "") == next_down


def test_a_missing_attribute_says_so() -> None:
    found = oversight(action(reversibility=1), "1b", WIRED)
    assert "nobody said what a mistake costs (counts as 3)" in words(found.because)


def test_something_is_said_to_loosen_the_floor_exactly_where_one_attribute_can() -> None:
    found = all_of((), "1b", WIRED)
    for levels, now in found.items():
        lower = [(*levels[:i], less, *levels[i + 1 :]) for i in range(5) for less in range(levels[i])]
        can = any(looser_than(found[less].floor, now.floor) for less in lower)
        assert (now.next_down is not None) is can, levels


def test_legal_effect_payment_release_and_privileged_access_never_leave_the_loop() -> None:
    for levels in EVERY:
        for flags, kept in (
            (("legal_effect",), True),
            (("moves_money",), levels["reversibility"] == 3),
            (("grants_access",), levels["data_sensitivity"] == 3),
        ):
            found = oversight(action(flags, **levels), "1b", WIRED)
            assert found.never_graduates is kept
            if kept:
                assert at_least_as_strict(found.floor, IN)


def test_permitted_is_everything_at_least_as_strict_as_the_floor() -> None:
    on_the_loop = oversight(action(**dict.fromkeys(ATTRIBUTES, 1) | {"cost": 2}), "1b", WIRED)
    assert on_the_loop.floor == ON
    assert on_the_loop.permitted == {ON, IN, DUAL, SHADOW, BARRED}
    assert oversight(action(("outside_boundary",)), "1b", WIRED).permitted == {BARRED}


def test_the_order_of_strictness() -> None:
    assert STRICTNESS == (OUT, ON, IN, DUAL, SHADOW, BARRED)
    assert (stricter(OUT, ON), stricter(DUAL, IN), stricter(IN, IN)) == (ON, DUAL, IN)
    assert looser_than(OUT, ON)
    assert not looser_than(SHADOW, DUAL)


def test_the_wiring_of_an_action_is_read_from_the_document() -> None:
    start = Document.empty(Mint())
    one = Action(
        id="action",
        reversibility=2,
        blast_radius=1,
        external_visibility=2,
        cost=1,
        data_sensitivity=1,
        flags=("moves_money", "writes_sor"),
    )
    agent = with_fields(start.only(Agent), {"stage": "1b"})

    def document(*rows: Row) -> Document:
        return Document.of("p", [*(row for row in start if row.id != agent.id), agent, one, *rows])

    def compensation(**values: Value) -> Row:
        blank = CompensatingTransaction(id="c", action="action", steps="Debit it again", owner="p")
        return with_fields(blank, values)

    stop = StopControl(id="s", where="Console", stops_new_work=True)
    assert wiring_of(document(), one) == Wiring(stop=False, undo=False, compensation=False)
    assert wiring_of(document(with_fields(stop, {"stops_new_work": False})), one).stop is False
    assert wiring_of(document(stop, compensation()), one) == Wiring(stop=True, undo=True, compensation=False)
    assert wiring_of(document(compensation(owner=None, last_tested="2026-11-01")), one).compensation is False
    assert wiring_of(document(compensation(action="another", last_tested="2026-11-01")), one).compensation is False
    assert wiring_of(document(), replace(one, undo="Take it off the account")).undo is True
    full = document(stop, compensation(last_tested="2026-11-01"))
    assert wiring_of(full, one) == WIRED
    to_come = document(stop, compensation(last_tested="2026-11-22"))
    assert (wiring_of(to_come, one, "2026-11-21").compensation, wiring_of(to_come, one, "2026-11-22")) == (False, WIRED)
    assert oversight_of(to_come, one, "2026-11-21T09:00:00.000Z").floor == IN
    assert oversight_of(to_come, one, "2026-11-22T09:00:00.000Z").floor == ON
    assert (oversight_of(full, one).floor, oversight_of(document(stop), one).floor) == (ON, IN)
