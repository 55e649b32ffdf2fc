"""What the agent is for, may do, hands over and must not do (domain.md 1.1)."""

from __future__ import annotations

from app.messages import words
from app.model.boundary import BacklogItem, BoundaryLine, LaunchBlocker, System, Workflow
from app.report.details import facts, listing
from app.report.material import Material
from app.report.model import Section


def section(material: Material) -> Section:
    """Boundary."""
    return Section(
        "boundary",
        words("Boundary"),
        words("Anything that is not listed here is not permitted."),
        (
            facts(material, material.agent, words("The agent")),
            facts(material, material.document.only(Workflow), words("The workflow")),
            listing(
                material,
                BoundaryLine,
                "No line of the boundary is drawn yet.",
                first=("side", "verb", "object"),
                caption=words("What it may do, routes out and must never do"),
            ),
            listing(material, System, "No system is listed yet.", caption=words("Systems it touches")),
            listing(
                material,
                LaunchBlocker,
                "No failure case is agreed as blocking launch yet.",
                caption=words("Failure cases that block launch"),
            ),
            listing(material, BacklogItem, "Nothing is waiting to be added."),
        ),
        sheet="Boundary",
    )
