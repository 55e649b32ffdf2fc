"""What changed, in words."""

from __future__ import annotations

from app.edits.generic import remove
from app.interchange import Project
from app.model.oversight import Action
from app.report.build import build
from app.report.model import Table
from app.revisions.signoff import seat_holder, sign
from tests.support.builder import AS_OF, SEATS, ProjectBuilder, complete


def lines(project: Project, section: str) -> list[tuple[str, ...]]:
    found = next(s for s in build(project, (), AS_OF).sections if s.id == section)
    return [tuple(str(cell.value) for cell in row) for b in found.blocks if isinstance(b, Table) for row in b.rows]


def details(builder: ProjectBuilder) -> list[str]:
    return [row[3] for row in lines(builder.project(), "log")]


def test_a_change_names_the_row_the_field_and_both_values() -> None:
    builder = ProjectBuilder()
    dana, jun = builder.person("Dana"), builder.person("Jun")
    builder.owner("workflow", dana)
    builder.owner("workflow", jun)
    assert details(builder)[0] == "Owner “Workflow owner”, Person: Dana → Jun"
    assert details(builder)[1] == "Owner “Workflow owner”, Person: – → Dana"


def test_what_came_and_went_is_summed_up() -> None:
    builder = ProjectBuilder()
    dana = builder.person("Dana", title="Head of Support")
    builder.run(remove(dana.id))
    gone, came = details(builder)
    assert came == "Person “Dana”, added: Name: Dana; Title: Head of Support; Inside or vendor: Inside"
    assert gone == "Person “Dana”, removed: Name: Dana; Title: Head of Support; Inside or vendor: Inside"


def test_a_large_change_is_cut_short() -> None:
    builder = ProjectBuilder()
    values = {"reversibility": 1, "blast_radius": 1, "external_visibility": 1, "cost": 1, "data_sensitivity": 1}
    action = builder.action("Send " + "very " * 35 + "much")
    builder.set(action, **values)
    said = details(builder)[0].splitlines()
    assert len(said) == 5
    assert said[-1] == "and 1 more"
    assert all(len(line) < 250 for line in said)


def test_signing_does_not_spill_the_signed_content_into_the_log() -> None:
    builder = complete()
    holder = seat_holder(builder.document, SEATS[0])
    assert holder is not None
    builder.run(sign("design", SEATS[0], holder.name, 0))
    assert max(map(len, details(builder))) < 1000


def test_what_changed_since_signing_is_listed_and_undone_changes_are_not() -> None:
    builder = complete()
    for seat in SEATS:
        holder = seat_holder(builder.document, seat)
        assert holder is not None
        builder.run(sign("design", seat, holder.name, 0))
    assert lines(builder.project(), "changed") == []
    action = builder.document.rows(Action)[0]
    builder.set(action, note="A new note")
    builder.set(action, note=action.note)
    assert lines(builder.project(), "changed") == []
    builder.set(action, runs_per_week=7)
    ((about, what, _, after),) = lines(builder.project(), "changed")
    assert (about, what, after) == (f"Action “{action.name}”", "Runs a week", "7")
