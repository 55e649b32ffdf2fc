"""What makes Excel "repair" a file, looked for before it is saved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

LONGEST_NAME = 31
LONGEST_LIST = 255


class UnsoundWorkbook(Exception):
    """The writer made something that Excel would not open as it stands: a fault of the program, never of a person."""


def check(workbook: Workbook) -> None:
    """Raise UnsoundWorkbook that names every fault of a workbook which is about to be saved."""
    faults = list(_faults(workbook))
    if faults:
        raise UnsoundWorkbook("; ".join(faults))


def _faults(workbook: Workbook) -> Iterator[str]:
    names = [name.casefold() for name in workbook.sheetnames]
    tables = [name.casefold() for sheet in workbook.worksheets for name in sheet.tables]
    if len(set(names)) != len(names):
        yield "two sheets have the same name"
    if len(set(tables)) != len(tables):
        yield "two tables have the same name"
    for sheet in workbook.worksheets:
        if not 0 < len(sheet.title) <= LONGEST_NAME or re.search(r"[\[\]:*?/\\]|^'|'$", sheet.title):
            yield f"{sheet.title!r} is no name for a sheet"
        yield from _table_faults(sheet)
        for validation in sheet.data_validations.dataValidation:
            if len(validation.formula1 or "") > LONGEST_LIST:
                yield f"{sheet.title}: a list to choose from is too long"


def _table_faults(sheet: Worksheet) -> Iterator[str]:
    tables = [*sheet.tables.values()]
    areas = [(f"table {table.displayName}", str(table.ref)) for table in tables]
    areas += [("merge", str(area)) for area in sheet.merged_cells.ranges]
    yield from _overlaps(sheet, areas)
    for table in tables:
        name = table.displayName
        if not re.fullmatch(r"[a-z_][a-z0-9_]{0,200}", name):
            yield f"{name!r} is no name for a table"
        left, top, right, _ = _bounds(str(table.ref))
        headings = [sheet.cell(top, column).value for column in range(left, right + 1)]
        named = [column.name for column in table.tableColumns]
        if headings != named or any(type(heading) is not str or not heading for heading in headings):
            yield f"{sheet.title}: the headings of {name} differ from {get_column_letter(left)}{top}"
        if len({str(heading).casefold() for heading in headings}) != len(headings):
            yield f"{sheet.title}: {name} has the same heading twice"


def _overlaps(sheet: Worksheet, areas: list[tuple[str, str]]) -> Iterator[str]:
    """From top to bottom, each area against those above that reach down to it."""
    reaching: list[tuple[int, int, int]] = []
    for (left, top, right, bottom), what, place in sorted(
        ((_bounds(place), what, place) for what, place in areas), key=lambda area: area[0][1]
    ):
        reaching = [other for other in reaching if other[2] >= top]
        if any(left <= other_right and other_left <= right for other_left, other_right, _ in reaching):
            yield f"{sheet.title}: {what} {place} lies over another"
        reaching.append((left, right, bottom))


def _bounds(place: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(place)
    if left is None or top is None or right is None or bottom is None:
        raise UnsoundWorkbook(f"{place} is no area")
    return left, top, right, bottom
