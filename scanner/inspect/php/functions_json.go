package php

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"plugvet/scanner/inspect/script"
)

// foldJSON is json_decode. Objects become arrays whatever the second argument says:
// an element and a property are found in the same way.
func foldJSON(b *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	s, ok := a[0].text()
	if !ok || !b.Take(8*len(s)) {
		return value{}
	}
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	v, ok := jsonValue(b, d, 0)
	if !ok {
		return value{}
	}
	return v
}

// foldJSONText is json_encode.
func foldJSONText(b *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	w := jsonWriter{budget: b}
	if len(a) > 1 {
		w.flags = a[1].n
	}
	if !w.value(a[0], 0) {
		return value{}
	}
	return stringValue(string(w.out))
}

// Flags of json_encode (php.net/manual/json.constants.php).
const (
	jsonUnescapedSlashes = 64
	jsonUnescapedUnicode = 256
)

// A jsonWriter writes a value as JSON.
type jsonWriter struct {
	budget *script.Budget
	flags  int64
	out    []byte
}

// string writes a string as PHP does, which escapes slashes and what is not ASCII.
func (w *jsonWriter) string(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	quoted := jsonEscapes.Replace(s)
	if w.flags&jsonUnescapedSlashes == 0 {
		quoted = strings.ReplaceAll(quoted, "/", `\/`)
	}
	w.out = append(w.out, '"')
	for _, r := range quoted {
		wide := r >= utf8.RuneSelf && w.flags&jsonUnescapedUnicode == 0
		if !wide && r >= ' ' && r != '\u2028' && r != '\u2029' {
			w.out = utf8.AppendRune(w.out, r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			w.out = fmt.Appendf(w.out, `\u%04x`, unit)
		}
	}
	w.out = append(w.out, '"')
	return true
}

var jsonEscapes = strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\b", `\b`, "\f", `\f`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// value writes a value, and says whether all of it is known.
func (w *jsonWriter) value(v value, depth int) bool {
	if depth > maxCalls {
		return false
	}
	if v.kind != arrayKind {
		s, ok := v.text()
		switch {
		case !ok || !w.budget.Take(len(s)):
			return false
		case v.kind == nullKind:
			s = "null"
		case v.kind == boolKind:
			s = strconv.FormatBool(v.n != 0)
		case v.kind == stringKind:
			return w.string(s)
		}
		w.out = append(w.out, s...)
		return true
	}
	if !w.budget.Take(elementCost * len(v.array.values)) {
		return false
	}
	isList, brackets := v.array.isList(), "{}"
	if isList {
		brackets = "[]"
	}
	w.out = append(w.out, brackets[0])
	for i, element := range v.array.values {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		if !isList {
			key, _ := v.array.key(i).value().text()
			if !w.string(key) {
				return false
			}
			w.out = append(w.out, ':')
		}
		if !w.value(element, depth+1) {
			return false
		}
	}
	w.out = append(w.out, brackets[1])
	return true
}

func jsonValue(b *script.Budget, d *json.Decoder, depth int) (value, bool) {
	t, err := d.Token()
	if err != nil || depth > script.MaxNesting || !b.Take(elementCost) {
		return value{}, false
	}
	switch t := t.(type) {
	case string:
		return stringValue(t), true
	case bool:
		return boolValue(t), true
	case json.Number:
		return numberOf(t.String()), true
	case nil:
		return value{kind: nullKind}, true
	case json.Delim:
		out := newArray(0)
		for d.More() {
			key := arrayKey{n: out.next}
			if t == '{' {
				k, err := d.Token()
				name, ok := k.(string)
				if err != nil || !ok {
					return value{}, false
				}
				key, _ = keyOf(stringValue(name))
			}
			v, ok := jsonValue(b, d, depth+1)
			if !ok {
				return value{}, false
			}
			out.set(key, v)
		}
		_, err := d.Token()
		return out.value(), err == nil
	}
	return value{}, false
}
