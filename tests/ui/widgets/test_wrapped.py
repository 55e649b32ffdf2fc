"""A button whose words break into lines: nothing of them is cut off."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.wrapped import WrappedButton

CASE = "A password is reset for someone who is not the account holder"


def test_there_is_room_for_every_line_of_what_it_is_about(qtbot: QtBot, theme: Theme) -> None:
    short, long = (WrappedButton(theme, over, "Who agrees?") for over in ("Blocker", f"Blocker · {CASE}"))
    for made in (short, long):
        qtbot.addWidget(made)
    width = theme.px(230)
    assert long.heightForWidth(width) > short.heightForWidth(width)
    assert long.heightForWidth(theme.px(900)) == short.heightForWidth(theme.px(900))
