"""A folded card whose part is made when it is first opened, and does no work while it is folded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QWidget

from app.messages import Message
from app.model.changes import ChangeSet
from ui.findings import Findings
from ui.steps.base import Part
from ui.widgets.basic import Fold, column

W = TypeVar("W", bound=QWidget)


class Later(QFrame, Generic[W]):
    """The card. The part catches up with the document when it is opened."""

    def __init__(self, title: Message, build: Callable[[], W]) -> None:
        """`build` makes the part: a widget that is also a Part."""
        super().__init__()
        self.setProperty("role", "card")
        self.fold = Fold(title, build)
        self.fold.switch.toggled.connect(self._toggled)
        self._stale = False
        column(self, margins=(18, 12, 18, 14)).addWidget(self.fold)

    def open(self) -> W:
        """Open the card; its part."""
        return cast("W", self.fold.open())

    def close_again(self) -> None:
        """Fold the card, and leave the focus on its heading."""
        self.fold.switch.setChecked(False)
        self.fold.switch.setFocus()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        part = self._part()
        if part is None:
            return
        if self.fold.switch.isChecked():
            part.follow(change_set, initiator)
        else:
            self._stale = True

    def show_findings(self, findings: Findings) -> None:
        """What is asked here has no findings of its own."""

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """No field is edited here."""
        return None

    def _toggled(self, opened: bool) -> None:
        part = self._part()
        if opened and self._stale and part is not None:
            self._stale = False
            part.follow(None, None)

    def _part(self) -> Part | None:
        return cast("Part | None", self.fold.content)
