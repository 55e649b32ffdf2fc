"""The workshop's twelve steps in order: what each asks the room, and how far it is. Usable without a window.

Source: product.md "The workshop"; domain.md 1.11, 1.15. Texts are message ids in our own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.model.document import Document
from app.model.room import AgendaItem, Workshop
from app.rules.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the workshop. `question` is its headline; the rest is what the guide beside it says."""

    id: str
    number: int
    title: str
    group: str
    question: str
    subtitle: str
    ask: str
    listen_for: str
    weak: str
    better: str
    short_minutes: int = 0
    """Minutes that the short workshop plans for it; 0 where none of its six questions is settled (domain.md 1.15)."""

    @property
    def short_path(self) -> bool:
        """True where the short workshop stops."""
        return self.short_minutes > 0


STEPS: tuple[Step, ...] = (
    Step(
        "room",
        1,
        "Room",
        "Prepare",
        "Who is in the room, and who is missing?",
        "One file is one agent. Name it, then name the people who touch it, inside and at the vendor.",
        "Which function hears about this agent first when it goes wrong, and is that function here?",
        "“IT will join later.” Support, Operations, IT or Data without a single name. A vendor who speaks for us.",
        "Support is represented.",
        "Ines Falk, Legal, is not here today; she answers by mail until Friday.",
        short_minutes=4,
    ),
    Step(
        "boundary",
        2,
        "Boundary",
        "Prepare",
        "What may it do, and what must it hand over?",
        "Verbs and objects, then the cases that go to a person. Anything that is not listed is not permitted.",
        "If a new colleague got this page on Monday, would they know which case to put down and pass on?",
        "A slogan where a verb should be. “Customer support automation.” No case at all that is routed out.",
        "Automates customer support.",
        "Classifies inbound billing tickets, drafts replies to simple ones, and routes refunds, fraud, cancellations "
        "and legal cases to a person.",
        short_minutes=8,
    ),
    Step(
        "owners",
        3,
        "Owners",
        "Decide",
        "Who owns this agent, by name?",
        "Four kinds of owner, one person each. Someone may wear two hats; every hat needs a head.",
        "If this agent sends a wrong reply on Friday at 16:37, whose queue is it in?",
        "A department instead of a person. “The team.” The vendor. Silence, then several names at once.",
        "The support team will look at it.",
        "Billing Team Lead on shift; replies within 30 minutes; may issue credits up to 50.",
        short_minutes=10,
    ),
    Step(
        "roles",
        4,
        "Roles",
        "Decide",
        "Who does the daily work of owning it?",
        "Five roles, one primary each. Existing staff will do; a role with a pager needs a rota behind it.",
        "Who changes the prompt on a Tuesday, and who would be woken because of it?",
        "“Whoever built it.” One name in every role. A rota with two people on it.",
        "The engineer who built it keeps an eye on it.",
        "Platform on call, four people in turn, paged through one route; Lea Wirth keeps the evaluation suite.",
    ),
    Step(
        "oversight",
        5,
        "Oversight",
        "Decide",
        "How closely is each action watched?",
        "Oversight belongs to the action, not the agent. Hatched settings are below this action’s floor.",
        "For this one action: who could stop it, before or after, and how would they know?",
        "One setting for the whole agent. A date instead of evidence. “A person is always in the loop.”",
        "On the loop from next quarter.",
        "Stays in the loop until 100 reviewed runs show at most no material edit; then Dana Abelard decides.",
    ),
    Step(
        "exceptions",
        6,
        "Exceptions",
        "Decide",
        "Where do strange cases land, and who clears them?",
        "A queue, a person, a time, what they may do, and what goes further. Then the hours nobody covers.",
        "It is Saturday, 03:00. A case lands in this queue. Who sees it first, and when?",
        "A shared mailbox. “As needed.” Business hours, said as if the agent kept them too.",
        "Goes to the shared inbox; someone on the team will look.",
        "Queue “billing-exceptions”, Marc Oyelaran, within 30 minutes on working days; at night cases wait.",
        short_minutes=8,
    ),
    Step(
        "change",
        7,
        "Change control",
        "Decide",
        "Who may change it, and what is tested first?",
        "Each kind of change has people who draft it, people who approve it, and a test that it must pass.",
        "Who could widen what it does tomorrow without asking anyone in this room?",
        "Five approvers for a comma. Nobody for a new tool. “We tested it once.”",
        "Changes are aligned with all stakeholders.",
        "Prompts: Support drafts, the evaluation suite must pass, Dana Abelard approves within two working days.",
        short_minutes=5,
    ),
    Step(
        "stop",
        8,
        "Stop & recover",
        "Decide",
        "Who stops it, and what puts things right?",
        "The stop button, the way back, the undo for each action. Then the drill: walk your own map at a bad hour.",
        "Show me the button. Who has pressed it, and when was that?",
        "“Ping the person who built it.” A rollback nobody has tried. No word on work that is under way.",
        "We would ask the engineer who built it to switch it off.",
        "Turn off the flag triage.enabled; new tickets go to people, held ones wait; tested on 14 November.",
    ),
    Step(
        "scorecard",
        9,
        "Scorecard",
        "Decide",
        "How will we know it is worth having?",
        "Intervention rate first, then value, customers and cost. Each with an owner, a source, a number and a rhythm.",
        "Which number would make us narrow it, and who would say so?",
        "Uptime only. Numbers without an owner. “We will review it when there is time.”",
        "Uptime of 99.9 %.",
        "Intervention rate below 8 %, from the ticket log, Dana Abelard, weekly; above 15 % for two weeks: stop.",
        short_minutes=5,
    ),
    Step(
        "raci",
        10,
        "RACI",
        "Commit",
        "Is there one accountable name on every row?",
        "Filled in from what you decided. Type R, A, C or I to change a cell; a dot marks what you changed.",
        "Whose name would you not have expected in this column?",
        "Two A in a row. An A who has never heard of it. Everybody consulted on everything.",
        "Everybody is responsible.",
        "One A: Dana Abelard. R: the rota. Told afterwards: Legal.",
    ),
    Step(
        "readiness",
        11,
        "Readiness",
        "Commit",
        "Are we ready, and what do we accept?",
        "Eight questions, every open point with its place, and the risks that somebody accepts by name until a date.",
        "Which of these would you not want to explain to a customer?",
        "“We will see.” A risk without a name. A date that has passed.",
        "Known risk, monitored.",
        "Rosa Steiner accepts that nobody clears exceptions at weekends, until 15 January, because volume is low.",
        short_minutes=3,
    ),
    Step(
        "signoff",
        12,
        "Sign-off",
        "Commit",
        "Can we sign this today?",
        "Each seat signs for itself. Signing freezes this revision; a later change starts a new draft.",
        "Is there anyone who would rather not sign, and why?",
        "“I will sign for her.” A signature that nobody asked for. A blocker that is argued away.",
        "Approved by all.",
        "Jun Kowalczyk, for safety, 14:53, this fingerprint.",
        short_minutes=2,
    ),
)

BY_ID = {step.id: step for step in STEPS}

GROUPS = ("Prepare", "Decide", "Commit")


def on_the_path(document: Document) -> tuple[Step, ...]:
    """The steps of this workshop: all twelve, or those of the short one."""
    short = document.only(Workshop).short_path
    return tuple(step for step in STEPS if step.short_path or not short)


def planned_minutes(document: Document, step: str) -> int | None:
    """The minutes planned for a step: its own of the agenda, or those of the short workshop, 45 in all."""
    if document.only(Workshop).short_path:
        return BY_ID[step].short_minutes or None
    return document.fixed(AgendaItem, step).planned_minutes


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is: counts of its findings that nobody has accepted."""

    blockers: int
    warnings: int
    advice: int

    @property
    def open(self) -> int:
        """What the rail counts: blockers and warnings."""
        return self.blockers + self.warnings

    @property
    def done(self) -> bool:
        """True when the step leaves nothing that blocks or warns."""
        return self.open == 0


def progress(findings: Iterable[Finding]) -> dict[str, Progress]:
    """Step id -> how far it is, for all twelve."""
    counts = {step.id: dict.fromkeys(Severity, 0) for step in STEPS}
    for finding in findings:
        if not finding.accepted:
            counts[finding.step][finding.severity] += 1
    return {
        step: Progress(found[Severity.BLOCKER], found[Severity.WARNING], found[Severity.ADVICE])
        for step, found in counts.items()
    }


def in_order(findings: Iterable[Finding], step: str = "") -> list[Finding]:
    """The open findings, the heaviest first, from this step on in the order of the steps."""
    weights = list(Severity)
    here = BY_ID[step].number if step else 1

    def order(finding: Finding) -> tuple[int, int, str]:
        steps_ahead = (BY_ID[finding.step].number - here) % len(STEPS)
        return weights.index(finding.severity), steps_ahead, finding.code

    return sorted((f for f in findings if not f.accepted), key=order)
