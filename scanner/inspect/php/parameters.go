package php

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"plugvet/scanner/inspect/script"
)

// parametersText are functions and methods of PHP 8.2 that this package knows and that
// have several parameters, as reflection tells them. Each is a line: its name in lower
// case, and its parameters in order, with what they are where nothing is given: a number,
// true, false, null, [], a text in percent encoding behind a quote, or ? for nothing.
//
//go:embed parameters.txt
var parametersText string

// A parameter is one of a function of PHP.
type parameter struct {
	name     string
	standard value // what it is where it is not given
}

// parametersOf are the parameters of the functions and methods of PHP by their names.
var parametersOf = sync.OnceValue(func() map[string][]parameter {
	all := map[string][]parameter{}
	for line := range strings.Lines(parametersText) {
		fields := strings.Fields(line)
		var of []parameter
		for _, field := range fields[1:] {
			name, is, _ := strings.Cut(field, "=")
			of = append(of, parameter{name, standardOf(is)})
		}
		all[fields[0]] = of
	}
	return all
})

func standardOf(text string) value {
	if s, ok := strings.CutPrefix(text, "'"); ok {
		return stringValue(script.DecodePercent(s))
	}
	switch text {
	case "null":
		return value{kind: nullKind}
	case "true", "false":
		return boolValue(text == "true")
	case "[]":
		return newArray(0).value()
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return integerValue(n)
	}
	return value{}
}

// inPlaces are the arguments of a function of PHP, or of a method, in the order of its
// parameters, where some are given by their names.
func (r *reader) inPlaces(name string, args []argument) []argument {
	named := slices.IndexFunc(args, func(a argument) bool { return a.name != "" })
	if named < 0 || r.survey.functions[name] != nil {
		return args
	}
	of := parametersOf()[name]
	if len(of) == 0 {
		return args
	}
	out := slices.Clone(args[:named])
	for _, a := range args[named:] {
		at := slices.IndexFunc(of, func(p parameter) bool { return p.name == a.name })
		if at < named {
			return args
		}
		for len(out) <= at {
			out = append(out, argument{value: of[len(out)].standard, from: a.from, to: a.from})
		}
		a.name = ""
		out[at] = a
	}
	return out
}
