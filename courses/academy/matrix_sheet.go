package academy

import (
	"context"
	"strconv"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/exchange"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// MatrixSheet writes what the people of a team can do on a day (zero: today) as an Excel file: the matrix, and a sheet that says
// what it is. Like reading it, it stands in the record of each; that a file was made stands in the audit trail besides.
func (o *Office) MatrixSheet(ctx context.Context, who staff.Actor, team staff.TeamID, on calendar.Date, english bool) ([]byte, error) {
	m, err := o.Matrix(ctx, who, team, on, "")
	if err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		return store.Write(ctx, q, did(now.Office, who, "matrix.exported", "", string(team)+"/"+m.On.String()))
	})
	if err != nil {
		return nil, err
	}
	names := pick(english, []string{"Matrix", "Uitleg"}, []string{"Matrix", "Explanation"})
	return exchange.WriteWorkbook(exchange.Sheet{Name: names[0], Rows: m.table(english)}, exchange.Sheet{Name: names[1], Rows: m.explanation(english)})
}

// Alone is the level from which somebody does a skill alone, on the scale of its framework.
func (m TeamMatrix) Alone(r competences.Row) competences.Level {
	return competences.Catalogue{Frameworks: m.Frameworks}.Framework(r.Framework).Independent
}

// stateWords say in Dutch and English how a team stands in a competence.
var stateWords = map[competences.State][2]string{
	competences.Vulnerable: {"kwetsbaar", "vulnerable"}, competences.Short: {"te weinig", "too few"}, competences.Soon: {"let op", "watch"}, competences.Fine: {"op orde", "in order"},
}

// table is the matrix: a row per skill and a column per person, and how many do it alone of how many are needed.
func (m TeamMatrix) table(english bool) [][]string {
	header := pick(english, []string{"Vaardigheid", "Onderwerp"}, []string{"Skill", "Subject"})
	for _, id := range m.People {
		header = append(header, m.Names[id])
	}
	rows := [][]string{append(header, pick(english, []string{"Zelfstandig", "Nodig", "Oordeel"}, []string{"Alone", "Needed", "Verdict"})...)}
	for _, r := range m.Rows {
		row := []string{r.Name, r.Group}
		for _, c := range r.Cells {
			text := strconv.Itoa(int(c.Level))
			if c.Level >= m.Alone(r) && (c.Certificate == competences.Expired || c.Certificate == competences.Absent) {
				text += "!"
			}
			row = append(row, text)
		}
		words, needed := stateWords[r.State], ""
		if r.Needed > 0 {
			needed = strconv.Itoa(r.Needed)
		}
		row = append(row, strconv.Itoa(len(r.Covered)), needed)
		rows = append(rows, append(row, pick(english, words[:1], words[1:])...))
	}
	return rows
}

// explanation tells what the matrix is.
func (m TeamMatrix) explanation(english bool) [][]string {
	rows := [][]string{
		pick(english, []string{"Team", m.Team.Name}, []string{"Team", m.Team.Name}),
		pick(english, []string{"Dag", m.On.String()}, []string{"Day", m.On.String()}),
		pick(english, []string{"Gemaakt op", m.Today.String()}, []string{"Made on", m.Today.String()}),
		pick(english, []string{"!", "zonder geldig certificaat, waar dat erbij hoort: dit telt niet mee"}, []string{"!", "without a valid certificate, where one goes with it: this does not count"}),
		pick(english, []string{"Zelfstandig", "hoeveel mensen dit alleen kunnen, met een geldig certificaat waar dat erbij hoort"}, []string{"Alone", "how many people do this alone, with a valid certificate where one goes with it"}),
		pick(english, []string{"Bron", "het hoogste van leidinggevende, praktijkbeoordelaar, certificaat en elders; wat iemand van zichzelf vindt, telt niet mee"}, []string{"Source", "the highest of leader, assessor, certificate and elsewhere; what somebody thinks of themselves does not count"}),
		pick(english, []string{"Gebruik", "voor de bezetting van het team, niet om collega's te vergelijken"}, []string{"Use", "for the staffing of the team, not to compare colleagues"}),
	}
	for _, f := range m.Frameworks {
		for i, means := range f.Scale {
			rows = append(rows, []string{f.Title + " " + strconv.Itoa(i+1), means})
		}
	}
	return rows
}
