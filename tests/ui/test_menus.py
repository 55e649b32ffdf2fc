"""The letters of a menu: the natural ones first, and each once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from ui.menus import COMMANDS, give_letters
from ui.window import Window


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """What a menu needs to be there at all."""
    return qapp


def letters(*texts: str) -> list[str]:
    entries = [QAction(text) for text in texts]
    give_letters(entries)
    return [entry.property("letter") for entry in entries]


def test_what_an_entry_begins_with_comes_before_what_another_one_has_inside() -> None:
    assert letters("Due next", "Drill", "Revisions …", "Verify …") == ["d", "i", "r", "v"]


def test_what_is_left_takes_the_beginning_of_another_word_or_any_letter() -> None:
    assert letters("Save", "Save a copy", "Sav", "Sav", "Sav") == ["s", "a", "v", "", ""]


def test_an_ampersand_is_no_letter() -> None:
    entry = QAction("& Sons")
    give_letters([entry])
    assert entry.text() == "&& &Sons"


def test_every_entry_of_the_window_has_a_letter_of_its_own(make_window: Callable[..., Window]) -> None:
    window = make_window()
    for menu in {command.menu for command in COMMANDS}:
        of_menu = [command for command in COMMANDS if command.menu == menu and command.id in window.actions_by_id]
        given = [window.actions_by_id[command.id].property("letter") for command in of_menu]
        assert all(given)
        assert len(set(given)) == len(given)
    natural = {"due": "d", "revisions": "r", "verify": "v", "export": "e", "save": "s"}
    assert {name: window.actions_by_id[name].property("letter") for name in natural} == natural
