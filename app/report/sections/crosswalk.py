"""What this map provides evidence toward, framework by framework (domain.md 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.messages import Message, msg, words
from app.policy.crosswalk import (
    ADVICE,
    STANDINGS,
    Evidence,
    Framework,
    Requirement,
    Standing,
    eu_standing,
    evidence,
    frameworks,
)
from app.report.details import table
from app.report.material import Material
from app.report.model import Cell, Paragraph, Section, Table, Tone

TONES = {
    Standing.THERE: Tone.OK,
    Standing.PART: Tone.WARN,
    Standing.NONE: Tone.BAD,
    Standing.OUTSIDE: Tone.MUTED,
}

READ_IN = {
    "found": "its own text",
    "secondary": "secondary sources",
    "part": "secondary sources, in part",
}
"""How the ids of a framework were read, in words."""


def on_paper(material: Material) -> Section:
    """Framework crosswalk, close set: paper is short of room."""
    found = evidence(material.document, material.as_of)
    return Section(
        "crosswalk",
        words("Framework crosswalk"),
        words("What an auditor may ask for, and what this map can show."),
        (
            Paragraph(words(ADVICE)),
            Paragraph(words(eu_standing(material.document))),
            _evidence("crosswalk_shown", found.values()),
            _frameworks(found),
        ),
    )


def in_workbook(material: Material) -> Section:
    """Framework crosswalk with a row for each requirement, to be filtered."""
    found = evidence(material.document, material.as_of)
    return Section(
        "crosswalk_sheet",
        words("Framework crosswalk"),
        words("What an auditor may ask for, and what this map can show."),
        (
            Paragraph(words(ADVICE)),
            Paragraph(words(eu_standing(material.document))),
            _requirements(found),
            _evidence("crosswalk_evidence", found.values()),
            _editions(),
        ),
        sheet="Crosswalk",
        printed=False,
    )


def sentences(points: Iterable[Message]) -> str:
    """Points as sentences."""
    said = map(words, points)
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in said)


def _evidence(key: str, found: Iterable[Evidence]) -> Table:
    rows = [
        (
            Cell(f"{number} {words(each.title)}", Tone.STRONG),
            sentences(each.there) or Cell(words("nothing yet"), Tone.BAD),
            sentences(each.missing) or Cell(words("nothing"), Tone.MUTED),
        )
        for number, each in enumerate(found, 1)
    ]
    columns = (("Evidence", 2), ("In this map", 8), ("Missing", 5))
    return table(key, columns, rows, caption="The evidence in this map")


def _frameworks(found: Mapping[str, Evidence]) -> Table:
    """Every id under its framework, by how much of the evidence is there."""
    rows: list[tuple[Cell | str, ...]] = []
    groups: list[tuple[int, str]] = []
    for framework in frameworks():
        groups.append((len(rows), _heading(framework)))
        rows += _by_standing(framework, found)
        if framework.note:
            rows.append((Cell(words("Note"), Tone.MUTED), Cell(words(framework.note), Tone.MUTED)))
    columns = (("Evidence", 1), ("Toward what, in our words; in brackets the numbers from above", 9))
    made = table("crosswalk_frameworks", columns, rows, caption="Framework by framework")
    return replace(made, groups=tuple(groups))


def _by_standing(framework: Framework, found: Mapping[str, Evidence]) -> Iterator[tuple[Cell | str, ...]]:
    number = {key: place for place, key in enumerate(found, 1)}
    for standing, label in STANDINGS.items():
        here = [_phrase(each, number) for each in framework.requirements if each.standing(found) is standing]
        if here:
            yield Cell(words(label), TONES[standing]), " · ".join(here)


def _phrase(requirement: Requirement, number: Mapping[str, int]) -> str:
    text = f"{', '.join(requirement.ids)}: {words(requirement.paraphrase)}"
    kinds = ", ".join(map(str, sorted(number[key] for key in requirement.evidence)))
    return f"{text} [{kinds}]" if kinds else text


def _kinds(requirement: Requirement, found: Mapping[str, Evidence]) -> str:
    return ", ".join(words(found[key].title) for key in requirement.evidence)


def _requirements(found: Mapping[str, Evidence]) -> Table:
    rows: list[tuple[Cell | str, ...]] = []
    groups: list[tuple[int, str]] = []
    for framework in frameworks():
        groups.append((len(rows), f"{framework.name} · {framework.edition}"))
        rows += [_row(requirement, found) for requirement in framework.requirements]
    columns = (("Id", 3), ("In our words", 7), ("Evidence toward it", 5), ("Is the evidence there?", 2), ("Missing", 6))
    made = table("crosswalk", columns, rows, caption="Requirement by requirement")
    return replace(made, groups=tuple(groups), group_heading=words("Framework"))


def _heading(framework: Framework) -> str:
    said = msg("{name} · {edition}", name=framework.name, edition=framework.edition)
    if framework.status == "found":
        return words(said)
    return words(msg("{framework} · ids read in {where}", framework=said, where=msg(READ_IN[framework.status])))


def _row(requirement: Requirement, found: Mapping[str, Evidence]) -> tuple[Cell | str, ...]:
    standing = requirement.standing(found)
    return (
        Cell(", ".join(requirement.ids), Tone.STRONG),
        words(requirement.paraphrase),
        _kinds(requirement, found) or Cell("–", Tone.MUTED),
        Cell(words(STANDINGS[standing]), TONES[standing]),
        sentences(point for key in requirement.evidence for point in found[key].missing),
    )


def _editions() -> Table:
    rows = [
        (Cell(each.name, Tone.STRONG), each.edition, words(READ_IN[each.status]), words(each.note))
        for each in frameworks()
    ]
    columns = (("Framework", 3), ("Edition", 2), ("Ids were read in", 2), ("Note", 6))
    return table("crosswalk_editions", columns, rows, caption="Editions, dates and how they were read")
