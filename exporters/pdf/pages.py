"""Rows poured onto pages, and what stands on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas

from app.messages import msg, words
from app.report.model import Report, Tone
from exporters.pdf import theme
from exporters.pdf.fonts import Fonts
from exporters.pdf.rows import Row, box, rule
from exporters.pdf.text import draw_line, one_line


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's size and the room inside its margins; `scale` below 1 sets everything smaller, so more fits."""

    page_width: float
    page_height: float
    scale: float = 1.0

    @property
    def width(self) -> float:
        return (self.page_width - 2 * theme.SIDE) / self.scale

    @property
    def height(self) -> float:
        return (self.page_height - theme.TOP - theme.BOTTOM) / self.scale


@dataclass(slots=True)
class Page:
    """One page: its rows with the distance of each from the top of the frame."""

    frame: Frame
    rows: list[tuple[float, Row]] = field(default_factory=list)


class Flow:
    """Fills page after page in one frame. Rows that belong together are not parted if one page can hold them."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.pages: list[Page] = []
        self._used = 0.0
        self._open = False

    @property
    def room(self) -> float:
        """What is left of the last page."""
        return self.frame.height - self._used if self._open else 0.0

    def close(self) -> None:
        """Whatever comes next starts a new page."""
        self._open = False

    def use(self, frame: Frame) -> None:
        """Go on in this frame, on a new page unless it is the one in use."""
        if frame is not self.frame:
            self.frame = frame
            self.close()

    def add(self, pages: Sequence[Page]) -> None:
        """Put finished pages after the last one."""
        self.pages += pages
        self.close()

    def pour(self, rows: Sequence[Row]) -> None:
        """Place the rows in order."""
        start = 0
        for end, row in enumerate(rows, 1):
            if not row.keep or end == len(rows):
                self._together(rows[start:end])
                start = end

    def _together(self, rows: Sequence[Row]) -> None:
        need = sum(row.gap + row.height for row in rows[:-1]) + rows[-1].gap + rows[-1].least
        if not self._open or (need > self.room and self._used):
            self._turn_for(rows[0])
        for row in rows:
            self._place(row)

    def _place(self, row: Row) -> None:
        if self._gap(row) + row.least > self.room:
            self._turn_for(row)
        while row.height > self.room - self._gap(row):
            head, tail = row.split(self.room - self._gap(row))
            self._put(head)
            self._turn_for(tail)
            row = tail
        self._put(row)

    def _turn_for(self, row: Row) -> None:
        self.pages.append(Page(self.frame))
        self._used = 0.0
        self._open = True
        for heading in row.headings:
            self._put(heading)

    def _put(self, row: Row) -> None:
        top = self._used + self._gap(row)
        self.pages[-1].rows.append((top, row))
        self._used = top + row.height

    def _gap(self, row: Row) -> float:
        return row.gap if self._used else 0.0


# What stands on every page


class Furniture:
    """The running head and foot, and the mark of a draft."""

    def __init__(self, fonts: Fonts, report: Report) -> None:
        self._fonts = fonts
        self._head = words(msg("AI agent operating model · {title}", title=report.title))
        self._status = report.status
        self._draft = words(msg("DRAFT")) if report.draft else ""
        self._foot = fingerprint_words(report.fingerprint)
        self._middle = " · ".join(filter(None, (words(msg("Confidential")), report.review)))

    def draw(self, canvas: Canvas, frame: Frame, number: int, total: int) -> None:
        """Draw everything but the page's own rows."""
        if self._draft:
            self._watermark(canvas, frame)
        right = frame.page_width - theme.SIDE
        room = right - theme.SIDE
        upper, lower = frame.page_height - theme.HEADER, theme.HEADER - 8
        status = one_line(self._fonts, self._status, theme.RUNNING, room * 0.45)
        badge = one_line(self._fonts, self._draft, theme.BADGE, 100)
        taken = status.width + (badge.width + 16 if self._draft else 0)
        head = one_line(self._fonts, self._head, theme.RUNNING, room - taken - 14)
        draw_line(canvas, self._fonts, head, theme.SIDE, upper)
        if self._draft:
            box(canvas, right - taken, upper + 9, badge.width + 10, 12.5, theme.TONE_COLOURS[Tone.BAD][0], 3)
            draw_line(canvas, self._fonts, badge, right - taken + 5, upper)
        draw_line(canvas, self._fonts, status, right - status.width, upper)
        rule(canvas, theme.SIDE, lower + 13, room, theme.LINE)
        foot = one_line(self._fonts, self._foot, theme.RUNNING, room * 0.32)
        draw_line(canvas, self._fonts, foot, theme.SIDE, lower)
        middle = one_line(self._fonts, self._middle, theme.RUNNING, room * 0.34)
        draw_line(canvas, self._fonts, middle, (frame.page_width - middle.width) / 2, lower)
        pages = words(msg("{page} of {pages}", page=number, pages=total))
        last = one_line(self._fonts, pages, theme.RUNNING, room * 0.3)
        draw_line(canvas, self._fonts, last, right - last.width, lower)

    def _watermark(self, canvas: Canvas, frame: Frame) -> None:
        line = one_line(self._fonts, self._draft, theme.WATERMARK, frame.page_height)
        canvas.saveState()
        canvas.translate(frame.page_width / 2, frame.page_height / 2)
        canvas.rotate(52)
        draw_line(canvas, self._fonts, line, -line.width / 2, -0.36 * theme.WATERMARK.size)
        canvas.restoreState()


def fingerprint_words(fingerprint: str) -> str:
    """The short fingerprint, its first 12 digits in groups of four, or that there is none yet."""
    if not fingerprint:
        return words(msg("No fingerprint: not signed"))
    return words(msg("Fingerprint {digits}", digits=grouped(fingerprint[:12])))


def grouped(digits: str) -> str:
    """Hexadecimal digits in groups of four, to be read aloud."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
