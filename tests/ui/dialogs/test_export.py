"""The export dialog: real files made by a real process, while the window goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.errors import Unreadable
from app.exporting import FORMATS, export
from app.messages import msg
from app.model.room import Agent
from app.store import files
from app.store.files import OpenProject
from app.store.working import WorkingFolder
from app.template_list import SAMPLE
from app.templates import open_template
from app.workspace import Workspace
from tests.support.builder import fixed_mint
from ui.desk import Desk
from ui.dialogs.export import ExportDialog, open_export
from ui.icons import Icons
from ui.qt_workspace import QtWorkspace
from ui.theme import Theme

PATIENCE = 60_000
"""Milliseconds; a process has to start, and the machine may be busy."""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenProject]:
    path = tmp_path / "triage.ownermap"
    files.create(path, open_template(SAMPLE, fixed_mint()))
    with files.open_for_editing(path) as project:
        yield project


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, opened: OpenProject) -> Iterator[ExportDialog]:
    workspace = QtWorkspace(Workspace(opened.project, opened), opened)
    window = QWidget()
    qtbot.addWidget(window)
    made = ExportDialog(Desk(workspace, theme, Icons(theme)), window, opened)
    made.show()
    yield made
    if made.run is not None:
        made.run.stop_now()
    for left in window.findChildren(ExportDialog):
        qtbot.waitUntil(ended(left), timeout=PATIENCE)
        left.close()
    workspace.close()


def choose(dialog: ExportDialog, *formats: str) -> None:
    for format, check in dialog.formats.items():
        check.setChecked(format in formats)


def ended(dialog: ExportDialog) -> Callable[[], bool]:
    return lambda: dialog.run is None


def test_all_formats_are_written_with_the_last_edit_in_them(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = dialog.desk
    desk.workspace.run(set_fields(desk.document.only(Agent).id, name="Renamed a moment ago"))
    choose(dialog, "xlsx", "pdf", "json")
    seen: list[str] = []
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    assert dialog.run is not None
    dialog.run.progressed.connect(lambda format, done, all: seen.append(format))
    qtbot.waitUntil(ended(dialog), timeout=PATIENCE)
    assert dialog.fault.text() == ""
    assert seen == ["xlsx", "pdf", "json", ""]
    assert (tmp_path / "triage.xlsx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "triage.pdf").read_bytes()[:5] == b"%PDF-"
    written = json.loads((tmp_path / "triage.json").read_text(encoding="utf-8"))
    assert "Renamed a moment ago" in json.dumps(written)
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", asked.append)
    qtbot.mouseClick(dialog.results[1].open_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.results[1].folder_button, Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in asked] == [str(tmp_path / "triage.pdf"), str(tmp_path)]


def test_one_file_is_one_file(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose(dialog, "json")
    dialog.start()
    qtbot.waitUntil(ended(dialog), timeout=PATIENCE)
    assert dialog._at_work.text() == "Done. 1 file was written."


@pytest.mark.parametrize("place", ["name", "cancel_button"])
def test_control_and_return_exports_from_anywhere(qtbot: QtBot, dialog: ExportDialog, place: str) -> None:
    choose(dialog)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    control = getattr(dialog, place)
    control.setFocus()
    qtbot.keyClick(control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "No format is chosen" in dialog.fault.text()
    assert dialog.isVisible()


def test_cancel_ends_the_process_and_says_so(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    choose(dialog, "pdf")
    dialog.start()
    assert dialog.run is not None
    process = dialog.run._process
    qtbot.waitUntil(lambda: process.processId() > 0, timeout=PATIENCE)
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(ended(dialog), timeout=PATIENCE)
    assert dialog._at_work.text().startswith("Cancelled.")
    assert dialog.start_button.isEnabled()
    assert [path.name for path in tmp_path.iterdir()] == ["triage.ownermap"]


def test_cancel_counts_while_the_file_is_still_being_saved(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    choose(dialog, "json")
    dialog.start()
    dialog.reject()
    qtbot.waitUntil(ended(dialog), timeout=PATIENCE)
    assert dialog._at_work.text().startswith("Cancelled.")
    assert not (tmp_path / "triage.json").exists()


def test_what_goes_wrong_is_said_in_one_sentence(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "triage.json").mkdir()
    choose(dialog, "json")
    dialog.start()
    qtbot.waitUntil(ended(dialog), timeout=PATIENCE)
    assert "is a folder" in dialog.fault.text()
    assert "Traceback" not in dialog.fault.text()
    assert dialog.results == []


def refuse(*given: object) -> None:
    raise Unreadable(msg("The disk is full."), msg("Make room."))


def test_a_project_whose_disk_takes_nothing_is_exported_to_another_one(
    qtbot: QtBot, dialog: ExportDialog, opened: OpenProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(OpenProject, "_replace", refuse)
        dialog.desk.workspace.run(set_fields(dialog.desk.document.only(Agent).id, name="Renamed a moment ago"))
        choose(dialog, "xlsx", "pdf", "json")
        dialog.folder.setText(str(elsewhere))
        dialog.start()
        qtbot.waitUntil(ended(dialog), timeout=PATIENCE)
    assert dialog.fault.text() == ""
    assert files.read(opened.path).document.only(Agent).name != "Renamed a moment ago"
    # They are the bytes that an export from the saved file has.
    opened.publish()
    targets = {format: tmp_path / f"later.{format}" for format in FORMATS}
    export(files.read(opened.path), targets)
    for format, path in targets.items():
        assert path.read_bytes() == (elsewhere / f"triage.{format}").read_bytes()


def test_nothing_of_the_copy_that_was_read_is_left(
    qtbot: QtBot, dialog: ExportDialog, opened: OpenProject, tmp_path: Path
) -> None:
    folder = WorkingFolder(opened.path, opened.project.document.project_id)
    for target, said in ((tmp_path, ""), (tmp_path / "taken", "is a folder")):
        (tmp_path / "taken" / "triage.json").mkdir(parents=True, exist_ok=True)
        dialog.folder.setText(str(target))
        choose(dialog, "json")
        dialog.start()
        qtbot.waitUntil(ended(dialog), timeout=PATIENCE)
        assert said in dialog.fault.text()
        assert folder.leftovers() == ()
    dialog.start()
    dialog.reject()
    qtbot.waitUntil(ended(dialog), timeout=PATIENCE)
    assert folder.leftovers() == ()


def test_without_room_for_the_copy_it_says_so(
    qtbot: QtBot, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(dialog._opened, "stage_copy", refuse)
        dialog.start()
        qtbot.waitUntil(ended(dialog), timeout=PATIENCE)
    assert dialog.fault.text() == "The disk is full. Make room."


def test_an_export_never_takes_the_place_of_the_project(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    files.create(path, open_template(SAMPLE, fixed_mint()))
    window = QWidget()
    qtbot.addWidget(window)
    with files.open_for_editing(path) as opened:
        workspace = QtWorkspace(Workspace(opened.project, opened), opened)
        dialog = ExportDialog(Desk(workspace, theme, Icons(theme)), window, opened)
        choose(dialog, "json")
        dialog.start()
        assert dialog.fault.text() == "“map.json” is the project that is open here. Choose another name or folder."
        assert dialog.run is None
        workspace.close()


@pytest.mark.parametrize(
    ("folder", "name", "formats", "said"),
    [
        ("/does/not/exist", "triage", ("pdf",), "is not a folder"),
        ("", "a/b", ("pdf",), "holds /, which Windows takes in no name"),
        ("", "map.", ("json",), "ends in a dot or a space"),
        ("", "com¹", ("json",), "Windows keeps the name"),
        ("", "", ("pdf",), "The files have no name"),
        ("", "triage", (), "No format is chosen"),
    ],
)
def test_settings_that_cannot_be_are_said_before_anything_starts(
    dialog: ExportDialog, folder: str, name: str, formats: tuple[str, ...], said: str
) -> None:
    choose(dialog, *formats)
    dialog.name.setText(name)
    if folder:
        dialog.folder.setText(folder)
    dialog.start()
    assert said in dialog.fault.text()
    assert dialog.run is None


def test_it_says_what_it_replaces(dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "triage.pdf").write_bytes(b"old")
    choose(dialog, "pdf", "json")
    assert dialog._replaces.text() == "Replaces what is there: triage.pdf"
    dialog.name.setText("other.pdf")
    assert dialog._replaces.isHidden()
    assert dialog.targets()["pdf"] == tmp_path / "other.pdf"


def test_the_window_opens_one_dialog_only(qtbot: QtBot, dialog: ExportDialog, opened: OpenProject) -> None:
    window = dialog.parent()
    assert isinstance(window, QWidget)
    open_export(dialog.desk, window, opened)
    assert len(window.findChildren(ExportDialog)) == 1


def test_without_a_file_it_says_what_to_do(qtbot: QtBot, make_desk: Callable[..., Desk]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    desk = make_desk()
    with qtbot.waitSignal(desk.refusal):
        open_export(desk, window, None)


def test_esc_and_the_windows_cross_close_it(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    dialog.show()
    assert dialog.close()
    assert not dialog.isVisible()


def test_a_copy_without_names_says_what_to_look_for(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    choose(dialog, "json")
    dialog.without_names.setChecked(True)
    assert not dialog.private.isEnabled()
    assert dialog.name.text() == "triage-without-names"
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(ended(dialog), timeout=PATIENCE)
    written = (tmp_path / "triage-without-names.json").read_text(encoding="utf-8")
    assert "Dana Abelard" not in written
    assert "Person 1" in written
    said = [found.text() for found in dialog.findChildren(QLabel)]
    assert any("read it before you send it" in text and "Names were replaced" in text for text in said)


def test_a_name_that_somebody_wrote_stays(dialog: ExportDialog) -> None:
    dialog.without_names.setChecked(True)
    dialog.without_names.setChecked(False)
    assert dialog.name.text() == "triage"
    dialog.name.setText("for the press")
    dialog.without_names.setChecked(True)
    assert dialog.name.text() == "for the press"


def test_private_notes_and_pseudonyms_exclude_each_other(dialog: ExportDialog) -> None:
    dialog.private.setChecked(True)
    assert not dialog.without_names.isEnabled()
    dialog.private.setChecked(False)
    dialog.without_names.setChecked(True)
    assert not dialog.private.isEnabled()
