package php

import "testing"

func TestVersionsAreComparedAsPHPDoes(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"4.2.0", "4.1.9", 1}, {"4.1.9", "4.1.10", -1}, {"1.0", "1.0.0", -1}, {"1.0", "1.0pl1", -1}, {"1.0RC1", "1.0", -1}, {"1.0-beta2", "1.0b2", 0},
		{"1.0alpha", "1.0dev", 1}, {"1.0x", "1.0dev", -1}, {"1_0", "1+0", 0}, {"01", "1", 0}, {"99999999999999999998", "99999999999999999999", 0},
		{"", "", 0}, {"", "0", -1}, {"1.", "1.", -1}, {".a", "#", -1}, {"#plbeta#a#", "2rc_2", 1}, {"_101~", "~._", 1}, {"+", ".2", -1}, {"x.. ", "x.. ", -1}, {"-0alpha2", "_10 -", -1},
	} {
		if got := compareVersions(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %d, not %d", c.a, c.b, got, c.want)
		}
	}
}

func TestAListThatIsFilteredByVersionsIsFollowed(t *testing.T) {
	const changes = `$all = ['4.2.0' => ['shell', 'exec'], '4.1.9' => ['no']]; `
	for code, want := range map[string]bool{
		changes + `$f = implode('_', array_merge(...array_values(array_filter($all, fn ($v) => version_compare($v, '4.1.9', '>'), ARRAY_FILTER_USE_KEY)))); $f('x');`:             true,
		changes + `$f = implode('_', array_merge(...array_values(array_filter($all, fn ($l, $v) => version_compare($v, '4.1.9', 'gt') && $l, ARRAY_FILTER_USE_BOTH)))); $f('x');`: true,
		changes + `$f = implode('_', array_merge(...array_values(array_filter($all, fn ($l, $v = '9') => version_compare($v, '4.1.9', 'ge') && count($l) > 1)))); $f('x');`:       true,
		changes + `uksort($all, 'version_compare'); $f = implode('_', end($all)); $f('x');`:                                                                                       true,
		changes + `$f = implode('_', array_merge(...array_values(array_filter($all, fn ($v) => version_compare($v, '4.2.0', '<'), ARRAY_FILTER_USE_KEY)))); $f('x');`:             false,
		`$f = version_compare(PHP_VERSION, '8', '<') ? strrev('daer') : strrev('cexe_llehs'); $f('x');`:                                                                           true,
		`$f = version_compare(PHP_VERSION, '8', '>=') ? strrev('daer') : strrev('cexe_llehs'); $f('x');`:                                                                          true,
	} {
		if got := calls(t, "<?php "+code, "shell_exec"); got != want {
			t.Errorf("%s: %t", code, got)
		}
	}
}
