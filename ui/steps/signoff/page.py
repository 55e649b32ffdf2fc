"""Step 12, Sign-off: on the left whether it can be signed, on the right who signs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame

from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.commit import Revision, Signature
from app.model.room import Agent, Person
from app.policy.names import apart, signer_called, told_apart
from app.report.display import moment_day, moment_words
from app.revisions.chain import receipt
from app.revisions.digest import short
from app.revisions.signoff import Seat, SignoffState, not_to_be_signed, state
from app.rules.check import Checker
from app.rules.finding import Context, Finding
from app.signers import key_note
from app.steps import Step
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import Page, titled
from ui.steps.signoff.changed import ChangedPanel, RevisionList
from ui.steps.signoff.seats import SeatLine, SeatList
from ui.steps.signoff.signing import SignPanel
from ui.steps.signoff.standing import Standing
from ui.steps.signoff.withdrawing import WithdrawPanel
from ui.widgets.basic import button, card, label, line, set_role, set_text
from ui.widgets.tips import plain_tip

_BESIDE = 820
"""Pixels of width, at 100 %, from which both sides stand beside each other."""

PROVES = (
    "The same fingerprint is printed on every page of the PDF and in the workbook, so that anyone can check a copy "
    "against this file. It proves what was signed, not who typed the name."
)


class SignoffPage(Page):
    """Reads the state of sign-off in one place, `_tell`, and writes through the panels."""

    guide_shown = False

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self._checker = Checker()
        self._blocked = True
        self.at_hand: SignoffState = state(desk.document)
        self.standing = Standing(desk)
        self.standing.level_chosen.connect(self._level_chosen)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(14)
        left, inside = card()
        inside.addWidget(self.standing)
        self._sides.addWidget(left, 1)
        self._sides.addWidget(self._signatures(), 1)
        self.body.addLayout(self._sides)
        self.changed = ChangedPanel(desk)
        self.changed_card = titled("What changed since the last signed revision", self.changed)
        self.revisions = RevisionList(desk)
        self.body.addWidget(self.changed_card)
        self.body.addWidget(titled("Revisions", self.revisions))
        self.body.addStretch()
        self._tell()

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        self._tell()

    def refresh_findings(self, findings: Findings) -> None:
        self._tell_standing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.desk.theme.px(_BESIDE)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _signatures(self) -> QFrame:
        frame, layout = card()
        head = line(spacing=8)
        head.addWidget(label(msg("Signatures"), "heading"))
        head.addStretch()
        self.badge = label("", "badge")
        head.addWidget(self.badge)
        layout.addLayout(head)
        self.seats = SeatList(self.desk.theme)
        self.seats.selected.connect(self._seat_selected)
        layout.addWidget(self.seats)
        self.signing = SignPanel(self.desk)
        self.signing.signed.connect(self._signed)
        layout.addWidget(self.signing)
        self.fingerprint = label("", "secondary", wrap=True)
        layout.addWidget(self.fingerprint)
        self.receipt = label("", "secondary", wrap=True)
        self.receipt.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        layout.addWidget(self.receipt)
        self.proves = label(PROVES, "tertiary", wrap=True)
        layout.addWidget(self.proves)
        row = line(spacing=8)
        export = button(msg("Export …"))
        export.clicked.connect(self._export)
        row.addWidget(export)
        row.addStretch()
        layout.addLayout(row)
        self.withdrawing = WithdrawPanel(self.desk)
        layout.addWidget(self.withdrawing)
        layout.addStretch()
        return frame

    # --- showing ---

    def _tell(self) -> None:
        """Show everything that follows from the document as it stands."""
        standing = self.at_hand = state(self.desk.document)
        revision = standing.revision
        self.standing.hold_level(revision.level if revision is not None and standing.in_progress else "")
        set_text(self.badge, standing.words())
        set_role(self.badge, "badge-ok" if standing.signed else "badge")
        self.withdrawing.setVisible(revision is not None and not standing.complete)
        self.changed_card.setVisible(standing.last_signed is not None)
        self.changed.show_changes(standing, self._now())
        self.revisions.show_revisions(self.desk.document.only(Agent).time_zone)
        self._tell_fingerprint()
        self._tell_standing()

    def _tell_standing(self) -> None:
        """Show what blocks the level that is chosen, and the seats at that level."""
        now = self._now()
        findings = self._findings(now)
        self._blocked = any(finding.blocks for finding in findings)
        self.standing.show_standing(findings, now, in_doubt=bool(self.at_hand.faults))
        self.seats.show_lines([self._seat_line(seat) for seat in self.at_hand.seats])
        self._tell_seat()

    def _findings(self, now: str) -> tuple[Finding, ...]:
        """The findings at the level that is chosen; the window has those of the design sign-off already."""
        if self.standing.level == "design":
            return self.desk.workspace.findings.all
        return self._checker.findings(self.desk.document, Context(now, self.standing.level))

    def _tell_seat(self) -> None:
        seat = next((seat for seat in self.at_hand.seats if seat.seat == self.seats.current), None)
        if seat is not None:
            signed = bool(self._signature_here(seat))
            revision = self.at_hand.revision
            going_on = revision is not None and self.at_hand.in_progress and revision.level == self.standing.level
            number = revision.number or 0 if revision is not None and going_on else self.at_hand.draft
            self.signing.show_seat(seat, self.standing.level, number, signed=signed, blocked=self._blocked)
            if (refusal := not_to_be_signed(self.desk.document)) is not None:
                self.signing.refuse(refusal)

    def _tell_fingerprint(self) -> None:
        code = receipt(self.desk.document)
        holds = not self.at_hand.faults
        revision = self.at_hand.revision
        is_draft = revision is None or self.at_hand.changed
        said = "Receipt {code}. Keep it outside this file, such as in the minutes."
        if is_draft:
            said = "Receipt {code}, of what was signed before this draft. Keep it outside this file."
        set_text(self.receipt, msg(said, code=code))
        self.receipt.setVisible(bool(code) and holds)
        self.fingerprint.setVisible(holds)
        self.proves.setVisible(holds and not is_draft)
        if revision is None or is_draft:
            self.fingerprint.setToolTip("")
            draft = msg(
                "Draft {number}. The first signature freezes it and gives it a fingerprint.", number=self.at_hand.draft
            )
            set_text(self.fingerprint, draft)
            return
        zone = self.desk.document.only(Agent).time_zone
        day = moment_words(revision.frozen_at, zone)
        set_text(
            self.fingerprint,
            msg(
                "Revision {number} · {day} · Fingerprint {fingerprint}",
                number=revision.number or 0,
                day=day,
                fingerprint=short(revision.fingerprint),
            ),
        )
        self.fingerprint.setToolTip(plain_tip(revision.fingerprint))

    def _seat_line(self, seat: Seat) -> SeatLine:
        signature = self._signature_here(seat)
        document = self.desk.document
        holder = told_apart(document, seat.person) if seat.person else words("Nobody yet")
        title = words(seat.label)
        named = seat.person is not None
        more = apart(document, seat.person) if seat.person else ""
        if signature is not None:
            when = moment_words(signature.signed_at, self.desk.document.only(Agent).time_zone)
            key = words(key_note(signature)) if signature.key else ""
            who = signer_called(document, signature)
            signer = document.get(Person, signature.person)
            more = apart(document, signer) if signer is not None and who == told_apart(document, signer) else ""
            drawn, by = signature.drawing, signature.called()
            return SeatLine(seat.seat, title, who, when, by, drawn, named, key=key, apart=more)
        if seat.signature is not None and self.at_hand.faults:
            note = words("the sign-off does not hold")
        elif seat.signature is not None:
            day = moment_day(seat.signature.signed_at, self.desk.document.only(Agent).time_zone)
            earlier = document.get(Revision, seat.signature.revision)
            number = earlier.number or 0 if earlier is not None else 0
            note = words(msg("signed revision {number}, {day}", number=number, day=day))
        else:
            note = words("not signed yet") if seat.required else words("need not sign at this stage")
        return SeatLine(seat.seat, title, holder, note, named=named, missing=seat.required, apart=more)

    def _signature_here(self, seat: Seat) -> Signature | None:
        """The seat's signature, where it stands for the decisions as they are and for the level that is chosen."""
        revision = self.at_hand.revision
        stands = revision is not None and self.at_hand.stands and revision.level == self.standing.level
        return seat.signature if stands else None

    def _now(self) -> str:
        return self.desk.workspace.workspace.mint.moment()

    # --- acting ---

    def _level_chosen(self) -> None:
        self._tell_standing()

    def _seat_selected(self, seat: str) -> None:
        self._tell_seat()

    def _signed(self) -> None:
        self.seats.select_next()
        # The line was hidden while its seat was signed, and the focus went on; the next person types at once.
        if not self.signing.focus_name():
            self.seats.focus_current()

    def _export(self) -> None:
        self.desk.command_wanted.emit("export")
