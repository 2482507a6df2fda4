package locate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// walkJSON calls visit for every value of a JSON text, parents before their
// children, with the keys that lead to it, its own text and the line (from 1)
// of its key. An array or an object comes as its opening bracket, and the
// elements of an array all have the key "#". visit must not keep keys or raw.
//
// Keys are compared as JavaScript does, which is why this is not
// encoding/json's reading into a struct: that one takes "Name" for "name". Of
// a key that occurs twice the last one counts, in both, so a visitor assigns.
// An error names the line. encoding/json's own check bounds the nesting.
func walkJSON(data []byte, visit func(keys []string, raw []byte, line int)) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // as npm and Node.js do
	if !json.Valid(data) {
		return jsonError(data)
	}
	var keys []string // of the value that comes next, once it is known
	var arrays []bool // of each open bracket: is it an array?
	isKey := false    // the next string is the key of a member
	line, keyLine := 1, 1
	for i := 0; i < len(data); {
		switch c := data[i]; c {
		case '\n':
			line++
			i++
		case ' ', '\t', '\r', ':':
			i++
		case ',':
			isKey = !arrays[len(arrays)-1]
			i++
		case '}', ']':
			arrays = arrays[:len(arrays)-1]
			keys = keys[:len(arrays)]
			isKey = false
			i++
		case '{', '[':
			keyLine = orLine(keyLine, line, arrays)
			visit(keys, data[i:i+1], keyLine)
			arrays = append(arrays, c == '[')
			keys = append(keys, "#")
			isKey = c == '{'
			i++
		default:
			end := i + scalarLength(data[i:])
			raw := data[i:end]
			i = end
			if isKey {
				keys[len(keys)-1], _ = jsonString(raw)
				isKey, keyLine = false, line
				continue
			}
			keyLine = orLine(keyLine, line, arrays)
			visit(keys, raw, keyLine)
		}
	}
	return nil
}

// orLine returns the line of the member's key, or the value's own where it has none.
func orLine(keyLine, line int, arrays []bool) int {
	if len(arrays) == 0 || arrays[len(arrays)-1] {
		return line
	}
	return keyLine
}

// scalarLength returns the length of the string, number or word that valid
// JSON begins with.
func scalarLength(data []byte) int {
	if data[0] != '"' {
		if n := bytes.IndexAny(data, " \t\r\n,:]}"); n >= 0 {
			return n
		}
		return len(data)
	}
	for i := 1; ; i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}

// jsonString decodes a value that walkJSON gave, if it is a string.
func jsonString(raw []byte) (string, bool) {
	if len(raw) == 0 || raw[0] != '"' {
		return "", false
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return strings.ToValidUTF8(string(raw[1:len(raw)-1]), "\ufffd"), true
	}
	var text string
	return text, json.Unmarshal(raw, &text) == nil
}

// jsonError says what is wrong with a text that is not valid JSON, and where.
func jsonError(data []byte) error {
	var ignored json.RawMessage
	err := json.Unmarshal(data, &ignored)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		before := data[:min(int(syntax.Offset), len(data))]
		return fmt.Errorf("line %d: %w", 1+bytes.Count(before, []byte("\n")), err)
	}
	return err
}

// plainJSON returns a JSON text with comments and trailing commas (JSONC, as
// bun writes it) turned into spaces, so that every line keeps its number.
func plainJSON(data []byte) []byte {
	plain := bytes.Clone(data)
	comma := -1 // of a comma after which nothing but space and comments came
	for i := 0; i < len(plain); i++ {
		rest := plain[i:]
		switch {
		case rest[0] == '"':
			comma = -1
			for i++; i < len(plain) && plain[i] != '"' && plain[i] != '\n'; i++ {
				if plain[i] == '\\' {
					i++
				}
			}
		case bytes.HasPrefix(rest, []byte("//")):
			i += blank(rest, "\n", 0) - 1
		case bytes.HasPrefix(rest, []byte("/*")):
			i += blank(rest, "*/", 2) - 1
		case rest[0] == ',':
			comma = i
		case rest[0] == '}' || rest[0] == ']':
			if comma >= 0 {
				plain[comma] = ' '
			}
			comma = -1
		case !strings.ContainsRune(" \t\r\n", rune(rest[0])):
			comma = -1
		}
	}
	return plain
}

// blank overwrites a comment up to its end mark, of which it takes the first
// marks bytes too, and returns how many bytes that were.
func blank(comment []byte, end string, marks int) int {
	length := len(comment)
	if n := bytes.Index(comment[marks:], []byte(end)); n >= 0 {
		length = marks + n + marks
	}
	for i := range comment[:length] {
		if comment[i] != '\n' {
			comment[i] = ' '
		}
	}
	return length
}
