package javascript

import (
	"encoding/json"
	"math"
	"sort"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

func (e *evaluator) arrayMethod(self *[]value, name string, args []argument, start, end uint32) value {
	items := *self
	if !e.Take(len(items)) {
		return value{}
	}
	switch name {
	case "join":
		separator, ok := words(args, 0, ",")
		size := 0
		parts := make([]string, len(items))
		decoded := false
		for i, item := range items {
			if item.kind == undefined || item.kind == null {
				continue
			}
			s, ok := item.string()
			if size += len(s) + len(separator); !ok || size > script.MaxConstant {
				return value{}
			}
			parts[i] = s
			decoded = decoded || item.decoded
		}
		if !ok || !e.Take(size) {
			return value{}
		}
		return value{kind: text, str: strings.Join(parts, separator), decoded: decoded}
	case "toString":
		if s, ok := (value{kind: array, items: self}).string(); ok && e.Take(len(s)) {
			return textValue(s)
		}
	case "reverse", "toReversed":
		out := make([]value, len(items))
		for i, item := range items {
			out[len(items)-1-i] = item
		}
		if name == "reverse" && e.env != nil {
			copy(items, out)
			return value{kind: array, items: self}
		}
		return arrayValue(out)
	case "concat":
		out := append([]value{}, items...)
		for _, a := range args {
			if a.kind == array {
				out = append(out, *a.items...)
			} else {
				out = append(out, a.value)
			}
			if len(out) > maxItems {
				return value{}
			}
		}
		return arrayValue(out)
	case "slice":
		from, to, ok := bounds(args, len(items))
		if !ok {
			return value{}
		}
		return arrayValue(append([]value{}, items[from:to]...))
	case "at":
		n, ok := integer(args, 0, 0)
		if n < 0 {
			n += len(items)
		}
		if ok && n >= 0 && n < len(items) {
			return items[n]
		}
	case "pop", "shift":
		if len(items) == 0 {
			return value{kind: undefined}
		}
		got := items[0]
		rest := items[1:]
		if name == "pop" {
			got, rest = items[len(items)-1], items[:len(items)-1]
		}
		if e.env != nil {
			*self = rest
		}
		return got
	case "push", "unshift":
		if e.env == nil || len(items)+len(args) > maxItems {
			return value{}
		}
		for _, a := range args {
			if name == "push" {
				*self = append(*self, a.value)
			} else {
				*self = append([]value{a.value}, *self...)
			}
		}
		return numberValue(float64(len(*self)))
	case "indexOf", "includes":
		if len(args) != 1 {
			return value{}
		}
		at := -1
		for i, item := range items {
			if same, ok := equal(item, args[0].value); ok && same {
				at = i
				break
			}
		}
		if name == "includes" {
			return booleanValue(at >= 0)
		}
		return numberValue(float64(at))
	case "flat":
		out := []value{}
		for _, item := range items {
			if item.kind == array {
				out = append(out, *item.items...)
			} else {
				out = append(out, item)
			}
		}
		if len(out) <= maxItems {
			return arrayValue(out)
		}
	case "sort":
		if len(args) > 0 {
			return value{}
		}
		out := append([]value{}, items...)
		sort.SliceStable(out, func(a, b int) bool {
			x, _ := out[a].string()
			y, _ := out[b].string()
			return x < y
		})
		return arrayValue(out)
	case "map", "filter", "forEach", "flatMap", "find", "reduce", "reduceRight":
		return e.visit(items, name, args, start, end)
	}
	return value{}
}

// visit evaluates the methods that call a function for each item.
func (e *evaluator) visit(items []value, name string, args []argument, start, end uint32) value {
	if len(args) == 0 {
		return value{}
	}
	f := args[0].value
	if name == "reduce" || name == "reduceRight" {
		return e.reduce(items, name == "reduceRight", f, args[1:], start, end)
	}
	out := []value{}
	for i, item := range items {
		got := e.invoke(f, asArguments([]value{item, numberValue(float64(i)), arrayValue(items)}), start, end)
		if got.kind == unknown {
			if name == "forEach" {
				continue
			}
			return value{}
		}
		switch name {
		case "map":
			out = append(out, got)
		case "flatMap":
			if got.kind == array {
				out = append(out, *got.items...)
			} else {
				out = append(out, got)
			}
		case "filter", "find":
			truth, ok := got.truthy()
			if !ok {
				return value{}
			}
			if truth {
				if name == "find" {
					return item
				}
				out = append(out, item)
			}
		}
		if !e.Step() || len(out) > maxItems {
			return value{}
		}
	}
	if name == "forEach" || name == "find" {
		return value{kind: undefined}
	}
	return arrayValue(out)
}

func (e *evaluator) reduce(items []value, right bool, f value, first []argument, start, end uint32) value {
	if right {
		out := make([]value, len(items))
		for i, item := range items {
			out[len(items)-1-i] = item
		}
		items = out
	}
	index := 0
	var sum value
	if len(first) > 0 {
		sum = first[0].value
	} else if len(items) > 0 {
		sum, index = items[0], 1
	}
	for ; index < len(items); index++ {
		n := index
		if right {
			n = len(items) - 1 - index
		}
		sum = e.invoke(f, asArguments([]value{sum, items[index], numberValue(float64(n))}), start, end)
		if sum.kind == unknown || !e.Step() {
			return value{}
		}
	}
	return sum
}

func (e *evaluator) bufferMethod(b, name string, args []argument) value {
	switch name {
	case "toString":
		encoding, ok := words(args, 0, "utf8")
		if !ok || !e.Take(2*len(b)) {
			return value{}
		}
		s, ok := bytesToText(b, encoding)
		if !ok {
			return value{}
		}
		return value{kind: text, str: s}
	case "map", "reduce", "filter", "join", "forEach":
		items, ok := iterate(value{kind: buffer, str: b})
		if !ok || !e.Take(len(b)) {
			return value{}
		}
		got := e.arrayMethod(&items, name, args, 0, 0)
		if got.kind == array && name != "forEach" {
			return bytesOf(*got.items)
		}
		return got
	case "reverse":
		out := []byte(b)
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
		return value{kind: buffer, str: string(out)}
	case "slice", "subarray":
		from, to, ok := bounds(args, len(b))
		if ok {
			return value{kind: buffer, str: b[from:to]}
		}
	}
	return value{}
}

func bytesOf(items []value) value {
	out := make([]byte, len(items))
	for i, item := range items {
		n, ok := item.number()
		if !ok {
			return value{}
		}
		out[i] = byte(toInt32(n))
	}
	return value{kind: buffer, str: string(out)}
}

func numberMethod(n float64, name string, args []argument) value {
	if name != "toString" {
		return value{}
	}
	base, ok := integer(args, 0, 10)
	if !ok || base < 2 || base > 36 || base != 10 && (n != math.Trunc(n) || math.Abs(n) > 1<<53) {
		return value{}
	}
	if base == 10 {
		return textValue(numberText(n))
	}
	return textValue(strconv.FormatInt(int64(n), base))
}

// jsonValue is the value of parsed JSON.
func jsonValue(v any) value {
	switch v := v.(type) {
	case nil:
		return value{kind: null}
	case bool:
		return booleanValue(v)
	case float64:
		return numberValue(v)
	case string:
		return textValue(v)
	case []any:
		items := make([]value, len(v))
		for i, item := range v {
			items[i] = jsonValue(item)
		}
		return arrayValue(items)
	case map[string]any:
		keys, items := make([]string, 0, len(v)), make([]value, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			items = append(items, jsonValue(v[key]))
		}
		return value{kind: dictionary, keys: &keys, items: &items}
	}
	return value{}
}

func parseJSON(s string) value {
	var v any
	if len(s) > 1<<20 || json.Unmarshal([]byte(s), &v) != nil {
		return value{}
	}
	return jsonValue(v)
}
