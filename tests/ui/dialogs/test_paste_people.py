"""A list of names is pasted: the dialog tells who is new and what it fills in before anything happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.edits.generic import add
from app.messages import Message, words
from app.model.room import Person
from ui.desk import Desk
from ui.dialogs.paste_people import PastePeople

PASTED = """Dana Abelard, Head of Support, Support
Ada Byron, Analyst, Finance
Lin Chen
Jun Kowalczyk
Rosa Steiner
Nils Aker"""


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Iterator[Callable[[str], PastePeople]]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    desk.workspace.run(add(Person, {"name": "Dana Abelard", "function": "Service"}))

    def open_it(copied: str) -> PastePeople:
        QGuiApplication.clipboard().setText(copied)
        made = PastePeople(desk, parent)
        with qtbot.waitExposed(made):
            made.open()
        return made

    yield open_it
    QGuiApplication.clipboard().clear()
    parent.close()


def names(desk: Desk) -> list[str]:
    return [person.name for person in desk.document.rows(Person)]


def test_the_button_counts_who_is_new_and_says_what_is_filled_in(
    desk: Desk, opened: Callable[[str], PastePeople]
) -> None:
    said: list[Message] = []
    desk.notice.connect(said.append)
    dialog = opened(PASTED)
    assert dialog.add.text() == "Add 5, fill in 1"
    assert dialog.known.text() == "There already: Dana Abelard, gets Title “Head of Support”."
    dialog.add.click()
    assert names(desk) == ["Dana Abelard", "Ada Byron", "Lin Chen", "Jun Kowalczyk", "Rosa Steiner", "Nils Aker"]
    dana = desk.document.rows(Person)[0]
    assert (dana.title, dana.function) == ("Head of Support", "Service"), "what was there is left alone"
    assert [words(each) for each in said] == ["5 people were added. Filled in for: Dana Abelard."]


def test_only_those_who_are_new_are_counted(desk: Desk, opened: Callable[[str], PastePeople]) -> None:
    dialog = opened("Dana Abelard\nAda Byron")
    assert dialog.add.text() == "Add 1"
    assert dialog.known.text() == "There already: Dana Abelard."


def test_with_nobody_new_and_nothing_to_fill_in_there_is_nothing_to_add(
    opened: Callable[[str], PastePeople],
) -> None:
    dialog = opened("Dana Abelard,,Support\nDana Abelard")
    assert not dialog.add.isEnabled()
