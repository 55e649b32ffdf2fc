"""The matrix by keyboard: arrows pass the headings, letters ask, nothing sets itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.matrix import CLEAR, DERIVED, Cell, Column, MatrixLine, MatrixTable

COLUMNS = [Column("AG", "Agent"), Column("WO", "Workflow", "Dana A."), Column("EO", "Exceptions", "<b>Marc</b>")]
LINES = [
    MatrixLine("one", "Does", "Send reply", {"AG": Cell("R"), "WO": Cell("A")}),
    MatrixLine("two", "Does", "Refund", {"WO": Cell("A"), "EO": Cell("A", True, "Marc <b>asked</b>")}, "Two A."),
    MatrixLine("three", "Goes wrong", "Pause", {"EO": Cell("A/R")}),
]


@pytest.fixture
def matrix(qtbot: QtBot, theme: Theme) -> MatrixTable:
    made = MatrixTable(theme)
    qtbot.addWidget(made)
    made.show_content(COLUMNS, LINES)
    made.resize(700, 400)
    made.show()
    made.go_to("one", "WO")
    return made


def test_the_model_is_sound(matrix: MatrixTable, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(matrix.content)


def test_the_arrows_pass_over_the_heading_of_a_group(qtbot: QtBot, matrix: MatrixTable) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(matrix, key)
    assert matrix.current() == ("three", "WO")
    qtbot.keyClick(matrix, Qt.Key.Key_Up)
    assert matrix.current() == ("two", "WO")
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(matrix, key)
    assert matrix.current() == ("one", "WO")


@pytest.mark.parametrize(
    ("key", "letter"),
    [
        (Qt.Key.Key_R, "R"),
        (Qt.Key.Key_A, "A"),
        (Qt.Key.Key_C, "C"),
        (Qt.Key.Key_I, "I"),
        (Qt.Key.Key_Space, CLEAR),
        (Qt.Key.Key_Delete, CLEAR),
        (Qt.Key.Key_Minus, CLEAR),
        (Qt.Key.Key_Backspace, DERIVED),
        (Qt.Key.Key_U, DERIVED),
    ],
)
def test_a_key_asks_for_a_letter_in_the_current_cell(
    qtbot: QtBot, matrix: MatrixTable, key: Qt.Key, letter: str
) -> None:
    with qtbot.waitSignal(matrix.letter_wanted) as asked:
        qtbot.keyClick(matrix, key)
    assert asked.args == ["one", "WO", letter]


def test_a_shortcut_with_control_is_not_a_letter(qtbot: QtBot, matrix: MatrixTable) -> None:
    with qtbot.assertNotEmitted(matrix.letter_wanted):
        qtbot.keyClick(matrix, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_new_letters_keep_the_place(matrix: MatrixTable) -> None:
    matrix.go_to("three", "EO")
    matrix.show_content(COLUMNS, LINES[1:])
    assert matrix.current() == ("three", "EO")


def test_a_cell_says_its_row_its_column_its_letter_and_why(matrix: MatrixTable) -> None:
    matrix.go_to("two", "EO")
    said = matrix.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Refund, Exceptions: A. Marc <b>asked</b>"


def test_a_reason_is_shown_as_plain_text(matrix: MatrixTable) -> None:
    matrix.go_to("two", "EO")
    assert "&lt;b&gt;asked" in matrix.currentIndex().data(Qt.ItemDataRole.ToolTipRole)


def test_a_fault_stands_with_the_row(matrix: MatrixTable) -> None:
    labels = [matrix.content.headerData(row, Qt.Orientation.Vertical) for row in range(matrix.content.rowCount())]
    assert labels == ["Does", "Send reply", "Refund. Two A.", "Goes wrong", "Pause"]


def test_an_empty_matrix_has_nothing_current(matrix: MatrixTable) -> None:
    matrix.show_content([], [])
    assert matrix.current() is None
    assert matrix.currentIndex() == QModelIndex()
