"""What evidence is written with: points that a map shows or lacks, in phrases without a full stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.messages import Message, msg
from app.model.document import Document
from app.model.fields import Choice, fields_of
from app.model.row import Row
from app.policy.holders import holder
from app.policy.raci import matrix

MOST_NAMED = 4
"""Names in a list before it goes on with a count."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that the map shows, or lacks."""

    text: Message
    there: bool


Points = Iterator[Point]


def has(id: str, **params: str | int | Message) -> Point:
    """Something that the map shows."""
    return Point(msg(id, **params), True)


def lacks(id: str, **params: str | int | Message) -> Point:
    """Something that the map lacks."""
    return Point(msg(id, **params), False)


def written(row: Row, names: Iterable[str]) -> Points:
    """Which of these texts of a row are written."""
    labels: dict[bool, list[Message]] = {True: [], False: []}
    for name in names:
        labels[bool(row.value(name))].append(msg(fields_of(type(row))[name].label))
    if labels[True]:
        yield has("In writing: {names}", names=listed(labels[True]))
    if labels[False]:
        yield lacks("Not in writing: {names}", names=listed(labels[False]))


def missing(id: str, rows: Iterable[Row]) -> Points:
    """A point that lists the rows concerned as {names}; none when there are none."""
    return missing_names(id, (_called(row.called()) for row in rows))


def missing_names(id: str, names: Iterable[Message]) -> Points:
    """A point that lists {names}; none when there are none."""
    found = list(names)
    if found:
        yield lacks(id, names=listed(found))


def answering(document: Document, *keys: str) -> Points:
    """Who is accountable in these rows of the matrix, where they have a subject here."""
    found = matrix(document)
    for row in filter(None, map(found.row, keys)):
        what = row.label if isinstance(row.label, Message) else msg(row.label)
        names = [name for code in row.holding("A") if (name := holder(document, code).name)]
        if names:
            yield has("{what}: {name} answers for it", what=what, name=listed(map(_called, names)))
        else:
            yield lacks("{what}: nobody answers for it", what=what)


def name_of(document: Document, row_id: str | None) -> Message:
    """How the row with this id is called."""
    return _called(document.called(row_id))


def names_of(document: Document, row_ids: Iterable[str]) -> Message:
    """How several rows, at least one, are called."""
    return listed(name_of(document, row_id) for row_id in row_ids)


def listed(names: Iterable[Message]) -> Message:
    """The first of one or more names, and how many more there are."""
    found = list(names)
    most = MOST_NAMED if len(found) > MOST_NAMED + 1 else len(found)
    sentence = found[0]
    for name in found[1:most]:
        sentence = msg("{start}, {next}", start=sentence, next=name)
    rest = len(found) - most
    return msg("{names} and {count} more", names=sentence, count=rest) if rest else sentence


def label(choices: Iterable[Choice], value: str) -> Message:
    """The words of a choice."""
    return msg(next((entry.label for entry in choices if entry.value == value), "not said"))


def _called(name: str) -> Message:
    return msg("{name}", name=name) if name else msg("without a name")
