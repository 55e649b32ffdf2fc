"""Names taken out of texts, rows, the log and what revisions kept; and pseudonyms for everybody."""

from __future__ import annotations

import json

import pytest

from app.interchange import as_json, canonical, read, write
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.fields import Scope
from app.model.ids import Mint
from app.model.log import Log
from app.model.owners import Vote
from app.model.room import Agent, Person
from app.revisions import chain, record, signoff
from app.revisions.pseudonyms import told, without_names
from app.revisions.redaction import Known, Redaction, known_people
from tests.support.builder import ProjectBuilder, complete
from tests.support.named import NAME, TRACE, named_everywhere, named_project


def taken(text: str, *names: str, others: tuple[str, ...] = (), reached: tuple[str, ...] = ()) -> str:
    people = [Known(name, (name,), reached) for name in names]
    instead = {name: f"P{number}" for number, name in enumerate(names, 1)}
    return Redaction(instead, people, [Known(name, (name,)) for name in others]).text(text)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Ask Dana Weber first", "Ask P1 first"),
        ("dana weber", "P1"),
        ("Dana’s team and WEBER'S too", "P1’s team and P1'S too"),
        ("Webers Liste", "P1s Liste"),
        ("Dana  Weber", "P1"),
        ("dana_weber.txt", "P1.txt"),
        ("mail d.weber@firm.example now", "mail P1 now"),
        ("mail jo@firm.example now", "mail jo@firm.example now"),
        ("Danaë and Weberei stay", "Danaë and Weberei stay"),
        ("Danada", "Danada"),
        ("", ""),
    ],
)
def test_a_name_is_found_in_every_form_and_only_as_a_whole_word(text: str, after: str) -> None:
    assert taken(text, "Dana Weber") == after


def test_short_words_of_a_name_are_not_looked_for_alone() -> None:
    assert taken("Jo met Li and Jo Li", "Jo Li") == "Jo met Li and P1"


def test_a_name_with_accents_is_found_without_them() -> None:
    assert taken("Jose, José and JOSE NUNEZ", "José Núñez") == "P1, P1 and P1"


def test_a_word_that_two_share_stands_for_both() -> None:
    assert taken("Dana Weber, Ole Weber, Weber", "Dana Weber", "Ole Weber") == "P1, P2, P1 or P2"


def test_whoever_keeps_a_name_keeps_every_word_of_it() -> None:
    text = "Dana Weber, Dana, Ole Weber, Weber"
    assert taken(text, "Dana Weber", others=("Ole Weber",)) == "P1, P1, Ole Weber, Weber"


def test_a_number_is_found_wherever_it_stands() -> None:
    assert taken("call +49 30 1234 at night", "Dana Weber", reached=("+49 30 1234",)) == "call P1 at night"


def test_no_text_that_a_person_can_write_keeps_the_name() -> None:
    project = named_project()
    assert TRACE.search(write(project).encode())
    shown = without_names(project)
    assert TRACE.search(write(shown.project, private=True).encode()) is None
    assert str(shown.places) in str(told(shown))
    assert "read it before you send it" in str(told(shown))


def test_what_is_left_is_a_sound_project() -> None:
    shown = without_names(named_project()).project
    again = read(write(shown))
    assert again.document == shown.document
    assert list(again.log) == list(shown.log)
    assert record.contradiction(shown.document, shown.log) is None
    assert signoff.audit(shown.document) == ()


def test_the_log_still_leads_to_the_rows() -> None:
    builder = named_everywhere()
    shown = without_names(builder.project()).project
    back = shown.document
    for entry in reversed(list(shown.log)):
        for change in reversed(entry.changes):
            now = back.find(change.id)
            assert now == change.after
        back = back.applying([type(c)(c.after, c.before) for c in reversed(entry.changes)])
    assert not back.rows(Person)


def test_votes_and_private_notes_stay_out() -> None:
    builder = complete()
    builder.add(Vote, question="workflow")
    shown = without_names(builder.project()).project
    assert not shown.document.rows(Vote)
    assert not any(change.row.spec.scope is Scope.PRIVATE for entry in shown.log for change in entry.changes)


def test_pseudonyms_stay_the_same_when_people_come_and_go() -> None:
    builder = complete()
    before = {p.id: p.name for p in without_names(builder.project()).project.document.rows(Person)}
    builder.person("Newcomer Last")
    builder.set(builder.document.rows(Person)[0], name="Renamed Entirely")
    after = {p.id: p.name for p in without_names(builder.project()).project.document.rows(Person)}
    assert {row_id: after[row_id] for row_id in before} == before
    assert len(set(after.values())) == len(after)


def test_an_author_without_a_row_has_a_pseudonym_too() -> None:
    builder = ProjectBuilder(mint=Mint(author="Wanda Scribe"))
    builder.agent(name="Wanda's agent")
    shown = without_names(builder.project()).project
    assert [entry.author for entry in shown.log] == ["Name 1"]
    assert shown.document.only(Agent).name == "Name 1's agent"


def test_findings_stay_the_same() -> None:
    """People stay reachable under a pseudonym: nothing that was filled is empty afterwards."""
    document = complete().document
    shown = without_names(complete().project()).project.document
    for person in document.rows(Person):
        other = shown.get(Person, person.id)
        assert other is not None
        assert [bool(other.value(name)) for name in ("name", "contact", "paging_route")] == [
            bool(person.value(name)) for name in ("name", "contact", "paging_route")
        ]


def test_entries_of_the_sign_off_keep_their_hashes_and_say_that_names_are_gone() -> None:
    project = named_project()
    shown = without_names(project).project
    for row in project.document.rows(Signature):
        after = shown.document.get(Signature, row.id)
        assert after is not None
        assert (after.entry, after.previous, after.frozen) == (row.entry, row.previous, row.frozen)
        assert after.erased
        assert (after.drawing, after.key, after.seal) == ("", "", "")
    for revision in project.document.rows(Revision):
        kept = shown.document.get(Revision, revision.id)
        assert kept is not None
        assert (kept.digest, kept.fingerprint) == (revision.digest, revision.fingerprint)
        assert canonical(json.loads(kept.content)).decode() == kept.content
    assert chain.receipt(shown.document) == chain.receipt(project.document)
    assert len(list(chain.erasures(shown.document))) == 2 + len(project.document.rows(Signature))


def test_a_project_without_people_stays_as_it_is() -> None:
    builder = ProjectBuilder()
    builder.agent(name="Triage")
    shown = without_names(builder.project())
    assert shown.places == 0
    assert as_json(shown.project) == as_json(builder.project())


def test_whoever_was_removed_is_still_known() -> None:
    builder = named_everywhere(signed=False)
    her = next(p for p in builder.document.rows(Person) if p.name == NAME)
    rows = [row for row in builder.document if row.id != her.id]
    project = type(builder.project())(Document.of(builder.document.project_id, rows), Log(builder.log))
    assert NAME in {known.names[-1] for known in known_people(project)}
