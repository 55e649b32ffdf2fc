"""Document <-> JSON, one way in and one way out, and the canonical bytes that are hashed.

The interchange document: {"format": "ownermap", "version": 2, "project": id, "record": {"entries": number, "head":
hash}, "rows": {kind: [row, ...]}, "log": [change set, ...]}. Rows keep their ids; private rows and fields are left out
unless asked for. The record is said for readers (app.revisions.record); it follows from the log, and app.verifying
compares the two. A copy in which everybody has a pseudonym says "without_names": true.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import rfc8785

from app.errors import Unreadable
from app.interchange.faults import faults_of, no_twins
from app.interchange.rows import (
    Plain,
    change_set_from_plain,
    message_from_plain,
    plain_change_set,
    plain_message,
    plain_row,
)
from app.interchange.schema import schema as _schema
from app.messages import Message, msg, words
from app.model.document import Document
from app.model.fields import Scope
from app.model.kinds import ALL, BY_KIND
from app.model.log import Log
from app.model.row import Row, from_plain

__all__ = [
    "Plain",
    "Project",
    "as_json",
    "canonical",
    "change_set_from_plain",
    "from_json",
    "message_from_plain",
    "parse",
    "plain_change_set",
    "plain_message",
    "plain_row",
    "read",
    "schema",
    "write",
]

FORMAT = "ownermap"
VERSION = 2
"""Goes up when a release is followed by one with more kinds or fields; what an older document lacks is empty."""

FAULTS_NAMED = 5

LARGEST = 64_000_000
"""Bytes of a document: no project file is larger."""

MOST_ROWS = 100_000
MOST_STEPS = 500_000
"""Rows, and change sets of the log, that a document may hold: far more than a project of years has."""


@dataclass(frozen=True)
class Project:
    """What a file holds: the document and the log that led to it."""

    document: Document
    log: Log


def write(project: Project, *, private: bool = False, record: Plain | None = None, without_names: bool = False) -> str:
    """The interchange document as text, one row a line, the same for the same project; with what stands for the
    operating record, where that is given, and with the word that names were taken out, where they were."""
    plain = as_json(project, private=private)
    said: Plain = {"without_names": True} if without_names else {}
    if record is not None:
        said["record"] = record
    return _readable({**_until_rows(plain), **said, **plain})


def as_json(project: Project, *, private: bool = False) -> Plain:
    """The interchange document as plain values."""
    rows: Plain = {}
    for row_class in ALL:
        if row_class.spec.scope is Scope.PRIVATE and not private:
            continue
        rows[row_class.spec.kind] = [plain_row(row, private=private) for row in project.document.rows(row_class)]
    return {
        "format": FORMAT,
        "version": VERSION,
        "project": project.document.project_id,
        "rows": rows,
        "log": [entry for entry in (plain_change_set(e, private=private) for e in project.log) if entry],
    }


def _until_rows(plain: Plain) -> Plain:
    return {name: plain[name] for name in ("format", "version", "project")}


def read(text: str | bytes) -> Project:
    """The project in an interchange document; an Unreadable that names the first faults by their paths."""
    return from_json(parse(text))


def parse(text: str | bytes) -> Any:
    """The plain values of a JSON text, for `from_json`; an Unreadable where it is none."""
    try:
        return json.loads(text, object_pairs_hook=no_twins)
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            msg("This is not an Ownermap JSON document: {why}.", why=_what_is_wrong(error)),
            msg("Choose a file that Ownermap exported as JSON."),
        ) from None


def _what_is_wrong(error: Exception) -> Message:
    """Why text is no JSON, in our words."""
    match error:
        case json.JSONDecodeError():
            return msg("it ends or breaks at line {line}, column {column}", line=error.lineno, column=error.colno)
        case UnicodeDecodeError():
            return msg("it is no text")
        case RecursionError():
            return msg("it is nested too deeply")
        case ValueError() if "integer string" in str(error):
            return msg("it holds a number of thousands of digits")
        case _:
            return msg("{what}", what=str(error)[:120])


def from_json(data: Any) -> Project:
    """The project in plain values; an Unreadable that names the first faults by their paths."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Unreadable(
            msg("This JSON is not an Ownermap project: its format is not “{format}”.", format=FORMAT),
            msg("Choose a file that Ownermap exported as JSON."),
        )
    version = data.get("version")
    if type(version) is int and version > VERSION:
        raise Unreadable(
            msg(
                "This JSON has version {version}; this Ownermap reads up to {ours}.",
                version=version,
                ours=VERSION,
            ),
            msg("Open it with a newer Ownermap."),
        )
    _refuse_too_many(data)
    faults = list(islice(faults_of(data, VERSION), FAULTS_NAMED))
    if faults:
        listed = "; ".join(f"{path}: {words(what).removesuffix('.')}" for path, what in faults)
        raise Unreadable(msg("The JSON has faults at {faults}.", faults=listed), msg("Mend them and import again."))
    rows = [from_plain(BY_KIND[kind], row) for kind, found in data["rows"].items() if kind in BY_KIND for row in found]
    present = {row.spec.kind for row in rows}
    rows += [row for row in _private_defaults(data["project"]) if row.spec.kind not in present]
    log = Log(change_set_from_plain(entry) for entry in data.get("log", []))
    return Project(Document.of(data["project"], rows), log)


def _refuse_too_many(data: Plain) -> None:
    """Before anything is looked at closely: each row takes its time."""
    rows, log = data.get("rows"), data.get("log")
    tables = rows.values() if isinstance(rows, dict) else ()
    for count, most, what in (
        (sum(len(table) for table in tables if isinstance(table, list)), MOST_ROWS, msg("rows")),
        (len(log) if isinstance(log, list) else 0, MOST_STEPS, msg("steps in its log")),
    ):
        if count > most:
            raise Unreadable(
                msg("This JSON holds {count} {what}; Ownermap reads up to {most}.", count=count, what=what, most=most),
                msg("Choose a file that Ownermap exported as JSON."),
            )


def canonical(data: Any) -> bytes:
    """RFC 8785 canonical JSON: the bytes that are hashed."""
    return rfc8785.dumps(data)


def schema() -> Plain:
    """The published JSON Schema of the interchange document."""
    return _schema(FORMAT, VERSION)


def _private_defaults(project_id: str) -> Iterable[Row]:
    """Fixed private rows for a project that came without them; their ids follow from the project's."""
    for row_class in ALL:
        spec = row_class.spec
        if spec.scope is Scope.PRIVATE and spec.is_fixed:
            for number, entry in enumerate(spec.entries or ({},)):
                yield row_class(id=derived_id(project_id, f"{spec.kind}/{number}"), rank=f"{number + 1:02d}", **entry)


def derived_id(seed: str, name: str) -> str:
    """An id that follows from a seed and a name: for rows that must exist and came without one."""
    digits = hashlib.sha256(f"{seed}/{name}".encode()).hexdigest()
    return f"{seed[:13]}-7{digits[:3]}-8{digits[3:6]}-{digits[6:18]}"


def _readable(data: Plain) -> str:
    """JSON with one row or change set a line: small, and differences can be read."""

    def line(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), sort_keys=False)

    parts = [f' "{name}": {line(data[name])}' for name in data if name not in ("rows", "log")]
    tables = ",\n".join(f'  "{kind}": {_lines(map(line, rows), 3)}' for kind, rows in data["rows"].items())
    parts.append(' "rows": {\n' + tables + "\n }")
    parts.append(f' "log": {_lines(map(line, data["log"]), 2)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(items: Iterable[str], indent: int) -> str:
    blank = " " * indent
    joined = f",\n{blank}".join(items)
    return f"[\n{blank}{joined}\n{blank[:-1]}]" if joined else "[]"
