-- What issue-wide obligations need beyond the spine: refreshers of any kind, prerequisites, hours, processes and
-- applications, and decisions.
ALTER TABLE schemes DROP COLUMN refreshers; -- no scheme had any
ALTER TABLE schemes ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE schemes ADD COLUMN refresher_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scheme_components ADD COLUMN checklist TEXT NOT NULL DEFAULT ''; -- one thing a line

-- On renewal one of these takes the place of a component, in turn.
CREATE TABLE scheme_refreshers (
	scheme    TEXT NOT NULL,
	version   INTEGER NOT NULL,
	place     INTEGER NOT NULL,
	kind      TEXT NOT NULL,
	course    TEXT,
	title     TEXT NOT NULL,
	checklist TEXT NOT NULL,
	PRIMARY KEY (scheme, version, place),
	FOREIGN KEY (scheme, version) REFERENCES schemes (id, version)
);

CREATE TABLE scheme_prerequisites (
	scheme   TEXT NOT NULL,
	version  INTEGER NOT NULL,
	requires TEXT NOT NULL, -- another scheme
	hard     BOOLEAN NOT NULL,
	PRIMARY KEY (scheme, version, requires),
	FOREIGN KEY (scheme, version) REFERENCES schemes (id, version)
);

ALTER TABLE evidence ADD COLUMN refresher INTEGER NOT NULL DEFAULT 0;

-- Processes and applications, and the roles that work on them.
CREATE TABLE activities (
	id   TEXT NOT NULL PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('process', 'application')),
	name TEXT NOT NULL
);
CREATE TABLE activity_roles (
	activity TEXT NOT NULL REFERENCES activities (id),
	role     TEXT NOT NULL REFERENCES roles (id),
	number   INTEGER NOT NULL, -- counts the stretches of a role from 1
	from_on  TEXT, -- NULL: always
	until_on TEXT, -- the last day; NULL: no end
	PRIMARY KEY (activity, role, number)
);

-- What somebody decided about the obligations of somebody else. Never why somebody is away.
CREATE TABLE decisions (
	id        TEXT NOT NULL PRIMARY KEY,
	kind      TEXT NOT NULL CHECK (kind IN ('extension', 'exemption', 'absence', 'early', 'late', 'revocation')),
	person    TEXT NOT NULL REFERENCES people (id),
	scheme    TEXT NOT NULL, -- empty for an absence
	cycle     INTEGER NOT NULL,
	from_on   TEXT NOT NULL,
	until_on  TEXT,
	reason    TEXT NOT NULL,
	taken_by  TEXT NOT NULL,
	taken_at  {{.Instant}} NOT NULL,
	undone_by TEXT NOT NULL,
	undone_at {{.Instant}},
	CHECK (kind <> 'absence' OR reason = '')
);
CREATE INDEX decisions_person ON decisions (person);
