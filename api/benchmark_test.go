package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// The load of the benchmarks: callers that each wait for their answer, on the machine that also serves them.
const (
	callers   = 64
	rounds    = 9
	roundTime = 400 * time.Millisecond
)

// BenchmarkSaveAnswer saves answers with 64 callers on SQLite, three ways in turn, nine rounds each, and reports the
// medians: ours; ours with a commit for each request; and the ceiling, a bare handler on net/http that reads the same
// token and runs the same SQL statements through group commit, without bun, huma or a rule.
func BenchmarkSaveAnswer(b *testing.B) {
	ours := newSaver(b, func(w *world) http.Handler { return w.handler })
	alone := newSaver(b, func(w *world) http.Handler { w.db.CommitAlone(); return w.handler })
	ceiling := newSaver(b, func(w *world) http.Handler { return newBare(b, w.file) })
	for range b.N {
		var perSecond [3][]float64
		for range rounds {
			for i, s := range []*saver{ours, alone, ceiling} {
				perSecond[i] = append(perSecond[i], load(b, s.save))
			}
		}
		o, a, c := median(perSecond[0]), median(perSecond[1]), median(perSecond[2])
		b.ReportMetric(o, "saves/s")
		b.ReportMetric(a, "alone/s")
		b.ReportMetric(c, "ceiling/s")
		b.ReportMetric(o/c, "of-ceiling")
		b.ReportMetric(o/a, "of-alone")
		b.ReportMetric(0, "ns/op")
	}
}

// BenchmarkWholeAttempt starts an attempt, saves its ten answers in one request and hands it in, for a certificate each
// time, with 64 callers on SQLite, and reports the median of nine rounds. The callers work out the right answers too.
func BenchmarkWholeAttempt(b *testing.B) {
	const course = "DELTA-WMEBV"
	b.StopTimer()
	for range b.N {
		w := newWorld(b)
		content := w.course(course)
		server := httptest.NewServer(w.handler)
		tokens := w.hire(b, 4000)
		var next atomic.Int64
		var perSecond []float64
		before := cpu()
		for range rounds {
			perSecond = append(perSecond, load(b, func(_ int, client *http.Client) error {
				person := next.Add(1)
				if int(person) >= len(tokens) {
					return errors.New("too few people for this machine")
				}
				return wholeAttempt(b, client, server.URL+root, tokens[person], content)
			}))
		}
		server.Close()
		b.ReportMetric(median(perSecond), "attempts/s")
		b.ReportMetric((cpu()-before)*1000/float64(next.Load()), "cpu-ms/attempt")
		b.ReportMetric(0, "ns/op")
	}
}

// wholeAttempt takes a course and fails where that does not lead to a certificate.
func wholeAttempt(b *testing.B, client *http.Client, url, token string, content courses.Course) error {
	var started openAttempt
	if err := call(client, http.MethodPost, url+"/courses/"+string(content.Key)+"/attempts", token, "", http.StatusCreated, &started); err != nil {
		return err
	}
	attempt := url + "/attempts/" + string(started.Attempt)
	if err := call(client, http.MethodPut, attempt+"/answers", token, bulk(key(b, content, started.Questions), 0), http.StatusOK, nil); err != nil {
		return err
	}
	var result struct{ Certificate *json.RawMessage }
	if err := call(client, http.MethodPost, attempt+"/submission", token, "", http.StatusOK, &result); err != nil {
		return err
	}
	if result.Certificate == nil {
		return errors.New("no certificate")
	}
	return nil
}

// hire adds invented people who must take the course on Wmebv, and returns a token for each of them.
func (w *world) hire(b *testing.B, n int) []string {
	b.Helper()
	force := academy.Workforce{}
	for i := range n {
		id := staff.PersonID(fmt.Sprintf("X%05d", i))
		force.People = append(force.People, staff.Person{ID: id, First: "Iemand", Last: fmt.Sprint(i)})
		force.Employments = append(force.Employments, staff.Employment{Person: id, Number: 1, Team: "T3", Role: "R05", From: calendar.MustParse("2026-11-01")})
	}
	if err := w.office.Hire(b.Context(), staff.Actor{}, force, true); err != nil {
		b.Fatal(err)
	}
	if _, err := w.office.SweepNow(b.Context()); err != nil {
		b.Fatal(err)
	}
	tokens := make([]string, n)
	var wait sync.WaitGroup
	for part := range slices.Chunk(indexes(n), (n+callers-1)/callers) {
		wait.Go(func() {
			for _, i := range part {
				tokens[i] = w.token(force.People[i].ID)
			}
		})
	}
	wait.Wait()
	return tokens
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// A saver is a server with an open attempt for every caller.
type saver struct {
	url   string
	saves []*save
}

// A save is what one caller saves over and over: the answer to a question that is true or false.
type save struct {
	path, token string
	version     int
}

// newSaver starts the attempts and then the server that saves in them.
func newSaver(b *testing.B, serve func(*world) http.Handler) *saver {
	b.Helper()
	w := newWorld(b)
	people, err := w.office.DemoPeople(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	s := &saver{}
	for i := range callers {
		person, course := people[i%len(people)].ID, []string{"AVG-BIO", "ID-LOOKALIKE"}[i/len(people)]
		token := w.token(person)
		started := into[openAttempt](b, w.post(token, "/courses/"+course+"/attempts", ""), http.StatusCreated)
		at := slices.IndexFunc(started.Questions, func(q OpenQuestion) bool { return q.Kind == courses.KindTrueFalse })
		s.saves = append(s.saves, &save{path: root + "/attempts/" + string(started.Attempt) + "/answers/" + string(started.Questions[at].Question), token: token})
	}
	server := httptest.NewServer(serve(w))
	b.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// save changes the answer of one caller to the other one.
func (s *saver) save(caller int, client *http.Client) error {
	one := s.saves[caller]
	body := fmt.Sprintf(`{"answer": %t, "version": %d}`, one.version%2 == 0, one.version)
	one.version++
	var saved struct{ Version int }
	if err := call(client, http.MethodPut, s.url+one.path, one.token, body, http.StatusOK, &saved); err != nil {
		return err
	}
	if saved.Version != one.version {
		return fmt.Errorf("version %d was saved, want %d", saved.Version, one.version)
	}
	return nil
}

// load lets all callers do something over and over for one round and returns how often a second they did.
func load(b *testing.B, do func(caller int, client *http.Client) error) float64 {
	b.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: callers}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var done atomic.Int64
	var wait sync.WaitGroup
	began := time.Now()
	for caller := range callers {
		wait.Go(func() {
			for time.Since(began) < roundTime {
				if err := do(caller, client); err != nil {
					b.Error(err)
					return
				}
				done.Add(1)
			}
		})
	}
	wait.Wait()
	if b.Failed() {
		b.FailNow()
	}
	return float64(done.Load()) / time.Since(began).Seconds()
}

// call makes one request and reads its answer.
func call(client *http.Client, method, url, token, body string, status int, into any) error {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return err
	case response.StatusCode != status:
		return fmt.Errorf("%s %s: %d: %s", method, url, response.StatusCode, text)
	case into == nil:
		return nil
	}
	return json.Unmarshal(text, into)
}

// cpu is how many seconds of processor time this process has used, its callers included.
func cpu() float64 {
	sample := []metrics.Sample{{Name: "/cpu/classes/total:cpu-seconds"}, {Name: "/cpu/classes/idle:cpu-seconds"}}
	runtime.GC() // which brings these figures up to date
	metrics.Read(sample)
	return sample[0].Value.Float64() - sample[1].Value.Float64()
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
