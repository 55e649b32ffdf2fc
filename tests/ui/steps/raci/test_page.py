"""The RACI page by keyboard: letters with a reason, two views, one person's rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.edits.generic import add, remove, set_fields
from app.edits.raci import set_letter
from app.messages import Message, words
from app.model.commit import RaciOverride
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, VendorCover
from app.model.room import Person
from app.policy.raci import action_key, matrix
from app.rules.check import Checker
from app.rules.finding import Context
from app.steps import BY_ID
from tests.support.builder import AS_OF
from ui.desk import Desk
from ui.steps.raci.content import short_name
from ui.steps.raci.page import RaciPage
from ui.steps.raci.parts import OverrideList
from ui.widgets.form import editable
from ui.widgets.matrix import Cell, MatrixLine


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> RaciPage:
    for override in desk.document.rows(RaciOverride):
        desk.workspace.run(remove(override.id))
    made = RaciPage(desk, BY_ID["raci"])
    qtbot.addWidget(made)
    made.resize(1068, 704)
    made.show()
    qtbot.waitExposed(made)
    made.table.setFocus()
    return made


def letter(page: RaciPage, row: str, column: str) -> str:
    found = matrix(page.desk.document).row(row)
    assert found is not None
    return found.letters.get(column, "")


def lines(page: RaciPage) -> list[MatrixLine]:
    return [entry for entry in page.table.content.lines if isinstance(entry, MatrixLine)]


def change(page: RaciPage, row: str, column: str, key: Qt.Key, reason: str) -> None:
    page.table.go_to(row, column)
    QTest.keyClick(page.table, key)
    QTest.keyClicks(page.reason.reason, reason)
    QTest.keyClick(page.reason.reason, Qt.Key.Key_Return)


def test_a_letter_asks_why_and_return_sets_it(page: RaciPage) -> None:
    page.table.go_to("L18", "SEC")
    QTest.keyClick(page.table, Qt.Key.Key_C)
    assert page.reason.reason.hasFocus()
    assert page.reason.reason.accessibleName() == "Roll back in an incident: why is Security C?"
    QTest.keyClicks(page.reason.reason, "credentials may leak")
    QTest.keyClick(page.reason.reason, Qt.Key.Key_Return)
    assert letter(page, "L18", "SEC") == "C"
    assert page.desk.document.rows(RaciOverride)[0].reason == "credentials may leak"
    assert page.table.hasFocus()
    assert page.table.current() == ("L18", "SEC")
    assert page.reason.isHidden()


def test_a_changed_cell_carries_a_mark_and_its_reason(page: RaciPage) -> None:
    change(page, "L18", "SEC", Qt.Key.Key_C, "credentials may leak")
    cell = page.table.content.cell(page.table.currentIndex())
    assert cell.changed
    assert cell.hint == "Changed by hand from nothing: credentials may leak"


def test_escape_leaves_the_cell_as_it_was(page: RaciPage) -> None:
    page.table.go_to("L18", "SEC")
    QTest.keyClick(page.table, Qt.Key.Key_A)
    QTest.keyClick(page.reason.reason, Qt.Key.Key_Escape)
    assert letter(page, "L18", "SEC") == ""
    assert page.table.hasFocus()
    assert page.reason.isHidden()


def test_space_clears_and_u_returns_to_what_follows_from_the_map(page: RaciPage) -> None:
    change(page, "L18", "SO", Qt.Key.Key_Space, "not needed at night")
    assert letter(page, "L18", "SO") == ""
    QTest.keyClick(page.table, Qt.Key.Key_U)
    assert letter(page, "L18", "SO") == "C"
    assert page.desk.document.rows(RaciOverride) == ()
    assert page.reason.isHidden()


def test_the_letter_that_stands_there_asks_nothing(page: RaciPage) -> None:
    page.table.go_to("L18", "SO")
    QTest.keyClick(page.table, Qt.Key.Key_C)
    assert page.reason.isHidden()


def test_a_second_a_is_a_fault_of_the_row_in_words(page: RaciPage) -> None:
    change(page, "L19", "EO", Qt.Key.Key_A, "he asked")
    fault = next(entry.fault for entry in lines(page) if entry.key == "L19")
    assert fault == "2 parts are accountable; it takes exactly one A."
    page.reveal("", "")
    assert page.table.current() == ("L19", "EO")


def in_sight(page: RaciPage, column: str) -> bool:
    place = [each.key for each in page.table.content.columns].index(column)
    row = page.table.currentIndex().row()
    area = page.table.visualRect(page.table.content.index(row, place))
    return page.table.viewport().rect().contains(area)


def test_by_person_starts_with_the_first_columns(page: RaciPage) -> None:
    row = lines(page)[3].key
    page.resize(700, 704)
    page.table.go_to(row, "VEN")
    assert not in_sight(page, "AG")
    page.person_view.click()
    assert page.table.current() == (row, "AG")
    assert in_sight(page, "AG")


@pytest.mark.parametrize("by_role", [True, False])
def test_typing_a_name_shows_the_rows_of_that_person_with_their_column_in_sight(page: RaciPage, by_role: bool) -> None:
    page.resize(700, 704)
    (page.role_view if by_role else page.person_view).click()
    page.table.go_to(lines(page)[0].key, "VEN")
    person = next(each for each in page.desk.document.rows(Person) if each.name.startswith("Jun"))
    page.person.setFocus()
    QTest.keyClicks(page.person, "jun")
    assert page.person.currentText() == "Jun Kowalczyk only"
    here = page.table.current()
    assert here is not None
    column = here[1]
    assert (column == "SO") if by_role else (column == person.id)
    assert in_sight(page, column)
    page.person.setCurrentIndex(0)
    page.person.activated.emit(0)
    assert page.table.current() == here


def test_a_vendor_that_is_r_by_hand_is_asked_for_an_end(page: RaciPage) -> None:
    change(page, "L18", "VEN", Qt.Key.Key_R, "they know it best")
    found = Checker().findings(page.desk.document, Context(AS_OF))
    finding = next(each for each in found if each.code == "RAC-14")
    assert "Roll back in an incident: the vendor is R by hand, which has no end." in words(finding.detail)
    page.table.go_to("L01", "AG")
    assert page.reveal(finding.subject, finding.field)
    assert page.table.current() == ("L18", "VEN")
    change(page, "L18", "VEN", Qt.Key.Key_C, "they are asked")
    found = Checker().findings(page.desk.document, Context(AS_OF))
    assert "RAC-14" not in {each.code for each in found}


def test_letters_are_not_set_by_person(qtbot: QtBot, page: RaciPage) -> None:
    page.person_view.click()
    page.table.go_to("L18")
    with qtbot.waitSignal(page.desk.refusal) as said:
        QTest.keyClick(page.table, Qt.Key.Key_A)
    assert isinstance(said.args[0], Message)
    assert page.desk.document.rows(RaciOverride) == ()


def test_one_person_stands_in_one_column_with_the_strongest_letter(page: RaciPage) -> None:
    page.person_view.click()
    names = [column.name for column in page.table.content.columns]
    assert names.count("Dana A.") == 1
    dana = next(column for column in page.table.content.columns if column.name == "Dana A.")
    shown = {entry.key: entry.cells[dana.key].letter for entry in lines(page)}
    assert shown["L01"] == "A/R"


def test_only_my_rows(page: RaciPage) -> None:
    everything = len(lines(page))
    texts = [page.person.itemText(place) for place in range(page.person.count())]
    page.person.setCurrentIndex(texts.index("Tom Brandt only"))
    page.person.activated.emit(page.person.currentIndex())
    assert 0 < len(lines(page)) < everything
    tools = {entry.cells["TRM"].letter for entry in lines(page) if "TRM" in entry.cells}
    assert tools <= {"A", "R", "C", "I"}


def test_the_row_of_an_action_follows_its_name_and_goes_with_it(page: RaciPage) -> None:
    action = page.desk.document.rows(Action)[0]
    assert page.reveal(action.id, "")
    assert page.table.current() == (action_key(action.id), "APO")
    page.desk.workspace.run(remove(action.id))
    assert action_key(action.id) not in [entry.key for entry in lines(page)]


def test_the_changes_by_hand_are_listed_in_words_and_every_field_can_be_edited(page: RaciPage) -> None:
    page.desk.workspace.run(set_letter("L18", "SEC", "C", "credentials may leak"))
    override = page.desk.document.rows(RaciOverride)[0]
    for name in editable(RaciOverride):
        assert page.reveal(override.id, name)
    content = page.changed.open()
    assert isinstance(content, OverrideList)
    assert content.items[override.id].head.title == "Roll back in an incident, Security"
    page.desk.workspace.run(set_fields(override.id, reason="the keys may leak"))
    assert content.items[override.id].head.title == "Roll back in an incident, Security"
    assert content.items[override.id].head.summary == "C: the keys may leak"
    assert all(content.reveal(override.id, name) is not None for name in editable(RaciOverride))


def test_undo_takes_the_letter_back_on_the_screen(page: RaciPage) -> None:
    change(page, "L18", "SEC", Qt.Key.Key_C, "why not")
    page.desk.workspace.undo()
    assert page.table.content.cell(page.table.currentIndex()).letter == ""


@pytest.mark.parametrize(
    ("name", "short"), [("Dana Abelard", "Dana A."), ("Dana", "Dana"), ("Jan van der Berg", "Jan B."), ("", "")]
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def only(page: RaciPage, name: str) -> None:
    texts = [page.person.itemText(place) for place in range(page.person.count())]
    page.person.setCurrentIndex(texts.index(f"{name} only"))
    page.person.activated.emit(page.person.currentIndex())


def test_m_shows_only_the_rows_of_whoever_has_the_column_and_all_again(page: RaciPage) -> None:
    everything = len(lines(page))
    page.table.go_to("L06", "TRM")
    QTest.keyClick(page.table, Qt.Key.Key_M)
    assert page.person.currentText() == "Tom Brandt only"
    assert 0 < len(lines(page)) < everything
    assert page.table.current() == ("L06", "TRM")
    QTest.keyClick(page.table, Qt.Key.Key_M)
    assert len(lines(page)) == everything
    page.person_view.click()
    tom = page.desk.document.fixed(RoleAssignment, "tool_maintainer").person
    assert tom is not None
    page.table.go_to("L06", tom)
    QTest.keyClick(page.table, Qt.Key.Key_M)
    assert page.person.currentText() == "Tom Brandt only"


def test_behind_the_agent_there_is_no_person(qtbot: QtBot, page: RaciPage) -> None:
    page.table.go_to("L06", "AG")
    with qtbot.waitSignal(page.desk.refusal) as said:
        QTest.keyClick(page.table, Qt.Key.Key_M)
    assert words(said.args[0]).startswith("No person stands behind this column")
    assert page.person.currentIndex() == 0


def test_somebody_who_is_only_asked_has_rows_too(page: RaciPage) -> None:
    only(page, "Sara Nadeem")
    assert {entry.cells["SEC"].letter for entry in lines(page) if "SEC" in entry.cells} == {"C", "I"}


@pytest.mark.parametrize("typed", ["s", "S", "x"])
def test_another_letter_says_which_four_there_are(qtbot: QtBot, page: RaciPage, typed: str) -> None:
    page.table.go_to("L18", "SEC")
    with qtbot.waitSignal(page.desk.refusal) as said:
        QTest.keyClicks(page.table, typed)
    assert words(said.args[0]).startswith(f"“{typed}” is not a letter of this matrix. Four letters tell")
    assert page.reason.isHidden()
    assert page.desk.document.rows(RaciOverride) == ()


def vendor_cell(page: RaciPage, row: str) -> Cell:
    return next(entry.cells["VEN"] for entry in lines(page) if entry.key == row)


def test_a_letter_of_the_vendor_that_ends_says_until_when(page: RaciPage) -> None:
    for cover in page.desk.document.rows(VendorCover):
        page.desk.workspace.run(remove(cover.id))
    plain = vendor_cell(page, "L11")
    assert (plain.letter, plain.ends) == ("C", False)
    lea = page.desk.document.fixed(RoleAssignment, "evaluation_engineer").person
    page.desk.workspace.run(
        add(VendorCover, {"role": "evaluation_engineer", "letter": "R", "until": "2027-01-29", "deputy": lea})
    )
    for view in (page.role_view, page.person_view):
        view.click()
        found = vendor_cell(page, "L11")
        assert (found.letter, found.ends) == ("R", True)
        assert found.hint == "Until 29 Jan 2027: Modelhaus, beside Lea Wirth"
    told = (
        "A dashed letter of the vendor ends: R as Evaluation Engineer. Until 29 Jan 2027: Modelhaus, beside Lea Wirth."
    )
    assert page.footnote.text() == told
    page.desk.workspace.undo()
    assert page.footnote.isHidden()


def test_a_finding_about_a_row_leads_to_that_row(page: RaciPage) -> None:
    assert page.reveal("L41", "")
    assert page.table.current() == ("L41", "SO")


def test_an_edit_leaves_the_lines_of_other_rows_alone(page: RaciPage) -> None:
    action = page.desk.document.rows(Action)[0]
    for view in (page.role_view, page.person_view):
        view.click()
        before = {entry.key: entry for entry in lines(page)}
        page.desk.workspace.run(set_fields(action.id, name=f"Another name {view.text()}"))
        changed = [entry for entry in lines(page) if before[entry.key] is not entry]
        assert [(entry.key, entry.label) for entry in changed] == [
            (action_key(action.id), f"Another name {view.text()}")
        ]


def test_a_new_name_of_a_row_or_a_column_repaints_no_letter(qtbot: QtBot, page: RaciPage) -> None:
    changed: list[object] = []
    page.table.content.dataChanged.connect(lambda *cells: changed.append(cells))
    page.table.content.headerDataChanged.connect(lambda *heads: changed.append(heads))
    page.table.content.modelReset.connect(lambda: changed.append("all"))
    action = page.desk.document.rows(Action)[0]
    with qtbot.waitSignal(page.table.content.row_renamed):
        page.desk.workspace.run(set_fields(action.id, name="Another name"))
    owner = page.desk.document.fixed(OwnerAssignment, "outcome")
    sara = next(person for person in page.desk.document.rows(Person) if person.name == "Sara Nadeem")
    with qtbot.waitSignal(page.table.content.columns_renamed):
        page.desk.workspace.run(set_fields(owner.id, person=sara.id))
    assert changed == []
    assert next(column.name for column in page.table.content.columns if column.key == "OO") == "Sara N."


def test_an_empty_project_says_that_nobody_is_named(qtbot: QtBot, make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    page = RaciPage(desk, BY_ID["raci"])
    qtbot.addWidget(page)
    page.show()
    rows = len(lines(page))
    assert page.summary.text() == (
        f"{rows} rows follow from the map; nobody is named yet who answers for them · changed by hand: 0"
    )
    desk.workspace.run(add(Person, {"name": "Dana"}))
    desk.workspace.run(
        set_fields(desk.document.fixed(OwnerAssignment, "outcome").id, person=desk.document.rows(Person)[0].id)
    )
    assert page.summary.text().startswith(f"{rows} rows, each with one A and an R; nobody is named yet who answers for")


@pytest.mark.parametrize(
    ("changed", "leads_to"),
    [
        ((("WO", "-"),), "WO"),
        ((("SO", "A"),), "SO"),
        ((("SEC", "I"), ("LEG", "A")), "LEG"),
        ((("SEC", "C"),), "SEC"),
        ((), "WO"),
    ],
)
def test_a_fault_leads_to_the_cell_that_made_it(
    page: RaciPage, changed: tuple[tuple[str, str], ...], leads_to: str
) -> None:
    for column, letter_of_it in changed:
        page.desk.workspace.run(set_letter("L01", column, letter_of_it, "as agreed"))
    assert page.reveal("L01", "")
    assert page.table.current() == ("L01", leads_to)


def test_a_row_in_which_nobody_is_accountable_says_so(page: RaciPage) -> None:
    page.desk.workspace.run(set_letter("L01", "WO", "-", "a mistake"))
    fault = next(entry.fault for entry in lines(page) if entry.key == "L01")
    assert fault == "No part is accountable; it takes exactly one A."
