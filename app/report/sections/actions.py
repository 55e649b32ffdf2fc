"""Every action with its oversight: where it starts, its floor and why, where it is, and what it has earned
(domain.md 3.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.messages import msg, words
from app.model.fields import fields_of
from app.model.oversight import Action, Evidence, GraduationDecision
from app.policy.autonomy import Autonomy, autonomy, pace, percent, rule_of, seeded, seen
from app.policy.graduation import CAVEATS
from app.policy.oversight import BARRED, listed, looser_than, mode_label, oversight_of
from app.policy.revocation import Revocation
from app.report.details import listing, table
from app.report.material import Material
from app.report.model import Block, Cell, Paragraph, Section, Table, Tone


def section(material: Material) -> Section:
    """Actions and oversight."""
    return Section(
        "actions",
        words("Actions & oversight"),
        words("Oversight belongs to the action, not the agent. The floor is the loosest mode that it may ever have."),
        (
            _oversight(material),
            *_earned(material),
            _in_full(material),
            listing(
                material, Evidence, "No runs have been reviewed yet.", first=("action", "behaviour_version", "mode")
            ),
            *_letters(material),
            listing(
                material,
                GraduationDecision,
                "No action has moved to another mode yet.",
                first=("action", "direction", "from_mode", "to_mode"),
            ),
        ),
        sheet="Actions & oversight",
    )


NO_ACTION = "No action is listed yet."


def _oversight(material: Material) -> Table:
    rows = []
    for action in material.document.rows(Action):
        found = oversight_of(material.document, action, material.today)
        reason = words(listed(found.binding)) if found.binding else words("nothing asks for more")
        if found.never_graduates:
            reason = words(msg("{reason}; it never graduates", reason=reason))
        rows.append(
            (
                Cell(action.name, Tone.STRONG),
                Cell(found.severity),
                words(mode_label(found.start)),
                words(mode_label(found.floor)),
                current_mode(material, action),
                reason,
            )
        )
    columns = (
        ("Action", 4),
        ("Severity", 1),
        ("Starts", 2),
        ("Floor", 2),
        ("Current", 2),
        ("Why this floor", 5),
    )
    return table("oversight", columns, rows, caption="Oversight of each action", empty=NO_ACTION)


def _earned(material: Material) -> Iterator[Block]:
    """What each action has shown against the limit of its next gate, what is missing, and what takes it back."""
    found = [autonomy(material.document, action, material.as_of) for action in material.document.rows(Action)]
    yield _shown(material, [each for each in found if each.totals.runs or each.progress or each.weekly_sample])
    yield _gates([each for each in found if each.progress is not None])
    decided = dict.fromkeys(part for each in found for part in each.deciders)
    if decided:
        yield Paragraph(". ".join(map(words, decided)) + ".")
    yield _revocations(found)
    yield from (Paragraph(words(caveat), Tone.MUTED) for caveat in CAVEATS)


def _shown(material: Material, found: Sequence[Autonomy]) -> Table:
    rows = [
        (
            Cell(each.action.name, Tone.STRONG),
            current_mode(material, each.action),
            words(seen(each.totals)),
            _bound(each),
            f"{percent(each.approval_bound)} %" if each.approval_bound is not None else "",
            words(seeded(each.totals)) if each.totals.runs else "",
            _sample(each),
        )
        for each in found
    ]
    columns = (
        ("Action", 4),
        ("Current", 2),
        ("Shown", 4),
        ("Error at most", 2),
        ("Approval at least", 2),
        ("Reviewers", 2),
        ("To look at", 2),
    )
    caption = "What each action has shown, at 95 %"
    return table("autonomy", columns, rows, caption=caption, empty="No action has reviewed runs, or a gate before it.")


def _bound(found: Autonomy) -> Cell:
    """The exact upper bound on the error rate, against the limit of the next gate."""
    if found.error_bound is None:
        return Cell()
    said = f"{percent(found.error_bound)} %"
    if found.progress is None:
        return Cell(said)
    limit = found.progress.gate.limit
    tone = Tone.OK if found.error_bound <= limit / 100 else Tone.WARN
    return Cell(words(msg("{bound}, limit {limit} %", bound=said, limit=limit)), tone)


def _sample(found: Autonomy) -> str:
    """How many runs are looked at: each of them while somebody approves, a sample while nobody does."""
    if found.weekly_sample is None:
        return words("each run")
    return words(msg("{count} runs a week", count=found.weekly_sample))


def _gates(found: Sequence[Autonomy]) -> Table:
    rows = [
        (
            Cell(each.action.name, Tone.STRONG),
            words(mode_label(ahead.gate.to_mode)),
            words(rule_of(ahead.gate)),
            "\n".join(map(words, ahead.missing)) if ahead.missing else Cell(words("nothing"), Tone.OK),
            words(pace(ahead, each.action.runs_per_week) or ""),
        )
        for each in found
        if (ahead := each.progress) is not None
    ]
    columns = (
        ("Action", 4),
        ("Next", 2),
        ("Rule", 4),
        ("Missing", 6),
        ("Time", 4),
    )
    caption = "What stands before the next looser mode"
    return table("gates", columns, rows, caption=caption, empty="No action has a gate before it.")


def _revocations(found: Sequence[Autonomy]) -> Table:
    rows = [
        (
            Cell(each.action.name, Tone.STRONG),
            reason.code,
            words(mode_label(reason.from_mode)),
            _verdict(reason),
            words(reason.because),
        )
        for each in found
        for reason in each.revocations
    ]
    columns = (("Action", 4), ("Rule", 1), ("Current", 2), ("Belongs in", 3), ("Because", 6))
    caption = "What takes a mode back"
    return table("revocations", columns, rows, caption=caption, empty="Nothing speaks against a mode.")


def _verdict(reason: Revocation) -> Cell:
    """Where an action belongs, or that it is worth a look."""
    if not reason.lost:
        return Cell(words("look now"), Tone.WARN)
    mode = mode_label(reason.to_mode)
    return Cell(words(msg("{mode}, at once", mode=mode) if reason.at_once else mode), Tone.BAD)


def _letters(material: Material) -> Iterator[Paragraph]:
    """What the letters of a run-by-run list mean, where there is one."""
    field = fields_of(Evidence)["outcomes"]
    if any(row.outcomes for row in material.document.rows(Evidence)):
        yield Paragraph(": ".join(map(words, (field.label, field.hint))), Tone.MUTED)


def _in_full(material: Material) -> Table:
    """Every field of every action; the line of the boundary that bars an action does not permit it."""
    found = listing(material, Action, NO_ACTION, caption=words("Each action in full"), key="action_detail")
    at = [column.heading for column in found.columns].index(words("Permitted by"))
    rows = []
    for action, row in zip(material.document.rows(Action), found.rows, strict=True):
        barred = action.current == BARRED or "outside_boundary" in action.flags
        line = (Cell(), row[at]) if barred else (row[at], Cell())
        rows.append((*row[:at], *line, *row[at + 1 :]))
    columns = (
        *found.columns[: at + 1],
        replace(found.columns[at], heading=words("Barred by")),
        *found.columns[at + 1 :],
    )
    return replace(found, columns=columns, rows=tuple(rows))


def current_mode(material: Material, action: Action) -> Cell:
    """The mode that an action has now, in red where it is looser than the action's floor."""
    if not action.current:
        return Cell(words("not chosen yet"), Tone.BAD)
    mode = words(mode_label(action.current))
    if looser_than(action.current, oversight_of(material.document, action, material.today).floor):
        return Cell(mode, Tone.BAD, words("looser than its floor"))
    return Cell(mode)
