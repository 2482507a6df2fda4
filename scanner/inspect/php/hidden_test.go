package php

import (
	"slices"
	"strings"
	"testing"
)

const rc4 = `function rc($k, $d) { $s = range(0, 255); $j = 0; $r = '';
for ($i = 0; $i < 256; $i++) { $j = ($j + $s[$i] + ord($k[$i % strlen($k)])) % 256; [$s[$i], $s[$j]] = [$s[$j], $s[$i]]; }
for ($i = $j = $n = 0; $n < strlen($d); $n++) { $i = ($i + 1) % 256; $j = ($j + $s[$i]) % 256; [$s[$i], $s[$j]] = [$s[$j], $s[$i]]; $r .= chr(ord($d[$n]) ^ $s[($s[$i] + $s[$j]) % 256]); }
return $r; } eval(rc('key', hex2bin('7815479941e2537b6170')));`

// calls tells whether a script calls a function.
func calls(t *testing.T, src, name string) bool {
	t.Helper()
	for _, u := range check(t, src).Uses {
		if u.Name == name {
			return true
		}
	}
	return false
}

func TestPHPThatIsPutTogetherElsewhereIsFound(t *testing.T) {
	for _, code := range []string{
		// the text behind the code
		`eval(base64_decode(file_get_contents(__FILE__, false, null, __COMPILER_HALT_OFFSET__))); __halt_compiler();c3lzdGVtKCdtYXJrZXInKTs=`,
		`$s = file_get_contents(__FILE__); eval(base64_decode(substr($s, __COMPILER_HALT_OFFSET__))); __halt_compiler();c3lzdGVtKCdtYXJrZXInKTs=`,
		`$h = fopen(__FILE__, 'r'); fseek($h, __COMPILER_HALT_OFFSET__); eval(base64_decode(stream_get_contents($h))); __halt_compiler();c3lzdGVtKCdtYXJrZXInKTs=`,
		"eval(base64_decode(file(__FILE__)[1])); __halt_compiler();\nc3lzdGVtKCdtYXJrZXInKTs=",
		// addresses that are code
		`include 'data:text/plain;base64,PD9waHAgc3lzdGVtKCdtYXJrZXInKTs=';`,
		`require("DATA:,%3C?php system('marker');");`,
		`include 'php://filter/read=convert.base64-decode/resource=data:,PD9waHAgc3lzdGVtKCdtYXJrZXInKTs=';`,
		`include 'php://filter/string.rot13|convert.base64-decode/resource=data:,CQ9jnUNtp3ymqTIgXPqgLKWeMKVaXGf=';`,
		`eval(file_get_contents('data:,system(1);'));`,
		// one of several
		`$f = match (true) { $x > 2 => 'system', default => 'fopen' }; $f(1);`,
		`$f = match ('a') { 'b' => 'fopen', 'a', 'c' => 'sys' . 'tem' }; $f(1);`,
		`$f = 'system'; ($undefined ?? $f)(1);`,
		`($x ? 'system' : 'fopen')(1);`,
		`array_map($x ?: 'system', [1]);`,
		// closures
		`$f = (function () { $t = 's'; $t .= 'ys'; return $t .= 'tem'; })(); $f(1);`,
		`$f = fn($x) => strrev($x); $f('metsys')(1);`,
		`$k = 'tem'; $f = function ($x) use ($k) { return $x . $k; }; eval($f('sys') . '(1);');`,
		`implode(array_map(function ($c) { return chr($c ^ 1); }, [114, 120, 114, 117, 100, 108]))(1);`,
		`preg_replace_callback('/[a-z]/', fn($m) => str_rot13($m[0]), 'flfgrz')(1);`,
		// a closure that is given what it runs
		`preg_replace_callback('/.+/s', function ($m) { eval(base64_decode($m[0])); }, 'c3lzdGVtKCdtYXJrZXInKTs=');`,
		`call_user_func(function ($c) { eval(base64_decode($c)); }, 'c3lzdGVtKCdtYXJrZXInKTs=');`,
		`array_map(function ($c) { eval(base64_decode($c)); }, ['c3lzdGVtKCdtYXJrZXInKTs=']);`,
		`(function ($c) { eval(base64_decode($c)); })('c3lzdGVtKCdtYXJrZXInKTs=');`,
		// control flow that is there to hide
		`goto a1; c3: $f($c); goto d4; a1: $f = "\163\171\163"; goto b2; b2: $f .= "\x74\x65\x6d"; $c = 'marker'; goto c3; d4:`,
		`goto a; d: eval($c); goto e; b: $c .= '(1);'; goto d; a: $c = 'sys' . 'tem'; if ($unknown) { exit; } goto b; e:`,
		`goto a; c: $f .= 'm'; goto d; a: $f = 'sys'; goto b; d: $f(1); exit; b: $f .= 'te'; goto c;`,
		`$s = 0; $f = ''; while ($s < 3) switch ($s++) { case 0: $f .= 'sy'; break; case 1: $f .= 'stem'; break; case 2: $f(1); }`,
		`$s = 'a'; do { switch ($s) { case 'b': $f .= 'tem'; $s = 'c'; break; case 'a': $f = 'sys'; $s = 'b'; break; default: $f(1); $s = ''; } } while ($s); `,
		`for ($i = 0; $i < 2; $i++) { if ($i == 0) { $f = 'sys'; } else { $f .= 'tem'; echo 'x'; $f(1); } }`,
		// ciphers written out
		rc4,
		`function x($d, $k) { [$a, $b] = ['', 0]; while ($b < strlen($d)) { $a .= $d[$b] ^ $k[$b % strlen($k)]; $b++; } return $a; } eval(x("\x18\x1c\x18\x1f\x00\x06\x43\x54\x42\x50", 'kek'));`,
		`function s($s) { list($s[0], $s[1]) = [$s[1], $s[0]]; $t = $s; $t[0] = 'x'; return implode($s); } eval(s(['tem', 'sys', '(1);']) === 'system(1);' ? s(['tem(1);', 'sys']) : '');`,
		// variables by another way
		`extract(['f' => 'system']); $f(1);`,
		`class A { public $f; function __destruct() { ($this->f)(1); } } unserialize('O:1:"A":1:{s:1:"f";s:6:"system";}');`,
		`class A { private $c; function __wakeup() { eval($this->c); } } unserialize(base64_decode('TzoxOiJBIjoxOntzOjE6ImMiO3M6MTA6InN5c3RlbSgxKTsiO30='));`,
	} {
		if !calls(t, "<?php "+code, "system") {
			t.Errorf("not found: %s", code)
		}
	}
}

func TestPHPThatIsNotPutTogetherIsNotFound(t *testing.T) {
	for _, code := range []string{
		`$f = match ('a') { 'a' => 'fopen', 'b' => 'system' }; $f(1);`,
		`$s = file_get_contents(__FILE__); f($s); // system(1)`,
		`include 'data:,system(1)';`,
		`unserialize('a:1:{s:1:"f";s:6:"system";}'); $x->f(1);`,
		`$f = true ? 'fopen' : 'system'; $f(1);`,
	} {
		if v := check(t, "<?php "+code); calls(t, "<?php "+code, "system") || strings.Contains(string(v.Text), "// sys") {
			t.Errorf("found in %s: %s", code, v.Text)
		}
	}
}

func TestALoopWithoutAnEndDoesNotHideTheOthers(t *testing.T) {
	const found = "$f = ''; for ($i = 0; $i < 6; $i++) $f .= 'metsys'[5 - $i]; $f(1);"
	for _, endless := range []string{"while (1);", "for (;;);", "for ($a = 0; $a < 1; ) $b = $a;", "while (1) { $a++; }"} {
		if v := check(t, "<?php function stop() { "+endless+" } "+found); usesOf(v) != "system*" {
			t.Errorf("behind %s: %q", endless, usesOf(v))
		}
	}
}

func TestSerializedStringsAreFoundByTheirKeys(t *testing.T) {
	got := map[string][]value{}
	properties(`O:1:"A":3:{s:1:"f";s:4:"exec";s:4:"`+"\x00A\x00g"+`";i:5;s:1:"h";s:3:"a"b";}`, got)
	if len(got["f"]) != 1 || got["f"][0].s != "exec" || !slices.ContainsFunc(got["h"], func(v value) bool { return v.s == `a"b` }) {
		t.Error(got)
	}
	for _, text := range []string{`s:`, `s:9:"a";`, `s:99999999999:"a"`, `s:-1:"";`, `s:0:`} {
		properties(text, got)
	}
}

func TestConstantsThatAFewVariablesDoubleDoNotFillTheView(t *testing.T) {
	src := "<?php $a = 'osascript'; " + strings.Repeat("$a = $a . $a; ", 40) + "system(1);"
	const most = 4 << 20
	if v := check(t, src); len(v.Text) > most || v.Limit == "" || usesOf(v) != "system" {
		t.Errorf("a view of %d bytes, problem %q", len(v.Text), v.Limit)
	}
}

// The reading stops at a loop that is longer than a trace. It is told where a call is left.
func TestTracesThatEndTooSoonAreTold(t *testing.T) {
	const (
		long  = "for ($i = 0; $i < 9000; $i++) { $n = $i; } "
		short = "for ($i = 0; $i < 90; $i++) { $n = $i; } "
		call  = "$f = g('sys', $x); $f('marker'); "
	)
	for code, want := range map[string]bool{
		long + call:            true,
		long + "eval(g('x'));": true,
		"$n = 0; while ($n++ < 9000) { $m = $n; } " + call:        true,
		"add_action('init', function () { " + long + call + "});": true,
		"class A { function b() { " + long + call + "} }":         true,
		short + call:     false,
		call + long:      false,
		long + "g('x');": false,
		"class A { function b($f) { if ($f) { $this->b(1); } else { $this->b(2); } $f(1); } }": false,
	} {
		if told := check(t, "<?php "+code).Limit == tooManyStatements; told != want {
			t.Errorf("told %v: %s", told, code)
		}
	}
}
