package php

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"sync"

	"plugvet/scanner/inspect/script"
)

// What PHP writes of values: print_r, var_dump, var_export of objects, and the names of
// letters in HTML.

// printed is what print_r makes of a value.
func printed(b *script.Budget, v value, depth int) (string, bool) {
	if v.kind != arrayKind {
		s, ok := v.text()
		return s, ok && b.Take(len(s))
	}
	if depth > maxCalls {
		return "", false
	}
	indent := strings.Repeat(" ", 8*depth)
	var out strings.Builder
	out.WriteString("Array\n" + indent + "(\n")
	for i, e := range v.array.values {
		k, _ := v.array.key(i).value().text()
		s, ok := printed(b, e, depth+1)
		if !ok || !b.Take(elementCost+len(s)) {
			return "", false
		}
		out.WriteString(indent + "    [" + k + "] => " + s + "\n")
	}
	out.WriteString(indent + ")\n")
	return out.String(), true
}

// dumped is what var_dump prints of a value.
func dumped(b *script.Budget, v value, depth int) (string, bool) {
	indent := strings.Repeat("  ", depth)
	if depth > maxCalls || !b.Take(elementCost) {
		return "", false
	}
	switch v.kind {
	case nullKind:
		return indent + "NULL\n", true
	case boolKind:
		return indent + "bool(" + strconv.FormatBool(v.n != 0) + ")\n", true
	case intKind:
		return indent + "int(" + strconv.FormatInt(v.n, 10) + ")\n", true
	case stringKind:
		return indent + "string(" + strconv.Itoa(len(v.s)) + ") \"" + v.s + "\"\n", b.Take(len(v.s))
	case arrayKind:
		var out strings.Builder
		out.WriteString(indent + "array(" + strconv.Itoa(len(v.array.values)) + ") {\n")
		for i, e := range v.array.values {
			k := v.array.key(i).value()
			key, _ := k.text()
			if k.kind == stringKind {
				key = `"` + key + `"`
			}
			s, ok := dumped(b, e, depth+1)
			if !ok || !b.Take(len(s)) {
				return "", false
			}
			out.WriteString(indent + "  [" + key + "]=>\n" + s)
		}
		out.WriteString(indent + "}\n")
		return out.String(), true
	}
	return "", false
}

// exportedObject is what var_export makes of a value in which there are objects.
func (r *reader) exportedObject(v value, depth int) (string, bool) {
	o := v.object()
	if depth > maxCalls || !r.budget.Take(elementCost) {
		return "", false
	}
	var properties value
	head, end := "array (", ")"
	switch {
	case o != nil && o.elements != nil, o == nil && v.kind != arrayKind:
		return exported(r.budget, v, depth)
	case o == nil:
		properties = v
	case o.class == "stdclass":
		head, properties = "(object) array(", r.cast("array", v)
	default:
		if c := r.survey.classNamed(o.class); c != nil && len(c.cases) > 0 {
			name, _ := o.properties["$name"].text()
			return `\` + o.class + "::" + name, true
		}
		head, end, properties = `\`+o.class+"::__set_state(array(", "))", r.cast("array", v)
	}
	var out strings.Builder
	out.WriteString(head)
	for i, e := range valuesWithin(properties) {
		k, _ := exported(r.budget, properties.array.key(i).value(), depth+1)
		s, ok := r.exportedObject(e, depth+1)
		if !ok || !r.budget.Take(len(s)) {
			return "", false
		}
		out.WriteString("\n  " + k + " => " + s + ",")
	}
	return out.String() + "\n" + end, true
}

// An entity is a letter and what it is in HTML.
type entity struct{ letter, written string }

// The entities that quotes and marks of HTML have, and those of all other letters as
// well, in the order of the letters.
var (
	fewEntities = []entity{{`"`, "&quot;"}, {"&", "&amp;"}, {"'", "&#039;"}, {"<", "&lt;"}, {">", "&gt;"}}
	allEntities = sync.OnceValue(func() []entity {
		all := slices.Clone(fewEntities)
		for name, letter := range xml.HTMLEntity {
			if !slices.ContainsFunc(all[:len(fewEntities)], func(e entity) bool { return e.letter == letter }) {
				all = append(all, entity{letter, "&" + name + ";"})
			}
		}
		slices.SortFunc(all, func(a, b entity) int { return strings.Compare(a.letter, b.letter) })
		return all
	})
)

// entities are those that flags ask for.
func entities(all bool, flags int64) []entity {
	const compat, quotes = 2, 3
	list := fewEntities
	if all {
		list = allEntities()
	}
	return slices.DeleteFunc(slices.Clone(list), func(e entity) bool {
		return e.letter == `"` && flags&compat == 0 || e.letter == "'" && flags&quotes != quotes
	})
}

// foldEntities is get_html_translation_table.
func foldEntities(b *script.Budget, a []value) value {
	flags, all := int64(3), false
	if len(a) > 0 {
		n, ok := a[0].number()
		if all = n == 1; !ok {
			return value{}
		}
	}
	if len(a) > 1 {
		flags, _ = a[1].number()
	}
	table := entities(all, flags)
	if !b.Take(elementCost * len(table)) {
		return value{}
	}
	out := newArray(len(table))
	for _, e := range table {
		k, _ := keyOf(stringValue(e.letter))
		out.set(k, stringValue(e.written))
	}
	return out.value()
}

// foldHTML is htmlentities and, of few letters, htmlspecialchars.
func foldHTML(all bool) foldFunction {
	return func(b *script.Budget, a []value) value {
		s := texts(a[:min(1, len(a))], 1)
		if s == nil || !b.Take(8*len(s[0])) {
			return value{}
		}
		flags := int64(3)
		if len(a) > 1 {
			if n, ok := a[1].number(); ok {
				flags = n
			}
		}
		var pairs []string
		for _, e := range entities(all, flags) {
			pairs = append(pairs, e.letter, e.written)
		}
		return stringValue(strings.NewReplacer(pairs...).Replace(s[0]))
	}
}
