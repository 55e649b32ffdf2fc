"""What this map provides evidence toward, framework by framework (domain.md 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.messages import Message, msg, words
from app.policy.crosswalk import Evidence, Framework, Requirement, Standing, evidence, frameworks
from app.report.details import table
from app.report.material import Material
from app.report.model import Cell, Paragraph, Section, Table, Tone

STANDINGS = {
    Standing.THERE: ("there", Tone.OK),
    Standing.PART: ("in part", Tone.WARN),
    Standing.NONE: ("not yet", Tone.BAD),
    Standing.OUTSIDE: ("not in a map", Tone.MUTED),
}
"""How much of the evidence there is, in words."""

READ_IN = {
    "found": "its own text",
    "secondary": "secondary sources",
    "part": "secondary sources, in part",
}
"""How the ids of a framework were read, in words."""

ADVICE = (
    "A map provides evidence toward a requirement; whether that is met, nobody can read from a map. Most of this is "
    "good practice, not obligation. Ask a lawyer which of it binds you, and check the editions: ids move between them."
)


def section(material: Material) -> Section:
    """Framework crosswalk: the evidence that this map has."""
    return Section(
        "crosswalk",
        words("Framework crosswalk"),
        words("What an auditor may ask for, and what this map can show."),
        (Paragraph(words(ADVICE)), _evidence(_found(material).values())),
        sheet="Crosswalk",
    )


def on_paper(material: Material) -> Section:
    """Every id under its framework, by how much of the evidence is there, in two columns: paper is short of room."""
    found = _found(material)
    rows: list[tuple[Cell | str, ...]] = []
    groups: list[tuple[int, str]] = []
    for framework in frameworks():
        groups.append((len(rows), _heading(framework)))
        rows += _by_standing(framework, found)
    made = table("crosswalk_frameworks", (("Evidence", 1), ("Toward what, in our words", 5), ("", 5)), rows)
    notes = (f"{each.name}: {words(each.note)}" for each in frameworks() if each.note)
    return Section(
        "crosswalk_frameworks",
        words("Framework by framework"),
        words("In brackets: the numbers of the evidence that bears on it."),
        (replace(made, groups=tuple(groups)), Paragraph("\n".join(notes), Tone.MUTED)),
    )


def in_workbook(material: Material) -> Section:
    """The same with a row for each requirement, to be filtered."""
    return Section(
        "crosswalk_requirements",
        words("Framework by framework"),
        "",
        (_requirements(_found(material)), _editions()),
        sheet="Crosswalk",
        printed=False,
    )


def sentences(points: Iterable[Message]) -> str:
    """Points as sentences."""
    said = map(words, points)
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in said)


def _found(material: Material) -> Mapping[str, Evidence]:
    return evidence(material.document, material.as_of)


def _evidence(found: Iterable[Evidence]) -> Table:
    rows = [
        (
            number,
            Cell(words(each.title), Tone.STRONG),
            sentences(each.there) or Cell(words("nothing yet"), Tone.BAD),
            sentences(each.missing) or Cell(words("nothing"), Tone.MUTED),
        )
        for number, each in enumerate(found, 1)
    ]
    columns = (("No.", 1), ("Evidence", 2), ("In this map", 8), ("Missing", 5))
    return table("crosswalk_evidence", columns, rows, caption="The evidence in this map")


def _by_standing(framework: Framework, found: Mapping[str, Evidence]) -> Iterator[tuple[Cell | str, ...]]:
    number = {key: place for place, key in enumerate(found, 1)}
    for standing, (label, tone) in STANDINGS.items():
        here = [_line(each, number) for each in framework.requirements if each.standing(found) is standing]
        if here:
            half = (len(here) + 1) // 2
            yield Cell(words(label), tone), "\n".join(here[:half]), "\n".join(here[half:])


def _line(requirement: Requirement, number: Mapping[str, int]) -> str:
    text = f"{', '.join(requirement.ids)}: {words(requirement.paraphrase)}"
    kinds = ", ".join(str(number[key]) for key in requirement.evidence)
    return f"{text} [{kinds}]" if kinds else text


def _kinds(requirement: Requirement, found: Mapping[str, Evidence]) -> str:
    return ", ".join(words(found[key].title) for key in requirement.evidence)


def _requirements(found: Mapping[str, Evidence]) -> Table:
    rows: list[tuple[Cell | str, ...]] = []
    groups: list[tuple[int, str]] = []
    for framework in frameworks():
        groups.append((len(rows), f"{framework.name}, {framework.edition}"))
        rows += [_row(requirement, found) for requirement in framework.requirements]
    columns = (("Id", 3), ("In our words", 7), ("Evidence toward it", 5), ("Is it there?", 2), ("Missing", 6))
    made = table("crosswalk", columns, rows, caption="Requirement by requirement")
    return replace(made, groups=tuple(groups), group_heading=words("Framework"))


def _heading(framework: Framework) -> str:
    said = msg("{name}, edition {edition}", name=framework.name, edition=framework.edition)
    if framework.status == "found":
        return words(said)
    return words(msg("{framework} · ids read in {where}", framework=said, where=msg(READ_IN[framework.status])))


def _row(requirement: Requirement, found: Mapping[str, Evidence]) -> tuple[Cell | str, ...]:
    label, tone = STANDINGS[requirement.standing(found)]
    return (
        Cell(", ".join(requirement.ids), Tone.STRONG),
        words(requirement.paraphrase),
        _kinds(requirement, found) or Cell("–", Tone.MUTED),
        Cell(words(label), tone),
        sentences(point for key in requirement.evidence for point in found[key].missing),
    )


def _editions() -> Table:
    rows = [
        (Cell(each.name, Tone.STRONG), each.edition, words(READ_IN[each.status]), words(each.note))
        for each in frameworks()
    ]
    columns = (("Framework", 3), ("Edition", 2), ("Ids were read in", 2), ("Note", 6))
    return table("crosswalk_editions", columns, rows, caption="Editions, dates and how they were read")
