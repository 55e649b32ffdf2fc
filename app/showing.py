"""What the commands print for people: who owns it in a screenful, a drill, the crosswalk, a difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.interchange import plain_row
from app.messages import msg, words
from app.model import vocabulary as v
from app.model.boundary import Workflow
from app.model.changes import RowChange
from app.model.commit import KEPT, RaciOverride, Revision
from app.model.document import Document
from app.model.exceptions import ExceptionPath
from app.model.fields import fields_of
from app.model.owners import OwnerAssignment
from app.model.room import Agent, Person
from app.policy import crosswalk
from app.policy.clock import StepTime, clock_words, step_times
from app.policy.drill import Drill
from app.policy.drill_card import duties_at
from app.policy.holders import column_label, holder
from app.policy.names import signer_called, told_apart
from app.policy.raci import row_called
from app.policy.reconciliation import lead_is_split, rights
from app.report.display import day_words, display, moment_words
from app.revisions import chain, signoff
from app.revisions.differences import Difference
from app.revisions.digest import short


def screenful(document: Document) -> str:
    """Who owns this agent: four owners, five roles, the seats, and where sign-off stands."""
    agent, at_hand = document.only(Agent), signoff.state(document)
    head = agent.name or words("An agent without a name")
    stage = fields_of(Agent)["stage"].choice(agent.stage)
    lines = [
        f"{head}" + (f" · {agent.client}" if agent.client else ""),
        " · ".join(part for part in (words(stage.label) if stage else "", words(at_hand.words())) if part),
    ]
    if at_hand.revision is not None and at_hand.stands:
        lines.append(words(msg("Fingerprint {fingerprint}", fingerprint=short(at_hand.revision.fingerprint))))
    if receipt := _receipt(document, at_hand):
        lines.append(words(msg("Receipt {code}", code=receipt)))
    purpose = document.only(Workflow).purpose
    # Set in, each on one line: a purpose must not read like a line of ours.
    said = [f"  {' '.join(line.split())}" for line in purpose.splitlines()[:2]]
    lines += ["", *(said or [words("Its purpose is not written down yet.")]), ""]
    lines += [_line(label, name) for label, name in _names(document)]
    lines.append("")
    if lead_is_split(document):
        lines += [f"{words(right.what)}: {right.held.name or words('nobody')}" for right in rights(document)]
        lines.append("")
    for seat in at_hand.seats:
        signed = (
            words(msg("signed {when}", when=moment_words(seat.signature.signed_at, agent.time_zone)))
            if seat.signature and at_hand.stands
            else words("not signed")
            if seat.required
            else words("not needed at this stage")
        )
        name = _seat_name(document, seat, at_hand) or words("nobody")
        lines.append(_line(words(msg("Seat {seat}", seat=seat.seat)), f"{name}, {signed}"))
    return "\n".join(lines)


def as_plain(document: Document) -> dict[str, Any]:
    """The same as JSON."""
    agent, at_hand = document.only(Agent), signoff.state(document)
    return {
        "agent": agent.name,
        "client": agent.client,
        "stage": agent.stage,
        "status": words(at_hand.words()),
        "signed": at_hand.signed,
        "does_not_hold": [words(fault) for fault in at_hand.faults],
        "fingerprint": at_hand.revision.fingerprint if at_hand.revision and at_hand.stands else "",
        "receipt": _receipt(document, at_hand),
        "purpose": document.only(Workflow).purpose,
        "people": [{"id": person.id, "name": person.name, "title": person.title} for person in document.rows(Person)],
        "owners": {
            row.type: {"name": document.called(row.person), "deputy": document.called(row.deputy)}
            for row in document.rows(OwnerAssignment)
        },
        "roles": {str(entry.value): holder(document, str(entry.value)).name for entry in v.RACI_COLUMNS[5:10]},
        "decides": {right.key: right.held.name for right in rights(document)},
        "seats": {
            seat.seat: {
                "name": _seat_name(document, seat, at_hand),
                "required": seat.required,
                "signed_at": seat.signature.signed_at if seat.signature and at_hand.stands else "",
            }
            for seat in at_hand.seats
        },
    }


def _seat_name(document: Document, seat: signoff.Seat, at_hand: signoff.SignoffState) -> str:
    """Who signed the seat, as the signature names them; before that, whoever is to sign it."""
    if seat.signature is not None and at_hand.stands:
        return signer_called(document, seat.signature)
    return told_apart(document, seat.person) if seat.person else ""


def _receipt(document: Document, at_hand: signoff.SignoffState) -> str:
    """The receipt code; none for a sign-off that does not hold."""
    return "" if at_hand.faults else chain.receipt(document)


def duty_lines(document: Document, moment: datetime) -> str:
    """Who is there for each duty at an aware moment, a duty a line, and what the agent does otherwise."""
    duties = duties_at(document, moment)
    labels = {str(entry.value): words(entry.label) for entry in v.DUTIES}
    policy = fields_of(ExceptionPath)["off_hours"].choice(document.only(ExceptionPath).off_hours)
    off_hours = words(policy.label if policy else "not said")
    return "\n".join(
        [
            _drilled_at(duties[0].asked),
            *(f"  {labels[each.duty]}: {words(each.said)}." for each in duties),
            words(msg("  While nobody covers: {policy}", policy=off_hours)),
        ]
    )


def drill_lines(drill: Drill) -> str:
    """One drill, a step a line; a gap is marked and says what is missing."""
    scenario = next(words(entry.label) for entry in v.SCENARIOS if entry.value == drill.scenario)
    lines = [f"{scenario}, {_drilled_at(drill.moment)}"]
    times = [_step_time(time) for time in step_times(drill)]
    width = max(map(len, times))
    for step, when in zip(drill.steps, times, strict=True):
        said = words(step.gap_reason) if step.gap and step.gap_reason else words(step.detail)
        who = f" {step.who}." if step.who else ""
        route = f" ({step.route})" if step.route else ""
        mark = words("GAP") if step.gap else "   "
        lines.append(f"  {when:<{width}} {mark:<4} {words(step.title)}:{who}{route} {said}".rstrip())
    return "\n".join(lines)


def _drilled_at(moment: datetime) -> str:
    return f"{moment:%A} {day_words(moment.date().isoformat())} {clock_words(moment)}"


def _step_time(time: StepTime | None) -> str:
    if time is None:
        return "—"
    return " ".join(filter(None, (words(time.weekday), words(time.day) if time.day else "", time.clock)))


def crosswalk_lines(document: Document, as_of: str) -> str:
    """The evidence that the map has, then what it bears on, framework by framework."""
    found = crosswalk.evidence(document, as_of)
    lines = [words(crosswalk.ADVICE), words(crosswalk.eu_standing(document)), ""]
    for each in found.values():
        lines.append(words(each.title))
        lines += [f"  + {words(point)}" for point in each.there]
        lines += [f"  - {words(point)}" for point in each.missing]
    for framework in crosswalk.frameworks():
        lines += ["", f"{framework.name} · {framework.edition}"]
        if framework.note:
            lines.append(words(framework.note))
        for requirement in framework.requirements:
            kinds = ", ".join(words(found[key].title) for key in requirement.evidence)
            standing = words(crosswalk.STANDINGS[requirement.standing(found)])
            toward = f" ({kinds})" if kinds else ""
            lines.append(f"  {standing:<13} {', '.join(requirement.ids)}: {words(requirement.paraphrase)}{toward}")
    return "\n".join(lines)


def crosswalk_plain(document: Document, as_of: str) -> dict[str, Any]:
    """The same as JSON: the kinds of evidence by key, and an entry for each id of each framework."""
    found = crosswalk.evidence(document, as_of)
    return {
        "advice": words(crosswalk.ADVICE),
        "high_risk_use": words(crosswalk.eu_standing(document)),
        "evidence": {
            key: {
                "title": words(each.title),
                "there": [words(point) for point in each.there],
                "missing": [words(point) for point in each.missing],
                "step": each.step,
            }
            for key, each in found.items()
        },
        "entries": [
            {
                "framework": framework.name,
                "edition": framework.edition,
                "id": id,
                "paraphrase": words(each.paraphrase),
                "status": framework.status,
                "evidence": list(each.evidence),
                "standing": each.standing(found).value,
            }
            for framework in crosswalk.frameworks()
            for each in framework.requirements
            for id in each.ids
        ],
        "notes": {each.name: words(each.note) for each in crosswalk.frameworks() if each.note},
    }


def called(document: Document, subject: str) -> str:
    """How what a finding is about is called: a row, or a row of the RACI by its key; empty for the whole map."""
    row = document.find(subject)
    if isinstance(row, RaciOverride):
        label = row_called(document, row.activity) or msg("a row that is gone")
        return words(msg("{row}, {column}", row=label, column=column_label(row.column))) if row.column else words(label)
    return words(row.called() if row is not None else row_called(document, subject))


def difference_lines(found: Iterable[Difference], before: Document, after: Document) -> str:
    """Differences, a field a line: what it was and what it is."""
    lines: list[str] = []
    for one in found:
        change = one.change
        what = f"{words(change.row.spec.one)} “{called(after if change.after else before, change.id)}”"
        if change.before is None or change.after is None:
            lines.append(_in_one_only(change, what))
            continue
        kept = KEPT if isinstance(change.row, Revision) else ()
        if any(name in kept for name in one.fields):
            lines.append(words(msg("~ {what}: what was kept when it froze is not the same in both", what=what)))
        for name in (name for name in one.fields if name not in kept):
            field = fields_of(type(change.row))[name]
            was = display(before, field, change.before.value(name), before.only(Agent))
            now = display(after, field, change.after.value(name), after.only(Agent))
            lines.append(f"~ {what}, {words(field.label)}: “{_one_line(was)}” → “{_one_line(now)}”")
    return "\n".join(lines)


def _in_one_only(change: RowChange, what: str) -> str:
    if isinstance(change.row, Revision):
        said = "+ {what} is in the second one only" if change.before is None else "- {what} is in the first one only"
        return words(msg(said, what=what))
    return f"+ {what}" if change.before is None else f"- {what}"


def differences_plain(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """Differences as JSON: the rows before and after, and the names of the fields that differ."""
    return [
        {
            "kind": one.change.kind,
            "id": one.change.id,
            "fields": list(one.fields),
            "before": plain_row(one.change.before, private=False) if one.change.before else None,
            "after": plain_row(one.change.after, private=False) if one.change.after else None,
        }
        for one in found
    ]


def _names(document: Document) -> Iterable[tuple[str, str]]:
    for row in document.rows(OwnerAssignment):
        name = document.called(row.person) or (row.stand_in and f"{row.stand_in} ({words('a function, no person')})")
        deputy = words(msg("deputy {name}", name=document.called(row.deputy))) if row.deputy else ""
        yield words(row.called()), ", ".join(part for part in (name or words("nobody"), deputy) if part)
    for entry in v.RACI_COLUMNS[5:10]:
        yield words(entry.label), holder(document, str(entry.value)).name or words("nobody")


def _line(label: str, value: str) -> str:
    return f"{label:<28} {value}"


def _one_line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 200 else flat[:199] + "…"
