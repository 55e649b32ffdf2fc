"""Two copies of one project, compared by row and field against the state that both began from, and merged by choice.

*Ours* is the file as it stands, *theirs* the copy that is merged into it. Nothing is decided here: what both changed
is a conflict that a person answers, and what theirs alone changed is listed and taken by consent. The merge is one
change set on top of ours that undo takes back; its label names the copy, which keeps the single steps readable.

Signatures are never merged by choice: those of a revision that both have are united (`signoff.unite`), and a revision
that only the copy has stays there. What was signed stays signed; taking another decision over starts a new draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.edits import Edit
from app.edits.generic import between_documents
from app.errors import AppError
from app.interchange import Project
from app.messages import Message, msg
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Revision
from app.model.document import Document, targets_of
from app.model.fields import Kind, OnRemove, Scope, Value, fields_of
from app.model.ids import Mint
from app.model.kinds import ALL
from app.model.ranks import between
from app.model.row import Row, with_fields

RANK = "rank"
"""The place of a row among its kind; it is compared like a field."""


class Side(StrEnum):
    """Whose state is taken."""

    THIS = "this"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that theirs changed and in which the two differ.

    `fields` are the fields that are decided together, none where the whole row came or went. `base`, `ours` and
    `theirs` are the row in each, None where it is not there. `conflict` is true when ours changed it too, or refers
    to what is gone in theirs; `twin` names the row that ours added under the same name.
    """

    base: Row | None
    ours: Row | None
    theirs: Row | None
    fields: tuple[str, ...] = ()
    conflict: bool = False
    twin: str = ""

    @property
    def row(self) -> Row:
        """Whichever state there is, the file's first."""
        row = self.ours or self.theirs or self.base
        assert row is not None
        return row

    @property
    def key(self) -> str:
        """What a choice is kept under."""
        return f"{self.row.id}.{self.fields[0] if self.fields else ''}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that theirs would bring to ours. `base` is None when the two have no common beginning: whatever
    differs is then a conflict, and what ours has alone stays."""

    base: Document | None
    ours: Document
    theirs: Document
    items: tuple[Item, ...]
    revisions_apart: tuple[Revision, ...]

    @property
    def conflicts(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.conflict)

    def all(self, side: Side) -> dict[str, Side]:
        """The choice of one side in every conflict; what only theirs changed is taken over."""
        return {item.key: side if item.conflict else Side.COPY for item in self.items}


Choices = Mapping[str, Side]
"""By `Item.key`; what is not named here is not decided yet."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a set of choices leads to. `followed` are the rows that had to follow: a reference emptied or an entry
    dropped because what it names is not taken, an entry brought back with the one that it belongs to."""

    document: Document
    followed: tuple[RowChange, ...]


# --- where both began --------------------------------------------------------------------------------------


def common_base(ours: Project, theirs: Project) -> Document | None:
    """The state that both copies went on from, found by going back in their logs; None when there is none.

    Raises AppError when they are not the same project.
    """
    if ours.document.project_id != theirs.document.project_id:
        raise AppError(
            msg("That copy belongs to another project. Nothing was merged."), msg("Choose a copy of this one.")
        )
    shared = 0
    for mine, other in zip(ours.log, theirs.log, strict=False):
        if mine.id != other.id:
            break
        shared += 1
    found = _rewound(ours, shared)
    return found if found is not None and found == _rewound(theirs, shared) else None


def _rewound(project: Project, length: int) -> Document | None:
    document = project.document
    try:
        for number in range(len(project.log) - 1, length - 1, -1):
            changes = project.log[number].changes
            document = document.applying(RowChange(change.after, change.before) for change in reversed(changes))
    except AppError:
        # A log that was cut or redacted does not lead back.
        return None
    return document


# --- comparing ---------------------------------------------------------------------------------------------


def compare(ours: Project, theirs: Project) -> Comparison:
    """What theirs changed, against what ours is now. Raises AppError when they are not the same project."""
    base = common_base(ours, theirs)
    empty = Document.of(ours.document.project_id, ())
    found = _Comparing(base or empty, ours.document, theirs.document)
    here = {revision.fingerprint for revision in ours.document.rows(Revision)}
    apart = tuple(r for r in theirs.document.rows(Revision) if r.fingerprint not in here and not r.withdrawn_at)
    return Comparison(base, ours.document, theirs.document, tuple(found.items()), apart)


class _Comparing:
    def __init__(self, base: Document, ours: Document, theirs: Document) -> None:
        self._base, self._ours, self._theirs = base, ours, theirs
        self._removed = {row.id for row in base if theirs.find(row.id) is None}

    def items(self) -> Iterator[Item]:
        found = [item for row_class in ALL for item in self._of_kind(row_class)]
        listed = {item.key for item in found}
        yield from found
        for item in found:
            for lost in self._lost(item):
                if lost.key not in listed:
                    listed.add(lost.key)
                    yield lost

    def _of_kind(self, row_class: type[Row]) -> Iterator[Item]:
        spec = row_class.spec
        if spec.scope is Scope.SIGNOFF:
            return
        tables = [document.table(spec.kind) for document in (self._base, self._ours, self._theirs)]
        ids = dict.fromkeys(row.id for table in (tables[1], tables[2], tables[0]) for row in table.ordered)
        for row_id in ids:
            base, ours, theirs = (table.by_id.get(row_id) for table in tables)
            if theirs in (ours, base):
                continue
            if ours is not None and theirs is not None:
                yield from self._fields(base, ours, theirs)
            elif not spec.is_fixed and not (theirs is None and base is not None and self._went_along(base)):
                yield self._whole(base, ours, theirs)

    def _whole(self, base: Row | None, ours: Row | None, theirs: Row | None) -> Item:
        """A row that came or went: added by theirs, or removed on one side and not left alone on the other."""
        if theirs is None:
            assert ours is not None
            changed = ours != base or any(self._ours.find(row.id) not in (row, None) for row in self._with(ours))
            return Item(base, ours, theirs, conflict=changed or self._needed_since(ours.id))
        if base is None:
            twin = self._twin(theirs)
            return Item(base, ours, theirs, conflict=bool(twin), twin=twin)
        return Item(base, ours, theirs, conflict=True)

    def _went_along(self, base: Row) -> bool:
        """Whether theirs lost this row because one that it belongs to was removed: it goes where that one goes."""
        declared = fields_of(type(base))
        owners = (name for name, field in declared.items() if field.on_remove is OnRemove.REMOVE)
        return any(target in self._removed for name in owners for target in _targets(base, name))

    def _with(self, removed: Row) -> Iterator[Row]:
        """The rows that theirs lost along with this one, as they were."""
        pending = [removed.id]
        while pending:
            for row, name in self._base.referrers(pending.pop()):
                if row.id in self._removed and fields_of(type(row))[name].on_remove is OnRemove.REMOVE:
                    yield row
                    pending.append(row.id)

    def _needed_since(self, row_id: str) -> bool:
        """Whether ours refers to this row from a place that did not refer to it when both began."""
        before = {(row.id, name) for row, name in self._base.referrers(row_id)}
        return any((row.id, name) not in before for row, name in self._ours.referrers(row_id))

    def _twin(self, theirs: Row) -> str:
        if fields_of(type(theirs))[theirs.spec.title].kind is not Kind.TEXT:
            return ""
        called, base = theirs.called().casefold(), self._base.table(theirs.spec.kind).by_id
        rows = self._ours.rows(type(theirs))
        return next((r.id for r in rows if called and r.id not in base and r.called().casefold() == called), "")

    def _fields(self, base: Row | None, ours: Row, theirs: Row) -> Iterator[Item]:
        for names in _decided_together(ours, theirs):
            differing = tuple(name for name in names if ours.value(name) != theirs.value(name))
            if base is None:
                if names != (RANK,):
                    yield Item(base, ours, theirs, differing, conflict=True)
            elif self._let_go_alone(base, theirs, differing):
                continue
            elif any(theirs.value(name) != base.value(name) for name in differing):
                by_both = any(ours.value(name) != base.value(name) for name in differing)
                yield Item(base, ours, theirs, differing, conflict=by_both)

    def _let_go_alone(self, base: Row, theirs: Row, names: tuple[str, ...]) -> bool:
        """Whether theirs did nothing here but let go of what it removed: that follows from the removal."""
        first = names[0]
        left = base.value(first)
        for target in _targets(base, first):
            if target in self._removed:
                left = _without(left, target)
        declared = fields_of(type(theirs))
        nothing_else = all(theirs.value(name) == declared[name].empty for name in names[1:])
        return left != base.value(first) and theirs.value(first) == left and nothing_else

    def _lost(self, item: Item) -> Iterator[Item]:
        """What ours removed and theirs refers to anew."""
        if item.theirs is None:
            return
        names = item.fields or tuple(fields_of(type(item.theirs)))
        for name in names:
            for target in _targets(item.theirs, name):
                was, kept = self._base.find(target), self._theirs.find(target)
                if was is not None and kept is not None and self._ours.find(target) is None:
                    yield Item(was, None, kept, conflict=True)


def _decided_together(ours: Row, theirs: Row) -> Iterator[tuple[str, ...]]:
    """The fields in which two rows differ, with those that hang on a differing field beside it.

    What one owner accepted says nothing about the next: such a field goes where its owner goes.
    """
    declared = fields_of(type(theirs))
    differing = [name for name in declared if ours.value(name) != theirs.value(name)]
    for name in differing:
        if declared[name].emptied_with not in differing:
            yield (name, *(other for other in differing if declared[other].emptied_with == name))
    if ours.rank != theirs.rank:
        yield (RANK,)


# --- merging -----------------------------------------------------------------------------------------------


def merge(comparison: Comparison, choices: Choices, copy: str, mark: str) -> Edit:
    """Take what was chosen over into ours, as one step; it is logged even when everything stays as it is.

    `copy` is the name of the file that holds theirs, and `mark` tells that file from later ones (`merged_marks`).
    Raises AppError while something is undecided, and when the project is no longer the one that was compared.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        if document != comparison.ours:
            raise AppError(msg("The project was changed since it was compared."), msg("Compare again."))
        changes = tuple(between_documents(document, outcome(comparison, choices).document))
        step = mint.id()
        # A group of its own: it is never one step with what was typed just before.
        return ChangeSet(step, _label(copy, mark), changes, mint.moment(), mint.author, group=step)

    return edit


def _label(copy: str, mark: str) -> Message:
    return msg("Merge “{copy}” ({mark})", copy=copy, mark=mark)


def merged_marks(log: Iterable[ChangeSet]) -> frozenset[str]:
    """The marks of the copies that were merged already: nobody need be asked about them again."""
    params = (dict(entry.label.params) for entry in log if entry.label.id == _label("", "").id)
    return frozenset(str(found["mark"]) for found in params)


def outcome(comparison: Comparison, choices: Choices) -> Outcome:
    """What these choices lead to; AppError while something is undecided."""
    undecided = [item for item in comparison.items if item.key not in choices]
    if undecided:
        raise AppError(
            msg("Not decided yet: {count}.", count=len(undecided)), msg("Choose ours or theirs for each difference.")
        )
    rows = {row.id: row for row in comparison.ours}
    for item in comparison.items:
        if choices[item.key] is Side.COPY:
            _take(rows, item)
    chosen = dict(rows)
    _bring_along(rows, comparison, choices)
    let_go(rows)
    set_apart(rows, comparison.ours)
    followed = [RowChange(chosen.get(row_id), rows.get(row_id)) for row_id in dict.fromkeys([*chosen, *rows])]
    return Outcome(
        Document.of(comparison.ours.project_id, rows.values()),
        tuple(change for change in followed if change.before != change.after and not _is_moved(change)),
    )


def _take(rows: dict[str, Row], item: Item) -> None:
    if item.theirs is None:
        del rows[item.row.id]
    elif item.fields:
        rows[item.row.id] = with_fields(rows[item.row.id], {name: item.theirs.value(name) for name in item.fields})
    else:
        rows[item.row.id] = item.theirs


def _bring_along(rows: dict[str, Row], comparison: Comparison, choices: Choices) -> None:
    """With each row that is brought back, whatever its removal took away: what belongs to it, and who named it."""
    back = [item.row.id for item in comparison.items if _is_brought_back(item) and choices[item.key] is Side.COPY]
    while back:
        row_id = back.pop()
        for referrer, name in comparison.theirs.referrers(row_id):
            field, here = fields_of(type(referrer))[name], rows.get(referrer.id)
            if referrer.spec.scope is Scope.SIGNOFF:
                continue
            if here is None:
                was_there = comparison.base is not None and comparison.base.find(referrer.id) is not None
                if field.on_remove is OnRemove.REMOVE and was_there:
                    rows[referrer.id] = referrer
                    back.append(referrer.id)
                continue
            was = comparison.base.find(referrer.id) if comparison.base is not None else None
            # Emptied by the removal alone: theirs left the field as it was.
            emptied = {} if was is None else _emptied(was, name, row_id)
            if was is not None and was.value(name) == referrer.value(name) and here.value(name) == emptied[name]:
                rows[referrer.id] = with_fields(here, {each: was.value(each) for each in emptied})


def _is_brought_back(item: Item) -> bool:
    return item.ours is None and item.base is not None


def let_go(rows: dict[str, Row]) -> None:
    """Leave no reference to what is not there: empty it, or drop the row that means nothing without it."""
    pending = True
    while pending:
        pending = False
        for row in tuple(rows.values()):
            for name in fields_of(type(row)):
                for target in _targets(row, name):
                    if target in rows or row.id not in rows:
                        continue
                    pending = True
                    if fields_of(type(row))[name].on_remove is OnRemove.REMOVE and not row.spec.is_fixed:
                        del rows[row.id]
                    else:
                        here = rows[row.id]
                        rows[row.id] = with_fields(here, _emptied(here, name, target))


def set_apart(rows: dict[str, Row], ours: Document) -> None:
    """Two rows of a kind never have the same rank: one that was taken over stands behind the one that was there."""
    for row_class in ALL:
        kind = sorted(
            (row for row in rows.values() if type(row) is row_class and row.rank),
            key=lambda row: (row.rank, ours.find(row.id) != row, row.id),
        )
        last = ""
        for place, row in enumerate(kind):
            if row.rank <= last:
                behind = next((other.rank for other in kind[place:] if other.rank > last), "")
                rows[row.id] = with_fields(row, {RANK: between(last, behind)})
            last = rows[row.id].rank


def _is_moved(change: RowChange) -> bool:
    """Whether only the order differs, which nobody need be told about."""
    return change.before is not None and change.after is not None and change.fields() == {RANK}


def _emptied(row: Row, name: str, target: str) -> dict[str, Value]:
    hanging = {other: field.empty for other, field in fields_of(type(row)).items() if field.emptied_with == name}
    return {**hanging, name: _without(row.value(name), target)}


def _without(value: Value, target: str) -> Value:
    return tuple(item for item in value if item != target) if isinstance(value, tuple) else None


def _targets(row: Row, name: str) -> Iterable[str]:
    field = fields_of(type(row)).get(name)
    return targets_of(row, name) if field is not None and field.is_reference else ()
