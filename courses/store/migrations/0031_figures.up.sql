-- How a team, or everybody, stood when it was last counted on a day. To count everybody anew takes too long for a page; these
-- are numbers without names.
CREATE TABLE figures (
	on_day     TEXT NOT NULL,
	team       TEXT NOT NULL, -- empty: everybody
	counted_at {{.Instant}} NOT NULL, -- the office's clock
	people     INTEGER NOT NULL,
	asked      INTEGER NOT NULL,
	held       INTEGER NOT NULL,
	late       INTEGER NOT NULL, -- people
	just_late  INTEGER NOT NULL,
	ending     INTEGER NOT NULL, -- certificates
	planned    INTEGER NOT NULL,
	PRIMARY KEY (on_day, team)
);
-- What ends in a month, as it was last counted on a day.
CREATE TABLE figure_months (
	on_day   TEXT NOT NULL,
	month    TEXT NOT NULL, -- its first day
	expiries INTEGER NOT NULL,
	planned  INTEGER NOT NULL,
	PRIMARY KEY (on_day, month)
);
-- How far everybody is with what a change asks, as it was last counted on a day.
CREATE TABLE figure_changes (
	on_day TEXT NOT NULL,
	change TEXT NOT NULL REFERENCES changes (id),
	people INTEGER NOT NULL,
	done   INTEGER NOT NULL,
	PRIMARY KEY (on_day, change)
);
-- Which share of what is asked the municipality wants in order, in percents; 0: it wants nothing in particular.
ALTER TABLE installation ADD COLUMN target INTEGER NOT NULL DEFAULT 95;
