package javascript

import "strings"

// Where a condition is not known, a machine runs both sides, and what they do to a
// variable is the last thing done with the others kept beside it. A doubt says
// how much of that is under way.
type doubt uint8

const (
	certain  doubt = iota
	possible       // one of several ways, of which one is taken
	unlikely       // a handler of errors where none is known to be thrown
)

// maxAlternatives bounds the values that are kept of one variable.
const maxAlternatives = 8

// joined is what becomes of a variable that has one value and is given another.
func (d doubt) joined(was, is value) value {
	if d == certain || was.kind == undefined || was.kind == unknown && was.also == nil || same(was, is) {
		return is
	}
	if d == unlikely {
		was, is = is, was
	}
	others := alternatives(is)
	if n := maxAlternatives - len(others); n > 0 {
		kept := alternatives(was)
		others = append(others, kept[:min(n, len(kept))]...)
	}
	is.also = &others
	return is
}

// fromOutside tells whether a global is a text that whoever runs the script gives it, or
// does not.
func fromOutside(name string) bool {
	return strings.HasPrefix(name, "process.env.") || strings.HasPrefix(name, "process.argv.")
}

// alternatives are the values that a value may be.
func alternatives(v value) []value {
	if v.also == nil {
		if v.kind == unknown {
			return nil
		}
		return []value{v}
	}
	return append([]value{}, *v.also...)
}

// A choice is a place for one of the values that a value may be.
type choice struct {
	at    *value
	among []value
}

// choose adds the choices that a value leaves, or items of a list do, of which it makes
// a copy for them.
func (m *machine) choose(choices []choice, v *value) []choice {
	switch {
	case mayBeAnother(*v), v.kind == unknown && v.also != nil && len(*v.also) > 0:
		return append(choices, choice{v, *v.also})
	case v.kind != array || len(*v.items) > maxSupposed || !m.step(len(*v.items)):
		return choices
	}
	before := len(choices)
	items := append([]value{}, *v.items...)
	for i := range items {
		if item := &items[i]; item.kind == unknown && item.also != nil && len(*item.also) > 0 {
			choices = append(choices, choice{item, *item.also})
		}
	}
	if len(choices) > before {
		*v = arrayValue(items)
	}
	return choices
}

// mayBeAnother tells whether a value is a short text, or a list, or the like, that may be
// another one as well.
func mayBeAnother(v value) bool {
	const short = 1 << 10 // bytes
	switch v.kind {
	case text, buffer:
		return v.also != nil && len(v.str) <= short
	case array:
		return v.also != nil && len(*v.items) <= maxSupposed
	case number:
		return v.also != nil
	}
	return false
}

// besides is what a call comes to, with what it would come to for the other values that
// what it is called with may be.
func (m *machine) besides(got value, self *value, args []argument, call func(self *value, args []argument) value) value {
	another := self != nil && mayBeAnother(*self)
	for _, a := range args {
		another = another || mayBeAnother(a.value)
	}
	if !another || m.doubts > freeDoubts || got.kind != text && got.kind != array && got.kind != buffer && got.kind != number {
		return got
	}
	var results []value
	m.doubtful(possible, func() { results, _ = m.callsOfEach(self, args, call) })
	return orAnother(got, results)
}

// callsOfEach are the results of a call with each of the values that what it is called with
// may be; false where there is no choice. A list is another one each time, which the method
// may change.
func (m *machine) callsOfEach(self *value, args []argument, call func(self *value, args []argument) value) (results []value, any bool) {
	var choices []choice
	var of value
	if self != nil {
		of = *self
		choices = m.choose(choices, &of)
	}
	others := append([]argument{}, args...)
	for i := range others {
		choices = m.choose(choices, &others[i].value)
	}
	if len(choices) == 0 {
		return nil, false
	}
	eachChoice(choices, func() {
		one := of
		if one.kind == array {
			one = arrayValue(append([]value{}, *one.items...))
		}
		results = append(results, call(&one, append([]argument{}, others...)))
	})
	return results, true
}

// orAnother is a known value that may be one of others instead.
func orAnother(v value, others []value) value {
	if also := alternatives(anyValue(append([]value{v}, others...))); len(also) > 1 {
		v.also = &also
	}
	return v
}

// doubtful runs what is only done perhaps: one side of a condition that is not known. What
// is declared there has no other value but what it is given there.
func (m *machine) doubtful(how doubt, do func()) {
	was, side := m.doubt, m.side
	m.doubt = max(was, how)
	m.doubts++
	m.sides++
	m.side = m.sides
	do()
	m.side = side
	m.doubts--
	m.doubt = was
}

// eachChoice calls try with all that choices come to together, where that is little, or
// else with the first of each, the second, and so on.
func eachChoice(choices []choice, try func()) {
	all, most := 1, 0
	for _, c := range choices {
		all, most = min(all*len(c.among), maxAlternatives+1), max(most, len(c.among))
	}
	inStep := all > maxAlternatives
	if inStep {
		all = most
	}
	for n := range all {
		rest := n
		for _, c := range choices {
			which := min(n, len(c.among)-1)
			if !inStep {
				which, rest = rest%len(c.among), rest/len(c.among)
			}
			*c.at = c.among[which]
			c.at.also = nil
		}
		try()
	}
}

// supposedItems are the items of each of the lists that a value may be.
func (m *machine) supposedItems(v value) (all [][]value) {
	for _, one := range alternatives(v) {
		one.also = nil
		if items, ok := m.iterate(one); ok && len(items) > 0 {
			all = append(all, items)
		}
	}
	return all
}

// lay puts the properties of a value into an object, or of each that it may be. It tells
// whether they are known.
func (m *machine) lay(o, v value) bool {
	keys, items, ok := m.entriesOf(v)
	for k, key := range keys {
		m.put(o, textValue(key), items[k])
	}
	for _, key := range m.symbolsOf(v) {
		m.put(o, key, m.get(v, key))
	}
	if ok || v.kind != unknown || v.also == nil {
		return ok
	}
	m.doubtful(possible, func() {
		for _, one := range *v.also {
			one.also = nil
			m.lay(o, one)
		}
	})
	return false
}

// forked calls a function with each of the texts, numbers and lists that an argument may be.
func (m *machine) forked(args []argument, call func(args []argument) value) value {
	for i, a := range args {
		if a.kind != unknown || a.also == nil || m.doubts > freeDoubts {
			continue
		}
		results := []value{{}}
		m.doubtful(possible, func() {
			for _, one := range *a.also {
				if one.kind != text && one.kind != array && one.kind != number {
					continue
				}
				one.also = nil
				others := append([]argument{}, args...)
				others[i].value = one
				results = append(results, call(others))
			}
		})
		return anyValue(results)
	}
	return value{}
}

const maxSupposed = 64 // items of a list

// anyValue is an unknown value that is one of several, or the one that all are.
func anyValue(all []value) value {
	var out []value
	for _, v := range all {
		for _, one := range alternatives(v) {
			one.also = nil
			known := false
			for _, had := range out {
				known = known || same(had, one)
			}
			if !known && len(out) < maxAlternatives {
				out = append(out, one)
			}
		}
	}
	complete := true
	for _, v := range all {
		complete = complete && (v.kind != unknown || v.also != nil && !v.plain)
	}
	if len(out) == 1 && complete {
		return out[0]
	}
	from := value{}
	for _, v := range all {
		from.num = float64(int(from.num) | givenBy(v))
	}
	if len(out) > 0 {
		from.also, from.plain = &out, !complete
	}
	return from
}

// anyValueFrom is anyValue where one that is not known comes from where another value does.
func anyValueFrom(from value, all []value) value {
	v := anyValue(append(all, value{num: from.num}))
	if v.kind == unknown {
		v.decoded, v.more = from.decoded, from.more
	}
	return v
}

// mayBeOther tells whether an unknown value may be something else than one of those that
// are known of it.
func mayBeOther(v value) bool { return v.kind == unknown && v.plain }

// others is what becomes of each of the values that one may be. That there may be more of
// them only matters where they would come from a decoder or a file.
func others(all []value, from value, more bool) value {
	if more && (from.decoded || from.more != "") {
		return anyValueFrom(from, all)
	}
	return anyValue(all)
}

// uncertain runs a statement that may not be run: how it ends does not count, and where
// it goes on for long it is left.
func (m *machine) uncertain(s statement, f *frame, how doubt) completion {
	result := m.result
	var ended completion
	m.sparing(func() {
		m.doubtful(how, func() { ended = s(f) })
	})
	if ended == exhausted && m.steps > 0 {
		ended = normal
	}
	switch ended {
	case returns:
		f.maybe = true
		if len(f.results) < maxAlternatives {
			f.results = append(f.results, m.result)
		}
		m.result = result
	case throws:
		m.thrown = false
	case breaks, continues:
		m.label = ""
	case exhausted:
		return exhausted
	}
	return normal
}
