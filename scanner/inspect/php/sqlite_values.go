package php

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What SQLite does with values: types, operators, functions (sqlite.org/datatype3.html,
// sqlite.org/lang_corefunc.html).

type sqlAffinity uint8

const (
	sqlNone sqlAffinity = iota
	sqlTexts
	sqlNumeric
	sqlInt
	sqlFloat
)

// affinityOf is that of a column by the name of its type.
func affinityOf(name string) sqlAffinity {
	name = strings.ToUpper(name)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(name, part) })
	}
	switch {
	case has("INT"):
		return sqlInt
	case has("CHAR", "CLOB", "TEXT"):
		return sqlTexts
	case name == "" || has("BLOB") || name == "ANY":
		return sqlNone
	case has("REAL", "FLOA", "DOUB"):
		return sqlFloat
	}
	return sqlNumeric
}

// of is a value as a column of the affinity keeps it.
func (a sqlAffinity) of(v sqlValue) sqlValue {
	switch {
	case a == sqlTexts && (v.kind == sqlInteger || v.kind == sqlReal):
		return sqlValue{kind: sqlText, s: v.String()}
	case a < sqlNumeric:
		return v
	case v.kind == sqlText:
		if n := numberIn(v.s); n.kind != sqlNull {
			v = n
		}
	}
	switch {
	case a == sqlFloat && v.kind == sqlInteger:
		return sqlValue{kind: sqlReal, f: float64(v.n)}
	case a != sqlFloat && v.kind == sqlReal && v.f == math.Trunc(v.f) && math.Abs(v.f) < 1<<51:
		return sqlValue{kind: sqlInteger, n: int64(v.f)}
	}
	return v
}

// numberIn is the number that a text is as a whole; NULL where it is none.
func numberIn(s string) sqlValue {
	s = strings.Trim(s, " \t\n\r\f\v")
	if n := leadingNumber(s); sqlNumberEnd(s, signEnd(s)) == len(s) && len(s) > signEnd(s) && strings.IndexAny(s, "xX") < 0 && strings.IndexAny(s, "0123456789") >= 0 {
		return n
	}
	return sqlValue{kind: sqlNull}
}

func signEnd(s string) int {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		return 1
	}
	return 0
}

// leadingNumber is the number that a text begins with.
func leadingNumber(s string) sqlValue {
	s = strings.TrimLeft(s, " \t\n\r\f\v")
	end := signEnd(s)
	if !strings.HasPrefix(s[end:], "0x") && !strings.HasPrefix(s[end:], "0X") {
		end = sqlNumberEnd(s, end)
	} else {
		end++
	}
	if n, err := strconv.ParseInt(s[:end], 10, 64); err == nil {
		return sqlValue{kind: sqlInteger, n: n}
	}
	f, err := strconv.ParseFloat(s[:end], 64)
	switch {
	case math.IsInf(f, 0):
		return sqlValue{}
	case err != nil:
		return sqlValue{kind: sqlInteger}
	}
	return sqlValue{kind: sqlReal, f: f}
}

// number is a value as arithmetic takes it.
func (v sqlValue) number() sqlValue {
	if v.kind == sqlText || v.kind == sqlBlob {
		return leadingNumber(v.s)
	}
	return v
}

func (v sqlValue) float() float64 {
	if v.kind == sqlReal {
		return v.f
	}
	return float64(v.n)
}

// integer is a value as CAST makes an integer of it.
func (v sqlValue) integer() int64 {
	if v.kind == sqlText || v.kind == sqlBlob {
		return leadingInteger(v.s)
	}
	if v.kind != sqlReal {
		return v.n
	}
	switch {
	case v.f >= math.MaxInt64:
		return math.MaxInt64
	case v.f <= math.MinInt64:
		return math.MinInt64
	}
	return int64(v.f)
}

// String is a value as a text.
func (v sqlValue) String() string {
	switch v.kind {
	case sqlInteger:
		return strconv.FormatInt(v.n, 10)
	case sqlReal:
		s := strconv.FormatFloat(v.f, 'g', 15, 64)
		mantissa, exponent, large := strings.Cut(s, "e")
		if large || math.Abs(v.f) >= 1e15 {
			mantissa, exponent, _ = strings.Cut(strconv.FormatFloat(v.f, 'e', 14, 64), "e")
			mantissa, exponent = strings.TrimRight(strings.TrimRight(mantissa, "0"), "."), "e"+exponent
		}
		if !strings.Contains(mantissa, ".") {
			mantissa += ".0"
		}
		return mantissa + exponent
	}
	return v.s
}

// truth is a value as a condition; known is false for NULL, too.
func (v sqlValue) truth() (is, known bool) {
	n := v.number()
	return n.kind == sqlInteger && n.n != 0 || n.kind == sqlReal && n.f != 0, n.kind != sqlUnknown && n.kind != sqlNull
}

func sqlBool(b bool) sqlValue {
	if b {
		return sqlValue{kind: sqlInteger, n: 1}
	}
	return sqlValue{kind: sqlInteger}
}

// eval is what an expression comes to.
func (x *sqlRun) eval(n *sqlNode, sc *sqlScope) sqlValue {
	x.depth++
	defer func() { x.depth-- }()
	const deep = 1000
	if x.depth > deep || !x.spend(1) {
		return x.fail()
	}
	arg := func(i int) sqlValue { return x.eval(n.args[i], sc) }
	switch n.op {
	case "literal":
		return n.value
	case "parameter":
		if v, ok := x.parameters[n.name]; ok {
			return v
		}
		return x.parameters[n.table]
	case "column", "place":
		return x.column(n, sc)
	case "call":
		return x.called(n, sc)
	case "select", "exists":
		got := x.query(n.query, sc)
		switch {
		case got.partial || x.failed:
			return sqlValue{}
		case n.op == "exists":
			return sqlBool((len(got.rows) > 0) != n.not)
		case len(got.columns) != 1:
			return x.fail()
		case len(got.rows) == 0:
			return sqlValue{kind: sqlNull}
		}
		return got.rows[0][0]
	case "case":
		return x.chosen(n, sc)
	case "cast":
		return x.cast(arg(0), affinityOf(n.name), n.name)
	case "AND", "OR":
		return x.logical(n, sc)
	case "IN":
		return x.among(n, sc)
	case "NOT":
		v := arg(0)
		if truth, known := v.truth(); known {
			return sqlBool(!truth)
		}
		return v
	case "unary -", "unary +", "unary ~":
		v := arg(0)
		switch {
		case n.op == "unary +" || v.kind == sqlNull || v.kind == sqlUnknown:
			return v
		case n.op == "unary ~":
			return sqlValue{kind: sqlInteger, n: ^v.integer()}
		}
		return sqlArithmetic("-", sqlValue{kind: sqlInteger}, v.number())
	case "IS":
		a, b := x.sides(n.args[0], n.args[1], sc)
		if a.kind == sqlUnknown || b.kind == sqlUnknown {
			return sqlValue{}
		}
		return sqlBool((sqlCompare(a, b) == 0) != n.not)
	case "BETWEEN":
		low, high := x.compared(">=", n.args[0], n.args[1], sc), x.compared("<=", n.args[0], n.args[2], sc)
		return inverted(sqlBoth(low, high), n.not)
	case "=", "<>", "<", "<=", ">", ">=":
		return x.compared(n.op, n.args[0], n.args[1], sc)
	case "LIKE", "GLOB":
		return x.matched(n, sc)
	}
	if len(n.args) != 2 {
		return x.fail()
	}
	a, b := arg(0), arg(1)
	switch {
	case a.kind == sqlUnknown || b.kind == sqlUnknown:
		return sqlValue{}
	case n.op == "->" || n.op == "->>":
		return x.fromJSON(a, b, n.op == "->")
	case a.kind == sqlNull || b.kind == sqlNull:
		return sqlValue{kind: sqlNull}
	case n.op == "||":
		return x.text(a.String() + b.String())
	}
	if strings.Contains("&|<<>>", n.op) { // of integers, as CAST makes them
		return sqlArithmetic(n.op, a, b)
	}
	return sqlArithmetic(n.op, a.number(), b.number())
}

// sqlArithmetic is an operator of two numbers.
func sqlArithmetic(op string, a, b sqlValue) sqlValue {
	null := sqlValue{kind: sqlNull}
	whole := func(n int64) sqlValue { return sqlValue{kind: sqlInteger, n: n} }
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
		if a.kind == sqlReal || b.kind == sqlReal {
			return sqlValue{kind: sqlReal, f: float64(m % n)}
		}
		return whole(m % n)
	}
	if a.kind == sqlInteger && b.kind == sqlInteger {
		m, n := a.n, b.n
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
		return sqlValue{}
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return sqlValue{}
	}
	return sqlValue{kind: sqlReal, f: f}
}

// sides are two values as they are compared (sqlite.org/datatype3.html, 4.2).
func (x *sqlRun) sides(m, n *sqlNode, sc *sqlScope) (a, b sqlValue) {
	a, b = x.eval(m, sc), x.eval(n, sc)
	p, q := sc.affinity(m), sc.affinity(n)
	switch {
	case p >= sqlNumeric && q < sqlNumeric:
		b = sqlNumeric.of(b)
	case q >= sqlNumeric && p < sqlNumeric:
		a = sqlNumeric.of(a)
	case p == sqlTexts && q == sqlNone:
		b = sqlTexts.of(b)
	case q == sqlTexts && p == sqlNone:
		a = sqlTexts.of(a)
	}
	return a, b
}

func (x *sqlRun) compared(op string, m, n *sqlNode, sc *sqlScope) sqlValue {
	a, b := x.sides(m, n, sc)
	return orderedBy(op, a, b)
}

func orderedBy(op string, a, b sqlValue) sqlValue {
	switch {
	case a.kind == sqlUnknown || b.kind == sqlUnknown:
		return sqlValue{}
	case a.kind == sqlNull || b.kind == sqlNull:
		return sqlValue{kind: sqlNull}
	}
	c := sqlCompare(a, b)
	return sqlBool(map[string]bool{"=": c == 0, "<>": c != 0, "<": c < 0, "<=": c <= 0, ">": c > 0, ">=": c >= 0}[op])
}

// sqlBoth is AND.
func sqlBoth(a, b sqlValue) sqlValue {
	for _, v := range []sqlValue{a, b} {
		if truth, known := v.truth(); known && !truth {
			return sqlBool(false)
		}
	}
	for _, v := range []sqlValue{a, b} {
		if v.kind == sqlUnknown {
			return v
		}
	}
	if a.kind == sqlNull || b.kind == sqlNull {
		return sqlValue{kind: sqlNull}
	}
	return sqlBool(true)
}

func inverted(v sqlValue, not bool) sqlValue {
	if truth, known := v.truth(); known && not {
		return sqlBool(!truth)
	}
	return v
}

func (x *sqlRun) logical(n *sqlNode, sc *sqlScope) sqlValue {
	a := x.eval(n.args[0], sc)
	if truth, known := a.truth(); known && truth == (n.op == "OR") {
		return sqlBool(truth)
	}
	b := x.eval(n.args[1], sc)
	if n.op == "AND" {
		return sqlBoth(a, b)
	}
	return inverted(sqlBoth(inverted(a, true), inverted(b, true)), true)
}

// among is IN.
func (x *sqlRun) among(n *sqlNode, sc *sqlScope) sqlValue {
	v := x.eval(n.args[0], sc)
	var all []sqlValue
	affinity := sc.affinity(n.args[0])
	if n.query != nil {
		got := x.query(n.query, sc)
		if x.failed || got.partial || len(got.columns) != 1 {
			return x.fail()
		}
		for _, row := range got.rows {
			all = append(all, row[0])
		}
		if affinity == sqlNone {
			v = got.affinities[0].of(v)
		}
	} else {
		for _, m := range n.args[1:] {
			all = append(all, x.eval(m, sc))
		}
	}
	if len(all) == 0 {
		return sqlBool(n.not)
	}
	out := sqlBool(false)
	for _, w := range all {
		same := orderedBy("=", v, affinity.of(w))
		if truth, known := same.truth(); truth || !known && out.kind != sqlUnknown {
			out = same
		}
		if out.n != 0 {
			break
		}
	}
	return inverted(out, n.not)
}

func (x *sqlRun) chosen(n *sqlNode, sc *sqlScope) sqlValue {
	rest := n.args[1:]
	if n.args[0] != nil && n.args[0].op == "cast" { // of which SQLite does not keep the type
		return sqlValue{}
	}
	for ; len(rest) > 1; rest = rest[2:] {
		v := sqlValue{}
		if n.args[0] != nil {
			v = x.compared("=", n.args[0], rest[0], sc)
		} else {
			v = x.eval(rest[0], sc)
		}
		truth, known := v.truth()
		if truth {
			return x.eval(rest[1], sc)
		}
		if !known && v.kind != sqlNull {
			return sqlValue{}
		}
	}
	if len(rest) == 1 {
		return x.eval(rest[0], sc)
	}
	return sqlValue{kind: sqlNull}
}

func (x *sqlRun) cast(v sqlValue, to sqlAffinity, name string) sqlValue {
	if v.kind == sqlNull || v.kind == sqlUnknown {
		return v
	}
	switch to {
	case sqlTexts:
		return sqlValue{kind: sqlText, s: v.String()}
	case sqlInt:
		return sqlValue{kind: sqlInteger, n: v.integer()}
	case sqlFloat:
		return sqlValue{kind: sqlReal, f: v.number().float()}
	case sqlNumeric:
		if v.kind == sqlReal {
			return v
		}
		return sqlNumeric.of(v.number())
	}
	if name == "" {
		return v
	}
	return sqlValue{kind: sqlBlob, s: v.String()}
}

// matched is LIKE and GLOB.
func (x *sqlRun) matched(n *sqlNode, sc *sqlScope) sqlValue {
	a, b := x.eval(n.args[0], sc), x.eval(n.args[1], sc)
	escape := rune(-1)
	if len(n.args) > 2 {
		e := x.eval(n.args[2], sc)
		if e.kind != sqlText || utf8.RuneCountInString(e.s) != 1 || n.op == "GLOB" {
			return x.fail()
		}
		escape = []rune(e.s)[0]
	}
	if v, own := x.registered(lower(n.op), []sqlValue{b, a}); own {
		return inverted(v, n.not)
	}
	switch {
	case a.kind == sqlUnknown || b.kind == sqlUnknown || a.kind == sqlBlob || b.kind == sqlBlob:
		return sqlValue{}
	case a.kind == sqlNull || b.kind == sqlNull:
		return sqlValue{kind: sqlNull}
	}
	text, pattern := a.String(), b.String()
	const perStep = 64
	if !x.spend(len(text)*len(pattern)/perStep) || n.op == "GLOB" && strings.Contains(pattern, "[") {
		return x.fail()
	}
	many, one := '%', '_'
	if n.op == "GLOB" {
		many, one = '*', '?'
	} else {
		text, pattern = lower(text), lower(pattern)
	}
	return inverted(sqlBool(matches([]rune(text), []rune(pattern), many, one, escape)), n.not)
}

// matches matches a text with a pattern, in which two characters stand for others.
func matches(text, pattern []rune, many, one, escape rune) bool {
	t, p, star, from := 0, 0, -1, 0
	for t < len(text) {
		if p < len(pattern) && pattern[p] == many {
			star, from = p, t
			p++
			continue
		}
		if p < len(pattern) {
			width := 1
			same := pattern[p] == one || pattern[p] == text[t]
			if pattern[p] == escape && p+1 < len(pattern) {
				width, same = 2, pattern[p+1] == text[t]
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

// sqlAggregates are the functions of many rows.
var sqlAggregates = map[string]bool{"count": true, "sum": true, "total": true, "avg": true, "min": true, "max": true, "group_concat": true, "string_agg": true}

// aggregates tells whether an expression has a function of many rows.
func (x *sqlRun) aggregates(n *sqlNode) bool {
	if n == nil || !x.spend(1) {
		return false
	}
	return x.isAggregateCall(n) || slices.ContainsFunc(n.args, x.aggregates)
}

func (x *sqlRun) isAggregateCall(n *sqlNode) bool {
	if n.op != "call" {
		return false
	}
	return sqlAggregates[n.name] && (len(n.args) == 1 || n.name != "min" && n.name != "max") || x.isAggregate != nil && x.isAggregate(n.name)
}

// ofRows is a function of many rows.
func (x *sqlRun) ofRows(n *sqlNode, sc *sqlScope) sqlValue {
	var rows [][]sqlValue
	seen := map[string]bool{}
	certain := !sc.partial
	for _, tuple := range sc.groups {
		row := make([]sqlValue, len(n.args))
		for i, m := range n.args {
			row[i] = x.within(m, sc, tuple)
			certain = certain && row[i].kind != sqlUnknown
		}
		if x.failed {
			return sqlValue{}
		}
		if n.unique && certain {
			key := x.key(row[:1])
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		rows = append(rows, row)
	}
	if x.isAggregate != nil && x.isAggregate(n.name) {
		v, _ := x.aggregate(n.name, rows)
		return v
	}
	if !certain || sc.unordered && n.name == "group_concat" && len(rows) > 1 {
		return sqlValue{}
	}
	if n.star {
		return sqlValue{kind: sqlInteger, n: int64(len(rows))}
	}
	rows = slices.DeleteFunc(rows, func(row []sqlValue) bool { return len(row) == 0 || row[0].kind == sqlNull })
	out := sqlValue{kind: sqlNull}
	switch n.name {
	case "count":
		return sqlValue{kind: sqlInteger, n: int64(len(rows))}
	case "total":
		out = sqlValue{kind: sqlReal}
		fallthrough
	case "sum", "avg":
		for i, row := range rows {
			v := row[0].number()
			if row[0].kind == sqlBlob || row[0].kind == sqlText && numberIn(row[0].s).kind == sqlNull { // what is no number is a float
				v = sqlValue{kind: sqlReal, f: v.float()}
			}
			if i == 0 && n.name != "total" {
				out = v
			} else {
				out = sqlArithmetic("+", out, v)
			}
		}
		if n.name == "avg" && len(rows) > 0 {
			out = sqlArithmetic("/", sqlValue{kind: sqlReal, f: out.float()}, sqlValue{kind: sqlInteger, n: int64(len(rows))})
		}
	case "min", "max":
		for i, row := range rows {
			if c := sqlCompare(row[0], out); i == 0 || c < 0 && n.name == "min" || c > 0 && n.name == "max" {
				out = row[0]
			}
		}
	case "group_concat", "string_agg":
		var b strings.Builder
		for i, row := range rows {
			if i > 0 {
				if len(row) > 1 {
					b.WriteString(row[1].String())
				} else {
					b.WriteByte(',')
				}
			}
			b.WriteString(row[0].String())
			if x.text(row[0].s); x.failed {
				return sqlValue{}
			}
		}
		if len(rows) > 0 {
			return x.text(b.String())
		}
	}
	return out
}

// registered calls a function that the script has registered.
func (x *sqlRun) registered(name string, args []sqlValue) (sqlValue, bool) {
	if x.call == nil {
		return sqlValue{}, false
	}
	return x.call(name, args)
}

// called is a call of a function.
func (x *sqlRun) called(n *sqlNode, sc *sqlScope) sqlValue {
	if x.isAggregateCall(n) {
		for at := sc; at != nil; at = at.outer {
			if at.grouped {
				return x.ofRows(n, at)
			}
		}
		return x.fail()
	}
	if n.star || n.unique {
		return x.fail()
	}
	switch n.name { // that leave arguments alone
	case "coalesce", "ifnull":
		for _, m := range n.args {
			if v := x.eval(m, sc); v.kind != sqlNull {
				return v
			}
		}
		return sqlValue{kind: sqlNull}
	case "iif", "if":
		return x.chosen(&sqlNode{args: append([]*sqlNode{nil}, n.args...)}, sc)
	}
	args := make([]sqlValue, len(n.args))
	for i, m := range n.args {
		args[i] = x.eval(m, sc)
	}
	if x.failed {
		return sqlValue{}
	}
	if v, own := x.registered(n.name, args); own {
		return v
	}
	if slices.ContainsFunc(args, func(v sqlValue) bool { return v.kind == sqlUnknown }) {
		return sqlValue{}
	}
	return x.function(n.name, args)
}

// function is one of SQLite's functions.
func (x *sqlRun) function(name string, a []sqlValue) sqlValue {
	null := sqlValue{kind: sqlNull}
	whole := func(n int) sqlValue { return sqlValue{kind: sqlInteger, n: int64(n)} }
	switch name {
	case "char":
		var b strings.Builder
		for _, v := range a {
			c := v.integer()
			if c == 0 { // at which PHP may end a text
				return sqlValue{}
			}
			if c < 0 || c > utf8.MaxRune {
				c = utf8.RuneError
			}
			b.WriteRune(rune(c))
		}
		return x.text(b.String())
	case "concat", "concat_ws":
		var parts []string
		for _, v := range a {
			if v.kind != sqlNull || name == "concat" {
				parts = append(parts, v.String())
			}
		}
		if name == "concat" {
			return x.text(strings.Join(parts, ""))
		}
		if len(a) == 0 || a[0].kind == sqlNull {
			return null
		}
		return x.text(strings.Join(parts[1:], parts[0]))
	case "min", "max":
		if len(a) < 2 {
			return x.fail()
		}
		out := a[0]
		for _, v := range a {
			if v.kind == sqlNull {
				return null
			}
			if c := sqlCompare(v, out); c <= 0 && name == "min" || c > 0 && name == "max" {
				out = v
			}
		}
		return out
	case "printf", "format":
		return x.printed(a)
	case "json_extract":
		if len(a) == 2 {
			return x.fromJSON(a[0], a[1], false)
		}
		return sqlValue{}
	case "quote", "typeof":
		if len(a) != 1 {
			return x.fail()
		}
		if name == "typeof" {
			return x.text([]string{"", "null", "integer", "real", "text", "blob"}[a[0].kind])
		}
		switch a[0].kind {
		case sqlNull:
			return x.text("NULL")
		case sqlText:
			return x.text("'" + strings.ReplaceAll(a[0].s, "'", "''") + "'")
		case sqlBlob:
			return x.text("X'" + strings.ToUpper(hex.EncodeToString([]byte(a[0].s))) + "'")
		case sqlReal:
			return sqlValue{}
		}
		return x.text(a[0].String())
	case "nullif":
		if len(a) != 2 {
			return x.fail()
		}
		if a[0].kind != sqlNull && sqlCompare(a[0], a[1]) == 0 {
			return null
		}
		return a[0]
	case "hex":
		if len(a) != 1 {
			return x.fail()
		}
		return x.text(strings.ToUpper(hex.EncodeToString([]byte(a[0].String()))))
	}
	if places := sqlArguments[name]; places == [2]int{} {
		return sqlValue{} // another function
	} else if len(a) < places[0] || len(a) > places[1] {
		return x.fail()
	}
	for i, v := range a {
		if name == "replace" && i == 2 && a[1].String() == "" { // nothing is looked for
			return a[0]
		}
		if v.kind == sqlNull {
			return null
		}
	}
	s := a[0].String()
	switch name {
	case "unicode":
		if s == "" {
			return null
		}
		c, _ := utf8.DecodeRuneInString(s)
		return whole(int(c))
	case "unhex":
		ignored := ""
		if len(a) > 1 {
			ignored = a[1].String()
		}
		b, err := hex.DecodeString(strings.Map(func(c rune) rune {
			if strings.ContainsRune(ignored, c) {
				return -1
			}
			return c
		}, s))
		if err != nil {
			return null
		}
		return sqlValue{kind: sqlBlob, s: string(b)}
	case "replace":
		from, to := a[1].String(), a[2].String()
		if !x.budget.Take(strings.Count(s, from) * len(to)) {
			return x.fail()
		}
		return x.text(strings.ReplaceAll(s, from, to))
	case "substr", "substring":
		return x.substring(a)
	case "upper":
		return x.text(mapBytes(s, upperASCII))
	case "lower":
		return x.text(lower(s))
	case "trim", "ltrim", "rtrim":
		set := " "
		if len(a) > 1 {
			set = a[1].String()
		}
		if name != "rtrim" {
			s = strings.TrimLeft(s, set)
		}
		if name != "ltrim" {
			s = strings.TrimRight(s, set)
		}
		return x.text(s)
	case "instr":
		of := a[1].String()
		at := strings.Index(s, of)
		if at < 0 {
			return whole(0)
		}
		if a[0].kind == sqlBlob && a[1].kind == sqlBlob {
			return whole(at + 1)
		}
		return whole(utf8.RuneCountInString(s[:at]) + 1)
	case "length":
		if a[0].kind == sqlBlob {
			return whole(len(s))
		}
		s, _, _ = strings.Cut(s, "\x00")
		return whole(utf8.RuneCountInString(s))
	case "abs":
		n := a[0].number()
		if a[0].kind == sqlText || a[0].kind == sqlBlob {
			return sqlValue{kind: sqlReal, f: math.Abs(n.float())}
		}
		if n.kind == sqlReal {
			return sqlValue{kind: sqlReal, f: math.Abs(n.f)}
		}
		if n.n == math.MinInt64 {
			return x.fail()
		}
		return whole(int(max(n.n, -n.n)))
	case "zeroblob":
		if n := a[0].integer(); n >= 0 && n < 1<<16 {
			v := x.text(strings.Repeat("\x00", int(n)))
			v.kind = sqlBlob
			return v
		}
	}
	return sqlValue{}
}

// sqlArguments are functions that give NULL for NULL, and how many arguments they take.
var sqlArguments = map[string][2]int{
	"unicode": {1, 1}, "unhex": {1, 2}, "replace": {3, 3}, "substr": {2, 3}, "substring": {2, 3}, "upper": {1, 1}, "lower": {1, 1}, "trim": {1, 2}, "ltrim": {1, 2},
	"rtrim": {1, 2}, "instr": {2, 2}, "length": {1, 1}, "abs": {1, 1}, "zeroblob": {1, 1},
}

// substring is substr: of characters, or of the bytes of a blob.
func (x *sqlRun) substring(a []sqlValue) sqlValue {
	s := a[0].String()
	blob := a[0].kind == sqlBlob
	var at []int // where characters begin
	if !blob {
		for i := range s {
			at = append(at, i)
		}
	}
	length := len(at)
	if blob {
		length = len(s)
	}
	const most = 1 << 40
	from, n := min(max(a[1].integer(), -most), most), int64(most)
	negative := false
	if len(a) > 2 {
		if n = min(max(a[2].integer(), -most), most); n < 0 {
			n, negative = -n, true
		}
	}
	switch {
	case from < 0:
		if from += int64(length); from < 0 {
			n, from = max(n+from, 0), 0
		}
	case from > 0:
		from--
	case n > 0:
		n--
	}
	if negative {
		if from -= n; from < 0 {
			n, from = n+from, 0
		}
	}
	begin := int(min(from, int64(length)))
	end := int(max(min(from+n, int64(length)), int64(begin)))
	if blob {
		v := x.text(s[begin:end])
		v.kind = sqlBlob
		return v
	}
	at = append(at, len(s))
	return x.text(s[at[begin]:at[end]])
}

// printed is printf, as far as it is like the one of C and is about texts and integers.
func (x *sqlRun) printed(a []sqlValue) sqlValue {
	if len(a) == 0 || a[0].kind == sqlNull {
		return sqlValue{kind: sqlNull}
	}
	format := a[0].String()
	rest := a[1:]
	next := func() sqlValue {
		if len(rest) == 0 {
			return sqlValue{kind: sqlNull}
		}
		v := rest[0]
		rest = rest[1:]
		return v
	}
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		left, zero, width, precision := false, false, 0, -1
		for i++; i < len(format) && (format[i] == '-' || format[i] == '0'); i++ {
			left, zero = left || format[i] == '-', zero || format[i] == '0'
		}
		for ; i < len(format) && isDigit(format[i]); i++ {
			width = min(width*10+int(format[i]-'0'), 1<<16)
		}
		if i < len(format) && format[i] == '.' {
			precision = 0
			for i++; i < len(format) && isDigit(format[i]); i++ {
				precision = min(precision*10+int(format[i]-'0'), 1<<16)
			}
		}
		for i < len(format) && format[i] == 'l' {
			i++
		}
		if i >= len(format) {
			return sqlValue{}
		}
		s := ""
		switch verb := format[i]; verb {
		case '%':
			s = "%"
		case 's', 'z', 'q', 'Q', 'w':
			v := next()
			if s = v.String(); precision >= 0 {
				if precision < len(s) && !isASCII(s) {
					return sqlValue{}
				}
				s = s[:min(len(s), precision)]
			}
			switch {
			case verb == 'q' || verb == 'w':
				s = strings.ReplaceAll(s, map[byte]string{'q': "'", 'w': `"`}[verb], map[byte]string{'q': "''", 'w': `""`}[verb])
			case verb == 'Q' && v.kind == sqlNull:
				s = "NULL"
			case verb == 'Q':
				s = "'" + strings.ReplaceAll(s, "'", "''") + "'"
			}
		case 'c':
			if s = next().String(); s == "" { // a byte of zero
				return sqlValue{}
			}
			_, size := utf8.DecodeRuneInString(s)
			s = s[:size]
			if precision > 1 {
				if !x.spend(precision) {
					return sqlValue{}
				}
				s = strings.Repeat(s, precision)
			}
		case 'd', 'i', 'u', 'x', 'X', 'o':
			n := next().integer()
			base := map[byte]int{'x': 16, 'X': 16, 'o': 8}[verb]
			if base == 0 {
				base = 10
			}
			if n < 0 && (base != 10 || verb == 'u' || zero) || precision >= 0 {
				return sqlValue{}
			}
			if s = strconv.FormatInt(n, base); verb == 'X' {
				s = strings.ToUpper(s)
			}
		default:
			return sqlValue{}
		}
		pad := max(width-len(s), 0)
		if pad > 0 && (!isASCII(s) || zero && strings.IndexByte("diuxXo", format[i]) < 0) || !x.spend(1+pad/16) {
			return sqlValue{}
		}
		fill := strings.Repeat(" ", pad)
		if zero && !left {
			fill = strings.Repeat("0", pad)
		}
		if left {
			s, fill = s+fill, ""
		}
		b.WriteString(fill + s)
		if b.Len() > 1<<20 {
			return x.fail()
		}
	}
	return x.text(b.String())
}

// fromJSON is ->> and ->, and json_extract of one path.
func (x *sqlRun) fromJSON(document, path sqlValue, quoted bool) sqlValue {
	if document.kind == sqlNull || path.kind == sqlNull {
		return sqlValue{kind: sqlNull}
	}
	if document.kind == sqlBlob || !json.Valid([]byte(document.String())) || !x.spend(len(document.s)/16) {
		return x.fail()
	}
	raw := json.RawMessage(document.String())
	p := path.String()
	switch {
	case path.kind == sqlInteger:
		p = "[" + p + "]"
		if path.n < 0 {
			p = "[#" + path.String() + "]"
		}
	case strings.HasPrefix(p, "$"):
		p = p[1:]
	default:
		p = `."` + p + `"`
	}
	raw, found, ok := jsonAt(raw, p)
	if !ok {
		return x.fail()
	}
	if !found {
		return sqlValue{kind: sqlNull}
	}
	if quoted {
		return x.minified(raw)
	}
	return x.scalarOf(raw)
}

// jsonAt goes into a document by a path.
func jsonAt(raw json.RawMessage, path string) (at json.RawMessage, found, ok bool) {
	for path != "" {
		if path[0] == '[' {
			inside, rest, closed := strings.Cut(path[1:], "]")
			var list []json.RawMessage
			if !closed {
				return nil, false, false
			}
			if json.Unmarshal(raw, &list) != nil {
				return nil, false, true
			}
			n, err := strconv.Atoi(strings.TrimPrefix(inside, "#"))
			if inside != "" && inside[0] == '#' {
				n += len(list)
			}
			if err != nil {
				return nil, false, false
			}
			if n < 0 || n >= len(list) {
				return nil, false, true
			}
			raw, path = list[n], rest
			continue
		}
		if path[0] != '.' {
			return nil, false, false
		}
		path = path[1:]
		end := strings.IndexAny(path, ".[")
		if end < 0 {
			end = len(path)
		}
		key := path[:end]
		if strings.HasPrefix(path, `"`) {
			n := strings.IndexByte(path[1:], '"')
			if n < 0 {
				return nil, false, false
			}
			key, end = path[1:n+1], n+2
		}
		path = path[end:]
		var members map[string]json.RawMessage
		if json.Unmarshal(raw, &members) != nil {
			return nil, false, true
		}
		if raw, found = members[key]; !found {
			return nil, false, true
		}
	}
	return raw, true, true
}

func (x *sqlRun) minified(raw json.RawMessage) sqlValue {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return x.fail()
	}
	return x.text(b.String())
}

// scalarOf is what SQLite makes of an element of JSON.
func (x *sqlRun) scalarOf(raw json.RawMessage) sqlValue {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return x.fail()
	}
	switch raw[0] {
	case '"':
		s := ""
		if json.Unmarshal(raw, &s) != nil {
			return x.fail()
		}
		return x.text(s)
	case '{', '[':
		return x.minified(raw)
	case 'n':
		return sqlValue{kind: sqlNull}
	case 't', 'f':
		return sqlBool(raw[0] == 't')
	}
	return leadingNumber(string(raw))
}

// tableOf are the rows of a function that gives a table: json_each, of which each has a
// key and a value.
func (x *sqlRun) tableOf(s *sqlSource, sc *sqlScope) *sqlRows {
	out := &sqlRows{columns: []string{"key", "value"}, affinities: []sqlAffinity{sqlNone, sqlNone}}
	var args []sqlValue
	for _, n := range s.args {
		args = append(args, x.eval(n, sc))
	}
	if s.name != "json_each" || len(args) == 0 || len(args) > 2 || args[0].kind != sqlText || !json.Valid([]byte(args[0].s)) || !x.spend(len(args[0].s)/16) {
		x.failed = true
		return out
	}
	raw := json.RawMessage(args[0].s)
	if len(args) == 2 {
		path, rooted := strings.CutPrefix(args[1].String(), "$")
		at, found, ok := jsonAt(raw, path)
		if x.failed = !ok || !rooted; !found || x.failed {
			return out
		}
		raw = at
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	opening, _ := d.Token()
	if opening != json.Delim('[') && opening != json.Delim('{') {
		out.rows = append(out.rows, []sqlValue{{kind: sqlNull}, x.scalarOf(raw)})
		return out
	}
	for i := 0; d.More() && x.spend(1); i++ {
		key := sqlValue{kind: sqlInteger, n: int64(i)}
		if opening == json.Delim('{') {
			token, _ := d.Token()
			name, _ := token.(string)
			key = sqlValue{kind: sqlText, s: name}
		}
		var element json.RawMessage
		if d.Decode(&element) != nil {
			x.failed = true
			break
		}
		out.rows = append(out.rows, []sqlValue{key, x.scalarOf(element)})
	}
	return out
}
