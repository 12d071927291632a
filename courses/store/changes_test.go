package store_test

import (
	"context"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestAChangeIsKeptWithAllItSays(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		c := changes.Change{
			ID: "ONTW-01", Title: "Wmebv", Kind: changes.Law, Origins: []changes.Origin{changes.Residents, changes.Businesses}, Source: "Awb", EffectiveOn: date("2027-01-01"), Certainty: changes.Fixed, Phase: changes.Training,
			Holder: "P1", Deputy: "P2", Chance: "kans", Risk: "risico", Buffer: 14, RetrainBefore: date("2026-12-18"), Gate: 95, Version: 1, DraftedBy: "P1", DraftedAt: noon,
			Touches: changes.Touches{
				Roles: []staff.RoleID{"R2", "R1"}, Processes: []staff.ActivityID{"P1"}, Applications: []string{"zaaksysteem 2"}, Courses: []courses.CourseKey{"C"},
				Schemes: []certificates.SchemeKey{"S"}, Articles: []changes.ArticleID{"W1"}, Others: []string{"bestuurders en raad"},
			},
			Verdicts: []changes.Verdict{
				{Kind: changes.Delta, Roles: []staff.RoleID{"R2", "R1"}, Scheme: "D", Holders: "S", Version: 2, LosesFor: []staff.ActivityID{"P1"}},
				{Kind: changes.Read, Roles: []staff.RoleID{"R1"}, Bulletin: "B1", StartersOnly: true, LosesFor: []staff.ActivityID{}},
			},
		}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertChange(ctx, q, c) })
		got, err := store.Change(ctx, db.Read(), "ONTW-01")
		want(t, got, err, c)
		_, err = store.Change(ctx, db.Read(), "NIETS")
		refuses(t, err, fault.NotFound, "")

		c.Version, c.PublishedBy, c.PublishedAt, c.Verdicts = 2, "P1", noon, c.Verdicts[:1]
		write(t, db, func(ctx context.Context, q store.Q) error { return store.SaveChange(ctx, q, c, 1) })
		all, err := store.Changes(ctx, db.Read())
		want(t, all, err, []changes.Change{c})
		err = db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.SaveChange(ctx, q, c, 1) })
		refuses(t, err, fault.Conflict, "change_changed")

		m := changes.Meaning{ID: "M1", Change: "ONTW-01", Team: "T1", Text: "tekst", Decision: "besluit", By: "P1", At: noon}
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.InsertChangeRequirements(ctx, q, "ONTW-01", "b", "a"); err != nil {
				return err
			}
			return store.InsertMeaning(ctx, q, m)
		})
		meanings, err := store.Meanings(ctx, db.Read(), "ONTW-01")
		want(t, meanings, err, []changes.Meaning{m})
		keys, err := store.ChangeRequirements(ctx, db.Read(), "ONTW-01")
		want(t, keys, err, []string{"a", "b"})
	})
}

func TestABulletinIsKeptWithItsVersionsReceiptsAndQuestions(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		b := changes.Bulletin{ID: "B1", Topic: "Berichtenbox", Roles: []staff.RoleID{"R1"}, Law: "Awb", Article: "art. 1", Register: "W1", Change: "ONTW-01", Holder: "P1", ReadBefore: date("2026-12-18")}
		e := changes.Edition{Number: 1, From: date("2026-10-05"), Until: date("2026-12-31"), Title: "Titel", Text: "Tekst", MadeBy: "P1", MadeAt: noon}
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.PutBulletin(ctx, q, b); err != nil {
				return err
			}
			return store.InsertEdition(ctx, q, "B1", e)
		})
		again := e
		again.Number = 2
		err := db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertEdition(ctx, q, "B1", again) })
		refuses(t, err, fault.Conflict, "already_exists") // at most one begins on a day
		e.ConfirmedBy, e.ConfirmedAt = "P2", noon
		write(t, db, func(ctx context.Context, q store.Q) error { return store.ConfirmEdition(ctx, q, "B1", e) })
		err = db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.ConfirmEdition(ctx, q, "B1", e) })
		refuses(t, err, fault.Conflict, "confirmed")
		b.Versions = []changes.Edition{e}
		got, err := store.Bulletin(ctx, db.Read(), "B1")
		want(t, got, err, b)
		all, err := store.Bulletins(ctx, db.Read())
		want(t, all, err, []changes.Bulletin{b})

		r := changes.Receipt{Bulletin: "B1", Number: 1, Person: "P1", On: date("2026-10-06")}
		later := r
		later.On = date("2026-10-07")
		for _, receipt := range []changes.Receipt{r, later} {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertReceipts(ctx, q, receipt) })
		}
		receipts, err := store.Receipts(ctx, db.Read(), "B1")
		want(t, receipts, err, []changes.Receipt{r})
		receipts, err = store.ReceiptsOf(ctx, db.Read(), "P1")
		want(t, receipts, err, []changes.Receipt{r})

		asked := changes.Question{ID: "Q1", Bulletin: "B1", AskedBy: "P2", AskedAt: noon, Text: "Hoe?"}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertQuestion(ctx, q, asked) })
		asked.Answer, asked.AnsweredBy, asked.AnsweredAt = "Zo.", "P1", noon
		write(t, db, func(ctx context.Context, q store.Q) error { return store.AnswerQuestion(ctx, q, asked) })
		err = db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.AnswerQuestion(ctx, q, asked) })
		refuses(t, err, fault.Conflict, "answered")
		questions, err := store.Questions(ctx, db.Read(), "B1")
		want(t, questions, err, []changes.Question{asked})
	})
}

func TestSignalsTheRegisterAndObjectivesAreKept(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		s := changes.Signal{ID: "S1", On: date("2026-11-20"), Reporter: "P1", Origin: changes.Region, Title: "Titel", Text: "Tekst", Fate: changes.New}
		a := changes.Article{ID: "W1", Source: "Awb", Article: "art. 1", Topic: "iets", Course: "C", Goal: "LD1", Questions: []courses.QuestionID{"Q-2", "Q-1"}, Scheme: "S", Basis: changes.FromSource, Change: "ONTW-01"}
		o := changes.Objective{ID: "D1", Teams: []staff.TeamID{"T1", "T2"}, Text: "doel", Indicator: "%", Norm: 98, AtMost: true, Until: date("2026-12-31"), Measure: changes.ByCertificate, Scheme: "S", Role: "R1", Process: "P1", Change: "ONTW-01"}
		st := changes.Strategy{Mission: "missie", Vision: "visie", Shared: "samen"}
		r := changes.Reading{Objective: "D1", On: date("2026-11-20"), Value: 97, By: "P1"}
		for range 2 {
			write(t, db, func(ctx context.Context, q store.Q) error {
				if err := store.PutObjective(ctx, q, o); err != nil {
					return err
				}
				if err := store.PutStrategy(ctx, q, st); err != nil {
					return err
				}
				return store.PutReading(ctx, q, r)
			})
			objectives, err := store.Objectives(ctx, db.Read())
			want(t, objectives, err, []changes.Objective{o})
			strategies, err := store.Strategies(ctx, db.Read())
			want(t, strategies, err, []changes.Strategy{st})
			readings, err := store.Readings(ctx, db.Read(), date("2026-11-20"))
			want(t, readings, err, []changes.Reading{r})
			o.Norm, st.Vision, r.Value = 99, "", 98
		}
		readings, err := store.Readings(ctx, db.Read(), date("2026-11-19"))
		want(t, readings, err, []changes.Reading{})
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.InsertSignals(ctx, q, s); err != nil {
				return err
			}
			return store.InsertArticles(ctx, q, changes.Register{a})
		})
		s.Fate, s.Change, s.Bulletin, s.Decision, s.DecidedBy, s.DecidedOn = changes.Linked, "ONTW-01", "B1", "besluit", "P2", date("2026-11-21")
		write(t, db, func(ctx context.Context, q store.Q) error { return store.SaveSignal(ctx, q, s) })
		signals, err := store.Signals(ctx, db.Read())
		want(t, signals, err, []changes.Signal{s})
		one, err := store.Signal(ctx, db.Read(), "S1")
		want(t, one, err, s)
		register, err := store.Articles(ctx, db.Read())
		want(t, register, err, changes.Register{a})
	})
}
