-- Scales of instruments, under the names that the customer gives them: no text and no norm of an instrument.
CREATE TABLE instrument_scales (
	instrument TEXT NOT NULL,
	scale      TEXT NOT NULL,
	low_end    TEXT NOT NULL, -- what the ends are called; may be empty
	high_end   TEXT NOT NULL,
	min_score  INTEGER NOT NULL, -- hundredths, as every score
	max_score  INTEGER NOT NULL,
	competence TEXT NOT NULL, -- whose aptitude it tells; may be empty
	PRIMARY KEY (instrument, scale),
	CHECK (max_score > min_score)
);

-- What people let their results be used for. Withdrawing removes the row with everything that refers to it: a result
-- cannot be without it.
CREATE TABLE instrument_consents (
	person   TEXT NOT NULL REFERENCES people (id),
	purpose  TEXT NOT NULL,
	given_on TEXT NOT NULL,
	ends_on  TEXT NOT NULL, -- the last day
	PRIMARY KEY (person, purpose),
	CHECK (ends_on >= given_on)
);
CREATE TABLE instrument_results (
	id         TEXT NOT NULL PRIMARY KEY,
	person     TEXT NOT NULL,
	purpose    TEXT NOT NULL,
	instrument TEXT NOT NULL,
	taken_on   TEXT NOT NULL,
	ends_on    TEXT NOT NULL, -- the last day it is kept
	UNIQUE (person, purpose, instrument, taken_on),
	FOREIGN KEY (person, purpose) REFERENCES instrument_consents (person, purpose)
);
CREATE TABLE instrument_scores (
	result TEXT NOT NULL REFERENCES instrument_results (id),
	scale  TEXT NOT NULL,
	score  INTEGER NOT NULL,
	PRIMARY KEY (result, scale)
);
-- Who may see a result beside the person.
CREATE TABLE instrument_shares (
	result    TEXT NOT NULL REFERENCES instrument_results (id),
	reader    TEXT NOT NULL REFERENCES people (id),
	shared_on TEXT NOT NULL,
	PRIMARY KEY (result, reader)
);
CREATE INDEX instrument_shares_reader ON instrument_shares (reader);
