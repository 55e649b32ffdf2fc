"""Every kind of row, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Mapping

from app.model.boundary import BacklogItem, BoundaryLine, LaunchBlocker, System, Workflow
from app.model.change import ApprovalRule, Change, EvaluationSuite, StageControl, Tool, TrainingData
from app.model.commit import (
    AcceptedRisk,
    Commitment,
    Decision,
    DismissedPhrase,
    ParkedItem,
    RaciOverride,
    Revision,
    Signature,
)
from app.model.exceptions import (
    CoverageWindow,
    ExceptionClass,
    ExceptionPath,
    Queue,
    ResponseTarget,
    SeverityRule,
)
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.owners import (
    Handover,
    OwnerAssignment,
    RoleAssignment,
    Rota,
    SeatAssignment,
    SharedLayer,
    SixThing,
    VendorCover,
    Vote,
)
from app.model.room import AgendaItem, Agent, FunctionContact, Person, Sitting, Workshop
from app.model.row import Row
from app.model.scorecard import KillCriterion, Metric, Reading, Review, ReviewRhythm, ServiceLevel
from app.model.stop import CompensatingTransaction, DrillRun, IncidentPlan, SpendGuardrail, StopControl

ALL: tuple[type[Row], ...] = (
    Agent,
    Person,
    FunctionContact,
    Sitting,
    Workshop,
    AgendaItem,
    Workflow,
    BoundaryLine,
    System,
    LaunchBlocker,
    BacklogItem,
    OwnerAssignment,
    SeatAssignment,
    SixThing,
    SharedLayer,
    Vote,
    Rota,
    RoleAssignment,
    VendorCover,
    Handover,
    Action,
    Evidence,
    GraduationDecision,
    ExceptionPath,
    Queue,
    ExceptionClass,
    SeverityRule,
    ResponseTarget,
    CoverageWindow,
    ApprovalRule,
    Change,
    Tool,
    EvaluationSuite,
    TrainingData,
    StageControl,
    StopControl,
    CompensatingTransaction,
    IncidentPlan,
    SpendGuardrail,
    DrillRun,
    Metric,
    Reading,
    ServiceLevel,
    ReviewRhythm,
    Review,
    KillCriterion,
    RaciOverride,
    Commitment,
    AcceptedRisk,
    DismissedPhrase,
    Decision,
    ParkedItem,
    Revision,
    Signature,
)

BY_KIND: Mapping[str, type[Row]] = {row_class.spec.kind: row_class for row_class in ALL}
