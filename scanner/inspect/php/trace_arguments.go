package php

// What calls hand to functions that are traced.

// bindTraced sets the parameters of a function that is traced; caller is where
// those that are references lead to.
func (r *reader) bindTraced(open int, args []argument, caller *reader) {
	r.passedIn = args
	end := int(r.match[open])
	n := 0
	byReference, rest, promoted := false, false, false
	for k := open + 1; k < end; k++ {
		switch t := r.tokens[k]; t.kind {
		case '&':
			byReference = true
		case ellipsisToken:
			rest = true
		case nameToken:
			promoted = promoted || t.word == wordModifier
		case variableToken:
			name := r.text(k)
			a, given := argumentFor(args, n, name[1:])
			switch {
			case rest && byReference:
				r.local[name] = caller.placesOf(args[min(n, len(args)):])
			case rest:
				r.local[name] = listed(args[min(n, len(args)):])
			case given && byReference && a.variable != "":
				r.refer(name, reference{in: caller, name: a.variable})
			case given && byReference && a.set != nil && caller != nil && caller.refersBy(r, name, a.from):
			case given:
				r.local[name] = a.value
			case r.tokens[k+1].kind == '=':
				r.local[name] = r.valueAt(k + 2)
				r.failed = r.trace.fuel < 0
			}
			if promoted && r.this != nil {
				r.this.set(name, r.local[name])
			}
			n++
			byReference, rest, promoted = false, false, false
			for k++; k < end && r.tokens[k].kind != ','; k++ {
				if m := int(r.match[k]); m > k {
					k = m
				}
			}
		default:
			if m := int(r.match[k]); m > k {
				k = m
			}
		}
	}
}

// placesOf is an array of arguments of which each element is another name of the place
// that one is.
func (r *reader) placesOf(args []argument) value {
	all := newArray(len(args))
	for _, a := range args {
		v := a.value
		if a.variable != "" && r != nil {
			v = r.refersTo(reference{in: r, name: a.variable})
		}
		all.append(v)
	}
	return all.value()
}

// refersBy makes a parameter another name of the place that an argument is.
func (r *reader) refersBy(of *reader, name string, from int) bool {
	at := r.at
	to, ok := r.placeAt(from)
	if r.at = at; ok {
		of.refer(name, to)
	}
	return ok
}

// argumentFor is the argument of a parameter: the one of its name, or of its place.
func argumentFor(args []argument, n int, name string) (argument, bool) {
	for _, a := range args {
		if a.name == name {
			return a, true
		}
	}
	switch last := len(args) - 1; {
	case n <= last && args[n].name == "":
		return args[n], true
	case last >= 0 && args[last].spread && args[last].value.from() == ofCallers:
		return args[last], true
	}
	return argument{}, false
}

// tracedArguments reads ( arguments ) with what is spread out among them.
func (r *reader) tracedArguments() (args []argument) {
	open := r.at
	end := int(r.match[open])
	r.at++
	if n := r.elements(open); n > 0 {
		args = make([]argument, 0, min(n, maxSized))
	}
	const most = 1 << 10
	for r.at < end && !r.failed && len(args) < most {
		at := r.at
		a := argument{from: r.at}
		if k := r.tokens[r.at].kind; (k == nameToken || k == varNameToken) && r.tokens[r.at+1].kind == ':' {
			a.name = r.text(r.at)
			r.at += 2
			a.from = r.at
		}
		spreads := r.tokens[r.at].kind == ellipsisToken
		if spreads {
			r.at++
			if r.at == end {
				break
			}
		}
		if r.tokens[r.at].kind == variableToken && (r.tokens[r.at+1].kind == ',' || r.at+1 == end) {
			a.variable = r.text(r.at)
		}
		r.argumentPlace = nil
		a.value = r.expression(precLowest)
		r.handsOn(a.value)
		if a.to = r.at; r.argumentPlace != nil && r.argumentAt == a.from && a.variable == "" {
			a.set = r.argumentPlace
		}
		if spreads {
			args = append(args, r.spread(a)...)
		} else {
			args = append(args, a)
		}
		if r.at < end && r.tokens[r.at].kind == ',' {
			r.at++
		} else if r.at < end || r.at == at {
			break
		}
	}
	r.at = end + 1
	return args
}

// spread are the arguments that ...all stands for.
func (r *reader) spread(all argument) (args []argument) {
	in := r.iterated(all.value)
	if in == nil {
		return []argument{{value: marked(all.value.marks.elementOf(value{})), spread: true, from: all.from, to: all.to}}
	}
	for i, v := range in.values {
		a := argument{value: v, from: all.from, to: all.to}
		if k := in.key(i); k.s != "" {
			a.name = k.s[1:]
		}
		args = append(args, a)
	}
	return args
}

func valuesOf(args []argument) []value {
	out := make([]value, len(args))
	for i, a := range args {
		out[i] = a.value
	}
	return out
}

// arguments are those of a call.
type arguments []argument

// number is an argument as a number, where there is one.
func (a arguments) number(i int) (int64, bool) {
	if i >= len(a) || a[i].value.kind == nullKind {
		return 0, false
	}
	return a[i].value.number()
}
