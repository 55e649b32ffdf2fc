"""The spellings in which a person is looked for: names as people write them, and words that are none."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.revisions.name_words import ORDINARY_WORDS, is_ordinary
from app.revisions.redaction import Known, Redaction
from app.revisions.spellings import Counts, key_of, spellings_of


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


IN_ONE_WORD = (
    *("DanaAbelard", "Danaabelard", "danaabelard", "dana_abelard", "dana%20abelard", "dana.abelard", "dana+abelard"),
    *("dana-abelard", "Abelard,Dana", "abelard_dana", "AbelardDana", "dabelard", "DABELARD", "d.abelard", "d_abelard"),
    *("d-abelard", "abelardd", "abelard.d", "abelard_d", "dabelard2", "DanaAbelard2026"),
)


@pytest.mark.parametrize(
    "around", ["{}", "ask {} now", "({})", "C:\\Users\\{}\\map", "https://github.example/{}/map", "{}.xlsx"]
)
@pytest.mark.parametrize("written", IN_ONE_WORD)
def test_a_name_in_one_word_and_a_handle_are_found(written: str, around: str) -> None:
    assert taken(around.format(written), "Dana Abelard") == around.format("P1")


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Sam Ash", "sash"),
        ("Ben Ding", "bding"),
        ("Ann Able", "aable"),
        ("Ge Chan", "change"),
        ("Marc Oyelaran", "marco"),
    ],
)
def test_a_handle_that_may_be_another_word_counts_in_a_way_only(name: str, handle: str) -> None:
    for text in (
        f"The {handle} is there.",
        f"{handle.title()}, ({handle}); and/or {handle}",
        f"{handle}s",
        f"un{handle}",
    ):
        assert taken(text, name) == text
    for way in (
        "/srv/{}/x",
        "C:\\Users\\{}",
        "https://x.example/{}?a=1",
        "{}.pdf",
        "({}-map.xlsx)",
        "~/{}",
    ):
        assert taken(way.format(handle), name) == way.format("P1"), way
    assert taken(f"to {handle}@x.example, @{handle}", name) == "to P1, P1"


def test_a_short_name_in_one_word_needs_a_capital_within() -> None:
    assert taken("See GeChan, no Change", "Ge Chan") == "See P1, no Change"


def test_a_first_name_that_is_a_particle_elsewhere_is_found() -> None:
    assert taken("Ben, BenDing; ben, van", "Ben Ding") == "P1, P1; ben, van"
    assert taken("Mohammed ben Ali", "Ahmed ben Salah") == "Mohammed ben Ali"


def test_a_handle_takes_no_s() -> None:
    assert taken("flights, DanaAbelards Team", "Fred Light", "Dana Abelard") == "flights, P1s Team"


@pytest.mark.parametrize(
    "written",
    [
        *("anna_meier_schulz", "AnnaMeierSchulz", "anna.meier_schulz", "annameierschulz", "anna%20meier-schulz"),
        *("ameierschulz", "a.meier_schulz", "MeierSchulz", "meier_schulz", "meier.schulz", "meierschulza"),
    ],
)
def test_nothing_need_stand_between_the_halves_of_a_double_name(written: str) -> None:
    assert taken(f"{written}.xlsx, see {written}", "Anna Meier-Schulz") == "P1.xlsx, see P1"


@pytest.mark.parametrize("written", ["J%C3%BCrgen%20Strau%C3%9F", "j%c3%bcrgen_strauss", "juergenstrauss", "JStrauß"])
def test_a_name_is_found_as_a_link_spells_it(written: str) -> None:
    assert taken(f"https://x.example/a%20b/{written}.pdf", "Jürgen Strauß") == "https://x.example/a%20b/P1.pdf"


def test_a_handle_that_could_be_anothers_is_no_reason_to_keep_a_name() -> None:
    assert taken("Martina Berg, /srv/martina", "Martina Berg", others=("Martin Auer",)) == "P1, /srv/P1"
    assert taken("/srv/martina, Martina", "Martin Auer", others=("Martina Berg",)) == "/srv/martina, Martina"


PARTS = st.text("abcdefghijklmnoprstuvwz", min_size=3, max_size=8).map(str.title)
ORDINARY = ("the", "ticket", "of", "billing", "goes", "on", "Friday", "queue")


@st.composite
def written_names(draw: st.DrawFn) -> tuple[str, str]:
    """A name of two or three words, and a way in which its full name or a handle of it is written."""
    words = draw(st.lists(PARTS, min_size=2, max_size=3, unique=True))
    first, last = words[0], words[-1]
    full = draw(st.sampled_from([words, [first, last], [last, *words[:-1]], [last, first]]))
    between = draw(st.sampled_from(["", "_", ".", "+", "%20", "-", ","]))
    handles = [f"{first[0]}{tie}{last}" for tie in ("", ".", "_")] + [
        f"{last}{tie}{first[0]}" for tie in ("", ".", "_")
    ]
    handles = [handle.lower() for handle in handles if len(last) > 4]
    written = draw(st.sampled_from([between.join(full), between.join(full).lower(), *handles]))
    return " ".join(words), written


@given(
    written_names(),
    st.sampled_from(
        ["{}", "({})", "/srv/{}/x", "https://x.example/{}", "C:\\Users\\{}", "{}.pdf", "{}-map.xlsx", "@{}"]
    ),
    st.lists(st.sampled_from(ORDINARY), max_size=3),
    st.lists(st.sampled_from(ORDINARY), max_size=3),
)
def test_whoever_is_written_so_disappears_and_the_words_beside_it_stay(
    named: tuple[str, str], around: str, before: list[str], after: list[str]
) -> None:
    name, written = named
    assume(not {word.lower() for word in name.split()} & {word.lower() for word in (*ORDINARY, "srv", "users", "map")})
    text = " ".join((*before, around.format(written), *after))
    found = taken(text, name)
    assert not any(word.lower() in found.lower().split() for word in (written, *name.split()))
    assert found.split()[: len(before)] == before
    assert found.split()[len(found.split()) - len(after) :] == after
    assert "P1" in found
    assert written.lower() not in found.lower()


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


# --- names that are ordinary words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Mark Will", "Clerks will mark replies as wrong. Will they? Mark it."),
        ("Bill Ticket", "Every ticket, and the bill: tickets. Ticket and bill are due\n- Bill the client\n2. Ticket"),
        ("May Early", "An early reply may help; miss early replies"),
        ("Art Price", "A price is shown. A price. art"),
        ("Ian Will", "I will ask"),
        ("Ernst Klein", "ein kleiner, klein und ernst"),
        ("Joy Reply", "“Reply” is a joy! Reply now? (Reply) e.g. reply"),
        ("Dana Rose-Grant", "we grant it, and prices rose"),
    ],
)
def test_an_ordinary_word_is_no_name_of_theirs(name: str, text: str) -> None:
    assert taken(text, name) == text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Ask Mark, or Price’s team", "Ask P1, or P1’s team"),
        ("Mark Price asks; mark price; Price, Mark", "P1 asks; P1; P1"),
        ("Price Mark asks. M. Price and m. Price", "P1 asks. P1 and m. P1"),
        ("Mr. Price, mr price, Ms Mark, Dr. Mark", "Mr. P1, mr P1, Ms P1, Dr. P1"),
        ("owner: Mark; see e.g. Mark", "owner: P1; see e.g. P1"),
        ("to mark@x.example, /srv/mark/x, mark.price, markprice", "to P1, /srv/P1/x, P1, P1"),
        ("Mark. Mark is wrong.\nMark", "Mark. Mark is wrong.\nMark"),
        ("the mprice2 and MarkPrice", "the P1 and P1"),
    ],
)
def test_whoever_is_called_by_ordinary_words_is_found_where_a_name_is_meant(text: str, after: str) -> None:
    assert taken(text, "Mark Price") == after


def test_a_name_at_the_beginning_of_a_sentence_is_found_where_it_goes_on() -> None:
    assert taken("Grace Ann left. Grace left.", "Grace Ann Weber") == "P1 P1 left. Grace left."
    assert taken("Will Ann help?", "Will Price", "Ann") == "P1 P1 help?"
    assert taken("Will Ann help?", "Will Price") == "Will Ann help?"


def test_whoever_has_one_name_alone_keeps_it_out_of_small_letters() -> None:
    assert taken("Will asks Will whether he will", "Will") == "P1 asks P1 whether he will"


ORDINARY_NAMES = st.lists(st.sampled_from(ORDINARY_WORDS), min_size=2, max_size=3, unique=True)


@given(ORDINARY_NAMES, st.lists(st.lists(st.sampled_from(ORDINARY_WORDS), min_size=1, max_size=8), max_size=3))
def test_ordinary_sentences_never_change(name: list[str], sentences: list[list[str]]) -> None:
    words = [word for sentence in sentences for word in sentence]
    # The full name counts in small letters too, and so do an initial and the last word in one, as flight and F. Light.
    assume(not any(pair in ((name[0], name[-1]), (name[0], name[1])) for pair in pairwise(words)))
    assume(not {key_of(name[-1]), key_of(name[-1]) + key_of(name[0])[0]} & {key_of(word)[1:] for word in words})
    text = " ".join(" ".join(sentence) + "." for sentence in sentences)
    assert taken(text, " ".join(map(str.title, name))) == text


def test_the_table_of_ordinary_words_is_in_order() -> None:
    assert len(ORDINARY_WORDS) == len(set(ORDINARY_WORDS))
    assert all(word.islower() and is_ordinary(word.title()) for word in ORDINARY_WORDS)
    assert is_ordinary("GROSS")
    assert is_ordinary("Gruen")
    assert not is_ordinary("Abelard")


def test_a_code_in_capitals_is_no_name_that_is_a_word() -> None:
    assert taken("Page group BILL, or Bill", "Bill Maurer") == "Page group BILL, or P1"
    assert taken("BILL MAURER", "Bill Maurer") == "P1"
