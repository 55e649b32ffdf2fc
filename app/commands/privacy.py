"""Erasing a person from a project."""

from __future__ import annotations

import argparse

from app.commands.base import Commands, add_file, read_project, say
from app.errors import NO, AppError
from app.messages import msg, words
from app.model.ids import Mint


def register(commands: Commands) -> None:
    erase = commands.add("erase", _erase, "Take a person out of a project, its history and its backups, for good.")
    add_file(erase)
    erase.add_argument("--person", required=True, metavar="NAME", help=words("a name, “Name (Title)” or an id"))
    erase.add_argument("--yes", action="store_true", help=words("do it; without it, only say where the person stands"))


def _erase(chosen: argparse.Namespace) -> int:
    from app import erasing

    project = read_project(chosen.file)
    before = erasing.preview(project, chosen.person, chosen.file.resolve())
    for line in before.lines():
        say(words(line))
    say(words(erasing.WARNING))
    if not chosen.yes:
        raise AppError(msg("Nothing was erased."), msg("Add --yes to erase them."), exit_code=NO)
    done = erasing.erase(chosen.file, before.whom.known[0].id, Mint())
    for said in erasing.done_lines(before, done):
        say(words(said))
    return 0
