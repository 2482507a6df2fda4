package sqlite

import (
	"math"
	"strings"
	"unicode/utf8"
)

// arithmetic is an operator of two numbers.
func arithmetic(op string, a, b Value) Value {
	switch m, n := a.integer(), b.integer(); op {
	case "&":
		return whole(m & n)
	case "|":
		return whole(m | n)
	case "<<", ">>":
		if op == ">>" {
			n = -max(n, -64)
		}
		switch {
		case n >= 64:
			return whole(0)
		case n >= 0:
			return whole(m << n)
		}
		return whole(m >> min(-n, 63))
	case "%":
		if n == 0 {
			return null
		}
		if n == -1 {
			m = 0
		}
		if a.Kind == Real || b.Kind == Real {
			return Value{Kind: Real, Float: float64(m % n)}
		}
		return whole(m % n)
	}
	if a.Kind == Integer && b.Kind == Integer {
		m, n := a.Int, b.Int
		switch op {
		case "+":
			if s := m + n; (s > m) == (n > 0) {
				return whole(s)
			}
		case "-":
			if s := m - n; (s < m) == (n > 0) {
				return whole(s)
			}
		case "*":
			if m == 0 || n == 0 {
				return whole(0)
			}
			if p := m * n; p/n == m && !(m == -1 && n == math.MinInt64) && !(n == -1 && m == math.MinInt64) {
				return whole(p)
			}
		case "/":
			if n == 0 {
				return null
			}
			if n != -1 || m != math.MinInt64 {
				return whole(m / n)
			}
		}
	}
	f, g := a.float(), b.float()
	switch op {
	case "+":
		f += g
	case "-":
		f -= g
	case "*":
		f *= g
	case "/":
		if g == 0 {
			return null
		}
		f /= g
	default:
		return Value{}
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Value{}
	}
	return Value{Kind: Real, Float: f}
}

// sides are two values as they are compared (sqlite.org/datatype3.html, 4.2).
func (x *run) sides(m, n *node, sc *scope) (Value, Value) {
	a, p := x.side(m, sc)
	b, q := x.side(n, sc)
	switch {
	case p >= numericAffinity && q < numericAffinity:
		b = numericAffinity.of(b)
	case q >= numericAffinity && p < numericAffinity:
		a = numericAffinity.of(a)
	case p == textAffinity && q == noAffinity:
		b = textAffinity.of(b)
	case q == textAffinity && p == noAffinity:
		a = textAffinity.of(a)
	}
	return a, b
}

// side is one of two that are compared, and its affinity.
func (x *run) side(n *node, sc *scope) (Value, affinity) {
	if n.op == "select" {
		v, of := x.selected(n, sc)
		x.reads(len(v.Text))
		return v, of
	}
	return x.eval(n, sc), x.affinity(n, sc)
}

func (x *run) compared(op string, m, n *node, sc *scope) Value {
	a, b := x.sides(m, n, sc)
	return orderedBy(op, a, b)
}

// orderedBy is an operator that compares.
func orderedBy(op string, a, b Value) Value {
	switch {
	case a.Kind == Unknown || b.Kind == Unknown:
		return Value{}
	case a.Kind == Null || b.Kind == Null:
		return null
	}
	c := compare(a, b)
	return boolean(map[string]bool{"=": c == 0, "<>": c != 0, "<": c < 0, "<=": c <= 0, ">": c > 0, ">=": c >= 0}[op])
}

// both is AND.
func both(a, b Value) Value {
	for _, v := range []Value{a, b} {
		if truth, known := v.truth(); known && !truth {
			return boolean(false)
		}
	}
	for _, v := range []Value{a, b} {
		if v.Kind == Unknown {
			return v
		}
	}
	if a.Kind == Null || b.Kind == Null {
		return null
	}
	return boolean(true)
}

// inverted is NOT, where it is said.
func inverted(v Value, not bool) Value {
	if truth, known := v.truth(); known && not {
		return boolean(!truth)
	}
	return v
}

// logical is AND and OR.
func (x *run) logical(n *node, sc *scope) Value {
	a := x.eval(n.args[0], sc)
	if truth, known := a.truth(); known && truth == (n.op == "OR") {
		return boolean(truth)
	}
	b := x.eval(n.args[1], sc)
	if n.op == "AND" {
		return both(a, b)
	}
	return inverted(both(inverted(a, true), inverted(b, true)), true)
}

// among is IN.
func (x *run) among(n *node, sc *scope) Value {
	v, affinity := x.side(n.args[0], sc)
	var all []Value
	if n.query != nil {
		got := x.query(n.query, sc)
		if x.failed || got.Partial || len(got.Columns) != 1 {
			return x.fail()
		}
		for _, row := range got.All {
			all = append(all, row[0])
		}
		if affinity == noAffinity {
			v = got.affinities[0].of(v)
		}
	} else {
		for _, m := range n.args[1:] {
			all = append(all, x.eval(m, sc))
		}
	}
	if len(all) == 0 {
		return boolean(n.not)
	}
	out := boolean(false)
	for _, w := range all {
		same := orderedBy("=", v, affinity.of(w))
		if truth, known := same.truth(); truth || !known && out.Kind != Unknown {
			out = same
		}
		if out.Int != 0 {
			break
		}
	}
	return inverted(out, n.not)
}

// chosen is CASE.
func (x *run) chosen(n *node, sc *scope) Value {
	rest := n.args[1:]
	if n.args[0] != nil && n.args[0].op == "cast" { // of which SQLite does not keep the type
		return Value{}
	}
	for ; len(rest) > 1; rest = rest[2:] {
		var v Value
		if n.args[0] != nil {
			v = x.compared("=", n.args[0], rest[0], sc)
		} else {
			v = x.eval(rest[0], sc)
		}
		truth, known := v.truth()
		if truth {
			return x.eval(rest[1], sc)
		}
		if !known && v.Kind != Null {
			return Value{}
		}
	}
	if len(rest) == 1 {
		return x.eval(rest[0], sc)
	}
	return null
}

func (x *run) cast(v Value, to affinity, name string) Value {
	if v.Kind == Null || v.Kind == Unknown {
		return v
	}
	switch to {
	case textAffinity:
		return Value{Kind: Text, Text: v.String()}
	case integerAffinity:
		return whole(v.integer())
	case realAffinity:
		return Value{Kind: Real, Float: v.number().float()}
	case numericAffinity:
		if v.Kind == Real {
			return v
		}
		return numericAffinity.of(v.number())
	}
	if name == "" {
		return v
	}
	return Value{Kind: Blob, Text: v.String()}
}

// matched is LIKE and GLOB.
func (x *run) matched(n *node, sc *scope) Value {
	a, b := x.eval(n.args[0], sc), x.eval(n.args[1], sc)
	const none = rune(-1)
	escape := none
	if len(n.args) > 2 {
		e := x.eval(n.args[2], sc)
		if e.Kind != Text || utf8.RuneCountInString(e.Text) != 1 || n.op == "GLOB" {
			return x.fail()
		}
		escape = []rune(e.Text)[0]
	}
	if v, own := x.registered(lower(n.op), []Value{b, a}); own {
		return inverted(v, n.not)
	}
	switch {
	case a.Kind == Unknown || b.Kind == Unknown || a.Kind == Blob || b.Kind == Blob:
		return Value{}
	case a.Kind == Null || b.Kind == Null:
		return null
	}
	text, pattern := a.String(), b.String()
	const longest = 50000                                                          // pattern (sqlite.org/limits.html)
	if !utf8.ValidString(text+pattern) || strings.Contains(text+pattern, "\x00") { // at which it ends
		return Value{}
	}
	if len(pattern) > longest || !x.reads(len(text)*len(pattern)) || n.op == "GLOB" && strings.Contains(pattern, "[") {
		return x.fail()
	}
	many, one, fold := '%', '_', func(c rune) rune {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return c
	}
	if n.op == "GLOB" {
		many, one, fold = '*', '?', func(c rune) rune { return c }
	}
	switch escape { // which stands for itself no more
	case many:
		many = none
	case one:
		one = none
	}
	return inverted(boolean(matches([]rune(text), []rune(pattern), many, one, escape, fold)), n.not)
}

// matches matches a text with a pattern, in which two characters stand for others, and
// characters are alike that fold to one.
func matches(text, pattern []rune, many, one, escape rune, fold func(rune) rune) bool {
	t, p, star, from := 0, 0, -1, 0
	for t < len(text) {
		if p < len(pattern) && pattern[p] == many {
			star, from = p, t
			p++
			continue
		}
		if p < len(pattern) {
			width := 1
			same := pattern[p] == one || fold(pattern[p]) == fold(text[t])
			if pattern[p] == escape {
				width, same = 2, p+1 < len(pattern) && fold(pattern[p+1]) == fold(text[t])
			}
			if same {
				p, t = p+width, t+1
				continue
			}
		}
		if star < 0 {
			return false
		}
		from++
		p, t = star+1, from
	}
	for p < len(pattern) && pattern[p] == many {
		p++
	}
	return p == len(pattern)
}
