package javascript

import (
	"math"
	"math/bits"
	"slices"
	"sort"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

func (e *evaluator) arrayMethod(self *[]value, name string, args []argument, start, end uint32) value {
	items := *self
	if !e.Take(len(items)) {
		return value{}
	}
	switch name {
	case "join":
		separator, ok := words(args, 0, ",")
		size := 0
		parts := make([]string, len(items))
		decoded := false
		for i, item := range items {
			if item.kind == undefined || item.kind == null {
				continue
			}
			s, ok := e.textOf(item)
			if size += len(s) + len(separator); !ok || size > script.MaxConstant {
				return value{}
			}
			parts[i] = s
			decoded = decoded || item.decoded
		}
		if !ok || !e.Take(size) {
			return value{}
		}
		return value{kind: text, str: strings.Join(parts, separator), decoded: decoded}
	case "toString":
		if s, ok := (value{kind: array, items: self}).string(); ok && e.Take(len(s)) {
			return textValue(s)
		}
	case "reverse", "toReversed":
		out := make([]value, len(items))
		for i, item := range items {
			out[len(items)-1-i] = item
		}
		if name == "reverse" && e.env != nil {
			copy(items, out)
			return value{kind: array, items: self}
		}
		return arrayValue(out)
	case "concat":
		out := append([]value{}, items...)
		for _, a := range args {
			spread, _ := itemOf(a.value, symbolKey+"Symbol.isConcatSpreadable")
			if a.kind == array {
				out = append(out, *a.items...)
			} else if items, ok := e.arrayLike(a.value); ok && a.kind == dictionary && spread.num != 0 {
				out = append(out, items...)
			} else {
				out = append(out, a.value)
			}
			if len(out) > maxItems {
				return value{}
			}
		}
		return arrayValue(out)
	case "slice":
		from, to, ok := bounds(args, len(items))
		if !ok {
			return value{}
		}
		return arrayValue(append([]value{}, items[from:to]...))
	case "at":
		n, ok := integer(args, 0, 0)
		if n < 0 {
			n += len(items)
		}
		if ok && n >= 0 && n < len(items) {
			return items[n]
		}
	case "pop", "shift":
		if len(items) == 0 {
			return value{kind: undefined}
		}
		got := items[0]
		rest := items[1:]
		if name == "pop" {
			got, rest = items[len(items)-1], items[:len(items)-1]
		}
		if e.env != nil {
			*self = rest
		}
		return got
	case "push", "unshift":
		if e.env == nil || len(items)+len(args) > maxItems {
			return value{}
		}
		for _, a := range args {
			if name == "push" {
				*self = append(*self, a.value)
			} else {
				*self = append([]value{a.value}, *self...)
			}
		}
		return numberValue(float64(len(*self)))
	case "indexOf", "includes":
		from, _, ok := bounds(args[min(1, len(args)):], len(items))
		if !ok || len(args) == 0 {
			return value{}
		}
		at := -1
		for i, item := range items {
			if i < from {
				continue
			}
			if same, ok := equal(item, args[0].value); ok && same {
				at = i
				break
			}
		}
		if name == "includes" {
			return booleanValue(at >= 0)
		}
		return numberValue(float64(at))
	case "lastIndexOf":
		for i := len(items) - 1; i >= 0 && len(args) == 1; i-- {
			if same(items[i], args[0].value) {
				return numberValue(float64(i))
			}
		}
		return numberValue(-1)
	case "flat":
		depth, ok := integer(args, 0, 1)
		if out, flat := e.flattened([]value{}, items, min(depth, 32)); ok && flat {
			return arrayValue(out)
		}
	case "sort", "toSorted":
		out, ok := e.sorted(items, args, start, end)
		if !ok {
			return e.anyOrder(items)
		}
		if name == "sort" && e.machine != nil {
			copy(items, out)
			return value{kind: array, items: self}
		}
		return arrayValue(out)
	case "entries", "keys", "values":
		if e.machine == nil {
			return value{}
		}
		out := append([]value{}, items...)
		for i := range out {
			switch name {
			case "entries":
				out[i] = pair(numberValue(float64(i)), out[i])
			case "keys":
				out[i] = numberValue(float64(i))
			}
		}
		return iteratorValue(out)
	case "with":
		n, ok := integer(args, 0, 0)
		if n < 0 {
			n += len(items)
		}
		if out := append([]value{}, items...); ok && n >= 0 && n < len(out) {
			out[n] = argumentOr(args, 1)
			return arrayValue(out)
		}
	case "splice", "toSpliced":
		return e.splice(self, name == "toSpliced", args)
	case "fill", "copyWithin":
		if e.machine == nil {
			return value{}
		}
		from, to, ok := bounds(args[min(1, len(args)):], len(items))
		if !ok {
			return value{}
		}
		if name == "fill" {
			for i := from; i < to; i++ {
				items[i] = argumentOr(args, 0)
			}
		} else if at, ok := integer(args, 0, 0); ok && at >= 0 && at <= len(items) {
			copy(items[at:], append([]value{}, items[from:to]...))
		}
		return value{kind: array, items: self}
	case "map", "filter", "forEach", "flatMap", "find", "findIndex", "findLast", "findLastIndex", "some", "every", "reduce", "reduceRight":
		return e.visit(items, name, args, start, end)
	}
	return value{}
}

// flattened appends the items of a list, and to a depth those of lists in it; false where
// they are too many.
func (e *evaluator) flattened(out, items []value, depth int) ([]value, bool) {
	const each = 8 // steps
	if !e.Take(1+len(items)) || e.machine != nil && !e.machine.step(listSteps+each*len(items)) {
		return nil, false
	}
	for _, item := range items {
		ok := true
		if item.kind == array && depth > 0 {
			out, ok = e.flattened(out, *item.items, depth-1)
		} else {
			out = append(out, item)
		}
		if !ok || len(out) > maxItems {
			return nil, false
		}
	}
	return out, true
}

// sorted returns a list in the order of its texts, or in that of a function.
func (e *evaluator) sorted(items []value, args []argument, start, end uint32) ([]value, bool) {
	if m := e.machine; m != nil && !m.step(len(items)*bits.Len(uint(len(items)))) {
		return nil, false
	}
	out := append([]value{}, items...)
	if len(args) > 0 && args[0].kind != undefined {
		const most = 1 << 10 // items that a function is asked about
		if len(out) > most {
			return nil, false
		}
		known := true
		sort.SliceStable(out, func(a, b int) bool {
			if !known || !e.Step() {
				known = false
				return false
			}
			n, ok := e.invoke(args[0].value, asArguments([]value{out[a], out[b]}), start, end).number()
			known = known && ok
			return n < 0
		})
		return out, known
	}
	type named struct {
		value
		name string
	}
	all := make([]named, len(out)) // by the text of each, which may be long to tell
	for i, item := range out {
		all[i].value = item
		all[i].name, _ = item.string()
	}
	slices.SortStableFunc(all, func(a, b named) int { return strings.Compare(a.name, b.name) })
	for i, item := range all {
		out[i] = item.value
	}
	return out, true
}

// splice takes items out of a list and puts others in.
func (e *evaluator) splice(self *[]value, apart bool, args []argument) value {
	if e.machine == nil && !apart {
		return value{}
	}
	items := *self
	from, ok1 := integer(args, 0, 0)
	if from < 0 {
		from = max(0, len(items)+from)
	}
	from = min(from, len(items))
	n, ok2 := integer(args, 1, len(items)-from)
	n = max(0, min(n, len(items)-from))
	if !ok1 || !ok2 || len(items)+len(args) > maxItems {
		return value{}
	}
	gone := append([]value{}, items[from:from+n]...)
	rest := append([]value{}, items[:from]...)
	for _, a := range args[min(2, len(args)):] {
		rest = append(rest, a.value)
	}
	rest = append(rest, items[from+n:]...)
	if apart {
		return arrayValue(rest)
	}
	*self = rest
	return arrayValue(gone)
}

// visit evaluates the methods that call a function for each item.
func (e *evaluator) visit(items []value, name string, args []argument, start, end uint32) value {
	if len(args) == 0 {
		return value{}
	}
	f := args[0].value
	if name == "reduce" || name == "reduceRight" {
		return e.reduce(items, name == "reduceRight", f, args[1:], start, end)
	}
	out := []value{}
	backwards, lost := strings.HasPrefix(name, "findLast"), false
	var maybe []value // that find may give
	for n := range items {
		i := n
		if backwards {
			i = len(items) - 1 - n
		}
		item := items[i]
		got := e.invoke(f, asArguments([]value{item, numberValue(float64(i)), arrayValue(items)}), start, end)
		if got.kind == unknown {
			switch {
			case name == "forEach":
			case e.machine == nil || !e.Step():
				return value{}
			case name == "map":
				out = append(out, got)
			default:
				lost = true // the others are still asked about
				if name == "find" || name == "findLast" {
					maybe = append(maybe, item)
				}
				if name == "filter" {
					out = append(out, item)
				}
			}
			continue
		}
		switch name {
		case "map":
			out = append(out, got)
		case "flatMap":
			if got.kind == array {
				out = append(out, *got.items...)
			} else {
				out = append(out, got)
			}
		case "filter", "find", "findIndex", "findLast", "findLastIndex", "some", "every":
			truth, ok := got.truthy()
			switch {
			case !ok:
				return value{}
			case name == "every" && !truth:
				return booleanValue(false)
			case name == "some" && truth:
				return booleanValue(true)
			case truth && (name == "find" || name == "findLast"):
				if lost {
					return anyValue(append(maybe, item))
				}
				return item
			case truth && (name == "findIndex" || name == "findLastIndex"):
				return numberValue(float64(i))
			case truth:
				out = append(out, item)
			}
		}
		if !e.Step() || len(out) > maxItems {
			return value{}
		}
	}
	if lost && name == "filter" && len(out) > 0 { // it may keep all of them, or not the first ones
		var all []value
		for i := range min(len(out), maxAlternatives) {
			all = append(all, arrayValue(out[i:len(out):len(out)]))
		}
		return value{also: &all}
	}
	if lost {
		return anyValue(append(maybe, value{}))
	}
	switch name {
	case "forEach", "find", "findLast":
		return value{kind: undefined}
	case "findIndex", "findLastIndex":
		return numberValue(-1)
	case "some", "every":
		return booleanValue(name == "every")
	}
	return arrayValue(out)
}

func (e *evaluator) reduce(items []value, right bool, f value, first []argument, start, end uint32) value {
	whole := arrayValue(items)
	if right {
		out := make([]value, len(items))
		for i, item := range items {
			out[len(items)-1-i] = item
		}
		items = out
	}
	index := 0
	var sum value
	if len(first) > 0 {
		sum = first[0].value
	} else if len(items) > 0 {
		sum, index = items[0], 1
	}
	for ; index < len(items); index++ {
		n := index
		if right {
			n = len(items) - 1 - index
		}
		sum = e.invoke(f, asArguments([]value{sum, items[index], numberValue(float64(n)), whole}), start, end)
		if sum.kind == unknown && e.machine == nil || !e.Step() {
			return value{}
		}
	}
	return sum
}

// fractionText writes a number with a fraction in a base other than 10, with as
// many digits as tell it from its neighbours.
func fractionText(n float64, base int) string {
	const digits = "0123456789abcdefghijklmnopqrstuvwxyz"
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	whole := math.Floor(n)
	fraction := n - whole
	delta := max(0.5*(math.Nextafter(n, math.Inf(1))-n), math.SmallestNonzeroFloat64)
	var out []byte
	for fraction >= delta && len(out) < 1100 {
		fraction *= float64(base)
		delta *= float64(base)
		digit := int(fraction)
		out = append(out, digits[digit])
		fraction -= float64(digit)
		if fraction > 0.5 || fraction == 0.5 && digit&1 == 1 {
			if fraction+delta > 1 { // round up, with what carries over
				for {
					if len(out) == 0 {
						whole++
						break
					}
					last := strings.IndexByte(digits, out[len(out)-1])
					out = out[:len(out)-1]
					if last+1 < base {
						out = append(out, digits[last+1])
						break
					}
				}
				break
			}
		}
	}
	s := sign + strconv.FormatInt(int64(whole), base)
	if len(out) > 0 {
		s += "." + string(out)
	}
	return s
}

func numberMethod(n float64, name string, args []argument) value {
	switch name {
	case "toString", "toLocaleString":
	case "valueOf":
		return numberValue(n)
	case "toFixed":
		digits, ok := integer(args, 0, 0)
		if !ok || digits < 0 || digits > 100 {
			return value{}
		}
		return textValue(strconv.FormatFloat(n, 'f', digits, 64))
	default:
		return value{}
	}
	base, ok := integer(args, 0, 10)
	if !ok || base < 2 || base > 36 || base != 10 && math.Abs(n) > 1<<53 {
		return value{}
	}
	if base != 10 && n != math.Trunc(n) {
		return textValue(fractionText(n, base))
	}
	if base == 10 {
		return textValue(numberText(n))
	}
	return textValue(strconv.FormatInt(int64(n), base))
}

func texts(list []string) value {
	items := make([]value, len(list))
	for i, s := range list {
		items[i] = textValue(s)
	}
	return arrayValue(items)
}

// anyOrder is a short list in an order that is not known: each of its items comes first in
// one of what it may be.
func (e *evaluator) anyOrder(items []value) value {
	n := len(items)
	if n == 0 || n > maxAlternatives || e.machine == nil || !e.machine.step(listSteps+16*n*n) {
		return value{}
	}
	var all []value
	for i := range items {
		all = append(all, arrayValue(append(append([]value{}, items[i:]...), items[:i]...)))
	}
	return value{also: &all}
}
