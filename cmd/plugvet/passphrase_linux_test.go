package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// openTerminal opens a pseudo-terminal, see pts(4): what a person sees and
// types, and what the program has.
func openTerminal(t *testing.T) (person, program *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { person.Close() })
	fd := int(person.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	return person, program
}

// waitForEcho waits until the terminal echoes, or does not.
func waitForEcho(t *testing.T, terminal *os.File, want bool) {
	t.Helper()
	for range 1000 {
		state, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
		if err != nil {
			t.Fatal(err)
		}
		if (state.Lflag&unix.ECHO != 0) == want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("echo is never %t", want)
}

type passphraseAnswer struct {
	phrase []byte
	err    error
}

func TestAPassphraseIsNotShown(t *testing.T) {
	person, program := openTerminal(t)
	answers := make(chan passphraseAnswer, 1)
	go func() {
		phrase, err := readPassphrase(t.Context(), program, "passphrase for k")
		answers <- passphraseAnswer{phrase, err}
	}()
	waitForEcho(t, person, false)
	if _, err := person.WriteString("sesame\n"); err != nil {
		t.Fatal(err)
	}
	if a := <-answers; a.err != nil || string(a.phrase) != "sesame" {
		t.Errorf("%q, %v", a.phrase, a.err)
	}
	shown := make([]byte, 1000)
	n, err := person.Read(shown)
	if err != nil || !strings.HasPrefix(string(shown[:n]), "passphrase for k: ") || strings.Contains(string(shown[:n]), "sesame") {
		t.Errorf("the terminal shows %q, %v", shown[:n], err)
	}
}

func TestTheTerminalGetsItsEchoBack(t *testing.T) {
	person, program := openTerminal(t)
	t.Cleanup(func() { program.Close() })
	ctx, interrupt := context.WithCancel(t.Context())
	answers := make(chan passphraseAnswer, 1)
	go func() {
		phrase, err := readPassphrase(ctx, program, "passphrase for k")
		answers <- passphraseAnswer{phrase, err}
	}()
	waitForEcho(t, person, false)
	interrupt()
	if a := <-answers; !errors.Is(a.err, context.Canceled) {
		t.Errorf("%q, %v", a.phrase, a.err)
	}
	waitForEcho(t, person, true)
}
