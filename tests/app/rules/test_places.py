"""Every finding says where it is answered: a field of its row, or the kind of row that is still to be added."""

from __future__ import annotations

import pytest

from app.model.fields import fields_of
from app.model.kinds import BY_KIND
from app.policy.raci import row_called
from app.rules.rule import Hit
from tests.app.rules.test_rules import BREAKS, BY_CODE, TODAY, whole
from tests.support.builder import ProjectBuilder

WITHOUT_A_FIELD = {
    "OWN-19": "Which of the hats is handed on is for the room to say.",
    "SCO-07": "The readings stand below the metric.",
    "STP-05": "The compensating transaction is added beside the action.",
}
"""Findings that lead to a row as a whole."""


@pytest.mark.parametrize("code", sorted(BREAKS))
def test_every_finding_has_a_place(code: str) -> None:
    for change in BREAKS[code]:
        builder = whole()
        change(builder)
        nowhere = [hit for hit in BY_CODE[code].hits(builder.document, TODAY) if not has_place(builder, code, hit)]
        assert nowhere == []


def has_place(builder: ProjectBuilder, code: str, hit: Hit) -> bool:
    row = builder.document.find(hit.subject)
    if row is not None:
        return hit.field in fields_of(type(row)) or code in WITHOUT_A_FIELD
    if hit.subject:
        return row_called(builder.document, hit.subject) is not None
    return hit.field.partition(":")[0] in BY_KIND
