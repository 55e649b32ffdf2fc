"""What each action has shown, what it has earned and what takes it back; and reading evidence into a project."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.base import (
    Commands,
    add_as_of,
    add_author,
    add_file,
    add_json,
    mint_of,
    moment_of,
    note,
    open_project,
    read_project,
    say,
)
from app.errors import NO, USAGE, AppError, Unreadable
from app.messages import Message, msg, number_of, shown, words

if TYPE_CHECKING:
    from app.evidence_text import Preview
    from app.evidence_text.shapes import NewEvidence
    from app.model.document import Document
    from app.model.ids import Mint
    from app.model.oversight import Action
    from app.policy.autonomy import Autonomy


SHAPES = """A source is CSV with a heading line, in one of two shapes:

  one line a run     when,action,outcome,seconds,cost
                     2026-11-02T09:14,Send reply,unchanged,40,0.11
  one line a period  action,from,to,reviewed runs,unchanged,cosmetic edits,material edits,rejected
                     Send reply,2026-10-01,2026-11-14,120,112,5,2,1

An outcome is unchanged, cosmetic, material, rejected, overridden, harmful, seeded caught or seeded missed.
The outcomes of a period add up to its reviewed runs. docs/evidence.md has an example of each."""


def register(commands: Commands) -> None:
    evidence = commands.add(
        "evidence",
        _evidence,
        "Say what each action has shown and earned; 1 if one lost its right to its mode. With --add: read evidence in.",
    )
    evidence.formatter_class = argparse.RawDescriptionHelpFormatter
    evidence.epilog = words(SHAPES)
    add_file(evidence)
    evidence.add_argument("action", nargs="?", default="", metavar="ACTION", help=words("only the action of this name"))
    evidence.add_argument("--add", type=Path, metavar="SOURCE", help=words("a CSV: one line a run, or one a period"))
    evidence.add_argument("--dry-run", action="store_true", help=words("only list what would be added"))
    evidence.add_argument("--force", action="store_true", help=words("add what overlaps evidence that is there too"))
    add_author(evidence)
    add_json(evidence)
    add_as_of(evidence, words("now"))


def _evidence(chosen: argparse.Namespace) -> int:
    if chosen.add is not None:
        return _add(chosen.file, chosen.add, mint_of(chosen), dry_run=chosen.dry_run, force=chosen.force)
    if chosen.dry_run or chosen.force:
        raise AppError(msg("There is nothing to add."), msg("Name a source with --add."), exit_code=USAGE)
    from app.model.oversight import Action
    from app.policy.autonomy import autonomy
    from app.policy.graduation import CAVEATS

    document = read_project(chosen.file).document
    as_of = moment_of(chosen.as_of, document)
    if not chosen.json and not document.rows(Action):
        say(words("There are no actions yet. Type them on the Oversight page."))
        return 0
    found = [autonomy(document, action, as_of) for action in _actions(document, chosen.action)]
    if chosen.json:
        say(json.dumps([_plain(each) for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            say("\n".join(_lines(each)) + "\n")
        say("\n".join(map(words, CAVEATS)))
    return NO if any(each.lost for each in found) else 0


def _actions(document: Document, name: str) -> Sequence[Action]:
    from app.evidence_text.cells import action
    from app.model.oversight import Action

    return (action(document, name),) if name else document.rows(Action)


# --- what is said ------------------------------------------------------------------------------------------


def _lines(found: Autonomy) -> Iterator[str]:
    """One action, a fact a line."""
    yield found.action.name or words("Action without a name")
    before = ""
    for label, said in _facts(found):
        yield f"  {words(label) if label != before else '':<11} {words(said)}"
        before = label


def _facts(found: Autonomy) -> Iterator[tuple[str, Message]]:
    from app.policy.autonomy import bounds, pace, rule_of, seeded, seen, standing, taken_back
    from app.policy.days import in_words
    from app.policy.oversight import mode_label

    yield (
        "Mode",
        msg(
            "{mode}; starts: {start}; floor: {floor}",
            mode=mode_label(found.action.current),
            start=mode_label(found.implied.start),
            floor=mode_label(found.implied.floor),
        ),
    )
    yield "Standing", standing(found)
    for revocation in found.revocations:
        yield "Revocation", taken_back(revocation)
    if found.harm is not None:
        yield "Look now", found.harm
    yield (
        "Shown",
        msg("{version}: {seen}", version=found.version or msg("unnamed version"), seen=seen(found.totals)),
    )
    bounded = bounds(found)
    if bounded is not None:
        yield "Bounds", bounded
        yield "Seeded", seeded(found.totals)
    if found.sequential:
        yield "Sequential", msg("2 % against 8 %: {verdict} (optional)", verdict=msg(found.sequential))
    if found.progress is not None:
        gate = found.progress.gate
        yield "Next", msg("{mode}: {rule}", mode=mode_label(gate.to_mode), rule=rule_of(gate))
        for part in found.progress.missing:
            yield "Missing", part
        time = pace(found.progress, found.action.runs_per_week)
        if time is not None:
            yield "Time", time
        for part in found.deciders:
            yield "Decision", part
    if found.weekly_sample is not None:
        yield "Sample", msg("look at {count} runs a week to notice 5 % of errors", count=found.weekly_sample)
    if found.cooldown_until:
        yield "Revoked", msg("graduates again from {day} on", day=in_words(found.cooldown_until))
    if found.advice is not None:
        yield "Advice", found.advice


def _plain(found: Autonomy) -> dict[str, Any]:
    """The same as JSON. Rates are shares between 0 and 1."""
    from app.policy.autonomy import standing

    ahead = found.progress
    return {
        "action": found.action.id,
        "name": found.action.name,
        "mode": found.action.current,
        "start": found.implied.start,
        "floor": found.implied.floor,
        "severity": found.implied.severity,
        "never_graduates": found.implied.never_graduates,
        "earned": found.earned,
        "belongs_in": found.belongs_in,
        "lost": found.lost,
        "standing": words(standing(found)),
        "behaviour_version": found.version,
        "evidence": found.totals._asdict(),
        "error_upper_bound": found.error_bound,
        "approval_lower_bound": found.approval_bound,
        "sequential": found.sequential,
        "next": None
        if ahead is None
        else {
            "mode": ahead.gate.to_mode,
            "error_limit": ahead.gate.limit / 100,
            "looks": list(ahead.gate.looks),
            "clean_runs_needed": ahead.clean_runs_needed,
            "weeks_needed": ahead.weeks_needed,
            "weeks_to_span": ahead.weeks_to_span,
            "too_slow": ahead.too_slow,
            "seeded_needed": ahead.seeded_needed,
            "missing": [words(part) for part in ahead.missing],
            "deciders": [words(part) for part in found.deciders],
        },
        "weekly_sample": found.weekly_sample,
        "cooldown_until": found.cooldown_until,
        "revocations": [
            {
                "code": each.code,
                "to_mode": each.to_mode,
                "lost": each.lost,
                "at_once": each.at_once,
                "pause": each.pause,
                "because": words(each.because),
            }
            for each in found.revocations
        ],
        "harm_in_the_loop": words(found.harm) if found.harm is not None else "",
        "advice": words(found.advice) if found.advice is not None else "",
    }


# --- adding ------------------------------------------------------------------------------------------------


def _add(target: Path, source: Path, mint: Mint, *, dry_run: bool, force: bool) -> int:
    """Read evidence from a file into a project, all or nothing."""
    from app.evidence_text import LARGEST, adding, read_evidence
    from app.outside import read_bytes
    from app.workspace import Workspace

    try:
        text = read_bytes(source, LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            msg("“{path}” is not text in UTF-8.", path=shown(source)), msg("Save it as CSV UTF-8.")
        ) from None
    if dry_run:
        document = read_project(target).document
        preview = read_evidence(document, text, mint.moment())
        if _refused(preview, force=force):
            return NO
        for row in preview.rows:
            say(words(_row(document, row)))
        return _added(preview, "Rows of evidence that would be added: {count}, from {lines}.")
    with open_project(target) as opened:
        workspace = Workspace(opened.project, opened, mint)
        preview = read_evidence(workspace.document, text, mint.moment())
        if _refused(preview, force=force):
            return NO
        workspace.run(adding(preview, overlapping=force))
    return _added(preview, "Rows of evidence added: {count}, from {lines}.")


def _refused(preview: Preview, *, force: bool) -> int:
    """Say what is wrong, a line each, and that nothing was added; 0 where nothing is wrong."""
    for each in preview.faults:
        note(words(msg("Line {line}: {why}", line=each.line, why=str(each.problem))))
    for row in preview.overlapping:
        note(words(row.overlaps or ""))
    if preview.faults:
        say(words("Nothing was added."))
        return NO
    if preview.overlapping and not force:
        say(words("Nothing was added. Leave out what is there already, or add --force."))
        return NO
    return 0


def _added(preview: Preview, sentence: str) -> int:
    for hint in dict.fromkeys(hint for row in preview.rows for hint in row.notes):
        note(words(hint))
    lines = number_of(preview.lines, "1 line", "{count} lines")
    say(words(msg(sentence, count=f"{len(preview.rows):,}", lines=lines)))
    return 0


def _row(document: Document, new: NewEvidence) -> Message:
    """One row that would be added: what it is about, its days, and what it counts."""
    from app.model.oversight import Evidence
    from app.policy.autonomy import seeded, seen
    from app.policy.evidence import total
    from app.policy.oversight import mode_label

    row = Evidence(id="", rank="", **new.values)
    totals = total([row])
    return msg(
        "Line {line}: {action}, {version}, {mode}: {seen}; {seeded}",
        line=new.line,
        action=document.called(row.action),
        version=row.behaviour_version or msg("unnamed version"),
        mode=mode_label(row.mode),
        seen=seen(totals),
        seeded=seeded(totals),
    )
