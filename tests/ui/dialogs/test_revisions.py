"""The revisions over the window, by keys: the list, two states side by side, the way to a place and back to a draft."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.edits.generic import add, remove, set_fields
from app.messages import words
from app.model.owners import OwnerAssignment
from app.model.room import Agent, Person
from app.model.stop import StopControl
from app.revisions import signoff
from app.template_list import SAMPLE
from tests.support.keyboard import Keyboard
from tests.ui.test_accessibility import nameless
from ui.dialogs.revisions import RevisionsDialog
from ui.qt_workspace import QtWorkspace
from ui.window import Window

MakeWindow = Callable[..., Window]


def sign(workspace: QtWorkspace, seats: int = 9) -> None:
    for seat in signoff.required_seats(workspace.document)[:seats]:
        holder = signoff.seat_holder(workspace.document, seat)
        assert holder is not None
        workspace.attempt(signoff.sign("design", seat, holder.name, blockers=0))


@pytest.fixture
def window(make_window: MakeWindow) -> Window:
    """Signed twice, and changed since: another name as revision 2, another client and a person in the draft."""
    made = make_window(SAMPLE)
    workspace = made.desk.workspace
    sign(workspace)
    workspace.attempt(set_fields(workspace.document.only(Agent).id, name="Second <b>name</b>"))
    workspace.attempt(remove(workspace.document.rows(StopControl)[0].id))
    sign(workspace)
    workspace.attempt(set_fields(workspace.document.only(Agent).id, client="Northwind"))
    workspace.attempt(add(Person, {"name": "Lea Wirth", "title": "Security lead"}))
    return made


def opened(window: Window) -> RevisionsDialog:
    Keyboard().press("Ctrl+Shift+R")
    dialog = window.findChild(RevisionsDialog)
    assert dialog is not None
    return dialog


def shown(dialog: RevisionsDialog) -> list[tuple[str, ...]]:
    """Every line of the comparison, with its step."""
    found: list[tuple[str, ...]] = []
    for place in range(dialog.tree.topLevelItemCount()):
        group = dialog.tree.topLevelItem(place)
        assert group is not None
        found += [(group.text(0), *_texts(group.child(at))) for at in range(group.childCount())]
    return found


def _texts(item: QTreeWidgetItem | None) -> list[str]:
    assert item is not None
    return [item.text(place) for place in range(4)]


def test_before_anybody_signs_it_says_what_it_is_for(make_window: MakeWindow) -> None:
    window, keyboard = make_window(), Keyboard()
    keyboard.press("Ctrl+K")
    keyboard.type("revisions")
    keyboard.press("Return")
    dialog = window.findChild(RevisionsDialog)
    assert dialog is not None
    assert nameless(dialog) == []
    assert dialog.nothing.isVisible()
    assert dialog.nothing.text().startswith("Nobody has signed yet.")
    assert not dialog.both.isVisible()
    assert not dialog.redraft.isVisible()
    sign(window.desk.workspace, 1)
    dialog.refresh()
    assert dialog.list.item(0).text().startswith("Revision 1\nbeing signed\n")
    assert dialog.both.isVisible()


def test_it_lists_who_signed_and_when_the_latest_first(window: Window) -> None:
    dialog = opened(window)
    assert nameless(dialog) == []
    assert dialog.now.text() == "As it stands: Draft 3"
    assert [dialog.list.item(row).text() for row in range(2)] == [
        "Revision 2\nsigned\n21 Nov 2026",
        "Revision 1\nsigned\n21 Nov 2026",
    ]
    assert "Workflow owner: Dana Abelard, 21 Nov 2026, 10:00 Europe/Berlin" in dialog.who.toPlainText()
    assert Keyboard().said() == "Revisions, the latest first"


def test_a_revision_stands_beside_the_draft_step_by_step(window: Window) -> None:
    dialog, keyboard = opened(window), Keyboard()
    assert [dialog.tree.headerItem().text(place) for place in (2, 3)] == ["Revision 2", "Draft 3"]
    client = window.desk.document.only(Agent).client
    assert shown(dialog)[0][:3] == ("Room", "Agent", "Client")
    assert shown(dialog)[0][4] == client == "Northwind"
    assert shown(dialog)[1][:3] == ("Room", "Person “Lea Wirth”", "added")
    assert dialog.counted.text() == "2 differences."
    keyboard.tab_to("Differences, step by step")
    keyboard.press("Down")
    assert dialog.whole[0].toPlainText() == "empty"
    assert "Security lead" in dialog.whole[1].toPlainText()
    keyboard.press("Shift+Tab", 3)
    keyboard.tab_to("Revisions, the latest first")
    keyboard.press("Down")
    lines = shown(dialog)
    assert dialog.tree.headerItem().text(2) == "Revision 1"
    assert [line[0] for line in lines] == ["Room", "Room", "Room", "Stop & recover"]
    assert lines[0][4] == "Second <b>name</b>"
    assert lines[-1][2] == "removed"
    assert lines[-1][4] == ""


def test_any_two_revisions_are_compared_the_earlier_one_first(window: Window) -> None:
    dialog, keyboard = opened(window), Keyboard()
    combo = keyboard.tab_to("Compared with")
    assert isinstance(combo, QComboBox)
    keyboard.press("Down", 2)
    assert combo.currentText() == "Revision 1"
    assert [dialog.tree.headerItem().text(place) for place in (2, 3)] == ["Revision 1", "Revision 2"]
    assert [line[2] for line in shown(dialog)] == ["Agent", "removed"]
    keyboard.press("Up")
    assert dialog.counted.text() == "Nothing differs."
    assert not dialog.go.isEnabled()


def test_a_difference_leads_to_its_place_in_the_draft(window: Window, qtbot: QtBot) -> None:
    dialog, keyboard = opened(window), Keyboard()
    window.show_step("signoff")
    dialog.activateWindow()
    keyboard.tab_to("Differences, step by step")
    with qtbot.waitActive(window):
        keyboard.press("Return")
    assert window.step == "room"
    assert keyboard.said().startswith("Client")
    dialog.list.setCurrentRow(1)
    last = dialog.tree.topLevelItem(dialog.tree.topLevelItemCount() - 1)
    assert last is not None
    removed = last.child(0)
    assert removed is not None
    dialog.tree.setCurrentItem(removed)
    assert not dialog.go.isEnabled(), "what was removed has no place in the draft"


def test_a_new_draft_from_a_revision_and_back_again(qtbot: QtBot, window: Window) -> None:
    opened(window)
    keyboard = Keyboard()
    before = window.desk.document
    keyboard.press("Down")
    keyboard.tab_to("Start a new draft from revision 1")
    keyboard.press("Return")
    assert window.findChild(RevisionsDialog) is None
    assert window.desk.document.only(Agent).name != before.only(Agent).name
    assert words(signoff.state(window.desk.document).words()) == "Draft 3"
    assert window.bar.sentence.text().startswith("The decisions are those of revision 1 again.")
    with qtbot.waitActive(window):
        window.activateWindow()
    keyboard.press("Ctrl+Z")
    assert window.desk.document == before


def test_the_sign_off_page_leads_to_it(window: Window) -> None:
    keyboard = Keyboard()
    window.go_to_step("signoff")
    keyboard.tab_to("Compare, or start a new draft from one")
    keyboard.press("Return")
    assert window.findChild(RevisionsDialog) is not None


def test_it_says_why_not_and_what_stays(window: Window) -> None:
    workspace = window.desk.workspace
    lea = workspace.document.rows(Person)[-1]
    owner = workspace.document.fixed(OwnerAssignment, "workflow")
    workspace.attempt(set_fields(owner.id, person=lea.id))
    sign(workspace, 1)
    dialog = opened(window)
    dialog.list.setCurrentRow(2)
    assert "Person “Lea Wirth”" in dialog.state.text()
    before = window.desk.document
    dialog.redraft.click()
    assert dialog.state.text() == "Revision 3 is being signed. Finish it, or withdraw it first."
    assert dialog.isVisible()
    assert window.desk.document is before
    workspace.attempt(signoff.withdraw("Dana", "Too early"))
    dialog.refresh()
    dialog.list.setCurrentRow(0)
    dialog.redraft.click()
    assert dialog.state.text() == "The decisions are those of revision 3 already."


def test_it_follows_the_work_in_the_window(window: Window, qtbot: QtBot) -> None:
    dialog = opened(window)
    dialog.list.setCurrentRow(1)
    assert dialog.counted.text() == "4 differences."
    window.desk.workspace.attempt(set_fields(window.desk.document.only(Agent).id, vendor="Modelhaus 2"))
    qtbot.waitUntil(lambda: dialog.counted.text() == "5 differences.")
    assert dialog.list.currentRow() == 1
