"""The second window: what the projector shows. It follows the step and the names, and never takes the keyboard away."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from app.messages import msg, words
from app.model.room import Agent
from app.steps import BY_ID, STEPS
from ui.audience.board import Board, board
from ui.audience.tiles import TileWall
from ui.desk import Desk
from ui.panels.clock import StepClock
from ui.theme import read_tokens
from ui.widgets.basic import column, label, line, set_text

WIDTH, HEIGHT = 1280, 800
"""The size for which the design is drawn; everything grows and shrinks with the window."""

SETTLE = 120
"""Milliseconds after an edit before the wall follows: the window with the keyboard comes first."""


class AudienceWindow(QWidget):
    """Full screen where there is a second screen, an ordinary window where there is none. F5 and Esc close it."""

    def __init__(self, desk: Desk, clock: StepClock, presenter: QWidget) -> None:
        """`presenter` is the window beside whose screen this one looks for another."""
        super().__init__()
        self.desk = desk
        self.step = STEPS[0].id
        self.shown: Board | None = None
        self._presenter = presenter
        self._placed = False
        self._tokens = read_tokens("dark")
        self.setObjectName("audience")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setMinimumSize(320, 200)
        self.question = label("", "audience-question", wrap=True)
        self.clock = label("", "audience-clock")
        self.wall = TileWall(self._tokens)
        self.agent = label("", "audience-foot")
        self.place = label("", "audience-foot")
        self._layout = column(self)
        head, foot = line(), line()
        head.addWidget(self.question, 1)
        head.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.agent, 1)
        foot.addWidget(self.place)
        self._layout.addLayout(head)
        self._layout.addWidget(self.wall, 1)
        self._layout.addLayout(foot)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE)
        self._soon.timeout.connect(self.refresh)
        clock.told.connect(self.clock.setText)
        desk.workspace.changed.connect(self._changed)
        desk.vote_shown.connect(self.refresh)
        screens = QGuiApplication.instance()
        assert isinstance(screens, QGuiApplication)
        screens.screenAdded.connect(self._screens_changed)
        screens.screenRemoved.connect(self._screens_changed)

    def open(self) -> None:
        """Show it where the room can see it; the keyboard stays where it is."""
        self.refresh()
        self._put(self._presenter.screen())
        if not self.isVisible():
            self.show()
        if self.isFullScreen():
            # Some desktops give the keyboard to whatever fills a screen.
            self._presenter.activateWindow()

    def show_step(self, step: str) -> None:
        """Show this step from now on."""
        self.step = step
        self.refresh()

    def refresh(self) -> None:
        """Bring the wall up to date."""
        self._soon.stop()
        document = self.desk.document
        found = board(document, self.step, self.desk.workspace.workspace.mint.moment(), self.desk.vote)
        name = document.only(Agent).name or words("An agent without a name")
        step = BY_ID[self.step]
        set_text(self.agent, name)
        place = msg("Step {number} of {all} · {step}", number=step.number, all=len(STEPS), step=msg(step.title))
        set_text(self.place, place)
        self.setWindowTitle(words(msg("{name}: audience view", name=name)).replace("[*]", "[*][*]"))
        if found != self.shown:
            self.shown = found
            set_text(self.question, found.question)
            self.wall.show_tiles(found.tiles)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F5):
            self.close()
            self._presenter.activateWindow()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scale(min(self.width() / WIDTH, self.height() / HEIGHT))

    def _changed(self, *change: object) -> None:
        if self.isVisible():
            self._soon.start()

    def _screens_changed(self, *screen: object) -> None:
        if self.isVisible():
            self._put(self._presenter.screen())

    def _put(self, presenters: QScreen) -> None:
        """Fill the screen that the presenter does not use; with one screen only, stay a window."""
        other = second_screen(QGuiApplication.screens(), presenters)
        if other is not None:
            self.setGeometry(other.geometry())
            self.showFullScreen()
        elif self.isFullScreen() or not self._placed:
            self.showNormal()
            self.setGeometry(beside(presenters.availableGeometry()))
        self._placed = True

    def _scale(self, scale: float) -> None:
        """Set every size for this size of the window."""
        colours = self._tokens.colours

        def px(size: float) -> int:
            return max(round(size * scale), 1)

        self.setStyleSheet(
            f"#audience {{ background: {colours['paper']}; }}"
            f"QLabel[role='audience-question'] {{ font-size: {px(44)}px; font-weight: 700; color: {colours['ink']}; }}"
            f"QLabel[role='audience-clock'] {{ font-size: {px(27)}px; color: {colours['ink_3']}; }}"
            f"QLabel[role='audience-foot'] {{ font-size: {px(20)}px; color: {colours['ink_3']}; }}"
        )
        self._layout.setContentsMargins(px(56), px(44), px(56), px(36))
        self._layout.setSpacing(px(26))
        self.wall.arrange(scale)


def second_screen(screens: list[QScreen], presenters: QScreen) -> QScreen | None:
    """The first screen that is not the presenter's."""
    return next((screen for screen in screens if screen is not presenters), None)


def beside(room: QRect) -> QRect:
    """Where an ordinary window goes on this screen: the lower right, two thirds as wide."""
    width = room.width() * 2 // 3
    height = min(width * HEIGHT // WIDTH, room.height() * 2 // 3)
    return QRect(room.right() - width - 20, room.bottom() - height - 20, width, height)
