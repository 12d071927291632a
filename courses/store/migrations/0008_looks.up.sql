-- Who looked at the record of somebody else, once for each reader, person and day. The person may see it.
CREATE TABLE looks (
	person TEXT NOT NULL REFERENCES people (id),
	on_day TEXT NOT NULL,
	reader TEXT NOT NULL,
	PRIMARY KEY (person, on_day, reader)
);
