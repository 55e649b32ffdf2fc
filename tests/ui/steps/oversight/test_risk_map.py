"""The map of the actions, by keyboard, by mouse and as it is read aloud."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.model.oversight import Action
from app.policy.oversight import BARRED, DUAL, OUT
from tests.support.gates import named
from ui.steps.oversight.page import OversightPage
from ui.steps.oversight.risk_map import Chip, RiskMap


def chip(name: str, reversibility: int = 3, severity: int = 3, *, floor: str = DUAL, alarm: bool = False) -> Chip:
    return Chip(name, reversibility, severity, name, floor, alarm)


def shown(qtbot: QtBot, page: OversightPage, *chips: Chip) -> RiskMap:
    made = RiskMap(page.desk.theme)
    qtbot.addWidget(made)
    made.resize(700, 460)
    made.show()
    made.show_chips(chips)
    return made


def picked(qtbot: QtBot, made: RiskMap) -> object:
    with qtbot.waitSignal(made.picked) as signal:
        QTest.keyClick(made, Qt.Key.Key_Return)
    return signal.args[0]


def test_arrows_walk_and_say_the_field_with_its_floor_and_actions(qtbot: QtBot, page: OversightPage) -> None:
    made = shown(qtbot, page, chip("Refund"), chip("Delete"), chip("Read", 0, 0, floor=OUT))
    QTest.keyClick(made, Qt.Key.Key_Up)
    for _ in range(5):
        QTest.keyClick(made, Qt.Key.Key_Right)
    said = "Irreversible, or untested, severity 3. Floor: In the loop, two approvers. Actions: 2. Refund, Delete"
    assert made.accessibleDescription() == said
    for _ in range(4):
        QTest.keyClick(made, Qt.Key.Key_Down)
        QTest.keyClick(made, Qt.Key.Key_Left)
    said = "No state change, severity 0. Floor: Out of the loop. Actions: 1. Read"
    assert made.accessibleDescription() == said
    QTest.keyClick(made, Qt.Key.Key_Up)
    assert made.accessibleDescription().endswith("No action.")


def test_return_takes_one_action_after_the_other(qtbot: QtBot, page: OversightPage) -> None:
    made = shown(qtbot, page, chip("Refund"), chip("Delete"), chip("Close", alarm=True))
    made.show_current("Close")
    taken = []
    for _ in range(3):
        taken.append(picked(qtbot, made))
        made.show_current(str(taken[-1]))
    assert taken == ["Refund", "Delete", "Close"], "what needs a look comes first, the others in their order"


def test_a_click_takes_the_action_under_it(qtbot: QtBot, page: OversightPage) -> None:
    made = shown(qtbot, page, chip("Refund", 0, 0, floor=OUT), chip("Delete"))
    with qtbot.waitSignal(made.picked) as signal:
        QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(690, 24 + 20 + 12))
    assert signal.args == ["Delete"]


def test_many_actions_on_one_field_are_counted_and_the_current_one_is_in_sight(
    qtbot: QtBot, page: OversightPage
) -> None:
    made = shown(qtbot, page, *(chip(f"Action {n}") for n in range(30)))
    made.show_current("Action 29")
    first = made.grab().toImage()
    made.show_current("Action 0")
    assert made.grab().toImage() != first
    with qtbot.waitSignal(made.picked) as signal:
        QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(690, 24 + 20 + 12))
    assert signal.args == ["Action 0"]


def test_m_shows_the_map_with_every_action_and_escape_the_table(page: OversightPage) -> None:
    page.table.setFocus()
    QTest.keyClicks(page.table, "m")
    assert page.map.isVisible()
    assert page.map.hasFocus()
    assert not page.table.isVisible()
    names = {action.name for action in page.desk.document.rows(Action)}
    said = " ".join(page.map.said(row, column) for row in range(4) for column in range(4))
    assert all(name in said for name in names)
    QTest.keyClick(page.map, Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_the_map_and_the_inspector_show_the_same_action(page: OversightPage) -> None:
    page.show_map()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(page.map, key)
    refund = named(page.desk.workspace.workspace, "Issue card refund")
    page.table.go_to(page.model.row_of(refund.id) or 0)
    assert "Issue card refund" in page.map.accessibleDescription()
    QTest.keyClick(page.map, Qt.Key.Key_Return)
    assert page.inspector_panel.action_id == refund.id


def test_an_action_moves_on_the_map_with_its_attributes(qtbot: QtBot, page: OversightPage) -> None:
    page.show_map()
    refund = named(page.desk.workspace.workspace, "Issue card refund")
    page.desk.workspace.run(set_fields(refund.id, reversibility=0))
    qtbot.waitUntil(lambda: any("Issue card refund" in page.map.said(0, column) for column in range(4)))


def test_its_own_floor_stands_on_the_chip_where_that_is_another_one(qtbot: QtBot, page: OversightPage) -> None:
    plain = shown(qtbot, page, chip("Refund", floor=DUAL)).grab().toImage()
    assert shown(qtbot, page, chip("Refund", floor=BARRED)).grab().toImage() != plain
    assert shown(qtbot, page, chip("Refund", alarm=True)).grab().toImage() != plain
