"""Texts that nobody took, of rows that are gone: each waits for its row to be brought back, and stands there again.

While they wait they are drafts like any other: a kill does not take them (see ui.unfinished).
"""

from __future__ import annotations

from collections.abc import Collection

from app.messages import Message, msg
from app.model.changes import ChangeSet
from app.model.row import Row
from app.workspace import Draft
from ui.widgets.basic import short


class WaitingDrafts:
    """Those of one window. Whoever takes a control away because its row is gone puts by what stands in it; whoever
    makes one anew takes it."""

    def __init__(self) -> None:
        self.drafts: tuple[Draft, ...] = ()

    def put_by(self, draft: Draft) -> None:
        """Have a text wait; one that holds nothing is none."""
        if draft.text.strip():
            self.drafts = (*self.drafts, draft)

    def take(self, row: str, field: str) -> str:
        """The text that waits for a place, as a Draft names it, and waits no longer; "" where there is none."""
        found = [draft for draft in self.drafts if (draft.row, draft.field) == (row, field)]
        self.drafts = tuple(draft for draft in self.drafts if draft not in found)
        return found[-1].text if found else ""

    def has(self, row: str, names: Collection[str]) -> bool:
        """Whether a text waits for one of these fields of a row."""
        return any(draft.row == row and draft.field in names for draft in self.drafts)

    def gone_with(self, made: ChangeSet) -> Message | None:
        """The texts that went with the rows that a change took away, in words; None where there are none."""
        gone = {change.id for change in made.changes if change.after is None}
        went = [draft for draft in self.drafts if not gone.isdisjoint((draft.row, draft.field.partition(":")[2]))]
        if not went:
            return None
        first = msg("“{text}” ({place})", text=short(went[0].text), place=went[0].place)
        more = len(went) - 1
        return msg("{first} and {count} more", first=first, count=more) if more else first

    def removed(self, made: ChangeSet, row_class: type[Row], title: str) -> Message:
        """What was done when somebody removed a row, what went with it, and that it can be had back."""
        what, went = msg(row_class.spec.one), self.gone_with(made)
        if went is None:
            return msg("Removed {what} “{title}”. Undo brings it back.", what=what, title=title)
        return msg(
            "Removed {what} “{title}”, and with it what was typed there and not taken: {went}. Undo brings all of it "
            "back.",
            what=what,
            title=title,
            went=went,
        )
