"""Whoever was erased is nobody: no question is answered by them, and none is settled by their going."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.model.changes import RowChange
from app.model.commit import AcceptedRisk, Commitment
from app.model.document import Document
from app.model.exceptions import Queue
from app.model.fields import Kind, fields_of
from app.model.owners import OwnerAssignment, Rota
from app.model.room import Person
from app.model.row import Row, with_fields
from app.policy import acceptance, crosswalk, promise
from app.policy.holders import holder
from app.policy.named import without_erased
from app.policy.vendor import only_the_vendor
from app.policy.windows import people_behind
from app.rules.catalogue import CATALOGUE
from app.rules.check import Checker
from app.rules.finding import Context
from app.rules.questions import Question, questions
from tests.support.builder import AS_OF, ProjectBuilder, complete

TODAY = "2026-11-21"
DESIGN = Context(AS_OF, "design")

PAST = {"CHG-18", "OVR-12", "REV-09"}
"""What somebody did before they were erased stays done: a change approved, a decision taken."""

THEIRS = {"OWN-19", "OWN-25", "ROL-12"}
"""Rules about what one person carries besides, or who decides what: without the person there is no such question, and
another one asks for somebody."""

Key = tuple[str, str]


@cache
def project() -> Document:
    return complete().document


def _takes_people(row: Row) -> list[str]:
    return [name for name, field in fields_of(type(row)).items() if Person.spec.kind in field.targets]


@st.composite
def held_by_one(draw: st.DrawFn) -> tuple[Document, Person]:
    """The complete sample, in which one person was put into some more places, on this side or that one."""
    document = project()
    people = document.rows(Person)
    person = draw(st.sampled_from(people))
    side = draw(st.sampled_from(("inside", "inside", "vendor")))
    document = document.applying([RowChange(person, with_fields(person, {"side": side}))])
    places = [(row.id, name) for row in document if not isinstance(row, Person) for name in _takes_people(row)]
    for row_id, name in draw(st.lists(st.sampled_from(places), max_size=6, unique=True)):
        row = document.find(row_id)
        assert row is not None
        several = fields_of(type(row))[name].kind is Kind.REFERENCES
        value = (person.id,) if several else person.id
        document = document.applying([RowChange(row, with_fields(row, {name: value}))])
    found = document.get(Person, person.id)
    assert found is not None
    return document, found


def erased(document: Document, person: Person) -> Document:
    gone = {"name": "Erased person 1", "contact": "", "paging_route": ""}
    return document.applying([RowChange(person, with_fields(person, gone))])


def hits(document: Document) -> dict[Key, str]:
    return {(r.code, hit.subject): words(hit.detail) for r in CATALOGUE for hit in r.hits(document, TODAY)}


@given(held_by_one())
def test_no_check_turns_green_because_somebody_was_erased(case: tuple[Document, Person]) -> None:
    document, person = case
    before, after = hits(document), hits(erased(document, person))
    failing = {code for code, _ in after}
    news = {subject for (code, subject), said in after.items() if before.get((code, subject)) != said}
    for code, subject in before:
        assert code in failing | THEIRS or subject in news, (code, before[code, subject])


@given(held_by_one())
def test_nothing_is_answered_by_somebody_who_was_erased(case: tuple[Document, Person]) -> None:
    document = erased(*case)
    nobody, found = without_erased(document), hits(document)
    subjects = {subject for _, subject in found}
    for code, subject in hits(nobody):
        assert (code, subject) in found or code in PAST or subject in subjects, (code, hits(nobody)[code, subject])
    assert _no(document) >= _no(nobody)


def _no(document: Document) -> set[int]:
    return {each.number for each in questions(document, DESIGN) if not each.answer}


@given(held_by_one())
def test_what_is_remembered_follows_an_erasure(case: tuple[Document, Person]) -> None:
    document, person = case
    checker = Checker()
    checker.findings(document, DESIGN)
    after = erased(document, person)
    assert checker.findings(after, DESIGN) == Checker().findings(after, DESIGN)


def _called(document: Document, name: str) -> Person:
    return next(person for person in document.rows(Person) if person.name == name)


def _question(document: Document, number: int) -> Question:
    return questions(document, DESIGN)[number - 1]


def test_a_queue_of_somebody_who_was_erased_has_no_named_human() -> None:
    document = project()
    assert _question(document, 3).answer
    after = erased(document, _called(document, "Marc Oyelaran"))
    asked = _question(after, 3)
    assert not asked.answer
    queue = after.rows(Queue)[0]
    assert words(asked.detail) == f"Queue “{queue.name}”: “Erased person 1” was erased; name somebody else."
    assert (asked.subject, asked.field) == (queue.id, "owner")


def test_an_owner_who_was_erased_is_asked_for_once() -> None:
    document = project()
    owner = document.fixed(OwnerAssignment, "outcome")
    person = document.get(Person, owner.person)
    assert person is not None
    after = erased(document, person)
    said = [text for (_, subject), text in hits(after).items() if subject == owner.id and "was erased" in text]
    assert said == ["Outcome owner: “Erased person 1” was erased; name somebody else."]
    assert not holder(after, "OO").filled


def test_a_promise_and_an_acceptance_of_somebody_who_was_erased_count_no_more() -> None:
    builder = ProjectBuilder()
    dana = builder.person("Dana Abelard")
    builder.add(Commitment, code="STP-04", who=dana, what="Drill the stop.", by_when="2026-12-04")
    builder.add(AcceptedRisk, code="STP-04", who=dana, why="Low volume.", expiry="2026-12-04")
    for document, stands in ((builder.document, True), (erased(builder.document, dana), False)):
        (promised,), (risk,) = document.rows(Commitment), document.rows(AcceptedRisk)
        assert promise.stands(document, promised, TODAY) is stands
        assert acceptance.stands(document, risk, TODAY) is stands
    lack = promise.lack_of(document, promised, TODAY)
    assert lack is not None
    assert words(lack.why) == "“Erased person 1” was erased; somebody else has to be named who promises it"


def test_a_rota_is_as_long_as_those_who_are_there() -> None:
    builder = ProjectBuilder()
    dana, jun = builder.person("Dana Abelard"), builder.person("Jun Kowalczyk")
    rota = builder.rota("Platform on call", dana, jun)
    after = erased(builder.document, dana)
    assert people_behind(after, rota.id) == {jun.id}
    assert people_behind(erased(after, jun), rota.id) == frozenset()
    assert after.rows(Rota)[0].members == (dana.id, jun.id)


def test_the_vendor_is_not_let_in_by_somebody_who_was_erased() -> None:
    builder = ProjectBuilder()
    dana, nils = builder.person("Dana Abelard"), builder.person("Nils Berg", side="vendor")
    assert only_the_vendor(builder.document, dana.id, nils.id) == ""
    after = erased(builder.document, dana)
    assert only_the_vendor(after, dana.id, nils.id) == "Nils Berg"
    assert only_the_vendor(erased(after, nils), dana.id, nils.id) == "Erased person 1"


def test_the_crosswalk_counts_nobody_who_was_erased() -> None:
    document = project()
    owner = document.fixed(OwnerAssignment, "outcome")
    person = document.get(Person, owner.person)
    assert person is not None
    after = crosswalk.evidence(erased(document, person), AS_OF)
    there = [words(point) for each in after.values() for point in each.there]
    assert not [point for point in there if "Erased person" in point]
    assert "Outcome owner: nobody yet" in [words(point) for point in after["owners"].missing]
