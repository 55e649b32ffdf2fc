"""The silent vote: keeping what was answered, and deciding from it (product.md, "The silent vote")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.edits import Edit
from app.edits.generic import add, change_set, new_row, set_fields, together
from app.errors import AppError
from app.messages import Message, msg, words
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Decision, ParkedItem
from app.model.document import Document
from app.model.ids import Mint
from app.model.owners import OwnerAssignment, Vote
from app.model.room import Person
from app.policy.consensus import PASS, QUESTIONS, Answer, Ballot, next_round
from app.policy.windows import day_at


def keep_votes(ballots: Mapping[str, Ballot]) -> Edit:
    """Keep what everybody answered, by the id of the voter, as the next round, in one step."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        number = next_round(document)
        changes: list[RowChange] = []
        now = document
        for voter, ballot in ballots.items():
            for question in QUESTIONS:
                answer = ballot.get(question, Answer(PASS))
                change = RowChange(None, new_row(now, mint, Vote, _values(number, voter, question, answer)))
                changes.append(change)
                now = now.applying([change])
        return change_set(mint, msg("Silent vote, round {number}", number=number), changes)

    return edit


def decide_owner(owner_type: str, person: str) -> Edit:
    """Make somebody the owner of a type and write the decision down, as one step; nothing to do when both stand so.

    Raises an AppError when the person is no longer in the project.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        named = document.get(Person, person)
        if named is None:
            raise AppError(msg("That person is no longer in the project."), msg("Name somebody else."))
        owner = document.fixed(OwnerAssignment, owner_type)
        label = _ownership(owner, named)
        what = words(label)
        if owner.person == person and any(decision.what == what for decision in document.rows(Decision)):
            return None
        decision = {"what": what, "on": day_at(document, mint.moment()), "step": "owners"}
        return together(label, set_fields(owner.id, person=person), add(Decision, decision))(document, mint)

    return edit


def keep_dissent(owner_type: str, people: Sequence[str]) -> Edit:
    """Write down, with the decision that made somebody the owner of a type, who named somebody else; nothing to do
    when it stands there already.

    What they named stays in the vote. Raises an AppError when that decision is not written down.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        decision = decision_on(document, owner_type)
        if decision is None:
            raise AppError(
                msg("It is not written down that this was decided."), msg("Decide it first; then the dissent can stay.")
            )
        names = ", ".join(person.name for person in document.rows(Person) if person.id in people and person.name)
        said = words(msg("{names} named somebody else.", names=names))
        if not names or said in decision.dissent:
            return None
        return set_fields(decision.id, dissent=f"{decision.dissent} {said}".strip())(document, mint)

    return edit


def decision_on(document: Document, owner_type: str) -> Decision | None:
    """The latest decision that made the present owner of a type the owner, if it is written down."""
    owner = document.fixed(OwnerAssignment, owner_type)
    person = document.get(Person, owner.person)
    if person is None:
        return None
    what = words(_ownership(owner, person))
    return next((each for each in reversed(document.rows(Decision)) if each.what == what), None)


def park_question(owner_type: str) -> Edit:
    """Put the question of who owns a type into the parking lot; nothing to do when it waits there already."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        owner = document.fixed(OwnerAssignment, owner_type)
        what = words(msg("{type}: who is it?", type=msg(owner.called())))
        if any(item.what == what and not item.done for item in document.rows(ParkedItem)):
            return None
        return add(ParkedItem, {"what": what})(document, mint)

    return edit


def _ownership(owner: OwnerAssignment, person: Person) -> Message:
    """What is decided, as the decision log says it."""
    return msg("{type}: {name}", type=msg(owner.called()), name=person.name or msg("A person without a name"))


def _values(number: int, voter: str, question: str, answer: Answer) -> dict[str, Any]:
    return {"round": number, "voter": voter, "question": question, "answer": answer.kind, "person": answer.person}
