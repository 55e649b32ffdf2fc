"""One named person, or several: by the whole name, never by a surname that is a word of work too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy.one_person import GROUPS, SEVERAL, is_a_function, is_a_group, speaks_of_a_group, speaks_of_the_vendor

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
