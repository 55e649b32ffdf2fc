"""Saving, copying and closing where the file cannot be written: nothing is lost without an answer of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.errors import AppError, ChangedMeanwhile, FolderGone, Unreadable
from app.merging import Reason
from app.messages import Message, msg, words
from app.model.room import Agent, Person
from app.workspace import Draft, Noticed, SaveState, Saving, Underneath
from tests.ui.conftest import MakeDesk
from ui.settings import Settings
from ui.window import Window

FULL = Unreadable(msg("The disk is full."), msg("Make room."))
CHANGED = ChangedMeanwhile(msg("Somebody changed it."))


class Stuck:
    """A file that cannot be written, for the reason that is given, and copies that can, but for the `refused` ones."""

    def __init__(self, path: Path, why: AppError | None, in_memory: int) -> None:
        self.path = path
        self.why = why
        self.in_memory = in_memory
        self.notices: tuple[Message, ...] = (msg("Your own edits are in “map (kept copy)”."),)
        self.kept_copy: Path | None = None
        self.recovered = 0
        self.read_only: Message | None = None
        self.warning: Message | None = None
        self.drafts: tuple[Draft, ...] = ()
        self.copies: list[tuple[Path, bool]] = []
        self.refused: set[Path] = set()
        self.is_open = True

    def in_memory_alone(self) -> int:
        return self.in_memory

    def publish(self) -> None:
        if self.why is not None:
            raise self.why

    def publish_soon(self) -> None:
        pass

    def keep_drafts(self, drafts: tuple[Draft, ...]) -> None:
        pass

    def save_copy(self, path: Path, *, force: bool = False) -> None:
        if path in self.refused:
            raise Unreadable(msg("That folder takes no file."))
        self.copies.append((path, force))

    def stage_copy(self) -> Path:
        raise Unreadable(msg("That folder takes no file."))

    def keep_backup(self, reason: Reason) -> None:
        pass

    def watch(self, told: Callable[[Noticed], None]) -> None:
        pass

    def close(self) -> None:
        self.is_open = False


@pytest.fixture
def stuck(make_desk: MakeDesk, qtbot: QtBot, tmp_path: Path) -> Callable[..., tuple[Window, Stuck]]:
    """Makes a window on such a file, with one edit in it."""

    def make(why: AppError | None = FULL, in_memory: int = 0) -> tuple[Window, Stuck]:
        file = Stuck(tmp_path / "map.ownermap", why, in_memory)
        window = Window(make_desk(), Settings(), file)
        qtbot.addWidget(window, before_close_func=lambda _: setattr(file, "why", None))
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.bar.put_away()
        window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, name="Triage"))
        return window, file

    return make


def quit_keys(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def answers(monkeypatch: pytest.MonkeyPatch, *given: Path | str) -> list[tuple[str, Path]]:
    """Have somebody answer the dialog that asks for a file so; gives its titles, and what it suggested."""
    asked: list[tuple[str, Path]] = []
    left = [*map(str, given), ""]

    def ask(window: object, title: str, suggested: str, kinds: str) -> tuple[str, str]:
        asked.append((title, Path(suggested)))
        return left.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return asked


def test_edits_that_are_nowhere_on_the_disk_are_never_closed_silently(
    qtbot: QtBot, stuck: Callable[..., tuple[Window, Stuck]]
) -> None:
    window, file = stuck(in_memory=3)
    for _ in range(3):
        quit_keys(qtbot, window)
        assert window.isVisible()
        assert file.is_open
        assert window.bar.sentence.text() == (
            "3 edits are nowhere on the disk, which takes nothing now. Closing loses them. "
            "Make room, or save a copy on another disk."
        )
    copy, lose = window.bar.buttons
    assert (copy.text(), lose.text()) == ("Save a copy elsewhere …", "Close and lose them")
    qtbot.mouseClick(lose, Qt.MouseButton.LeftButton)
    assert not file.is_open


def test_the_note_of_a_kept_copy_goes_when_that_copy_is_merged(stuck: Callable[..., tuple[Window, Stuck]]) -> None:
    window, file = stuck()
    (note,) = file.notices
    window.bar.stay("Note.", note)
    file.kept_copy = file.path.with_name("map (kept copy).ownermap")
    window.desk.merged.emit(file.path.with_name("another.ownermap"))
    assert window.bar.sentence.text() == words(note)
    window.desk.merged.emit(file.kept_copy)
    assert window.bar.isHidden()


def test_an_edit_after_giving_up_is_asked_about_anew(stuck: Callable[..., tuple[Window, Stuck]]) -> None:
    window, _ = stuck(in_memory=1)
    window.close()
    assert window.bar.sentence.text().startswith("One edit is nowhere on the disk")
    assert "Closing loses it." in window.bar.sentence.text()
    assert window.bar.buttons[-1].text() == "Close and lose it"
    window.files._given_up = window.desk.workspace.workspace.log.last
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Northwind"))
    window.close()
    assert window.isVisible()


def test_a_copy_elsewhere_lets_the_window_close(
    qtbot: QtBot, stuck: Callable[..., tuple[Window, Stuck]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window, file = stuck(in_memory=2)
    quit_keys(qtbot, window)
    answers(monkeypatch, tmp_path / "other.ownermap")
    qtbot.mouseClick(window.bar.buttons[0], Qt.MouseButton.LeftButton)
    assert file.copies == [(tmp_path / "other.ownermap", True)]
    assert window.bar.word.text() == "Saved."
    quit_keys(qtbot, window)
    assert not file.is_open


def test_edits_in_the_working_copy_stay_there_and_a_second_attempt_closes(
    qtbot: QtBot, stuck: Callable[..., tuple[Window, Stuck]]
) -> None:
    window, file = stuck()
    quit_keys(qtbot, window)
    assert file.is_open
    assert window.bar.sentence.text() == (
        "The disk is full. Close once more to leave it so: your edits are kept on this computer and come back."
    )
    quit_keys(qtbot, window)
    assert not file.is_open


def test_what_was_said_of_a_half_typed_text_goes_once_it_is_answered(
    qtbot: QtBot, stuck: Callable[..., tuple[Window, Stuck]]
) -> None:
    window, file = stuck(FolderGone(msg("Its folder is gone."), msg("Bring it back.")))
    window.show_place("room", "", Person.spec.kind)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "Dana Ab")
    quit_keys(qtbot, window)
    assert window.bar.sentence.text().endswith("or close again to leave it out.")
    quit_keys(qtbot, window)
    assert window.bar.isHidden()
    assert "or close once more" in window.files.line.sentence.text()
    quit_keys(qtbot, window)
    assert not file.is_open


def test_what_was_refused_is_forgotten_once_everything_is_saved(stuck: Callable[..., tuple[Window, Stuck]]) -> None:
    window, _ = stuck()
    workspace = window.desk.workspace
    workspace._told.emit(Saving(SaveState.FAILED, msg("Not there yet.")))
    assert "(not saved)" in window.windowTitle()
    window.close()
    workspace._told.emit(Saving(SaveState.SAVED))
    assert window.bar.sentence.text() == "Everything is saved again."
    window.bar.put_away()
    assert not window.bar.isVisible()
    window.close()
    assert window.isVisible()


def test_a_file_that_someone_else_changed_is_said_once_and_leads_to_the_comparison(
    qtbot: QtBot, stuck: Callable[..., tuple[Window, Stuck]]
) -> None:
    window, file = stuck(CHANGED)
    line = window.files.line
    line.show_noticed(Noticed(Underneath.CHANGED, ours=True))
    line.away.click()
    window.desk.workspace._told.emit(Saving(SaveState.FAILED, msg("Somebody changed it."), Underneath.CHANGED))
    assert line.isVisible()
    line.away.click()
    window.do("save")
    assert line.isVisible()
    assert not window.bar.isVisible()
    assert line.act.text() == "Open it again and compare"
    quit_keys(qtbot, window)
    assert file.is_open
    assert "close once more: your edits are kept" in line.sentence.text()
    assert not window.bar.isVisible()
    quit_keys(qtbot, window)
    assert not file.is_open


def test_without_its_folder_one_sentence_says_so_and_the_window_closes_on_the_second_time(
    qtbot: QtBot, stuck: Callable[..., tuple[Window, Stuck]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = FolderGone(msg("Its folder is gone."), msg("Bring it back."))
    window, file = stuck(gone)
    line = window.files.line
    workspace = window.desk.workspace
    workspace._told.emit(Saving(SaveState.FAILED, msg("Its folder is gone."), Underneath.FOLDER_GONE))
    line.show_noticed(Noticed(Underneath.FOLDER_GONE))
    assert line.sentence.text() == (
        f"The folder of “map.ownermap” is not there any more: “{tmp_path}”. Your edits are kept on this computer. "
        "Bring the folder back, or save a copy elsewhere."
    )
    assert window.bar.isHidden()
    line.away.click()
    window.do("save")
    assert line.isVisible()
    assert window.bar.isHidden()
    answers(monkeypatch, tmp_path / "other.ownermap")
    assert line.act.text() == "Save a copy …"
    line.act.click()
    assert file.copies == [(tmp_path / "other.ownermap", True)]
    window.bar.put_away()
    # It is back, and everything is in the file.
    workspace._told.emit(Saving(SaveState.SAVED))
    assert line.isHidden()
    assert window.bar.sentence.text() == "Everything is saved again."
    window.bar.put_away()
    quit_keys(qtbot, window)
    assert file.is_open
    assert line.sentence.text().endswith(
        "or close once more: your edits are kept on this computer, and come back when you open the file again, in that "
        "folder or where it was moved to."
    )
    assert window.bar.isHidden()
    quit_keys(qtbot, window)
    assert not file.is_open


def test_a_copy_is_said_over_an_error_and_may_be_opened(
    qtbot: QtBot, stuck: Callable[..., tuple[Window, Stuck]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window, _ = stuck(None)
    copy = tmp_path / "other.ownermap"
    window.bar.error(FULL)
    answers(monkeypatch, copy)
    window.do("save_copy")
    assert window.bar.sentence.text() == f"The copy is “{copy}”."
    with qtbot.waitSignal(window.file_wanted) as wanted:
        window.bar.buttons[0].click()
    assert wanted.args == [copy]
    window.bar.put_away()
    assert window.bar.sentence.text() == "The disk is full. Make room."


def test_a_refused_place_is_asked_for_again_with_the_reason(
    stuck: Callable[..., tuple[Window, Stuck]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window, file = stuck(None)
    first, second = tmp_path / "no.ownermap", tmp_path / "version 1.2"
    file.refused = {first}
    asked = answers(monkeypatch, first, second)
    window.do("save_copy")
    assert [title for title, _ in asked] == ["Save a copy", "That folder takes no file."]
    # The dot is part of the name; what nobody was asked to replace is not replaced.
    assert file.copies == [(tmp_path / "version 1.2.ownermap", False)]


def test_a_folder_that_takes_nothing_is_not_suggested(
    stuck: Callable[..., tuple[Window, Stuck]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window, _ = stuck(None)
    other = tmp_path / "other" / "recent.ownermap"
    other.parent.mkdir()
    other.touch()
    window.settings.opened(other)
    asked = answers(monkeypatch, "")
    window.do("save_copy")
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path and allowed(path, mode))
    window.do("save_copy")
    assert [suggested for _, suggested in asked] == [
        tmp_path / "map copy.ownermap",
        other.parent / "map copy.ownermap",
    ]
