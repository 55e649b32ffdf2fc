"""Icons: the outlines in `resources/icons`, drawn in a colour of the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.resources import resource
from ui.theme import Theme


class Icons(QObject):
    """Draws icons and keeps them; buttons given an icon here get it again when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._drawn: dict[tuple[str, str, int], QPixmap] = {}
        theme.changed.connect(self._redraw)

    def pixmap(self, name: str, token: str = "ink_2", size: float = 18) -> QPixmap:
        """The icon `name` in a colour of the theme; `size` in pixels at 100 % zoom."""
        colour = self._theme.colour(token).name()
        pixels = self._theme.px(size)
        key = (name, colour, pixels)
        if key not in self._drawn:
            self._drawn[key] = _draw(name, colour, pixels)
        return self._drawn[key]

    def icon(self, name: str, token: str = "ink_2", size: float = 18) -> QIcon:
        return QIcon(self.pixmap(name, token, size))

    def put_on(self, button: QAbstractButton, name: str, token: str = "ink_2", size: float = 18) -> None:
        """Give a button an icon that follows the theme for as long as the button lives."""
        button.setProperty("drawnName", name)
        button.setProperty("drawnToken", token)
        button.setProperty("drawnSize", size)
        self._dress(button)

    def _dress(self, button: QAbstractButton) -> None:
        size = float(button.property("drawnSize"))
        button.setIcon(self.icon(button.property("drawnName"), button.property("drawnToken"), size))
        button.setIconSize(QSize(self._theme.px(size), self._theme.px(size)))

    def _redraw(self) -> None:
        self._drawn.clear()
        for widget in QApplication.allWidgets():
            if isinstance(widget, QAbstractButton) and widget.property("drawnName"):
                self._dress(widget)


def _draw(name: str, colour: str, pixels: int) -> QPixmap:
    outline = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    side = round(pixels * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(outline.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
