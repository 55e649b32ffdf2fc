"""What every page has: the headline, a place for its parts, and the rules for keeping them true.

A page is written like this: subclass Page, build widgets in `__init__`, hand each part that shows rows to
`add_part` (a Form, a RowList, a FieldGrid, a Section, or anything with the three methods of Part), and override
`refresh` for what the page itself paints from the document. Named in `ui.steps.PAGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.messages import Message
from app.model.changes import ChangeSet
from app.model.row import Row
from app.steps import Step
from ui.desk import Desk
from ui.findings import Findings
from ui.widgets.basic import Fold, card, column, label, line, set_role
from ui.widgets.reading_order import controls_of
from ui.widgets.sight import bring_into_sight
from ui.widgets.tips import plain_tip

LOW = 460
"""Height of a page, at 100 % zoom, below which its head says the question alone."""

_HEAD, _LOW_HEAD = (26, 20, 26, 10), (26, 8, 26, 8)
"""Room around the head."""


class Part(Protocol):
    """A piece of a page that shows rows."""

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed; None means that anything may have changed."""

    def show_findings(self, findings: Findings) -> None:
        """Show the open findings where they are answered."""

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """Make the place visible and give the widget that should have the focus; None when it is not here."""


class Page(QWidget):
    """One step: its question as the headline, and the parts that answer it.

    A page that is not on the screen does no work: it catches up when it is shown.
    """

    guide_shown = True
    """Whether the guide stands beside this page until somebody says otherwise; wide pages say False."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__()
        self.desk = desk
        self.step = step
        self.parts: list[Part] = []
        self._stale = False
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = column(self, spacing=0)
        self._head = head = line(margins=_HEAD, spacing=12)
        texts = column(spacing=4)
        self.headline = label(step.question, "title", wrap=True)
        self.subtitle = label(step.subtitle, "subtitle", wrap=True)
        texts.addWidget(self.headline)
        texts.addWidget(self.subtitle)
        head.addLayout(texts, 1)
        self.head_tools = line(spacing=8)
        head.addLayout(self.head_tools)
        head.setAlignment(self.head_tools, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(head)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        self._body.setProperty("role", "body")
        self.body = column(self._body, margins=(26, 4, 26, 24), spacing=14)
        self.scroller.setWidget(self._body)
        whole.addWidget(self.scroller, 1)
        desk.workspace.changed.connect(self._changed)
        desk.workspace.findings_changed.connect(self._found)
        desk.theme.changed.connect(self.fit_head)

    # --- for subclasses ---

    def add_part(self, part: Part) -> None:
        """Keep a part true from now on. Where it stands in the layout is up to the page."""
        self.parts.append(part)

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Bring up to date what the page shows besides its parts; None means that anything may have changed."""

    def refresh_findings(self, findings: Findings) -> None:
        """Bring up to date what the page shows of the findings besides its parts."""

    def inspector(self) -> QWidget | None:
        """A panel that takes the guide's place beside this page."""
        return None

    # --- for the window ---

    def reveal(self, row_id: str, field: str) -> bool:
        """Put the focus where a finding is answered; False when the page has no such place.

        With no row, `field` names a kind of row: the focus goes to where one is added. With neither, it goes to the
        first list that is still empty.
        """
        for part in self.parts:
            control = part.reveal(row_id, field)
            if control is not None:
                focus_in(control)
                return True
        return False

    def focus_first(self) -> None:
        """Put the focus on the first control of the page."""
        first = next(controls_of(self._body), None)
        if first is None:
            self.setFocus()
        else:
            focus_in(first)

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.ShortcutFocusReason) -> None:
        """Put the focus where it was last on this page, else on the first control. A line selects its text when the
        reason is a shortcut."""
        last = cast("QWidget | None", self.focusWidget())
        if last is not None and last is not self and last.isVisible():
            last.setFocus(reason)
        else:
            self.focus_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._follow(None, None)
            self._show(self.desk.workspace.findings)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_head()

    def fit_head(self) -> None:
        """Where the page is low, the head says the question alone, the rest in its hint, and the parts get the room."""
        low = self.height() < self.desk.theme.px(LOW)
        set_role(self.headline, "question" if low else "title")
        self.subtitle.setVisible(not low)
        self.headline.setToolTip(plain_tip(self.subtitle.text()) if low else "")
        self._head.setContentsMargins(*(_LOW_HEAD if low else _HEAD))

    def _changed(self, change_set: ChangeSet, initiator: QObject | None) -> None:
        if self.isVisible():
            self._follow(change_set, initiator)
        else:
            self._stale = True

    def _found(self, findings: Findings) -> None:
        if self.isVisible():
            self._show(findings)
        else:
            self._stale = True

    def _follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        for part in self.parts:
            part.follow(change_set, initiator)
        self.refresh(change_set, initiator)

    def _show(self, findings: Findings) -> None:
        for part in self.parts:
            part.show_findings(findings)
        self.refresh_findings(findings)


class Section(QFrame):
    """A card with a heading around one part. A folded one builds its part when it is first opened."""

    def __init__(
        self,
        desk: Desk,
        title: Message | str,
        row_class: type[Row],
        names: Sequence[str],
        build: Callable[[], QWidget],
        *,
        intro: Message | str = "",
        folded: bool = False,
    ) -> None:
        """`build` makes the part: a widget that is also a Part."""
        super().__init__()
        self.desk = desk
        self.row_class = row_class
        self._names = tuple(names)
        self._build = build
        self._part: Part | None = None
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = column(self, margins=(18, 12, 18, 14), spacing=8)
        self.fold: Fold | None = None
        if folded:
            self.fold = Fold(title, self._made)
            layout.addWidget(self.fold)
        else:
            layout.addWidget(label(title, "heading"))
            if intro:
                layout.addWidget(label(intro, "secondary", wrap=True))
            layout.addWidget(self._made())

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        if self._part is not None:
            self._part.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        if self._part is not None:
            self._part.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """Open the section if the place is in it."""
        kind = self.row_class.spec.kind
        if row_id:
            known = row_id in self.desk.document.table(kind).by_id
            if not known or (field and field not in self._names):
                return None
        elif field.partition(":")[0] not in (kind, "") or self._part is None:
            return None
        if self.fold is not None:
            self.fold.open()
        return self._part.reveal(row_id, field) if self._part is not None else None

    def _made(self) -> QWidget:
        made = self._build()
        self._part = made  # type: ignore[assignment]
        return made


def titled(title: Message | str, part: QWidget, *, intro: Message | str = "", role: str = "card") -> QFrame:
    """A card with a heading around a widget."""
    frame, layout = card(role)
    layout.addWidget(label(title, "heading"))
    if intro:
        layout.addWidget(label(intro, "secondary", wrap=True))
    layout.addWidget(part)
    return frame


def focus_in(control: QWidget) -> None:
    """Put the focus on a control and have it in sight."""
    control.setFocus(Qt.FocusReason.ShortcutFocusReason)
    bring_into_sight(control)
