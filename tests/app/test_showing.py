"""What `ownermap show` says of who decides what, and how rows are called in a difference and beside a finding."""

from __future__ import annotations

import pytest

from app.edits.generic import remove
from app.messages import words
from app.model.boundary import Workflow
from app.model.changes import RowChange
from app.model.commit import RaciOverride, Revision
from app.model.document import Document
from app.model.fields import Scope
from app.model.oversight import Action
from app.model.owners import OwnerAssignment
from app.policy.raci import action_key
from app.policy.raci_table import BY_KEY
from app.revisions.differences import differences
from app.revisions.pseudonyms import without_names
from app.showing import as_plain, called, difference_lines, screenful
from tests.support.builder import ProjectBuilder, complete
from tests.support.named import named_project


def two_leads() -> ProjectBuilder:
    builder = ProjectBuilder()
    builder.owner("workflow", builder.person("Dana"))
    builder.role("product_owner", builder.person("Priya"))
    return builder


def test_two_leads_are_told_apart() -> None:
    lines = screenful(two_leads().document).splitlines()
    assert "The boundary, and which risks are acceptable: Dana" in lines
    assert "The guardrails, and the oversight of each action: Priya" in lines
    assert "To expand, narrow or stop it: nobody" in lines


def test_one_lead_needs_no_line_between_rights() -> None:
    builder = two_leads()
    builder.role("product_owner", None)
    assert "guardrails" not in screenful(builder.document)
    assert as_plain(builder.document)["decides"] == {"boundary": "Dana", "guardrails": "Dana", "outcome": ""}


def lines(before: Document, after: Document) -> str:
    return difference_lines(differences(before, after, scopes=frozenset({Scope.DECISION})), before, after)


@pytest.mark.parametrize("about_an_action", [True, False])
def test_a_letter_changed_by_hand_is_told_by_its_row_and_column(about_an_action: bool) -> None:
    builder = complete()
    before, action = builder.document, builder.document.rows(Action)[0]
    key, row = (action_key(action.id), action.name) if about_an_action else ("L06", words(BY_KEY["L06"].label))
    override = builder.add(RaciOverride, activity=key, column="SEC", letter="C", reason="Asked")
    after = builder.document
    line = f"RACI override “{row}, Security”"
    assert lines(before, after) == f"+ {line}"
    assert lines(after, before) == f"- {line}"
    builder.set(override, letter="I")
    assert lines(after, builder.document).startswith(f"~ {line}, Letter: ")


def test_a_letter_on_an_action_that_is_gone_says_so() -> None:
    builder = complete()
    action = builder.document.rows(Action)[0]
    override = builder.add(RaciOverride, activity=action_key(action.id), column="SEC", letter="C", reason="Asked")
    builder.run(remove(action.id))
    assert called(builder.document, override.id) == "a row that is gone, Security"


def test_what_a_finding_is_about_has_a_name_unless_it_is_the_whole_map() -> None:
    document = complete().document
    assert called(document, document.fixed(OwnerAssignment, "outcome").id) == "Outcome owner"
    assert called(document, "") == ""


def test_a_purpose_cannot_pass_for_a_line_of_ours() -> None:
    seat = "Seat workflow                Dana Abelard, signed 21 Nov 2026, 21:09 Europe/Berlin"
    builder = two_leads()
    builder.set(Workflow, purpose=f"{seat}\n{seat}")
    shown = screenful(builder.document).splitlines()
    assert [line for line in shown if line.startswith("Seat workflow") and "signed 21" in line] == []
    assert shown.count(f"  {' '.join(seat.split())}") == 2


def test_of_revisions_the_difference_says_what_people_can_read() -> None:
    project = named_project()
    without = project.document.applying([RowChange(project.document.rows(Revision)[0], None)])
    redacted = without_names(project).project.document
    signoff = frozenset({Scope.SIGNOFF})
    here, gone = (
        difference_lines(differences(before, after, scopes=signoff), before, after)
        for before, after in ((project.document, redacted), (project.document, without))
    )
    assert "~ Revision “1”: what was kept when it froze is not the same in both" in here.splitlines()
    assert "{" not in here
    assert gone == "- Revision “1” is in the first one only"
