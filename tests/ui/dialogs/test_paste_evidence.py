"""Evidence is pasted, chosen as a file or dropped; seen before it is added; nothing half applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.model.oversight import Evidence
from app.model.room import Agent
from app.template_list import SAMPLE
from ui.desk import Desk
from ui.dialogs.evidence_table import HEADINGS
from ui.dialogs.paste_evidence import LARGE, PasteEvidence
from ui.window import Window

NAME = "Merge duplicate tickets"
HEAD = "when;action;version;outcome;seconds\n"


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk(SAMPLE)


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> Iterator[PasteEvidence]:
    parent = QWidget()
    parent.resize(1280, 800)
    qtbot.addWidget(parent)
    parent.show()
    QGuiApplication.clipboard().clear()
    made = PasteEvidence(desk, parent)
    with qtbot.waitExposed(made):
        made.open()
    # The parent lives as long as the test.
    yield made
    parent.close()


@pytest.mark.parametrize("copied", ["", "Dana Abelard, Head of Support\nLin Chen", "a line that somebody copied"])
def test_what_is_no_table_of_evidence_on_the_clipboard_is_left_there(desk: Desk, qtbot: QtBot, copied: str) -> None:
    QGuiApplication.clipboard().setText(copied)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert PasteEvidence(desk, parent).text.toPlainText() == ""


def test_a_table_on_the_clipboard_is_there_already(desk: Desk, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(runs("unchanged", "no such outcome"))
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PasteEvidence(desk, parent)
    assert dialog.text.toPlainText() == runs("unchanged", "no such outcome")
    assert "Line 3" in told(dialog)
    dialog.text.setPlainText(runs("unchanged"))
    dialog.read()
    assert dialog.add_button.text() == "Add 1"


def runs(*outcomes: str, version: str = "2027-01", day: str = "2026-11-{:02d}") -> str:
    lines = [f"{day.format(n + 1)};{NAME};{version};{outcome};{20 + n}" for n, outcome in enumerate(outcomes)]
    return HEAD + "\n".join(lines)


def paste(dialog: PasteEvidence, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    dialog.text.setFocus()
    dialog.text.selectAll()
    dialog.text.paste()
    dialog.read()


def rows_of(desk: Desk) -> tuple[Evidence, ...]:
    return desk.document.rows(Evidence)


def cells(dialog: PasteEvidence, row: int) -> dict[str, str]:
    model = dialog.table.model()
    return {heading: str(model.index(row, column).data()) for column, heading in enumerate(HEADINGS)}


def told(dialog: PasteEvidence) -> str:
    return dialog.text.accessibleDescription()


def test_pasted_runs_are_shown_and_added_as_one_row_with_ctrl_return(desk: Desk, dialog: PasteEvidence) -> None:
    before = rows_of(desk)
    paste(dialog, runs("unchanged", "material", "harmful", "seeded caught"))
    assert cells(dialog, 0) == {
        "Line": "2",
        "Action": NAME,
        "Version": "2027-01",
        "Mode": "In the loop",
        "Days": "1 Nov to 4 Nov 2026",
        "Runs": "3",
        "Failures": "2, 1 harmful",
        "Seeded": "1 of 1",
        "Twice?": "",
    }
    assert dialog.add_button.text() == "Add 1"
    assert rows_of(desk) == before, "nothing is added before it is asked for"
    QTest.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (made,) = rows_of(desk)[len(before) :]
    assert (made.runs, made.material, made.harmful, made.outcomes) == (3, 1, 1, "umh")
    assert not dialog.isVisible()


def test_what_is_typed_is_read_a_moment_later(qtbot: QtBot, dialog: PasteEvidence) -> None:
    dialog.text.setFocus()
    QTest.keyClicks(dialog.text, "when;action;outcome")
    qtbot.waitUntil(lambda: "There is no line below the headings." in told(dialog))
    assert not dialog.add_button.isEnabled()


def test_faults_are_told_by_line_and_nothing_can_be_added(desk: Desk, dialog: PasteEvidence) -> None:
    before = rows_of(desk)
    paste(dialog, f"{runs('unchanged')}\n2026-11-02;Nobody knows;;unchanged;1\nsoon;{NAME};;unchanged;1")
    assert "Line 3: No action is called “Nobody knows”." in told(dialog)
    assert "Line 4: “soon” is not a day." in told(dialog)
    assert not dialog.add_button.isEnabled()
    QTest.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert rows_of(desk) == before


def test_many_faults_are_counted(dialog: PasteEvidence) -> None:
    paste(dialog, HEAD + "\n".join(f"soon;{NAME};;unchanged;1" for _ in range(20)))
    assert "And 14 more." in told(dialog)


def test_what_is_no_table_of_evidence_is_refused(dialog: PasteEvidence) -> None:
    paste(dialog, "Dear all,\nthe agent did well.")
    assert "is no heading of evidence" in told(dialog)
    assert not dialog.table.isVisible()


def test_an_empty_box_says_nothing_and_adds_nothing(dialog: PasteEvidence) -> None:
    paste(dialog, runs("unchanged"))
    dialog.text.clear()
    dialog.read()
    assert not dialog.table.isVisible()
    assert not dialog.add_button.isEnabled()


def test_what_may_count_twice_is_left_out_until_it_is_ticked(desk: Desk, dialog: PasteEvidence) -> None:
    before = len(rows_of(desk))
    period = f"action;from_day;to_day;behaviour_version;runs;unchanged\n{NAME};2026-10-01;2026-10-31;2027-01;10;10\n"
    paste(dialog, f"{period}{NAME};2026-10-20;2026-11-10;2027-01;12;12\n")
    assert "may count runs of “Merge duplicate tickets” twice" in told(dialog)
    assert cells(dialog, 1)["Twice?"] == "may be"
    assert dialog.add_button.text() == "Add 1"
    dialog.twice.setFocus()
    QTest.keyClick(dialog.twice, Qt.Key.Key_Space)
    assert dialog.add_button.text() == "Add 2"
    QTest.keyClick(dialog.add_button, Qt.Key.Key_Return)
    assert len(rows_of(desk)) == before + 2


def test_a_file_is_read_instead(tmp_path: Path, desk: Desk, dialog: PasteEvidence) -> None:
    before = len(rows_of(desk))
    path = tmp_path / "runs.csv"
    path.write_text("\ufeff" + runs("unchanged", "rejected"), encoding="utf-8")
    dialog.take_file(path)
    assert cells(dialog, 0)["Failures"] == "1"
    QTest.keyClick(dialog.add_button, Qt.Key.Key_Return)
    assert rows_of(desk)[before].runs == 2


def test_a_file_is_dropped(tmp_path: Path, dialog: PasteEvidence) -> None:
    path = tmp_path / "runs.csv"
    path.write_text(runs("unchanged"), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    dialog.dropEvent(event)
    assert dialog.add_button.text() == "Add 1"
    assert not dialog.text.canInsertFromMimeData(data), "the box does not take the name of the file"


def test_typing_after_a_file_reads_what_is_typed(tmp_path: Path, dialog: PasteEvidence) -> None:
    path = tmp_path / "runs.csv"
    path.write_text(runs("unchanged"), encoding="utf-8")
    dialog.take_file(path)
    paste(dialog, runs("rejected"))
    assert cells(dialog, 0)["Failures"] == "1"


@pytest.mark.parametrize(
    ("content", "why"), [(b"\xff\xfe\x00runs", "is not text in UTF-8"), (b"x" * 10_000_001, "larger than can be read")]
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, dialog: PasteEvidence, content: bytes, why: str) -> None:
    path = tmp_path / "runs.csv"
    path.write_bytes(content)
    dialog.take_file(path)
    assert why in told(dialog)
    assert not dialog.add_button.isEnabled()


def test_a_file_that_is_gone_is_refused(tmp_path: Path, dialog: PasteEvidence) -> None:
    dialog.take_file(tmp_path / "gone.csv")
    assert "“gone.csv” cannot be read: no such file or directory." in told(dialog)


def test_a_very_long_text_is_read_without_being_shown(dialog: PasteEvidence) -> None:
    lines = HEAD + "".join(f"2026-11-02;{NAME};2027-01;unchanged;30\n" for _ in range(3000))
    assert len(lines) > LARGE
    paste(dialog, lines)
    assert dialog.text.toPlainText() == ""
    assert cells(dialog, 0)["Runs"] == "3,000"


def test_the_window_opens_it_with_a_key_and_with_its_button(qtbot: QtBot, make_window: Callable[..., Window]) -> None:
    window = make_window()
    window.go_to_step("oversight")
    keys = [command.toString() for command in window.actions_by_id["paste_evidence"].shortcuts()]
    assert keys == [QKeySequence("Ctrl+Shift+V").toString()]
    window.desk.command_wanted.emit("paste_evidence")
    qtbot.waitUntil(lambda: window.findChild(PasteEvidence) is not None)
    found = window.findChild(PasteEvidence)
    assert isinstance(found, PasteEvidence)
    QTest.keyClick(found.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not found.isVisible())


def test_the_version_and_mode_of_today_stand_for_what_is_left_out(desk: Desk, dialog: PasteEvidence) -> None:
    paste(dialog, f"when;action;outcome\n2026-11-02;{NAME};unchanged")
    assert cells(dialog, 0)["Version"] == desk.document.only(Agent).behaviour_version
