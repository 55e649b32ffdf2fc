"""Documents go out as JSON and come back the same; what is wrong in one that comes in is named by its path."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app import interchange
from app.edits.generic import add, set_fields
from app.errors import UNREADABLE, Unreadable
from app.interchange import Project
from app.messages import Message, msg
from app.model.document import Document
from app.model.fields import Scope, fields_of
from app.model.kinds import ALL
from app.model.log import Log
from app.model.owners import Vote
from app.model.room import Agent, Person
from app.model.row import with_fields
from app.workspace import Workspace
from tests.support.random_projects import random_document, steady_mint

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "resources" / "schema" / f"ownermap-{interchange.VERSION}.schema.json"


def edited_project() -> Project:
    """A random project with a log: decisions, undo, and private steps among them."""
    mint = steady_mint()
    workspace = Workspace(Project(random_document(Random(1), mint), Log()), mint=mint)
    workspace.run(add(Person, {"name": "Ada", "present": True}))
    ada = workspace.document.rows(Person)[-1]
    workspace.run(set_fields(ada.id, present=False))
    workspace.run(add(Vote, {"voter": ada.id, "question": "workflow", "answer": "nobody"}))
    workspace.undo()
    return workspace.project


@pytest.fixture(scope="module")
def good() -> str:
    return interchange.write(edited_project(), private=True)


# --- there and back ---


@settings(max_examples=15)
@given(st.randoms(use_true_random=True))
def test_every_kind_and_field_comes_back(pick: Random) -> None:
    project = Project(random_document(pick, steady_mint()), Log())
    assert interchange.read(interchange.write(project, private=True)).document == project.document


def test_the_log_comes_back() -> None:
    project = edited_project()
    found = interchange.read(interchange.write(project, private=True))
    assert list(found.log) == list(project.log)
    assert found.log.next_undo() == project.log.next_undo()


def test_the_same_project_makes_the_same_text(good: str) -> None:
    assert interchange.write(interchange.read(good), private=True) == good


def test_without_asking_nothing_private_goes_out() -> None:
    project = edited_project()
    data = json.loads(interchange.write(project))
    for row_class in ALL:
        if row_class.spec.scope is Scope.PRIVATE:
            assert row_class.spec.kind not in data["rows"]
            continue
        private = {name for name, field in fields_of(row_class).items() if field.scope is Scope.PRIVATE}
        for row in data["rows"][row_class.spec.kind]:
            assert not private & set(row)
    assert [change["kind"] for entry in data["log"] for change in entry["changes"]] == ["person"]
    assert "present" not in data["log"][0]["changes"][0]["after"]


def test_what_went_out_without_the_private_part_comes_back_complete() -> None:
    project = edited_project()
    found = interchange.read(interchange.write(project)).document
    for row_class in ALL:
        if row_class.spec.scope is not Scope.PRIVATE:
            shared = {name for name, field in fields_of(row_class).items() if field.scope is not Scope.PRIVATE}
            for ours, theirs in zip(project.document.rows(row_class), found.rows(row_class), strict=True):
                assert with_fields(theirs, {n: ours.value(n) for n in fields_of(row_class) if n not in shared}) == ours
        elif row_class.spec.is_fixed:
            assert len(found.rows(row_class)) == len(project.document.rows(row_class))
        else:
            assert found.rows(row_class) == ()


def test_messages_come_back_whatever_they_hold() -> None:
    nested = msg("Undo: {what}", what=msg("{count} of {title}", count=3, title="“x” {y}"))
    assert interchange.message_from_plain(interchange.plain_message(nested)) == nested
    assert interchange.message_from_plain(["Plain", {}]) == Message("Plain")


# --- what is wrong in it ---


def refused(text: str | bytes) -> str:
    with pytest.raises(Unreadable) as error:
        interchange.read(text)
    assert error.value.exit_code == UNREADABLE
    return str(error.value)


def changed(good: str, change: Callable[[Any], object]) -> str:
    data = json.loads(good)
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(
    "text", ["", "{", "\x00", "[" * 100_000, '{"a": 1, "a": 2}', b"\xff\xfe\x00", "NaN", "[]", "null", '"x"', "{}"]
)
def test_what_is_not_a_document_of_ours(text: str | bytes) -> None:
    assert "Choose a file that Ownermap exported as JSON" in refused(text)


def test_a_newer_version_is_named(good: str) -> None:
    assert "has version 7; this Ownermap reads up to 2" in refused(changed(good, lambda data: data.update(version=7)))


ADA = "01a1fd39-eee7-7f66-9821-6066533a7c16"


def at(*path: str | int) -> Callable[[Any], Any]:
    def find(data: Any) -> Any:
        for name in path:
            data = data[name]
        return data

    return find


def put(value: Any, *path: str | int) -> Callable[[Any], object]:
    return lambda data: at(*path[:-1])(data).__setitem__(path[-1], value)


def drop(*path: str | int) -> Callable[[Any], object]:
    return lambda data: at(*path[:-1])(data).pop(path[-1])


def twin(data: Any) -> None:
    data["rows"]["queue"][0]["id"] = data["rows"]["person"][0]["id"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put(1, "more"), "/more: unknown field"),
        (put(0, "version"), "/version: not a version"),
        (put("me", "project"), "/project: not an id"),
        (drop("rows"), "/rows: missing or not an object"),
        (drop("rows", "action"), "/rows/action: missing or not a list"),
        (put([], "rows", "gadget"), "/rows/gadget: unknown kind"),
        (put(1, "rows", "person", 1, "age"), "/rows/person/1/age: unknown field"),
        (drop("rows", "person", 1, "name"), "/rows/person/1/name: missing"),
        (put(7, "rows", "person", 1, "name"), "/rows/person/1/name: Name takes a text"),
        (put(" Ada", "rows", "person", 1, "name"), "/rows/person/1/name: not in the form"),
        (put("Ame\u0301lie", "rows", "person", 1, "name"), "/rows/person/1/name: its accents stand apart"),
        (put("7", "rows", "agent", 0, "stage"), "/rows/agent/0/stage: 7 is not one of the choices"),
        (put("", "rows", "agent", 0, "understudy"), "/rows/agent/0/understudy: not in the form"),
        (put(ADA, "rows", "agent", 0, "understudy"), "/rows/agent/0/understudy: names an entry that is not there"),
        (put([ADA], "rows", "rota", 0, "members"), "/rows/rota/0/members: names an entry that is not there"),
        (put(1, "rows", "agent", 0, "outside_parties"), "/rows/agent/0/outside_parties: Customers"),
        (put(1.5, "rows", "agent", 0, "cost_l1"), "/rows/agent/0/cost_l1: Cost limit L1 takes a whole number"),
        (put("x y", "rows", "person", 0, "rank"), "/rows/person/0/rank: not a rank"),
        (put("x", "rows", "person", 0, "id"), "/rows/person/0/id: not an id"),
        (put(3, "rows", "person", 0), "/rows/person/0: not an object"),
        (twin, "/rows/queue/0/id: the same id stands twice"),
        (drop("rows", "agent", 0), "/rows/agent: exactly one row is expected"),
        (drop("rows", "owner", 0), "/rows/owner: one row is expected for each of: workflow, system"),
        (put({}, "log"), "/log: not a list"),
        (put({}, "log", 0), "/log/0: not a change set"),
        (put(["x"], "log", 0, "label"), "/log/0: not a change set"),
        (put("x", "log", 0, "changes"), "/log/0/changes: not a list"),
        (put("gadget", "log", 0, "changes", 0, "kind"), "/log/0/changes/0: not a row change"),
        (put(None, "log", 0, "changes", 0, "after"), "/log/0/changes/0: neither before nor after"),
        (put(7, "log", 0, "changes", 0, "after", "name"), "/log/0/changes/0/after/name: Name takes a text"),
        (put(5, "log", 0, "undoes"), "/log/0: not a change set"),
        (put(["{a.__class__}", {"a": "x"}], "log", 0, "label"), "/log/0: not a change set"),
        (put(["{a:>999999999}", {"a": "x"}], "log", 0, "label"), "/log/0: not a change set"),
        (put(["{b}", {"a": "x"}], "log", 0, "label"), "/log/0: not a change set"),
        (put(["{", {"a": "x"}], "log", 0, "label"), "/log/0: not a change set"),
        (put("yesterday", "log", 0, "at"), "/log/0/at: not a moment"),
        (put("9999-12-31T23:59:59.999Z", "log", 0, "at"), "/log/0/at: not a moment"),
        (put("9999-12-31", "rows", "agent", 0, "review_by"), "/rows/agent/0/review_by: Review this map by takes"),
        (put("9999-12-31", "log", 0, "changes", 0, "after", "away_to"), "/log/0/changes/0/after/away_to: "),
        (put("x", "log", 0, "id"), "/log/0/id: not an id"),
        (lambda data: data["log"].append(data["log"][0]), "/log/4/id: the same id stands twice"),
    ],
)
def test_a_fault_is_named_by_its_path(good: str, change: Callable[[Any], object], said: str) -> None:
    assert said in refused(changed(good, change))


def test_the_sentence_about_faults_ends_once(good: str) -> None:
    said = refused(changed(good, put(7, "rows", "person", 1, "name")))
    assert ".." not in said
    assert "Name takes a text. Mend them" in said


def test_several_faults_are_named_at_once_though_not_all(good: str) -> None:
    def spoil(data: Any) -> None:
        for row in data["rows"]["six_thing"]:
            row["held_by"] = "XX"

    assert refused(changed(good, spoil)).count("/held_by:") == interchange.FAULTS_NAMED


@settings(max_examples=60)
@given(st.data())
def test_any_value_in_any_place_is_read_or_refused_in_a_sentence(data: st.DataObject) -> None:
    plain = json.loads(interchange.write(edited_project(), private=True))
    place = plain
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.integers(0, 5)) == 0:
            break
        place = place[key]
    place[key] = data.draw(st.sampled_from([None, "", "x", 0, -1, 1.5, True, [], [None], [[]], {}, {"a": 1}, ADA]))
    try:
        found = interchange.read(json.dumps(plain))
    except Unreadable as error:
        message = str(error)
    else:
        message = interchange.write(found)
    assert message


# --- the published schema ---


def test_the_published_schema_is_current() -> None:
    spec = importlib.util.spec_from_file_location("make_schema", ROOT / "packaging" / "make_schema.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert SCHEMA.read_text(encoding="utf-8") == script.text(), "run: python packaging/make_schema.py"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("private", [False, True])
def test_the_schema_takes_what_is_written(validator: Draft202012Validator, private: bool) -> None:
    validator.validate(json.loads(interchange.write(edited_project(), private=private)))
    empty = Project(Document.empty(steady_mint()), Log())
    validator.validate(json.loads(interchange.write(empty, private=private)))


@pytest.mark.parametrize(
    "change",
    [
        put(1, "rows", "person", 1, "age"),
        drop("rows", "person", 1, "name"),
        put(7, "rows", "person", 1, "name"),
        put("x" * 201, "rows", "person", 1, "name"),
        put("7", "rows", "agent", 0, "stage"),
        put(1.5, "rows", "agent", 0, "cost_l1"),
        put("x", "rows", "agent", 0, "understudy"),
        put("9:00", "rows", "coverage_window", 0, "start"),
        put([], "rows", "agent"),
        put([], "rows", "gadget"),
        put(3, "version"),
        put(False, "without_names"),
    ],
)
def test_the_schema_refuses_what_reading_refuses(
    good: str, validator: Draft202012Validator, change: Callable[[Any], object]
) -> None:
    text = changed(good, change)
    refused(text)
    assert not validator.is_valid(json.loads(text))


def test_every_declared_field_is_in_the_schema() -> None:
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    for row_class in ALL:
        assert set(definitions[row_class.spec.kind]["properties"]) == {"id", "rank", *fields_of(row_class)}
    assert definitions[Agent.spec.kind]["properties"]["stage"]["enum"] == ["", "1a", "1b", "2", "3"]
