"""The editable list of rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from app.model.boundary import BoundaryLine
from app.model.exceptions import Queue
from app.model.room import Person
from app.model.scorecard import Metric
from ui.desk import Desk
from ui.widgets.row_list import RowList


@pytest.fixture
def rows(qtbot: QtBot, desk: Desk) -> RowList:
    made = RowList(desk, Person)
    desk.workspace.changed.connect(made.follow)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def names(desk: Desk) -> list[str]:
    return [person.name for person in desk.document.rows(Person)]


def test_people_are_added_by_typing(qtbot: QtBot, desk: Desk, rows: RowList) -> None:
    assert rows.adder is not None
    for name in ("Dana", "Jun", "Rosa"):
        qtbot.keyClicks(rows.adder, name)
        qtbot.keyClick(rows.adder, Qt.Key.Key_Return)
    assert names(desk) == ["Dana", "Jun", "Rosa"]
    assert [item.head.title for item in rows.items.values()] == ["Dana", "Jun", "Rosa"]
    assert rows.adder.text() == ""


def test_the_line_for_adding_stays_in_sight(qtbot: QtBot, desk: Desk) -> None:
    rows = RowList(desk, Person)
    desk.workspace.changed.connect(rows.follow)
    outer = QScrollArea()
    qtbot.addWidget(outer)
    outer.setWidgetResizable(True)
    outer.setWidget(rows)
    outer.resize(500, 200)
    with qtbot.waitExposed(outer):
        outer.show()
    assert rows.adder is not None
    for name in ("Dana", "Jun", "Rosa", "Marc", "Priya", "Tom"):
        qtbot.keyClicks(rows.adder, name)
        qtbot.keyClick(rows.adder, Qt.Key.Key_Return)
        for _ in range(5):
            QApplication.processEvents()
        assert rows.adder.visibleRegion().boundingRect() == rows.adder.rect()
    assert outer.verticalScrollBar().value() > 0


def test_a_row_is_opened_edited_moved_and_removed_by_keyboard(qtbot: QtBot, desk: Desk, rows: RowList) -> None:
    ids = [rows.add_row(name=name) for name in ("Dana", "Jun", "Rosa")]
    head = rows.items[ids[1]].head
    qtbot.keyClick(head, Qt.Key.Key_Return)
    form = rows.items[ids[1]].form
    assert form is not None
    qtbot.keyClicks(form.boxes["contact"].editor.control(), "jun@example")
    qtbot.keyClick(form.boxes["contact"].editor.control(), Qt.Key.Key_Return)
    assert "jun@example" in head.summary
    qtbot.keyClick(head, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(desk) == ["Jun", "Dana", "Rosa"]
    assert list(rows.items) == [ids[1], ids[0], ids[2]]
    qtbot.keyClick(head, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(head, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(desk) == ["Dana", "Rosa", "Jun"]
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Delete)
    assert names(desk) == ["Dana", "Rosa"]
    desk.workspace.undo()
    assert [item.head.title for item in rows.items.values()] == ["Dana", "Rosa", "Jun"]


def test_one_row_is_open_at_a_time(rows: RowList) -> None:
    ids = [rows.add_row(name=name) for name in ("Dana", "Jun")]
    rows.open(ids[0])
    rows.open(ids[1])
    assert rows.items[ids[0]].form is None
    assert rows.items[ids[1]].form is not None


def number_typed(qtbot: QtBot, queues: RowList, row_id: str, text: str) -> QLineEdit:
    """A number field of an open row with this text typed into it."""
    line = queues.open(row_id).boxes["max_age"].editor.control()
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    return line


@pytest.fixture
def queues(qtbot: QtBot, desk: Desk) -> RowList:
    made = RowList(desk, Queue)
    desk.workspace.changed.connect(made.follow)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_row_with_a_text_that_cannot_be_taken_stays_open_beside_another(
    qtbot: QtBot, desk: Desk, queues: RowList
) -> None:
    first, second, third = (queues.add_row(name=name, max_age=60) for name in ("a", "b", "c"))
    line = number_typed(qtbot, queues, first, "soon")
    queues.open(second)
    assert line.text() == "soon"
    kept = queues.items[first].form
    assert kept is not None
    assert "soon" in line.accessibleDescription()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    queues.open(third)
    assert [item.form is not None for item in queues.items.values()] == [False, False, True]


def test_what_can_be_taken_is_taken_before_its_row_is_closed(qtbot: QtBot, desk: Desk, queues: RowList) -> None:
    first, second = (queues.add_row(name=name, max_age=60) for name in ("a", "b"))
    number_typed(qtbot, queues, first, "90")
    queues.open(second)
    assert queues.items[first].form is None
    assert [row.max_age for row in desk.document.rows(Queue)] == [90, 60]


def test_return_on_the_line_does_not_close_over_a_text_and_says_so(qtbot: QtBot, desk: Desk, queues: RowList) -> None:
    first = queues.add_row(name="a", max_age=60)
    line = number_typed(qtbot, queues, first, "soon")
    head = queues.items[first].head
    head.setFocus()
    with qtbot.waitSignal(desk.refusal) as refused:
        qtbot.keyClick(head, Qt.Key.Key_Return)
    assert line.accessibleName() in str(refused.args[0])
    assert (line.text(), line.hasFocus()) == ("soon", True)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.keyClick(head, Qt.Key.Key_Return)
    assert queues.items[first].form is None


def test_a_list_keeps_to_its_part_of_the_rows(qtbot: QtBot, desk: Desk) -> None:
    barred = RowList(
        desk,
        BoundaryLine,
        keep=lambda row: isinstance(row, BoundaryLine) and row.side == "barred",
        defaults={"side": "barred"},
    )
    desk.workspace.changed.connect(barred.follow)
    qtbot.addWidget(barred)
    row_id = barred.add_row(object="card refunds")
    assert list(barred.items) == [row_id]
    form = barred.open(row_id)
    form.boxes["side"].editor.committed.emit("may")
    assert not barred.items


def test_a_number_in_the_line_of_a_row_says_what_it_counts(qtbot: QtBot, desk: Desk) -> None:
    queues = RowList(desk, Queue)
    desk.workspace.changed.connect(queues.follow)
    qtbot.addWidget(queues)
    row_id = queues.add_row(name="billing-exceptions", max_age=480)
    assert queues.items[row_id].head.summary == "Longest wait: 8 h"


def test_the_line_of_a_row_tells_the_fields_that_the_step_asks_for(qtbot: QtBot, desk: Desk) -> None:
    metrics = RowList(desk, Metric, tells=("threshold", "cadence"))
    desk.workspace.changed.connect(metrics.follow)
    qtbot.addWidget(metrics)
    row_id = metrics.add_row(name="Intervention rate", definition="Runs corrected", threshold="8 %", cadence="weekly")
    assert metrics.items[row_id].head.summary == "8 % · Weekly"
