"""The vendor's help, and how long it lasts: R, C or I beside a role until a day, with somebody inside beside it
(domain.md 5; 32, K14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.messages import Message, msg
from app.model.document import Document
from app.model.owners import VendorCover
from app.model.room import Agent
from app.policy.days import in_words
from app.policy.holders import ROLE_OF, VENDOR
from app.policy.named import named_person

WEAKEST = "RCI"
"""The letters that the vendor can have, from the strongest to the weakest; A is never one of them."""

_COLUMN_OF = {role: code for code, role in ROLE_OF.items()}


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover while it runs: the column of the role that it helps, the most that the vendor has there, and until
    when, in words."""

    column: str
    letter: str
    until: Message


def running(document: Document, today: str) -> tuple[Cover, ...]:
    """The covers that stand on a day, `2026-11-21`: those for a role, with an end that has not passed. The end is a
    day of cover too. A cover without an end does not begin."""
    return tuple(
        Cover(_COLUMN_OF[cover.role], cover.letter or WEAKEST[0], _until(document, cover))
        for cover in document.rows(VendorCover)
        if today and cover.role and cover.until >= today
    )


def overlaid(letters: Mapping[str, str], covers: Iterable[Cover]) -> tuple[Mapping[str, str], tuple[Cover, ...]]:
    """The letters of a row with the vendor's help laid over them, and the covers that count there.

    The vendor has what the role has, at most the letter of the cover, and never A; what it has anyway is not lessened.
    """
    given = {cover: _given(cover, letters[cover.column]) for cover in covers if cover.column in letters}
    own = letters.get(VENDOR)
    more = [cover for cover, letter in given.items() if own is None or _is_stronger(letter, own)]
    if not more:
        return letters, ()
    strongest = min((given[cover] for cover in more), key=WEAKEST.index)
    return {**letters, VENDOR: strongest}, tuple(cover for cover in more if given[cover] == strongest)


def _given(cover: Cover, of_role: str) -> str:
    """The letter that the vendor has in a row where the role has this one."""
    return cover.letter if of_role not in WEAKEST or _is_stronger(of_role, cover.letter) else of_role


def _is_stronger(letter: str, than: str) -> bool:
    return WEAKEST.index(letter) < WEAKEST.index(than)


def _until(document: Document, cover: VendorCover) -> Message:
    who = document.called(cover.person) or document.only(Agent).vendor or msg("the vendor")
    beside = named_person(document, cover.deputy)
    day = in_words(cover.until)
    if beside is None:
        return msg("Until {day}: {who}, with nobody inside beside it", day=day, who=who)
    return msg("Until {day}: {who}, beside {name}", day=day, who=who, name=beside.name)
