"""The program with real files: open, edit, save, close, go on, and what cannot be opened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.errors import AppError
from app.model.ids import Mint
from app.model.room import Agent
from app.store import files
from app.template_list import SAMPLE
from app.templates import open_template
from app.workspace import SaveState
from ui import settings as kept
from ui.application import Home
from ui.window import Window


def rename(window: Window, name: str) -> None:
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, name=name))


def test_what_was_entered_is_there_at_the_next_opening(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    path = tmp_path / "map of ours.ownermap"
    window = home.new(SAMPLE, path)
    rename(window, "Night desk agent")
    qtbot.waitUntil(lambda: window.desk.workspace.saving.state is SaveState.SAVED)
    window.close()
    assert home.windows == []
    assert files.read(path).document.only(Agent).name == "Night desk agent"
    again = home.open(path)
    assert again.top.project.text() == "Night desk agent"
    assert again.desk.workspace.workspace.can_undo()


def test_save_writes_the_file_now(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    window = home.new("empty", tmp_path / "a.ownermap")
    rename(window, "Saved at once")
    window.do("save")
    assert files.read(tmp_path / "a.ownermap").document.only(Agent).name == "Saved at once"
    assert "Saved to" in window.bar.sentence.text()


def test_a_file_is_opened_once(home: Home, tmp_path: Path) -> None:
    window = home.new("empty", tmp_path / "a.ownermap")
    assert home.open(tmp_path / "a.ownermap") is window


def test_a_file_that_is_not_ours_is_refused_in_one_sentence(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "noise.ownermap"
    path.write_bytes(b"noise" * 100)
    with pytest.raises(AppError):
        home.open(path)
    home.show_start()
    assert home.start is not None
    home.open_wanted(home.start, path)
    assert home.start.bar.isVisible()
    assert "noise.ownermap" in home.start.bar.sentence.text()


def test_recent_files_are_remembered(home: Home, tmp_path: Path) -> None:
    home.new("empty", tmp_path / "a.ownermap").close()
    home.new("empty", tmp_path / "b.ownermap").close()
    assert [path.name for path in kept.load().recent_files()] == ["b.ownermap", "a.ownermap"]
    (tmp_path / "b.ownermap").unlink()
    assert [path.name for path in kept.load().recent_files()] == ["a.ownermap"]


def test_a_file_opens_on_the_step_where_it_was_left(home: Home, tmp_path: Path) -> None:
    first, other = tmp_path / "a.ownermap", tmp_path / "b.ownermap"
    window = home.new(SAMPLE, first)
    window.go_to_step("readiness")
    window.close()
    assert home.new("empty", other).step == "room"
    home.settings = kept.load()
    assert home.open(first).step == "readiness"


def test_a_step_that_is_not_shown_any_more_is_not_opened(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.ownermap"
    home.new(SAMPLE, path).close()
    home.settings.left(path, "no such step")
    assert home.open(path).step == "room"


def test_settings_that_cannot_be_read_count_as_none(own_folders: None) -> None:
    kept.config_folder().mkdir(parents=True)
    (kept.config_folder() / "settings.json").write_text('{"theme": 3, "zoom": 1.5, "recent": [1, "x"]}')
    assert kept.load() == kept.Settings(zoom=1.5, recent=["1", "x"])
    (kept.config_folder() / "settings.json").write_bytes(b"\xff\x00")
    assert kept.load() == kept.Settings()


def test_an_unexpected_error_is_said_and_nothing_ends(home: Home, tmp_path: Path) -> None:
    window = home.new("empty", tmp_path / "a.ownermap")
    try:
        raise RuntimeError("Dana Abelard")
    except RuntimeError:
        kind, error, trace = sys.exc_info()
    assert kind is not None
    assert error is not None
    home.unexpected(kind, error, trace)
    assert window.bar.isVisible()
    assert "RuntimeError" in window.bar.sentence.text()
    assert "Dana" not in window.bar.sentence.text()


def test_the_start_screen_offers_every_template(home: Home) -> None:
    home.show_start()
    assert home.start is not None
    offered = [button.text() for button in home.start.chooser.template_buttons]
    assert offered[:2] == ["Empty", "Billing-ticket triage"]
    assert len(offered) == 6


def test_the_start_screen_answers_its_keys(
    qtbot: QtBot, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.create(tmp_path / "a.ownermap", open_template("empty", Mint()))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *asked: (str(tmp_path / "a.ownermap"), ""))
    home.show_start()
    start = home.start
    assert start is not None
    with qtbot.waitActive(start):
        start.activateWindow()
    qtbot.keyClick(start, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is start.chooser.template_buttons[0]
    qtbot.keyClick(start, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert [window.opened.path.name for window in home.windows if window.opened] == ["a.ownermap"]
    home.show_start()
    start = home.start
    assert start is not None
    with qtbot.waitActive(start):
        start.activateWindow()
    with qtbot.waitSignal(start.destroyed):
        qtbot.keyClick(start, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    home.show_start()
    assert home.start is not None


RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication([])
from ui.application import run

def fail():
    # Put together, because Python 3.13 quotes this line in the traceback.
    raise RuntimeError("a" + " name")

def look():
    window = next(w for w in app.topLevelWidgets() if hasattr(w, "bar") and w.isVisible())
    print(window.windowTitle(), "|", window.bar.sentence.text())
    window.close()

QTimer.singleShot(0, fail)
QTimer.singleShot(200, look)
print("code", run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
"""


def test_the_program_runs_says_what_failed_and_keeps_names_out_of_its_log(tmp_path: Path) -> None:
    path = tmp_path / "a.ownermap"
    files.create(path, open_template("empty", Mint()))
    done = subprocess.run([sys.executable, "-c", RUN, str(path)], capture_output=True, text=True, check=False)
    assert "code 0" in done.stdout, done.stderr
    assert "An agent without a name – Ownermap | Something unexpected happened" in done.stdout
    assert "Traceback" not in done.stderr
    written = Path(os.environ["OWNERMAP_DATA"], "log", "ownermap.log").read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "a name" not in written


def test_without_a_file_the_start_screen_opens(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", RUN], capture_output=True, text=True, check=False)
    assert "code 0" in done.stdout, done.stderr
    assert done.stdout.startswith("Ownermap |")


def test_the_start_screen_is_there_before_the_rest_is_loaded() -> None:
    code = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.application import Home
app = QApplication([])
home = Home(app)
home.show_start()
app.processEvents()
print("sqlalchemy" in sys.modules, "ui.window" in sys.modules)
look = QTimer()
look.timeout.connect(lambda: "ui.window" in sys.modules and app.quit())
look.start(10)
app.exec()
print("sqlalchemy" in sys.modules, "ui.window" in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines() == ["False False", "True True"], ran.stderr
