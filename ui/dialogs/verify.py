"""Is the project what was signed, and with whose keys? The same answer as that of the command, with a way to say that a
key is known."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from app import keys
from app.errors import AppError
from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.commit import Signature
from app.signers import SignerKey, signer_keys
from app.verdict import Verdict
from app.verifying import verify_project
from ui.desk import Desk
from ui.dialogs.dialog import Dialog, reader
from ui.widgets.basic import button, column, label, line, set_role, set_text
from ui.widgets.line_list import LineList

SETTLES = 250
"""Milliseconds without an edit after which it is verified again."""


class VerifyDialog(Dialog):
    """Not modal, and it follows the work in the window: the answer is always that for the decisions as they stand."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__("Verify", parent)
        self.desk = desk
        self._path = path
        self._keys: tuple[SignerKey, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLES)
        self._soon.timeout.connect(self.refresh)
        layout = column(self, margins=(20, 18, 20, 18), spacing=10)
        layout.addWidget(label("Is this what was signed?", "heading", wrap=True))
        self.answer = label("", "", wrap=True)
        layout.addWidget(self.answer)
        self.beneath = reader("What stands behind the answer")
        layout.addWidget(self.beneath, 2)
        self.about_keys = label("", "secondary", wrap=True)
        layout.addWidget(self.about_keys)
        self.keys = LineList(desk.theme)
        self.keys.setAccessibleName(words("Keys with which it was signed"))
        self.keys.currentRowChanged.connect(self._mark)
        layout.addWidget(self.keys, 1)
        self.compared = QCheckBox()
        self.compared.toggled.connect(self._follow)
        layout.addWidget(self.compared)
        self.fault = label("", "bad", wrap=True)
        layout.addWidget(self.fault)
        layout.addStretch()
        self.trust_button = button("Trust this key")
        self.trust_button.clicked.connect(self.trust)
        close = button("Close", "primary")
        close.clicked.connect(self.close)
        buttons = line()
        buttons.addStretch()
        buttons.addWidget(self.trust_button)
        buttons.addWidget(close)
        layout.addLayout(buttons)
        desk.workspace.changed.connect(self._changed)
        self.refresh()
        high = 560 if self.keys.count() else 360 if self.beneath.toPlainText() else 0
        self.make_room(desk.theme.px(760), desk.theme.px(high))

    def refresh(self) -> None:
        """Verify the project as it stands."""
        project = self.desk.workspace.workspace.project
        try:
            found, self._keys = verify_project(self._path, project), signer_keys(project.document)
        except AppError as error:
            self._show_fault(error)
            return
        self._show_answer(found)
        self._show_keys()

    def trust(self) -> None:
        """Note the marked key as known: somebody has compared it with its owner."""
        key = self._marked()
        if key is None or not self.compared.isChecked():
            return
        try:
            keys.trust(key.name, key.fingerprint)
        except AppError as error:
            self._show_fault(error)
            return
        self.refresh()
        self.keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_answer(self, found: Verdict) -> None:
        set_role(self.answer, "bad" if found.code else "ok")
        set_text(self.answer, found.answer)
        self.beneath.setPlainText("\n".join(found.beneath))
        self.beneath.setVisible(bool(found.beneath))

    def _show_keys(self) -> None:
        marked = self.keys.currentRow()
        self.keys.blockSignals(True)
        self.keys.clear()
        self.keys.addItems([words(key.words()) for key in self._keys])
        self.keys.setCurrentRow(min(max(marked, 0), len(self._keys) - 1))
        self.keys.blockSignals(False)
        for part in (self.keys, self.trust_button):
            part.setVisible(bool(self._keys))
        if self._keys:
            said = "A key is known here once somebody has compared its fingerprint with its owner."
        else:
            said = "No signature was made with a key: who signed is told by names alone."
        set_text(self.about_keys, msg(said))
        self.about_keys.setVisible(bool(self.desk.document.rows(Signature)))
        self.fault.hide()
        self._mark()

    def _mark(self) -> None:
        """What trusting the marked key would say; it is agreed to anew for each key."""
        self.compared.blockSignals(True)
        self.compared.setChecked(False)
        self.compared.blockSignals(False)
        key = self._marked()
        if key is not None:
            said = "I have compared this fingerprint with {name}: the key is theirs"
            if key.another_known:
                said = "I have compared this fingerprint with {name}: this key is theirs too, beside the known one"
            self.compared.setText(words(msg(said, name=key.name)).replace("&", "&&"))
        self.compared.setVisible(key is not None and key.may_be_known)
        self._follow()

    def _follow(self) -> None:
        key = self._marked()
        self.trust_button.setEnabled(key is not None and key.may_be_known and self.compared.isChecked())

    def _marked(self) -> SignerKey | None:
        place = self.keys.currentRow()
        return self._keys[place] if 0 <= place < len(self._keys) else None

    def _show_fault(self, error: AppError) -> None:
        set_text(self.fault, str(error))
        self.fault.show()

    def _changed(self, change_set: ChangeSet, initiator: QObject | None) -> None:
        self._soon.start()
