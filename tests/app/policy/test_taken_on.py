"""Who has taken on a part: by their own word, or by signing in its seat while the revision stands."""

from __future__ import annotations

from app.messages import words
from app.model.commit import Signature
from app.model.owners import OwnerAssignment, RoleAssignment
from app.policy.due import due_next
from app.policy.taken_on import ACCEPTED, Answer, answer_of
from app.report.todo import todos
from app.revisions.signoff import sign, withdraw
from tests.support.builder import ProjectBuilder

TODAY = "2026-11-21"
SIGNED = Answer(ACCEPTED, TODAY, by_signature=True)


def signed_by(name: str = "Nadia Fuchs", seat: str = "workflow") -> ProjectBuilder:
    builder = ProjectBuilder()
    builder.agent(time_zone="Europe/Berlin")
    nadia = builder.person("Nadia Fuchs")
    builder.owner("workflow", nadia)
    builder.role("product_owner", nadia)
    builder.owner("system", builder.person("Tomas Ilves"))
    return builder.run(sign("design", seat, name, 0))


def answer(builder: ProjectBuilder, owner_type: str) -> Answer:
    return answer_of(builder.document, builder.document.fixed(OwnerAssignment, owner_type))


def asked(builder: ProjectBuilder) -> list[str]:
    return [words(due.what) for due in due_next(builder.document, TODAY) if due.kind == "acceptance"]


def test_a_signature_accepts_its_own_seat_and_nothing_else() -> None:
    builder = signed_by()
    assert answer(builder, "workflow") == SIGNED
    assert answer(builder, "system") == Answer("", "")
    role = builder.document.fixed(RoleAssignment, "product_owner")
    assert answer_of(builder.document, role) == Answer("", "")
    assert asked(builder) == [
        "Tomas Ilves has not accepted yet: System owner",
        "Nadia Fuchs has not accepted yet: Agent Product Owner",
    ]
    told = [todo.what for todo in todos(builder.document, ())]
    assert "Accept or decline: Workflow owner" not in told
    assert "Accept or decline: System owner" in told


def test_somebody_else_in_the_seat_has_not_accepted() -> None:
    builder = signed_by()
    builder.owner("workflow", builder.person("Mei Tanaka"))
    assert answer(builder, "workflow") == Answer("", "")


def test_a_withdrawn_signature_accepts_nothing() -> None:
    builder = signed_by()
    builder.run(withdraw("Nadia Fuchs", "Too early"))
    assert answer(builder, "workflow") == Answer("", "")


def test_their_own_word_counts_before_the_signature() -> None:
    builder = signed_by()
    builder.fixed(OwnerAssignment, "workflow", accepted="declined", accepted_on="2026-11-22")
    assert answer(builder, "workflow") == Answer("declined", "2026-11-22")


def test_the_first_signature_says_since_when() -> None:
    builder = signed_by()
    (first,) = builder.document.rows(Signature)
    assert first.signed_at.startswith(TODAY)
    builder.fixed(OwnerAssignment, "exception", person=builder.person("Grace Obi"))
    assert answer(builder, "workflow") == SIGNED, "the decisions have changed since, and she is still owner"
