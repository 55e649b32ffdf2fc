"""Tables as a spreadsheet program knows them: with filters, and for the RACI with a list, looks and a live check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn

from app.messages import words
from app.report.model import Cell, CellValue, Table
from exporters.xlsx.canvas import NARROWEST, WIDEST, Canvas
from exporters.xlsx.styles import CENTRE, LETTER_STYLES, UNDERLINED, WRONG
from exporters.xlsx.text import cell_text, header_text

SHORT, LONGEST, TABLE_WIDTH = 20, 48, 120
"""Characters. A column up to the first is as wide as its words, those that say more share what is left of a table's
width; no column is wider than the second."""

ROW_WIDTH, LETTER_WIDTH = 46, 6
"""Characters of the name of a row of a matrix, and of a letter's column."""

LETTERS = ("A", "R", "C", "I", "A/R", "-")
OK = "ok"


def write_table(canvas: Canvas, table: Table, names: set[str]) -> int:
    """Write a table that has rows; the row of its headings. `names` are the names of tables that are taken."""
    headings = _headings(table)
    head = canvas.row
    canvas.widest = ROW_WIDTH if table.matrix else _widest(table)
    _write_head(canvas, headings, upright=labels(table) if table.matrix else len(headings))
    for group, row in _grouped(table):
        if table.groups:
            canvas.put_wide(1, group, "group")
        (_write_matrix_row if table.matrix else _write_row)(canvas, row, labels(table))
        canvas.row += 1
    canvas.widest = WIDEST
    if table.matrix:
        _make_matrix(canvas, head + 1, labels(table) + 1, labels(table) + len(table.columns) - 1)
    _make_table(canvas, _free(f"tbl_{table.key}", names, "{}_{}"), headings, head)
    return head


def _widest(table: Table) -> int:
    """How wide a column of this table may become."""
    columns = [*zip(*table.rows, strict=True)]
    natural = [max(len(str(cell.value)) for cell in column) + 2 for column in columns]
    if table.groups:
        natural.append(max(len(heading) for _, heading in table.groups) + 2)
    short = [max(width, NARROWEST) for width in natural if width <= SHORT]
    long = len(natural) - len(short)
    return min(LONGEST, max(SHORT, (TABLE_WIDTH - sum(short)) // long)) if long else SHORT


def labels(table: Table) -> int:
    """The columns at the left that say what a row is: its group, if there are groups, and its name."""
    return 1 + bool(table.groups)


def with_note(cell: Cell) -> CellValue:
    """The value of a cell with the explanation that belongs to it."""
    return f"{cell.value} ({cell.note})" if cell.note else cell.value


def _headings(table: Table) -> list[str]:
    """Headings as a table needs them: text, and each only once whatever its case."""
    wanted = [column.heading for column in table.columns]
    if table.groups:
        wanted.insert(0, table.group_heading or words("Part"))
    if table.matrix:
        wanted.append(words("Check"))
    taken: set[str] = set()
    return [_free(header_text(heading), taken, "{} ({})") for heading in wanted]


def _free(wanted: str, taken: set[str], numbered: str) -> str:
    """The wanted name, numbered where it is taken in whatever case; it is taken from now on."""
    name, number = wanted, 2
    while name.casefold() in taken:
        name, number = numbered.format(wanted, number), number + 1
    taken.add(name.casefold())
    return name


def _grouped(table: Table) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Each row with the heading of its group."""
    starts, group = dict(table.groups), ""
    for index, row in enumerate(table.rows):
        group = starts.get(index, group)
        yield group, row


def _write_head(canvas: Canvas, headings: Sequence[str], upright: int) -> None:
    """The row of headings; those after the column `upright` stand upright, above the button of the filter."""
    for column, heading in enumerate(headings, 1):
        if column > upright:
            canvas.put(column, heading, "matrix_head")
            canvas.widen(column, LETTER_WIDTH)
        else:
            canvas.heading(column, heading, "head")
    longest = max(map(len, headings[upright:]), default=0)
    canvas.sheet.row_dimensions[canvas.row].height = 20 + 5.5 * min(longest, 30) if longest else 32
    canvas.row += 1


def _write_row(canvas: Canvas, row: Iterable[Cell], first: int) -> None:
    for column, cell in enumerate(row, first):
        canvas.mark(column, cell)
        canvas.put_wide(column, with_note(cell), f"cell_{cell.tone}")


# --- the matrix --------------------------------------------------------------------------------------------


def _write_matrix_row(canvas: Canvas, row: Sequence[Cell], first: int) -> None:
    canvas.put_wide(first, row[0].value, "cell_strong")
    for column, cell in enumerate(row[1:], first + 1):
        canvas.mark(column, cell)
        canvas.put(column, cell.value, "changed_letter" if cell.note else "letter")
    last = first + len(row) - 1
    here = f"{get_column_letter(first + 1)}{canvas.row}:{get_column_letter(last)}{canvas.row}"
    canvas.formula(last + 1, _check(here), "check")


def _check(place: str) -> str:
    """The check of a matrix row: exactly one A and at least one R, alone or as A/R."""
    count = f'(COUNTIF({place},"A")+COUNTIF({place},"A/R"))'
    doing = f'(COUNTIF({place},"R")+COUNTIF({place},"A/R"))'
    none, many, idle = (words(text).replace('"', '""') for text in ("no A", "more than one A", "no R"))
    return f'=IF({count}=0,"{none}",IF({count}>1,"{many}",IF({doing}=0,"{idle}","{OK}")))'


def _make_matrix(canvas: Canvas, top: int, first: int, last: int) -> None:
    """A list to choose a letter from, looks that follow the letter, and a check that turns red."""
    sheet, bottom = canvas.sheet, canvas.row - 1
    corner = f"{get_column_letter(first)}{top}"
    letters = f"{corner}:{get_column_letter(last)}{bottom}"
    choice = DataValidation(type="list", formula1=f'"{",".join(LETTERS)}"', allow_blank=True)
    choice.errorTitle, choice.error = words("RACI"), words("Choose R, A, C, I, A/R or - (no part in it).")
    choice.add(letters)
    sheet.add_data_validation(choice)
    for letter, look in LETTER_STYLES.items():
        rule = Rule(type="expression", formula=[f'{corner}="{letter}"'], dxf=look)
        sheet.conditional_formatting.add(letters, rule)
    check = get_column_letter(last + 1)
    wrong = Rule(type="expression", formula=[f'${check}{top}<>"{OK}"'], dxf=WRONG)
    sheet.conditional_formatting.add(f"{check}{top}:{check}{bottom}", wrong)
    for column in range(first, last + 1):
        # A letter that is typed into an empty cell stands in the middle too.
        sheet.column_dimensions[get_column_letter(column)].alignment = CENTRE


def _make_table(canvas: Canvas, name: str, headings: Sequence[str], head: int) -> None:
    corner = f"{get_column_letter(len(headings))}{canvas.row - 1}"
    hairlines = Rule(type="expression", formula=["TRUE"], dxf=UNDERLINED)
    canvas.sheet.conditional_formatting.add(f"A{head + 1}:{corner}", hairlines)
    place = f"A{head}:{corner}"
    made = ExcelTable(displayName=name, ref=place, autoFilter=AutoFilter(ref=place))
    made.tableColumns = [TableColumn(id=number, name=cell_text(heading)) for number, heading in enumerate(headings, 1)]
    canvas.sheet.add_table(made)
