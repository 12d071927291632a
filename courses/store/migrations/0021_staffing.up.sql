-- Staffing: what qualifies for a process, how many people it needs when, and when people work.
CREATE TABLE processes (
	activity     TEXT NOT NULL PRIMARY KEY REFERENCES activities (id),
	cluster      TEXT NOT NULL,
	owner        TEXT NOT NULL, -- a person; may be empty
	pool_minimum INTEGER NOT NULL CHECK (pool_minimum >= 0), -- 0: nobody said
	shortage     TEXT NOT NULL,
	four_eyes    TEXT NOT NULL
);
CREATE TABLE process_schemes (
	process TEXT NOT NULL REFERENCES processes (activity),
	one_of  BOOLEAN NOT NULL, -- one of these is enough; otherwise all of them
	scheme  TEXT NOT NULL,
	place   INTEGER NOT NULL,
	PRIMARY KEY (process, one_of, scheme)
);
CREATE TABLE process_windows (
	process TEXT NOT NULL REFERENCES processes (activity),
	place   INTEGER NOT NULL,
	days    TEXT NOT NULL, -- numbers separated by spaces; 0 is Sunday
	starts  INTEGER NOT NULL, -- minutes after midnight, in Amsterdam
	ends    INTEGER NOT NULL,
	minimum INTEGER NOT NULL,
	note    TEXT NOT NULL,
	PRIMARY KEY (process, place),
	CHECK (starts < ends)
);

-- How we do a process from a day on. A version never changes.
CREATE TABLE procedures (
	process    TEXT NOT NULL REFERENCES activities (id),
	version    INTEGER NOT NULL,
	from_on    TEXT NOT NULL,
	text       TEXT NOT NULL, -- Markdown
	holder     TEXT NOT NULL, -- a person: who knows most of it
	written_by TEXT NOT NULL,
	written_at {{.Instant}} NOT NULL,
	PRIMARY KEY (process, version),
	UNIQUE (process, from_on)
);

-- At what times somebody works, from a day on.
CREATE TABLE rosters (
	person     TEXT NOT NULL,
	employment INTEGER NOT NULL,
	from_on    TEXT NOT NULL,
	days       TEXT NOT NULL, -- seven times such as 08:30-17:00 from Monday on, separated by spaces; - is a day off
	PRIMARY KEY (person, employment, from_on),
	FOREIGN KEY (person, employment) REFERENCES employments (person, number)
);

-- When somebody is on leave. Never why.
CREATE TABLE leave (
	id         TEXT NOT NULL PRIMARY KEY,
	person     TEXT NOT NULL REFERENCES people (id),
	employment INTEGER NOT NULL, -- 0: all
	from_on    TEXT NOT NULL,
	until_on   TEXT NOT NULL, -- the last day
	part       TEXT NOT NULL CHECK (part IN ('whole', 'morning', 'afternoon')),
	approved   BOOLEAN NOT NULL,
	CHECK (until_on >= from_on)
);
CREATE INDEX leave_person ON leave (person, until_on);

-- Who stands ready for a process besides the roster.
CREATE TABLE on_call (
	process TEXT NOT NULL REFERENCES activities (id),
	day_on  TEXT NOT NULL,
	person  TEXT NOT NULL REFERENCES people (id),
	starts  INTEGER NOT NULL,
	ends    INTEGER NOT NULL,
	PRIMARY KEY (process, day_on, person),
	CHECK (starts < ends)
);
CREATE INDEX on_call_person ON on_call (person, day_on);

-- Since when the works council consents to views that follow named people, and where that is written. No row: it does not.
CREATE TABLE works_council_consent (
	id          INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	given_on    TEXT NOT NULL,
	reference   TEXT NOT NULL,
	recorded_by TEXT NOT NULL,
	recorded_at {{.Instant}} NOT NULL
);
CREATE INDEX employments_role ON employments (role, person);
