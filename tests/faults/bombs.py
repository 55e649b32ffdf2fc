"""Files of a few kilobytes that are meant to take all memory or all time of whoever reads them: name -> bytes.

Each is made from a whole export, so that it is let in at the door.
"""

from __future__ import annotations

import json
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape

import openpyxl

from exporters.xlsx.writer import DATA_SHEET

SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
FAR = b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
ENTITIES = b"".join(
    b'<!ENTITY e%d "%s">' % (place, b"&e%d;" % (place - 1) * 10 if place else b"lol" * 10) for place in range(9)
)


def workbooks(exported: bytes) -> Iterator[tuple[str, bytes]]:
    """Workbooks that are bombs."""
    first = "xl/worksheets/sheet1.xml"
    yield (
        "merged over the sheet",
        with_entry(
            exported, first, SHEET % b'<sheetData/><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    yield "one cell at the far end", with_entry(exported, first, SHEET % FAR)
    yield (
        "false dimension",
        with_entry(exported, first, SHEET % b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"/></sheetData>'),
    )
    yield (
        "entities within entities",
        with_entry(
            exported,
            first,
            b"<!DOCTYPE w [" + ENTITIES + b"]>" + SHEET % b"<sheetData><row><c><v>&e8;</v></c></row></sheetData>",
        ),
    )
    yield (
        "an entity from a file",
        with_entry(
            exported,
            first,
            b'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            + SHEET % b'<sheetData><row r="1"><c t="inlineStr"><is><t>&e;</t></is></c></row></sheetData>',
        ),
    )
    yield "a gigabyte of blanks", with_blanks(exported)
    yield "nested elements", with_entry(exported, first, SHEET % (b"<a>" * 300_000))
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 20_000))
    yield "many rows", with_entry(exported, first, SHEET % (b"<sheetData>" + rows + b"</sheetData>"))
    yield (
        "a million shared texts",
        with_entry(
            exported,
            "xl/sharedStrings.xml",
            b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            + b"<si><t>%d</t></si>" % 7 * 1_000_000
            + b"</sst>",
        ),
    )
    yield "entries with one name", twice(exported, first)
    for name, attachment in attachments().items():
        yield f"carries {name}", carrying(exported, attachment)


def attachments() -> dict[str, str]:
    """JSON that is carried by an export: too deep, too large a number, too much."""
    return {
        "deep JSON": "[" * 100_000,
        "deep objects": '{"a":' * 50_000 + "1" + "}" * 50_000,
        "a huge number": '{"format": "ownermap-export", "version": ' + "9" * 1_000_000 + "}",
        "a huge exponent": '{"format": "ownermap-export", "version": 1e999999}',
        "many lists": '{"format": "ownermap-export", "version": 1, "project": [' + "[]," * 3_000_000 + "[]]}",
    }


def documents() -> Iterator[tuple[str, bytes]]:
    """Interchange documents that are bombs."""
    yield "deep JSON", b"[" * 100_000
    yield "deep objects", b'{"a":' * 50_000 + b"1" + b"}" * 50_000
    yield "a huge number", b'{"format": "ownermap", "version": ' + b"9" * 1_000_000 + b"}"
    yield "a huge exponent", b'{"format": "ownermap", "version": 1e999999}'
    yield "no number", b'{"format": "ownermap", "version": NaN}'
    yield "many lists", b'{"format": "ownermap", "version": 1, "rows": [' + b"[]," * 4_000_000 + b"[]]}"
    yield "many faults", json.dumps({"format": "ownermap", "version": 1, "rows": {"action": [[]] * 100_000}}).encode()


def pdfs(exported: bytes) -> Iterator[tuple[str, bytes]]:
    """PDFs that are bombs."""
    yield (
        "pages that are their own parents",
        pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"),
    )
    kids = b"<</Type/Pages/Count 1073741824/Kids[%s]>>"
    yield (
        "pages that double",
        pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            *(kids % (b"%d 0 R " % (place + 3) * 2) for place in range(30)),
            b"<</Type/Page/MediaBox[0 0 9 9]>>",
        ),
    )
    yield "deep arrays", pdf(b"<</Type/Catalog/Pages 2 0 R/Deep " + b"[" * 50_000 + b"]" * 50_000 + b">>")
    packed = zlib.compress(packed_zeros(900), 9)
    yield "a stream within a stream", carrying_stream(packed, b"[/FlateDecode/FlateDecode]")
    yield "filters upon filters", carrying_stream(b"x" * 1_000, b"[" + b"/ASCIIHexDecode" * 20_000 + b"]")
    yield "a table of references to itself", exported.replace(b"startxref", b"startxref\n9\nstartxref", 1)
    yield "no end", exported[: len(exported) // 2] * 40


# --- making them -------------------------------------------------------------------------------------------


def with_entry(exported: bytes, changed: str, content: bytes) -> bytes:
    """The workbook with one entry of its zip replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(exported)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), changed}:
            new.writestr(name, content if name == changed else old.read(name))
    return file.getvalue()


def carrying(exported: bytes, attachment: str) -> bytes:
    """The workbook with other data in its hidden sheet."""
    number = openpyxl.load_workbook(BytesIO(exported), read_only=True).sheetnames.index(DATA_SHEET) + 1
    pieces = [attachment[start : start + 30_000] for start in range(0, len(attachment), 30_000)]
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{escape(piece)}</t></is></c></row>'
        for row, piece in enumerate(["", *pieces], 1)
    )
    sheet = SHEET % f"<sheetData>{rows}</sheetData>".encode()
    return with_entry(exported, f"xl/worksheets/sheet{number}.xml", sheet)


def twice(exported: bytes, name: str) -> bytes:
    """The workbook with the same name in its zip a hundred times, as a quine does."""
    file = BytesIO(exported)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        for _ in range(100):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # It warns of the second entry of a name.
                package.writestr(name, SHEET % FAR)
    return file.getvalue()


def packed_zeros(megabytes: int) -> bytes:
    # Soon made; what it lacks in smallness the second packing gives.
    packer, zeros = zlib.compressobj(1), bytes(1_000_000)
    return b"".join(packer.compress(zeros) for _ in range(megabytes)) + packer.flush()


def with_blanks(exported: bytes) -> bytes:
    """The workbook with one more entry, of a gigabyte that packs to a megabyte."""
    file = BytesIO(exported)
    blanks = b" " * 1_000_000
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/worksheets/sheet99.xml", "w") as entry,
    ):
        for _ in range(1_000):
            entry.write(blanks)
    return file.getvalue()


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    file = BytesIO()
    file.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        file.write(b"%010d 00000 n \n" % place)
    file.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return file.getvalue()


def carrying_stream(packed: bytes, filters: bytes) -> bytes:
    """A PDF whose attached project is this stream."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(ownermap.json) 4 0 R]>>>>>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Type/Filespec/F(ownermap.json)/UF(ownermap.json)/EF<</F 5 0 R>>>>",
        b"<</Type/EmbeddedFile/Filter%s/Length %d>>\nstream\n%s\nendstream" % (filters, len(packed), packed),
    )
