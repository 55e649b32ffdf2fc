"""A report with every kind of block, written by hand."""

from __future__ import annotations

import pytest

from app.report.model import (
    Card,
    Cards,
    Cell,
    Column,
    Facts,
    HeatMap,
    NumberedSteps,
    Paragraph,
    Report,
    Section,
    SignatureLine,
    Signatures,
    Step,
    Table,
    Tone,
    Who,
)

FINGERPRINT = "7c1e40aa9b3d" + "0f" * 26
DRAWING = "80,620 120,300 160,180 200,400 180,700;240,500 300,420 360,520 420,430 480,540;520,300 620,700"
PEOPLE = (
    "Agent",
    "Dana Abelard · Workflow, product",
    "Jun Kowalczyk · System",
    "Marc Oyelaran · Exceptions, reviewer",
    "Rosa Steiner · Outcome",
    "Platform on call",
    "Lea Wirth · Evaluation",
    "Ines Falk · Legal",
)


def table(key: str, headings: str, *rows: str, caption: str = "") -> Table:
    """A table from lines of cells with ` | ` between them."""
    columns = tuple(Column(heading) for heading in headings.split(" | "))
    cells = tuple(tuple(Cell(text) for text in row.split(" | ")) for row in rows)
    return Table(key, columns, cells, caption)


def who_owns_it() -> Section:
    cards = (
        Card(
            "Workflow owner · accountable",
            "Dana Abelard",
            ("Head of Support Operations", "Deputy Marc Oyelaran"),
            Tone.WORKFLOW,
        ),
        Card("System owner", "Jun Kowalczyk", ("Platform Engineering Lead", "On call: platform rotation"), Tone.SYSTEM),
        Card(
            "Exception owner",
            "Marc Oyelaran",
            (
                "Billing Team Lead",
                "Answers within 30 min, Mon–Fri 08:00–17:00; paged otherwise, through the pager group BILL",
            ),
            Tone.EXCEPTION,
        ),
        Card("Outcome owner", "Rosa Steiner", ("VP Support", "May expand, narrow, pause or stop"), Tone.OUTCOME),
    )
    actions = table(
        "summary_actions",
        "Action | Oversight | Approver | If it is wrong",
        "Read ticket and history | Out of the loop | none | Nothing to undo",
        "Classify ticket | On the loop | Escalation reviewer watches | Re-classify",
        "Send reply | In the loop | Person on the ticket | Cannot be recalled",
        "Refund, cancel, fraud, legal | Not permitted | goes to a person | ",
        caption="What it may do alone, and what it may not",
    )
    signed = Signatures(
        (
            SignatureLine("Value", "Dana Abelard", "21 Nov 2026, 14:02", True, DRAWING),
            SignatureLine("Safety", "Jun Kowalczyk", "21 Nov 2026, 14:05", True),
            SignatureLine("Outcome", "Rosa Steiner", "not signed yet", False),
        )
    )
    intro = "Classifies billing tickets, drafts replies to simple ones, and sends refunds and fraud to a person."
    return Section(
        "summary", "Who owns this agent", intro, (Cards(cards), actions, signed), alone=True, sheet="Summary"
    )


def card_at_three() -> Section:
    steps = NumberedSteps(
        (
            Step(
                "Stop it",
                "Turn off the feature flag triage.enabled. New tickets go back to people; 40 in flight are held.",
                (Who("Platform on call", ("within 15 min",)),),
            ),
            Step(
                "Say so",
                "Page Dana Abelard (accountable). Post in the billing incident channel.",
                (Who("Platform on call", ("at once",)),),
            ),
            Step(
                "Roll back",
                "Deploy the last release that passed the evaluation suite.",
                (Who("Platform on call", ("within 30 min",)),),
            ),
            Step(
                "Undo what it wrote",
                "Credit: reverse it. Reply sent: cannot be recalled; send the correction template.",
                (Who("Platform on call with Support", ("next morning",)),),
            ),
            Step(
                "Clear the held tickets",
                "Queue “billing-exceptions”. Severity 1 acknowledged within 15 min.",
                (Who("Marc Oyelaran, Billing Team Lead on shift"),),
            ),
            Step(
                "Look back",
                "Incident review within 2 working days; the suite gets a case for it.",
                (Who("Dana Abelard, Lea Wirth"),),
            ),
        )
    )
    day = tuple(0 if 8 <= hour < 17 else (1 if hour >= 6 else -1) for hour in range(24))
    week = HeatMap(
        "Who answers, hour by hour",
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        (day,) * 5 + ((1,) * 24, (-1,) * 24),
        ("Billing leads", "Platform on call"),
        "108 of 168 hours covered · Europe/Berlin",
    )
    return Section(
        "card", "The 3 a.m. card", "Print this page and pin it where the pager is.", (steps, week), alone=True
    )


def boundary() -> Section:
    facts = Facts(
        (
            ("Purpose", Cell("Answer billing questions within ten minutes")),
            ("Cost limit L2", Cell(50_000, note="minor units of EUR")),
            ("Vendor", Cell(None)),
            ("Launch gate", Cell("Open", Tone.WARN)),
        ),
        caption="What it is for",
    )
    paragraphs = (
        Paragraph("It reads tickets, and writes nothing without a person."),
        Paragraph("Two systems have no contract yet.", Tone.WARN),
        Paragraph("Nobody answers on Sunday.", Tone.BAD),
        Paragraph("All system owners accepted.", Tone.OK),
        Paragraph("Barred: refunds, cancellations.", Tone.STRONG),
        Paragraph("Said by the room on 14 November.", Tone.MUTED),
    )
    wide = Table(
        "contracts",
        (Column("System"), *(Column(f"Field {number}") for number in range(14))),
        (
            (Cell("Zendesk"), *(Cell(f"said {number}") for number in range(14))),
            (Cell("Billing core"), Cell("only this"), *(Cell("") for _ in range(13))),
        ),
        "System contracts",
        wide=True,
    )
    systems = Table(
        "systems", (Column("System", 3), Column("How", 5)), (), "Systems touched", empty="No system is named yet."
    )
    return Section(
        "boundary",
        "Boundary",
        "What the agent is for and where it ends.",
        (facts, *paragraphs, systems, wide),
        sheet="Boundary",
    )


def raci() -> Section:
    letters = {
        "Classify ticket": "R A   I   I    ",
        "Send reply": "R A   R        ",
        "Clear an exception": "  C   A/R      ",
        "Pause the agent": "  A I R I R   I",
        "Redraw the boundary": "  A/R C I C I I C",
        "Model or prompt change": "  A C I I R R ",
    }
    rows = []
    for activity, line in letters.items():
        cells = [part.strip() for part in line.replace("A/R", "X ").ljust(16)[::2]]
        rows.append((Cell(activity), *(Cell("A/R" if text == "X" else text, Tone.PLAIN) for text in cells)))
    matrix = Table(
        "raci",
        (Column("Activity", 4), *(Column(name) for name in PEOPLE)),
        tuple(rows),
        "By person",
        groups=((0, "What the agent does"), (2, "When it goes wrong"), (4, "When it changes")),
        matrix=True,
    )
    many = Table(
        "raci_many",
        (Column("Activity", 4), *(Column(f"Person {number} of Accounting") for number in range(45))),
        tuple((Cell(f"Activity {row}"), *(Cell("ARCI"[(row + n) % 4]) for n in range(45))) for row in range(12)),
        "A large room",
        matrix=True,
    )
    return Section("raci", "RACI", "One accountable name on every row.", (matrix, many), sheet="RACI by person")


def readiness() -> Section:
    tones = (Tone.OK, Tone.WARN, Tone.BAD, Tone.MUTED, Tone.STRONG, Tone.EXCEPTION)
    rows = tuple(
        (
            Cell(index + 1),
            Cell(("Done", "Open", "Blocked", "Later", "Now", "Exception owner")[index % 6], tones[index % 6]),
            Cell(f"Question {index}: who is accountable when the agent is wrong about case {index}?", note="rule 104"),
            Cell("Dana Abelard"),
        )
        for index in range(80)
    )
    columns = (Column("No.", 1), Column("State", 2), Column("Question", 8), Column("Who", 3))
    groups = ((0, "Blocks design sign-off"), (30, "Blocks launch"), (60, "Warnings"))
    return Section("readiness", "Readiness", "", (Table("readiness", columns, rows, groups=groups),), sheet="Readiness")


@pytest.fixture
def report() -> Report:
    """A report that shows everything."""
    return Report(
        title="Billing ticket triage agent",
        subtitle="Nordlicht Telecom · stage 1b · inside the support tool",
        status="Signed by 2 of 3 · 21 Nov 2026",
        draft=True,
        fingerprint=FINGERPRINT,
        created="2026-11-21T14:05:00.000Z",
        language="en",
        sections=(
            Section("cover", "AI agent operating model", "", (Facts((("Stage", Cell("1b")),)),), alone=True),
            who_owns_it(),
            boundary(),
            card_at_three(),
            raci(),
            readiness(),
            Section("drill", "Drill results", "", ()),
            Section("changes", "The whole change log", "", (Paragraph("Only here."),), sheet="Log", printed=False),
        ),
        attachment='{"format":"ownermap","note":"Zürich"}',
        layout=1,
    )
