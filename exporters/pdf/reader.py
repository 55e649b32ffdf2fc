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
from app.report.model import Report
from exporters.pdf.attachment import NAME
from exporters.pdf.writer import layout_words, write

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


def compare(path: Path, report: Report) -> Message | None:
    """The first difference between what a PDF shows and what the report of its own data shows; None without one.

    A page is compared by its words, then by everything that is painted on it; a picture, a note or a form is a
    difference too, as it could hide them.
    Raises Unreadable as `read_attachment` does.
    """
    target = io.BytesIO()
    write(report, target)
    with _reading(path):
        copy = _opened(path)
        if path.read_bytes() == target.getvalue():
            return None  # Nobody touched it: there is no page to read.
        keywords = copy.metadata.keywords if copy.metadata else None
        if layout_words(report) not in (keywords or ""):
            return msg("This copy was made by another version of the layout, so its pages cannot be compared.")
        rebuilt = PdfReader(target)
        if len(copy.pages) != len(rebuilt.pages):
            return number_of(
                len(copy.pages),
                "It has 1 page instead of {expected}.",
                "It has {count} pages instead of {expected}.",
                expected=len(rebuilt.pages),
            )
        for number, (page, expected) in enumerate(zip(copy.pages, rebuilt.pages, strict=True), 1):
            if _has_additions(page):
                return msg("Page {page} carries a picture, a note or a form that was added to it.", page=number)
            if difference := _difference(_words(page), _words(expected)):
                shown, meant = difference
                return msg("Page {page} says “{shown}” instead of “{meant}”.", page=number, shown=shown, meant=meant)
            if _strokes(page) != _strokes(expected):
                return msg("Page {page} has the same words, but it is not drawn as it was exported.", page=number)
    return None


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
    except FileNotFoundError:
        raise Unreadable(msg("There is no file “{path}”.", path=str(path)), msg("Check the name.")) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(msg("“{path}” cannot be read: {why}.", path=str(path), why=why)) from None
    except Exception as error:  # a hostile file makes the library fail in any way
        raise Unreadable(
            msg("“{path}” is not a whole PDF.", path=str(path)), msg("Ask for the file again, or export it anew.")
        ) from error


def _opened(path: Path) -> PdfReader:
    if path.is_dir():
        raise Unreadable(msg("“{path}” is a folder.", path=str(path)), msg("Name a file."))
    if path.stat().st_size > LARGEST:
        raise Unreadable(msg("“{path}” is too large to be an export of Ownermap.", path=str(path)))
    data = path.read_bytes()
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
