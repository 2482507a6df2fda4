package javascript

import (
	"strconv"
	"strings"
)

// symbolsOf are the keys of an object or a function that are symbols.
func (e *evaluator) symbolsOf(v value) []value {
	all := []value{}
	if v.kind == closure && v.fn != nil {
		v = v.fn.properties
	}
	if v.kind != dictionary || v.self != nil {
		return all
	}
	for _, key := range *v.keys {
		if name, ok := strings.CutPrefix(key, symbolKey); ok {
			if own, ok := strings.CutPrefix(name, ownSymbol); ok {
				if n, err := strconv.Atoi(own); err == nil && e.machine != nil && n < len(e.machine.symbols) {
					all = append(all, e.machine.symbols[n])
				}
				continue
			}
			all = append(all, value{kind: symbol, str: name})
		}
	}
	return all
}

// newSymbol evaluates Symbol. Where a machine runs it, each is another one.
func (e *evaluator) newSymbol(args []argument) value {
	v := symbolFunction("Symbol.for", args)
	if m := e.machine; m != nil && v.kind == symbol {
		if !m.step(symbolSteps) {
			return value{}
		}
		v.more = strconv.Itoa(len(m.symbols))
		m.symbols = append(m.symbols, v)
	}
	return v
}

// symbolFunction evaluates the functions of Symbol.
func symbolFunction(name string, args []argument) value {
	first := argumentOr(args, 0)
	switch name {
	case "Symbol.for":
		s, ok := words(args, 0, "")
		if ok {
			return value{kind: symbol, str: s, plain: first.plain}
		}
	case "Symbol.keyFor":
		if first.kind == symbol {
			return value{kind: text, str: first.str}
		}
	}
	return value{}
}
