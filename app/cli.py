"""The commands (product.md, "The command line"). The window, the store and the exporters load only when needed.

Output goes to stdout, one line a fault to stderr, never a traceback. Exit codes: 0 yes or done, 1 the answer is
no, 2 wrong usage, 3 a file cannot be read or written.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from app import bounded
from app.commands import (
    afterwards,
    backups,
    check,
    evidence,
    exchange,
    keys,
    privacy,
    projects,
    revisions,
    rules,
    signoff,
    thinking,
    whatif,
)
from app.commands.base import Commands, fault
from app.errors import NO, UNREADABLE, USAGE, AppError
from app.messages import msg, words

MODULES = (
    projects,
    revisions,
    check,
    thinking,
    rules,
    evidence,
    whatif,
    afterwards,
    exchange,
    signoff,
    backups,
    privacy,
    keys,
)
"""What there is besides the window, in the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    file: Path | None = None
    try:
        if given[:1] == [bounded.COMMAND]:
            return bounded.serve(given[1:])
        if opens_window(given):
            return _window(given[0] if given else None)
        chosen = _parser().parse_args(given)
        file = getattr(chosen, "file", None)
        run: Callable[[argparse.Namespace], int] = chosen.run
        return run(chosen)
    except AppError as refused:
        return _refused(refused, file)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return fault(words("Stopped."), NO)
    except Exception as error:
        return fault(_unexpected(error), UNREADABLE)


def opens_window(given: Sequence[str]) -> bool:
    """True for no argument, or one that ends in .ownermap or holds a path separator."""
    if not given:
        return True
    first = given[0]
    return not first.startswith("-") and (first.endswith(".ownermap") or "/" in first or os.sep in first)


def _window(path: str | None) -> int:
    # SQLAlchemy before Qt, which makes every later import slower.
    from app.store import files

    if not _has_display():
        return _without_display(Path(path) if path else None, files.read)
    from ui.application import run

    return run(Path(path) if path else None)


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _without_display(path: Path | None, read: Callable[[Path], object]) -> int:
    """Say why no window opens: the file, with what is kept of it, or that there is nothing to open it on."""
    if path is not None:
        try:
            read(path)
        except AppError as refused:
            return _refused(refused, path)
    raise AppError(
        msg("There is no display to open a window on."),
        msg("The commands need none: see “ownermap --help”."),
        exit_code=UNREADABLE,
    )


def _refused(refused: AppError, file: Path | None) -> int:
    """Say what is wrong and, where the file of the command is damaged or gone, which backups there are of it."""
    said = str(refused)
    if refused.exit_code == UNREADABLE and file is not None:
        # Loaded when it is first wanted: most commands need no store.
        from app.restoring import backups_kept

        kept = backups_kept(file)
        said = f"{said} {words(kept)}" if kept is not None else said
    return fault(said, refused.exit_code)


def _unexpected(error: Exception) -> str:
    # Never what the error says: it may quote a name, or whatever else the project holds.
    what = type(error).__name__
    return words(msg("Something unexpected happened ({what}). Nothing was changed; please report it.", what=what))


class _Parser(argparse.ArgumentParser):
    """argparse, with wrong usage said in one line."""

    def error(self, message: str) -> NoReturn:
        raise AppError(msg("{message}.", message=message), msg("See “{prog} --help”.", prog=self.prog), exit_code=USAGE)


def _parser() -> argparse.ArgumentParser:
    from app import __version__

    parser = _Parser(
        prog="ownermap",
        description=words(
            "Map who owns an AI agent. With a FILE.ownermap, or nothing, instead of a command: open the window."
        ),
        epilog=words(
            "Exit codes: 0 yes or done, 1 the answer is no, 2 wrong usage, 3 a file cannot be read or written."
        ),
    )
    parser.add_argument("--version", action="version", version=f"ownermap {__version__}")
    commands = Commands(parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser))
    for module in MODULES:
        module.register(commands)
    return parser
