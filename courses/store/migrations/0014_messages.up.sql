-- Messages that were read, mail that is switched off, versions of group trainings, and corrections of who was at one.
ALTER TABLE outbox ADD COLUMN read_at {{.Instant}}; -- the office's clock; NULL: unread
ALTER TABLE mail_languages ADD COLUMN mail_off BOOLEAN NOT NULL DEFAULT FALSE; -- messages are kept and not mailed
ALTER TABLE training_sessions ADD COLUMN version INTEGER NOT NULL DEFAULT 1; -- of what was planned: rises with each change

-- What is changed in a line of a list that was confirmed. It waits until yet another person confirms it.
CREATE TABLE attendance_corrections (
	session        TEXT NOT NULL,
	place_order    INTEGER NOT NULL,
	number         INTEGER NOT NULL, -- of this line, from 1
	was_attendance TEXT NOT NULL,
	was_result     TEXT NOT NULL,
	was_shown      TEXT NOT NULL,
	attendance     TEXT NOT NULL,
	result         TEXT NOT NULL,
	shown          TEXT NOT NULL,
	reason         TEXT NOT NULL,
	corrected_by   TEXT NOT NULL,
	corrected_at   {{.Instant}} NOT NULL, -- the office's clock, as is the next
	confirmed_by   TEXT NOT NULL, -- empty while it waits
	confirmed_at   {{.Instant}},
	PRIMARY KEY (session, place_order, number),
	FOREIGN KEY (session, place_order) REFERENCES training_enrolments (session, place_order)
);
