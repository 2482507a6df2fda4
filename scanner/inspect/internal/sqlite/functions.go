package sqlite

import (
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// registered calls a function that was registered.
func (x *run) registered(name string, args []Value) (Value, bool) {
	if x.Call == nil {
		return Value{}, false
	}
	return x.Call(name, args)
}

// call is a call of a function.
func (x *run) call(n *node, sc *scope) Value {
	if x.isAggregateCall(n) {
		for at := sc; at != nil; at = at.outer {
			if at.grouped {
				return x.ofRows(n, at)
			}
		}
		return x.fail()
	}
	if n.star || n.unique || otherAggregates[n.name] {
		return x.fail()
	}
	switch n.name { // that leave arguments alone
	case "coalesce", "ifnull":
		for _, m := range n.args {
			if v := x.eval(m, sc); v.Kind != Null {
				return v
			}
		}
		return null
	case "iif", "if":
		return x.chosen(&node{args: append([]*node{nil}, n.args...)}, sc)
	}
	args := make([]Value, len(n.args))
	for i, m := range n.args {
		args[i] = x.eval(m, sc)
	}
	if x.failed {
		return Value{}
	}
	if v, own := x.registered(n.name, args); own {
		return v
	}
	if slices.ContainsFunc(args, func(v Value) bool { return v.Kind == Unknown }) {
		return Value{}
	}
	return x.function(n.name, args)
}

// function is one of SQLite's functions.
func (x *run) function(name string, a []Value) Value {
	switch name {
	case "char":
		var b strings.Builder
		for _, v := range a {
			c := v.integer()
			if c == 0 { // at which PHP may end a text
				return Value{}
			}
			if c < 0 || c > utf8.MaxRune {
				c = utf8.RuneError
			}
			b.WriteRune(rune(c))
		}
		return x.text(b.String())
	case "concat", "concat_ws":
		between := ""
		if name == "concat_ws" {
			if len(a) == 0 || a[0].Kind == Null {
				return null
			}
			between, a = a[0].String(), a[1:]
		}
		var parts []string
		for _, v := range a {
			if v.Kind == Null {
				continue
			}
			if len(parts) > 0 {
				parts = append(parts, between)
			}
			parts = append(parts, v.String())
		}
		return x.strung(parts)
	case "min", "max":
		if len(a) < 2 {
			return x.fail()
		}
		out := a[0]
		for _, v := range a {
			if v.Kind == Null {
				return null
			}
			if c := compare(v, out); c <= 0 && name == "min" || c > 0 && name == "max" {
				out = v
			}
		}
		return out
	case "printf", "format":
		return x.printed(a)
	case "json_extract":
		if len(a) == 2 {
			return x.fromJSON(a[0], a[1], false)
		}
		return Value{}
	case "quote", "typeof":
		if len(a) != 1 {
			return x.fail()
		}
		if name == "typeof" {
			return x.text([]string{"", "null", "integer", "real", "text", "blob"}[a[0].Kind])
		}
		switch a[0].Kind {
		case Null:
			return x.text("NULL")
		case Text:
			return x.text(inQuotes(a[0].Text))
		case Blob:
			return x.text("X'" + strings.ToUpper(hex.EncodeToString([]byte(a[0].Text))) + "'")
		case Real:
			return Value{}
		}
		return x.text(a[0].String())
	case "nullif":
		if len(a) != 2 {
			return x.fail()
		}
		if a[0].Kind != Null && compare(a[0], a[1]) == 0 {
			return null
		}
		return a[0]
	case "hex":
		if len(a) != 1 {
			return x.fail()
		}
		return x.text(strings.ToUpper(hex.EncodeToString([]byte(a[0].String()))))
	}
	if places := arguments[name]; places == [2]int{} {
		return Value{} // another function
	} else if len(a) < places[0] || len(a) > places[1] {
		return x.fail()
	}
	for i, v := range a {
		if name == "replace" && i == 2 && a[1].String() == "" { // nothing is looked for
			return a[0]
		}
		if v.Kind == Null {
			return null
		}
	}
	s := a[0].String()
	switch name {
	case "unicode":
		if s == "" {
			return null
		}
		c, _ := utf8.DecodeRuneInString(s)
		return whole(int64(c))
	case "unhex":
		ignored := ""
		if len(a) > 1 {
			ignored = a[1].String()
		}
		if !x.reads(len(s) * len(ignored)) {
			return Value{}
		}
		b, err := hex.DecodeString(strings.Map(func(c rune) rune {
			if strings.ContainsRune(ignored, c) {
				return -1
			}
			return c
		}, s))
		if err != nil {
			return null
		}
		return Value{Kind: Blob, Text: string(b)}
	case "replace":
		from, to := a[1].String(), a[2].String()
		if !x.makes(len(s) + strings.Count(s, from)*max(len(to)-len(from), 0)) {
			return Value{}
		}
		return Value{Kind: Text, Text: strings.ReplaceAll(s, from, to)}
	case "substr", "substring":
		return x.substring(a)
	case "upper":
		return x.text(upper(s))
	case "lower":
		return x.text(lower(s))
	case "trim", "ltrim", "rtrim":
		set := " "
		if len(a) > 1 {
			set = a[1].String()
		}
		if !utf8.ValidString(s+set) || !x.reads(len(s)*len(set)) {
			return Value{}
		}
		if name != "rtrim" {
			s = strings.TrimLeft(s, set)
		}
		if name != "ltrim" {
			s = strings.TrimRight(s, set)
		}
		return x.text(s)
	case "instr":
		of := a[1].String()
		at := strings.Index(s, of)
		switch {
		case at < 0:
			return whole(0)
		case a[0].Kind == Blob && a[1].Kind == Blob:
			return whole(at + 1)
		case !utf8.ValidString(s) || !utf8.ValidString(of):
			return Value{}
		}
		return whole(utf8.RuneCountInString(s[:at]) + 1)
	case "length":
		if a[0].Kind == Blob {
			return whole(len(s))
		}
		s, _, _ = strings.Cut(s, "\x00")
		return whole(characters(s))
	case "abs":
		n := a[0].number()
		if a[0].Kind == Text || a[0].Kind == Blob {
			return Value{Kind: Real, Float: math.Abs(n.float())}
		}
		if n.Kind == Real {
			return Value{Kind: Real, Float: math.Abs(n.Float)}
		}
		if n.Int == math.MinInt64 {
			return x.fail()
		}
		return whole(max(n.Int, -n.Int))
	case "zeroblob":
		if n := a[0].integer(); n >= 0 && n < 1<<16 {
			return blobOf(x.text(strings.Repeat("\x00", int(n))))
		}
	}
	return Value{}
}

// arguments are functions that give NULL for NULL, and how many arguments they take.
var arguments = map[string][2]int{
	"unicode": {1, 1}, "unhex": {1, 2}, "replace": {3, 3}, "substr": {2, 3}, "substring": {2, 3}, "upper": {1, 1}, "lower": {1, 1}, "trim": {1, 2}, "ltrim": {1, 2},
	"rtrim": {1, 2}, "instr": {2, 2}, "length": {1, 1}, "abs": {1, 1}, "zeroblob": {1, 1},
}

// inQuotes is a text as it stands in SQL.
func inQuotes(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// substring is substr: of characters, or of the bytes of a blob.
func (x *run) substring(a []Value) Value {
	s := a[0].String()
	blob := a[0].Kind == Blob
	length := len(s)
	if !blob {
		if strings.Contains(s, "\x00") { // where it ends for SQLite, in part
			return Value{}
		}
		length = characters(s)
	}
	const most = 1 << 40
	from, n := min(max(a[1].integer(), -most), most), int64(most)
	negative := false
	if len(a) > 2 {
		if n = min(max(a[2].integer(), -most), most); n < 0 {
			n, negative = -n, true
		}
	}
	switch {
	case from < 0:
		if from += int64(length); from < 0 {
			n, from = max(n+from, 0), 0
		}
	case from > 0:
		from--
	case n > 0:
		n--
	}
	if negative {
		if from -= n; from < 0 {
			n, from = n+from, 0
		}
	}
	begin := int(min(from, int64(length)))
	end := int(max(min(from+n, int64(length)), int64(begin)))
	if blob {
		return blobOf(x.text(s[begin:end]))
	}
	s = s[behind(s, begin):]
	return x.text(s[:behind(s, end-begin)])
}
