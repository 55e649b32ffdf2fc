"""What the commands share: reading a project, saying a line, meaning a moment."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import USAGE, AppError
from app.messages import msg, printable, shown, words
from app.model.ids import FIRST_YEAR, LAST_YEAR, Mint, moment

if TYPE_CHECKING:
    from app.interchange import Project
    from app.model.document import Document
    from app.store.files import OpenProject


@dataclass(frozen=True)
class Commands:
    """Where a module of commands registers them. `add` takes the name, what runs it, and one sentence of help."""

    parsers: Any

    def add(self, name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = self.parsers.add_parser(name, help=words(help), description=words(help))
        made.set_defaults(run=run)
        return made


def add_file(to: argparse.ArgumentParser, what: str = "the project") -> None:
    """The project that a command is about; `what` says so in the help."""
    to.add_argument("file", type=Path, metavar="FILE", help=words(what))


def add_json(to: argparse.ArgumentParser) -> None:
    """The choice to say it as JSON."""
    to.add_argument("--json", action="store_true", help=words("print it as JSON"))


def add_as_of(to: argparse.ArgumentParser, default: str) -> None:
    """The moment that a command sees the project from."""
    to.add_argument("--as-of", metavar="MOMENT", help=words("the moment it is seen from") + f" ({default})")


def add_author(to: argparse.ArgumentParser) -> None:
    """The choice to say who records it."""
    to.add_argument("--author", default="", metavar="NAME", help=words("who records it, as the record then says"))


def mint_of(chosen: argparse.Namespace) -> Mint:
    """What makes ids and moments for the edits of a command, in the name of its author."""
    return Mint(author=" ".join(chosen.author.split()))


def read_project(path: Path, *, verifies: bool = False) -> Project:
    """The project in a file; says on stderr when a window holds newer edits of it, and when its sign-off does not hold,
    unless the command `verifies` it anyway."""
    from app.store import files

    project = files.read(path)
    if not verifies:
        note_doubts(project)
    if files.has_newer_edits(path):
        said = "Newer edits of “{path}” wait here, in a window or since one ended; this is what was last saved."
        note(words(msg(said, path=shown(path))))
    return project


def read_any(path: Path) -> Project:
    """A project, or the project inside an export."""
    from app import verifying

    if path.suffix.lower() not in (".json", ".xlsx", ".pdf"):
        return read_project(path)
    project = verifying.read_copy(path)
    note_doubts(project)
    return project


def open_project(path: Path) -> OpenProject:
    """The project in a file, open for editing; says on stderr when its sign-off does not hold."""
    from app.store import files

    opened = files.open_for_editing(path)
    note_doubts(opened.project)
    return opened


def note_doubts(project: Project) -> None:
    """Say on stderr that the sign-off of a project does not hold, where that is so."""
    from app.revisions.proof import warning_of

    if (warning := warning_of(project)) is not None:
        note(words(warning))


def moment_of(text: str | None, document: Document) -> str:
    """The moment that a person gave, or now where there is none, in UTC as `app.model.ids.moment` writes it."""
    return moment(local(text, document).astimezone(UTC)) if text is not None else Mint().moment()


def local(text: str, document: Document) -> datetime:
    """A moment as a person writes it; without an offset it is meant in the agent's time zone.

    Says on stderr which moment is taken where the clocks change: a wall time may not exist, or come twice.
    """
    from app.policy.clock import moment_on
    from app.policy.windows import agent_zone

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise AppError(
            msg("“{text}” is not a moment.", text=text[:60]),
            msg("Write it as 2026-11-21T03:00, or 2026-11-21T03:00+01:00."),
            exit_code=USAGE,
        ) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise AppError(
            msg("“{text}” is too far away.", text=text[:60]),
            msg("The year is one from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR),
            exit_code=USAGE,
        )
    if found.tzinfo:
        return found
    taken, hint = moment_on(found, agent_zone(document))
    if hint is not None:
        note(words(hint))
    return taken


def say(text: str) -> None:
    """One line, or several, on stdout."""
    print(printable(text))


def note(text: str) -> None:
    """Something to know besides, on stderr."""
    print(printable(text), file=sys.stderr)


def say_either(chosen: argparse.Namespace, plain: object, lines: Iterable[str]) -> None:
    """Plain values as JSON where that was chosen, else lines for people."""
    say(json.dumps(plain, ensure_ascii=False, indent=1) if chosen.json else "\n".join(lines))


def place(step: str, subject: str, field: str) -> dict[str, str]:
    """Where something is answered, as JSON."""
    return {"step": step, "subject": subject, "field": field}


def fault(sentence: str, code: int) -> int:
    """One line on stderr; gives back the exit code."""
    print(printable("ownermap: " + " ".join(sentence.split())), file=sys.stderr)
    return code
