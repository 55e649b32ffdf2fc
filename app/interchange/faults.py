"""What is wrong with an interchange document from outside, by the path to each fault."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from app.errors import FieldFault
from app.interchange.rows import Plain
from app.messages import Message, msg
from app.model.fields import Field, Scope, fields_of
from app.model.ids import is_id, is_moment
from app.model.kinds import BY_KIND
from app.model.log import undone_too_early
from app.model.row import Row, Spec

Fault = tuple[str, Message]
"""Where it is, as a JSON path, and what is wrong there."""


def no_twins(pairs: list[tuple[str, Any]]) -> Plain:
    """An object of these pairs; a ValueError when one name stands twice (json would keep the last in silence)."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
        raise ValueError(f"“{twice[:40]}” stands twice in one object")
    return found


def faults_of(data: Plain, version: int) -> Iterator[Fault]:
    """Every fault of a document, first things first: (JSON path, what is wrong there).

    In a document older than `version`, this program's own, a kind or a field that came later may be missing.
    """
    known = {"format", "version", "project", "record", "without_names", "rows", "log"}
    for name in sorted(set(data) - known):
        yield f"/{name}", msg("unknown field")
    if type(data.get("version")) is not int or data["version"] < 1:
        yield "/version", msg("not a version")
    if data.get("without_names", True) is not True:
        yield "/without_names", msg("is there only where it is true")
    if not isinstance(data.get("project"), str) or not is_id(data["project"]):
        yield "/project", msg("not an id")
    rows = data.get("rows")
    if not isinstance(rows, dict):
        yield "/rows", msg("missing or not an object")
        return
    kinds: dict[str, str] = {}
    older = type(data.get("version")) is int and data["version"] < version
    for kind in rows:
        if kind not in BY_KIND:
            yield f"/rows/{kind}", msg("unknown kind")
    for kind, row_class in BY_KIND.items():
        yield from _table_faults(row_class, rows.get(kind), kinds, older=older)
    yield from _dangling(rows, kinds)
    yield from _log_faults(data.get("log", []), older=older)


def _table_faults(row_class: type[Row], table: Any, kinds: dict[str, str], *, older: bool) -> Iterator[Fault]:
    spec = row_class.spec
    path = f"/rows/{spec.kind}"
    if table is None and (spec.scope is Scope.PRIVATE or (older and not spec.is_fixed)):
        return
    if not isinstance(table, list):
        yield path, msg("missing or not a list")
        return
    for number, row in enumerate(table):
        yield from _row_faults(row_class, row, f"{path}/{number}", older=older)
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


def _row_faults(row_class: type[Row], row: Any, path: str, *, older: bool) -> Iterator[Fault]:
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
            if field.scope is not Scope.PRIVATE and not older:
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
    if type(same) is type(value) and same == value:
        return None
    if same == _composed(value):
        return msg("its accents stand apart from their letters; Ownermap writes Unicode in form NFC")
    return msg("not in the form in which Ownermap writes it")


def _composed(value: Any) -> Any:
    """Text, or every text of a list, in Unicode form NFC."""
    if isinstance(value, list):
        return [_composed(each) for each in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


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


def _log_faults(log: Any, *, older: bool) -> Iterator[Fault]:
    if not isinstance(log, list):
        yield "/log", msg("not a list")
        return
    known: set[str] = set()
    steps: list[tuple[str, str | None]] = []
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
        steps.append((entry["group"] or entry["id"], entry["undoes"]))
        if not is_moment(entry["at"]):
            yield f"{path}/at", msg("not a moment")
        if not isinstance(entry["changes"], list):
            yield f"{path}/changes", msg("not a list")
            continue
        for at, change in enumerate(entry["changes"]):
            yield from _change_faults(change, f"{path}/changes/{at}", older=older)
    early = undone_too_early(steps) if len(steps) == len(log) else None
    if early is not None:
        yield f"/log/{early}/undoes", msg("takes back its own step, or one that comes after it")


def _change_faults(change: Any, path: str, *, older: bool) -> Iterator[Fault]:
    if not isinstance(change, dict) or set(change) != {"kind", "before", "after"} or change["kind"] not in BY_KIND:
        yield path, msg("not a row change")
        return
    if change["before"] is None and change["after"] is None:
        yield path, msg("neither before nor after")
    for side in ("before", "after"):
        if change[side] is not None:
            yield from _row_faults(BY_KIND[change["kind"]], change[side], f"{path}/{side}", older=older)


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
