-- Group training: sessions, who comes, and what that leads to.
CREATE TABLE training_sessions (
	id           TEXT NOT NULL PRIMARY KEY,
	title        TEXT NOT NULL,
	scheme       TEXT NOT NULL,
	components   TEXT NOT NULL, -- the places of what it shows, separated by spaces
	refresher    INTEGER NOT NULL,
	day_on       TEXT NOT NULL,
	starts       INTEGER NOT NULL, -- minutes after midnight, in Amsterdam
	ends         INTEGER NOT NULL,
	place        TEXT NOT NULL,
	supplier     TEXT NOT NULL,
	places       INTEGER NOT NULL,
	elsewhere    INTEGER NOT NULL, -- of the places: those of other municipalities
	cost         BIGINT NOT NULL, -- eurocents
	fund         TEXT NOT NULL CHECK (fund IN ('statutory', 'development')),
	planned_by   TEXT NOT NULL,
	sequence     INTEGER NOT NULL,
	cancelled_at {{.Instant}}
);
CREATE INDEX training_sessions_day ON training_sessions (day_on);

-- Who enrolled, in order; a row stays where somebody leaves. Somebody who comes back has another one.
CREATE TABLE training_enrolments (
	session      TEXT NOT NULL REFERENCES training_sessions (id),
	place_order  INTEGER NOT NULL,
	person       TEXT NOT NULL REFERENCES people (id),
	enrolled_at  {{.Instant}} NOT NULL,
	enrolled_by  TEXT NOT NULL,
	left_at      {{.Instant}},
	attendance   TEXT NOT NULL,
	result       TEXT NOT NULL,
	shown        TEXT NOT NULL,
	recorded_by  TEXT NOT NULL,
	recorded_at  {{.Instant}},
	confirmed_by TEXT NOT NULL,
	confirmed_at {{.Instant}},
	outcome      TEXT NOT NULL,
	PRIMARY KEY (session, place_order)
);
CREATE UNIQUE INDEX training_enrolments_once ON training_enrolments (session, person) WHERE left_at IS NULL;
CREATE INDEX training_enrolments_person ON training_enrolments (person);

-- Which evidence came from which session: each component once.
CREATE TABLE training_evidence (
	session   TEXT NOT NULL REFERENCES training_sessions (id),
	person    TEXT NOT NULL REFERENCES people (id),
	component INTEGER NOT NULL,
	evidence  TEXT NOT NULL REFERENCES evidence (id),
	PRIMARY KEY (session, person, component)
);

-- What a team may spend in a year, and what was booked apart from the sessions; in eurocents.
CREATE TABLE budgets (
	team           TEXT NOT NULL REFERENCES teams (id),
	year           INTEGER NOT NULL,
	fund           TEXT NOT NULL CHECK (fund IN ('statutory', 'development')),
	budgeted       BIGINT NOT NULL,
	other_spent    BIGINT NOT NULL,
	other_reserved BIGINT NOT NULL,
	note           TEXT NOT NULL,
	PRIMARY KEY (team, year, fund)
);

-- Who still owes a scheme: whom to enrol.
CREATE INDEX duties_open ON duties (scheme, due_on) WHERE done_on IS NULL AND ended_on IS NULL;
