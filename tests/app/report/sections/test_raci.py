"""The RACI in the exports: letters that end, approvals, and who decides what."""

from __future__ import annotations

from app.model.change import ApprovalRule
from app.model.commit import RaciOverride
from app.model.oversight import Action
from app.model.owners import VendorCover
from app.report.build import build
from app.report.model import Paragraph, Report, Table, Tone
from tests.support.builder import AS_OF, ProjectBuilder, sample


def table(builder: ProjectBuilder, name: str, key: str, *, private: bool = False, as_of: str = AS_OF) -> Table:
    report = build(builder.project(), (), as_of, private=private)
    found = next(each for each in report.sections if each.id == name)
    return next(block for block in found.blocks if isinstance(block, Table) and block.key == key)


def helped() -> ProjectBuilder:
    """The vendor helps as Agent Reliability Engineer until Christmas, and nowhere else."""
    builder = sample()
    for cover in builder.document.rows(VendorCover):
        builder.set(cover, until="2026-11-01")
    builder.add(VendorCover, role="reliability_engineer", until="2026-12-24", what="Nights")
    return builder


def letter(found: Table, label: str) -> tuple[object, str]:
    """What stands in the last column, the vendor's, of a row, with its note."""
    row = next(row for row in found.rows if row[0].value == label)
    return row[-1].value, row[-1].note


def test_a_letter_of_the_vendor_ends() -> None:
    builder = helped()
    told = "Until 24 Dec 2026: Modelhaus, with nobody inside beside it"
    assert letter(table(builder, "raci", "raci_by_role"), "Deploy") == ("R", told)
    (row,) = table(builder, "raci_reasons", "raci_help").rows
    assert [cell.value for cell in row][:3] == ["Agent Reliability Engineer", "R", told]
    later = "2026-12-25T09:00:00.000Z"
    assert letter(table(builder, "raci", "raci_by_role", as_of=later), "Deploy") == ("I", "")
    assert table(builder, "raci_reasons", "raci_help", as_of=later).rows == ()


def test_a_reason_by_hand_stands_instead_of_the_end() -> None:
    builder = helped()
    builder.add(RaciOverride, activity="L14", column="VEN", letter="C", reason="Asked before each release")
    found = letter(table(builder, "raci", "raci_by_role"), "Deploy")
    assert found == ("C", "Changed by hand: Asked before each release")


def test_approvals_name_a_first_and_a_second_approver() -> None:
    builder = sample()
    jun = next(row for row in builder.document.rows(ApprovalRule) if row.change == "looser_threshold").approvers[1]
    action = next(row for row in builder.document.rows(Action) if row.name.startswith("Send reply"))
    builder.set(action, current="in_loop_dual", second_approver=jun)
    rows = {str(row[0].value): row for row in table(builder, "approvals", "approvals_actions").rows}
    sent = [cell.value for cell in rows[action.name]]
    assert sent[1:4] == ["In the loop, two approvers", "Hanna Weiss", "Jun Kowalczyk"]
    assert sent[5] == ""
    assert "Read ticket and billing history" not in rows
    changes = {
        str(row[0].value): [c.value for c in row] for row in table(builder, "approvals", "approvals_changes").rows
    }
    assert changes["Wider scope"][1:4] == ["Major", "Rosa Steiner", "Jun Kowalczyk"]
    assert changes["Knowledge base"][1:4] == ["Standard", "Dana Abelard", ""]


def test_what_is_missing_of_an_approval_is_said_in_red() -> None:
    builder = ProjectBuilder()
    builder.add(ApprovalRule, change="wider_scope", change_class="major")
    builder.add(ApprovalRule, change="tighten", change_class="tighten")
    wider, tighter = table(builder, "approvals", "approvals_changes").rows
    assert (wider[2].value, wider[2].tone) == ("nobody", Tone.BAD)
    assert wider[5].value == "the evaluation suite; an approver for business; an approver for the platform"
    assert wider[5].tone is Tone.BAD
    assert (tighter[2].value, tighter[2].tone) == ("", Tone.PLAIN)


def test_who_decides_what() -> None:
    builder = sample()
    found = table(builder, "owners", "rights")
    assert found.caption == "Who decides what"
    assert [row[2].value for row in found.rows] == ["Dana Abelard", "Dana Abelard", "Rosa Steiner"]
    builder.role("product_owner", builder.person("Priya"))
    two = table(builder, "owners", "rights")
    assert two.caption == "Who decides what, as two people lead"
    assert [row[2].value for row in two.rows] == ["Dana Abelard", "Priya", "Rosa Steiner"]


# The silent vote


def report(*, private: bool) -> Report:
    return build(sample().project(), (), AS_OF, private=private)


def test_how_far_a_vote_agreed_is_told_only_when_asked_for() -> None:
    found = table(sample(), "decisions", "votes_1", private=True)
    first = [cell.value for cell in found.rows[0]]
    assert first[:3] == ["Exception owner", "1 of 4 · Split four ways", "−0.18"]
    assert [row[1].value for row in found.rows[1:]] == ["3 of 4 · Agreed", "3 of 4 · Agreed", "4 of 4 · Agreed"]
    said = "Over all four, less what chance would give: 0.53 (1 is full agreement, 0 is chance)."
    decisions = next(each for each in report(private=True).sections if each.id == "decisions")
    assert Paragraph(said, Tone.MUTED) in decisions.blocks
    open_to_all = next(each for each in report(private=False).sections if each.id == "decisions")
    assert not any(isinstance(block, Table) and block.key.startswith("vote") for block in open_to_all.blocks)
    assert Paragraph(said, Tone.MUTED) not in open_to_all.blocks
