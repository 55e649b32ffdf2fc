"""The steps of a drill, each read off the map: a name and a time, or a gap and the place where it is closed.

They stand here in the order of the 3 a.m. card: stop, say so, roll back, undo, clear, look back (product.md).
"""

from __future__ import annotations

from app.policy.drill_mending import accountable, clear, review, roll_back, say_so, undo
from app.policy.drill_step import Step
from app.policy.drill_stopping import first_human, guardrail, noticed, noticed_quietly, paged, runs_on, stop
from app.policy.drill_walk import Walk


def steps_of(walk: Walk) -> tuple[Step, ...]:
    """The steps of a drill in order; a retry storm also asks what ends the retries."""
    return (
        noticed_quietly(walk) if walk.scenario == "silent" else noticed(walk),
        paged(walk),
        first_human(walk),
        stop(walk),
        runs_on(walk),
        *([guardrail(walk)] if walk.scenario == "retry" else []),
        say_so(walk),
        roll_back(walk),
        undo(walk),
        clear(walk),
        accountable(walk),
        review(walk),
    )
