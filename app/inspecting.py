"""What an export that somebody handed in carries and shows: read, made anew and compared in a bounded process.

The same project, options and moment give the same bytes. So only a copy whose bytes are made again from the data that
it carries is proved to show them; the same words under another font, or in hidden rows, are not.

The functions at the end are the tasks of that process (see app.bounded); the others run them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from app import __version__, bounded, interchange
from app.exporting import report_again
from app.messages import Message, msg, words
from app.outside import read_bytes
from app.report.attachment import Options

SECONDS_A_MEGABYTE = 60
"""Of the processor, for each megabyte of the file, beyond what every file is given."""

LARGEST = 100_000_000
"""Bytes of a PDF or a workbook."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A PDF or XLSX: the JSON that it carries, and what came of making it anew from that.

    `untouched`: its bytes are the same. `difference` is the first difference in words, "" where there is none.
    `maker` says why this program may not make the same bytes: another version of it, of the layout or of a library
    made the file; "" where it should. `same_layout` is False where not even the words can be compared. `signs` are
    sentences about what else stands out.
    """

    attachment: str
    untouched: bool = False
    difference: str = ""
    maker: str = ""
    same_layout: bool = True
    signs: tuple[str, ...] = ()


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
    found = _run(task, path)
    return Inspected(**{**found, "signs": tuple(found["signs"])})


def edited_cells(path: Path) -> tuple[str, list[EditedCell]]:
    """The JSON that a workbook carries, and what was edited in it; Unreadable where it cannot be read within bounds."""
    attachment, cells = _run("cells", path)
    return attachment, [EditedCell(**cell) for cell in cells]


def try_json(path: Path) -> None:
    """Read an interchange document once where it may fail; Unreadable where it cannot be read within bounds."""
    _run("json", path)


def _run(task: str, path: Path) -> Any:
    # An honest project of 500 actions takes 10 to 30 seconds for a PDF of two megabytes; a bomb is small.
    size = len(read_bytes(path, LARGEST))
    seconds = bounded.SECONDS + SECONDS_A_MEGABYTE * size // 1_000_000
    return bounded.call(f"{__name__}:_{task}", str(path.absolute()), seconds=seconds)


# --- tasks -------------------------------------------------------------------------------------------------


def _xlsx(name: str) -> dict[str, Any]:
    from exporters.made_with import believed
    from exporters.xlsx import looks, reader, writer

    data = read_bytes(Path(name), LARGEST)
    attachment = reader.read_attachment(BytesIO(data))
    _, options, report = report_again(attachment)
    if options.layout != report.layout:
        return asdict(_other_layout(attachment))
    copy, rebuilt = BytesIO(data), BytesIO()
    made_with = looks.made_with(copy)
    writer.write(report, rebuilt, made_with=believed(made_with, writer.MADE_WITH))
    if data == rebuilt.getvalue():
        return asdict(Inspected(attachment, untouched=True))
    difference = reader.compare(copy, rebuilt)
    maker = _maker(options, made_with, writer.MADE_WITH)
    return asdict(_touched(attachment, difference, maker, looks.signs(copy, rebuilt)))


def _pdf(name: str) -> dict[str, Any]:
    from exporters.made_with import believed
    from exporters.pdf import reader, writer

    path = Path(name)
    attachment = reader.read_attachment(path)
    _, options, report = report_again(attachment)
    if options.layout != report.layout:
        return asdict(_other_layout(attachment))
    target, made_with = BytesIO(), reader.made_with(path)
    writer.write(report, target, made_with=believed(made_with, writer.MADE_WITH))
    rebuilt = target.getvalue()
    if read_bytes(path, LARGEST) == rebuilt:
        return asdict(Inspected(attachment, untouched=True))
    if not reader.same_layout(path, report):
        return asdict(_other_layout(attachment))
    difference = reader.compare(path, rebuilt)
    maker = _maker(options, made_with, writer.MADE_WITH)
    return asdict(_touched(attachment, difference, maker, reader.signs(path, rebuilt)))


def _other_layout(attachment: str) -> Inspected:
    said = msg("this copy was made by another version of the layout")
    return Inspected(attachment, maker=words(said), same_layout=False)


def _touched(attachment: str, difference: Message | None, maker: str, signs: list[Message]) -> Inspected:
    said = words(difference) if difference else ""
    return Inspected(attachment, difference=said, maker=maker, signs=tuple(map(words, signs)))


def _maker(options: Options, theirs: str, ours: str) -> str:
    if options.program != __version__:
        return words(msg("Ownermap {theirs} made it, and this is {ours}", theirs=options.program, ours=__version__))
    if theirs != ours:
        return words(msg("it was made with {theirs}, and here is {ours}", theirs=theirs or "–", ours=ours))
    return ""


def _cells(name: str) -> tuple[str, list[dict[str, Any]]]:
    from exporters.xlsx import reader

    copy = BytesIO(read_bytes(Path(name), LARGEST))
    attachment = reader.read_attachment(copy)
    _, _, report = report_again(attachment)
    return attachment, [asdict(cell) for cell in reader.differences(copy, report)]


def _json(name: str) -> None:
    interchange.read(read_bytes(Path(name), interchange.LARGEST))
