-- That somebody asked to keep a class of records shorter, until somebody else confirms it or it is taken back. Until now the
-- trail alone said so.
CREATE TABLE retention_requests (
	class        TEXT NOT NULL PRIMARY KEY,
	months       INTEGER NOT NULL CHECK (months > 0),
	requested_by TEXT NOT NULL,
	requested_at {{.Instant}} NOT NULL -- the office's clock
);
INSERT INTO retention_requests (class, months, requested_by, requested_at)
SELECT 'leavers', CAST(substr(object, length('leavers/') + 1) AS INTEGER), actor, at FROM audit
WHERE act = 'retention.requested' AND id = (
	SELECT MAX(id) FROM audit
	WHERE act IN ('retention.requested', 'retention.confirmed', 'retention.withdrawn', 'retention.set') AND (object = 'leavers' OR object LIKE 'leavers/%')
);

-- The day on which somebody wrote down the last day of work: people who left are kept from the later of the two, so that
-- a last day long ago, written today, erases nobody tomorrow. NULL: before this was kept.
ALTER TABLE employments ADD COLUMN until_noted_on TEXT;
