package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"bekwaam/courses/fault"
)

// Whoever sends a file may take as long as a slow line needs, which nobody else may: the server breaks off other requests
// after seconds. Only so many files come in at once.
const (
	uploadPatience = 5 * time.Minute // 10 MiB over a line of 50 kB/s
	uploadsAtOnce  = 16
	mostUpload     = 40 << 20 // bytes we listen to, so that who sends too much reads why
)

var busyUploading = fault.New(fault.TooMany, "Er sturen nu veel mensen een bestand.", "Many people are sending a file now.").Because("busy")

// takeTime gives the request of somebody who is known, and its answer, the time of a slow line. Where a deadline cannot be
// set, there is none.
func (v *visit) takeTime() {
	until := time.Now().Add(uploadPatience)
	control := http.NewResponseController(v.w)
	_ = control.SetReadDeadline(until)
	_ = control.SetWriteDeadline(until.Add(time.Minute))
}

// readUpload reads a form with a file as it comes in, without the disk: its fields are then those of any form, and the field
// of the file has its name. Of a file that
// is larger than most only the beginning is returned, one byte more than that.
func (v *visit) readUpload(field string, most int64) ([]byte, error) {
	select {
	case v.site.uploads <- struct{}{}:
		defer func() { <-v.site.uploads }()
	default:
		return nil, busyUploading
	}
	v.takeTime()
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, mostUpload)
	parts, err := v.r.MultipartReader()
	if err != nil {
		return nil, unreadable.From(err)
	}
	var content []byte
	v.r.PostForm = url.Values{}
	for left := int64(maxForm); ; {
		part, err := parts.NextPart()
		if err == io.EOF {
			return content, nil
		}
		if err != nil {
			return nil, brokenUpload(err)
		}
		if part.FormName() == field && part.FileName() != "" {
			if content, err = io.ReadAll(io.LimitReader(part, most+1)); err != nil {
				return nil, brokenUpload(err)
			}
			v.r.PostForm.Set(field, part.FileName())
			continue // what is left of it is skipped
		}
		value, err := io.ReadAll(io.LimitReader(part, left+1))
		if left -= int64(len(value)); err != nil || left < 0 {
			return nil, brokenUpload(err)
		}
		if !utf8.Valid(value) || strings.ContainsRune(string(value), 0) {
			return nil, unreadable
		}
		v.r.PostForm.Add(part.FormName(), string(value))
	}
}

// brokenUpload says why a form with a file could not be read to its end.
func brokenUpload(err error) error {
	if over := new(http.MaxBytesError); err == nil || errors.As(err, &over) {
		return tooLarge.From(err)
	}
	return unreadable.From(err)
}
