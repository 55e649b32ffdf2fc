"""What the File menu does with an open project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.errors import AppError, ChangedMeanwhile, FolderGone
from app.files import writable_folder
from app.messages import Message, in_one, msg, number_of, shown, words
from app.model.changes import ChangeSet
from app.model.ids import Mint
from app.workspace import Draft, Noticed, SaveState, Saving, Underneath
from ui.desk import Desk
from ui.leaving import Ending
from ui.panels.bars import Bar, Offer
from ui.panels.file_line import FileLine
from ui.panels.start import file_filter
from ui.settings import Settings
from ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from app.erasing import Preview
    from app.merging import Reason
    from app.restoring import Backup


class ProjectFile(Protocol):
    """The open file, as the window needs it (app.store.files.OpenProject)."""

    path: Path
    notices: tuple[Message, ...]
    recovered: int
    kept_copy: Path | None
    read_only: Message | None
    warning: Message | None
    drafts: tuple[Draft, ...]

    def in_memory_alone(self) -> int: ...
    def publish(self) -> None: ...
    def publish_soon(self) -> None: ...
    def keep_drafts(self, drafts: tuple[Draft, ...]) -> None: ...
    def save_copy(self, path: Path, *, force: bool = False) -> None: ...
    def stage_copy(self) -> Path: ...
    def keep_backup(self, reason: Reason) -> None: ...
    def watch(self, told: Callable[[Noticed], None]) -> None: ...
    def close(self) -> None: ...


class FileCommands(QObject):
    """Save, save a copy, recent files, and closing so that nothing is lost."""

    file_wanted = Signal(object)
    """A path that somebody wants to open."""

    reopen_wanted = Signal(object, object, object)
    """The window that is to be closed and opened again, what is to be done in between, and the Ending: what becomes of
    what is typed and not taken."""

    def __init__(self, window: QWidget, desk: Desk, bar: Bar, settings: Settings, opened: ProjectFile | None) -> None:
        super().__init__(window)
        self.opened = opened
        self._window = window
        self._desk = desk
        self._bar = bar
        self._settings = settings
        self._close_anyway = False
        self._problem: Message | None = None
        # What was said when closing was refused, until everything is saved.
        self._refusal: Message | None = None
        # The last edit that somebody said may be lost, and the last one that a copy elsewhere holds.
        self._given_up: ChangeSet | None = None
        self._copied: ChangeSet | None = None
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
        if self.opened is None:
            return
        try:
            self.opened.publish()
        except ChangedMeanwhile:
            self.line.insist()
        except FolderGone:
            self.line.insist(Underneath.FOLDER_GONE)
        except AppError as error:
            self._bar.error(error)
        else:
            self._bar.notice(msg("Saved to {path}", path=shown(self.opened.path)))

    def save_copy(self) -> None:
        """Ask for a place until one takes the file or nobody wants it any more, and write the project there too."""
        self._desk.commit_focused()
        opened = self.opened
        if opened is None:
            return
        suggested = self._place_for(f"{opened.path.stem} copy.ownermap")
        title = words("Save a copy")
        while named := QFileDialog.getSaveFileName(self._window, title, str(suggested), file_filter())[0]:
            path = Path(named)
            if path.suffix.lower() != ".ownermap":
                path = path.with_name(f"{path.name}.ownermap")
            try:
                # Whether a file may be replaced was asked for the name as it was typed.
                opened.save_copy(path, force=str(path) == named)
            except AppError as error:
                self._bar.error(AppError(error.problem, msg("Choose another name or folder.")))
                # The bar lies under the dialog that asks again.
                title = words(error.problem)
            else:
                self._copy_saved(path)
                return

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
            EraseDialog(self._desk, self.opened.path, person, self._erase, self._window).open()

    def compare(self) -> None:
        """Go to the comparison with what someone else made of the project, also when its line was put away."""
        self._desk.commit_focused()
        if not self.line.compare():
            self._desk.refuse(msg("There is nothing to compare: nobody else has changed this file while it was open."))

    def close_anyway(self, anyway: bool = True) -> None:
        """Let the next closing go on where the file cannot be written: the working copy keeps what it lacks."""
        self._close_anyway = anyway

    def may_close(self) -> bool:
        """Keep everything and let go of the file. Where it cannot be written, say so and stay.

        A second attempt closes anyway, since the edits stay in the working copy and come back at the next opening; but
        never while there are edits that are nowhere on the disk, nor in a copy: giving those up takes an answer of
        its own.
        """
        if self.opened is None:
            return True
        try:
            self.opened.publish()
        except AppError as error:
            if not self._may_leave(self.opened, error):
                return False
        self._tried(self.opened.close)
        return True

    def _may_leave(self, opened: ProjectFile, error: AppError) -> bool:
        """Whether the window may be closed though the file could not be written; says what is at stake where not."""
        lost, last = opened.in_memory_alone(), self._desk.workspace.workspace.log.last
        if lost and last not in (self._given_up, self._copied):
            self._refuse_to_lose(lost)
            return False
        if lost or self._close_anyway:
            return True
        self._close_anyway = True
        if isinstance(error, ChangedMeanwhile):
            self.line.insist(on_closing=True)
        elif isinstance(error, FolderGone):
            self.line.insist(Underneath.FOLDER_GONE, on_closing=True)
        else:
            advice = "Close once more to leave it so: your edits are kept on this computer and come back."
            self._refusal = msg("{problem} {advice}", problem=error.problem, advice=msg(advice))
            self._bar.error(self._refusal)
        return False

    def _refuse_to_lose(self, lost: int) -> None:
        self._refusal = number_of(
            lost,
            "One edit is nowhere on the disk, which takes nothing now. Closing loses it. Make room, or save a copy on "
            "another disk.",
            "{count} edits are nowhere on the disk, which takes nothing now. Closing loses them. Make room, or save a "
            "copy on another disk.",
        )
        lose = number_of(lost, "Close and lose it", "Close and lose them")
        self._bar.error(
            self._refusal,
            Offer(msg("Save a copy elsewhere …"), self.save_copy),
            Offer(lose, self._close_and_lose),
        )

    def _close_and_lose(self) -> None:
        self._given_up = self._desk.workspace.workspace.log.last
        self._window.close()

    def _tell(self, saving: Saving) -> None:
        """Say why edits are not saved, once for each reason, and that they are when they are again."""
        before, now = self._problem, saving.problem
        if saving.underneath is not None:
            self._problem = now
            if now != before:
                self.line.insist(saving.underneath)
        elif now is not None and now != before:
            self._problem = now
            if self._refusal is None:
                self._bar.error(now)
        elif before is not None and saving.state is SaveState.SAVED:
            self._bar.retract(before)
            if self._refusal is not None:
                self._bar.retract(self._refusal)
            self.line.saved()
            self._problem = self._refusal = None
            self._close_anyway = False
            self._bar.notice(msg("Everything is saved again."))

    def _place_for(self, name: str) -> Path:
        """Where a copy may go: beside the file, else beside one that was open lately, else the person's own folder."""
        assert self.opened is not None
        recent = (path.parent for path in self._settings.recent_files())
        return writable_folder((self.opened.path.parent, *recent)) / name

    def _copy_saved(self, path: Path) -> None:
        self._copied = self._desk.workspace.workspace.log.last
        if self._refusal is not None:
            self._bar.retract(self._refusal)
        said = msg("The copy is “{path}”.", path=str(path))
        self._bar.offer(msg("Saved."), said, msg("Open the copy   Alt G"), lambda: self.file_wanted.emit(path))

    def _compare(self, copy: Path) -> None:
        from ui.dialogs.conflict import open_conflict

        self._desk.commit_focused()
        open_conflict(self._desk, self._window, copy, self.opened)

    def _open_again(self) -> None:
        self.reopen_wanted.emit(self._window, lambda: None, Ending.WAITING)

    def _put_back(self, backup: Backup) -> None:
        from app.restoring import put_back

        if self.opened is not None:
            path = self.opened.path
            self.reopen_wanted.emit(self._window, lambda: put_back(path, backup), Ending.WAITING)

    def _erase(self, before: Preview) -> None:
        from app.erasing import done_lines, erase

        assert self.opened is not None
        path = self.opened.path

        def erasing() -> Message:
            return in_one(done_lines(before, erase(path, before.whom.known[0].id, Mint())))

        # A text that waited could hold the name.
        self.reopen_wanted.emit(self._window, erasing, Ending.ANEW)

    def _list_recent(self) -> None:
        self.recent.clear()
        for number, path in enumerate(self._settings.recent_files(), 1):
            name = path.stem.replace("&", "&&")
            action = self.recent.addAction(f"&{number}  {name}")
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
