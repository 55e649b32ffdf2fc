"""Are we ready: the eight questions, what is open, what is accepted, and what the drills show (domain.md 1.10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.commit import AcceptedRisk, DismissedPhrase
from app.model.ids import instant
from app.policy.drill import Drill, drill_all
from app.report.details import listing, table
from app.report.display import day_words
from app.report.material import Material
from app.report.model import Cell, Section, Table, Tone
from app.rules.check import questions
from app.rules.finding import Context, Finding, Severity

SEVERITIES = {
    Severity.BLOCKER: Cell("blocks sign-off", Tone.BAD),
    Severity.WARNING: Cell("warning", Tone.WARN),
    Severity.ADVICE: Cell("advice", Tone.MUTED),
}


def section(material: Material) -> Section:
    """Readiness."""
    drills = drill_all(material.document, instant(material.as_of))
    return Section(
        "readiness",
        words("Readiness"),
        words("All eight must be yes before it does real work; every open point is a question with a place."),
        (
            _eight(material),
            _findings(material),
            listing(material, AcceptedRisk, "Nobody has accepted a risk.", first=("code", "subject")),
            listing(material, DismissedPhrase, "No wording was dismissed.", first=("words",)),
            _drills(drills),
            _walks(_hardest(drills)),
        ),
        sheet="Readiness",
    )


def _eight(material: Material) -> Table:
    revision = material.signoff.revision
    context = Context(material.as_of, revision.level if revision else "design")
    rows = [
        (
            Cell(question.number),
            Cell(words(question.text), Tone.STRONG),
            Cell(words("yes"), Tone.OK) if question.answer else Cell(words("no"), Tone.BAD),
            words(question.detail),
        )
        for question in questions(material.document, context)
    ]
    columns = (("No.", 1), ("Question", 5), ("Answer", 1), ("In detail", 6))
    return table("eight_questions", columns, rows, caption="The eight questions")


def _findings(material: Material) -> Table:
    rows = [
        (
            finding.code,
            _severity(finding),
            Cell(words(finding.question), Tone.STRONG),
            words(finding.detail),
            material.name(finding.subject),
            _step(finding.step),
            _standing(material, finding),
        )
        for finding in material.findings
    ]
    columns = (
        ("Code", 1),
        ("Weight", 1),
        ("Question", 4),
        ("What is open", 5),
        ("About", 2),
        ("Step", 1),
        ("Accepted or promised", 2),
    )
    return table("findings", columns, rows, caption="Open points", empty="Nothing is open.")


def _severity(finding: Finding) -> Cell:
    weight = SEVERITIES[finding.severity]
    return Cell(words(str(weight.value)), weight.tone)


def _step(step: str) -> str:
    return next((words(entry.label) for entry in v.STEPS if entry.value == step), step)


def _standing(material: Material, finding: Finding) -> str:
    risk = material.document.get(AcceptedRisk, finding.accepted)
    if risk is not None:
        name, until = material.name(risk.who), day_words(risk.expiry)
        return words(msg("accepted by {name} until {day}", name=name, day=until))
    return words("promised with a date") if finding.committed else ""


def _drills(drills: tuple[Drill, ...]) -> Table:
    rows = [
        (
            Cell(_scenario(drill), Tone.STRONG),
            _moment(drill),
            Cell(len(drill.steps)),
            Cell(len(drill.gaps), Tone.BAD if drill.gaps else Tone.OK),
            Cell("\n".join(_gap(drill)) or words("every step has an answer"), Tone.BAD if drill.gaps else Tone.OK),
        )
        for drill in drills
    ]
    columns = (("Failure", 2), ("Set at", 2), ("Steps", 1), ("Gaps", 1), ("Without an answer", 6))
    return table("drill_results", columns, rows, caption="What the drill shows")


def _gap(drill: Drill) -> list[str]:
    return [
        f"{words(step.title)}: {words(step.gap_reason)}" if step.gap_reason else words(step.title)
        for step in drill.gaps
    ]


def _hardest(drills: tuple[Drill, ...]) -> list[Drill]:
    """For each moment the drill with the most gaps: the one to learn from."""
    moments = dict.fromkeys(drill.moment for drill in drills)
    return [max((d for d in drills if d.moment == moment), key=lambda drill: len(drill.gaps)) for moment in moments]


def _walks(drills: list[Drill]) -> Table:
    """Drills step by step, one under the other."""
    rows: list[tuple[Cell | str, ...]] = []
    groups: list[tuple[int, str]] = []
    for drill in drills:
        groups.append((len(rows), f"{_scenario(drill)} · {_moment(drill)}"))
        for step in drill.steps:
            reached = " · ".join(filter(None, (step.who, step.route)))
            reason = words(step.gap_reason) if step.gap_reason else ""
            rows.append(
                (
                    _clock(step.at),
                    Cell(words(step.title), Tone.BAD if step.gap else Tone.STRONG),
                    reached,
                    words(step.detail),
                    Cell(reason, Tone.BAD) if step.gap else Cell(words("answered"), Tone.MUTED),
                )
            )
    columns = (("By", 1), ("Step", 2), ("Who", 3), ("How", 4), ("Gap", 3))
    made = table("drill_steps", columns, rows, caption="The hardest drill at each moment, step by step")
    return replace(made, groups=tuple(groups), group_heading=words("Drill"))


def _scenario(drill: Drill) -> str:
    return next(words(entry.label) for entry in v.SCENARIOS if entry.value == drill.scenario)


def _clock(at: datetime | None) -> str:
    return f"{words(v.WEEKDAYS[at.weekday()].label)} {at:%H:%M}" if at else "–"


def _moment(drill: Drill) -> str:
    weekday = words(v.WEEKDAYS[drill.moment.weekday()].label)
    return f"{weekday} {day_words(drill.moment.date().isoformat())}, {drill.moment:%H:%M}"
