"""Project files: making one, reading one, and keeping one open for editing.

While a project is open its edits go to a working copy in the person's own data folder; the file that the person
sees is published from it whole. No connection is ever made to the person's path.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock, RLock
from types import TracebackType

from app.errors import AppError, ChangedMeanwhile, FolderGone, Unreadable
from app.files import is_missing, is_there, put_away, refuse_existing, remove_leftovers
from app.interchange import Project
from app.messages import Message, msg, number_of, shown
from app.model.changes import ChangeSet
from app.model.commit import Signature
from app.model.document import Document
from app.revisions.proof import warning_of
from app.store import migrations, publisher, recovery, waiting, watching
from app.store.backups import Backups, Reason
from app.store.copies import Copies
from app.store.drafts import Draft, Drafts
from app.store.looking import LookedAt
from app.store.opening import inspect, sha256_of, version_of, whole
from app.store.publisher import Publisher
from app.store.publishing import stage_project, write_project
from app.store.recovery import Start
from app.store.replacing import Room, put_in_room
from app.store.saving import SaveState, Saving
from app.store.tables import Stored, stored_change_set
from app.store.watching import Eye, Noticed, Underneath, Watcher
from app.store.working import OwnVersion, WorkingCopy, WorkingFolder, refuse_read_only
from app.store.writer import Writer


def create(path: Path, project: Project, *, force: bool = False) -> Room:
    """Write a project to a new file; what became of the file that it replaced, if any.

    Raises Unreadable when something is there already and `force` is not set, and MayNotChange when what is there is
    read-only or open in a window.
    """
    refuse_existing(path, force=force)
    path = path.resolve()
    return put_in_room(path, project.document, [stored_change_set(entry) for entry in project.log])


def read(path: Path) -> Project:
    """The project in a file, for looking at it; Unreadable, with what to do, when it holds none."""
    return inspect(path).project


def has_newer_edits(path: Path) -> bool:
    """Whether there are edits that the file does not have yet: in a window, or in one that crashed."""
    path = path.resolve()
    return waiting.holds_newer(path, sha256_of(path))


def open_for_editing(path: Path, *, idle: float = publisher.IDLE, at_most: float = publisher.AT_MOST) -> OpenProject:
    """Open a project and lock it. What a crash left in the working copy is recovered, and `notices` says so.

    Raises Unreadable for what `read` refuses and for a file that may not be changed, and an AppError (exit 3) when
    another window or command has it open.
    """
    path = path.resolve()
    theirs = inspect(path)
    refuse_read_only(path)
    folder = WorkingFolder(path, theirs.project.document.project_id)
    folder.acquire()
    try:
        # Whoever had the lock until now may just have published.
        if sha256_of(path) != theirs.sha256:
            raise Unreadable(msg("“{name}” changed while it was opened.", name=path.name), msg("Open it again."))
        remove_leftovers(path)
        for leftover in folder.leftovers():
            put_away(leftover)
        start = waiting.follow(path, folder, theirs, recovery.begin(path, folder, theirs))
        return OpenProject(path, folder, start, theirs.sha256, idle, at_most)
    except BaseException:
        folder.release()
        raise


def open_for_looking(path: Path, why: Message) -> LookedAt:
    """Open a project that may not be changed, as MayNotChange said; Unreadable as `read`."""
    return LookedAt(path.resolve(), why)


class OpenProject:
    """A project that is open for editing, and the Keeper of its workspace. Made by `open_for_editing`.

    `project` is the state at opening; its log is the workspace's from then on. `recovered` counts the change sets
    that a crash had kept out of the file, `kept_copy` is where ours went when someone else had changed the file
    too, and `notices` says both in words. `drafts` is what was being typed when the program ended before its time.
    """

    def __init__(
        self, path: Path, folder: WorkingFolder, start: Start, in_file: str, idle: float, at_most: float
    ) -> None:
        begun = start.inspected
        self.path = path
        self.project = begun.project
        self.recovered = len(begun.log) - start.published
        self.notices = start.notices
        self.kept_copy = start.kept_copy
        self.read_only: Message | None = None
        self.warning = warning_of(begun.project)
        self._folder = folder
        self._copy = WorkingCopy(folder.copy)
        self._drafts = Drafts(folder.drafts)
        self.drafts = self._drafts.left
        self._document: Document = begun.project.document
        self._entries: list[ChangeSet] = list(begun.project.log)
        self._stored_log: list[Stored] = list(begun.log)
        # How many of the entries are in the working copy, and in the file.
        self._stored, self._published = len(begun.log), start.published
        # What is in the file, by its SHA-256, and how many signatures it has.
        self._in_file = in_file
        self._signed = len(begun.project.document.rows(Signature))
        self._publish_problem: AppError | None = None
        self._backups = Backups(path, begun.project.document.project_id)
        self._backed_up = False
        self._replaced = False
        self._copies = Copies(path)
        self._eye = Eye(path)
        self._watcher: Watcher | None = None
        self._closed = False
        self._listeners: list[Callable[[Saving], None]] = []
        self._told = Saving(SaveState.SAVED)
        # For the latest state, for telling (in order), and for publishing (one at a time).
        self._state_lock, self._telling, self._publishing = Lock(), RLock(), Lock()
        self._writer = Writer(self._store, self._copy.close, self._tell)
        self._publisher = Publisher(self.publish, idle=idle, at_most=at_most)
        if self.recovered:
            self._publisher.edited()

    # --- keeping edits ---

    def keep(self, entry: ChangeSet, document: Document) -> None:
        """Take a change set for writing, in order, and return at once. `document` is the state after it."""
        with self._state_lock:
            self._entries.append(entry)
            self._document = document
        self._writer.put(entry)
        self._publisher.edited()
        self._tell()

    def in_memory_alone(self) -> int:
        """How many edits the disk does not take, having tried once more: they would be lost with this process."""
        return self._writer.settle()

    def keep_drafts(self, drafts: tuple[Draft, ...]) -> None:
        """Keep what is typed and not taken, in place of what was kept before, and return at once. What is there at
        the end is `drafts` at the next opening."""
        self._drafts.keep(drafts)

    def listen(self, told: Callable[[Saving], None]) -> None:
        """Call `told` whenever the state of saving changes; it may come from another thread."""
        self._listeners.append(told)

    @property
    def saving(self) -> Saving:
        """What may be said now: saved only when every edit is on disk and the file could be published."""
        if self._writer.problem is not None:
            return Saving(SaveState.FAILED, self._writer.problem)
        if self._writer.pending:
            return Saving(SaveState.SAVING)
        if self._publish_problem is not None:
            problem, advice = self._publish_problem.problem, self._publish_problem.advice or ""
            underneath = _underneath(self._publish_problem)
            return Saving(SaveState.FAILED, msg("{problem} {advice}", problem=problem, advice=advice), underneath)
        return Saving(SaveState.SAVED)

    # --- publishing ---

    def publish(self) -> None:
        """Write the file as it stands now, and return when it is there. Nothing to do when it is already.

        Raises Unreadable, having told the listeners, when the disk does not take it, FolderGone when its folder is not
        there, and ChangedMeanwhile when someone else has changed the file since: it is then left as it is. The edits
        stay in the working copy, but for those of which `in_memory_alone` tells.
        """
        with self._publishing:
            with self._state_lock:
                document, entries = self._document, tuple(self._entries)
            try:
                if len(entries) != self._published or not is_there(self.path):
                    self._replace(document, entries)
            except AppError as error:
                self._publish_problem = error
                raise
            else:
                self._publish_problem = None
            finally:
                self._tell()

    def publish_soon(self) -> None:
        """Publish without waiting for the idle time, on another thread."""
        self._publisher.soon()

    def keep_backup(self, reason: Reason) -> None:
        """Keep the file, with everything that was edited so far, as a backup that stays. Raises as `publish` does."""
        self.publish()
        with self._publishing:
            self._backups.keep(whole(self.path), reason)

    def watch(self, told: Callable[[Noticed], None], every: float = watching.EVERY) -> None:
        """Call `told`, from another thread, when the file is changed or taken away from outside, and when a copy of
        the project with other steps lies beside it. It looks every so many seconds, until the project is closed."""
        self._watcher = Watcher(self.look, told, every)

    def look(self) -> Noticed:
        """What has become of the file, and which copies lie beside it, now."""
        with self._publishing:
            file = self._eye.look(self._in_file)
        if isinstance(self._publish_problem, FolderGone) and file is not Underneath.FOLDER_GONE:
            self._publisher.soon()
        with self._state_lock:
            entries = tuple(self._entries)
        ours = file is Underneath.CHANGED and self._copies.lacks(self.path, entries)
        return Noticed(file, self._copies.with_news(self._document.project_id, entries), ours)

    def save_copy(self, path: Path, *, force: bool = False) -> None:
        """Write the project as it stands to another file; this one stays the open one. Raises as `create` does."""
        refuse_existing(path, force=force)
        path = path.resolve()
        if path == self.path:
            raise Unreadable(
                msg("“{name}” is the project that is open here.", name=path.name),
                msg("Choose another name or folder."),
            )
        with self._publishing:
            with self._state_lock:
                document, entries = self._document, tuple(self._entries)
            put_in_room(path, document, self._as_stored(entries))

    def stage_copy(self) -> Path:
        """Write the project as it stands into the working folder, for another process to read; where it lies. It needs
        neither the disk of the project nor its file, and is for `app.files.put_away`; Unreadable where it cannot be."""
        with self._state_lock:
            document, entries = self._document, tuple(self._entries)
        # Put into JSON anew: what `_as_stored` keeps is for whoever publishes, which a slow disk may hold up.
        return stage_project(self._folder.staged, document, [stored_change_set(entry) for entry in entries])

    def close(self) -> None:
        """Publish, end the threads and give back the lock; a second time does nothing.

        What `publish` raises is raised when everything has ended. The working copy then stays, and the next opening
        goes on from it.
        """
        if self._closed:
            return
        self._closed = True
        if self._watcher is not None:
            self._watcher.finish()
        self._publisher.finish()
        self._drafts.finish()
        try:
            try:
                self.publish()
            finally:
                left = self._writer.finish()
            # Somebody may have put another version over ours: the next opening settles what becomes of the two.
            if sha256_of(self.path) == self._in_file:
                if self._replaced:
                    # Whoever puts another version over it, or deletes it, now does not take the last one away.
                    self._backups.keep(whole(self.path), Reason.CLOSED)
                self._folder.clear()
        except AppError as error:
            if left:
                raise Unreadable(
                    number_of(
                        left,
                        "1 edit of “{name}” could not be stored anywhere.",
                        "{count} edits of “{name}” could not be stored anywhere.",
                        name=self.path.name,
                    ),
                    error.problem,
                ) from None
            raise
        finally:
            self._folder.release()

    def __enter__(self) -> OpenProject:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # --- parts ---

    def _replace(self, document: Document, entries: tuple[ChangeSet, ...]) -> None:
        if is_missing(self.path.parent):
            raise FolderGone(
                msg(
                    "The folder of “{name}” is not there any more: “{folder}”.",
                    name=self.path.name,
                    folder=shown(self.path.parent),
                ),
                msg("Your edits are kept on this computer. Bring the folder back, or save a copy elsewhere."),
            )
        replacing = OwnVersion("", len(entries))

        def ready(sha256: str) -> None:
            nonlocal replacing
            in_place = self._own_in_place()
            if is_there(self.path):
                self._back_up(document)
                in_place = self._own_in_place()
            replacing = OwnVersion(sha256, len(entries))
            self._folder.remember(in_place, replacing)

        write_project(self.path, document, self._as_stored(entries), ready)
        self._in_file = replacing.sha256
        self._replaced = True
        self._signed = len(document.rows(Signature))
        with self._state_lock:
            self._published = len(entries)
            self._folder.mark_newer(self._stored > self._published)

    def _own_in_place(self) -> OwnVersion:
        """Which of our own versions the file is; Unreadable when it is somebody else's."""
        current = sha256_of(self.path)
        # A file that was moved away may be put back; until then it is not in the way.
        own = next((each for each in self._folder.versions() if current in (each.sha256, None)), None)
        if own is None:
            raise ChangedMeanwhile(
                msg("“{name}” was changed by someone else while it was open here.", name=self.path.name),
                msg("It stays as it is, and so do your edits. Open it again to compare the two and choose."),
            )
        return own

    def _back_up(self, document: Document) -> None:
        """Keep the version that is about to be replaced by `document`, where it is time or there is a reason."""
        data = whole(self.path)
        reason = None
        if version_of(data) < migrations.CURRENT:
            reason = Reason.MIGRATION
        elif len(document.rows(Signature)) > self._signed:
            reason = Reason.SIGNOFF
        elif not self._backed_up:
            reason = Reason.OPENED
        elif self._backups.due():
            reason = Reason.EDITING
        if reason is not None:
            self._backups.keep(data, reason)
            self._backed_up = True

    def _as_stored(self, entries: tuple[ChangeSet, ...]) -> list[Stored]:
        """The log as it is stored; each change set is put into JSON once."""
        self._stored_log += [stored_change_set(entry) for entry in entries[len(self._stored_log) :]]
        return self._stored_log[: len(entries)]

    def _store(self, entry: ChangeSet) -> None:
        with self._state_lock:
            if self._stored >= self._published:
                self._folder.mark_newer(True)
        self._copy.store(entry)
        self._stored += 1

    def _tell(self) -> None:
        with self._telling:
            saving = self.saving
            if saving != self._told:
                self._told = saving
                for told in tuple(self._listeners):
                    told(saving)


def _underneath(problem: AppError) -> Underneath | None:
    """What became of the file, where that is why it could not be published."""
    if isinstance(problem, ChangedMeanwhile):
        return Underneath.CHANGED
    return Underneath.FOLDER_GONE if isinstance(problem, FolderGone) else None
