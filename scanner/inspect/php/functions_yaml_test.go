package php

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

func TestFunctionsThatYAMLIsMadeByAreFound(t *testing.T) {
	for _, code := range []string{
		`yaml_parse('a: !run marker', 0, $n, ['!run' => 'sys' . 'tem']);`,
		`@\yaml_parse("a: !run marker", -1, $n, ['!run' => strrev('metsys')]);`,
		`yaml_parse(input: 'a: !run marker', callbacks: ['!run' => 'sys' . 'tem']);`,
		`yaml_parse_file($argv[1], 0, $n, ['!run' => 'sys' . 'tem']);`,
		`yaml_parse_url($u, 0, $n, ['tag:yaml.org,2002:str' => 'sys' . 'tem']);`,
		`$d = yaml_parse("f: sys\ng: [x, tem]"); $f = $d['f'] . $d['g'][1]; $f('marker');`,
		`$d = yaml_parse("--- 1\n--- &a {f: sys}\n", 1); $f = $d['f'] . 'tem'; $f('marker');`,
		`[, $d] = yaml_parse("--- 1\n--- sys\n", -1); $f = $d . 'tem'; $f('marker');`,
		`$d = yaml_parse("a: &a {f: sys, g: tem}\nb: {<<: *a, f: x}\nc: *a"); $f = $d['c']['f'] . $d['b']['g']; $f('marker');`,
		`$d = yaml_parse('f: !!binary c3lzdGVt'); $d['f']('marker');`,
		`yaml_parse('a: !run [system, marker]', 0, $n, ['!run' => fn ($v) => $v[0]($v[1])]);`,
		`class K { static function make($v, $tag, $flags) { return substr($tag, 1)($v); } } yaml_parse('a: !system marker', 0, $n, ['!system' => ['K', 'make']]);`,
		`class K { private array $by = []; function on($t, $f) { $this->by["!$t"] = $f; return $this; } function read($s) { return yaml_parse($s, 0, $n, $this->by); } } (new K)->on('run', 'sys' . 'tem')->read('a: !run marker');`,
		`enum E: string { case Run = 'sys'; static function all() { return ['!' . strtolower(self::Run->name) => self::Run->value . 'tem']; } } yaml_parse('a: !run marker', 0, $n, E::all());`,
		`class K { function __construct(readonly array $by) {} } $k = new K(array_combine(['!run'], [implode(['sys', 'tem'])])); yaml_parse('!run marker', 0, $n, $k->by);`,
		`trait T { function by() { foreach (static::NAMES as $n => $f) yield "!$n" => $f . 'tem'; } } class K { use T; const NAMES = ['run' => 'sys']; } yaml_parse('!run marker', 0, $n, iterator_to_array((new K)->by()));`,
		`interface M { function __invoke($v, $t, $f); } $m = new class implements M { function __invoke($v, $t, $f) { return $v('marker'); } }; yaml_parse('!run system', 0, $n, ['!run' => $m]);`,
	} {
		if !calls(t, "<?php "+code, "system") {
			t.Errorf("not found: %s", code)
		}
	}
	const file = "tags:\n  run: # made by\n    from: sys\n    suffix: \"tem\"\n"
	for name, v := range map[string]*script.View{
		"callbacks":  readWith(`<?php foreach (yaml_parse_file(__DIR__ . '/x.yaml')['tags'] as $t => $m) $by["!$t"] = $m['from'] . ($m['suffix'] ?? ''); yaml_parse('!run marker', 0, $n, $by);`, "x.yaml", file),
		"an address": readWith(`<?php $m = yaml_parse_url('php://filter/resource=' . __DIR__ . '/x.yaml')['tags']['run']; $f = $m['from'] . $m['suffix']; $f('x');`, "x.yaml", file),
		"its text":   readWith(`<?php $m = yaml_parse(file_get_contents(__DIR__ . '/x.yaml'))['tags']['run']; $f = implode($m); $f('x');`, "x.yaml", file),
		"both":       readWith(`<?php class S { public readonly array $by; function __construct($f) { $by = []; foreach (\yaml_parse_file($f)['tags'] as $t => $m) $by['!' . $t] = $m['from'] . ($m['suffix'] ?? ''); $this->by = $by; } } class P { function __construct($f, S $s) { $n = 0; $this->all = (array) @\yaml_parse_file($f, 0, $n, $s->by); } } new P(__DIR__ . '/p.yaml', new S(__DIR__ . '/x.yaml'));`, "x.yaml", file, "p.yaml", "a: !run marker\n"),
	} {
		if got := usesOf(v); !strings.Contains(got, "system*") {
			t.Errorf("%s: %s\n%s", name, got, v.Text)
		}
	}
	v := Read([]byte(`<?php foreach (yaml_parse_file(__DIR__ . '/x.yaml')['tags'] as $t => $m) $by["!$t"] = $m['a'] . $m['b']; yaml_parse('!run x', 0, $n, $by);`))
	if v.Open&script.OpenToFiles == 0 {
		t.Errorf("a script is not open to its YAML: %b", v.Open)
	}
}

func TestYAMLWithoutFunctionsIsNotTakenForACall(t *testing.T) {
	for _, code := range []string{
		`$c = yaml_parse_file(__DIR__ . '/c.yaml'); echo $c['title'];`,
		`$c = yaml_parse("run: system", 0, $n); print_r($c);`,
		`$c = yaml_parse("run: !upper system", 0, $n, ['!upper' => 'strtoupper', '!date' => fn ($v) => strtotime($v)]);`,
		`$c = yaml_parse("a: &a [*a, *a]\nb: *a");`,
	} {
		if got := usesOf(Read([]byte("<?php " + code))); strings.Contains(got, "system") || strings.Contains(got, "call:") {
			t.Errorf("%s: %s", code, got)
		}
	}
}
