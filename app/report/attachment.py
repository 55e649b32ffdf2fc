"""The JSON that travels inside both files: the exported project, and how it was exported.

{"format": "ownermap-export", "version": 1, "project": interchange document, "export": {"as_of", "paper",
"private", "layout", "program", "sections", "short_path", "without_names"}}. From it `verify` builds exactly the same
report again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from app.errors import Unreadable
from app.interchange import Project, as_json, from_json
from app.messages import Message, msg

FORMAT = "ownermap-export"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Options:
    """How a report was exported, by which version of the program.

    `sections` are the ids of the chosen sections, None for all of them. `short_path` says that the workshop was a
    short one (domain.md 1.15); how it is run stays in the file, so the export says it here. `without_names` says that
    everybody has a pseudonym (app.revisions.pseudonyms).
    """

    as_of: str
    paper: str
    private: bool
    layout: int
    program: str
    sections: tuple[str, ...] | None = None
    short_path: bool = False
    without_names: bool = False


def exported(project: Project, *, private: bool = False) -> Project:
    """The project as a reader of the export has it: without private rows and fields, unless asked for.

    The findings of an export are those of this project, so that they come out the same when it is verified.
    """
    return from_json(as_json(project, private=private))


def write(project: Project, options: Options) -> str:
    """The attachment: plain ASCII, the same text for the same project and options."""
    export = {
        "as_of": options.as_of,
        "paper": options.paper,
        "private": options.private,
        "layout": options.layout,
        "program": options.program,
        "sections": None if options.sections is None else list(options.sections),
        "short_path": options.short_path,
        "without_names": options.without_names,
    }
    content = {
        "format": FORMAT,
        "version": VERSION,
        "project": as_json(project, private=options.private),
        "export": export,
    }
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    # A spreadsheet program reads _x0041_ as an A; inside JSON the first sign can be spelt another way.
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", r"\\u005f", text)


def read(text: str) -> tuple[Project, Options]:
    """The project and the options that `write` wrote; Unreadable when it is something else or newer."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(msg("The project data inside this copy is damaged."), msg("Ask for a fresh export.")) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Unreadable(_NOT_OURS, msg("Choose a PDF or XLSX that Ownermap exported."))
    if content.get("version") != VERSION:
        raise Unreadable(
            msg("This copy was made by another version of Ownermap."), msg("Verify it with the newest Ownermap.")
        )
    return from_json(content.get("project")), _options(content.get("export"))


_NOT_OURS: Message = msg("This copy carries no project data of Ownermap.")


def _options(export: object) -> Options:
    known = {"as_of", "paper", "private", "layout", "program", "sections"}
    if not isinstance(export, dict) or set(export) - {"short_path", "without_names"} != known:
        raise Unreadable(_NOT_OURS, msg("Choose a PDF or XLSX that Ownermap exported."))
    sections, short_path = export["sections"], export.get("short_path", False)
    without_names = export.get("without_names", False)
    fits = (
        isinstance(export["as_of"], str)
        and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", export["as_of"]) is not None
        and export["paper"] in ("a4", "letter")
        and type(export["private"]) is bool
        and type(short_path) is bool
        and type(without_names) is bool
        and type(export["layout"]) is int
        # It is printed: nothing but the number of a version may stand there.
        and isinstance(export["program"], str)
        and re.fullmatch(r"[0-9]{1,4}(\.[0-9a-z]{1,10}){0,4}", export["program"]) is not None
        and (sections is None or (isinstance(sections, list) and all(isinstance(each, str) for each in sections)))
    )
    if not fits:
        raise Unreadable(_NOT_OURS, msg("Choose a PDF or XLSX that Ownermap exported."))
    chosen = None if sections is None else tuple(sections)
    return Options(
        export["as_of"],
        export["paper"],
        export["private"],
        export["layout"],
        export["program"],
        chosen,
        short_path,
        without_names,
    )
