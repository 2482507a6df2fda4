package machine

import (
	"strconv"
	"strings"
)

// What formats of NSExpression and NSPredicate compute. A format is a program: FUNCTION sends
// a message, and CAST looks a class up. It is computed where it is made, not where it is asked
// for its value, so that a formula is the object that it comes to; what it takes from the
// object that it is asked for is not known.

const maxFormula = 32 // expressions and messages in one another, those of formulas that formulas make among them

// A listed gives the arguments of a message that none of the code's instructions sends.
type listed struct {
	processor
	from uint64
	all  []uint64
}

func (l listed) caller() uint64 { return l.from }

func (l listed) argument(n, _ int) uint64 {
	if n < len(l.all) {
		return l.all[n]
	}
	return 0
}

// send sends a message, as the code at an address would. What it gives may send others.
func (m *machine) send(from, object uint64, selector string, arguments ...uint64) uint64 {
	if m.nested == maxFormula || m.steps <= 0 {
		return 0
	}
	m.nested++
	defer func() { m.nested-- }()
	all := append([]uint64{object, m.newText(selector)}, arguments...)
	var a [6]uint64
	copy(a[:], all)
	m.tells(from, "objc_msgSend", a)
	if result, known := m.message(selector, a, listed{from: from, all: all}); known {
		return result
	}
	return m.result("")
}

// tells has a call looked at that the code makes by way of a library.
func (m *machine) tells(from uint64, name string, a [6]uint64) {
	m.steps -= callSteps
	if m.watch.Call != nil {
		m.watch.Call(from, name, m.given(a, nil), !m.forced)
	}
}

// A formula is a format as far as it has not been read.
type formula struct {
	*machine
	left string
	next func() uint64 // the next argument of the format
	from uint64
}

// formula computes what a format comes to; of a predicate, the first of what it compares.
func (m *machine) formula(format string, next func() uint64, from uint64) (value uint64) {
	m.steps -= len(format)
	f := &formula{machine: m, left: format, next: next, from: from}
	for first := true; f.left != ""; first = false {
		before := f.left
		if v := f.value(); first {
			value = v
		}
		if f.left == before { // an operator, or a bracket
			f.left = f.left[1:]
		}
	}
	return value
}

// word is the name or number that comes next, which is not passed.
func (f *formula) word() string {
	n := 0
	for n < len(f.left) && (f.left[n]|0x20 >= 'a' && f.left[n]|0x20 <= 'z' || f.left[n] >= '0' && f.left[n] <= '9' || f.left[n] == '_') {
		n++
	}
	return f.left[:n]
}

// passes passes a mark, if it comes next.
func (f *formula) passes(mark string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(f.left, " \t\n"), mark)
	if ok {
		f.left = rest
	}
	return ok
}

// value computes the expression that comes next.
func (f *formula) value() (value uint64) {
	if f.nested == maxFormula || f.steps <= 0 {
		return 0
	}
	f.nested++
	switch f.left = strings.TrimLeft(f.left, " \t\n"); {
	case f.passes("%"): // and what it is: an object, a key or a number
		f.left = strings.TrimLeft(f.left, "lqhz")
		f.left = f.left[min(1, len(f.left)):]
		value = f.next()
	case strings.HasPrefix(f.left, "'"), strings.HasPrefix(f.left, `"`):
		text, rest, _ := strings.Cut(f.left[1:], f.left[:1])
		value, f.left = f.newText(text), rest
	case f.passes("{"):
		value = f.newList(f.values("}"))
	default:
		word := f.word()
		if f.left = f.left[len(word):]; word != "" && f.passes("(") {
			value = f.applied(strings.ToLower(word), f.values(")"))
		} else if n, err := strconv.ParseUint(word, 10, 32); err == nil {
			value = n
		}
	}
	for f.passes(".") {
		key := f.word()
		f.left = f.left[len(key):]
		value = f.send(f.from, value, key)
	}
	f.nested--
	return value
}

// values computes a list up to the mark that ends it.
func (f *formula) values(end string) (all []uint64) {
	for len(all) < maxList && !f.passes(end) {
		before := f.left
		all = append(all, f.value())
		if !f.passes(",") && before == f.left {
			break
		}
	}
	return all
}

// applied is what a function comes to.
func (f *formula) applied(name string, with []uint64) uint64 {
	text := func(i int) string { return f.text(f.characters(with[i])) }
	switch {
	case name == "function" && len(with) > 1:
		return f.send(f.from, with[0], text(1), with[2:]...)
	case name == "cast" && len(with) == 2:
		if text(1) == "Class" {
			f.tells(f.from, "NSClassFromString", [6]uint64{f.characters(with[0])})
		}
		return with[0]
	case (name == "uppercase" || name == "lowercase") && len(with) == 1:
		return f.send(f.from, with[0], name+"String")
	}
	return f.result("")
}
