package php

import (
	"cmp"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// An argument is one argument of a call.
type argument struct {
	value    value
	from, to int // tokens
	name     string
	variable string      // that it is by itself
	set      func(value) // sets the element or the property that it is
	spread   bool        // it stands for this argument and all that follow
}

const maxSized = 1 << 10 // arguments of a call that room is made for before they are read

// argumentAt is the argument at a place, or what is spread out over it.
func argumentAt(args []argument, at int) (argument, bool) {
	switch last := len(args) - 1; {
	case at <= last:
		return args[at], true
	case last >= 0 && args[last].spread && !args[last].value.known():
		return args[last], true
	}
	return argument{}, false
}

// use notes that the tokens since one load or call something.
func (r *reader) use(kind script.UseKind, name string, from int, hidden bool) {
	if r.out == nil || name == "" {
		return
	}
	r.uses = append(r.uses, script.Use{
		Kind: kind, Name: name, Hidden: hidden,
		Start: int(r.tokens[from].start), End: int(r.tokens[max(from, r.at-1)].end),
	})
}

// call reads the arguments of a call and notes it; the name is empty where it is
// not known or a method's. It returns what the call comes to.
func (r *reader) call(name string, hidden bool, from, mark int) value {
	open := r.at
	if r.trace != nil {
		if name == "" {
			r.tracedArguments()
			return value{}
		}
		if r.tokens[open+1].kind == ellipsisToken && int(r.match[open]) == open+2 && name != "eval" && name != "exit" {
			r.at = open + 3
			return value{kind: stringKind, s: name} // the function itself
		}
		return r.tracedCall(name, r.tracedArguments(), open)
	}
	r.give(name, open)
	r.askForCall(name)
	if hidingDecoders[name] || characterFunctions[name] {
		r.assembles()
	}
	args, complete := r.arguments(name, open)
	args = r.inPlaces(name, args)
	r.use(script.Call, name, from, hidden)
	if name == "" {
		return value{}
	}
	if len(args) == 0 && r.tokens[open+1].kind == ellipsisToken && int(r.match[open]) == open+2 {
		return value{kind: stringKind, s: name} // the function itself
	}
	r.runs(name, args, from)
	r.revealed(open, from) // what a trace saw called in there, or opened
	for _, at := range callbackArguments[name] {
		if a, ok := argumentAt(args, at); ok {
			ignored := marks(0)
			if name == "reflectionfunction::__construct" { // to look at all there are is no call
				ignored = fromList
			}
			r.callback(a, ignored)
		}
	}
	if len(args) > 1 && callbackArguments[r.callable(args[0].value)] != nil { // what that calls
		r.revealed(args[1].from, from)
	}
	for _, a := range args {
		if a.name == "callback" || a.name == "function" {
			r.callback(a, 0)
		}
	}
	r.evaluatesBy(name, args, from)
	r.opensAddresses(name, args, from)
	r.setsSessions(name, args, from)
	switch name {
	case "define":
		if len(args) > 1 && args[0].value.kind == stringKind {
			r.gives("constant "+args[0].value.s, args[1].value)
		}
	case "ini_set", "ini_alter":
		switch {
		case len(args) < 2:
		case settingsThatCall[lower(args[0].value.s)]:
			r.callback(args[1], 0)
		case !args[0].value.known():
			r.revealed(args[1].from, from)
		}
	case "ob_start":
		r.neverShown = r.neverShown || len(args) > 0
	case "extract":
		if len(args) > 0 && args[0].value.kind == arrayKind && r.budget.Take(64*len(args[0].value.array.values)) {
			for i, v := range args[0].value.array.values {
				if k := args[0].value.array.key(i).value(); k.kind == stringKind && isName(k.s) {
					r.assign("$"+k.s, v)
				}
			}
		}
	case "filter_var", "filter_input", "filter_var_array", "filter_input_array":
		for _, a := range args {
			for _, v := range append(valuesWithin(a.value), a.value) {
				if v.kind == arrayKind {
					r.use(script.Call, r.callable(v.element(stringValue("options"))), from, v.computed)
				}
			}
		}
	case "putenv":
		if len(args) > 0 && preloads(args[0].value.prefix()) {
			r.use(script.Call, "putenv:preload", from, hidden)
		}
		if len(args) > 0 && r.out != nil {
			r.putenv(args[0].value.s)
		}
	case "mail", "mb_send_mail":
		if len(args) > 4 && runsBySendmail(args[4].value.prefix()) {
			r.use(script.Call, "mail:option", from, hidden)
		}
	case "preg_replace_callback_array":
		if len(args) > 0 && args[0].value.kind == arrayKind {
			for _, v := range args[0].value.array.values {
				r.use(script.Call, r.callable(v), from, v.computed)
			}
		}
	}
	if !complete || r.failed {
		return value{}
	}
	r.changedBy(name, args)
	v := r.ownText(name, args)
	done := false
	if !v.known() && r.survey.functions[name] == nil {
		v, done = r.byReference(name, args)
	}
	if !v.known() && !done {
		v = r.result(name, args)
	}
	if !v.known() {
		v.marks |= r.passed(name, args)
		switch {
		case hidingDecoders[name]:
			r.decodesHere()
		case characterFunctions[name]:
			r.madeHere(script.Assembler)
		case passingFunctions[name] && r.block().class == "":
			r.madeHere(script.Assembler)
		}
	}
	if v.scalar() {
		r.fold(mark, from, v)
	}
	return v
}

// changedBy forgets the variables that a function of the script is given to change.
func (r *reader) changedBy(name string, args []argument) {
	d := r.survey.functions[name]
	if d == nil || d.home != nil || r.trace != nil {
		return
	}
	end, n := int(r.match[d.params]), 0
	for k := d.params + 1; k < end && n < len(args); k++ {
		switch t := r.tokens[k]; {
		case t.kind == ',':
			n++
		case t.kind == '&' && args[n].variable != "":
			r.assign(args[n].variable, value{})
		}
		if m := int(r.match[k]); m > k {
			k = m
		}
	}
}

// runs notes what eval and the like are given that is not constant.
func (r *reader) runs(name string, args []argument, from int) {
	at, evaluates := codeArguments[name]
	if !evaluates || at >= len(args) || r.survey.functions[name] != nil {
		return
	}
	switch name {
	case "file_put_contents", "fwrite", "fputs":
		return
	case "preg_replace", "mb_ereg_replace", "mb_eregi_replace":
		if !evaluatesMatches(name, args) {
			return
		}
	}
	v := args[at].value
	if !v.known() {
		// That a part of it is the request's is to be seen without going through all.
		v.marks |= r.traceMarks[args[at].from] &^ withInput
	}
	r.evaluates(v, from)
}

// evaluatesBy notes what a call has another function evaluate: array_map('assert', $_POST).
func (r *reader) evaluatesBy(name string, args []argument, from int) {
	for _, at := range callbackArguments[name] {
		if at >= len(args) {
			continue
		}
		if f := r.callable(args[at].value); f != "assert" && f != "create_function" {
			continue
		}
		for i, a := range args {
			if i != at {
				r.evaluates(marked(a.value.marks|r.traceMarks[a.from]), from)
			}
		}
	}
}

// callback notes the function that an argument names, without some marks that it has.
func (r *reader) callback(a argument, ignored marks) {
	if !a.value.known() {
		a.value.marks |= r.traceMarks[a.from]
	}
	a.value.marks &^= ignored
	r.namesCall(a.value, a.from)
	all := append(a.value.oneOf(), a.value)
	for _, v := range r.traces[a.from] { // what an object is made of text with is not its property's own value
		if !a.value.known() || r.callable(v) != r.callable(a.value) {
			all = append(all, v)
		}
	}
	for _, v := range all {
		r.callbackTo(v, a)
	}
}

func (r *reader) callbackTo(v value, a argument) {
	name := r.callable(v)
	if r.out == nil || name == "" {
		return
	}
	if hidingDecoders[name] {
		r.assembles()
		r.decodesHere()
	}
	r.uses = append(r.uses, script.Use{
		Kind: script.Call, Name: name, Hidden: v.hides(),
		Start: int(r.tokens[a.from].start), End: int(r.tokens[max(a.from, a.to-1)].end),
	})
}

// arguments reads ( arguments ). It is complete where nothing but expressions
// stood there.
func (r *reader) arguments(name string, open int) (args []argument, complete bool) {
	r.take()
	end := int(r.match[open])
	if end < 0 {
		return nil, false
	}
	code, evaluates := codeArguments[name]
	shown, keep := r.shown, r.keep
	r.shown, r.keep = r.shows(name), name == "isset" || name == "empty" || name == "unset"
	complete = true
	if n := r.elements(open); n > 0 {
		args = make([]argument, 0, min(n, maxSized))
	}
	for r.at < end && !r.failed {
		a := argument{from: r.at}
		if r.tokens[r.at].kind == nameToken && r.tokens[r.at+1].kind == ':' {
			a.name = r.text(r.at)
			r.take()
			r.take()
		}
		if r.tokens[r.at].kind == ellipsisToken {
			complete, a.spread = false, true
			if r.at+1 == end {
				r.take()
				break
			}
		}
		at, mark := r.at, r.mark()
		a.value = r.expression(precLowest)
		r.handsOn(a.value)
		if r.at == at && r.tokens[r.at].kind != ',' {
			break
		}
		a.to = r.at
		if evaluates && len(args) == code {
			r.saw(at, a.value)
		}
		if evaluates && len(args) == code && r.out != nil {
			ran := a
			if seen := besides(a.value, r.traces[at]); len(seen) > 0 {
				if ran.value = seen[0]; name == "eval" {
					ran.value = severally(seen, ";\n") // a comment may end it
				}
				if (a.value.marks|r.traceMarks[at])&fromInput == 0 {
					a.value = seen[0]
				}
			}
			if one := a.value.oneOf(); len(one) == 1 { // it may be something else too
				ran.value = one[0]
			}
			if ran.value.kind == stringKind {
				r.code(name, args, ran, mark)
			}
		}
		if a.value.kind == arrayKind && len(args) == 0 && commandFunctions[name] && r.out != nil && r.tokens[at].kind == nameToken && r.tokens[at].word == wordNone {
			if line := r.commandLine(a.value); line.known() {
				r.out.Truncate(mark)
				r.constant(line, int(r.tokens[at].start), int(r.tokens[r.at-1].end))
			}
		}
		if r.tokens[at].kind == variableToken && r.at == at+1 {
			a.variable = r.text(at)
		}
		args = append(args, a)
		starts, given := name, args
		if name == "call_user_func" && len(args) == 2 {
			starts, given = r.callable(args[0].value), args[1:]
		}
		if r.out != nil && commandFunctions[starts] {
			if line := cmp.Or(r.startedByShell(starts, given), r.tracedStart(at)); line != "" {
				r.out.Truncate(mark)
				r.constant(stringValue(line), int(r.tokens[at].start), int(r.tokens[r.at-1].end))
			}
		}
		seen := r.traces[at]
		if whollyKnown(a.value) {
			seen = nil
			if commandFunctions[name] && len(args) == 1 && a.value.kind == stringKind && r.tracedStart(at) == "" {
				seen = besides(a.value, r.traces[at])
			}
		}
		if len(seen) > 0 && r.out != nil && !r.isCallback(name, len(args)-1) && !(evaluates && len(args)-1 == code) {
			r.out.Truncate(mark)
			r.constant(severally(seen, "; "), int(r.tokens[at].start), int(r.tokens[r.at-1].end))
		}
		if r.tokens[r.at].kind != ',' || r.at >= end {
			break
		}
		r.take()
	}
	r.shown, r.keep = shown, keep
	if r.at < end {
		complete = false
		r.until(end)
	}
	r.closing(open)
	return args, complete && r.at == end+1
}

// severally is code, or a command, that does what each of several pieces does, which stand
// apart by such a text.
func severally(pieces []value, apart string) value {
	all := pieces[0]
	for _, v := range pieces[1:] {
		if len(all.s)+len(v.s) > script.MaxConstant {
			break
		}
		all = stringValue(all.s + apart + v.s)
	}
	return all
}

// whollyKnown tells whether a value is known, and the elements of an array too.
func whollyKnown(v value) bool {
	return v.known() && !slices.ContainsFunc(valuesWithin(v), func(e value) bool { return !e.known() })
}

// isCallback tells whether a function calls one of its arguments.
func (r *reader) isCallback(name string, at int) bool {
	return slices.Contains(callbackArguments[name], at)
}

// shows tells whether the arguments of a function are for people. One that the
// script declares may do anything with them.
func (r *reader) shows(name string) bool {
	if r.neverShown || name == "" {
		return false
	}
	if class, ok := strings.CutSuffix(name, "::__construct"); ok {
		return (strings.HasSuffix(class, "exception") || strings.HasSuffix(class, "error")) && r.survey.classes[class] == nil
	}
	return showingFunctions[name] && r.survey.functions[name] == nil
}

// code puts the script that an argument is into its place.
func (r *reader) code(name string, before []argument, a argument, mark int) {
	s := a.value.s
	inTags := true
	switch name {
	case "preg_replace":
		if !evaluatesMatches(name, before) {
			return
		}
	case "mb_ereg_replace", "mb_eregi_replace":
		return // whether it does, the last argument says
	case "file_put_contents", "fwrite", "fputs":
		if filters, _, ok := filtered(before[0].value.prefix()); ok {
			if s, ok = throughFilters(r.budget, s, filters); ok {
				a.value = stringValue(s)
			}
		}
		if !strings.Contains(s, "<?") {
			return
		}
		inTags = false
	}
	r.out.Truncate(mark)
	start, end := int(r.tokens[a.from].start), int(r.tokens[a.to-1].end)
	if !r.nest(a.value, inTags, start, end) {
		v := a.value
		v.decoded = false
		r.constant(v, start, end)
	}
}

// evaluatesMatches tells whether a replacement is evaluated as code, as old versions of
// PHP do where the letter e says so.
func evaluatesMatches(name string, args []argument) bool {
	if name == "preg_replace" {
		return strings.Contains(modifiers(args[0].value.s), "e")
	}
	return len(args) > 3 && strings.Contains(args[3].value.s, "e")
}

// modifiers are the letters behind a regular expression of PHP.
func modifiers(pattern string) string {
	if pattern == "" {
		return ""
	}
	end := pattern[0]
	switch end {
	case '(':
		end = ')'
	case '[':
		end = ']'
	case '{':
		end = '}'
	case '<':
		end = '>'
	}
	if i := strings.LastIndexByte(pattern, end); i > 0 {
		return pattern[i+1:]
	}
	return ""
}

// result computes a call.
func (r *reader) result(name string, args []argument) value {
	values := make([]value, len(args))
	for i, a := range args {
		if values[i] = a.value; a.name != "" {
			return value{}
		}
	}
	switch name {
	case "array_map":
		return r.mapped(values)
	case "preg_replace_callback":
		return r.replaced(values)
	case "file_get_contents":
		if len(values) == 1 && values[0].kind == stringKind {
			if s, ok := opened(r.budget, values[0].s); ok {
				v := stringValue(s)
				v.decoded = true
				return v
			}
		}
	case "call_user_func":
		if len(args) > 0 {
			if f := r.callable(values[0]); f != "" {
				return r.apply(f, values[1:])
			}
		}
	case "call_user_func_array":
		if len(args) == 2 && values[1].kind == arrayKind {
			if f := r.callable(values[0]); f != "" {
				return r.apply(f, values[1].array.values)
			}
		}
	case "constant":
		if len(values) == 1 && values[0].kind == stringKind {
			class, constant, ok := strings.Cut(values[0].s, "::")
			if ok {
				return r.fact(r.survey.classConstant(strings.TrimPrefix(lower(class), `\`), constant))
			}
			if v := r.fact(r.survey.constants[values[0].s]); v.known() {
				return v
			}
			return r.fact(r.survey.constants[class[strings.LastIndexByte(class, '\\')+1:]])
		}
	case "dirname":
		if levels, ok := dirLevels(values); ok && values[0].dir {
			return value{kind: stringKind, s: dirAt(values[0].s, levels, dirAbove), dir: true}
		}
	}
	return r.apply(name, values)
}

// apply computes a function of PHP or of the script for constants.
func (r *reader) apply(name string, args []value) value {
	if isFoldable(name) {
		return foldCall(r.budget, name, args)
	}
	return r.run(name, args)
}

// mapped is array_map of one list.
func (r *reader) mapped(args []value) value {
	if len(args) != 2 || args[1].kind != arrayKind {
		return value{}
	}
	name := r.callable(args[0])
	if name == "" && args[0].closure() == nil || !r.budget.Take(64*len(args[1].array.values)) {
		return value{}
	}
	out := newArray(len(args[1].array.values))
	for i, v := range args[1].array.values {
		if args[0].closure() != nil {
			v = r.invoke(args[0].closure(), []value{v})
		} else {
			v = r.apply(name, []value{v})
		}
		if !v.known() {
			return value{}
		}
		out.set(args[1].array.key(i), v)
	}
	return out.value()
}
