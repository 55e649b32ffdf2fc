"""Where the vendor alone holds what somebody inside has to decide (domain.md 1.2: 22, 32; K14).

The vendor may help for a time, as R, C or I; it never decides about risk or success.
"""

from __future__ import annotations

from app.model.document import Document
from app.model.owners import Rota, VendorCover
from app.model.room import Person
from app.policy.absence import names
from app.policy.windows import people_behind


def only_the_vendor(document: Document, *holders: str | None) -> str:
    """The names of those behind these people and rotas, where all of them are from the vendor; empty where somebody
    else is among them, or nobody at all. Somebody else who was erased does not count; a name of the vendor's does."""
    theirs = [each for each in _behind(document, *holders) if _is_vendor(document, each)]
    others = frozenset().union(*(people_behind(document, each) for each in holders)).difference(theirs)
    return names(document, theirs) if theirs and not others else ""


def helping_without_cover(document: Document, holder: str | None, today: str) -> str:
    """The names of those behind a person or rota who are from the vendor, and whose help no cover allows that runs on
    a day; empty where there are none. A cover without a name is for anybody from the vendor."""
    allowed = {cover.person for cover in document.rows(VendorCover) if cover.role and cover.until >= today}
    theirs = [each for each in _behind(document, holder) if _is_vendor(document, each) and each not in allowed]
    return names(document, theirs) if theirs and None not in allowed else ""


def _behind(document: Document, *holders: str | None) -> frozenset[str]:
    """The ids of those behind these holders, whoever was erased among them."""
    rotas = ((each, document.get(Rota, each)) for each in holders if each)
    return frozenset(one for each, rota in rotas for one in (rota.members if rota is not None else (each,)))


def _is_vendor(document: Document, person_id: str) -> bool:
    person = document.get(Person, person_id)
    return person is not None and person.side == "vendor"
