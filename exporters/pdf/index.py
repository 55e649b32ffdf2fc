"""The pages on which names stand, for an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from app.messages import msg, words
from app.report.model import Block, Cell, Column, Table
from exporters.pdf.columns import text_of
from exporters.pdf.fonts import Fonts
from exporters.pdf.pages import Page


def with_pages(fonts: Fonts, block: Block, pages: Sequence[Page]) -> Block:
    """An index with its last column: the pages laid out so far on which the first cell of each row stands."""
    if not isinstance(block, Table) or not block.pages or not block.rows:
        return block
    names = [_plain(fonts.shown(text_of(row[0].value), "regular")) for row in block.rows]
    found = _pages_of(names, pages)
    rows = tuple((*row, Cell(page_words(found.get(name, ())))) for row, name in zip(block.rows, names, strict=True))
    return replace(block, columns=(*block.columns, Column(words(msg("Pages")), 3)), rows=rows)


def page_words(pages: Iterable[int]) -> str:
    """Page numbers, those that follow each other as a span: 2, 5–7."""
    spans = []
    for _, run in groupby(enumerate(sorted(pages)), key=lambda each: each[1] - each[0]):
        numbers = [page for _, page in run]
        spans.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}")
    return ", ".join(spans)


def _pages_of(names: Iterable[str], pages: Sequence[Page]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {name: set() for name in names if name}
    if not found:
        return found
    # The longest first, so that a name is not taken for a shorter one that it begins with.
    either = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    for number, page in enumerate(pages, 1):
        for _, row in page.rows:
            for cell in row.cells:
                text = _plain(" ".join(line.shown for line in cell.lines.lines))
                for name in pattern.findall(text):
                    found[name].add(number)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())
