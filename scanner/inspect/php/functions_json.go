package php

import (
	"encoding/json"
	"strconv"
	"strings"

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
	text, ok := jsonText(b, nil, a[0], 0)
	if !ok {
		return value{}
	}
	return stringValue(string(text))
}

// jsonText appends a value as JSON.
func jsonText(b *script.Budget, out []byte, v value, depth int) ([]byte, bool) {
	if depth > maxCalls {
		return nil, false
	}
	if v.kind != arrayKind {
		s, ok := v.text()
		switch {
		case !ok || !b.Take(len(s)):
			return nil, false
		case v.kind == nullKind:
			s = "null"
		case v.kind == boolKind:
			s = strconv.FormatBool(v.n != 0)
		case v.kind == stringKind:
			quoted, err := json.Marshal(s)
			return append(out, quoted...), err == nil
		}
		return append(out, s...), true
	}
	if !b.Take(elementCost * len(v.array.values)) {
		return nil, false
	}
	isList, brackets := v.array.isList(), "{}"
	if isList {
		brackets = "[]"
	}
	out = append(out, brackets[0])
	for i, element := range v.array.values {
		if i > 0 {
			out = append(out, ',')
		}
		ok := true
		if !isList {
			key, _ := v.array.key(i).value().text()
			out, ok = jsonText(b, out, stringValue(key), depth+1)
			out = append(out, ':')
		}
		if ok {
			out, ok = jsonText(b, out, element, depth+1)
		}
		if !ok {
			return nil, false
		}
	}
	return append(out, brackets[1]), true
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
