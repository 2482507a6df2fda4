package php

import (
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// A serialization is the argument of a call of unserialize.
type serialization struct{ scope, at int }

// restored are the strings that unserialize may give to a property.
func (r *reader) restored(member string) []value {
	s := r.survey
	if s.restored == nil && len(s.serialized) > 0 {
		s.restored = map[string][]value{}
		calls := s.serialized
		s.serialized = nil // what depends on itself is unknown
		for _, c := range calls {
			if v := r.evaluate(c.scope, c.at); v.kind == stringKind && r.budget.Take(len(v.s)) {
				properties(v.s, s.restored)
			}
		}
	}
	return s.restored[member]
}

// properties collects the strings within serialized objects and arrays, by the key
// that is before each: O:1:"A":1:{s:1:"f";s:4:"exec";}. It reads names that are
// private or protected without what says so.
func properties(text string, into map[string][]value) {
	const most = 256
	key, count := "", 0
	for at := 0; at < len(text); at++ {
		if text[at] != 's' || at+2 >= len(text) || text[at+1] != ':' {
			continue
		}
		digits, _, ok := strings.Cut(text[at+2:min(len(text), at+14)], ":")
		n, err := strconv.Atoi(digits)
		from := at + 2 + len(digits) + 2 // behind :"
		if !ok || err != nil || n < 0 || n > script.MaxConstant || from+n+1 >= len(text) || text[from-1] != '"' || text[from+n] != '"' {
			continue
		}
		s := text[from : from+n]
		at = from + n
		if key == "" {
			key = s[strings.LastIndexByte(s, 0)+1:]
			if !isName(key) || !strings.HasPrefix(text[at:], `";s:`) {
				key = "" // or its value is no string
			}
			continue
		}
		if len(into[key]) < maxChoices && count < most {
			into[key] = append(into[key], stringValue(s))
			count++
		}
		key = ""
	}
}

// member is what a property of $this may be.
func (r *reader) member(name string) value {
	v := r.fact(r.survey.members["$"+name])
	restored := r.restored(name)
	if len(restored) == 0 {
		return v
	}
	return either(v, value{guess: &guess{choices: restored}})
}
