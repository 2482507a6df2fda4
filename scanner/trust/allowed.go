package trust

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"plugvet/scanner/boundedfile"

	"golang.org/x/crypto/ssh"
)

// Limits of an allowed_signers file, in bytes. The largest RSA key makes a
// line of 3 KB.
const (
	maxAllowedSigners = 1 << 20
	maxAllowedLine    = 16 << 10
)

// ReadAllowedSigners reads an allowed_signers file as ssh-keygen(1) describes
// it. Unlike ssh-keygen, which looks only at the lines that it comes to, it
// refuses a file with any fault, and one that names nobody. Errors name file
// and line.
func ReadAllowedSigners(path string) (*AllowedSigners, error) {
	data, err := boundedfile.Read(path, maxAllowedSigners)
	if err != nil {
		return nil, fmt.Errorf("allowed signers: %w", err)
	}
	return parseAllowedSigners(path, data)
}

func parseAllowedSigners(file string, data []byte) (*AllowedSigners, error) {
	a := new(AllowedSigners)
	number := 0
	for text := range bytes.Lines(data) {
		number++
		line, err := parseAllowed(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
		if line != nil {
			a.lines = append(a.lines, *line)
		}
	}
	if len(a.lines) == 0 {
		return nil, &os.PathError{Op: "allowed signers", Path: file, Err: errors.New("nobody may sign: every line is empty or a comment")}
	}
	return a, nil
}

// parseAllowed reads one line; nil is an empty line or a comment.
func parseAllowed(text string) (*allowed, error) {
	if len(text) > maxAllowedLine {
		return nil, fmt.Errorf("%d bytes in a line, expected at most %d", len(text), maxAllowedLine)
	}
	text = strings.Trim(text, " \t\r\n")
	if text == "" || text[0] == '#' {
		return nil, nil
	}
	// What stands here is printed. Nothing of it may reach a terminal as a command.
	if i := strings.IndexFunc(text, func(r rune) bool { return r != '\t' && !unicode.IsPrint(r) }); i >= 0 || !utf8.ValidString(text) {
		return nil, errors.New("expected printable characters only")
	}
	principals, rest, err := cutPrincipals(text)
	if err != nil {
		return nil, err
	}
	line := &allowed{principals: principals}
	if !startsWithKey(rest) {
		if rest, err = line.parseOptions(rest); err != nil {
			return nil, err
		}
	}
	key, err := parseKey(rest)
	if err != nil {
		return nil, err
	}
	line.blob = string(key.Marshal())
	return line, nil
}

// cutPrincipals splits off the first field, which may be quoted as a whole.
func cutPrincipals(text string) (principals, rest string, err error) {
	if quoted, ok := strings.CutPrefix(text, `"`); ok {
		if principals, rest, ok = strings.Cut(quoted, `"`); !ok {
			return "", "", errors.New("principals: a closing quote is missing")
		}
	} else if i := strings.IndexAny(text, " \t"); i >= 0 {
		principals, rest = text[:i], text[i:]
	}
	rest = strings.TrimLeft(rest, " \t")
	if rest == "" {
		return "", "", errors.New("expected principals, options, key type and key")
	}
	names := false
	for pattern := range strings.SplitSeq(principals, ",") {
		if strings.TrimPrefix(pattern, "!") == "" {
			return "", "", fmt.Errorf("principals %q: an empty pattern", principals)
		}
		if len(pattern) > maxPattern {
			return "", "", fmt.Errorf("principals: a pattern of %d characters, expected at most %d", len(pattern), maxPattern)
		}
		names = names || pattern[0] != '!'
	}
	if !names {
		return "", "", fmt.Errorf("principals %q name nobody", principals)
	}
	return principals, rest, nil
}

// startsWithKey reports whether a key's type stands next, and so no options.
func startsWithKey(text string) bool {
	word, _, _ := strings.Cut(strings.ReplaceAll(text, "\t", " "), " ")
	return !strings.ContainsAny(word, `=",`) &&
		(strings.HasPrefix(word, "ssh-") || strings.HasPrefix(word, "sk-") || strings.HasPrefix(word, "ecdsa-"))
}

func parseKey(text string) (ssh.PublicKey, error) {
	fields := strings.Fields(text)
	if len(fields) < 2 {
		return nil, errors.New("expected a key's type and the key")
	}
	blob, err := base64.StdEncoding.DecodeString(fields[1])
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	key, err := ssh.ParsePublicKey(blob)
	switch {
	case err != nil:
		return nil, fmt.Errorf("key: %w", err)
	case key.Type() != fields[0]:
		return nil, fmt.Errorf("key: it is of type %q, and the line says %q", key.Type(), fields[0])
	}
	if _, ok := key.(*ssh.Certificate); ok {
		return nil, errors.New("key: it is a certificate, which plugvet does not support; list the plain key")
	}
	return key, nil
}

// parseOptions reads the options and returns what follows them.
func (l *allowed) parseOptions(text string) (rest string, err error) {
	seen := map[string]bool{}
	for {
		end := strings.IndexAny(text, "=, \t")
		if end < 0 {
			end = len(text)
		}
		name := strings.ToLower(text[:end])
		text = text[end:]
		switch name {
		case "cert-authority":
			return "", errors.New("cert-authority: plugvet does not support certificates; list the keys of those who sign")
		case "namespaces", "valid-after", "valid-before":
		default:
			return "", fmt.Errorf("unknown option %q, expected namespaces, valid-after or valid-before, or a key's type", name)
		}
		if seen[name] {
			return "", fmt.Errorf("%s stands here twice", name)
		}
		seen[name] = true
		var value string
		if value, text, err = cutQuoted(text); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		if err := l.set(name, value); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		if text == "" || text[0] == ' ' || text[0] == '\t' {
			break
		}
		if text[0] != ',' {
			return "", fmt.Errorf("expected a comma or a space behind %s, found %q", name, text[:1])
		}
		text = text[1:]
	}
	if !l.after.IsZero() && !l.before.IsZero() && !l.before.After(l.after) {
		return "", errors.New("valid-before is not later than valid-after")
	}
	return strings.TrimLeft(text, " \t"), nil
}

// cutQuoted reads ="value", in which \" stands for a quote.
func cutQuoted(text string) (value, rest string, err error) {
	rest, ok := strings.CutPrefix(text, `="`)
	if !ok {
		return "", "", errors.New(`expected ="…"`)
	}
	for i := 0; i < len(rest); i++ {
		switch {
		case rest[i] == '\\' && i+1 < len(rest) && rest[i+1] == '"':
			i++
		case rest[i] == '"':
			return strings.ReplaceAll(rest[:i], `\"`, `"`), rest[i+1:], nil
		}
	}
	return "", "", errors.New("a closing quote is missing")
}

func (l *allowed) set(name, value string) error {
	if name == "namespaces" {
		if value == "" || len(value) > maxPattern {
			return fmt.Errorf("expected a pattern list of 1 to %d characters", maxPattern)
		}
		l.namespaces = value
		return nil
	}
	at, err := parseTimestamp(value)
	if err != nil {
		return err
	}
	if name == "valid-after" {
		l.after = at
	} else {
		l.before = at
	}
	return nil
}

// parseTimestamp reads YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, which is in
// the time zone of this machine unless Z follows.
func parseTimestamp(text string) (time.Time, error) {
	zone := time.Local
	digits := text
	if n := len(text); n > 0 && (text[n-1] == 'Z' || text[n-1] == 'z') {
		digits, zone = text[:n-1], time.UTC
	}
	const layout = "20060102150405"
	switch len(digits) {
	case 8, 12, 14:
		if at, err := time.ParseInLocation(layout[:len(digits)], digits, zone); err == nil && at.Unix() > 0 {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q: expected YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, and Z behind it for UTC", text)
}
