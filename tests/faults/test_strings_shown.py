"""Strings that break things, in every widget: shown as they are, nothing interpreted, nothing loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QRadioButton,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.interchange import Project
from app.messages import words
from app.model.log import Log
from app.steps import STEPS
from app.workspace import Workspace
from tests.support.hostile_text import STRINGS, hostile_document
from tests.support.random_projects import steady_mint
from ui.desk import Desk
from ui.dialogs import DIALOGS
from ui.icons import Icons
from ui.menus import COMMANDS
from ui.qt_workspace import QtWorkspace
from ui.settings import Settings
from ui.theme import Theme, load_fonts
from ui.widgets.tips import plain_tip
from ui.window import Window

ROOT = Path(__file__).parent.parent.parent
MENUS = {words(command.menu) for command in COMMANDS}
LONE_AMPERSAND = re.compile("&(?!&)")
SOME = 60
"""Rows and columns of a table that are looked at."""


def interpreted(widget: QWidget) -> list[str]:
    """What in a widget and all below it Qt would take for markup, for a picture or for a key."""
    return [fault for part in (widget, *widget.findChildren(QWidget)) for fault in faults_of(part)]


def faults_of(part: QWidget) -> Iterator[str]:
    called = f"{type(part).__name__} {part.accessibleName()[:40]!r}"
    if isinstance(part, QLabel):
        if part.textFormat() is not Qt.TextFormat.PlainText:
            yield f"{called}: not plain text"
        if part.buddy() is not None and has_key(part.text()):
            yield f"{called}: a key of its own"
    if isinstance(part, QTextEdit):
        yield f"{called}: takes rich text"
    if isinstance(part, QAbstractButton):
        if not part.shortcut().isEmpty():
            yield f"{called}: a key of its own"
        if isinstance(part, QPushButton | QCheckBox | QRadioButton | QToolButton) and has_key(part.text()):
            yield f"{called}: its text is a key"
    if isinstance(part, QMenu) and has_key(part.title()) and not is_ours(part):
        yield f"{called}: its title is a key"
    for action in part.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if action.menu() is None and has_key(action.text()) and not is_our_letter(action):
            yield f"{called}: an action with a key"
    for tip in (part.toolTip(), part.statusTip(), part.whatsThis()):
        if is_markup(tip):
            yield f"{called}: a hint with markup: {tip[:80]!r}"
    if isinstance(part, QAbstractItemView) and part.model() is not None:
        # A list's model tells nobody how many columns it has.
        columns = 1 if isinstance(part, QListView) else part.model().columnCount()
        yield from (f"{called}: {fault}" for fault in table_faults(part.model(), columns))
    if part.isWindow() and "[*]" in part.windowTitle().replace("[*][*]", ""):
        yield f"{called}: a mark in its title"


def table_faults(model: QAbstractItemModel, columns: int) -> Iterator[str]:
    for row in range(min(model.rowCount(), SOME)):
        for column in range(min(columns, SOME)):
            tip = model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and is_markup(tip):
                yield f"a hint with markup at {row}, {column}: {tip[:80]!r}"
    for side, count in (
        (Qt.Orientation.Horizontal, columns),
        (Qt.Orientation.Vertical, model.rowCount()),
    ):
        for place in range(min(count, SOME)):
            tip = model.headerData(place, side, Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and is_markup(tip):
                yield f"a heading's hint with markup at {place}: {tip[:80]!r}"


def has_key(text: str) -> bool:
    """Whether Qt would take a letter after an ampersand for a key."""
    return LONE_AMPERSAND.search(text.replace("&&", "")) is not None


def is_ours(menu: QMenu) -> bool:
    """Whether the key of a menu is one that it was given."""
    return menu.title() in MENUS or is_our_letter(menu.menuAction())


def is_our_letter(action: QAction) -> bool:
    """Whether the one key of an entry is the letter that the menu gave it."""
    keys = [found.end() for found in LONE_AMPERSAND.finditer(action.text().replace("&&", "++"))]
    return len(keys) == 1 and action.text()[keys[0]].casefold() == action.property("letter")


def is_markup(tip: str) -> bool:
    """Whether Qt would take a hint for rich text that is more than its lines."""
    if not QtText.mightBeRichText(tip):
        return False
    inside = re.fullmatch("<qt>(.*)</qt>", tip, re.DOTALL)
    return inside is None or re.search("<(?!br>)", inside[1]) is not None


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    load_fonts()
    return Theme(qapp)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Iterator[Window]:
    """A window on a project in which every text is hostile."""
    project = Project(hostile_document(Random(11), steady_mint()), Log())
    workspace = QtWorkspace(Workspace(project))
    made = Window(Desk(workspace, theme, Icons(theme)), Settings())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    yield made
    workspace.close()


@pytest.mark.parametrize("step", [step.id for step in STEPS])
def test_no_page_takes_a_text_for_anything_else(window: Window, step: str) -> None:
    window.show_step(step)
    QApplication.processEvents()
    assert not window.grab().isNull()
    assert interpreted(window) == []


def test_the_audience_sees_the_texts_as_they_are(window: Window) -> None:
    window.toggle_audience()
    assert window.audience is not None
    for step in STEPS:
        window.show_step(step.id)
        window.audience.refresh()
        assert not window.audience.grab().isNull()
        assert interpreted(window.audience) == []
    window.toggle_audience()


@pytest.mark.parametrize("name", [*DIALOGS, "parked", "decisions", "find"])
def test_no_dialog_takes_a_text_for_anything_else(window: Window, name: str) -> None:
    window.do(name)
    QApplication.processEvents()
    for dialog in [window, *window.findChildren(QDialog)]:
        assert not dialog.grab().isNull()
        assert interpreted(dialog) == []


@pytest.mark.parametrize("name", STRINGS)
def test_a_hint_shows_any_string_as_it_is(name: str) -> None:
    tip = plain_tip(STRINGS[name])
    assert not is_markup(tip)
    assert len(tip) < 10_000


@pytest.mark.parametrize(
    "make",
    [
        lambda: QLabel("<b>x</b>"),
        lambda: QPushButton("&Quit"),
        lambda: QTextEdit(),
    ],
)
def test_what_would_be_interpreted_is_found(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    assert interpreted(widget)


def test_a_hint_with_markup_is_found(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setToolTip('<img src="file:///x">')
    assert interpreted(widget)


def test_nothing_in_the_window_can_show_markup() -> None:
    """What loads files by itself, or decides by itself that a text is markup, stands nowhere in the source."""
    banned = re.compile(
        r"QTextBrowser|QTextDocument\b|setHtml|insertHtml|appendHtml|QStaticText|setMarkdown|QMessageBox|QErrorMessage"
        r"|QWhatsThis|RichText\b(?<!mightBeRichText)|AutoText|MarkdownText|setOpenExternalLinks|QWebEngine|QLabel\((?!\))"
    )
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "ui").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if banned.search(line)
    ]
    assert found == []
