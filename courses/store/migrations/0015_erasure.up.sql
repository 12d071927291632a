-- Who asked that somebody who left is erased, and what was erased. The row stays, under a pseudonym.
CREATE TABLE erasures (
	id           TEXT NOT NULL PRIMARY KEY,
	person       TEXT NOT NULL UNIQUE, -- the personnel number; once erased the pseudonym
	pseudonym    TEXT NOT NULL UNIQUE,
	requested_by TEXT NOT NULL, -- empty: the time that people are kept was over
	requested_at {{.Instant}} NOT NULL,
	confirmed_by TEXT NOT NULL, -- empty: nobody yet, or nobody had to
	erased_at    {{.Instant}},
	removed      INTEGER NOT NULL, -- rows
	CHECK (requested_by = '' OR requested_by <> confirmed_by),
	CHECK (person <> requested_by AND person <> confirmed_by)
);
CREATE INDEX erasures_waiting ON erasures (requested_at) WHERE erased_at IS NULL;

-- How long something is kept where somebody chose otherwise than the product proposes.
CREATE TABLE retention (
	class  TEXT NOT NULL PRIMARY KEY CHECK (class IN ('leavers', 'documents')),
	months INTEGER NOT NULL CHECK (months >= 0), -- 0: for ever
	basis  TEXT NOT NULL -- where it is written, such as the number in the selection list
);
-- Who left is found by their last day.
CREATE INDEX employments_until ON employments (until_on, person);

-- The trail stays append only, but that the pseudonym takes the place of somebody who is being erased.
{{if .Postgres}}
DROP TRIGGER audit_append_only ON audit;
CREATE TRIGGER audit_append_only BEFORE DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE OR REPLACE FUNCTION audit_only_erases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.act <> OLD.act OR NEW.object <> OLD.object
		OR NEW.actor <> OLD.actor AND NOT EXISTS (SELECT 1 FROM erasures WHERE person = OLD.actor AND pseudonym = NEW.actor AND erased_at IS NOT NULL)
		OR NEW.subject <> OLD.subject AND NOT EXISTS (SELECT 1 FROM erasures WHERE person = OLD.subject AND pseudonym = NEW.subject AND erased_at IS NOT NULL)
	THEN
		RAISE EXCEPTION 'the audit trail is append only';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER audit_erasure_only BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_only_erases();
{{else}}
DROP TRIGGER audit_no_update;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
WHEN NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.act <> OLD.act OR NEW.object <> OLD.object
	OR NEW.actor <> OLD.actor AND NOT EXISTS (SELECT 1 FROM erasures WHERE person = OLD.actor AND pseudonym = NEW.actor AND erased_at IS NOT NULL)
	OR NEW.subject <> OLD.subject AND NOT EXISTS (SELECT 1 FROM erasures WHERE person = OLD.subject AND pseudonym = NEW.subject AND erased_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
{{end}}

-- Lists of people that somebody uploaded: of their columns only those that say something we keep.
CREATE TABLE people_imports (
	id            TEXT NOT NULL PRIMARY KEY,
	file_name     TEXT NOT NULL,
	content       {{.Bytes}}, -- the lines; NULL once it is forgotten
	column_fields TEXT NOT NULL, -- what each column says, separated by spaces
	make_roles    BOOLEAN NOT NULL,
	uploaded_by   TEXT NOT NULL REFERENCES people (id),
	uploaded_at   {{.Instant}} NOT NULL, -- the office's clock
	done_by       TEXT NOT NULL, -- empty: it did not come in
	done_at       {{.Instant}}
);
CREATE INDEX people_imports_uploaded ON people_imports (uploaded_at);
