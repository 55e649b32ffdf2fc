"""What decides how a PDF looks and acts beside the words on its pages: fonts, boxes, links, scripts, attached files.

Each look gives a value that can be compared with that of the file that it should be. A file is open within the limits
of `exporters.pdf.reader` while it is looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from app.messages import Message, msg

_PACKING = frozenset({"/Length", "/Filter", "/DecodeParms"})
"""How a stream is packed says nothing about what is in it."""


class _Looked:
    """A PDF whose objects become plain values, each once: a page its number, and what comes round to itself "…"."""

    def __init__(self, copy: PdfReader) -> None:
        self.copy = copy
        self.root = copy.root_object
        self.resources = [_dictionary(page.get("/Resources")) for page in copy.pages]
        self._found: dict[int, object] = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(copy.pages, 1)
            if page.indirect_reference is not None
        }

    def value(self, held: Any) -> object:
        if isinstance(held, IndirectObject):
            if held.idnum not in self._found:
                self._found[held.idnum] = "…"
                self._found[held.idnum] = self.value(held.get_object())
            return self._found[held.idnum]
        if isinstance(held, StreamObject):
            names = [name for name in held if name not in _PACKING]
            return self.each(held, names), hashlib.sha256(held.get_data()).digest()
        if isinstance(held, DictionaryObject):
            return self.each(held, held)
        if isinstance(held, ArrayObject):
            return [self.value(list.__getitem__(held, place)) for place in range(len(held))]
        return float(held) if isinstance(held, int | float) and not isinstance(held, bool) else str(held)

    def each(self, held: DictionaryObject, names: Iterable[str]) -> dict[str, object]:
        """The entries of a dictionary with these names, where they are there."""
        return {name: self.value(held.raw_get(name)) for name in names if name in held}


def _actions(at: _Looked) -> object:
    pages = [at.value(page.get("/AA")) for page in at.copy.pages]
    scripts = at.value(_dictionary(at.root.get("/Names")).get("/JavaScript"))
    return at.each(at.root, ("/OpenAction", "/AA")), scripts, pages


def _attached(at: _Looked) -> object:
    return [entry.name for entry in at.copy.attachment_list]


def _sizes(at: _Looked) -> object:
    names = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit")
    return [at.each(page, names) for page in at.copy.pages]


def _fonts(at: _Looked) -> object:
    return [at.each(each, ("/Font",)) for each in at.resources]


def _paints(at: _Looked) -> object:
    names = ("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties")
    return [at.each(each, names) for each in at.resources], at.value(at.root.get("/OCProperties"))


def _links(at: _Looked) -> object:
    names = ("/Rect", "/Border", "/BS", "/C", "/AP", "/A", "/AA", "/Dest", "/QuadPoints", "/F")
    links = [[at.each(link.get_object(), names) for link in page.annotations or ()] for page in at.copy.pages]
    return links, at.value(at.root.get("/Dests")), at.value(_dictionary(at.root.get("/Names")).get("/Dests"))


def _bookmarks(at: _Looked) -> object:
    return list(_titles(at.copy.outline))


def _titles(outline: Iterable[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)


def _properties(at: _Looked) -> object:
    return {name: str(value) for name, value in (at.copy.metadata or {}).items()}, at.value(at.root.get("/Metadata"))


_SIGNS: tuple[tuple[Callable[[_Looked], object], Message], ...] = (
    (_actions, msg("It runs a script, or does something else, when it is opened.")),
    (_attached, msg("Other files are attached to it.")),
    (_sizes, msg("Its pages are cropped, turned or of another size.")),
    (_fonts, msg("Its words are drawn in other fonts, which may show other letters.")),
    (_paints, msg("Its pages are painted in other colours or layers.")),
    (_links, msg("Its links look otherwise or lead elsewhere.")),
    (_bookmarks, msg("Its bookmarks say something else.")),
    (_properties, msg("Its title, author or other properties say something else.")),
)


def signs(copy: PdfReader, ours: PdfReader) -> list[Message]:
    """What stands out in a PDF against the one that it should be, a sentence each."""
    theirs, made = _Looked(copy), _Looked(ours)
    return [sentence for look, sentence in _SIGNS if look(theirs) != look(made)]


def _dictionary(held: Any) -> DictionaryObject:
    found = held.get_object() if isinstance(held, IndirectObject) else held
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
