"""What is being typed when the process is killed is offered when the project is opened again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.model.ids import Mint
from app.store import files
from app.templates import open_template
from tests.faults.disk import ROOT
from tests.faults.typist import NAME, NOBODY
from ui.application import Home

TYPIST = Path(__file__).with_name("typist.py")


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_what_was_typed_survives_a_kill(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "map.ownermap"
    files.create(path, open_template("empty", Mint()))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, str(TYPIST), str(path)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as typist:
        assert typist.stdout is not None
        try:
            said = typist.stdout.readline()
        finally:
            typist.kill()
    assert said == "kept\n"
    window = Home(qapp).open(path)
    with qtbot.waitActive(window):
        window.activateWindow()
    line = window.unfinished.line
    for text, more in ((NOBODY, " And 1 more."), (NAME, "")):
        assert f"“{text}”" in line.sentence.text()
        assert line.sentence.text().endswith(more)
        line.back.click()
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        assert field.text() == text
    assert line.isHidden()
    assert window.step == "room"
    # Whoever closes the window a second time leaves it out; it is not offered any more.
    assert not window.close()
    assert window.close()
    with files.open_for_editing(path) as opened:
        assert opened.drafts == ()
