"""The top bar says how far the sign-off is, as soon as somebody has signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.messages import words
from app.revisions import signoff
from ui.panels.top_bar import in_short
from ui.steps.signoff.page import SignoffPage
from ui.window import Window


def test_a_signature_is_said_at_once(qtbot: QtBot, make_window: Callable[..., Window]) -> None:
    window = make_window()
    window.show_step("signoff")
    page = window.page("signoff")
    assert isinstance(page, SignoffPage)
    assert window.top.status.text() == "Draft 1"
    page.signing.name.setFocus()
    qtbot.keyClicks(page.signing.name, "Dana Abelard")
    qtbot.keyClick(page.signing.name, Qt.Key.Key_Return)
    assert window.top.status.text() == "Signed by 1 of 6"
    # What would take too much room at twice the size is said in short.
    erased = replace(signoff.state(window.desk.document), erased=True)
    assert words(erased.words()) == "Revision 1, names taken out since"
    assert words(in_short(erased)) == "Names taken out"
