package php

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// tooFew are calls of a function with no arguments, and with fewer than it takes.
func tooFew(name string) (calls []string) {
	given := []string{"", "'%s'", "$_GET['x']", "['%s']", "$l", "'%s', $_GET['x']", "$_GET['x'], '%s'", "'a', 'b'", "$l, $l"}
	for _, args := range given {
		calls = append(calls, fmt.Sprintf("%s(%s);", name, args))
	}
	if class, method, ok := strings.Cut(name, "::"); ok {
		calls = append(calls, fmt.Sprintf("(new %s)->%s();", class, method))
	}
	return append(calls,
		fmt.Sprintf("echo %s(...$none);", name),
		fmt.Sprintf("$q = '%s'; $q();", name),
		fmt.Sprintf("call_user_func('%s');", name),
		fmt.Sprintf("array_map('%s', ['%%s', $_GET['x']]);", name),
	)
}

func TestFunctionsMayGetTooFewArguments(t *testing.T) {
	names := map[string]bool{}
	for name := range keepHoles {
		names[name] = true
	}
	for name := range foldFunctions {
		names[name] = true
	}
	for name := range textFunctions {
		names[name] = true
	}
	for name := range parametersOf() {
		names[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		for _, call := range tooFew(name) {
			func() {
				defer func() {
					if fault := recover(); fault != nil {
						t.Errorf("%s: %v", call, fault)
					}
				}()
				Read([]byte("<?php $f = 'sys' . 'tem'; $none = []; $l = [$_GET['x'], '%s']; " + call + " $f('x');"))
			}()
		}
	}
}
