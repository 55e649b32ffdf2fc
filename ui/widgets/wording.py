"""The wording check beside a field: the words underlined, and below the field what they leave open (domain.md 1.11).

It looks a moment after the last key, so that it is never in the way of typing. F4 goes to the next such words, in this
field and then in the next one of the page; Shift+F4 keeps the words, with a word why, or where all were kept, points
them out again. Neither is needed to go on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QPushButton, QScrollArea, QWidget

from app.edits.wording import dismiss, point_out
from app.errors import AppError, FieldFault
from app.messages import Message, msg, words
from app.model.changes import ChangeSet
from app.model.commit import DismissedPhrase
from app.model.exceptions import Queue
from app.model.fields import Kind
from app.model.owners import Rota
from app.model.room import Agent, Person
from app.rules.wording import WARNED
from app.wording.detect import Phrase
from app.wording.fields import phrases_of
from ui.desk import Desk
from ui.widgets.basic import button, column, label, line, say_on, set_text
from ui.widgets.editors.base import Editor
from ui.widgets.editors.typing import Line, Prose, TypingEditor
from ui.widgets.wording_marks import mark_words, select_words, selection_of

PAUSE = 400
"""Milliseconds without a key after which the words are looked at."""

NEXT_KEYS, KEEP_KEYS = "F4", "Shift+F4"

READ = frozenset(kind.spec.kind for kind in (Person, Rota, Queue, Agent, DismissedPhrase))
"""Kinds of row on which depends whether words leave anything open."""


class WordingCheck(QObject):
    """Looks at what stands in one control, and shows it there and in a panel below, which is made when it is needed."""

    said = Signal(str)
    """What the panel says in one sentence, for the control's description; "" when it says nothing."""

    def __init__(self, desk: Desk, editor: TypingEditor, row_id: str, below: QBoxLayout) -> None:
        """`row_id` is "" for a draft, whose words cannot be kept yet."""
        super().__init__(editor)
        self.phrases: tuple[Phrase, ...] = ()
        self.kept: tuple[Phrase, ...] = ()
        self.panel: WordingPanel | None = None
        self._desk = desk
        self._editor = editor
        self._row_id = row_id
        self._below = below
        control = editor.control()
        assert isinstance(control, Line | Prose)
        self.control = control
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        self._token = "warn" if editor.field.wording in WARNED else "ink_3"
        control.textChanged.connect(self._changed)
        control.cursorPositionChanged.connect(self._tell)
        control.selectionChanged.connect(self._tell)
        desk.theme.changed.connect(self._mark)
        for keys, act in ((NEXT_KEYS, self.go_on), (KEEP_KEYS, self.ask_why)):
            shortcut = QShortcut(QKeySequence(keys), control)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    def follow(self, change_set: ChangeSet | None) -> None:
        """Look again when names or dismissed words changed."""
        if change_set is None or not READ.isdisjoint(change_set.kinds()):
            self.look()

    def look(self) -> None:
        """Look at what stands in the control now."""
        self._soon.stop()
        field = self._editor.field
        found = phrases_of(self._desk.document, self._row_id, field.name, self._editor.text(), field.wording)
        if found != (self.phrases, self.kept):
            self.phrases, self.kept = found
            self._mark()
            self._tell()

    def go_on(self) -> None:
        """Go to the next words that leave something open: in this control, else in the next one that has any."""
        start, end = selection_of(self.control)
        after = [p for p in self.phrases if p.end > start and (p.start, p.end) != (start, end)]
        if after:
            self.go_to(after[0])
            return
        others = _checks_around(self.control)
        place = others.index(self)
        following = [check for check in (*others[place + 1 :], *others[: place + 1]) if check.phrases]
        if following:
            following[0].go_to(following[0].phrases[0])

    def go_to(self, phrase: Phrase) -> None:
        """Put the focus here and select the words of this phrase."""
        self.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        select_words(self.control, (phrase.start, phrase.end))
        _bring_into_view(self.control)

    def ask_why(self) -> None:
        """Ask in the panel why the words may stay; where all of them were kept, point them out again."""
        if self.panel is not None and self.phrases and self._row_id:
            self.panel.ask()
        elif self.kept:
            self.point_out()

    def point_out(self) -> None:
        """Point out again what was kept in this field."""
        self._desk.workspace.run(point_out(self._row_id, self._editor.field.name), self)
        self.look()

    def current(self) -> Phrase | None:
        """The phrase in which the cursor stands, else the next one, else the first."""
        start, _ = selection_of(self.control)
        return next((phrase for phrase in self.phrases if start < phrase.end), next(iter(self.phrases), None))

    def keep(self, phrase: Phrase, why: str) -> None:
        """Keep words; raises a FieldFault where the reason is missing."""
        self._editor.commit()
        keeping = dismiss(self._row_id, self._editor.field.name, phrase.kind, phrase.words, why)
        self._desk.workspace.attempt(keeping, self)
        self.look()
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        self._soon.start(PAUSE if self.control.hasFocus() else 0)

    def _mark(self) -> None:
        spans = [(phrase.start, phrase.end) for phrase in self.phrases]
        mark_words(self._desk.theme, self.control, spans, self._token)

    def _tell(self) -> None:
        phrase = self.current()
        if (self.phrases or self.kept) and self.panel is None:
            self.panel = WordingPanel(self, warns=self._token == "warn", keeps=bool(self._row_id))
            self._below.addWidget(self.panel)
        if self.panel is not None:
            self.panel.tell(phrase, self.phrases, self.kept)
        self.said.emit(self.panel.sentence if self.panel is not None else "")


class WordingPanel(QWidget):
    """What the words are, why that matters, and how it may be said; and a line for the reason why they stay."""

    def __init__(self, check: WordingCheck, *, warns: bool, keeps: bool) -> None:
        super().__init__()
        self.sentence = ""
        self._check = check
        self._phrase: Phrase | None = None
        self._keeps = keeps
        layout = column(self, spacing=2)
        self.what = label("", "warn" if warns else "tertiary", wrap=True)
        self.better = label("", "tertiary", wrap=True)
        layout.addWidget(self.what)
        layout.addWidget(self.better)
        acts = line(spacing=6)
        self.keep_button = _act(acts, msg("Keep them, with a word why ({keys})", keys=KEEP_KEYS), self.ask)
        say_on(self.keep_button, msg("Keep these words …"))
        self.next_button = _act(acts, msg("Go to the next such words ({keys})", keys=NEXT_KEYS), check.go_on)
        self.kept_button = _act(acts, msg("Point them out again ({keys})", keys=KEEP_KEYS), check.point_out)
        acts.addStretch()
        layout.addLayout(acts)
        self.why = _Why()
        self.why.returnPressed.connect(self._keep)
        self.why.forgotten.connect(self._forget)
        self.why.hide()
        self.fault = label("", "bad", wrap=True)
        self.fault.hide()
        layout.addWidget(self.why)
        layout.addWidget(self.fault)

    def tell(self, phrase: Phrase | None, phrases: Sequence[Phrase], kept: Sequence[Phrase]) -> None:
        """Show this phrase, one of several, and which words were kept."""
        if phrase != self._phrase:
            self._phrase = phrase
            self._close()
        self.setVisible(phrase is not None or bool(kept))
        self.sentence = self._say(phrase) if phrase is not None else ""
        for each in (self.what, self.better):
            each.setVisible(phrase is not None)
        self.keep_button.setVisible(phrase is not None and self._keeps)
        say_on(self.next_button, msg("Next of {count}", count=len(phrases)))
        self.next_button.setVisible(len(phrases) > 1)
        told = ", ".join(f"“{each.words}”" for each in kept)
        say_on(self.kept_button, msg("Kept: {words}. Point out again", words=told))
        self.kept_button.setVisible(bool(kept))

    def _say(self, phrase: Phrase) -> str:
        said = msg("“{words}”: {what}. {why}", words=phrase.words, what=phrase.what, why=phrase.why)
        better = msg("Better: {better}", better=phrase.better)
        set_text(self.what, said)
        set_text(self.better, better)
        return f"{words(said)} {words(better)}"

    def ask(self) -> None:
        """Ask why the words may stay."""
        if self._phrase is None:
            return
        asked = words(msg("Why may “{words}” stay? A word is enough; Return keeps it.", words=self._phrase.words))
        self.why.setPlaceholderText(asked)
        self.why.setAccessibleName(asked)
        self.why.show()
        self.why.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # It has its place only once the page has been laid out again.
        QTimer.singleShot(0, self.why, lambda: _bring_into_view(self.why))

    def _keep(self) -> None:
        assert self._phrase is not None
        try:
            self._check.keep(self._phrase, self.why.text())
        except FieldFault as fault:
            self._show_fault(str(fault))
        except AppError as error:
            self._show_fault(str(error))

    def _show_fault(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        self.why.setAccessibleDescription(text)

    def _forget(self) -> None:
        self._close()
        self._check.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self.why.clear()
        self.why.hide()
        self._show_fault("")


def _act(row: QBoxLayout, tip: Message, act: Callable[[], None]) -> QPushButton:
    """A button that Tab passes over, because a key does the same: typing goes on to the next field."""
    made = button("", "link", tip=tip)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.clicked.connect(lambda: act())
    row.addWidget(made)
    return made


class _Why(Line):
    """The line for the reason: Esc forgets it."""

    forgotten = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.forgotten.emit()
            return
        super().keyPressEvent(event)


def check_wording(desk: Desk, editor: Editor, row_id: str, below: QBoxLayout) -> WordingCheck | None:
    """A check for this control, if its field is one whose wording is checked; its panel goes to the end of `below`."""
    field = editor.field
    if not field.wording or field.kind not in (Kind.TEXT, Kind.PROSE) or not isinstance(editor, TypingEditor):
        return None
    return WordingCheck(desk, editor, row_id, below)


def _checks_around(control: QWidget) -> list[WordingCheck]:
    """The checks of the window whose controls can be seen, in the order in which their controls were made."""
    return [check for check in control.window().findChildren(WordingCheck) if check.control.isVisible()]


def _bring_into_view(control: QWidget) -> None:
    """Scroll the page so far that a control can be seen."""
    around: QWidget | None = control
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(control, 50, 80)
