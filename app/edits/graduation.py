"""Moving an action to another mode, with the decision on it: one step (domain.md 3.5; 76, 78).

A move to a looser mode rests on evidence and is the Agent Product Owner's to decide; a move to a stricter one needs no
evidence and may be made by whoever revokes in the RACI (L16).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.edits import Edit
from app.edits.generic import change_set, existing, new_row, with_values
from app.errors import AppError, FieldFault
from app.messages import Message, msg
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.ids import Mint
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.owners import Rota
from app.model.room import Person
from app.policy.days import in_words
from app.policy.evidence import cooldown_until, counted
from app.policy.graduation import Gate, next_gate, progress
from app.policy.holders import holder
from app.policy.oversight import STRICTNESS, listed, looser_than, mode_label, oversight_of
from app.policy.raci import matrix
from app.policy.windows import day_at

REVOKE = "L16"
"""The row of the RACI that says who takes an action back."""


def graduate(
    action_id: str,
    to_mode: str,
    *,
    decided_by: str | None,
    decided_on: str,
    evidence: Iterable[str] = (),
    reason: str,
    seconded_by: str | None = None,
    consulted: Iterable[str] = (),
) -> Edit:
    """Move an action to the next looser mode and record who decided it on which evidence, as one step.

    `decided_by`, `seconded_by` and `consulted` are ids of persons, `evidence` ids of evidence, `decided_on` the day of
    the decision; the gate is checked as it stands now. Raises an AppError in one sentence where something is missing, a
    FieldFault where a field answers it.
    """
    rests_on, asked = tuple(evidence), tuple(consulted)

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        action = _action(document, action_id)
        if action.current == to_mode:
            return None
        _check_day(decided_on, day_at(document, mint.moment()))
        gate = _gate(document, action, to_mode, mint.moment())
        _check_decider(document, decided_by)
        _check_evidence(document, action, rests_on, decided_on, mint.moment())
        _check_reason(reason, msg("Say what the evidence shows."))
        _check_cooldown(document, action, decided_on)
        _check_progress(document, action, mint.moment())
        _check_second(gate, decided_by, seconded_by)
        _check_consulted(document, asked, decided_by)
        values = {
            "direction": "graduate",
            "decided_by": decided_by,
            "decided_on": decided_on,
            "evidence": rests_on,
            "reason": reason,
            "seconded_by": seconded_by,
            "consulted": asked,
        }
        return _moved(document, mint, action, to_mode, values)

    return edit


def revoke(action_id: str, to_mode: str, *, decided_by: str | None, decided_on: str, reason: str) -> Edit:
    """Take an action back to a stricter mode and record who decided it and why, as one step.

    Its counters start again, and for 14 days it does not graduate. Raises an AppError, a FieldFault for a field, where
    the mode is not stricter, or somebody decides who may not.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        action = _action(document, action_id)
        if action.current == to_mode:
            return None
        _check_day(decided_on, day_at(document, mint.moment()))
        if to_mode not in STRICTNESS or not action.current or not looser_than(action.current, to_mode):
            raise FieldFault(
                "to_mode",
                msg("“{mode}” is not stricter than it is now.", mode=mode_label(to_mode)),
                msg("Choose a stricter mode."),
            )
        _check_revoker(document, decided_by)
        _check_reason(reason, msg("Say why it is taken back."))
        values = {"direction": "revoke", "decided_by": decided_by, "decided_on": decided_on, "reason": reason}
        return _moved(document, mint, action, to_mode, values)

    return edit


def revokers(document: Document) -> tuple[Person, ...]:
    """The persons who may take an action back: whoever is R or A for it in the RACI, in the order of the columns."""
    row = matrix(document).row(REVOKE)
    codes = [code for letter in "AR" for code in (row.holding(letter) if row is not None else ())]
    people: dict[str, Person] = {}
    for held in (holder(document, code) for code in codes):
        rota = document.get(Rota, held.rota)
        for person_id in (held.person, *(rota.members if rota else ())):
            person = document.get(Person, person_id)
            if person is not None:
                people[person.id] = person
    return tuple(people.values())


# --- what is checked ---------------------------------------------------------------------------------------


def _gate(document: Document, action: Action, to_mode: str, as_of: str) -> Gate:
    """The gate between the present mode and `to_mode`; an AppError where there is none to pass."""
    implied = oversight_of(document, action, as_of)
    if implied.never_graduates:
        raise AppError(
            msg("“{action}” never graduates, because {reasons}.", action=action.name, reasons=listed(implied.binding)),
            msg("It stays with people whatever the evidence."),
        )
    if to_mode not in STRICTNESS or looser_than(to_mode, implied.floor):
        raise FieldFault(
            "to_mode",
            msg("“{mode}” is looser than its floor.", mode=mode_label(to_mode)),
            implied.next_down or implied.because,
        )
    gate = next_gate(document, action, as_of)
    if gate is None or gate.to_mode != to_mode:
        raise FieldFault(
            "to_mode",
            msg(
                "No gate leads from “{before}” to “{after}”.",
                before=mode_label(action.current),
                after=mode_label(to_mode),
            ),
            msg("An action graduates one mode at a time, from in the loop on.")
            if gate is None
            else msg("Next is “{mode}”.", mode=mode_label(gate.to_mode)),
        )
    return gate


def _check_day(day: str, today: str) -> None:
    if not day:
        raise FieldFault("decided_on", msg("Say on which day it was decided."))
    if day > today:
        raise FieldFault("decided_on", msg("That day is still to come."), msg("Record the decision once it is made."))


def _check_decider(document: Document, decided_by: str | None) -> None:
    owner = holder(document, "APO")
    if decided_by is None:
        raise FieldFault("decided_by", msg("A date alone is no decision."), msg("Say who decides."))
    if owner.person is None:
        raise FieldFault(
            "decided_by",
            msg("Nobody is Agent Product Owner."),
            msg("Name one on the Roles page; the decision is theirs."),
        )
    if decided_by != owner.person:
        raise FieldFault(
            "decided_by",
            msg("A graduation is the Agent Product Owner's to decide."),
            msg("Ask {name}.", name=owner.name),
        )


def _check_evidence(document: Document, action: Action, rests_on: tuple[str, ...], day: str, as_of: str) -> None:
    if not rests_on:
        raise FieldFault("evidence", msg("A date alone is no reason."), msg("Name the evidence that it rests on."))
    counts = {row.id: row for row in counted(document, action, as_of) if row.mode == action.current}
    stray = next((each for each in rests_on if each not in counts), None)
    if stray is not None:
        row = document.get(Evidence, stray)
        raise FieldFault(
            "evidence",
            msg("Evidence of “{version}” does not count here.", version=row.behaviour_version if row else ""),
            msg("It takes evidence of this action, this behaviour version and this mode, since it was last revoked."),
        )
    last = max(counts[each].to_day for each in rests_on)
    if day < last:
        raise FieldFault(
            "decided_on",
            msg("The evidence runs until {day}.", day=in_words(last)),
            msg("The decision comes after it."),
        )


def _check_reason(reason: str, advice: Message) -> None:
    if not reason.strip():
        raise FieldFault("reason", advice)


def _check_cooldown(document: Document, action: Action, day: str) -> None:
    until = cooldown_until(document, action)
    if day < until:
        raise AppError(
            msg("“{action}” was revoked lately.", action=action.name),
            msg("It may graduate from {day} on.", day=in_words(until)),
        )


def _check_progress(document: Document, action: Action, as_of: str) -> None:
    found = progress(document, action, as_of)
    if found is not None and found.missing:
        raise AppError(
            msg("“{action}” has not passed its gate.", action=action.name),
            msg("Missing: {parts}.", parts=_in_a_row(found.missing)),
        )


def _check_second(gate: Gate, decided_by: str | None, seconded_by: str | None) -> None:
    if gate.second_approver and seconded_by in (None, decided_by):
        raise FieldFault(
            "seconded_by", msg("At this severity a second person approves as well."), msg("Name somebody else.")
        )


def _check_consulted(document: Document, asked: tuple[str, ...], decided_by: str | None) -> None:
    for code, title in (("WO", msg("workflow owner")), ("SO", msg("system owner"))):
        owner = holder(document, code)
        if owner.person is not None and owner.person not in (*asked, decided_by):
            raise FieldFault(
                "consulted",
                msg("The {owner} was not asked.", owner=title),
                msg("Ask {name} first, and name them here.", name=owner.name),
            )


def _check_revoker(document: Document, decided_by: str | None) -> None:
    may = revokers(document)
    if decided_by is None:
        raise FieldFault("decided_by", msg("A date alone is no decision."), msg("Say who decides."))
    if decided_by not in {person.id for person in may}:
        names = ", ".join(person.name for person in may)
        raise FieldFault(
            "decided_by",
            msg("“{name}” may not take an action back.", name=document.called(decided_by)),
            msg("Ask one of these: {names}.", names=names)
            if names
            else msg("Name an Agent Product Owner, a reliability engineer or an escalation reviewer first."),
        )


# --- what is done ------------------------------------------------------------------------------------------


def _action(document: Document, action_id: str) -> Action:
    row = existing(document, action_id)
    if not isinstance(row, Action):
        raise AppError(msg("Only an action has a mode."), msg("Choose an action."))
    return row


def _moved(
    document: Document, mint: Mint, action: Action, to_mode: str, decision: Mapping[str, object]
) -> ChangeSet | None:
    values = {**decision, "action": action.id, "from_mode": action.current, "to_mode": to_mode}
    recorded = new_row(document, mint, GraduationDecision, values)
    label = msg("{action}: {mode}", action=action.name, mode=mode_label(to_mode))
    after = with_values(document, action, {"current": to_mode})
    return change_set(mint, label, [RowChange(action, after), RowChange(None, recorded)])


def _in_a_row(parts: tuple[Message, ...]) -> Message:
    """Several points one after the other, as a list of what is missing."""
    found = parts[0]
    for part in parts[1:]:
        found = msg("{start}; {next}", start=found, next=part)
    return found
