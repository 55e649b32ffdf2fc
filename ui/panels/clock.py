"""The clock of a step: planned and spent. It runs while somebody lets it run, and is kept in the project."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton

from app.edits.generic import set_fields
from app.messages import Message, msg, words
from app.model.ids import stopwatch
from app.model.room import AgendaItem
from app.steps import on_the_path, planned_minutes
from ui.desk import Desk
from ui.widgets.tips import plain_tip


class StepClock(QPushButton):
    """Minutes spent on this step, of those planned. A press starts or pauses it."""

    told = Signal(str)
    """The time spent, such as "11:40", whenever it is shown anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._step = ""
        self._since: float | None = None
        self.setProperty("role", "quiet")
        self.setAutoDefault(False)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.show_time)
        self.clicked.connect(self.toggle)
        desk.workspace.changed.connect(self._changed)

    @property
    def running(self) -> bool:
        return self._since is not None

    def show_step(self, step: str) -> None:
        """Go on with another step; what the last one took is kept."""
        running = self.running
        self.pause()
        self._step = step
        if running:
            self.start()
        self.show_time()

    def toggle(self) -> None:
        if self.running:
            self.pause()
        else:
            self.start()
        self.show_time()

    def start(self) -> None:
        self._since = stopwatch()
        self._tick.start()

    def pause(self) -> None:
        """Stop, and keep what was spent."""
        if self._since is None:
            return
        spent = self._spent()
        self._since = None
        self._tick.stop()
        label = msg("Clock: {step}", step=msg(self._item().called()))
        self.desk.workspace.run(set_fields(self._item().id, label, spent_seconds=spent), self)

    def show_time(self) -> None:
        spent, planned = self._spent(), planned_minutes(self.desk.document, self._step)
        told = f"{spent // 60}:{spent % 60:02d}"
        self.told.emit(told)
        said = msg("{spent} of {planned} min", spent=told, planned=planned) if planned else msg("{spent}", spent=told)
        self.desk.icons.put_on(self, "player-pause" if self.running else "player-play", size=16)
        self.setText(words(said))
        state = words("running") if self.running else words("paused")
        self.setAccessibleName(words(msg("Clock of this step: {time}, {state}", time=said, state=state)))
        self.setToolTip(plain_tip(words(self._whole(spent))))

    def _whole(self, spent: int) -> Message:
        """The plan of the whole workshop, and what of it is spent."""
        document = self.desk.document
        steps = [step.id for step in on_the_path(document)]
        others = sum(document.fixed(AgendaItem, step).spent_seconds or 0 for step in steps if step != self._step)
        return msg(
            "Start or pause the clock of this step. All {count} steps: {spent} of {planned} min.",
            count=len(steps),
            spent=(others + spent) // 60,
            planned=sum(planned_minutes(document, step) or 0 for step in steps),
        )

    def _spent(self) -> int:
        running = 0 if self._since is None else int(stopwatch() - self._since)
        return (self._item().spent_seconds or 0) + running

    def _item(self) -> AgendaItem:
        return self.desk.document.fixed(AgendaItem, self._step)

    def _changed(self, *change: object) -> None:
        if self._step:
            self.show_time()
