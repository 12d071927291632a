-- Mail: what is sent to whom, what made it, and what somebody must still hear.
CREATE TABLE outbox (
	id           TEXT NOT NULL PRIMARY KEY, -- makes the Message-ID, so that a second sending is known as such
	person       TEXT NOT NULL REFERENCES people (id),
	kind         TEXT NOT NULL CHECK (kind IN ('digest', 'invitation')),
	about        TEXT NOT NULL, -- the note of an invitation; empty for a digest
	day_on       TEXT NOT NULL,
	language     TEXT NOT NULL,
	subject      TEXT NOT NULL,
	plain        TEXT NOT NULL,
	html         TEXT NOT NULL,
	calendar     {{.Bytes}},
	made_at      {{.Instant}} NOT NULL, -- the office's clock, as are the next three
	expires_at   {{.Instant}} NOT NULL, -- from then on it is not sent any more
	sent_at      {{.Instant}},
	dropped_at   {{.Instant}},
	dropped_why  TEXT NOT NULL,
	claim        TEXT NOT NULL, -- of the worker that took it last
	claimed_at   {{.Instant}}, -- real time, as is the next
	not_before   {{.Instant}}, -- taken: when another may take it; failed: when to try again
	tries        INTEGER NOT NULL,
	trouble      TEXT NOT NULL, -- the kind of the last failure; empty: none
	UNIQUE (person, kind, day_on, about)
);
CREATE INDEX outbox_waiting ON outbox (made_at, id) WHERE sent_at IS NULL AND dropped_at IS NULL;
CREATE INDEX outbox_made ON outbox (made_at, id);
CREATE INDEX outbox_claimed ON outbox (claimed_at);
CREATE INDEX outbox_day ON outbox (day_on, person);

-- Which leaders were told of their team in which week, by its Monday.
CREATE TABLE leader_weeks (
	person  TEXT NOT NULL REFERENCES people (id),
	week_on TEXT NOT NULL,
	PRIMARY KEY (person, week_on)
);

-- A reminder given: each step of each last day once. Another last day, as after an extension, begins anew.
CREATE TABLE reminders (
	person   TEXT NOT NULL REFERENCES people (id),
	scheme   TEXT NOT NULL,
	cycle    INTEGER NOT NULL,
	due_on   TEXT NOT NULL,
	step     INTEGER NOT NULL, -- days after the last day; negative: before
	given_on TEXT NOT NULL,
	mail     TEXT NOT NULL REFERENCES outbox (id),
	PRIMARY KEY (person, scheme, cycle, due_on, step)
);
-- What is open by its last day: reminders are found by it.
CREATE INDEX duties_due ON duties (due_on) WHERE done_on IS NULL AND ended_on IS NULL;

-- What somebody is told because of what somebody did.
CREATE TABLE notes (
	id       TEXT NOT NULL PRIMARY KEY,
	person   TEXT NOT NULL REFERENCES people (id),
	kind     TEXT NOT NULL,
	dutch    TEXT NOT NULL,
	english  TEXT NOT NULL,
	path     TEXT NOT NULL,
	calendar {{.Bytes}},
	made_at  {{.Instant}} NOT NULL, -- the office's clock
	mail     TEXT REFERENCES outbox (id) -- what told it; NULL while it waits
);
CREATE INDEX notes_waiting ON notes (person, made_at) WHERE mail IS NULL;

-- Who was told that a duty stays undone: each level once for each last day.
CREATE TABLE escalations (
	person TEXT NOT NULL REFERENCES people (id),
	scheme TEXT NOT NULL,
	cycle  INTEGER NOT NULL,
	due_on TEXT NOT NULL,
	level  INTEGER NOT NULL, -- 1: the leader
	on_day TEXT NOT NULL,
	told   TEXT NOT NULL, -- personnel numbers separated by spaces
	PRIMARY KEY (person, scheme, cycle, due_on, level)
);
CREATE TABLE escalation_answers (
	person      TEXT NOT NULL REFERENCES people (id),
	scheme      TEXT NOT NULL,
	cycle       INTEGER NOT NULL,
	due_on      TEXT NOT NULL,
	answer      TEXT NOT NULL,
	answered_by TEXT NOT NULL,
	answered_at {{.Instant}} NOT NULL,
	PRIMARY KEY (person, scheme, cycle, due_on)
);

CREATE TABLE mail_languages (
	person   TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
	language TEXT NOT NULL CHECK (language IN ('nl', 'en'))
);

-- The secret address of a calendar: at most one for each person. Only a hash is kept.
CREATE TABLE calendar_feeds (
	person  TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
	hash    {{.Bytes}} NOT NULL UNIQUE, -- SHA-256
	made_at {{.Instant}} NOT NULL
);

ALTER TABLE sweeps ADD COLUMN mails INTEGER NOT NULL DEFAULT 0; -- people who got a mail
