"""What an export that somebody handed in carries and shows: read, made anew and compared in a bounded process.

The functions at the end are the tasks of that process (see app.bounded); the others run them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from app import bounded, interchange
from app.exporting import report_again
from app.messages import words

SECONDS_A_MEGABYTE = 60
"""Of the processor, for each megabyte of the file, beyond what every file is given."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A PDF or XLSX: the JSON that it carries, and how what it shows differs from what that JSON makes ("" where it
    does not). `same_layout` is False where another version of the layout made it, so that nobody can compare."""

    attachment: str
    same_layout: bool
    difference: str


@dataclass(frozen=True, slots=True)
class EditedCell:
    """A cell of a workbook that says something else than was exported (see exporters.xlsx.reader.CellDifference)."""

    sheet: str
    place: str
    was: str
    now: str
    origin: str
    moved: bool


def inspect(path: Path) -> Inspected:
    """What a PDF or XLSX carries and shows; Unreadable where it cannot be read within bounds."""
    task = "pdf" if path.suffix.lower() == ".pdf" else "xlsx"
    return Inspected(**_run(task, path))


def edited_cells(path: Path) -> tuple[str, list[EditedCell]]:
    """The JSON that a workbook carries, and what was edited in it; Unreadable where it cannot be read within bounds."""
    attachment, cells = _run("cells", path)
    return attachment, [EditedCell(**cell) for cell in cells]


def try_json(path: Path) -> None:
    """Read an interchange document once where it may fail; Unreadable where it cannot be read within bounds."""
    _run("json", path)


def _run(task: str, path: Path) -> Any:
    # An honest project of 500 actions takes 10 to 30 seconds for a PDF of two megabytes; a bomb is small.
    seconds = bounded.SECONDS + SECONDS_A_MEGABYTE * path.stat().st_size // 1_000_000
    return bounded.call(f"{__name__}:_{task}", str(path.absolute()), seconds=seconds)


# --- tasks -------------------------------------------------------------------------------------------------


def _xlsx(name: str) -> dict[str, Any]:
    from exporters.xlsx import reader, writer

    path = Path(name)
    attachment = reader.read_attachment(path)
    _, options, report = report_again(attachment)
    if options.layout != report.layout:
        return asdict(Inspected(attachment, False, ""))
    rebuilt = BytesIO()
    writer.write(report, rebuilt)
    difference = reader.compare(path, rebuilt)
    return asdict(Inspected(attachment, True, words(difference) if difference else ""))


def _pdf(name: str) -> dict[str, Any]:
    from exporters.pdf import reader

    path = Path(name)
    attachment = reader.read_attachment(path)
    _, options, report = report_again(attachment)
    if options.layout != report.layout:
        return asdict(Inspected(attachment, False, ""))
    difference = reader.compare(path, report)
    return asdict(Inspected(attachment, True, words(difference) if difference else ""))


def _cells(name: str) -> tuple[str, list[dict[str, Any]]]:
    from exporters.xlsx import reader

    path = Path(name)
    attachment = reader.read_attachment(path)
    _, _, report = report_again(attachment)
    return attachment, [asdict(cell) for cell in reader.differences(path, report)]


def _json(name: str) -> None:
    interchange.read(Path(name).read_bytes())
