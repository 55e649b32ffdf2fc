"""One named person, or several: by the whole name, never by a surname that is a word of work too."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy.one_person import (
    Called,
    Stands,
    is_a_function,
    is_a_group,
    no_one_person,
    people_in_name,
    speaks_of_a_group,
    speaks_of_the_vendor,
)
from app.policy.work_words import GROUPS, SEVERAL

NAMES = tomllib.loads((Path(__file__).parents[2] / "fixtures" / "names.toml").read_text(encoding="utf-8"))
CALLED = Called(places=frozenset({"platform on call", "billing-exceptions"}), vendor="Modelhaus")
KINDS = {
    "several": Stands.PEOPLE,
    "group": Stands.GROUP,
    "function": Stands.FUNCTION,
    "place": Stands.PLACE,
    "nobody": Stands.NOBODY,
    "vendor": Stands.COMPANY,
    "title": Stands.TITLE,
}

GIVEN = st.sampled_from(("Anna", "Kim", "Oluwaseun", "Jo", "Márta"))


@given(GIVEN, st.sampled_from(sorted(GROUPS - SEVERAL)))
def test_whoever_has_a_given_name_is_a_person(given_name: str, surname: str) -> None:
    assert not is_a_group(f"{given_name} {surname.title()}")
    assert not is_a_function(f"{given_name} {surname.title()}")


@pytest.mark.parametrize("name", ["Billing Team", "change board", "The Team", "Platform team", "Steering committee"])
def test_a_whole_name_of_work_is_a_group(name: str) -> None:
    assert is_a_group(name)


def test_a_function_of_the_project_counts_as_work() -> None:
    assert not is_a_group("Renewals Team")
    assert is_a_group("Renewals Team", ["Renewals"])
    assert is_a_function("renewals", ["Renewals"])


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Legal", True),
        ("legal & compliance", True),
        ("Support and Operations", True),
        ("Finn Legal", False),
        ("", False),
    ],
)
def test_a_function_stands_alone(name: str, is_one: bool) -> None:
    assert is_a_function(name) is is_one


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("The whole team decides", True),
        ("Steering committee", True),
        ("Team lead", False),
        ("Head of the board", False),
    ],
)
def test_what_stands_in_for_an_owner(text: str, several: bool) -> None:
    assert speaks_of_a_group(text) is several


@pytest.mark.parametrize(
    ("text", "vendor", "speaks"),
    [
        ("The vendor for now", "", True),
        ("Our suppliers", "", True),
        ("modelhaus support desk", "Modelhaus", True),
        ("modelhaus support desk", "", False),
        ("Vendor Management Lead", "Modelhaus", False),
        ("Modelhaus's relationship manager", "Modelhaus", False),
        ("Head of Support", "Modelhaus", False),
        ("A+ support", "A+", True),
        ("Modelhausen town hall", "Modelhaus", False),
    ],
)
def test_the_vendor_by_that_word_or_by_its_name(text: str, vendor: str, speaks: bool) -> None:
    assert speaks_of_the_vendor(text, vendor) is speaks


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in KINDS for name in NAMES["tuned"]["bad"][kind]])
def test_what_a_name_stands_for(kind: str, name: str) -> None:
    assert no_one_person(name, CALLED) is KINDS[kind]


@pytest.mark.parametrize("name", ["", " ", *NAMES["tuned"]["good"]])
def test_one_human_being_has_many_ways_to_be_called(name: str) -> None:
    assert no_one_person(name, CALLED) is None


def test_names_that_nobody_tuned_are_told_as_well_as_before() -> None:
    bad = [name for names in NAMES["held"]["bad"].values() for name in names]
    good = NAMES["held"]["good"]
    assert (len(bad), len(good)) == (51, 70)
    assert sum(no_one_person(name, CALLED) is not None for name in bad) >= 49
    assert sum(no_one_person(name, CALLED) is None for name in good) >= 68


@given(GIVEN, st.sampled_from(("Fuchs", "van der Berg", "O'Neil", "Müller-Orr", "Head", "Team")))
def test_two_names_joined_are_two_people(given_name: str, surname: str) -> None:
    name = f"{given_name} {surname}"
    for joined in (f"{name} and Tomas Ilves", f"{name}, Tomas Ilves", f"{name}/Tomas Ilves", f"{name} & Tomas Ilves"):
        assert no_one_person(joined) is Stands.PEOPLE
        assert people_in_name(joined) == (name, "Tomas Ilves")


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Nadia, Tomas, and Grace", ("Nadia", "Tomas", "Grace")),
        ("Nadia Fuchs, Head of Renewals and Growth", ("Nadia Fuchs",)),
        ("Nadia Fuchs, Renewals Manager", ("Nadia Fuchs",)),
        ("Dana and team", ("Dana", "team")),
        ("Fuchs, Nadia", ("Fuchs, Nadia",)),
        ("Support and Operations", ()),
        ("", ()),
    ],
)
def test_who_is_in_a_name(name: str, people: tuple[str, ...]) -> None:
    assert people_in_name(name) == people


def test_without_a_vendor_its_name_is_any_name() -> None:
    assert no_one_person("Sage Williams", Called(vendor="Sage")) is None
    assert no_one_person("Sage", Called(vendor="Sage Ltd")) is Stands.COMPANY
    assert no_one_person("Sage") is None
