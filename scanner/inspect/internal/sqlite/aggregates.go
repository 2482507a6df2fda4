package sqlite

import (
	"slices"
)

// aggregates are the functions of many rows.
var aggregates = map[string]bool{"count": true, "sum": true, "total": true, "avg": true, "min": true, "max": true, "group_concat": true, "string_agg": true}

// otherAggregates are those of which it is not known what they are.
var otherAggregates = map[string]bool{"json_group_array": true, "json_group_object": true, "jsonb_group_array": true, "jsonb_group_object": true,
	"median": true, "percentile": true, "percentile_cont": true, "percentile_disc": true}

// aggregates tells whether an expression has a function of many rows.
func (x *run) aggregates(n *node) bool {
	if n == nil || !x.spend(1) {
		return false
	}
	return x.isAggregateCall(n) || slices.ContainsFunc(n.args, x.aggregates)
}

func (x *run) isAggregateCall(n *node) bool {
	if n.op != "call" {
		return false
	}
	return aggregates[n.name] && (len(n.args) == 1 || n.name != "min" && n.name != "max") || x.ownAggregate(n.name)
}

// ownAggregate tells whether a function of many rows was registered.
func (x *run) ownAggregate(name string) bool { return x.IsAggregate != nil && x.IsAggregate(name) }

// ofRows is a function of many rows.
func (x *run) ofRows(n *node, sc *scope) Value {
	var rows [][]Value
	seen := map[string]bool{}
	certain := !sc.partial
	for _, tuple := range sc.groups {
		row := make([]Value, len(n.args))
		for i, m := range n.args {
			row[i] = x.within(m, sc, tuple)
			certain = certain && row[i].Kind != Unknown
		}
		if x.failed {
			return Value{}
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
	ordered := !sc.unordered || !x.differ(rows)
	if x.ownAggregate(n.name) {
		if !ordered { // any of them may be each
			for i := range rows {
				rows[i] = make([]Value, len(n.args))
			}
		}
		return x.Aggregate(n.name, rows)
	}
	if !certain || !ordered && (n.name == "group_concat" || n.name == "string_agg") {
		return Value{}
	}
	if n.star {
		return whole(len(rows))
	}
	rows = slices.DeleteFunc(rows, func(row []Value) bool { return len(row) == 0 || row[0].Kind == Null })
	out := null
	switch n.name {
	case "count":
		return whole(len(rows))
	case "total":
		out = Value{Kind: Real}
		fallthrough
	case "sum", "avg":
		for i, row := range rows {
			v := row[0].number()
			if row[0].Kind == Blob || row[0].Kind == Text && numberIn(row[0].Text).Kind == Null { // what is no number is a float
				v = Value{Kind: Real, Float: v.float()}
			}
			if i == 0 && n.name != "total" {
				out = v
			} else {
				out = arithmetic("+", out, v)
			}
		}
		if n.name == "avg" && len(rows) > 0 {
			out = arithmetic("/", Value{Kind: Real, Float: out.float()}, whole(len(rows)))
		}
	case "min", "max":
		for i, row := range rows {
			if c := x.compare(row[0], out); i == 0 || c < 0 && n.name == "min" || c > 0 && n.name == "max" {
				out = row[0]
			}
		}
	case "group_concat", "string_agg":
		var parts []string
		for i, row := range rows {
			switch {
			case i > 0 && len(row) > 1:
				parts = append(parts, row[1].String())
			case i > 0:
				parts = append(parts, ",")
			}
			parts = append(parts, row[0].String())
		}
		if len(rows) > 0 {
			return x.strung(parts)
		}
	}
	return out
}
