"""A PDF that somebody hands in: the data attached to it, its words page by page, and where it was changed.

The file may be anything. It is read within limits, and whatever goes wrong in it is one sentence.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.generic import DictionaryObject

from app.errors import Unreadable
from app.messages import Message, msg, number_of
from app.outside import read_bytes
from app.report.model import Report
from exporters.pdf import looks
from exporters.pdf.attachment import NAME
from exporters.pdf.writer import layout_words

LARGEST = 100_000_000
MOST_PAGES = 10_000
WORDS_SHOWN = 6

# What the library has to say about a broken file is said by the errors here, not on stderr.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_attachment(path: Path) -> str:
    """The JSON text attached to an exported PDF.

    Raises Unreadable when the file is no PDF, is cut off, encrypted, too large, or was not made by Ownermap.
    """
    with _reading(path):
        found = [entry.content for entry in _opened(path).attachment_list if entry.name == NAME]
        texts = [content.decode("utf-8") for content in found]
    if len(texts) != 1:
        raise Unreadable(
            msg("“{path}” carries no project data of Ownermap.", path=str(path)),
            msg("Choose a PDF that Ownermap exported."),
        )
    return texts[0]


def page_texts(path: Path) -> list[str]:
    """The words of each page, with single spaces between them. Raises Unreadable as `read_attachment` does."""
    with _reading(path):
        return [_words(page) for page in _opened(path).pages]


def made_with(path: Path) -> str:
    """What the file says that it was made with (`exporters.made_with`); "" where it says nothing."""
    with _reading(path):
        found = _opened(path).metadata
        return (found.producer or "") if found else ""


def same_layout(path: Path, report: Report) -> bool:
    """Whether the file says that it was made by this version of the layout, so that its pages can be compared."""
    with _reading(path):
        found = _opened(path).metadata
        return layout_words(report) in ((found.keywords or "") if found else "")


def compare(path: Path, rebuilt: bytes) -> Message | None:
    """The first difference in words between a PDF and the one that it should be; None without one.

    A page is compared by everything that is painted on it, and where that differs by its words; a picture, a note or a
    form is a difference too, as it could hide them. None proves little: fonts, crops and scripts decide what is seen of
    the words (see `signs`). Only a copy of the same bytes shows the same.
    Raises Unreadable as `read_attachment` does.
    """
    with _reading(path):
        copy, ours = _opened(path), PdfReader(io.BytesIO(rebuilt))
        if len(copy.pages) != len(ours.pages):
            return number_of(
                len(copy.pages),
                "It has 1 page instead of {expected}.",
                "It has {count} pages instead of {expected}.",
                expected=len(ours.pages),
            )
        for number, (page, expected) in enumerate(zip(copy.pages, ours.pages, strict=True), 1):
            if _has_additions(page):
                return msg("Page {page} carries a picture, a note or a form that was added to it.", page=number)
            if _strokes(page) == _strokes(expected):
                continue
            if difference := _difference(_words(page), _words(expected)):
                shown, meant = difference
                return msg("Page {page} says “{shown}” instead of “{meant}”.", page=number, shown=shown, meant=meant)
            return msg("Page {page} has the same words, but it is not drawn as it was exported.", page=number)
    return None


def signs(path: Path, rebuilt: bytes) -> list[Message]:
    """What stands out in a PDF of the same words against the one that it should be, a sentence each.

    It names what is cheap to tell, and proves nothing where it is silent. Raises Unreadable as `read_attachment` does.
    """
    with _reading(path):
        copy, ours = _opened(path), PdfReader(io.BytesIO(rebuilt))
        return looks.signs(copy, ours)


def _strokes(page: PageObject) -> bytes:
    """Everything that is painted on a page, however it was compressed."""
    contents = page.get_contents()
    return contents.get_data().strip() if contents is not None else b""


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Keep to the limits, and turn whatever the library stumbles over into one sentence."""
    try:
        with apply_configuration(zlib_maximum_output_length=LARGEST, stream_parsing_work_maximum_count=1_000_000):
            yield
    except Unreadable:
        raise
    except Exception as error:  # a hostile file makes the library fail in any way
        raise Unreadable(
            msg("“{path}” is not a whole PDF.", path=str(path)), msg("Ask for the file again, or export it anew.")
        ) from error


def _opened(path: Path) -> PdfReader:
    data = read_bytes(path, LARGEST)
    if not data.startswith(b"%PDF-"):
        raise Unreadable(msg("“{path}” is not a PDF.", path=str(path)), msg("Choose a PDF that Ownermap exported."))
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Unreadable(msg("“{path}” is encrypted.", path=str(path)), msg("Ask for the PDF as Ownermap exported it."))
    if len(reader.pages) > MOST_PAGES:
        raise Unreadable(msg("“{path}” has too many pages to be an export of Ownermap.", path=str(path)))
    return reader


def _words(page: PageObject) -> str:
    return " ".join(page.extract_text().split())


def _has_additions(page: PageObject) -> bool:
    """Whether a page has what the writer never puts on one: pictures, forms, notes; its links are its own."""
    resources = page.get("/Resources")
    drawn = isinstance(resources, DictionaryObject) and bool(resources.get("/XObject"))
    return drawn or any(note.get_object().get("/Subtype") != "/Link" for note in page.annotations or ())


def _difference(copy: str, expected: str) -> tuple[str, str] | None:
    """The words around the first that differs, of both; None when all are the same."""
    if copy == expected:
        return None
    ours, theirs = copy.split(), expected.split()
    pairs = zip(ours, theirs, strict=False)
    at = next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(ours), len(theirs)))
    start = max(0, at - 1)
    return " ".join(ours[start : start + WORDS_SHOWN]), " ".join(theirs[start : start + WORDS_SHOWN])
