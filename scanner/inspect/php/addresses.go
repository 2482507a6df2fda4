package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// opensAddresses are the functions that get what lies at an address as they would read
// a file.
var opensAddresses = map[string]bool{
	"file_get_contents": true, "fopen": true, "readfile": true, "copy": true, "file": true, "simplexml_load_file": true,
}

// isAddress tells whether a text begins with the scheme of another machine.
func isAddress(s string) bool {
	scheme, _, found := strings.Cut(s, "://")
	if !found || len(scheme) > len("https") {
		return false
	}
	switch lower(scheme) {
	case "http", "https", "ftp", "ftps":
		return true
	}
	return false
}

// opensAddresses notes what a call, or a function that it calls, opens.
func (r *reader) opensAddresses(name string, args []argument, from int) {
	if opensAddresses[name] && len(args) > 0 {
		r.opensAddress(args[0].value, args[0].from, from)
	}
	for _, at := range callbackArguments[name] {
		if at >= len(args) || !opensAddresses[r.callable(args[at].value)] {
			continue
		}
		for _, a := range args {
			for _, v := range append(valuesWithin(a.value), a.value) {
				r.opensAddress(v, a.from, from)
			}
		}
	}
}

// opensAddress notes that something is read from another machine whose address the
// script puts together: what it writes out, the decoded view shows.
func (r *reader) opensAddress(v value, at, from int) {
	for _, one := range append(r.traces[at], v) {
		if prefix := one.prefix(); isAddress(prefix) && r.budget.Take(len(r.src)/64) && !strings.Contains(r.src, prefix) {
			r.use(script.Call, "url:opened", from, true)
			return
		}
	}
}
