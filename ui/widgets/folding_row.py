"""A row of a list that folds out: its line, and below it the form while it is open."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.basic import column, set_role
from ui.widgets.form import Form
from ui.widgets.row_head import RowHead


class FoldingRow(QFrame):
    """What every such row does with its form; what its line says and its form holds is up to the kind of row."""

    def __init__(self, head: RowHead) -> None:
        super().__init__()
        self.form: Form | None = None
        self._line = head
        self._inner: QWidget | None = None
        self.setProperty("role", "row")
        self._layout = column(self, spacing=0)
        self._layout.addWidget(head)

    def unfold(self, form: Form, *, above: QWidget | None = None, below: QWidget | None = None) -> None:
        """Show a form below the line, between what belongs to it."""
        self.form = form
        self._inner = QWidget()
        inner = column(self._inner, margins=(16, 6, 16, 14), spacing=10)
        for widget in (above, form, below):
            if widget is not None:
                inner.addWidget(widget)
        self._layout.addWidget(self._inner)
        self._line.set_open(True)
        set_role(self, "row-open")

    def leave(self) -> None:
        """Close the form, unless a text stands in it that cannot be taken: closed, it would be lost."""
        if self.form is not None and self.form.untaken() is None:
            self.close_form()

    def put_by(self) -> None:
        """The row is gone: what is typed in it and not taken waits for it to be brought back."""
        if self.form is not None:
            self.form.put_by()

    def close_form(self) -> None:
        """Close the form, whatever stands in it."""
        if self._inner is not None:
            self._layout.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
            self.form = self._inner = None
            self._line.set_open(False)
            set_role(self, "row")
