"""What opens over the window and goes away again.

DIALOGS holds those that a command of the window opens, by the command's id (see ui.menus): a factory that is given
the desk, the window and the project's path, and shows what it made. A command without one is not offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.desk import Desk

DialogOpener = Callable[[Desk, QWidget, Path | None], None]

DIALOGS: Mapping[str, DialogOpener] = {}
