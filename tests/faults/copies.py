"""Somebody with an export of a signed project, who makes it show something else while every word in it stays: what can
be done to a PDF and to a workbook. Each attack takes the bytes of the export and gives those of the copy."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

Attack = Callable[[bytes], bytes]

# --- PDF -----------------------------------------------------------------------------------------------------


def pdf(change: Callable[[PdfWriter], object]) -> Attack:
    def attack(exported: bytes) -> bytes:
        writer, target = PdfWriter(clone_from=PdfReader(BytesIO(exported))), BytesIO()
        change(writer)
        writer.write(target)
        return target.getvalue()

    return attack


def _dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _script() -> DictionaryObject:
    return _dictionary(S=NameObject("/JavaScript"), JS=TextStringObject('app.alert("x")'))


def _web() -> DictionaryObject:
    return _dictionary(S=NameObject("/URI"), URI=TextStringObject("http://example.invalid/"))


def _inner(held: DictionaryObject, *names: str) -> DictionaryObject:
    for name in names:
        found = held[name].get_object()
        assert isinstance(found, DictionaryObject)
        held = found
    return held


def _boxes_for_letters(writer: PdfWriter) -> None:
    """Every font replaced by one that draws a box for each letter, and is read as the same letters."""
    box = StreamObject()
    box.set_data(b"500 0 d0 0 0 400 500 re f")
    drawn = writer._add_object(box)
    for held in _inner(writer.pages[1], "/Resources", "/Font").values():
        font = held.get_object()
        boxes = _dictionary(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type3"),
            FontBBox=ArrayObject([NumberObject(0)] * 4),
            FontMatrix=ArrayObject(map(FloatObject, (0.001, 0, 0, 0.001, 0, 0))),
            CharProcs=_dictionary(box=drawn),
            Encoding=_dictionary(
                Type=NameObject("/Encoding"),
                Differences=ArrayObject([NumberObject(0), *[NameObject("/box")] * 256]),
            ),
            FirstChar=NumberObject(0),
            LastChar=NumberObject(255),
            Widths=ArrayObject([NumberObject(500)] * 256),
        )
        if "/ToUnicode" in font:
            boxes[NameObject("/ToUnicode")] = font.raw_get("/ToUnicode")
        font.clear()
        font.update(boxes)


def _covered(writer: PdfWriter) -> None:
    """A link whose white border is wide enough to lie over the whole page."""
    link = _dictionary(
        Type=NameObject("/Annot"),
        Subtype=NameObject("/Link"),
        Rect=ArrayObject(map(FloatObject, (50, 50, 550, 800))),
        Border=ArrayObject(map(NumberObject, (0, 0, 900))),
        C=ArrayObject([NumberObject(1)] * 3),
        A=_web(),
    )
    page = writer.pages[1]
    page.setdefault(NameObject("/Annots"), ArrayObject()).get_object().append(writer._add_object(link))


def _links_elsewhere(writer: PdfWriter) -> None:
    for page in writer.pages:
        for held in page.annotations or ():
            link = held.get_object()
            link.pop("/Dest", None)
            link[NameObject("/A")] = _web()


def _bookmark(writer: PdfWriter) -> None:
    first = _inner(writer.root_object, "/Outlines", "/First")
    first[NameObject("/Title")] = TextStringObject("Somebody else owns everything")


def _crop(writer: PdfWriter) -> None:
    writer.pages[1].cropbox = RectangleObject((0, 600, 595, 842))


def _run_when_opened(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/OpenAction")] = _script()


def _run_on_a_page(writer: PdfWriter) -> None:
    writer.pages[1][NameObject("/AA")] = _dictionary(O=_script())


def _layer(writer: PdfWriter) -> None:
    group = writer._add_object(_dictionary(Type=NameObject("/OCG"), Name=TextStringObject("layer")))
    writer.root_object[NameObject("/OCProperties")] = _dictionary(
        OCGs=ArrayObject([group]), D=_dictionary(OFF=ArrayObject([group]))
    )


PDF: Mapping[str, tuple[Attack, str]] = {
    "saved again": (pdf(lambda writer: None), ""),
    "a byte after the end": (lambda exported: exported + b"\n", ""),
    "boxes for letters": (pdf(_boxes_for_letters), "other fonts"),
    "a border over the page": (pdf(_covered), "links"),
    "links elsewhere": (pdf(_links_elsewhere), "links"),
    "cropped": (pdf(_crop), "cropped, turned"),
    "turned": (pdf(lambda writer: writer.pages[1].rotate(180)), "cropped, turned"),
    "a script": (pdf(_run_when_opened), "runs a script"),
    "a script on a page": (pdf(_run_on_a_page), "runs a script"),
    "a file attached": (pdf(lambda writer: writer.add_attachment("tool.exe", b"MZ")), "Other files are attached"),
    "a layer": (pdf(_layer), "layers"),
    "a bookmark": (pdf(_bookmark), "bookmarks"),
    "a title": (pdf(lambda writer: writer.add_metadata({"/Title": "Signed by somebody else"})), "title"),
}
"""Attack -> what it does to the bytes, and what `verify` names of it ("" where there is nothing to name)."""

# --- workbooks -----------------------------------------------------------------------------------------------

FIRST, SECOND = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
STYLES, WORKBOOK, CORE = "xl/styles.xml", "xl/workbook.xml", "docProps/core.xml"

_SHAPE = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
    '<xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="9000000" cy="9000000"/><xdr:clientData/>'
    "</xdr:absoluteAnchor></xdr:wsDr>"
)


def _parts(change: Callable[[dict[str, str]], object]) -> Attack:
    """Change the parts of a workbook by name; what is put in is added."""

    def attack(exported: bytes) -> bytes:
        with ZipFile(BytesIO(exported)) as old:
            parts = {name: old.read(name).decode() for name in old.namelist()}
        before = dict(parts)
        change(parts)
        assert parts != before, "the attack did nothing"
        return _zipped(parts)

    return attack


def _zipped(parts: Mapping[str, str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def _replaced(name: str, pattern: str, instead: str) -> Attack:
    def change(parts: dict[str, str]) -> None:
        parts[name] = re.sub(pattern, instead, parts[name], flags=re.DOTALL)

    return _parts(change)


def _number_formats(parts: dict[str, str]) -> None:
    """Every text is shown as another one."""
    said = '<numFmt numFmtId="990" formatCode="General;General;General;&quot;Somebody else&quot;"/>'
    styles = parts[STYLES].replace("<fonts", f'<numFmts count="1">{said}</numFmts><fonts', 1)
    start, end = styles.index("<cellXfs"), styles.index("</cellXfs>")
    parts[STYLES] = styles[:start] + re.sub(r'numFmtId="\d+"', 'numFmtId="990"', styles[start:end]) + styles[end:]


def _shape(parts: dict[str, str]) -> None:
    parts["xl/drawings/drawing1.xml"] = _SHAPE


def _macro(parts: dict[str, str]) -> None:
    parts["xl/vbaProject.bin"] = "x"


def _defined_name(parts: dict[str, str]) -> None:
    said = '<definedName name="Owner">1</definedName>'
    parts[WORKBOOK] = parts[WORKBOOK].replace("<definedNames>", f"<definedNames>{said}")


def _twice(exported: bytes) -> bytes:
    """A second part of the name of a sheet: some programs show the first, some the last."""
    file = BytesIO(exported)
    with ZipFile(file, "a", ZIP_DEFLATED) as package:
        content = package.read(SECOND)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # It warns of the second entry of a name.
            package.writestr(SECOND, content)
    return file.getvalue()


XLSX: Mapping[str, tuple[Attack, str]] = {
    "a byte after the end": (lambda exported: exported + b"\0", ""),
    "texts shown as others": (_parts(_number_formats), "only these differ: xl/styles.xml"),
    "white letters": (_replaced(STYLES, r'(<color rgb=")[0-9A-F]{8}', r"\1FFFFFFFF"), "xl/styles.xml"),
    "hidden rows": (_replaced(SECOND, "<row ", '<row hidden="1" '), "rows or columns are hidden"),
    "hidden columns": (_replaced(SECOND, "<col ", '<col hidden="1" '), "rows or columns are hidden"),
    "rows of no height": (_replaced(SECOND, ' ht="[0-9.]+"', ' ht="0"'), "rows or columns are hidden"),
    "merged over all": (
        _replaced(FIRST, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:Z80"/></mergeCells>'),
        "merged",
    ),
    "a page header": (
        _replaced(FIRST, "<oddHeader>.*?</oddHeader>", "<oddHeader>&amp;CSomebody else</oddHeader>"),
        "printed pages",
    ),
    "no protection": (_replaced(FIRST, "<sheetProtection[^>]*/>", ""), "protected otherwise"),
    "no lists": (_replaced(SECOND, "<dataValidations.*?</dataValidations>", ""), "lists to choose from"),
    "a macro": (_parts(_macro), "macro"),
    "a name of a range": (_parts(_defined_name), "xl/workbook.xml"),
    "properties": (_replaced(CORE, "Ownermap", "Somebody else"), "docProps/core.xml"),
    "two sheets of one name": (_twice, "the same name"),
}
"""Attack -> what it does to the bytes, and what `verify` names of it ("" where there is nothing to name)."""

WITH_A_SHAPE = _parts(_shape)
