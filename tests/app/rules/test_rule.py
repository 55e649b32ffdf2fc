"""What a rule reads: some fields of some rows, and nothing else."""

from __future__ import annotations

from app.model.changes import RowChange
from app.model.room import Agent, Person
from app.model.row import with_fields
from app.rules.rule import Rule, part, rule
from tests.support.builder import ProjectBuilder


@rule(
    "TST-09", 1, step="room", question="Is it?", why="x", weak="x", better="x", reads=(part(Person, "name"),), marks={}
)
def names(document, today):  # type: ignore[no-untyped-def]
    return ()


def read(builder: ProjectBuilder, of: Rule = names) -> tuple[object, ...]:
    return of.read(builder.document)


def test_a_part_is_the_same_while_its_fields_are() -> None:
    builder = ProjectBuilder()
    dana, jun = builder.person("Dana Abelard"), builder.person("Jun Okafor")
    before = read(builder)
    builder.set(dana, title="Head of support")
    builder.agent(name="Triage")
    assert read(builder) == before
    builder.set(jun, name="Jun Okafor-Lind")
    assert read(builder) != before
    builder.set(jun, name="Jun Okafor")
    assert read(builder) == before, "what counts is the value, not that it was touched"


def test_rows_that_come_go_or_change_places_are_seen() -> None:
    builder = ProjectBuilder()
    dana, jun = builder.person("Dana Abelard"), builder.person("Jun Okafor")
    before = read(builder)
    document = builder.document
    swapped = document.applying(
        [RowChange(dana, with_fields(dana, {"rank": jun.rank})), RowChange(jun, with_fields(jun, {"rank": dana.rank}))]
    )
    assert names.read(swapped) != before
    assert names.read(document.applying([RowChange(jun, None)])) != before
    builder.person("Third")
    assert read(builder) != before


def test_parts_with_other_fields_are_never_the_same() -> None:
    builder = ProjectBuilder()
    builder.person("Dana Abelard")
    document = builder.document
    other = Rule(**{**{name: getattr(names, name) for name in names.__slots__}, "reads": (part(Person, "title"),)})
    assert other.read(document) != names.read(document)
    agent = Rule(**{**{name: getattr(names, name) for name in names.__slots__}, "reads": (part(Agent, "stage"),)})
    first = agent.read(document)
    builder.agent(client="Somebody")
    assert agent.read(builder.document) == first
    builder.agent(stage="2")
    assert agent.read(builder.document) != first
