"""The report: one frozen tree of headings, paragraphs, tables and figures that both writers write.

It is built once (app.report.build) from a document, its log and its findings; the writers add looks, not content.
All text in it is already in words, unescaped; a writer escapes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a cell or paragraph means for the eye; always doubled by its words (design: never colour alone)."""

    PLAIN = "plain"
    MUTED = "muted"
    STRONG = "strong"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    WORKFLOW = "workflow"
    SYSTEM = "system"
    EXCEPTION = "exception"
    OUTCOME = "outcome"
    ACCOUNTABLE = "accountable"
    RESPONSIBLE = "responsible"
    CONSULTED = "consulted"
    INFORMED = "informed"


CellValue = str | int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One typed cell: text, a whole number, or nothing. `tone` is its meaning, `note` an explanation beside it.

    `origin` is "row id.field" where the cell shows exactly one field of one row, and "raci:activity.column" in the
    matrix by role: an edited workbook is read back through it.
    """

    value: CellValue = ""
    tone: Tone = Tone.PLAIN
    note: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its share of the width (whole parts)."""

    heading: str
    share: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; `groups` are (index of the first row, heading) where rows belong together.

    `empty` is the sentence that stands in for no rows. `key` names the table for the workbook (unique, ascii).
    """

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    groups: tuple[tuple[int, str], ...] = ()
    empty: str = ""
    matrix: bool = False
    """True for a RACI matrix: one letter a cell, drawn as in the design."""
    wide: bool = False
    """True where the rows have more fields than a page is wide: the workbook writes it as it stands, paper writes
    `app.report.paper.narrow` of it."""
    runs: bool = False
    """True where rows that follow each other with the same first cell belong together: paper says it once, and sets
    such rows close."""
    pages: bool = False
    """True for an index: paper adds the pages before it on which the text of each row's first cell stands, with that of
    the second where rows have the same first one."""
    group_heading: str = ""
    """What the groups are, for a workbook, where they become the first column and can be filtered."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, a line each."""

    items: tuple[tuple[str, Cell], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A coloured card with a name as its largest thing."""

    heading: str
    name: str
    lines: tuple[str, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards side by side, two in a row."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The nominal week: for each weekday 24 entries, an index into `holders` or -1 for nobody."""

    caption: str
    weekdays: tuple[str, ...]
    hours: tuple[tuple[int, ...], ...]
    holders: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody whom a step sends for: the name, and below it how and when they are reached."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, how, and who does it (nobody yet where it is empty)."""

    what: str
    how: str
    who: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberedSteps:
    """Steps to take, in order, as on the 3 a.m. card."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One seat of the sign-off page."""

    seat: str
    name: str
    detail: str
    signed: bool
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """The seats, signed and still open."""

    lines: tuple[SignatureLine, ...]


Block = Paragraph | Table | Facts | Cards | HeatMap | NumberedSteps | Signatures


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report. `id` is stable (`summary`, `boundary`, ...); `alone` starts and ends its own page.

    `sheet` is the name of the workbook sheet that carries it ("" for the PDF only); several may share one sheet.
    """

    id: str
    title: str
    intro: str
    blocks: tuple[Block, ...]
    alone: bool = False
    sheet: str = ""
    printed: bool = True
    """False for what only the workbook carries, such as the whole change log."""


SHEETS = (
    "Summary",
    "RACI by role",
    "RACI by person",
    "Approvals",
    "RACI reasons",
    "Boundary",
    "Owners & roles",
    "Actions & oversight",
    "Exceptions & coverage",
    "Change control",
    "Stop & recover",
    "Scorecard",
    "Readiness",
    "Decisions & open points",
    "Operating record",
    "Change log",
    "Sign-off",
    "Role cards",
    "Crosswalk",
    "About",
)
"""The sheets of the workbook in order; the PDF follows the order of the sections."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that both exports say.

    `status` is the sentence on every page ("Draft 3", "Signed revision 1 · 21 Nov 2026", "Signed by 2 of 5");
    `draft` is true unless the decisions are exactly a fully signed revision. `fingerprint` is the full hex
    fingerprint of the revision that is printed ("" for a draft that was never frozen). `attachment` is the JSON
    that travels inside both files, from which `verify` rebuilds them. `layout` is the version of the layout.
    `review` says until when this map holds, on every page and sheet ("Review by 19 Feb 2027").
    """

    title: str
    subtitle: str
    status: str
    draft: bool
    fingerprint: str
    created: str
    language: str
    sections: tuple[Section, ...]
    attachment: str
    layout: int
    review: str = ""
    paper: str = "a4"
