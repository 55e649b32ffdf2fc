"""Replace a person: everything that one holds goes to another, or stays vacant, in one edit (33; domain.md 0.12;
product.md, "A short workshop, a second day, and afterwards").

What somebody did stays with them: what they signed, decided, agreed to, reviewed and tested, and the votes they gave.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import NamedTuple

from app.edits import Edit
from app.edits.generic import add, change_set, new_row, together, with_values
from app.errors import AppError
from app.messages import Message, msg, words
from app.model.changes import ChangeSet, RowChange
from app.model.commit import ParkedItem
from app.model.document import Document, targets_of
from app.model.fields import Kind, Scope, Value, fields_of
from app.model.ids import Mint
from app.model.kinds import BY_KIND
from app.model.owners import Handover, OwnerAssignment, RoleAssignment, SeatAssignment, VendorCover
from app.model.room import Person
from app.model.row import Row
from app.policy.places import is_settled, place_words

STAYS = frozenset({("decision", "agreed"), ("accepted_risk", "who"), ("backlog_item", "proposed_by")})
"""(kind, field) of decisions that say what somebody did."""

TWO_PEOPLE = {
    "action": ("approver", "second_approver"),
    "shared_layer": ("business", "it"),
    "launch_blocker": ("business", "it"),
}
"""Kind -> two fields that ask for two people (0.9, 10, 44)."""


NEWCOMER = "new"
"""Stands in a preview for somebody who is not in the project yet."""


class Fate(Enum):
    """What becomes of a place: the other person takes it, has it already, or others go on in it; or it is vacant."""

    TAKEN = "taken"
    HAD = "had"
    OTHERS = "others"
    VACANT = "vacant"


class Handed(NamedTuple):
    """One place that is handed over: the row, its field, the place in words, what becomes of it, and what there is to
    say about that where the other person does not simply take it."""

    row: str
    field: str
    words: str
    fate: Fate
    note: str = ""


def preview(
    document: Document, who: str, by: str | None, only: Collection[tuple[str, str]] | None = None
) -> tuple[Handed, ...]:
    """Every place that one person holds, in the order of the map, and what comes of it. `only` are the places
    (row id, field) that are handed over, None for all; whoever is not handed over says nothing about a place. `by` may
    be NEWCOMER."""
    return tuple(handed for _, _, places in _plan(document, who, by, only) for handed in places)


def replace_person(
    who: str, by: str | None, *, on: str, why: str = "", only: Collection[tuple[str, str]] | None = None
) -> Edit:
    """Hand everything that `who` holds to `by`, or leave it vacant; with `only`, those places alone.

    `on` is a day, `2026-11-21`. A hand-over is recorded with it. Raises an AppError when there is nothing to hand
    over, when both are the same person, and when one of them is not in the project.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        leaving, coming = _person(document, who), _person(document, by) if by is not None else None
        if who == by:
            raise AppError(msg("{name} cannot take over from themselves.", name=leaving.name), msg("Choose another."))
        plan = _plan(document, who, by, only)
        if not plan:
            raise AppError(msg("{name} holds nothing that could be handed over.", name=leaving.name))
        changes = [RowChange(row, with_values(document, row, values)) for row, values, _ in plan]
        record = {
            "from_person": who,
            "from_name": leaving.name,
            "to_person": by,
            "on": on,
            "why": why,
            "handed": _listed(
                [each for row, _, places in plan for each in places if row.spec.scope is not Scope.PRIVATE]
            ),
        }
        changes.append(RowChange(None, new_row(document, mint, Handover, record)))
        return change_set(mint, _label(leaving, coming.name if coming is not None else ""), changes)

    return edit


def replace_by_newcomer(
    who: str, name: str, *, on: str, why: str = "", only: Collection[tuple[str, str]] | None = None
) -> Edit:
    """The same with somebody of this name, who is added to the room in the same step."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        leaving = _person(document, who)
        added = add(Person, {"name": name})(document, mint)
        assert added is not None
        hand_over = replace_person(who, added.changes[0].id, on=on, why=why, only=only)
        return together(_label(leaving, name), lambda now, same_mint: added, hand_over)(document, mint)

    return edit


def _label(leaving: Person, coming: str) -> Message:
    if not coming:
        return msg("Leave vacant what {who} holds", who=leaving.name)
    return msg("Replace {who} by {by}", who=leaving.name, by=coming)


def _person(document: Document, row_id: str) -> Person:
    person = document.get(Person, row_id)
    if person is None:
        raise AppError(msg("That person is no longer in the project."), msg("Choose somebody from the list."))
    return person


# --- what is handed over, and what becomes of it -----------------------------------------------------------

Plan = list[tuple[Row, dict[str, Value], list[Handed]]]


def _plan(document: Document, who: str, by: str | None, only: Collection[tuple[str, str]] | None) -> Plan:
    """Each row that changes, with its new values and the places in it, in the order of the map."""
    places: dict[str, list[str]] = {}
    for row, name in document.referrers(who):
        if _is_held(row, name) and (only is None or (row.id, name) in only):
            places.setdefault(row.id, []).append(name)
    plan: Plan = []
    for row_id in sorted(places, key=lambda one: _place_in_map(document, one)):
        held = document.find(row_id)
        assert held is not None
        plan.append(_handed_over(document, held, places[row_id], who, by))
    return plan


def _is_held(row: Row, name: str) -> bool:
    """Whether a field names who holds something, and not who did something."""
    if is_settled(row):
        return False
    if isinstance(row, ParkedItem):
        return not row.done
    field = fields_of(type(row))[name]
    return field.scope is Scope.DECISION and (row.spec.kind, name) not in STAYS


def _place_in_map(document: Document, row_id: str) -> tuple[int, str, str]:
    row = document.find(row_id)
    assert row is not None
    return list(BY_KIND).index(row.spec.kind), row.rank, row.id


def _handed_over(
    document: Document, row: Row, names: list[str], who: str, by: str | None
) -> tuple[Row, dict[str, Value], list[Handed]]:
    values: dict[str, Value] = {}
    handed = []
    for name in names:
        fate, note = _fate(document, row, name, who, by)
        values[name] = _value(row, name, who, by if fate is Fate.TAKEN else None)
        handed.append(Handed(row.id, name, words(place_words(row, name)), fate, words(note) if note else ""))
    if "person" in values and by is not None and by in _targets(row, "deputy"):
        values["deputy"] = None
        handed[0] = handed[0]._replace(note=words(msg("moves up from deputy; there is no deputy then")))
    return row, values, handed


def _fate(document: Document, row: Row, name: str, who: str, by: str | None) -> tuple[Fate, Message | None]:
    """What becomes of a place that `who` leaves, and what there is to say about it."""
    if (conflict := _conflict(document, row, name, by)) is not None:
        return Fate.VACANT, conflict
    if by is not None:
        return (Fate.HAD, msg("has it already")) if by in targets_of(row, name) else (Fate.TAKEN, None)
    left = [target for target in targets_of(row, name) if target != who]
    if left:
        return Fate.OTHERS, msg("goes on with {names}", names=_names(document, left))
    beside = [target for other in ("rota", "deputy") for target in _targets(row, other) if target != who]
    if name == "person" and beside:
        return Fate.VACANT, msg("stays vacant; {names} steps in", names=_names(document, beside[:1]))
    return Fate.VACANT, msg("stays vacant")


def _targets(row: Row, name: str) -> tuple[str, ...]:
    """What a field names; nothing where the row has no such field."""
    return targets_of(row, name) if name in fields_of(type(row)) else ()


def _names(document: Document, row_ids: Collection[str]) -> str:
    return ", ".join(filter(None, map(document.called, row_ids)))


def _conflict(document: Document, row: Row, name: str, by: str | None) -> Message | None:
    """Why a place stays vacant although there is somebody to take it."""
    if by is None:
        return None
    if name == "deputy" and isinstance(row, OwnerAssignment | RoleAssignment | VendorCover) and row.person == by:
        return msg("stays vacant: nobody is their own deputy")
    for other in TWO_PEOPLE.get(row.spec.kind, ()):
        if other != name and name in TWO_PEOPLE[row.spec.kind] and row.value(other) == by:
            return msg("stays vacant: it takes two people")
    if isinstance(row, SeatAssignment):
        both = any(seat.id != row.id and seat.person == by for seat in document.rows(SeatAssignment))
        return msg("stays vacant: value and safety take two people") if both else None
    return None


def _value(row: Row, name: str, who: str, by: str | None) -> Value:
    """The field with `by` in the place of `who`; somebody who is in a list already is named once."""
    if fields_of(type(row))[name].kind is Kind.REFERENCE:
        return by
    named = (by if target == who else target for target in targets_of(row, name))
    return tuple(dict.fromkeys(target for target in named if target is not None))


def _listed(handed: list[Handed]) -> str:
    """The places, one a line, as far as the record has room."""
    limit = fields_of(Handover)["handed"].limit
    lines = [f"{one.words} ({one.note})" if one.note else one.words for one in handed]
    text = "\n".join(lines)
    if len(text) <= limit:
        return text
    kept, room = [], limit - 100
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, words(msg("and {count} more", count=len(lines) - len(kept)))])
