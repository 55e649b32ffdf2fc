"""Evidence that is pasted or read from a file: a table with a heading line, tab, semicolon or comma between its cells.

Two shapes are told apart by their headings. *One line a run* has a heading "outcome"; its runs are summed up to one
row for each action, behaviour version and mode. *One line a period* has the fields of Evidence as headings, by their
labels or names in any order. A behaviour version or mode that is left out is the one of today.

Reading changes nothing: a Preview holds what would be added and everything that is wrong, line by line; `adding` makes
an edit of it, all or nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.edits import Edit
from app.edits.generic import change_set, rank_before, with_values
from app.errors import AppError, Unreadable
from app.evidence_text import cells
from app.evidence_text.shapes import RUN_HEADINGS, NewEvidence, Periods, Runs, Shape, plain
from app.messages import Message, msg, number_of
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.ids import Mint
from app.model.oversight import Evidence
from app.model.ranks import between
from app.policy.days import in_words

LARGEST = 10_000_000
"""Characters."""

MOST_LINES = 100_000
MOST_ROWS = 2_000
MOST_FAULTS = 50
"""Reading stops after so many faults."""


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong in a line, and what to do about it; line 1 is the heading."""

    line: int
    problem: AppError


@dataclass(frozen=True, slots=True)
class Preview:
    """What a text would add, and what is wrong with it. `lines` counts the lines below the heading."""

    rows: tuple[NewEvidence, ...]
    faults: tuple[LineFault, ...]
    lines: int

    @property
    def overlapping(self) -> tuple[NewEvidence, ...]:
        return tuple(row for row in self.rows if row.overlaps is not None)


def read_evidence(document: Document, text: str, now: str) -> Preview:
    """What a pasted text or the text of a file would add to this project; `now` is the moment, such as
    2026-11-21T03:00:00.000Z, after which nothing can have been seen.

    Raises Unreadable where it is no table of evidence at all: too large, no heading that fits, no line below it.
    """
    if len(text) > LARGEST:
        raise Unreadable(msg("This is more than can be read at once."), msg("Split it into files of up to 10 MB."))
    head, lines = _table(text)
    shape: Shape = Runs(document, now) if _is_by_run(head) else Periods(document, now)
    columns = _columns(head, shape)
    faults: list[LineFault] = []
    count = 0
    for number, given in lines:
        count += 1
        if count > MOST_LINES:
            raise Unreadable(
                msg("These are more than {most} lines.", most=f"{MOST_LINES:,}"), msg("Read them in parts.")
            )
        try:
            shape.take(number, _named(columns, given))
        except AppError as problem:
            faults.append(LineFault(number, problem))
        if len(faults) == MOST_FAULTS:
            break
    if not count:
        raise Unreadable(msg("There is no line below the headings."), msg("Paste the lines with their headings."))
    rows = [] if faults else list(shape.rows())
    if len(rows) > MOST_ROWS:
        raise Unreadable(
            msg("These would be {count} rows of evidence.", count=f"{len(rows):,}"),
            msg("Sum them up to {most} at most.", most=f"{MOST_ROWS:,}"),
        )
    return Preview(tuple(_overlapping(document, rows)), tuple(faults), count)


def adding(preview: Preview, *, overlapping: bool = False) -> Edit:
    """Add everything that a preview holds, as one step.

    Raises an AppError where a line has a fault, or where runs might count twice and `overlapping` does not allow it.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        if preview.faults:
            first = preview.faults[0]
            raise AppError(
                msg("Line {line}: {why}", line=first.line, why=str(first.problem)), msg("Nothing was added.")
            )
        if preview.overlapping and not overlapping:
            raise AppError(
                preview.overlapping[0].overlaps or msg(""), msg("Leave it out, or say that it is to be added.")
            )
        changes, rank = [], rank_before(document, Evidence, None)
        for each in preview.rows:
            changes.append(RowChange(None, with_values(document, Evidence(id=mint.id(), rank=rank), each.values)))
            rank = between(rank, "")
        return change_set(mint, msg("Add evidence: {count}", count=len(changes)), changes)

    return edit


# --- the table ---------------------------------------------------------------------------------------------


def _table(text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The headings, and the lines below them with their numbers; lines without any text are passed over."""
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip() and not _is_hint(line)), "")
    mark = max("\t;,", key=first.count)
    found = (line for line in _cut(text, mark) if not _is_hint(line[1][0]))
    head = next(found, None)
    if head is None:
        raise Unreadable(msg("There is nothing to read."), msg("Paste a table with its headings."))
    return head[1], found


def _cut(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for row in reader:
            line = [cell.strip() for cell in row]
            if any(line):
                yield reader.line_num, line
    except csv.Error as error:
        raise Unreadable(
            msg("Line {line} cannot be read.", line=reader.line_num), msg("Look for a quote that is not closed.")
        ) from error


def _is_hint(line: str) -> bool:
    """Whether it is the line in which a spreadsheet says what parts its cells."""
    return line.strip().casefold().startswith("sep=")


def _is_by_run(head: Sequence[str]) -> bool:
    """Whether the headings are those of one line a run: one says the outcome, or most of them are known there and not
    in the other shape, so that a slip in one heading is told in the right words."""
    given = {plain(cell) for cell in head}
    if given.intersection(RUN_HEADINGS["outcome"]):
        return True
    return len(given & (Runs.headings.keys() - Periods.headings.keys())) > len(
        given & (Periods.headings.keys() - Runs.headings.keys())
    )


def _columns(head: Sequence[str], shape: Shape) -> list[str]:
    """The name of each column; Unreadable for a heading that is not known or stands there twice."""
    columns = []
    for cell in head:
        name = shape.headings.get(plain(cell))
        if name is None:
            raise Unreadable(
                msg("“{heading}” is no heading of evidence.", heading=cell[: cells.SHOWN]),
                msg("{shape}: {names}.", shape=msg(shape.called), names=", ".join(shape.asked)),
            )
        if name in columns:
            raise Unreadable(msg("The heading “{heading}” stands there twice.", heading=cell[: cells.SHOWN]))
        columns.append(name)
    if "action" not in columns:
        raise Unreadable(msg("No column says which action it was."), msg("Add a column with the heading “action”."))
    missing = [name for name in shape.needed if name not in columns]
    if missing:
        raise Unreadable(
            msg("No column says “{heading}”.", heading=missing[0]),
            msg("{shape}: {names}.", shape=msg(shape.called), names=", ".join(shape.asked)),
        )
    return columns


def _named(columns: Sequence[str], given: Sequence[str]) -> dict[str, str]:
    """The cells of a line by the name of their column, without the empty ones."""
    if len(given) > len(columns):
        raise AppError(
            msg(
                "There are {count} cells below {headings}.",
                count=len(given),
                headings=number_of(len(columns), "1 heading", "{count} headings"),
            ),
            msg("Put quotes around a cell that holds a separator."),
        )
    return {name: cell for name, cell in zip(columns, given, strict=False) if cell}


# --- twice the same ----------------------------------------------------------------------------------------


def _overlapping(document: Document, rows: Iterable[NewEvidence]) -> Iterator[NewEvidence]:
    """The rows, each with what it overlaps: a row of the project, or a line before it."""
    seen: dict[tuple[Any, ...], list[tuple[str, str, Message]]] = {}
    for row in document.rows(Evidence):
        key = (row.action, row.behaviour_version, row.mode)
        seen.setdefault(key, []).append((row.from_day, row.to_day, msg("evidence that is there already")))
    for new in rows:
        key = tuple(new.values[name] for name in ("action", "behaviour_version", "mode"))
        first, last = new.values.get("from_day", ""), new.values.get("to_day", "")
        before = seen.setdefault(key, [])
        twin = next((what for start, end, what in before if _meet(first, last, start, end)), None)
        before.append((first, last, msg("line {line}", line=new.line)))
        yield (
            new
            if twin is None
            else NewEvidence(new.line, new.values, _same(document, new, first, last, twin), new.notes)
        )


def _meet(first: str, last: str, start: str, end: str) -> bool:
    """Whether two periods share a day; one whose days are not known may share any."""
    return (not (end or start) or (first or last) <= (end or start)) and (
        not (last or first) or (start or end) <= (last or first)
    )


def _same(document: Document, new: NewEvidence, first: str, last: str, twin: Message) -> Message:
    action = document.called(new.values["action"])
    if not first or not last:
        return msg(
            "Line {line} may count runs of “{action}” twice, beside {twin}.", line=new.line, action=action, twin=twin
        )
    return msg(
        "Line {line} may count runs of “{action}” twice: {first} to {last} overlaps {twin}.",
        line=new.line,
        action=action,
        first=in_words(first),
        last=in_words(last),
        twin=twin,
    )
