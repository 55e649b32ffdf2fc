"""The backups of a project: which there are, and putting one back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import AppError
from app.messages import msg, words
from app.restoring import REASONS, Backup, backups_of, restore
from ui.dialogs.dialog import Dialog
from ui.theme import Theme
from ui.widgets.basic import button, column, label, line, set_role, set_text
from ui.widgets.line_list import LineList

NONE = "No backup of this file, or of its project, is kept on this computer."


class BackupsDialog(Dialog):
    """The latest first. `put_back` is called with the backup that is to replace the file; `refused` says why the file
    could not be opened, where it could not."""

    def __init__(
        self,
        path: Path,
        theme: Theme,
        put_back: Callable[[Backup], None],
        parent: QWidget,
        refused: AppError | None = None,
    ) -> None:
        super().__init__("Backups", parent)
        self._path = path
        self._put_back = put_back
        self.backups = backups_of(path).listed()
        layout = column(self, margins=(18, 16, 18, 16), spacing=10)
        layout.addWidget(label(msg("Backups of “{name}”", name=path.name), "heading", wrap=True))
        self.why = label("", "bad", wrap=True)
        self.why.setText(str(refused) if refused is not None else "")
        self.why.setVisible(refused is not None)
        layout.addWidget(self.why)
        layout.addWidget(
            label(
                "Kept on this computer when the file was replaced. Putting one back keeps what is there now.",
                "secondary",
                wrap=True,
            )
        )
        self.list = LineList(theme)
        self.list.setAccessibleName(words("Backups, the latest first"))
        self.list.addItems([_line(backup) for backup in self.backups])
        self.list.setVisible(bool(self.backups))
        layout.addWidget(self.list, 1)
        self.told = label("" if self.backups else NONE, "secondary", wrap=True)
        self.told.setVisible(not self.backups)
        layout.addWidget(self.told)
        if not self.backups:
            layout.addStretch(1)
        self.back = button("Put it back", "primary", tip="Return")
        self.back.setDefault(True)
        self.send_with(self.back.click)
        self.copy = button("Into a new file …")
        close = button("Close")
        buttons = line(spacing=8)
        buttons.addStretch()
        for one in (close, self.copy, self.back):
            buttons.addWidget(one)
        layout.addLayout(buttons)
        close.clicked.connect(self.reject)
        self.copy.clicked.connect(self._into_new_file)
        self.back.clicked.connect(self._in_place)
        self.list.currentRowChanged.connect(self._marked)
        # What is of another file is put back when somebody chooses it, and never by the first Return.
        mine = (row for row, backup in enumerate(self.backups) if backup.of_this_file and backup.good)
        self.list.setCurrentRow(next(mine, -1))
        self._marked(self.list.currentRow())
        self.make_room(theme.px(680), theme.px(520) if self.backups else 0)

    def _chosen(self) -> Backup:
        return self.backups[self.list.currentRow()]

    def _marked(self, row: int) -> None:
        usable = row >= 0 and self.backups[row].good
        self.back.setEnabled(usable)
        self.copy.setEnabled(usable)

    def _in_place(self) -> None:
        backup = self._chosen()
        put_back = self._put_back
        self.accept()
        # This dialog goes with its window: what follows begins when it is no longer in the middle of a click.
        QTimer.singleShot(0, lambda: put_back(backup))

    def _into_new_file(self) -> None:
        beside = self._path.with_name(f"{self._path.stem} restored.ownermap")
        kinds = words("Ownermap projects") + " (*.ownermap)"
        named, _ = QFileDialog.getSaveFileName(self, words("Restore into a new file"), str(beside), kinds)
        if not named:
            return
        out = Path(named).with_suffix(".ownermap")
        try:
            restore(self._path, self._chosen(), out, force=True)
        except AppError as error:
            set_role(self.told, "bad")
            set_text(self.told, str(error))
        else:
            set_role(self.told, "secondary")
            set_text(self.told, msg("Restored into “{path}”.", path=str(out)))
        self.told.show()


def _line(backup: Backup) -> str:
    good = words("good") if backup.good else words("not good any more")
    size = f"{backup.size // 1024} kB"
    told = (backup.when, backup.agent, words(REASONS[backup.reason]), size, good, backup.signed, backup.place)
    return " · ".join(part for part in told if part)
