"""The two shapes in which evidence is written: one line a run, or one line a period. Each makes rows of Evidence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple

from app.errors import AppError
from app.evidence_text import cells
from app.messages import Message, msg, number_of, words
from app.model.document import Document
from app.model.fields import Kind, fields_of
from app.model.oversight import Action, Evidence
from app.model.room import Agent
from app.policy.days import in_words
from app.policy.evidence import LETTERS, OUTCOMES
from app.report.display import WITHOUT_CENTS

ENOUGH_FOR_P99 = 100
"""Runs: with fewer there is no hundredth part, and no P99."""

_FIELDS = fields_of(Evidence)

RUN_HEADINGS = {
    "when": ("when", "date", "day", "moment", "time"),
    "action": ("action",),
    "version": ("version", "behaviour version", "behavior version"),
    "mode": ("mode",),
    "outcome": ("outcome", "result"),
    "seconds": ("seconds", "seconds to decide", "decision seconds"),
    "cost": ("cost",),
}


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """One row of Evidence to add: the line it starts from, its values, and notes on what could not be kept.

    `overlaps` says with what it overlaps: the same action, version and mode on the same days, so that runs might
    count twice; None where it does not.
    """

    line: int
    values: Mapping[str, Any]
    overlaps: Message | None = None
    notes: tuple[Message, ...] = ()


def plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").replace("-", " ").casefold().split())


class Shape(ABC):
    """How lines become rows of Evidence: `take` each line, then `rows`. `headings` maps what may stand above a column
    to the name of what is below it, `asked` is what to say of them, in a sentence that starts with `called`; without a
    column of each of the names in `needed` no line can be read."""

    headings: ClassVar[Mapping[str, str]]
    asked: ClassVar[Iterable[str]]
    called: ClassVar[str]
    needed: ClassVar[Iterable[str]] = ()

    def __init__(self, document: Document, now: str) -> None:
        self.document = document
        self.agent = document.only(Agent)
        self.today = cells.day(now, self.agent.time_zone)[0]

    @abstractmethod
    def take(self, number: int, line: Mapping[str, str]) -> None:
        """Read one line; an AppError says what is wrong with it."""

    @abstractmethod
    def rows(self) -> Iterator[NewEvidence]:
        """What all lines together add."""

    def action(self, line: Mapping[str, str]) -> Action:
        if "action" not in line:
            raise AppError(msg("No action is named."), msg("Write its name as it stands in the list of actions."))
        return cells.action(self.document, line["action"])

    def day(self, cell: str) -> tuple[str, str]:
        """A day that is not still to come where the agent is, and what puts the runs of a day in order."""
        found = cells.day(cell, self.agent.time_zone)
        if found[0] > self.today:
            raise AppError(
                msg("{day} is still to come.", day=in_words(found[0])),
                msg("Evidence is about runs that were seen; correct the day."),
            )
        return found

    def minor(self, value: Decimal) -> int:
        """An amount in minor units of the agent's currency."""
        return _rounded(value if self.agent.currency in WITHOUT_CENTS else value * 100)


class _Group(NamedTuple):
    """What the runs of one row have in common."""

    action: str
    version: str
    mode: str


class _Run(NamedTuple):
    day: str
    moment: str
    outcome: str
    seconds: Decimal | None
    cost: Decimal | None
    line: int


class Runs(Shape):
    """One line a run, summed up."""

    headings = MappingProxyType({each: name for name, written in RUN_HEADINGS.items() for each in written})
    asked = tuple(RUN_HEADINGS)
    called = "Headings of one line a run are"
    needed = ("when", "outcome")

    def __init__(self, document: Document, now: str) -> None:
        super().__init__(document, now)
        self._groups: dict[_Group, list[_Run]] = {}

    def take(self, number: int, line: Mapping[str, str]) -> None:
        action = self.action(line)
        if "when" not in line:
            raise AppError(msg("No day is given."), msg("Write it as 2026-11-14 or 2026-11-14T16:37."))
        if "outcome" not in line:
            raise AppError(msg("No outcome is given."), msg("Write “unchanged” for a run that needed nothing."))
        day, moment = self.day(line["when"])
        mode = cells.mode(line["mode"]) if "mode" in line else action.current
        group = _Group(action.id, line.get("version", self.agent.behaviour_version), mode)
        _normal("behaviour_version", group.version)
        run = _Run(
            _normal("from_day", day),
            moment or day,
            cells.outcome(line["outcome"]),
            cells.amount(line["seconds"]) if "seconds" in line else None,
            cells.amount(line["cost"]) if "cost" in line else None,
            number,
        )
        self._groups.setdefault(group, []).append(run)

    def rows(self) -> Iterator[NewEvidence]:
        for group, runs in self._groups.items():
            runs.sort(key=lambda run: run.moment)
            real = [run for run in runs if run.outcome in OUTCOMES]
            order = "".join(run.outcome for run in real)
            kept = len(order) <= _FIELDS["outcomes"].limit
            costs = [run.cost for run in real if run.cost is not None]
            values = {
                "action": group.action,
                "behaviour_version": group.version,
                "mode": group.mode,
                "from_day": runs[0].day,
                "to_day": runs[-1].day,
                "runs": len(real),
                **{name: order.count(letter) for name, letter in LETTERS.items()},
                "seeded": len(runs) - len(real),
                "caught": sum(run.outcome == "+" for run in runs),
                "decision_seconds": _middle([run.seconds for run in runs if run.seconds is not None], _rounded),
                "cost_median": _middle(costs, self.minor),
                "cost_p99": _p99(costs, self.minor),
                "outcomes": order if kept else "",
            }
            yield NewEvidence(min(run.line for run in runs), values, notes=_left_out(kept, len(costs)))


def _left_out(order_is_kept: bool, costs: int) -> tuple[Message, ...]:
    """What was given and could not be kept."""
    notes = []
    if not order_is_kept:
        notes.append(msg("Too many runs to keep their order; they are counted."))
    if 0 < costs < ENOUGH_FOR_P99:
        given = number_of(costs, "1 cost is given", "{count} costs are given")
        notes.append(msg("{given}; the P99 is left out, it takes {enough}.", given=given, enough=ENOUGH_FOR_P99))
    return tuple(notes)


class Periods(Shape):
    """One line a period, as it will stand in the project."""

    headings = MappingProxyType(
        {"version": "behaviour_version"}
        | {plain(each): name for name, field in _FIELDS.items() for each in (words(field.label), name)}
    )
    asked = tuple(map(plain, _FIELDS))
    called = "Headings of one line a period are"

    def __init__(self, document: Document, now: str) -> None:
        super().__init__(document, now)
        self._rows: list[NewEvidence] = []

    def take(self, number: int, line: Mapping[str, str]) -> None:
        action = self.action(line)
        values: dict[str, Any] = {
            "behaviour_version": self.agent.behaviour_version,
            "mode": action.current,
            **{name: self._value(name, cell) for name, cell in line.items() if name != "action"},
            "action": action.id,
        }
        values |= _from_order(values)
        _check(values)
        self._rows.append(NewEvidence(number, values))

    def rows(self) -> Iterator[NewEvidence]:
        return iter(self._rows)

    def _value(self, name: str, cell: str) -> Any:
        field = _FIELDS[name]
        match field.kind:
            case Kind.NUMBER:
                return _normal(name, cells.whole(cell))
            case Kind.MONEY:
                return _normal(name, self.minor(cells.amount(cell)))
            case Kind.DAY:
                return _normal(name, self.day(cell)[0])
            case Kind.CHOICE:
                return cells.mode(cell)
            case _:
                return _normal(name, cell)


def _from_order(values: Mapping[str, Any]) -> dict[str, Any]:
    """The counts that follow from runs given one letter each; the letters without blanks between them."""
    order = "".join(str(values.get("outcomes", "")).lower().split())
    if not order:
        return {}
    stray = next((letter for letter in order if letter not in OUTCOMES), "")
    if stray:
        raise AppError(
            msg("“{letter}” is no outcome of a run.", letter=stray),
            msg("Letters are u unchanged, c cosmetic, m material, r rejected, o overridden, h harmful."),
        )
    follows = {"runs": len(order), **{name: order.count(letter) for name, letter in LETTERS.items()}}
    wrong = next((name for name, count in follows.items() if values.get(name, count) != count), "")
    if wrong:
        raise AppError(
            msg(
                "{label}: {said} is given, and the letters show {count}.",
                label=msg(_FIELDS[wrong].label),
                said=values[wrong],
                count=follows[wrong],
            ),
            msg("Give one of the two."),
        )
    return {"outcomes": order, **follows}


def _check(values: Mapping[str, Any]) -> None:
    runs = values.get("runs")
    if runs is None:
        raise AppError(
            msg("The reviewed runs are not given."), msg("Fill in “{label}”.", label=msg(_FIELDS["runs"].label))
        )
    parts = sum(values.get(name) or 0 for name in LETTERS if name != "harmful")
    harmful = values.get("harmful") or 0
    if parts > runs or harmful > runs:
        raise AppError(
            msg("The outcomes add up to more than the {runs} reviewed runs.", runs=runs), msg("Count them again.")
        )
    if (values.get("caught") or 0) > (values.get("seeded") or 0):
        raise AppError(msg("More seeded cases were caught than there were."), msg("Count them again."))
    first, last = values.get("from_day", ""), values.get("to_day", "")
    if first and last and last < first:
        raise AppError(msg("It ends before it begins."), msg("Swap the two days."))
    if parts + harmful < runs:
        raise AppError(
            msg("The outcomes of {known} of {runs} reviewed runs are given.", known=parts + harmful, runs=runs),
            msg(
                "Say how every run ended, in the columns {names}.",
                names=", ".join(f"“{words(_FIELDS[name].label)}”" for name in LETTERS),
            ),
        )


def _normal(name: str, value: Any) -> Any:
    """The value as the field stores it."""
    return _FIELDS[name].normalise(value)


# --- sums --------------------------------------------------------------------------------------------------


def _middle(values: list[Decimal], rounded: Callable[[Decimal], int]) -> int | None:
    """The median; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    return rounded((ordered[half] + ordered[-half - 1]) / 2)


def _p99(values: list[Decimal], rounded: Callable[[Decimal], int]) -> int | None:
    """The value that 99 of 100 do not exceed; None of too few."""
    if len(values) < ENOUGH_FOR_P99:
        return None
    return rounded(sorted(values)[-(len(values) // 100) - 1])


def _rounded(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_UP))
