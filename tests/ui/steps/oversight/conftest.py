"""The Oversight page on the sample, shown."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.steps import BY_ID
from ui.desk import Desk
from ui.steps.oversight.page import OversightPage


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> OversightPage:
    made = OversightPage(desk, BY_ID["oversight"])
    qtbot.addWidget(made)
    made.resize(1068, 704)
    made.show()
    qtbot.waitExposed(made)
    made.table.setFocus()
    return made
