package store

import (
	"context"
	"database/sql"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Trace is a kind of what the office keeps about somebody.
type Trace string

const (
	TraceAccount      Trace = "account"      // the name, the address, the password, how one wants mail
	TraceWork         Trace = "work"         // employments and designations
	TraceLearning     Trace = "learning"     // lessons, attempts, answers
	TraceEvidence     Trace = "evidence"     // evidence, submissions, documents, observations
	TraceCertificates Trace = "certificates" // periods and certificates
	TraceDuties       Trace = "duties"       // duties, decisions, reminders, escalations
	TraceTraining     Trace = "training"     // enrolments in group training
	TraceMessages     Trace = "messages"     // messages and mails
	TraceLooks        Trace = "looks"        // who looked at the record
	TraceLists        Trace = "lists"        // lists that the person uploaded
)

// A tracePlace is a table with rows about a person.
type tracePlace struct {
	trace Trace
	table string
	where string // ? is the person
}

// A namePlace is a column in which somebody may be named.
type namePlace struct{ table, column string }

// traces says where rows about a person are and how they are found, the rows that refer to others first.
var traces = []tracePlace{
	{TraceLearning, "answers", "attempt IN (SELECT id FROM attempts WHERE person = ?)"},
	{TraceLearning, "follow_ups", "person = ?"},
	{TraceLearning, "attempts", "person = ?"},
	{TraceLearning, "lessons_read", "person = ?"},
	{TraceLearning, "items_done", "person = ?"},
	{TraceLearning, "bulletin_receipts", "person = ?"},
	{TraceLearning, "read_duties", "person = ?"},
	{TraceLearning, "wish_shares", "reader = ?"},
	{TraceLearning, "wish_shares", "wish IN (SELECT id FROM wishes WHERE person = ?)"},
	{TraceLearning, "wishes", "person = ?"},
	{TraceLearning, "plan_asked", "plan IN (SELECT id FROM plans WHERE person = ?)"},
	{TraceLearning, "plan_agreements", "plan IN (SELECT id FROM plans WHERE person = ?)"},
	{TraceLearning, "plan_asked_schemes", "plan IN (SELECT id FROM plans WHERE person = ?)"},
	{TraceLearning, "plan_returns", "plan IN (SELECT id FROM plans WHERE person = ?)"},
	{TraceLearning, "plan_pauses", "plan IN (SELECT id FROM plans WHERE person = ?)"},
	{TraceLearning, "plan_costs", "plan IN (SELECT id FROM plans WHERE person = ?)"},
	{TraceLearning, "learning_times", "plan IN (SELECT id FROM plans WHERE person = ?)"},
	{TraceLearning, "plan_evaluation_goals", "plan IN (SELECT id FROM plans WHERE person = ?)"},
	{TraceLearning, "plan_evaluations", "plan IN (SELECT id FROM plans WHERE person = ?)"},
	{TraceLearning, "plan_steps", "plan IN (SELECT id FROM plans WHERE person = ?)"},
	{TraceLearning, "plans", "person = ?"},
	{TraceEvidence, "instrument_shares", "reader = ?"},
	{TraceEvidence, "instrument_shares", "result IN (SELECT id FROM instrument_results WHERE person = ?)"},
	{TraceEvidence, "instrument_scores", "result IN (SELECT id FROM instrument_results WHERE person = ?)"},
	{TraceEvidence, "instrument_results", "person = ?"},
	{TraceEvidence, "instrument_consents", "person = ?"},
	{TraceTraining, "training_evidence", "person = ?"},
	{TraceTraining, "attendance_corrections", "EXISTS (SELECT 1 FROM training_enrolments AS t WHERE t.session = attendance_corrections.session AND t.place_order = attendance_corrections.place_order AND t.person = ?)"},
	{TraceTraining, "training_enrolments", "person = ?"},
	{TraceEvidence, "competence_evidence", "person = ?"},
	{TraceEvidence, "evidence", "person = ?"},
	{TraceEvidence, "sightings", "person = ?"},
	{TraceEvidence, "submissions", "person = ?"},
	{TraceEvidence, "files", "person = ?"},
	{TraceEvidence, "observation_items", "observation IN (SELECT id FROM observations WHERE person = ?)"},
	{TraceEvidence, "observations", "person = ?"},
	{TraceCertificates, "certificates", "person = ?"},
	{TraceCertificates, "periods", "person = ?"},
	{TraceDuties, "reminders", "person = ?"},
	{TraceDuties, "escalations", "person = ?"},
	{TraceDuties, "escalation_answers", "person = ?"},
	{TraceDuties, "decisions", "person = ?"},
	{TraceDuties, "duties", "person = ?"},
	{TraceDuties, "agenda", "person = ?"},
	{TraceDuties, "change_requirements", "requirement IN (SELECT id FROM requirements WHERE subject_kind = 'person' AND subject = ?)"},
	{TraceDuties, "requirements", "subject_kind = 'person' AND subject = ?"},
	{TraceMessages, "notes", "person = ?"},
	{TraceMessages, "outbox", "person = ?"},
	{TraceMessages, "leader_weeks", "person = ?"},
	{TraceMessages, "review_notices", "person = ?"},
	{TraceLooks, "looks", "person = ?"},
	{TraceLists, "import_spellings", "import IN (SELECT id FROM imports WHERE uploaded_by = ?)"},
	{TraceLists, "imports", "uploaded_by = ?"},
	{TraceLists, "people_imports", "uploaded_by = ?"},
	{TraceWork, "rosters", "person = ?"},
	{TraceWork, "leave", "person = ?"},
	{TraceWork, "on_call", "person = ?"},
	{TraceWork, "designations", "person = ?"},
	{TraceWork, "employments", "person = ?"},
	{TraceAccount, "mail_languages", "person = ?"},
	{TraceAccount, "calendar_feeds", "person = ?"},
	{TraceAccount, "tokens", "person = ?"},
	{TraceAccount, "passwords", "person = ?"},
	{TraceAccount, "people", "id = ?"},
}

// deeds says where it is written who did something about others: there the pseudonym comes.
var deeds = []namePlace{
	{"versions", "drafted_by"}, {"versions", "published_by"}, {"follow_ups", "settled_by"}, {"evidence", "recorded_by"}, {"decisions", "taken_by"}, {"decisions", "undone_by"},
	{"files", "uploaded_by"}, {"submissions", "sent_by"}, {"submissions", "judged_by"}, {"observations", "assessor"}, {"training_sessions", "planned_by"},
	{"sightings", "recorded_by"}, {"sightings", "undone_by"}, {"attendance_corrections", "corrected_by"}, {"attendance_corrections", "confirmed_by"},
	{"training_enrolments", "enrolled_by"}, {"training_enrolments", "recorded_by"}, {"training_enrolments", "confirmed_by"}, {"imports", "done_by"}, {"people_imports", "done_by"}, {"spellings", "learned_by"},
	{"items_done", "recorded_by"}, {"plans", "guide"}, {"plans", "drafted_by"}, {"plans", "stopped_by"}, {"plan_steps", "owner"}, {"plan_agreements", "agreed_by"}, {"plan_evaluations", "evaluated_by"}, {"plan_returns", "sent_by"}, {"plan_pauses", "paused_by"},
	{"escalation_answers", "answered_by"}, {"looks", "reader"}, {"erasures", "requested_by"}, {"retention_requests", "requested_by"}, {"erasures", "confirmed_by"}, {"audit", "actor"}, {"audit", "subject"},
	{"competence_evidence", "judged_by"}, {"role_profiles", "written_by"}, {"future_roles", "replaces"}, {"learning_items", "guide"}, {"learning_items", "assessor"},
	{"process_terms", "owner"}, {"process_terms", "written_by"}, {"procedures", "holder"}, {"procedures", "deputy"}, {"procedures", "written_by"}, {"works_council_consent", "recorded_by"},
	{"changes", "holder"}, {"changes", "deputy"}, {"changes", "drafted_by"}, {"changes", "published_by"}, {"changes", "withdrawn_by"}, {"changes", "seen_by"}, {"changes", "live_by"}, {"change_meanings", "said_by"}, {"signals", "reporter"}, {"signals", "decided_by"},
	{"bulletins", "holder"}, {"bulletin_versions", "made_by"}, {"bulletin_versions", "confirmed_by"}, {"bulletin_questions", "asked_by"}, {"bulletin_questions", "answered_by"}, {"objective_readings", "filled_by"},
}

// remarks says where people write freely about others, so that a name may stand in it.
var remarks = []namePlace{
	{"decisions", "reason"}, {"submissions", "sentence"}, {"observations", "dispute"}, {"observation_items", "note"}, {"training_enrolments", "shown"}, {"attendance_corrections", "reason"}, {"budgets", "note"}, {"escalation_answers", "answer"},
	{"plans", "words"}, {"plans", "roster"}, {"plans", "talks"}, {"plans", "stop_words"}, {"plan_steps", "title"}, {"plan_evaluations", "text"}, {"plan_returns", "words"}, {"plan_pauses", "words"},
	{"needed_levels", "note"}, {"future_roles", "purpose"}, {"learning_items", "title"}, {"learning_items", "supplier"},
	{"process_terms", "shortage"}, {"process_terms", "four_eyes"}, {"process_terms", "why"}, {"process_term_windows", "note"}, {"procedures", "text"}, {"procedures", "why"}, {"works_council_consent", "reference"},
	{"changes", "withdrawal"}, {"change_meanings", "text"}, {"change_meanings", "decision"}, {"signals", "title"}, {"signals", "text"}, {"signals", "decision"}, {"bulletin_versions", "text"}, {"bulletin_questions", "text"}, {"bulletin_questions", "answer"},
}

// Traces counts what the office keeps about somebody, by kind.
func Traces(ctx context.Context, q Q, person staff.PersonID) (map[Trace]int, error) {
	counts := make(map[Trace]int)
	for _, t := range traces {
		n, err := q.NewSelect().Table(t.table).Where(t.where, person).Count(ctx)
		if err != nil {
			return nil, translate(err)
		}
		counts[t.trace] += int(n)
	}
	return counts, nil
}

// erasedName stands in texts of others where a name stood.
const erasedName = "[gewist]"

// Erase removes every row about a person and lets a pseudonym take their place where it is written what they did. It
// returns how many rows went. Nobody can undo it.
func Erase(ctx context.Context, q Q, p staff.Person, pseudonym staff.PersonID, at time.Time) (int, error) {
	if err := overwrite(ctx, q); err != nil {
		return 0, err
	}
	removed := 0
	for _, t := range traces {
		if t.table == "people" {
			continue
		}
		n, err := affected(q.NewDelete().Table(t.table).Where(t.where, p.ID).Exec(ctx))
		if err != nil {
			return 0, err
		}
		removed += n
	}
	for _, d := range deeds {
		_, err := q.NewUpdate().Table(d.table).Set("? = ?", bun.Ident(d.column), pseudonym).Where("? = ?", bun.Ident(d.column), p.ID).Exec(ctx)
		if err != nil {
			return 0, translate(err)
		}
	}
	if err := eraseFromTexts(ctx, q, p, pseudonym); err != nil {
		return 0, err
	}
	if err := eraseFromMail(ctx, q, p, at); err != nil {
		return 0, err
	}
	if _, err := q.NewUpdate().Table("teams").Set("leader = NULL").Where("leader = ?", p.ID).Exec(ctx); err != nil {
		return 0, translate(err)
	}
	n, err := affected(q.NewDelete().Table("people").Where("id = ?", p.ID).Exec(ctx))
	return removed + n, err
}

// overwrite makes that what is removed from here on is overwritten in the file.
func overwrite(ctx context.Context, q Q) error {
	if isPostgres(q.Dialect()) {
		return nil
	}
	_, err := q.ExecContext(ctx, "PRAGMA secure_delete = ON")
	return translate(err)
}

// affected is how many rows a statement changed.
func affected(res sql.Result, err error) (int, error) {
	if err != nil {
		return 0, translate(err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// eraseFromTexts removes somebody from what is written about others.
func eraseFromTexts(ctx context.Context, q Q, p staff.Person, pseudonym staff.PersonID) error {
	for _, r := range remarks {
		_, err := q.NewUpdate().Table(r.table).Set("? = REPLACE(?, ?, ?)", bun.Ident(r.column), bun.Ident(r.column), p.Name(), erasedName).
			Where("? LIKE ?", bun.Ident(r.column), "%"+p.Name()+"%").Exec(ctx)
		if err != nil {
			return translate(err)
		}
	}
	_, err := q.NewUpdate().Table("escalations").Set("told = TRIM(REPLACE(' ' || told || ' ', ?, ?))", " "+string(p.ID)+" ", " "+string(pseudonym)+" ").
		Where("' ' || told || ' ' LIKE ?", "% "+string(p.ID)+" %").Exec(ctx)
	return translate(err)
}

// mailsAtOnce is how many texts of mails are in memory at a time.
const mailsAtOnce = 200

// eraseFromMail empties the mails and removes the messages of others that name somebody. That they were sent stays.
func eraseFromMail(ctx context.Context, q Q, p staff.Person, at time.Time) error {
	mention := string(p.ID)
	if !strings.ContainsFunc(mention, unicode.IsLetter) { // it could be any number: only in an address it is theirs
		mention = "/" + mention
	}
	number := regexp.MustCompile(`(^|[^A-Za-z0-9._-])` + regexp.QuoteMeta(mention) + `($|[^A-Za-z0-9._-])`)
	if mention[0] == '/' {
		number = regexp.MustCompile(regexp.QuoteMeta(mention) + `($|[^A-Za-z0-9._-])`)
	}
	names := func(texts ...string) bool {
		all := strings.Join(strings.Fields(strings.Join(texts, " ")), " ")
		return strings.Contains(all, p.Name()) || number.MatchString(all)
	}
	maybe := func(after string, columns ...string) *bun.SelectQuery {
		return q.NewSelect().Column("id").Column(columns...).Where("id > ?", after).Order("id").Limit(mailsAtOnce).WhereGroup(" AND ", func(query *bun.SelectQuery) *bun.SelectQuery {
			for _, c := range columns {
				query = query.WhereOr("? LIKE ?", bun.Ident(c), "%"+p.Last+"%").WhereOr("? LIKE ?", bun.Ident(c), "%"+mention+"%")
			}
			return query
		})
	}
	for after, more := "", true; more; {
		var mails []mailRow
		if err := maybe(after, "subject", "plain", "html").Model(&mails).Scan(ctx); err != nil {
			return translate(err)
		}
		more = len(mails) == mailsAtOnce
		for _, m := range mails {
			after = m.ID
			if !names(m.Subject, m.Plain, m.HTML) {
				continue
			}
			if err := DropMail(ctx, q, m.ID, at, Replaced); err != nil {
				return err
			}
			if _, err := q.NewUpdate().Model((*mailRow)(nil)).Set("subject = ''").Set("plain = ''").Set("html = ''").Set("calendar = NULL").Where("id = ?", m.ID).Exec(ctx); err != nil {
				return translate(err)
			}
		}
	}
	for after, more := "", true; more; {
		var notes []noteRow
		if err := maybe(after, "dutch", "english", "path").Model(&notes).Scan(ctx); err != nil {
			return translate(err)
		}
		more = len(notes) == mailsAtOnce
		for _, n := range notes {
			after = n.ID
			if !names(n.Dutch, n.English, n.Path) {
				continue
			}
			if _, err := q.NewDelete().Model((*noteRow)(nil)).Where("id = ?", n.ID).Exec(ctx); err != nil {
				return translate(err)
			}
		}
	}
	return nil
}

// LeftBefore reads whose last day of work was before a day and who works here no more, nor will: the longest ago first, at
// most limit. Who manages the installation is not among them.
func LeftBefore(ctx context.Context, q Q, before calendar.Date, limit int) ([]Leaver, error) {
	return leftBefore(ctx, q, "until_on", before, limit)
}

// KeptFromBefore reads those of them who are kept from before a day: from their last day, or from the day on which that was
// noted where it is later.
func KeptFromBefore(ctx context.Context, q Q, before calendar.Date, limit int) ([]Leaver, error) {
	return leftBefore(ctx, q, "CASE WHEN until_noted_on > until_on THEN until_noted_on ELSE until_on END", before, limit)
}

func leftBefore(ctx context.Context, q Q, from string, before calendar.Date, limit int) ([]Leaver, error) {
	var rows []struct {
		Person string
		Last   day
	}
	err := q.NewSelect().Model((*employmentRow)(nil)).Column("person").ColumnExpr("MAX(until_on) AS last").
		Join("JOIN people AS p ON p.id = e.person").Where("NOT p.administrator").Group("person").
		Having("COUNT(*) = COUNT(until_on)").Having("MAX("+from+") < ?", before.String()).OrderExpr("MAX(until_on), person").Limit(int64(limit)).Scan(ctx, &rows)
	leavers := make([]Leaver, len(rows))
	for i, r := range rows {
		leavers[i] = Leaver{staff.PersonID(r.Person), calendar.Date(r.Last)}
	}
	return leavers, translate(err)
}

// A Leaver is somebody who works here no more.
type Leaver struct {
	Person  staff.PersonID
	LastDay calendar.Date
}

// ForgetDocuments removes documents of accepted evidence of which everything it gave ended before a day, at most limit, and
// returns how many. What was given without an end keeps its document, and so does what waits for a verdict.
func ForgetDocuments(ctx context.Context, q Q, before calendar.Date, limit int) (int, error) {
	var ids []string
	err := documentsBefore(q, before).Column("id").Order("id").Limit(int64(limit)).Scan(ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, translate(err)
	}
	if _, err := q.NewUpdate().Table("submissions").Set("document = ''").Where("document IN (?)", bun.List(ids)).Exec(ctx); err != nil {
		return 0, translate(err)
	}
	return affected(q.NewDelete().Model((*fileRow)(nil)).Where("id IN (?)", bun.List(ids)).Exec(ctx))
}

// CountDocumentsBefore counts the documents that ForgetDocuments would remove without a limit.
func CountDocumentsBefore(ctx context.Context, q Q, before calendar.Date) (int, error) {
	n, err := documentsBefore(q, before).Count(ctx)
	return int(n), translate(err)
}

func documentsBefore(q Q, before calendar.Date) *bun.SelectQuery {
	needed := q.NewSelect().TableExpr("submissions AS s").ColumnExpr("1").Where("s.document = f.id AND s.withdrawn_at IS NULL").
		Where("s.verdict IN ('', 'ask-back') OR s.completed_on >= ? OR EXISTS (?)", before.String(),
			q.NewSelect().TableExpr("periods AS p").ColumnExpr("1").Where("p.person = s.person AND p.scheme = s.scheme AND p.revoked_on IS NULL").
				Where("p.cycle = (SELECT MIN(g.cycle) FROM periods AS g WHERE g.person = s.person AND g.scheme = s.scheme AND g.completed_on >= s.completed_on)").
				Where("p.valid_until IS NULL OR p.valid_until >= ?", before.String()))
	return q.NewSelect().Model((*fileRow)(nil)).Where("EXISTS (SELECT 1 FROM submissions AS a WHERE a.document = f.id)").Where("NOT EXISTS (?)", needed)
}
