"""Version 2: hand-overs, dismissed phrases, absence, and what evidence shows beyond its counts.

A table whose columns change is made anew and filled from what it held, so that its text is the declared one.
"""

STATEMENTS = (
    "CREATE TEMP TABLE old AS SELECT * FROM agent",
    "DROP TABLE agent",
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
	high_risk_use TEXT NOT NULL,
	outside_parties INTEGER NOT NULL,
	only_vendor_understands INTEGER NOT NULL,
	understudy TEXT,
	review_by TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(understudy) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO agent
SELECT id, rank, name, client, stage, time_zone, currency, cost_l1, cost_l2, vendor, model, behaviour_version,
    '', outside_parties, only_vendor_understands, understudy, review_by
FROM temp.old""",
    "DROP TABLE temp.old",
    "CREATE TEMP TABLE old AS SELECT * FROM person",
    "DROP TABLE person",
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
	away_from TEXT NOT NULL,
	away_to TEXT NOT NULL,
	present INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO person
SELECT id, rank, name, title, function, side, contact, paging_route, time_zone, '', '', present
FROM temp.old""",
    "DROP TABLE temp.old",
    "CREATE TEMP TABLE old AS SELECT * FROM workflow",
    "DROP TABLE workflow",
    """CREATE TABLE workflow (
	id TEXT NOT NULL,
	rank TEXT NOT NULL,
	purpose TEXT NOT NULL,
	statement TEXT NOT NULL,
	run_by TEXT NOT NULL,
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
    """INSERT INTO workflow
SELECT id, rank, purpose, statement, '', "trigger", inputs, output, approval_threshold, success, failure,
    good_enough, acceptable_risks, after_failure, access_boundary, support_path, pain, repetition, supportable
FROM temp.old""",
    "DROP TABLE temp.old",
    "CREATE TEMP TABLE old AS SELECT * FROM vendor_cover",
    "DROP TABLE vendor_cover",
    """CREATE TABLE vendor_cover (
	id TEXT NOT NULL,
	rank TEXT NOT NULL,
	role TEXT NOT NULL,
	person TEXT,
	letter TEXT NOT NULL,
	what TEXT NOT NULL,
	until TEXT NOT NULL,
	deputy TEXT,
	PRIMARY KEY (id),
	FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(deputy) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO vendor_cover
SELECT id, rank, role, person, '', what, until, deputy
FROM temp.old""",
    "DROP TABLE temp.old",
    """CREATE TABLE handover (
	id TEXT NOT NULL,
	rank TEXT NOT NULL,
	from_person TEXT,
	from_name TEXT NOT NULL,
	to_person TEXT,
	"on" TEXT NOT NULL,
	why TEXT NOT NULL,
	handed TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(from_person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(to_person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    "CREATE TEMP TABLE old AS SELECT * FROM evidence",
    "DROP TABLE evidence",
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
	breaches INTEGER,
	failed_stops INTEGER,
	decision_seconds INTEGER,
	cost_median INTEGER,
	cost_p99 INTEGER,
	outcomes TEXT NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(action) REFERENCES action (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO evidence
SELECT id, rank, action, behaviour_version, mode, from_day, to_day, runs, unchanged, cosmetic, material,
    rejected, overridden, harmful, seeded, caught, NULL, NULL, NULL, NULL, NULL, '', note
FROM temp.old""",
    "DROP TABLE temp.old",
    "CREATE TEMP TABLE old AS SELECT * FROM graduation_decision",
    "DROP TABLE graduation_decision",
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
	evidence TEXT NOT NULL,
	seconded_by TEXT,
	consulted TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(action) REFERENCES action (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(decided_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(seconded_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO graduation_decision
SELECT id, rank, action, direction, from_mode, to_mode, decided_by, decided_on, reason, '[]', NULL, '[]'
FROM temp.old""",
    "DROP TABLE temp.old",
    "CREATE TEMP TABLE old AS SELECT * FROM reading",
    "DROP TABLE reading",
    """CREATE TABLE reading (
	id TEXT NOT NULL,
	rank TEXT NOT NULL,
	metric TEXT,
	"on" TEXT NOT NULL,
	value_read TEXT NOT NULL,
	runs INTEGER,
	note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(metric) REFERENCES metric (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO reading
SELECT id, rank, metric, "on", value_read, NULL, note
FROM temp.old""",
    "DROP TABLE temp.old",
    """CREATE TABLE dismissed_phrase (
	id TEXT NOT NULL,
	rank TEXT NOT NULL,
	subject TEXT NOT NULL,
	field TEXT NOT NULL,
	phrase TEXT NOT NULL,
	words TEXT NOT NULL,
	why TEXT NOT NULL,
	PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    "UPDATE project SET format_version = 2",
)
