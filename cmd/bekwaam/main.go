// Command bekwaam is the training office of a municipality: it serves the pages and the API, sweeps every morning, and
// does on the command line what a system administrator needs. bekwaam --help tells more.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(report(os.Stderr, run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)))
}
