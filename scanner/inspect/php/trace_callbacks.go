package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

const (
	filterCallback = 1024 // FILTER_CALLBACK
	filterDefault  = 516  // FILTER_DEFAULT
)

// walkedBy is array_walk of an array, whose elements the function may change.
func (r *reader) walkedBy(args []argument, in *array, open int) {
	const element = "$ element" // no script has such a variable
	if r.local == nil || !r.budget.Take(elementCost*len(in.values)) {
		return
	}
	out := in.clone()
	for i, v := range in.values {
		r.local[element] = v
		given := []argument{{value: v, variable: element, from: args[0].from}, {value: in.key(i).value()}}
		if len(args) > 2 {
			given = append(given, args[2])
		}
		r.invokeValue(args[1].value, given, open)
		out.values[i] = r.local[element]
	}
	delete(r.local, element)
	r.setArgument(args[0], out.value())
}

// withCallback are the functions that call what they are given for each of
// something.
func (r *reader) withCallback(name string, args []argument, open int) (value, bool) {
	if callbackArguments[name] != nil {
		for i, a := range args {
			args[i].value = r.forCallback(a.value)
		}
	}
	arg := func(i int) value {
		if i < len(args) {
			return args[i].value
		}
		return value{}
	}
	spread := func(i int) []argument {
		if i < len(args) {
			return r.spread(args[i])
		}
		return nil
	}
	call := func(f value, given ...value) value {
		all := make([]argument, len(given))
		for i, v := range given {
			all[i].value = v
		}
		return r.invokeValue(f, all, open)
	}
	switch name {
	case "call_user_func", "forward_static_call":
		if len(args) > 0 {
			return r.invokeValue(arg(0), args[1:], open), true
		}
	case "call_user_func_array", "forward_static_call_array":
		return r.invokeValue(arg(0), spread(1), open), true
	case "array_map":
		var lists []*array
		longest, whole := 0, true
		for _, a := range args[min(1, len(args)):] {
			in := elementsOf(a.value)
			if in == nil {
				in, whole = newArray(0), false
				in.append(marked(a.value.marks.elementOf(value{})))
			}
			lists = append(lists, in)
			longest = max(longest, len(in.values))
		}
		if len(lists) == 0 || !r.budget.Take(elementCost*longest) {
			return value{}, true
		}
		if len(lists) == 1 && arg(0).kind == nullKind {
			return arg(1), true
		}
		out := newArray(longest)
		for i := range longest {
			given := make([]argument, len(lists))
			for k, in := range lists {
				if given[k].from = args[k+1].from; i < len(in.values) {
					given[k].value = in.values[i]
				}
			}
			v := value{}
			if arg(0).kind == nullKind {
				v = listed(given)
			} else {
				v = r.invokeValue(arg(0), given, open)
			}
			if !whole {
				out.addListed(v.marks)
			}
			if len(lists) == 1 {
				out.set(lists[0].key(i), v)
			} else {
				out.append(v)
			}
		}
		out.partial = !whole
		return out.value(), true
	case "array_filter":
		in := elementsOf(arg(0))
		if in == nil || !r.budget.Take(elementCost*len(in.values)) {
			return marked(arg(0).marks), true
		}
		certain := true
		out := rebuilt(in, func(k arrayKey, v value) (arrayKey, value, bool) {
			result := v
			if len(args) > 1 {
				result = r.invokeValue(arg(1), filterArguments(args, argument{value: v, from: args[0].from}, argument{value: k.value()}), open)
			}
			truth, known := result.truth()
			certain = certain && known
			return k, v, truth || !known
		})
		out.array.partial = in.partial || !certain
		out.array.addListed(in.more)
		return out, true
	case "array_reduce":
		carry := arg(2)
		if len(args) < 3 {
			carry = value{kind: nullKind}
		}
		in := elementsOf(arg(0))
		if in == nil {
			return value{}, true
		}
		for _, v := range in.values {
			carry = call(arg(1), carry, v)
		}
		return carry, true
	case "array_walk", "array_walk_recursive":
		if in := elementsOf(arg(0)); in != nil {
			if arg(0).kind == arrayKind && len(args) > 1 && name == "array_walk" {
				r.walkedBy(args, in, open)
				return boolValue(true), true
			}
			var walk func(in *array, depth int)
			walk = func(in *array, depth int) {
				for i, v := range in.values {
					inner := elementsOf(v)
					switch {
					case inner == nil || name != "array_walk_recursive":
						call(arg(1), v, in.key(i).value(), arg(2))
					case depth < script.MaxNesting && r.budget.Take(elementCost*len(inner.values)):
						walk(inner, depth+1)
					}
				}
			}
			walk(in, 0)
		} else if m := arg(0).marks.elementOf(value{}); m != 0 {
			call(arg(1), marked(m), marked(m), arg(2))
		}
		return value{}, true
	case "usort", "uasort", "uksort":
		in := elementsOf(arg(0))
		if in == nil {
			return value{}, true
		}
		out := sorted(r.budget, name, in, inOrderOf(func(x, y value) value { return call(arg(1), x, y) }))
		r.setArgument(args[0], out)
		return value{}, true
	case "iterator_apply":
		return r.invokeValue(arg(1), spread(2), open), true
	case "mb_ereg_replace_callback":
		pattern, ok := arg(0).text()
		if options, plain := arg(3).text(); ok && plain {
			pattern = "/" + pattern + "/" + options
		} else {
			pattern = "/" + pattern + "/"
		}
		return r.withCallback("preg_replace_callback", []argument{{value: stringValue(pattern)}, {value: arg(1)}, {value: arg(2)}}, open)
	case "array_find", "array_find_key", "array_any", "array_all":
		if in := elementsOf(arg(0)); in != nil {
			for i, v := range in.values {
				call(arg(1), v, in.key(i).value())
			}
		}
		return value{}, true
	case "preg_replace_callback":
		return r.replacedBy(args, func(v value) value { return call(arg(1), v) }), true
	case "filter_var":
		return r.calledByFilter(arg(0), arg(1), arg(2), open)
	case "filter_input":
		r.calledByFilter(marked(fromInput), arg(2), arg(3), open)
	case "filter_var_array":
		return r.calledByFilters(arg(0), arg(1), open), true
	case "filter_input_array":
		r.calledByFilters(marked(fromInput), arg(1), open)
	case "preg_replace_callback_array":
		subject := arg(1)
		for i, f := range valuesWithin(arg(0)) {
			subject, _ = r.withCallback("preg_replace_callback", []argument{{value: arg(0).array.key(i).value()}, {value: f}, {value: subject}}, open)
		}
		return subject, true
	case "ob_start", "array_udiff", "array_uintersect", "array_diff_ukey", "array_udiff_assoc", "array_uintersect_assoc", "array_udiff_uassoc",
		"array_uintersect_uassoc", "array_diff_uassoc", "array_intersect_uassoc", "array_intersect_ukey", "array_diff_assoc", "array_intersect_assoc":
		if v := r.setOperation(name, valuesOf(args), call); v.known() {
			return v, true
		}
		if callbackArguments[name] == nil {
			break
		}
		for _, i := range callbackArguments[name] {
			call(arg(i), value{}, value{})
		}
		return value{}, true
	}
	return value{}, false
}

// calledByFilter is filter_var, where the filter is a function of the script's choice.
func (r *reader) calledByFilter(v, filter, options value, open int) (value, bool) {
	if n, _ := filter.number(); n != filterCallback {
		return value{}, false
	}
	if options.kind == arrayKind && options.array.find(arrayKey{s: "soptions"}) >= 0 {
		options = options.element(stringValue("options"))
	}
	r.saw(open, options)
	return r.invokeValue(options, []argument{{value: v}}, open), true
}

// calledByFilters is filter_var_array: each filter is a number, or an array of what
// filter_var is given.
func (r *reader) calledByFilters(in, filters value, open int) value {
	if filters.kind != arrayKind {
		if n, _ := filters.number(); n == filterDefault {
			return in
		}
		return value{}
	}
	if !r.budget.Take(elementCost * len(filters.array.values)) {
		return value{}
	}
	return rebuilt(filters.array, func(k arrayKey, filter value) (arrayKey, value, bool) {
		v, options := in.element(k.value()), value{}
		if filter.kind == arrayKind {
			options = filter
			filter = filter.element(stringValue("filter"))
		}
		if n, _ := filter.number(); n == filterDefault {
			return k, v, true
		}
		v, _ = r.calledByFilter(v, filter, options, open)
		return k, v, true
	})
}

// replacedBy is preg_replace_callback: of one pattern or several, in one text or several.
// Of a text of which only the beginning is known, that is what is told of the result.
func (r *reader) replacedBy(args []argument, call func(value) value) value {
	if len(args) < 3 {
		return value{}
	}
	patterns, subject := listOrOne(args[0].value), args[2].value
	if in := subject; in.kind == arrayKind && r.budget.Take(elementCost*len(in.array.values)) {
		return rebuilt(in.array, func(k arrayKey, v value) (arrayKey, value, bool) {
			return k, r.replacedBy(append([]argument{args[0], args[1], {value: v}}, args[3:]...), call), true
		})
	}
	flags, _ := arguments(args).number(5)
	text, whole := subject.text()
	if !whole {
		text = subject.prefix()
	}
	m, holes := marks(0), false
	for _, pattern := range patterns {
		re := expression(r.budget, pattern, text)
		if re == nil {
			whole, text = false, ""
			break
		}
		var out strings.Builder
		at := 0
		for _, match := range re.FindAllStringSubmatchIndex(text, maxMatches) {
			v := call(groupsOf(r.budget, re, text, match, flags))
			s, ok := v.text()
			if !ok {
				s, m, holes = r.filled(v, hole).s, m|v.marks.partOf(), true
			}
			if !r.budget.Take(len(s)) {
				return value{}
			}
			out.WriteString(text[at:match[0]])
			out.WriteString(s)
			at = match[1]
		}
		out.WriteString(text[at:])
		text = out.String()
	}
	if !whole || len(patterns) == 0 {
		of := marked(subject.marks.elementOf(value{}))
		call(of)
		if holes {
			text, _, _ = strings.Cut(text, hole)
		}
		return beginning(text, of.marks|m)
	}
	if holes {
		return aroundHoles(text, m)
	}
	v := stringValue(text)
	v.decoded = true
	return v
}

// filterArguments are what array_filter gives its callback, by its own third argument.
func filterArguments(args []argument, element, key argument) []argument {
	const useBoth, useKey = 1, 2
	if len(args) < 3 {
		return []argument{element}
	}
	switch mode, known := args[2].value.number(); {
	case known && mode == useKey:
		return []argument{key}
	case known && mode != useBoth:
		return []argument{element}
	}
	return []argument{element, key}
}
