"""The commands (product.md, "The command line"). The window, the store and the exporters load only when needed.

Output goes to stdout, one line a fault to stderr, never a traceback. Exit codes: 0 yes or done, 1 the answer is
no, 2 wrong usage, 3 a file cannot be read or written.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

from app.errors import NO, UNREADABLE, USAGE, AppError, Unreadable
from app.messages import msg, words
from app.model import vocabulary as v
from app.model.ids import Mint, moment

if TYPE_CHECKING:
    from app.interchange import Project
    from app.model.document import Document

EDITING = ("sign", "import")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if opens_window(given):
            return _window(given[0] if given else None)
        chosen = _parser().parse_args(given)
        run: Callable[[argparse.Namespace], int] = chosen.run
        return run(chosen)
    except AppError as fault:
        return _fault(str(fault), fault.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _fault(words("Stopped."), NO)
    except Exception as error:
        return _fault(_unexpected(error), UNREADABLE)


def opens_window(given: Sequence[str]) -> bool:
    """True for no argument, or one that ends in .ownermap or holds a path separator."""
    if not given:
        return True
    first = given[0]
    return not first.startswith("-") and (first.endswith(".ownermap") or "/" in first or os.sep in first)


# --- commands ----------------------------------------------------------------------------------------------


def _window(path: str | None) -> int:
    # SQLAlchemy before Qt, which makes every later import slower.
    import app.store.files  # noqa: F401
    from ui.application import run

    return run(Path(path) if path else None)


def _templates(chosen: argparse.Namespace) -> int:
    from app.templates import listing

    for template in listing():
        _say(f"{template.id}\t{words(template.title)}")
    return 0


def _new(chosen: argparse.Namespace) -> int:
    from app.store import files
    from app.templates import open_template

    _check_name(chosen.file)
    files.create(chosen.file, open_template(chosen.template, Mint()), force=chosen.force)
    _say(words(msg("Made {path}", path=str(chosen.file))))
    return 0


def _check_name(path: Path) -> None:
    """Refuse a new project under a name that the program itself would not take for one."""
    if path.suffix != ".ownermap":
        raise AppError(
            msg("A project file ends in .ownermap, and “{path}” does not.", path=str(path)),
            msg("Name it {name}.ownermap.", name=path.name or "map"),
            exit_code=USAGE,
        )


def _show(chosen: argparse.Namespace) -> int:
    from app import showing

    project = _read(chosen.file)
    if chosen.json:
        _say(json.dumps(showing.as_plain(project.document), ensure_ascii=False, indent=1))
    else:
        _say(showing.screenful(project.document))
    return 0


def _check(chosen: argparse.Namespace) -> int:
    from app.rules.check import Checker
    from app.rules.finding import Context

    document = _read(chosen.file).document
    findings = Checker().findings(document, Context(_moment(chosen.as_of, document), chosen.level))
    if chosen.json:
        plain = [
            {
                "code": f.code,
                "severity": f.severity.value,
                "step": f.step,
                "subject": f.subject,
                "field": f.field,
                "question": words(f.question),
                "detail": words(f.detail),
                "accepted": bool(f.accepted),
                "committed": bool(f.committed),
            }
            for f in findings
        ]
        _say(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        for f in findings:
            mark = words(" (accepted)") if f.accepted else words(" (promised)") if f.committed else ""
            _say(f"{f.severity.value:<8} {f.code:<7} {words(f.question)} {words(f.detail)}{mark}")
        _say(_check_summary(sum(f.blocks for f in findings), len(findings), chosen.level))
    return NO if any(f.blocks for f in findings) else 0


def _check_summary(blocking: int, count: int, level: str) -> str:
    if blocking:
        return words(
            msg("{blocking} of {count} points block the {level} sign-off.", blocking=blocking, count=count, level=level)
        )
    return words(msg("Nothing blocks the {level} sign-off; {count} points are open.", count=count, level=level))


def _drill(chosen: argparse.Namespace) -> int:
    from app.policy import drill

    document = _read(chosen.file).document
    now = datetime.fromisoformat(_moment(chosen.as_of, document))
    moments = [_local(chosen.at, document)] if chosen.at else list(drill.default_moments(document, now))
    scenarios = [chosen.scenario] if chosen.scenario else [str(entry.value) for entry in v.SCENARIOS]
    drills = [drill.drill(document, at, scenario) for at in moments for scenario in scenarios]
    if chosen.json:
        _say(json.dumps([drill.as_plain(one) for one in drills], ensure_ascii=False, indent=1))
    else:
        from app import showing

        _say("\n\n".join(showing.drill_lines(one) for one in drills))
    return NO if any(one.gaps for one in drills) else 0


def _crosswalk(chosen: argparse.Namespace) -> int:
    from app import showing

    document = _read(chosen.file).document
    as_of = _moment(chosen.as_of, document)
    if chosen.json:
        _say(json.dumps(showing.crosswalk_plain(document, as_of), ensure_ascii=False, indent=1))
    else:
        _say(showing.crosswalk_lines(document, as_of))
    return 0


def _export(chosen: argparse.Namespace) -> int:
    from app import exporting

    targets = {
        format: Path(path) if path else chosen.file.with_suffix(f".{format}")
        for format in exporting.FORMATS
        if (path := getattr(chosen, format)) is not None
    }
    if not targets:
        raise AppError(msg("No format was named."), msg("Add --xlsx, --pdf or --json."), exit_code=USAGE)
    project = _read(chosen.file)
    at = _moment(chosen.as_of, project.document) if chosen.as_of else ""
    warnings = exporting.export(
        project,
        targets,
        moment=at,
        paper=chosen.paper,
        private=chosen.private,
        force=chosen.force,
        source=chosen.file,
        told=_tell_progress if chosen.progress else None,
    )
    for warning in warnings:
        print(warning, file=sys.stderr)
    for path in targets.values():
        _say(words(msg("Wrote {path}", path=str(path))))
    return 0


def _tell_progress(format: str, done: int, all: int) -> None:
    _say(f"progress {done} {all} {format}")


def _import(chosen: argparse.Namespace) -> int:
    from app import importing
    from app.verifying import read_bytes

    source: Path = chosen.source
    suffix = source.suffix.lower()
    read_bytes(source)
    if not chosen.target.exists():
        _check_name(chosen.target)
    if suffix == ".json":
        return _said(importing.import_json(source, chosen.target, force=chosen.force, dry_run=chosen.dry_run))
    if suffix == ".xlsx":
        return _said(importing.import_xlsx(source, chosen.target, dry_run=chosen.dry_run))
    raise Unreadable(
        msg("“{path}” is neither JSON nor XLSX.", path=str(source)), msg("Name a file that Ownermap exported.")
    )


def _said(lines: Sequence[str]) -> int:
    for line in lines:
        _say(line)
    return 0


def _sign(chosen: argparse.Namespace) -> int:
    from app import signing
    from app.revisions import signoff
    from app.store import files
    from app.workspace import Workspace

    name = " ".join(chosen.name.split())
    with files.open_for_editing(chosen.file) as opened:
        workspace = Workspace(opened.project, opened, Mint(author=name))
        workspace.run(signing.sign(workspace.document, chosen.level, chosen.seat, name))
        at_hand = signoff.state(workspace.document)
    number = at_hand.revision.number if at_hand.revision else 0
    _say(
        words(
            msg(
                "{name} signed revision {number}. {status}.",
                name=name,
                number=number or 0,
                status=at_hand.words(),
            )
        )
    )
    return 0


def _verify(chosen: argparse.Namespace) -> int:
    from app import verifying

    project = _read(chosen.file)
    code = _verdict(verifying.verify_project(chosen.file, project))
    for copy in chosen.copies:
        try:
            code = max(code, _verdict(verifying.verify_copy(project, copy)))
        except AppError as fault:
            code = max(code, _fault(str(fault), fault.exit_code))
    return code


def _verdict(verdict: object) -> int:
    from app.verifying import Verdict

    assert isinstance(verdict, Verdict)
    _say(f"{verdict.path}: {words(verdict.answer)}")
    return verdict.code


def _diff(chosen: argparse.Namespace) -> int:
    from app import showing
    from app.model.fields import Scope
    from app.revisions.differences import differences

    before, after = (_read_any(path).document for path in (chosen.a, chosen.b))
    shared = frozenset({Scope.DECISION, Scope.RECORD, Scope.SIGNOFF})
    found = differences(before, after, scopes=shared)
    if chosen.json:
        _say(json.dumps(showing.differences_plain(found), ensure_ascii=False, indent=1))
    elif found:
        _say(showing.difference_lines(found, before, after))
    else:
        _say(words("Nothing differs."))
    return NO if found else 0


# --- parts -------------------------------------------------------------------------------------------------


def _read(path: Path) -> Project:
    from app.store import files

    project = files.read(path)
    if files.has_newer_edits(path):
        print(
            words(msg("A window holds newer edits of “{path}”; this is what was last saved.", path=str(path))),
            file=sys.stderr,
        )
    return project


def _read_any(path: Path) -> Project:
    """A project, or the project inside an export."""
    from app import verifying

    if path.suffix.lower() in (".json", ".xlsx", ".pdf"):
        return verifying.read_copy(path)
    return _read(path)


def _moment(text: str, document: Document) -> str:
    return moment(_local(text, document).astimezone(UTC)) if text else Mint().moment()


def _local(text: str, document: Document) -> datetime:
    """A moment as a person writes it; without an offset it is meant in the agent's time zone."""
    from app.model.room import Agent

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise AppError(
            msg("“{text}” is not a moment.", text=text[:60]),
            msg("Write it as 2026-11-21T03:00, or 2026-11-21T03:00+01:00."),
            exit_code=USAGE,
        ) from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(document.only(Agent).time_zone or "UTC"))
    if not 1900 <= found.year <= 2900:
        raise AppError(msg("“{text}” is too far away.", text=text[:60]), exit_code=USAGE)
    return found


def _say(text: str) -> None:
    print(text)


def _fault(sentence: str, code: int) -> int:
    print("ownermap: " + " ".join(sentence.split()), file=sys.stderr)
    return code


def _unexpected(error: Exception) -> str:
    what = f"{type(error).__name__}: {str(error)[:200]}"
    return words(msg("Something unexpected happened ({what}). Nothing was changed; please report it.", what=what))


class _Parser(argparse.ArgumentParser):
    """argparse, with wrong usage said in one line."""

    def error(self, message: str) -> NoReturn:
        raise AppError(msg("{message}.", message=message), msg("See “{prog} --help”.", prog=self.prog), exit_code=USAGE)


def _parser() -> argparse.ArgumentParser:
    from app import __version__

    parser = _Parser(
        prog="ownermap",
        description=words("Map who owns an AI agent. Without a command: open the window."),
        epilog=words(
            "Exit codes: 0 yes or done, 1 the answer is no, 2 wrong usage, 3 a file cannot be read or written."
        ),
    )
    parser.add_argument("--version", action="version", version=f"ownermap {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words(help), description=words(help))
        made.set_defaults(run=run)
        return made

    def as_of(to: argparse.ArgumentParser, default: str) -> None:
        to.add_argument(
            "--as-of", default="", metavar="MOMENT", help=words("the moment it is seen from") + f" ({default})"
        )

    command("templates", _templates, "List the templates: id, tab, title.")

    new = command("new", _new, "Make a new project.")
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("--template", default="empty", metavar="ID")
    new.add_argument("--force", action="store_true", help=words("replace what is there"))

    show = command("show", _show, "Say who owns it, in a screenful.")
    show.add_argument("file", type=Path, metavar="FILE")
    show.add_argument("--json", action="store_true")

    check = command("check", _check, "List the findings; 1 if something blocks that sign-off.")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--level", choices=("design", "launch"), default="design")
    check.add_argument("--json", action="store_true")
    as_of(check, words("now"))

    drill = command("drill", _drill, "Walk the map at a bad moment; 1 if a step has no answer.")
    drill.add_argument("file", type=Path, metavar="FILE")
    drill.add_argument("--at", default="", metavar="MOMENT", help=words("such as 2026-11-21T03:00"))
    drill.add_argument("--scenario", choices=[str(entry.value) for entry in v.SCENARIOS])
    drill.add_argument("--json", action="store_true")
    as_of(drill, words("now"))

    crosswalk = command("crosswalk", _crosswalk, "Say what the map provides evidence toward, framework by framework.")
    crosswalk.add_argument("file", type=Path, metavar="FILE")
    crosswalk.add_argument("--json", action="store_true")
    as_of(crosswalk, words("now"))

    export = command("export", _export, "Write the XLSX, the PDF, the JSON.")
    export.add_argument("file", type=Path, metavar="FILE")
    for format in ("xlsx", "pdf", "json"):
        export.add_argument(f"--{format}", nargs="?", const="", metavar="PATH")
    export.add_argument("--paper", choices=("a4", "letter"), default="a4")
    export.add_argument("--private", action="store_true", help=words("votes, clock, parking lot and notes too"))
    export.add_argument("--force", action="store_true", help=words("replace what is there"))
    export.add_argument("--progress", action="store_true", help=words("tell how far it is"))
    as_of(export, words("the last signature of a signed revision, else the last change"))

    import_ = command("import", _import, "Read JSON into a project, or an edited XLSX back into its project.")
    import_.add_argument("source", type=Path, metavar="SOURCE")
    import_.add_argument("target", type=Path, metavar="TARGET")
    import_.add_argument("--force", action="store_true", help=words("replace what is there"))
    import_.add_argument("--dry-run", action="store_true", help=words("only list what would change"))

    sign = command("sign", _sign, "Sign a seat; refused while something blocks.")
    sign.add_argument("file", type=Path, metavar="FILE")
    sign.add_argument("--level", required=True, choices=("design", "launch"))
    sign.add_argument("--seat", required=True, choices=[str(entry.value) for entry in v.SEATS])
    sign.add_argument("--name", required=True)

    verify = command("verify", _verify, "Is the project, and is each copy, the signed revision?")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument("copies", type=Path, nargs="*", metavar="COPY")

    diff = command("diff", _diff, "Say what differs between two projects or exports; 1 if something does.")
    diff.add_argument("a", type=Path, metavar="A")
    diff.add_argument("b", type=Path, metavar="B")
    diff.add_argument("--json", action="store_true")
    return parser
