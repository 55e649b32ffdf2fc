"""Values in words."""

from __future__ import annotations

import pytest

from app.model.fields import Value, fields_of
from app.model.kinds import BY_KIND
from app.report.display import day_words, display, heading, minutes_words, moment_words, money_words
from tests.support.builder import ProjectBuilder


@pytest.mark.parametrize(
    ("kind", "field", "value", "expected"),
    [
        ("agent", "stage", "1b", "1b Everything in the loop"),
        ("agent", "cost_l1", 10_000, "EUR 100"),
        ("agent", "cost_l2", 1_250, "EUR 12.50"),
        ("agent", "outside_parties", False, ""),
        ("agent", "outside_parties", True, "yes"),
        ("action", "reversibility", 2, "Compensable, named and tested (2)"),
        ("action", "noticed_within", 30, "30 min"),
        ("action", "max_queue_age", 150, "2 h 30 min"),
        ("action", "flags", ("moves_money", "safety"), "Moves money, Touches safety"),
        ("spend_guardrail", "alert_at", 80, "80 % of the ceiling"),
        ("incident_plan", "review_within", 2, "2 working days"),
        ("workflow", "inputs", ("Tickets", "Invoices"), "Tickets\nInvoices"),
        ("coverage_window", "closures", ("2026-12-25", "2027-01-01"), "25 Dec 2026, 1 Jan 2027"),
        ("drill_run", "at", "2026-11-21T02:00:00.000Z", "21 Nov 2026, 03:00 Europe/Berlin"),
        ("person", "name", "=SUM(A1)", "=SUM(A1)"),
        ("person", "name", "Rosa\u200b Stei\u202ener", "Rosa\\u200b Stei\\u202ener"),
        ("person", "name", "علی\u200cرضا", "علی\u200cرضا"),
        ("metric", "owner", None, ""),
        ("metric", "name", "", ""),
    ],
)
def test_each_kind_of_value_has_its_words(kind: str, field: str, value: Value, expected: str) -> None:
    builder = ProjectBuilder()
    agent = builder.agent(currency="EUR", time_zone="Europe/Berlin")
    assert display(builder.document, fields_of(BY_KIND[kind])[field], value, agent) == expected


def test_references_are_names_also_where_a_text_holds_the_id() -> None:
    builder = ProjectBuilder()
    dana, jun = builder.person("Dana Abelard"), builder.person("Jun Kowalczyk")
    agent = builder.agent()
    rota = fields_of(BY_KIND["rota"])["members"]
    about = fields_of(BY_KIND["accepted_risk"])["subject"]
    assert display(builder.document, rota, (jun.id, dana.id), agent) == "Jun Kowalczyk, Dana Abelard"
    assert display(builder.document, about, dana.id, agent) == "Dana Abelard"


def test_a_unit_goes_from_the_heading_to_the_value() -> None:
    assert heading(fields_of(BY_KIND["action"])["noticed_within"]) == "Noticed within"
    assert heading(fields_of(BY_KIND["action"])["name"]) == "Action"


def test_minutes_money_days_and_moments() -> None:
    assert [minutes_words(n) for n in (0, 90, 91, 120, 10_080)] == ["0 min", "90 min", "1 h 31 min", "2 h", "168 h"]
    assert money_words(1_234_567, "JPY") == "JPY 1,234,567"
    assert money_words(5, "") == "0.05"
    assert day_words("2026-01-09") == "9 Jan 2026"
    assert moment_words("2026-07-01T12:00:00.000Z", "") == "1 Jul 2026, 12:00 UTC"
    assert moment_words("", "Europe/Berlin") == ""
