"""Evidence that the decisions of a map give: who, what the agent may do, how it changes (domain.md 2).

Each function yields what is there and what is missing, as of a day.
"""

from __future__ import annotations

from collections import Counter

from app.messages import msg
from app.model import vocabulary as v
from app.model.boundary import BoundaryLine, System, Workflow
from app.model.change import ApprovalRule, Change, EvaluationSuite, Tool, TrainingData
from app.model.document import Document
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.owners import OwnerAssignment, RoleAssignment, SeatAssignment, VendorCover
from app.model.room import Agent, FunctionContact, Person
from app.policy.crosswalk_points import (
    Points,
    answering,
    has,
    lacks,
    listed,
    missing,
    missing_names,
    name_of,
    names_of,
    written,
)
from app.policy.days import in_words
from app.policy.holders import OWNER_OF, ROLE_OF, column_label, has_vendor, holder
from app.policy.oversight import DUAL, IN, STRICTNESS, looser_than, mode_label, oversight_of, permitted
from app.policy.suites import has_run, must_pass
from app.policy.taken_on import ACCEPTED, answer_of

# --- who ---------------------------------------------------------------------------------------------------


def owners(document: Document, today: str) -> Points:
    """The four owners by name, with their deputies."""
    for row in document.rows(OwnerAssignment):
        person, deputy = document.called(row.person), document.called(row.deputy)
        if not person:
            yield lacks("{owner}: nobody yet", owner=msg(row.called()))
        elif deputy:
            yield has("{owner}: {name}, deputy {deputy}", owner=msg(row.called()), name=person, deputy=deputy)
        else:
            yield has("{owner}: {name}", owner=msg(row.called()), name=person)
    yield from missing_names(
        "No deputy: {names}",
        (msg(row.called()) for row in document.rows(OwnerAssignment) if row.person and not row.deputy),
    )


def roles(document: Document, today: str) -> Points:
    """The five roles by name, and the two seats."""
    for code in ROLE_OF:
        name = holder(document, code).name
        if name:
            yield has("{role}: {name}", role=column_label(code), name=name)
        else:
            yield lacks("{role}: nobody yet", role=column_label(code))
    for seat in document.rows(SeatAssignment):
        if seat.person:
            yield has("{seat}: {name}", seat=msg(seat.called()), name=name_of(document, seat.person))
        else:
            yield lacks("{seat}: nobody yet", seat=msg(seat.called()))


def people(document: Document, today: str) -> Points:
    """What the map knows of people's fitness for their part; training itself it does not keep."""
    known = [row for row in document.rows(Person) if row.title and row.function]
    if known:
        yield has("People with title and function: {count}", count=len(known))
    contacts = [row for row in document.rows(FunctionContact) if row.person]
    if contacts:
        yield has("A contact for {count} of {all} functions", count=len(contacts), all=len(v.FUNCTIONS))
    parts: list[OwnerAssignment | RoleAssignment] = [
        *(owner for owner in document.rows(OwnerAssignment) if owner.person),
        *(role for role in document.rows(RoleAssignment) if role.person or role.rota),
    ]
    accepted = [row for row in parts if answer_of(document, row).said == ACCEPTED]
    if accepted:
        yield has("{count} of {all} owners and roles accepted", count=len(accepted), all=len(parts))
    yield from missing_names("Not accepted: {names}", (msg(row.called()) for row in parts if row not in accepted))
    yield lacks("Training: not in a map")


def succession(document: Document, today: str) -> Points:
    """Vacancy, hand-over and the end of its life."""
    yield from answering(document, "L38", "L41")
    agent = document.only(Agent)
    if agent.review_by:
        yield has("This map is reviewed by {day}", day=in_words(agent.review_by))
    else:
        yield lacks("No date by which this map is reviewed")


# --- what it may do ----------------------------------------------------------------------------------------


def boundary(document: Document, today: str) -> Points:
    """Purpose and limits in words."""
    workflow = document.only(Workflow)
    names = ("purpose", "statement", "inputs", "output", "good_enough", "acceptable_risks", "access_boundary")
    yield from written(workflow, names)
    sides = Counter(line.side for line in document.rows(BoundaryLine))
    if sides:
        yield has(
            "What it may do: {may}; what goes to a person: {out}; barred: {barred}",
            may=sides["may"],
            out=sides["routes_out"],
            barred=sides["barred"],
        )
    else:
        yield lacks("No list of what it may do")


def oversight(document: Document, today: str) -> Points:
    """A mode for each action, who approves, and where it escalates to."""
    actions = _permitted_actions(document)
    if not actions:
        yield lacks("No action is listed")
        return
    modes = Counter(action.current for action in actions if action.current)
    if modes:
        yield has(
            "Actions with a mode: {count} ({modes})",
            count=sum(modes.values()),
            modes=listed(
                msg("{mode} {count}", mode=mode_label(mode), count=modes[mode]) for mode in STRICTNESS if mode in modes
            ),
        )
    approvers = dict.fromkeys(
        row_id for action in actions for row_id in (action.approver, action.second_approver) if row_id
    )
    if approvers:
        yield has("Approved by {names}", names=names_of(document, approvers))
    yield from missing("No mode yet: {names}", (a for a in actions if not a.current))
    yield from missing("No approver: {names}", (a for a in actions if a.current in (IN, DUAL) and not a.approver))
    yield from missing("No escalation path: {names}", (a for a in actions if not a.escalation_path))


def floors(document: Document, today: str) -> Points:
    """Severity and floor of each action, and whether the mode respects it."""
    actions = _permitted_actions(document)
    rated = [action for action in actions if not _is_unsaid(action)]
    implied = {action.id: oversight_of(document, action, today) for action in actions}
    if rated:
        strictest = max((implied[action.id].floor for action in rated), key=STRICTNESS.index)
        yield has(
            "Actions with severity and floor: {count}, the strictest “{mode}”",
            count=len(rated),
            mode=mode_label(strictest),
        )
    never = sum(implied[action.id].never_graduates for action in actions)
    if never:
        yield has("With people whatever the evidence: {count}", count=never)
    if not actions:
        yield lacks("No action is listed")
    yield from missing("Not rated in full: {names}", (a for a in actions if _is_unsaid(a)))
    yield from missing(
        "Looser than the floor: {names}",
        (a for a in actions if a.current and looser_than(a.current, implied[a.id].floor)),
    )


def graduation(document: Document, today: str) -> Points:
    """Reviewed runs, overrides by people, and the decisions that rest on them."""
    rows = document.rows(Evidence)
    runs = sum(row.runs or 0 for row in rows)
    if runs:
        overridden = sum((row.material or 0) + (row.rejected or 0) + (row.overridden or 0) for row in rows)
        yield has(
            "Reviewed runs: {runs}, in actions: {count}; corrected, refused or overridden: {overridden}",
            runs=f"{runs:,}",
            count=len({row.action for row in rows}),
            overridden=overridden,
        )
    else:
        yield lacks("No reviewed runs yet")
    seeded = sum(row.seeded or 0 for row in rows)
    if seeded:
        caught = sum(row.caught or 0 for row in rows)
        yield has("Reviewers caught {caught} of {seeded} planted bad cases", caught=caught, seeded=seeded)
    else:
        yield lacks("No planted bad cases: nobody knows whether reviewers would notice")
    decided = Counter(row.direction for row in document.rows(GraduationDecision))
    if decided:
        yield has(
            "Decisions to loosen a mode: {looser}, to tighten one: {stricter}",
            looser=decided["graduate"],
            stricter=decided["revoke"],
        )


# --- how it changes ----------------------------------------------------------------------------------------


def changes(document: Document, today: str) -> Points:
    """Who approves which change, and the changes that were made."""
    approved = {rule.change for rule in document.rows(ApprovalRule) if rule.approvers}
    six = [entry for entry in v.APPROVALS if entry.value in v.SIX_APPROVALS]
    count = sum(entry.value in approved for entry in six)
    if count:
        yield has("An approver for {count} of {all} kinds of change", count=count, all=len(six))
    gated = sum(must_pass(document, rule) for rule in document.rows(ApprovalRule))
    if gated:
        yield has("Kinds of change evaluated before approval: {count}", count=gated)
    made = document.rows(Change)
    if made:
        yield has("Changes recorded: {count}", count=len(made))
    yield from missing_names("No approver: {names}", (msg(e.label) for e in six if e.value not in approved))


def evaluation(document: Document, today: str) -> Points:
    """The suite that a change must pass."""
    suites = document.rows(EvaluationSuite)
    for suite in suites:
        if suite.owner:
            yield has("“{suite}”, owned by {name}", suite=suite.name, name=name_of(document, suite.owner))
        else:
            yield lacks("Nobody owns “{suite}”", suite=suite.name)
        if suite.standing:
            yield has("Kinds of change on which it runs: {count}", count=len(suite.gates))
        else:
            yield lacks("“{suite}” does not run on every change", suite=suite.name)
        if has_run(suite, today):
            yield has("Last run {day}", day=in_words(suite.last_run))
        else:
            yield lacks("“{suite}” has not run yet", suite=suite.name)
    if not suites:
        yield lacks("No evaluation suite")


def tools(document: Document, today: str) -> Points:
    """The tool registry, and the systems behind it."""
    registry = document.rows(Tool)
    if registry:
        complete = [tool for tool in registry if tool.schema and tool.permissions and tool.owner]
        yield has(
            "Tools registered: {count}, with schema, permissions and owner: {complete}",
            count=len(registry),
            complete=len(complete),
        )
        yield from missing("Not described in full: {names}", (tool for tool in registry if tool not in complete))
    else:
        yield lacks("No tool is registered")
    systems = document.rows(System)
    if systems:
        yield has("Systems with the access that it has: {count}", count=sum(bool(row.access) for row in systems))
    yield from missing("Access not said: {names}", (row for row in systems if not row.access))


def suppliers(document: Document, today: str) -> Points:
    """The vendor, what it may do, and the contracts of the systems."""
    agent = document.only(Agent)
    if agent.vendor:
        yield has("Vendor: {name}", name=agent.vendor)
    elif has_vendor(document):
        yield lacks("The vendor is not named")
    else:
        yield has("No vendor is named")
    outside = [code for code in OWNER_OF if holder(document, code).external]
    yield from missing_names("Owned from outside: {names}", map(column_label, outside))
    covers = document.rows(VendorCover)
    if covers:
        yield has("Temporary help with an end date: {count}", count=sum(bool(row.until) for row in covers))
    yield from missing("No end date: {names}", (row for row in covers if not row.until))
    if agent.only_vendor_understands and agent.understudy:
        yield has("Inside understudy: {name}", name=name_of(document, agent.understudy))
    elif agent.only_vendor_understands:
        yield lacks("Only the vendor understands it")
    contracts = [row for row in document.rows(System) if row.contract]
    if contracts:
        yield has("System contracts: {count}", count=len(contracts))
    yield from missing("No system contract: {names}", (row for row in document.rows(System) if not row.contract))


def training_data(document: Document, today: str) -> Points:
    """Whether conversations train it, by whose consent."""
    data = document.only(TrainingData)
    if not data.used:
        yield has("No training data or retraining is declared")
        return
    yield from written(data, ("consent", "storage"))
    if data.compliance_by:
        yield has("{name} answers for compliance", name=name_of(document, data.compliance_by))
    else:
        yield lacks("Nobody answers for compliance")


# --- parts -------------------------------------------------------------------------------------------------


def _permitted_actions(document: Document) -> list[Action]:
    return [action for action in document.rows(Action) if permitted(action)]


def _is_unsaid(action: Action) -> bool:
    attributes = (
        action.reversibility,
        action.blast_radius,
        action.external_visibility,
        action.cost,
        action.data_sensitivity,
    )
    return None in attributes
