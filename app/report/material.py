"""What every section is written from: the document with everything that was worked out from it, once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.messages import words
from app.model.commit import RaciOverride
from app.model.document import Document
from app.model.fields import fields_of
from app.model.log import Log
from app.model.room import Agent
from app.model.row import Row
from app.policy.raci import Matrix, PersonView, matrix, person_view
from app.policy.windows import day_at
from app.report.display import display, moment_day, moment_words
from app.revisions.signoff import SignoffState
from app.rules.finding import Finding


@dataclass(frozen=True)
class Material:
    """The document with its log, findings, content digest and sign-off state, and the moment it speaks as of.

    `program` is the version of Ownermap that made the export; `short_path` says that the workshop was a short one.
    """

    document: Document
    log: Log
    findings: tuple[Finding, ...]
    digest: str
    signoff: SignoffState
    as_of: str
    program: str = ""
    private: bool = False
    short_path: bool = False

    @cached_property
    def agent(self) -> Agent:
        return self.document.only(Agent)

    @cached_property
    def today(self) -> str:
        """The day of that moment on the agent's clock, `2026-11-21`."""
        return day_at(self.document, self.as_of)

    @cached_property
    def matrix(self) -> Matrix:
        """The RACI by role, with the help of the vendor as it is at that moment."""
        return matrix(self.document, self.today)

    @cached_property
    def by_person(self) -> PersonView:
        """The RACI by person."""
        return person_view(self.matrix, self.document)

    def called(self, row: Row) -> str:
        """How a row is called, in words: the field that names it, as it is displayed."""
        if isinstance(row, RaciOverride):
            return self._raci_row(row.activity)
        title = row.spec.title
        return display(self.document, fields_of(type(row))[title], row.value(title), self.agent)

    def _raci_row(self, key: str) -> str:
        """The label of a row of the RACI; of one that no longer applies, what it was about."""
        found = self.matrix.row(key)
        return (
            words(found.label) if found else self.document.called(key.rpartition(":")[2]) or words("a row that is gone")
        )

    def name(self, row_id: str | None) -> str:
        """How the row with this id is called; empty when there is none."""
        return self.document.called(row_id)

    def names(self, row_ids: tuple[str, ...]) -> str:
        """The names of several rows, in their order."""
        return ", ".join(filter(None, map(self.document.called, row_ids)))

    def moment(self, moment: str) -> str:
        """A moment on the agent's clock."""
        return moment_words(moment, self.agent.time_zone)

    def day(self, moment: str) -> str:
        """The day of a moment on the agent's clock."""
        return moment_day(moment, self.agent.time_zone)
