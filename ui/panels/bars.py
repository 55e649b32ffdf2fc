"""The bars below the top: what went wrong, and what was done. Never modal, never in the way of typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame

from app.messages import Message, words
from ui.icons import Icons
from ui.widgets.basic import button, label, line, say_on, set_role

NOTICE = 6000
"""Milliseconds for which a notice stays."""


class Bar(QFrame):
    """One sentence. A notice goes by itself, a refusal with the next edit or page, an error when it is closed."""

    closed = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "error")
        self.setObjectName("bar")
        row = line(self, margins=(16, 5, 10, 5), spacing=10)
        self.word = label("", "bad")
        self.sentence = label("", "", wrap=True)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.close_button = button("", "quiet", name="Close this message")
        icons.put_on(self.close_button, "x")
        self.close_button.clicked.connect(self.put_away)
        row.addWidget(self.word)
        row.addWidget(self.sentence, 1)
        self.act_button = button("")
        self.act_button.clicked.connect(self._acted)
        self._act: Callable[[], object] | None = None
        self._passes = False
        row.addWidget(self.act_button)
        row.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTICE)
        self._timer.timeout.connect(self.put_away)
        self.hide()

    def error(self, said: BaseException | Message | str) -> None:
        """Say what went wrong and what to do."""
        self._say(words("Not done."), "bad", "error", str(said))
        self._passes = False

    def refusal(self, said: Message) -> None:
        """Say why something was not done that nothing is wrong with: it goes with the next edit or page."""
        self._say(words("Not done."), "bad", "error", words(said))

    def notice(self, said: Message | str) -> None:
        """Say what was done."""
        if self._shows_error():
            return
        self._say(words("Done."), "ok", "notice", words(said))
        self._timer.start()

    def offer(self, word: Message, said: Message, act: Message, do: Callable[[], object]) -> None:
        """Say what was done out of sight, with a button, Alt+G, for what can be done about it. It goes with the next
        edit or page: nobody has to be quick."""
        self._say(words(word), "ok", "notice", words(said))
        say_on(self.act_button, act)
        self.act_button.setShortcut(QKeySequence("Alt+G"))
        self._act = do
        self.act_button.show()

    def stay(self, word: str, said: Message) -> None:
        """Say something that somebody should have seen: it stays until it is closed or no longer so."""
        if self._shows_error():
            return
        self._say(words(word), "ok", "notice", words(said))
        self._passes = False

    def forget_notice(self) -> None:
        """What was done is taken back, or no longer so; an error stays."""
        if self.property("role") == "notice":
            self.put_away()

    def pass_by(self) -> None:
        """The next edit was made, or another page is shown: what was said of the one before goes."""
        if self.isVisible() and self._passes:
            self.put_away()

    def put_away(self) -> None:
        self._timer.stop()
        self.hide()
        self.closed.emit()

    def _say(self, word: str, word_role: str, role: str, sentence: str) -> None:
        self._timer.stop()
        self._passes, self._act = True, None
        self.act_button.hide()
        self.word.setText(word)
        set_role(self.word, word_role)
        set_role(self, role)
        self.sentence.setText(sentence)
        self.setAccessibleName(f"{word} {sentence}")
        self.show()

    def _shows_error(self) -> bool:
        return self.isVisible() and self.property("role") == "error" and not self._passes

    def _acted(self) -> None:
        if self._act is not None:
            self._act()
