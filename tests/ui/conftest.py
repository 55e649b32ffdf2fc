"""A desk and a window on small projects, drawn into memory; no file is touched unless a test opens one."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.interchange import Project
from app.model.document import Document
from app.model.ids import Mint
from app.model.log import Log
from app.rules.check import Checker
from app.rules.finding import Context, Finding
from app.template_list import SAMPLE
from app.templates import open_template
from app.workspace import Workspace
from tests.support.builder import AS_OF, fixed_mint
from ui.application import Home
from ui.desk import Desk
from ui.icons import Icons
from ui.qt_workspace import QtWorkspace
from ui.settings import Settings
from ui.theme import Theme, load_fonts
from ui.window import Window

MakeDesk = Callable[..., Desk]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None]:
    """No test leaves a window open: it would take the keys of a test after it.

    One that was closed is deleted now; without a running event loop nothing else does it, and left over it slows every
    test after it."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
    assert not left, f"left open: {[type(widget).__name__ for widget in left]}"


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    load_fonts()
    return Theme(qapp)


@pytest.fixture
def make_desk(theme: Theme) -> Iterator[MakeDesk]:
    """Makes a desk on a template; `checked` runs the rules as of the builder's moment."""
    made: list[Desk] = []

    def make(template: str = "", *, checked: bool = False) -> Desk:
        mint = fixed_mint()
        project = open_template(template, mint) if template else Project(Document.empty(mint), Log())
        checker = Checker()

        def check(document: Document) -> tuple[Finding, ...]:
            return checker.findings(document, Context(AS_OF))

        workspace = QtWorkspace(Workspace(project, mint=Mint(mint.now)), check=check if checked else None)
        workspace.check_now()
        made.append(Desk(workspace, theme, Icons(theme)))
        return made[-1]

    yield make
    for desk in made:
        desk.workspace.close()
    theme.use("light")
    theme.set_zoom(1.0)


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """An empty project."""
    return make_desk()


@pytest.fixture
def make_window(qtbot: QtBot, make_desk: MakeDesk) -> Callable[..., Window]:
    """Makes a window on a template, shown and active, with the rules running."""

    def make(template: str = SAMPLE) -> Window:
        window = Window(make_desk(template, checked=True), Settings())
        qtbot.addWidget(window)
        # A laptop's size; the screen drawn in memory is smaller.
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return make


@pytest.fixture
def home(qapp: QApplication, qtbot: QtBot) -> Iterator[Home]:
    """The running program. Its windows close behind the test, whatever is typed in them or could not be saved."""
    made = Home(qapp)
    yield made
    for window in list(made.windows):
        for control in window.findChildren(QLineEdit):
            control.clear()
        window.files.close_anyway()
        window.close()
    if made.start is not None:
        made.start.close()
    made.theme.set_zoom(1.0)
    made.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
