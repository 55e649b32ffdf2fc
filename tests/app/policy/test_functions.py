"""Which function a person works in, and on which side."""

from __future__ import annotations

import pytest

from app.policy.functions import everybody_in, for_the_platform, is_business, is_platform, same_function, works_in
from tests.support.builder import ProjectBuilder


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Support", "support", True),
        ("Support", "Support Operations", True),
        ("Legal & compliance", "Legal", True),
        ("Support", "Finance", False),
        ("", "Support", False),
        ("", "", False),
    ],
)
def test_two_names_of_one_function(one: str, other: str, same: bool) -> None:
    assert same_function(one, other) is same
    assert same_function(other, one) is same


@pytest.mark.parametrize("function", ["IT", "Platform Engineering", "Security", "IT Operations"])
def test_what_keeps_systems_running_is_the_platform(function: str) -> None:
    assert is_platform(function)
    assert not is_business(function)


@pytest.mark.parametrize("function", ["Support", "Operations", "Finance", "Product"])
def test_what_the_workflow_is_done_for_is_the_business(function: str) -> None:
    assert is_business(function)
    assert not is_platform(function)


@pytest.mark.parametrize("function", ["", "Research", "Legal & compliance"])
def test_what_is_neither_is_on_no_side(function: str) -> None:
    assert not is_business(function)
    assert not is_platform(function)


def test_somebody_works_where_they_say_or_where_they_are_the_contact() -> None:
    builder = ProjectBuilder()
    ada, bela = builder.person("Ada", function="Support"), builder.person("Bela", function="Care")
    assert everybody_in(builder.document, "SUP") == {ada.id}
    builder.contact("SUP", bela)
    assert everybody_in(builder.document, "SUP") == {ada.id, bela.id}
    assert not works_in(builder.document, None, "SUP")
    assert not works_in(builder.document, ada.id, "DAT")


def test_whoever_keeps_the_system_speaks_for_the_platform() -> None:
    builder = ProjectBuilder()
    ada, bela, cleo = builder.person("Ada", function="Operations"), builder.person("Bela"), builder.person("Cleo")
    builder.owner("system", ada)
    builder.role("reliability_engineer", bela)
    assert for_the_platform(builder.document, ada.id)
    assert for_the_platform(builder.document, bela.id)
    assert not for_the_platform(builder.document, cleo.id)
    assert not for_the_platform(builder.document, None)
