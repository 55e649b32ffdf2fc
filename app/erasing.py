"""Erasing a person, as the command and the window do it: from the project file and from every other file of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app import keys
from app.interchange import Project
from app.messages import Message, msg, number_of, shown
from app.model.ids import Mint
from app.revisions.erasure import (
    Looked,
    Standing,
    Target,
    looked_for,
    names_in,
    noted,
    only_theirs,
    standing,
    target,
    typed_without,
    without,
)
from app.store.copies import MOST_NEIGHBOURS
from app.store.erasing import Reach, Rewritten, reach, rewrite

WARNING = msg(
    "This cannot be undone. What they did and held stays, under another name. Signed revisions that name them keep "
    "their fingerprints, and can no longer be computed from this file: keep a copy elsewhere if you must prove them. "
    "Where they hold a seat, somebody else must be named for it before anybody signs again."
)
"""What whoever erases somebody must know before."""

OUTSIDE = msg(
    "Exports and copies in other places still hold the name. Look by hand for initials, nicknames and spellings that "
    "are not on the list, and for texts that tell who it was in other words."
)
"""What no erasure reaches."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What erasing somebody would do: to whom, where they stand, in which spellings they are looked for, and which
    files are rewritten. `known` are the fingerprints of keys that are known as theirs, `held` the files of keys of
    theirs, and `named_by` the path of the file where it names them too."""

    whom: Target
    standing: Standing
    looked: Looked
    reach: Reach
    known: tuple[str, ...]
    held: tuple[Path, ...]
    named_by: Path | None

    def lines(self) -> Iterator[Message]:
        """The same in words, a line each."""
        yield msg("{name} becomes “{instead}”.", name=self.whom.name, instead=self.whom.instead)
        yield from self.standing.lines()
        yield from self.looked.lines()
        yield from _reach_lines(self.reach)
        if self.known:
            yield number_of(
                len(self.known),
                "Their key goes off the list of known keys: {codes}",
                "Their {count} keys go off the list of known keys: {codes}",
                codes=", ".join(self.known),
            )
        yield from _stays(self)


def erase(path: Path, person: str, mint: Mint) -> Rewritten:
    """Erase the person whose name, "Name (Title)" or id this is from the project at `path`, its backups, its working
    folders, its copies in the same folder, and the list of known keys. Raises AppError: nobody, or several, are called
    so; or as `app.store.erasing.rewrite`."""

    def changing(project: Project) -> _Gone:
        whom = target(project, person)
        return _Gone(whom, only_theirs(project, whom), mint)

    return rewrite(path, changing)


@dataclass(frozen=True, slots=True)
class _Gone:
    """What becomes of everything that is known of a project when somebody is erased (app.store.rewriting.Change).
    `names` are those that nobody else has."""

    whom: Target
    names: tuple[str, ...]
    mint: Mint

    def project(self, project: Project) -> Project:
        # Each file says by itself that somebody was erased: a backup may be put back, a copy opened.
        return noted(without(project, self.whom).project, self.mint)

    def typed(self, project: Project) -> Callable[[str, str], str]:
        return typed_without(project, self.whom)

    def forget(self) -> None:
        keys.forget_names(self.names)


def preview(project: Project, person: str, path: Path) -> Preview:
    """What erasing whom this name, "Name (Title)" or id means from the project at `path` would do. Raises AppError when
    it is nobody, or several, or when the list of known keys or the folder cannot be read."""
    whom = target(project, person)
    names = only_theirs(project, whom)
    held = tuple(key.path for key in keys.held() if any(keys.same_name(key.name, name) for name in names))
    return Preview(
        whom,
        standing(project, whom),
        looked_for(project, whom),
        reach(path, project.document.project_id),
        keys.known_under(names),
        held,
        path if names_in(project, whom, str(path)) else None,
    )


def done_lines(before: Preview, done: Rewritten) -> Iterator[Message]:
    """What was done, and what is left for a person to do."""
    yield msg("Erased from this project: they are now “{instead}”.", instead=before.whom.instead)
    if done.backups:
        yield from _rewritten_lines(before.reach, done.backups)
    if done.deleted:
        yield msg("Files of ours that were damaged, and were deleted: {count}.", count=done.deleted)
    for copy in done.copies:
        yield msg("Erased from {path} too.", path=shown(copy))
    for copy in done.left:
        yield msg("{path} could not be read, or may not be changed, and was left as it is.", path=shown(copy))
    if before.known:
        yield number_of(
            len(before.known),
            "Their key was taken off the list of known keys: {codes}. For another project that names them, note it "
            "again with: ownermap keys trust",
            "Their {count} keys were taken off the list of known keys: {codes}. For another project that names them, "
            "note them again with: ownermap keys trust",
            codes=", ".join(before.known),
        )
    yield from _stays(before)
    yield OUTSIDE
    if before.looked.ordinary:
        yield msg(
            "Look by hand, too, for sentences that begin with one of these alone, which are ordinary words: {words}.",
            words=", ".join(f"“{word}”" for word in before.looked.ordinary),
        )


def _rewritten_lines(told: Reach, backups: int) -> Iterator[Message]:
    """How many backups were written anew, counted as they were told before."""
    if told.of_others:
        yield msg(
            "Backups written anew, of this file and of {others}: {count}.",
            others=number_of(told.others, "another file", "{count} other files"),
            count=backups,
        )
    else:
        yield msg("Backups written anew: {count}.", count=backups)
    since = backups - told.backups - told.of_others
    if since > 0:
        yield number_of(
            since,
            "1 of them was made since they were counted, as the project was saved first.",
            "{count} of them were made since they were counted, as the project was saved first.",
        )


def _reach_lines(reach: Reach) -> Iterator[Message]:
    if reach.backups:
        yield msg("Backups of this file, each written anew, or deleted if it is damaged: {count}", count=reach.backups)
    if reach.of_others:
        yield msg(
            "Backups of {others} that held the same project, likewise: {count}",
            others=number_of(reach.others, "another file", "{count} other files"),
            count=reach.of_others,
        )
    if reach.unfinished:
        yield msg("Working copies of the project for files elsewhere, likewise: {count}", count=reach.unfinished)
    if reach.drafts:
        yield msg("Unfinished texts stay, without the name; those that were typed into their own row go.")
    for copy in reach.copies:
        yield msg("Copy of it, written anew: {path}", path=shown(copy))
    for copy in reach.left:
        yield msg("Cannot be read, or may not be changed, and stays as it is: {path}", path=shown(copy))
    if reach.unseen:
        yield msg(
            "Only {most} other files of the folder are looked into. Not looked into: {count}",
            most=MOST_NEIGHBOURS,
            count=reach.unseen,
        )


def _stays(before: Preview) -> Iterator[Message]:
    for path in before.held:
        yield msg(
            "A key in this name is kept on this computer, for any project, and stays: {path}. Delete that file when "
            "they no longer sign.",
            path=shown(path),
        )
    if before.named_by is not None:
        yield msg(
            "The path of the file names them, and stays, here and in the list of recent files: {path}. Rename it.",
            path=shown(before.named_by),
        )
