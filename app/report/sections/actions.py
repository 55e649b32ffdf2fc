"""Every action with its oversight: where it starts, its floor and why, where it is, and what it has earned
(domain.md 3.6)."""

from __future__ import annotations

from dataclasses import replace

from app.messages import msg, words
from app.model.oversight import Action, Evidence, GraduationDecision
from app.policy.oversight import BARRED, listed, looser_than, mode_label, oversight_of
from app.report.details import listing, missing, table
from app.report.material import Material
from app.report.model import Cell, Section, Table, Tone


def section(material: Material) -> Section:
    """Actions and oversight."""
    return Section(
        "actions",
        words("Actions & oversight"),
        words("Oversight belongs to the action, not the agent. The floor is the loosest mode that it may ever have."),
        (
            _oversight(material),
            _in_full(material),
            listing(
                material, Evidence, "No runs have been reviewed yet.", first=("action", "behaviour_version", "mode")
            ),
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
        found = oversight_of(material.document, action)
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
                missing(material.name(action.escalation_path), "nowhere yet"),
            )
        )
    columns = (
        ("Action", 4),
        ("Severity", 1),
        ("Starts", 2),
        ("Floor", 2),
        ("Current", 2),
        ("Why this floor", 5),
        ("Escalation path", 2),
    )
    return table("oversight", columns, rows, caption="Oversight of each action", empty=NO_ACTION)


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
    if looser_than(action.current, oversight_of(material.document, action).floor):
        return Cell(mode, Tone.BAD, words("looser than its floor"))
    return Cell(mode)
