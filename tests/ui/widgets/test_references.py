"""The people picker, by keyboard and by dropping."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from app.edits.generic import add
from app.messages import words
from app.model.exceptions import Queue
from app.model.owners import OwnerAssignment, Rota
from app.model.room import Person
from app.model.stop import StopControl
from ui.desk import Desk
from ui.widgets.editors.references import ReferenceEditor, ReferencesEditor
from ui.widgets.form import FieldBox, Form
from ui.widgets.people import initials, row_mime


@pytest.fixture
def people(desk: Desk) -> dict[str, str]:
    """Name -> id."""
    found = {}
    for name, title in (("Dana Abelard", "Head of Support"), ("Dan Brown", "Clerk"), ("Jun Kowalczyk", "Platform")):
        made = desk.workspace.run(add(Person, {"name": name, "title": title}))
        assert made is not None
        found[name] = made.changes[0].id
    return found


@pytest.fixture
def kept() -> list[Form]:
    """Forms live as long as the test."""
    return []


def shown(qtbot: QtBot, desk: Desk, kept: list[Form], form: Form, name: str) -> FieldBox:
    kept.append(form)
    desk.workspace.changed.connect(form.follow)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    return form.boxes[name]


@pytest.fixture
def owner(qtbot: QtBot, desk: Desk, kept: list[Form], people: dict[str, str]) -> ReferenceEditor:
    row = desk.document.fixed(OwnerAssignment, "exception")
    box = shown(qtbot, desk, kept, Form(desk, OwnerAssignment, row.id, ["person", "deputy"]), "person")
    assert isinstance(box.editor, ReferenceEditor)
    return box.editor


def holder(desk: Desk) -> str:
    return desk.document.called(desk.document.fixed(OwnerAssignment, "exception").person)


def test_typing_filters_and_return_picks(qtbot: QtBot, desk: Desk, owner: ReferenceEditor) -> None:
    owner.line.setFocus()
    qtbot.keyClicks(owner.line, "da")
    offered = [owner._suggestions.list.item(i).text() for i in range(owner._suggestions.list.count())]
    assert [text.split("   ")[0] for text in offered] == ["Dana Abelard", "Dan Brown", "Add Person “da”"]
    qtbot.keyClick(owner.line, Qt.Key.Key_Down)
    qtbot.keyClick(owner.line, Qt.Key.Key_Return)
    assert holder(desk) == "Dan Brown"
    assert owner.line.text() == "Dan Brown"


def test_a_title_finds_its_person(qtbot: QtBot, desk: Desk, owner: ReferenceEditor) -> None:
    qtbot.keyClicks(owner.line, "platf")
    qtbot.keyClick(owner.line, Qt.Key.Key_Return)
    assert holder(desk) == "Jun Kowalczyk"


def test_an_unknown_name_is_added_and_picked_in_one_step(qtbot: QtBot, desk: Desk, owner: ReferenceEditor) -> None:
    qtbot.keyClicks(owner.line, "Marc Oyelaran")
    qtbot.keyClick(owner.line, Qt.Key.Key_Return)
    assert holder(desk) == "Marc Oyelaran"
    desk.workspace.undo()
    assert holder(desk) == ""
    assert "Marc Oyelaran" not in [person.name for person in desk.document.rows(Person)]
    assert owner.line.text() == ""


def test_leaving_with_an_unknown_name_explains_and_keeps_it(qtbot: QtBot, desk: Desk, owner: ReferenceEditor) -> None:
    owner.line.setFocus()
    qtbot.keyClicks(owner.line, "Petra New")
    owner.commit()
    assert holder(desk) == ""
    assert owner.line.text() == "Petra New"
    assert "not in the project yet" in owner.line.accessibleDescription()
    qtbot.keyClick(owner.line, Qt.Key.Key_Escape)
    assert owner.line.text() == ""


def test_leaving_takes_the_marked_person_whose_name_begins_like_what_was_typed(
    qtbot: QtBot, desk: Desk, owner: ReferenceEditor
) -> None:
    owner.line.setFocus()
    qtbot.keyClicks(owner.line, "Dana A")
    qtbot.keyClick(owner.line, Qt.Key.Key_Tab)
    assert holder(desk) == owner.line.text() == "Dana Abelard"
    assert not owner.line.accessibleDescription()


def test_leaving_takes_the_one_that_was_walked_to(qtbot: QtBot, desk: Desk, owner: ReferenceEditor) -> None:
    owner.line.setFocus()
    qtbot.keyClicks(owner.line, "Dan")
    qtbot.keyClick(owner.line, Qt.Key.Key_Down)
    qtbot.keyClick(owner.line, Qt.Key.Key_Tab)
    assert holder(desk) == "Dan Brown"


def test_leaving_with_a_part_of_a_name_tells_whom_return_takes(
    qtbot: QtBot, desk: Desk, owner: ReferenceEditor
) -> None:
    owner.line.setFocus()
    qtbot.keyClicks(owner.line, "Kowal")
    qtbot.keyClick(owner.line, Qt.Key.Key_Tab)
    assert holder(desk) == ""
    assert "Press Return to take Jun Kowalczyk" in owner.line.accessibleDescription()
    qtbot.keyClick(owner.line, Qt.Key.Key_Return)
    assert holder(desk) == "Jun Kowalczyk"


def test_emptying_the_line_takes_the_person_back(qtbot: QtBot, desk: Desk, owner: ReferenceEditor) -> None:
    qtbot.keyClicks(owner.line, "jun")
    qtbot.keyClick(owner.line, Qt.Key.Key_Return)
    owner.line.selectAll()
    qtbot.keyClick(owner.line, Qt.Key.Key_Delete)
    qtbot.keyClick(owner.line, Qt.Key.Key_Return)
    assert holder(desk) == ""


def test_a_person_can_be_dropped(desk: Desk, owner: ReferenceEditor, people: dict[str, str]) -> None:
    data = row_mime(people["Dana Abelard"])
    owner.dropEvent(
        QDropEvent(
            QPointF(3, 3),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert holder(desk) == "Dana Abelard"


def test_a_field_for_people_and_rotas_offers_to_add_either(
    qtbot: QtBot, desk: Desk, kept: list[Form], people: dict[str, str]
) -> None:
    row = desk.document.fixed(OwnerAssignment, "system")
    editor = shown(qtbot, desk, kept, Form(desk, OwnerAssignment, row.id, ["deputy"]), "deputy").editor
    assert isinstance(editor, ReferenceEditor)
    qtbot.keyClicks(editor.line, "Platform on call")
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert [rota.name for rota in desk.document.rows(Rota)] == ["Platform on call"]


def test_several_are_picked_one_after_the_other_and_taken_back(
    qtbot: QtBot, desk: Desk, kept: list[Form], people: dict[str, str]
) -> None:
    made = desk.workspace.run(add(StopControl, {"where": "Flag"}))
    assert made is not None
    editor = shown(qtbot, desk, kept, Form(desk, StopControl, made.changes[0].id, ["who"]), "who").editor
    assert isinstance(editor, ReferencesEditor)
    for typed in ("jun", "dana"):
        qtbot.keyClicks(editor.line, typed)
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert desk.document.rows(StopControl)[0].who == (people["Jun Kowalczyk"], people["Dana Abelard"])
    qtbot.keyClick(editor.chips[0], Qt.Key.Key_Delete)
    assert desk.document.rows(StopControl)[0].who == (people["Dana Abelard"],)


def test_a_row_does_not_offer_itself(qtbot: QtBot, desk: Desk, kept: list[Form]) -> None:
    made = desk.workspace.run(add(Queue, {"name": "billing-exceptions"}))
    assert made is not None
    editor = shown(qtbot, desk, kept, Form(desk, Queue, made.changes[0].id, ["route_on"]), "route_on").editor
    assert isinstance(editor, ReferenceEditor)
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    assert editor._suggestions.isHidden()


@pytest.mark.parametrize(
    ("name", "letters"), [("Dana Abelard", "DA"), ("Cher", "C"), ("Ole van der Hansen", "OH"), ("", "?"), ("  ", "?")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize("typed", ["28.11 03:00", "2", "Dana 2", "?!", "2026-11-28"])
@pytest.mark.parametrize("leave", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_nobody_is_called_by_a_number(
    qtbot: QtBot, desk: Desk, owner: ReferenceEditor, kept: list[Form], typed: str, leave: Qt.Key
) -> None:
    before = desk.document
    owner.line.setFocus()
    qtbot.keyClicks(owner.line, typed)
    qtbot.keyClick(owner.line, leave)
    assert desk.document is before
    fault = kept[0].boxes["person"]._fault
    assert fault is not None
    assert fault.text() == f"“{typed}” is not the name of a person. Write a name, in letters and without digits."


@pytest.mark.parametrize("typed", ["Jean-Luc O’Neil", "李雷", "Ång", "X"])
def test_adding_somebody_is_said(qtbot: QtBot, desk: Desk, owner: ReferenceEditor, typed: str) -> None:
    owner.line.setFocus()
    owner.line.setText(typed)
    owner.line.textEdited.emit(typed)
    owner.line.setModified(True)
    with qtbot.waitSignal(desk.notice) as told:
        qtbot.keyClick(owner.line, Qt.Key.Key_Return)
    assert words(told.args[0]) == f"Added Person “{typed}”. Undo takes it back."
    assert holder(desk) == typed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Nadia Fuchs, Tomas Ilves", "“Nadia Fuchs, Tomas Ilves” are two people. Name one; the other can be deputy."),
        ("Dana, Jun", "“Dana, Jun” are two people. Name one; the other can be deputy."),
        ("Ida & Bo & Eva", "“Ida & Bo & Eva” are several. Name one; another can be deputy."),
        ("TBD", "“TBD” is nobody yet. Leave it empty until there is a name."),
        (
            "desk@firm.com",
            "“desk@firm.com” is an address, a queue or a rota, not a person. Name the person who answers there.",
        ),
    ],
)
@pytest.mark.parametrize("leave", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_what_is_no_one_person_is_refused_with_what_to_do(
    qtbot: QtBot, desk: Desk, owner: ReferenceEditor, kept: list[Form], typed: str, said: str, leave: Qt.Key
) -> None:
    before = desk.document
    owner.line.setFocus()
    qtbot.keyClicks(owner.line, typed)
    qtbot.keyClick(owner.line, leave)
    assert desk.document is before
    assert owner.line.text() == typed
    fault = kept[0].boxes["person"]._fault
    assert fault is not None
    assert fault.text() == said


def test_two_people_do_not_become_a_rota(qtbot: QtBot, desk: Desk, kept: list[Form], people: dict[str, str]) -> None:
    row = desk.document.fixed(OwnerAssignment, "system")
    form = Form(desk, OwnerAssignment, row.id, ["deputy"])
    editor = shown(qtbot, desk, kept, form, "deputy").editor
    assert isinstance(editor, ReferenceEditor)
    before = desk.document
    qtbot.keyClicks(editor.line, "Dana Abelard and Dan Brown")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert desk.document is before
    assert "Name one of them here." in editor.line.accessibleDescription()


def test_a_field_for_several_takes_each_of_them_in_one_step(
    qtbot: QtBot, desk: Desk, kept: list[Form], people: dict[str, str]
) -> None:
    made = desk.workspace.run(add(StopControl, {"where": "Flag"}))
    assert made is not None
    editor = shown(qtbot, desk, kept, Form(desk, StopControl, made.changes[0].id, ["who"]), "who").editor
    assert isinstance(editor, ReferencesEditor)
    typed = "Dana Abelard, Jun and Nadia Fuchs"
    qtbot.keyClicks(editor.line, typed)
    editor.commit()
    assert "Press Return to name each of them" in editor.line.accessibleDescription()
    with qtbot.waitSignal(desk.notice) as told:
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert words(told.args[0]) == "Named Dana Abelard, Jun, Nadia Fuchs. Undo takes it back."
    assert [chip.called for chip in editor.chips] == ["Dana Abelard", "Jun Kowalczyk", "Nadia Fuchs"]
    assert editor.line.text() == ""
    desk.workspace.undo()
    assert desk.document.rows(StopControl)[0].who == ()
    assert [person.name for person in desk.document.rows(Person)] == list(people)


def test_a_field_for_several_refuses_a_group_among_them(
    qtbot: QtBot, desk: Desk, kept: list[Form], people: dict[str, str]
) -> None:
    made = desk.workspace.run(add(StopControl, {"where": "Flag"}))
    assert made is not None
    editor = shown(qtbot, desk, kept, Form(desk, StopControl, made.changes[0].id, ["who"]), "who").editor
    before = desk.document
    assert isinstance(editor, ReferencesEditor)
    qtbot.keyClicks(editor.line, "Dana Abelard and team")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert desk.document is before
    assert "“team” is not one named person." in editor.line.accessibleDescription()


def another_jun(desk: Desk, **values: str) -> str:
    made = desk.workspace.run(add(Person, {"name": "Jun Kowalczyk", **values}))
    assert made is not None
    return made.changes[0].id


@pytest.mark.parametrize("typed", ["jun kowalczyk", "jun"])
def test_a_name_that_two_have_is_taken_once_somebody_says_which(
    qtbot: QtBot, desk: Desk, owner: ReferenceEditor, people: dict[str, str], typed: str
) -> None:
    other = another_jun(desk, title="Clerk")
    qtbot.keyClicks(owner.line, typed)
    for _ in range(2):
        qtbot.keyClick(owner.line, Qt.Key.Key_Return)
        assert holder(desk) == ""
    assert "More than one is called “Jun Kowalczyk”." in owner.line.accessibleDescription()
    qtbot.keyClick(owner.line, Qt.Key.Key_Down)
    qtbot.keyClick(owner.line, Qt.Key.Key_Down)
    qtbot.keyClick(owner.line, Qt.Key.Key_Return)
    assert desk.document.fixed(OwnerAssignment, "exception").person == other
    assert owner.line.text() == "Jun Kowalczyk (Clerk)"
    owner.line.selectAll()
    qtbot.keyClicks(owner.line, "Jun Kowalczyk (Platform)")
    qtbot.keyClick(owner.line, Qt.Key.Key_Return)
    assert desk.document.fixed(OwnerAssignment, "exception").person == people["Jun Kowalczyk"]


def test_leaving_with_a_name_that_two_have_takes_neither(
    qtbot: QtBot, desk: Desk, owner: ReferenceEditor, people: dict[str, str]
) -> None:
    another_jun(desk, function="Data")
    qtbot.keyClicks(owner.line, "Jun Kowalczyk")
    qtbot.keyClick(owner.line, Qt.Key.Key_Tab)
    assert holder(desk) == ""
    assert "More than one is called" in owner.line.accessibleDescription()
    assert owner.line.text() == "Jun Kowalczyk"


def test_a_field_for_several_does_not_guess_whom_a_name_means(
    qtbot: QtBot, desk: Desk, kept: list[Form], people: dict[str, str]
) -> None:
    other = another_jun(desk, function="Data")
    made = desk.workspace.run(add(StopControl, {"where": "Console"}))
    assert made is not None
    form = Form(desk, StopControl, made.changes[0].id, ["who"])
    editor = shown(qtbot, desk, kept, form, "who").editor
    assert isinstance(editor, ReferencesEditor)
    qtbot.keyClicks(editor.line, "Dana Abelard, Jun Kowalczyk")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert desk.document.rows(StopControl)[0].who == ()
    assert "More than one is called “Jun Kowalczyk”." in editor.line.accessibleDescription()
    editor.pick(other)
    assert [chip.called for chip in editor.chips] == ["Jun Kowalczyk (Data)"]
