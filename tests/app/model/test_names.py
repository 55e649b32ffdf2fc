"""Names that are one for whoever looks at them, and names of people who were erased."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.ids import Mint
from app.model.lookalikes import LATIN
from app.model.names import clean_name, erased_name, is_erased, looks, same_name
from app.model.room import Person
from app.template_list import listing
from app.templates import open_template

NAME = "Jun Kowalczyk"


@pytest.mark.parametrize(
    "other",
    [
        "JUN  kowalczyk ",
        "Jun Kowalczyk\u200b",
        "Jun\u2060 Kowalczyk",
        "Jun Kowal\u00adczyk",
        "\u202eJun Kowalczyk\u202c",
        "Jun\ufeff Kowalczyk\ufe0f",
        "J\U000e0075un Kowalczyk",
        "\uff2aun Kowalczyk",
        "Jun Kowal\u0441zyk",
        "\u0408un K\u03bfwalczyk",
        "Jun\u00a0\u039aowalczyk",
        "Jun KowaIczyk",
        "Jun Kowa1czyk",
        "Jun Kowa|czyk",
        "JUN KOWA1CZYK",
        "Jun Kowa\u01c0czyk",
        "Jun Kowa\u04cfczyk",
        "Jun K0walczyk",
        "Jun Kovvalczyk",
        "Jun\u2800Kowalczyk",
        "Jun\u3164Kowalczyk",
        "J\U0001d173un Kowalczyk",
        "JUN KOWALCZYK\u200b",
        "Jun Kowalczyk\U00013430\U0001bca0",
        "\u13abun Kowalczyk",
        "\ua4d9un \ua4d7owalczyk",
        "\U0001d409un Kowalczyk",
        "J\u057dn K\u0585walczyk",
        "\u1d0aun Kowalczyk",
    ],
)
def test_what_looks_the_same_is_the_same(other: str) -> None:
    assert same_name(NAME, other)
    assert same_name(other, NAME)


@pytest.mark.parametrize("other", ["Jan Kowalczyk", "Jun Kowalcyk", "Jun Kowalćzyk", "Jun-Kowalczyk", "Jun", ""])
def test_what_can_be_told_apart_is_another(other: str) -> None:
    assert not same_name(NAME, other)


@pytest.mark.parametrize(
    ("one", "other"), [("ΝΊΚΟΣ ΨΎΛΛΟΣ", "Νίκος Ψύλλος"), ("СЕРГЕЙ", "Сергей"), ("Zoë", "ZOE\u0308")]
)
def test_capitals_are_no_other_name_in_any_alphabet(one: str, other: str) -> None:
    assert same_name(one, other)


@given(
    st.text(max_size=12),
    st.sampled_from("\u00ad\u034f\u200b\u200c\u200e\u2060\u202e\u2069\u3164\ufeff"),
    st.integers(0, 12),
)
def test_an_invisible_sign_makes_no_other_name(name: str, sign: str, place: int) -> None:
    assert same_name(name[:place] + sign + name[place:], name)
    assert looks(name[:place] + sign + name[place:]) == looks(name)


SUBSTITUTES = {
    **{letter: [sign for sign, like in LATIN.items() if like == letter] for letter in set(LATIN.values())},
    " ": [*"\u00a0\u115f\u1160\u2009\u2800\u3000\u3164"],
}
SUBSTITUTES["I"] += ["l", *SUBSTITUTES["l"]]
SUBSTITUTES["l"] += ["I", *SUBSTITUTES["I"]]
SUBSTITUTES["w"] += ["vv"]


@given(st.data(), st.text(max_size=12) | st.text("ILlimwoa 10é", max_size=12))
def test_a_sign_that_looks_the_same_makes_no_other_name(data: st.DataObject, name: str) -> None:
    blank = data.draw(st.sampled_from(SUBSTITUTES[" "]))
    spelt = "".join(
        blank
        if letter == " " and data.draw(st.booleans())
        else data.draw(st.sampled_from([letter, *SUBSTITUTES.get(letter, [])]))
        if letter != " "
        else letter
        for letter in name
    )
    assert same_name(name, spelt)
    assert same_name(spelt, name)
    assert looks(spelt) == looks(name)


FIRST = """
Ada Alan Alba Ali Alice Alina Amara Amir Ana Anders Anil Anja Anna Anne Anton Ari Arne Aya Bea Ben Bernd Bo Carl
Carla Carlo Cem Chen Clara Cleo Dan Dana Daniel Daniela Dara Darren Dean Diana Dina Dora Ed Eda Elena Eli Elia
Ella Ellen Emil Emilia Emily Emma Enno Eric Erica Erik Esra Eva Eve Fatima Femi Finn Fiona Frida Gail Gil Gina
Greta Hana Hanna Hans Harry Helen Ian Ida Ilan Ilona Ina Ines Ingo Ira Iris Isa Ivan Ivo Jack Jan Jana Jane Jean
Jill Joan Joe Jon Jonas Jun Kai Kal Kara Karl Karla Kim Kira Lan Lara Lars Laura Lea Lee Lena Leo Lia Liam Lila
Lili Lilia Lily Lina Lisa Liv Liz Lola Lou Luca Lucia Luis Luna Lyn Mai Maja Mara Marc Maria Marie Mario Mark
Marta Mary Matt Maya Mei Mia Mila Milo Min Mina Mira Mona Nadia Neil Nell Nia Nico Nils Nina Noa Noah Nora Ola
Olaf Ole Olga Oli Omar Oskar Paul Paula Per Peter Pia Priya Quinn Rana Raul Rolf Ron Rosa Ruth Sara Sean Silva
Sofia Sven Tara Theo Tim Tom Uli Ulla Uma Vera Will Wilma Yan Yara Zoe Ольга Олег Дана Анна Иван Νίκος Νίκη
"""


def test_a_capital_i_is_read_as_it_is_meant() -> None:
    assert same_name("DANA ABELARD", "Dana AbeIard")
    assert same_name("ALI", "ALl")
    assert same_name("lan Berg", "Ian Berg")
    for one, other in (("ELIA BERG", "Ella Berg"), ("Lan Berg", "Ian Berg"), ("NEIL", "Nell")):
        assert not same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Marnie Ross", "Mamie Ross"), ("Peter Kern", "Peter Kem"), ("Anna Dorn", "Anna Dom")]
)
def test_an_m_is_no_r_and_n(one: str, other: str) -> None:
    for spell in (str, str.upper, str.lower):
        assert not same_name(spell(one), spell(other))
        assert looks(spell(one)) != looks(spell(other))


def test_ordinary_names_stay_apart() -> None:
    people = {row.name for each in listing() for row in open_template(each.id, Mint()).document.rows(Person)}
    names = [*(f"{first} Berg" for first in FIRST.split()), *sorted(people - {""})]
    assert len(names) > 200
    for spell in (str, str.upper, str.lower):
        spelt = [spell(name) for name in names]
        alike = [(one, other) for one, other in combinations(spelt, 2) if same_name(one, other)]
        assert alike == []


@pytest.mark.parametrize(("sign", "letter"), [(sign, letter) for sign, letter in LATIN.items()])
def test_the_table_lists_single_signs_that_are_no_plain_letters(sign: str, letter: str) -> None:
    assert len(sign) == 1
    assert sign in "01|" or not sign.isascii()
    assert letter.isascii()


def test_who_was_erased_is_told_by_the_name() -> None:
    assert is_erased(erased_name(4))
    assert not is_erased("Erased person")
    assert not is_erased("Dana Abelard")


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("  Rosa\u200b  \u202eSteiner\u00ad ", "Rosa Steiner"),
        ("\u200b Rosa \u200c", "Rosa"),
        ("Ro\u200dsa", "Rosa"),
        ("علی\u200cرضا\u200c", "علی\u200cرضا"),
        ("क्\u200dष\u200d\u200d", "क्\u200dष\u200d"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("\u200b\u200d", ""),
    ],
)
def test_a_name_that_is_typed_keeps_nothing_that_nobody_sees(said: str, taken: str) -> None:
    assert clean_name(said) == taken


@given(st.text())
def test_what_was_taken_is_not_changed_again(said: str) -> None:
    assert clean_name(clean_name(said)) == clean_name(said)
    assert same_name(clean_name(said), said)
