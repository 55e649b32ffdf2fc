"""The JSON that travels inside the PDF, as an attached file that any viewer can save."""

from __future__ import annotations

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from app.messages import msg, words

NAME = "ownermap.json"


def attach(canvas: Canvas, text: str) -> None:
    """Attach the text as `ownermap.json`, the data that the document was made from (PDF 2.0, 14.13)."""
    # A canvas has no method for attachments, but its document takes objects of any kind.
    document = canvas._doc  # type: ignore[attr-defined]
    data = text.encode("utf-8")
    kept = {"Type": pdfdoc.PDFName("EmbeddedFile"), "Subtype": "/application#2Fjson"}
    file = pdfdoc.PDFStream(pdfdoc.PDFDictionary(kept), data, [pdfdoc.PDFZCompress])
    stream = document.Reference(file)
    entry = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(NAME),
            "UF": pdfdoc.PDFString(NAME),
            "Desc": pdfdoc.PDFString(words(msg("The decisions and signatures that this document was made from"))),
            "AFRelationship": pdfdoc.PDFName("Data"),
            "EF": pdfdoc.PDFDictionary({"F": stream, "UF": stream}),
        }
    )
    reference = document.Reference(entry)
    names = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([pdfdoc.PDFString(NAME), reference])})
    catalog = document.Catalog
    catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": names})
    catalog.AF = pdfdoc.PDFArray([reference])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
