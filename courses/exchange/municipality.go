package exchange

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/training"
)

// A Municipality is what the files of the demo municipality say.
type Municipality struct {
	Name         string
	Department   string
	On           calendar.Date // the day the demo begins on its own clock
	Teams        []staff.Team
	Roles        []staff.Role
	Activities   []staff.Activity
	People       []staff.Person
	Employments  []staff.Employment
	Designations []staff.Designation
	Schemes      []certificates.Scheme
	Requirements []certificates.Requirement
	Held         []Held
	Sessions     []training.Roll
	Budgets      []BudgetLine
	Processes    []staffing.Process
	Rosters      []staffing.Roster
	Leave        []staffing.Leave
	OnCall       []staffing.OnCall
	Procedures   []staffing.Procedure
	Consent      ConsentLine
	Wishes       []WishLine
	Competences  CompetenceStory
	Developments Developments
	Instruments  InstrumentStory
}

// A Held is one line of what people have obtained.
type Held struct {
	Person     staff.PersonID
	Scheme     certificates.SchemeKey
	AchievedOn calendar.Date
	ValidUntil calendar.Date // zero: no end
	Source     string
}

// ReadMunicipality reads the files of a demo municipality, whose rules stand in the README beside them.
func ReadMunicipality(files fs.FS) (Municipality, error) {
	var m Municipality
	for _, read := range []func(fs.FS) error{m.readOrganisation, m.readRoles, m.readActivities, m.readTeams, m.readPeople, m.readEmployments, m.readSchemes, m.readRequirements, m.readChanges, m.readHeld, m.readSessions, m.readBudgets, m.readProcesses, m.readRosters, m.readLeave, m.readOnCall, m.readProcedures, m.readCompetences, m.readProfiles, m.readFutureRoles, m.readMeasurements, m.readNeeded, m.readLearning, m.readDevelopments, m.readWishes, m.readInstruments} {
		if err := read(files); err != nil {
			return Municipality{}, err
		}
	}
	return m, nil
}

func (m *Municipality) readOrganisation(files fs.FS) error {
	var file struct {
		Gemeente struct {
			Naam      string `yaml:"naam"`
			Peildatum string `yaml:"peildatum"`
		} `yaml:"gemeente"`
	}
	if err := readYAML(files, "gemeente.yaml", &file); err != nil {
		return err
	}
	var err error
	m.Name, m.Department = file.Gemeente.Naam, "Publieksdienstverlening"
	m.On, err = calendar.Parse(file.Gemeente.Peildatum)
	return err
}

// functionsOf says what a role makes somebody in the product. Who leads a team stands with the team.
var functionsOf = map[string][]staff.Function{
	"kwaliteitsmedewerker": {staff.Author},
	"peno-adviseur":        {staff.TrainingOfficer},
}

type roleLine struct {
	ID         string   `yaml:"id"`
	Code       string   `yaml:"code"`
	Naam       string   `yaml:"naam"`
	Cluster    string   `yaml:"cluster"`
	Vereist    []string `yaml:"vereist"`
	BinnenDays int      `yaml:"binnen_dagen"`
}

func readRoleLines(files fs.FS) ([]roleLine, error) {
	var file struct {
		Rollen []roleLine `yaml:"rollen"`
	}
	err := readYAML(files, "rollen.yaml", &file)
	return file.Rollen, err
}

func (m *Municipality) readRoles(files fs.FS) error {
	lines, err := readRoleLines(files)
	for _, l := range lines {
		m.Roles = append(m.Roles, staff.Role{ID: staff.RoleID(l.ID), Code: l.Code, Name: l.Naam, Cluster: l.Cluster, Functions: functionsOf[l.Code]})
	}
	return err
}

func (m *Municipality) readTeams(files fs.FS) error {
	return readCSV(files, "teams.csv", func(line map[string]string) error {
		m.Teams = append(m.Teams, staff.Team{ID: staff.TeamID(line["team_id"]), Name: line["naam"], Cluster: line["cluster"], Leader: staff.PersonID(line["teamleider"])})
		return nil
	})
}

func (m *Municipality) readPeople(files fs.FS) error {
	return readCSV(files, "medewerkers.csv", func(line map[string]string) error {
		id := staff.PersonID(line["personeelsnummer"])
		m.People = append(m.People, staff.Person{ID: id, First: line["voornaam"], Infix: line["tussenvoegsel"], Last: line["achternaam"], Email: line["email"]})
		for _, task := range strings.Split(line["aanvullende_taken"], ";") {
			if task == "" || task == "starter" {
				continue // a starter has no task, only a short past
			}
			kind, subject, ok := designation(task)
			if !ok {
				return fmt.Errorf("%q is not a task this program knows", task)
			}
			m.Designations = append(m.Designations, staff.Designation{Person: id, Kind: kind, Subject: subject})
		}
		return nil
	})
}

// designation reads a task such as "kennisdrager reisdocumenten".
func designation(task string) (kind staff.DesignationKind, subject string, ok bool) {
	for words, kind := range map[string]staff.DesignationKind{
		"BHV": staff.EmergencyResponder, "kennisdrager": staff.KnowledgeHolder, "praktijkbeoordelaar": staff.WorkplaceAssessor,
		"opleidingscoördinator": staff.TrainingCoordinator, "loopbaanadviseur": staff.CareerAdviser, "applicatie-eigenaar": staff.ApplicationOwner,
		"OR-lid": staff.WorksCouncilMember, "CISO": staff.SecurityOfficer, "privacy officer": staff.PrivacyOfficer,
	} {
		if rest, found := strings.CutPrefix(task, words); found && (rest == "" || rest[0] == ' ') {
			return kind, strings.TrimSpace(rest), true
		}
	}
	return "", "", false
}

func (m *Municipality) readEmployments(files fs.FS) error {
	return readCSV(files, "dienstverbanden.csv", func(line map[string]string) error {
		number, err := strconv.Atoi(line["dienstverband"])
		if err != nil {
			return err
		}
		from, until, err := dates(line["van"], line["tot_en_met"])
		m.Employments = append(m.Employments, staff.Employment{
			Person: staff.PersonID(line["personeelsnummer"]), Number: number, Team: staff.TeamID(line["team_id"]), Role: staff.RoleID(line["rol_id"]), From: from, Until: until, Fixed: line["soort"] == "bepaald",
		})
		return err
	})
}

type schemeLine struct {
	ID              string   `yaml:"id"`
	Naam            string   `yaml:"naam"`
	Soort           string   `yaml:"soort"`
	Cursus          string   `yaml:"cursus"`
	GeldigMaanden   int      `yaml:"geldig_maanden"`
	UitloopMaanden  int      `yaml:"uitloop_maanden"`
	TeltVanaf       string   `yaml:"telt_vanaf"`
	Verplicht       string   `yaml:"verplicht"`
	Uren            float64  `yaml:"uren"`
	Voorwaarden     []string `yaml:"voorwaarden"`
	VoorwaardeSoort string   `yaml:"voorwaarde_soort"`
	Onderdelen      []string `yaml:"onderdelen"`
	Toelichting     string   `yaml:"toelichting"`
}

func (m *Municipality) readSchemes(files fs.FS) error {
	var file struct {
		Certificeringen []schemeLine `yaml:"certificeringen"`
	}
	err := readYAML(files, "certificeringen.yaml", &file)
	for _, l := range file.Certificeringen {
		m.Schemes = append(m.Schemes, l.scheme())
	}
	return err
}

// scheme makes a scheme of a line by the rules of the demo's README: tests of our own renew from the old end with a
// window of two months; diplomas, skills and BHV count from completion with six months, BHV with three.
func (l schemeLine) scheme() certificates.Scheme {
	s := certificates.Scheme{
		Key: certificates.SchemeKey(l.ID), Version: 1, Title: l.Naam, Months: l.GeldigMaanden, GraceMonths: l.UitloopMaanden,
		Method: certificates.MethodCompletion, WindowMonths: 6, Minutes: int(l.Uren * 60),
	}
	if l.Verplicht != "nee" {
		s.Origin = certificates.Origin(l.Verplicht)
	}
	for _, required := range l.Voorwaarden {
		s.Prerequisites = append(s.Prerequisites, certificates.Prerequisite{Scheme: certificates.SchemeKey(required), Hard: l.VoorwaardeSoort == "hard"})
	}
	component := certificates.Component{Kind: certificates.ComponentExternal, Title: l.Naam}
	switch {
	case l.GeldigMaanden == 0:
		s.Method, s.WindowMonths = certificates.MethodNever, 0
		if l.Soort != "verklaring" {
			component.Kind = certificates.ComponentDesignation
		}
	case l.Soort == "intern_toets":
		s.Method, s.WindowMonths = certificates.MethodPrevious, 2
		if l.Cursus != "" {
			component.Kind, component.Course = certificates.ComponentCourse, courses.CourseKey(l.Cursus)
		}
	case l.ID == "BHV":
		s.WindowMonths = 3
	case l.Soort == "vaardigheid" && l.TeltVanaf == "toetsdatum": // seen at work, where the others are examined elsewhere
		component.Kind = certificates.ComponentObserved
	}
	s.Components = []certificates.Component{component}
	if len(l.Onderdelen) > 0 {
		s.Components = nil
		for _, part := range l.Onderdelen {
			s.Components = append(s.Components, certificates.Component{Kind: component.Kind, Title: part})
		}
	}
	return s
}

func (m *Municipality) readRequirements(files fs.FS) error {
	lines, err := readRoleLines(files)
	if err != nil {
		return err
	}
	origin := make(map[certificates.SchemeKey]certificates.Origin)
	for _, s := range m.Schemes {
		origin[s.Key] = s.Origin
	}
	require := func(scheme string, kind certificates.SubjectKind, subject, name string, days int) {
		key := certificates.SchemeKey(scheme)
		m.Requirements = append(m.Requirements, certificates.Requirement{
			ID: strings.ToLower(fmt.Sprintf("%s-%s-%s", scheme, kind, cmp.Or(subject, "all"))), Scheme: key, SubjectKind: kind, Subject: subject, SubjectName: name, InductionDays: days, Origin: origin[key],
		})
	}
	for _, l := range lines {
		for _, scheme := range l.Vereist {
			require(scheme, certificates.ForRole, l.ID, l.Naam, l.BinnenDays)
		}
	}
	require("BHV", certificates.ForDesignation, string(staff.EmergencyResponder), "bedrijfshulpverlener (BHV)", 90)
	require("EED", certificates.ForEverybody, "", "", 0)
	require("VOG", certificates.ForEverybody, "", "", 0)
	return nil
}

// readChanges makes requirements of the two changes of law whose training the demo's README describes, and knowledge
// holders of the people who follow a change.
func (m *Municipality) readChanges(files fs.FS) error {
	var file struct {
		Ontwikkelingen []struct {
			ID           string   `yaml:"id"`
			Titel        string   `yaml:"titel"`
			Kennisdrager string   `yaml:"kennisdrager"`
			Rollen       []string `yaml:"rollen"`
			Scholing     struct {
				Uiterlijk string `yaml:"uiterlijk"`
			} `yaml:"scholing"`
		} `yaml:"ontwikkelingen"`
	}
	if err := readYAML(files, "ontwikkelingen.yaml", &file); err != nil {
		return err
	}
	for _, change := range file.Ontwikkelingen {
		m.Designations = append(m.Designations, staff.Designation{Person: staff.PersonID(change.Kennisdrager), Kind: staff.KnowledgeHolder, Subject: change.Titel})
		var r certificates.Requirement
		roles := change.Rollen
		switch change.ID {
		case "ONTW-01":
			due, err := calendar.Parse(change.Scholing.Uiterlijk)
			if err != nil {
				return fmt.Errorf("ontwikkelingen.yaml, %s: %w", change.ID, err)
			}
			r = certificates.Requirement{Scheme: "INT-WMEBV", DueOn: due, Origin: "wet", Citation: "art. 2:10 lid 2 Awb"}
		case "ONTW-04":
			r = certificates.Requirement{Scheme: "INT-NAAM", Since: m.On.AddDays(1), StartersOnly: true, Origin: "wet", Citation: "art. 1:5 BW"}
			roles = []string{"R03"}
		default:
			continue // not published yet
		}
		for _, role := range roles {
			at := slices.IndexFunc(m.Roles, func(known staff.Role) bool { return string(known.ID) == role })
			if at < 0 {
				return fmt.Errorf("ontwikkelingen.yaml, %s: %s is not a role", change.ID, role)
			}
			r.ID, r.SubjectKind, r.Subject, r.SubjectName = strings.ToLower(change.ID+"-"+role), certificates.ForRole, role, m.Roles[at].Name
			m.Requirements = append(m.Requirements, r)
		}
	}
	return nil
}

func (m *Municipality) readHeld(files fs.FS) error {
	err := readCSV(files, "medewerker_certificaten.csv", func(line map[string]string) error {
		achieved, until, err := dates(line["behaald_op"], line["geldig_tot"])
		m.Held = append(m.Held, Held{Person: staff.PersonID(line["personeelsnummer"]), Scheme: certificates.SchemeKey(line["certificering_id"]), AchievedOn: achieved, ValidUntil: until, Source: line["bewijs"]})
		return err
	})
	slices.SortStableFunc(m.Held, func(a, b Held) int { return cmp.Compare(a.AchievedOn, b.AchievedOn) })
	return err
}

// dates reads a first and a last day, of which the last may be missing.
func dates(from, until string) (first, last calendar.Date, err error) {
	if first, err = calendar.Parse(from); err != nil || until == "" {
		return first, 0, err
	}
	last, err = calendar.Parse(until)
	return first, last, err
}

func readYAML(files fs.FS, name string, into any) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// readCSV hands over the lines of a comma-separated file by the names in its first line.
func readCSV(files fs.FS, name string, line func(map[string]string) error) error {
	file, err := files.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for n, row := range rows[min(1, len(rows)):] {
		values := make(map[string]string, len(row))
		for i, column := range rows[0] {
			values[column] = row[i]
		}
		if err := line(values); err != nil {
			return fmt.Errorf("%s, regel %d: %w", name, n+2, err)
		}
	}
	return nil
}
