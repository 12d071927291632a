-- Lists that somebody uploaded. Nothing else is written before somebody says that a list may come in.
CREATE TABLE imports (
	id            TEXT NOT NULL PRIMARY KEY,
	file_name     TEXT NOT NULL,
	content       {{.Bytes}}, -- the file; NULL once it is forgotten
	column_fields TEXT NOT NULL, -- what each column says, separated by spaces, - for nothing; empty: nobody looked yet
	date_order    TEXT NOT NULL, -- empty: as the dates tell
	uploaded_by   TEXT NOT NULL REFERENCES people (id),
	uploaded_at   {{.Instant}} NOT NULL, -- the office's clock
	done_by       TEXT,
	done_at       {{.Instant}},
	added         INTEGER NOT NULL -- how many lines came in
);
CREATE INDEX imports_uploaded ON imports (uploaded_at);

-- What somebody chose for the spellings of one list.
CREATE TABLE import_spellings (
	import   TEXT NOT NULL REFERENCES imports (id),
	spelling TEXT NOT NULL,
	scheme   TEXT NOT NULL, -- empty: these lines do not come in
	PRIMARY KEY (import, spelling)
);

-- What the spellings of lists that came in meant: the next list need not ask.
CREATE TABLE spellings (
	spelling   TEXT NOT NULL PRIMARY KEY,
	scheme     TEXT NOT NULL,
	learned_by TEXT NOT NULL,
	learned_at {{.Instant}} NOT NULL
);
