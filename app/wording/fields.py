"""Which fields are checked, and the phrases that stand in them and nobody has dismissed (domain.md 1.11)."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cache, lru_cache

from app.model.boundary import Workflow
from app.model.commit import DismissedPhrase
from app.model.document import Document, Table
from app.model.exceptions import ExceptionPath
from app.model.fields import Wording, fields_of
from app.model.owners import OwnerAssignment
from app.model.row import Row
from app.model.stop import IncidentPlan
from app.wording.detect import Phrase, detector_of

ASKS_WHO: Mapping[type[Row], frozenset[str]] = {
    OwnerAssignment: frozenset({"stand_in"}),
    Workflow: frozenset({"support_path"}),
    ExceptionPath: frozenset({"escalation_rules", "response_expectation"}),
    IncidentPlan: frozenset({"say_so"}),
}
"""The fields that ask who, to whom or how fast. The others of their kind ask what is done, how, and under which
condition: "turn the flag off and confirm" names nobody, and need not."""


def checked_fields(row_class: type) -> Mapping[str, Wording]:
    """The fields of a kind whose wording is checked, with what each of them says."""
    return _checked_fields(row_class)


@cache
def _checked_fields(row_class: type) -> Mapping[str, Wording]:
    return {name: field.wording for name, field in fields_of(row_class).items() if field.wording}


def phrases_of(
    document: Document, row_id: str, name: str, text: str, place: Wording
) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """The phrases of a text that stands in this field of a row, or is being typed there: those that are open, and those
    that somebody has dismissed there."""
    row = document.find(row_id)
    asks_who = row is not None and name in ASKS_WHO.get(type(row), ())
    found = detector_of(document).phrases(text, place, asks_who=asks_who)
    left = _undismissed(document, row_id, name, found)
    return left, tuple(phrase for phrase in found if phrase not in left)


def phrases_by_field(
    document: Document, row: Row, places: Container[Wording] = frozenset(Wording)
) -> list[tuple[str, tuple[Phrase, ...]]]:
    """(field name, its phrases) for every checked field of a row in which there are any.

    Only what a text says counts here. That it says nothing yet is shown beside its field, and is no finding.
    """
    detector = detector_of(document)
    found = []
    for name, place in checked_fields(type(row)).items():
        if place in places and (phrases := detector.phrases(str(row.value(name)), place)):
            found.append((name, _undismissed(document, row.id, name, phrases)))
    return [(name, phrases) for name, phrases in found if phrases]


def _undismissed(document: Document, row_id: str, name: str, found: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    gone = dismissed(document).get((row_id, name)) if found else None
    return tuple(phrase for phrase in found if key_of(phrase) not in gone) if gone else found


def key_of(phrase: Phrase) -> tuple[str, str]:
    """What a dismissed phrase is known by: its class, and its words however they are written."""
    return phrase.kind, _same(phrase.words)


def dismissed(document: Document) -> Mapping[tuple[str, str], frozenset[tuple[str, str]]]:
    """(row id, field) -> what was dismissed there; see `key_of`."""
    return _dismissed(document.table(DismissedPhrase.spec.kind))


@lru_cache(maxsize=8)
def _dismissed(table: Table) -> Mapping[tuple[str, str], frozenset[tuple[str, str]]]:
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in table.ordered:
        place = str(row.value("subject")), str(row.value("field"))
        found.setdefault(place, set()).add((str(row.value("phrase")), _same(str(row.value("words")))))
    return {place: frozenset(keys) for place, keys in found.items()}


def _same(words: str) -> str:
    return " ".join(words.casefold().split())
