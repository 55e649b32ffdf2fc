"""Exports and imports."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.base import Commands, add_as_of, add_file, moment_of, note, read_project, say
from app.commands.projects import check_name
from app.errors import USAGE, AppError, Unreadable
from app.messages import msg, shown, words

if TYPE_CHECKING:
    from app.importing import Imported


def register(commands: Commands) -> None:
    export = commands.add(
        "export", _export, "Write the workbook (XLSX), the operating model (PDF) or the project as JSON."
    )
    add_file(export)
    for format in ("xlsx", "pdf", "json"):
        export.add_argument(
            f"--{format}", nargs="?", const="", metavar="PATH", help=words("without a path: beside FILE")
        )
    export.add_argument("--paper", choices=("a4", "letter"), default="a4", help=words("of the PDF (a4)"))
    export.add_argument("--private", action="store_true", help=words("votes, clock, parking lot and notes too"))
    export.add_argument(
        "--without-names", action="store_true", help=words("a pseudonym for everybody, and no private notes")
    )
    export.add_argument("--force", action="store_true", help=words("replace a file that is there, but never a project"))
    export.add_argument("--progress", action="store_true", help=words("tell how far it is"))
    add_as_of(export, words("the last signature of a signed revision, else the last change"))

    import_ = commands.add(
        "import",
        _import,
        "Make a project of JSON, or take over its signatures; or read an edited XLSX back into its project.",
    )
    import_.add_argument("source", type=Path, metavar="SOURCE", help=words("a JSON or XLSX that Ownermap exported"))
    import_.add_argument("target", type=Path, metavar="TARGET", help=words("the project"))
    import_.add_argument(
        "--force", action="store_true", help=words("of JSON: replace the project that is there; it is kept")
    )
    import_.add_argument("--dry-run", action="store_true", help=words("only list what would change"))


def _export(chosen: argparse.Namespace) -> int:
    from app import exporting

    named = {format: path for format in exporting.FORMATS if (path := getattr(chosen, format)) is not None}
    if not named:
        raise AppError(msg("No format was named."), msg("Add --xlsx, --pdf or --json."), exit_code=USAGE)
    project = read_project(chosen.file)
    stem = exporting.stem_of(project, chosen.file, without_names=chosen.without_names)
    targets = {
        format: Path(path) if path else chosen.file.with_name(f"{stem}.{format}") for format, path in named.items()
    }
    at = moment_of(chosen.as_of, project.document) if chosen.as_of is not None else ""
    warnings = exporting.export(
        project,
        targets,
        moment=at,
        paper=chosen.paper,
        private=chosen.private,
        without_names=chosen.without_names,
        force=chosen.force,
        source=chosen.file,
        told=_tell_progress if chosen.progress else None,
    )
    for warning in warnings:
        note(warning)
    for path in targets.values():
        say(words(msg("Wrote {path}", path=shown(path))))
    return 0


def _tell_progress(format: str, done: int, all: int) -> None:
    say(f"progress {done} {all} {format}")


def _import(chosen: argparse.Namespace) -> int:
    from app import importing

    source: Path = chosen.source
    suffix = source.suffix.lower()
    if not chosen.target.exists():
        check_name(chosen.target)
    if suffix == ".json":
        return _said(importing.import_json(source, chosen.target, force=chosen.force, dry_run=chosen.dry_run))
    if suffix == ".xlsx":
        return _said(importing.import_xlsx(source, chosen.target, dry_run=chosen.dry_run))
    raise Unreadable(
        msg("“{path}” is neither JSON nor XLSX.", path=shown(source)), msg("Name a file that Ownermap exported.")
    )


def _said(imported: Imported) -> int:
    for line in imported.lines:
        say(line)
    if imported.warning is not None:
        note(words(imported.warning))
    return 0
