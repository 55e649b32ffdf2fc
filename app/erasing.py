"""Erasing a person, as the command and the window do it: from the project file and from every other file of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app import keys
from app.interchange import Project
from app.messages import Message, msg, shown
from app.model.ids import Mint
from app.revisions.erasure import Standing, Target, noted, standing, target, without
from app.store import files
from app.store.erasing import Rewritten, rewrite

WARNING = msg(
    "This cannot be undone. What they did and held stays, under another name. Signed revisions that name them keep "
    "their fingerprints, and can no longer be computed from this file: keep a copy elsewhere if you must prove them."
)
"""What whoever erases somebody must know before."""

OUTSIDE = msg(
    "Exports and copies in other places still hold the name, and so may texts that tell who it was in other words."
)
"""What no erasure reaches."""


def erase(path: Path, person: str, mint: Mint) -> Rewritten:
    """Erase the person whose name or id this is from the project at `path`, its backups, its working folders and the
    copies beside it. Raises AppError: nobody, or several, are called so; or as `app.store.erasing.rewrite`."""
    whom = target(files.read(path), person)

    def gone(project: Project) -> Project:
        # Each file says by itself that somebody was erased: a backup may be put back, a copy opened.
        return noted(without(project, whom).project, mint)

    return rewrite(path, gone)


def preview(project: Project, person: str) -> tuple[Target, Standing]:
    """Whom this name or id means, and where they stand. Raises AppError when it is nobody, or several."""
    whom = target(project, person)
    return whom, standing(project, whom)


def done_lines(whom: Target, done: Rewritten) -> Iterator[Message]:
    """What was done, and what is left for a person to do."""
    yield msg("Erased from this project: they are now “{instead}”.", instead=whom.instead)
    if done.backups:
        yield msg("Backups written anew: {count}", count=done.backups)
    if done.deleted:
        yield msg("Files of ours that could not be read, and were deleted: {count}", count=done.deleted)
    for copy in done.copies:
        yield msg("Erased from {path} too.", path=shown(copy))
    for copy in done.left:
        yield msg("{path} could not be read, and was left as it is.", path=shown(copy))
    if any(keys.same_name(key.name, name) for key in keys.held() for known in whom.known for name in known.names):
        yield msg("A key in this name is kept on this computer, for any project; it stays.")
    yield OUTSIDE
