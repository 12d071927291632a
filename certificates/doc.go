// Package certificates knows who is certified, until when, and what must happen next: schemes, periods, duties and
// the facts that a certificate prints. The rules are those of the recertification design; the paragraph numbers in the
// comments are its own.
//
// It is pure: values in, values out, the day is an argument. It imports courses and what lies below it.
package certificates
