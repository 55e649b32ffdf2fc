"""Step 2, Boundary: what the agent is for, may do, routes out and must not do (domain.md 1.1)."""

from __future__ import annotations

from app.model import vocabulary as v
from app.model.fields import OnRemove, Scope, Wording, choice, day, prose, reference, text, texts, whole_number
from app.model.row import Row, row


@row("workflow", "Workflow", "Workflows", "boundary", singleton=True, title="purpose")
class Workflow(Row):
    """The boundary in words. Business settles trigger, output and threshold (8), IT access, contracts, support (9)."""

    purpose: str = prose("Purpose", hint="Why it exists, in one sentence", wording=Wording.TEXT)
    statement: str = prose(
        "Boundary statement",
        hint="Verbs and objects: what it does, and which cases go to a person",
        wording=Wording.BOUNDARY,
    )
    run_by: str = text("Run by the function", suggestions=v.FUNCTION_NAMES, hint="Whose daily work it is")
    trigger: str = prose("Trigger", hint="What starts a run", wording=Wording.TEXT)
    inputs: tuple[str, ...] = texts("Inputs in scope", hint="One per line")
    output: str = prose("Desired output", wording=Wording.TEXT)
    approval_threshold: str = prose(
        "Approval threshold", hint="Above which a person must approve", wording=Wording.TEXT
    )
    success: str = prose("Success looks like", wording=Wording.TEXT)
    failure: str = prose("Failure looks like", wording=Wording.TEXT)
    good_enough: str = prose("Good enough is", hint="The acceptance criterion of one output", wording=Wording.TEXT)
    acceptable_risks: str = prose("Acceptable risks", wording=Wording.TEXT)
    after_failure: str = prose("Reviewed after a failure", hint="What is looked at, always", wording=Wording.TEXT)
    access_boundary: str = prose("Access boundary", hint="What IT lets it reach, and what not", wording=Wording.TEXT)
    support_path: str = prose("Support path", hint="Who is asked when it does not work", wording=Wording.DESTINATION)
    pain: str = prose("Pain", hint="What hurts today: why this workflow")
    repetition: str = prose("Repetition", hint="How often, how alike")
    supportable: str = choice("Can IT support it?", v.ANSWERS)


@row("boundary_line", "Boundary line", "Boundary lines", "boundary", title="object")
class BoundaryLine(Row):
    """One thing that the agent may do, routes out to a person, or must never do; anything unlisted is not permitted."""

    side: str = choice("Side", v.BOUNDARY_SIDES, default="may")
    verb: str = text("Verb", limit=60, hint="classify, draft, send, refund")
    object: str = text("Object", hint="inbound billing tickets", wording=Wording.TEXT)
    condition: str = text("Only when", hint="A limit or a condition", wording=Wording.TEXT)
    destination: str | None = reference("Goes to", "person", "rota", "queue")


@row("system", "System", "Systems", "boundary")
class System(Row):
    """A system that the agent touches, with its contract and whom to ask."""

    name: str = text("System")
    access: str = choice("Access", v.ACCESSES)
    purpose: str = text("What for")
    contract: str = prose(
        "System contract", hint="Interface, limits, what may change and who says so", wording=Wording.TEXT
    )
    support_path: str = text("Support path", wording=Wording.TEXT)
    owner: str | None = reference("Asked first", "person", "rota")


@row("launch_blocker", "Launch blocker", "Launch blockers", "boundary", title="case")
class LaunchBlocker(Row):
    """A failure case that blocks launch, agreed by business and IT (10)."""

    case: str = text("Failure case", limit=500, wording=Wording.TEXT)
    test: str = text("How it is shown to be handled", limit=500)
    business: str | None = reference("Agreed for business", "person")
    it: str | None = reference("Agreed for IT", "person")
    cleared_on: str = day("Shown on", scope=Scope.RECORD)


@row("backlog_item", "Expansion idea", "Expansion backlog", "boundary", title="what")
class BacklogItem(Row):
    """What to add next, ranked by volume and impact (15)."""

    what: str = text("What to add")
    volume: int | None = whole_number("Cases a month")
    impact: str = text("Impact")
    proposed_by: str | None = reference("Proposed by", "person", on_remove=OnRemove.CLEAR)
