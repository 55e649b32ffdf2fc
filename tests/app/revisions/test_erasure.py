"""One person erased: what goes, what stays, what is still bound, and what somebody who forges can no longer claim."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.edits.generic import add, remove, set_fields
from app.errors import AppError
from app.interchange import Project, read, write
from app.messages import words
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.ids import Mint
from app.model.names import is_erased
from app.model.owners import OwnerAssignment, SeatAssignment
from app.model.room import Agent, Person
from app.model.row import Row, with_fields
from app.revisions import chain, record, signoff
from app.revisions.erasure import alike, looked_for, noted, only_theirs, standing, target, without
from app.revisions.pseudonyms import without_names
from app.rules.check import Checker
from app.rules.finding import Context
from app.signing import implied
from app.verdict import Outcome
from app.verifying import verify_project
from app.workspace import Workspace
from tests.support.builder import ProjectBuilder, complete, fixed_mint
from tests.support.named import NAME, SAID, TRACE, named_everywhere, named_project

FILE = Path("map.ownermap")


def erased(project: Project, person: str = NAME) -> Project:
    return noted(without(project, target(project, person)).project, Mint(now=fixed_mint().now))


def replaced(project: Project, *rows: Row) -> Project:
    """The project as somebody would leave it who edits rows in the file."""
    others = {row.id: row for row in project.document}
    others |= {row.id: row for row in rows}
    return Project(Document.of(project.document.project_id, others.values()), project.log)


def test_nothing_of_the_name_is_left_and_everything_else_is() -> None:
    project = named_project()
    after = erased(project)
    assert TRACE.search(write(after, private=True).encode()) is None
    assert [person.name for person in after.document.rows(Person)] == ["Erased person 1", "Tom Brandt"]
    assert "Erased person 1" in next(row.what for row in after.document.rows(type(first_decision(after))))
    assert record.contradiction(after.document, after.log) is None
    assert read(write(after, private=True)).document == after.document


def first_decision(project: Project) -> Row:
    return next(row for row in project.document if row.spec.kind == "decision")


def test_the_ways_to_reach_them_and_their_drawings_are_empty() -> None:
    after = erased(named_project()).document
    her = after.rows(Person)[0]
    assert (her.contact, her.paging_route, her.title) == ("", "", "Head of Things")
    assert {signature.drawing for signature in after.rows(Signature)} == {""}


def test_the_others_keep_their_names_and_drawings() -> None:
    builder = complete()
    builder.person("Dana Quick")
    after = erased(builder.project(), "Dana Abelard").document
    assert "Dana Quick" in {person.name for person in after.rows(Person)}


def test_the_record_says_that_somebody_was_erased_and_not_who() -> None:
    after = erased(named_project())
    last = record.entries(after.log)[-1]
    assert words(last.label) == "A person was erased"
    assert [(c.before.value("erasures"), c.after.value("erasures")) for c in last.changes if c.before and c.after] == [
        (None, 1)
    ]


def test_undo_stops_at_an_erasure() -> None:
    project = complete().project()
    workspace = Workspace(project)
    workspace.run(set_fields(workspace.document.rows(Person)[0].id, title="Chief"))
    assert workspace.can_undo()
    workspace = Workspace(erased(workspace.project, "Dana Abelard"))
    assert not workspace.can_undo()
    workspace.run(set_fields(workspace.document.only(Agent).id, client="Another"))
    workspace.undo()
    assert not workspace.can_undo()
    assert workspace.document.only(Agent).erasures == 1


def test_whoever_was_removed_before_can_be_erased_too() -> None:
    builder = complete()
    her = builder.document.rows(Person)[0]
    builder.set(her, title=f"{her.name}’s stand-in")
    builder.run(remove(her.id))
    assert her.name in write(builder.project())
    assert her.name not in write(erased(builder.project(), her.name), private=True)


def test_an_earlier_name_goes_with_the_person() -> None:
    builder = ProjectBuilder()
    her = builder.person("Zelda Maiden")
    builder.set(her, name=NAME)
    assert "Maiden" not in write(erased(builder.project()))


def test_somebody_added_again_under_the_same_name_is_one_person() -> None:
    builder = ProjectBuilder()
    her = builder.person(NAME)
    builder.run(remove(her.id))
    builder.person(NAME)
    assert TRACE.search(write(erased(builder.project())).encode()) is None


@pytest.mark.parametrize(("name", "said"), [("Nobody Atall", "is, or was, called"), ("Twice Named", "2 people are")])
def test_nobody_and_two_of_a_name_are_refused(name: str, said: str) -> None:
    builder = ProjectBuilder()
    builder.person("Twice Named")
    builder.person("Twice Named")
    with pytest.raises(AppError, match=said):
        target(builder.project(), name)


def test_the_next_one_has_the_next_number() -> None:
    project = erased(complete().project(), "Dana Abelard")
    assert target(project, "Rosa Steiner").instead == "Erased person 2"
    with pytest.raises(AppError, match="is, or was, called"):
        target(project, "Erased person 1")


def test_where_they_stand_is_counted() -> None:
    project = named_project()
    found = standing(project, target(project, NAME))
    assert found.revisions == 2
    assert found.signatures == len(project.document.rows(Signature))
    assert found.rows > 50
    assert found.places > found.rows
    assert len(found.lines()) == 4
    assert str(found.rows) in words(found.lines()[0])


# --- what is still bound -----------------------------------------------------------------------------------


def test_hashes_chain_and_receipt_stand() -> None:
    project = named_project()
    after = erased(project)
    assert chain.receipt(after.document) == chain.receipt(project.document)
    assert signoff.audit(after.document) == ()
    for before, since in zip(project.document.rows(Revision), after.document.rows(Revision), strict=True):
        assert (since.digest, since.fingerprint) == (before.digest, before.fingerprint)
        assert signoff.kept_digest(since) != since.digest
    for sealed in after.document.rows(Signature):
        assert sealed.seal or sealed.level == "design"


def test_verify_says_erased_and_what_still_holds() -> None:
    project = named_project()
    after = erased(project)
    verdict = verify_project(FILE, after, chain.receipt(project.document))
    assert (verdict.outcome, verdict.code) == (Outcome.CANNOT, 1)
    assert words(verdict.answer).startswith("Cannot verify: erased: names were taken out of revision 2")
    beneath = "\n".join(verdict.beneath)
    assert "Still holds" in beneath
    assert "receipt is of the sign-off as it stands" in beneath
    assert beneath.count("The signature of Erased person 1") == len(after.document.rows(Signature))
    assert "What revision 1 kept" in beneath
    assert "What revision 2 kept" in beneath
    assert words(signoff.state(after.document).words()) == "Revision 2, names taken out since"


def test_signing_again_after_an_erasure_is_unbroken() -> None:
    builder = named_everywhere()
    workspace = Workspace(erased(builder.project()), mint=Mint(now=fixed_mint().now))
    succeed_the_erased(workspace)
    sign_all(workspace)
    verdict = verify_project(FILE, workspace.project)
    assert (verdict.outcome, verdict.code) == (Outcome.ERASED, 0)
    assert words(verdict.answer).startswith("Unchanged since names were taken out: revision 3")
    assert "Revisions 1 and 2 can no longer be proved" in words(verdict.why)
    assert "What revision 2 kept" in "\n".join(verdict.beneath)


def succeed_the_erased(workspace: Workspace) -> None:
    """Somebody else holds each seat of whoever was erased."""
    workspace.run(add(Person, {"name": "Nina Neumann"}))
    successor = workspace.document.rows(Person)[-1]
    for row in (*workspace.document.rows(OwnerAssignment), *workspace.document.rows(SeatAssignment)):
        if is_erased(workspace.document.called(row.person)):
            workspace.run(set_fields(row.id, person=successor.id))


def test_whoever_was_erased_signs_nothing_and_blocks() -> None:
    document = erased(named_everywhere().project()).document
    held = [seat for seat in signoff.state(document).seats if seat.person and is_erased(seat.person.name)]
    assert held
    for seat in held:
        assert seat.person is not None
        with pytest.raises(AppError, match=r"was erased from this project\. Name somebody else for the seat first"):
            signoff.sign("design", seat.seat, seat.person.name, 0)(document, Mint())
    found = Checker().findings(document, Context("2026-11-21T03:00:00.000Z"))
    assert any(finding.blocks and "was erased; name somebody else" in words(finding.detail) for finding in found)


@pytest.mark.parametrize("typed", ["Siobhan O'Neill", "SIOBHÁN O’NEILL", "siobhan  o‘neill"])
def test_a_name_is_found_as_a_keyboard_types_it(typed: str) -> None:
    builder = ProjectBuilder()
    somebody = builder.person("Siobhán O’Neill")
    builder.person("Jürgen Groß")
    assert [known.id for known in target(builder.project(), typed).known] == [somebody.id]


def test_what_a_keyboard_types_for_two_people_means_neither() -> None:
    builder = ProjectBuilder()
    builder.person("Jürgen Groß")
    builder.person("Jurgén Gross")
    with pytest.raises(AppError, match="may be any of: Jürgen Groß, Jurgén Gross"):
        target(builder.project(), "JURGEN GROSS")
    assert target(builder.project(), "jürgen groß").name == "Jürgen Groß"


@pytest.mark.parametrize("typed", ["Zoe D'Arcy-Schroeder", "zoe darcy schroeder", "Z. D’Arcy-Schröder", "zoë"])
def test_a_spelling_that_texts_are_searched_for_is_only_asked_about(typed: str) -> None:
    builder = ProjectBuilder()
    builder.person("Zoë D’Arcy-Schröder")
    builder.person("Zora Dunn")
    with pytest.raises(AppError, match=r"Nobody here is, or was, called “.*”\. Did you mean “Zoë D’Arcy-Schröder”\?"):
        target(builder.project(), typed)


def test_a_spelling_of_two_people_lists_everybody() -> None:
    builder = ProjectBuilder()
    builder.person("Zoë Schröder")
    builder.person("Zoe Dunn")
    with pytest.raises(AppError, match="There are: Zoë Schröder, Zoe Dunn"):
        target(builder.project(), "Zoe")


def namesakes() -> tuple[ProjectBuilder, Person, Person]:
    builder = ProjectBuilder()
    object.__setattr__(builder.mint, "author", "Tom Brandt")
    one, other = (builder.person("Rosa Steiner", title=title) for title in ("VP Support", "Counsel"))
    builder.set(builder.document.only(Agent), client="Rosa Steiner asked for it")
    return builder, one, other


@pytest.mark.parametrize("way", ["Rosa Steiner (VP Support)", "rosa steiner  (vp support)", "id"])
def test_one_of_two_namesakes_is_erased_and_the_other_keeps_the_name(way: str) -> None:
    builder, one, other = namesakes()
    whom = target(builder.project(), one.id if way == "id" else way)
    assert [known.id for known in whom.known] == [one.id]
    after = noted(without(builder.project(), whom).project, Mint()).document
    names = {row.id: row.name for row in after.rows(Person)}
    assert (names[one.id], names[other.id]) == ("Erased person 1", "Rosa Steiner")
    # Nobody can say which of the two a text means.
    assert after.only(Agent).client == "Rosa Steiner asked for it"
    assert "Rosa Steiner" in looked_for(builder.project(), whom).shared
    assert only_theirs(builder.project(), whom) == ()


def test_of_two_namesakes_the_second_takes_the_name_along() -> None:
    builder, one, other = namesakes()
    after = erased(erased(builder.project(), one.id), other.id)
    assert "Rosa" not in write(after, private=True)


def test_two_namesakes_are_told_how_to_tell_them_apart() -> None:
    builder, _, _ = namesakes()
    with pytest.raises(AppError, match=r"Write “Rosa Steiner \(VP Support\)” or “Rosa Steiner \(Counsel\)”"):
        target(builder.project(), "Rósa Steiner")


def test_whoever_had_the_same_name_once_does_not_take_it_from_who_has_it_now() -> None:
    builder, one, other = namesakes()
    builder.set(one, name="Rosa A. Steiner")
    names = {row.id: row.name for row in erased(builder.project(), "Rosa A. Steiner").document.rows(Person)}
    assert (names[one.id], names[other.id]) == ("Erased person 1", "Rosa Steiner")
    names = {row.id: row.name for row in erased(builder.project(), other.id).document.rows(Person)}
    assert names[other.id] == "Erased person 1"


def test_a_name_that_two_people_had_means_neither() -> None:
    builder = ProjectBuilder()
    for name in ("Ann One", "Bea Two"):
        row = builder.person("New Colleague")
        builder.set(row, name=name)
    with pytest.raises(AppError, match="may be any of: Ann One, Bea Two"):
        target(builder.project(), "New Colleague")


def sign_all(workspace: Workspace) -> None:
    """Every seat signs, and the revision binds the past, as when people sign."""
    kept = implied(workspace.project, ())
    for seat in signoff.state(workspace.document).seats:
        assert seat.person is not None
        workspace.run(signoff.sign("design", seat.seat, seat.person.name, 0, kept))


@pytest.mark.parametrize("mark", [1, 0])
def test_the_mark_hides_no_change_of_a_decision(mark: int) -> None:
    """A forger rewrites what a revision kept and the decisions alike, and claims that only names were taken out."""
    project = complete_and_signed()
    revision = project.document.rows(Revision)[0]
    agent = project.document.only(Agent)
    assert verify_project(FILE, project).code == 0
    forged = replaced(
        project,
        with_fields(agent, {"client": "Another"}),
        with_fields(revision, {"content": revision.content.replace(agent.client, "Another"), "erased": mark}),
    )
    verdict = verify_project(FILE, forged, chain.receipt(project.document))
    assert verdict.code == 1
    assert verdict.outcome is Outcome.CANNOT
    assert "What revision 1 kept" in "\n".join(verdict.beneath)
    assert not signoff.state(forged.document).signed


def test_the_mark_hides_no_change_of_a_signature() -> None:
    project = complete_and_signed()
    signature = project.document.rows(Signature)[0]
    forged = replaced(project, with_fields(signature, {"name": "Somebody Else", "erased": 1}))
    verdict = verify_project(FILE, forged)
    assert verdict.outcome is Outcome.CHANGED
    assert "the signature is that of Somebody Else" in words(verdict.why)


def test_a_change_of_a_decision_after_an_erasure_is_a_change() -> None:
    after = erased(named_project())
    workspace = Workspace(after)
    workspace.run(set_fields(workspace.document.only(Agent).id, client="Another"))
    assert verify_project(FILE, workspace.project).outcome is Outcome.CHANGED


def test_a_changed_digest_or_a_dropped_entry_is_found_beside_an_erasure() -> None:
    after = erased(named_project())
    revision = after.document.rows(Revision)[-1]
    other = replaced(after, with_fields(revision, {"digest": "0" * 64}))
    assert verify_project(FILE, other).outcome is Outcome.CHANGED
    dropped = after.document.rows(Signature)[-1]
    rows = [row for row in after.document if row.id != dropped.id]
    short = Project(Document.of(after.document.project_id, rows), after.log)
    assert verify_project(FILE, short, chain.receipt(after.document)).outcome is Outcome.CHANGED


def test_signatures_without_names_are_not_taken_over() -> None:
    builder = named_everywhere(signed=False)
    ours = builder.project()
    workspace = Workspace(ours, mint=Mint(now=fixed_mint().now))
    workspace.run(signoff.sign("design", "workflow", NAME, 0))
    here = workspace.project
    there = Workspace(read(write(here, private=True)), mint=Mint(now=fixed_mint().now))
    there.run(signoff.sign("design", "system", NAME, 0))
    with pytest.raises(AppError, match="Names were taken out of the signatures"):
        signoff.unite(without_names(there.project).project.document)(here.document, Mint())


def test_the_same_is_done_to_a_copy_from_before() -> None:
    project = named_project()
    after = erased(project)
    copy = alike(project, after)
    assert copy.document.table("person").by_id == after.document.table("person").by_id
    assert [row.content for row in copy.document.rows(Revision)] == [
        row.content for row in after.document.rows(Revision)
    ]
    assert list(copy.log) == list(after.log)[:-1]
    assert alike(project, project) is project


def complete_and_signed() -> Project:
    builder = complete()
    for seat in signoff.required_seats(builder.document):
        holder = signoff.seat_holder(builder.document, seat)
        assert holder is not None
        builder.run(signoff.sign("design", seat, holder.name, 0))
    return builder.project()


def test_what_a_signature_kept_of_the_findings_goes_too() -> None:
    assert SAID in named_project().document.rows(Revision)[0].implied
    kept = erased(named_project()).document.rows(Revision)[0].implied
    assert TRACE.search(kept.encode()) is None
    assert "Erased person 1" in kept


def ordinary() -> Project:
    """A project of somebody called Mark Will, who is the author of steps by a user name."""
    builder = complete()
    her = builder.document.rows(Person)[0]
    builder.set(her, name="Mark Will")
    workspace = Workspace(builder.project(), mint=Mint(author="mark"))
    said = "Clerks will mark replies. Ask Mark, or mark.will@corp.example"
    workspace.run(set_fields(workspace.document.only(Agent).id, client=said))
    return workspace.project


def test_ordinary_words_that_are_a_name_stay_and_the_person_goes() -> None:
    after = erased(ordinary(), "Mark Will")
    gone = "Erased person 1"
    assert after.document.only(Agent).client == f"Clerks will mark replies. Ask {gone}, or {gone}"
    assert {entry.author for entry in after.log} & {"mark", gone} == {gone}


def test_where_an_ordinary_word_is_not_taken_for_somebody_is_said() -> None:
    project = ordinary()
    looked = looked_for(project, target(project, "Mark Will"))
    assert looked.ordinary == ("Mark", "Will")
    assert any("Mark, Will. At the beginning of a sentence" in words(line) for line in looked.lines())
    assert looked_for(named_project(), target(named_project(), NAME)).ordinary == ()
