"""People on the page: the avatar with initials, and the chip that is dragged onto a field."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QDrag, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ui.theme import Theme
from ui.widgets.tips import plain_tip

ROW_MIME = "application/x-ownermap-row"
"""A dragged row: its id, in ASCII."""


def initials(name: str) -> str:
    """Up to two letters that stand for a name: the first of its first and of its last word."""
    parts = [word for word in name.split() if word[:1].isalnum()]
    if not parts:
        return "?"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


class Avatar(QWidget):
    """A circle with initials, in the colours of an owner type or of the accent. It repeats the name beside it."""

    def __init__(self, theme: Theme, size: float = 38, token: str = "accent") -> None:
        super().__init__()
        self._theme = theme
        self._size = size
        self._token = token
        self._letters = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._fit)
        self._fit()

    def show_name(self, name: str) -> None:
        self._letters = initials(name) if name else ""
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(f"{self._token}_soft"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(self._theme.colour(self._token))
        painter.setFont(self._theme.font(max(12.0, self._size * 0.36), QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
        painter.end()

    def _fit(self) -> None:
        self.setFixedSize(self.sizeHint())


class PersonChip(QPushButton):
    """A name that can be dragged onto any field that takes a person; pressing it is up to the page."""

    def __init__(self, row_id: str, name: str, tip: str = "") -> None:
        super().__init__(name.replace("&", "&&"))
        self.row_id = row_id
        self._pressed_at = QPoint()
        self.setProperty("role", "person")
        self.setAutoDefault(False)
        self.setAccessibleName(name)
        if tip:
            self.setToolTip(plain_tip(tip))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if not event.buttons() & Qt.MouseButton.LeftButton or far < QApplication.startDragDistance():
            return
        self.setDown(False)
        drag = QDrag(self)
        drag.setMimeData(row_mime(self.row_id))
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.CopyAction)


def row_mime(row_id: str) -> QMimeData:
    """What is carried while a row is dragged."""
    data = QMimeData()
    data.setData(ROW_MIME, row_id.encode())
    return data


def dragged_row(data: QMimeData) -> str:
    """The id of the row that is dragged; "" when it is something else."""
    return bytes(data.data(ROW_MIME).data()).decode("ascii", "replace") if data.hasFormat(ROW_MIME) else ""
