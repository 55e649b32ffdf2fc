"""Projects for tests, made by the program's own edits, the same each time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.edits import Edit
from app.edits.generic import add, set_fields
from app.interchange import Project
from app.model import vocabulary as v
from app.model.boundary import BoundaryLine
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.exceptions import CoverageWindow, ExceptionClass, ExceptionPath, Queue
from app.model.fields import Field, Kind, Value, fields_of
from app.model.ids import Mint
from app.model.kinds import ALL, BY_KIND
from app.model.log import Log
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, Rota, SeatAssignment
from app.model.room import Agent, FunctionContact, Person
from app.model.row import Row
from app.revisions.signoff import seat_holder, sign, withdraw
from app.template_list import SAMPLE
from app.templates import open_template

R = TypeVar("R", bound=Row)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
"""The moment at which the builder's projects are made: Saturday, 21 November 2026, 10:00 in Berlin."""

AS_OF = "2026-11-21T09:00:00.000Z"
"""The same moment as the rules take it."""


def fixed_mint(seed: str = "builder", now: datetime = NOW, author: str = "") -> Mint:
    """A mint that makes the same ids and moments each time; another seed makes other ids."""
    numbers = count()
    return Mint(lambda: now, lambda size: hashlib.sha256(f"{seed}/{next(numbers)}".encode()).digest()[:size], author)


class ProjectBuilder:
    """Builds a project by edits. A value may be a row where a field takes the row's id.

    Methods that add or fill in a row return it as it then is; `document` is the project so far.
    """

    def __init__(self, project: Project | None = None, mint: Mint | None = None) -> None:
        self.mint = mint or fixed_mint()
        self.document = project.document if project else Document.empty(self.mint)
        self.log = project.log if project else Log()

    def project(self) -> Project:
        return Project(self.document, self.log)

    def run(self, edit: Edit) -> ProjectBuilder:
        """Run any edit and keep it in the log."""
        made = edit(self.document, self.mint)
        if made is not None:
            self.document = self.document.apply(made)
            self.log.append(made)
        return self

    def add(self, row_class: type[R], **values: Any) -> R:
        """Add a row at the end of its kind."""
        self.run(add(row_class, _ids(values)))
        return self.document.rows(row_class)[-1]

    def set(self, row: Row | type[R], **values: Any) -> Row:
        """Set fields of a row, or of the one row of a singleton kind."""
        target = row if isinstance(row, Row) else self.document.only(row)
        self.run(set_fields(target.id, **_ids(values)))
        found = self.document.find(target.id)
        assert found is not None
        return found

    def fixed(self, row_class: type[R], entry: str, **values: Any) -> R:
        """Fill in the row of a fixed kind that stands for `entry`."""
        return cast(R, self.set(self.document.fixed(row_class, entry), **values))

    # --- what most tests need, in one line each ---

    def agent(self, **values: Any) -> Agent:
        return cast(Agent, self.set(Agent, **values))

    def stage(self, stage: str) -> ProjectBuilder:
        self.agent(stage=stage)
        return self

    def person(self, name: str, **values: Any) -> Person:
        return self.add(Person, name=name, **values)

    def rota(self, name: str, *members: Person, **values: Any) -> Rota:
        return self.add(Rota, name=name, members=members, **values)

    def owner(self, owner_type: str, person: Person | None, **values: Any) -> OwnerAssignment:
        return self.fixed(OwnerAssignment, owner_type, person=person, **values)

    def role(self, role: str, person: Person | None, **values: Any) -> RoleAssignment:
        return self.fixed(RoleAssignment, role, person=person, **values)

    def seat(self, seat: str, person: Person | None) -> SeatAssignment:
        return self.fixed(SeatAssignment, seat, person=person)

    def contact(self, function: str, person: Person | None) -> FunctionContact:
        return self.fixed(FunctionContact, function, person=person)

    def may(self, verb: str, object_: str, **values: Any) -> BoundaryLine:
        """A line of the boundary; `side="routes_out"` or `side="barred"` for the others."""
        return self.add(BoundaryLine, verb=verb, object=object_, **values)

    def action(self, name: str, code: str = "", **values: Any) -> Action:
        """An action; `code` gives its five attributes as domain.md 6 writes them, such as 21202."""
        return self.add(Action, name=name, **dict(zip(ATTRIBUTES, map(int, code), strict=False)), **values)

    def queue(self, name: str, owner: Person | None = None, **values: Any) -> Queue:
        return self.add(Queue, name=name, owner=owner, **values)

    def exception_class(self, name: str, **values: Any) -> ExceptionClass:
        return self.add(ExceptionClass, name=name, **values)

    def window(
        self, duty: str, holder: Person | Rota | None, days: str = "mon-fri", hours: str = "09:00-17:00", **values: Any
    ) -> CoverageWindow:
        """A coverage window in Berlin: `days` as mon-fri or sat or mon,wed, `hours` as 09:00-17:00."""
        start, end = hours.split("-")
        hours_given = {"weekdays": _days(days), "start": start, "end": end}
        return self.add(
            CoverageWindow, **{"zone": "Europe/Berlin", "duty": duty, "holder": holder, **hours_given, **values}
        )


ATTRIBUTES = ("reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity")

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def sample(seed: str = "builder") -> ProjectBuilder:
    """The filled-in sample: stage 1b, nothing blocks design sign-off, exceptions are uncovered outside hours."""
    mint = fixed_mint(seed)
    return ProjectBuilder(open_template(SAMPLE, mint), mint)


def complete(seed: str = "builder") -> ProjectBuilder:
    """The sample with its lesson learnt: exceptions wait in their queue while nobody covers."""
    builder = sample(seed)
    builder.set(ExceptionPath, off_hours="queue")
    return builder


# --- every field of every row, filled with something that can be found again ---------------------------------


@dataclass(frozen=True, slots=True)
class Marked:
    """One filled field. `text` is a marker that only copies of the same text share, or empty where the field takes
    something else: then its value in words is what to look for (app.report.display)."""

    kind: str
    row_id: str
    field: str
    value: Value
    text: str


UNMARKED_KINDS = frozenset({Revision.spec.kind, Signature.spec.kind})
"""What signing makes; `marker_project(signed=True)` signs for real."""


DRAWING = "0,0 500,1000 1000,0"

SEATS = tuple(str(entry.value) for entry in v.SEATS)


def marker_project(*, signed: bool = False) -> tuple[Document, list[Marked]]:
    """A project in which every field of every row of every kind is filled, and where to find what.

    With `signed` every seat has signed it for design, twice, with a withdrawn revision in between.
    """
    builder = ProjectBuilder()
    for row_class in ALL:
        if not row_class.spec.is_fixed and row_class.spec.kind not in UNMARKED_KINDS:
            builder.add(row_class)
    markers = (f"Mk{number:05d}" for number in count(1))
    for row in tuple(builder.document):
        declared = fields_of(type(row))
        values = {n: _filled(builder.document, f, markers) for n, f in declared.items() if n != row.spec.fixed_by}
        builder.set(row, **values)
    if signed:
        _sign(builder)
    return builder.document, [marked for row in builder.document for marked in _marked(row)]


def _marked(row: Row) -> Iterator[Marked]:
    for name, field in fields_of(type(row)).items():
        value = row.value(name)
        if value == field.empty:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            is_marker = field.kind in (Kind.TEXT, Kind.PROSE, Kind.TEXTS) and str(one).startswith(("Mk", "Q"))
            yield Marked(row.spec.kind, row.id, name, value, str(one) if is_marker else "")


def _filled(document: Document, field: Field, markers: Iterator[str]) -> Any:
    return _FILLED[field.kind](document, field, markers)


def _text(document: Document, field: Field, markers: Iterator[str]) -> str:
    marker = next(markers)
    if field.name == "drawing":
        return DRAWING
    return marker if field.limit >= len(marker) else f"Q{marker[-2:]}"[: field.limit]


def _number(document: Document, field: Field, markers: Iterator[str]) -> int:
    if field.choices:
        return int(field.choices[-1].value)
    return min(field.maximum, 1000 + int(next(markers)[2:])) if field.maximum >= 2000 else min(field.maximum, 37)


def _day(document: Document, field: Field, markers: Iterator[str]) -> str:
    number = int(next(markers)[2:])
    return f"{2031 + number // 336}-{number % 336 // 28 + 1:02d}-{number % 28 + 1:02d}"


def _target(document: Document, field: Field, markers: Iterator[str]) -> str | None:
    rows = [row for kind in field.targets for row in document.rows(BY_KIND[kind])]
    return rows[0].id if rows else None


def _targets(document: Document, field: Field, markers: Iterator[str]) -> tuple[str, ...]:
    found = _target(document, field, markers)
    return (found,) if found else ()


_FILLED: dict[Kind, Callable[[Document, Field, Iterator[str]], Any]] = {
    Kind.TEXT: _text,
    Kind.PROSE: _text,
    Kind.TEXTS: lambda document, field, markers: (next(markers), next(markers)),
    Kind.CHOICE: lambda document, field, markers: field.choices[-1].value,
    Kind.CHOICES: lambda document, field, markers: tuple(str(entry.value) for entry in field.choices),
    Kind.FLAG: lambda document, field, markers: True,
    Kind.NUMBER: _number,
    Kind.MONEY: lambda document, field, markers: 100_000_000 + 100 * int(next(markers)[2:]),
    Kind.DAY: _day,
    Kind.DAYS: lambda document, field, markers: (_day(document, field, markers),),
    Kind.TIME: lambda document, field, markers: f"{int(next(markers)[2:]) % 24:02d}:37",
    Kind.MOMENT: lambda document, field, markers: f"{_day(document, field, markers)}T03:37:00.000Z",
    Kind.ZONE: lambda document, field, markers: "Europe/Lisbon",
    Kind.REFERENCE: _target,
    Kind.REFERENCES: _targets,
}


def _sign(builder: ProjectBuilder) -> None:
    """A revision that every seat has signed, one that was withdrawn, and one more that is signed."""
    _sign_seats(builder, SEATS)
    builder.agent(client="Mk99990")
    _sign_seats(builder, SEATS[:1])
    builder.run(withdraw("Mk99991", "Mk99992"))
    _sign_seats(builder, SEATS)


def _sign_seats(builder: ProjectBuilder, seats: tuple[str, ...]) -> None:
    for seat in seats:
        holder = seat_holder(builder.document, seat)
        assert holder is not None
        builder.run(sign("design", seat, holder.name, 0, '{"catalogue": "Mk99999"}', DRAWING, SealingKey()))


class SealingKey:
    """A key as a signer has it, the same each time."""

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        self.public = self._private.public_key().public_bytes_raw().hex()

    def seal(self, message: bytes) -> str:
        return self._private.sign(message).hex()


# --- parts -------------------------------------------------------------------------------------------------


def _ids(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _id(value) for name, value in values.items()}


def _id(value: Any) -> Any:
    if isinstance(value, Row):
        return value.id
    return tuple(_id(item) for item in value) if isinstance(value, list | tuple) else value


def _days(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += WEEK[WEEK.index(first) : WEEK.index(last or first) + 1]
    return tuple(found)
