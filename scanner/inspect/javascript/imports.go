package javascript

import (
	"path"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// namespace is the element of the declaration of all that a module exports.
const namespace = -2

// importing declares the names of an import declaration.
func (s *scoper) importing(i uint32) {
	k := s.kind(i + 1)
	if k == js.OpenParenToken || k == js.DotToken || k == js.StringToken {
		return
	}
	from, typed := s.clause(i + 1)
	if from == 0 { // TypeScript: import x = require('net')
		if s.name(i+1) && s.kind(i+2) == js.EqToken {
			s.tokens[i+2].flags |= binding
			s.add(i+1, declaration{init: i + 3, writes: 1, element: -1}, true)
		}
		return
	}
	if typed {
		for at := i; at <= from; at++ {
			s.tokens[at].flags |= types
		}
	}
	source := s.add(0, declaration{kind: imported, init: from, writes: 1, element: -1}, true)
	d := declaration{source: source, writes: 1, element: -1}
	for at := i + 1; at < from; at++ {
		switch {
		case s.kind(at) == js.MulToken && s.name(at+2): // * as name
			all := d
			all.element = namespace
			s.add(at+2, all, true)
			at += 2
		case s.kind(at) == js.OpenBraceToken:
			close := s.tokens[at].ref
			s.tokens[at].flags |= object
			for part := at + 1; part < close; part = s.next(part, close) + 1 {
				first := part
				if s.text(part) == "type" && s.kind(part+1) != js.CommaToken && s.kind(part+1) != js.AsToken && part+1 != close {
					first++
				}
				name := first
				if s.kind(first+1) == js.AsToken {
					name = first + 2
				}
				s.tokens[first].flags |= binding
				d.key = first
				if s.name(name) {
					s.add(name, d, true)
				}
			}
			at = max(at, close)
		case s.name(at) && s.kind(at) != js.FromToken && s.tokens[at].flags&binding == 0:
			d.key = 0 // the default export, which stands for the module
			s.add(at, d, true)
		}
	}
}

// clause returns the specifier of an import or export whose names begin at a
// token, and whether these are types only; 0 if there is no specifier.
func (s *scoper) clause(i uint32) (from uint32, typed bool) {
	if text := s.text(i); (text == "type" || text == "typeof") && s.kind(i+1) != js.FromToken && s.kind(i+1) != js.CommaToken ||
		text == "type" && s.kind(i+1) == js.FromToken && s.kind(i+2) == js.FromToken {
		typed = true
		i++
	}
	named, values := false, 0
	for n := 0; n < 8; n++ {
		switch k := s.kind(i); {
		case k == js.OpenBraceToken:
			close := s.tokens[i].ref
			if close == 0 {
				return 0, false
			}
			for part := i + 1; part < close; part = s.next(part, close) + 1 {
				named = true
				if s.text(part) != "type" || s.kind(part+1) == js.CommaToken || part+1 == close || s.kind(part+1) == js.AsToken && s.kind(part+2) != js.AsToken {
					values++
				}
			}
			i = close
		case k == js.FromToken && s.kind(i+1) == js.StringToken:
			return i + 1, typed || named && values == 0
		case k == js.MulToken, js.IsIdentifierName(k):
			values++
		case k == js.CommaToken, k == js.StringToken:
		default:
			return 0, false
		}
		i++
	}
	return 0, false
}

// exporting marks the names of an export list: they are not read here.
func (s *scoper) exporting(i uint32) {
	open := i + 1
	if s.text(open) == "type" {
		open++
	}
	if s.kind(open) != js.OpenBraceToken || s.tokens[open].ref == 0 {
		return
	}
	for at := open + 1; at < s.tokens[open].ref; at++ {
		s.tokens[at].flags |= binding
	}
}

// imports notes the module that an import or export declaration loads.
func (r *reader) imports(i uint32) {
	if r.property(int(i)) || r.tokens[i].flags&types != 0 {
		return
	}
	from := i + 1
	if r.kind(i) == js.ExportToken && r.kind(from) != js.MulToken && r.kind(from) != js.OpenBraceToken {
		return
	}
	if r.kind(from) != js.StringToken {
		var typed bool
		if from, typed = r.clause(i + 1); from == 0 || typed {
			return
		}
	} else if r.kind(i) == js.ExportToken {
		return
	}
	v := r.stringAt(from)
	name, made := r.moduleOf(v.str)
	r.met(script.Module, name, i, from+1, made || !v.plain)
	r.dataCode([]argument{{value: v}}, i, from+1)
	if r.kind(i) == js.ExportToken {
		r.handsOn(r.load(v), i+1, from)
	}
}

// handsOn notes the functions of what is in a global object that others are given: export { spawn } from 'bun'.
// They call them elsewhere, by any name.
func (r *reader) handsOn(of value, open, from uint32) {
	if of.kind != globalName || of.str == "" || r.kind(open) != js.OpenBraceToken {
		return
	}
	close := r.tokens[open].ref
	for part := open + 1; part < close; part = r.next(part, close) + 1 {
		if name := of.str + "." + r.exportName(part); !pure(name) {
			r.met(script.Call, name, part, from+1, false)
		}
	}
}

// typeImport tells whether an import() in tokens [start, end) is a type of TypeScript:
// typeof import('net'), or import('net').Socket. As code they would come to nothing but a
// text and to what a promise does not have, so that whatever stands around them nobody
// gets the module.
func (e *evaluator) typeImport(start, end uint32) bool {
	if e.kind(start) != js.ImportToken || e.nested > 0 || !e.typeScript() {
		return false
	}
	switch e.kind(end) {
	case js.DotToken:
		return js.IsIdentifierName(e.kind(end+1)) && !ofPromise[e.nameAt(end+1)]
	case js.OptChainToken, js.OpenParenToken, js.OpenBracketToken:
		return false
	}
	return e.kind(start-1) == js.TypeofToken
}

// typeScript tells whether the script is one by the name of its file.
func (e *evaluator) typeScript() bool {
	switch path.Ext(pathText(e.outer["__filename"])) {
	case ".ts", ".tsx", ".mts", ".cts":
		return true
	}
	return false
}

// ofPromise are the properties that every promise has.
var ofPromise = map[string]bool{
	"then": true, "catch": true, "finally": true, "constructor": true, "__proto__": true, "toString": true, "toLocaleString": true, "valueOf": true,
	"hasOwnProperty": true, "isPrototypeOf": true, "propertyIsEnumerable": true,
	"__defineGetter__": true, "__defineSetter__": true, "__lookupGetter__": true, "__lookupSetter__": true,
}
