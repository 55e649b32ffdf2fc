"""What may change, who drafts and approves it, and what is tested first (domain.md 1.4)."""

from __future__ import annotations

from app.messages import words
from app.model.change import ApprovalRule, Change, EvaluationSuite, StageControl, Tool, TrainingData
from app.report.details import facts, listing
from app.report.material import Material
from app.report.model import Section


def section(material: Material) -> Section:
    """Change control."""
    return Section(
        "change",
        words("Change control"),
        words("Each kind of change has people who draft it, people who approve it, and a test that it must pass."),
        (
            listing(material, ApprovalRule, "No kind of change has an approver yet."),
            listing(material, EvaluationSuite, "There is no evaluation suite yet."),
            listing(material, Tool, "No tool is registered yet.", caption=words("Tool registry")),
            facts(material, material.document.only(TrainingData), words("Training data")),
            listing(material, StageControl, "No control is set yet."),
            listing(material, Change, "No change has been recorded yet."),
        ),
        sheet="Change control",
    )
