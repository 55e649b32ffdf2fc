"""The window: steps, findings, undo and the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.edits.generic import add, set_fields
from app.errors import AppError
from app.messages import msg
from app.model.fields import Scope, fields_of
from app.model.kinds import ALL
from app.model.owners import OwnerAssignment
from app.model.room import Agent, Person, Workshop
from app.steps import STEPS
from app.workspace import SaveState, Saving
from ui.dialogs.palette import Palette
from ui.dialogs.rows import RowsDialog
from ui.menus import give_letters, say_in_menu
from ui.widgets.reading_order import controls_of
from ui.window import Window

MakeWindow = Callable[..., Window]


def inside(widget: QWidget | None, outer: QWidget) -> bool:
    return widget is not None and (widget is outer or outer.isAncestorOf(widget))


def test_every_step_has_a_page_that_is_built_when_it_is_shown(make_window: MakeWindow) -> None:
    window = make_window()
    assert list(window.pages) == ["room"]
    for step in STEPS:
        window.show_step(step.id)
        assert window.stack.currentWidget() is window.pages[step.id]
        assert window.rail.items[step.id].isChecked()


def test_steps_are_reached_by_keyboard(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.step == "owners"
    qtbot.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert window.step == "roles"
    qtbot.keyClick(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert window.step == "owners"


def test_typing_then_undo_by_keyboard(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    place = window.page("room").reveal(window.desk.document.only(Agent).id, "name")
    assert place
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "Triage agent")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.desk.document.only(Agent).name == "Triage agent"
    assert window.top.project.text() == "Triage agent"
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.desk.document.only(Agent).name == ""
    assert line.text() == ""
    qtbot.keyClick(line, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "Triage agent"


def test_undo_takes_back_what_is_half_typed(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.page("room").reveal(window.desk.document.only(Agent).id, "name")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "Tri")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == ""
    assert window.desk.document.only(Agent).name == ""


def test_the_rail_counts_what_is_open(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    owner = window.desk.document.fixed(OwnerAssignment, "workflow")
    window.desk.workspace.run(set_fields(owner.id, authority=("change",)))
    window.desk.workspace.check_now()
    before = window.rail.items["owners"].progress
    assert before.blockers > 0
    assert "blockers" in window.rail.items["owners"].accessibleName()
    person = window.desk.workspace.run(add(Person, {"name": "Dana"}))
    assert person is not None
    with qtbot.waitSignal(window.desk.workspace.findings_changed):
        window.desk.workspace.run(set_fields(owner.id, person=person.changes[0].id))
    assert window.rail.items["owners"].progress.blockers == before.blockers - 1


def test_go_to_it_opens_the_field(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    finding = window.foot.finding
    assert finding is not None
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.step == finding.step
    assert inside(QApplication.focusWidget(), window.pages[finding.step])


def test_every_finding_leads_to_the_field_that_answers_it(make_window: MakeWindow) -> None:
    window = make_window("empty")
    for finding in window.desk.workspace.findings.open:
        window.desk.go_to(finding)
        page = window.pages[window.step]
        assert inside(QApplication.focusWidget(), page), finding.code
        if finding.subject and finding.field and window.desk.document.find(finding.subject):
            assert page.reveal(finding.subject, finding.field), (finding.code, finding.field)


def test_the_short_path_leaves_out_what_can_wait(make_window: MakeWindow) -> None:
    window = make_window("empty")
    assert len(window.rail.shown()) == len(STEPS)
    window.toggle_short_path()
    assert window.desk.document.only(Workshop).short_path
    assert window.rail.shown() == [step.id for step in STEPS if step.short_path]


def test_the_foot_says_saved_only_when_it_is_so(make_window: MakeWindow) -> None:
    window = make_window("empty")
    workspace = window.desk.workspace
    assert window.foot.saved.text() == "All changes saved"
    workspace._told.emit(Saving(SaveState.SAVING))
    assert window.foot.saved.text() == "Saving …"
    assert "(saving)" in window.windowTitle()
    workspace._told.emit(Saving(SaveState.FAILED, msg("The disk is full.")))
    assert window.foot.saved.text() == "Not saved"
    assert window.foot.saved.toolTip() == "The disk is full."


def test_what_cannot_be_done_is_said_in_the_bar(make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.desk.workspace.failed.emit(AppError(msg("That cannot be."), msg("Do something else.")))
    assert window.bar.isVisible()
    assert window.bar.sentence.text() == "That cannot be. Do something else."
    window.bar.close_button.click()
    assert not window.bar.isVisible()


def test_find_or_do_opens_a_person(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChild(Palette)
    assert palette is not None
    qtbot.keyClicks(palette.line, "marc oye")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.step == "room"
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.text() == "Marc Oyelaran"


@pytest.mark.parametrize("typed", ["dark", "larger", "owners"])
def test_find_or_do_does_commands(qtbot: QtBot, make_window: MakeWindow, typed: str) -> None:
    window = make_window()
    window.find_or_do()
    palette = window.findChild(Palette)
    assert palette is not None
    qtbot.keyClicks(palette.line, typed)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    found = {
        "dark": window.desk.theme.tokens.dark,
        "larger": window.desk.theme.zoom > 1,
        "owners": window.step == "owners",
    }
    assert found[typed]


MADE_BY_THE_PROGRAM = {
    "commitment": {"code", "subject"},
    "accepted_risk": {"code", "subject", "saw", "substance"},
    "dismissed_phrase": {"subject", "field", "phrase", "words"},
}
"""What ties these to a finding: shown in words, and never typed."""


def test_every_declared_field_can_be_edited_on_its_step(make_window: MakeWindow) -> None:
    window = make_window()
    document = window.desk.document
    missing = []
    for row_class in ALL:
        spec = row_class.spec
        if spec.scope is Scope.SIGNOFF or not document.rows(row_class):
            continue
        row = document.rows(row_class)[0]
        for name, field in fields_of(row_class).items():
            if name in MADE_BY_THE_PROGRAM.get(spec.kind, ()):
                continue
            if name != spec.fixed_by and not field.final and not window.page(field.step).reveal(row.id, name):
                missing.append(f"{field.step}: {spec.kind}.{name}")
    assert missing == []


def test_tab_goes_in_reading_order_also_through_what_was_opened_later(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.show_step("owners")
    QApplication.processEvents()
    order = list(controls_of(window))
    parts = [window.top, window.rail, window.pages["owners"], window.side, window.foot]
    places = [[place for place, control in enumerate(order) if inside(control, part)] for part in parts]
    assert all(places)
    assert [place for part in places for place in part] == list(range(len(order)))

    card = window.pages["owners"].view.cards[0]  # type: ignore[attr-defined]
    card.details.open()
    QApplication.processEvents()
    card.details.switch.setFocus()
    qtbot.keyClick(card.details.switch, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is card.form.boxes["stand_in"].editor.control()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is card.details.switch


def test_names_are_typed_from_card_to_card_without_the_mouse(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.show_step("owners")
    window.pages["owners"].focus_first()
    for name in ("Dana Abelard", "Jun Kowalczyk"):
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        qtbot.keyClicks(line, name)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        while not inside(QApplication.focusWidget(), window.pages["owners"].view.cards[1].person):  # type: ignore[attr-defined]
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    owners = {
        owner.type: window.desk.document.called(owner.person) for owner in window.desk.document.rows(OwnerAssignment)
    }
    assert (owners["workflow"], owners["system"]) == ("Dana Abelard", "Jun Kowalczyk")


def test_a_step_that_is_chosen_takes_the_focus_and_remembers_where_it_was(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window("empty")
    window.top.clock.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    owners = window.pages["owners"]
    assert inside(QApplication.focusWidget(), owners)
    second = owners.view.cards[1].person.editor.control()  # type: ignore[attr-defined]
    second.setFocus()
    window.rail.items["change"].click()
    assert QApplication.focusWidget() is next(controls_of(window.pages["change"]._body))
    window.foot.parked.setFocus()
    window.rail.items["owners"].click()
    assert QApplication.focusWidget() is second


def test_a_name_that_was_typed_and_not_taken_is_told_and_holds_the_first_close(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window("empty")
    window.go_to_step("owners")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "Jun Kowalczyk")
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.step == "roles"
    assert "“Jun Kowalczyk” (" in window.bar.sentence.text()
    assert "was typed on “Owners” and not taken. It waits there." in window.bar.sentence.text()
    window.desk.workspace.run(add(Person, {"name": "Dana Abelard"}))
    assert not window.close()
    assert QApplication.focusWidget() is line
    assert line.text() == "Jun Kowalczyk"
    assert "close again to leave it out" in window.bar.sentence.text()
    assert window.close()


def test_a_title_that_was_not_sent_holds_the_first_close(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.go_to_step("stop")
    adder = window.pages["stop"].stop_controls.adder  # type: ignore[attr-defined]
    qtbot.keyClicks(adder, "Red button")
    assert not window.close()
    assert QApplication.focusWidget() is adder
    qtbot.keyClick(adder, Qt.Key.Key_Return)
    assert window.close()


def test_the_menus_open_by_keyboard(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    bar = window.menuBar()
    names = [action.text() for action in bar.actions()]
    assert all("&" in name for name in names)
    assert len({name[name.index("&") + 1].casefold() for name in names}) == len(names)
    qtbot.keyClick(window, Qt.Key.Key_F10)
    assert bar.activeAction() is bar.actions()[0]
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    window.go_to_step("owners")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClick(line, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert line.text() == ""
    assert bar.activeAction().text() == "&Workshop"
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def test_every_entry_of_a_menu_has_a_letter_of_its_own(make_window: MakeWindow) -> None:
    window = make_window("empty")
    for menu in (action.menu() for action in window.menuBar().actions()):
        assert isinstance(menu, QMenu)
        texts = [action.text().replace("&&", "") for action in menu.actions() if not action.isSeparator()]
        letters = [text[text.index("&") + 1].casefold() for text in texts]
        assert len(set(letters)) == len(letters), texts
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Fish & Chips"))
    assert window.actions_by_id["undo"].text().startswith("&Undo")


def test_a_letter_does_what_stands_in_the_menu(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entry = window.actions_by_id["decisions"].text()
    qtbot.keyClick(menu, entry[entry.index("&") + 1])
    assert [dialog.windowTitle() for dialog in window.findChildren(RowsDialog)] == ["Decisions"]
    for dialog in window.findChildren(RowsDialog):
        dialog.close()


def test_letters_are_those_of_words_first_and_stay_when_the_words_change() -> None:
    entries = [QAction(text) for text in ("Save", "Save a copy …", "Ss", "S & s", "…")]
    give_letters(entries)
    assert [entry.text() for entry in entries] == ["&Save", "Save &a copy …", "Ss", "S && s", "…"]
    say_in_menu(entries[0], "Nothing to save & so on")
    assert entries[0].text() == "Nothing to &save && so on"
    say_in_menu(entries[0], "Quit")
    assert entries[0].text() == "Quit"


@pytest.mark.parametrize(("typed", "step"), [("silent vote", "owners"), ("drill", "stop")])
def test_find_or_do_finds_what_the_workshop_does(qtbot: QtBot, make_window: MakeWindow, typed: str, step: str) -> None:
    window = make_window("empty")
    window.find_or_do()
    palette = window.findChild(Palette)
    assert palette is not None
    qtbot.keyClicks(palette.line, typed)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.step == step
    assert inside(QApplication.focusWidget(), window.pages[step])
    if step == "owners":
        assert window.pages[step].vote.isVisible()  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["parking lot", "decisions"])
def test_find_or_do_opens_the_lists_of_the_foot(qtbot: QtBot, make_window: MakeWindow, typed: str) -> None:
    window = make_window("empty")
    window.find_or_do()
    palette = window.findChild(Palette)
    assert palette is not None
    qtbot.keyClicks(palette.line, typed)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert any(dialog.isVisible() for dialog in window.findChildren(RowsDialog))


def test_find_or_do_says_that_nothing_is_called_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.find_or_do()
    palette = window.findChild(Palette)
    assert palette is not None
    qtbot.keyClicks(palette.line, "xyzzy")
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()
    palette.line.clear()
    assert palette.list.isVisible()
    assert not palette.nothing.isVisible()
    palette.close()


def test_zoom_steps_in_a_row_are_drawn_once(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    drawn: list[float] = []
    window.desk.theme.changed.connect(lambda: drawn.append(window.desk.theme.zoom))
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier, delay=-1)
    qtbot.waitUntil(lambda: bool(drawn))
    assert drawn == [1.5]
