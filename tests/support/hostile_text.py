"""Strings that break programs, and projects in which every text is one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from random import Random

from app.errors import FieldFault
from app.model.document import Document
from app.model.fields import Field, Kind, fields_of
from app.model.ids import Mint
from app.model.row import Row, with_fields
from tests.support.random_projects import random_document

LOADED = "hostile-picture.png"
"""A file that nothing may open; it stands where TRAP in a string is replaced by its folder."""

TRAP = "/TRAP"

TEXTS = (Kind.TEXT, Kind.PROSE, Kind.TEXTS)

STRINGS = {
    "formula": "=1+1",
    "formula after a blank": ' =HYPERLINK("http://example.com","x")',
    "plus": "+1+1",
    "minus": "-1+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "dde": "=cmd|'/C calc.exe'!A0",
    "tab before a formula": "\t=1+1",
    "error value": "#N/A",
    "spelt character": "_x0041__x000D_",
    "picture": f'<img src="file://{TRAP}/{LOADED}"> {TRAP}/{LOADED}',
    "bold": "<b>bold</b> <i>and</i> <u>more</u><br/>",
    "table": "<table><tr><td>1</td></tr></table>",
    "rich": f'<qt><p style="font-size:99pt">huge</p><img src="{TRAP}/{LOADED}"></qt>',
    "script": '<script>alert(1)</script><a href="javascript:alert(1)">x</a>',
    "reportlab": f'<para><img src="{TRAP}/{LOADED}" width="9" height="9"/></para><font size="99">x</font>',
    "entity": "&lt;b&gt; &amp;amp; &nbsp; &#0; ]]> <![CDATA[",
    "doctype": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "mnemonic": "&File && &Quit",
    "modified mark": "name[*] – [*][*]",
    "link": "javascript:alert(1)",
    "file link": f"file://{TRAP}/{LOADED}",
    "percent": "%s %d %n %(a)s %1 %2 %%",
    "braces": "{} {0} {name} {x.__class__} {{ }} {",
    "template": "${jndi:ldap://x} $(rm -rf /) `id` {{7*7}}",
    "path": "../../../etc/passwd",
    "windows path": "C:\\Windows\\..\\..\\CON.txt \\\\host\\share",
    "shell": "'; DROP TABLE row; -- \" ' ` | & > < \\",
    "nul": "before\0after",
    "controls": "".join(map(chr, range(1, 32))) + "\x7f\x80\x85\x9b31mred\x9f",
    "escape": "\x1b[31mred\x1b]0;title\x07",
    "right to left": "\u202egnp.exe\u202c \u2066isolated\u2069 שלום مرحبا",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "only zero width": "\u200b\u200d\u2060",
    "only blanks": " \t\u00a0\u3000\u2003 ",
    "lines": "one\r\ntwo\rthree\u2028four\u2029five\x0bsix\x0cseven\n\n\n",
    "newline flood": "x" + "\n" * 3000 + "y",
    "combining": "Z" + "\u0351\u0327\u033e" * 200,
    "apart accents": "e\u0301 A\u030a \u1100\u1161",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈👍🏿🇩🇪1️⃣",
    "astral": "𝕆𝕨𝕟𝕖𝕣 𠀀𠀁 \U0010fffd",
    "unassigned": "\ufdd0\ufffe\uffff\U0001ffff\ue000\U000e0001",
    "lone surrogate": "a\ud800b\udfff",
    "long": "word " * 20_000,
    "long word": "W" * 100_000,
    "ligature": "\ufdfa" * 40,
    "case": "ßıİſǅ K",
    "number": "1e999 NaN -0 0x41 ١٢٣",
    "json": '"}],"x":[{"\\u0000',
}

_POOL = [
    *(text for name, text in STRINGS.items() if len(text) < 400),
    *"=+-@&<>%{}\"'\\/\0\x1b\u202e\u200d\ud800\U0001f600\u0301\n\t ",
]


def random_string(pick: Random) -> str:
    """Pieces of hostile strings and stray characters, one after the other."""
    pieces = pick.choices(_POOL, k=pick.randint(1, 8))
    pieces += (
        chr(pick.choice((pick.randrange(0x100), pick.randrange(0x3000), pick.randrange(0x110000)))) for _ in "ab"
    )
    pick.shuffle(pieces)
    return "".join(pieces)


def cut(field: Field, text: str) -> str:
    """As much of a text as the field takes, without what can be stored nowhere."""
    whole = text.encode(errors="ignore").decode()
    for most in (len(whole), field.limit if field.kind is not Kind.TEXTS else 500):
        try:
            whole = whole[:most]
            field.normalise([whole] if field.kind is Kind.TEXTS else whole)
        except FieldFault:
            continue
        return whole
    return ""


def hostile_document(
    pick: Random, mint: Mint, strings: Iterator[str] | None = None, rows_of_a_kind: int = 2
) -> Document:
    """A complete document of random values in which every text of every field is the next of the strings."""
    texts = strings or cycle(STRINGS.values())
    document = random_document(pick, mint, rows_of_a_kind)
    return Document.of(document.project_id, [_hostile(row, texts) for row in document])


def _hostile(row: Row, texts: Iterator[str]) -> Row:
    values = {}
    for name, field in fields_of(type(row)).items():
        if field.kind in TEXTS and name != row.spec.fixed_by:
            text = cut(field, next(texts))
            values[name] = field.normalise([text] if field.kind is Kind.TEXTS else text)
    return with_fields(row, values)
