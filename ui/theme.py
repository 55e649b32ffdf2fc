"""The one owner of colour and type: themes from `resources/themes`, the zoom, fonts, palette and stylesheet.

Sizes are given in pixels at 100 % zoom and scaled here. Letters of the RACI and the modes of oversight have
their colours here too, so that the matrix, the dial and the exports speak one language (design tokens).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.resources import resource

THEMES = ("light", "dark", "contrast")
ZOOMS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)

TITLE, QUESTION, NAME, BODY, SECONDARY = 25.0, 16.0, 15.0, 14.0, 12.5
"""Sizes of type; nothing on the screen is smaller than SECONDARY."""

FAMILIES = ["Inter", "Noto Sans"]


@dataclass(frozen=True)
class Tokens:
    """One theme as it stands in its file: a title for people, and a colour for each token."""

    name: str
    title: str
    dark: bool
    colours: Mapping[str, str]


def read_tokens(name: str) -> Tokens:
    """The theme of this name, from `resources/themes`."""
    read = tomllib.loads(resource(f"themes/{name}.toml").read_text(encoding="utf-8"))
    return Tokens(name, read["title"], read["dark"], read["colours"])


def load_fonts() -> None:
    """Make the fonts that come with the program known to Qt; once for each application."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


class Theme(QObject):
    """The look in use. `changed` says that colours or sizes are different now, after the stylesheet was set."""

    changed = Signal()

    def __init__(self, app: QApplication, name: str = "light", zoom: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self.tokens = read_tokens(name if name in THEMES else THEMES[0])
        self.zoom = nearest_zoom(zoom)
        fusion = QStyleFactory.create("Fusion")
        app.setStyle(fusion)
        self._apply()

    def use(self, name: str) -> None:
        """Change to another theme."""
        if name != self.tokens.name:
            self.tokens = read_tokens(name)
            self._apply()

    def set_zoom(self, zoom: float) -> None:
        """Change the zoom; it is kept between 0.8 and 2.0, on one of the steps of ZOOMS."""
        zoom = nearest_zoom(zoom)
        if zoom != self.zoom:
            self.zoom = zoom
            self._apply()

    def zoom_by(self, steps: int) -> None:
        """One or more steps larger, or smaller where `steps` is negative."""
        place = ZOOMS.index(self.zoom) + steps
        self.set_zoom(ZOOMS[max(0, min(place, len(ZOOMS) - 1))])

    def colour(self, token: str) -> QColor:
        """The colour of a token such as "ink_2" or "workflow_soft"."""
        return QColor(self.tokens.colours[token])

    def px(self, size: float) -> int:
        """A length of the design, scaled by the zoom, in pixels."""
        return round(size * self.zoom)

    def font(self, size: float = BODY, weight: QFont.Weight = QFont.Weight.Normal, *, tabular: bool = False) -> QFont:
        """Type for what is painted by hand; `tabular` gives all figures the same width."""
        font = QFont(FAMILIES)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        if tabular:
            font.setFeature(QFont.Tag.fromString("tnum"), 1)
        return font

    def letter(self, letter: str) -> tuple[QColor, QColor, QColor]:
        """Ground, ink and border of a RACI letter: A filled, R tinted, C outlined, I plain."""
        clear = QColor(0, 0, 0, 0)
        if letter.startswith("A"):
            return self.colour("accent"), self.colour("on_strong"), self.colour("accent")
        if letter == "R":
            return self.colour("accent_tint"), self.colour("ink"), self.colour("accent_tint")
        if letter == "C":
            return clear, self.colour("ink_2"), self.colour("ink_3")
        return clear, self.colour("ink_2"), clear

    def _apply(self) -> None:
        # Qt restyles a widget once for each of its ancestors when one sheet replaces another, and once in all when
        # there was none: four times faster with every page built.
        self._app.setStyleSheet("")
        self._app.setFont(self.font())
        self._app.setPalette(_palette(self))
        self._app.setStyleSheet(stylesheet(self.tokens, self.zoom))
        self.changed.emit()


def nearest_zoom(zoom: float) -> float:
    """The step of ZOOMS that is nearest."""
    return min(ZOOMS, key=lambda step: abs(step - zoom))


def stylesheet(tokens: Tokens, zoom: float) -> str:
    """The stylesheet with its tokens and sizes put in."""
    text = resource("themes/window.qss").read_text(encoding="utf-8")
    side = "dark" if tokens.dark else "light"
    text = text.replace("@tick", resource(f"themes/tick-{side}.svg").as_posix())
    text = text.replace("@arrow", resource(f"themes/arrow-{side}.svg").as_posix())
    text = re.sub(r"@([a-z_0-9]+)", lambda found: tokens.colours[found.group(1)], text)
    return re.sub(r"(\d+(?:\.\d+)?)sp\b", lambda found: f"{round(float(found.group(1)) * zoom)}px", text)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, token in (
        (role.Window, "paper"),
        (role.WindowText, "ink"),
        (role.Base, "card"),
        (role.AlternateBase, "sunken"),
        (role.Text, "ink"),
        (role.Button, "card"),
        (role.ButtonText, "ink"),
        (role.BrightText, "on_strong"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_strong"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.PlaceholderText, "ink_3"),
        (role.ToolTipBase, "ink"),
        (role.ToolTipText, "paper"),
        (role.Mid, "line"),
        (role.Dark, "edge"),
        (role.Light, "card"),
        (role.Midlight, "sunken"),
        (role.Shadow, "edge"),
        (role.Accent, "accent"),
    ):
        palette.setColor(which, theme.colour(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, theme.colour("ink_3"))
    return palette
