package strict

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/BurntSushi/toml"
)

// maxDepth is how many arrays and tables may lie inside each other, and how
// many parts a key may have. Files written by people stay below ten.
const maxDepth = 64

var errTooDeep = errors.New("nested too deeply")

// A key is one place where a TOML file names a key: the head of a table, or
// what stands before "=".
type key struct {
	path      []any // strings, and an int for each element of an array
	start     int   // offset of the key, or of the bracket of a head
	statement int   // offset of the top-level statement that it stands in
	head      bool  // of a table or of an element of an array of tables
	table     bool  // a head, or its value is an inline table
}

// A stop is where and why a walk ended early; err is nil at the end of the
// file and where the visitor wanted no more.
type stop struct {
	pos int
	err error
}

// walk calls visit for each key of data in order, until visit returns false.
// Of a file that the parser accepts it visits all keys (FuzzKeys holds it to
// that); of any other it visits those before the fault, and perhaps a few more.
func walk(data []byte, visit func(key) bool) (end stop) {
	w := walker{data: data, visit: visit, elements: map[string]int{}}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case stop:
			end = r
		default:
			panic(r)
		}
	}()
	for w.skip(" \t\r\n"); w.pos < len(data); w.skip(" \t\r\n") {
		w.statement = w.pos
		if w.peek() == '[' {
			w.head()
		} else {
			w.pair(w.context, 0)
		}
	}
	return stop{}
}

type walker struct {
	data      []byte
	pos       int
	visit     func(key) bool
	context   []any
	statement int
	elements  map[string]int // how many elements the array of tables at a path has so far
}

func (w *walker) fail(err error) { panic(stop{w.pos, err}) }

func (w *walker) emit(k key) {
	k.statement = w.statement
	if !w.visit(k) {
		panic(stop{})
	}
}

// peek is the next byte, or 0 at the end.
func (w *walker) peek() byte {
	if w.pos < len(w.data) {
		return w.data[w.pos]
	}
	return 0
}

func (w *walker) expect(c byte) {
	if w.peek() != c {
		w.fail(fmt.Errorf("expected %q", c))
	}
	w.pos++
}

// skip passes over the bytes in set and, where set holds a newline, comments.
func (w *walker) skip(set string) {
	comments := bytes.ContainsRune([]byte(set), '\n')
	for w.pos < len(w.data) {
		c := w.data[w.pos]
		switch {
		case bytes.IndexByte([]byte(set), c) >= 0:
			w.pos++
		case c == '#' && comments:
			w.until("\n")
		default:
			return
		}
	}
}

// until moves to the next byte of set, or to the end.
func (w *walker) until(set string) {
	if n := bytes.IndexAny(w.data[w.pos:], set); n >= 0 {
		w.pos += n
	} else {
		w.pos = len(w.data)
	}
}

// head reads [table] or [[array of tables]].
func (w *walker) head() {
	start := w.pos
	w.pos++
	array := w.peek() == '['
	if array {
		w.pos++
	}
	var path []any
	parts := w.parts()
	for i, part := range parts {
		path = append(path, part)
		name := fmt.Sprintf("%q", path)
		if array && i == len(parts)-1 {
			w.elements[name]++
		}
		if n := w.elements[name]; n > 0 {
			path = append(path, n-1)
		}
	}
	w.expect(']')
	if array {
		w.expect(']')
	}
	w.context = path
	w.emit(key{path: path, start: start, head: true, table: true})
}

// pair reads key = value inside the table at path.
func (w *walker) pair(path []any, depth int) {
	start := w.pos
	path = path[:len(path):len(path)]
	for _, part := range w.parts() {
		path = append(path, part)
	}
	w.expect('=')
	w.skip(" \t")
	w.emit(key{path: path, start: start, table: w.peek() == '{'})
	w.value(path, depth)
}

// parts reads a key of one or more parts: a."b.c".'d'
func (w *walker) parts() []string {
	var parts []string
	for {
		w.skip(" \t")
		parts = append(parts, w.part())
		if len(parts) > maxDepth {
			w.fail(errTooDeep)
		}
		w.skip(" \t")
		if w.peek() != '.' {
			return parts
		}
		w.pos++
	}
}

func (w *walker) part() string {
	start := w.pos
	switch c := w.peek(); c {
	case '"', '\'':
		w.quoted(c)
		raw := w.data[start:w.pos]
		if c == '\'' || !bytes.Contains(raw, []byte(`\`)) {
			return string(raw[1 : len(raw)-1])
		}
		// Escapes are the parser's business.
		var v struct{ K string }
		if err := toml.Unmarshal(append([]byte("K="), raw...), &v); err != nil {
			w.fail(err)
		}
		return v.K
	}
	for isBare(w.peek()) {
		w.pos++
	}
	if w.pos == start {
		w.fail(errors.New("expected a key"))
	}
	return string(w.data[start:w.pos])
}

func isBare(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

// value passes over a value and visits the keys inside it.
func (w *walker) value(path []any, depth int) {
	if depth > maxDepth {
		w.fail(errTooDeep)
	}
	switch c := w.peek(); c {
	case '"', '\'':
		if bytes.HasPrefix(w.data[w.pos:], []byte{c, c, c}) {
			w.multiline(c)
		} else {
			w.quoted(c)
		}
	case '[':
		w.list(']', func(i int) {
			w.value(append(path[:len(path):len(path)], i), depth+1)
		})
	case '{':
		w.list('}', func(int) { w.pair(path, depth+1) })
	default:
		w.until(",]}#\r\n")
	}
}

// list passes over what stands between an opening byte and closing, by commas.
func (w *walker) list(closing byte, element func(i int)) {
	w.pos++
	for i := 0; ; i++ {
		w.skip(" \t\r\n")
		if w.peek() == closing {
			break
		}
		element(i)
		w.skip(" \t\r\n")
		if w.peek() == closing {
			break
		}
		w.expect(',')
	}
	w.pos++
}

// quoted passes over a string on one line.
func (w *walker) quoted(quote byte) {
	for w.pos++; ; w.pos++ {
		switch c := w.peek(); {
		case c == quote:
			w.pos++
			return
		case w.pos >= len(w.data), c == '\n':
			w.fail(errors.New("unterminated string"))
		case c == '\\' && quote == '"':
			w.pos++
		}
	}
}

// multiline passes over a string in triple quotes, which may end in up to two
// quotes of its own.
func (w *walker) multiline(quote byte) {
	closing := []byte{quote, quote, quote}
	for w.pos += 3; !bytes.HasPrefix(w.data[min(w.pos, len(w.data)):], closing); w.pos++ {
		if w.pos >= len(w.data) {
			w.fail(errors.New("unterminated string"))
		}
		if w.peek() == '\\' && quote == '"' {
			w.pos++
		}
	}
	w.pos += 3
	for range 2 {
		if w.peek() == quote {
			w.pos++
		}
	}
}
