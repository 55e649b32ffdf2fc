"""The spellings in which a person is looked for: names as people write them, and words that are none."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.revisions.redaction import Known, Redaction
from app.revisions.spellings import Counts, spellings_of


def taken(text: str, *names: str, reached: tuple[str, ...] = (), others: tuple[str, ...] = ()) -> str:
    known = [Known("her", names, reached)]
    return Redaction({"her": "P1"}, known, [Known(name, (name,)) for name in others]).text(text)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Jürgen Strauß", ["Strauß", "STRAUSS", "Strauss", "Juergen", "jurgen", "J. Strauß", "Strauß, Jürgen"]),
        ("Jürgen Strauß", ["j.strauss@firm.example", "jstrauss@firm.example", "juergen@firm.example"]),
        ("Li Ng", ["Li Ng", "Ng, Li", "L. Ng", "Ms Ng", "ng.li@corp.example", "li_ng", "lng@corp.example"]),
        ("Mary-Ann van der Berg", ["Mary-Ann", "Mary Ann", "Berg", "van der Berg", "M. van der Berg", "Ann"]),
        ("Mary-Ann van der Berg", ["mvdberg@corp.example", "mberg@corp.example", "maryann@corp.example"]),
        ("İpek Öztürk", ["İpek", "ipek", "IPEK", "ıpek", "Oeztuerk", "OZTURK"]),
        ("Seán O'Brien", ["O’Brien", "OʼBrien", "O´Brien", "OBrien", "O Brien", "o'brien", "Sea\u0301n"]),
        ("Seán O'Brien", ["sean.obrien@corp.example", "sean.o'brien@corp.example", "@obrien"]),
        ("Dr. Karl Zöllner", ["Zoellner", "Zollner", "karl"]),
        ("Karl Zoellner", ["Zöllner", "ZÖLLNER"]),
        ("Ann-Kathrin Groß-Bauer", ["Groß", "Bauer", "BAUER", "Groß-Bauer", "gross bauer", "Gross‑Bauer", "Kathrin"]),
        ("Mary Jane Watson", ["Jane", "Mary Watson", "Watson"]),
        ("王小明", ["王小明", "小明"]),
        ("田中 太郎", ["田中", "太郎", "田中太郎"]),
        ("김민수", ["김민수", "민수"]),
        ("राम शर्मा", ["राम", "शर्मा"]),
    ],
)
def test_what_people_write_for_a_name_is_found(name: str, written: list[str]) -> None:
    for each in written:
        assert taken(f"ask {each} now", name) == "ask P1 now", each


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Li Ng", "The ng file, and Li too"),
        ("Mary-Ann van der Berg", "van der, van, ann, mary, Bergamo and bergmann@corp.example"),
        ("Ann-Kathrin Groß-Bauer", "ein bauer mit groß angelegtem, gross gedachtem Hof"),
        ("Joe Loew", "a low risk"),
        ("Prof. Dr. Karl Zöllner", "Ask the Prof and the Dr first"),
        ("Person 1", "every person, and Person 12"),
        ("Jane Price", "Jill asked jane.other; jprices"),
        ("王小明", "小 and 王"),
        ("राम", "रामायण"),
        ("김민", "기민"),
    ],
)
def test_other_words_stay(name: str, text: str) -> None:
    assert taken(text, name, others=("Jane Other",)) == text


def test_texts_without_blanks_between_words_are_searched_too() -> None:
    assert taken("请问王小明先生,小明", "王小明") == "请问P1先生,P1"


@pytest.mark.parametrize(
    ("way", "text", "after"),
    [
        ("+49 170 5551234", "call +49 170/555-1234 or +491705551234, 49 170 5551234", "call P1 or P1, P1"),
        ("ng.li@corp.example (office)", "to NG.LI@corp.example", "to P1"),
        ("9914", "page 9914, not 99145", "page P1, not 99145"),
        ("desk", "the desk", "the desk"),
    ],
)
def test_a_way_to_reach_somebody_is_found_however_it_is_grouped(way: str, text: str, after: str) -> None:
    assert taken(text, "Zelda Quill", reached=(way,)) == after


def test_signs_that_take_no_room_go_with_the_name() -> None:
    assert taken("of Da\u00adna\u0301\u200b We\u2060ber’s", "Dana Weber") == "of P1’s"


def test_what_counts_where() -> None:
    found = {each.shown: each.counts for each in spellings_of(("Ann-Kathrin Groß-Bauer",), ())}
    assert found["Ann-Kathrin Groß-Bauer"] is Counts.ANYWHERE
    assert found["Bauer"] is Counts.CAPITAL
    assert {each.counts for each in spellings_of(("Mary Watson",), ()) if each.key == "marywatson"} == {Counts.ANYWHERE}


NAMES = (
    *("Jürgen Strauß", "Seán O'Brien", "Ann-Kathrin Groß-Bauer", "Mary-Ann van der Berg", "İpek Öztürk"),
    *(
        "Łucja Wiśniewska",
        "Søren Ørsted",
        "Stefﬁ Fischer",
        "Αλέξης Σοφός",
        "Пётр Ковалёв",
        "Zoë D’Angelo",
        "José Núñez",
    ),
)
WAYS: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    str.casefold,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: unicodedata.normalize("NFKC", name),
    lambda name: name.replace(" ", "\u00a0"),
    lambda name: name.replace(" ", "  \u2009"),
    lambda name: name.replace("'", "’").replace("’", "ʼ"),
    lambda name: name.replace("-", "\u2011"),
    lambda name: name.replace("-", "–"),
    lambda name: "\u00ad".join(name),
    lambda name: "\u200b".join(name),
    lambda name: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name),
    lambda name: "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign)),
)


@given(st.sampled_from(NAMES), st.lists(st.sampled_from(WAYS), max_size=4), st.data())
def test_no_way_of_typing_a_name_hides_it(name: str, ways: list[Callable[[str], str]], data: st.DataObject) -> None:
    part = data.draw(st.sampled_from([name, name.split()[-1], name.split()[0]]))
    written = part
    for way in ways:
        written = way(written)
    before, after = (
        data.draw(st.sampled_from(["", "Ask ", "(", "— ", "x_", "ß "])),
        data.draw(st.sampled_from(["", ".", "’s", ")", " ß", "_x"])),
    )
    assert taken(f"{before}{written}{after}", name) == f"{before}P1{after}"


@given(st.text(max_size=40), st.text(max_size=12), st.text(max_size=12))
def test_any_name_can_be_looked_for_in_any_text(text: str, name: str, way: str) -> None:
    after = taken(text, name, reached=(way,))
    assert taken("", name) == ""
    assert after == text or "P1" in after
