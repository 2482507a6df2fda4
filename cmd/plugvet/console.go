package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// errInterrupted is Ctrl-C at a prompt.
var errInterrupted = errors.New("interrupted")

// Keys that are not letters, as console.key gives them.
const (
	keyEnter = '\r'
	keyOther = 0 // arrows and the like
)

// A console asks somebody questions: on a terminal by single keys, elsewhere
// (a pipe, TERM=dumb) by lines, of which the first letter is the key.
type console struct {
	ctx   context.Context
	out   *bufio.Writer
	input <-chan input
	raw   bool
	width int
	// escaped says that the last key was an Escape by itself, as it seemed.
	escaped bool
	// terminal is the one that answers come from, nil where they do not.
	terminal *os.File
	close    func()
}

type input struct {
	b   byte
	err error
}

// openConsole takes the terminal over until close. Ctrl-C is a key then, and no
// signal.
func (c *call) openConsole(ctx context.Context) (*console, error) {
	feed := make(chan input)
	k := &console{ctx: ctx, out: bufio.NewWriter(c.stdout), input: feed, width: c.columns, close: func() {}}
	if c.stdinIsTerminal {
		k.terminal = c.stdin
	}
	if k.raw = c.stdinIsTerminal && c.stdoutIsTerminal && c.getenv("TERM") != "dumb"; k.raw {
		state, err := term.MakeRaw(int(c.stdin.Fd()))
		if err != nil {
			return nil, fmt.Errorf("terminal: %w", err)
		}
		k.close = func() { _ = term.Restore(int(c.stdin.Fd()), state) }
		k.out = bufio.NewWriter(newlines{c.stdout})
	}
	if k.terminal != nil {
		dropTypeahead(int(k.terminal.Fd())) // keys that were hit while the scan ran answer nothing
	}
	go read(ctx, c.stdin, feed)
	return k, nil
}

// read hands out one byte at a time, so that none is taken that somebody else
// should have. It may outlive the console, waiting for a key.
func read(ctx context.Context, from *os.File, feed chan<- input) {
	defer close(feed)
	buffer := make([]byte, 1)
	for {
		n, err := from.Read(buffer)
		if n == 0 && err == nil {
			continue
		}
		next := input{buffer[0], err}
		if n > 0 {
			next.err = nil
		}
		select {
		case feed <- next:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// handOver is how long a byte takes at most from the terminal to the channel.
const handOver = 20 * time.Millisecond

// forget discards what was typed before a question that must be read first.
// Ctrl-C counts all the same. Lines of a pipe are no typing, and stay.
func (k *console) forget() error {
	if k.terminal == nil {
		return nil
	}
	dropTypeahead(int(k.terminal.Fd()))
	for {
		select {
		case in, ok := <-k.input:
			if !ok || in.err != nil {
				return io.EOF
			}
			if k.raw && in.b == 3 {
				return errInterrupted
			}
		case <-time.After(handOver):
			return nil
		}
	}
}

// newlines writes for a terminal in raw mode, where a newline goes down only.
type newlines struct{ io.Writer }

func (w newlines) Write(p []byte) (int, error) {
	_, err := w.Writer.Write([]byte(strings.ReplaceAll(string(p), "\n", "\r\n")))
	return len(p), err
}

// printf writes text, whose strings must be free of control characters.
func (k *console) printf(format string, args ...any) { fmt.Fprintf(k.out, format, args...) }

// next is the next byte of input: io.EOF at its end, errInterrupted for Ctrl-C
// and the error of a context that is over.
func (k *console) next() (byte, error) {
	if err := k.out.Flush(); err != nil {
		return 0, writing("stdout", err)
	}
	select {
	case in, ok := <-k.input:
		switch {
		case !ok:
			return 0, io.EOF
		case k.raw && in.b == 3 && in.err == nil:
			return 0, errInterrupted
		default:
			return in.b, in.err
		}
	case <-k.ctx.Done():
		return 0, k.ctx.Err()
	}
}

// Read lets the line editor of x/term read from the console.
func (k *console) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	b, err := k.next()
	if err != nil {
		return 0, err
	}
	p[0] = b
	return 1, nil
}

func (k *console) Write(p []byte) (int, error) { return k.out.Write(p) }

// key waits for one answer, in lower case.
func (k *console) key() (rune, error) {
	if !k.raw {
		line, err := k.plainLine()
		if err != nil {
			return 0, err
		}
		for _, r := range strings.ToLower(strings.TrimSpace(line)) {
			return r, nil
		}
		return keyEnter, nil
	}
	escaped := k.escaped
	k.escaped = false
	b, err := k.next()
	switch {
	case err != nil:
		return 0, err
	case b == 4: // Ctrl-D
		return 0, io.EOF
	case b == '\r' || b == '\n':
		return keyEnter, nil
	case b == 0x1b:
		return keyOther, k.escape()
	case escaped && introduces(b):
		return keyOther, k.sequence()
	case b < ' ' || b > '~':
		return keyOther, nil
	}
	return []rune(strings.ToLower(string(rune(b))))[0], nil
}

// escape passes over what follows an Escape in an escape sequence (ECMA-48), such as that
// of an arrow key.
func (k *console) escape() error {
	for {
		select {
		case in, ok := <-k.input:
			switch {
			case !ok:
				return io.EOF
			case in.err != nil:
				return in.err
			case k.raw && in.b == 3:
				return errInterrupted
			case in.b == 0x1b:
				continue
			case introduces(in.b):
				return k.sequence()
			}
			return nil
		case <-time.After(50 * time.Millisecond): // it is one by itself, unless the line is slow
			k.escaped = true
			return nil
		}
	}
}

// sequence passes over the rest of an escape sequence, however late it comes: its last byte
// is a letter, and must not be taken for an answer.
func (k *console) sequence() error {
	for {
		if b, err := k.next(); err != nil || b >= 0x40 && b <= 0x7e {
			return err
		}
	}
}

// introduces tells the second byte of the sequences that keys send.
func introduces(b byte) bool { return b == '[' || b == 'O' }

// line asks for a line of text.
func (k *console) line(prompt string) (string, error) {
	if !k.raw {
		k.printf("%s", prompt)
		line, err := k.plainLine()
		return strings.TrimSpace(line), err
	}
	if err := k.out.Flush(); err != nil {
		return "", writing("stdout", err)
	}
	// The editor writes its own carriage returns.
	editor := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{k, flushing{k.out}}, prompt)
	if k.width > 0 {
		_ = editor.SetSize(k.width, 24) // fails where it cannot write, which Flush tells
	}
	line, err := editor.ReadLine()
	if errors.Is(err, term.ErrPasteIndicator) {
		err = nil
	}
	return strings.TrimSpace(line), err
}

// flushing shows at once what is typed.
type flushing struct{ *bufio.Writer }

func (w flushing) Write(p []byte) (int, error) {
	// newlines adds the carriage return that the editor wrote already.
	_, err := w.Writer.WriteString(strings.ReplaceAll(string(p), "\r\n", "\n"))
	if err == nil {
		err = w.Flush()
	}
	return len(p), err
}

// maxLine bounds a line of input, in bytes.
const maxLine = 1 << 16

func (k *console) plainLine() (string, error) {
	var line []byte
	for {
		b, err := k.next()
		switch {
		case errors.Is(err, io.EOF) && len(line) > 0:
			return string(line), nil
		case err != nil:
			return "", err
		case b == '\n':
			return string(line), nil
		case len(line) >= maxLine:
			return "", fmt.Errorf("an answer of more than %d bytes", maxLine)
		}
		line = append(line, b)
	}
}
