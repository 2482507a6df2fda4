package locate

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// PHP's ini files have a grammar of their own (Zend/zend_ini_scanner.l,
// zend_ini_parser.y, main/php_ini.c): "#" begins no comment, quotes may span
// lines and join, ${NAME} stands for another setting or a variable, a word may
// be a constant, and what stands below [PATH=…] or [HOST=…] holds only there.
// No ini library reads it so and tells lines, hence this parser. A test with
// the tag hosts compares it with PHP's own.

// An iniEntry is one "key = value" of a PHP ini file.
type iniEntry struct {
	key   string
	index string // of "key[index] = value"
	value string
	// unknown says what the value depends on that no file tells; value is
	// then of no use.
	unknown string
	section string // the [PATH=…] or [HOST=…] that it holds for, else empty
	line    int
}

// maxINIEntries bounds the entries of one ini file. A php.ini has some 200.
const maxINIEntries = 100_000

// maxINIExpanded bounds what all ${NAME} of a file stand for, in bytes, since
// each setting may double the one before.
const maxINIExpanded = 1 << 20

// parseINI reads an ini file as PHP does in its normal mode. At a syntax error
// PHP reads no further, so neither does this: it returns what stands before,
// and the error. lookup gives the value of a constant, or of a setting that
// this file did not set so far.
func parseINI(data []byte, lookup func(name string) (string, bool)) ([]iniEntry, error) {
	p := iniParser{data: bytes.TrimPrefix(data, []byte("\ufeff")), line: 1, known: map[string]string{}, lookup: lookup}
	for {
		p.skip(" \t\r\n")
		switch c := p.peek(); {
		case p.pos >= len(p.data):
			return p.entries, p.ended
		case len(p.entries) >= maxINIEntries:
			return p.entries, p.errorf("more than %d entries", maxINIEntries)
		case c == ';':
			p.comment()
		case c == '[':
			if err := p.header(); err != nil {
				return p.entries, err
			}
		default:
			if err := p.entry(); err != nil {
				return p.entries, err
			}
		}
	}
}

type iniParser struct {
	data    []byte
	pos     int
	line    int // of pos, from 1
	section string
	entries []iniEntry
	known   map[string]string // what the entries so far set
	lookup  func(string) (string, bool)
	ended   error // why the file ends before its end
	// expanded counts the bytes that variables stood for.
	expanded int
}

func (p *iniParser) errorf(format string, args ...any) error {
	return fmt.Errorf("line %d: %s", p.line, fmt.Sprintf(format, args...))
}

// peek returns the next byte, or 0 at the end.
func (p *iniParser) peek() byte {
	if p.pos < len(p.data) {
		return p.data[p.pos]
	}
	return 0
}

// next takes one byte and counts lines: "\n", "\r\n" and "\r" each end one.
func (p *iniParser) next() byte {
	c := p.peek()
	p.pos++
	if c == '\n' || c == '\r' && p.peek() != '\n' {
		p.line++
	}
	return c
}

func (p *iniParser) skip(set string) {
	for p.pos < len(p.data) && strings.IndexByte(set, p.peek()) >= 0 {
		p.next()
	}
}

// until takes bytes up to the first one of set or the end.
func (p *iniParser) until(set string) string {
	start := p.pos
	for p.pos < len(p.data) && strings.IndexByte(set, p.peek()) < 0 {
		p.next()
	}
	return string(p.data[start:p.pos])
}

func (p *iniParser) comment() { p.until("\r\n") }

// header reads "[name]". Any other section than PATH and HOST is decoration.
func (p *iniParser) header() error {
	p.next()
	var name strings.Builder
	for {
		name.WriteString(p.until("]\"';\r\n\x00"))
		switch c := p.peek(); c {
		case ']':
			p.next()
			p.section = ""
			if text := name.String(); len(text) >= 4 && (strings.EqualFold(text[:4], "PATH") || strings.EqualFold(text[:4], "HOST")) {
				p.section = text
			}
			return nil
		case '"', '\'':
			p.next()
			name.WriteString(p.until(string(c)))
			if p.peek() != c {
				return p.errorf("unexpected end of file in a section's name")
			}
			p.next()
		default:
			return p.errorf("the name of a section has no end")
		}
	}
}

// notInKey are the bytes that end a key.
const notInKey = "=\n\r\t;&|^$~(){}!\"[]\x00"

func (p *iniParser) entry() error {
	e := iniEntry{line: p.line, section: p.section}
	e.key = strings.TrimRight(p.until(notInKey), " ")
	if p.peek() == '[' && e.key != "" {
		p.next()
		e.index = strings.Trim(p.until("]\r\n"), " \t\"'")
		if p.peek() != ']' {
			return p.errorf("%q has no closing bracket", e.key)
		}
		p.next()
	}
	p.skip(" \t")
	switch c := p.peek(); {
	case e.key != "" && c == '=':
		p.next()
		if err := p.value(&e); err != nil {
			return err
		}
		p.entries = append(p.entries, e)
		if e.unknown != "" {
			delete(p.known, e.key)
		} else if e.section == "" {
			p.known[e.key] = e.value
		}
	case e.key != "" && (p.pos >= len(p.data) || strings.IndexByte("\r\n;", c) >= 0):
		// A key without a value says nothing.
	default:
		return p.errorf("unexpected %q", c)
	}
	return nil
}

// value reads up to the end of the line or the comment. It is made of parts
// that join: bare text, strings in quotes, ${NAME}.
func (p *iniParser) value(e *iniEntry) error {
	var text strings.Builder
	parts, bare := 0, ""
	p.skip(" \t")
	for ; ; parts++ {
		run := p.until("$=\r\n;&|^~()!\"'\x00")
		c := p.peek()
		if c != '$' && c != '\'' && p.pos < len(p.data) {
			run = strings.TrimRight(run, " \t")
		}
		if run != "" {
			bare = run
			text.WriteString(run)
			continue
		}
		var err error
		switch {
		case p.pos >= len(p.data) || strings.IndexByte("\r\n;", c) >= 0:
			p.comment()
			p.finish(e, text.String(), parts, bare)
			return nil
		case c == '"':
			err = p.quoted(e, &text)
		case c == '\'':
			if !p.raw(&text) {
				p.finish(e, text.String(), parts, bare)
				return nil
			}
		case c == '$':
			err = p.dollar(e, &text)
		case strings.IndexByte("&|^~()!", c) >= 0:
			p.next()
			p.skip(" \t")
			e.unknown = "arithmetic"
		default: // "=" and the zero byte
			err = p.errorf("unexpected %q in the value of %q", c, e.key)
		}
		if err != nil {
			return err
		}
	}
}

// finish gives e its value. One that is a single bare word may stand for
// something else.
func (p *iniParser) finish(e *iniEntry, value string, parts int, bare string) {
	e.value = value
	if parts == 1 && bare != "" {
		p.word(e)
	}
}

// raw reads a string in single quotes: no escapes, no variables. It returns
// false where none begins here: behind ” PHP reads on as if a line began, and
// at a quote that nothing closes it reads no further.
func (p *iniParser) raw(text *strings.Builder) bool {
	p.next()
	switch end := bytes.IndexByte(p.data[p.pos:], '\''); end {
	case -1:
		p.ended = p.errorf("a single quote has no end")
		p.pos = len(p.data)
		return false
	case 0:
		return false
	}
	text.WriteString(p.until("'"))
	p.next()
	return true
}

// quoted reads a string in double quotes, in chunks between variables.
func (p *iniParser) quoted(e *iniEntry, text *strings.Builder) error {
	p.next()
	for {
		end := endOfChunk(p.data, p.pos)
		unescapeINI(text, p.data[p.pos:end])
		for p.pos < end {
			p.next()
		}
		switch {
		case p.pos >= len(p.data):
			return p.errorf("a double quote has no end")
		case p.peek() == '"':
			p.next()
			p.skip(" \t")
			return nil
		}
		if err := p.variable(e, text); err != nil {
			return err
		}
	}
}

// endOfChunk finds the quote or the variable that ends a chunk. A backslash
// keeps a quote from ending it, but not at the end of a line, so that
// "C:\dir\" works.
func endOfChunk(data []byte, at int) int {
	for ; at < len(data); at++ {
		switch data[at] {
		case '"':
			return at
		case '$':
			if bytes.HasPrefix(data[at:], []byte("${")) {
				return at
			}
		case '\\':
			rest := data[at+1:]
			if bytes.HasPrefix(rest, []byte(`"`)) && (len(rest) == 1 || rest[1] == '\r' || rest[1] == '\n') {
				return at + 1
			}
			at++
		}
	}
	return len(data)
}

// unescapeINI writes a chunk: a backslash escapes the quote, itself and the
// dollar sign, and stands for itself before anything else.
func unescapeINI(text *strings.Builder, chunk []byte) {
	for i := 0; i < len(chunk); i++ {
		if chunk[i] == '\\' && i+1 < len(chunk) && strings.IndexByte(`"\$`, chunk[i+1]) >= 0 {
			i++
		}
		text.WriteByte(chunk[i])
	}
}

// dollar reads ${NAME}, or a dollar that means itself and takes the byte
// after it along, whatever that is. After a backslash it takes one more,
// unless that is a dollar of its own.
func (p *iniParser) dollar(e *iniEntry, text *strings.Builder) error {
	if p.atVariable() {
		return p.variable(e, text)
	}
	taken := 2
	if rest := p.data[p.pos:]; bytes.HasPrefix(rest, []byte(`$\`)) {
		if !bytes.HasPrefix(rest, []byte(`$\$`)) || bytes.HasPrefix(rest, []byte(`$\${`)) {
			taken = 3
		}
	}
	if p.pos+taken > len(p.data) || p.data[p.pos+1] == 0 {
		return p.errorf("unexpected end after a dollar sign in the value of %q", e.key)
	}
	for range taken {
		text.WriteByte(p.next())
	}
	return nil
}

func (p *iniParser) atVariable() bool { return bytes.HasPrefix(p.data[p.pos:], []byte("${")) }

// variable reads ${NAME} or PHP 8.3's ${NAME:-default}. NAME is a setting that
// was read before, else a variable of the environment, which no file tells.
func (p *iniParser) variable(e *iniEntry, text *strings.Builder) error {
	p.pos += len("${")
	name := p.until("}\r\n\x00")
	if p.peek() != '}' {
		return p.errorf("${%s has no closing brace", name)
	}
	p.next()
	name, _, _ = strings.Cut(name, ":-")
	value, ok := p.known[name]
	if !ok {
		value, ok = p.lookup(name)
	}
	if p.expanded += len(value); p.expanded > maxINIExpanded {
		return p.errorf("variables stand for more than %d bytes", maxINIExpanded)
	}
	text.WriteString(value)
	if ok {
		return nil
	}
	e.unknown = "${" + name + "}"
	return nil
}

// iniConstant matches the names of the constants that PHP itself defines
// before it reads an ini file.
var iniConstant = regexp.MustCompile(`^(PHP|PEAR|E|ZEND|DEFAULT|M|INI)_[A-Z0-9_]+$`)

// word turns a value that is one bare word into what PHP takes it for.
func (p *iniParser) word(e *iniEntry) {
	switch strings.ToLower(strings.TrimRight(e.value, " \t")) {
	case "true", "on", "yes":
		e.value = "1"
		return
	case "false", "off", "no", "none", "null":
		e.value = ""
		return
	}
	if !iniConstant.MatchString(e.value) {
		return
	}
	if value, ok := p.lookup(e.value); ok {
		e.value = value
	} else {
		e.unknown = "the constant " + e.value
	}
}
