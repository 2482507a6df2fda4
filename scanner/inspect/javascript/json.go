package javascript

import (
	"bytes"
	"encoding/json"
	"strings"

	"plugvet/scanner/inspect/script"
)

// What JSON.parse and JSON.stringify do.

// parseJSON is the value of a text in JSON, its keys in their order.
func parseJSON(s string) value {
	if len(s) > 1<<20 || !json.Valid([]byte(s)) {
		return value{}
	}
	d := json.NewDecoder(strings.NewReader(s))
	v, ok := nextJSON(d, 0)
	if !ok {
		return value{}
	}
	return v
}

func nextJSON(d *json.Decoder, depth int) (value, bool) {
	t, err := d.Token()
	if err != nil || depth > script.MaxNesting {
		return value{}, false
	}
	switch t := t.(type) {
	case nil:
		return value{kind: null}, true
	case bool:
		return booleanValue(t), true
	case float64:
		return numberValue(t), true
	case string:
		return textValue(t), true
	case json.Delim:
		items := []value{}
		v := newDictionary()
		for d.More() {
			if t == '{' {
				key, err := d.Token()
				name, ok := key.(string)
				if err != nil || !ok {
					return value{}, false
				}
				*v.keys = append(*v.keys, name)
			}
			item, ok := nextJSON(d, depth+1)
			if !ok {
				return value{}, false
			}
			items = append(items, item)
		}
		if _, err := d.Token(); err != nil {
			return value{}, false
		}
		if t == '[' {
			return arrayValue(items), true
		}
		*v.items = items
		return v, true
	}
	return value{}, false
}

// toJSON writes a value as JSON.stringify does; false if part of it is unknown.
func (e *evaluator) toJSON(v value, depth int) (string, bool) {
	if depth > 32 || !e.Step() {
		return "", false
	}
	if own, ok := itemOf(v, "toJSON"); ok && v.kind == dictionary && e.machine != nil {
		v = e.machine.callFunctionOf(own, v, []argument{{value: textValue("")}})
	}
	switch v.kind {
	case null, boolean, number:
		return v.string()
	case text:
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if !e.Take(len(v.str)) || enc.Encode(v.str) != nil {
			return "", false
		}
		return strings.TrimSuffix(b.String(), "\n"), true
	case array, dictionary:
		keys, items, ok := e.entriesOf(v)
		if !ok {
			return "", false
		}
		parts, size := []string{}, 0
		for i, item := range items {
			if item.kind == undefined && v.kind == dictionary {
				continue
			}
			part, ok := e.toJSON(item, depth+1)
			if item.kind == undefined {
				part, ok = "null", true
			}
			if size += len(part); !ok || size > script.MaxConstant {
				return "", false
			}
			if v.kind == dictionary {
				key, _ := e.toJSON(textValue(keys[i]), depth+1)
				part = key + ":" + part
			}
			parts = append(parts, part)
		}
		if v.kind == array {
			return "[" + strings.Join(parts, ",") + "]", true
		}
		return "{" + strings.Join(parts, ",") + "}", true
	}
	return "", false
}

// withKeys is a value of JSON with no other keys than these, in their order.
func withKeys(v value, keys []value) value {
	if v.kind != array && v.kind != dictionary {
		return v
	}
	out := value{kind: v.kind, items: &[]value{}}
	if v.kind == array {
		for _, item := range *v.items {
			*out.items = append(*out.items, withKeys(item, keys))
		}
		return out
	}
	out.keys = &[]string{}
	for _, key := range keys[:min(len(keys), maxSupposed)] {
		name, _ := key.string()
		if item, ok := itemOf(v, name); ok {
			*out.keys, *out.items = append(*out.keys, name), append(*out.items, withKeys(item, keys))
		}
	}
	return out
}

// indented is a text of JSON as JSON.stringify writes it with a third argument.
func (e *evaluator) indented(s string, by value) value {
	indent := by.str
	if by.kind == number {
		indent = strings.Repeat(" ", int(max(0, min(10, by.num))))
	}
	var b bytes.Buffer
	if indent = indent[:min(10, len(indent))]; indent == "" {
		return textValue(s)
	}
	if by.kind != number && by.kind != text || !e.Take(4*len(s)) || json.Indent(&b, []byte(s), "", indent) != nil || b.Len() > script.MaxConstant || !e.Take(b.Len()) {
		return value{}
	}
	return textValue(b.String())
}

// replaced calls the function that JSON.stringify is given for each value.
func (e *evaluator) replaced(v value, key string, by value, start, end uint32, depth int) value {
	if depth > 32 || !e.Step() {
		return value{}
	}
	v = e.invoke(by, asArguments([]value{textValue(key), v}), start, end)
	if v.kind != array && v.kind != dictionary {
		return v
	}
	keys, items, ok := e.entriesOf(v)
	if !ok {
		return value{}
	}
	out := value{kind: v.kind, items: &[]value{}, keys: &keys}
	for i, item := range items {
		*out.items = append(*out.items, e.replaced(item, keys[i], by, start, end, depth+1))
	}
	return out
}

// revived calls the function that JSON.parse is given for each value.
func (e *evaluator) revived(v value, key string, by value, start, end uint32, depth int) value {
	if depth > 32 || !e.Step() {
		return value{}
	}
	if v.kind == array || v.kind == dictionary {
		for i := range *v.items {
			name := numberText(float64(i))
			if v.kind == dictionary {
				name = (*v.keys)[i]
			}
			(*v.items)[i] = e.revived((*v.items)[i], name, by, start, end, depth+1)
		}
	}
	return e.invoke(by, asArguments([]value{textValue(key), v}), start, end)
}
