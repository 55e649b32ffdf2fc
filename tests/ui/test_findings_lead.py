"""Every finding leads to the field that answers it, and goes in the same turn once the map is sound again.

Walks every way in which a rule of the catalogue can be broken, on one window. The map is made sound in one edit, not by
typing at the place: what a field takes is tested with the editors. tests/app/rules/test_places.py has that each finding
names a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.edits.generic import change_set
from app.interchange import Project
from app.messages import msg
from app.model.changes import RowChange
from app.model.commit import RaciOverride
from app.model.document import Document
from app.model.fields import Scope, fields_of
from app.model.ids import Mint
from app.model.kinds import BY_KIND
from app.model.log import Log
from app.model.oversight import Action
from app.model.room import Agent
from app.model.row import Row
from app.rules.check import Checker
from app.rules.finding import Context, Finding
from app.workspace import Workspace
from tests.app.rules.test_rules import BREAKS, whole
from tests.support.builder import AS_OF, ProjectBuilder, fixed_mint
from ui.desk import Desk
from ui.icons import Icons
from ui.qt_workspace import QtWorkspace
from ui.settings import Settings
from ui.steps.oversight.table import ActionTable
from ui.theme import Theme
from ui.widgets.editors.base import Editor
from ui.widgets.matrix import MatrixTable
from ui.window import Window

Change = Callable[[ProjectBuilder], object]

STAGES = ("1b", "1a", "2", "3")


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Iterator[Window]:
    """A window on a map that keeps every rule."""
    checker = Checker()

    def check(document: Document) -> tuple[Finding, ...]:
        return checker.findings(document, Context(AS_OF))

    mint = fixed_mint("window")
    workspace = QtWorkspace(Workspace(Project(whole().document, Log()), mint=Mint(mint.now)), check=check)
    workspace.check_now()
    made = Window(Desk(workspace, theme, Icons(theme)), Settings())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    workspace.close()


@pytest.mark.parametrize("family", sorted({code.partition("-")[0] for code in BREAKS}))
def test_every_way_to_break_a_rule_leads_to_its_field(qtbot: QtBot, window: Window, family: str) -> None:
    sound = window.desk.document
    problems = [
        f"{code}-{number}: {problem}"
        for code, changes in BREAKS.items()
        if code.startswith(family)
        for number, change in enumerate(changes)
        for problem in walked(qtbot, window, sound, code, change)
    ]
    assert problems == []


def walked(qtbot: QtBot, window: Window, sound: Document, code: str, change: Change) -> Iterator[str]:
    """Break the rule, go to each finding by key, make the map sound again; what is wrong on the way."""
    found = broken_at_some_stage(window, sound, code, change)
    if not found:
        yield "no finding at any stage"
    # The same field of several rows of a kind is found the same way; one of them will do.
    for finding in {(type(sound.find(each.subject)), each.field): each for each in found}.values():
        window.show_step("boundary" if finding.step == "room" else "room")
        window.foot.finding = finding
        qtbot.keyClick(window, Qt.Key.Key_F8)
        QCoreApplication.processEvents()
        yield from (f"{finding.subject}.{finding.field}: {problem}" for problem in misled(window, finding))
    move_to(window, sound)
    QCoreApplication.processEvents()
    left = [each for each in window.desk.workspace.findings.all if each.code == code]
    if left:
        yield "does not go once the map is sound again"


def broken_at_some_stage(window: Window, sound: Document, code: str, change: Change) -> list[Finding]:
    """The findings of a broken rule, at the first stage at which it weighs anything."""
    for stage in STAGES:
        builder = ProjectBuilder(Project(sound, Log()), fixed_mint(f"{code}/{stage}"))
        change(builder)
        if builder.document.only(Agent).stage == sound.only(Agent).stage:
            builder.stage(stage)
        move_to(window, builder.document)
        QCoreApplication.processEvents()
        found = [each for each in window.desk.workspace.findings.all if each.code == code]
        if found:
            return found
    return []


def move_to(window: Window, wanted: Document) -> None:
    """One edit after which the project is this document."""
    here = window.desk.document
    rows = {row.id: row for row in wanted}
    changes = [RowChange(row, rows.get(row.id)) for row in here if rows.get(row.id) != row]
    changes += [RowChange(None, row) for row in wanted if here.find(row.id) is None]
    window.desk.workspace.run(lambda document, mint: change_set(mint, msg("Move"), changes))


def misled(window: Window, finding: Finding) -> Iterator[str]:
    """What is wrong with the place to which a finding has led."""
    focused = QApplication.focusWidget()
    page = window.pages[window.step]
    if focused is None or not page.isAncestorOf(focused):
        yield f"the focus is not on the page {window.step}"
        return
    if not focused.isVisible():
        yield "the focus is out of sight"
    row = window.desk.document.find(finding.subject)
    field = fields_of(type(row)).get(finding.field) if row is not None else None
    if field is not None and field.scope is not Scope.SIGNOFF:
        if not edits(focused, row, field.name):
            yield f"the focus is on {type(focused).__name__} “{focused.accessibleName()}”"
    elif row is None and finding.field.partition(":")[0] in BY_KIND:
        one = BY_KIND[finding.field.partition(":")[0]].spec.one
        if one.lower() not in focused.accessibleName().lower():
            yield f"nothing adds a {one} here: “{focused.accessibleName()}”"


def edits(focused: QWidget, row: Row | None, name: str) -> bool:
    """Whether this control edits this field: an editor, the dial of an action, or a cell of the matrix."""
    if isinstance(focused, ActionTable):
        return isinstance(row, Action) and name == "current" and focused.current_action() == row
    if isinstance(focused, MatrixTable):
        current = focused.current()
        return isinstance(row, RaciOverride) and current is not None and current[0] == row.activity
    editor = editor_around(focused)
    return editor is not None and editor.field.name == name


def editor_around(widget: QWidget | None) -> Editor | None:
    while widget is not None and not isinstance(widget, Editor):
        widget = widget.parentWidget()
    return widget
