"""Stop and recover in full: what stands behind the 3 a.m. card (domain.md 1.8)."""

from __future__ import annotations

from app.messages import words
from app.model.stop import CompensatingTransaction, DrillRun, IncidentPlan, SpendGuardrail, StopControl
from app.report.details import facts, listing
from app.report.material import Material
from app.report.model import Section


def section(material: Material) -> Section:
    """Stop and recover in full."""
    return Section(
        "stop",
        words("Stop & recover"),
        words("The stop button, the way back, the undo for each action, and what keeps it from spending without end."),
        (
            listing(material, StopControl, "There is no stop button yet."),
            listing(
                material,
                CompensatingTransaction,
                "No compensating transaction is named yet.",
                first=("action", "steps"),
            ),
            facts(material, material.document.only(IncidentPlan), words("Incident plan")),
            facts(material, material.document.only(SpendGuardrail), words("Spend guardrail")),
            listing(material, DrillRun, "No drill has been walked yet.", caption=words("Drills that were walked")),
        ),
        sheet="Stop & recover",
    )
