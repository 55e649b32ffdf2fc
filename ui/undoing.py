"""Undo and redo as the window offers them: what would be taken back, and a word where nobody would see that it was.

An entry of the operating record stays. Whoever asks to undo right after one means that entry: the first time, undo says
that it stays and takes nothing back (domain.md 0.12).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.edits.undo import called
from app.messages import Message, msg, words
from app.model.changes import ChangeSet, RowChange
from app.model.fields import Scope, fields_of
from app.steps import BY_ID
from ui.desk import Desk
from ui.panels.bars import Bar
from ui.widgets.basic import short

Place = tuple[str, str, str]
"""Step, row and field; without a row, `field` names the kind of which one is added there."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What undo or redo would do now: its words, and whether there is anything to do."""

    said: Message
    possible: bool

    def words(self) -> str:
        return words(self.said)


class Undoing:
    """Keeps which entry of the record somebody was told of; everything else is in the log."""

    def __init__(self, desk: Desk, bar: Bar) -> None:
        self._desk = desk
        self._bar = bar
        self._told = ""

    def undo(self, here: str) -> None:
        """Take back the last step, or say that what was done last stays. `here` is the step in sight."""
        workspace = self._desk.workspace
        stays, step = self._stays(), workspace.workspace.log.next_undo()
        if stays is not None:
            self._told = stays.id
            self._bar.refusal(_stays(stays, step))
            return
        if not step:
            self._bar.refusal(_nothing(workspace.workspace.log.final_last()))
            return
        made = workspace.undo()
        if made is not None:
            self._tell(msg("Undone:"), msg("Redo"), step, made, here)

    def redo(self, here: str) -> None:
        """Do again what was undone last."""
        workspace = self._desk.workspace
        step = workspace.workspace.log.next_redo()
        if not step:
            self._bar.refusal(msg("There is nothing to do again: nothing was undone since the last edit."))
            return
        made = workspace.redo()
        if made is not None:
            self._tell(msg("Done again:"), msg("Undo"), step, made, here)

    def offers(self) -> dict[str, Offer]:
        """What "undo" and "redo" would do now, by the names of the commands."""
        workspace = self._desk.workspace.workspace
        may = workspace.read_only is None
        stays, back, again = self._stays(), workspace.log.next_undo(), workspace.log.next_redo()
        undo = msg("Undo “{what}”", what=_short(back[0])) if back and stays is None else msg("Undo")
        redo = msg("Redo “{what}”", what=_short(again[0])) if again else msg("Redo")
        return {
            "undo": Offer(undo, may and (bool(back) or stays is not None)),
            "redo": Offer(redo, may and bool(again)),
        }

    def _stays(self) -> ChangeSet | None:
        """The entry of the record that was made last, unless somebody was told of it."""
        entry = self._desk.workspace.workspace.log.recorded_last()
        return None if entry is None or entry.id == self._told else entry

    def _tell(
        self, done: Message, back_again: Message, step: tuple[ChangeSet, ...], made: ChangeSet, here: str
    ) -> None:
        """Say what was taken back or done again, and offer the way there, where that is not on the page in sight; go to
        a row that it brought back. What was typed in a row that went, and was not taken, is named, and what brings it
        back again."""
        # The step tells which row was removed, and the change which others went and came back with it.
        back = {change.id for change in made.changes if change.before is None}
        removed = (change.id for entry in step for change in entry.changes if change.after is None)
        first = next((row_id for row_id in removed if row_id in back), None)
        if first is not None:
            self._desk.row_back.emit(first)
        went = self._desk.waiting.gone_with(made)
        if went is not None:
            self._bar.notice(
                msg(
                    "What was typed there and not taken went with it: {went}. {back_again} brings all of it back.",
                    went=went,
                    back_again=back_again,
                )
            )
            return
        places = [place_of(change) for change in made.changes]
        if not places or any(place[0] == here for place in places):
            return
        where = msg(BY_ID[places[0][0]].title)
        said = msg("“{what}” ({where}).", what=_short(step[0]), where=where)
        self._bar.offer(done, said, msg("Go there   Alt G"), lambda: self._desk.open_place(*places[0]))


def runs_by_itself(made: ChangeSet) -> bool:
    """Whether nobody did this: the clock of the workshop, which goes on by itself."""
    return not made.undoable and made.undoes is None and made.scopes() <= {Scope.PRIVATE}


def _stays(entry: ChangeSet, step: tuple[ChangeSet, ...]) -> Message:
    if not step:
        return msg("“{entry}” is part of the operating record and stays.", entry=_short(entry))
    return msg(
        "“{entry}” is part of the operating record and stays. Ctrl+Z again takes back “{what}”.",
        entry=_short(entry),
        what=_short(step[0]),
    )


def _nothing(final: ChangeSet | None) -> Message:
    """Why there is nothing to undo. A backup that was put back is undone by putting back another."""
    if final is None:
        return msg("There is nothing to undo. Earlier versions of the file may be among its backups (File, Backups …).")
    return msg(
        "There is nothing to undo: “{what}” cannot be taken back, nor can what was done before it.", what=_short(final)
    )


def place_of(change: RowChange) -> Place:
    """Where a change is seen in the window."""
    row = change.row
    if change.after is None:
        return row.spec.step, "", row.spec.kind
    declared = fields_of(type(row))
    changed = [name for name in declared if change.before is not None and name in change.fields()]
    return (declared[changed[0]].step, row.id, changed[0]) if changed else (row.spec.step, row.id, "")


def _short(step: ChangeSet) -> str:
    said = called(step)
    return short(words(said) if isinstance(said, Message) else str(said))
