"""What opens over the window and goes away again.

DIALOGS holds those that a command of the window opens, by the command's id (see ui.menus): a factory that is given
the desk, the window and the open file, and shows what it made. A command without one is not offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.dialogs.export import open_export
from ui.dialogs.export_run import ProjectFile

DialogOpener = Callable[[Desk, QWidget, ProjectFile | None], None]

DIALOGS: Mapping[str, DialogOpener] = {"export": open_export}
