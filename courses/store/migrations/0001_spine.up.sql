-- One installation: a demo or a real municipality, never both.
CREATE TABLE installation (
	id               INTEGER PRIMARY KEY CHECK (id = 1),
	kind             TEXT NOT NULL CHECK (kind IN ('demo', 'real')),
	municipality     TEXT NOT NULL,
	department       TEXT NOT NULL,
	number_prefix    TEXT NOT NULL,
	signatory_name   TEXT,
	signatory_function TEXT,
	clock_offset     BIGINT NOT NULL DEFAULT 0 -- seconds the office's clock is ahead of real time; 0 unless a demo
);

CREATE TABLE people (
	id            TEXT NOT NULL PRIMARY KEY,
	first_name    TEXT NOT NULL,
	infix         TEXT NOT NULL,
	last_name     TEXT NOT NULL,
	email         TEXT NOT NULL,
	administrator BOOLEAN NOT NULL
);
-- Who logs in writes it in capitals or not.
CREATE UNIQUE INDEX people_email ON people (LOWER(email)) WHERE email <> '';

-- How somebody with a password logs in. People who log in elsewhere have no row.
CREATE TABLE passwords (
	person TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
	hash   TEXT NOT NULL -- argon2id, PHC string
);

-- Bearer tokens and browser sessions. Only a hash is kept.
CREATE TABLE tokens (
	hash       {{.Bytes}} NOT NULL PRIMARY KEY, -- SHA-256
	person     TEXT NOT NULL REFERENCES people (id),
	kind       TEXT NOT NULL CHECK (kind IN ('bearer', 'session')),
	issued_at  {{.Instant}} NOT NULL,
	expires_at {{.Instant}} NOT NULL,
	revoked_at {{.Instant}}
);
CREATE INDEX tokens_person ON tokens (person);
CREATE INDEX tokens_expire ON tokens (expires_at);

CREATE TABLE teams (
	id      TEXT NOT NULL PRIMARY KEY,
	name    TEXT NOT NULL,
	cluster TEXT NOT NULL,
	leader  TEXT
);
CREATE INDEX teams_leader ON teams (leader);

CREATE TABLE roles (
	id        TEXT NOT NULL PRIMARY KEY,
	code      TEXT NOT NULL UNIQUE,
	name      TEXT NOT NULL,
	cluster   TEXT NOT NULL,
	functions TEXT NOT NULL -- what holders are in the product, separated by spaces
);

CREATE TABLE employments (
	person   TEXT NOT NULL REFERENCES people (id),
	number   INTEGER NOT NULL,
	team     TEXT NOT NULL REFERENCES teams (id),
	role     TEXT NOT NULL REFERENCES roles (id),
	from_on  TEXT NOT NULL,
	until_on TEXT,
	PRIMARY KEY (person, number)
);
CREATE INDEX employments_team ON employments (team);

CREATE TABLE designations (
	person   TEXT NOT NULL REFERENCES people (id),
	kind     TEXT NOT NULL,
	subject  TEXT NOT NULL,
	from_on  TEXT,
	until_on TEXT,
	PRIMARY KEY (person, kind, subject)
);

-- A version keeps its course file as text; a published one never changes.
CREATE TABLE versions (
	course       TEXT NOT NULL,
	number       INTEGER NOT NULL,
	source       TEXT NOT NULL,
	drafted_by   TEXT NOT NULL,
	published_at {{.Instant}},
	published_by TEXT,
	PRIMARY KEY (course, number)
);

CREATE TABLE schemes (
	id                       TEXT NOT NULL,
	version                  INTEGER NOT NULL,
	title                    TEXT NOT NULL,
	months                   INTEGER NOT NULL,
	method                   TEXT NOT NULL,
	window_months            INTEGER NOT NULL,
	grace_months             INTEGER NOT NULL,
	anchor_month             INTEGER NOT NULL,
	anchor_day               INTEGER NOT NULL,
	minimum_months           INTEGER NOT NULL,
	components_within_months INTEGER NOT NULL,
	refreshers               TEXT NOT NULL, -- course keys separated by spaces
	assessment_at_work       BOOLEAN NOT NULL,
	origin                   TEXT NOT NULL,
	citation                 TEXT NOT NULL,
	applies_from             TEXT,
	PRIMARY KEY (id, version)
);

CREATE TABLE scheme_components (
	scheme  TEXT NOT NULL,
	version INTEGER NOT NULL,
	place   INTEGER NOT NULL,
	kind    TEXT NOT NULL,
	course  TEXT,
	title   TEXT NOT NULL,
	PRIMARY KEY (scheme, version, place),
	FOREIGN KEY (scheme, version) REFERENCES schemes (id, version)
);

CREATE TABLE requirements (
	id             TEXT NOT NULL PRIMARY KEY,
	scheme         TEXT NOT NULL,
	subject_kind   TEXT NOT NULL,
	subject        TEXT NOT NULL,
	subject_name   TEXT NOT NULL,
	since_on       TEXT,
	until_on       TEXT,
	starters_only  BOOLEAN NOT NULL,
	induction_days INTEGER NOT NULL,
	due_on         TEXT,
	origin         TEXT NOT NULL,
	citation       TEXT NOT NULL
);
CREATE INDEX requirements_scheme ON requirements (scheme);

CREATE TABLE attempts (
	id           TEXT NOT NULL PRIMARY KEY,
	person       TEXT NOT NULL REFERENCES people (id),
	course       TEXT NOT NULL,
	version      INTEGER NOT NULL,
	cycle        INTEGER NOT NULL,
	number       INTEGER NOT NULL, -- counts the attempts of a person, course and cycle from 1
	seed         {{.Bytes}} NOT NULL,
	started_at   {{.Instant}} NOT NULL, -- the office's clock
	began_at     {{.Instant}} NOT NULL, -- real time, as are the next two
	ends_at      {{.Instant}},
	paused_at    {{.Instant}},
	paused_for   BIGINT NOT NULL DEFAULT 0, -- microseconds that the pauses before took
	extended     BIGINT NOT NULL DEFAULT 0, -- seconds added to the time limit
	submitted_at {{.Instant}}, -- the office's clock
	score        TEXT NOT NULL, -- an exact fraction such as 25/3
	maximum      INTEGER NOT NULL,
	passed       BOOLEAN NOT NULL,
	outcome      TEXT NOT NULL,
	UNIQUE (person, course, cycle, number),
	FOREIGN KEY (course, version) REFERENCES versions (course, number)
);
CREATE UNIQUE INDEX attempts_open ON attempts (person, course) WHERE submitted_at IS NULL;
CREATE INDEX attempts_ending ON attempts (ends_at) WHERE submitted_at IS NULL;

CREATE TABLE answers (
	attempt  TEXT NOT NULL REFERENCES attempts (id),
	question TEXT NOT NULL,
	answer   TEXT NOT NULL,
	version  INTEGER NOT NULL,
	saved_at {{.Instant}} NOT NULL,
	marked   BOOLEAN NOT NULL,
	PRIMARY KEY (attempt, question)
);

-- Which lessons somebody finished: their own memory, nobody else's.
CREATE TABLE lessons_read (
	person  TEXT NOT NULL REFERENCES people (id),
	course  TEXT NOT NULL,
	version INTEGER NOT NULL,
	lesson  INTEGER NOT NULL,
	PRIMARY KEY (person, course, version, lesson)
);

-- What somebody chose after the last attempt of a cycle.
CREATE TABLE follow_ups (
	attempt    TEXT NOT NULL PRIMARY KEY REFERENCES attempts (id),
	person     TEXT NOT NULL REFERENCES people (id),
	course     TEXT NOT NULL,
	cycle      INTEGER NOT NULL,
	choice     TEXT NOT NULL,
	chosen_at  {{.Instant}} NOT NULL,
	settled_at {{.Instant}},
	settled_by TEXT
);
CREATE INDEX follow_ups_person ON follow_ups (person, course);
CREATE INDEX follow_ups_unsettled ON follow_ups (chosen_at) WHERE settled_at IS NULL;

CREATE TABLE evidence (
	id             TEXT NOT NULL PRIMARY KEY,
	person         TEXT NOT NULL REFERENCES people (id),
	scheme         TEXT NOT NULL,
	component      INTEGER NOT NULL,
	completed_on   TEXT NOT NULL,
	course         TEXT NOT NULL,
	course_version INTEGER NOT NULL,
	attempt        TEXT NOT NULL,
	source         TEXT NOT NULL,
	recorded_by    TEXT NOT NULL
);
CREATE INDEX evidence_person ON evidence (person, scheme);

-- A period never changes, but that it may be revoked.
CREATE TABLE periods (
	id              TEXT NOT NULL PRIMARY KEY,
	person          TEXT NOT NULL REFERENCES people (id),
	scheme          TEXT NOT NULL,
	scheme_version  INTEGER NOT NULL,
	cycle           INTEGER NOT NULL,
	anchor_on       TEXT NOT NULL,
	term            INTEGER NOT NULL,
	path            TEXT NOT NULL,
	completed_on    TEXT NOT NULL,
	valid_from      TEXT NOT NULL,
	valid_until     TEXT,
	window_opens_on TEXT,
	grace_until     TEXT,
	course          TEXT NOT NULL,
	course_version  INTEGER NOT NULL,
	attempt         TEXT NOT NULL, -- the attempt that completed it; empty where none did
	revoked_on      TEXT,
	UNIQUE (person, scheme, cycle),
	UNIQUE (person, scheme, valid_from)
);

-- The facts that are printed, as they were when the certificate was issued.
CREATE TABLE certificates (
	number    TEXT NOT NULL PRIMARY KEY,
	token     TEXT NOT NULL UNIQUE,
	period    TEXT NOT NULL UNIQUE REFERENCES periods (id),
	person    TEXT NOT NULL REFERENCES people (id),
	holder    TEXT NOT NULL,
	title     TEXT NOT NULL,
	statement TEXT NOT NULL,
	shown     TEXT NOT NULL, -- one thing a line
	lessons   INTEGER NOT NULL,
	issued_at {{.Instant}} NOT NULL,
	hidden    BOOLEAN NOT NULL, -- the holder switched the public page off
	municipality       TEXT NOT NULL,
	department         TEXT NOT NULL,
	signatory_name     TEXT NOT NULL, -- empty: nobody was mandated
	signatory_function TEXT NOT NULL
);
CREATE INDEX certificates_person ON certificates (person);

CREATE TABLE duties (
	person   TEXT NOT NULL REFERENCES people (id),
	scheme   TEXT NOT NULL,
	cycle    INTEGER NOT NULL,
	opens_on TEXT NOT NULL,
	due_on   TEXT NOT NULL,
	done_on  TEXT,
	ended_on TEXT,
	PRIMARY KEY (person, scheme, cycle)
);

-- The next day on which anything changes for a person and scheme: where the sweep must look, and nowhere else.
CREATE TABLE agenda (
	person  TEXT NOT NULL REFERENCES people (id),
	scheme  TEXT NOT NULL,
	next_on TEXT NOT NULL,
	PRIMARY KEY (person, scheme)
);
CREATE INDEX agenda_next ON agenda (next_on, person, scheme);

CREATE TABLE sweeps (
	id      {{.Serial}},
	on_date TEXT NOT NULL,
	ran_at  {{.Instant}} NOT NULL,
	held    BOOLEAN NOT NULL,
	opened  INTEGER NOT NULL,
	ended   INTEGER NOT NULL,
	moved   INTEGER NOT NULL,
	lapsed  INTEGER NOT NULL, -- people whom expiry disqualified since the run before
	looked  INTEGER NOT NULL, -- appointments kept
	failed  INTEGER NOT NULL
);

-- Append only: the triggers below refuse anything else.
CREATE TABLE audit (
	id      {{.Serial}},
	at      {{.Instant}} NOT NULL, -- the office's clock
	actor   TEXT NOT NULL,
	act     TEXT NOT NULL,
	subject TEXT NOT NULL, -- the person it is about; may be empty
	object  TEXT NOT NULL
);
{{if .Postgres}}
CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the audit trail is append only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
{{else}}
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
{{end}}
