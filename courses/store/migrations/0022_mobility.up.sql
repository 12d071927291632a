-- What people wish: another role, in their own words. Nobody but the person sees it until it is shared.
CREATE TABLE wishes (
	id               TEXT NOT NULL PRIMARY KEY,
	person           TEXT NOT NULL REFERENCES people (id),
	role             TEXT NOT NULL,
	words            TEXT NOT NULL,
	wished_on        TEXT NOT NULL,
	by_on            TEXT NOT NULL,
	minutes_per_week INTEGER NOT NULL,
	UNIQUE (person, role)
);
CREATE TABLE wish_shares (
	wish      TEXT NOT NULL REFERENCES wishes (id),
	reader    TEXT NOT NULL REFERENCES people (id),
	shared_on TEXT NOT NULL,
	PRIMARY KEY (wish, reader)
);
CREATE INDEX wish_shares_reader ON wish_shares (reader);

-- What people did of the learning on offer. The levels it brought are evidence of competence.
CREATE TABLE items_done (
	person      TEXT NOT NULL REFERENCES people (id),
	item        TEXT NOT NULL,
	done_on     TEXT NOT NULL,
	recorded_by TEXT NOT NULL,
	recorded_at {{.Instant}} NOT NULL,
	PRIMARY KEY (person, item)
);

-- Plans to another role.
CREATE TABLE plans (
	id               TEXT NOT NULL PRIMARY KEY,
	person           TEXT NOT NULL REFERENCES people (id),
	role             TEXT NOT NULL,
	revision         INTEGER NOT NULL, -- an agreement is to one
	by_on            TEXT NOT NULL,
	minutes_per_week INTEGER NOT NULL,
	words            TEXT NOT NULL, -- of the employee
	guide            TEXT NOT NULL,
	roster           TEXT NOT NULL,
	talks            TEXT NOT NULL,
	return_till      TEXT,
	drafted_by       TEXT NOT NULL,
	drafted_on       TEXT NOT NULL,
	stopped_on       TEXT,
	stopped_by       TEXT NOT NULL,
	stop_words       TEXT NOT NULL,
	closed           BOOLEAN NOT NULL -- stopped, or every step done
);
CREATE INDEX plans_person ON plans (person);
CREATE UNIQUE INDEX plans_once ON plans (person, role) WHERE NOT closed;
CREATE TABLE plan_steps (
	plan      TEXT NOT NULL REFERENCES plans (id),
	number    INTEGER NOT NULL,
	item      TEXT NOT NULL, -- empty: an appointment
	title     TEXT NOT NULL,
	owner     TEXT NOT NULL,
	from_on   TEXT NOT NULL,
	until_on  TEXT NOT NULL,
	minutes   INTEGER NOT NULL,
	cents     INTEGER NOT NULL,
	statutory BOOLEAN NOT NULL,
	done_on   TEXT,
	PRIMARY KEY (plan, number),
	CHECK (until_on >= from_on)
);
-- What the role asked when everybody had agreed.
CREATE TABLE plan_asked (
	plan       TEXT NOT NULL REFERENCES plans (id),
	competence TEXT NOT NULL,
	level      INTEGER NOT NULL,
	weight     INTEGER NOT NULL,
	PRIMARY KEY (plan, competence)
);
CREATE TABLE plan_agreements (
	plan      TEXT NOT NULL REFERENCES plans (id),
	revision  INTEGER NOT NULL,
	party     TEXT NOT NULL CHECK (party IN ('employee', 'leader', 'hr')),
	agreed_by TEXT NOT NULL,
	agreed_on TEXT NOT NULL,
	PRIMARY KEY (plan, revision, party),
	UNIQUE (plan, revision, agreed_by)
);
CREATE TABLE plan_evaluations (
	plan         TEXT NOT NULL REFERENCES plans (id),
	number       INTEGER NOT NULL,
	evaluated_on TEXT NOT NULL,
	evaluated_by TEXT NOT NULL,
	text         TEXT NOT NULL,
	PRIMARY KEY (plan, number)
);
