"""Reads a workbook from outside: what it carries, what it shows, and how it differs from the one it should be.

A few kilobytes can be made to hang a careless reader, so the zip is measured before anything is parsed, rows and
columns are bounded, and no dimension that the file claims is believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from app.errors import Unreadable
from app.messages import Message, msg
from app.report.model import CellValue, Report
from exporters.xlsx import looks
from exporters.xlsx.text import shown_text
from exporters.xlsx.writer import DATA_SHEET, make_with_origins

LARGEST_FILE = 100_000_000
LARGEST_CONTENT = 400_000_000
MOST_ENTRIES = 2_000
HIGHEST_RATIO = 400
"""How many times its size an entry of more than a megabyte may unpack to."""

MEGABYTE = 1_000_000
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 200_000, 600, 60
QUOTED = 80

Cells = dict[tuple[int, int], CellValue]
Source = Path | IO[bytes]


def read_attachment(source: Source) -> str:
    """The JSON that the hidden sheet carries; Unreadable when the file is no workbook of ours."""
    return "".join(
        str(row[0])
        for number, row in enumerate(_rows(source, DATA_SHEET), 1)
        if number > 1 and row and row[0] is not None
    )


def visible_cells(source: Source) -> dict[str, Cells]:
    """Sheet -> (row, column) -> what stands there, for every sheet that is not hidden, in order.

    A formula is its text. Raises Unreadable like `read_attachment`.
    """
    found: dict[str, Cells] = {}
    with _Opened(source) as workbook:
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "visible":
                found[sheet.title] = {
                    (row, column): value
                    for row, values in enumerate(_bounded(sheet), 1)
                    for column, stored in enumerate(values, 1)
                    if stored is not None and (value := _value(stored)) is not None
                }
    return found


def compare(copy: Source, rebuilt: Source) -> Message | None:
    """The first difference in words between a copy and the workbook that it should be.

    None proves little: a workbook can show the same cells in a hundred ways, or not at all (see
    `exporters.xlsx.looks`). Only a copy of the same bytes shows the same.
    """
    if looks.has_pictures(copy):
        return msg("The copy carries a picture or a shape, which could lie over what it says.")
    theirs, ours = visible_cells(copy), visible_cells(rebuilt)
    for their_name, our_name in zip_longest(theirs, ours):
        if their_name != our_name:
            return msg(
                "The copy has the sheet “{theirs}” where “{ours}” belongs.",
                theirs=_quoted(their_name),
                ours=_quoted(our_name),
            )
    return next((found for name in ours if (found := _difference(name, theirs[name], ours[name]))), None)


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell that says something else than the workbook that was exported: what it said, what it says now, and the
    origin of the field that it shows ("" where it shows none). `moved` is true where the rows of its table seem to
    have been sorted or swapped, so that nobody can say which row was meant."""

    sheet: str
    place: str
    was: str
    now: str
    origin: str
    moved: bool


def differences(copy: Source, report: Report) -> list[CellDifference]:
    """Every cell of an edited workbook that differs from the one that its report makes."""
    workbook, origins = make_with_origins(report)
    rebuilt = BytesIO()
    workbook.save(rebuilt)
    theirs, ours = visible_cells(copy), visible_cells(rebuilt)
    found: list[CellDifference] = []
    for sheet, cells in ours.items():
        edited = theirs.get(sheet, cells)
        places = [at for at in sorted(edited.keys() | cells.keys()) if edited.get(at) != cells.get(at)]
        moved = _moved_rows(places, cells, edited)
        for row, column in places:
            was, now = _text(cells.get((row, column))), _text(edited.get((row, column)))
            place = f"{get_column_letter(column)}{row}"
            origin = origins.get((sheet, row, column), "")
            found.append(CellDifference(sheet, place, was, now, origin, row in moved))
    return found


def _moved_rows(places: list[tuple[int, int]], ours: Cells, theirs: Cells) -> set[int]:
    """Rows that differ only in that the same values stand in another order: sorted, not edited."""
    moved: set[int] = set()
    for column in {column for _, column in places}:
        here = [(row, column) for row, other in places if other == column]
        was, now = ([cells.get(at) for at in here] for cells in (ours, theirs))
        if len(here) > 1 and Counter(was) == Counter(now):
            moved.update(row for row, _ in here)
    return moved


def _text(value: CellValue) -> str:
    return "" if value is None else str(value)


# --- opening -----------------------------------------------------------------------------------------------


class _Opened:
    """A workbook opened for reading only; whatever goes wrong with it is one sentence."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __enter__(self) -> Any:
        measure(self._source)
        try:
            # openpyxl meets a hostile or damaged file with errors of every kind.
            self._workbook = load_workbook(self._source, read_only=True, keep_links=False)
        except Exception as error:
            raise _not_a_workbook() from error
        if len(self._workbook.worksheets) > MOST_SHEETS:
            raise _not_a_workbook()
        return self._workbook

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._workbook.close()
        if isinstance(error, Exception) and not isinstance(error, Unreadable):
            raise _not_a_workbook() from error


def measure(source: Source) -> None:
    """Look at a file before anything in it is believed; Unreadable unless it is a zip of a bearable size."""
    if isinstance(source, Path):
        if source.is_dir():
            raise Unreadable(msg("{name} is a folder.", name=source.name), msg("Name an XLSX file."))
        if not source.exists():
            raise Unreadable(msg("{name} is not there.", name=source.name), msg("Check the name of the file."))
    try:
        with ZipFile(source) as package:
            entries = package.infolist()
            too_large = Unreadable(msg("This workbook is larger than Ownermap reads."), msg("Ask for a fresh export."))
            if len(entries) > MOST_ENTRIES or sum(entry.compress_size for entry in entries) > LARGEST_FILE:
                raise too_large
            if sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
                raise too_large
            for entry in entries:
                if entry.file_size > MEGABYTE and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
                    raise too_large
                if entry.flag_bits & 0x1:
                    raise Unreadable(msg("This workbook has a password."), msg("Save it without one."))
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise _not_a_workbook() from error


def _rows(source: Source, name: str) -> list[tuple[Any, ...]]:
    with _Opened(source) as workbook:
        if name not in workbook.sheetnames:
            raise Unreadable(
                msg("This workbook carries no project data of Ownermap."),
                msg("Choose an XLSX that Ownermap exported."),
            )
        return list(_bounded(workbook[name], columns=1))


def _bounded(sheet: Any, columns: int = MOST_COLUMNS) -> Iterator[tuple[Any, ...]]:
    """The values of a sheet, row by row, up to the last one that holds something."""
    sheet.reset_dimensions()
    blank = 0
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=columns, values_only=True):
        if row.count(None) < len(row):
            yield from ((),) * blank
            blank = 0
            yield row
        else:
            blank += 1


def _not_a_workbook() -> Unreadable:
    return Unreadable(
        msg("This is not a workbook that can be read, or it is damaged."), msg("Choose an XLSX that Ownermap exported.")
    )


# --- comparing ---------------------------------------------------------------------------------------------


def _difference(sheet: str, theirs: Mapping[tuple[int, int], CellValue], ours: Cells) -> Message | None:
    for row, column in sorted(theirs.keys() | ours.keys()):
        their_value, our_value = theirs.get((row, column)), ours.get((row, column))
        if their_value != our_value:
            return msg(
                "On the sheet “{sheet}” the cell {cell} says “{theirs}”; exported was “{ours}”.",
                sheet=sheet,
                cell=f"{get_column_letter(column)}{row}",
                theirs=_quoted(their_value),
                ours=_quoted(our_value),
            )
    return None


def _value(value: Any) -> CellValue:
    """A value as it is compared: a text as it is seen, a number that another program saved as 3.0 as 3."""
    if isinstance(value, str):
        return shown_text(value) or None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or type(value) is int else str(value)


def _quoted(value: CellValue) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
