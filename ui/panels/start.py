"""The first screen: go on with a recent file, start from a template, or open one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from app.messages import msg, words
from app.template_list import Template
from ui.theme import Theme
from ui.widgets.basic import button, card, column, label, line
from ui.widgets.wrapped import WrappedButton


class StartScreen(QWidget):
    """Emits what somebody chose: a path, a template's id, or that a file is to be picked."""

    file_wanted = Signal(object)
    template_wanted = Signal(object)
    open_wanted = Signal()

    def __init__(self, theme: Theme, recent: Sequence[Path], templates: Sequence[Template]) -> None:
        super().__init__()
        self.template_buttons: list[QPushButton] = []
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QWidget()
        inside.setProperty("role", "body")
        middle = column(inside, margins=(40, 36, 40, 36), spacing=18)
        middle.addWidget(label("Whose agent is it?", "title"))
        middle.addWidget(
            label("One file is one agent’s ownership map. Everything stays on this computer.", "subtitle", wrap=True)
        )
        columns = line(spacing=18)
        columns.addWidget(self._recent(theme, recent), 1)
        columns.addWidget(self._templates(theme, templates), 1)
        middle.addLayout(columns)
        middle.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        column(self).addWidget(scroll)

    def focus_templates(self) -> None:
        """Go to the first template."""
        self.template_buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _recent(self, theme: Theme, recent: Sequence[Path]) -> QWidget:
        frame, layout = card()
        layout.addWidget(label("Go on with", "heading"))
        for path in recent:
            made = WrappedButton(theme, path.stem, str(path.parent))
            made.setProperty("path", str(path))
            made.clicked.connect(self._recent_pressed)
            layout.addWidget(made)
        if not recent:
            layout.addWidget(label("No file has been opened here yet.", "secondary", wrap=True))
        self.open_button = button("Open a file …", "primary" if recent else "", tip="Ctrl+O")
        self.open_button.clicked.connect(self.open_wanted)
        layout.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        return frame

    def _templates(self, theme: Theme, templates: Sequence[Template]) -> QWidget:
        frame, layout = card()
        layout.addWidget(label("Start a new map", "heading"))
        layout.addWidget(
            label(
                "A template brings the actions, rules and questions of its workflow; only the names are missing.",
                "secondary",
                wrap=True,
            )
        )
        for template in templates:
            made = button(template.title, name=msg("New from template: {title}", title=msg(template.title)))
            made.setProperty("template", template.id)
            made.clicked.connect(self._template_pressed)
            self.template_buttons.append(made)
            layout.addWidget(made)
        layout.addStretch()
        return frame

    def _recent_pressed(self) -> None:
        self.file_wanted.emit(Path(str(self.sender().property("path"))))

    def _template_pressed(self) -> None:
        self.template_wanted.emit(str(self.sender().property("template")))


def file_filter() -> str:
    """What file dialogs offer."""
    return words("Ownermap projects (*.ownermap)")
