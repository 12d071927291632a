-- Changes from outside: what they touch and ask, what colleagues heard, bulletins with who read them, the law register, and
-- what the organisation wants to reach.
CREATE TABLE changes (
	id             TEXT NOT NULL PRIMARY KEY,
	title          TEXT NOT NULL,
	kind           TEXT NOT NULL CHECK (kind IN ('law', 'application', 'society', 'technology')),
	origins        TEXT NOT NULL, -- separated by spaces
	source         TEXT NOT NULL,
	effective_on   TEXT, -- NULL: not known
	certainty      TEXT NOT NULL,
	phase          TEXT NOT NULL,
	holder         TEXT NOT NULL, -- a person, as is the next
	deputy         TEXT NOT NULL, -- empty: nobody
	chance         TEXT NOT NULL,
	risk           TEXT NOT NULL,
	buffer_days    INTEGER NOT NULL,
	retrain_before TEXT, -- NULL: the effective date less the buffer
	gate           INTEGER NOT NULL, -- percent; 0: none
	urgent         BOOLEAN NOT NULL,
	version        INTEGER NOT NULL,
	drafted_by     TEXT NOT NULL,
	drafted_at     {{.Instant}} NOT NULL, -- the office's clock, as are the next two
	published_by   TEXT NOT NULL,
	published_at   {{.Instant}}, -- NULL: a draft
	withdrawn_by   TEXT NOT NULL,
	withdrawn_at   {{.Instant}},
	withdrawal     TEXT NOT NULL -- why
);
CREATE TABLE change_touches (
	change  TEXT NOT NULL REFERENCES changes (id),
	kind    TEXT NOT NULL CHECK (kind IN ('role', 'process', 'application', 'course', 'scheme', 'article', 'other')),
	place   INTEGER NOT NULL,
	subject TEXT NOT NULL,
	PRIMARY KEY (change, kind, place),
	UNIQUE (change, kind, subject)
);
CREATE TABLE change_verdicts (
	change   TEXT NOT NULL REFERENCES changes (id),
	place    INTEGER NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('none', 'read', 'delta', 'full', 'withdraw')),
	roles    TEXT NOT NULL, -- separated by spaces
	scheme   TEXT NOT NULL,
	holders  TEXT NOT NULL, -- a scheme
	version  INTEGER NOT NULL, -- of its course
	bulletin TEXT NOT NULL,
	starters BOOLEAN NOT NULL,
	loses    TEXT NOT NULL, -- processes separated by spaces
	PRIMARY KEY (change, place)
);
-- The requirements that publishing made, which withdrawing ends.
CREATE TABLE change_requirements (
	change      TEXT NOT NULL REFERENCES changes (id),
	requirement TEXT NOT NULL,
	PRIMARY KEY (change, requirement)
);
-- What a leader says a change means for us.
CREATE TABLE change_meanings (
	id       TEXT NOT NULL PRIMARY KEY,
	change   TEXT NOT NULL REFERENCES changes (id),
	team     TEXT NOT NULL, -- empty: the organisation
	text     TEXT NOT NULL,
	decision TEXT NOT NULL,
	said_by  TEXT NOT NULL,
	said_at  {{.Instant}} NOT NULL
);
CREATE INDEX change_meanings_change ON change_meanings (change, said_at);

CREATE TABLE signals (
	id          TEXT NOT NULL PRIMARY KEY,
	reported_on TEXT NOT NULL,
	reporter    TEXT NOT NULL,
	origin      TEXT NOT NULL,
	title       TEXT NOT NULL,
	text        TEXT NOT NULL,
	fate        TEXT NOT NULL,
	change      TEXT NOT NULL, -- empty: none, as is the next
	bulletin    TEXT NOT NULL,
	decision    TEXT NOT NULL,
	decided_by  TEXT NOT NULL,
	decided_on  TEXT
);
CREATE INDEX signals_reporter ON signals (reporter);

CREATE TABLE bulletins (
	id          TEXT NOT NULL PRIMARY KEY,
	topic       TEXT NOT NULL,
	roles       TEXT NOT NULL, -- separated by spaces
	law         TEXT NOT NULL,
	article     TEXT NOT NULL,
	register    TEXT NOT NULL,
	change      TEXT NOT NULL, -- empty: none
	holder      TEXT NOT NULL,
	read_before TEXT
);
CREATE TABLE bulletin_versions (
	bulletin     TEXT NOT NULL REFERENCES bulletins (id),
	number       INTEGER NOT NULL,
	from_on      TEXT NOT NULL,
	until_on     TEXT,
	title        TEXT NOT NULL,
	text         TEXT NOT NULL,
	made_by      TEXT NOT NULL,
	made_at      {{.Instant}} NOT NULL,
	confirmed_by TEXT NOT NULL, -- empty while it waits
	confirmed_at {{.Instant}},
	urgent       BOOLEAN NOT NULL,
	PRIMARY KEY (bulletin, number),
	UNIQUE (bulletin, from_on),
	CHECK (confirmed_by <> made_by)
);
CREATE TABLE bulletin_receipts (
	bulletin TEXT NOT NULL,
	number   INTEGER NOT NULL,
	person   TEXT NOT NULL REFERENCES people (id),
	read_on  TEXT NOT NULL,
	PRIMARY KEY (bulletin, number, person),
	FOREIGN KEY (bulletin, number) REFERENCES bulletin_versions (bulletin, number)
);
CREATE INDEX bulletin_receipts_person ON bulletin_receipts (person);
CREATE TABLE bulletin_questions (
	id          TEXT NOT NULL PRIMARY KEY,
	bulletin    TEXT NOT NULL REFERENCES bulletins (id),
	asked_by    TEXT NOT NULL,
	asked_at    {{.Instant}} NOT NULL,
	text        TEXT NOT NULL,
	answer      TEXT NOT NULL, -- empty while it waits
	answered_by TEXT NOT NULL,
	answered_at {{.Instant}}
);
CREATE INDEX bulletin_questions_bulletin ON bulletin_questions (bulletin, asked_at);

CREATE TABLE law_articles (
	id        TEXT NOT NULL PRIMARY KEY,
	source    TEXT NOT NULL,
	article   TEXT NOT NULL, -- empty: none is known
	topic     TEXT NOT NULL,
	course    TEXT NOT NULL,
	goal      TEXT NOT NULL,
	questions TEXT NOT NULL, -- separated by spaces
	scheme    TEXT NOT NULL,
	basis     TEXT NOT NULL,
	change    TEXT NOT NULL
);

CREATE TABLE strategies (
	team    TEXT NOT NULL PRIMARY KEY, -- empty: the organisation
	mission TEXT NOT NULL,
	vision  TEXT NOT NULL,
	shared  TEXT NOT NULL
);
CREATE TABLE objectives (
	id        TEXT NOT NULL PRIMARY KEY,
	teams     TEXT NOT NULL, -- separated by spaces
	text      TEXT NOT NULL,
	indicator TEXT NOT NULL,
	norm      INTEGER NOT NULL,
	at_most   BOOLEAN NOT NULL,
	until_on  TEXT NOT NULL,
	measure   TEXT NOT NULL CHECK (measure IN ('certificate', 'receipts', 'staffing', 'hand')),
	scheme    TEXT NOT NULL,
	role      TEXT NOT NULL,
	process   TEXT NOT NULL,
	change    TEXT NOT NULL
);
CREATE TABLE objective_readings (
	objective TEXT NOT NULL REFERENCES objectives (id),
	on_day    TEXT NOT NULL,
	value     INTEGER NOT NULL,
	filled_by TEXT NOT NULL,
	PRIMARY KEY (objective, on_day)
);
