"""Earlier versions and second copies: what was kept, putting it back, and merging."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.base import Commands, add_file, add_json, fault, open_project, read_project, say, say_either
from app.commands.projects import check_name
from app.errors import NO, AppError
from app.messages import in_one, msg, number_of, shown, words

if TYPE_CHECKING:
    from app.merging import Merging
    from app.store.backups import Backup

LONGEST_NUMBER = 8
"""Digits from which on a number can only be the beginning of a day."""


def register(commands: Commands) -> None:
    backups = commands.add("backups", _backups, "List the backups of a project, the latest first.")
    add_file(backups, "the project, even damaged or gone")
    add_json(backups)
    backups.add_argument("--all", action="store_true", help=words("those of other files of the project too"))

    restore = commands.add("restore", _restore, "Put a backup back; what it replaces is kept.")
    add_file(restore, "the project, even damaged or gone")
    restore.add_argument(
        "--from",
        dest="source",
        default="",
        metavar="N|MOMENT",
        help=words("its number, moment or day as the list has it (without: the latest good one of FILE)"),
    )
    restore.add_argument("--out", type=Path, default=None, metavar="PATH", help=words("a new file; FILE stays"))

    merge = commands.add("merge", _merge, "Merge a second copy of a project into it, as one step that can be undone.")
    add_file(merge)
    merge.add_argument("copy", type=Path, metavar="COPY", help=words("the second copy; it stays as it is"))
    merge.add_argument("--dry-run", action="store_true", help=words("only say what differs"))
    merge.add_argument("--take", choices=("this", "copy"), help=words("in a conflict: this FILE, or the COPY"))


# --- backups -----------------------------------------------------------------------------------------------


def _backups(chosen: argparse.Namespace) -> int:
    from app.restoring import backups_of

    found = backups_of(chosen.file).listed()
    # The list ends with those of other files: what is folded changes no number.
    near = sum(not backup.elsewhere or backup.another_project for backup in found)
    listed = found if chosen.all or not near else found[:near]
    lines = [_line(number, backup) for number, backup in enumerate(listed, 1)]
    if more := len(found) - len(listed):
        lines.append(
            words(
                number_of(
                    more,
                    "1 more of another file of the project: add --all.",
                    "{count} more of other files of the project: add --all.",
                )
            )
        )
    plain = [_plain(number, backup) for number, backup in enumerate(found, 1)]
    none = words("No backup of this file, or of its project, is kept on this computer.")
    say_either(chosen, plain, lines or [none])
    return 0


def _line(number: int, backup: Backup) -> str:
    from app.restoring import REASONS

    told = (
        f"{backup.moment} {backup.zone}",
        backup.agent,
        f"{backup.size // 1024} kB",
        words("good") if backup.good else words("not good"),
        words(REASONS[backup.reason]),
        backup.signed,
        backup.place,
    )
    return f"{number:>3}  " + " · ".join(part for part in told if part)


def _plain(number: int, backup: Backup) -> dict[str, Any]:
    from app.model.room import Agent

    return {
        "number": number,
        "at": backup.at,
        "moment": backup.moment,
        "zone": backup.zone,
        "agent": backup.project.document.only(Agent).name if backup.project else "",
        "reason": str(backup.reason),
        "pinned": backup.reason.pinned,
        "bytes": backup.size,
        "good": backup.good,
        "signed": backup.signed,
        "elsewhere": backup.elsewhere,
        "another_project": backup.another_project,
        "file": str(backup.file) if backup.file is not None else "",
        "path": str(backup.path),
    }


def _restore(chosen: argparse.Namespace) -> int:
    from app import restoring

    if chosen.out is not None:
        check_name(chosen.out)
    source = chosen.source
    is_number = source.isascii() and source.isdigit() and len(source) < LONGEST_NUMBER
    backup = restoring.chosen(chosen.file, int(source) if is_number else None, "" if is_number else source)
    if chosen.out is None:
        say(words(restoring.put_back_by_command(chosen.file, backup)))
        return 0
    room = restoring.restore(chosen.file, backup, chosen.out)
    place = backup.place or words(msg("of {path}", path=shown(chosen.file)))
    said = msg("{path} is the backup of {moment} {place}.", path=shown(chosen.out), moment=backup.when, place=place)
    say(words(in_one((said, *restoring.besides(chosen.out, room)))))
    return 0


# --- merging -----------------------------------------------------------------------------------------------


def _merge(chosen: argparse.Namespace) -> int:
    from app.merging import Merging, read_copy
    from app.revisions.merging import Side
    from app.workspace import Workspace

    copy = read_copy(chosen.copy)
    if chosen.dry_run:
        merging = Merging(Workspace(read_project(chosen.file)), copy)
        for line in _differences(merging):
            say(line)
        if merging.new_signatures:
            say(words(msg("Signatures that would join: {count}.", count=merging.new_signatures)))
        _say_signatures(merging.joining())
        return _refusal(merging)
    with open_project(chosen.file) as opened:
        merging = Merging(Workspace(opened.project, opened), copy)
        for line in _differences(merging):
            say(line)
        if not merging.brings:
            return _refusal(merging)
        conflicts = len(merging.comparison.conflicts)
        if conflicts and chosen.take is None:
            raise AppError(
                msg("Both changed the same: {count}. Nothing was merged.", count=conflicts),
                msg("Add --take this or --take copy, or choose one by one in the window (File, Merge a copy)."),
            )
        choices = merging.comparison.all(Side(chosen.take or Side.THIS))
        for line in merging.followers(choices):
            say(f"  {line}")
        # What the merge brings and refuses is asked before it: after it, nothing is left to join.
        joining, code = merging.joining(), _refusal(merging)
        merging.run(choices, opened)
    if joining:
        say(words(msg("Signatures that joined: {count}.", count=len(joining))))
    _say_signatures(joining)
    say(words(msg("Merged {copy} into {path}.", copy=shown(chosen.copy), path=shown(chosen.file))))
    return code


def _say_signatures(lines: Iterable[str]) -> None:
    for line in lines:
        say(f"    {line}")


def _refusal(merging: Merging) -> int:
    """Say on stderr which signatures of the copy are refused, and why; the exit code."""
    return fault(merging.refusal, NO) if merging.refusal else 0


def _differences(merging: Merging) -> Iterator[str]:
    if merging.comparison.base is None:
        yield words("The two have no common beginning: whatever differs is a conflict.")
    for item in merging.comparison.items:
        told = merging.told(item)
        yield f"{'!' if item.conflict else '+'} {told.about}, {told.what}"
        for side, value in ((words("base"), told.base), (words("this"), told.ours), (words("copy"), told.theirs)):
            yield f"    {side:<7} {' '.join(value.split())}"
        if told.why:
            yield f"    {told.why}"
    apart = merging.revisions_apart()
    if not merging.brings and not merging.refused and not apart:
        yield words("The copy has nothing that the file does not have.")
    yield from apart
