"""One export in a process of its own, which reads a copy of the project as it stands, written for it into the person's
own folder: an export needs neither the disk of the project nor its file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

import app
from app.errors import AppError
from app.exporting import command
from app.files import put_away, remove_leftovers
from app.messages import words
from ui.dialogs import ProjectFile

PATIENCE = 2000
"""Milliseconds that a cancelled process has to end by itself."""


class ExportRun(QObject):
    """Starts once, says how far it is, and ends in exactly one of done, failed and cancelled."""

    progressed = Signal(object, object, object)
    """The format that is being written ("" for none), how many are done, how many there are."""

    done = Signal(object)
    """Lines that the export had to say besides, such as characters that no font has."""

    failed = Signal(object)
    """Why, in one sentence."""

    cancelled = Signal()

    _staged = Signal(object)
    """Why there is no copy to read, or None."""

    def __init__(
        self,
        source: ProjectFile,
        targets: Mapping[str, Path],
        *,
        paper: str,
        private: bool,
        without_names: bool = False,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._targets = tuple(targets.values())
        self._command = partial(command, targets=targets, paper=paper, private=private, without_names=without_names)
        self._copy: Path | None = None
        self._cancelling = False
        self._over = False
        self._staging = Thread(target=self._stage, name="copy for export", daemon=True)
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")
        self._process.setProcessEnvironment(environment)
        # From a checkout, `python -m app` finds the program beside itself.
        self._process.setWorkingDirectory(str(Path(app.__file__).parent.parent))
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._went_wrong)
        self._staged.connect(self._start)

    def start(self) -> None:
        """Write the copy on another thread, then export it."""
        self._staging.start()

    def cancel(self) -> None:
        """Stop, and say `cancelled` once everything has ended; a file that was begun is left as it was before."""
        if self._over or self._cancelling:
            return
        self._cancelling = True
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.terminate()
            QTimer.singleShot(PATIENCE, self._process, self._process.kill)

    def stop_now(self) -> None:
        """Stop and wait until everything has ended, because the window goes."""
        self._over = True
        self._staging.join()
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(PATIENCE)
        self._clear_up()

    def _stage(self) -> None:
        try:
            self._copy = self._source.stage_copy()
        except AppError as error:
            self._staged.emit(error)
        else:
            self._staged.emit(None)

    def _start(self, error: AppError | None) -> None:
        if self._over:
            return
        if self._cancelling:
            self._end_cancelled()
            return
        if error is not None:
            self._end_with(str(error))
            return
        assert self._copy is not None
        program, *arguments = self._command(self._copy)
        self._process.start(program, arguments)

    def _read(self) -> None:
        while self._process.canReadLine():
            parts = _text(self._process.readLine().data()).split()
            if len(parts) >= 3 and parts[0] == "progress" and not self._cancelling:
                self.progressed.emit(parts[3] if len(parts) > 3 else "", int(parts[1]), int(parts[2]))

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._over:
            return
        if self._cancelling:
            self._end_cancelled()
            return
        self._read()
        said = [line for line in _text(self._process.readAllStandardError().data()).splitlines() if line.strip()]
        if status is QProcess.ExitStatus.NormalExit and code == 0:
            self._over = True
            self._put_copy_away()
            self.done.emit(said)
        else:
            self._end_with(said[-1] if said else words("The export ended unexpectedly. Try it again."))

    def _went_wrong(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and not self._over:
            self._end_with(words("The export could not be started. Install the program again."))

    def _end_cancelled(self) -> None:
        self._over = True
        self._clear_up()
        self.cancelled.emit()

    def _clear_up(self) -> None:
        self._put_copy_away()
        for path in self._targets:
            remove_leftovers(path)

    def _put_copy_away(self) -> None:
        if self._copy is not None:
            put_away(self._copy)

    def _end_with(self, reason: str) -> None:
        self._over = True
        self._put_copy_away()
        self.failed.emit(reason)


def _text(data: bytes | bytearray | memoryview) -> str:
    return bytes(data).decode("utf-8", "replace")
