"""An acceptance holds while what was accepted is in substance the same, and comes back when it is not."""

from __future__ import annotations

from app.edits.standing import accept_risk
from app.messages import Message, msg, words
from app.model.commit import AcceptedRisk, Commitment
from app.model.oversight import Evidence
from app.model.room import Person
from app.rules.check import Checker, said
from app.rules.finding import Context, Finding
from app.rules.promises import may_be_promised, standing
from app.rules.substance import is_the_same, seen
from tests.support import autonomy
from tests.support.builder import AS_OF, ProjectBuilder, complete


def found(builder: ProjectBuilder, code: str, as_of: str = AS_OF) -> Finding | None:
    everything = Checker().findings(builder.document, Context(as_of))
    return next((each for each in everything if each.code == code), None)


def accepted(builder: ProjectBuilder, code: str, expiry: str = "2027-06-01") -> AcceptedRisk:
    finding = found(builder, code)
    assert finding is not None
    saw = said(builder.document, finding)
    who = builder.document.rows(Person)[0].id
    builder.run(accept_risk(code, finding.subject, *saw, who=who, why="Low volume", expiry=expiry))
    return builder.document.rows(AcceptedRisk)[-1]


def stands(builder: ProjectBuilder, code: str, as_of: str = AS_OF) -> bool:
    finding = found(builder, code, as_of)
    assert finding is not None
    return bool(finding.accepted)


def risk(builder: ProjectBuilder, detail: Message) -> AcceptedRisk:
    """A finding that says this, accepted."""
    return builder.add(AcceptedRisk, **seen(builder.document, detail)._asdict())


def old_evidence() -> ProjectBuilder:
    builder = complete()
    autonomy.after(autonomy.nobody_looked(("2026-06-01", "2026-08-01")))(builder)
    return builder


# --- what runs with the calendar, and what is called otherwise ---------------------------------------------


def test_a_number_of_days_that_grows_changes_no_substance() -> None:
    builder = old_evidence()
    accepted(builder, "REV-08")
    assert stands(builder, "REV-08", "2026-11-22T09:00:00.000Z")
    assert stands(builder, "REV-08", "2026-12-20T09:00:00.000Z")


def test_other_evidence_does() -> None:
    builder = old_evidence()
    accepted(builder, "REV-08")
    for row in builder.document.rows(Evidence):
        builder.set(row, to_day="2026-08-02")
    assert not stands(builder, "REV-08")


def test_the_same_leave_is_accepted_once_and_a_longer_one_is_not() -> None:
    builder = ProjectBuilder()
    builder.agent(time_zone="Europe/Berlin")
    marc = builder.person("Marc", away_from="2026-11-16", away_to="2026-12-04")
    boss = builder.person("Rosa")
    builder.window("exception", marc)
    finding = found(builder, "COV-13")
    assert finding is not None
    saw = said(builder.document, finding)
    builder.run(accept_risk("COV-13", finding.subject, *saw, who=boss.id, why="Quiet weeks", expiry="2026-12-31"))
    assert stands(builder, "COV-13", "2026-11-25T09:00:00.000Z")
    builder.set(marc, away_to="2026-12-11")
    assert not stands(builder, "COV-13")


def test_a_new_name_is_the_same_person_and_another_person_is_not() -> None:
    builder = complete()
    people = [row for row in builder.document.rows(Person) if row.side == "inside"]
    detail = msg("{names}: nobody stands in.", names=f"{people[0].name}, {people[1].name}")
    kept = risk(builder, detail)
    builder.set(people[0], name="Somebody Renamed")
    renamed = msg("{names}: nobody stands in.", names=f"Somebody Renamed, {people[1].name}")
    assert is_the_same(builder.document, kept, renamed)
    other = msg("{names}: nobody stands in.", names=f"{people[2].name}, {people[1].name}")
    assert not is_the_same(builder.document, kept, other)
    assert not is_the_same(builder.document, kept, detail), "nobody has the old name any more"


def test_a_finding_whose_action_is_renamed_stays_accepted() -> None:
    builder = old_evidence()
    accepted(builder, "REV-08")
    action = autonomy.action_of(builder)
    builder.set(action, name="Close the case")
    assert stands(builder, "REV-08")


def test_what_is_kept_reads_as_a_sentence_and_fits() -> None:
    builder = complete()
    long = msg("{text}", text="word " * 400)
    kept = risk(builder, long)
    assert is_the_same(builder.document, kept, long)
    assert not is_the_same(builder.document, kept, msg("{text}", text="word " * 401))
    assert risk(builder, msg("A sentence.")).saw == "A sentence."


def test_what_was_kept_without_a_mark_goes_by_its_words() -> None:
    detail: Message = msg("A sentence.")
    builder = complete()
    kept = builder.add(AcceptedRisk, saw=words(detail))
    other = builder.add(AcceptedRisk, saw="Another sentence.")
    assert is_the_same(builder.document, kept, detail)
    assert not is_the_same(builder.document, other, detail)


# --- an acceptance that is over ----------------------------------------------------------------------------


def test_an_acceptance_that_is_over_asks_while_the_point_is_open() -> None:
    builder = complete()
    broken = builder.add(Commitment, what="Drill", by_when="2026-11-20")
    risk = builder.add(AcceptedRisk, code="RDY-02", subject=broken.id, why="Low volume", expiry="2026-11-20")
    asked = found(builder, "RDY-03")
    assert asked is not None
    assert asked.subject == risk.id
    builder.set(broken, done_on="2026-11-20")
    assert found(builder, "RDY-03") is None


# --- a promise that stands for nothing ---------------------------------------------------------------------


def open_point(**values: object) -> tuple[ProjectBuilder, Finding]:
    """A blocker for which a promise would do, and a promise for it."""
    builder = ProjectBuilder().stage("1b")
    promise = {"code": "CHG-01", "what": "Name them", "who": builder.person("Ada"), "by_when": "2026-12-01"}
    builder.add(Commitment, **{**promise, **values})
    finding = found(builder, "CHG-01")
    assert finding is not None
    return builder, finding


def test_a_promise_eases_until_it_is_done_and_then_the_point_is_open_and_says_so() -> None:
    _, eased = open_point()
    assert eased.eased
    builder, finding = open_point(done_on="2026-11-20")
    assert (finding.eased, finding.committed, finding.blocks) == (False, "", True)
    assert [words(each) for each in standing(builder.document, finding)] == [
        "promised by Ada and marked as done on 20 Nov 2026, yet still open"
    ]
    assert may_be_promised(builder.document, finding)


def test_a_promise_without_words_too_far_or_by_the_vendor_eases_nothing() -> None:
    for values in ({"what": ""}, {"by_when": "2027-11-22"}):
        assert open_point(**values)[1].blocks
    assert not open_point(by_when="2027-11-21")[1].blocks
    builder = ProjectBuilder().stage("1b")
    builder.add(Commitment, code="CHG-01", what="x", who=builder.person("Vera", side="vendor"), by_when="2026-12-01")
    finding = found(builder, "CHG-01")
    assert finding is not None
    assert finding.blocks
