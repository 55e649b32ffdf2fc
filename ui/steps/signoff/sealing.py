"""Signing with a key, for whoever likes: which key, and its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app import keys
from app.errors import AppError
from app.messages import msg, words
from ui.desk import Desk
from ui.dialogs.keys import NewKey, Secret
from ui.widgets.basic import Fold, button, column, label, line, set_look, set_text
from ui.widgets.editors.choosing import Combo
from ui.widgets.sight import bring_into_sight

WHY = "A key of your own seals the signature: nobody without its passphrase can make the same one."


class KeyPart(QWidget):
    """Folded away until somebody wants it; while it is open, the signature is sealed with the key that is chosen."""

    entered = Signal()
    """Return was pressed in the passphrase."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._name = ""
        self._held: tuple[keys.Key, ...] = ()
        self.fold = Fold(msg("Sign with a key as well"), self._made)
        self.fold.switch.toggled.connect(self._tell)
        column(self).addWidget(self.fold)

    @property
    def wanted(self) -> bool:
        """True while the person at the seat means to use a key."""
        return self.fold.switch.isChecked()

    def show_person(self, name: str) -> None:
        """Whose keys are offered."""
        if name != self._name:
            self._name = name
            self._tell()

    def unlocked(self) -> keys.Unlocked | None:
        """The key, ready to seal; None where none is wanted. Raises AppError that says what is missing."""
        if not self.wanted:
            return None
        if not self._held:
            raise AppError(
                msg("{name} has no key on this computer.", name=self._name),
                msg("Make one, or close “{part}”.", part=words(self.fold.title)),
            )
        if not self.passphrase.text():
            raise AppError(
                msg("The passphrase of the key is missing."),
                msg("Type it, or close “{part}” to sign without.", part=words(self.fold.title)),
            )
        return keys.unlock(self._held[self.choice.currentIndex()], self.passphrase.text())

    def say(self, fault: str) -> None:
        """Say below the passphrase what is wrong with the key, and go there: what is typed next is hidden."""
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.passphrase.setAccessibleDescription(fault)
        set_look(self.passphrase, "fault", "true" if fault else "false")
        if fault:
            self.passphrase.clear()
            (self.passphrase if self._held else self.make_button).setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(self.fault)

    def forget(self) -> None:
        """Empty and fold it: the next seat is somebody else's."""
        if self.fold.content is not None:
            self.passphrase.clear()
            self.say("")
        self.fold.switch.setChecked(False)

    def _made(self) -> QWidget:
        inside = QWidget()
        layout = column(inside, spacing=6)
        layout.addWidget(label(WHY, "tertiary", wrap=True))
        self.none = label("", "secondary", wrap=True)
        self.choice: QComboBox = Combo()
        self.choice.setAccessibleName(words("Key"))
        self.passphrase = Secret("Passphrase of the key")
        self.passphrase.returnPressed.connect(self.entered)
        self.passphrase.textEdited.connect(self._typed)
        self.fault = label("", "bad", wrap=True)
        self.fault.hide()
        self.make_button = button("Make a key …")
        self.make_button.clicked.connect(self._make)
        row = line()
        row.addWidget(self.make_button)
        row.addStretch()
        for part in (self.none, self.choice, self.passphrase, self.fault):
            layout.addWidget(part)
        layout.addLayout(row)
        return inside

    def _tell(self) -> None:
        """Offer the keys of the person, where the part is open."""
        if not self.wanted:
            return
        self._held = tuple(key for key in keys.held() if keys.same_name(key.name, self._name))
        set_text(self.none, msg("{name} has no key on this computer yet.", name=self._name))
        self.none.setVisible(not self._held)
        self.choice.clear()
        self.choice.addItems([key.fingerprint for key in self._held])
        self.choice.setVisible(bool(self._held))
        self.passphrase.setVisible(bool(self._held))

    def _typed(self) -> None:
        self.say("")

    def _make(self) -> None:
        dialog = NewKey(self.desk, self._name, self)
        dialog.made.connect(self._new_key)
        dialog.open()

    def _new_key(self, key: keys.Key) -> None:
        self.say("")
        self._tell()
        self.choice.setCurrentIndex(self._held.index(key))
