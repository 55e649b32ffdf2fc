"""A row change in words: what it was about, and each field before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.messages import msg, words
from app.model.changes import ChangeSet, RowChange
from app.model.fields import Scope, fields_of
from app.model.row import Row
from app.report.display import display, heading
from app.report.material import Material

LONGEST = 120
"""Characters of a value that a summary of a change quotes."""

TELLING_ZEROS = frozenset({"harmful", "breaches", "failed_stops"})
"""Counts of which a zero says something: that somebody looked, and there were none."""


class Told(NamedTuple):
    """One difference: the row it is about, what happened to it, and the value before and after."""

    about: str
    what: str
    before: str
    after: str


def told(
    material: Material, change: RowChange, names: Iterable[str] = (), *, earlier: Material | None = None
) -> Iterator[Told]:
    """The differences of one row change; `names` are the fields that differ, none for a row that came or went.

    What stood before is told as of `earlier` where that is given: by the names and in the currency of that time.
    """
    earlier = earlier or material
    about = title(material if change.after else earlier, change.row)
    if change.before is None:
        yield Told(about, words("added"), "", _summary(material, change.row))
        return
    if change.after is None:
        yield Told(about, words("removed"), _summary(earlier, change.row), "")
        return
    declared = fields_of(type(change.row))
    for name in names:
        field = declared[name]
        before = display(earlier.document, field, change.before.value(name), earlier.agent)
        after = display(material.document, field, change.after.value(name), material.agent)
        yield Told(about, heading(field), before, after)


def title(material: Material, row: Row) -> str:
    """A row by its kind and how it is called: Owner “Exception owner”."""
    kind, called = words(row.spec.one), material.called(row)
    if row.spec.singleton or not called:
        return kind
    return words(msg("{kind} “{called}”", kind=kind, called=_short(called)))


def public(material: Material, entry: ChangeSet) -> tuple[RowChange, ...]:
    """The changes of a change set that a reader of the export may see."""
    return tuple(change for change in entry.changes if material.private or not change.scopes() <= {Scope.PRIVATE})


def in_short(material: Material, changes: tuple[RowChange, ...], most: int = 4) -> str:
    """What a change set did, a line each for its first few differences."""
    lines: list[str] = []
    for change in changes:
        declared = fields_of(type(change.row))
        names = [n for n in declared if n in change.fields() and _visible(material, declared[n].scope)]
        for about, what, before, after in told(material, change, names):
            came_or_went = change.before is None or change.after is None
            said = before or after if came_or_went else f"{_short(before) or '–'} → {_short(after) or '–'}"
            lines.append(f"{about}, {what}: {said or '–'}")
    if len(lines) > most:
        over = len(lines) - most
        lines[most:] = [words(msg("and {count} more", count=over))]
    return "\n".join(lines)


def in_full(material: Material, changes: Iterable[RowChange], longest: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each change of an entry of the operating record: what it was about, and all that it says, a field a line.

    Blank fields are left out, and zeros that say nothing. With `longest`, values are shortened to so many characters.
    """
    for change in changes:
        about = title(material, change.row)
        if change.before is None or change.after is None:
            what = words("added") if change.before is None else words("removed")
            yield f"{about}, {what}", list(_stated(material, change.row, longest))
            continue
        declared = fields_of(type(change.row))
        names = [n for n in declared if n in change.fields() and _visible(material, declared[n].scope)]
        found = told(material, change, names)
        lines = [
            f"{each.what}: {_cut(each.before, longest) or '–'} → {_cut(each.after, longest) or '–'}" for each in found
        ]
        yield about, lines


def _stated(material: Material, row: Row, longest: int) -> Iterator[str]:
    """Every field of a row of the record that says something."""
    for name, field in fields_of(type(row)).items():
        value = row.value(name)
        silent = value == field.empty or (value == 0 and name not in TELLING_ZEROS)
        if not silent and _visible(material, field.scope):
            yield f"{heading(field)}: {_cut(display(material.document, field, value, material.agent), longest)}"


def _cut(text: str, longest: int) -> str:
    return _short(text, longest) if longest else text


def _visible(material: Material, scope: Scope) -> bool:
    return material.private or scope is not Scope.PRIVATE


def _summary(material: Material, row: Row) -> str:
    """The first few fields of a row that are filled in."""
    declared = fields_of(type(row))
    filled = [
        f"{heading(field)}: {_short(display(material.document, field, row.value(name), material.agent))}"
        for name, field in declared.items()
        if field.limit < 20_000 and _visible(material, field.scope) and row.value(name) != field.empty
    ]
    return "; ".join(filled[:4])


def _short(text: str, longest: int = LONGEST) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
