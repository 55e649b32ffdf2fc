"""The names that a project knows: what tells a person from a department, a queue or the vendor (domain.md 1.11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.model.document import Document, Table
from app.model.exceptions import Queue
from app.model.owners import Rota
from app.model.room import Agent, Person
from app.model.row import Row


@dataclass(frozen=True, slots=True)
class Names:
    """Names by what they stand for. `people` are inside the company, `outsiders` work for the vendor.

    Two projects with the same names have equal Names, so that they can key a cache.
    """

    people: tuple[str, ...] = ()
    rotas: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    outsiders: tuple[str, ...] = ()


NOBODY_KNOWN = Names()


def names_of(document: Document) -> Names:
    """The names in this document."""
    people, rotas, queues = (document.table(kind.spec.kind) for kind in (Person, Rota, Queue))
    return _names(people, rotas, queues, document.only(Agent).vendor)


@lru_cache(maxsize=8)
def _names(people: Table, rotas: Table, queues: Table, vendor: str) -> Names:
    inside = (row for row in people.ordered if row.value("side") != "vendor")
    outside = (row for row in people.ordered if row.value("side") == "vendor")
    return Names(
        people=_called(inside),
        rotas=_called(rotas.ordered),
        queues=_called(queues.ordered),
        vendors=(vendor,) if vendor else (),
        outsiders=_called(outside),
    )


def _called(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(name for row in rows if (name := str(row.value("name"))))
