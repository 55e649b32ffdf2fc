"""Where only the vendor stands behind something, and where its help is under a cover."""

from __future__ import annotations

import pytest

from app.model.owners import VendorCover
from app.model.room import Person
from app.policy.vendor import helping_without_cover, only_the_vendor
from tests.support.builder import ProjectBuilder

TODAY = "2026-11-21"


@pytest.fixture
def builder() -> ProjectBuilder:
    made = ProjectBuilder()
    made.person("Nils", side="vendor")
    made.person("Ada", side="vendor")
    made.person("Dana")
    return made


def ids(builder: ProjectBuilder) -> list[str]:
    return [person.id for person in builder.document.rows(Person)]


def test_only_the_vendor_is_named_where_nobody_else_stands_there(builder: ProjectBuilder) -> None:
    nils, ada, dana = ids(builder)
    people = {person.id: person for person in builder.document.rows(Person)}
    line = builder.rota("Support line", people[nils], people[ada])
    mixed = builder.rota("Desk", people[nils], people[dana])
    empty = builder.rota("Empty")
    document = builder.document
    assert only_the_vendor(document, nils) == "Nils"
    assert only_the_vendor(document, line.id, None) == "Nils, Ada"
    assert only_the_vendor(document, nils, mixed.id) == ""
    assert only_the_vendor(document, dana) == only_the_vendor(document, empty.id) == only_the_vendor(document) == ""


@pytest.mark.parametrize(
    ("until", "role", "person", "named"),
    [
        (TODAY, "evaluation_engineer", "Nils", ""),
        (TODAY, "evaluation_engineer", None, ""),
        (TODAY, "evaluation_engineer", "Ada", "Nils"),
        (TODAY, "", "Nils", "Nils"),
        ("2026-11-20", "evaluation_engineer", "Nils", "Nils"),
        ("", "evaluation_engineer", "Nils", "Nils"),
    ],
)
def test_help_is_under_cover_while_the_cover_runs(
    builder: ProjectBuilder, until: str, role: str, person: str | None, named: str
) -> None:
    by_name = {each.name: each.id for each in builder.document.rows(Person)}
    builder.add(VendorCover, role=role, person=by_name[person] if person else None, until=until)
    assert helping_without_cover(builder.document, by_name["Nils"], TODAY) == named
    assert helping_without_cover(builder.document, by_name["Dana"], TODAY) == ""
