"""Keeping a silent vote, and deciding from it."""

from __future__ import annotations

import pytest

from app.edits.undo import undo
from app.edits.votes import decide_owner, decision_on, keep_dissent, keep_votes, park_question
from app.errors import AppError, FieldFault
from app.model.commit import Decision, ParkedItem
from app.model.owners import OwnerAssignment, Vote
from app.model.room import Person
from app.policy.consensus import NOBODY, PASS, PERSON, QUESTIONS, Answer, rounds
from tests.support.builder import ProjectBuilder


@pytest.fixture
def builder() -> ProjectBuilder:
    made = ProjectBuilder()
    made.person("Dana Abelard")
    made.person("Jun Kowalczyk")
    return made


def people(builder: ProjectBuilder) -> list[str]:
    return [person.id for person in builder.document.rows(Person)]


def test_a_round_is_kept_whole_and_undone_whole(builder: ProjectBuilder) -> None:
    dana, jun = people(builder)
    builder.run(keep_votes({dana: {"system": Answer(PERSON, jun)}, jun: {"system": Answer(NOBODY)}}))
    (found,) = rounds(builder.document)
    assert len(builder.document.rows(Vote)) == 2 * len(QUESTIONS)
    assert found.answer(dana, "system") == Answer(PERSON, jun)
    assert found.answer(jun, "outcome") == Answer(PASS)
    builder.run(keep_votes({dana: {}}))
    assert [each.number for each in rounds(builder.document)] == [1, 2]
    builder.run(undo(builder.log)).run(undo(builder.log))
    assert builder.document.rows(Vote) == ()


def test_a_vote_for_somebody_who_is_not_there_is_refused(builder: ProjectBuilder) -> None:
    dana, jun = people(builder)
    before = builder.document
    with pytest.raises(FieldFault):
        builder.run(keep_votes({dana: {"system": Answer(PERSON, jun.replace("7", "8"))}}))
    assert builder.document == before


def test_deciding_names_the_owner_and_writes_it_down_once(builder: ProjectBuilder) -> None:
    dana, jun = people(builder)
    builder.run(decide_owner("exception", jun)).run(decide_owner("exception", jun))
    assert builder.document.fixed(OwnerAssignment, "exception").person == jun
    (decision,) = builder.document.rows(Decision)
    assert (decision.what, decision.on, decision.step) == ("Exception owner: Jun Kowalczyk", "2026-11-21", "owners")
    builder.run(decide_owner("exception", dana))
    assert [row.what for row in builder.document.rows(Decision)][1] == "Exception owner: Dana Abelard"
    builder.run(undo(builder.log)).run(undo(builder.log))
    assert builder.document.fixed(OwnerAssignment, "exception").person is None
    assert builder.document.rows(Decision) == ()


def test_nobody_can_be_decided_on_who_has_left(builder: ProjectBuilder) -> None:
    gone = builder.document.fixed(OwnerAssignment, "system").id
    with pytest.raises(AppError, match="no longer in the project"):
        builder.run(decide_owner("system", gone))


def test_dissent_is_kept_with_the_decision_once(builder: ProjectBuilder) -> None:
    dana, jun = people(builder)
    builder.run(decide_owner("exception", dana)).run(decide_owner("exception", jun))
    builder.run(keep_dissent("exception", [dana])).run(keep_dissent("exception", [dana]))
    first, latest = builder.document.rows(Decision)
    assert (first.dissent, latest.dissent) == ("", "Dana Abelard named somebody else.")
    assert decision_on(builder.document, "exception") == latest
    builder.run(undo(builder.log))
    assert builder.document.rows(Decision)[1].dissent == ""


def test_dissent_that_was_written_by_hand_stays(builder: ProjectBuilder) -> None:
    dana, jun = people(builder)
    builder.run(decide_owner("system", jun))
    builder.set(builder.document.rows(Decision)[0], dissent="Theo would rather wait.")
    builder.run(keep_dissent("system", [dana]))
    assert builder.document.rows(Decision)[0].dissent == "Theo would rather wait. Dana Abelard named somebody else."


def test_without_dissenters_nothing_is_kept(builder: ProjectBuilder) -> None:
    _, jun = people(builder)
    builder.run(decide_owner("system", jun)).run(keep_dissent("system", []))
    assert builder.document.rows(Decision)[0].dissent == ""


def test_dissent_needs_its_decision(builder: ProjectBuilder) -> None:
    dana, jun = people(builder)
    builder.run(decide_owner("system", jun))
    builder.owner("system", builder.document.get(Person, dana))
    assert decision_on(builder.document, "system") is None
    with pytest.raises(AppError, match="Decide it first"):
        builder.run(keep_dissent("system", [jun]))


def test_a_question_is_parked_once(builder: ProjectBuilder) -> None:
    builder.run(park_question("exception")).run(park_question("exception"))
    assert [item.what for item in builder.document.rows(ParkedItem)] == ["Exception owner: who is it?"]
