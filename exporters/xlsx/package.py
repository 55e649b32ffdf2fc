"""The zip around a workbook, the same bytes for the same content."""

from __future__ import annotations

import re
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: the earliest that a zip can say."""

CORE = "docProps/core.xml"


class _Package(ZipFile):
    """A zip whose entries all bear the same date, and whose "modified" is the moment of the report."""

    def __init__(self, target: IO[bytes], modified: str) -> None:
        super().__init__(target, "w", ZIP_DEFLATED)
        self._modified = modified

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **more: Any) -> None:
        content = data.encode() if isinstance(data, str) else data
        if zinfo_or_arcname == CORE:
            # openpyxl writes the time of saving here, whatever the properties say.
            content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + self._modified.encode(), content)
        entry = ZipInfo(zinfo_or_arcname, EPOCH)
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        super().writestr(entry, content)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **more: Any) -> None:
        with open(filename, "rb") as file:  # noqa: PTH123  openpyxl gives an open file's name
            self.writestr(arcname, file.read())


def save(workbook: Workbook, target: IO[bytes], modified: str) -> None:
    """Write the workbook. `modified` is a moment such as 2026-11-21T03:00:00Z."""
    with _Package(target, modified) as package:
        ExcelWriter(workbook, package).save()
