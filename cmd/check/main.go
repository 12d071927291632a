// Command check looks at the code itself, for people and for .ci/run alike: gofmt, go vet and staticcheck. It runs no
// test and needs no C compiler: go run ./cmd/check.
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A check looks at everything and writes what is wrong.
type check struct {
	name string
	run  func(w io.Writer) error
}

var checks = []check{
	{"gofmt", formatted},
	{"go vet", goTool("vet", "./...")},
	{"staticcheck", goTool("tool", "staticcheck", "./...")},
}

func main() {
	failed := 0
	for _, c := range checks {
		if err := c.run(os.Stderr); err != nil {
			fmt.Fprintf(os.Stderr, "✗ %s: %v\n", c.name, err)
			failed++
			continue
		}
		fmt.Printf("✓ %s\n", c.name)
	}
	if failed > 0 {
		os.Exit(1)
	}
}

// goTool runs the go command.
func goTool(args ...string) func(io.Writer) error {
	return func(w io.Writer) error {
		cmd := exec.Command("go", args...)
		cmd.Stdout, cmd.Stderr = w, w
		return cmd.Run()
	}
}

// formatted names the files that gofmt would write otherwise.
func formatted(w io.Writer) error {
	dirs, err := exec.Command("go", "list", "-f", "{{.Dir}}", "./...").Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	wrong := 0
	for _, dir := range strings.Split(strings.TrimSpace(string(dirs)), "\n") {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return err
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			if good, err := format.Source(source); err != nil || !bytes.Equal(good, source) {
				fmt.Fprintln(w, file)
				wrong++
			}
		}
	}
	if wrong > 0 {
		return fmt.Errorf("%d files are not formatted: run gofmt -w on them", wrong)
	}
	return nil
}
