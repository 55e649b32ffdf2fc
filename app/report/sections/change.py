"""What may change, who drafts and approves it, and what is tested first (domain.md 1.4)."""

from __future__ import annotations

from app.messages import words
from app.model.change import ApprovalRule, Change, EvaluationSuite, StageControl, Tool, TrainingData
from app.policy.suites import must_pass
from app.report.details import Instead, facts, listing
from app.report.material import Material
from app.report.model import Cell, Section


def section(material: Material) -> Section:
    """Change control."""
    return Section(
        "change",
        words("Change control"),
        words("Each kind of change has people who draft it, people who approve it, and a test that it must pass."),
        (
            listing(
                material,
                ApprovalRule,
                "No kind of change has an approver yet.",
                instead=_tested_all_the_same(material),
            ),
            listing(material, EvaluationSuite, "There is no evaluation suite yet."),
            listing(material, Tool, "No tool is registered yet.", caption=words("Tool registry")),
            facts(material, material.document.only(TrainingData), words("Training data")),
            listing(material, StageControl, "No control is set yet."),
            listing(material, Change, "No change has been recorded yet."),
        ),
        sheet="Change control",
    )


def _tested_all_the_same(material: Material) -> Instead:
    """The kinds of change whose rule does not ask for the suite, and on which a standing suite runs."""
    return {
        (rule.id, "evaluation_gate"): Cell(words("yes, a standing suite runs on it"))
        for rule in material.document.rows(ApprovalRule)
        if not rule.evaluation_gate and must_pass(material.document, rule)
    }
