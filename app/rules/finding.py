"""What a rule says: one finding, with its question, its reason and the place that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.messages import Message


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

    @property
    def today(self) -> str:
        """The day of the moment, in UTC."""
        return self.as_of[:10]


@dataclass(frozen=True, slots=True)
class Finding:
    """One open point. `subject` is the id of the row it is about ("" for the whole map), `field` the field that
    answers it, or without a subject the kind of row to add ("" where there is neither), `step` the page it lives on.
    Its key is (code, subject).

    `ids` are the catalogue ids of domain.md that it checks; `source` is one of S0 to S4 or "" for our own rules.
    `accepted` and `committed` are the ids of the AcceptedRisk or Commitment that stands for it, if any.
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
    ids: tuple[int, ...] = ()
    accepted: str = ""
    committed: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.subject

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCKER
