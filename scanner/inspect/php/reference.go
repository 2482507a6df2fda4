package php

// byReference are the functions of PHP that change a variable that they are given.
// It is a variable by itself, or it stays as it is.
func (r *reader) byReference(name string, args []argument) (value, bool) {
	target := func(i int, v value) {
		if i < len(args) {
			r.setArgument(args[i], v)
		}
	}
	arg := func(i int) value {
		if i < len(args) {
			return args[i].value
		}
		return value{}
	}
	if _, ok := sortings[name]; ok && len(args) > 0 {
		in := arg(0)
		flags, known := arg(1).number()
		if in.kind != arrayKind || len(args) > 1 && !known { // in the order of a function
			target(0, marked(in.marks.elementOf(value{})))
		} else if v := sorted(r.budget, name, in.array, orderOf(name, flags)); v.known() && !in.array.partial {
			target(0, v)
		} else if v.known() {
			target(0, r.partial(v))
		} else {
			m := in.array.more
			for _, e := range in.array.values {
				m |= e.marks
			}
			target(0, marked(m.elementOf(value{})))
		}
		return value{}, true
	}
	switch name {
	case "collator_sort", "collator_asort":
		if len(args) > 1 {
			return r.byReference(name[len("collator_"):], args[1:2])
		}
	case "mb_convert_variables":
		if len(args) < 2 {
			break
		}
		for i, a := range args[2:] {
			target(i+2, foldCall(r.budget, "mb_convert_encoding", []value{a.value, arg(0), arg(1)}))
		}
		return value{}, true
	case "gmp_setbit", "gmp_clrbit":
		n, ok := bigs(r.budget, valuesOf(args[:min(2, len(args))]), 2)
		on, known := boolValue(name == "gmp_setbit"), true
		if len(args) > 2 && name == "gmp_setbit" {
			truth, is := arg(2).truth()
			on, known = boolValue(truth), is
		}
		if ok && known && n[1].IsInt64() && n[1].Sign() >= 0 && n[1].Int64() <= maxBits {
			target(0, bigValue(n[0].SetBit(n[0], int(n[1].Int64()), uint(on.n))))
		} else {
			target(0, value{})
		}
		return value{}, true
	case "shuffle":
		if r.trace != nil {
			target(0, r.partial(arg(0)))
			return value{}, true
		}
	case "parse_str", "mb_parse_str":
		v := value{}
		if s, ok := arg(0).text(); ok {
			v = parsedQuery(r.budget, s)
		} else if v = marked(arg(0).marks); len(args) == 1 {
			r.setsAny(v.marks)
		}
		if len(args) == 1 && v.kind == arrayKind { // as before PHP 8
			for i, e := range v.array.values {
				if k := v.array.key(i).value(); k.kind == stringKind && isName(k.s) {
					r.assign("$"+k.s, e)
				}
			}
		}
		target(1, v)
		return value{}, true
	case "preg_match", "preg_match_all", "mb_ereg", "mb_eregi":
		v := value{}
		pattern, ok1 := arg(0).text()
		subject, ok2 := arg(1).text()
		switch name {
		case "mb_ereg":
			name, pattern = "preg_match", eregPattern(pattern, "")
		case "mb_eregi":
			name, pattern = "preg_match", eregPattern(pattern, "i")
		}
		found := value{}
		if ok1 && ok2 {
			flags, _ := arg(3).number()
			v = pregMatch(r.budget, pattern, subject, name == "preg_match_all", flags)
			if v.known() && r.trace != nil {
				found = integerValue(matchesIn(v, name == "preg_match_all", flags))
			}
		} else {
			v = marked(arg(1).marks.partOf() | arg(1).marks&fromFile)
		}
		target(2, v)
		return found, true
	case "getimagesize": // what a picture says beside its size
		target(1, marked(fromFile))
		return value{}, len(args) > 1
	case "sscanf":
		v := foldCall(r.budget, name, valuesOf(args[:min(2, len(args))]))
		if len(args) > 2 {
			for i := range args[2:] {
				target(i+2, v.element(integerValue(int64(i))))
			}
			return value{}, true
		}
		return v, true
	case "array_push", "array_unshift":
		in := arrayArgument(r.budget, valuesOf(args), 0)
		if in == nil {
			target(0, value{})
			return value{}, true
		}
		out := newArray(0)
		if name == "array_unshift" {
			for _, a := range args[1:] {
				out.append(a.value)
			}
		}
		for i, v := range in.values {
			if k := in.key(i); k.s != "" {
				out.set(k, v)
			} else {
				out.append(v)
			}
		}
		if name == "array_push" {
			for _, a := range args[1:] {
				out.append(a.value)
			}
		}
		target(0, out.value())
		return value{}, true
	case "array_shift", "array_pop":
		in := arrayArgument(r.budget, valuesOf(args), 0)
		switch {
		case in == nil:
			return marked(arg(0).marks), true
		case len(in.values) == 0:
			return value{kind: nullKind}, true
		}
		n := len(in.values)
		if in.partial {
			return in.any(), true
		}
		if name == "array_shift" {
			target(0, sliced(in, 1, n, false))
			return in.values[0], true
		}
		target(0, sliced(in, 0, n-1, true))
		return in.values[n-1], true
	case "array_splice":
		in := arrayArgument(r.budget, valuesOf(args), 0)
		if in == nil || len(args) < 2 {
			target(0, value{})
			return value{}, true
		}
		from, to, ok := offsets(valuesOf(args[1:min(len(args), 3)]), int64(len(in.values)))
		if !ok {
			target(0, value{})
			return value{}, true
		}
		rest := newArray(0)
		for i, v := range in.values {
			if int64(i) == from && len(args) > 3 {
				for _, e := range r.spread(args[3]) {
					rest.append(e.value)
				}
			}
			if int64(i) < from || int64(i) >= to {
				rest.append(v)
			}
		}
		target(0, rest.value())
		return sliced(in, int(from), int(to), false), true
	case "settype":
		to, _ := arg(1).text()
		target(0, r.cast(lower(to), arg(0)))
		return value{}, true
	case "next", "prev", "reset", "end", "each":
		in := arrayArgument(r.budget, valuesOf(args), 0)
		if in == nil || name == "each" || in.partial {
			if in != nil && name != "each" {
				return foldCall(r.budget, name, []value{arg(0)}), true
			}
			return marked(arg(0).marks), true
		}
		moved := in.clone()
		switch name {
		case "next":
			moved.place++
		case "prev":
			moved.place--
		case "reset":
			moved.place = 0
		case "end":
			moved.place = len(in.values) - 1
		}
		target(0, moved.value())
		if moved.place < 0 || moved.place >= len(moved.values) {
			return boolValue(false), true
		}
		return moved.values[moved.place], true
	case "openssl_public_decrypt", "openssl_private_decrypt":
		target(1, marked(fromDecoder))
		return value{}, true
	case "mb_ereg_replace", "mb_eregi_replace":
		if pattern, ok := arg(0).text(); ok && len(args) == 3 {
			flags := map[string]string{"mb_eregi_replace": "i"}[name]
			if v := foldCall(r.budget, "preg_replace", []value{stringValue(eregPattern(pattern, flags)), arg(1), arg(2)}); v.known() {
				return v, true
			}
		}
	case "exec":
		target(1, value{})
		return value{}, true
	}
	return value{}, false
}

// setArgument changes the variable, the element or the property that an argument is.
func (r *reader) setArgument(a argument, v value) {
	switch {
	case a.variable != "":
		r.assign(a.variable, v)
	case a.set != nil:
		a.set(v)
	}
}
