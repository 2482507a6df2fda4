package javascript

import "github.com/tdewolff/parse/v2/js"

// set declares a variable in the call that is being evaluated.
func (e *evaluator) set(number uint32, v value) {
	for i, n := range e.env.names {
		if n == number {
			e.env.values[i] = v
			return
		}
	}
	e.env.names = append(e.env.names, number)
	e.env.values = append(e.env.values, v)
}

// assign gives the variable at a token the value of an assignment expression.
func (e *evaluator) assign(i uint32) (value, uint32, bool) {
	t := e.tokens[i]
	if t.ref == 0 || t.ref&global != 0 {
		return value{}, i, false
	}
	operator := e.kind(i + 1)
	var v value
	end, ok := i+2, true
	if operator == js.IncrToken || operator == js.DecrToken {
		v = numberValue(1)
	} else if v, end, ok = e.expression(i+2, precedenceAssign); !ok || !e.complete(end, precedenceAssign) {
		return value{}, i, false
	}
	result := v
	if operator != js.EqToken {
		old := e.variable(t.ref)
		binary := operators[operator]
		switch operator {
		case js.IncrToken:
			binary = js.AddToken
		case js.DecrToken:
			binary = js.SubToken
		}
		if binary == 0 || old.kind == unknown {
			return value{}, i, false
		}
		if v, ok = e.operate(binary, old, v); !ok {
			return value{}, i, false
		}
		if result = v; operator == js.IncrToken || operator == js.DecrToken {
			result = old
		}
	}
	for env := e.env; env != nil; env = env.outer {
		for n, number := range env.names {
			if number == t.ref {
				env.values[n] = v
				return result, end, true
			}
		}
	}
	// A function that replaces itself, as those of obfuscators do.
	if d := &e.declarations[t.ref]; d.kind == function && v.kind == closure && operator == js.EqToken {
		d.state = evaluation{known, &v}
		return result, end, true
	}
	return value{}, i, false
}

// assignElement gives an element of an array a value; the operator stands at a
// token.
func (e *evaluator) assignElement(v, key value, operator uint32) (value, uint32) {
	n := int(key.num)
	if e.env == nil || e.kind(operator) != js.EqToken || v.kind != array || key.kind != number || n < 0 || n > len(*v.items) || n >= maxItems {
		return value{}, operator
	}
	item, end, ok := e.expression(operator+1, precedenceAssign)
	if !ok || !e.complete(end, precedenceAssign) {
		return value{}, operator
	}
	if n == len(*v.items) {
		*v.items = append(*v.items, item)
	} else {
		(*v.items)[n] = item
	}
	return item, end
}

// increment evaluates "++name" and "--name".
func (e *evaluator) increment(i uint32) (value, uint32, bool) {
	t := e.tokens[i+1]
	if e.env == nil || !js.IsIdentifier(t.kind()) || t.ref == 0 || t.ref&global != 0 {
		return value{}, i, false
	}
	old := e.variable(t.ref)
	n, ok := old.number()
	if !ok {
		return value{}, i, false
	}
	if e.kind(i) == js.IncrToken {
		n++
	} else {
		n--
	}
	for env := e.env; env != nil; env = env.outer {
		for k, number := range env.names {
			if number == t.ref {
				env.values[k] = numberValue(n)
				return env.values[k], i + 2, true
			}
		}
	}
	return value{}, i, false
}
