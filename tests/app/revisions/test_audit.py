"""Whether the stored sign-off holds is computed once, and anew when a signature or a revision is another."""

from __future__ import annotations

from app.edits.generic import set_fields
from app.interchange import Project
from app.model.changes import RowChange
from app.model.commit import Signature
from app.model.log import Log
from app.model.room import Agent
from app.model.row import with_fields
from app.revisions.audit import audit
from app.revisions.proof import warning_of
from app.revisions.signoff import seat_holder, sign, state
from tests.support.builder import complete


def test_an_edit_of_a_decision_asks_for_no_new_audit() -> None:
    room = complete()
    holder = seat_holder(room.document, "workflow")
    assert holder is not None
    room.run(sign("design", "workflow", holder.name, 0))
    assert warning_of(Project(room.document, Log())) is None
    before = room.document
    (first, *_) = before.rows(Signature)
    forged = before.applying([RowChange(first, with_fields(first, {"name": "Mallory"}))])
    faults = audit(forged)
    assert str(faults[0]) in str(warning_of(Project(forged, Log())))
    room.document = forged
    room.run(set_fields(forged.only(Agent).id, model="another model"))
    assert room.document is not forged
    assert audit(room.document) is faults
    assert state(room.document).faults is faults
    assert audit(before) == ()
