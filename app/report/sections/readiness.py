"""Are we ready: the questions, what is open, accepted and due, what the next stage asks, and what the drills show.

Source: domain.md 1.10, 1.13, 1.15; product.md "A short workshop, a second day, and afterwards".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.commit import AcceptedRisk, DismissedPhrase
from app.model.ids import instant
from app.policy.clock import StepTime, clock_words, step_times
from app.policy.drill import Drill, drill_all
from app.policy.drill_step import Step
from app.policy.due import KINDS, due_next
from app.report.details import listing, table
from app.report.display import day_words
from app.report.material import Material
from app.report.model import Cell, Paragraph, Section, Table, Tone
from app.rules.check import Question, questions
from app.rules.finding import Context, Severity
from app.rules.promises import kept, standing
from app.rules.questions import before_real_work
from app.rules.short_path import six_questions
from app.rules.stages import mandatory, missing_at, next_stage

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
        words(
            msg("{eight} Every open point is a question with a place.", eight=before_real_work(material.agent.stage))
        ),
        (
            *_short_path(material),
            _eight(material),
            _findings(material),
            *_next_stage(material),
            _due(material),
            listing(
                material,
                AcceptedRisk,
                "Nobody has accepted a risk.",
                first=("code", "subject"),
                without=("substance",),
            ),
            listing(material, DismissedPhrase, "No wording was dismissed.", first=("words",)),
            _drills(drills),
            _walks(_hardest(drills)),
        ),
        sheet="Readiness",
    )


def _short_path(material: Material) -> tuple[Paragraph | Table, ...]:
    """That it was the short workshop, with its six questions; nothing where it was the whole one."""
    if not material.short_path:
        return ()
    asked = six_questions(material.document, Context(material.as_of))
    said = msg(
        "This was the short workshop: six questions in 45 minutes, {done} of them answered. Everything else stays "
        "open, and is listed below.",
        done=sum(question.answer for question in asked),
    )
    return Paragraph(words(said)), _answers("six_questions", "The six questions of the short workshop", asked)


def _eight(material: Material) -> Table:
    revision = material.signoff.revision
    context = Context(material.as_of, revision.level if revision else "design")
    return _answers("eight_questions", "The eight questions", questions(material.document, context))


def _answers(key: str, caption: str, asked: Iterable[Question]) -> Table:
    rows = [
        (
            Cell(question.number),
            Cell(words(question.text), Tone.STRONG),
            Cell(words("yes"), Tone.OK) if question.answer else Cell(words("no"), Tone.BAD),
            words(question.detail),
        )
        for question in asked
    ]
    columns = (("No.", 1), ("Question", 5), ("Answer", 1), ("In detail", 6))
    return table(key, columns, rows, caption=caption)


def _findings(material: Material) -> Table:
    rows = [
        (
            finding.code,
            _weight(finding.severity, words("blocks the launch") if finding.eased else ""),
            Cell(words(finding.question), Tone.STRONG),
            words(finding.detail),
            material.name(finding.subject),
            _step(finding.step),
            "; ".join(words(each) for each in standing(material.document, finding)),
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


def _next_stage(material: Material) -> tuple[Table, ...]:
    """What becomes mandatory at the next stage, and where this map would fall short of it."""
    stage = next_stage(material.agent.stage)
    if stage is None:
        return ()
    title = msg(next(entry.label for entry in v.STAGES if entry.value == stage))
    asked = [
        (
            Cell(
                words(each.subject),
                note=words("A promise is enough for the design.") if each.marks[stage].promise else "",
            ),
        )
        for each in mandatory(stage)
    ]
    missing = [
        (
            finding.code,
            _weight(finding.severity),
            Cell(words(finding.question), Tone.STRONG),
            words(finding.detail),
            _step(finding.step),
        )
        for finding in missing_at(material.document, stage, Context(material.as_of), today=material.findings)
    ]
    asks = words(msg("What becomes mandatory at the next stage, “{stage}”", stage=title))
    misses = words(msg("What would be missing at “{stage}”", stage=title))
    return (
        table("next_stage", (("It must have", 1),), asked, caption=asks),
        table(
            "missing_next",
            (("Code", 1), ("Weight there", 1), ("Question", 4), ("What is open", 5), ("Step", 1)),
            missing,
            caption=misses,
            empty="Nothing: this map has what the next stage asks for.",
        ),
    )


def _due(material: Material) -> Table:
    rows = [
        (
            Cell(words(due.when), Tone.BAD if due.overdue else Tone.STRONG),
            Cell(words("overdue"), Tone.BAD) if due.overdue else "",
            words(KINDS[due.kind]),
            words(due.what),
            material.name(due.who) or Cell(words("nobody is named for it"), Tone.BAD),
            _step(due.step),
        )
        for due in due_next(material.document, material.today, kept(material.document, material.findings))
    ]
    columns = (("Day", 2), ("Overdue", 1), ("Kind", 2), ("What", 6), ("Who", 2), ("Step", 1))
    return table("due_next", columns, rows, caption="Due next", empty="Nothing in this map has a day yet.")


def _weight(severity: Severity, note: str = "") -> Cell:
    weight = SEVERITIES[severity]
    return Cell(words(str(weight.value)), weight.tone, note)


def _step(step: str) -> str:
    return next((words(entry.label) for entry in v.STEPS if entry.value == step), step)


def _drills(drills: tuple[Drill, ...]) -> Table:
    """Each drill; failures that leave the same without an answer at the same moment stand together."""
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for drill in drills:
        alike.setdefault((_moment(drill), tuple(map(_gap, drill.gaps))), []).append(_scenario(drill))
    rows = [
        (
            Cell(", ".join(scenarios), Tone.STRONG),
            moment,
            Cell(len(gaps), Tone.BAD if gaps else Tone.OK),
            Cell("\n".join(gaps) or words("every step has an answer"), Tone.BAD if gaps else Tone.OK),
        )
        for (moment, gaps), scenarios in alike.items()
    ]
    columns = (("Failure", 3), ("Set at", 2), ("Gaps", 1), ("Without an answer", 6))
    return table("drill_results", columns, rows, caption="What the drill shows")


def _gap(step: Step) -> str:
    return f"{words(step.title)}: {words(step.gap_reason)}" if step.gap_reason else words(step.title)


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
        for step, time in zip(drill.steps, step_times(drill), strict=True):
            reached = " · ".join(filter(None, (step.who, step.route)))
            reason = words(step.gap_reason) if step.gap_reason else ""
            rows.append(
                (
                    _step_time(time),
                    Cell(words(step.title), Tone.BAD if step.gap else Tone.STRONG),
                    reached,
                    Cell("\n".join(filter(None, (reason, words(step.detail)))), Tone.BAD if step.gap else Tone.PLAIN),
                )
            )
    columns = (("By", 1), ("Step", 2), ("Who", 3), ("How, or what is missing", 6))
    made = table("drill_steps", columns, rows, caption="The hardest drill at each moment, step by step")
    return replace(made, groups=tuple(groups), group_heading=words("Drill"))


def _scenario(drill: Drill) -> str:
    return next(words(entry.label) for entry in v.SCENARIOS if entry.value == drill.scenario)


def _step_time(time: StepTime | None) -> str:
    if time is None:
        return "–"
    return " ".join(filter(None, (words(time.weekday), words(time.day) if time.day else "", time.clock)))


def _moment(drill: Drill) -> str:
    weekday = words(v.WEEKDAYS[drill.moment.weekday()].label)
    return f"{weekday} {day_words(drill.moment.date().isoformat())}, {clock_words(drill.moment)}"
