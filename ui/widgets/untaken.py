"""What was typed and is not in the project: a name that nobody has, a number that means nothing, a title not sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.messages import Message, msg
from ui.widgets.basic import short
from ui.widgets.draft_form import DraftForm
from ui.widgets.editors.base import Editor
from ui.widgets.editors.typing import Line
from ui.widgets.row_list import RowList

SIGNING = "signing"
"""The property of a line in which somebody signs: its text is in the project only once it is signed."""

ASKING = "asking"
"""The property of a line that only asks something of the program: its text never goes into the project."""

MOST = 2
"""Texts that a bar names at once; of more it says how many there are."""


@dataclass(frozen=True, slots=True)
class Untaken:
    """A text, the name of the control in which it stands, and the control."""

    text: str
    place: str
    control: QWidget

    def told(self) -> Message:
        """The text as a bar may quote it, for the whole room to read: not what somebody typed to sign, which may be a
        passphrase in the wrong line."""
        if self.control.property(SIGNING):
            return msg("Something")
        return msg("“{text}”", text=short(self.text))

    def named(self) -> Message:
        """The text with its place."""
        return msg("{what} ({place})", what=self.told(), place=self.place)


def named(left: Sequence[Untaken]) -> Message:
    """The first texts with their places, and how many more there are."""
    first, *others = [each.named() for each in left[:MOST]]
    if len(left) > MOST:
        return msg("{first}, {second} and {count} more", first=first, second=others[0], count=len(left) - MOST)
    return msg("{first} and {second}", first=first, second=others[0]) if others else first


def untaken_in(widget: QWidget) -> list[Untaken]:
    """Everything inside a widget that closing the window would forget. Ballots are not among it: they are secret."""
    drafts = [(editor.draft(), editor.control()) for editor in widget.findChildren(Editor)]
    drafts += [(rows.adder.text(), rows.adder) for rows in widget.findChildren(RowList) if rows.adder is not None]
    drafts += [entered for draft in widget.findChildren(DraftForm) for entered in draft.entered()]
    drafts += [(line.text(), line) for line in widget.findChildren(Line) if line.property(SIGNING)]
    return [Untaken(text.strip(), control.accessibleName(), control) for text, control in drafts if text.strip()]
