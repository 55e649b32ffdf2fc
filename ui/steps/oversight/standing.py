"""Where each action stands: what takes its mode back, and how far it is from the next looser one.

What stands around an action (cover, wiring, people) bears on all of them, so an edit there lets everything be worked
out again, a few at a time: the table asks for the rows that it paints, and counts follow when nobody types.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.messages import Message, msg
from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.oversight import Action, Evidence, GraduationDecision
from app.policy.graduation import Progress, progress
from app.policy.oversight import BARRED, DUAL, IN, ON, OUT, SHADOW, STRICTNESS, mode_label
from app.policy.revocation import Revocation, revocations

AT_ONCE = 40
"""So many actions are worked out in one go when nobody waits for them."""

_OWN = {Action.spec.kind, Evidence.spec.kind, GraduationDecision.spec.kind}
"""Kinds of which a row bears on one action alone."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What speaks for taking the mode of an action back, and how far it is from the next looser one."""

    found: tuple[Revocation, ...]
    progress: Progress | None

    @property
    def lost(self) -> tuple[Revocation, ...]:
        """Why its right to the mode is gone; empty where it is not."""
        return tuple(each for each in self.found if each.lost)

    @property
    def back_to(self) -> str:
        """The mode that it belongs in now: the strictest that is asked for; empty where its right is not lost."""
        return max((each.to_mode for each in self.lost), key=STRICTNESS.index, default="")

    @property
    def may_graduate(self) -> bool:
        """Whether nothing but the decision is missing."""
        return self.progress is not None and not self.progress.missing and not self.found

    def told(self) -> tuple[Message, str] | None:
        """One short line for the table, with the colour of its weight; None where there is nothing to tell."""
        if self.lost:
            return msg("Lost its right: back to {mode}", mode=short_label(self.back_to)), "bad"
        if self.found:
            return msg("Look now ({code})", code=self.found[0].code), "warn"
        if self.progress is None or not self.progress.totals.runs:
            return None
        to_mode = short_label(self.progress.gate.to_mode)
        if self.may_graduate:
            return msg("May graduate to {mode}", mode=to_mode), "ok"
        if self.progress.clean_runs_needed == 0:
            return msg("Enough runs; still missing: {count}", count=len(self.progress.missing)), "ink_2"
        runs = self.progress.totals.runs
        if self.progress.clean_runs_needed is None:
            return msg("Not earned: start again"), "warn"
        return msg("{runs} of {goal} runs to {mode}", runs=runs, goal=goal_of(self.progress), mode=to_mode), "ink_2"


def goal_of(found: Progress) -> int:
    """The number of reviewed runs at which one looks next; the last look where no run would help."""
    if found.clean_runs_needed is None:
        return found.gate.looks[-1]
    return found.totals.runs + found.clean_runs_needed


def short_label(mode: str) -> Message:
    """A mode in as few words as the dial uses."""
    return msg(_SHORT[mode]) if mode in _SHORT else mode_label(mode)


_SHORT = {SHADOW: "Shadow", IN: "In", DUAL: "In ×2", ON: "On", OUT: "Out", BARRED: "Barred"}


class Standings:
    """The standing of every action, worked out when it is asked for and kept while it holds."""

    def __init__(self) -> None:
        self._known: dict[str, Standing] = {}

    def of(self, document: Document, action: Action, as_of: str) -> Standing:
        """The standing of one action at this moment."""
        found = self._known.get(action.id)
        if found is None:
            found = Standing(revocations(document, action, as_of), progress(document, action, as_of))
            self._known[action.id] = found
        return found

    def follow(self, made: ChangeSet | None) -> frozenset[str] | None:
        """Forget what an edit may have changed: the ids of the actions that are meant, None for all of them."""
        if made is None or not made.kinds() <= _OWN:
            self._known.clear()
            return None
        touched = frozenset(
            str(row.id if isinstance(row, Action) else row.value("action"))
            for change in made.changes
            for row in (change.before, change.after)
            if row is not None
        )
        for action_id in touched:
            self._known.pop(action_id, None)
        return touched

    def work(self, document: Document, as_of: str) -> bool:
        """Work out a few that are not known; false when all are."""
        open_ones = [action for action in document.rows(Action) if action.id not in self._known]
        for action in open_ones[:AT_ONCE]:
            self.of(document, action, as_of)
        return len(open_ones) > AT_ONCE
