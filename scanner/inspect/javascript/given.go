package javascript

import "maps"

// give notes what the names in a text of code mean that has its own globals.
func (m *machine) give(open uint32, names value) {
	if names.kind != dictionary || open == 0 {
		return
	}
	for i, name := range *names.keys {
		m.givenName(open, name, (*names.items)[i])
	}
}

// handable tells whether a value means the same in another script; functions and
// objects belong to this one.
func handable(v value) bool {
	switch v.kind {
	case globalName, module, text, number, boolean:
		return true
	}
	return false
}

// copied is what another script gets of a value: a copy without the functions of this one.
func copied(v value, depth int) value {
	const deepest = 8
	if handable(v) {
		return v
	}
	if v.kind != array && v.kind != dictionary || v.self != nil || v.more != "" || depth == deepest {
		return value{}
	}
	items := make([]value, len(*v.items))
	for i, item := range *v.items {
		items[i] = copied(item, depth+1)
	}
	out := value{kind: v.kind, items: &items}
	if v.keys != nil {
		keys := append([]string{}, *v.keys...)
		out.keys = &keys
	}
	return out
}

// giveCode notes what a name means in the text that a function was made of. Of an object
// that is what it has when the function is called first.
func (e *evaluator) giveCode(code value, name string, v value) {
	had := e.given[code.at]
	if n := int(code.num); n > 0 && n <= len(e.codes) {
		had = e.codes[n-1].given
	}
	if _, known := had[name]; known && !handable(v) {
		return
	}
	if v = copied(v, 0); v.kind == unknown {
		return
	}
	if n := int(code.num); n > 0 && n <= len(e.codes) {
		if had == nil {
			e.codes[n-1].given = map[string]value{}
		}
		e.codes[n-1].given[name] = v
	} else {
		e.giveAll(code.at, map[string]value{name: v})
	}
}

func (e *evaluator) givenName(open uint32, name string, v value) {
	if !handable(v) {
		return
	}
	e.giveAll(open, map[string]value{name: v})
}

// giveAll notes what names in a text of code mean.
func (e *evaluator) giveAll(open uint32, names map[string]value) {
	if e.given == nil {
		e.given = map[uint32]map[string]value{}
	}
	if e.given[open] == nil {
		e.given[open] = map[string]value{}
	}
	maps.Copy(e.given[open], names)
}
