package sqlite

import (
	"strings"
)

// eval is what an expression comes to. Every value that something is done with comes from
// here, so that its length is paid for here.
func (x *run) eval(n *node, sc *scope) Value {
	x.depth++
	defer func() { x.depth-- }()
	const deep = 1000
	if x.depth > deep || !x.spend(1) {
		return x.fail()
	}
	v := x.operation(n, sc)
	if !x.reads(len(v.Text)) {
		return Value{}
	}
	return v
}

// operation is eval for the outermost operator.
func (x *run) operation(n *node, sc *scope) Value {
	arg := func(i int) Value { return x.eval(n.args[i], sc) }
	switch n.op {
	case "literal":
		return n.value
	case "parameter":
		if v, ok := x.Parameters[n.name]; ok {
			return v
		}
		return x.Parameters[n.table]
	case "column", "place":
		return x.column(n, sc)
	case "call":
		return x.call(n, sc)
	case "select":
		v, _ := x.selected(n, sc)
		return v
	case "exists":
		got := x.query(n.query, sc)
		if got.Partial || x.failed {
			return Value{}
		}
		return boolean((len(got.All) > 0) != n.not)
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
			return boolean(!truth)
		}
		return v
	case "unary -", "unary +", "unary ~":
		v := arg(0)
		switch {
		case n.op == "unary +" || v.Kind == Null || v.Kind == Unknown:
			return v
		case n.op == "unary ~":
			return whole(^v.integer())
		}
		return arithmetic("-", whole(0), v.number())
	case "IS":
		a, b := x.sides(n.args[0], n.args[1], sc)
		if a.Kind == Unknown || b.Kind == Unknown {
			return Value{}
		}
		return boolean((compare(a, b) == 0) != n.not)
	case "IS truth":
		v := arg(0)
		if v.Kind == Unknown {
			return v
		}
		truth, known := v.truth()
		return boolean((known && truth == (n.args[1].value.Int != 0)) != n.not)
	case "BETWEEN":
		low, high := x.compared(">=", n.args[0], n.args[1], sc), x.compared("<=", n.args[0], n.args[2], sc)
		return inverted(both(low, high), n.not)
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
	case a.Kind == Unknown || b.Kind == Unknown:
		return Value{}
	case n.op == "->" || n.op == "->>":
		return x.fromJSON(a, b, n.op == "->")
	case a.Kind == Null || b.Kind == Null:
		return null
	case n.op == "||":
		return x.strung([]string{a.String(), b.String()})
	}
	if strings.Contains("&|<<>>", n.op) { // of integers, as CAST makes them
		return arithmetic(n.op, a, b)
	}
	return arithmetic(n.op, a.number(), b.number())
}

// selected is what a query within an expression gives, and its affinity, which is that of
// its column.
func (x *run) selected(n *node, sc *scope) (Value, affinity) {
	got := x.query(n.query, sc)
	switch {
	case x.failed || len(got.Columns) != 1:
		return x.fail(), noAffinity
	case got.Partial || got.unordered:
		return Value{}, got.affinities[0]
	case len(got.All) == 0:
		return null, got.affinities[0]
	}
	return got.All[0][0], got.affinities[0]
}
