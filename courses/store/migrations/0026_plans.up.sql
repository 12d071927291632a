-- What a plan says beside what it said before.
ALTER TABLE plans ADD COLUMN learn_day INTEGER NOT NULL DEFAULT 0; -- of the week, 1 is Monday; 0: none
ALTER TABLE plans ADD COLUMN talk_on TEXT; -- when they look back the next time
ALTER TABLE plans ADD COLUMN talk_told TEXT; -- the talk of which everybody was told
ALTER TABLE plans ADD COLUMN went_back BOOLEAN NOT NULL DEFAULT FALSE; -- stopped to go back to the old role

-- The certificates the role asked when everybody had agreed.
CREATE TABLE plan_asked_schemes (
	plan   TEXT NOT NULL REFERENCES plans (id),
	scheme TEXT NOT NULL,
	PRIMARY KEY (plan, scheme)
);
-- Who sent a revision back, and why.
CREATE TABLE plan_returns (
	plan     TEXT NOT NULL REFERENCES plans (id),
	revision INTEGER NOT NULL,
	party    TEXT NOT NULL CHECK (party IN ('employee', 'leader', 'hr')),
	sent_by  TEXT NOT NULL,
	sent_on  TEXT NOT NULL,
	words    TEXT NOT NULL,
	PRIMARY KEY (plan, revision)
);
CREATE TABLE plan_pauses (
	plan      TEXT NOT NULL REFERENCES plans (id),
	number    INTEGER NOT NULL,
	from_on   TEXT NOT NULL,
	until_on  TEXT NOT NULL,
	paused_by TEXT NOT NULL,
	words     TEXT NOT NULL,
	PRIMARY KEY (plan, number),
	CHECK (until_on > from_on)
);
-- What was reached on the day of an evaluation: of a competence the levels, of a certificate whether it was held.
CREATE TABLE plan_evaluation_goals (
	plan       TEXT NOT NULL,
	number     INTEGER NOT NULL,
	place      INTEGER NOT NULL,
	competence TEXT NOT NULL, -- empty: a certificate
	scheme     TEXT NOT NULL,
	asked      INTEGER NOT NULL,
	has        INTEGER NOT NULL,
	held       BOOLEAN NOT NULL,
	source     TEXT NOT NULL,
	shown_on   TEXT,
	PRIMARY KEY (plan, number, place),
	FOREIGN KEY (plan, number) REFERENCES plan_evaluations (plan, number)
);
-- What plans take of budgets, in eurocents: reserved once HR agreed, spent once the step is done.
CREATE TABLE plan_costs (
	plan     TEXT NOT NULL REFERENCES plans (id),
	item     TEXT NOT NULL,
	team     TEXT NOT NULL,
	year     INTEGER NOT NULL,
	fund     TEXT NOT NULL CHECK (fund IN ('statutory', 'development')),
	cents    BIGINT NOT NULL,
	spent_on TEXT,
	PRIMARY KEY (plan, item)
);
CREATE INDEX plan_costs_year ON plan_costs (year);
-- When the person of a plan learns instead of doing other work, in minutes after midnight.
CREATE TABLE learning_times (
	plan   TEXT NOT NULL REFERENCES plans (id),
	day_on TEXT NOT NULL,
	starts INTEGER NOT NULL,
	ends   INTEGER NOT NULL,
	PRIMARY KEY (plan, day_on, starts),
	CHECK (ends > starts)
);
CREATE INDEX learning_times_day ON learning_times (day_on);
