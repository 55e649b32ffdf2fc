"""Who has no deputy, person by person."""

from __future__ import annotations

from app.messages import words
from app.model.room import Person
from app.policy.deputies import no_deputy, without_deputy
from tests.support.builder import ProjectBuilder


def told(builder: ProjectBuilder) -> list[str]:
    return [words(no_deputy(builder.document, parts)) for parts in without_deputy(builder.document).values()]


def held() -> tuple[ProjectBuilder, Person, Person]:
    builder = ProjectBuilder()
    nadia, jun = builder.person("Nadia Fuchs"), builder.person("Jun Kowalczyk")
    builder.role("product_owner", nadia)
    builder.owner("workflow", nadia)
    builder.role("tool_maintainer", jun)
    return builder, nadia, jun


def test_each_person_is_told_once_owners_before_roles() -> None:
    builder, *_ = held()
    assert told(builder) == [
        "Nadia Fuchs has no deputy as Workflow owner and Agent Product Owner.",
        "Jun Kowalczyk, Tool Registry Maintainer, has no deputy.",
    ]


def test_what_has_a_deputy_is_left_out() -> None:
    builder, nadia, jun = held()
    builder.owner("workflow", nadia, deputy=jun)
    assert told(builder)[0] == "Nadia Fuchs, Agent Product Owner, has no deputy."
    builder.role("product_owner", nadia, deputy=jun)
    builder.role("tool_maintainer", jun, rota=builder.rota("Tools", jun, nadia))
    assert told(builder) == []


def test_nobody_is_their_own_deputy_nor_is_a_rota_of_one() -> None:
    builder, nadia, jun = held()
    builder.owner("workflow", nadia, deputy=nadia)
    builder.role("product_owner", nadia, deputy=builder.rota("Alone", nadia))
    assert len(without_deputy(builder.document)[nadia.id]) == 2
    builder.role("tool_maintainer", None)
    assert jun.id not in without_deputy(builder.document)
