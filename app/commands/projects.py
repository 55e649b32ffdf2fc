"""Making and showing projects."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from app.commands.base import Commands, add_file, add_json, read_project, say
from app.errors import USAGE, AppError
from app.messages import msg, shown, words
from app.model.ids import Mint
from app.template_list import SAMPLE, listing


def register(commands: Commands) -> None:
    commands.add("templates", _templates, "List what a new project may start from: id, tab, title.")

    new = commands.add("new", _new, "Make a new project.")
    add_file(new, "the project to make; its name ends in .ownermap")
    new.add_argument(
        "--template",
        default="empty",
        metavar="ID",
        help=words(msg("{sample}, all filled in, or an id of “ownermap templates” (without: empty)", sample=SAMPLE)),
    )
    new.add_argument("--force", action="store_true", help=words("replace what is there; it is kept"))

    show = commands.add("show", _show, "Say who owns it, in a screenful.")
    add_file(show)
    add_json(show)


def _templates(chosen: argparse.Namespace) -> int:
    for template in listing():
        say(f"{template.id}\t{words(template.title)}")
    return 0


def _new(chosen: argparse.Namespace) -> int:
    from app.store import files
    from app.templates import open_template

    check_name(chosen.file)
    room = files.create(chosen.file, open_template(chosen.template, Mint()), force=chosen.force)
    say(words(msg("Made {path}", path=shown(chosen.file))))
    if room.told is not None:
        say(words(room.told))
    return 0


def check_name(path: Path) -> None:
    """Refuse a new project under a name that the program itself would not take for one."""
    if path.suffix != ".ownermap":
        raise AppError(
            msg("A project file ends in .ownermap, and “{path}” does not.", path=shown(path)),
            msg("Name it {name}.ownermap.", name=path.name or "map"),
            exit_code=USAGE,
        )


def _show(chosen: argparse.Namespace) -> int:
    from app import showing

    project = read_project(chosen.file)
    if chosen.json:
        say(json.dumps(showing.as_plain(project.document), ensure_ascii=False, indent=1))
    else:
        say(showing.screenful(project.document))
    return 0
