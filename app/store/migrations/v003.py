"""Version 3: what binds each entry of the sign-off to the one before it, and seals it with a key; from which of them
names were taken out; and the mark of what an accepted risk said.

Signatures and withdrawals of versions 1 and 2 are kept as they are: nothing was bound then, and nothing is made up.
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
	erasures INTEGER,
	PRIMARY KEY (id),
	FOREIGN KEY(understudy) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO agent
SELECT id, rank, name, client, stage, time_zone, currency, cost_l1, cost_l2, vendor, model, behaviour_version,
    high_risk_use, outside_parties, only_vendor_understands, understudy, review_by, NULL
FROM temp.old""",
    "DROP TABLE temp.old",
    "CREATE TEMP TABLE old AS SELECT * FROM revision",
    "DROP TABLE revision",
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
	withdrawn_after TEXT NOT NULL,
	withdrawn_entry TEXT NOT NULL,
	erased INTEGER,
	PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO revision
SELECT id, rank, number, level, frozen_at, content, digest, previous, fingerprint, catalogue, implied,
    withdrawn_at, withdrawn_by, withdrawn_why, '[]', '', NULL
FROM temp.old""",
    "DROP TABLE temp.old",
    "CREATE TEMP TABLE old AS SELECT * FROM signature",
    "DROP TABLE signature",
    """CREATE TABLE signature (
	id TEXT NOT NULL,
	rank TEXT NOT NULL,
	revision TEXT,
	seat TEXT NOT NULL,
	person TEXT,
	signer TEXT NOT NULL,
	name TEXT NOT NULL,
	level TEXT NOT NULL,
	signed_at TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	drawing TEXT NOT NULL,
	meaning TEXT NOT NULL,
	schema INTEGER,
	frozen TEXT NOT NULL,
	previous TEXT NOT NULL,
	entry TEXT NOT NULL,
	"key" TEXT NOT NULL,
	seal TEXT NOT NULL,
	erased INTEGER,
	PRIMARY KEY (id),
	FOREIGN KEY(revision) REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    """INSERT INTO signature
SELECT id, rank, revision, seat, person, '', name, level, signed_at, fingerprint, drawing,
    '', NULL, '', '[]', '', '', '', NULL
FROM temp.old""",
    "DROP TABLE temp.old",
    "CREATE TEMP TABLE old AS SELECT * FROM accepted_risk",
    "DROP TABLE accepted_risk",
    """CREATE TABLE accepted_risk (
	id TEXT NOT NULL,
	rank TEXT NOT NULL,
	code TEXT NOT NULL,
	subject TEXT NOT NULL,
	saw TEXT NOT NULL,
	substance TEXT NOT NULL,
	who TEXT,
	why TEXT NOT NULL,
	expiry TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(who) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT""",
    "INSERT INTO accepted_risk SELECT id, rank, code, subject, saw, '', who, why, expiry FROM temp.old",
    "DROP TABLE temp.old",
    "UPDATE project SET format_version = 3",
)
