"""The RACI: derived from the decisions, with the cells that were changed by hand, by role and by person
(domain.md 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from app.errors import AppError
from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.boundary import System
from app.model.change import Tool, TrainingData
from app.model.commit import RaciOverride
from app.model.document import Document
from app.model.oversight import Action
from app.model.room import Agent
from app.policy.covers import Cover, overlaid, running
from app.policy.holders import AGENT, VENDOR, column_label, has_vendor, holders
from app.policy.oversight import BARRED, DUAL, IN, ON, OUT, SHADOW, level, oversight_of
from app.policy.raci_table import BY_KEY, LASTING, DefaultRow

STRENGTH = "ARCI"
"""The letters from the strongest to the weakest."""

NO_LETTER = "-"
"""What an override holds to clear a cell."""

ROW_OF_MODE = {SHADOW: "A1", IN: "A2", DUAL: "A2", ON: "A3", OUT: "A4"}
"""The default row behind an action, by its current mode."""

ROUTED = "A5"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row by role. `letters` maps a column code to its letter, empty cells left out; `derived` is the same
    before anything was changed by hand. `default` is the row of the default matrix that it comes from, `covers` the
    help of the vendor that its letter here is due to, while it lasts."""

    key: str
    group: Message
    label: Message | str
    letters: Mapping[str, str]
    derived: Mapping[str, str]
    default: str
    source: str
    reason: Message
    overrides: tuple[RaciOverride, ...] = ()
    covers: tuple[Cover, ...] = ()

    @property
    def is_action(self) -> bool:
        return self.key.startswith(ACTION_PREFIX)

    @property
    def action(self) -> str | None:
        """The id of the action that this row is about."""
        return self.key.removeprefix(ACTION_PREFIX) if self.is_action else None

    def override(self, column: str) -> RaciOverride | None:
        """What was changed by hand in this cell."""
        return next((each for each in self.overrides if each.column == column), None)

    def holding(self, letter: str) -> tuple[str, ...]:
        """The columns that have this letter."""
        return tuple(code for code, here in self.letters.items() if here == letter)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The RACI by role: the columns in use, and the rows in order, group by group."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    def row(self, key: str) -> MatrixRow | None:
        return next((row for row in self.rows if row.key == key), None)


@dataclass(frozen=True, slots=True)
class Fault:
    """A hard rule that a row breaks: the catalogue id (144 to 147) and what is wrong."""

    id: int
    detail: Message


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """One column by person. `key` is the id of a person or rota, else the code of the column that nobody holds."""

    key: str
    name: Message | str
    codes: tuple[str, ...]
    filled: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row by person: column key -> the strongest letter there, or A/R where one person is both."""

    key: str
    group: Message
    label: Message | str
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PersonView:
    """The RACI with roles collapsed to people."""

    columns: tuple[PersonColumn, ...]
    rows: tuple[PersonRow, ...]


ACTION_PREFIX = "action:"


def action_key(action_id: str) -> str:
    """The key of the row of an action."""
    return ACTION_PREFIX + action_id


def row_called(document: Document, key: str) -> Message | str:
    """The label of the row of the matrix with this key; "" where there is none."""
    default = BY_KEY.get(key)
    return default.label if default else document.called(key.removeprefix(ACTION_PREFIX))


def letter_of(text: str) -> str:
    """The letter that somebody wrote into a cell, "-" where they cleared it.

    Raises an AppError for anything else, S included: it says what to write instead.
    """
    letter = text.strip().upper() or NO_LETTER
    if letter != NO_LETTER and letter not in tuple(STRENGTH):
        raise AppError(
            msg("“{letter}” is not a letter of this matrix.", letter=text.strip()[:20]), msg(v.WHY_FOUR_LETTERS)
        )
    return letter


def matrix(document: Document, today: str = "") -> Matrix:
    """The RACI of this document by role: one row for each action that is not barred, then the lasting rows that
    have a subject here.

    With a day, `2026-11-21`, the vendor's help is laid over the rows while it lasts.
    """
    deriving = _Deriving(document, today)
    overridden = _overrides(document)
    rows = (*deriving.action_rows(document.rows(Action)), *deriving.lasting_rows())
    return Matrix(
        columns=tuple(str(entry.value) for entry in v.RACI_COLUMNS if entry.value not in deriving.ground.without),
        rows=tuple(_overridden(row, overridden[row.key]) if row.key in overridden else row for row in rows),
    )


def changed_rows(document: Document) -> tuple[MatrixRow, ...]:
    """The rows of the matrix that were changed by hand, without working out the others, and without the help of the
    vendor: it ends, and they must hold without it."""
    overridden = _overrides(document)
    if not overridden:
        return ()
    deriving = _Deriving(document)
    ids = (key.removeprefix(ACTION_PREFIX) for key in overridden if key.startswith(ACTION_PREFIX))
    actions = (action for action in (document.get(Action, each) for each in ids) if action is not None)
    rows = (*deriving.action_rows(actions), *deriving.lasting_rows())
    return tuple(_overridden(row, overridden[row.key]) for row in rows if row.key in overridden)


def lasting_rows(document: Document) -> tuple[MatrixRow, ...]:
    """The rows that are not about one action, as the decisions imply them."""
    return tuple(_Deriving(document).lasting_rows())


def faults(row: MatrixRow) -> tuple[Fault, ...]:
    """The hard rules that a row breaks: exactly one A, an R, neither agent nor vendor as A, the agent as R for
    actions only."""
    return tuple(_faults(row))


def only_vendor_responsible(row: MatrixRow) -> bool:
    """Whether the vendor is the only R of a row."""
    return row.holding("R") == (VENDOR,)


def person_view(found: Matrix, document: Document) -> PersonView:
    """The same matrix with people as columns. The letter shown is the strongest; A/R where one person is both, so
    that no row loses its R."""
    column_of = _person_columns(found, document)
    by_person = {id(letters): _by_person(letters, column_of) for letters, _ in alike(found.rows)}
    rows = tuple(PersonRow(row.key, row.group, row.label, by_person[id(row.letters)]) for row in found.rows)
    return PersonView(tuple(dict.fromkeys(column_of.values())), rows)


def alike(rows: Iterable[MatrixRow]) -> Iterable[tuple[Mapping[str, str], int]]:
    """The letters of rows, each with the number of rows that share them: hundreds of actions have a few in common."""
    found: dict[int, tuple[Mapping[str, str], int]] = {}
    for row in rows:
        letters, count = found.get(id(row.letters), (row.letters, 0))
        found[id(row.letters)] = letters, count + 1
    return found.values()


# --- rows --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Ground:
    """What the letters follow from besides the default row: the columns that are not in use, and the help of the
    vendor. There is one for each such state, told apart at no cost."""

    without: frozenset[str]
    covers: tuple[Cover, ...]


@lru_cache(maxsize=64)
def _ground(without: frozenset[str], covers: tuple[Cover, ...]) -> _Ground:
    return _Ground(without, covers)


class _Deriving:
    """What all rows of one document have in common."""

    def __init__(self, document: Document, today: str = "") -> None:
        self.document = document
        without: frozenset[str] = frozenset() if has_vendor(document) else frozenset({VENDOR})
        self.ground = _ground(without, running(document, today))

    @cached_property
    def columns_of(self) -> Mapping[str, tuple[str, ...]]:
        """Id of a person or rota -> the columns that they hold."""
        found: dict[str, tuple[str, ...]] = {}
        for code, one in holders(self.document).items():
            for held_by in filter(None, (one.person, one.rota)):
                found[held_by] = (*found.get(held_by, ()), code)
        return found

    def lasting_rows(self) -> Iterator[MatrixRow]:
        return (_default_row(each.key, self.ground) for each in _applicable(self.document))

    def action_rows(self, actions: Iterable[Action]) -> Iterator[MatrixRow]:
        for action in actions:
            mode = action.current or oversight_of(self.document, action).start
            if mode != BARRED and "outside_boundary" not in action.flags:
                default = _default_of(action, mode)
                informed = self._taker(action) if default == ROW_OF_MODE[OUT] else ()
                yield _action_row(action.id, action.name, default, self.ground, informed)

    def _taker(self, action: Action) -> tuple[str, ...]:
        """The columns of whoever a draft is handed to; they are told, where they have no part in the row yet."""
        if "human_acts_next" not in action.flags:
            return ()
        return self.columns_of.get(action.approver or action.escalation_path or "", ())


def _overrides(document: Document) -> dict[str, list[RaciOverride]]:
    """Row key -> what was changed by hand there."""
    found: dict[str, list[RaciOverride]] = {}
    for override in document.rows(RaciOverride):
        found.setdefault(override.activity, []).append(override)
    return found


def _default_of(action: Action, mode: str) -> str:
    """A draft stays in the agent's own workspace and follows its mode; a case that is routed is a person's from
    there on."""
    routed = "human_acts_next" in action.flags and level(action.blast_radius) > 0 and mode != SHADOW
    return ROUTED if routed else ROW_OF_MODE[mode]


@lru_cache(maxsize=8192)
def _action_row(action_id: str, name: str, default_key: str, ground: _Ground, informed: tuple[str, ...]) -> MatrixRow:
    row = replace(
        _default_row(default_key, ground),
        key=action_key(action_id),
        label=name or msg("Action without a name"),
    )
    if not informed or any(code in row.letters for code in informed):
        return row
    letters = {**row.letters, informed[0]: "I"}
    return replace(row, letters=letters, derived=letters)


@lru_cache(maxsize=256)
def _default_row(key: str, ground: _Ground) -> MatrixRow:
    default = BY_KEY[key]
    plain = {code: letter for code, letter in default.letters.items() if code not in ground.without}
    letters, counting = overlaid(plain, ground.covers)
    return MatrixRow(
        key, default.group, default.label, letters, letters, key, default.source, default.reason, covers=counting
    )


def _applicable(document: Document) -> Iterator[DefaultRow]:
    training = document.only(TrainingData).used
    integrated = bool(document.rows(Tool) or document.rows(System))
    subjects = {
        "L25": document.only(Agent).outside_parties,
        "L32": training,
        "L33": training,
        "L37": has_vendor(document),
        "L07": integrated,
        "L08": integrated,
    }
    return (each for each in LASTING if subjects.get(each.key, True))


def _overridden(row: MatrixRow, overrides: Iterable[RaciOverride]) -> MatrixRow:
    last = {each.column: each for each in overrides if each.column and each.letter}
    letters = {**row.letters, **{column: each.letter for column, each in last.items()}}
    kept = {code: letter for code, letter in letters.items() if letter != NO_LETTER}
    return replace(row, letters=kept, overrides=tuple(last.values()))


def _faults(row: MatrixRow) -> Iterator[Fault]:
    accountable, responsible = row.holding("A"), row.holding("R")
    if len(accountable) != 1:
        if accountable:
            said = msg("{count} parts are accountable; it takes exactly one A.", count=len(accountable))
        else:
            said = msg("No part is accountable; it takes exactly one A.")
        yield Fault(144, said)
    if not responsible:
        yield Fault(145, msg("Nobody is responsible; it takes an R."))
    for code in accountable:
        if code in (AGENT, VENDOR):
            yield Fault(146, msg("{who} cannot be accountable.", who=column_label(code)))
    if AGENT in responsible and not row.is_action:
        yield Fault(147, msg("The agent can be responsible for its own actions only."))


# --- people ------------------------------------------------------------------------------------------------


def _person_columns(found: Matrix, document: Document) -> dict[str, PersonColumn]:
    """Column code -> the person's column that it collapses into, for every code with a letter somewhere."""
    used = {code for letters, _ in alike(found.rows) for code in letters}
    held = holders(document)
    codes: dict[str, list[str]] = {}
    for code in found.columns:
        if code in used:
            codes.setdefault(held[code].person or held[code].rota or code, []).append(code)
    columns: dict[str, PersonColumn] = {}
    for key, together in codes.items():
        one = held[together[0]]
        name: Message | str = one.name
        if together[0] in (AGENT, VENDOR):
            name = column_label(together[0])
        elif not one.filled:
            name = msg("{role}: nobody", role=column_label(together[0]))
        column = PersonColumn(key, name, tuple(together), one.filled)
        columns.update(dict.fromkeys(together, column))
    return columns


def _by_person(letters: Mapping[str, str], column_of: Mapping[str, PersonColumn]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for code, letter in letters.items():
        if code in column_of:
            found.setdefault(column_of[code].key, set()).add(letter)
    return {key: "A/R" if {"A", "R"} <= here else min(here, key=STRENGTH.index) for key, here in found.items()}
