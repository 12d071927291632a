package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// patience is how long something may take before a progress bar appears.
const patience = time.Second

// A progress shows on a terminal how far something is, with a bar that redraws itself; elsewhere with a line per step.
type progress struct {
	w        io.Writer
	terminal bool
	start    time.Time
	shown    bool
}

func newProgress(w io.Writer) *progress {
	return &progress{w: w, terminal: isTerminal(w), start: time.Now()}
}

// step shows that done of total steps are done, once it has taken a while.
func (p *progress) step(done, total int, what string) {
	if !p.shown && (done == total || time.Since(p.start) < patience) {
		return
	}
	p.shown = true
	if !p.terminal {
		fmt.Fprintf(p.w, "%d/%d %s\n", done, total, what)
		return
	}
	const width = 30
	full := width * done / max(1, total)
	fmt.Fprintf(p.w, "\r\x1b[K[%s%s] %s", strings.Repeat("█", full), strings.Repeat("░", width-full), what)
	if done == total {
		fmt.Fprintln(p.w)
	}
}

// isTerminal reports whether something written or read is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
