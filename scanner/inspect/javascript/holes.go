package javascript

import "strings"

// A text of which parts are not known, as an address with a port that the environment
// gives, is an unknown value whose self is the text with a hole for each of them. What
// takes such a text apart is asked with the holes in it, and where one comes out again
// that is not known.

// hole is made of digits, since addresses and JSON want those for a number. It is one
// that no script has, and that a floating-point number holds.
const hole = "9007199254740881"

const (
	maxHoled     = 1 << 10 // bytes of a text with holes
	maxHoledDeep = 8
)

// withHoles notes on an unknown value what is known of its text.
func (m *machine) withHoles(v value, s string) value {
	if v.kind == unknown && len(s) <= maxHoled && strings.ReplaceAll(s, hole, "") != "" && m.step(8+len(s)/16) {
		v.self = ptr(textValue(s))
	}
	return v
}

// holed is the text of an unknown value with the holes in it; false where all is unknown.
func holed(v value) (string, bool) {
	if v.kind != unknown || v.self == nil {
		return hole, false
	}
	return v.self.str, true
}

// textWithHoles is the text of any value.
func textWithHoles(v value) string {
	if v.kind == unknown {
		s, _ := holed(v)
		return s
	}
	s, ok := v.string()
	if !ok {
		return hole
	}
	return s
}

// sumWithHoles is a sum of which one side is unknown.
func (m *machine) sumWithHoles(a, b value) value {
	v := joined(a, b)
	_, known1 := holed(a)
	_, known2 := holed(b)
	if a.kind == text || b.kind == text || known1 || known2 {
		if s, t := textWithHoles(a), textWithHoles(b); len(s)+len(t) <= maxHoled { // what is longer is not kept
			return m.withHoles(v, s+t)
		}
	}
	return v
}

// emptied takes what comes of a text with holes, where that is in parts.
func (m *machine) emptied(v, from value, depth int) value {
	if depth > maxHoledDeep || !m.step(1) {
		return value{}
	}
	switch v.kind {
	case text:
		if strings.Contains(v.str, hole) {
			return m.withHoles(origin(from), v.str)
		}
	case number, bigInteger, boolean: // a place in the text, or what depends on the rest of it
		if depth == 0 || numberText(v.num) == hole {
			return origin(from)
		}
	case array, dictionary, collection, iterator:
		if v.items == nil || v.kind == dictionary && v.self != nil {
			return v
		}
		if len(*v.items) > maxSupposed {
			return origin(from)
		}
		items := make([]value, len(*v.items))
		for i, item := range *v.items {
			items[i] = m.emptied(item, from, depth+1)
		}
		v.items = &items
		if v.kind == array && v.self != nil { // the groups of a match
			v.self = ptr(m.emptied(*v.self, from, depth+1))
		}
	}
	return v
}

// fillsHoles are functions that take a text apart, or hand it on.
var fillsHoles = map[string]bool{
	"URL": true, "URL.parse": true, "url.URL": true, "url.parse": true, "URLSearchParams": true, "url.URLSearchParams": true,
	"querystring.parse": true, "querystring.decode": true, "JSON.parse": true, "String": true, "decodeURIComponent": true, "decodeURI": true,
	"path.basename": true, "path.dirname": true, "path.extname": true, "path.parse": true, "path.join": true, "path.normalize": true,
}

// acrossHoles calls a function of those with the holes in its arguments.
func (m *machine) acrossHoles(name string, args []argument, call func(args []argument) value) (value, bool) {
	if len(args) == 0 || !fillsHoles[name] {
		return value{}, false
	}
	s, ok := holed(args[0].value)
	if !ok {
		return value{}, false
	}
	others := append([]argument{}, args...)
	others[0].value = textValue(s)
	got := m.emptied(call(others), args[0].value, 0)
	return got, got.kind != unknown || got.self != nil
}

// methodAcrossHoles calls a method of a text with holes, or of what makes or takes apart
// one of its arguments.
func (m *machine) methodAcrossHoles(v value, args []argument, start, end uint32) (value, bool) {
	self, name := *v.self, v.str
	from := self
	if self.kind != unknown {
		from = m.lost(self, name, args)
	}
	others := append([]argument{}, args...)
	s, found := holed(self)
	switch {
	case found:
		self = textValue(s)
	case self.kind == regularExpression && len(args) > 0:
		if s, found = holed(args[0].value); found {
			others[0].value = textValue(s)
		}
	case self.kind == array && name == "join" && len(*self.items) <= maxSupposed:
		items := make([]value, len(*self.items))
		for i, item := range *self.items {
			items[i] = item
			_, partly := holed(item)
			found = found || partly || item.kind == text
			if item.kind == unknown || item.kind == globalName {
				items[i] = textValue(textWithHoles(item))
			}
		}
		self = arrayValue(items)
	case self.kind == text && (name == "concat" || name == "replace" || name == "replaceAll"):
		found = true
	}
	if !found {
		return value{}, false
	}
	for i, a := range others {
		switch {
		case a.kind == closure:
			return value{}, false // it would take the hole for what stands there
		case (a.kind == unknown || a.kind == globalName) && self.kind == text:
			others[i].value = textValue(textWithHoles(a.value))
		}
	}
	v.self = &self
	got := m.emptied(m.callMethod(v, others, start, end), from, 0)
	return got, got.kind != unknown || got.self != nil
}
