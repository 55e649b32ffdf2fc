"""The builders of test projects: what other tests rely on."""

from __future__ import annotations

from collections import Counter

from app.interchange import Project, read, write
from app.model.exceptions import CoverageWindow
from app.model.fields import fields_of
from app.model.kinds import ALL
from app.model.log import Log
from app.model.oversight import Action
from app.model.room import Person
from app.revisions.digest import content_digest
from app.revisions.signoff import audit, state
from tests.support.builder import ProjectBuilder, complete, marker_project, sample
from tests.support.large import large_project


def test_a_builder_takes_rows_where_a_field_takes_ids() -> None:
    builder = ProjectBuilder()
    dana, jun = builder.person("Dana"), builder.person("Jun")
    rota = builder.rota("On call", dana, jun)
    assert builder.owner("workflow", dana, deputy=rota).deputy == rota.id
    assert rota.members == (dana.id, jun.id)
    assert builder.action("Send", "21202").external_visibility == 2
    assert builder.window("approve", rota, "sat,sun").weekdays == ("sat", "sun")
    assert builder.document.rows(CoverageWindow)[0].holder == rota.id
    assert len(builder.log) == 6


def test_the_same_calls_make_the_same_project() -> None:
    assert write(sample().project(), private=True) == write(sample().project(), private=True)
    assert content_digest(sample().document) != content_digest(sample("another seed").document)
    assert content_digest(complete().document) != content_digest(sample().document)


def test_the_marker_project_fills_every_field_of_every_kind() -> None:
    document, marked = marker_project(signed=True)
    filled = {(each.kind, each.field) for each in marked}
    # Nobody was erased.
    assert {(c.spec.kind, name) for c in ALL for name in fields_of(c) if name != "erased"} == filled
    assert read(write(Project(document, Log()), private=True)).document == document
    assert audit(document) == ()
    assert state(document).complete


def test_a_marker_stands_in_one_field_only() -> None:
    _, marked = marker_project()
    twice = [text for text, count in Counter(each.text for each in marked if each.text).items() if count > 1]
    assert twice == []


def test_a_large_project_is_as_large_as_asked_valid_and_the_same_each_time() -> None:
    project = large_project(actions=60, people=20)
    assert len(project.document.rows(Action)) == 60 + 12
    assert len(project.document.rows(Person)) == 20 + len(sample().document.rows(Person))
    text = write(project, private=True)
    assert read(text).document == project.document
    assert text == write(large_project(actions=60, people=20), private=True)
