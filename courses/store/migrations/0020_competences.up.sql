-- Whether the end of an employment was agreed when it began: it may be put off.
ALTER TABLE employments ADD COLUMN fixed BOOLEAN NOT NULL DEFAULT FALSE;

-- Competences: what one can be more or less good at, each on the scale of its framework.
CREATE TABLE frameworks (
	id          TEXT NOT NULL PRIMARY KEY,
	title       TEXT NOT NULL,
	scale       TEXT NOT NULL, -- what each level means, one a line, from level 1
	independent INTEGER NOT NULL -- the level from which somebody works alone
);
CREATE TABLE competences (
	id         TEXT NOT NULL PRIMARY KEY,
	framework  TEXT NOT NULL REFERENCES frameworks (id),
	place      INTEGER NOT NULL,
	group_name TEXT NOT NULL,
	name       TEXT NOT NULL,
	definition TEXT NOT NULL,
	levels     TEXT NOT NULL -- how each level shows, one a line, from level 1
);
-- One of these must be valid for a level to count for coverage. No row: none is asked.
CREATE TABLE competence_certificates (
	competence TEXT NOT NULL REFERENCES competences (id),
	scheme     TEXT NOT NULL,
	place      INTEGER NOT NULL,
	PRIMARY KEY (competence, scheme)
);
-- What a certificate under a scheme evidences. The evidence itself follows from periods and is not stored.
CREATE TABLE scheme_proofs (
	scheme     TEXT NOT NULL,
	competence TEXT NOT NULL REFERENCES competences (id),
	level      INTEGER NOT NULL CHECK (level > 0),
	PRIMARY KEY (scheme, competence)
);

-- What a role asks from a day on. A version never changes. The role may be one that nobody holds yet.
CREATE TABLE role_profiles (
	role       TEXT NOT NULL,
	version    INTEGER NOT NULL,
	valid_from TEXT NOT NULL,
	written_by TEXT NOT NULL,
	written_at {{.Instant}} NOT NULL,
	PRIMARY KEY (role, version),
	UNIQUE (role, valid_from)
);
CREATE TABLE role_profile_lines (
	role       TEXT NOT NULL,
	version    INTEGER NOT NULL,
	competence TEXT NOT NULL REFERENCES competences (id),
	level      INTEGER NOT NULL CHECK (level > 0),
	weight     INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 3),
	PRIMARY KEY (role, version, competence),
	FOREIGN KEY (role, version) REFERENCES role_profiles (role, version)
);
-- Roles that nobody holds yet, and places that are open.
CREATE TABLE future_roles (
	id               TEXT NOT NULL PRIMARY KEY,
	code             TEXT NOT NULL,
	name             TEXT NOT NULL,
	cluster          TEXT NOT NULL,
	vacancy          BOOLEAN NOT NULL,
	team             TEXT NOT NULL REFERENCES teams (id),
	from_on          TEXT NOT NULL,
	closes_on        TEXT, -- the last day to apply
	minutes_per_week INTEGER NOT NULL,
	places           INTEGER NOT NULL,
	replaces         TEXT NOT NULL, -- a person; may be empty
	purpose          TEXT NOT NULL,
	schemes          TEXT NOT NULL, -- keys separated by spaces
	within_days      INTEGER NOT NULL -- in which they are to be obtained
);

-- A level that somebody was judged to have, or says to have, on a day.
CREATE TABLE competence_evidence (
	person      TEXT NOT NULL REFERENCES people (id),
	competence  TEXT NOT NULL REFERENCES competences (id),
	source      TEXT NOT NULL CHECK (source IN ('self', 'leader', 'assessor', 'external')),
	seen_on     TEXT NOT NULL,
	judged_by   TEXT NOT NULL, -- a person; empty where nobody knows who
	level       INTEGER NOT NULL CHECK (level >= 0),
	recorded_at {{.Instant}} NOT NULL,
	PRIMARY KEY (person, competence, source, seen_on, judged_by)
);

-- How many people of a team must be able to do something alone.
CREATE TABLE needed_levels (
	team       TEXT NOT NULL REFERENCES teams (id),
	competence TEXT NOT NULL REFERENCES competences (id),
	people     INTEGER NOT NULL CHECK (people > 0),
	note       TEXT NOT NULL,
	PRIMARY KEY (team, competence)
);

-- What one can do to learn.
CREATE TABLE learning_items (
	id        TEXT NOT NULL PRIMARY KEY,
	title     TEXT NOT NULL,
	kind      TEXT NOT NULL,
	course    TEXT NOT NULL, -- of ours; may be empty
	scheme    TEXT NOT NULL, -- that it leads to; may be empty
	supplier  TEXT NOT NULL,
	minutes   INTEGER NOT NULL,
	cents     INTEGER NOT NULL, -- for one person
	weeks     INTEGER NOT NULL,
	places    INTEGER NOT NULL, -- 0: no limit
	guide     TEXT NOT NULL, -- a person; may be empty
	assessor  TEXT NOT NULL, -- a person; may be empty
	starts    TEXT NOT NULL, -- one a line: its days, separated by spaces
	until_on  TEXT, -- the last day on which it can end
	after_all TEXT NOT NULL, -- items separated by spaces
	after_any TEXT NOT NULL,
	earlier   TEXT NOT NULL, -- a scheme that somebody must have held; may be empty
	statutory BOOLEAN NOT NULL
);
-- Levels that somebody must have first.
CREATE TABLE learning_item_levels (
	item       TEXT NOT NULL REFERENCES learning_items (id),
	competence TEXT NOT NULL REFERENCES competences (id),
	level      INTEGER NOT NULL CHECK (level > 0),
	PRIMARY KEY (item, competence)
);
-- What it evidences.
CREATE TABLE learning_item_raises (
	item       TEXT NOT NULL REFERENCES learning_items (id),
	competence TEXT NOT NULL REFERENCES competences (id),
	from_level INTEGER NOT NULL CHECK (from_level >= 0),
	to_level   INTEGER NOT NULL,
	PRIMARY KEY (item, competence),
	CHECK (to_level > from_level)
);
