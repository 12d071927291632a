-- What a process asks holds from a day on, until the next version of it: what it asked before stays.
CREATE TABLE process_terms (
	process      TEXT NOT NULL REFERENCES activities (id),
	version      INTEGER NOT NULL,
	from_on      TEXT, -- NULL: always
	cluster      TEXT NOT NULL,
	owner        TEXT NOT NULL, -- a person; may be empty
	pool_minimum INTEGER NOT NULL CHECK (pool_minimum >= 0), -- 0: nobody said
	shortage     TEXT NOT NULL,
	four_eyes    TEXT NOT NULL,
	why          TEXT NOT NULL,
	written_by   TEXT NOT NULL, -- empty: before this was kept
	written_at   {{.Instant}}, -- NULL: before this was kept
	PRIMARY KEY (process, version)
);
INSERT INTO process_terms (process, version, cluster, owner, pool_minimum, shortage, four_eyes, why, written_by)
SELECT activity, 1, cluster, owner, pool_minimum, shortage, four_eyes, '', '' FROM processes;

CREATE TABLE process_term_schemes (
	process TEXT NOT NULL,
	version INTEGER NOT NULL,
	one_of  BOOLEAN NOT NULL, -- one of these is enough; otherwise all of them
	scheme  TEXT NOT NULL,
	place   INTEGER NOT NULL,
	PRIMARY KEY (process, version, one_of, scheme),
	FOREIGN KEY (process, version) REFERENCES process_terms (process, version)
);
INSERT INTO process_term_schemes (process, version, one_of, scheme, place) SELECT process, 1, one_of, scheme, place FROM process_schemes;

CREATE TABLE process_term_windows (
	process TEXT NOT NULL,
	version INTEGER NOT NULL,
	place   INTEGER NOT NULL,
	days    TEXT NOT NULL, -- numbers separated by spaces; 0 is Sunday
	starts  INTEGER NOT NULL, -- minutes after midnight, in Amsterdam
	ends    INTEGER NOT NULL,
	minimum INTEGER NOT NULL,
	note    TEXT NOT NULL,
	PRIMARY KEY (process, version, place),
	FOREIGN KEY (process, version) REFERENCES process_terms (process, version),
	CHECK (starts < ends)
);
INSERT INTO process_term_windows (process, version, place, days, starts, ends, minimum, note) SELECT process, 1, place, days, starts, ends, minimum, note FROM process_windows;

DROP TABLE process_windows;
DROP TABLE process_schemes;
DROP TABLE processes;

-- Who stands in for the knowledge holder, and why a version was written.
ALTER TABLE procedures ADD COLUMN deputy TEXT NOT NULL DEFAULT '';
ALTER TABLE procedures ADD COLUMN why TEXT NOT NULL DEFAULT '';

-- To which views the works council consents; until now to all of them.
ALTER TABLE works_council_consent ADD COLUMN views TEXT NOT NULL DEFAULT 'staffing matrix candidates changes';

-- Leave and time on call are kept for a time too.
CREATE TABLE kept (
	class  TEXT NOT NULL PRIMARY KEY CHECK (class IN ('leavers', 'documents', 'leave')),
	months INTEGER NOT NULL CHECK (months >= 0), -- 0: for ever
	basis  TEXT NOT NULL -- where it is written, such as the number in the selection list
);
INSERT INTO kept (class, months, basis) SELECT class, months, basis FROM retention;
DROP TABLE retention;
ALTER TABLE kept RENAME TO retention;
