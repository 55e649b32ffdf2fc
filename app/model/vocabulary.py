"""The closed lists, in the words of domain.md, and the entries that open lists start with."""

from __future__ import annotations

from app.model.fields import Choice

# --- steps and stages --------------------------------------------------------------------------------------

STEPS = (
    Choice("room", "Room"),
    Choice("boundary", "Boundary"),
    Choice("owners", "Owners"),
    Choice("roles", "Roles"),
    Choice("oversight", "Oversight"),
    Choice("exceptions", "Exceptions"),
    Choice("change", "Change control"),
    Choice("stop", "Stop & recover"),
    Choice("scorecard", "Scorecard"),
    Choice("raci", "RACI"),
    Choice("readiness", "Readiness"),
    Choice("signoff", "Sign-off"),
)

STAGES = (
    Choice("1a", "1a Shadow", "The agent proposes, people act."),
    Choice("1b", "1b Everything in the loop", "A person approves every action."),
    Choice("2", "2 Bounded automation", "Clear rules; exceptions go to people; samples are reviewed."),
    Choice("3", "3 Higher volume and trust", "The six stronger controls are in place."),
)

LEVELS_OF_SIGNOFF = (
    Choice(
        "design",
        "Design",
        "Names, rights, modes and rules are settled; evidence may be promised with a date.",
    ),
    Choice("launch", "Launch", "The evidence is there."),
)

# --- people ------------------------------------------------------------------------------------------------

SIDES = (Choice("inside", "Inside"), Choice("vendor", "Vendor"), Choice("outside", "Outside, not the vendor"))

FUNCTIONS = (
    Choice("SUP", "Support", "Tone, quality, training data"),
    Choice("OPS", "Operations", "Rules, workflows, service levels"),
    Choice("IT", "IT", "Deployment, access, security"),
    Choice("DAT", "Data", "Feedback loops, retraining, drift"),
    Choice("LEG", "Legal & compliance", "Consent, notices, contracts"),
    Choice("SEC", "Security", "Access reviews, incidents"),
)

FUNCTION_NAMES = (*(entry.label for entry in FUNCTIONS), "Business", "Finance", "Product", "Vendor")

# --- owners and roles --------------------------------------------------------------------------------------

OWNER_TYPES = (
    Choice("workflow", "Workflow owner", "Whose name goes next to the workflow?"),
    Choice("system", "System owner", "Who keeps it running, and can roll it back?"),
    Choice("exception", "Exception owner", "Who clears the strange cases, and how fast?"),
    Choice("outcome", "Outcome owner", "Who decides to expand, narrow or stop it?"),
)

ROLES = (
    Choice(
        "product_owner",
        "Agent Product Owner",
        "Owns the outcome and the guardrails; accountable for each action.",
    ),
    Choice(
        "reliability_engineer",
        "Agent Reliability Engineer",
        "On call: runbook, rollback path, observability.",
    ),
    Choice(
        "evaluation_engineer",
        "Evaluation Engineer",
        "Keeps the evaluation suite that every change must pass.",
    ),
    Choice(
        "tool_maintainer",
        "Tool Registry Maintainer",
        "Keeps the catalogue of tools, schemas and permissions.",
    ),
    Choice("escalation_reviewer", "Escalation Reviewer", "Signs off single cases and takes the declined ones."),
)

SEATS = (
    Choice("workflow", "Workflow owner"),
    Choice("system", "System owner"),
    Choice("exception", "Exception owner"),
    Choice("outcome", "Outcome owner"),
    Choice("value", "For value (business)"),
    Choice("safety", "For safety (IT)"),
)

RACI_COLUMNS = (
    Choice("AG", "Agent"),
    Choice("WO", "Workflow owner"),
    Choice("SO", "System owner"),
    Choice("EO", "Exception owner"),
    Choice("OO", "Outcome owner"),
    Choice("APO", "Agent Product Owner"),
    Choice("ARE", "Agent Reliability Engineer"),
    Choice("EE", "Evaluation Engineer"),
    Choice("TRM", "Tool Registry Maintainer"),
    Choice("ER", "Escalation Reviewer"),
    *FUNCTIONS,
    Choice("VEN", "Vendor"),
)

HELD_BY = RACI_COLUMNS[1:10]
"""The nine columns that one named person of the map fills: four owner types, five roles."""

LETTERS = (
    Choice("A", "A Accountable"),
    Choice("R", "R Responsible"),
    Choice("C", "C Consulted"),
    Choice("I", "I Informed"),
    Choice("-", "No part in it"),
)

WHY_FOUR_LETTERS = (
    "Four letters tell who does what: R does it, A answers for it, C is asked before, I is told after. Whoever "
    "supports does a part of it, which is R."
)
"""Why S of RASCI, and any other letter, is refused: it hides whether somebody does the work or is only asked."""

COVER_LETTERS = (
    Choice("R", "R", "Does it, beside somebody inside"),
    Choice("C", "C", "Is asked before"),
    Choice("I", "I", "Is told after"),
)
"""The parts that a vendor may have for a time; A is never one of them (32)."""

AUTHORITIES = (
    Choice("pause", "may pause"),
    Choice("narrow", "may narrow"),
    Choice("change", "may make changes"),
    Choice("expand", "may expand"),
    Choice("stop", "may stop"),
    Choice("roll_back", "may roll back"),
    Choice("resolve", "may resolve or reroute"),
    Choice("credentials", "holds credentials"),
    Choice("budget", "holds the budget"),
)

ACCEPTANCES = (
    Choice("accepted", "Accepted"),
    Choice("not_yet", "Not yet accepted"),
    Choice("declined", "Declined"),
)

SIX_THINGS = (
    Choice("workflow_definition", "Workflow definition"),
    Choice("success_metric", "Success metric"),
    Choice("approval_rules", "Approval rules"),
    Choice("exception_queue", "Exception queue"),
    Choice("downstream_damage", "Downstream damage"),
    Choice("expand_or_stop", "Expand, narrow, pause or stop"),
)

SHARED_LAYERS = (
    Choice("approval_model", "Approval model"),
    Choice("auditability", "Auditability"),
    Choice("launch_readiness", "Launch readiness"),
)

TITLES_THAT_FIT = (
    "Customer-experience operations manager",
    "Digital support manager",
    "AI programme manager",
    "Service operations lead",
    "Customer-experience technology lead",
)

# --- boundary ----------------------------------------------------------------------------------------------

BOUNDARY_SIDES = (
    Choice("may", "May do"),
    Choice("routes_out", "Routes out to a person"),
    Choice("barred", "Barred"),
)

ACCESSES = (
    Choice("read", "Reads"),
    Choice("write", "Writes"),
    Choice("read_write", "Reads and writes"),
    Choice("admin", "Administers"),
)

ANSWERS = (Choice("yes", "Yes"), Choice("no", "No"), Choice("unsure", "Not sure"))

# --- oversight ---------------------------------------------------------------------------------------------

MODES = (
    Choice("shadow", "Shadow", "The agent proposes, a person acts."),
    Choice("in_loop_dual", "In the loop, two approvers", "Two people approve before it acts."),
    Choice("in_loop", "In the loop", "A person approves before it acts."),
    Choice("on_loop", "On the loop", "It acts; a person watches and can interrupt."),
    Choice("out_of_loop", "Out of the loop", "It acts alone; samples are audited."),
    Choice("not_permitted", "Not permitted", "Outside the boundary."),
)

REVERSIBILITY = (
    Choice(0, "No state change"),
    Choice(1, "Undo in place"),
    Choice(2, "Compensable, named and tested"),
    Choice(3, "Irreversible, or untested"),
)
BLAST_RADIUS = (
    Choice(0, "Own workspace"),
    Choice(1, "One case"),
    Choice(2, "Batch, team or account"),
    Choice(3, "Many customers or systems"),
)
EXTERNAL_VISIBILITY = (
    Choice(0, "None"),
    Choice(1, "Other teams"),
    Choice(2, "Named customer or supplier"),
    Choice(3, "Public, regulator or mass mail"),
)
COST = (
    Choice(0, "About nothing"),
    Choice(1, "Up to L1"),
    Choice(2, "Up to L2"),
    Choice(3, "Above L2"),
)
DATA_SENSITIVITY = (
    Choice(0, "Public"),
    Choice(1, "Internal"),
    Choice(2, "Personal or confidential"),
    Choice(3, "Special, credentials, payment or privileged"),
)

FLAGS = (
    Choice("moves_money", "Moves money"),
    Choice("external_message", "Sends a message outside"),
    Choice("writes_sor", "Writes a system of record"),
    Choice("grants_access", "Grants access"),
    Choice("legal_effect", "Has legal effect"),
    Choice("safety", "Touches safety"),
    Choice("human_acts_next", "Hands to a person"),
    Choice("outside_boundary", "Outside the boundary"),
    Choice("silent_failure", "Can fail silently"),
)

OFF_HOURS_POLICIES = (
    Choice("queue", "Queue", "Work waits until somebody covers."),
    Choice("pause_agent", "Pause the agent", "The agent does nothing until somebody covers."),
    Choice("drop_to_in_loop", "Drop to in the loop", "Every action waits for an approval."),
    Choice("continue", "Continue", "It runs on while nobody covers."),
)

ON_TIMEOUT = (
    Choice("hold", "Hold", "The item waits."),
    Choice("deny", "Deny", "The item is refused."),
    Choice("route_on", "Route on", "The item goes to the escalation path."),
)

GRADUATION_DIRECTIONS = (
    Choice("graduate", "Graduate to a looser mode"),
    Choice("revoke", "Revoke to a stricter mode"),
)

# --- exceptions --------------------------------------------------------------------------------------------

DUTIES = (
    Choice("first_response", "First response"),
    Choice("stop", "Press stop"),
    Choice("interrupt", "Watch and interrupt"),
    Choice("approve", "Approve"),
    Choice("exception", "Clear exceptions"),
)

WEEKDAYS = (
    Choice("mon", "Mon"),
    Choice("tue", "Tue"),
    Choice("wed", "Wed"),
    Choice("thu", "Thu"),
    Choice("fri", "Fri"),
    Choice("sat", "Sat"),
    Choice("sun", "Sun"),
)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SEVERITIES = (
    Choice(1, "Severity 1", "Money, access, legal or external harm in progress"),
    Choice(2, "Severity 2", "Customers or records are affected and it goes on"),
    Choice(3, "Severity 3", "Contained, wrong, needs a person today"),
    Choice(4, "Severity 4", "Minor; put right in the ordinary run of work"),
)

SEVERITY_KEYS = tuple(Choice(str(entry.value), entry.label, entry.hint) for entry in SEVERITIES)

CLOCKS = (Choice("elapsed", "Elapsed time"), Choice("covered", "Covered time"))

EXCEPTION_CLASSES = (
    "Ambiguous input",
    "Policy conflict",
    "Missing data",
    "Failed validation",
    "Mismatch with an external API",
    "Partial failure",
    "High-risk action needing approval",
)

# --- change control ----------------------------------------------------------------------------------------

APPROVALS = (
    Choice("new_action", "New actions"),
    Choice("wider_scope", "Wider scope"),
    Choice("looser_threshold", "Looser approval thresholds"),
    Choice("new_integration", "New integrations"),
    Choice("escalation_rules", "Changed escalation rules"),
    Choice("higher_risk_path", "Higher-risk paths"),
    Choice("tighten", "Tighter thresholds or narrower scope"),
    Choice("prompts", "Prompts and rules"),
    Choice("knowledge", "Knowledge base"),
    Choice("model", "Model version"),
    Choice("tool", "Tool access"),
    Choice("training_data", "Training data"),
    Choice("emergency", "Emergency change"),
    Choice("other", "Something else"),
)

SIX_APPROVALS = tuple(entry.value for entry in APPROVALS[:6])

CHANGE_CLASSES = (
    Choice("tighten", "Tighten", "No approval beforehand."),
    Choice("standard", "Standard", "The lead alone."),
    Choice("normal", "Normal", "Evaluation and one approver."),
    Choice("major", "Major", "Evaluation, business and platform."),
    Choice("emergency", "Emergency", "Act, review after."),
)

TOOL_KINDS = (Choice("api", "API"), Choice("mcp", "MCP server"), Choice("other", "Other"))

GATED_CHANGES = (
    Choice("prompt", "Prompts"),
    Choice("tool", "Tools"),
    Choice("model", "Model version"),
    Choice("threshold", "Thresholds"),
    Choice("knowledge", "Knowledge"),
)

STAGE_CONTROLS = (
    Choice("scope_expansion", "Scope expansion"),
    Choice("approval_rules", "Approval rules"),
    Choice("rollback_authority", "Rollback authority"),
    Choice("audit_review", "Audit review"),
    Choice("incident_response", "Incident response"),
    Choice("kill_criteria", "Business kill criteria"),
)

# --- stop & recover ----------------------------------------------------------------------------------------

SCENARIOS = (
    Choice("malformed", "Malformed writes"),
    Choice("message", "Wrong message sent"),
    Choice("retry", "Retry storm"),
    Choice("silent", "Quiet wrong answers"),
)

ON_CALL_TRIGGERS = (
    Choice("intervention_rate", "Intervention rate"),
    Choice("escalation_spike", "Escalation spike"),
    Choice("cost_anomaly", "Cost-per-task anomaly"),
)

PERIODS = (Choice("day", "a day"), Choice("week", "a week"), Choice("month", "a month"))

# --- scorecard ---------------------------------------------------------------------------------------------

METRIC_FAMILIES = (
    Choice("headline", "Headline", "Intervention rate: runs a person corrected or overrode, per run"),
    Choice("value", "Value"),
    Choice("customer", "Customer"),
    Choice("cost", "Cost"),
    Choice("quality", "Quality"),
    Choice("load", "Human load"),
    Choice("uptime", "Uptime and latency"),
)

METRIC_NAMES = (
    "Intervention rate",
    "Throughput",
    "Exception rate",
    "Rework rate",
    "False positives and negatives",
    "Human review load",
    "Unit economics",
    "Customer impact",
    "Escalation rate",
    "P95 task latency",
    "Resolution rate",
    "Satisfaction",
    "Fit with brand tone",
    "Containment",
    "Cost per interaction",
    "Uptime",
    "Security events",
    "Model drift",
    "Retraining cycles",
    "Reopen rate",
    "Addressable resolution rate",
    "Topic coverage",
    "Workflow update frequency",
    "Handling cost",
    "Response time",
    "Error rate",
    "Collection time",
    "Conversion rate",
)

CADENCES = (
    Choice("daily", "Daily"),
    Choice("weekly", "Weekly"),
    Choice("fortnightly", "Every two weeks"),
    Choice("monthly", "Monthly"),
    Choice("quarterly", "Quarterly"),
)

REVIEW_SUBJECTS = (
    Choice("performance", "Performance"),
    Choice("failures", "Failures"),
    Choice("both", "Performance and failures"),
    Choice("access", "Access and credentials"),
    Choice("business", "Business scorecard"),
)

OUTCOME_DECISIONS = (Choice("expand", "Expand"), Choice("constrain", "Constrain"), Choice("stop", "Stop"))

COMPARISONS = (Choice("above", "rises above"), Choice("below", "falls below"))

# --- votes -------------------------------------------------------------------------------------------------

VOTE_ANSWERS = (
    Choice("person", "A person"),
    Choice("vendor", "The vendor"),
    Choice("nobody", "Nobody"),
    Choice("pass", "Pass"),
)
