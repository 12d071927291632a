-- The day on which a period was taken over from a list of an older administration; NULL where it was earned here. Of which
-- version of a course such a period is nobody knows, nor what its holder showed.
ALTER TABLE periods ADD COLUMN taken_over_on TEXT;

UPDATE periods SET course_version = 0, taken_over_on = taken.on_day
FROM (SELECT c.period, MIN({{if .Postgres}}TO_CHAR(a.at AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM-DD'){{else}}SUBSTR(a.at, 1, 10){{end}}) AS on_day
	FROM certificates AS c JOIN audit AS a ON a.object = c.number WHERE a.act = 'certificate.taken-over' GROUP BY c.period) AS taken
WHERE periods.id = taken.period AND periods.attempt = '';
UPDATE certificates SET shown = '', lessons = 0 WHERE period IN (SELECT id FROM periods WHERE taken_over_on IS NOT NULL);
UPDATE evidence SET course_version = 0 WHERE attempt = '' AND course_version > 0;
