"""Paste evidence, or choose a file of it: what would be added is shown before anything is, with every fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from app.errors import AppError, Unreadable
from app.evidence_text import LARGEST, Preview, adding, read_evidence
from app.messages import Message, msg, number_of, words
from app.outside import TooLarge, whole
from ui.desk import Desk
from ui.dialogs.dialog import Dialog
from ui.dialogs.evidence_table import EvidenceTable
from ui.widgets.basic import button, column, label, line, say_on, set_role, set_text
from ui.widgets.editors.typing import Prose

PAUSE = 200
"""Milliseconds without typing after which the text is read."""

LARGE = 100_000
"""Characters: a longer text is read without being shown."""

SHOWN_FAULTS = 6

_EXAMPLE = (
    "when;action;version;outcome;seconds\n2026-11-02 09:14;Send reply;2026-11;unchanged;40\n"
    "2026-11-02 09:20;Send reply;2026-11;seeded caught;55"
)


class PasteEvidence(Dialog):
    """One line a run, or one line a period, with headings. Ctrl and Return adds, Esc goes away, a file may be
    dropped."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Paste evidence", parent)
        self.desk = desk
        self._given = ""
        self._preview: Preview | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.read)
        self.setAcceptDrops(True)
        self._build()
        self.make_room(desk.theme.px(980))
        self._take_clipboard()
        self.read()

    def take_file(self, path: Path) -> None:
        """Read a file instead of what is typed."""
        try:
            text = _text_of(path)
        except AppError as error:
            self._refuse(error)
            return
        self.take_text(text, msg("From “{name}”.", name=path.name))

    def take_text(self, text: str, source: Message) -> None:
        """Read this text, which is too long to be shown or comes from a file."""
        self.text.setPlainText("")
        self._given = text
        set_text(self._source, source)
        self.read()

    def _take_clipboard(self) -> None:
        """Start with the clipboard where that is a table of evidence, whatever else may be wrong with it."""
        copied = QGuiApplication.clipboard().text().strip()
        if "\n" not in copied or len(copied) > LARGE:
            return
        try:
            read_evidence(self.desk.document, copied, self.desk.workspace.workspace.mint.moment())
        except AppError:
            # It is something else that somebody copied: the box stays empty, as if nothing had been.
            return
        self.text.setPlainText(copied)
        self.text.selectAll()

    def read(self) -> None:
        """Show what the text would add, and what is wrong with it."""
        self._pause.stop()
        text = self._given or self.text.toPlainText()
        if not text.strip():
            self._show(None)
            set_text(self._told, "")
            return
        try:
            self._show(read_evidence(self.desk.document, text, self.desk.workspace.workspace.mint.moment()))
        except AppError as error:
            self._refuse(error)

    def add(self) -> None:
        """Add what the preview shows, as one step."""
        if self._pause.isActive():
            self.read()
        chosen = self._chosen()
        if chosen is None or not chosen.rows:
            return
        try:
            made = self.desk.workspace.attempt(adding(chosen, overlapping=True), self)
        except AppError as error:
            self._refuse(error)
            return
        if made is not None:
            added = number_of(len(made.changes), "1 row of evidence was added.", "{count} rows of evidence were added.")
            self.desk.say(added)
        self.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.take_file(path)

    def _build(self) -> None:
        layout = column(self, margins=(20, 18, 20, 18), spacing=10)
        layout.addWidget(label("What did the runs show?", "heading"))
        told = "A table with headings, from a spreadsheet or a log: one line a run, or one line a period."
        layout.addWidget(label(told, "secondary", wrap=True))
        self.text = _PasteBox()
        self.text.setPlaceholderText(_EXAMPLE)
        self.text.setAccessibleName(words("Evidence, one line a run or a period"))
        self.text.textChanged.connect(self._typed)
        self.text.reverted.connect(self.reject)
        self.text.large.connect(self._large)
        layout.addWidget(self.text)
        self.choose = button("Choose a file …", tip="Or drop one here")
        self.choose.clicked.connect(self._choose)
        self._source = label("", "secondary", wrap=True)
        files = line(spacing=10)
        files.addWidget(self.choose)
        files.addWidget(self._source, 1)
        layout.addLayout(files)
        self._told = label("", "secondary", wrap=True)
        self.table = EvidenceTable(self.desk)
        self.twice = QCheckBox()
        self.twice.clicked.connect(self._count)
        layout.addWidget(self._told)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.twice)
        self.add_button = button("Add", "primary", tip="Ctrl+Return")
        self.add_button.clicked.connect(self.add)
        self.send_with(self.add)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        layout.addStretch()
        buttons = line()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.add_button)
        layout.addLayout(buttons)

    def _choose(self) -> None:
        dialog = QFileDialog(self, words("Choose a file of evidence"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([words("Tables (*.csv *.tsv *.txt)"), words("All files (*)")])
        dialog.fileSelected.connect(self._file_chosen)
        dialog.open()

    def _file_chosen(self, name: str) -> None:
        self.take_file(Path(name))

    def _large(self, text: str) -> None:
        self.take_text(text, msg("Pasted: {count} characters.", count=f"{len(text):,}"))

    def _typed(self) -> None:
        if self.text.toPlainText():
            self._given = ""
            set_text(self._source, "")
        self._pause.start()

    def _refuse(self, error: AppError) -> None:
        self._show(None)
        set_role(self._told, "bad")
        set_text(self._told, str(error))
        self.text.setAccessibleDescription(str(error))

    def _show(self, preview: Preview | None) -> None:
        self._preview = preview
        self.table.show_rows(preview.rows if preview is not None else ())
        self.table.setVisible(bool(preview is not None and preview.rows))
        overlapping = preview.overlapping if preview is not None else ()
        self.twice.setVisible(bool(overlapping))
        self.twice.setChecked(False)
        self.twice.setText(words(msg("Also add what may count runs twice: {count}", count=len(overlapping))))
        if preview is not None:
            set_role(self._told, "bad" if preview.faults else "secondary")
            set_text(self._told, _said(preview))
            self.text.setAccessibleDescription(self._told.text())
        self._count()

    def _count(self) -> None:
        chosen = self._chosen()
        count = len(chosen.rows) if chosen is not None else 0
        say_on(self.add_button, msg("Add {count}", count=count))
        self.add_button.setEnabled(count > 0)

    def _chosen(self) -> Preview | None:
        """What is to be added: everything, or what counts no run twice; None while a line has a fault."""
        preview = self._preview
        if preview is None or preview.faults:
            return None
        if self.twice.isChecked():
            return preview
        return replace(preview, rows=tuple(row for row in preview.rows if row.overlaps is None))


class _PasteBox(Prose):
    """A box for a table; what is very long is handed on without being shown."""

    large = Signal(str)

    def __init__(self) -> None:
        super().__init__(6)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if len(text) > LARGE:
            self.large.emit(text)
        else:
            self.insertPlainText(text)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # A file that is dropped is for the dialog, not its name for this box.
        return source.hasText() and not source.hasUrls()


def _text_of(path: Path) -> str:
    """The text of a file; Unreadable where it is too large, not there, or no text."""
    try:
        return whole(path, LARGEST).decode("utf-8-sig")
    except TooLarge:
        raise Unreadable(
            msg("“{name}” is larger than can be read at once.", name=path.name),
            msg("Split it into files of up to 10 MB."),
        ) from None
    except OSError as error:
        raise Unreadable(
            msg("“{name}” cannot be read: {why}.", name=path.name, why=(error.strerror or str(error)).lower()),
            msg("Choose another file."),
        ) from error
    except UnicodeDecodeError:
        raise Unreadable(msg("“{name}” is not text in UTF-8.", name=path.name), msg("Save it as CSV UTF-8.")) from None


def _dropped(data: QMimeData) -> Path | None:
    """The one file that is dropped."""
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _said(preview: Preview) -> str:
    """The faults, a line each, or what was read."""
    if not preview.faults:
        counts = msg(
            "{rows} from {lines}.",
            rows=number_of(len(preview.rows), "1 row", "{count} rows"),
            lines=number_of(preview.lines, "1 line", "{count} lines"),
        )
        notes = dict.fromkeys(words(note) for row in preview.rows for note in row.notes)
        doubles = [words(row.overlaps) for row in preview.overlapping[:SHOWN_FAULTS] if row.overlaps is not None]
        return "\n".join([words(counts), *notes, *doubles])
    faults = [
        words(msg("Line {line}: {why}", line=fault.line, why=str(fault.problem)))
        for fault in preview.faults[:SHOWN_FAULTS]
    ]
    left = len(preview.faults) - len(faults)
    more = [words(msg("And {count} more.", count=left))] if left else []
    return "\n".join([*faults, *more, words("Nothing can be added before this is put right.")])
