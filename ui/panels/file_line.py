"""One line about the file itself: changed by someone else, gone, or another copy beside it, with what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal

from app.messages import Message, msg, shown
from app.workspace import Noticed, Underneath
from ui.icons import Icons
from ui.panels.strip import Strip
from ui.widgets.basic import button, label, line, say_on, set_role, set_text

COMPARE = "Open it again and compare"


@dataclass(frozen=True, slots=True)
class _Saying:
    """`key` is what is put away with it; what has none stays."""

    said: Message
    role: str
    act: str = ""
    do: Callable[[], object] | None = None
    key: object = None


class FileLine(Strip):
    """Hidden while there is nothing to say. What was put away stays away until something else is noticed."""

    noticed = Signal(object)
    """A Noticed; may be emitted from any thread."""

    reopen_wanted = Signal()
    copy_wanted = Signal()
    compare_wanted = Signal(object)
    """The path of a copy."""

    def __init__(self, icons: Icons, path: Path) -> None:
        super().__init__()
        self._path = path
        self._found = Noticed()
        self._read_only: Message | None = None
        self._warning: Message | None = None
        self._refused_to_close = False
        self._put_away: set[object] = set()
        self._shown: _Saying | None = None
        self.setObjectName("fileLine")
        row = line(self, margins=(16, 5, 10, 5), spacing=10)
        self.sentence = label("", "", wrap=True)
        self.act = button("")
        self.away = button("", "quiet", name="Close this message")
        icons.put_on(self.away, "x")
        row.addWidget(self.sentence, 1)
        row.addWidget(self.act)
        row.addWidget(self.away)
        self.act.clicked.connect(self._act)
        self.away.clicked.connect(self._go_away)
        self.noticed.connect(self.show_noticed)
        self.hide()

    def show_noticed(self, found: Noticed) -> None:
        """Say what became of the file, the most urgent first."""
        if found.file is not self._found.file:
            self._put_away -= set(Underneath)
            self._refused_to_close = False
        self._found = found
        self._show()

    def show_read_only(self, why: Message, warning: Message | None) -> None:
        """Say, for as long as the window is open, why nothing can be changed here, and what must be known about it."""
        self._read_only, self._warning = why, warning
        self._show()

    def show_warning(self, said: Message) -> None:
        """Say something about the file that somebody must have seen: it stays until they put it away."""
        self._warning = said
        self._show()

    def insist(self, file: Underneath = Underneath.CHANGED, *, on_closing: bool = False) -> None:
        """Something was refused because of what became of the file: say so, also to who has put it away."""
        self._found = replace(self._found, file=file, ours=True)
        self._refused_to_close = on_closing
        self._put_away.discard(file)
        self._show()

    def saved(self) -> None:
        """Everything is in the file again: its folder is back."""
        if self._found.file is Underneath.FOLDER_GONE:
            self.show_noticed(replace(self._found, file=Underneath.SAME, ours=False))

    def compare(self) -> bool:
        """Do what leads to the comparison, put away or not; False where there is nothing to compare."""
        if self._found.file is Underneath.CHANGED:
            self.reopen_wanted.emit()
        elif self._found.copies:
            self.compare_wanted.emit(self._found.copies[0])
        else:
            return False
        return True

    def _sayings(self) -> Iterator[_Saying]:
        name, found = self._path.name, self._found
        if self._read_only is not None:
            yield self._looked_at(self._read_only)
            return
        if found.file is Underneath.CHANGED:
            yield self._changed()
        elif found.file is Underneath.GONE:
            said = msg("“{name}” was deleted or moved away. It is written anew when you next save.", name=name)
            yield _Saying(said, "error", key=Underneath.GONE)
        elif found.file is Underneath.FOLDER_GONE:
            yield self._without_folder()
        if self._warning is not None:
            yield _Saying(self._warning, "error", key=self._warning)
        for place, copy in enumerate(found.copies, 1):
            which = msg("“{name}”", name=copy.name)
            if len(found.copies) > 1:
                which = msg("“{name}” ({place} of {count})", name=copy.name, place=place, count=len(found.copies))
            said = msg("There is another copy of this project with other steps: {which}.", which=which)
            yield _Saying(said, "told", "Compare …", self._comparing(copy), copy)

    def _changed(self) -> _Saying:
        name, reopen, key = self._path.name, self.reopen_wanted.emit, Underneath.CHANGED
        if not self._found.ours:
            said = msg("“{name}” was saved anew by someone else. Nothing of yours is missing in it.", name=name)
            return _Saying(said, "told", "Load what is new", reopen, key)
        said = msg("“{name}” was changed by someone else while it was open here. Both are kept.", name=name)
        if self._refused_to_close:
            said = msg(
                "“{name}” was changed by someone else while it was open here. Compare the two now, or close once more: "
                "your edits are kept, and put beside it as a copy when you open it next.",
                name=name,
            )
        return _Saying(said, "error", COMPARE, reopen, key)

    def _without_folder(self) -> _Saying:
        name, folder = self._path.name, shown(self._path.parent)
        said = msg(
            "The folder of “{name}” is not there any more: “{folder}”. Your edits are kept on this computer. Bring the "
            "folder back, or save a copy elsewhere.",
            name=name,
            folder=folder,
        )
        if self._refused_to_close:
            said = msg(
                "The folder of “{name}” is not there any more: “{folder}”. Save a copy elsewhere, or close once more: "
                "your edits are kept on this computer, and come back when you open the file again, in that folder or "
                "where it was moved to.",
                name=name,
                folder=folder,
            )
        return _Saying(said, "error", "Save a copy …", self.copy_wanted.emit, Underneath.FOLDER_GONE)

    def _looked_at(self, why: Message) -> _Saying:
        name, found, reopen = self._path.name, self._found, self.reopen_wanted.emit
        copy = "Save a copy …"
        if found.file in (Underneath.GONE, Underneath.FOLDER_GONE):
            said = msg("Read-only. “{name}” was deleted or moved away. Save a copy to keep what you see.", name=name)
            return _Saying(said, "error", copy, self.copy_wanted.emit)
        if found.free:
            said = msg("Read-only so far. “{name}” may be changed now.", name=name)
            return _Saying(said, "told", "Open for editing", reopen)
        if found.file is Underneath.CHANGED:
            said = msg("Read-only. “{name}” was saved anew since you opened it.", name=name)
            return _Saying(said, "told", "Load what is new", reopen)
        if self._warning is not None:
            why = msg("{why} {warning}", why=why, warning=self._warning)
        said = msg("Read-only. {why} Save a copy to change it there.", why=why)
        return _Saying(said, "told" if self._warning is None else "error", copy, self.copy_wanted.emit)

    def _show(self) -> None:
        """Show the first that was not put away, or nothing."""
        self._shown = next((each for each in self._sayings() if each.key not in self._put_away), None)
        if self._shown is None:
            self.hide()
            return
        set_text(self.sentence, self._shown.said)
        set_role(self, self._shown.role)
        self.act.setVisible(bool(self._shown.act))
        say_on(self.act, self._shown.act)
        self.away.setVisible(self._shown.key is not None)
        self.setAccessibleName(self.sentence.text())
        self.show()

    def _act(self) -> None:
        if self._shown is not None and self._shown.do is not None:
            self._shown.do()

    def _go_away(self) -> None:
        if self._shown is not None:
            self._put_away.add(self._shown.key)
            self._show()

    def _comparing(self, copy: Path) -> Callable[[], object]:
        return lambda: self.compare_wanted.emit(copy)
