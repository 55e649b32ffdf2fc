"""What a rule says: one finding, with its question, its reason and the place that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.messages import Message
from app.model.document import Document
from app.policy.windows import day_at


class Severity(StrEnum):
    """How much a finding weighs (domain.md 1): a blocker stops sign-off, a warning is printed, advice is offered."""

    BLOCKER = "blocker"
    WARNING = "warning"
    ADVICE = "advice"


ORDER = (Severity.BLOCKER, Severity.WARNING, Severity.ADVICE)


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule depends on besides the document: the moment (UTC, as `app.model.ids.moment`) and the level."""

    as_of: str
    level: str = "design"

    def today(self, document: Document) -> str:
        """The day of the moment on the agent's clock."""
        return day_at(document, self.as_of)


@dataclass(frozen=True, slots=True)
class Finding:
    """One open point. `subject` is the id of the row it is about ("" for the whole map), `field` the field that
    answers it, or without a subject the kind of row to add ("" where there is neither), `answer` the choice that is
    missing in a field which takes several, `step` the page it lives on. Its key is (code, subject).

    `ids` are the catalogue ids of domain.md that it checks; `source` is one of S0 to S4 or "" for our own rules.
    `accepted` is the id of the AcceptedRisk that stands for it, `committed` that of a Commitment to answer it whose day
    is to come, if any. `eased` is true where the commitment makes a warning of a blocker, which it does for design
    sign-off alone; elsewhere a promise changes no weight.
    """

    code: str
    severity: Severity
    question: Message
    detail: Message
    why: Message
    source: str
    weak: Message
    better: Message
    step: str
    subject: str = ""
    field: str = ""
    answer: str = ""
    ids: tuple[int, ...] = ()
    accepted: str = ""
    committed: str = ""
    eased: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.subject

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCKER
