"""Version 1: every kind of row, the log and the seal."""

STATEMENTS = (
    """CREATE TABLE project (
    id TEXT NOT NULL,
    format_version INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE agent (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    name TEXT NOT NULL,
    client TEXT NOT NULL,
    stage TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    cost_l1 INTEGER,
    cost_l2 INTEGER,
    vendor TEXT NOT NULL,
    model TEXT NOT NULL,
    behaviour_version TEXT NOT NULL,
    outside_parties INTEGER NOT NULL,
    only_vendor_understands INTEGER NOT NULL,
    understudy TEXT,
    review_by TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(understudy) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE person (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    function TEXT NOT NULL,
    side TEXT NOT NULL,
    contact TEXT NOT NULL,
    paging_route TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    present INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE function_contact (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    function TEXT NOT NULL,
    person TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE sitting (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    "on" TEXT NOT NULL,
    people TEXT NOT NULL,
    minutes INTEGER,
    summary TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE workshop (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    facilitator TEXT NOT NULL,
    short_path INTEGER NOT NULL,
    notes TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE agenda_item (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    step TEXT NOT NULL,
    planned_minutes INTEGER,
    spent_seconds INTEGER,
    notes TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE workflow (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    purpose TEXT NOT NULL,
    statement TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    inputs TEXT NOT NULL,
    output TEXT NOT NULL,
    approval_threshold TEXT NOT NULL,
    success TEXT NOT NULL,
    failure TEXT NOT NULL,
    good_enough TEXT NOT NULL,
    acceptable_risks TEXT NOT NULL,
    after_failure TEXT NOT NULL,
    access_boundary TEXT NOT NULL,
    support_path TEXT NOT NULL,
    pain TEXT NOT NULL,
    repetition TEXT NOT NULL,
    supportable TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE boundary_line (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    side TEXT NOT NULL,
    verb TEXT NOT NULL,
    object TEXT NOT NULL,
    condition TEXT NOT NULL,
    destination TEXT,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE system (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    name TEXT NOT NULL,
    access TEXT NOT NULL,
    purpose TEXT NOT NULL,
    contract TEXT NOT NULL,
    support_path TEXT NOT NULL,
    owner TEXT,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE launch_blocker (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    "case" TEXT NOT NULL,
    test TEXT NOT NULL,
    business TEXT,
    it TEXT,
    cleared_on TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(business) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(it) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE backlog_item (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    what TEXT NOT NULL,
    volume INTEGER,
    impact TEXT NOT NULL,
    proposed_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(proposed_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE owner (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    type TEXT NOT NULL,
    person TEXT,
    stand_in TEXT NOT NULL,
    deputy TEXT,
    authority TEXT NOT NULL,
    duties TEXT NOT NULL,
    capacity INTEGER,
    sees_outcomes INTEGER NOT NULL,
    accepted TEXT NOT NULL,
    accepted_on TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE seat (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    seat TEXT NOT NULL,
    person TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE six_thing (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    thing TEXT NOT NULL,
    held_by TEXT NOT NULL,
    person TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE shared_layer (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    layer TEXT NOT NULL,
    business TEXT,
    it TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(business) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(it) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE vote (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    question TEXT NOT NULL,
    voter TEXT,
    answer TEXT NOT NULL,
    person TEXT,
    round INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(voter) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE rota (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    name TEXT NOT NULL,
    members TEXT NOT NULL,
    contact TEXT NOT NULL,
    paging_route TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE role (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    role TEXT NOT NULL,
    person TEXT,
    rota TEXT,
    deputy TEXT,
    accepted TEXT NOT NULL,
    accepted_on TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(rota) REFERENCES rota (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE vendor_cover (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    role TEXT NOT NULL,
    person TEXT,
    what TEXT NOT NULL,
    until TEXT NOT NULL,
    deputy TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(deputy) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE action (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    name TEXT NOT NULL,
    boundary_line TEXT,
    reversibility INTEGER,
    blast_radius INTEGER,
    external_visibility INTEGER,
    cost INTEGER,
    data_sensitivity INTEGER,
    flags TEXT NOT NULL,
    current TEXT NOT NULL,
    approver TEXT,
    second_approver TEXT,
    approval_rule TEXT NOT NULL,
    max_queue_age INTEGER,
    on_timeout TEXT NOT NULL,
    escalation_path TEXT,
    noticed_how TEXT NOT NULL,
    noticed_within INTEGER,
    runs_per_week INTEGER,
    off_hours TEXT NOT NULL,
    undo TEXT NOT NULL,
    idempotency TEXT NOT NULL,
    confidence TEXT NOT NULL,
    tools TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(boundary_line) REFERENCES boundary_line (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE evidence (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    action TEXT,
    behaviour_version TEXT NOT NULL,
    mode TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    runs INTEGER,
    unchanged INTEGER,
    cosmetic INTEGER,
    material INTEGER,
    rejected INTEGER,
    overridden INTEGER,
    harmful INTEGER,
    seeded INTEGER,
    caught INTEGER,
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(action) REFERENCES action (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE graduation_decision (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    action TEXT,
    direction TEXT NOT NULL,
    from_mode TEXT NOT NULL,
    to_mode TEXT NOT NULL,
    decided_by TEXT,
    decided_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(action) REFERENCES action (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(decided_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE exception_path (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    escalation_rules TEXT NOT NULL,
    sight TEXT NOT NULL,
    response_expectation TEXT NOT NULL,
    reviewer_authority TEXT NOT NULL,
    playbook TEXT NOT NULL,
    learning_loop TEXT NOT NULL,
    fallback TEXT NOT NULL,
    off_hours TEXT NOT NULL,
    off_hours_note TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE queue (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    name TEXT NOT NULL,
    "where" TEXT NOT NULL,
    owner TEXT,
    max_age INTEGER,
    route_on TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE exception_class (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    name TEXT NOT NULL,
    severity INTEGER,
    queue TEXT,
    reviewer TEXT,
    within INTEGER,
    allowed_actions TEXT NOT NULL,
    goes_further_when TEXT NOT NULL,
    goes_further_to TEXT,
    playbook TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(queue) REFERENCES queue (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE severity_rule (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    severity TEXT NOT NULL,
    meaning TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE response_target (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    severity TEXT NOT NULL,
    ack_minutes INTEGER,
    act_minutes INTEGER,
    clock TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE coverage_window (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    duty TEXT NOT NULL,
    holder TEXT,
    zone TEXT NOT NULL,
    weekdays TEXT NOT NULL,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    closures TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE approval_rule (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    change TEXT NOT NULL,
    what TEXT NOT NULL,
    change_class TEXT NOT NULL,
    drafters TEXT NOT NULL,
    approvers TEXT NOT NULL,
    evaluation_gate INTEGER NOT NULL,
    "limit" TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE change_made (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    "on" TEXT NOT NULL,
    change TEXT NOT NULL,
    what TEXT NOT NULL,
    drafted_by TEXT,
    approved_by TEXT NOT NULL,
    behaviour_version TEXT NOT NULL,
    evaluation TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(drafted_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE tool (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    name TEXT NOT NULL,
    tool_kind TEXT NOT NULL,
    system TEXT,
    schema TEXT NOT NULL,
    permissions TEXT NOT NULL,
    owner TEXT,
    drift_owner TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(system) REFERENCES system (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE evaluation_suite (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    name TEXT NOT NULL,
    "where" TEXT NOT NULL,
    owner TEXT,
    standing INTEGER NOT NULL,
    gates TEXT NOT NULL,
    pass_mark TEXT NOT NULL,
    last_run TEXT NOT NULL,
    last_result TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE training_data (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    used INTEGER NOT NULL,
    consent TEXT NOT NULL,
    storage TEXT NOT NULL,
    labelled_by TEXT,
    pipeline_by TEXT,
    compliance_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(compliance_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE stage_control (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    control TEXT NOT NULL,
    rule TEXT NOT NULL,
    person TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE stop_control (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    "where" TEXT NOT NULL,
    how TEXT NOT NULL,
    who TEXT NOT NULL,
    stops_new_work INTEGER NOT NULL,
    quarantines INTEGER NOT NULL,
    in_flight TEXT NOT NULL,
    rollback_target TEXT NOT NULL,
    rollback_how TEXT NOT NULL,
    last_tested TEXT NOT NULL,
    tested_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(tested_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE compensating_transaction (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    action TEXT,
    steps TEXT NOT NULL,
    owner TEXT,
    within INTEGER,
    last_tested TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(action) REFERENCES action (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE incident_plan (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    alarm TEXT NOT NULL,
    alarm_minutes INTEGER,
    triggers TEXT NOT NULL,
    runbook TEXT NOT NULL,
    say_so TEXT NOT NULL,
    notice TEXT NOT NULL,
    review_within INTEGER,
    review_led_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(review_led_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE spend_guardrail (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    ceiling INTEGER,
    per TEXT NOT NULL,
    alert_at INTEGER,
    retry_cap INTEGER,
    owner TEXT,
    alarm_to TEXT,
    what_happens TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE drill_run (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    scenario TEXT NOT NULL,
    at TEXT NOT NULL,
    run_on TEXT NOT NULL,
    gaps INTEGER,
    findings TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE metric (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    name TEXT NOT NULL,
    family TEXT NOT NULL,
    function TEXT NOT NULL,
    definition TEXT NOT NULL,
    owner TEXT,
    source TEXT NOT NULL,
    threshold TEXT NOT NULL,
    alert TEXT NOT NULL,
    cadence TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE reading (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    metric TEXT,
    "on" TEXT NOT NULL,
    value_read TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(metric) REFERENCES metric (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE service_level (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    what TEXT NOT NULL,
    target TEXT NOT NULL,
    owner TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE review_rhythm (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    what TEXT NOT NULL,
    covers TEXT NOT NULL,
    cadence TEXT NOT NULL,
    "when" TEXT NOT NULL,
    led_by TEXT,
    attendees TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(led_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE review (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    rhythm TEXT,
    "on" TEXT NOT NULL,
    people TEXT NOT NULL,
    notes TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(rhythm) REFERENCES review_rhythm (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE kill_criterion (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    measure TEXT NOT NULL,
    metric TEXT,
    comparison TEXT NOT NULL,
    "limit" TEXT NOT NULL,
    lasting TEXT NOT NULL,
    "then" TEXT NOT NULL,
    decided_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(metric) REFERENCES metric (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(decided_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE raci_override (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    activity TEXT NOT NULL,
    "column" TEXT NOT NULL,
    letter TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE commitment (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    what TEXT NOT NULL,
    who TEXT,
    by_when TEXT NOT NULL,
    code TEXT NOT NULL,
    subject TEXT NOT NULL,
    done_on TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(who) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE accepted_risk (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    code TEXT NOT NULL,
    subject TEXT NOT NULL,
    saw TEXT NOT NULL,
    who TEXT,
    why TEXT NOT NULL,
    expiry TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(who) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE decision (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    what TEXT NOT NULL,
    "on" TEXT NOT NULL,
    step TEXT NOT NULL,
    agreed TEXT NOT NULL,
    dissent TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE parked_item (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    what TEXT NOT NULL,
    owner TEXT,
    due TEXT NOT NULL,
    done INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE revision (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    number INTEGER,
    level TEXT NOT NULL,
    frozen_at TEXT NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    implied TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL,
    withdrawn_by TEXT NOT NULL,
    withdrawn_why TEXT NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE signature (
    id TEXT NOT NULL,
    rank TEXT NOT NULL,
    revision TEXT,
    seat TEXT NOT NULL,
    person TEXT,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    drawing TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(revision) REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE change_set (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    label TEXT NOT NULL,
    undoes TEXT,
    grp TEXT NOT NULL,
    changes TEXT NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (id)
)
 STRICT""",
    """CREATE TABLE seal (
    sha256 TEXT NOT NULL,
    PRIMARY KEY (sha256)
)
 WITHOUT ROWID,
 STRICT""",
)
