"""How far an action has come towards the next looser mode: bars, numbers, and each missing point with its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.messages import Message, msg, words
from app.model.oversight import Action
from app.policy.evidence import totals_of
from app.policy.graduation import Progress, rubber_stamp
from app.policy.oversight import mode_label, oversight_of
from ui.desk import Desk
from ui.steps.oversight.evidence_bar import EvidenceBar
from ui.steps.oversight.evidence_words import caveats, facts, gate_words, needs, no_gate, sample_words
from ui.steps.oversight.missing import place_of
from ui.widgets.basic import column, empty, label, rule, set_role, set_text
from ui.widgets.wrapped import WrappedButton


class Earning(QWidget):
    """The gate of the next looser mode and the evidence for it; why there is none where there is none."""

    place_wanted = Signal(object)
    """A Place (see `missing`): show where a missing point is answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._action: Action | None = None
        self._points: tuple[Message, ...] = ()
        self.links: list[WrappedButton] = []
        self._caption = label("", "caption", wrap=True)
        self._rule = label("", "secondary", wrap=True)
        self.bar = EvidenceBar(desk.theme)
        self._needs = label("", wrap=True)
        self._facts = label("", "secondary", wrap=True)
        self._advice = label("", "warn", wrap=True)
        self._heading = label("Still missing", "caption")
        self._missing = column(spacing=0)
        self._sample = label("", "secondary", wrap=True)
        self._caveats = label("", "tertiary", wrap=True)
        set_text(self._caveats, caveats())
        layout = column(self, spacing=6)
        for part in (rule(), self._caption, self._rule, self.bar, self._needs, self._heading):
            layout.addWidget(part)
        layout.addLayout(self._missing)
        for part in (self._facts, self._advice, self._sample, self._caveats):
            layout.addWidget(part)

    def show_action(self, action: Action, found: Progress | None, as_of: str) -> None:
        """Show how far this action has come at a moment."""
        document, self._action = self._desk.document, action
        if found is None:
            set_text(self._caption, msg("Evidence"))
            set_text(self._rule, no_gate(action, oversight_of(document, action, as_of)))
        else:
            set_text(self._caption, msg("Earning “{mode}”", mode=mode_label(found.gate.to_mode)))
            set_text(self._rule, gate_words(found))
            self.bar.show_progress(found)
            set_text(self._needs, needs(found))
            set_role(self._needs, "warn" if found.clean_runs_needed is None or found.too_slow else "")
        self.bar.setVisible(found is not None)
        self._needs.setVisible(found is not None)
        self._list(action, found.missing if found is not None else ())
        _say(self._facts, "\n".join(words(fact) for fact in facts(document, action, found, as_of)))
        _say(self._advice, rubber_stamp(document, action, as_of))
        _say(self._sample, sample_words(document, action, found))
        runs = totals_of(document, action, action.current, as_of).runs
        self._caveats.setVisible(found is not None or runs > 0)
        self.setAccessibleName(self._caption.text())
        self.setAccessibleDescription(self.said())

    def said(self) -> str:
        """Everything that is said here besides the missing points, as it is read aloud."""
        parts = (self._caption, self._rule, self._needs, self._facts, self._advice, self._sample, self._caveats)
        return "\n".join(part.text() for part in parts if not part.isHidden())

    def _list(self, action: Action, points: tuple[Message, ...]) -> None:
        """A line for each point, made anew only when they differ; a button where it can be answered now."""
        self._heading.setVisible(bool(points))
        if points == self._points:
            return
        self._points = points
        empty(self._missing)
        self.links = []
        for point in points:
            if place_of(self._desk.document, action, point) is None:
                self._missing.addWidget(label(point, "secondary", wrap=True))
                continue
            link = WrappedButton(self._desk.theme, "", words(point), "warn")
            link.setToolTip(words("Go to where this is answered"))
            link.clicked.connect(self._go)
            self.links.append(link)
            self._missing.addWidget(link)

    def _go(self) -> None:
        link = self.sender()
        if isinstance(link, WrappedButton) and self._action is not None:
            point = next(each for each in self._points if words(each) == link.text())
            self.place_wanted.emit(place_of(self._desk.document, self._action, point))


def _say(shown: QLabel, text: Message | str | None) -> None:
    """Words, or nothing at all where there are none."""
    shown.setVisible(bool(text))
    # A number and its percent sign stay on one line.
    set_text(shown, (words(text) if text else "").replace(" %", "\u00a0%"))
