package main

import (
	"bytes"
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
func (c *call) askPassphrase(prompt string) ([]byte, error) {
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
	defer tty.Close()
	fmt.Fprintf(tty, "%s: ", prompt)
	phrase, err := term.ReadPassword(int(tty.Fd()))
	fmt.Fprintln(tty)
	return phrase, err
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
