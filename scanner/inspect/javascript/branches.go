package javascript

import (
	"slices"

	"github.com/tdewolff/parse/v2/js"
)

// What one of several ways does to a variable is kept beside what it was, or beside what
// the other ways do to it. For what was assigned, a doubt sees to that. Here is what it
// does not see: a list that each of two ways changes in its place, and what a block, out of
// which something may have been thrown before it came to an assignment, leaves as it was.

// A place is a variable, or a property of one or of this.
type place struct {
	variable uint32 // 0 is this
	property string
}

// placesIn are the places behind which statements, in tokens [from, to), have something.
func (m *machine) placesIn(from, to uint32, behind func(at uint32) bool) (places []place) {
	const most, long = 8, 1000 // places, and tokens
	for i := from; i < min(to, from+long) && len(places) < most; i++ {
		k := m.kind(i)
		if k != js.ThisToken && !m.name(i) || m.kind(i-1) == js.DotToken || m.tokens[i].flags&binding != 0 {
			continue
		}
		p, at := place{}, i+1
		if k != js.ThisToken {
			p.variable = m.tokens[i].ref
		}
		if m.kind(at) == js.DotToken && !behind(at) {
			p.property = m.propertyNameAt(at + 1)
			at += 2
		}
		if (p.variable > 0 || p.property != "") && behind(at) && !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	return places
}

// assigned tells whether what stands before a token is assigned to.
func (m *machine) assigned(at uint32) bool {
	return m.kind(at) == js.EqToken && m.tokens[at].flags&binding == 0
}

// listChanged tells whether the list before a token is changed.
func (m *machine) listChanged(at uint32) bool {
	return m.kind(at) == js.DotToken && m.kind(at+2) == js.OpenParenToken && changesList(m.text(at+1))
}

// changesList tells whether a method of lists changes the list.
func changesList(name string) bool {
	switch name {
	case "push", "unshift", "splice", "shift", "pop", "fill", "reverse", "sort", "copyWithin":
		return true
	}
	return false
}

// at is where the value of a place is kept; nil if it is not there yet.
func (p place) at(f *frame) *value {
	cell := &f.this
	if p.variable > 0 {
		cell = f.lookup(p.variable)
	}
	if cell == nil || p.property == "" {
		return cell
	}
	if cell.kind != dictionary || cell.self != nil {
		return nil
	}
	if i := slices.Index(*cell.keys, p.property); i >= 0 {
		return &(*cell.items)[i]
	}
	return nil
}

// valuesAt are the values of places.
func valuesAt(places []place, f *frame) []value {
	values := make([]value, len(places))
	for i, p := range places {
		if v := p.at(f); v != nil {
			values[i] = *v
		}
	}
	return values
}

// mayBeAsBefore adds to what places have that they may still have what they had before.
func mayBeAsBefore(places []place, had []value, f *frame) {
	for i, p := range places {
		if v := p.at(f); v != nil && !empty(had[i]) && !same(*v, had[i]) {
			*v = possible.joined(had[i], *v)
		}
	}
}

// empty tells whether a value is what variables have that are given another one later.
func empty(v value) bool {
	switch v.kind {
	case text, buffer:
		return v.str == ""
	case array, dictionary:
		return len(*v.items) == 0
	}
	return v.kind < text
}

// listsAt are copies of the lists at places, nothing where there is none or a long one, or
// one of several.
func (m *machine) listsAt(places []place, f *frame) []value {
	lists := valuesAt(places, f)
	for i, v := range lists {
		if v.kind != array || v.also != nil || len(*v.items) > maxSupposed || !m.step(len(*v.items)) {
			lists[i] = value{}
		} else {
			lists[i] = arrayValue(slices.Clone(*v.items))
		}
	}
	return lists
}

// oneOf runs several statements of which one is run, but it is not known which. Lists that
// more than one of them change are what one of them makes of them.
func (m *machine) oneOf(ways []statement, changed []place, f *frame) completion {
	before := m.listsAt(changed, f)
	var others [][]value
	for n, way := range ways {
		if n > 0 {
			others = append(others, m.listsAt(changed, f))
			for i, p := range changed {
				if v := p.at(f); isList(v) && before[i].kind == array {
					*v.items = slices.Clone(*before[i].items)
				}
			}
		}
		if how := m.uncertain(way, f, possible); how != normal {
			return how
		}
	}
	for i, p := range changed {
		if v := p.at(f); isList(v) && before[i].kind == array {
			for _, lists := range others {
				*v = orAnother(*v, alternatives(lists[i]))
			}
		}
	}
	return normal
}

func isList(v *value) bool { return v != nil && v.kind == array }

// changedByMany are the lists that more than one of several statements change, each of
// which is in tokens [from, to).
func (m *machine) changedByMany(ranges [][2]uint32) (places []place) {
	var once []place
	for _, r := range ranges {
		for _, p := range m.placesIn(r[0], r[1], m.listChanged) {
			if !slices.Contains(once, p) {
				once = append(once, p)
			} else if !slices.Contains(places, p) {
				places = append(places, p)
			}
		}
	}
	return places
}

// fallThrough tells whether one of the clauses of a switch, in tokens [from, to), goes on
// with the next.
func (m *machine) fallThrough(clauses [][2]uint32) bool {
	for n, r := range clauses {
		leaves := r[0] == r[1] || n == len(clauses)-1
		for i := r[0]; i < r[1] && !leaves; i++ {
			switch m.kind(i) {
			case js.BreakToken, js.ReturnToken, js.ThrowToken, js.ContinueToken:
				leaves = true
			}
		}
		if !leaves {
			return true
		}
	}
	return false
}

// changeOthers calls a method that changes a list, which gave something, for the others that
// the list may be.
func (m *machine) changeOthers(got, v value, args []argument, start, end uint32) value {
	var results []value
	for _, other := range *v.self.also {
		if other.kind == array && other.items != v.self.items {
			other.also = nil
			v.self = &other
			results = append(results, m.callMethod(v, args, start, end))
		}
	}
	switch got.kind {
	case number, text, buffer, array:
		return orAnother(got, results)
	}
	return got
}

// insteadOf runs the handler of a block that returned a value, but in which something may
// have been thrown: what it returns may be returned instead.
func (m *machine) insteadOf(result value, handler statement, f *frame) completion {
	maybe, results := f.maybe, len(f.results)
	how := m.uncertain(handler, f, unlikely)
	if m.result = result; len(f.results) == results+1 && empty(f.results[results]) {
		f.maybe, f.results = maybe, f.results[:results]
	}
	return how
}
