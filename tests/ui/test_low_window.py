"""A laptop at twice the size: what is said takes no more height than there is, and the parts of a page have room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.edits.generic import change_set
from app.messages import msg
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Signature
from app.model.document import Document
from app.model.ids import Mint
from app.model.row import with_fields
from app.revisions.signoff import seat_holder
from app.signing import sign
from ui.steps.raci.page import RaciPage
from ui.window import Window

LAPTOP = 1280, 800

MOST_LEFT = 8
"""Pixels beside the last whole column: one for each column at most."""


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., Window]) -> Window:
    made = make_window()
    made.desk.theme.set_zoom(2.0)
    made.resize(*LAPTOP)
    QApplication.processEvents()
    return made


@pytest.mark.parametrize("step", ["oversight", "raci", "readiness", "exceptions"])
def test_no_bar_makes_the_window_taller(qtbot: QtBot, window: Window, step: str) -> None:
    window.show_step(step)
    window.resize(*LAPTOP)
    long = "This was refused for a reason that takes a good many words to explain, and then a few more. " * 3
    window.bar.error(msg("{said}", said=long))
    window.files.line.show()
    window.unfinished.line.show()
    qtbot.waitUntil(lambda: window.bar.height() > 2 * window.bar.close_button.height())
    assert (window.width(), window.height()) == LAPTOP
    assert window.minimumSizeHint().height() <= LAPTOP[1]
    window.bar.put_away()
    QApplication.processEvents()
    assert (window.width(), window.height()) == LAPTOP


@pytest.mark.parametrize("step", ["oversight", "raci", "owners", "signoff"])
def test_the_head_of_a_low_page_says_its_question_alone(qtbot: QtBot, window: Window, step: str) -> None:
    window.show_step(step)
    page = window.page(step)
    qtbot.waitUntil(lambda: page.scroller.height() > page.height() * 8 // 10)
    assert page.headline.text()
    assert page.subtitle.isHidden()
    assert page.subtitle.text().split()[0] in page.headline.toolTip()
    window.desk.theme.set_zoom(1.0)
    qtbot.waitUntil(lambda: not page.subtitle.isHidden())
    assert page.headline.toolTip() == ""


def test_no_column_of_the_raci_is_cut(qtbot: QtBot, window: Window) -> None:
    window.show_step("raci")
    page = window.page("raci")
    assert isinstance(page, RaciPage)
    table, header = page.table, page.table.horizontalHeader()
    qtbot.waitUntil(lambda: table.viewport().width() % table.columnWidth(0) <= MOST_LEFT)
    for _ in range(len(table.content.columns)):
        places = [header.sectionViewportPosition(at) for at in range(header.count())]
        assert any(0 <= place <= 2 for place in places), "a whole column stands at the left edge"
        assert table.visualRect(table.currentIndex()).right() < table.viewport().width()
        qtbot.keyClick(table, Qt.Key.Key_Right)
    bottom = table.visualRect(table.currentIndex()).bottomLeft()
    assert table.viewport().mapTo(window, bottom).y() < window.foot.mapTo(window, QPoint(0, 0)).y()


def sign_and_forge(window: Window) -> None:
    """Everybody signs, and a hand in the file gives one signature another name."""
    workspace = window.desk.workspace
    for seat in ("workflow", "system", "exception", "outcome", "value", "safety"):
        holder = seat_holder(window.desk.document, seat)
        assert holder is not None
        now = workspace.workspace.mint.moment()
        workspace.attempt(sign(workspace.workspace.project, "design", seat, holder.name, drawing="", now=now))

    def forge(document: Document, mint: Mint) -> ChangeSet | None:
        first = document.rows(Signature)[0]
        return change_set(mint, msg("A hand in the file"), [RowChange(first, with_fields(first, {"name": "Mallory"}))])

    workspace.run(forge)


def test_a_sign_off_that_does_not_hold_makes_the_window_no_wider(window: Window) -> None:
    sign_and_forge(window)
    QApplication.processEvents()
    status = window.top.status
    assert status.text() == "Sign-off in doubt"
    assert status.toolTip() == status.accessibleName() == "Draft 2: the sign-off does not hold"
    assert window.minimumSizeHint().width() <= LAPTOP[0]
    assert (window.width(), window.height()) == LAPTOP
    export = window.top.export_button
    assert export.mapTo(window, export.rect().topRight()).x() < LAPTOP[0]
    name = window.top.project
    assert next(iter(name.shown_lines(name.width()))) != "…"
