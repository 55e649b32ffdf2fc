"""The RACI by role and by person, with what was changed by hand and why (domain.md 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.messages import msg, words
from app.model.change import ApprovalRule
from app.model.commit import RaciOverride
from app.model.fields import fields_of
from app.model.oversight import Action
from app.policy.approvals import Approval, approvals
from app.policy.covers import Cover
from app.policy.holders import FUNCTION_CODES, VENDOR, column_label, holder
from app.policy.load import loads
from app.policy.raci import MatrixRow, PersonRow
from app.policy.reconciliation import approvals_wanted
from app.report.details import cell, missing, table
from app.report.material import Material
from app.report.model import Cell, Column, Section, Table, Tone

TONES = {
    "A": Tone.ACCOUNTABLE,
    "A/R": Tone.ACCOUNTABLE,
    "R": Tone.RESPONSIBLE,
    "C": Tone.CONSULTED,
    "I": Tone.INFORMED,
}


def by_role(material: Material) -> Section:
    """RACI by role."""
    found = material.matrix
    rows = [
        (Cell(words(row.label), Tone.STRONG), *(_letter(row, code) for code in found.columns)) for row in found.rows
    ]
    headings = [words(column_label(code)) for code in found.columns]
    return Section(
        "raci",
        words("RACI by role"),
        words("Derived from the decisions. Exactly one A on every row: that role answers for it."),
        (_matrix("raci_by_role", headings, rows, found.rows),),
        sheet="RACI by role",
    )


def by_person(material: Material) -> Section:
    """RACI by person."""
    view = material.by_person
    rows = [
        (
            Cell(words(row.label), Tone.STRONG),
            *(_plain_letter(row.letters.get(column.key, "")) for column in view.columns),
        )
        for row in view.rows
    ]
    return Section(
        "raci_people",
        words("RACI by person"),
        words("The same rows with people as columns; A/R where one person answers for it and does it too."),
        (_matrix("raci_by_person", [words(column.name) for column in view.columns], rows, view.rows),),
        sheet="RACI by person",
    )


def approved(material: Material) -> Section:
    """Who says yes: to each action that waits for it, and to each kind of change."""
    found = approvals(material.document)
    return Section(
        "approvals",
        words("Approvals"),
        words("Who says yes before something happens. A second approver is no second A: one person answers for it."),
        (
            _approvals(
                material,
                "approvals_actions",
                "Actions that wait for a yes",
                "Human oversight",
                "Approved or escalated when",
                (each for each in found if each.is_action),
            ),
            _approvals(
                material,
                "approvals_changes",
                "Kinds of change",
                "Class",
                "Time limit",
                (each for each in found if not each.is_action),
            ),
        ),
        sheet="Approvals",
    )


def reasons(material: Material) -> Section:
    """What is behind the matrix: cells changed by hand, letters that end, who holds each column, and the load."""
    return Section(
        "raci_reasons",
        words("Behind the RACI"),
        words("What was changed by hand, who stands behind each column, and how much lands on each person."),
        (_overrides(material), *_help(material), _columns(material), _load(material)),
        sheet="RACI reasons",
    )


def sources(material: Material) -> Section:
    """Why each row of the matrix is as it is: for the workbook, where a row can be looked up."""
    return Section(
        "raci_sources",
        words("Why each row is so"),
        words(
            "Each row starts from a row of the standard RACI, whose number stands here (A for an "
            "action, another letter for a duty that lasts). Source is the code of the source that the "
            "standard row was drawn from."
        ),
        (_sources(material.matrix.rows),),
        sheet="RACI reasons",
        printed=False,
    )


def rows_with(material: Material, person_id: str, letters: Sequence[str]) -> list[str]:
    """The labels of the rows in which a person has one of these letters."""
    return [words(row.label) for row in material.by_person.rows if row.letters.get(person_id) in letters]


def _matrix(key: str, headings: list[str], rows: list[tuple[Cell, ...]], of: Sequence[MatrixRow | PersonRow]) -> Table:
    columns = (Column(words("Row"), 6), *(Column(heading, 1) for heading in headings))
    groups: list[tuple[int, str]] = []
    for index, row in enumerate(of):
        group = words(row.group)
        if not groups or groups[-1][1] != group:
            groups.append((index, group))
    return Table(
        key,
        columns,
        tuple(rows),
        groups=tuple(groups),
        empty=words("No row applies yet."),
        matrix=True,
        group_heading=words("Part"),
    )


def _letter(row: MatrixRow, code: str) -> Cell:
    found = replace(_plain_letter(row.letters.get(code, "")), origin=f"raci:{row.key}.{code}")
    override = row.override(code)
    if override is None:
        until = "; ".join(words(cover.until) for cover in row.covers) if code == VENDOR else ""
        return replace(found, note=until)
    return replace(found, note=words(msg("Changed by hand: {reason}", reason=override.reason or words("no reason"))))


def _plain_letter(letter: str) -> Cell:
    return Cell(letter, TONES.get(letter, Tone.PLAIN))


def _help(material: Material) -> tuple[Table, ...]:
    """The help of the vendor that is laid over the matrix, and until when; nothing where no vendor has a part."""
    if VENDOR not in material.matrix.columns:
        return ()
    counted: dict[Cover, int] = {}
    for row in material.matrix.rows:
        for cover in row.covers:
            counted[cover] = counted.get(cover, 0) + 1
    rows = [
        (Cell(words(column_label(cover.column)), Tone.STRONG), cover.letter, words(cover.until), count)
        for cover, count in counted.items()
    ]
    columns = (("Helps as", 3), ("At most", 1), ("How long", 6), ("Rows", 1))
    empty = "No letter of the vendor is there for a time only."
    return (table("raci_help", columns, rows, caption="Letters of the vendor that end", empty=empty),)


def _approvals(material: Material, key: str, caption: str, grade: str, when: str, found: Iterable[Approval]) -> Table:
    rows = [
        (
            Cell(words(each.what), Tone.STRONG),
            _grade(each),
            missing(material.name(each.first), "nobody") if _asks_somebody(each) else Cell(material.name(each.first)),
            Cell(material.names(each.second)),
            Cell(each.when),
            Cell("; ".join(words(one) for one in each.missing), Tone.BAD if each.missing else Tone.PLAIN),
        )
        for each in found
    ]
    columns = (("What", 3), (grade, 2), ("First approver", 2), ("Second approver", 2), (when, 4), ("Still missing", 3))
    return table(key, columns, rows, caption=caption, empty="Nothing waits for a yes.")


def _grade(approval: Approval) -> str:
    field = fields_of(Action)["current"] if approval.is_action else fields_of(ApprovalRule)["change_class"]
    chosen = field.choice(approval.grade)
    return words(chosen.label) if chosen else words("not chosen")


def _asks_somebody(approval: Approval) -> bool:
    wanted = None if approval.is_action else approvals_wanted(approval.grade)
    return wanted is None or wanted.approvers > 0


def _overrides(material: Material) -> Table:
    labels = {row.key: words(row.label) for row in material.matrix.rows}
    rows = [
        (
            Cell(labels.get(override.activity, override.activity), Tone.STRONG),
            cell(material, override, "column"),
            cell(material, override, "letter"),
            Cell(override.reason) if override.reason else Cell(words("no reason given"), Tone.WARN),
        )
        for override in material.document.rows(RaciOverride)
    ]
    columns = (("Row", 4), ("Column", 2), ("Letter", 2), ("Reason", 5))
    return table("raci_override", columns, rows, caption="Changed by hand", empty="Nothing was changed by hand.")


def _columns(material: Material) -> Table:
    rows = []
    for code in material.matrix.columns:
        held = holder(material.document, code)
        vacant = Cell(held.stand_in or words("nobody"), Tone.MUTED if code in FUNCTION_CODES else Tone.BAD)
        rows.append((Cell(words(column_label(code)), Tone.STRONG), Cell(held.name) if held.name else vacant))
    return table("raci_columns", (("Column", 3), ("Held by", 4)), rows, caption="Who stands behind each column")


def _sources(found: Iterable[MatrixRow]) -> Table:
    rows = [(Cell(words(row.label), Tone.STRONG), row.default, row.source, words(row.reason)) for row in found]
    columns = (("Row", 4), ("Default row", 1), ("Source", 1), ("Why", 6))
    return table("raci_reasons", columns, rows, empty="No row applies yet.")


def _load(material: Material) -> Table:
    rows = [
        (
            Cell(load.name, Tone.STRONG),
            ", ".join(words(column_label(code)) for code in load.hats),
            load.accountable,
            load.responsible,
        )
        for load in loads(material.matrix, material.document)
    ]
    columns = (("Person", 3), ("Hats", 5), ("Accountable for", 2), ("Responsible for", 2))
    return table("load", columns, rows, caption="Load of each person, in rows", empty="Nobody is named yet.")
