"""Who owns this agent: one page that stands alone, and the cover before it."""

from __future__ import annotations

from itertools import zip_longest

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.boundary import Workflow
from app.model.change import ApprovalRule, EvaluationSuite
from app.model.oversight import Action
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.model.scorecard import Metric, ReviewRhythm
from app.model.stop import StopControl
from app.policy.coverage import nominal
from app.policy.holders import holder
from app.report.details import table
from app.report.display import day_words
from app.report.hours import exceptions_within, windows_of
from app.report.material import Material
from app.report.model import Block, Card, Cards, Cell, Facts, Paragraph, Section, Table, Tone
from app.report.sections.actions import current_mode
from app.report.sections.signoff import IN_DOUBT, receipt_fact, signatures, what_does_not_hold
from app.revisions.record import entries
from app.rules.tally import tally

MOST_ACTIONS = 14
"""Actions that have a row on the page; of the others it gives the name and the mode."""

TONES = {
    "workflow": Tone.WORKFLOW,
    "system": Tone.SYSTEM,
    "exception": Tone.EXCEPTION,
    "outcome": Tone.OUTCOME,
}


def cover(material: Material) -> Section:
    """The cover."""
    agent = material.agent
    stage = next((entry.label for entry in v.STAGES if entry.value == agent.stage), agent.stage)
    items = (
        (words("Stage"), Cell(words(stage))),
        (words("Status"), Cell(words(material.signoff.words()), Tone.STRONG)),
        *receipt_fact(material),
        (words("As of"), Cell(_as_of(material))),
        (words("Review this map by"), _or_nothing_said(day_words(agent.review_by))),
        (words("Open points"), Cell(words(tally(material.findings).said()))),
    )
    doubts: tuple[Block, ...] = ()
    if material.signoff.faults:
        doubts = (Paragraph(words(IN_DOUBT), Tone.BAD), *what_does_not_hold(material))
    return Section("cover", words("AI agent operating model"), agent.name, (Facts(items), *doubts), alone=True)


def _as_of(material: Material) -> str:
    """The moment that the map is told from; of a signed one, with how far the operating record has gone on since."""
    moment = material.moment(material.as_of)
    recorded = entries(material.log)
    if not material.signoff.signed or not recorded or recorded[-1].at <= material.as_of:
        return moment
    said = msg(
        "decisions as of {moment}; operating record up to entry {number}, {recorded}",
        moment=moment,
        number=recorded[-1].number,
        recorded=material.moment(recorded[-1].at),
    )
    return words(said)


def section(material: Material) -> Section:
    """Who owns this agent."""
    workflow = material.document.only(Workflow)
    blocks: list[Block] = [
        Cards(tuple(_card(material, owner) for owner in material.document.rows(OwnerAssignment))),
        _actions(material),
    ]
    others = material.document.rows(Action)[MOST_ACTIONS:]
    if others:
        told = ", ".join(f"{action.name} ({current_mode(material, action).value})" for action in others)
        blocks.append(Paragraph(words(msg("And: {actions}.", actions=told))))
    blocks += [
        _stop_change_judge(material),
        Paragraph(words("Signed by"), Tone.STRONG),
        signatures(material, required_only=True),
    ]
    return Section(
        "summary",
        words("Who owns this agent"),
        workflow.statement or workflow.purpose or words("Nobody has said yet what it does."),
        tuple(blocks),
        alone=True,
        sheet="Summary",
    )


def _or_nothing_said(text: str) -> Cell:
    return Cell(text) if text else Cell(words("not said"), Tone.MUTED)


def _card(material: Material, owner: OwnerAssignment) -> Card:
    person = material.document.get(Person, owner.person)
    name = person.called() if person else owner.stand_in or words("Nobody yet")
    label = words(owner.called())
    heading = words(msg("{owner} · accountable", owner=label)) if owner.type == "workflow" else label
    deputy = material.name(owner.deputy)
    lines = [
        person.title if person else "",
        words(msg("Deputy {name}", name=deputy)) if deputy else words("No deputy"),
        *_what_it_means(material, owner),
    ]
    return Card(heading, name, tuple(filter(None, lines)), TONES[owner.type])


def _what_it_means(material: Material, owner: OwnerAssignment) -> list[str]:
    """The line of a card that says how this owner is reached or what they decide."""
    document = material.document
    if owner.type == "system":
        return _first_response(material)
    if owner.type == "exception":
        hours = f"{nominal(document, 'exception', material.today).covered / 60:.4g}"
        times = exceptions_within(material)
        within = words(msg("Answers within {time}", time=times)) if times else ""
        return [", ".join(filter(None, (within, words(msg("{hours} of 168 hours covered", hours=hours)))))]
    rights = [entry.label for entry in v.AUTHORITIES if entry.value in owner.authority]
    return [_sentence(", ".join(map(words, rights)))] if rights else []


def _first_response(material: Material) -> list[str]:
    """Who is on call, where hours are given; else who responds first, and that nobody is on at any hour."""
    covered = nominal(material.document, "first_response", material.today).covered
    if not covered:
        found = holder(material.document, "ARE")
        no_hours = msg("Responds first: {name}; no hours given", name=found.name)
        return [words(no_hours)] if found.name else []
    on_call = dict.fromkeys(material.name(window.holder) for window in windows_of(material, "first_response"))
    hours = f"{covered / 60:.4g}"
    return [words(msg("On call: {names}, {hours} of 168 hours", names=", ".join(on_call), hours=hours))]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _actions(material: Material) -> Table:
    rows = []
    for action in material.document.rows(Action)[:MOST_ACTIONS]:
        approvers = material.names(tuple(filter(None, (action.approver, action.second_approver))))
        rows.append(
            (
                Cell(action.name, Tone.STRONG),
                current_mode(material, action),
                approvers or _instead_of_an_approver(action),
                Cell(action.undo, Tone.MUTED),
            )
        )
    columns = (("Action", 4), ("Human oversight", 3), ("Approver", 3), ("If it is wrong", 4))
    return table(
        "summary_actions",
        columns,
        rows,
        caption="What it may do alone, and what it may not",
        empty="No action is listed yet.",
    )


def _instead_of_an_approver(action: Action) -> Cell:
    if "human_acts_next" in action.flags:
        return Cell(words("hands to a person"))
    if action.current == "not_permitted":
        return Cell(words("goes to a person"))
    if action.current in ("out_of_loop", "on_loop", "shadow"):
        return Cell(words("none beforehand"), Tone.MUTED)
    return Cell(words("nobody yet"), Tone.BAD)


def _stop_change_judge(material: Material) -> Table:
    columns = (("Stop it", 1), ("Change it", 1), ("Judge it", 1))
    lists = (_stop(material), _change(material), _judge(material))
    return table("stop_change_judge", columns, list(zip_longest(*lists, fillvalue="")))


def _stop(material: Material) -> list[str]:
    controls = material.document.rows(StopControl)
    if not controls:
        return [words("No stop button yet")]
    control = controls[0]
    tested = day_words(control.last_tested)
    return [
        control.where or words("Nobody has said where it is"),
        material.names(control.who) or words("Nobody may press it yet"),
        words(msg("Last tested {day}", day=tested)) if tested else words("Never tested"),
    ]


def _change(material: Material) -> list[str]:
    rules = {rule.change: rule for rule in material.document.rows(ApprovalRule)}
    lines = []
    for change, label in (("wider_scope", "Scope"), ("looser_threshold", "Thresholds"), ("prompts", "Prompts")):
        rule = rules.get(change)
        who = material.names(rule.approvers) if rule else ""
        lines.append(f"{words(label)}: {who or words('nobody yet')}")
    suites = [suite.name for suite in material.document.rows(EvaluationSuite) if suite.standing and suite.gates]
    if suites:
        lines.append(words(msg("First passes: {suite}", suite=suites[0])))
    return lines


def _judge(material: Material) -> list[str]:
    lines = [": ".join(filter(None, (metric.name, metric.threshold))) for metric in material.document.rows(Metric)[:3]]
    for rhythm in material.document.rows(ReviewRhythm)[:1]:
        lines.append(words(msg("Review: {when}", when=rhythm.when or rhythm.what)))
    return lines or [words("Nothing is measured yet")]
