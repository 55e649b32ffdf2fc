"""What the projector shows: the question and the names of the step, and never more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.edits.generic import add, set_fields
from app.model.owners import OwnerAssignment, Vote
from app.model.room import AgendaItem, Person, Workshop
from app.policy.consensus import NOBODY
from app.steps import STEPS
from tests.support.builder import AS_OF, ProjectBuilder, sample
from tests.ui.test_accessibility import nameless
from ui.audience.board import Board, board
from ui.audience.tiles import columns_for
from ui.audience.window import AudienceWindow, beside, second_screen
from ui.desk import VOTING
from ui.window import Window

ROOT = Path(__file__).resolve().parents[3]

MakeWindow = Callable[..., Window]


@pytest.fixture
def shown(qtbot: QtBot, make_window: MakeWindow) -> tuple[Window, AudienceWindow]:
    """The sample on the Owners step, with the audience window beside it."""
    window = make_window()
    window.show_step("owners")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.audience is not None
    window.audience.resize(1280, 800)
    return window, window.audience


def text_of(found: Board) -> str:
    return " | ".join((found.question, *(tile.spoken for tile in found.tiles)))


def test_it_shows_the_question_and_the_four_names(shown: tuple[Window, AudienceWindow]) -> None:
    _, audience = shown
    assert audience.isVisible()
    assert audience.question.text() == "Who owns this agent, by name?"
    assert [view.accessibleName() for view in audience.wall.views] == [
        "Workflow owner: Dana Abelard, Head of Support Operations",
        "System owner: Jun Kowalczyk, Platform Engineering Lead",
        "Exception owner: Marc Oyelaran, Billing Team Lead",
        "Outcome owner: Rosa Steiner, VP Support",
    ]
    assert audience.place.text() == "Step 3 of 12 · Owners"
    assert audience.agent.text() == "Billing ticket triage agent"


def test_it_follows_the_step_and_every_edit(qtbot: QtBot, shown: tuple[Window, AudienceWindow]) -> None:
    window, audience = shown
    owner = window.desk.document.fixed(OwnerAssignment, "exception")
    window.desk.workspace.run(set_fields(owner.id, person=None))
    qtbot.waitUntil(lambda: audience.wall.views[2].tile.missing)
    assert audience.wall.views[2].accessibleName() == "Exception owner: Nobody yet"
    window.show_step("stop")
    assert audience.question.text() == "Who stops it, and what puts things right?"
    assert "Platform on call, Dana Abelard, Rosa Steiner" in audience.wall.views[0].accessibleName()


def test_nothing_in_it_takes_the_keyboard(shown: tuple[Window, AudienceWindow]) -> None:
    _, audience = shown
    assert audience.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert audience.focusWidget() is None
    assert audience.findChildren(QAbstractButton) == []
    assert nameless(audience) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F5])
def test_it_closes_and_opens_again(qtbot: QtBot, shown: tuple[Window, AudienceWindow], key: Qt.Key) -> None:
    window, audience = shown
    qtbot.keyClick(audience, key)
    assert not audience.isVisible()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_step("roles")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert audience.isVisible()
    assert audience.question.text() == "Who does the daily work of owning it?"
    window.toggle_audience()
    assert not audience.isVisible()


def test_it_goes_with_its_window(shown: tuple[Window, AudienceWindow]) -> None:
    window, audience = shown
    window.close()
    assert not audience.isVisible()


def test_type_grows_with_the_window(shown: tuple[Window, AudienceWindow]) -> None:
    _, audience = shown
    name = audience.wall.views[0].shown()[1]
    before = name.font.pixelSize(), audience.question.fontInfo().pixelSize()
    assert before == (37, 44)
    audience.resize(640, 400)
    QApplication.processEvents()
    after = audience.wall.views[0].shown()[1].font.pixelSize(), audience.question.fontInfo().pixelSize()
    assert after[0] < 0.6 * before[0]
    assert after[1] == 22


def test_the_clock_of_the_step_is_the_only_machinery(shown: tuple[Window, AudienceWindow]) -> None:
    window, audience = shown
    item = window.desk.document.fixed(AgendaItem, "owners")
    window.desk.workspace.run(set_fields(item.id, spent_seconds=700))
    assert audience.clock.text() == "11:40"


@pytest.mark.parametrize("size", [(1280, 800), (800, 600), (1920, 1080)])
def test_nothing_is_cut_off(shown: tuple[Window, AudienceWindow], size: tuple[int, int]) -> None:
    window, audience = shown
    audience.resize(*size)
    for step in STEPS:
        window.show_step(step.id)
        QApplication.processEvents()
        assert audience.wall.views
        for view in audience.wall.views:
            pieces = view.shown()
            assert pieces[-1].box.bottom() <= view.height(), view.tile
            whole = [text for text in (view.tile.title, view.tile.name, *view.tile.lines) if text]
            assert [piece.text for piece in pieces] == whole


def test_more_than_a_wall_holds_is_counted(shown: tuple[Window, AudienceWindow]) -> None:
    window, audience = shown
    for number in range(60):
        window.desk.workspace.run(add(Person, {"name": f"Guest {number}", "present": True}))
    window.show_step("room")
    names = [view.accessibleName() for view in audience.wall.views]
    here = sum(person.present for person in window.desk.document.rows(Person))
    assert len(names) == 25
    assert names[-1] == f"and {here - 24} more"


def test_lines_without_room_are_counted(shown: tuple[Window, AudienceWindow]) -> None:
    _, audience = shown
    view = audience.wall.views[0]
    view.show_tile(type(view.tile)("Actions", "", tuple(f"Action {number}" for number in range(50))))
    audience.wall.arrange(1.0)
    told = [piece.text for piece in view.shown()]
    assert told[-1] == f"and {50 - (len(told) - 2)} more"
    assert len(told) > 10


def test_every_step_has_something_to_show_even_on_an_empty_project() -> None:
    empty, full = ProjectBuilder().document, sample().document
    for step in STEPS:
        for document in (empty, full):
            found = board(document, step.id, AS_OF)
            assert found.tiles, step.id
            assert all(tile.spoken for tile in found.tiles), step.id
            assert found.question == step.question


def test_notes_codes_and_votes_stay_with_the_facilitator() -> None:
    builder = sample()
    builder.set(Workshop, notes="Secret: they dislike each other")
    for item in builder.document.rows(AgendaItem):
        builder.set(item, notes="Secret: press Dana on this")
    dana = builder.document.rows(Person)[0]
    builder.add(Vote, question="system", voter=dana, answer=NOBODY, round=2)
    for step in STEPS:
        for vote in (None, VOTING):
            told = text_of(board(builder.document, step.id, AS_OF, vote))
            assert "Secret" not in told
            assert not any(code in told for code in ("OWN-", "EXC-", "COV-", "RDY-"))
            assert "of 4 ·" not in told


def test_a_vote_is_on_the_wall_once_it_is_revealed() -> None:
    document = sample().document
    asked = board(document, "owners", AS_OF, VOTING)
    assert not any(person.name in text_of(asked) for person in document.rows(Person))
    found = board(document, "owners", AS_OF, 1)
    assert found.question == "Who did each of us think owned it?"
    assert found.tiles[0].title == "Exception owner"
    assert found.tiles[0].name == "1 of 4 · Split four ways"
    assert "Nobody  1" in found.tiles[0].lines
    assert board(document, "roles", AS_OF, 1).question == "Who does the daily work of owning it?"


def test_the_boards_say_what_the_steps_settle() -> None:
    builder = sample()
    said = {step.id: text_of(board(builder.document, step.id, AS_OF)) for step in STEPS}
    assert "Data: Lea Wirth, Evaluation Engineer" in said["room"]
    assert "cancel subscriptions → billing-exceptions" in said["boundary"]
    assert "In the loop: A person approves before it acts.: Classify" in said["oversight"]
    assert "billing-exceptions: Marc Oyelaran" in said["exceptions"]
    assert "40 h of 168 h" in said["exceptions"]
    assert "Training data: Ines Falk" in said["change"]
    assert "Intervention rate: Below 8 %, Dana Abelard, Weekly" in said["scorecard"]
    assert "Dana Abelard, accountable for" in said["raci"]
    assert said["readiness"].count("Yes") == 8
    assert "For safety (IT): Jun Kowalczyk, not signed yet" in said["signoff"]
    builder.owner("workflow", None)
    assert "✗  No: One named workflow owner" in text_of(board(builder.document, "readiness", AS_OF))


def test_columns_follow_the_number_of_tiles() -> None:
    assert [columns_for(count) for count in (0, 1, 2, 3, 4, 5, 9, 10, 16, 17, 25)] == [1, 1, 2, 3, 2, 3, 3, 4, 4, 5, 5]


TWO_SCREENS = """
import json, sys
from PySide6.QtWidgets import QApplication
from app.model.ids import Mint
from app.template_list import SAMPLE
from app.templates import open_template
from app.workspace import Workspace
from ui.desk import Desk
from ui.icons import Icons
from ui.qt_workspace import QtWorkspace
from ui.settings import Settings
from ui.theme import Theme
from ui.window import Window

app = QApplication([])
theme = Theme(app)
window = Window(Desk(QtWorkspace(Workspace(open_template(SAMPLE, Mint()))), theme, Icons(theme)), Settings())
window.show()
window.toggle_audience()
app.processEvents()
shown = window.audience
print(json.dumps([shown.isFullScreen(), shown.geometry().getRect(), window.isActiveWindow()]))
"""


def test_with_two_screens_it_fills_the_one_that_the_facilitator_does_not_use(tmp_path: Path) -> None:
    screens = [
        {"name": name, "x": x, "y": 0, "width": w, "height": h, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, x, w, h in (("laptop", 0, 1280, 800), ("projector", 1280, 1920, 1080))
    ]
    (tmp_path / "screens.json").write_text(json.dumps({"screens": screens}))
    told = subprocess.run(
        [sys.executable, "-c", TWO_SCREENS],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen:configfile=screens.json", "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout) == [True, [1280, 0, 1920, 1080], True]


def test_with_one_screen_it_is_an_ordinary_window_inside_it(shown: tuple[Window, AudienceWindow]) -> None:
    window, audience = shown
    screen = window.screen()
    assert second_screen(QGuiApplication.screens(), screen) is None
    assert not audience.isFullScreen()
    assert screen.availableGeometry().contains(beside(screen.availableGeometry()))
