"""Document <-> JSON, one way in and one way out, and the canonical bytes that are hashed.

The interchange document: {"format": "ownermap", "version": 1, "project": id, "rows": {kind: [row, ...]},
"log": [change set, ...]}. Rows keep their ids; private rows and fields are left out unless asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

import rfc8785

from app.errors import FieldFault, Unreadable
from app.messages import Message, msg, words
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.fields import Field, Kind, Scope, fields_of
from app.model.ids import is_id, is_moment
from app.model.kinds import ALL, BY_KIND
from app.model.log import Log
from app.model.row import Row, Spec, as_plain, from_plain

FORMAT = "ownermap"
VERSION = 1
FAULTS_NAMED = 5
LARGEST = 200_000_000

Plain = dict[str, Any]


@dataclass(frozen=True)
class Project:
    """What a file holds: the document and the log that led to it."""

    document: Document
    log: Log


def write(project: Project, *, private: bool = False) -> str:
    """The interchange document as text, one row a line, the same for the same project."""
    return _readable(as_json(project, private=private))


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


def read(text: str | bytes) -> Project:
    """The project in an interchange document; an Unreadable that names the first faults by their paths."""
    try:
        data = json.loads(text, object_pairs_hook=_no_twins)
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            msg("This is not an Ownermap JSON document ({error}).", error=str(error)[:120]),
            msg("Choose a file that Ownermap exported as JSON."),
        ) from None
    return from_json(data)


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
    faults = list(_first(_faults(data)))
    if faults:
        listed = "; ".join(f"{path}: {words(what)}" for path, what in faults)
        raise Unreadable(msg("The JSON has faults at {faults}", faults=listed), msg("Mend them and import again."))
    rows = [from_plain(BY_KIND[kind], row) for kind, found in data["rows"].items() if kind in BY_KIND for row in found]
    present = {row.spec.kind for row in rows}
    rows += [row for row in _private_defaults(data["project"]) if row.spec.kind not in present]
    log = Log(change_set_from_plain(entry) for entry in data.get("log", []))
    return Project(Document.of(data["project"], rows), log)


def canonical(data: Any) -> bytes:
    """RFC 8785 canonical JSON: the bytes that are hashed."""
    return rfc8785.dumps(data)


# --- rows and change sets ----------------------------------------------------------------------------------


def plain_row(row: Row, *, private: bool = True) -> Plain:
    """The row as JSON; without `private`, private fields are left out."""
    plain = as_plain(row)
    if not private:
        for name, field in fields_of(type(row)).items():
            if field.scope is Scope.PRIVATE:
                del plain[name]
    return plain


def plain_change_set(entry: ChangeSet, *, private: bool = True) -> Plain | None:
    """The change set as JSON; without `private` None for one that is private altogether."""
    changes = []
    for change in entry.changes:
        if not private and change.scopes() <= {Scope.PRIVATE}:
            continue
        changes.append(
            {
                "kind": change.kind,
                "before": plain_row(change.before, private=private) if change.before else None,
                "after": plain_row(change.after, private=private) if change.after else None,
            }
        )
    if entry.changes and not changes:
        return None
    return {
        "id": entry.id,
        "label": plain_message(entry.label),
        "changes": changes,
        "at": entry.at,
        "author": entry.author,
        "undoes": entry.undoes,
        "group": entry.group,
    }


def change_set_from_plain(plain: Mapping[str, Any]) -> ChangeSet:
    """The change set that `plain_change_set` wrote."""

    def row(change: Plain, name: str) -> Row | None:
        return from_plain(BY_KIND[change["kind"]], change[name]) if change[name] else None

    changes = tuple(RowChange(row(change, "before"), row(change, "after")) for change in plain["changes"])
    return ChangeSet(
        plain["id"],
        message_from_plain(plain["label"]),
        changes,
        plain["at"],
        plain["author"],
        plain["undoes"],
        plain["group"],
    )


def plain_message(message: Message) -> list[Any]:
    """[id, {parameter: value}]; a parameter that is a message is written the same way."""
    params = {name: plain_message(v) if isinstance(v, Message) else v for name, v in message.params}
    return [message.id, params]


def message_from_plain(plain: list[Any]) -> Message:
    """The message that `plain_message` wrote."""
    params = {name: message_from_plain(v) if isinstance(v, list) else v for name, v in plain[1].items()}
    return msg(plain[0], **params)


# --- checking what comes in --------------------------------------------------------------------------------

Fault = tuple[str, Message]


def _first(faults: Iterator[Fault]) -> Iterator[Fault]:
    for count, fault in enumerate(faults, 1):
        yield fault
        if count == FAULTS_NAMED:
            return


def _no_twins(pairs: list[tuple[str, Any]]) -> Plain:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
        raise ValueError(f"“{twice[:40]}” stands twice in one object")
    return found


def _faults(data: Plain) -> Iterator[Fault]:
    known = {"format", "version", "project", "rows", "log"}
    for name in sorted(set(data) - known):
        yield f"/{name}", msg("unknown field")
    if type(data.get("version")) is not int or data["version"] < 1:
        yield "/version", msg("not a version")
    if not isinstance(data.get("project"), str) or not is_id(data["project"]):
        yield "/project", msg("not an id")
    rows = data.get("rows")
    if not isinstance(rows, dict):
        yield "/rows", msg("missing or not an object")
        return
    kinds: dict[str, str] = {}
    for kind in rows:
        if kind not in BY_KIND:
            yield f"/rows/{kind}", msg("unknown kind")
    for kind, row_class in BY_KIND.items():
        yield from _table_faults(row_class, rows.get(kind), kinds)
    yield from _dangling(rows, kinds)
    yield from _log_faults(data.get("log", []))


def _table_faults(row_class: type[Row], table: Any, kinds: dict[str, str]) -> Iterator[Fault]:
    spec = row_class.spec
    path = f"/rows/{spec.kind}"
    if table is None and spec.scope is Scope.PRIVATE:
        return
    if not isinstance(table, list):
        yield path, msg("missing or not a list")
        return
    for number, row in enumerate(table):
        yield from _row_faults(row_class, row, f"{path}/{number}")
        row_id = row.get("id") if isinstance(row, dict) else None
        if isinstance(row_id, str):
            if row_id in kinds:
                yield f"{path}/{number}/id", msg("the same id stands twice")
            kinds[row_id] = spec.kind
    yield from _completeness(spec, table, path)


def _completeness(spec: Spec, table: list[Any], path: str) -> Iterator[Fault]:
    if spec.singleton and len(table) != 1:
        yield path, msg("exactly one row is expected")
    if spec.fixed_by:
        found = [row.get(spec.fixed_by) for row in table if isinstance(row, dict)]
        expected = [entry[spec.fixed_by] for entry in spec.entries]
        if sorted(map(str, found)) != sorted(map(str, expected)):
            yield path, msg("one row is expected for each of: {all}", all=", ".join(map(str, expected)))


def _row_faults(row_class: type[Row], row: Any, path: str) -> Iterator[Fault]:
    if not isinstance(row, dict):
        yield path, msg("not an object")
        return
    declared = fields_of(row_class)
    for name in sorted(set(row) - set(declared) - {"id", "rank"}):
        yield f"{path}/{name[:60]}", msg("unknown field")
    if not isinstance(row.get("id"), str) or not is_id(row["id"]):
        yield f"{path}/id", msg("not an id")
    rank = row.get("rank", "")
    if not isinstance(rank, str) or not rank.isascii() or (rank and not rank.isalnum()) or len(rank) > 1000:
        yield f"{path}/rank", msg("not a rank")
    for name, field in declared.items():
        if name not in row:
            if field.scope is not Scope.PRIVATE:
                yield f"{path}/{name}", msg("missing")
            continue
        fault = _value_fault(field, row[name])
        if fault is not None:
            yield f"{path}/{name}", fault


def _value_fault(field: Field, value: Any) -> Message | None:
    try:
        normal = field.normalise(value)
    except FieldFault as fault:
        return fault.problem
    same = list(normal) if isinstance(normal, tuple) else normal
    if type(same) is not type(value) or same != value:
        return msg("not in the form in which Ownermap writes it")
    return None


def _dangling(rows: Plain, kinds: Mapping[str, str]) -> Iterator[Fault]:
    for kind, row_class in BY_KIND.items():
        names = {name: field for name, field in fields_of(row_class).items() if field.is_reference}
        table = rows.get(kind)
        if not names or not isinstance(table, list):
            continue
        for number, row in enumerate(table):
            if not isinstance(row, dict):
                continue
            for name, field in names.items():
                value = row.get(name)
                for target in value if isinstance(value, list) else [value] if value else []:
                    if isinstance(target, str) and is_id(target) and kinds.get(target) not in field.targets:
                        yield f"/rows/{kind}/{number}/{name}", msg("names an entry that is not there")


def _log_faults(log: Any) -> Iterator[Fault]:
    if not isinstance(log, list):
        yield "/log", msg("not a list")
        return
    known: set[str] = set()
    for number, entry in enumerate(log):
        path = f"/log/{number}"
        shape = {"id", "label", "changes", "at", "author", "undoes", "group"}
        if not isinstance(entry, dict) or set(entry) != shape:
            yield path, msg("not a change set")
            continue
        texts = (entry["id"], entry["at"], entry["author"], entry["group"], entry["undoes"] or "")
        if not _is_message(entry["label"]) or not all(isinstance(text, str) for text in texts):
            yield path, msg("not a change set")
            continue
        if not is_id(entry["id"]):
            yield f"{path}/id", msg("not an id")
        if entry["id"] in known:
            yield f"{path}/id", msg("the same id stands twice")
        known.add(entry["id"])
        if not is_moment(entry["at"]):
            yield f"{path}/at", msg("not a moment")
        if not isinstance(entry["changes"], list):
            yield f"{path}/changes", msg("not a list")
            continue
        for at, change in enumerate(entry["changes"]):
            yield from _change_faults(change, f"{path}/changes/{at}")


def _change_faults(change: Any, path: str) -> Iterator[Fault]:
    if not isinstance(change, dict) or set(change) != {"kind", "before", "after"} or change["kind"] not in BY_KIND:
        yield path, msg("not a row change")
        return
    if change["before"] is None and change["after"] is None:
        yield path, msg("neither before nor after")
    for side in ("before", "after"):
        if change[side] is not None:
            yield from _row_faults(BY_KIND[change["kind"]], change[side], f"{path}/{side}")


def _is_message(value: Any, depth: int = 0) -> bool:
    if not (isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict)):
        return False
    return (
        depth < 5
        and _can_be_said(value[0], value[1])
        and all(isinstance(v, str) or type(v) is int or _is_message(v, depth + 1) for v in value[1].values())
    )


def _can_be_said(sentence: str, params: Plain) -> bool:
    """Whether every place in the sentence is the plain name of a parameter (one without parameters has no places)."""
    if not params:
        return True
    try:
        places = list(Formatter().parse(sentence))
    except ValueError:
        return False
    return all(
        name is None or (name.isidentifier() and name in params and not form and conversion is None)
        for _, name, form, conversion in places
    )


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


# --- writing -----------------------------------------------------------------------------------------------


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


# --- the published schema ----------------------------------------------------------------------------------


def schema() -> Plain:
    """The JSON Schema (2020-12) of the interchange document, derived from the declared fields."""
    tables = {
        row_class.spec.kind: {
            "title": row_class.spec.many,
            "type": "array",
            **({"minItems": 1, "maxItems": 1} if row_class.spec.singleton else {}),
            "items": {"$ref": f"#/$defs/{row_class.spec.kind}"},
        }
        for row_class in ALL
    }
    required = [row_class.spec.kind for row_class in ALL if row_class.spec.scope is not Scope.PRIVATE]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Ownermap project",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "project": {"$ref": "#/$defs/id"},
            "rows": {
                "type": "object",
                "properties": tables,
                "required": required,
                "additionalProperties": False,
            },
            "log": {"type": "array", "items": {"type": "object"}},
        },
        "required": ["format", "version", "project", "rows"],
        "additionalProperties": False,
        "$defs": {
            "id": {
                "type": "string",
                "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
            },
            **{row_class.spec.kind: _row_schema(row_class) for row_class in ALL},
        },
    }


def _row_schema(row_class: type[Row]) -> Plain:
    declared = fields_of(row_class)
    return {
        "title": row_class.spec.one,
        "type": "object",
        "properties": {
            "id": {"$ref": "#/$defs/id"},
            "rank": {"type": "string", "maxLength": 1000},
            **{name: _field_schema(field) for name, field in declared.items()},
        },
        "required": ["id", *(name for name, field in declared.items() if field.scope is not Scope.PRIVATE)],
        "additionalProperties": False,
    }


def _field_schema(field: Field) -> Plain:
    found: Plain = {"title": field.label, "description": field.hint} if field.hint else {"title": field.label}
    values = [entry.value for entry in field.choices]
    match field.kind:
        case Kind.TEXT | Kind.PROSE:
            return {**found, "type": "string", "maxLength": field.limit}
        case Kind.TEXTS:
            return {
                **found,
                "type": "array",
                "maxItems": field.limit,
                "items": {"type": "string", "maxLength": 500},
            }
        case Kind.CHOICE:
            return {**found, "enum": ["", *values]}
        case Kind.CHOICES:
            return {**found, "type": "array", "uniqueItems": True, "items": {"enum": values}}
        case Kind.FLAG:
            return {**found, "type": "boolean"}
        case Kind.NUMBER | Kind.MONEY:
            low, high = (values[0], values[-1]) if values else (field.minimum, field.maximum)
            return {**found, "type": ["integer", "null"], "minimum": low, "maximum": high}
        case Kind.DAY:
            return {**found, "type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2})?$"}
        case Kind.DAYS:
            return {**found, "type": "array", "items": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}}
        case Kind.TIME:
            return {**found, "type": "string", "pattern": r"^(([01]\d|2[0-3]):[0-5]\d|24:00)?$"}
        case Kind.MOMENT:
            return {**found, "type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$"}
        case Kind.ZONE:
            return {**found, "type": "string"}
        case Kind.REFERENCE:
            return {**found, "anyOf": [{"$ref": "#/$defs/id"}, {"type": "null"}]}
        case Kind.REFERENCES:
            return {**found, "type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/id"}}
