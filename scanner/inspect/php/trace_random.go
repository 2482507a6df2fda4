package php

import (
	"encoding/binary"

	"plugvet/scanner/inspect/script"
)

// What a script takes from generators of random numbers that it seeds itself; random.go
// has the generators.

const (
	mersenneClass   = `random\engine\mt19937`
	pcgClass        = `random\engine\pcgoneseq128xslrr64`
	xoshiroClass    = `random\engine\xoshiro256starstar`
	randomizerClass = `random\randomizer`
)

// seedsRandom are the functions and classes that are given the seed of a generator.
var seedsRandom = map[string]bool{
	"mt_srand": true, "srand": true, "mt19937": true, "pcgoneseq128xslrr64": true, "xoshiro256starstar": true,
	mersenneClass: true, pcgClass: true, xoshiroClass: true,
}

// random are the functions of the generator that mt_srand seeds. What they give without a
// seed is not known.
func (r *reader) random(name string, args []argument) (value, bool) {
	given := valuesOf(args)
	switch name {
	case "mt_srand", "srand":
		r.trace.random = r.seeded(given)
		return value{kind: nullKind}, true
	case "mt_getrandmax", "getrandmax":
		return integerValue(maxRandom), true
	case "mt_rand", "rand", "random_int":
		if len(args) < 2 {
			if m := r.trace.random; m != nil && len(args) == 0 && name != "random_int" {
				n, _ := m.next()
				return integerValue(int64(n >> 1)), true
			}
			return value{}, false
		}
		from, ok1 := given[0].number()
		to, ok2 := given[1].number()
		if from > to && name == "rand" {
			from, to = to, from
		}
		switch m := r.trace.random; {
		case !ok1 || !ok2 || from > to:
			r.trace.random = nil
		case m != nil && name != "random_int":
			if n, ok := m.between(from, to); ok {
				return integerValue(n), true
			}
		case from == to:
			return integerValue(from), true
		}
		return value{}, false
	case "shuffle", "str_shuffle", "array_rand":
		if r.trace.random == nil || len(args) == 0 {
			return value{}, false
		}
		v := r.drawn(r.trace.random, name, given)
		if !v.known() { // how many numbers that took
			r.trace.random = nil
			return value{}, false
		}
		if name == "shuffle" {
			r.setArgument(args[0], v)
			v = boolValue(true)
		}
		return v, true
	}
	return value{}, false
}

// seeded is the Mersenne Twister with a seed and in a mode; nil where they are not known.
func (r *reader) seeded(args []value) *mersenne {
	if len(args) == 0 || args[0].kind == nullKind || !r.budget.Take(mersenneWords) {
		return nil
	}
	seed, ok := args[0].number()
	mode := int64(0)
	if len(args) > 1 && ok {
		mode, ok = args[1].number()
	}
	if !ok {
		return nil
	}
	return newMersenne(uint32(seed), mode == legacyMode)
}

// engine is the generator that an object is, nil where it gives numbers that are not known.
func (r *reader) engine(o *object) generator {
	switch {
	case o == nil:
		return nil
	case o.random != nil:
		return o.random
	case r.survey.classNamed(o.class) != nil:
		return scripted{r, o}
	case len(o.args) == 0 || o.args[0].kind == nullKind:
		return nil
	}
	var g generator
	seed, ok := o.args[0].number()
	text, isText := o.args[0].s, o.args[0].kind == stringKind
	word := func(i int) uint64 { return binary.LittleEndian.Uint64([]byte(text[8*i:])) }
	switch o.class {
	case mersenneClass:
		if m := r.seeded(o.args); m != nil {
			g = m
		}
	case pcgClass:
		if isText && len(text) == 16 {
			g = newPCG(word(0), word(1))
		} else if ok && !isText {
			g = newPCG(0, uint64(seed))
		}
	case xoshiroClass:
		if isText && len(text) == 32 {
			g = &xoshiro{[4]uint64{word(0), word(1), word(2), word(3)}}
		} else if ok && !isText {
			g = newXoshiro(uint64(seed))
		}
	}
	o.random = g
	return g
}

// A scripted is a generator that the script declares itself.
type scripted struct {
	r *reader
	o *object
}

func (s scripted) next() (number uint64, bytes int) {
	text, _ := s.r.callMethod(s.o, "generate", nil, 0).text()
	for i, c := range []byte(text[:min(len(text), 8)]) {
		number |= uint64(c) << (8 * i)
	}
	return number, min(len(text), 8)
}

// goingOn is a generator that goes on as another one does, without changing it.
func goingOn(g generator) generator {
	switch g := g.(type) {
	case *mersenne:
		again := *g
		return &again
	case *xoshiro:
		again := *g
		return &again
	case *pcg:
		again := *g
		return &again
	}
	return g
}

// randomMethod is a method of a generator, or of Random\Randomizer.
func (r *reader) randomMethod(o *object, name string, args []argument) value {
	of := o
	if o.class == randomizerClass {
		if len(o.args) == 0 {
			return value{}
		}
		of = o.args[0].object()
	}
	g := r.engine(of)
	if g == nil {
		return value{}
	}
	given := valuesOf(args)
	v := r.drawn(g, name, given)
	if !v.known() { // what it has drawn
		of.random = unknownNumbers{}
	}
	return v
}

// unknownNumbers are those of a generator of which it is not known how often it was asked.
type unknownNumbers struct{}

func (unknownNumbers) next() (uint64, int) { return 0, 0 }

// drawn is what a function, or a method of Random\Randomizer or of a generator, makes of
// the numbers that a generator gives.
func (r *reader) drawn(g generator, name string, args []value) value {
	number := func(i int) (n int64, ok bool) {
		if i >= len(args) {
			return 0, false
		}
		return args[i].number()
	}
	count := func(i int) (n int, ok bool) {
		many, ok := number(i)
		return int(many), ok && many > 0 && many <= script.MaxConstant && r.budget.Take(int(many))
	}
	switch name {
	case "generate":
		if n, size := g.next(); size > 0 {
			return stringValue(string(binary.LittleEndian.AppendUint64(nil, n)[:size]))
		}
	case "nextint":
		if n, size := g.next(); size > 0 {
			return integerValue(int64(n >> 1))
		}
	case "nextfloat":
		const exact = 53 // bits
		if n, ok := collected(g, 8); ok {
			return floatValue(float64(n>>(64-exact)) / (1 << exact))
		}
	case "getint":
		from, ok1 := number(0)
		to, ok2 := number(1)
		if !ok1 || !ok2 || from > to {
			break
		}
		n, ok := int64(0), false
		if m, is := g.(*mersenne); is {
			n, ok = m.between(from, to)
		} else {
			n, ok = inRange(g, from, to)
		}
		if ok {
			return integerValue(n)
		}
	case "getbytes":
		if n, ok := count(0); ok {
			if out, ok := randomBytes(g, n); ok {
				return stringValue(string(out))
			}
		}
	case "getbytesfromstring":
		if n, ok := count(1); ok && args[0].kind == stringKind && args[0].s != "" {
			if out, ok := bytesOf(g, args[0].s, n); ok {
				return stringValue(string(out))
			}
		}
	case "str_shuffle", "shufflebytes":
		if len(args) == 0 {
			break
		}
		if text, ok := args[0].text(); ok && r.budget.Take(len(text)) {
			out := []byte(text)
			if shuffled(g, len(out), func(i, j int) { out[i], out[j] = out[j], out[i] }) {
				return stringValue(string(out))
			}
		}
	case "shuffle", "shufflearray":
		if in := wholeArray(args); in != nil && r.budget.Take(elementCost*len(in.values)) {
			out := newArray(len(in.values))
			out.values = append(out.values, in.values...)
			out.next = int64(len(out.values))
			if shuffled(g, len(out.values), func(i, j int) { out.values[i], out.values[j] = out.values[j], out.values[i] }) {
				return out.value()
			}
		}
	case "array_rand", "pickarraykeys":
		in, some := wholeArray(args), int64(1)
		if len(args) > 1 {
			some, _ = number(1)
		}
		if in == nil || some < 1 || some > int64(len(in.values)) || !r.budget.Take(elementCost*len(in.values)) {
			break
		}
		places, ok := picked(g, len(in.values), int(some))
		if !ok {
			break
		}
		out := newArray(len(places))
		for _, at := range places {
			out.append(in.key(at).value())
		}
		if name == "array_rand" && some == 1 {
			return out.values[0]
		}
		return out.value()
	}
	return value{}
}

// wholeArray is the first of some arguments if it is an array of which all is known.
func wholeArray(args []value) *array {
	if len(args) == 0 || args[0].kind != arrayKind || args[0].array.partial || args[0].array.open {
		return nil
	}
	return args[0].array
}
