"""What the File menu does with an open project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.errors import AppError
from app.messages import Message, msg, words
from ui.desk import Desk
from ui.panels.bars import Bar
from ui.panels.start import file_filter
from ui.settings import Settings


class ProjectFile(Protocol):
    """The open file, as the window needs it (app.store.files.OpenProject)."""

    path: Path
    notices: tuple[Message, ...]

    def publish(self) -> None: ...
    def publish_soon(self) -> None: ...
    def save_copy(self, path: Path, *, force: bool = False) -> None: ...
    def close(self) -> None: ...


class FileCommands(QObject):
    """Save, save a copy, recent files, and closing so that nothing is lost."""

    file_wanted = Signal(object)
    """A path that somebody wants to open."""

    def __init__(self, window: QWidget, desk: Desk, bar: Bar, settings: Settings, opened: ProjectFile | None) -> None:
        super().__init__(window)
        self.opened = opened
        self._window = window
        self._desk = desk
        self._bar = bar
        self._settings = settings
        self._close_anyway = False
        self.recent = QMenu(words("Open recent"), window)
        self.recent.aboutToShow.connect(self._list_recent)

    def save(self) -> None:
        """Have everything in the file now."""
        self._desk.commit_focused()
        if self.opened is not None and self._tried(self.opened.publish):
            self._bar.notice(msg("Saved to {path}", path=str(self.opened.path)))

    def save_copy(self) -> None:
        """Ask for a place, and write the project there too."""
        self._desk.commit_focused()
        opened = self.opened
        if opened is None:
            return
        beside = opened.path.with_name(f"{opened.path.stem} copy.ownermap")
        named, _ = QFileDialog.getSaveFileName(self._window, words("Save a copy"), str(beside), file_filter())
        if named:
            path = Path(named).with_suffix(".ownermap")
            if self._tried(lambda: opened.save_copy(path, force=True)):
                self._bar.notice(msg("Saved a copy: {path}", path=str(path)))

    def may_close(self) -> bool:
        """Keep everything and let go of the file. Where it cannot be written, say so and stay; a second attempt
        closes anyway: the edits stay in the working copy and come back at the next opening."""
        if self.opened is None:
            return True
        if not self._close_anyway and not self._tried(self.opened.publish):
            self._close_anyway = True
            return False
        self._tried(self.opened.close)
        return True

    def _list_recent(self) -> None:
        self.recent.clear()
        for path in self._settings.recent_files():
            action = self.recent.addAction(path.stem)
            action.setData(str(path))
            action.setToolTip(str(path))
            action.triggered.connect(self._open_recent)

    def _open_recent(self) -> None:
        self.file_wanted.emit(Path(self.sender().data()))  # type: ignore[attr-defined]

    def _tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except AppError as error:
            self._bar.error(error)
            return False
        return True
