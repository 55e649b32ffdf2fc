"""What a new project starts from: the empty map, five worked-out workflows, and a filled-in sample (domain.md 6)."""

from __future__ import annotations

from collections.abc import Mapping

from app.errors import USAGE, AppError
from app.interchange import Project, read
from app.messages import msg
from app.model.document import Document
from app.model.fields import Value, fields_of
from app.model.ids import ID_PATTERN, Mint
from app.model.log import Log
from app.model.row import Row, from_plain
from app.resources import resource
from app.template_list import IDS


def open_template(template_id: str, mint: Mint) -> Project:
    """A new project from a template: its own project id and row ids, and an empty log.

    Raises AppError (wrong usage) that names the templates when there is none with this id.
    """
    if template_id not in IDS:
        raise AppError(
            msg("There is no template called “{id}”.", id=template_id),
            msg("Choose one of: {all}.", all=", ".join(IDS)),
            exit_code=USAGE,
        )
    kept = read(resource(f"templates/{template_id}.json").read_bytes()).document
    project_id = mint.id()
    ids = {row.id: mint.id() for row in kept}
    return Project(Document.of(project_id, [_with_ids(row, ids) for row in kept]), Log())


def _with_ids(row: Row, ids: Mapping[str, str]) -> Row:
    values = {name: _replaced(row.value(name), ids) for name in fields_of(type(row))}
    return from_plain(type(row), {"id": ids[row.id], "rank": row.rank, **values})


def _replaced(value: Value, ids: Mapping[str, str]) -> Value:
    """The value with new ids wherever it holds an old one, also inside a text such as the subject of a commitment."""
    if isinstance(value, tuple):
        return tuple(str(_replaced(item, ids)) for item in value)
    if isinstance(value, str):
        return ID_PATTERN.sub(lambda found: ids.get(found[0], found[0]), value)
    return value
