package academy

import (
	"bekwaam/courses"
	"bekwaam/courses/exchange"
	"bekwaam/courses/notices"
	"bekwaam/courses/store"
)

// A VersionID names a version of a course. It stands here under the office's name, as do the kinds of token, for whoever
// asks the office something: they do not know the store.
type VersionID = store.VersionID

// The kinds of secret that Authenticate knows.
const (
	Bearer  = store.Bearer  // of a program, in its Authorization header
	Session = store.Session // of a browser, in its cookie
)

// Demo is the kind of an installation that holds invented people only.
const Demo = store.Demo

// An Installation is what is known about this one.
type Installation = store.Installation

// CourseFile writes the course file of a course, as DraftVersion and ReplaceDraft take it. fault.Invalid for a course
// that makes no good file, whose places are the parts of the course.
func CourseFile(c courses.Course) ([]byte, error) { return exchange.WriteCourse(c) }

// Sheet writes rows as a CSV file that a Dutch spreadsheet opens as a table.
func Sheet(rows [][]string) []byte { return exchange.WriteSheet(rows) }

// A Mail, its state and a DutyID stand here for the same reason.
type (
	Mail         = store.Mail
	MailState    = store.MailState
	DutyID       = store.DutyID
	MailLanguage = notices.Language
	MailSetting  = store.MailSetting
)

// Where a mail stands.
const (
	MailWaits   = store.MailWaits
	MailSent    = store.MailSent
	MailDropped = store.MailDropped
	MailFailed  = store.MailFailed
	MailKept    = store.MailKept

	InvitationMail = store.Invitation
	MailReplaced   = store.Replaced
	MailNoAddress  = store.NoAddress
	MailNotHere    = store.NotHere
	MailOff        = store.MailOff
)
