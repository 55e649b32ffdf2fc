"""Rewriting every file that holds a project, so that nothing of what was taken out is in a file of ours.

These are the project file, its backups, the working folders of the project at whatever path, and every copy of it in
the same folder, whatever its name. Each is written anew, a fresh database and never the old pages. What is certainly
damaged cannot be rewritten: in our own folders it is deleted, beside the file it stays and is named.

Every new version is written, verified and synced beside its file before the first one takes its place: where a folder
takes no file, the disk is full, or somebody changes one of the files meanwhile, nothing has been changed. The project
file comes last. Whatever stops it midway, the project still knows who is to go, and the next run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from app.errors import MayNotChange
from app.files import is_there, remove_leftovers
from app.interchange import Project
from app.messages import msg
from app.store import recovery
from app.store.backups import Backups
from app.store.copies import holding, neighbours
from app.store.drafts import Drafts
from app.store.opening import inspect
from app.store.rewriting import Change, Plan, changed_meanwhile
from app.store.working import WorkingFolder, refuse_read_only


@dataclass(frozen=True, slots=True)
class Reach:
    """What a rewriting reaches besides the project file: how many backups of it there are; how many of other files of
    the project, and how many such files; how many working copies of the project a crash left for files in other
    folders; whether there are drafts; copies in the folder of the file; files that cannot be read or changed, and stay;
    and how many files of the folder are not looked into, because they are too many."""

    backups: int
    of_others: int
    others: int
    unfinished: int
    drafts: bool
    copies: tuple[Path, ...]
    left: tuple[Path, ...]
    unseen: int


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was done: how many backups, and which copies, were rewritten, how many damaged files in our own folders were
    deleted, and which files could not be read or changed and were left."""

    backups: int
    copies: tuple[Path, ...]
    deleted: int
    left: tuple[Path, ...]


def reach(path: Path, project_id: str) -> Reach:
    """What rewriting the project at `path` would reach; nothing is changed, and no backup is looked into. Raises
    Unreadable where the folder does not say what is in it."""
    found = _Found.of(path.resolve(), project_id)
    own, others = Backups(path, project_id).of_project()
    near = (WorkingFolder(file, project_id) for file in (found.path, *found.copies))
    return Reach(
        backups=len(own),
        of_others=sum(map(len, others)),
        others=len(others),
        unfinished=sum(is_there(folder.copy) for folder in found.elsewhere),
        drafts=any(Drafts(folder.drafts).left for folder in (*near, *found.elsewhere)),
        copies=found.copies,
        left=found.left,
        unseen=found.unseen,
    )


def rewrite(path: Path, changing: Callable[[Project], Change]) -> Rewritten:
    """Have every file that holds the project at `path` hold what `changing` makes of it. Edits that a crash had kept
    out of a file are taken in first.

    Raises MayNotChange for a file that is read-only or open in a window, ChangedMeanwhile where somebody else changed
    one while all was prepared, and Unreadable for one that cannot be read or written; where that is found out midway,
    it says what was rewritten and what was not, and the next run goes on. Raises what `changing` raises.
    """
    path = path.resolve()
    refuse_read_only(path)
    project_id = inspect(path).project.document.project_id
    with ExitStack() as until_done:

        def locked(folder: WorkingFolder) -> WorkingFolder:
            folder.acquire()
            until_done.callback(folder.release)
            return folder

        found = _Found.of(path, project_id)
        folders = [locked(WorkingFolder(file, project_id)) for file in (path, *found.copies)]
        try:
            elsewhere = [locked(folder) for folder in found.elsewhere]
        except MayNotChange:
            raise MayNotChange(
                msg("A copy of this project in another folder is open in a window."), msg("Close it there first.")
            ) from None
        held = [_Held.of(file, folder) for file, folder in zip((path, *found.copies), folders, strict=True)]
        for kept in [each.kept_copy for each in held if each.kept_copy is not None]:
            held.append(_Held.of(kept, locked(WorkingFolder(kept, project_id))))
        project, *copies = held

        plan = Plan(changing(project.project))
        until_done.callback(plan.give_up)
        plan.delete(*found.parts)
        for backup in found.backups:
            plan.backup(backup)
        for folder in elsewhere:
            plan.folder(folder, project.project)
        for copy in copies:
            plan.delete(*copy.folder.leftovers())
            plan.beside_working(copy.folder, copy.project)
            plan.file(copy.path, copy.project, copy.sha256)
            plan.delete(*copy.folder.working(), copy.folder.opened)
        plan.beside_working(project.folder, project.project)
        plan.forget()
        plan.file(path, project.project, project.sha256)
        _Found.of(path, project_id).refuse_others_than(found, (each.path for each in held))
        plan.carry_out()
        project.folder.wipe()
        for each in held:
            remove_leftovers(each.path)
    return Rewritten(plan.backups, tuple(copy.path for copy in copies), plan.deleted, found.left)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the project at `path` lies besides: copies in its folder and among the backups, and files there that cannot
    be read or changed; how many files of its folder are not looked into; its backups, and what else lies there and is
    to go, half-written files and the notes of the paths that they were of; and its working folders for files that lie,
    or lay, in other places."""

    path: Path
    copies: tuple[Path, ...]
    left: tuple[Path, ...]
    unseen: int
    backups: tuple[Path, ...]
    parts: tuple[Path, ...]
    elsewhere: tuple[WorkingFolder, ...]

    @classmethod
    def of(cls, path: Path, project_id: str) -> _Found:
        """As it is now. Raises Unreadable where the folder does not say what is in it."""
        near, kept = neighbours(path, project_id), Backups(path, project_id)
        own, others = kept.of_project()
        backups = [backup.path for several in (own, *others) for backup in several]
        parts = (*sorted(kept.folder.glob(".*.part")), *kept.notes())
        # What somebody put among the backups is a copy of theirs.
        strays = sorted({file for file in kept.folder.glob("*") if not file.is_dir()} - {*backups, *parts})
        also, unreadable = holding(project_id, strays)
        every = (*near.same, *also)
        copies = tuple(copy for copy in every if _may_change(copy))
        left = tuple(file for file in (*every, *near.unreadable, *unreadable) if file not in copies)
        known = {WorkingFolder(file, project_id).path for file in (path, *copies)}
        elsewhere = (folder for folder in WorkingFolder.elsewhere(path, project_id) if folder.path not in known)
        return cls(path, copies, left, near.unseen, tuple(backups), parts, tuple(elsewhere))

    def refuse_others_than(self, before: _Found, held: Iterable[Path]) -> None:
        """Raise ChangedMeanwhile where something has come that was not there before, and is none of `held`."""
        known = {*before.copies, *before.left, *before.backups, *held}
        known |= {folder.path for folder in before.elsewhere}
        now = (*self.copies, *self.backups, *(folder.path for folder in self.elsewhere))
        if (new := next((file for file in now if file not in known), None)) is not None:
            raise changed_meanwhile(new)


def _may_change(file: Path) -> bool:
    try:
        refuse_read_only(file)
    except MayNotChange:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Held:
    """A file of the project, and its working folder, which is locked: what is in the two, the SHA-256 of the file as it
    was read, and the file that recovery made of edits which could not be taken in, if any."""

    path: Path
    folder: WorkingFolder
    project: Project
    sha256: str
    kept_copy: Path | None

    @classmethod
    def of(cls, path: Path, folder: WorkingFolder) -> _Held:
        """Raises as an opening does."""
        theirs = inspect(path)
        if not is_there(folder.copy):
            return cls(path, folder, theirs.project, theirs.sha256, None)
        start = recovery.begin(path, folder, theirs)
        return cls(path, folder, start.inspected.project, theirs.sha256, start.kept_copy)
