"""Verifying in the window: the answer of the command, what stands beneath it, and noting that a key is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import keys
from app.cli import main
from app.edits.generic import set_fields
from app.messages import words
from app.model.room import Agent
from app.signing import sign
from app.store import files
from app.template_list import SAMPLE
from app.verdict import Verdict
from app.verifying import verify_project
from tests.support.keyboard import Keyboard
from tests.ui.test_accessibility import nameless
from ui.application import Home
from ui.dialogs.revisions import RevisionsDialog
from ui.dialogs.verify import VerifyDialog
from ui.window import Window

PASSPHRASE = "seven wet umbrellas"


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Signed by two of six, each with a key, of which one is known."""
    monkeypatch.setenv("OWNERMAP_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "sample.ownermap"
    assert main(["new", str(path), "--template", SAMPLE]) == 0
    for seat, name in (("workflow", "Dana Abelard"), ("system", "Jun Kowalczyk")):
        keys.make(name, PASSPHRASE, PASSPHRASE)
        assert main(["sign", str(path), "--level", "design", "--seat", seat, "--name", name, "--key"]) == 0
    known = keys.held_key("", "Dana Abelard")
    keys.trust(known.name, known.fingerprint)
    return path


def opened(home: Home, path: Path, qtbot: QtBot) -> tuple[Window, VerifyDialog]:
    window, keyboard = home.open(path), Keyboard()
    keyboard.press("Ctrl+K")
    keyboard.type("verify")
    keyboard.press("Return")
    dialog = window.findChild(VerifyDialog)
    assert isinstance(dialog, VerifyDialog)
    return window, dialog


def answer(path: Path) -> Verdict:
    return verify_project(path, files.read(path))


def test_it_gives_the_answer_of_the_command(home: Home, sample: Path, qtbot: QtBot) -> None:
    expected = answer(sample)
    _, dialog = opened(home, sample, qtbot)
    assert nameless(dialog) == []
    assert dialog.answer.text() == words(expected.answer) == "Cannot verify: revision 1 is signed by 2 of 6."
    assert dialog.beneath.toPlainText().splitlines() == list(expected.beneath)
    dialog.close()


def test_where_nobody_signed_nothing_is_said_of_keys(home: Home, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "unsigned.ownermap"
    assert main(["new", str(path), "--template", SAMPLE]) == 0
    window, dialog = opened(home, path, qtbot)
    assert dialog.about_keys.isHidden()
    dialog.close()
    made = sign(
        window.desk.workspace.workspace.project,
        "design",
        "workflow",
        "Dana Abelard",
        now=window.desk.workspace.workspace.mint.moment(),
    )
    window.desk.workspace.run(made)
    dialog.refresh()
    assert "who signed is told by names alone" in dialog.about_keys.text()
    assert not dialog.about_keys.isHidden()


def test_a_key_is_known_once_somebody_says_that_they_compared_it(home: Home, sample: Path, qtbot: QtBot) -> None:
    _, dialog = opened(home, sample, qtbot)
    key, keyboard = keys.held_key("", "Jun Kowalczyk"), Keyboard()
    assert [dialog.keys.item(row).text().split(", ", 1)[1] for row in range(2)] == [
        "known as theirs",
        "made on this computer, not yet known as theirs",
    ]
    assert not dialog.compared.isVisible(), "the marked key is known already"
    keyboard.tab_to("Keys with which it was signed")
    keyboard.press("Down")
    dialog.trust()
    assert "Jun Kowalczyk" not in keys.known(), "nobody has said that they compared it"
    keyboard.tab_to("I have compared this fingerprint with Jun Kowalczyk")
    keyboard.press("Space")
    keyboard.tab_to("Trust this key")
    keyboard.press("Return")
    assert keys.known()["Jun Kowalczyk"] == (key.fingerprint,)
    assert dialog.keys.item(1).text() == f"Jun Kowalczyk: key {key.fingerprint}, known as theirs"
    assert f"{key.fingerprint}, known as theirs" in dialog.beneath.toPlainText()
    assert not dialog.trust_button.isEnabled()
    dialog.close()


def test_it_follows_the_work_in_the_window(home: Home, sample: Path, qtbot: QtBot) -> None:
    window, dialog = opened(home, sample, qtbot)
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Northwind"))
    qtbot.waitUntil(lambda: "no longer those of revision 1" in dialog.answer.text())
    assert "Northwind" in dialog.beneath.toPlainText()
    dialog.close()


def test_a_damaged_list_of_known_keys_is_said(home: Home, sample: Path, qtbot: QtBot) -> None:
    keys._pins().write_text("{", encoding="utf-8")
    window, dialog = opened(home, sample, qtbot)
    assert "The list of known keys" in dialog.fault.text()
    assert dialog.fault.isVisible()
    dialog.close()
    window.go_to_step("signoff")
    window.do("revisions")
    revisions = window.findChild(RevisionsDialog)
    assert isinstance(revisions, RevisionsDialog)
    assert "cannot be read" in revisions.who.toPlainText()
    revisions.close()


def test_revisions_and_the_sign_off_page_tell_the_keys(home: Home, sample: Path, qtbot: QtBot) -> None:
    window = home.open(sample)
    window.go_to_step("signoff")
    rows = window.page("signoff").seats.rows  # type: ignore[attr-defined]
    known, unknown = (keys.held_key("", name).fingerprint for name in ("Dana Abelard", "Jun Kowalczyk"))
    assert [row.shown.key for row in rows[:3]] == [
        f"key {known}, known as theirs",
        f"key {unknown}, made on this computer, not yet known as theirs",
        "",
    ]
    assert f"key {known}" in rows[0].accessibleDescription()
    assert rows[0].sizeHint().height() > rows[2].sizeHint().height()
    window.do("revisions")
    revisions = window.findChild(RevisionsDialog)
    assert isinstance(revisions, RevisionsDialog)
    assert f"key {unknown}, made on this computer, not yet known as theirs" in revisions.who.toPlainText()
    revisions.close()


def test_a_key_that_is_known_as_somebody_elses_is_refused_in_words(home: Home, sample: Path, qtbot: QtBot) -> None:
    _, dialog = opened(home, sample, qtbot)
    dialog.keys.setCurrentRow(1)
    dialog.compared.setChecked(True)
    key = keys.held_key("", "Jun Kowalczyk")
    keys.trust("Somebody Else", key.fingerprint)
    dialog.trust()
    assert not dialog.fault.isHidden()
    assert f"{key.fingerprint} is known as the key of Somebody Else. Nothing was noted." in dialog.fault.text()
    assert "Jun Kowalczyk" not in keys.known()
    dialog.close()
