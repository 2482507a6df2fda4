package php

import (
	"maps"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// A name may be put together in one file, decoded by a function of another and
// called in a third. No file alone says what is called then; what is said here is
// what each gives to the others and what it runs of theirs (see script.Link).

const maxLinks = 64 // of one script

func (r *reader) link(l script.Link) {
	if len(r.links) < maxLinks && !slices.ContainsFunc(r.links, func(o script.Link) bool { return o.Name == l.Name && o.Gives == l.Gives && o.Evaluated == l.Evaluated }) {
		r.links = append(r.links, l)
	}
}

// gives notes that something comes to the name of a function that may not be called
// without saying so, or may come to one with what other files say; an array may hold
// such names.
func (r *reader) gives(name string, v value) {
	if r.out == nil || r.level > 0 {
		return
	}
	switch v.kind {
	case stringKind:
		const longest = 24
		if len(v.s) <= longest && wantedNames[lower(v.s)] {
			r.link(script.Link{Name: strings.Clone(name), Gives: strings.Clone(lower(v.s)), Start: r.here()})
		}
	case arrayKind:
		const few = 32
		for _, element := range v.array.values[:min(few, len(v.array.values))] {
			r.gives(name, element)
		}
	default:
		if r.mayBeWanted(v) {
			r.link(script.Link{Name: strings.Clone(name), Gives: script.Assembler, Start: r.here()})
		}
	}
}

// mayBeWanted tells whether a text of which a part is not known may be one of wantedNames.
func (r *reader) mayBeWanted(v value) bool {
	const least = 2 // bytes that are known, where no other file tells the rest
	begins, ends := lower(v.prefix()), lower(v.suffix())
	known := len(begins) + len(ends)
	if known < least && !v.guessed().built || !r.budget.Take(len(wantedNames)) {
		return false
	}
	for name := range wantedNames {
		if len(name) > known && strings.HasPrefix(name, begins) && strings.HasSuffix(name, ends) {
			return true
		}
	}
	return false
}

// here is where the reader is, in bytes of the script.
func (r *reader) here() int { return int(r.tokens[max(r.at-1, 0)].start) }

// returns notes what the function around, or the file, returns.
func (r *reader) returns(v value) {
	if r.out == nil || r.level > 0 {
		return
	}
	if name, ok := r.enclosing(); ok {
		for _, v := range append(v.oneOf(), v) {
			r.gives(name, v)
		}
	}
}

// decodesHere notes that the function around decodes something that is not known.
func (r *reader) decodesHere() { r.madeHere(script.Decoder) }

// madeHere notes what the function around makes of something that is not known.
func (r *reader) madeHere(by string) {
	if r.out == nil || r.level > 0 {
		return
	}
	if name, ok := r.enclosing(); ok && name != "" {
		r.link(script.Link{Name: name, Gives: by, Start: r.here()})
	}
}

// enclosing is the link's name of the function around; false where it has none.
func (r *reader) enclosing() (string, bool) {
	b := r.block()
	open := r.survey.scopes[b.scope].params
	if b.scope == 0 || open == 0 {
		return "", b.scope == 0
	}
	switch t := r.tokens[open-1]; {
	case t.kind != nameToken && t.kind != varNameToken, t.word == wordFunction, t.word == wordFn:
		return "", false
	case b.class != "":
		return "method " + lower(r.text(open-1)), true
	}
	return "function " + lower(r.text(open-1)), true
}

// elsewhere is a value of which no more is known than what of another file it is.
func elsewhere(kind, name string, m marks) value {
	v := marked(m)
	v.guess = &guess{from: kind + " " + strings.TrimPrefix(name[strings.LastIndexByte(name, '\\')+1:], "$")}
	return v
}

// from is what of another file a value is; empty for nothing.
func (v value) from() string {
	return v.guessed().from
}

// fromWithin is what of another file a value is, or the first of its elements that is
// something of one.
func (v value) fromWithin() string {
	const few = 32
	if v.kind != arrayKind {
		return v.from()
	}
	for _, e := range v.array.values[:min(few, len(v.array.values))] {
		if from := e.from(); from != "" {
			return from
		}
	}
	return ""
}

// alsoFrom is a value that is not known, with what of another file is a part of it.
func (v value) alsoFrom(name string) value {
	if name != "" && !v.known() {
		g := v.guessed()
		g.from, g.built = name, true
		v.guess = &g
	}
	return v
}

// ofCallers is from where the arguments of a function are that only other files call.
const ofCallers = "callers"

// ofOthers is from where a value is that something else may take the place of: functions of
// other files do that which hang on a hook, and callers with a list of settings.
const ofOthers = "others"

// leansOn notes that what is made of something of another file is run.
func (r *reader) leansOn(v value) {
	switch g := v.guessed(); {
	case !g.built:
	case g.from == ofCallers:
		r.trace.open |= script.OpenToCallers | script.Assembles
	default:
		r.trace.open |= script.OpenToFiles | script.Assembles
	}
}

// handsOn notes that a function gets a name that is put together, of which it may
// make something elsewhere.
func (r *reader) handsOn(v value) {
	const shortest, longest, few = 4, 256, 32
	for i, e := range valuesWithin(v) {
		if i < few && e.kind == stringKind {
			r.handsOn(e)
		}
	}
	if !v.computed || v.kind != stringKind || len(v.s) < shortest || len(v.s) > longest {
		return
	}
	if wantedNames[lower(v.s)] || strings.Contains(v.s, "osascript") {
		r.openness |= script.OpenToFiles | script.Assembles
		if r.trace != nil {
			r.trace.open |= script.OpenToFiles | script.Assembles
		}
	}
}

// assembles notes that the script puts something together that others may call.
func (r *reader) assembles() { r.openness |= script.Assembles }

// includes notes a file that is included, by a name that a trace alone may know.
func (r *reader) includes(name string) {
	if t := r.trace; strings.HasPrefix(name, "./") && !strings.Contains(name, "*") && len(t.included) < maxLinks {
		t.included = append(t.included, "file "+name)
	}
}

// givesVariables notes the variables of a function that hold names and that a file which
// it includes has too, as what extract has set has.
func (r *reader) givesVariables(at int) {
	if r.home.sibling > 0 || r == r.trace.globals {
		return
	}
	const few = 32
	for _, variable := range slices.Sorted(maps.Keys(r.local)) {
		v := r.local[variable]
		if c := v.closure(); c != nil && r.startsPrograms(c) {
			r.trace.open |= script.OpenToFiles | script.Assembles
		}
		held := valuesWithin(v)
		for _, v := range append(held[:min(few, len(held)):min(few, len(held))], v) {
			if v.kind == stringKind && wantedNames[lower(v.s)] && len(r.trace.links) < maxLinks {
				r.trace.links = append(r.trace.links, script.Link{Name: "variable " + strings.Clone(variable[1:]), Gives: lower(v.s), Start: int(r.trace.globals.tokens[r.noted(at)].start)})
			}
		}
	}
}

// startsPrograms tells whether a closure calls a function that does, by its name: with
// what, says who calls it.
func (r *reader) startsPrograms(c *closure) bool {
	m := r.frame()
	m.goInto(c.home)
	for k := c.body; m.tokens[c.body].kind == '{' && k < int(m.match[c.body]) && m.step(); k++ {
		if m.tokens[k].kind == nameToken && m.tokens[k+1].kind == '(' && commandFunctions[strings.TrimPrefix(lower(m.text(k)), `\`)] {
			return true
		}
	}
	return false
}

// runsOther notes that something of another file is called or evaluated at a token.
func (r *reader) runsOther(v value, at int, evaluated bool) {
	if !v.known() && v.marks&(fromFile|withFile|fromDecoder) != 0 && len(r.trace.included) > 0 { // a file beside the script may hold it
		r.trace.open |= script.OpenToFiles | script.Assembles
	}
	if r.isOpen(v) {
		r.trace.open |= script.OpenToAny
	}
	name := v.from()
	if name == "" {
		return
	}
	r.leansOn(v)
	switch name {
	case ofOthers:
		r.trace.open |= script.OpenToAny
		return
	case ofCallers:
		return
	}
	if len(r.trace.links) >= maxLinks || r.home.sibling > 0 {
		return
	}
	r.trace.links = append(r.trace.links, script.Link{Name: strings.Clone(name), Evaluated: evaluated, Start: int(r.trace.globals.tokens[r.noted(at)].start)})
}

// writes notes what is written to a file. Something of another file that is decoded may
// be a script, which is run from there.
func (r *reader) writes(v value, at int) {
	if r.home.sibling == 0 {
		r.saw(at, v)
	}
	if !v.known() && v.marks&(fromDecoder|fromCodes) != 0 {
		r.runsOther(v, at, false)
	}
}

// isOpen tells of something that is called that the files that are known do not say what
// it is: others may.
func (r *reader) isOpen(v value) bool {
	switch {
	case v.kind == stringKind: // a part of it is missing, perhaps
		name := r.callable(v)
		return v.computed && !strings.Contains(name, "::") && r.survey.functions[name] == nil && !isFoldable(name) && !wantedNames[name]
	case v.kind == arrayKind:
		return slices.ContainsFunc(v.array.values, func(v value) bool { return v.kind != stringKind && v.object() == nil })
	}
	from := v.from()
	ofHeirs := from != "" && from != ofCallers && from != ofOthers // whatever it is here
	return v.object() == nil && v.closure() == nil && (len(v.oneOf()) == 0 || ofHeirs) && v.marks&fromInput == 0
}
