"""Names of files in sentences: on one line, and nothing that a terminal obeys."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.messages import printable, shown


@given(st.text(st.characters(codec=None)))
def test_a_name_is_one_line_and_obeyed_by_nobody(name: str) -> None:
    said = shown(name)
    assert len(said.splitlines()) <= 1
    assert not {sign for sign in said if ord(sign) < 32 or 127 <= ord(sign) < 160}
    assert said.encode("utf-8").decode() == said
    if name.isascii() and name.isprintable():
        assert said == name


def test_signs_are_spelt_as_json_spells_them() -> None:
    assert shown(Path("a\nb\tc\x1b[31m")) == "a\\u000ab\\u0009c\\u001b[31m"
    assert shown("a\u202etxt.exe") == "a\\u202etxt.exe"
    assert shown("Größe 地図.ownermap") == "Größe 地図.ownermap"
    assert printable("two\nlines\x07") == "two\nlines\\u0007"


def test_a_sign_that_nobody_would_see_is_spelt_and_what_a_script_needs_stays() -> None:
    assert printable("Jun Kowal\u00adczyk\u200b") == "Jun Kowal\\u00adczyk\\u200b"
    assert printable("Jun\u202e\u2066\u2060\u200d\ufeff") == "Jun\\u202e\\u2066\\u2060\\u200d\\ufeff"
    assert json.loads(printable('"Jun\U000e0020"')) == "Jun\U000e0020"
    for needed in (
        "می\u200cخواهم",
        "👩\u200d🚒",
        "❤\ufe0f",
        "क्\u200dष",
        "©\ufe0f",
        "葛\U000e0100",
        "⠓\u2800⠓",
        "a\u00a0b",
    ):
        assert printable(needed) == needed


@given(
    st.sampled_from(["", "Jun", "Дана", "Dana "]),
    st.sampled_from([*"\u00ad\u034f\u061c\u115f\u17b4\u180b\u180e\u200b\u200d\u200e", "\u2800", "\u3164", "\ufe0f"])
    | st.sampled_from(["\ufff9", "\U00013430", "\U0001bca0", "\U0001d173", "\U000e0061", "\U000e0100"]),
)
def test_whatever_nobody_sees_beside_a_letter_is_spelt(before: str, sign: str) -> None:
    for said in (printable(before + sign), shown(before + sign)):
        assert sign not in said
        assert said.startswith(f"{before}\\u")
