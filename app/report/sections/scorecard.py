"""What is measured, promised, reviewed, and when it is stopped (domain.md 1.9)."""

from __future__ import annotations

from app.messages import words
from app.model.scorecard import KillCriterion, Metric, Reading, Review, ReviewRhythm, ServiceLevel
from app.report.details import listing
from app.report.material import Material
from app.report.model import Section


def section(material: Material) -> Section:
    """Scorecard and rhythm."""
    return Section(
        "scorecard",
        words("Scorecard and rhythm"),
        words("Intervention rate first, then value, customers and cost; each with an owner, a source and a number."),
        (
            listing(material, Metric, "Nothing is measured yet."),
            listing(material, KillCriterion, "There is no number yet at which it is narrowed or stopped."),
            listing(material, ServiceLevel, "No service level is promised yet."),
            listing(material, ReviewRhythm, "No review is planned yet."),
            listing(material, Reading, "No value has been read yet.", first=("metric", "on", "value_read")),
            listing(material, Review, "No review has been held yet.", first=("rhythm", "on")),
        ),
        sheet="Scorecard",
    )
