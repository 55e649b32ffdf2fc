"""The to-do sheet: what is on it, whose it is, and in which order."""

from __future__ import annotations

from dataclasses import replace

from app.model.commit import AcceptedRisk, Commitment, ParkedItem
from app.model.document import Document
from app.report.todo import as_text, todos
from app.rules.check import Checker
from app.rules.finding import Context, Finding
from tests.support.builder import AS_OF, ProjectBuilder


def found(document: Document) -> tuple[Finding, ...]:
    return Checker().findings(document, Context(AS_OF))


def test_one_person_after_the_other_and_for_each_by_date() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.add(Commitment, what="Later", who=dana, by_when="2026-12-24")
    b.add(Commitment, what="Soon", who=lin, by_when="2026-12-01")
    b.add(ParkedItem, what="First", owner=dana, due="2026-12-01")
    b.owner("workflow", dana)
    assert as_text(b.document, todos(b.document, ())) == (
        "Dana\n"
        "- First (by 1 Dec 2026)\n"
        "- Later (by 24 Dec 2026)\n"
        "- Accept or decline: Workflow owner\n"
        "\n"
        "Lin\n"
        "- Soon (by 1 Dec 2026)"
    )


def test_what_is_done_or_nobodys_is_not_on_it() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana")
    b.add(Commitment, what="Kept", who=dana, done_on="2026-11-01")
    b.add(Commitment, what="Nobody's")
    b.add(ParkedItem, what="Settled", owner=dana, done=True)
    b.owner("workflow", dana, accepted="accepted")
    b.owner("system", dana, accepted="declined")
    assert todos(b.document, ()) == ()


def test_an_open_point_goes_to_whom_its_row_names() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana")
    owner = b.owner("workflow", dana, accepted="accepted")
    mine = [finding for finding in found(b.document) if finding.subject == owner.id and finding.severity != "advice"]
    told = [todo.what for todo in todos(b.document, found(b.document)) if todo.who == dana.id]
    assert mine
    assert all(any(str(finding.question) in what for what in told) for finding in mine)


def test_what_somebody_accepted_or_promised_is_not_asked_again() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana")
    b.owner("workflow", dana, accepted="accepted")
    mine = {todo.what for todo in todos(b.document, found(b.document))}
    finding = next(f for f in found(b.document) if f.severity == "warning" and str(f.question) in " ".join(mine))
    b.add(
        AcceptedRisk,
        code=finding.code,
        subject=finding.subject,
        saw=str(finding.detail),
        who=dana,
        why="Small",
        expiry="2026-12-31",
    )
    left = {todo.what for todo in todos(b.document, found(b.document))}
    assert len(mine) == len(left) + 1


def test_one_question_to_one_person_stands_once() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana")
    first = b.owner("workflow", dana, accepted="accepted")
    second = b.owner("outcome", dana, accepted="accepted")
    finding = next(f for f in found(b.document) if f.subject == first.id and f.severity != "advice")
    (todo,) = todos(b.document, (finding, replace(finding, subject=second.id)))
    assert todo.what == f"{finding.question} About: Workflow owner, Outcome owner"
