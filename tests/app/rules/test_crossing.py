"""Words and numbers that do or do not fit each other: what is found, what comes near and is not, and how it is said."""

from __future__ import annotations

import pytest

from app.messages import words
from app.model.document import Document
from app.model.exceptions import ExceptionClass
from app.model.oversight import Action
from app.rules.catalogue import CATALOGUE
from app.rules.rule import Hit
from app.template_list import IDS
from app.templates import open_template
from tests.support.builder import ProjectBuilder, complete, fixed_mint, sample
from tests.support.crossing import ALSO, KEEPS, Change, decision, owned_by, read
from tests.support.healthy import healthy

TODAY = "2026-11-21"
BY_CODE = {rule.code: rule for rule in CATALOGUE}

BY_WORDS = ("BND-01", "BND-05", "BND-10", "CHG-10", "OVR-21", "OWN-03", "OWN-04", "SCO-04", "SCO-05", "SCO-12")


def hits(code: str, document: Document) -> tuple[Hit, ...]:
    return BY_CODE[code].hits(document, TODAY)


def told(code: str, *changes: Change) -> list[str]:
    builder = complete()
    for change in changes:
        change(builder)
    return [words(hit.detail) for hit in hits(code, builder.document)]


def cases(table: dict[str, list[Change]]) -> list[object]:
    return [pytest.param(c, change, id=f"{c}-{n}") for c, changes in table.items() for n, change in enumerate(changes)]


@pytest.mark.parametrize(("code", "change"), cases(ALSO))
def test_it_is_found(code: str, change: Change) -> None:
    assert told(code) == []
    assert told(code, change)


@pytest.mark.parametrize(("code", "change"), cases(KEEPS))
def test_what_comes_near_is_in_order(code: str, change: Change) -> None:
    assert told(code, change) == []


@pytest.mark.parametrize("template", [each for each in IDS if each != "empty"])
def test_no_template_contradicts_itself(template: str) -> None:
    document = open_template(template, fixed_mint()).document
    assert [words(hit.detail) for code in BY_WORDS for hit in hits(code, document)] == []


@pytest.mark.parametrize("builder", [sample(), complete(), healthy(), healthy(names=True)])
def test_no_sample_contradicts_itself(builder: ProjectBuilder) -> None:
    assert [words(hit.detail) for code in BY_WORDS for hit in hits(code, builder.document)] == []


@pytest.mark.parametrize(
    ("code", "change", "sentence"),
    [
        (
            "OWN-02",
            owned_by("workflow", stand_in="That is still being worked out."),
            "“That is still being worked out.” is not one named person; the workflow takes one.",
        ),
        ("OWN-02", owned_by("workflow", stand_in="dana abelard"), "“dana abelard” only stands in; choose the person."),
        ("OWN-03", owned_by("system", "Platform Team"), "System owner: “Platform Team” is not one named person."),
        (
            "OWN-04",
            owned_by("system", stand_in="The vendor has been a great help."),
            "System owner: “The vendor has been a great help.” speaks of the vendor.",
        ),
        (
            "OVR-12",
            decision("Rosa Steiner", TODAY),
            "Rosa Steiner decided that “Close a ticket” moves on; Dana Abelard was Agent Product Owner that day.",
        ),
        (
            "SCO-12",
            read("95 %"),
            "“Intervention rate” was 95 % on 20 Nov 2026; the kill criterion is 15 %, two weeks in a row.",
        ),
        (
            "EXC-03",
            lambda b: b.add(ExceptionClass, name="Odd"),
            "“Odd” is open: “Lands in”, “Reviewed by”, “Looked at within, minutes”, “Reviewer may” and “Goes "
            "further to”.",
        ),
        ("OVR-01", lambda b: b.add(Action), "“(no name)” has no mode."),
    ],
)
def test_it_is_said_with_what_was_typed(code: str, change: Change, sentence: str) -> None:
    assert sentence in told(code, change)
