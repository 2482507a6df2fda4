// Package strict decodes TOML and accepts nothing that it does not know: an
// unknown key, a key in another case, a value of another type and a syntax
// error are all an [Error] that names file, line and column. A key that is
// silently ignored in a settings file or a manifest is a check that somebody
// believes in and nobody makes.
//
// The parser is BurntSushi/toml. It matches keys without regard to case,
// passes over a scalar where a map is wanted, and knows the positions of
// neither unknown keys nor the elements of an array of tables; so the keys are
// walked here a second time (keys.go), against the Go type that they go into.
package strict

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// MaxSize is the largest input that Decode reads, in bytes. A manifest entry
// takes about half a kilobyte, so this is more than a hundred thousand plugins.
const MaxSize = 64 << 20

// An Error is a fault of a TOML file at a place. Line and Column count from 1,
// the column in characters; Line is 0 where the fault has no place.
type Error struct {
	File   string
	Line   int
	Column int
	Text   string
	Hint   string // what to do about it; may be empty
}

// Error prints `manifest.toml:12:3: unknown key "foo"`, and the hint on a line of its own.
func (e *Error) Error() string {
	text := e.File + ": " + e.Text
	if e.Line > 0 {
		text = fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Text)
	}
	if e.Hint != "" {
		text += "\nhint: " + e.Hint
	}
	return text
}

// Decode decodes data into the struct that into points to, whose fields carry
// toml tags. Every error is an [*Error]; file is only its name in there. After
// an error into may be half filled.
func Decode(file string, data []byte, into any) error {
	data = trimBOM(data)
	if len(data) > MaxSize {
		return &Error{File: file, Text: fmt.Sprintf("file too large: %d bytes, expected at most %d", len(data), MaxSize)}
	}
	known := fieldsOf{}
	root := reflect.TypeOf(into)
	var unknown *Error
	var tables list
	stopped := walk(data, func(k key) bool {
		if k.head {
			tables.add(k)
		}
		if unknown != nil {
			return true // to the end all the same: the depth counts
		}
		if text, hint := known.check(root, k); text != "" {
			unknown = at(file, data, k.start, text)
			unknown.Hint = hint
		}
		return true
	})
	// Before the parser sees the data: it recurses without a limit of its own.
	if errors.Is(stopped.err, errTooDeep) {
		return at(file, data, stopped.pos, stopped.err.Error())
	}
	if unknown == nil && stopped.err == nil && parseInPieces(data, tables, pieceSize, into) {
		return nil
	}
	wrong := parse(data, into)
	if wrong == nil && unknown == nil && stopped.err == nil {
		return nil
	}
	if err := parse(data, new(map[string]any)); err != nil {
		return syntaxError(file, data, err)
	}
	if unknown != nil {
		return unknown
	}
	if stopped.err != nil {
		return at(file, data, stopped.pos, "not understood: "+stopped.err.Error())
	}
	return typeError(file, data, root.Elem(), wrong)
}

// At is an Error at the key that path leads to: names of keys, and ints for
// the elements of arrays, as in At(f, data, text, "plugin", 2, "approval",
// "by"). Where there is no such key it points to the nearest table around it.
func At(file string, data []byte, text string, path ...any) *Error {
	data = trimBOM(data)
	best, offset := 0, -1
	walk(data, func(k key) bool {
		n := 0
		for n < len(k.path) && n < len(path) && k.path[n] == path[n] {
			n++
		}
		if n == len(k.path) && n > best {
			best, offset = n, k.start
		}
		return best < len(path)
	})
	if offset < 0 {
		return &Error{File: file, Text: text}
	}
	return at(file, data, offset, text)
}

// parse calls the parser and turns a panic of it into an error.
func parse(data []byte, into any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("toml parser: %v", r)
		}
	}()
	return toml.Unmarshal(data, into)
}

func syntaxError(file string, data []byte, err error) *Error {
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		return &Error{File: file, Text: err.Error()}
	}
	// The parser's offset may lie before the start, or on the far side of a
	// newline; then its line is right.
	e := at(file, data, max(0, min(parse.Position.Start, len(data))), parse.Message)
	if parse.Position.Line > 0 && parse.Position.Line != e.Line {
		e.Line, e.Column = parse.Position.Line, 1
	}
	return e
}

// typeError finds the place of an error that the parser reports without one.
// A valid file cut before any statement is valid, so the culprit is the last
// statement of the shortest such prefix that fails in the same way.
func typeError(file string, data []byte, into reflect.Type, err error) *Error {
	var starts []int // of each statement, and of its first key
	var keys []int
	walk(data, func(k key) bool {
		if len(starts) == 0 || starts[len(starts)-1] != k.statement {
			starts, keys = append(starts, k.statement), append(keys, k.start)
		}
		return true
	})
	end := func(i int) int {
		if i+1 < len(starts) {
			return starts[i+1]
		}
		return len(data)
	}
	i := sort.Search(len(starts), func(i int) bool {
		failed := parse(data[:end(i)], reflect.New(into).Interface())
		if failed != nil {
			err = failed
		}
		return failed != nil
	})
	if i == len(starts) {
		return &Error{File: file, Text: plain(err)}
	}
	return at(file, data, keys[i], plain(err))
}

var (
	incompatible = regexp.MustCompile(`incompatible types: TOML value has type (.+); destination has type (.+)$`)
	mismatch     = regexp.MustCompile(`type mismatch for .+: expected (.+) but found (.+)$`)
	goToTOML     = strings.NewReplacer("map[string]any", "table", "[]any", "array", "slice", "array",
		"int64", "integer", "float64", "float", "boolean", "boolean", "bool", "boolean", "time.Time", "datetime")
)

// plain rewords an error of the parser for somebody who knows TOML and not Go.
func plain(err error) string {
	if m := incompatible.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Sprintf("wrong type: expected %s, found %s", goToTOML.Replace(m[2]), goToTOML.Replace(m[1]))
	}
	if m := mismatch.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Sprintf("wrong type: expected %s, found %s", m[1], goToTOML.Replace(m[2]))
	}
	var parse toml.ParseError
	if errors.As(err, &parse) {
		return parse.Message
	}
	return err.Error()
}

// at is an Error at an offset in bytes.
func at(file string, data []byte, offset int, text string) *Error {
	before := data[:offset]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return &Error{File: file, Line: line, Column: column, Text: text}
}

func trimBOM(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) }
