"""Words set into lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exporters.pdf import theme
from exporters.pdf.fonts import Fonts
from exporters.pdf.text import one_line, set_lines

FONTS = Fonts()
WORDS = st.text(st.sampled_from("abc WiI.…Жन中\n "), max_size=120)
WIDTHS = st.floats(8, 200)


@given(text=WORDS, width=WIDTHS)
def test_no_line_is_wider_than_its_room_unless_it_is_one_character(text: str, width: float) -> None:
    for line in set_lines(FONTS, text, theme.CELL, width).lines:
        assert line.width <= width + 0.01 or len(line.shown) == 1


@given(text=WORDS, width=WIDTHS)
def test_nothing_is_lost_between_lines(text: str, width: float) -> None:
    lines = set_lines(FONTS, text, theme.CELL, width).lines
    shown = "".join(line.shown for line in lines)
    assert "".join(shown.split()) == "".join(FONTS.shown(text, "regular").split())


@given(text=WORDS, width=WIDTHS)
def test_the_width_of_a_line_is_that_of_its_characters(text: str, width: float) -> None:
    for line in set_lines(FONTS, text, theme.CELL, width).lines:
        assert abs(line.width - FONTS.width(line.shown, "regular", theme.CELL.size)) < 0.01


@given(text=WORDS, room=st.floats(0, 300))
def test_a_column_is_cut_between_two_lines(text: str, room: float) -> None:
    lines = set_lines(FONTS, text, theme.CELL, 60)
    head, tail = lines.split(room)
    assert head.lines + tail.lines == lines.lines
    assert head.height <= room + 0.02


@given(text=WORDS, width=st.floats(20, 200))
def test_one_line_fits_and_says_when_something_is_left_out(text: str, width: float) -> None:
    line = one_line(FONTS, text, theme.CELL, width)
    assert line.width <= width + 0.01
    assert line.shown.endswith("…") or line.shown == " ".join(FONTS.shown(text, "regular").split())
