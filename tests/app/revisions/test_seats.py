"""Whose signature counts for a seat: that of whoever holds it in what the revision kept, whatever came since."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.edits.generic import remove, set_fields
from app.messages import words
from app.model.changes import RowChange
from app.model.commit import Revision, Signature
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.model.row import with_fields
from app.revisions import signoff
from app.revisions.seats import NOBODY, seat_fault, seats_of
from app.verifying import verify_project
from tests.support.builder import ProjectBuilder, complete

FILE = Path("map.ownermap")


@pytest.fixture
def signed() -> ProjectBuilder:
    builder = complete()
    for seat in signoff.required_seats(builder.document):
        holder = signoff.seat_holder(builder.document, seat)
        assert holder is not None
        builder.run(signoff.sign("design", seat, holder.name, 0))
    return builder


def signature(builder: ProjectBuilder, seat: str = "workflow") -> Signature:
    return next(row for row in builder.document.rows(Signature) if row.seat == seat)


def test_one_person_may_hold_several_seats(signed: ProjectBuilder) -> None:
    names = [row.name for row in signed.document.rows(Signature)]
    assert len(set(names)) < len(names)
    assert verify_project(FILE, signed.project()).code == 0


def test_whoever_is_renamed_replaced_or_removed_since_has_signed_all_the_same(signed: ProjectBuilder) -> None:
    row = signature(signed)
    person = signed.document.get(Person, row.signer)
    assert person is not None
    signed.set(person, name="Somebody Married")
    assert signoff.audit(signed.document) == ()
    other = signed.person("Somebody New")
    signed.run(set_fields(signed.document.fixed(OwnerAssignment, "workflow").id, person=other.id))
    signed.run(remove(person.id))
    assert signoff.audit(signed.document) == ()


def test_a_signature_from_before_signers_were_kept_is_told_by_its_name(signed: ProjectBuilder) -> None:
    row, revision = signature(signed), signed.document.rows(Revision)[0]
    assert seat_fault(revision, with_fields(row, {"signer": ""})) is None
    assert seat_fault(revision, with_fields(row, {"signer": "", "name": "Somebody Else"})) is not None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"name": "Somebody Else"},
            "is held by Dana Abelard in revision 1, and the signature is that of Somebody Else",
        ),
        ({"signer": "0" * 36}, "somebody else of that name signed it"),
        ({"seat": "nothing"}, "which nobody holds in revision 1"),
    ],
)
def test_anybody_else_is_a_fault(signed: ProjectBuilder, values: dict[str, str], said: str) -> None:
    fault = seat_fault(signed.document.rows(Revision)[0], with_fields(signature(signed), values))
    assert fault is not None
    assert said in words(fault)


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | (
            st.dictionaries(
                st.sampled_from(["agent", "person", "owner_assignment", "id", "stage", "type"]), inner, max_size=4
            )
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_content_that_nobody_can_read_seats_nobody_and_is_a_fault(content: object) -> None:
    import json

    revision = Revision(id="r", number=1, content=json.dumps(content))
    found = seats_of(revision)
    assert found == NOBODY or found.stage == seats_of(revision).stage
    builder = ProjectBuilder()
    faults = signoff.audit(builder.document.applying([RowChange(None, revision)]))
    assert faults
