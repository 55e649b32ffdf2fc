"""The to-do sheet at the end of a sitting: who, what, by when (product.md, "A short workshop, a second day")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.messages import msg, words
from app.model.commit import Commitment, ParkedItem
from app.model.document import Document, targets_of
from app.model.fields import fields_of
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Person
from app.policy.promise import promised
from app.policy.taken_on import answer_of
from app.report.display import day_words
from app.rules.finding import Finding, Severity
from app.rules.promises import kept


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: the id of the person or rota, what is to be done in words, and by when (a day, or "")."""

    who: str
    what: str
    by: str = ""


def todos(document: Document, findings: Iterable[Finding]) -> tuple[Todo, ...]:
    """Open promises, what is parked, acceptances that are missing, and open points that are somebody's to answer.

    One person after the other, in the order of the room, then rotas; for each by date, what has no date last. What
    nobody is named for is no to-do yet: it stands among the open points.
    """
    findings = tuple(findings)
    found = [*_promised(document, findings), *_parked(document), *_to_accept(document), *_to_answer(document, findings)]
    order = {row.id: place for place, row in enumerate((*document.rows(Person), *document.rows(Rota)))}
    return tuple(
        sorted((todo for todo in found if todo.who in order), key=lambda each: (order[each.who], not each.by, each.by))
    )


def as_text(document: Document, found: Iterable[Todo]) -> str:
    """The sheet as plain text, a heading for each person, to be put into a mail."""
    lines: list[str] = []
    who = ""
    for todo in found:
        if todo.who != who:
            who = todo.who
            lines += [*([""] if lines else []), document.called(who)]
        by = words(msg("by {day}", day=day_words(todo.by))) if todo.by else ""
        lines.append(f"- {todo.what}" + (f" ({by})" if by else ""))
    return "\n".join(lines)


def _promised(document: Document, findings: Iterable[Finding]) -> Iterator[Todo]:
    answered = kept(document, findings)
    for row in document.rows(Commitment):
        if row.who and not row.done_on and row.id not in answered:
            yield Todo(row.who, words(promised(document, row)), row.by_when)


def _parked(document: Document) -> Iterator[Todo]:
    for row in document.rows(ParkedItem):
        if row.owner and not row.done:
            yield Todo(row.owner, row.what, row.due)


def _to_accept(document: Document) -> Iterator[Todo]:
    parts: tuple[OwnerAssignment | RoleAssignment, ...] = (
        *document.rows(OwnerAssignment),
        *document.rows(RoleAssignment),
    )
    for row in parts:
        if row.person and not answer_of(document, row).said:
            yield Todo(row.person, words(msg("Accept or decline: {part}", part=msg(row.called()))))


def _to_answer(document: Document, findings: Iterable[Finding]) -> Iterator[Todo]:
    """Blockers and warnings that nobody has accepted or promised to answer; one question to one person stands once."""
    asked: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.severity is not Severity.ADVICE and not finding.accepted and not finding.committed:
            asked.setdefault((_whose(document, finding), finding.code), []).append(finding)
    for (who, _), alike in asked.items():
        first = alike[0]
        what = msg("{question} {detail}", question=first.question, detail=first.detail)
        if len(alike) > 1:
            about = ", ".join(words(document.called(finding.subject)) for finding in alike)
            what = msg("{question} About: {about}", question=first.question, about=about)
        yield Todo(who, words(what))


def _whose(document: Document, finding: Finding) -> str:
    """Who answers a finding: whom its row is about, else the first person or rota that its row names."""
    row = document.find(finding.subject)
    if row is None:
        return ""
    if isinstance(row, Person | Rota):
        return row.id
    for name, field in fields_of(type(row)).items():
        if name != "deputy" and {"person", "rota"} & set(field.targets):
            for target in targets_of(row, name):
                if isinstance(document.find(target), Person | Rota):
                    return target
    return ""
