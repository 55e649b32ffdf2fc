"""The Scorecard page: a metric that is known by its name brings its family with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.edits.generic import set_fields
from app.messages import words
from app.model.scorecard import Metric
from app.rules.finding import Finding
from ui.steps.scorecard.page import ScorecardPage
from ui.window import Window


def scorecard(window: Window) -> ScorecardPage:
    window.show_step("scorecard")
    page = window.page("scorecard")
    assert isinstance(page, ScorecardPage)
    return page


def chips(page: ScorecardPage) -> list[str]:
    flow = page.view.families_flow
    items = filter(None, map(flow.itemAt, range(flow.count())))
    return [chip.text() for item in items if isinstance(chip := item.widget(), QLabel)]


def balance(window: Window) -> Finding:
    window.desk.workspace.check_now()
    return next(each for each in window.desk.workspace.findings.all if each.code == "SCO-05")


def test_a_metric_that_is_known_brings_its_family_with_it(make_window: Callable[..., Window]) -> None:
    window = make_window("empty")
    page = scorecard(window)
    adder = page.view.metrics.adder
    assert adder is not None
    QTest.keyClicks(adder, "intervention rate")
    QTest.keyClick(adder, Qt.Key.Key_Return)
    (metric,) = window.desk.document.rows(Metric)
    assert (metric.name, metric.family) == ("intervention rate", "headline")
    assert chips(page)[0] == "✓ Headline"
    assert words(balance(window).detail) == "The scorecard has nothing on: Value, Customer and Cost."
    window.undo()
    assert window.desk.document.rows(Metric) == (), "one step"


def test_a_metric_without_its_family_is_asked_for_that(make_window: Callable[..., Window]) -> None:
    window = make_window("empty")
    page = scorecard(window)
    metric_id = page.view.metrics.add_row(name="Intervention rate", family="")
    found = balance(window)
    assert words(found.detail) == "“Intervention rate” has no family yet; it is usually “Headline”."
    assert (found.subject, found.field, words(found.question)) == (
        metric_id,
        "family",
        "Which side of it does this metric show?",
    )
    window.desk.workspace.run(set_fields(metric_id, family="headline"))
    assert balance(window).subject == ""
