"""Step 6, Exceptions: where cases land, what each kind of case asks for, who is there when, and what holds for all."""

from __future__ import annotations

from app.model.exceptions import CoverageWindow, ExceptionClass, ExceptionPath, Queue
from app.model.fields import fields_of
from app.steps import Step
from ui.desk import Desk
from ui.steps.base import Page, Section, titled
from ui.steps.exceptions.classes import ExceptionClasses
from ui.steps.exceptions.coverage import Coverage
from ui.steps.exceptions.severities import Severities
from ui.steps.sections import section_for
from ui.widgets.form import editable

_SEVERITY = "What it means here, and how fast somebody answers."


class ExceptionsPage(Page):
    """From the queue to the hours that nobody covers."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.coverage = Coverage(desk)
        queues = section_for(desk, Queue, editable(Queue), intro="Where a case lands, and whose name is on it.")
        classes = Section(
            desk,
            ExceptionClass.spec.many,
            ExceptionClass,
            editable(ExceptionClass),
            self._made_classes,
            intro="For each kind: where it lands, who reviews, how fast, what they may do, what goes further.",
        )
        path = section_for(
            desk,
            ExceptionPath,
            editable(ExceptionPath),
            title="What holds for every case",
            intro="The owner’s kit, the rules for escalation, and what happens while nobody is there.",
        )
        for part in (queues, classes, self._coverage_section(), path):
            self.add_part(part)
            self.body.addWidget(part)
        self.severities = Severities(desk)
        self.add_part(self.severities)
        self.body.addWidget(titled("Severity", self.severities, intro=_SEVERITY))
        self.body.addStretch()

    def _coverage_section(self) -> Section:
        return Section(
            self.desk,
            "Who is there, hour by hour",
            CoverageWindow,
            tuple(fields_of(CoverageWindow)),
            self._made_coverage,
            intro="The nominal week, or one of the calendar, on the agent’s clock. Red: nobody answers.",
        )

    def _made_classes(self) -> ExceptionClasses:
        return ExceptionClasses(self.desk)

    def _made_coverage(self) -> Coverage:
        return self.coverage
