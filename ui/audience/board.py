"""What the room sees of each step: its question and the names. No notes, no codes, no vote before its reveal.

Source: product.md, steps 1 to 12 and "The silent vote"; design, principle 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.messages import Message, msg, words
from app.model import vocabulary as v
from app.model.boundary import BoundaryLine
from app.model.change import ApprovalRule
from app.model.document import Document
from app.model.exceptions import Queue
from app.model.fields import Choice
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment
from app.model.room import Agent, Person
from app.model.scorecard import Metric
from app.model.stop import StopControl
from app.policy.answers import name_of, said, verdict
from app.policy.consensus import PERSON, Tally, round_of
from app.policy.coverage import duration, nominal
from app.policy.holders import ROLE_OF, holder
from app.policy.load import loads
from app.policy.named import in_the_room
from app.policy.names import signer_called, told_apart
from app.policy.oversight import BARRED, oversight_of
from app.policy.raci import matrix
from app.policy.windows import day_at
from app.report.display import moment_day
from app.revisions import signoff
from app.rules.finding import Context
from app.rules.questions import questions
from app.steps import BY_ID
from ui.desk import VOTING
from ui.steps.owners.answers import QUESTION

MOST = 25
"""Tiles beyond this number are counted instead of shown."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing on the wall: what it is, the name that answers it, and what stands below the name. `token` is a colour
    of the theme. A `missing` tile waits for a name."""

    title: str
    name: str = ""
    lines: tuple[str, ...] = ()
    token: str = "accent"
    missing: bool = False

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for a screen reader."""
        below = ", ".join(part for part in (self.name, *self.lines) if part)
        return f"{self.title}: {below}" if self.title and below else self.title or below


@dataclass(frozen=True, slots=True)
class Board:
    """What is on the wall: the question above, the tiles below."""

    question: str
    tiles: tuple[Tile, ...]


def board(document: Document, step: str, as_of: str, vote: int | None = None) -> Board:
    """What the room sees of a step at this moment. `vote` is the state of the silent vote (see ui.desk)."""
    if step == "owners" and vote is not None:
        return Board(words(QUESTION), _vote(document, vote))
    question = words(BY_ID[step].question)
    tiles = tuple(_TIMED[step](document, as_of) if step in _TIMED else _BOARDS[step](document))
    if len(tiles) > MOST:
        more = words(msg("and {count} more", count=len(tiles) - MOST + 1))
        tiles = (*tiles[: MOST - 1], Tile("", more))
    return Board(question, tiles)


def _nobody(title: Message | str, token: str = "exception") -> Tile:
    return Tile(words(title), words("Nobody yet"), token=token, missing=True)


def _held(document: Document, title: Message | str, person: str | None, token: str) -> Tile:
    """A part and the person who holds it, with their title."""
    found = document.get(Person, person)
    if found is None:
        return _nobody(title, token)
    return Tile(words(title), name_of(document, found.id), _given(found.title), token)


def _given(*parts: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part)


# --- step by step ------------------------------------------------------------------------------------------


def _room(document: Document) -> Iterable[Tile]:
    here = in_the_room(document)
    if not here:
        yield _nobody("In the room")
    for person in here:
        side = next((entry.label for entry in v.SIDES if entry.value == person.side != "inside"), "")
        title = " · ".join(_given(person.function, words(side) if side != person.function else ""))
        yield Tile(title, name_of(document, person.id), _given(person.title))


def _boundary(document: Document) -> Iterable[Tile]:
    tokens = ("ok", "warn", "bad")
    for side, token in zip(v.BOUNDARY_SIDES, tokens, strict=True):
        rows = [row for row in document.rows(BoundaryLine) if row.side == side.value]
        lines = tuple(_line_of(document, row) for row in rows)
        if lines:
            yield Tile(words(side.label), "", lines, token)
        else:
            yield Tile(words(side.label), words("Nothing yet"), token=token, missing=True)


def _line_of(document: Document, row: BoundaryLine) -> str:
    """What a line of the boundary is about, and where it goes; conditions are too long for a wall."""
    goes = f"→ {document.called(row.destination)}" if row.destination else ""
    return " ".join(_given(row.verb, row.object, goes))


def _owners(document: Document) -> Iterable[Tile]:
    for row in document.rows(OwnerAssignment):
        yield _held(document, row.called(), row.person, row.type)


def _roles(document: Document) -> Iterable[Tile]:
    for code, role in ROLE_OF.items():
        title = document.fixed(RoleAssignment, role).called()
        held = holder(document, code)
        if not held.filled:
            yield _nobody(title)
            continue
        person = document.get(Person, held.person)
        rota = document.called(document.fixed(RoleAssignment, role).rota)
        below = _given(person.title if person else "", rota if rota != held.name else "")
        yield Tile(words(title), held.name, below)


def _oversight(document: Document) -> Iterable[Tile]:
    by_mode: dict[str, list[str]] = {}
    for action in document.rows(Action):
        mode = action.current or oversight_of(document, action).start
        by_mode.setdefault(mode, []).append(action.name or words("Action without a name"))
    if not by_mode:
        yield _nothing("Actions")
    for entry in v.MODES:
        if entry.value in by_mode:
            token = "bad" if entry.value == BARRED else "accent"
            yield Tile(_with_hint(entry), "", tuple(by_mode[str(entry.value)]), token)


def _with_hint(entry: Choice) -> str:
    return f"{words(entry.label)}: {words(entry.hint)}"


def _nothing(title: str) -> Tile:
    return Tile(words(title), words("Nothing yet"), token="exception", missing=True)


def _exceptions(document: Document, as_of: str) -> Iterable[Tile]:
    queues = document.rows(Queue)
    if not queues:
        yield _nothing("Queue")
    for queue in queues:
        yield _held(document, queue.name or "Queue", queue.owner, "exception")
    week = nominal(document, "exception", day_at(document, as_of))
    hours = words(msg("{hours} of 168 h", hours=words(duration(week.covered))))
    gap = words(msg("longest gap {gap}", gap=words(duration(week.longest_gap)))) if week.uncovered else ""
    lines = tuple(filter(None, (", ".join(week.holders), gap)))
    yield Tile(words("Hours covered, nominal week"), hours, lines, missing=not week.covered)


def _change(document: Document) -> Iterable[Tile]:
    rules = {row.change: row for row in document.rows(ApprovalRule)}
    for entry in v.APPROVALS:
        row = rules.get(str(entry.value))
        if row is None and entry.value not in v.SIX_APPROVALS:
            continue
        names = [document.called(one) for one in row.approvers] if row is not None else []
        yield Tile(words(entry.label), ", ".join(names)) if names else _nobody(entry.label)


def _stop(document: Document) -> Iterable[Tile]:
    controls = document.rows(StopControl)
    if not controls:
        yield _nobody("Stop button")
    for control in controls:
        who = ", ".join(document.called(one) for one in control.who)
        missing = not who
        name = who or words("Nobody yet")
        yield Tile(words("Stop button"), name, _given(control.where, control.how), "bad", missing)


def _scorecard(document: Document) -> Iterable[Tile]:
    metrics = document.rows(Metric)
    if not metrics:
        yield _nothing("Metric")
    for metric in metrics:
        cadence = next((words(entry.label) for entry in v.CADENCES if entry.value == metric.cadence), "")
        below = _given(document.called(metric.owner), cadence)
        shown = metric.threshold or words("No number yet")
        yield Tile(metric.name or words("Metric"), shown, below, "outcome", not metric.threshold)


def _raci(document: Document) -> Iterable[Tile]:
    found = matrix(document)
    carried = [load for load in loads(found, document) if load.accountable]
    if not carried:
        yield _nobody("Accountable")
    for load in carried:
        count = msg("accountable for {count} of {all}", count=load.accountable, all=len(found.rows))
        yield Tile("", load.name, (words(count),))


def _readiness(document: Document, as_of: str) -> Iterable[Tile]:
    for question in questions(document, Context(as_of)):
        title, token = ("✓  Yes", "ok") if question.answer else ("✗  No", "bad")
        yield Tile(words(title), words(question.text), token=token, missing=not question.answer)


def _signoff(document: Document) -> Iterable[Tile]:
    found = signoff.state(document)
    zone = document.only(Agent).time_zone
    for seat in found.seats:
        if not seat.required and seat.signature is None:
            continue
        token = seat.seat if seat.seat in signoff.OWNER_SEATS else "accent"
        if seat.signature is not None and found.stands:
            when = msg("✓ signed, {day}", day=moment_day(seat.signature.signed_at, zone))
            yield Tile(words(seat.label), signer_called(document, seat.signature), (words(when),), token)
        elif seat.person is None:
            yield _nobody(seat.label, token)
        else:
            yield Tile(
                words(seat.label), told_apart(document, seat.person), (words("not signed yet"),), token, missing=True
            )


_BOARDS: Mapping[str, Callable[[Document], Iterable[Tile]]] = {
    "room": _room,
    "boundary": _boundary,
    "owners": _owners,
    "roles": _roles,
    "oversight": _oversight,
    "change": _change,
    "stop": _stop,
    "scorecard": _scorecard,
    "raci": _raci,
    "signoff": _signoff,
}

_TIMED: Mapping[str, Callable[[Document, str], Iterable[Tile]]] = {
    "exceptions": _exceptions,
    "readiness": _readiness,
}
"""What depends on the moment too."""


# --- the silent vote ---------------------------------------------------------------------------------------


def _vote(document: Document, vote: int) -> tuple[Tile, ...]:
    """The four questions while people vote; how the answers lie once they are revealed, the most split one first."""
    found = round_of(document, vote) if vote != VOTING else None
    if found is None:
        return tuple(Tile(words(entry.label), words(entry.hint), token=str(entry.value)) for entry in v.OWNER_TYPES)
    return tuple(_tallied(document, tally) for tally in found.tallies())


def _tallied(document: Document, tally: Tally) -> Tile:
    title = next(words(entry.label) for entry in v.OWNER_TYPES if entry.value == tally.question)
    share = words(msg("{top} of {all}", top=tally.top, all=tally.voters))
    named = tuple(f"{said(document, answer)}  {count}" for answer, count in tally.counts)
    agreed = bool(tally.leading) and tally.leading[0].kind == PERSON
    found = f"{share} · {words(verdict(document, tally))}"
    return Tile(title, found, named, tally.question, missing=not agreed)
