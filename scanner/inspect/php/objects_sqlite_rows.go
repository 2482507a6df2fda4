package php

import (
	"strconv"
	"strings"

	"plugvet/scanner/inspect/internal/sqlite"
)

// How rows that a database answers come to the script.

// Modes of fetching (php.net/manual/pdo.constants.php).
const (
	fetchAssoc, fetchNum, fetchBoth, fetchObject, fetchBound, fetchColumn = 2, 3, 4, 5, 6, 7
	fetchClass, fetchInto, fetchFunction, fetchNamed, fetchKeyPair        = 8, 9, 10, 11, 12
	fetchGroup, fetchUnique, fetchClassType, fetchLate, fetchFlags        = 1 << 16, 3 << 16, 1 << 18, 1 << 20, ^int64(0xffff)
)

// next is the next row; false after the last. Where any may be missing, it is one of them
// all.
func (r *reader) next(k *sqlCursor, mode int64, with []value, open int) value {
	switch {
	case k.rows == nil:
		return k.of.unknown()
	case k.at >= len(k.rows.All):
		return boolValue(false)
	case !k.rows.Partial:
		k.at++
		r.fillBound(k, k.rows.All[k.at-1])
		return r.fetched(k, k.rows.All[k.at-1], mode, with, open)
	}
	out := r.fetched(k, k.rows.All[0], mode, with, open)
	for i, row := range k.rows.All[1:] {
		if i > maxChoices {
			return k.of.unknown()
		}
		out = r.joined(out, r.fetched(k, row, mode, with, open))
	}
	k.at = len(k.rows.All)
	return out
}

// allRows are the rows that are left, as fetchAll gives them.
func (r *reader) allRows(k *sqlCursor, mode int64, with []value, open int) value {
	kind := mode &^ fetchFlags
	if k.rows == nil {
		if kind == fetchFunction && len(with) > 0 {
			return r.invokeValue(with[0], []argument{{value: k.of.unknown()}, {value: k.of.unknown()}}, open)
		}
		return k.of.unknown()
	}
	out := newArray(len(k.rows.All))
	out.partial = k.rows.Partial
	groups := map[arrayKey]*array{}
	for _, row := range k.rows.All[min(k.at, len(k.rows.All)):] {
		if !r.budget.Take(elementCost * (1 + len(row))) {
			return k.of.unknown()
		}
		r.fillBound(k, row)
		switch {
		case kind == fetchKeyPair && len(row) == 2:
			if key, ok := keyOf(k.of.value(row[0])); ok {
				out.set(key, k.of.value(row[1]))
			} else {
				return k.of.unknown()
			}
		case mode&fetchGroup != 0 && len(row) > 0:
			by, v := row[0], value{}
			if kind == fetchColumn && len(with) > 0 {
				n := with[0].n
				if n < 0 || n >= int64(len(row)) {
					return k.of.unknown()
				}
				if v = k.of.value(row[n]); mode&fetchUnique != fetchUnique { // they change places
					by, v = row[n], k.of.value(row[0])
				}
			} else {
				rest := *k
				rest.rows = &sqlite.Rows{Columns: k.rows.Columns[1:]}
				v = r.fetched(&rest, row[1:], mode, with, open)
			}
			key, ok := keyOf(k.of.value(by))
			if !ok {
				return k.of.unknown()
			}
			if mode&fetchUnique != fetchUnique {
				group := groups[key]
				if group == nil {
					group = newArray(1)
					groups[key] = group
					out.set(key, group.value())
				}
				group.append(v)
				continue
			}
			out.set(key, v)
		default:
			out.append(r.fetched(k, row, mode, with, open))
		}
	}
	k.at = len(k.rows.All)
	return out.value()
}

// fillBound gives what is bound to columns those of a row.
func (r *reader) fillBound(k *sqlCursor, row []sqlite.Value) {
	for i, v := range row[:min(len(row), len(k.rows.Columns))] {
		for _, of := range []string{k.of.columnName(k.rows.Columns[i]), strconv.Itoa(i + 1)} {
			if to, bound := k.columns[of]; bound {
				r.setPlace(to, k.of.value(v))
			}
		}
	}
}

// rowsLeft are the rows that foreach goes over.
func (r *reader) rowsLeft(k *sqlCursor) *array {
	if all := r.allRows(k, k.mode&^fetchUnique, k.with, 0); all.kind == arrayKind {
		return all.array
	}
	return &array{values: []value{k.of.unknown()}, partial: true}
}

// fetched is a row as a mode says.
func (r *reader) fetched(k *sqlCursor, row []sqlite.Value, mode int64, with []value, open int) value {
	flags := mode & fetchFlags
	mode &^= fetchFlags
	if !r.budget.Take(elementCost * (1 + len(row))) {
		return k.of.unknown()
	}
	values := make([]value, len(row))
	for i, v := range row {
		values[i] = k.of.value(v)
	}
	fields := newArray(len(row))
	o := &object{class: "stdclass", properties: map[string]value{}}
	switch {
	case mode == fetchInto:
		if len(with) == 0 || with[0].object() == nil {
			return k.of.unknown()
		}
		o = with[0].object()
	case mode == fetchClass && len(with) > 0 && with[0].kind == stringKind:
		o.class = strings.TrimPrefix(lower(with[0].s), `\`)
	}
	same := map[string][]value{} // that columns of one name have
	first := 0
	if mode == fetchClass && flags&fetchClassType != 0 && len(values) > 0 { // the class stands in the row
		s, ok := values[0].text()
		if !ok {
			return k.of.unknown()
		}
		o.class, first = strings.TrimPrefix(lower(s), `\`), 1
	}
	if mode == fetchClass && flags&fetchLate != 0 {
		r.constructed(o, given(with, open))
	}
	for i, v := range values {
		name := k.of.columnName(k.rows.Columns[i])
		switch mode {
		case fetchObject, fetchClass, fetchInto, 1: // 1 is PDO::FETCH_LAZY
			if i >= first {
				o.set("$"+name, v)
			}
		case fetchNamed:
			key, ok := keyOf(stringValue(name))
			if !ok {
				return k.of.unknown()
			}
			if same[name] = append(same[name], v); len(same[name]) == 1 {
				fields.set(key, v)
			}
		case fetchBound:
		case fetchNum:
			fields.append(v)
		default:
			if key, ok := keyOf(stringValue(name)); ok {
				fields.set(key, v)
			}
			if mode == fetchBoth {
				fields.set(arrayKey{n: int64(i)}, v)
			}
		}
	}
	switch mode {
	case fetchNamed:
		for name, all := range same {
			if key, _ := keyOf(stringValue(name)); len(all) > 1 {
				fields.set(key, (&array{values: all, next: int64(len(all))}).value())
			}
		}
	case fetchColumn:
		at := int64(0)
		if len(with) > 0 {
			at = with[0].n
		}
		if at < 0 || at >= int64(len(values)) {
			return boolValue(false)
		}
		return values[at]
	case fetchBound:
		return boolValue(true)
	case fetchInto:
		return with[0]
	case fetchObject, 1:
		return objectValue(o)
	case fetchClass:
		if flags&fetchLate != 0 {
			return objectValue(o)
		}
		return r.constructed(o, given(with, open))
	case fetchFunction:
		if len(with) > 0 {
			given := make([]argument, len(values))
			for i, v := range values {
				given[i] = argument{value: v, from: open, to: open}
			}
			return r.invokeValue(with[0], given, open)
		}
	}
	return fields.value()
}

// given are the arguments of a constructor behind the name of a class.
func given(with []value, open int) (args []argument) {
	if len(with) > 1 {
		for _, v := range valuesWithin(with[1]) {
			args = append(args, argument{value: v, from: open, to: open})
		}
	}
	return args
}

// columnName is the name of a column, in the case that the connection says.
func (c *sqlConnection) columnName(name string) string {
	const attribute, upper, small = 8, 1, 2 // PDO::ATTR_CASE, PDO::CASE_UPPER, PDO::CASE_LOWER
	switch c.attributes[attribute].n {
	case upper:
		return mapBytes(name, upperASCII)
	case small:
		return lower(name)
	}
	return name
}
