-- Whose end is near under one scheme: the real cases beside the form of a scheme.
CREATE INDEX periods_end ON periods (scheme, valid_until);

-- Of which version the component and the refresher of evidence are places. Until now every scheme had one version.
ALTER TABLE evidence ADD COLUMN scheme_version INTEGER NOT NULL DEFAULT 1;
