"""A project that is open for looking at it only: nothing is locked, nothing is written, a copy of it may be saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.errors import MayNotChange, Unreadable
from app.files import refuse_existing
from app.messages import Message, msg
from app.revisions.proof import warning_of
from app.store import waiting, watching
from app.store.backups import Reason
from app.store.drafts import Draft
from app.store.opening import inspect
from app.store.publishing import stage_project
from app.store.replacing import put_in_room
from app.store.watching import Eye, Noticed, Underneath, Watcher
from app.store.working import WorkingFolder, refuse_read_only

NEWER = msg("There are newer edits that the file does not have yet; this is what was last saved.")


class LookedAt:
    """A file that may not be changed, as the window needs it. `read_only` says why, and whether there are edits that
    the file does not have yet: in another window, or in one that crashed."""

    def __init__(self, path: Path, why: Message) -> None:
        inspected = inspect(path)
        self.path = path
        self.project = inspected.project
        newer = waiting.holds_newer(path, inspected.sha256)
        self.read_only: Message | None = msg("{why} {newer}", why=why, newer=NEWER) if newer else why
        self.warning = warning_of(inspected.project)
        self.notices: tuple[Message, ...] = ()
        self.recovered = 0
        self.kept_copy: Path | None = None
        self.drafts: tuple[Draft, ...] = ()
        self._log = inspected.log
        self._sha256 = inspected.sha256
        self._eye = Eye(path)
        self._watcher: Watcher | None = None

    def publish(self) -> None:
        """Nothing is ever newer than the file."""

    def publish_soon(self) -> None:
        """Nothing is ever newer than the file."""

    def in_memory_alone(self) -> int:
        """Nothing is edited here."""
        return 0

    def save_copy(self, path: Path, *, force: bool = False) -> None:
        """Write the project as it was opened to another file; Unreadable where that cannot be."""
        path = path.resolve()
        if path == self.path:
            raise Unreadable(self.read_only or msg("Choose another name."), msg("Choose another name or folder."))
        refuse_existing(path, force=force)
        put_in_room(path, self.project.document, self._log)

    def stage_copy(self) -> Path:
        """Write the project as it was opened into the folder of one's own, as an open project does it."""
        folder = WorkingFolder(self.path, self.project.document.project_id)
        folder.make()
        return stage_project(folder.staged, self.project.document, self._log)

    def keep_drafts(self, drafts: tuple[Draft, ...]) -> None:
        """Nothing that is typed here could be taken."""

    def keep_backup(self, reason: Reason) -> None:
        """A file that nothing replaces needs none."""

    def watch(self, told: Callable[[Noticed], None], every: float = watching.EVERY) -> None:
        """Call `told`, from another thread, when the file is saved anew or taken away, what is shown being the file
        as it was opened, and when it may be changed after all. It looks every so many seconds, until it is closed."""
        self._watcher = Watcher(self.look, told, every)

    def look(self) -> Noticed:
        """What has become of the file since it was opened, and whether it may be changed now."""
        file = self._eye.look(self._sha256)
        return Noticed(file, free=file not in (Underneath.GONE, Underneath.FOLDER_GONE) and self._may_be_changed())

    def close(self) -> None:
        """End the watching; a second time does nothing. There is nothing else to give back."""
        if self._watcher is not None:
            self._watcher.finish()
            self._watcher = None

    def _may_be_changed(self) -> bool:
        try:
            refuse_read_only(self.path)
        except MayNotChange:
            return False
        return WorkingFolder(self.path, self.project.document.project_id).is_free()
