"""From a project to its files: build the Report once, have each writer write it, move the files into place.

The window runs this in a subprocess (`command`), so that it never waits for a page to be laid out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from app import __version__, interchange
from app.errors import USAGE, AppError, Unreadable
from app.files import refuse_existing, remove_leftovers, write_atomically
from app.interchange import Project
from app.messages import msg, shown, words
from app.model.ids import moment as moment_text
from app.model.room import Agent, Workshop
from app.report import LAYOUT, attachment
from app.report.attachment import Options
from app.report.build import build
from app.report.display import moment_words
from app.report.model import Report
from app.revisions import pseudonyms, record, signoff
from app.rules.check import Checker
from app.rules.finding import Context

FORMATS = ("xlsx", "pdf", "json")

Told = Callable[[str, int, int], None]
"""Called as work goes on: the format that is being written, how many are done, how many there are."""


def as_of(project: Project) -> str:
    """The moment of an export that names none: the last signature if it is signed, else the last change.

    So the same project gives the same bytes. A project that nobody has touched yet is as old as its id.
    """
    at_hand = signoff.state(project.document)
    signed = [seat.signature.signed_at for seat in at_hand.seats if seat.signature]
    if at_hand.signed:
        return max(signed)
    if project.log.last is not None:
        return project.log.last.at
    milliseconds = int(project.document.project_id.replace("-", "")[:12], 16)
    return _moment_of(milliseconds)


def report_of(
    project: Project, *, moment: str = "", paper: str = "a4", private: bool = False, without_names: bool = False
) -> Report:
    """The Report of a project as of a moment; AppError for a moment before the signatures that it would print.

    `without_names` says that the project was given pseudonyms.
    """
    at_hand = signoff.state(project.document)
    signed = [seat.signature.signed_at for seat in at_hand.seats if seat.signature]
    if moment and signed and at_hand.stands and moment < max(signed):
        raise AppError(
            msg("The revision was signed after that moment."),
            msg(
                "Choose a moment after {last}, or none.",
                last=moment_words(max(signed), project.document.only(Agent).time_zone),
            ),
            exit_code=USAGE,
        )
    short_path = project.document.only(Workshop).short_path
    options = Options(
        moment or as_of(project),
        paper,
        private,
        LAYOUT,
        __version__,
        short_path=short_path,
        without_names=without_names,
    )
    return _report(project, options)


def report_again(text: str) -> tuple[Project, Options, Report]:
    """From the attachment of a copy: its project, how it was exported, and the report that it must show."""
    project, options = attachment.read(text)
    return project, options, _report(project, options)


def stem_of(project: Project, file: Path, *, without_names: bool) -> str:
    """How the exports of a project in this file are named, without the ending, where nobody says otherwise.

    A copy without names has a name of its own, in which nobody is named either.
    """
    if not without_names:
        return file.stem
    named = pseudonyms.names_somebody(project, file.stem)
    stem = f"ownermap-{project.document.project_id[-8:]}" if named else file.stem
    return f"{stem}-without-names"


def export(
    project: Project,
    targets: Mapping[str, Path],
    *,
    moment: str = "",
    paper: str = "a4",
    private: bool = False,
    without_names: bool = False,
    force: bool = False,
    source: Path | None = None,
    told: Told | None = None,
) -> tuple[str, ...]:
    """Write the project to the targets (format -> path); returns warnings such as characters no font has.

    `without_names` gives everybody a pseudonym; it goes with no private notes, which hold the votes.

    `source` is the project's own file, which no export may replace. Raises Unreadable for a target that is there
    already without `force`, is a project or has the name of one, is named twice or cannot be written; each file that
    was written before that stays.
    Raises AppError for a moment before the signatures that would be printed, and for a copy without names where the
    sign-off does not hold: nobody could compute any more what was changed.
    """
    if private and without_names:
        raise AppError(
            msg("Private notes hold who voted for whom: they stay out of a copy without names."),
            msg("Choose one of the two."),
            exit_code=USAGE,
        )
    # Loaded when it is first wanted: whoever only builds a report needs no store.
    from app.store.opening import is_project

    if without_names and (faults := signoff.audit(project.document)):
        raise AppError(
            msg(
                "The sign-off in this file does not hold: {fault} A copy without names could not show that.",
                fault=faults[0],
            ),
            msg("Export it with names, or go back to a version that “ownermap verify” finds unchanged."),
        )
    taken = {source.resolve()} if source is not None else set()
    for format, path in targets.items():
        refuse_existing(path, force=True)  # Only a name that can be is asked where it leads.
        if path.resolve() in taken:
            raise Unreadable(
                msg("“{path}” would be written over.", path=shown(path)), msg("Give each export a name of its own.")
            )
        if ".ownermap" in (path.suffix.lower(), path.resolve().suffix.lower()):
            raise Unreadable(
                msg("“{path}” is the name of a project file, and an export replaces none.", path=shown(path)),
                msg("Name a file that ends in .{format}.", format=format),
            )
        taken.add(path.resolve())
        refuse_existing(path, force=force)
        if path.exists() and is_project(path):
            raise Unreadable(
                msg("“{path}” is a project, whatever its name, and an export replaces none.", path=shown(path)),
                msg("Nothing was written. Give the export another name, or have that file end in .ownermap."),
            )
    warnings: list[str] = []
    if without_names:
        moment = moment or as_of(project)
        named = [path.name for path in targets.values() if pseudonyms.names_somebody(project, path.stem)]
        warnings += [
            words(msg("The file name “{name}” names somebody: rename it before you send it.", name=name))
            for name in named
        ]
        redacted = pseudonyms.without_names(project)
        project = redacted.project
        warnings.append(words(pseudonyms.told(redacted)))
    report = None
    if set(targets) - {"json"}:
        report = report_of(project, moment=moment, paper=paper, private=private, without_names=without_names)
    for done, (format, path) in enumerate(targets.items()):
        if told is not None:
            told(format, done, len(targets))
        remove_leftovers(path)
        write_atomically(path, _writer(format, project, report, private, without_names, warnings))
    if told is not None:
        told("", len(targets), len(targets))
    return tuple(warnings)


def json_of(project: Project, *, private: bool = False, without_names: bool = False) -> str:
    """The interchange document of a project, with the number of entries of its operating record and their head."""
    at_hand = record.head(project.log)
    said = {"entries": at_hand.count, "head": at_hand.digest}
    return interchange.write(project, private=private, record=said, without_names=without_names)


def command(
    source: Path, targets: Mapping[str, Path], *, paper: str, private: bool, without_names: bool = False
) -> list[str]:
    """The command that does the same in a process of its own and tells its progress on stdout."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]
    chosen = [part for format, path in targets.items() for part in (f"--{format}", str(path))]
    options = ["--paper", paper, "--force", "--progress", *(["--private"] if private else [])]
    options += ["--without-names"] if without_names else []
    return [*program, "export", str(source), *chosen, *options]


def _report(project: Project, options: Options) -> Report:
    at_hand = signoff.state(project.document)
    level = at_hand.revision.level if at_hand.revision and at_hand.stands else "design"
    shown = attachment.exported(project, private=options.private)
    findings = Checker().findings(shown.document, Context(options.as_of, level))
    return build(
        shown,
        findings,
        options.as_of,
        private=options.private,
        paper=options.paper,
        sections=options.sections,
        program=options.program,
        short_path=options.short_path,
        without_names=options.without_names,
    )


def _writer(
    format: str, project: Project, report: Report | None, private: bool, without_names: bool, warnings: list[str]
) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        if format == "json":
            path.write_text(json_of(project, private=private, without_names=without_names), encoding="utf-8")
        elif format == "xlsx":
            from exporters.xlsx import writer as xlsx

            assert report is not None
            xlsx.write(report, path)
        else:
            from exporters.pdf import writer as pdf

            assert report is not None
            warnings.extend(pdf.write(report, path))

    return write


def _moment_of(milliseconds: int) -> str:
    return moment_text(datetime.fromtimestamp(milliseconds / 1000, UTC))
