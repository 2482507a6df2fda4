package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"golang.org/x/term"
)

// askPassphrase asks for a passphrase as ssh-keygen does: at the terminal
// without echo, or by the program that SSH_ASKPASS names, where there is no
// terminal or SSH_ASKPASS_REQUIRE says so (ssh(1)). A flag or a variable that
// holds it would show it to every process of the user.
func (c *call) askPassphrase(ctx context.Context, prompt string) ([]byte, error) {
	program, require := c.getenv("SSH_ASKPASS"), c.getenv("SSH_ASKPASS_REQUIRE")
	if program != "" && (require == "force" || require == "prefer") {
		return runAskpass(program, prompt)
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		if program != "" && require != "never" {
			return runAskpass(program, prompt)
		}
		return nil, errors.New("there is no terminal to ask for the passphrase, and no SSH_ASKPASS")
	}
	return readPassphrase(ctx, tty, prompt)
}

// readPassphrase reads a line without echo. Where ctx ends first the terminal
// gets its echo back.
func readPassphrase(ctx context.Context, tty *os.File, prompt string) ([]byte, error) {
	fd := int(tty.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return nil, err
	}
	type answer struct {
		phrase []byte
		err    error
	}
	answers := make(chan answer, 1)
	fmt.Fprintf(tty, "%s: ", prompt)
	go func() {
		phrase, err := term.ReadPassword(fd)
		answers <- answer{phrase, err}
	}()
	select {
	case a := <-answers:
		fmt.Fprintln(tty)
		return a.phrase, errors.Join(a.err, tty.Close())
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), term.Restore(fd, before)) // the read still waits: tty stays open
	}
}

func runAskpass(program, prompt string) ([]byte, error) {
	cmd := exec.Command(program, prompt+": ")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("SSH_ASKPASS %s: %w", program, err)
	}
	return bytes.TrimRight(out, "\r\n"), nil
}
