"""The exception classes, and in each of them the way to answer the others alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton

from app.edits.exceptions import same_for_the_others
from app.messages import msg, number_of
from app.model.exceptions import ExceptionClass
from ui.desk import Desk
from ui.widgets.basic import button
from ui.widgets.row_list import RowList

KEYS = "Ctrl+Shift+D"


class ExceptionClasses(RowList):
    """Whatever the class that is open answers, the others get where they are empty, as one step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ExceptionClass, tools=self._alike)
        QShortcut(QKeySequence(KEYS), self).activated.connect(self._by_keys)

    def _alike(self, row_id: str) -> Sequence[QPushButton]:
        tip = msg(
            "Copies where it lands, who reviews, how fast, what they may do and what goes further into every other "
            "class in which that is empty ({keys})",
            keys=KEYS,
        )
        made = button("Same for the others, where empty", tip=tip)
        made.setProperty("row", row_id)
        made.clicked.connect(self._by_button)
        return (made,)

    def _by_button(self) -> None:
        self._fill_in(str(self.sender().property("row")))

    def _by_keys(self) -> None:
        """The class in which the focus is; from elsewhere, the one that is open."""
        opened = [item for item in self.items.values() if item.form is not None]
        focused = QApplication.focusWidget()
        here = [item for item in opened if focused is not None and item.isAncestorOf(focused)] or opened
        if len(here) == 1:
            self._fill_in(here[0].row_id)
        else:
            self.desk.refuse(msg("Go to the class whose answers the others should get."))

    def _fill_in(self, row_id: str) -> None:
        form = self.items[row_id].form
        if form is not None and not form.finish():
            return
        name = self.desk.document.called(row_id)
        done = self.desk.workspace.run(same_for_the_others(row_id), self)
        if done is None:
            self.desk.refuse(msg("No other class is empty where “{name}” has an answer.", name=name))
            return
        said = number_of(
            len(done.changes),
            "1 class was filled in as for “{name}”, where it was empty. One undo takes it back.",
            "{count} classes were filled in as for “{name}”, where they were empty. One undo takes it back.",
            name=name,
        )
        self.desk.say(said)
