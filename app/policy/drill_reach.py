"""What a failure reaches, whatever the moment: the actions that it touches, whether they are held, how they are undone.

Every drill of one document and scenario shares one Reach (app.policy.drill_walk).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.model import vocabulary as v
from app.model.document import Document, Table
from app.model.exceptions import ExceptionPath
from app.model.oversight import Action
from app.model.room import Agent
from app.model.stop import CompensatingTransaction, IncidentPlan
from app.policy.oversight import BARRED, DUAL, IN, SHADOW, compensations_in, hands_to_person, level

HOLDS = frozenset({"queue", "pause_agent", "drop_to_in_loop"})
"""The off-hours policies that answer a wait: nothing more happens until somebody is there."""

WAITS = frozenset({IN, DUAL})
"""The modes in which nothing happens without an approval; a time-out never approves."""


class Acting:
    """The actions that act at a stage; worked out when first asked for, and once."""

    def __init__(self, actions: Table, stage: str) -> None:
        self._actions = actions
        self._stage = stage

    @cached_property
    def permitted(self) -> tuple[Action, ...]:
        """The actions that are not barred."""
        rows = (row for row in self._actions.ordered if isinstance(row, Action))
        return tuple(a for a in rows if a.current != BARRED and "outside_boundary" not in a.flags)

    @cached_property
    def executing(self) -> tuple[Action, ...]:
        """The actions that take effect: none in shadow, none barred, none that hands to a person (domain.md 3.1).

        An action whose mode nobody has chosen counts: the drill assumes the worse.
        """
        if self._stage == "1a":
            return ()
        return tuple(a for a in self.permitted if a.current != SHADOW and not hands_to_person(a))


@dataclass(frozen=True, slots=True)
class Promise:
    """What one person has to undo soonest: the minutes (None where nothing was promised) and the id of the
    compensating transaction ("" for an undo in place)."""

    within: int | None = None
    compensation: str = ""


ON_CALL = Promise()
"""What whoever is on call promises for an undo in place: nothing."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """How what a failure changed is made good: the actions that changed something, each way (a compensating
    transaction, or an action that is undone in place), who goes them (ids; None for whoever is on call) with what they
    promise, the minutes that the slowest takes, and the actions without a way."""

    changing: tuple[Action, ...]
    ways: tuple[CompensatingTransaction | Action, ...]
    owners: Mapping[str | None, Promise]
    longest: int
    missing: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What a reach follows from besides the actions: the table of compensating transactions, the minutes until an alarm
    is noticed (None where nobody has said), and the general off-hours policy."""

    compensating: Table
    alarm_minutes: int | None
    off_hours: str


class Reach:
    """What one of the four failures (`vocabulary.SCENARIOS`) reaches; worked out when first asked for, and once."""

    def __init__(self, acting: Acting, scenario: str, around: Around) -> None:
        self.acting = acting
        self.scenario = scenario
        self._around = around

    @cached_property
    def touched(self) -> tuple[Action, ...]:
        """The actions that the failure reaches and that act by themselves or after an approval."""
        executing = self.acting.executing
        if self.scenario == "malformed":
            return tuple(a for a in executing if "writes_sor" in a.flags or level(a.reversibility) >= 1)
        if self.scenario == "message":
            return tuple(a for a in executing if "external_message" in a.flags)
        if self.scenario == "retry":
            # Of an action whose volume nobody has said, it is not known that it never runs.
            return tuple(a for a in executing if a.runs_per_week != 0)
        return tuple(a for a in executing if "silent_failure" in a.flags) or executing

    @cached_property
    def quiet(self) -> tuple[Action, ...]:
        """The actions that must say how a failure without an alarm is noticed: those that can fail silently, else all
        that are touched. None where an alarm goes off."""
        if self.scenario != "silent":
            return ()
        return tuple(a for a in self.acting.permitted if "silent_failure" in a.flags) or self.touched

    @cached_property
    def unseen(self) -> tuple[Action, ...]:
        """The quiet actions that do not say how, or within what time."""
        return tuple(action for action in self.quiet if not action.noticed_how or action.noticed_within is None)

    @cached_property
    def slowest(self) -> Action | None:
        """The quiet action that takes longest to be noticed."""
        return max(self.quiet, key=lambda action: action.noticed_within or 0, default=None)

    @cached_property
    def noticed_after(self) -> int:
        """Minutes until it is noticed, 0 where nobody has said: the slowest of the quiet actions, or the alarm."""
        if self.scenario == "silent":
            return (self.slowest.noticed_within or 0) if self.slowest is not None else 0
        return self._around.alarm_minutes or 0

    @cached_property
    def held(self) -> bool:
        """Whether the off-hours policy holds all that is touched; where nothing is, whether the general policy holds.

        An action without a policy of its own follows the general one.
        """
        general = self._around.off_hours
        if not self.touched:
            return general in HOLDS
        return all((action.off_hours or general) in HOLDS for action in self.touched)

    @cached_property
    def unheld(self) -> Action | None:
        """The first touched action with a policy of its own that does not hold it."""
        return next((action for action in self.touched if action.off_hours and action.off_hours not in HOLDS), None)

    @cached_property
    def running(self) -> tuple[Action, ...]:
        """The touched actions that act by themselves."""
        return tuple(action for action in self.touched if action.current not in WAITS)

    @cached_property
    def loose(self) -> tuple[Action, ...]:
        """The running actions that no off-hours policy holds."""
        general = self._around.off_hours
        return tuple(action for action in self.running if (action.off_hours or general) not in HOLDS)

    @cached_property
    def remedy(self) -> Remedy:
        """A compensating transaction, or an undo in place by whoever is on call."""
        named = compensations_in(self._around.compensating)
        changing = tuple(action for action in self.touched if level(action.reversibility) >= 1)
        ways: list[CompensatingTransaction | Action] = []
        owners: dict[str | None, Promise] = {}
        promised = {0}
        missing: list[Action] = []
        for action in changing:
            rows = named.get(action.id, ())
            ways += rows
            for row in rows:
                within = row.within or 0
                promised.add(within)
                known = owners.get(row.owner)
                if known is None or within < (known.within or 0):
                    owners[row.owner] = Promise(row.within, row.id)
            if not rows and action.undo:
                ways.append(action)
                owners[None] = ON_CALL
            elif not rows:
                missing.append(action)
        return Remedy(changing, tuple(ways), owners, max(promised), tuple(missing))


def acting_in(document: Document) -> Acting:
    """The actions of a document that act."""
    return _acting(document.table(Action.spec.kind), document.only(Agent).stage)


def reaches(document: Document) -> Mapping[str, Reach]:
    """What each of the four failures reaches in a document."""
    around = Around(
        document.table(CompensatingTransaction.spec.kind),
        document.only(IncidentPlan).alarm_minutes,
        document.only(ExceptionPath).off_hours,
    )
    return _reaches(acting_in(document), around)


# Most edits leave the actions alone, so what follows from them alone is remembered.


@lru_cache(maxsize=4)
def _acting(actions: Table, stage: str) -> Acting:
    return Acting(actions, stage)


@lru_cache(maxsize=4)
def _reaches(acting: Acting, around: Around) -> Mapping[str, Reach]:
    return {str(entry.value): Reach(acting, str(entry.value), around) for entry in v.SCENARIOS}
