"""The composition root of the window: what is made, in which order, and what happens when something goes wrong."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from platformdirs import user_log_path
from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget

from app.errors import AppError
from app.messages import Message, msg, words
from app.template_list import listing
from ui import screen
from ui import settings as kept
from ui.icons import Icons
from ui.panels.bars import Bar
from ui.panels.start import StartScreen, file_filter
from ui.theme import Theme, load_fonts
from ui.widgets.basic import column

if TYPE_CHECKING:
    from app.restoring import Backup
    from ui.leaving import Ending
    from ui.window import Window

log = logging.getLogger("ownermap")

LOAD_AFTER = 100
"""Milliseconds after which the start screen, painted by then, loads what opening a project needs."""


def run(path: Path | None) -> int:
    """Open the window on a project, or the start screen, and stay until the last window is closed.

    Raises AppError when the file named on the command line cannot be opened, and no backup of it can be put back.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("ownermap")
    app.setApplicationDisplayName("Ownermap")
    home = Home(app)
    keep_log()
    sys.excepthook = home.unexpected
    if path is not None:
        home.open_named(path)
    else:
        home.show_start()
    return app.exec()


class Home(QObject):
    """The running program: its look, its settings, its windows."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        load_fonts()
        self.settings = kept.load()
        self.theme = Theme(app, self.settings.theme, self.settings.zoom)
        self.icons = Icons(self.theme)
        self.windows: list[Window] = []
        self.start: StartWindow | None = None

    def open(self, path: Path) -> Window:
        """Open a project in a window of its own; AppError when it cannot be."""
        path = path.resolve()
        for window in self.windows:
            if window.opened is not None and window.opened.path == path:
                window.activateWindow()
                return window
        from ui import opening

        window = opening.window_on(path, self.theme, self.icons, self.settings)
        window.file_wanted.connect(self._file_wanted)
        window.start_wanted.connect(self.show_start)
        window.closed.connect(self._closed)
        window.files.reopen_wanted.connect(self._reopen)
        self.windows.append(window)
        self.settings.opened(path)
        kept.save(self.settings)
        opening.show(window)
        if self.start is not None:
            self.start.close()
        return window

    def open_named(self, path: Path) -> None:
        """Open the file that the command line names. Where it is damaged, the start screen says so and offers its
        backups; AppError where there is none."""
        # Loaded when it is first wanted, as below.
        from app.restoring import offers_backup

        try:
            self.open(path)
        except AppError as error:
            if not offers_backup(path):
                raise
            self.show_start()
            assert self.start is not None
            self.start.bar.error(error)
            self._offer_backup(self.start, path, error)

    def new(self, template: str, path: Path) -> Window:
        """Make a project from a template and open it."""
        from ui import opening

        opening.create(template, path)
        return self.open(path)

    def show_start(self) -> None:
        """Show the start screen."""
        if self.start is not None:
            self.start.close()
        self.start = StartWindow(self)
        self.start.show()
        QTimer.singleShot(LOAD_AFTER, self.start, self.start.load)

    def start_closed(self, start: StartWindow) -> None:
        """The start screen was closed, by whomever: it is not there to be used any more."""
        if self.start is start:
            self.start = None

    def unexpected(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An error of the program itself: say so where it can be seen, and go on. What was typed is kept."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        # Frames and the kind of error only: values may hold names, and names stay out of logs.
        log.error("%s\n%s", kind.__name__, "".join(traceback.format_tb(trace)))
        said: object = error
        if not isinstance(error, AppError):
            said = msg(
                "Something unexpected happened in the program ({what}). What you entered so far is kept.",
                what=kind.__name__,
            )
        for bar in self._bars():
            bar.error(words(str(said)))

    def _bars(self) -> list[Bar]:
        active = QApplication.activeWindow()
        windows: list[Window | StartWindow] = [w for w in self.windows if w is active] or [*self.windows]
        return [window.bar for window in windows or ([self.start] if self.start else [])]

    def _file_wanted(self, path: Path | None) -> None:
        parent = self.sender()
        assert parent in self.windows
        self.open_wanted(parent, path)

    def new_wanted(self, parent: StartWindow, template: str) -> None:
        """Ask where the new project is to be, make it and open it."""
        suggested = self._folder() / f"{template}.ownermap"
        named, _ = QFileDialog.getSaveFileName(parent, words("New project"), str(suggested), file_filter())
        if named:
            self._tried(parent, Path(named).with_suffix(".ownermap"), template)

    def open_wanted(self, parent: Window | StartWindow, path: Path | None) -> None:
        """Open this file, or ask which one when none is named."""
        if path is None:
            named, _ = QFileDialog.getOpenFileName(parent, words("Open"), str(self._folder()), file_filter())
            path = Path(named) if named else None
        if path is not None:
            self._tried(parent, path)

    def _tried(self, parent: Window | StartWindow, path: Path, template: str = "") -> None:
        try:
            if template:
                self.new(template, path)
            else:
                self.open(path)
        except AppError as error:
            parent.bar.error(error)
            if not template:
                self._offer_backup(parent, path, error)

    def _offer_backup(self, parent: Window | StartWindow, path: Path, refused: AppError) -> None:
        # Loaded when it is first wanted, as below.
        from app.restoring import offers_backup
        from ui.dialogs.backups import BackupsDialog

        if offers_backup(path):
            BackupsDialog(path, self.theme, lambda chosen: self._put_back(parent, path, chosen), parent, refused).open()

    def _put_back(self, parent: Window | StartWindow, path: Path, backup: Backup) -> None:
        from app.restoring import put_back

        try:
            done = put_back(path, backup)
            window = self.open(path)
        except AppError as error:
            parent.bar.error(error)
        else:
            window.bar.stay("Done.", done)

    def _reopen(self, window: Window, between: Callable[[], object], ending: Ending) -> None:
        """Close a window, do something with its file, and open it again; edits that the file does not take are kept,
        and so is what was typed and not taken, where the ending says so."""
        from ui.leaving import Ending

        assert window.opened is not None
        path, step = window.opened.path, window.step
        # The program ends with its last window; this one comes back.
        QApplication.setQuitOnLastWindowClosed(False)
        try:
            window.files.close_anyway()
            waiting = window.unfinished.drafts() if ending is Ending.WAITING else ()
            if not window.close_for(ending):
                window.files.close_anyway(False)
                return
            refused, said = None, None
            try:
                said = between()
            except AppError as error:
                refused = error
            try:
                again = self.open(path)
            except AppError as error:
                self.show_start()
                assert self.start is not None
                self.start.bar.error(refused or error)
                return
            again.unfinished.offer(waiting)
            again.go_to_step(step)
            if refused is not None:
                again.bar.error(refused)
            elif isinstance(said, Message):
                again.bar.stay("Done.", said)
            elif again.opened is not None and again.opened.kept_copy is not None:
                from ui.dialogs.conflict import open_conflict

                open_conflict(again.desk, again, again.opened.kept_copy, again.opened)
        finally:
            QApplication.setQuitOnLastWindowClosed(True)

    def _folder(self) -> Path:
        recent = self.settings.recent_files()
        return recent[0].parent if recent else Path.home()

    def _closed(self, window: Window) -> None:
        self.windows.remove(window)
        kept.save(self.settings)


class StartWindow(QMainWindow):
    """The window before a project is open."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home
        self.setWindowTitle("Ownermap")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bar = Bar(home.icons)
        self.chooser = StartScreen(home.theme, home.settings.recent_files(), listing())
        self.chooser.file_wanted.connect(self._open)
        self.chooser.open_wanted.connect(self._pick)
        self.chooser.template_wanted.connect(self._new)
        whole = QWidget()
        layout = column(whole, spacing=0)
        layout.addWidget(self.bar)
        layout.addWidget(self.chooser, 1)
        self.setCentralWidget(whole)
        for keys, act in (
            ("Ctrl+O", self._pick),
            ("Ctrl+N", self.chooser.focus_templates),
            ("Ctrl+W", self.close),
            ("Ctrl+Q", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        screen.stand(self, QSize(home.theme.px(900), home.theme.px(640)))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._home.start_closed(self)
        super().closeEvent(event)

    def load(self) -> None:
        """Load what opening a project needs, so that a choice is answered at once."""
        import ui.opening  # noqa: F401

    def _open(self, path: Path) -> None:
        self._home.open_wanted(self, path)

    def _pick(self) -> None:
        self._home.open_wanted(self, None)

    def _new(self, template: str) -> None:
        self._home.new_wanted(self, template)


def keep_log() -> None:
    """Write what goes wrong to a small file in the person's own log folder; without one, it is not written."""
    named = os.environ.get("OWNERMAP_DATA")
    folder = Path(named) / "log" if named else user_log_path("ownermap", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "ownermap.log", maxBytes=200_000, backupCount=1, encoding="utf-8")
    except OSError:
        log.addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.propagate = False
