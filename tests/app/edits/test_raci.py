"""Changing a cell of the RACI by hand, with a reason, and taking it back."""

from __future__ import annotations

import pytest

from app.edits.generic import add
from app.edits.raci import set_letter
from app.errors import AppError
from app.interchange import Project
from app.messages import words
from app.model.commit import RaciOverride
from app.model.document import Document
from app.model.ids import Mint
from app.model.log import Log
from app.model.owners import VendorCover
from app.policy.raci import matrix
from app.workspace import Workspace


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(Project(Document.empty(Mint()), Log()))


def letter(workspace: Workspace, column: str) -> str | None:
    row = matrix(workspace.document).row("L01")
    assert row is not None
    return row.letters.get(column)


def test_a_letter_with_its_reason_and_back_again(workspace: Workspace) -> None:
    made = workspace.run(set_letter("L01", "SEC", "C", "They asked for it"))
    assert made is not None
    assert words(made.label) == "Redraw the boundary: Security is C"
    (override,) = workspace.document.rows(RaciOverride)
    assert (override.reason, letter(workspace, "SEC")) == ("They asked for it", "C")
    workspace.undo()
    assert letter(workspace, "SEC") is None


def test_a_second_change_of_the_same_cell_keeps_one_override(workspace: Workspace) -> None:
    workspace.run(set_letter("L01", "SEC", "C", "First"))
    workspace.run(set_letter("L01", "SEC", "R", "Second"))
    (override,) = workspace.document.rows(RaciOverride)
    assert (override.letter, override.reason) == ("R", "Second")


@pytest.mark.parametrize("cleared", ["", "-"])
def test_clearing_a_cell_that_the_decisions_fill_is_an_override(workspace: Workspace, cleared: str) -> None:
    workspace.run(set_letter("L01", "SO", cleared, "Not needed"))
    assert letter(workspace, "SO") is None
    assert [each.letter for each in workspace.document.rows(RaciOverride)] == ["-"]


def test_the_letter_that_the_decisions_imply_removes_the_override(workspace: Workspace) -> None:
    workspace.run(set_letter("L01", "SO", "I", "Told is enough"))
    workspace.run(set_letter("L01", "SEC", "I", "Told is enough"))
    workspace.run(set_letter("L01", "SO", "C"))
    workspace.run(set_letter("L01", "SEC", "-"))
    assert workspace.document.rows(RaciOverride) == ()
    assert workspace.run(set_letter("L01", "SO", "C")) is None


@pytest.mark.parametrize(("activity", "column"), [("L99", "WO"), ("L01", "VEN"), ("action:gone", "WO"), ("L01", "X")])
def test_a_cell_that_is_not_there_is_refused(workspace: Workspace, activity: str, column: str) -> None:
    with pytest.raises(AppError, match="not in the matrix"):
        workspace.run(set_letter(activity, column, "A"))


@pytest.mark.parametrize("letter", ["S", "s ", "Z", "A/R", "AR", "RASCI"])
def test_a_letter_that_is_none_is_refused_with_what_to_write_instead(workspace: Workspace, letter: str) -> None:
    with pytest.raises(AppError, match=r"is not a letter of this matrix\. Four letters tell .* which is R\."):
        workspace.run(set_letter("L01", "WO", letter))
    assert workspace.document.rows(RaciOverride) == ()


@pytest.mark.parametrize(("written", "kept"), [(" c ", "C"), ("", "-"), ("-", "-")])
def test_a_letter_may_be_written_small_and_an_empty_cell_is_no_letter(
    workspace: Workspace, written: str, kept: str
) -> None:
    workspace.run(set_letter("L01", "WO", written, "Agreed"))
    assert [override.letter for override in workspace.document.rows(RaciOverride)] == [kept]


def test_what_the_vendor_has_by_its_help_needs_no_change_by_hand(workspace: Workspace) -> None:
    cover = {"role": "evaluation_engineer", "letter": "R", "until": "2199-12-31"}
    workspace.run(add(VendorCover, cover))
    assert workspace.run(set_letter("L11", "VEN", "R")) is None
    workspace.run(set_letter("L11", "VEN", "I", "Told is enough"))
    assert [override.letter for override in workspace.document.rows(RaciOverride)] == ["I"]
