"""What `ownermap show` says of who decides what."""

from __future__ import annotations

from app.showing import as_plain, screenful
from tests.support.builder import ProjectBuilder


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
