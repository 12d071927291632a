-- Documents that people send: evidence from elsewhere. Each person has each document once. The row goes once nothing needs
-- the document any more, so nothing refers to it by a foreign key.
CREATE TABLE files (
	id          TEXT NOT NULL PRIMARY KEY,
	person      TEXT NOT NULL REFERENCES people (id), -- whom it is about
	sha256      {{.Bytes}} NOT NULL,
	type        TEXT NOT NULL CHECK (type IN ('application/pdf', 'image/jpeg', 'image/png')),
	size        INTEGER NOT NULL,
	content     {{.Bytes}} NOT NULL,
	uploaded_by TEXT NOT NULL,
	uploaded_at {{.Instant}} NOT NULL,
	UNIQUE (person, sha256)
);

-- What people claim that they completed elsewhere, and what somebody else said of it.
CREATE TABLE submissions (
	id             TEXT NOT NULL PRIMARY KEY,
	person         TEXT NOT NULL REFERENCES people (id),
	scheme         TEXT NOT NULL,
	scheme_version INTEGER NOT NULL, -- of which the next two are places
	component      INTEGER NOT NULL,
	refresher      INTEGER NOT NULL,
	completed_on   TEXT NOT NULL,
	issuer         TEXT NOT NULL,
	document       TEXT NOT NULL,
	answers        TEXT NOT NULL, -- the submission that was asked back and that this one follows; empty: none
	sent_by        TEXT NOT NULL,
	sent_at        {{.Instant}} NOT NULL,
	withdrawn_at   {{.Instant}},
	verdict        TEXT NOT NULL CHECK (verdict IN ('', 'accept', 'ask-back', 'refuse')),
	sentence       TEXT NOT NULL,
	judged_by      TEXT NOT NULL,
	judged_at      {{.Instant}},
	outcome        TEXT NOT NULL,
	CHECK (judged_by <> person AND judged_by <> sent_by)
);
CREATE INDEX submissions_person ON submissions (person);
CREATE INDEX submissions_document ON submissions (document);
CREATE INDEX submissions_waiting ON submissions (sent_at) WHERE verdict = '' AND withdrawn_at IS NULL;
CREATE UNIQUE INDEX submissions_once ON submissions (person, scheme, scheme_version, component, refresher, completed_on) WHERE verdict IN ('', 'accept') AND withdrawn_at IS NULL;
CREATE UNIQUE INDEX submissions_answer ON submissions (answers) WHERE answers <> '' AND withdrawn_at IS NULL;

-- What assessors saw colleagues do. The assessor signs by writing it, the candidate afterwards.
CREATE TABLE observations (
	id                  TEXT NOT NULL PRIMARY KEY,
	person              TEXT NOT NULL REFERENCES people (id),
	assessor            TEXT NOT NULL,
	scheme              TEXT NOT NULL,
	scheme_version      INTEGER NOT NULL, -- of which the next two are places
	component           INTEGER NOT NULL,
	refresher           INTEGER NOT NULL,
	seen_on             TEXT NOT NULL,
	assessor_signed_at  {{.Instant}} NOT NULL,
	candidate_signed_at {{.Instant}},
	disputed_at         {{.Instant}},
	dispute             TEXT NOT NULL,
	outcome             TEXT NOT NULL,
	CHECK (assessor <> person)
);
CREATE INDEX observations_person ON observations (person);
CREATE INDEX observations_assessor ON observations (assessor);
CREATE UNIQUE INDEX observations_waiting ON observations (person, scheme, scheme_version, component, refresher) WHERE candidate_signed_at IS NULL AND disputed_at IS NULL;

CREATE TABLE observation_items (
	observation TEXT NOT NULL REFERENCES observations (id),
	place       INTEGER NOT NULL,
	text        TEXT NOT NULL,
	shown       BOOLEAN NOT NULL,
	note        TEXT NOT NULL,
	PRIMARY KEY (observation, place)
);
