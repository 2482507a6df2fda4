package php

import "strings"

// A closure is a function without a name that stands in an expression.
type closure struct {
	params, body int              // tokens: the parenthesis, and { or the expression of fn
	captured     map[string]value // what "use" takes along
	references   map[string]reference
	this         *object
	class        block
	called       string // the class that static means, where it is another one
	home         *code  // of a trace, that it stands in
	ran          bool   // in a trace
}

// invoke computes a closure for constants.
func (r *reader) invoke(c *closure, args []value) value {
	if r.calls >= maxCalls || c.home != nil && c.home.within > 0 {
		return value{}
	}
	m := r.quiet()
	m.blocks = []openBlock{{open: -1}}
	m.local = map[string]value{}
	for name, v := range c.captured {
		m.local[name] = v
	}
	m.bind(c.params, args)
	if m.failed {
		return value{}
	}
	var v value
	if r.tokens[c.body].kind == '{' {
		if m.runBlock(c.body) != returnedValue {
			return value{}
		}
		v = m.returned
	} else {
		m.at = c.body
		v = m.expression(precAssign)
	}
	if m.failed || !v.known() {
		return value{}
	}
	v.computed = true
	return v
}

// callClosure reads the call of a closure at the place.
func (r *reader) callClosure(c *closure, from, mark int) value {
	args, complete := r.arguments("", r.at)
	if !complete || r.failed {
		return value{}
	}
	values := make([]value, len(args))
	for i, a := range args {
		if values[i] = a.value; !a.value.known() || a.name != "" {
			return value{}
		}
	}
	v := r.invoke(c, values)
	if v.scalar() {
		r.fold(mark, from, v)
	}
	return v
}

// captured are the values of the variables between the parentheses of "use".
func (r *reader) captured(open int) map[string]value {
	out := map[string]value{}
	for k := open + 1; k < int(r.match[open]); k++ {
		if r.tokens[k].kind == variableToken && r.tokens[k-1].kind != '&' {
			if v := r.variable(r.text(k)); v.known() || r.trace != nil {
				out[r.text(k)] = v
			}
		}
	}
	return out
}

// referred are the variables that "use" takes along by reference.
func (r *reader) referred(open int) map[string]reference {
	var out map[string]reference
	for k := open + 1; k < int(r.match[open]); k++ {
		if r.tokens[k].kind == variableToken && r.tokens[k-1].kind == '&' {
			if out == nil {
				out = map[string]reference{}
			}
			name := r.text(k)
			if _, set := r.local[name]; !set && r.local != nil {
				if _, refers := r.refs[name]; !refers {
					r.local[name] = value{kind: nullKind}
				}
			}
			out[name] = reference{in: r, name: name}
		}
	}
	return out
}

// give looks ahead for what a closure that stands in a call is called with, since
// its body is read first: preg_replace_callback('/.+/', function ($m) { ... }, 'x').
func (r *reader) give(name string, open int) {
	if r.out == nil || r.match[open] < 0 {
		return
	}
	at := 0
	switch name {
	case "preg_replace_callback":
		at = 1
	case "array_map", "call_user_func":
	case "array_walk":
		at = 1
	default:
		return
	}
	starts := r.argumentStarts(open)
	if len(starts) < 2 || at >= len(starts) {
		return
	}
	params := r.parameters(starts[at])
	if params < 0 {
		return
	}
	argument := func(i int) value {
		if i >= len(starts) {
			return value{}
		}
		return r.evaluate(r.block().scope, starts[i])
	}
	var v value
	switch name {
	case "preg_replace_callback":
		if found := r.matches(argument(0), argument(2)); len(found) > 0 {
			v = found[0].groups
		}
	case "call_user_func":
		v = argument(1)
	default:
		if list := argument(1 - at); list.kind == arrayKind && len(list.array.values) == 1 {
			v = list.array.values[0]
		}
	}
	r.given(params, v)
}

// giveTo looks ahead for the argument of a closure between two parentheses that is
// called at once.
func (r *reader) giveTo(open int) {
	if r.out == nil || r.match[open] < 0 {
		return
	}
	args := int(r.match[open]) + 1
	if r.tokens[args].kind != '(' || r.match[args] < 0 {
		return
	}
	params := r.parameters(open + 1)
	if starts := r.argumentStarts(args); params >= 0 && len(starts) == 1 {
		r.given(params, r.evaluate(r.block().scope, starts[0]))
	}
}

func (r *reader) given(params int, v value) {
	if !v.known() {
		return
	}
	if r.firsts == nil {
		r.firsts = map[int]value{}
	}
	r.firsts[params] = v
}

// parameters is the parenthesis of the closure that begins at a token, -1 for
// none.
func (r *reader) parameters(at int) int {
	if r.tokens[at].word == wordStatic {
		at++
	}
	if w := r.tokens[at].word; w != wordFunction && w != wordFn || r.tokens[at].kind != nameToken {
		return -1
	}
	at++
	if r.tokens[at].kind == '&' {
		at++
	}
	if r.tokens[at].kind != '(' || r.match[at] < 0 {
		return -1
	}
	return at
}

// argumentStarts are the tokens at which the arguments in parentheses begin.
func (r *reader) argumentStarts(open int) []int {
	const most = 8
	end := int(r.match[open])
	if open+1 == end {
		return nil
	}
	starts := []int{open + 1}
	for k := open + 1; k < end && len(starts) < most && r.step(); k++ {
		if m := int(r.match[k]); m > k {
			k = m
		} else if r.tokens[k].kind == ',' && k+1 < end {
			starts = append(starts, k+1)
		}
	}
	return starts
}

// A found is one place that a regular expression finds.
type found struct {
	from, to int
	groups   value
}

// matches are what a constant pattern of PHP finds in a constant, as far as Go's
// regular expressions know the pattern.
func (r *reader) matches(pattern, subject value) []found {
	if pattern.kind != stringKind || subject.kind != stringKind {
		return nil
	}
	re := expression(r.budget, pattern.s, subject.s)
	if re == nil {
		return nil
	}
	var out []found
	for _, at := range re.FindAllStringSubmatchIndex(subject.s, maxMatches) {
		if at[0] == at[1] {
			continue
		}
		groups := groupsOf(r.budget, re, subject.s, at, 0)
		for i := range groups.array.values {
			groups.array.values[i].decoded = subject.decoded
		}
		out = append(out, found{at[0], at[1], groups})
	}
	return out
}

// replaced is preg_replace_callback with a closure.
func (r *reader) replaced(args []value) value {
	if len(args) != 3 || args[1].closure() == nil {
		return value{}
	}
	if beginsWith := args[2].prefix(); !args[2].known() && beginsWith != "" {
		return beginning(r.replaced([]value{args[0], args[1], stringValue(beginsWith)}).s, 0)
	}
	subject := args[2].s
	var b strings.Builder
	at := 0
	for _, f := range r.matches(args[0], args[2]) {
		s, ok := r.invoke(args[1].closure(), []value{f.groups}).text()
		if !ok || !r.budget.Take(len(s)) || !r.budget.Step() {
			return value{}
		}
		b.WriteString(subject[at:f.from])
		b.WriteString(s)
		at = f.to
	}
	if at == 0 {
		return value{}
	}
	b.WriteString(subject[at:])
	v := stringValue(b.String())
	v.decoded = true
	return v
}
