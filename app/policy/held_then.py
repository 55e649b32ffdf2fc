"""Who held a place on a day that is past, as far as hand-overs and acceptances tell (domain.md 0.12, 33, 78)."""

from __future__ import annotations

from app.messages import words
from app.model.document import Document
from app.model.owners import Handover, OwnerAssignment, RoleAssignment
from app.policy.places import place_words
from app.policy.taken_on import ACCEPTED, answer_of


def product_owner_on(document: Document, day: str, today: str) -> str | None:
    """The id of whoever was Agent Product Owner on a day, `2026-11-21`; None where nothing tells.

    A hand-over after that day tells who held it before. Otherwise whoever holds it now did so then, if it was accepted
    or handed over to them by that day. On the day of a hand-over it may have been either.
    """
    role = document.fixed(RoleAssignment, "product_owner")
    is_the_lead = role.person is None and role.rota is None
    place = document.fixed(OwnerAssignment, "workflow") if is_the_lead else role
    said = words(place_words(place, "person"))
    passed = sorted(
        (row for row in document.rows(Handover) if any(line.startswith(said) for line in row.handed.splitlines())),
        key=lambda row: row.on,
    )
    if not day or any(row.on == day for row in passed):
        return None
    later = next((row for row in passed if row.on > day), None)
    if later is not None:
        return later.from_person
    # Whoever was erased since held it all the same.
    now = place.person
    answer = answer_of(document, place)
    accepted = answer.on if answer.said == ACCEPTED else ""
    since = max((row.on for row in passed if row.to_person == now), default=accepted)
    return now if day >= today or "" < since <= day else None
