"""Set fields, add, remove and move: all that most of the program needs (architecture.md, "The house")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.edits import Edit
from app.errors import AppError, FieldFault
from app.messages import Message, msg
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.fields import Field, OnRemove, Value, fields_of
from app.model.ids import Mint
from app.model.kinds import BY_KIND
from app.model.names import clean_name
from app.model.ranks import between
from app.model.room import Person
from app.model.row import Row, with_fields


def set_fields(row_id: str, label: Message | None = None, /, **values: Any) -> Edit:
    """Set declared fields of one row. Values are normalised; nothing to do when none differs."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        row = existing(document, row_id)
        after = with_values(document, row, values)
        if after == row:
            return None
        said = label or _set_label(row, after, tuple(values))
        return change_set(mint, said, [RowChange(row, after)])

    return edit


def add(row_class: type[Row], values: Mapping[str, Any] | None = None, *, before: str | None = None) -> Edit:
    """Add a row at the end of its kind, or before another row."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        return change_set(
            mint,
            add_label(row_class),
            [RowChange(None, new_row(document, mint, row_class, values or {}, before))],
        )

    return edit


def remove(*row_ids: str) -> Edit:
    """Remove rows with every consequence that their references declare, as one step."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        rows = [existing(document, row_id) for row_id in row_ids]
        if not rows:
            return None
        for row in rows:
            if row.spec.is_fixed:
                raise AppError(
                    msg("{title} belongs to every map.", title=msg(row.called())),
                    msg("Empty its fields instead of removing it."),
                )
        label = (
            msg("Remove {what} “{title}”", what=msg(rows[0].spec.one), title=rows[0].called())
            if len(rows) == 1
            else msg("Remove {count} of {what}", count=len(rows), what=msg(rows[0].spec.many))
        )
        return change_set(mint, label, removal(document, row_ids))

    return edit


def move(row_id: str, before: str | None) -> Edit:
    """Move a row before another of its kind, or to the end."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        row = existing(document, row_id)
        if before == row_id:
            return None
        after = with_fields(row, {"rank": rank_before(document, type(row), before, moving=row_id)})
        if [r.id for r in _reordered(document, row, after)] == [r.id for r in document.rows(type(row))]:
            return None
        label = msg("Move {what} “{title}”", what=msg(row.spec.one), title=row.called())
        return change_set(mint, label, [RowChange(row, after)])

    return edit


def together(label: Message, *edits: Edit) -> Edit:
    """Several edits as one step, each seeing what the ones before it did."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        start, now = document, document
        for one in edits:
            made = one(now, mint)
            if made is not None:
                now = now.apply(made)
        return change_set(mint, label, between_documents(start, now))

    return edit


# --- parts that special edits share ------------------------------------------------------------------------


def change_set(mint: Mint, label: Message, changes: Iterable[RowChange], undoes: str | None = None) -> ChangeSet | None:
    """A change set of these changes, or None when there are none."""
    found = tuple(changes)
    if not found:
        return None
    return ChangeSet(mint.id(), label, found, mint.moment(), mint.author, undoes)


def existing(document: Document, row_id: str) -> Row:
    """The row with this id; an AppError when it is gone."""
    row = document.find(row_id)
    if row is None:
        raise AppError(msg("That entry is no longer in the project."), msg("Undo brings a removed entry back."))
    return row


def with_values(document: Document, row: Row, values: Mapping[str, Any]) -> Row:
    """The row with normalised values; a FieldFault names the field that does not take its value."""
    declared = fields_of(type(row))
    normal = {name: _normal(row, declared[name], value) for name, value in values.items()}
    for name, value in normal.items():
        _check_targets(document, declared[name], value)
        if name == row.spec.fixed_by and value != row.value(name):
            raise AppError(msg("{title} belongs to every map.", title=msg(row.called())))
    return with_fields(row, {**_emptied(row, normal), **normal})


def _normal(row: Row, field: Field, value: Any) -> Value:
    """The value as it is stored. The name of a person keeps nothing that nobody sees; one that is in a file already,
    and may be signed, stays as it is until somebody types it anew."""
    normal = field.normalise(value)
    is_name = isinstance(row, Person) and field.name == Person.spec.title
    return clean_name(str(normal)) if is_name and normal != row.value(field.name) else normal


def new_row(
    document: Document, mint: Mint, row_class: type[Row], values: Mapping[str, Any], before: str | None = None
) -> Row:
    """A new row of a kind that can grow, ranked before another row or at the end."""
    if row_class.spec.is_fixed:
        raise AppError(msg("{what}: the list is complete.", what=msg(row_class.spec.many)))
    blank = row_class(id=mint.id(), rank=rank_before(document, row_class, before))
    return with_values(document, blank, values)


def add_label(row_class: type[Row]) -> Message:
    return msg("Add {what}", what=msg(row_class.spec.one))


def rank_before(document: Document, row_class: type[Row], before: str | None, moving: str = "") -> str:
    """A rank before the row `before`, or after the last one."""
    others = [row for row in document.rows(row_class) if row.id != moving]
    at = next((i for i, row in enumerate(others) if row.id == before), len(others))
    low = others[at - 1].rank if at > 0 else ""
    high = others[at].rank if at < len(others) else ""
    return between(low, high)


def removal(document: Document, row_ids: Iterable[str]) -> list[RowChange]:
    """The removal of rows with every consequence; an AppError where a reference refuses."""
    gone: dict[str, Row] = {}
    pending = list(row_ids)
    cleared: dict[str, Row] = {}
    while pending:
        row_id = pending.pop()
        if row_id in gone:
            continue
        gone[row_id] = existing(document, row_id)
        for referrer, name in document.referrers(row_id):
            field = fields_of(type(referrer))[name]
            if field.on_remove is OnRemove.REFUSE:
                raise AppError(
                    msg("“{title}” cannot be removed.", title=gone[row_id].called()),
                    msg("It is part of what was signed."),
                )
            if field.on_remove is OnRemove.REMOVE:
                pending.append(referrer.id)
            else:
                cleared[referrer.id] = _without(cleared.get(referrer.id, referrer), name, row_id)
    changes = [RowChange(document.find(i), after) for i, after in cleared.items() if i not in gone]
    return [*changes, *(RowChange(row, None) for row in gone.values())]


def between_documents(before: Document, after: Document) -> list[RowChange]:
    """The row changes that lead from one document to the other."""
    changes: list[RowChange] = []
    for kind in BY_KIND:
        old, new = before.table(kind), after.table(kind)
        if old is new:
            continue
        for row_id in dict.fromkeys([*old.by_id, *new.by_id]):
            was, becomes = old.by_id.get(row_id), new.by_id.get(row_id)
            if was != becomes:
                changes.append(RowChange(was, becomes))
    return changes


def _emptied(row: Row, values: Mapping[str, Value]) -> dict[str, Value]:
    """The fields that go empty because the field they hang on takes another of these values."""
    changed = {name for name, value in values.items() if row.value(name) != value}
    return {name: f.empty for name, f in fields_of(type(row)).items() if f.emptied_with in changed}


def _without(row: Row, name: str, target: str) -> Row:
    value = row.value(name)
    left: Value = tuple(item for item in value if item != target) if isinstance(value, tuple) else None
    return with_fields(row, {**_emptied(row, {name: left}), name: left})


def _check_targets(document: Document, field: Field, value: Value) -> None:
    if not field.is_reference or not value:
        return
    for target in value if isinstance(value, tuple) else (str(value),):
        row = document.find(target)
        if row is None or row.spec.kind not in field.targets:
            raise FieldFault(
                field.name,
                msg("{label} names an entry that is not there.", label=msg(field.label)),
                msg("Choose an entry from the list."),
            )


def _set_label(before: Row, after: Row, names: tuple[str, ...]) -> Message:
    declared = fields_of(type(before))
    changed = [name for name in names if before.value(name) != after.value(name)]
    field = msg(declared[changed[0]].label) if len(changed) == 1 else msg("{count} fields", count=len(changed))
    title = after.called() or before.called()
    if after.spec.singleton or not title:
        return msg("{what}: {field}", what=msg(after.spec.one), field=field)
    return msg("{title}: {field}", title=msg(title) if after.spec.fixed_by else title, field=field)


def _reordered(document: Document, row: Row, after: Row) -> list[Row]:
    others = [after if r.id == row.id else r for r in document.rows(type(row))]
    return sorted(others, key=lambda r: (r.rank, r.id))
