"""Graduating and revoking: one step with its decision, and every reason to refuse it."""

from __future__ import annotations

from typing import Any

import pytest

from app.edits.graduation import graduate, revoke, revokers
from app.edits.undo import redo, undo
from app.errors import AppError, FieldFault
from app.model.oversight import Evidence, GraduationDecision
from app.model.room import Person
from app.policy.holders import holder
from tests.support import autonomy as support
from tests.support.autonomy import action_of
from tests.support.builder import ProjectBuilder, complete


@pytest.fixture
def builder() -> ProjectBuilder:
    """A project with an action that has passed its gate and waits for the decision."""
    made = complete()
    support.in_the_loop(made)
    support.reviewed(made)
    return made


def asked(builder: ProjectBuilder, **values: Any) -> dict[str, Any]:
    """What a sound decision says."""
    rows = [row for row in builder.document.rows(Evidence) if row.action == action_of(builder).id]
    sound = {
        "decided_by": holder(builder.document, "APO").person,
        "decided_on": "2026-11-20",
        "evidence": [row.id for row in rows],
        "reason": "400 runs without a failure",
        "consulted": [str(holder(builder.document, code).person) for code in ("WO", "SO")],
    }
    return {**sound, **values}


def decide(builder: ProjectBuilder, to_mode: str = "on_loop", **values: Any) -> None:
    builder.run(graduate(action_of(builder).id, to_mode, **asked(builder, **values)))


def refused(builder: ProjectBuilder, to_mode: str = "on_loop", **values: Any) -> AppError:
    before = builder.document
    with pytest.raises(AppError) as caught:
        decide(builder, to_mode, **values)
    assert builder.document is before
    return caught.value


def somebody(builder: ProjectBuilder) -> Person:
    return builder.person("Nora Fink")


def test_the_mode_and_the_decision_move_together(builder: ProjectBuilder) -> None:
    decide(builder)
    assert action_of(builder).current == "on_loop"
    decision = builder.document.rows(GraduationDecision)[-1]
    assert (decision.action, decision.direction) == (action_of(builder).id, "graduate")
    assert (decision.from_mode, decision.to_mode) == ("in_loop", "on_loop")
    assert (decision.decided_on, decision.reason) == ("2026-11-20", "400 runs without a failure")
    assert decision.evidence == tuple(asked(builder)["evidence"])
    assert builder.log.last is not None
    assert str(builder.log.last.label) == "Close a ticket: On the loop"


def test_undo_takes_both_back_and_redo_brings_both_again(builder: ProjectBuilder) -> None:
    before = builder.document.rows(GraduationDecision)
    decide(builder)
    builder.run(undo(builder.log))
    assert action_of(builder).current == "in_loop"
    assert builder.document.rows(GraduationDecision) == before
    builder.run(redo(builder.log))
    assert action_of(builder).current == "on_loop"
    assert len(builder.document.rows(GraduationDecision)) == len(before) + 1


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"decided_on": ""}, "decided_on", "Say on which day it was decided."),
        ({"decided_on": "2026-11-22"}, "decided_on", "That day is still to come. Record the decision once it is made."),
        (
            {"decided_on": "2026-10-13"},
            "decided_on",
            "The evidence runs until 14 Oct 2026. The decision comes after it.",
        ),
        ({"decided_by": None}, "decided_by", "A date alone is no decision. Say who decides."),
        ({"evidence": []}, "evidence", "A date alone is no reason. Name the evidence that it rests on."),
        ({"reason": " "}, "reason", "Say what the evidence shows."),
        (
            {"consulted": []},
            "consulted",
            "The system owner was not asked. Ask Jun Kowalczyk first, and name them here.",
        ),
    ],
)
def test_a_decision_without_its_reasons_is_refused(
    builder: ProjectBuilder, values: dict[str, Any], field: str, sentence: str
) -> None:
    fault = refused(builder, **values)
    assert isinstance(fault, FieldFault)
    assert (fault.field, str(fault)) == (field, sentence)


def test_only_the_product_owner_graduates(builder: ProjectBuilder) -> None:
    fault = refused(builder, decided_by=somebody(builder).id)
    assert str(fault) == "A graduation is the Agent Product Owner's to decide. Ask Dana Abelard."
    builder.owner("workflow", None)
    builder.role("product_owner", None)
    assert str(refused(builder, decided_by=somebody(builder).id)).startswith("Nobody is Agent Product Owner.")


def test_a_gate_that_is_not_passed_says_what_is_missing(builder: ProjectBuilder) -> None:
    support.rerated(runs=59, unchanged=59, caught=13)(builder)
    assert str(refused(builder)) == (
        "“Close a ticket” has not passed its gate. Missing: 41 more clean runs; "
        "8 more seeded bad cases caught: proof that reviewers catch 80 %."
    )


def test_evidence_of_another_version_does_not_count(builder: ProjectBuilder) -> None:
    support.reviewed(builder, behaviour_version="an older one")
    fault = refused(builder)
    assert str(fault).startswith("Evidence of “an older one” does not count here.")


def test_some_actions_never_graduate(builder: ProjectBuilder) -> None:
    builder.set(action_of(builder), flags=("legal_effect",))
    assert str(refused(builder)) == (
        "“Close a ticket” never graduates, because it has legal effect. It stays with people whatever the evidence."
    )


def test_nothing_goes_below_its_floor_or_over_two_modes(builder: ProjectBuilder) -> None:
    assert str(refused(builder, "out_of_loop")) == (
        "No gate leads from “In the loop” to “Out of the loop”. Next is “On the loop”."
    )
    builder.set(action_of(builder), flags=("writes_sor",))
    assert str(refused(builder, "out_of_loop")) == (
        "“Out of the loop” is looser than its floor. Floor: On the loop, because it writes a system of record."
    )
    builder.set(action_of(builder), current="shadow")
    assert str(refused(builder, "on_loop")).startswith("No gate leads from “Shadow” to “On the loop”.")


def test_at_severity_2_a_second_person_decides_as_well(builder: ProjectBuilder) -> None:
    builder.set(action_of(builder), cost=2)
    support.rerated(runs=600, unchanged=600)(builder)
    owner = holder(builder.document, "APO").person
    for seconded in (None, owner):
        assert str(refused(builder, seconded_by=seconded)).startswith(
            "At this severity a second person approves as well."
        )
    decide(builder, seconded_by=somebody(builder).id)
    assert action_of(builder).current == "on_loop"


def test_after_a_revocation_it_waits_for_14_days(builder: ProjectBuilder) -> None:
    decide(builder, decided_on="2026-10-20")
    back = {"decided_by": holder(builder.document, "APO").person, "decided_on": "2026-11-10", "reason": "A wrong reply"}
    builder.run(revoke(action_of(builder).id, "in_loop", **back))
    support.reviewed(builder, from_day="2026-11-10", to_day="2026-11-19")
    newest = [builder.document.rows(Evidence)[-1].id]
    assert str(refused(builder, evidence=newest)) == (
        "“Close a ticket” was revoked lately. It may graduate from 24 Nov 2026 on."
    )
    assert str(refused(builder)).startswith("Evidence of")


def test_nothing_to_do_where_it_is_already(builder: ProjectBuilder) -> None:
    before = builder.document
    decide(builder, "in_loop")
    assert builder.document is before


# --- back --------------------------------------------------------------------------------------------------


def test_revoking_moves_the_mode_with_its_decision(builder: ProjectBuilder) -> None:
    decide(builder)
    who = holder(builder.document, "ER").person
    builder.run(
        revoke(action_of(builder).id, "in_loop", decided_by=who, decided_on="2026-11-21", reason="A wrong reply")
    )
    assert action_of(builder).current == "in_loop"
    decision = builder.document.rows(GraduationDecision)[-1]
    assert (decision.direction, decision.from_mode, decision.to_mode) == ("revoke", "on_loop", "in_loop")
    builder.run(undo(builder.log))
    assert action_of(builder).current == "on_loop"
    assert builder.document.rows(GraduationDecision)[-1].direction == "graduate"


def test_whoever_revokes_in_the_raci_may_revoke(builder: ProjectBuilder) -> None:
    held = [holder(builder.document, code) for code in ("APO", "ARE", "ER")]
    assert {each.person for each in held if each.person} <= {person.id for person in revokers(builder.document)}


@pytest.mark.parametrize(
    ("to_mode", "values", "field", "sentence"),
    [
        ("out_of_loop", {}, "to_mode", "“Out of the loop” is not stricter than it is now. Choose a stricter mode."),
        ("shadow", {"reason": ""}, "reason", "Say why it is taken back."),
        ("shadow", {"decided_by": None}, "decided_by", "A date alone is no decision. Say who decides."),
    ],
)
def test_a_revocation_without_its_reasons_is_refused(
    builder: ProjectBuilder, to_mode: str, values: dict[str, Any], field: str, sentence: str
) -> None:
    sound = {"decided_by": holder(builder.document, "APO").person, "decided_on": "2026-11-20", "reason": "Harm"}
    with pytest.raises(FieldFault) as caught:
        builder.run(revoke(action_of(builder).id, to_mode, **{**sound, **values}))
    assert (caught.value.field, str(caught.value)) == (field, sentence)


def test_not_everybody_may_revoke(builder: ProjectBuilder) -> None:
    stranger = somebody(builder)
    with pytest.raises(FieldFault) as caught:
        builder.run(
            revoke(action_of(builder).id, "shadow", decided_by=stranger.id, decided_on="2026-11-20", reason="Harm")
        )
    assert str(caught.value).startswith("“Nora Fink” may not take an action back. Ask one of these: ")
    assert "Dana Abelard" in str(caught.value)
