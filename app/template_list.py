"""The templates by name (domain.md 6). The start screen shows them before the rest of the program is loaded."""

from __future__ import annotations

from dataclasses import dataclass

SAMPLE = "billing-triage-sample"
"""The filled-in sample: not offered for new projects, opened to look around."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template; `title` is a message id."""

    id: str
    title: str


_LISTED = (
    Template("empty", "Empty"),
    Template("billing-triage", "Billing-ticket triage"),
    Template("invoice-handling", "Invoice handling"),
    Template("it-access", "IT access requests"),
    Template("lead-routing", "Lead routing"),
    Template("renewal-preparation", "Renewal preparation"),
)

IDS = (*(template.id for template in _LISTED), SAMPLE)
"""Everything that `open_template` opens."""


def listing() -> tuple[Template, ...]:
    """The templates that a new project is offered, in their order."""
    return _LISTED
