"""What stands out in a workbook whose cells say the same: added parts, hidden rows, merged cells and the like.

It names what is cheap to tell, and proves nothing where it is silent. A caller has measured the file first
(`exporters.xlsx.reader.measure`).
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from app.messages import Message, msg
from exporters.xlsx.package import CORE

Source = Path | IO[bytes]

_PICTURES = re.compile(r"xl/(media/|charts/|drawings/[^/]*\.xml$)", re.IGNORECASE)
_MACROS = re.compile(r"vbaProject|/macrosheets/|/activeX/", re.IGNORECASE)
_OTHER_FILES = re.compile(r"xl/(embeddings|externalLinks|connections|queryTables|ctrlProps)", re.IGNORECASE)

_HIDDEN = re.compile(rb"<(?:\w+:)?(?:row|col)\b[^<>]*\s(?:hidden=[\"'](?:1|true)[\"']|ht=[\"']0[\"'])")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]*\sref=[\"']([A-Z0-9:$]+)[\"']")
_PROTECTED = re.compile(rb"<(?:\w+:)?sheetProtection\b[^<>]*\ssheet=[\"'](?:1|true)[\"']")
_LISTS = re.compile(rb"<(?:\w+:)?dataValidation\b")
_PAGES = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^<>]*>([^<]*)<")
_MADE_WITH = re.compile(rb"<cp:version>([^<]*)<")

_DAMAGE = (BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)
"""What zipfile meets in a part that is broken, packed in an unknown way, or behind a password."""

MOST_PARTS_NAMED = 4
"""Where more parts differ, another program saved the whole anew."""


def has_pictures(source: Source) -> bool:
    """Whether anything can be drawn over the cells. A comment is drawn by another kind of part, and is none."""
    return any(_PICTURES.match(name) for name in _names(source))


def made_with(source: Source) -> str:
    """What the workbook says that it was made with (`exporters.made_with`); "" where it says nothing."""
    try:
        with ZipFile(source) as package:
            found = _MADE_WITH.search(package.read(CORE))
    except (KeyError, *_DAMAGE):
        return ""
    return found[1].decode("utf-8", "replace") if found else ""


def signs(copy: Source, rebuilt: Source) -> list[Message]:
    """What stands out in a copy against the workbook that it should be, a sentence each."""
    try:
        return _signs(copy, rebuilt)
    except _DAMAGE:
        return [msg("Some of its parts are damaged.")]


def _signs(copy: Source, rebuilt: Source) -> list[Message]:
    theirs = _names(copy)
    found = []
    if len(set(theirs)) < len(theirs):
        found.append(msg("Two of its parts have the same name: programs may show either."))
    if any(map(_MACROS.search, theirs)):
        found.append(msg("It carries a macro."))
    if any(map(_OTHER_FILES.search, theirs)):
        found.append(msg("It carries other files or links to some."))
    their_sheets, our_sheets = _sheets(copy), _sheets(rebuilt)
    for pattern, sentence in _SIGNS:
        if _all(pattern, their_sheets) != _all(pattern, our_sheets):
            found.append(sentence)
    if 0 < len(parts := _other_parts(copy, rebuilt)) <= MOST_PARTS_NAMED:
        found.append(msg("Of its parts only these differ: {parts}.", parts=", ".join(parts)))
    return found


_SIGNS: tuple[tuple[re.Pattern[bytes], Message], ...] = (
    (_HIDDEN, msg("Other rows or columns are hidden.")),
    (_MERGED, msg("Other cells are merged, which hides what stands in them.")),
    (_PROTECTED, msg("It is protected otherwise.")),
    (_LISTS, msg("Its lists to choose from are others.")),
    (_PAGES, msg("The heads or feet of its printed pages say something else.")),
)


def _names(source: Source) -> list[str]:
    with ZipFile(source) as package:
        return package.namelist()


def _sheets(source: Source) -> bytes:
    with ZipFile(source) as package:
        names = sorted(name for name in set(package.namelist()) if name.startswith("xl/worksheets/sheet"))
        return b"".join(map(package.read, names))


def _all(pattern: re.Pattern[bytes], sheets: bytes) -> Counter[bytes]:
    return Counter(found[1] if pattern.groups else b"" for found in pattern.finditer(sheets))


def _other_parts(copy: Source, rebuilt: Source) -> list[str]:
    with ZipFile(copy) as theirs, ZipFile(rebuilt) as ours:
        names = set(theirs.namelist()) | set(ours.namelist())
        return sorted(name for name in names if _part(theirs, name) != _part(ours, name))


def _part(package: ZipFile, name: str) -> bytes | None:
    return package.read(name) if name in package.NameToInfo else None
