package api

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A certificate is the numbered document that proves a period.
type certificate struct {
	Number          certificates.Number    `json:"number" example:"RW-2026-7KQ4M-2XD9T-C8"`
	Scheme          certificates.SchemeKey `json:"scheme" example:"INT-ID"`
	Title           string                 `json:"title" example:"Identiteitsvaststelling"`
	Person          staff.PersonID         `json:"person" example:"RW1013"`
	Holder          string                 `json:"holder" example:"Tineke Bakker" doc:"The name as it was when the certificate was issued."`
	State           certificates.State     `json:"state" enum:"revoked,replaced,upcoming,expired,outdated,valid" doc:"What it is worth today: the first of these that holds."`
	Cycle           int                    `json:"cycle" example:"4"`
	CompletedOn     date                   `json:"completedOn" doc:"The day of the achievement."`
	ValidFrom       date                   `json:"validFrom"`
	ValidUntil      *date                  `json:"validUntil" nullable:"true" doc:"The last valid day; null: no end."`
	Course          *courses.CourseKey     `json:"course" nullable:"true" example:"ID-LOOKALIKE" doc:"The course that led to it; null where there was none."`
	CourseVersion   *int                   `json:"courseVersion" nullable:"true" example:"2" doc:"Null where there was no course, or nobody knows which version."`
	TakenOverOn     *date                  `json:"takenOverOn" nullable:"true" doc:"The day on which it was taken over from a list of an older administration; null: it was earned here."`
	Visible         bool                   `json:"visible" doc:"Whether its public page is on."`
	VerificationURL string                 `json:"verificationUrl,omitempty" example:"https://leren.rietwaarde.example/c/…" doc:"The address in its QR code: whoever has it may see the holder. For the holder only."`
}

func (s *server) certificateOf(c caller, today calendar.Date, from certificates.Certificate) certificate {
	to := certificate{
		Number: from.Number, Scheme: from.Period.Scheme, Title: from.Title, Person: from.Period.Person, Holder: from.Holder, State: from.State(today), Cycle: from.Period.Cycle,
		CompletedOn: dateOf(from.Period.CompletedOn), ValidFrom: dateOf(from.Period.ValidFrom), ValidUntil: orNull(from.Period.ValidUntil), Visible: !from.Hidden, TakenOverOn: orNull(from.Period.TakenOverOn),
	}
	if from.Period.Course != "" {
		to.Course = &from.Period.Course
	}
	if from.Period.CourseVersion > 0 {
		to.CourseVersion = &from.Period.CourseVersion
	}
	if from.Period.Person == c.Person {
		to.VerificationURL = s.office.VerifyURL(from.Token)
	}
	return to
}

// CertificatePath is in the address of everything about one certificate.
type CertificatePath struct {
	Number string `path:"number" maxLength:"64" example:"RW-2026-7KQ4M-2XD9T-C8" doc:"The number of the certificate, as it is printed."`
}

// number is the number as it is printed. What is no number is the number of nothing.
func (in CertificatePath) number() certificates.Number {
	number, err := certificates.ParseNumber(in.Number)
	if err != nil {
		return ""
	}
	return number
}

const certificateExample = `{"number": "RW-2026-7KQ4M-2XD9T-C8", "scheme": "INT-ID", "title": "Identiteitsvaststelling", "person": "RW1013", "holder": "Tineke Bakker", "state": "valid", "cycle": 4,
	"completedOn": "2026-11-23", "validFrom": "2026-11-23", "validUntil": "2027-11-22", "course": "ID-LOOKALIKE", "courseVersion": 2, "takenOverOn": null, "visible": true}`

func (s *server) certificates() {
	s.listCertificates()
	type output struct{ Body certificate }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-certificate", Method: http.MethodGet, Path: "/certificates/{number}", Tags: []string{"Certificates"}, Errors: []int{http.StatusNotFound},
			Summary: "One certificate", Description: "A certificate of somebody whose certificates you may see.",
		},
		permission: staff.ReadCertificates,
		response:   certificateExample,
	}, func(ctx context.Context, c caller, in *CertificatePath) (*output, error) {
		found, err := s.office.Certificate(ctx, c.Actor, in.number())
		if err != nil {
			return nil, err
		}
		now, err := s.office.Now(ctx)
		if err != nil {
			return nil, err
		}
		return &output{s.certificateOf(c, now.Today(), found)}, nil
	})
	s.certificateDocument()
	s.certificateVisibility()
}

func (s *server) listCertificates() {
	type input struct {
		Person string `query:"person" example:"me" maxLength:"64" doc:"Whose certificates: a personnel number, or me (also where it is left out)."`
		On     date   `query:"on" doc:"What they were worth on a day, past or future, of those achieved by then; absent: today."`
		Page
	}
	type output struct{ Body list[certificate] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-certificates", Method: http.MethodGet, Path: "/certificates", Tags: []string{"Certificates"}, Errors: []int{http.StatusNotFound},
			Summary: "The certificates of somebody", Description: "Lists every certificate of a person, also those that hold no longer, in order of scheme and cycle. Diplomas from elsewhere are evidence and have no certificate of ours.",
		},
		permission: staff.ReadCertificates,
		response:   `{"items": [` + certificateExample + `]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		on, err := in.On.read("query.on")
		if err != nil {
			return nil, err
		}
		all, err := s.office.CertificatesOn(ctx, c.Actor, c.personOf(in.Person), on)
		if err != nil {
			return nil, err
		}
		if on.IsZero() {
			now, err := s.office.Now(ctx)
			if err != nil {
				return nil, err
			}
			on = now.Today()
		}
		part, err := turn(all, in.Page, func(from certificates.Certificate) string { return string(from.Number) })
		if err != nil {
			return nil, err
		}
		return &output{convert(part, func(from certificates.Certificate) certificate { return s.certificateOf(c, on, from) })}, nil
	})
}

func (s *server) certificateDocument() {
	type input struct {
		CertificatePath
		IfNoneMatch string `header:"If-None-Match" maxLength:"200" doc:"The ETag of the document you have already."`
	}
	type output struct {
		Status             int
		ContentType        string `header:"Content-Type" hidden:"true"`
		ContentDisposition string `header:"Content-Disposition" doc:"Names the file after the certificate."`
		ETag               string `header:"ETag" doc:"The SHA-256 of the document."`
		Body               []byte
	}
	pdf := map[string]*huma.MediaType{"application/pdf": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-certificate-document", Method: http.MethodGet, Path: "/certificates/{number}/document", Tags: []string{"Certificates"}, Errors: []int{http.StatusNotFound},
			Summary: "The certificate as a PDF", Description: "Draws the certificate, the same to the byte each time.",
			Responses: map[string]*huma.Response{
				"200": {Description: "The document.", Content: pdf},
				"304": {Description: "You have this document already."},
			},
		},
		permission: staff.ReadCertificates,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		number := in.number()
		document, err := s.office.CertificateDocument(ctx, c.Actor, number)
		if err != nil {
			return nil, err
		}
		tag := fmt.Sprintf(`"%x"`, sha256.Sum256(document))
		if strings.Contains(in.IfNoneMatch, tag) {
			return &output{Status: http.StatusNotModified, ETag: tag}, nil
		}
		return &output{http.StatusOK, "application/pdf", fmt.Sprintf("attachment; filename=%q", number+".pdf"), tag, document}, nil
	})
}

func (s *server) certificateVisibility() {
	type input struct {
		CertificatePath
		Body struct {
			Visible bool `json:"visible" doc:"Whether anybody may see that the certificate holds."`
		} `nameHint:"VisibilityInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-certificate-visibility", Method: http.MethodPut, Path: "/certificates/{number}/visibility", Tags: []string{"Certificates"}, Errors: []int{http.StatusNotFound},
			Summary: "Switch the public page on or off", Description: "Switches the public page of your own certificate on or off. Off looks the same as a certificate that does not exist.",
			MaxBodyBytes: answersBody,
		},
		permission: staff.ReadCertificates,
		request:    `{"visible": false}`,
	}, func(ctx context.Context, c caller, in *input) (*struct{}, error) {
		return nil, s.office.HideCertificate(ctx, c.Actor, in.number(), !in.Body.Visible)
	})
}
