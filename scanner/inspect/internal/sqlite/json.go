package sqlite

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// document is a text that is JSON for SQLite, too.
func (x *run) document(v Value) (raw json.RawMessage, ok bool) {
	const deepest = 1000 // of which any version knows what it is
	text := v.String()
	if v.Kind == Blob || !x.reads(len(text)) || !json.Valid([]byte(text)) {
		return nil, false
	}
	depth, quoted := 0, false
	for i := 0; i < len(text) && depth <= deepest; i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == '[' || c == '{'):
			depth++
		case !quoted && (c == ']' || c == '}'):
			depth--
		}
	}
	return json.RawMessage(text), depth <= deepest
}

// fromJSON is ->> and ->, and json_extract of one path.
func (x *run) fromJSON(document, path Value, quoted bool) Value {
	if document.Kind == Null || path.Kind == Null {
		return null
	}
	raw, ok := x.document(document)
	if !ok {
		return x.fail()
	}
	p := path.String()
	switch {
	case path.Kind == Integer:
		p = "[" + p + "]"
		if path.Int < 0 {
			p = "[#" + path.String() + "]"
		}
	case strings.HasPrefix(p, "$"):
		p = p[1:]
	case p == "" || isDigit(p[0]) || p[0] == '[': // versions do not agree
		return Value{}
	default:
		p = `."` + p + `"`
	}
	raw, found, ok := x.jsonAt(raw, p)
	if !ok {
		return x.fail()
	}
	if !found {
		return null
	}
	if quoted {
		return x.minified(raw)
	}
	return x.scalarOf(raw)
}

// jsonAt goes into a document by a path.
func (x *run) jsonAt(raw json.RawMessage, path string) (at json.RawMessage, found, ok bool) {
	for path != "" {
		if !x.reads(len(raw) + len(path)) {
			return nil, false, false
		}
		if path[0] == '[' {
			inside, rest, closed := strings.Cut(path[1:], "]")
			var list []json.RawMessage
			if !closed {
				return nil, false, false
			}
			if json.Unmarshal(raw, &list) != nil {
				return nil, false, true
			}
			n, err := strconv.Atoi(strings.TrimPrefix(inside, "#"))
			if inside != "" && inside[0] == '#' {
				n += len(list)
			}
			if err != nil {
				return nil, false, false
			}
			if n < 0 || n >= len(list) {
				return nil, false, true
			}
			raw, path = list[n], rest
			continue
		}
		if path[0] != '.' {
			return nil, false, false
		}
		path = path[1:]
		end := strings.IndexAny(path, ".[")
		if end < 0 {
			end = len(path)
		}
		key := path[:end]
		if strings.HasPrefix(path, `"`) {
			n := strings.IndexByte(path[1:], '"')
			if n < 0 {
				return nil, false, false
			}
			key, end = path[1:n+1], n+2
		}
		path = path[end:]
		if raw, found, ok = member(raw, key); !found {
			return nil, false, ok
		}
	}
	return raw, true, true
}

// member is the first member of an object that has a name. Whether an escape in a name is
// what it stands for depends on the version.
func member(raw json.RawMessage, name string) (of json.RawMessage, found, ok bool) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if opening, _ := d.Token(); opening != json.Delim('{') {
		return nil, false, true
	}
	for d.More() {
		before := d.InputOffset()
		key, err := d.Token()
		if err != nil || bytes.IndexByte(raw[before:d.InputOffset()], '\\') >= 0 || d.Decode(&of) != nil {
			return nil, false, false
		}
		if key == name {
			return of, true, true
		}
	}
	return nil, false, true
}

// minified is a document without blanks.
func (x *run) minified(raw json.RawMessage) Value {
	var b bytes.Buffer
	if !x.makes(len(raw)) || json.Compact(&b, raw) != nil {
		return x.fail()
	}
	return Value{Kind: Text, Text: b.String()}
}

// scalarOf is what SQLite makes of an element of JSON.
func (x *run) scalarOf(raw json.RawMessage) Value {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return x.fail()
	}
	switch raw[0] {
	case '"':
		s := ""
		if !x.makes(len(raw)) || json.Unmarshal(raw, &s) != nil {
			return x.fail()
		}
		return Value{Kind: Text, Text: s}
	case '{', '[':
		return x.minified(raw)
	case 'n':
		return null
	case 't', 'f':
		return boolean(raw[0] == 't')
	}
	return leadingNumber(string(raw))
}

// pairs are the columns of json_each.
func pairs() *Rows {
	return &Rows{Columns: []string{"key", "value"}, affinities: []affinity{noAffinity, noAffinity}}
}

// tableOf are the rows of a function that gives a table: json_each, of which each has a
// key and a value.
func (x *run) tableOf(s *source, sc *scope) *Rows {
	out := pairs()
	var args []Value
	for _, n := range s.args {
		args = append(args, x.eval(n, sc))
	}
	if s.name != "json_each" || len(args) == 0 || len(args) > 2 || args[0].Kind != Text {
		x.failed = true
		return out
	}
	raw, ok := x.document(args[0])
	if !ok {
		x.failed = true
		return out
	}
	if len(args) == 2 {
		path, rooted := strings.CutPrefix(args[1].String(), "$")
		at, found, ok := x.jsonAt(raw, path)
		if x.failed = !ok || !rooted; !found || x.failed {
			return out
		}
		raw = at
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	opening, _ := d.Token()
	if opening != json.Delim('[') && opening != json.Delim('{') {
		out.All = append(out.All, []Value{null, x.scalarOf(raw)})
		return out
	}
	for i := 0; d.More() && x.spend(1); i++ {
		key := whole(i)
		if opening == json.Delim('{') {
			token, _ := d.Token()
			name, _ := token.(string)
			key = x.text(name)
		}
		var element json.RawMessage
		if d.Decode(&element) != nil {
			x.failed = true
			break
		}
		out.All = append(out.All, []Value{key, x.scalarOf(element)})
	}
	return out
}
