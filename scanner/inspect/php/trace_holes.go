package php

import (
	"cmp"
	"slices"
	"strings"
)

// A call may be given a text of which only some is known, such as one with the script's own
// path in it: what stands around that is known of what the call makes, too.

// ofBeginning is what a function makes of a text of which only the beginning is known,
// where that is enough.
func (r *reader) ofBeginning(name string, args []value) value {
	if len(args) < 2 || args[0].known() || args[0].prefix() == "" {
		return value{}
	}
	p := args[0].prefix()
	args = append([]value{stringValue(p)}, args[1:]...)
	switch name {
	case "substr", "mb_substr":
		from, ok1 := args[1].number()
		if len(args) < 3 || args[2].kind != intKind || !ok1 || from < 0 || args[2].n < 0 || from+args[2].n > int64(len(p)) {
			return value{}
		}
	case "strpos", "stripos", "str_contains", "str_starts_with", "strtok":
		if name == "strtok" && !strings.ContainsAny(strings.TrimLeft(p, args[1].s), args[1].s) {
			return value{}
		}
	default:
		return value{}
	}
	v := foldCall(r.budget, name, args)
	if v.kind == boolKind && v.n == 0 { // it may come behind
		return value{}
	}
	return v
}

// replacedWithin is what a function makes of a text in which something is not known, or
// into which it puts that: what stands before and behind it.
func (r *reader) replacedWithin(name string, args []argument) value {
	given, from := valuesOf(args), ""
	for _, at := range keepHoles[name] {
		if at < len(given) {
			from = cmp.Or(from, given[at].fromWithin())
			given[at] = r.filled(given[at], hole)
		}
	}
	if len(keepHoles[name]) == 0 {
		return value{}
	}
	text, whole := foldCall(r.budget, name, given).text()
	if !whole && formats[name] && len(args) > 0 && !args[0].value.known() { // which more arguments belong to
		given[0] = stringValue(args[0].value.prefix() + hole)
		text, _ = foldCall(r.budget, name, given).text()
	}
	return aroundHoles(text, r.passed(name, args)).alsoFrom(from)
}

// aroundHoles is what is known of a text with holes: what stands before and behind them,
// and the text without them if it is code or a document.
func aroundHoles(text string, m marks) value {
	first := strings.Index(text, hole)
	if first < 0 {
		return value{}
	}
	v := between(text[:first], text[strings.LastIndex(text, hole)+len(hole):], m)
	if looksLikePHP(text) || bringsOthers(text) {
		return v.among([]value{stringValue(strings.ReplaceAll(text, hole, ""))})
	}
	return v
}

// hole stands in a text for what is not known.
const hole = "\x00\xff\x00"

// keepHoles are the functions in whose result a hole stands where it stood in some of their
// arguments, or where these are put, and which arguments these are.
var keepHoles = map[string][]int{
	"str_replace": {1}, "str_ireplace": {1}, "strtr": {1}, "preg_replace": {1}, "substr_replace": {0, 1},
	"sprintf": {0}, "vsprintf": {0, 1}, "str_repeat": {0}, "wordwrap": {0}, "chunk_split": {0}, "mb_strcut": {0},
}

// formats are those of them of which the first argument is a format.
var formats = map[string]bool{"sprintf": true, "vsprintf": true}

// filled is a value, or an array, in which a text stands for what is not known, with what
// is known around it.
func (r *reader) filled(v value, by string) value {
	switch {
	case !v.known():
		return stringValue(v.prefix() + by + v.suffix())
	case v.kind != arrayKind || !r.budget.Take(elementCost*len(v.array.values)):
		return v
	}
	out := v.array.clone()
	for i, e := range out.values {
		if !e.known() {
			out.values[i] = r.filled(e, by)
		}
	}
	return out.value()
}

// putsIn are the functions that put texts into another.
var putsIn = map[string]bool{"str_replace": true, "str_ireplace": true, "strtr": true, "sprintf": true, "vsprintf": true, "preg_replace": true, "substr_replace": true}

// holed is code, or a document that brings others, into which a call puts what is not
// known, such as the script's own path: it may be what it is without that.
func (r *reader) holed(name string, args []argument) value {
	if !putsIn[name] || !slices.ContainsFunc(args, func(a argument) bool { return looksLikePHP(a.value.s) || bringsOthers(a.value.s) }) {
		return value{}
	}
	given := valuesOf(args)
	for i, v := range given {
		given[i] = r.filled(v, "")
	}
	v := foldCall(r.budget, name, given)
	if !v.known() {
		return value{}
	}
	return marked(r.passed(name, args)).among([]value{v})
}
