-- What changes ask beside certificates: bulletins to read before a day, who looked at what went out with urgency, when a release
-- went live, and which courses were due for review.
CREATE TABLE read_duties (
	person   TEXT NOT NULL REFERENCES people (id),
	bulletin TEXT NOT NULL,
	number   INTEGER NOT NULL,
	change   TEXT NOT NULL REFERENCES changes (id),
	opens_on TEXT NOT NULL,
	due_on   TEXT NOT NULL,
	done_on  TEXT, -- NULL: not read
	ended_on TEXT, -- NULL: still asked
	PRIMARY KEY (person, bulletin, number),
	FOREIGN KEY (bulletin, number) REFERENCES bulletin_versions (bulletin, number)
);
CREATE INDEX read_duties_due ON read_duties (due_on) WHERE done_on IS NULL AND ended_on IS NULL;

ALTER TABLE changes ADD COLUMN seen_by TEXT NOT NULL DEFAULT ''; -- who looked at an urgent one afterwards
ALTER TABLE changes ADD COLUMN seen_at {{.Instant}};
ALTER TABLE changes ADD COLUMN live_by TEXT NOT NULL DEFAULT ''; -- who confirmed that it went live
ALTER TABLE changes ADD COLUMN live_at {{.Instant}};

ALTER TABLE notes ADD COLUMN urgent BOOLEAN NOT NULL DEFAULT FALSE; -- it goes at once in a mail of its own

-- Who was told that a version of a course is past its review day: each once.
CREATE TABLE review_notices (
	course  TEXT NOT NULL,
	number  INTEGER NOT NULL,
	person  TEXT NOT NULL REFERENCES people (id),
	told_on TEXT NOT NULL,
	PRIMARY KEY (course, number, person)
);

-- An indicator may be found in more ways than before; the list of them stands in one place, in the program.
ALTER TABLE objectives ADD COLUMN measured TEXT NOT NULL DEFAULT 'hand';
UPDATE objectives SET measured = measure;
ALTER TABLE objectives DROP COLUMN measure;
