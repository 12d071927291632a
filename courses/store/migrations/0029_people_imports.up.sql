-- Whether teams that do not exist are made stands in a column of its own. It stood after what the columns say.
ALTER TABLE people_imports ADD COLUMN make_teams BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE people_imports SET make_teams = TRUE, column_fields = substr(column_fields, 1, length(column_fields) - length(' +teams')) WHERE column_fields LIKE '% +teams';

-- How many messages of somebody are unread stands on every page.
CREATE INDEX outbox_unread ON outbox (person) WHERE read_at IS NULL;
