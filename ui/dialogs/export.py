"""Export: which files, where to, then a progress bar that can be cancelled, and the finished files to open.

Not modal: the work goes on in a process of its own, and so does the talk in the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QProgressBar, QWidget

from app.errors import FieldFault
from app.exporting import FORMATS, stem_of
from app.files import name_fault
from app.messages import Message, msg, number_of, words
from app.revisions.signoff import state
from ui.desk import Desk
from ui.dialogs import ProjectFile
from ui.dialogs.dialog import Dialog
from ui.dialogs.export_run import ExportRun
from ui.widgets.basic import button, column, empty, label, line, set_look, set_text
from ui.widgets.editors.typing import Line
from ui.widgets.segments import Choosing
from ui.widgets.tips import plain_tip

PAPERS = ("a4", "letter")

FORMAT_WORDS = {
    "xlsx": "XLSX: the working RACI, for Excel and LibreOffice",
    "pdf": "PDF: the operating model, to read and to print",
    "json": "JSON: everything in the project, for another Ownermap",
}
CHOSEN_AT_FIRST = ("xlsx", "pdf")


def open_export(desk: Desk, window: QWidget, opened: ProjectFile | None) -> None:
    """Show the dialog, or the one that is open already."""
    if opened is None:
        desk.refuse(msg("Save the project first: what is exported is read from its file."))
        return
    found = window.findChild(ExportDialog)
    dialog = found if isinstance(found, ExportDialog) else ExportDialog(desk, window, opened)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


class ExportDialog(Dialog):
    """Asks, runs, and shows what it made."""

    def __init__(self, desk: Desk, parent: QWidget, opened: ProjectFile) -> None:
        super().__init__("Export", parent)
        self.desk = desk
        self.run: ExportRun | None = None
        self.results: list[FileResult] = []
        self._opened = opened
        self._targets: dict[str, Path] = {}
        whole = column(self, margins=(22, 18, 22, 18), spacing=12)
        layout = self.scrolled(whole)
        layout.setSpacing(12)
        layout.addWidget(label(msg("Who gets what?"), "question"))
        self._standing = label("", "secondary", wrap=True)
        layout.addWidget(self._standing)
        layout.addWidget(self._made_settings())
        self.fault = label("", "bad", wrap=True)
        self.fault.hide()
        layout.addWidget(self.fault)
        self._replaces = label("", "warn", wrap=True)
        layout.addWidget(self._replaces)
        self._at_work = label("", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words("Progress of the export"))
        layout.addWidget(self._at_work)
        layout.addWidget(self.bar)
        self._made_files = column(spacing=6)
        layout.addLayout(self._made_files)
        layout.addStretch()
        whole.addLayout(self._made_buttons())
        self._follow_settings()
        self._show_running(False)
        self.make_room(desk.theme.px(600))
        # A window that goes takes its export with it.
        parent.installEventFilter(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        standing = state(self.desk.document)
        set_text(
            self._standing,
            msg("{standing}: it is printed on every page.", standing=standing.words())
            if standing.signed
            else msg("{standing}: every page says that it is not fully signed.", standing=standing.words()),
        )
        self._follow_settings()
        self.formats["xlsx"].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and watched is self.parent() and self.run is not None:
            self.run.stop_now()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.run is not None:
            self.run.stop_now()
        event.accept()

    def reject(self) -> None:
        """Esc cancels what is running; where nothing is, it closes."""
        if self.run is not None:
            set_text(self._at_work, msg("Cancelling …"))
            self.run.cancel()
        else:
            super().reject()

    # --- the settings ---

    def targets(self) -> dict[str, Path]:
        """Format -> file. Raises FieldFault when they cannot be written so."""
        chosen = [format for format in FORMATS if self.formats[format].isChecked()]
        folder, name = Path(self.folder.text().strip()).expanduser(), _base_name(self.name.text())
        if not chosen:
            raise FieldFault("formats", msg("No format is chosen."), msg("Choose at least one."))
        if not self.folder.text().strip() or not folder.is_dir():
            problem = msg("“{folder}” is not a folder.", folder=self.folder.text())
            raise FieldFault("folder", problem, msg("Choose a folder that is there."))
        if not name:
            raise FieldFault("name", msg("The files have no name."), msg("Write one."))
        for format in chosen:
            if (fault := name_fault(f"{name}.{format}")) is not None:
                raise FieldFault("name", fault, msg("Choose another name."))
        targets = {format: folder.resolve() / f"{name}.{format}" for format in chosen}
        if self._opened.path in [target.resolve() for target in targets.values()]:
            problem = msg("“{name}” is the project that is open here.", name=self._opened.path.name)
            raise FieldFault("name", problem, msg("Choose another name or folder."))
        return targets

    def _made_settings(self) -> QWidget:
        self.settings = QWidget()
        layout = column(self.settings, spacing=8)
        self.formats: dict[str, QCheckBox] = {}
        for format in FORMATS:
            check = QCheckBox(words(FORMAT_WORDS[format]))
            check.setChecked(format in CHOSEN_AT_FIRST)
            check.toggled.connect(self._follow_settings)
            self.formats[format] = check
            layout.addWidget(check)
        self.paper = Choosing(msg("Paper of the PDF"), (msg("A4"), msg("US Letter")))
        self.paper.choose(0)
        layout.addWidget(self.paper)
        self.private = QCheckBox(words("With private notes: votes, clock, parking lot"))
        layout.addWidget(self.private)
        self.without_names = QCheckBox(words("Without names: everybody under a pseudonym"))
        layout.addWidget(self.without_names)
        self._hints = label(
            "Names go from every text. Other hints may remain, such as a title: read it before you send it.",
            "secondary",
            wrap=True,
        )
        layout.addWidget(self._hints)
        self.private.toggled.connect(self._follow_settings)
        self.without_names.toggled.connect(self._follow_names)
        self.without_names.toggled.connect(self._follow_settings)
        row = line(spacing=6)
        self.folder = _named_line(words("Folder"), str(self._opened.path.parent))
        self.folder.textChanged.connect(self._follow_settings)
        self.choose_button = button(msg("Choose …"), name=msg("Choose the folder"))
        self.choose_button.clicked.connect(self._choose_folder)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose_button)
        layout.addWidget(label(msg("Folder"), "label"))
        layout.addLayout(row)
        self.name = _named_line(words("Name of the files, without the ending"), self._opened.path.stem)
        self.name.textChanged.connect(self._follow_settings)
        layout.addWidget(label(msg("Name of the files, without the ending"), "label"))
        layout.addWidget(self.name)
        return self.settings

    def _choose_folder(self) -> None:
        named = QFileDialog.getExistingDirectory(self, words("Folder"), self.folder.text())
        if named:
            self.folder.setText(named)

    def _follow_names(self, without: bool) -> None:
        """A copy without names is named otherwise, unless somebody wrote a name of their own."""
        project, file = self.desk.workspace.workspace.project, self._opened.path
        if self.name.text() == stem_of(project, file, without_names=not without):
            self.name.setText(stem_of(project, file, without_names=without))

    def _follow_settings(self) -> None:
        self.paper.setEnabled(self.formats["pdf"].isChecked())
        # The votes say who named whom: they go with no pseudonym.
        self.private.setEnabled(not self.without_names.isChecked())
        self.without_names.setEnabled(not self.private.isChecked())
        self._hints.setVisible(self.without_names.isChecked())
        self._say_fault(None)
        try:
            there = [path.name for path in self.targets().values() if path.exists()]
        except FieldFault:
            there = []
        set_text(self._replaces, msg("Replaces what is there: {names}", names=", ".join(there)) if there else "")
        self._replaces.setVisible(bool(there))
        self.grow()

    # --- the run ---

    def start(self) -> None:
        """Export what is chosen."""
        self.desk.commit_focused()
        try:
            self._targets = self.targets()
        except FieldFault as fault:
            self._say_fault(fault)
            return
        empty(self._made_files)
        self.results = []
        self.run = ExportRun(
            self._opened,
            self._targets,
            paper=PAPERS[self.paper.place],
            private=self.private.isChecked(),
            without_names=self.without_names.isChecked(),
            parent=self,
        )
        self.run.progressed.connect(self._progressed)
        self.run.done.connect(self._done)
        self.run.failed.connect(self._failed)
        self.run.cancelled.connect(self._cancelled)
        self._show_running(True)
        self._progressed("", 0, len(self._targets))
        self.run.start()

    def _progressed(self, format: str, done: int, all: int) -> None:
        # One more than there are: reading the project is the first part of the work.
        self.bar.setRange(0, all + 1)
        self.bar.setValue(done + (1 if format or done else 0))
        said = msg("Writing {name} …", name=self._targets[format].name) if format else msg("Reading the project …")
        set_text(self._at_work, said if format or not done else msg("Finishing …"))

    def _done(self, said: Sequence[str]) -> None:
        self._end(number_of(len(self._targets), "Done. 1 file was written.", "Done. {count} files were written."))
        for warning in said:
            self._made_files.addWidget(label(warning, "warn", wrap=True))
        for path in self._targets.values():
            result = FileResult(path)
            self.results.append(result)
            self._made_files.addWidget(result)
        self._follow_settings()
        self._replaces.hide()
        self.results[0].open_button.setFocus()
        self.grow()

    def _failed(self, reason: str) -> None:
        self._end("")
        self.fault.setText(reason)
        self.fault.show()
        self.grow()
        self.start_button.setFocus()

    def _cancelled(self) -> None:
        self._end(msg("Cancelled. Files that were finished before stay."))
        self._follow_settings()

    def _end(self, said: Message | str) -> None:
        if self.run is not None:
            self.run.deleteLater()
            self.run = None
        self._show_running(False)
        set_text(self._at_work, said)
        self._at_work.setVisible(bool(words(said)))
        self.grow()

    def _show_running(self, running: bool) -> None:
        self.settings.setEnabled(not running)
        self.start_button.setEnabled(not running)
        self.cancel_button.setText(words("Cancel" if running else "Close"))
        self.cancel_button.setAccessibleName(words("Cancel the export" if running else "Close"))
        self._at_work.setVisible(running)
        self.bar.setVisible(running)
        if running:
            self.cancel_button.setFocus()

    def _made_buttons(self) -> QHBoxLayout:
        row = line(spacing=8)
        row.addStretch()
        self.cancel_button = button(msg("Close"))
        self.cancel_button.clicked.connect(self.reject)
        self.start_button = button(msg("Export"), "primary", tip="Ctrl+Return")
        self.send_with(self.start_button.click)
        self.start_button.setDefault(True)
        self.start_button.clicked.connect(self.start)
        row.addWidget(self.cancel_button)
        row.addWidget(self.start_button)
        return row

    def _say_fault(self, fault: FieldFault | None) -> None:
        self.fault.setText(str(fault) if fault else "")
        self.fault.setVisible(fault is not None)
        controls: dict[str, QWidget] = {"folder": self.folder, "name": self.name, "formats": self.formats["xlsx"]}
        for key, control in controls.items():
            at_fault = fault is not None and fault.field == key
            set_look(control, "fault", "true" if at_fault else "false")
            control.setAccessibleDescription(str(fault) if at_fault else "")
            if at_fault:
                control.setFocus()


class FileResult(QWidget):
    """A finished file, and two ways to it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        row = line(self, spacing=8)
        shown = label(path.name, "name")
        shown.setToolTip(plain_tip(str(path)))
        self.open_button = button(msg("Open file"), name=msg("Open {name}", name=path.name))
        self.open_button.clicked.connect(self._open)
        self.folder_button = button(msg("Show in folder"), name=msg("Show {name} in its folder", name=path.name))
        self.folder_button.clicked.connect(self._show_folder)
        row.addWidget(shown, 1)
        row.addWidget(self.open_button)
        row.addWidget(self.folder_button)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path)))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent)))


def _named_line(name: str, text: str) -> Line:
    made = Line(text)
    made.setAccessibleName(name)
    return made


def _base_name(typed: str) -> str:
    """What was typed as a name, without an ending that is put there anyway."""
    name = typed.strip()
    for format in FORMATS:
        name = name.removesuffix(f".{format}")
    return name
