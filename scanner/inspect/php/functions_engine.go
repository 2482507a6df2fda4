package php

import (
	_ "embed"
	"strings"
	"sync"
)

// listsText are functions of PHP 8.2 that say what PHP has, each with the names that it
// returns on a line: settings, algorithms, filters, extensions.
//
//go:embed lists.txt
var listsText string

var listsOfPHP = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(listsText) {
		fields := strings.Fields(line)
		all[fields[0]] = fields[1:]
	}
	return all
})

// ofEngine are the functions that return the names of what PHP has: as a list, or as the
// keys of what is not known.
func (r *reader) ofEngine(name string, arg func(int) value) (value, bool) {
	names := listsOfPHP()[name]
	if names == nil {
		return value{}, false
	}
	if name != "ini_get_all" {
		return listOf(r.budget, names), true
	}
	of, _ := arg(0).text()
	of = lower(of)
	out := newArray(len(names))
	for _, n := range names {
		extension, _, ok := strings.Cut(n, ".")
		if !ok || extension == "assert" || extension == "url_rewriter" {
			extension = "standard" // or Core
		}
		if of != "" && of != extension && (of != "core" || extension != "standard") || !r.budget.Take(elementCost) {
			continue
		}
		out.set(arrayKey{s: "s" + n}, r.setting("ini_get", stringValue(n), value{}))
	}
	return out.value(), true
}
