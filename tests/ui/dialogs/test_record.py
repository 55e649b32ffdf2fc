"""The operating record over the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from app.edits.generic import add, set_fields
from app.model.room import Person
from app.model.scorecard import Review
from app.revisions.record import head
from tests.support.keyboard import Keyboard
from tests.ui.test_accessibility import nameless
from ui.dialogs.record import RecordDialog
from ui.window import Window

MakeWindow = Callable[..., Window]


def test_it_grows_while_it_stands_beside_the_work(make_window: MakeWindow) -> None:
    window, keyboard = make_window(), Keyboard()
    workspace = window.desk.workspace
    keyboard.press("Ctrl+K")
    keyboard.type("operating record")
    keyboard.press("Return")
    dialog = window.findChild(RecordDialog)
    assert dialog is not None
    assert nameless(dialog) == []
    assert dialog.told.text() == (
        "Nothing has been recorded yet. What came with the template, or with an import, is not in this record."
    )
    assert not dialog.copy.isEnabled()
    workspace.run(add(Review, {"on": "2026-11-20", "notes": "All calm"}))
    workspace.run(set_fields(window.desk.document.rows(Person)[0].id, title="Lead"))
    workspace.run(add(Review, {"on": "2026-11-21"}))
    assert dialog.list.count() == 2
    assert dialog.told.text().endswith("What came with the template, or with an import, is not in this record.")
    assert dialog.list.item(0).text().startswith("2 · 21 Nov 2026, 10:00 Europe/Berlin · Add Review · ")
    assert "All calm" in dialog.list.item(1).text()
    assert dialog.whole.toPlainText().splitlines() == ["Review “21 Nov 2026”, added", "Date: 21 Nov 2026"]
    keyboard.press("Down")
    assert "What was found: All calm" in dialog.whole.toPlainText()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == head(workspace.workspace.log).digest
