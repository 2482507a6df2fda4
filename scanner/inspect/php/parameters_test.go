package php

import "testing"

// What is given by its name stands in its place, and what is left out is what PHP says.
func TestArgumentsGivenByNameAreInTheirPlaces(t *testing.T) {
	for code, want := range map[string]string{
		`$f = str_replace(subject: 'sy#tem', search: '#', replace: 's'); $f('x');`:                                 "system",
		`$f = substr(length: 6, offset: 1, string: 'xsystemx'); $f('x');`:                                          "system",
		`$f = json_decode('{"a":"system"}', flags: JSON_OBJECT_AS_ARRAY)['a']; $f('x');`:                           "system",
		`class K { function f($v) { $v('x'); } } (new K)->f(implode(array: ['sys', 'tem'], separator: ''));`:       "system",
		`$f = trim('xsystemx', characters: 'x'); $f('x');`:                                                         "system",
		`usort(callback: 'sys' . 'tem', array: $all);`:                                                             "system",
		`function substr($length, $string) { return $string; } $f = substr(string: 'system', length: 1); $f('x');`: "system",
	} {
		if !calls(t, "<?php "+code, want) {
			t.Errorf("%s is not called: %s", want, code)
		}
	}
}
