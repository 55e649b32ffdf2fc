"""The pages on which names stand, for an index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from app.messages import msg, words
from app.report.model import Block, Cell, Column, Table
from exporters.pdf.columns import text_of
from exporters.pdf.fonts import Fonts
from exporters.pdf.pages import Page


def with_pages(fonts: Fonts, block: Block, pages: Sequence[Page]) -> Block:
    """An index with its last column: the pages laid out so far on which the first cell of each row stands; where rows
    have the same one, those on which it stands with the second."""
    if not isinstance(block, Table) or not block.pages or not block.rows:
        return block
    read = [tuple(_plain(fonts.shown(text_of(cell.value), "regular")) for cell in row[:2]) for row in block.rows]
    found, bearers = _rows_with({name for name, _ in read}, pages), Counter(name for name, _ in read)
    rows = tuple(
        (*row, Cell(page_words(_own(found[name], title if bearers[name] > 1 else None))))
        for row, (name, title) in zip(block.rows, read, strict=True)
    )
    return replace(block, columns=(*block.columns, Column(words(msg("Pages")), 3)), rows=rows)


def page_words(pages: Iterable[int]) -> str:
    """Page numbers, those that follow each other as a span: 2, 5–7."""
    spans = []
    for _, run in groupby(enumerate(sorted(pages)), key=lambda each: each[1] - each[0]):
        numbers = [page for _, page in run]
        spans.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}")
    return ", ".join(spans)


def _rows_with(names: Iterable[str], pages: Sequence[Page]) -> dict[str, list[tuple[int, str]]]:
    """For each name the rows that say it: the number of their page, and what they say."""
    found: dict[str, list[tuple[int, str]]] = {name: [] for name in names}
    # The longest first, so that a name is not taken for a shorter one that it begins with.
    either = "|".join(map(re.escape, sorted(filter(None, found), key=len, reverse=True)))
    if not either:
        return found
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    for number, page in enumerate(pages, 1):
        for _, row in page.rows:
            said = [_plain(" ".join(line.shown for line in cell.lines.lines)) for cell in row.cells]
            for name in {name for text in said for name in pattern.findall(text)}:
                found[name].append((number, " ".join(said)))
    return found


def _own(rows: Iterable[tuple[int, str]], title: str | None) -> set[int]:
    """The pages of these rows; of somebody whose name others have too, only those whose row says the title with it."""
    return {number for number, said in rows if title is None or (title and title in said)}


def _plain(text: str) -> str:
    return " ".join(text.split())
