"""The sections of the report, one module each, in the order in which the PDF prints them."""

from __future__ import annotations

from collections.abc import Callable

from app.report.material import Material
from app.report.model import Section
from app.report.sections import (
    actions,
    boundary,
    card,
    change,
    changes,
    crosswalk,
    decisions,
    exceptions,
    glossary,
    owners,
    people,
    raci,
    readiness,
    record,
    reliance,
    scorecard,
    signoff,
    stop,
    summary,
)

ORDER: tuple[tuple[str, Callable[[Material], Section]], ...] = (
    ("cover", summary.cover),
    ("summary", summary.section),
    ("boundary", boundary.section),
    ("owners", owners.section),
    ("reliance", reliance.on_paper),
    ("reliance_sheet", reliance.in_workbook),
    ("actions", actions.section),
    ("exceptions", exceptions.section),
    ("change", change.section),
    ("card", card.card),
    ("stop", stop.section),
    ("scorecard", scorecard.section),
    ("raci", raci.by_role),
    ("raci_people", raci.by_person),
    ("approvals", raci.approved),
    ("raci_reasons", raci.reasons),
    ("raci_sources", raci.sources),
    ("readiness", readiness.section),
    ("decisions", decisions.section),
    ("record", record.section),
    ("record_entries", record.whole),
    ("changed", changes.changed),
    ("recent", changes.recent),
    ("crosswalk", crosswalk.on_paper),
    ("crosswalk_sheet", crosswalk.in_workbook),
    ("signoff", signoff.section),
    ("cards", people.cards),
    ("index", people.index),
    ("log", changes.log),
    ("about", glossary.about),
    ("glossary", glossary.glossary),
)
"""(id of the section, what writes it)."""

NAMES = tuple(name for name, _ in ORDER)
