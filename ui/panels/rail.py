"""The rail: the steps in three groups, each with its number or a tick and what is open on it.

The short workshop shows only the steps that its six questions need, numbered anew; the others are one key away.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QWidget

from app.messages import msg, words
from app.model.room import Workshop
from app.revisions.signoff import SignoffState
from app.steps import GROUPS, STEPS, Progress, Step, on_the_path
from ui.desk import Desk
from ui.findings import Findings
from ui.theme import BODY
from ui.widgets.basic import button, column, label, say_on, set_role
from ui.widgets.tips import plain_tip


class Rail(QFrame):
    """Emits the id of the step that somebody wants."""

    wanted = Signal(object)

    all_wanted = Signal()
    """Somebody wants the twelve steps back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.items: dict[str, RailItem] = {}
        self._narrow = False
        self.setProperty("role", "rail")
        self.setAccessibleName(words("Steps"))
        inside = QWidget()
        inside.setProperty("role", "body")
        steps = column(inside, margins=(8, 12, 8, 12), spacing=1)
        self._headings = [label(group, "caption") for group in GROUPS]
        for group, heading in zip(GROUPS, self._headings, strict=True):
            heading.setContentsMargins(10, 12, 0, 4)
            steps.addWidget(heading)
            for step in (step for step in STEPS if step.group == group):
                item = RailItem(desk, step)
                item.clicked.connect(self._clicked)
                item.walked.connect(self._walked)
                self.items[step.id] = item
                steps.addWidget(item)
        steps.addSpacing(10)
        self.all_button = button("", "quiet", tip=msg("The short workshop stops where its six questions are. (F7)"))
        self.all_button.clicked.connect(self.all_wanted)
        steps.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        steps.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        column(self).addWidget(self._scroll)
        desk.theme.changed.connect(self._settle)
        desk.workspace.findings_changed.connect(self.show_findings)
        self.show_findings(desk.workspace.findings)
        self.follow_path()

    def show_current(self, step: str) -> None:
        """Mark the step whose page is shown."""
        for name, item in self.items.items():
            item.setChecked(name == step)
        self.follow_path()
        self._bring_into_sight()

    def show_findings(self, findings: Findings) -> None:
        for step, item in self.items.items():
            item.show_progress(findings.progress[step])

    def show_status(self, state: SignoffState) -> None:
        """Sign-off is done when every required seat has signed what stands here now."""
        self.items["signoff"].show_finished(state.signed)

    def make_narrow(self, narrow: bool) -> None:
        """Show the numbers alone where there is little room; names are in the tool tips and read aloud."""
        self._narrow = narrow
        set_role(self, "rail-narrow" if narrow else "rail")
        for heading in self._headings:
            heading.setVisible(not narrow)
        for item in self.items.values():
            item.make_narrow(narrow)
        self.follow_path()

    def follow_path(self) -> None:
        """Show all steps, or those of the short workshop, numbered in their order. A step beside the path stands
        here for as long as somebody is on it, without a number."""
        numbers = {step.id: number for number, step in enumerate(on_the_path(self.desk.document), 1)}
        for step, item in self.items.items():
            item.show_number(numbers.get(step, 0))
            item.setVisible(step in numbers or item.isChecked())
        self.all_button.setVisible(self.desk.document.only(Workshop).short_path)
        say_on(self.all_button, msg("All 12") if self._narrow else msg("Show all twelve   F7"))

    def shown(self) -> list[str]:
        """The steps that the rail shows, in order."""
        return [step for step, item in self.items.items() if not item.isHidden()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Bring the current step into sight again once the layout has taken its new sizes."""
        QTimer.singleShot(0, self, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        for item in self.items.values():
            if item.isChecked():
                self._scroll.ensureWidgetVisible(item, 0, item.height())

    def _clicked(self) -> None:
        item = self.sender()
        assert isinstance(item, RailItem)
        self.wanted.emit(item.step.id)

    def _walked(self, by: int) -> None:
        item = self.sender()
        assert isinstance(item, RailItem)
        shown = self.shown()
        place = shown.index(item.step.id) + by
        if 0 <= place < len(shown):
            wanted = self.items[shown[place]]
            wanted.setFocus()
            self._scroll.ensureWidgetVisible(wanted, 0, wanted.height())


class RailItem(QAbstractButton):
    """One step of the rail."""

    walked = Signal(int)

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__()
        self.step = step
        self.number = step.number
        self.progress = Progress(0, 0, 0)
        self._finished = step.id != "signoff"
        self._narrow = False
        self._theme = desk.theme
        self._icons = desk.icons
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(words(step.title))
        # An ampersand in the title is a letter, not a key.
        self.setShortcut(QKeySequence())
        desk.theme.changed.connect(self.updateGeometry)
        self._name()

    def show_progress(self, progress: Progress) -> None:
        if progress != self.progress:
            self.progress = progress
            self.update()
        self._name()

    def show_number(self, number: int) -> None:
        """Its place on the path; 0 for a step beside it."""
        if number != self.number:
            self.number = number
            self._name()
            self.update()

    def make_narrow(self, narrow: bool) -> None:
        if narrow != self._narrow:
            self._narrow = narrow
            self.updateGeometry()
            self.update()

    def show_finished(self, finished: bool) -> None:
        """Whether a step with nothing open may carry a tick."""
        if finished != self._finished:
            self._finished = finished
            self._name()
            self.update()

    @property
    def done(self) -> bool:
        return self.progress.done and self._finished

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(56 if self._narrow else 190), self._theme.px(40))

    def nextCheckState(self) -> None:
        """Being the current step is up to the window, not to a click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(theme.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme.colour("accent_soft"))
        elif self.underMouse():
            painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(area, px(7), px(7))
        self._paint_circle(painter)
        right = self.width() - px(2 if self._narrow else 10)
        if self.progress.open:
            right = self._paint_count(painter, right)
        if self._narrow:
            painter.end()
            return
        left = px(42)
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        painter.setFont(theme.font(BODY, weight))
        painter.setPen(theme.colour("accent" if self.isChecked() else "ink_2"))
        box = QRect(left, 0, right - left - px(4), self.height())
        shown = QFontMetrics(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _paint_circle(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        circle = QRectF(px(10), (self.height() - px(22)) / 2, px(22), px(22))
        if self.done and not self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("ok"))
            painter.drawEllipse(circle)
            tick = self._icons.pixmap("check", "on_strong", 14)
            side = px(14)
            at = QRect(round(circle.center().x() - side / 2), round(circle.center().y() - side / 2), side, side)
            painter.drawPixmap(at, tick)
            return
        painter.setPen(theme.colour("accent" if self.isChecked() else "edge"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        painter.setPen(theme.colour("accent" if self.isChecked() else "ink_2"))
        painter.setFont(theme.font(12, QFont.Weight.Medium))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.number or "+"))

    def _paint_count(self, painter: QPainter, right: int) -> int:
        theme, px = self._theme, self._theme.px
        token = "bad" if self.progress.blockers else "warn"
        # The colour says which; so does the number of blockers alone, and the name read aloud says both.
        said = str(self.progress.blockers or self.progress.warnings)
        font = theme.font(12, QFont.Weight.DemiBold)
        width = max(px(20), QFontMetrics(font).horizontalAdvance(said) + px(12))
        box = QRectF(right - width, (self.height() - px(20)) / 2, width, px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{token}_soft"))
        painter.drawRoundedRect(box, px(10), px(10))
        painter.setPen(theme.colour(token))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)
        return right - width

    def _name(self) -> None:
        step, progress = self.step, self.progress
        if progress.done:
            state = words("nothing open") if self._finished else words("not signed yet")
        else:
            state = words(
                msg(
                    "blockers: {blockers}, warnings: {warnings}", blockers=progress.blockers, warnings=progress.warnings
                )
            )
        if progress.advice:
            # The rail does not count advice; whoever listens hears of it all the same.
            state = words(msg("{state}, advice: {count}", state=state, count=progress.advice))
        title = msg(step.title)
        if self.number:
            said = msg("Step {number}, {title}: {state}", number=self.number, title=title, state=state)
        else:
            said = msg("{title}, beside the short path: {state}", title=title, state=state)
        self.setAccessibleName(words(said))
        keys = f" (Ctrl+{self.number})" if 1 <= self.number <= 9 else ""
        self.setToolTip(plain_tip(f"{words(step.title)}{keys}: {words(step.question)}"))
