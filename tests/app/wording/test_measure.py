"""Misses and false alarms on texts of many hands: `packaging/measure_wording.py` prints them one by one."""

from __future__ import annotations

import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from app.interchange import Project
from app.model.fields import Kind, Wording, fields_of
from app.model.ids import Mint
from app.resources import resource
from app.templates import open_template
from app.wording.detect import detect
from app.wording.names import names_of
from app.wording.patterns import KINDS

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"

REACHED = {("tuned", "good"): 0.95, ("tuned", "bad"): 0.95, ("held", "good"): 0.92, ("held", "bad"): 0.52}
"""The share that is judged right: of tuned texts nineteen of twenty, of texts that nobody tuned what was measured once,
rounded down. The aim is nineteen of twenty there too."""

REACHED_ASKED = {("tuned", "good"): 0.95, ("tuned", "bad"): 0.95, ("held", "good"): 0.89, ("held", "bad"): 0.56}
"""The same, were each text about an owner, a destination or a stop in a field that asks who."""

FOUND_ASKED = {("tuned", "bad"): 0.95, ("held", "bad"): 0.70}
"""The share of vague texts in which something is found there, of whatever class."""

STATEMENTS = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "fixtures" / "wording" / "statements.toml").read_text(encoding="utf-8")
)
REACHED_STATEMENTS = {("tuned", "slogan"): 30, ("held", "slogan"): 30, ("tuned", "plain"): 28, ("held", "plain"): 27}
"""Of thirty boundary statements each, how many are judged right; what is wrong of the plain is of other classes."""


@pytest.fixture(scope="module")
def measure() -> Any:
    sys.path.insert(0, str(PACKAGING))
    try:
        return import_module("measure_wording")
    finally:
        sys.path.remove(str(PACKAGING))


@pytest.mark.parametrize("half", ["tuned", "held"])
@pytest.mark.parametrize("file", ["good", "bad"])
def test_as_many_are_judged_right_as_before(measure: Any, half: str, file: str) -> None:
    judged = list(measure.judged(half, file, measure.sample_names()))
    assert len(judged) >= 100
    assert sum(each.right for each in judged) / len(judged) >= REACHED[half, file], "measure_wording.py prints which"


@pytest.mark.parametrize("half", ["tuned", "held"])
@pytest.mark.parametrize("file", ["good", "bad"])
def test_as_many_are_judged_right_in_a_field_that_asks_who(measure: Any, half: str, file: str) -> None:
    names = measure.sample_names()
    judged = list(measure.judged(half, file, names))
    asked = [
        {phrase.kind for phrase in detect(each.text, Wording(each.field), names, asks_who=True)} for each in judged
    ]
    right = [each.kind in found if each.kind else not found for each, found in zip(judged, asked, strict=True)]
    assert sum(right) / len(right) >= REACHED_ASKED[half, file]
    assert sum(map(bool, asked)) / len(asked) >= FOUND_ASKED.get((half, file), 0)


def test_there_are_enough_texts_of_every_class_and_field(measure: Any) -> None:
    names = measure.sample_names()
    for file in ("good", "bad"):
        judged = [each for half in measure.HALVES for each in measure.judged(half, file, names)]
        assert len(judged) >= 100
        assert len({each.text for each in judged}) == len(judged)
        assert {each.field for each in judged} == {place.value for place in Wording if place}
        assert {each.kind for each in judged} == (set(KINDS) if file == "bad" else {""})


@pytest.mark.parametrize(("half", "kind"), REACHED_STATEMENTS)
def test_slogans_and_plain_statements_of_a_boundary(half: str, kind: str) -> None:
    found = [{phrase.kind for phrase in detect(text, Wording.BOUNDARY)} for text in STATEMENTS[half][kind]]
    right = [bool(kinds) is (kind == "slogan") for kinds in found]
    assert len(right) == 30
    assert sum(right) >= REACHED_STATEMENTS[half, kind]
    assert kind == "slogan" or not any("slogan" in kinds for kinds in found)


@pytest.mark.parametrize("template", sorted(path.stem for path in resource("templates").glob("*.json")))
def test_the_templates_are_plain(template: str) -> None:
    project: Project = open_template(template, Mint())
    names = names_of(project.document)
    vague = [
        (row.spec.kind, name, phrase.words)
        for row in project.document
        for name, field in fields_of(type(row)).items()
        if field.wording and field.kind in (Kind.TEXT, Kind.PROSE)
        for phrase in detect(str(row.value(name)), field.wording, names)
    ]
    assert vague == []
