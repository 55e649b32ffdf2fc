"""The bar below the top: what went wrong, and what was done. Never modal, never in the way of typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from app.messages import Message, words
from ui.icons import Icons
from ui.panels.strip import Strip
from ui.widgets.basic import button, label, line, set_role

NOTICE = 6000
"""Milliseconds for which a notice stays."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A button beside a sentence, and the keys that press it."""

    text: Message
    do: Callable[[], object]
    keys: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    word: str
    sentence: str
    is_wrong: bool
    offers: tuple[Offer, ...] = ()
    is_timed: bool = False


class Bar(Strip):
    """One sentence at a time. A notice goes by itself; a refusal, a note and an offer with the next edit or page. An
    error, and what somebody should have seen, stay until they are put away: what passes is said over them for a
    while."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "error")
        self.setObjectName("bar")
        self._row = row = line(self, margins=(16, 5, 10, 5), spacing=10)
        self.word = label("", "bad")
        self.sentence = label("", "", wrap=True)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.buttons: list[QPushButton] = []
        """Those of the offers that are shown."""
        self.close_button = button("", "quiet", name="Close this message")
        icons.put_on(self.close_button, "x")
        self.close_button.clicked.connect(self.put_away)
        row.addWidget(self.word)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.close_button)
        self._passing: _Said | None = None
        self._error: _Said | None = None
        self._stays: list[_Said] = []
        self._shown: _Said | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTICE)
        self._timer.timeout.connect(self.pass_by)
        self.hide()

    def error(self, said: BaseException | Message | str, *offers: Offer) -> None:
        """Say what went wrong and what to do, in place of the error before."""
        self._passing, self._error = None, _Said(words("Not done."), str(said), is_wrong=True, offers=offers)
        self._show()

    def refusal(self, said: Message) -> None:
        """Say why something was not done that nothing is wrong with: it goes with the next edit or page."""
        self._pass(_Said(words("Not done."), words(said), is_wrong=True))

    def note(self, said: Message) -> None:
        """Say what is good to know, and that nobody has to answer: it goes with the next edit or page."""
        self._pass(_Said(words("Note."), words(said), is_wrong=False))

    def notice(self, said: Message | str) -> None:
        """Say what was done."""
        self._pass(_Said(words("Done."), words(said), is_wrong=False, is_timed=True))

    def offer(self, word: Message, said: Message, act: Message, do: Callable[[], object]) -> None:
        """Say what was done out of sight, with a button, Alt+G, for what can be done about it. It goes with the next
        edit or page: nobody has to be quick."""
        self._pass(_Said(words(word), words(said), is_wrong=False, offers=(Offer(act, do, "Alt+G"),)))

    def stay(self, word: str, said: Message) -> None:
        """Say something that somebody should have seen: it stays until it is put away or no longer so."""
        self._stays.append(_Said(words(word), words(said), is_wrong=False))
        self._show()

    def retract(self, said: Message) -> None:
        """An error, or what somebody should have seen, is no longer so."""
        sentence = words(said)
        if self._error is not None and self._error.sentence == sentence:
            self._error = None
        self._stays = [each for each in self._stays if each.sentence != sentence]
        self._show()

    def no_longer(self, word: str) -> None:
        """What was to stay under this word is no longer so."""
        self._stays = [each for each in self._stays if each.word != words(word)]
        self._show()

    def forget_notice(self) -> None:
        """What was done is taken back; an error stays."""
        if self._passing is not None and not self._passing.is_wrong:
            self.pass_by()

    def pass_by(self) -> None:
        """The next edit was made, or another page is shown: what was said of the one before goes."""
        self._passing = None
        self._show()

    def put_away(self) -> None:
        """Somebody has read what is shown."""
        if self._shown is self._passing:
            self._passing = None
        elif self._shown is self._error:
            self._error = None
        else:
            self._stays = [each for each in self._stays if each is not self._shown]
        self._show()

    def _pass(self, said: _Said) -> None:
        self._passing = said
        self._show()

    def _show(self) -> None:
        """Show what is most urgent, or nothing."""
        said = self._passing or self._error or (self._stays[-1] if self._stays else None)
        if said is self._shown:
            return
        self._timer.stop()
        self._shown = said
        if said is None:
            self.hide()
            return
        held = self.isVisible() and self.has_focus()
        self.word.setText(said.word)
        set_role(self.word, "bad" if said.is_wrong else "ok")
        set_role(self, "error" if said.is_wrong else "notice")
        self.sentence.setText(said.sentence)
        self._show_offers(said.offers)
        self.setAccessibleName(f"{said.word} {said.sentence}")
        self.show()
        if held:
            self.take_focus()
        if said.is_timed:
            self._timer.start()

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        for gone in self.buttons:
            gone.hide()
            self._row.removeWidget(gone)
            gone.deleteLater()
        self.buttons = []
        for offer in offers:
            made = button(offer.text)
            made.setShortcut(QKeySequence(offer.keys))
            made.clicked.connect(offer.do)
            self._row.insertWidget(self._row.count() - 1, made)
            self.buttons.append(made)
