package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
)

var (
	noTerminal = fault.New(fault.Invalid, "Hier is geen terminal om het wachtwoord te vragen. Zet het in een bestand en noem dat met --password-file.", "There is no terminal here to ask the password. Put it in a file and name that with --password-file.")
	notTwice   = fault.New(fault.Invalid, "De twee wachtwoorden zijn niet gelijk.", "The two passwords differ.")
)

// password reads the administrator's password from a file or asks it on the terminal.
func (p *program) password(ctx context.Context) (string, error) {
	if p.PasswordFile != "" {
		text, err := os.ReadFile(p.PasswordFile)
		return strings.TrimRight(string(text), "\r\n"), err
	}
	terminal, ok := p.stdin.(*os.File)
	if !ok || !isTerminal(terminal) {
		return "", noTerminal
	}
	if err := echo(terminal, false); err != nil {
		return "", noTerminal.From(err)
	}
	defer echo(terminal, true)
	lines := make(chan string)
	go func() {
		for in := bufio.NewScanner(terminal); in.Scan(); {
			lines <- in.Text()
		}
		close(lines)
	}()
	ask := func(what string) (string, error) {
		fmt.Fprint(p.stderr, what)
		defer fmt.Fprintln(p.stderr)
		select {
		case line, ok := <-lines:
			if !ok {
				return "", errors.New("the terminal was closed")
			}
			return line, nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	first, err := ask(fmt.Sprintf("Wachtwoord, minstens %d tekens / password, at least %[1]d characters: ", academy.MinPasswordLength))
	if err != nil {
		return "", err
	}
	second, err := ask("Nog een keer / once more: ")
	if err == nil && first != second {
		err = notTwice
	}
	return first, err
}

// echo switches on or off whether the terminal shows what is typed. stty is there wherever a terminal of this kind is.
func echo(terminal *os.File, on bool) error {
	mode := map[bool]string{true: "echo", false: "-echo"}[on]
	stty := exec.Command("stty", mode)
	stty.Stdin = terminal
	return stty.Run()
}
