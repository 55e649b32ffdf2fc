"""The selected finding: what is open, why it matters, a weak and a better answer, and what can be done about it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.edits import Edit
from app.edits.standing import accept_risk, promise
from app.errors import AppError, FieldFault
from app.messages import Message, msg, words
from app.model.commit import AcceptedRisk, Commitment
from app.policy.promise import lack_of
from app.report.display import day_words
from app.rules.check import said
from app.rules.finding import Finding, Severity
from app.rules.promises import may_be_promised
from app.rules.sources import source_titles
from ui.desk import Desk
from ui.findings import TOKENS
from ui.steps.readiness.model import weight_words
from ui.widgets.basic import button, column, label, line, set_role, set_text
from ui.widgets.draft_form import DraftForm
from ui.widgets.sight import bring_into_sight


class FindingDetail(QWidget):
    """Stands beside the list, or below it where there is no room."""

    left = Signal()
    """Whoever was here is done: the list takes the focus again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.level = "design"
        """The sign-off for which the points are weighed; at launch a promise is asked for its evidence."""
        self.finding: Finding | None = None
        self.form: DraftForm | None = None
        self.setAccessibleName(words("Selected point"))
        self._build(column(self, spacing=8))
        self.show_finding(None)

    def show_finding(self, finding: Finding | None) -> None:
        """Show another finding, or that there is none. A form that is being filled in stays with its finding."""
        if self.form is not None and (finding is None or self.finding is None or finding.key != self.finding.key):
            self._forget()
        self.finding = finding
        for part in self._parts:
            part.setVisible(finding is not None)
        if finding is None:
            set_text(self._question, msg("Nothing is open here."))
            return
        self._say(finding)
        self._offer(finding)

    def accept(self) -> None:
        """Ask who accepts the risk, why, and until when."""
        if self.finding is not None and not self.accept_button.isVisibleTo(self):
            self.desk.refuse(msg("Only an open warning can be accepted; this one asks for an answer."))
        elif self.finding is not None:
            form = DraftForm(self.desk, AcceptedRisk, ("who", "why", "expiry"), msg("Accept the risk"))
            form.sent.connect(self._accepted)
            self._show_form(form)

    def promise(self) -> None:
        """Ask who promises what, and by when."""
        if self.finding is not None and not self.promise_button.isVisibleTo(self):
            self.desk.refuse(msg("This cannot stand as a promise; it asks for an answer now."))
        elif self.finding is not None:
            # An example, not a value: what is promised is said by whoever promises it.
            examples = {"what": msg("For example: {answer}", answer=self.finding.better)}
            names = ("what", "who", "by_when")
            form = DraftForm(self.desk, Commitment, names, msg("Promise it"), examples=examples)
            form.sent.connect(self._promised)
            self._show_form(form)

    def _build(self, layout: QVBoxLayout) -> None:
        head = line(spacing=8)
        self._weight = label("", "chip")
        self._code = label("", "tertiary")
        head.addWidget(self._weight)
        head.addWidget(self._code)
        head.addStretch()
        layout.addLayout(head)
        self._question = label("", "question", wrap=True)
        self._detail = label("", "", wrap=True)
        self._about = label("", "secondary", wrap=True)
        self._standing = label("", "ok", wrap=True)
        self.go_button = button(msg("Go to it"), "primary")
        self.go_button.clicked.connect(self._go)
        self.accept_button = button(msg("Accept …"), tip=msg("A risk that somebody takes by name, until a day (A)"))
        self.accept_button.clicked.connect(self.accept)
        self.promise_button = button(msg("Promise …"), tip=msg("Evidence that somebody promises by a day (P)"))
        self.promise_button.clicked.connect(self.promise)
        buttons = QWidget()
        row = line(buttons, spacing=6)
        for each in (self.go_button, self.accept_button, self.promise_button):
            row.addWidget(each)
        row.addStretch()
        self._form_place = column(spacing=0)
        self._why = label("", "", wrap=True)
        self._source = label("", "tertiary", wrap=True)
        self._weak = label("", "weak", wrap=True)
        self._better = label("", "better", wrap=True)
        why_caption = label(msg("Why it matters"), "caption")
        answers_caption = label(msg("Weak and better"), "caption")
        for part in (self._question, self._detail, self._about, self._standing, buttons):
            layout.addWidget(part)
        layout.addLayout(self._form_place)
        for part in (why_caption, self._why, self._source, answers_caption, self._weak, self._better):
            layout.addWidget(part)
        layout.addStretch()
        self._parts: tuple[QWidget, ...] = (
            self._weight,
            self._code,
            self._detail,
            self._about,
            self._standing,
            buttons,
            why_caption,
            self._why,
            self._source,
            answers_caption,
            self._weak,
            self._better,
        )

    def _say(self, finding: Finding) -> None:
        document = self.desk.document
        token = "ok" if finding.accepted or finding.eased else TOKENS[finding.severity]
        set_text(self._weight, weight_words(finding))
        set_role(self._weight, "chip" if token == "ink_3" else f"chip-{token}")
        set_text(self._code, finding.code)
        set_text(self._question, finding.question)
        set_text(self._detail, finding.detail)
        about = document.called(finding.subject)
        set_text(self._about, msg("About: {name}", name=words(about)) if about else "")
        self._about.setVisible(bool(about))
        standing = self._stands_for(finding)
        set_text(self._standing, standing or "")
        set_role(self._standing, "ok" if finding.accepted or finding.eased else "warn")
        self._standing.setVisible(standing is not None)
        set_text(self._why, finding.why)
        sources = source_titles(finding.source)
        set_text(self._source, msg("Source: {titles}", titles="; ".join(sources)) if sources else "")
        self._source.setVisible(bool(sources))
        set_text(self._weak, msg("Weak: {answer}", answer=finding.weak))
        set_text(self._better, msg("Better: {answer}", answer=finding.better))

    def _stands_for(self, finding: Finding) -> Message | None:
        """Who accepted or promised it, also where that no longer counts."""
        document = self.desk.document
        today = self.desk.today()
        for risk in document.rows(AcceptedRisk):
            if (risk.code, risk.subject) != finding.key:
                continue
            who, until = document.called(risk.who), day_words(risk.expiry)
            if risk.id == finding.accepted:
                return msg("Accepted by {who} until {day}: {why}", who=who, day=until, why=risk.why)
            if not risk.expiry:
                return msg("{who} accepted it without a day on which that ends. Give it one.", who=who)
            if risk.expiry < today:
                return msg(
                    "{who} accepted it until {day}; that day is over. Accept it again, or answer it.",
                    who=who,
                    day=until,
                )
            return msg("{who} accepted it when it said something else. Look at it again.", who=who)
        for commitment in document.rows(Commitment):
            if (commitment.code, commitment.subject) != finding.key:
                continue
            who, day, what = document.called(commitment.who), day_words(commitment.by_when), commitment.what
            if commitment.id == finding.committed and finding.eased:
                return msg("Promised by {who} by {day}: {what}", who=who, day=day, what=what)
            if self.level == "launch":
                return msg(
                    "{who} promised it by {day}; launch asks for the evidence: {what}",
                    who=who,
                    day=day,
                    what=what,
                )
            if commitment.done_on:
                done = day_words(commitment.done_on)
                return msg("{who} did what was promised on {day}, and it is open all the same.", who=who, day=done)
            lack = lack_of(document, commitment, today)
            if lack is not None:
                return msg("{who} promised it, and that does not count: {why}.", who=who, why=lack.why)
            if commitment.by_when < today:
                return msg("{who} promised it by {day}; that day is over.", who=who, day=day)
            return msg("{who} promised it by {day}: {what}. It stays open until then.", who=who, day=day, what=what)
        return None

    def _offer(self, finding: Finding) -> None:
        self.accept_button.setVisible(finding.severity is Severity.WARNING and not finding.accepted)
        self.promise_button.setVisible(self.level == "design" and may_be_promised(self.desk.document, finding))

    def _show_form(self, form: DraftForm) -> None:
        self._forget()
        self.form = form
        form.forgotten.connect(self._done)
        self._form_place.addWidget(form)
        form.focus_first()
        QTimer.singleShot(0, form, self._bring_form)

    def _bring_form(self) -> None:
        """Have all of the form in sight, with its buttons, once the layout has settled."""
        if self.form is not None:
            bring_into_sight(self.form.send_button)
            bring_into_sight(self.form.first_control())

    def _accepted(self, values: dict[str, Any]) -> None:
        assert self.finding is not None
        found = self.finding
        seen = said(self.desk.document, found)
        self._run(accept_risk(found.code, found.subject, *seen, **values), msg("The risk is accepted by name."))

    def _promised(self, values: dict[str, Any]) -> None:
        assert self.finding is not None
        found = self.finding
        self._run(promise(found.code, found.subject, **values), msg("Promised, with a name and a day."))

    def _run(self, edit: Edit, done: Message) -> None:
        assert self.form is not None
        try:
            self.desk.workspace.attempt(edit, self)
        except FieldFault as fault:
            self.form.refuse(fault)
            return
        except AppError as error:
            self.desk.workspace.failed.emit(error)
            return
        self.desk.say(done)
        self._done()

    def _done(self) -> None:
        self._forget()
        self.left.emit()

    def _forget(self) -> None:
        if self.form is not None:
            self._form_place.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _go(self) -> None:
        if self.finding is not None:
            self.desk.go_to(self.finding)
