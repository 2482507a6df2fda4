package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

const elementCost = 64 // bytes of the budget that an element of an array takes

// arrayArgument is an argument that is an array, paid for.
func arrayArgument(b *script.Budget, a []value, i int) *array {
	if i >= len(a) || a[i].kind != arrayKind || !b.Take(elementCost*len(a[i].array.values)) {
		return nil
	}
	return a[i].array
}

// rebuilt is an array of what pick makes of each element; ok false leaves one out.
func rebuilt(in *array, pick func(k arrayKey, v value) (arrayKey, value, bool)) value {
	out := newArray(len(in.values))
	for i, v := range in.values {
		if k, v, ok := pick(in.key(i), v); ok {
			out.set(k, v)
		}
	}
	return out.value()
}

// relisted is a list of what pick makes of each element.
func relisted(in *array, pick func(k arrayKey, v value) value) value {
	out := newArray(len(in.values))
	for i, v := range in.values {
		out.append(pick(in.key(i), v))
	}
	return out.value()
}

func foldArrayKeys(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil || len(a) > 1 {
		return value{}
	}
	return relisted(in, func(k arrayKey, _ value) value { return k.value() })
}

func foldArrayValues(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil {
		return value{}
	}
	return relisted(in, func(_ arrayKey, v value) value { return v })
}

func foldArrayFlip(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil {
		return value{}
	}
	return rebuilt(in, func(k arrayKey, v value) (arrayKey, value, bool) {
		key, ok := keyOf(v)
		return key, k.value(), ok
	})
}

func foldArraySlice(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil || len(a) < 2 {
		return value{}
	}
	if in.partial {
		return in.clone().value() // which of them, nobody knows
	}
	from, to, ok := offsets(a[1:min(len(a), 3)], int64(len(in.values)))
	if !ok {
		return value{}
	}
	return sliced(in, int(from), int(to), len(a) > 3 && a[3].n != 0)
}

// sliced is a piece of an array, with numbers counted anew unless they are kept.
func sliced(in *array, from, to int, keep bool) value {
	out := newArray(to - from)
	for i := from; i < to; i++ {
		if k := in.key(i); k.s != "" || keep {
			out.set(k, in.values[i])
		} else {
			out.append(in.values[i])
		}
	}
	return out.value()
}

func foldArrayColumn(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil || len(a) < 2 {
		return value{}
	}
	out := newArray(0)
	for _, row := range in.values {
		v := row
		if a[1].kind != nullKind {
			v = row.element(a[1])
		}
		if !v.known() {
			continue
		}
		if len(a) > 2 {
			if k, ok := keyOf(row.element(a[2])); ok {
				out.set(k, v)
			}
			continue
		}
		out.append(v)
	}
	return out.value()
}

func foldArrayCombine(b *script.Budget, a []value) value {
	keys, values := arrayArgument(b, a, 0), arrayArgument(b, a, 1)
	if keys == nil || values == nil || len(keys.values) != len(values.values) {
		return value{}
	}
	out := newArray(0)
	for i, k := range keys.values {
		if key, ok := keyOf(k); ok {
			out.set(key, values.values[i])
		}
	}
	return out.value()
}

func foldArrayFill(b *script.Budget, a []value) value {
	if len(a) != 3 {
		return value{}
	}
	from, ok1 := a[0].number()
	n, ok2 := a[1].number()
	if !ok1 || !ok2 || n < 0 || n > maxElements || from < 0 || from > maxElements || !b.Take(elementCost*int(n)) {
		return value{}
	}
	out := newArray(0)
	for i := range n {
		out.set(arrayKey{n: from + i}, a[2])
	}
	return out.value()
}

func foldArrayFillKeys(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil || len(a) < 2 {
		return value{}
	}
	return rebuilt(in, func(_ arrayKey, v value) (arrayKey, value, bool) {
		k, ok := keyOf(v)
		return k, a[1], ok
	})
}

func foldArrayPad(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil || len(a) != 3 {
		return value{}
	}
	n, ok := a[1].number()
	if !ok || max(n, -n) > maxElements || !b.Take(elementCost*int(max(n, -n))) {
		return value{}
	}
	out := newArray(0)
	missing := int(max(n, -n)) - len(in.values)
	for i := 0; n < 0 && i < missing; i++ {
		out.append(a[2])
	}
	for _, v := range in.values {
		out.append(v)
	}
	for i := 0; n > 0 && i < missing; i++ {
		out.append(a[2])
	}
	return out.value()
}

// textSet are the elements of arrays as strings.
func textSet(b *script.Budget, lists []value) map[string]bool {
	set := map[string]bool{}
	for i := range lists {
		in := arrayArgument(b, lists, i)
		if in == nil {
			return nil
		}
		for _, v := range in.values {
			s, ok := v.text()
			if !ok {
				return nil
			}
			set[s] = true
		}
	}
	return set
}

func foldArrayUnique(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil {
		return value{}
	}
	seen := map[string]bool{}
	return rebuilt(in, func(k arrayKey, v value) (arrayKey, value, bool) {
		s, ok := v.text()
		ok = ok && !seen[s]
		seen[s] = true
		return k, v, ok
	})
}

// foldArrayDiff is array_diff, or array_intersect of two.
func foldArrayDiff(both bool) foldFunction {
	return func(b *script.Budget, a []value) value {
		in := arrayArgument(b, a, 0)
		if in == nil || both && len(a) != 2 {
			return value{}
		}
		set := textSet(b, a[1:])
		if set == nil {
			return value{}
		}
		return rebuilt(in, func(k arrayKey, v value) (arrayKey, value, bool) {
			s, ok := v.text()
			return k, v, ok && set[s] == both
		})
	}
}

func foldArrayDiffKey(both bool) foldFunction {
	return func(b *script.Budget, a []value) value {
		in, other := arrayArgument(b, a, 0), arrayArgument(b, a, 1)
		if in == nil || other == nil || len(a) != 2 {
			return value{}
		}
		return rebuilt(in, func(k arrayKey, v value) (arrayKey, value, bool) { return k, v, other.find(k) >= 0 == both })
	}
}

func foldArrayKeyCase(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil {
		return value{}
	}
	change := lower
	if len(a) > 1 && a[1].n != 0 {
		change = strings.ToUpper
	}
	return rebuilt(in, func(k arrayKey, v value) (arrayKey, value, bool) {
		k.s = change(k.s[:min(1, len(k.s))]) + change(k.s[min(1, len(k.s)):])
		if k.s != "" {
			k.s = "s" + k.s[1:]
		}
		return k, v, true
	})
}

func foldArrayChunk(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil || len(a) < 2 {
		return value{}
	}
	size, ok := a[1].number()
	if !ok || size < 1 || !b.Take(elementCost*len(in.values)) {
		return value{}
	}
	out := newArray(0)
	for from := 0; from < len(in.values); {
		to := from + int(min(size, int64(len(in.values)-from)))
		out.append(sliced(in, from, to, len(a) > 2 && a[2].n != 0))
		from = to
	}
	return out.value()
}

func foldArrayReplace(b *script.Budget, a []value) value {
	out := newArray(0)
	for i := range a {
		in := arrayArgument(b, a, i)
		if in == nil {
			return value{}
		}
		for k, v := range in.values {
			out.set(in.key(k), v)
		}
	}
	return out.value()
}

// foldArrayUnion is + of two arrays.
func foldArrayUnion(b *script.Budget, a []value) value {
	first, second := arrayArgument(b, a, 0), arrayArgument(b, a, 1)
	if first == nil || second == nil {
		return value{}
	}
	out := first.clone()
	for i, v := range second.values {
		if k := second.key(i); out.find(k) < 0 {
			out.set(k, v)
		}
	}
	return out.value()
}

func foldArraySearch(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 1)
	if in == nil {
		return value{}
	}
	for i, v := range in.values {
		same := looselyEqual(a[0], v)
		if !same.known() {
			return value{}
		}
		if same.n != 0 {
			return in.key(i).value()
		}
	}
	return boolValue(false)
}

func foldInArray(b *script.Budget, a []value) value {
	v := foldArraySearch(b, a)
	if !v.known() {
		return value{}
	}
	return boolValue(v.kind != boolKind)
}

// looselyEqual is == of scalars, which compares strings and numbers as text, and of cases
// of enumerations.
func looselyEqual(a, b value) value {
	if same, known := sameCase(a, b); known {
		return boolValue(same)
	}
	s, ok1 := a.text()
	t, ok2 := b.text()
	if !ok1 || !ok2 {
		return value{}
	}
	return boolValue(s == t)
}

func foldKeyExists(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 1)
	if in == nil {
		return value{}
	}
	k, ok := keyOf(a[0])
	if !ok {
		return value{}
	}
	return boolValue(in.find(k) >= 0)
}

func foldArraySum(b *script.Budget, a []value) value {
	return summed(b, a, 0, func(x, y int64) value { return arithmetic('+', x, y) })
}

func foldArrayProduct(b *script.Budget, a []value) value {
	return summed(b, a, 1, func(x, y int64) value { return arithmetic('*', x, y) })
}

func summed(b *script.Budget, a []value, start int64, plus func(x, y int64) value) value {
	in := arrayArgument(b, a, 0)
	if in == nil {
		return value{}
	}
	sum := integerValue(start)
	for _, v := range in.values {
		n, ok := v.number()
		if sum = plus(sum.n, n); !ok || v.kind == floatKind || !sum.known() {
			return value{}
		}
	}
	return sum
}

// foldIterated is iterator_to_array of what is a list here.
func foldIterated(b *script.Budget, a []value) value {
	if in := arrayArgument(b, a, 0); in == nil {
		return value{}
	}
	return a[0]
}

// foldCounted is array_count_values.
func foldCounted(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil {
		return value{}
	}
	out := newArray(0)
	for _, v := range in.values {
		k, ok := keyOf(v)
		if !ok {
			return value{}
		}
		n := int64(0)
		if i := out.find(k); i >= 0 {
			n = out.values[i].n
		}
		out.set(k, integerValue(n+1))
	}
	return out.value()
}
