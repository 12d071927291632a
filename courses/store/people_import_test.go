package store_test

import (
	"testing"

	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestAListOfBeforeKeepsWhetherItMakesTeams(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		db, raw := storetest.Open(t, address), storetest.Raw(t, address)
		fill(t, db)
		exec(t, raw, "DROP INDEX outbox_unread")
		exec(t, raw, "ALTER TABLE people_imports DROP COLUMN make_teams")
		exec(t, raw, "DELETE FROM migrations WHERE name = '0029_people_imports'")
		for id, fields := range map[string]string{"with": "number first last +teams", "without": "number team", "alone": " +teams"} {
			exec(t, raw, "INSERT INTO people_imports (id, file_name, column_fields, make_roles, uploaded_by, uploaded_at, done_by) VALUES ('"+id+"', 'lijst.csv', '"+fields+"', FALSE, 'P1', '2026-01-15 11:00:00', '')")
		}
		want(t, migrate(t, db), nil, []string{"0029_people_imports"})
		for id, is := range map[string]store.PeopleImport{
			"with": {Fields: []string{"number", "first", "last"}, MakeTeams: true}, "without": {Fields: []string{"number", "team"}}, "alone": {Fields: []string{}, MakeTeams: true},
		} {
			got, err := store.PeopleImportOf(ctx, db.Read(), id)
			want(t, store.PeopleImport{Fields: got.Fields, MakeTeams: got.MakeTeams}, err, is)
		}
	})
}
