"""The operating record, the to-do sheet, and what hangs on whom, in the report."""

from __future__ import annotations

from datetime import timedelta

from app.edits.handover import replace_person
from app.model import vocabulary as v
from app.model.commit import Commitment, ParkedItem
from app.model.oversight import Action, Evidence
from app.model.scorecard import Review
from app.policy.least import least_people
from app.report.display import fingerprint_words
from app.report.material import Material
from app.report.model import Facts, Paragraph, Section, Table
from app.report.sections import decisions, record, reliance, summary
from app.revisions.digest import short
from app.revisions.record import entries, head
from app.revisions.signoff import seat_holder, sign, state
from tests.support.builder import AS_OF, NOW, ProjectBuilder, fixed_mint, sample


def material(builder: ProjectBuilder) -> Material:
    return Material(builder.document, builder.log, (), "", state(builder.document), AS_OF)


def table(found: Section, key: str) -> Table:
    return next(block for block in found.blocks if isinstance(block, Table) and block.key == key)


def texts(found: Table) -> list[tuple[str, ...]]:
    return [tuple(str(cell.value) for cell in row) for row in found.rows]


def facts(found: Section) -> dict[str, str]:
    return {label: str(cell.value) for block in found.blocks if isinstance(block, Facts) for label, cell in block.items}


def handed_over() -> ProjectBuilder:
    b = ProjectBuilder(mint=fixed_mint(author="Ines"))
    b.agent(time_zone="Europe/Berlin")
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("workflow", dana)
    b.run(replace_person(dana.id, lin.id, on="2026-11-21", why="New job"))
    return b


def test_an_entry_says_when_who_and_what() -> None:
    b = handed_over()
    (entry,) = entries(b.log)
    (line,) = texts(table(record.section(material(b)), "recorded_since"))
    assert line[:4] == ("1", "21 Nov 2026, 10:00 Europe/Berlin", "Ines", "Replace Dana by Lin")
    assert line[4].startswith("Hand-over “Dana”, added: From: Dana; Left or away: Dana; To: Lin")
    assert line[5] == short(entry.digest)


def test_the_number_of_entries_and_the_head_are_printed() -> None:
    b = handed_over()
    said = facts(record.section(material(b)))
    assert said == {
        "Entries": "1",
        "Since the last signature": "nobody has signed yet",
        "Head": fingerprint_words(head(b.log).digest),
    }
    assert facts(record.section(material(ProjectBuilder())))["Head"] == "not said"


def test_only_what_came_after_the_last_signature_is_told_first() -> None:
    b = sample()
    b.add(Review, on="2026-11-20")
    b.run(sign("design", "workflow", "Dana Abelard", 0))
    b.mint = fixed_mint("later", NOW + timedelta(days=1))
    b.add(Review, on="2026-11-22")
    found = record.section(material(b))
    assert facts(found)["Since the last signature"] == "1"
    assert [line[0] for line in texts(table(found, "recorded_since"))] == ["2"]
    assert [line[0] for line in texts(table(record.whole(material(b)), "operating_record"))] == ["2", "1"]


def test_the_cover_says_how_far_the_record_goes_beyond_the_signature() -> None:
    b = sample()
    b.add(Review, on="2026-11-20")
    for seat in (str(entry.value) for entry in v.SEATS):
        holder = seat_holder(b.document, seat)
        assert holder is not None
        b.run(sign("design", seat, holder.name, 0))
    assert facts(summary.cover(material(b)))["As of"] == "21 Nov 2026, 10:00 Europe/Berlin"
    b.mint = fixed_mint("later", NOW + timedelta(days=1))
    b.add(Review, on="2026-11-22")
    assert facts(summary.cover(material(b)))["As of"] == (
        "decisions as of 21 Nov 2026, 10:00 Europe/Berlin; operating record up to entry 2, "
        "22 Nov 2026, 10:00 Europe/Berlin"
    )


def test_an_entry_tells_everything_but_zeros_that_say_nothing() -> None:
    b = sample()
    counts = {"runs": 40, "unchanged": 39, "rejected": 1, "cosmetic": 0, "harmful": 0, "failed_stops": 0}
    b.add(Evidence, action=b.document.rows(Action)[0], mode="in_loop", **counts, note="A calm week")
    (line,) = texts(table(record.section(material(b)), "recorded_since"))
    for said in ("Reviewed runs: 40", "Rejected: 1", "Harmful errors: 0", "Stops that failed: 0", "Note: A calm week"):
        assert said in line[4]
    assert "Cosmetic" not in line[4]


def test_a_hand_over_is_shortened_on_paper_and_whole_in_the_workbook() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    for number in range(30):
        b.queue(f"Queue number {number}", dana)
    b.run(replace_person(dana.id, lin.id, on="2026-11-21"))
    (paper,) = texts(table(record.section(material(b)), "recorded_since"))
    (whole,) = texts(table(record.whole(material(b)), "operating_record"))
    assert "Queue number 29" not in paper[4]
    assert "Queue number 29: Owner" in whole[4]


def test_a_long_record_is_on_paper_as_far_as_a_page_goes() -> None:
    b = ProjectBuilder()
    for _ in range(record.ON_PAPER + 2):
        b.add(Review, on="2026-11-20")
    found = record.section(material(b))
    assert len(table(found, "recorded_since").rows) == record.ON_PAPER
    assert any(isinstance(block, Paragraph) and block.text.startswith("2 earlier entries") for block in found.blocks)


def test_the_to_do_sheet_stands_before_the_decisions() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana")
    b.add(Commitment, what="Name a deputy", who=dana, by_when="2026-12-01")
    b.add(ParkedItem, what="Phones", owner=dana)
    found = table(decisions.section(material(b)), "todo")
    assert texts(found) == [("Dana", "Name a deputy", "1 Dec 2026"), ("Dana", "Phones", "no day set")]


def test_who_carries_most_alone_comes_first() -> None:
    b = sample()
    lines = texts(table(reliance.on_paper(material(b)), "reliance"))
    assert lines[0][0] == "Dana Abelard"
    assert "Incident plan: Review led by" in lines[0][3]
    assert ("Priya Menon", "1") in [line[:2] for line in lines]


def test_the_workbook_has_every_duty_with_the_fewest() -> None:
    b = sample()
    lines = texts(table(reliance.in_workbook(material(b)), "fewest"))
    assert [int(line[2]) for line in lines] == [least.count for least in least_people(b.document, "2026-11-21")]
    assert ("Outcome owner", "Owners", "1", "1", "Rosa Steiner") in lines
