"""Which fields are checked, and what stays when words are dismissed."""

from __future__ import annotations

from app.edits.generic import set_fields
from app.edits.wording import dismiss
from app.model.boundary import Workflow
from app.model.exceptions import ExceptionPath
from app.model.fields import Kind, Wording, fields_of
from app.model.kinds import ALL
from app.model.room import Person
from app.wording.detect import detector_of
from app.wording.fields import ASKS_WHO, checked_fields, phrases_by_field, phrases_of
from app.wording.names import names_of
from tests.support.builder import ProjectBuilder


def open_words(builder: ProjectBuilder) -> list[tuple[str, list[str]]]:
    found = phrases_by_field(builder.document, builder.document.only(Workflow))
    return [(name, [phrase.words for phrase in phrases]) for name, phrases in found]


def test_only_texts_that_are_decided_are_checked() -> None:
    for row_class in ALL:
        declared = fields_of(row_class)
        for name in checked_fields(row_class):
            assert declared[name].kind in (Kind.TEXT, Kind.PROSE)
            assert declared[name].scope.value == "decision"


def test_owner_destination_stop_and_boundary_are_all_there() -> None:
    places = {place for row_class in ALL for place in checked_fields(row_class).values()}
    assert places == set(Wording) - {Wording.UNCHECKED}


def test_phrases_come_field_by_field() -> None:
    builder = ProjectBuilder()
    builder.set(Workflow, purpose="A seamless vision", trigger="A ticket", success="Someone will look for now")
    assert open_words(builder) == [("purpose", ["seamless", "vision"]), ("success", ["Someone will look", "for now"])]
    found = phrases_by_field(builder.document, builder.document.only(Workflow), (Wording.TEXT,))
    assert [name for name, _ in found] == ["purpose", "success"]
    assert phrases_by_field(builder.document, builder.document.only(Workflow), (Wording.BOUNDARY,)) == []


def test_dismissed_words_come_back_when_they_change_and_only_there() -> None:
    builder = ProjectBuilder()
    builder.set(Workflow, success="Someone will look for now", failure="Someone will look")
    row = builder.document.only(Workflow)
    builder.run(dismiss(row.id, "success", "vague_actor", "someone  will LOOK", "It is a drill."))
    assert open_words(builder) == [("success", ["for now"]), ("failure", ["Someone will look"])]
    left, kept = phrases_of(builder.document, row.id, "success", row.success, Wording.TEXT)
    assert ([phrase.words for phrase in left], [phrase.words for phrase in kept]) == (
        ["for now"],
        ["Someone will look"],
    )
    builder.set(row, success="Somebody will look")
    assert open_words(builder) == [("success", ["Somebody will look"]), ("failure", ["Someone will look"])]


def test_the_fields_that_ask_who_are_checked_ones_about_owner_destination_or_stop() -> None:
    for row_class, names in ASKS_WHO.items():
        for name in names:
            assert checked_fields(row_class)[name] in (Wording.OWNER, Wording.DESTINATION, Wording.STOP)


def test_that_nothing_is_said_is_shown_beside_a_field_that_asks_who_and_is_no_finding() -> None:
    builder = ProjectBuilder()
    path, text = builder.document.only(ExceptionPath), "Each of them is looked into with due thoroughness"
    builder.set(path, escalation_rules=text, fallback=text)

    def beside(name: str) -> list[str]:
        left, _ = phrases_of(builder.document, path.id, name, text, Wording.DESTINATION)
        return [phrase.words for phrase in left]

    assert (beside("escalation_rules"), beside("fallback")) == ([text], [])
    assert phrases_by_field(builder.document, builder.document.only(ExceptionPath)) == []
    builder.run(dismiss(path.id, "escalation_rules", "no_destination", text, "The rules stand in the handbook."))
    assert beside("escalation_rules") == []


def test_the_names_are_those_of_the_project_and_the_same_while_they_are_the_same() -> None:
    builder = ProjectBuilder()
    dana = builder.person("Dana Abelard")
    builder.person("Nils Aker", side="vendor")
    builder.rota("Platform on call", dana)
    builder.queue("billing-exceptions")
    builder.agent(vendor="Modelhaus")
    names = names_of(builder.document)
    assert (names.people, names.rotas, names.queues) == (
        ("Dana Abelard",),
        ("Platform on call",),
        ("billing-exceptions",),
    )
    assert (names.vendors, names.outsiders) == (("Modelhaus",), ("Nils Aker",))
    before = detector_of(builder.document)
    builder.run(set_fields(dana.id, title="Head of Support Operations"))
    assert detector_of(builder.document) is before
    builder.set(builder.document.rows(Person)[0], name="Dana A.")
    assert detector_of(builder.document) is not before
