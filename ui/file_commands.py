"""What the File menu does with an open project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.errors import AppError
from app.messages import Message, in_one, msg, words
from app.model.ids import Mint
from app.workspace import Draft, Noticed, SaveState, Saving
from ui.desk import Desk
from ui.panels.bars import Bar
from ui.panels.file_line import FileLine
from ui.panels.start import file_filter
from ui.settings import Settings
from ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from app.merging import Reason
    from app.restoring import Backup


class ProjectFile(Protocol):
    """The open file, as the window needs it (app.store.files.OpenProject)."""

    path: Path
    notices: tuple[Message, ...]
    kept_copy: Path | None
    read_only: Message | None
    warning: Message | None
    drafts: tuple[Draft, ...]

    def publish(self) -> None: ...
    def publish_soon(self) -> None: ...
    def keep_drafts(self, drafts: tuple[Draft, ...]) -> None: ...
    def save_copy(self, path: Path, *, force: bool = False) -> None: ...
    def keep_backup(self, reason: Reason) -> None: ...
    def watch(self, told: Callable[[Noticed], None]) -> None: ...
    def close(self) -> None: ...


class FileCommands(QObject):
    """Save, save a copy, recent files, and closing so that nothing is lost."""

    file_wanted = Signal(object)
    """A path that somebody wants to open."""

    reopen_wanted = Signal(object, object)
    """The window that is to be closed and opened again, and what is to be done in between."""

    def __init__(self, window: QWidget, desk: Desk, bar: Bar, settings: Settings, opened: ProjectFile | None) -> None:
        super().__init__(window)
        self.opened = opened
        self._window = window
        self._desk = desk
        self._bar = bar
        self._settings = settings
        self._close_anyway = False
        self._problem: Message | None = None
        desk.workspace.saving_changed.connect(self._tell)
        self.line = FileLine(desk.icons, opened.path if opened is not None else Path())
        self.line.compare_wanted.connect(self._compare)
        self.line.copy_wanted.connect(self.save_copy)
        if opened is not None and opened.read_only is not None:
            self.line.show_read_only(opened.read_only, opened.warning)
        elif opened is not None and opened.warning is not None:
            self.line.show_warning(opened.warning)
        self.line.reopen_wanted.connect(self._open_again)
        if opened is not None:
            opened.watch(self.line.noticed.emit)
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

    def merge_copy(self) -> None:
        """Ask for a second copy of this project, and compare the two."""
        # Loaded when it is first wanted, as the dialogs below.
        from ui.dialogs.conflict import choose_copy

        self._desk.commit_focused()
        if self.opened is not None:
            choose_copy(self._desk, self._window, self.opened.path, self.opened)

    def backups(self) -> None:
        """Show the backups of this file."""
        from ui.dialogs.backups import BackupsDialog

        if self.opened is not None:
            BackupsDialog(self.opened.path, self._desk.theme, self._put_back, self._window).open()

    def erase(self, person: str = "") -> None:
        """Ask who is to be erased from the file, the person with this id at first, and whether that is meant."""
        from ui.dialogs.erase import EraseDialog

        self._desk.commit_focused()
        if self.opened is None:
            self._desk.refuse(msg("Save the project first: somebody is erased from its file."))
        elif self.opened.read_only is not None:
            self._bar.error(AppError(self.opened.read_only))
        else:
            EraseDialog(self._desk, person, self._erase, self._window).open()

    def close_anyway(self) -> None:
        """Let the next closing go on where the file cannot be written: the working copy keeps what it lacks."""
        self._close_anyway = True

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

    def _tell(self, saving: Saving) -> None:
        """Say why edits are not saved, once for each reason, and that they are when they are again."""
        before, now = self._problem, saving.problem
        if now is not None and now != before:
            self._bar.error(now)
            self._problem = now
        elif before is not None and saving.state is SaveState.SAVED:
            self._problem = None
            if self._bar.sentence.text() == words(before):
                self._bar.put_away()
            self._bar.notice(msg("Everything is saved again."))

    def _compare(self, copy: Path) -> None:
        from ui.dialogs.conflict import open_conflict

        self._desk.commit_focused()
        open_conflict(self._desk, self._window, copy, self.opened)

    def _open_again(self) -> None:
        self.reopen_wanted.emit(self._window, lambda: None)

    def _put_back(self, backup: Backup) -> None:
        from app.restoring import restore

        if self.opened is not None:
            path = self.opened.path
            self.reopen_wanted.emit(self._window, lambda: restore(path, backup))

    def _erase(self, person: str) -> None:
        from app.erasing import done_lines, erase, preview

        assert self.opened is not None
        path, project = self.opened.path, self._desk.workspace.workspace.project

        def erasing() -> Message:
            whom, _ = preview(project, person)
            return in_one(done_lines(whom, erase(path, person, Mint())))

        self.reopen_wanted.emit(self._window, erasing)

    def _list_recent(self) -> None:
        self.recent.clear()
        for path in self._settings.recent_files():
            action = self.recent.addAction(path.stem.replace("&", "&&"))
            action.setData(str(path))
            action.setToolTip(plain_tip(str(path)))
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
