"""Who holds which column."""

from __future__ import annotations

from app.messages import words
from app.model import vocabulary as v
from app.model.document import Document
from app.model.fields import Value
from app.model.ids import Mint
from app.model.owners import Rota
from app.model.room import Agent, Person
from app.model.row import Row, with_fields
from app.policy.holders import column_label, has_vendor, holder, holders

CODES = [str(entry.value) for entry in v.RACI_COLUMNS]

DANA = Person(id="dana", rank="1", name="Dana Abelard")
JUN = Person(id="jun", rank="2", name="Jun Kowalczyk")
VENDOR = Person(id="vera", rank="3", name="Vera Vendor", side="vendor")
ON_CALL = Rota(id="rota", name="Platform on call", members=("jun",))


def document(*rows: Row, **fixed: dict[str, Value]) -> Document:
    """An empty project with rows added; `agent=`, `WO=`, `APO=`, `LEG=` ... fill in rows that are always there."""
    start = Document.empty(Mint())
    changed = {}
    for code, values in fixed.items():
        found: Row | None = start.only(Agent) if code == "agent" else start.find(holder(start, code).row)
        assert found is not None
        changed[found.id] = with_fields(found, values)
    return Document.of("p", [*(changed.get(row.id, row) for row in start), *rows])


def test_who_holds_a_column() -> None:
    filled = document(
        DANA,
        JUN,
        VENDOR,
        ON_CALL,
        WO={"person": "dana"},
        SO={"stand_in": "Platform"},
        EO={"person": "vera"},
        ARE={"rota": "rota"},
        LEG={"person": "jun"},
        agent={"name": "Triage", "vendor": "Acme"},
    )
    found = holders(filled)
    assert list(found) == CODES
    assert (found["WO"].person, found["WO"].name, found["WO"].external) == ("dana", "Dana Abelard", False)
    assert (found["SO"].filled, found["SO"].stand_in) == (False, "Platform")
    assert found["EO"].external
    assert (found["ARE"].rota, found["ARE"].name, found["ARE"].filled) == ("rota", "Platform on call", True)
    assert (found["LEG"].person, found["EE"].filled) == ("jun", False)
    assert (found["AG"].name, found["VEN"].name, found["VEN"].external) == ("Triage", "Acme", True)


def test_the_workflow_owner_is_the_product_owner_unless_somebody_else_is() -> None:
    assert holder(document(DANA, WO={"person": "dana"}), "APO").person == "dana"
    assert holder(document(DANA, JUN, WO={"person": "dana"}, APO={"person": "jun"}), "APO").person == "jun"
    assert holder(document(), "APO").filled is False


def test_there_is_a_vendor_when_it_is_named_or_present() -> None:
    assert not has_vendor(document(DANA))
    assert has_vendor(document(VENDOR))
    assert has_vendor(document(agent={"vendor": "Acme"}))


def test_each_column_has_words() -> None:
    assert words(column_label("ARE")) == "Agent Reliability Engineer"
