"""How closely an action is watched: its severity, the mode it starts in and its floor (domain.md 3.1 to 3.3, 3.6).

Everything here is derived from an action, the stage and the wiring around it; nothing of it is ever stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.document import Document, Table
from app.model.oversight import Action
from app.model.room import Agent
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.windows import day_at

OUT, ON, IN, DUAL, SHADOW, BARRED = (
    "out_of_loop",
    "on_loop",
    "in_loop",
    "in_loop_dual",
    "shadow",
    "not_permitted",
)

STRICTNESS = (OUT, ON, IN, DUAL, SHADOW, BARRED)
"""The modes from the loosest to the strictest (3.1)."""

EFFECT_FLAGS = frozenset({"moves_money", "external_message", "writes_sor", "grants_access", "legal_effect"})
"""What an action does to the world outside; a hand-off to a person has none of these (3.2)."""

HIGHEST = 3
"""The worst level of every attribute, and what an attribute counts as until somebody says (3.3)."""

FLOORS = (
    (OUT, OUT, OUT, ON),
    (OUT, OUT, ON, IN),
    (OUT, ON, ON, IN),
    (ON, IN, IN, DUAL),
)
"""The floor by reversibility, then by severity (3.3)."""


class Wiring(NamedTuple):
    """What stands ready around one action: a stop button that stops new work, a named way to undo, and a
    compensating transaction that is named and tested (3.3)."""

    stop: bool
    undo: bool
    compensation: bool


WIRED = Wiring(stop=True, undo=True, compensation=True)


@dataclass(frozen=True, slots=True)
class Oversight:
    """What follows for one action.

    `start` is the mode before any evidence, `floor` the loosest mode it may ever have. `binding` names what holds
    the floor where it is, `next_down` what would loosen it by a tier (None where no single thing would).
    `permitted` are the modes that may be set. `never_graduates` is true for legal effect, release of a payment and
    privileged access: they stay in the loop or stricter whatever the evidence (0.9).
    """

    severity: int
    start: str
    floor: str
    binding: tuple[Message, ...]
    next_down: Message | None
    permitted: frozenset[str]
    never_graduates: bool

    @property
    def because(self) -> Message:
        """The sentence below the dial: the floor, and what binds it."""
        if not self.binding:
            return msg("Floor: {mode}. Nothing about it asks for more.", mode=mode_label(self.floor))
        return msg("Floor: {mode}, because {reasons}.", mode=mode_label(self.floor), reasons=listed(self.binding))


def severity(action: Action) -> int:
    """How bad one wrong action can be, 0 to 3: the worst of blast radius, external visibility, cost and data,
    one more where three of them are at 2 or above, and at least 2 where it grants access (3.2)."""
    return _severity(_facts(action))


def oversight(action: Action, stage: str, wiring: Wiring) -> Oversight:
    """What follows for this action at this stage with this wiring (3.3)."""
    return _oversight(_facts(action), stage, wiring)


def oversight_of(document: Document, action: Action, as_of: str = "") -> Oversight:
    """What follows for an action of this document on a day or at a moment."""
    return oversight(action, document.only(Agent).stage, wiring_of(document, action, as_of))


def wiring_of(document: Document, action: Action, as_of: str = "") -> Wiring:
    """What this document has ready for one of its actions on a day or at a moment: a test of a day to come does not
    count. Without one, as it is where only severity or the start is asked for, a test of any day does."""
    table = document.table(CompensatingTransaction.spec.kind)
    return Wiring(
        _stops_new_work(document.table(StopControl.spec.kind)),
        bool(action.undo) or action.id in compensations_in(table),
        action.id in _tested(table, day_at(document, as_of) if as_of else ""),
    )


def compensations_of(document: Document, action: Action) -> tuple[CompensatingTransaction, ...]:
    """The compensating transactions of an action that are named: steps, and somebody who runs them."""
    return compensations(document).get(action.id, ())


def compensations(document: Document) -> Mapping[str, tuple[CompensatingTransaction, ...]]:
    """Action id -> its compensating transactions that are named, for every action that has any."""
    return compensations_in(document.table(CompensatingTransaction.spec.kind))


@lru_cache(maxsize=4)
def compensations_in(table: Table) -> Mapping[str, tuple[CompensatingTransaction, ...]]:
    """The same for a table of compensating transactions."""
    found: dict[str, list[CompensatingTransaction]] = {}
    for row in table.ordered:
        assert isinstance(row, CompensatingTransaction)
        if row.action and row.steps and row.owner:
            found.setdefault(row.action, []).append(row)
    return {action: tuple(rows) for action, rows in found.items()}


def wants_compensation(action: Action) -> bool:
    """Whether making it good must be named: it executes and is compensable, not undone in place (0.4; 103)."""
    return executes(action) and level(action.reversibility) == 2


def stricter(one: str, other: str) -> str:
    """The stricter of two modes."""
    return one if STRICTNESS.index(one) >= STRICTNESS.index(other) else other


def looser_than(mode: str, floor: str) -> bool:
    """Whether a mode gives people less of a say than the floor does."""
    return STRICTNESS.index(mode) < STRICTNESS.index(floor)


def hands_to_person(action: Action) -> bool:
    """Whether the action is a hand-off or a draft that a person acts on next, and so is not gated (0.3)."""
    return "human_acts_next" in action.flags and _hands_to_person(_facts(action))


def permitted(action: Action) -> bool:
    """Whether the agent may do it at all: it is inside the boundary and not barred."""
    return action.current != BARRED and "outside_boundary" not in action.flags


def executes(action: Action) -> bool:
    """Whether the agent itself brings it about, alone or after an approval: permitted, not in shadow, and not a
    hand-off to a person. A mode that nobody has chosen counts as executing."""
    return permitted(action) and action.current != SHADOW and not hands_to_person(action)


def level(value: int | None) -> int:
    """An attribute as a level; one that nobody has said yet counts as the worst (3.3)."""
    return HIGHEST if value is None else value


@lru_cache(maxsize=16)
def mode_label(mode: str) -> Message:
    """The words of a mode."""
    return msg(next((entry.label for entry in v.MODES if entry.value == mode), "Not chosen yet"))


def listed(parts: Sequence[Message]) -> Message:
    """Several parts of a sentence as one: a, b and c."""
    if len(parts) == 1:
        return parts[0]
    start = parts[0]
    for part in parts[1:-1]:
        start = msg("{start}, {next}", start=start, next=part)
    return msg("{start} and {last}", start=start, last=parts[-1])


# --- how it is worked out ----------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _stops_new_work(table: Table) -> bool:
    """Whether any stop button stops new work."""
    return any(row.value("stops_new_work") for row in table.ordered)


@lru_cache(maxsize=8)
def _tested(table: Table, today: str) -> frozenset[str]:
    """The ids of the actions with a compensating transaction that is named, and was tested by a day; "" is any day."""
    return frozenset(
        action
        for action, rows in compensations_in(table).items()
        if any(row.last_tested and (not today or row.last_tested <= today) for row in rows)
    )


class _Facts(NamedTuple):
    """What the floor depends on in an action, and all that it depends on: the key of the cache."""

    reversibility: int | None
    blast_radius: int | None
    external_visibility: int | None
    cost: int | None
    data_sensitivity: int | None
    flags: tuple[str, ...]


_HARM = ("blast_radius", "external_visibility", "cost", "data_sensitivity")
_CHEAPEST_FIRST = ("cost", "external_visibility", "data_sensitivity", "blast_radius", "reversibility")

_Bound = tuple[str, tuple[Message, ...]]


def _facts(action: Action) -> _Facts:
    return _Facts(
        action.reversibility,
        action.blast_radius,
        action.external_visibility,
        action.cost,
        action.data_sensitivity,
        action.flags,
    )


def _harm(facts: _Facts) -> list[int]:
    return [level(getattr(facts, name)) for name in _HARM]


def _severity(facts: _Facts) -> int:
    harm = _harm(facts)
    worst = max(harm)
    if sum(each >= 2 for each in harm) >= 3:
        worst = min(worst + 1, HIGHEST)
    return max(worst, 2) if "grants_access" in facts.flags else worst


def _hands_to_person(facts: _Facts) -> bool:
    return (
        "human_acts_next" in facts.flags
        and not EFFECT_FLAGS.intersection(facts.flags)
        and level(facts.reversibility) <= 1
        and _severity(facts) <= 1
    )


@lru_cache(maxsize=4096)
def _oversight(facts: _Facts, stage: str, wiring: Wiring) -> Oversight:
    bounds = tuple(_bounds(facts, wiring))
    floor = _floor(bounds)
    binding = dict.fromkeys(reason for mode, reasons in bounds if mode == floor for reason in reasons)
    return Oversight(
        severity=_severity(facts),
        start=_start(facts, stage, floor),
        floor=floor,
        binding=tuple(binding) if floor != OUT else (),
        next_down=_next_down(facts, wiring, floor),
        permitted=frozenset(mode for mode in STRICTNESS if not looser_than(mode, floor)),
        never_graduates=bool(_kept_in_the_loop(facts)),
    )


def _floor(bounds: Sequence[_Bound]) -> str:
    floor = OUT
    for mode, _ in bounds:
        floor = stricter(floor, mode)
    return floor


def _bounds(facts: _Facts, wiring: Wiring) -> Iterator[_Bound]:
    """Every rule that has a say about the floor, with what it says and why; the strictest wins."""
    flags = facts.flags
    if "outside_boundary" in flags:
        yield BARRED, (msg("it is outside the boundary"),)
    if "safety" in flags:
        yield DUAL, (msg("it touches safety"),)
    if _hands_to_person(facts):
        return
    yield _by_table(facts, wiring)
    at_least_on = tuple(words for flag, words in _AT_LEAST_ON if flag in flags)
    if at_least_on:
        yield ON, at_least_on
    kept = _kept_in_the_loop(facts)
    if kept:
        yield IN, kept
    if level(facts.reversibility) >= 1:
        if not wiring.stop:
            yield IN, (msg("no stop button works"),)
        if not wiring.undo:
            yield IN, (msg("no way to undo it is named"),)


def _by_table(facts: _Facts, wiring: Wiring) -> _Bound:
    said, row, column = level(facts.reversibility), _row(facts, wiring), _severity(facts)
    mode = FLOORS[row][column]
    reasons: list[Message] = []
    if FLOORS[0][column] != mode:
        untested = said == 2 and row != said
        reasons.append(_UNTESTED if untested else _attribute("reversibility", facts.reversibility))
    if FLOORS[row][0] != mode:
        reasons += _severity_reasons(facts)
    return mode, tuple(reasons)


def _row(facts: _Facts, wiring: Wiring) -> int:
    """The row of the table: compensable counts only once the compensating transaction is named and tested (0.4)."""
    reversibility = level(facts.reversibility)
    return 3 if reversibility == 2 and not wiring.compensation else reversibility


def _severity_reasons(facts: _Facts) -> list[Message]:
    harm, result = _harm(facts), _severity(facts)
    if result > max(harm) and "grants_access" in facts.flags and max(harm) < 2:
        return [msg("it grants access")]
    # Where three high levels together raised the severity, each of the three is a reason.
    enough = max(harm) if result == max(harm) else 2
    return [_attribute(name, getattr(facts, name)) for name in _HARM if level(getattr(facts, name)) >= enough]


def _kept_in_the_loop(facts: _Facts) -> tuple[Message, ...]:
    """Why an action stays in the loop whatever the evidence: legal effect, a payment that cannot be taken back,
    access to what is privileged (0.9)."""
    reasons = []
    if "legal_effect" in facts.flags:
        reasons.append(msg("it has legal effect"))
    if "moves_money" in facts.flags and level(facts.reversibility) == HIGHEST:
        reasons.append(msg("it releases a payment that cannot be taken back"))
    if "grants_access" in facts.flags and level(facts.data_sensitivity) == HIGHEST:
        reasons.append(msg("it grants privileged access"))
    return tuple(reasons)


def _start(facts: _Facts, stage: str, floor: str) -> str:
    if floor == BARRED or _hands_to_person(facts):
        return floor
    if stage == "1a":
        return SHADOW
    reversibility, severity = level(facts.reversibility), _severity(facts)
    consequential = (
        bool(EFFECT_FLAGS.intersection(facts.flags))
        or reversibility >= 2
        or (reversibility == 1 and severity >= 1)
        or severity == HIGHEST
    )
    if consequential:
        return stricter(IN, floor)
    return stricter(ON, floor) if reversibility >= 1 else floor


def _next_down(facts: _Facts, wiring: Wiring, floor: str) -> Message | None:
    if floor in (OUT, BARRED):
        return None
    for condition, changed, wired in _improvements(facts, wiring):
        if looser_than(_floor(tuple(_bounds(changed, wired))), floor):
            return msg("Next tier down {condition}.", condition=condition)
    return None


def _improvements(facts: _Facts, wiring: Wiring) -> Iterator[tuple[Message, _Facts, Wiring]]:
    """Single changes that could loosen the floor: wiring that is missing first, then the smallest step down."""
    if not wiring.stop:
        yield msg("once a stop button works"), facts, Wiring(True, wiring.undo, wiring.compensation)
    if not wiring.undo:
        yield msg("once a way to undo it is named"), facts, Wiring(wiring.stop, True, wiring.compensation)
    if not wiring.compensation and level(facts.reversibility) == 2:
        tested = Wiring(wiring.stop, True, True)
        yield msg("once its compensating transaction is named and tested"), facts, tested
    for step in (1, 2, 3):
        for name in _CHEAPEST_FIRST:
            lower = level(getattr(facts, name)) - step
            if lower >= 0:
                yield _AT_MOST[name][lower], _with(facts, name, lower), wiring


def _with(facts: _Facts, name: str, lower: int) -> _Facts:
    levels = {each: getattr(facts, each) for each in _Facts._fields} | {name: lower}
    return _Facts(**levels)


def _attribute(name: str, value: int | None) -> Message:
    if value is None:
        return _UNSAID[name]
    return msg("{what} ({level})", what=_LEVELS[name][value], level=value)


_AT_LEAST_ON = (
    ("moves_money", msg("it moves money")),
    ("external_message", msg("it sends a message outside")),
    ("writes_sor", msg("it writes a system of record")),
    ("grants_access", msg("it grants access")),
)

_UNTESTED = msg("compensable, but not named and tested (counts as 3)")

_LEVELS = {
    "reversibility": (
        msg("no state change"),
        msg("undone in place"),
        msg("compensable"),
        msg("irreversible"),
    ),
    "blast_radius": (
        msg("own workspace only"),
        msg("touches one case"),
        msg("touches a batch, a team or an account"),
        msg("touches many customers or systems"),
    ),
    "external_visibility": (
        msg("visible to nobody else"),
        msg("visible to other teams"),
        msg("visible to a customer or supplier"),
        msg("visible to the public or a regulator"),
    ),
    "cost": (
        msg("a mistake costs about nothing"),
        msg("a mistake costs up to L1"),
        msg("a mistake costs up to L2"),
        msg("a mistake costs more than L2"),
    ),
    "data_sensitivity": (
        msg("public data"),
        msg("internal data"),
        msg("personal or confidential data"),
        msg("special, credential or payment data"),
    ),
}

_UNSAID = {
    "reversibility": msg("nobody said whether it can be undone (counts as 3)"),
    "blast_radius": msg("nobody said how far it reaches (counts as 3)"),
    "external_visibility": msg("nobody said who sees it (counts as 3)"),
    "cost": msg("nobody said what a mistake costs (counts as 3)"),
    "data_sensitivity": msg("nobody said which data it touches (counts as 3)"),
}

_AT_MOST = {
    "reversibility": (
        msg("if it changed nothing"),
        msg("if it could be undone in place"),
        msg("if it could be compensated"),
    ),
    "blast_radius": (
        msg("if it stayed in its own workspace"),
        msg("if it touched one case at a time"),
        msg("if it touched one batch, team or account at a time"),
    ),
    "external_visibility": (
        msg("if nobody else saw it"),
        msg("if only other teams saw it"),
        msg("if only a named customer or supplier saw it"),
    ),
    "cost": (
        msg("if a mistake cost about nothing"),
        msg("if a mistake cost at most L1"),
        msg("if a mistake cost at most L2"),
    ),
    "data_sensitivity": (
        msg("if it touched public data only"),
        msg("if it touched internal data at most"),
        msg("if it touched personal or confidential data at most"),
    ),
}
