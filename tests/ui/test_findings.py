"""How much is open, said of a row, and the way to the one answer that is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.edits.generic import add, set_fields
from app.messages import msg
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.rules.finding import Finding, Severity
from ui.findings import weighed
from ui.widgets.editors.choosing import Segment
from ui.window import Window

B, W, A = Severity.BLOCKER, Severity.WARNING, Severity.ADVICE


def of(severity: Severity) -> Finding:
    said = msg("Who?")
    return Finding("OWN-01", severity, said, said, said, "", said, said, "owners")


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ((B,), "Blocker"),
        ((A,), "Advice"),
        ((B, W), "1 blocker · 1 warning"),
        ((B, B, W, W, W), "2 blockers · 3 warnings"),
        ((W, W), "2 warnings"),
        ((W, A), "1 warning · 1 piece of advice"),
    ],
)
def test_each_weight_is_counted_on_its_own(weights: tuple[Severity, ...], told: str) -> None:
    assert weighed(map(of, weights)) == told


def name_the_lead(window: Window) -> None:
    workspace = window.desk.workspace
    workspace.run(add(Person, {"name": "Nadia Fuchs"}))
    lead = workspace.document.fixed(OwnerAssignment, "workflow")
    workspace.run(set_fields(lead.id, person=workspace.document.rows(Person)[0].id))
    workspace.check_now()


def test_what_readiness_sums_up_waits_while_the_plain_question_is_open(make_window: Callable[..., Window]) -> None:
    window = make_window("empty")
    lead = window.desk.document.fixed(OwnerAssignment, "workflow")
    workspace = window.desk.workspace
    assert [each.code for each in workspace.findings.at(lead.id, "person")] == ["OWN-01"]
    assert {"RDY-01", "STP-09"} <= {each.code for each in workspace.findings.all}, "they stand on Readiness"


def test_the_way_leads_to_the_answer_that_is_missing(make_window: Callable[..., Window]) -> None:
    """“May the lead change it without asking?” is answered by one of the chips, not by the first."""
    window = make_window("empty")
    assert not any(each.code == "OWN-13" for each in window.desk.workspace.findings.all), "nobody is named yet"
    name_the_lead(window)
    found = next(each for each in window.desk.workspace.findings.all if each.code == "OWN-13")
    window.desk.go_to(found)
    chip = QApplication.focusWidget()
    assert isinstance(chip, Segment)
    assert chip.text() == "may make changes"
    chip.click()
    window.desk.workspace.check_now()
    assert not any(each.code == "OWN-13" for each in window.desk.workspace.findings.all)
