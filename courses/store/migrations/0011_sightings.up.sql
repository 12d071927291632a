-- Who noted that they saw a decision or declaration of which no document is kept. While it stands there is evidence with the
-- same key; a slip is taken back, and stays visible here.
CREATE TABLE sightings (
	id             TEXT NOT NULL PRIMARY KEY,
	person         TEXT NOT NULL REFERENCES people (id),
	scheme         TEXT NOT NULL,
	scheme_version INTEGER NOT NULL, -- of which the next two are places
	component      INTEGER NOT NULL,
	refresher      INTEGER NOT NULL,
	seen_on        TEXT NOT NULL,
	source         TEXT NOT NULL,
	recorded_by    TEXT NOT NULL,
	recorded_at    {{.Instant}} NOT NULL,
	outcome        TEXT NOT NULL,
	cycle          INTEGER NOT NULL, -- of the next period, as it was once this was noted
	undone_by      TEXT NOT NULL,
	undone_at      {{.Instant}},
	CHECK (recorded_by <> person AND undone_by <> person)
);
CREATE INDEX sightings_person ON sightings (person);
CREATE INDEX sightings_recorder ON sightings (recorded_by, recorded_at);
