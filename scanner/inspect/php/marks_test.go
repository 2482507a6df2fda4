package php

import (
	"strings"
	"testing"
)

func TestPHPThatRunsWhatNobodyKnowsIsFound(t *testing.T) {
	for code, want := range map[string]string{
		// a decoder hides what is run
		`eval(base64_decode($x));`:                                       "eval:decoded",
		`eval('?>' . gzinflate(str_rot13($x->y)));`:                      "eval:decoded",
		`$a = base64_decode($x); $b = "?>$a"; @eval($b);`:                "eval:decoded",
		`include base64_decode($x);`:                                     "eval:decoded",
		`create_function('', strrev($x));`:                               "eval:decoded",
		`$s = ''; foreach ($d as $c) $s .= chr(ord($c) ^ $k); eval($s);`: "eval:decoded",
		`function d($x) { return base64_decode($x); } eval(d($x));`:      "eval:decoded",
		`preg_replace('/.*/e', base64_decode($x), '');`:                  "eval:decoded",
		// the request says what is run
		`eval($_POST['x']);`:                                    "eval:input",
		`eval("return {$_POST['x']};");`:                        "eval:input",
		`@eval(stripslashes($_REQUEST[chr(99)]));`:              "eval:input",
		`assert($_SERVER['HTTP_X']);`:                           "eval:input",
		`eval(file_get_contents('php://input'));`:               "eval:input",
		`include $_GET['x'];`:                                   "eval:input",
		`if (isset($_GET['x'])) { $c = $_GET['x']; } eval($c);`: "eval:input",
		`foreach ($_POST as $k => $v) { eval($v); }`:            "eval:input",
		`eval(base64_decode($_POST['x']));`:                     "eval:decoded eval:input",
		`$l = isset($_SERVER['HTTP_X']) ? $_SERVER['HTTP_X'] : ''; if (0 === strncmp($l, 'kit', 3)) eval(substr($l, 3));`: "eval:input",
		`$c = $_POST['x'] ?? 'return;'; eval($c);`:        "eval:input",
		`if ($l = getenv('HTTP_X')) eval(substr($l, 7));`: "eval:input",
		`class K { private $w; function __construct($f) { $this->w = json_decode(file_get_contents($f), true); } function go() { foreach ($this->w as $w) { list($g, $a) = array_pad(explode('|', implode('', array_map('strrev', explode('-', $w['k'])))), 2, ''); if (is_callable($g)) { call_user_func($g, $a); } } } }`: "call:file call:decoded",
		// the request says what is called
		`$_GET['f']($_GET['a']);`:                           "call:input",
		`@$_REQUEST['a']($_REQUEST['b']);`:                  "call:input",
		`$f = $_GET['f'] ?? ''; $f(1);`:                     "call:input",
		`$f = isset($_GET['f']) ? $_GET['f'] : 'x'; $f(1);`: "call:input x",
		`call_user_func($_COOKIE['f'], 1);`:                 "call:input",
		`array_map($_POST['f'], [1]);`:                      "call:input",
		`new $_GET['c'](1);`:                                "call:input",
		`$c = $_GET['c']; new $c;`:                          "call:input",
		`new ReflectionFunction($_GET['f']);`:               "call:input",
		`foreach (get_defined_functions()['internal'] as $f) if (strlen($f) == 8) $f(1);`:                                                                                                                   "call:list",
		`foreach ((new ReflectionExtension('x'))->getFunctions() as $n => $f) if (strlen($n) == 8) { $c = $f->getClosure(); $c(1); }`:                                                                       "call:list",
		`function f() { foreach (get_loaded_extensions() as $e) yield from (new ReflectionExtension($e))->getFunctions(); } foreach (f() as $n => $f) if (strlen($n) == 8) ($f->getName())(1);`:             "call:list",
		`function f() { foreach (get_extension_funcs('x') as $f) yield $f => 1; } foreach (f() as $f => $x) if (strlen($f) == 8) $f(1);`:                                                                    "call:list",
		`$s = new Fiber(function () { foreach ((new ReflectionExtension('x'))->getFunctions() as $n => $f) if ($n[7] === 'c') Fiber::suspend($f->getClosure()); }); $s->start(); $o = $s->resume(); $o(1);`: "call:list",
		`foreach (new CallbackFilterIterator(new ArrayIterator((new ReflectionExtension('x'))->getFunctions()), fn ($f, $n) => strlen($n) == 8) as $f) $f->invoke(1);`:                                      "call:list",
		`foreach ((new ReflectionExtension('x'))->getFunctions() as $f) echo $f->getName(), count($f->getParameters());`:                                                                                    "",
		`$l = get_defined_functions(); $l['internal'][457](1);`:                                                                                                                                             "call:list",
		// none
		`function f($n) { foreach (get_defined_functions()['internal'] as $f) if (crc32($f) == $n) return $f; return 'strlen'; } $f = f($argc); $f(1);`: "call:list",
		`foreach (get_defined_functions()['user'] as $f) new ReflectionFunction($f);`:                                                                   "",
		`eval($x);`: "",
		`include 'pages/' . $_GET['p'] . '.php';`:               "",
		`$this->{$_GET['a']}();`:                                "",
		`$a = $_GET['a']; $this->$a(); $x->$a();`:               "",
		`$c = 'My' . $_GET['c']; new $c;`:                       "",
		`$x = base64_decode($y); f($x); include 'x.php';`:       "",
		`$f = $_GET['f']; $f = 'x'; $f();`:                      "x",
		`assert(strrev($x) === $y); assert(isset($_GET['x']));`: "",
		`if ($_GET['f'] == 'x') { $f = 'y'; $f(); }`:            "y",
		`function eval_($x) {} eval_($_GET['x']);`:              "",
		`new $x($_GET['a']); call_user_func([$x, $_GET['a']]);`: "",
		`$_SERVER['argv'][0]();`:                                "",
	} {
		_, v := viewOf(t, code)
		got := ""
		for _, u := range v.Uses {
			switch u.Name {
			case "eval:decoded", "eval:input", "call:input", "call:list", "call:file", "call:decoded", "x", "y":
				if got != "" {
					got += " "
				}
				got += u.Name
			}
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}

// Each of these calls one of all functions that it picks by what is said of it, and not by
// its name.
const pickedFunctions = `
foreach ((new ReflectionExtension('standard'))->getFunctions() as $f) { if (md5($f->getName()) === '54b53072540eeeb8f8e9343e71f28176') $f->invoke('marker'); }
foreach ((new ReflectionExtension('standard'))->getFunctions() as $n => $f) { if (strlen($n) === 6 && $n[0] === 's' && $n[5] === 'm') $f->invoke('marker'); }
function all() { foreach ((new ReflectionExtension('standard'))->getFunctions() as $f) { yield $f->getName() => $f; } } foreach (all() as $n => $f) if (crc32($n) === 1814423829) $f->invoke('marker');
function all() { foreach ((new ReflectionExtension('standard'))->getFunctions() as $f) { $s = ''; foreach ($f->getParameters() as $p) { $s .= $p->isOptional() ? 'o' : 'r'; } yield "$s:" . $f->getReturnType() => $f; } } foreach (all() as $n => $f) if ($n === 'ro:string|false') { $f->invoke('marker'); break; }
$f = array_values(array_filter((new ReflectionExtension('standard'))->getFunctions(), fn ($f) => $f->getNumberOfParameters() === 2 && (string) $f->getReturnType() === 'string|false' && $f->getParameters()[0]->getName() === 'command' && $f->getParameters()[1]->getName() === 'result_code'))[0]; $f->invoke('marker');
class S { private function all(string $e): Generator { foreach ((new ReflectionExtension($e))->getFunctions() as $f) { $s = ''; foreach ($f->getParameters() as $p) { $s .= $p->isOptional() ? 'o' : 'r'; $s .= $p->isPassedByReference() ? '&' : '$'; } yield "$s:" . $f->getReturnType() => $f; } } function go(string $s, string $a) { foreach ($this->all('standard') as $k => $f) { if ($k === $s) { return $f->invoke($a); } } return null; } } (new S)->go('r$o&:string|false', 'marker');
class S { private function all(string $e): Generator { foreach ((new ReflectionExtension($e))->getFunctions() as $f) { yield $f; } } function go(string $a) { foreach ($this->all('standard') as $f) { if (strrev($f->name) === 'metsys') { return $f->invoke($a); } } return null; } } (new S)->go('marker');
foreach (get_defined_functions()['internal'] as $n) { $f = new ReflectionFunction($n); $s = ''; foreach ($f->getParameters() as $p) $s .= $p->getName() . ','; if ($s === 'command,result_code,' && $f->getReturnType() == 'string|false') { $f->invoke('marker'); break; } }
$m = []; foreach ((new ReflectionExtension('standard'))->getFunctions() as $f) { $m[strrev($f->getName())] = $f; } $m['metsys']->invoke('marker');
$e = (new ReflectionFunction('strlen'))->getExtension(); foreach ((new ReflectionFunction('ucwords'))->getExtension()->getFunctions() as $f) if (strrev($f->name) === 'metsys') $f->invoke('marker');
$l = []; foreach ((new ReflectionExtension('standard'))->getFunctions() as $n => $f) { $l[$f->getNumberOfParameters()][$n[0]][] = $f; } foreach ($l[2]['s'] as $f) if (strrev($f->name) === 'metsys') $f->invokeArgs(['marker']);
$f = current(array_filter((new ReflectionExtension('standard'))->getFunctions(), fn ($n) => sha1($n) === sha1(strrev('metsys')), ARRAY_FILTER_USE_KEY)); $f->getClosure()('marker');
$m = array_map(fn ($f) => $f->getClosure(), (new ReflectionExtension('standard'))->getFunctions()); foreach ($m as $n => $c) if (crc32($n) === crc32(strrev('metsys'))) $c('marker');
class R { private array $by = []; function __construct() { foreach (get_extension_funcs('standard') as $n) { $f = new ReflectionFunction($n); $this->by[md5($f->name)] = $f; } } function __get($h) { return $this->by[$h]; } } $r = new R; $r->{md5(strrev('metsys'))}->invoke('marker');
class R { private array $by = []; function add(string $n): void { $this->by[strrev($n)] = $n; } function go($k, $x) { return call_user_func($this->by[$k], $x); } } $r = new R; foreach (get_defined_functions()['internal'] as $n) $r->add($n); $r->go('metsys', 'marker');
class R { private static array $by; static function of($k) { self::$by ??= self::load(); return self::$by[$k] ?? null; } private static function load() { $o = []; foreach (get_defined_functions()['internal'] as $n) { $o[substr(md5($n), 0, 6)] = $n; } return $o; } } (R::of(substr(md5(strrev('metsys')), 0, 6)))('marker');
$m = array_combine(array_map('md5', get_defined_functions()['internal']), get_defined_functions()['internal']); $m[md5(strrev('metsys'))]('marker');
$m = []; array_walk(get_defined_functions()['internal'], function ($n) use (&$m) { $m[crc32($n)] = $n; }); $m[crc32(strrev('metsys'))]('marker');
$m = array_reduce(get_defined_functions()['internal'], function ($c, $n) { $c[strrev($n)] = $n; return $c; }, []); $m['metsys']('marker');
function named($l) { foreach ($l as $i => $n) { yield strrev($n) => $n; } } $m = iterator_to_array(named(get_defined_functions()['internal'])); $m['metsys']('marker');
$m = new ArrayObject; foreach (get_defined_functions()['internal'] as $n) { $m[strrev($n)] = $n; } $m['metsys']('marker');
$m = []; foreach (get_defined_functions()['internal'] as $n) { $m[strrev($n)] = $n; } extract($m); $metsys('marker');
$m = []; foreach (get_defined_functions()['internal'] as $n) { $m[] = [strlen($n), $n]; } foreach ($m as [$l, $n]) if (strrev($n) === 'metsys') $n('marker');
`

func TestFunctionsThatArePickedFromAllAreFound(t *testing.T) {
	for line := range strings.Lines(pickedFunctions) {
		if line = strings.TrimSpace(line); line != "" && !calls(t, "<?php "+line, "call:list") && !calls(t, "<?php "+line, "system") {
			t.Errorf("not found: %s", line)
		}
	}
}

// Each of these calls system, by a sum of its name or another thing that is known of it.
const pickedSystem = `
$w = array_flip(['run' => 3377271179]); $m = []; foreach (get_defined_functions()['internal'] as $f) { $s = crc32($f); if (isset($w[$s])) { $m[$w[$s]] = $f; } } $m['run']('marker');
class L { const N = ['length' => 3219782731, 'run' => 3377271179]; private array $m = []; function __construct() { foreach (get_defined_functions()['internal'] as $f) { $k = array_search(crc32($f), self::N); if ($k) $this->m[$k] = $f; } } function missing() { return array_keys(array_diff_key(self::N, $this->m)); } function __call($n, $a) { return isset($this->m[$n]) ? ($this->m[$n])(...$a) : null; } } $l = new L; if (!in_array('run', $l->missing(), true)) $l->run('marker');
foreach (get_defined_functions()['internal'] as $f) if (in_array(md5($f), ['54b53072540eeeb8f8e9343e71f28176'])) $f('marker');
foreach (get_defined_functions()['internal'] as $f) { $g = match (sha1($f)) { '317f1e761f2faa8da781a4762b9dcc2c5cad209a' => $f, default => null }; if ($g) $g('marker'); }
$f = array_values(array_filter(get_defined_functions()['internal'], fn ($f) => hash('sha256', $f) === 'bbc5e661e106c6dcd8dc6dd186454c2fcba3c710fb4d8e71a60c93eaf077f073'))[0]; $f('marker');
$m = array_combine(array_map('crc32', get_defined_functions()['internal']), get_defined_functions()['internal']); $m[3377271179]('marker');
$m = []; array_walk(get_defined_functions()['internal'], function ($n) use (&$m) { $m[crc32($n) % 100000] = $n; }); $m[71179]('marker');
function of($l, $s) { foreach ($l as $n) if (substr(md5($n), 0, 8) === $s) return $n; } (of(get_extension_funcs('standard'), '54b53072'))('marker');
`

func TestFunctionsThatArePickedBySumsAreNamed(t *testing.T) {
	for line := range strings.Lines(pickedSystem) {
		if line = strings.TrimSpace(line); line != "" && !calls(t, "<?php "+line, "system") {
			t.Errorf("not found: %s", line)
		}
	}
}

func TestToCallAllFunctionsNamesNone(t *testing.T) {
	for _, code := range []string{
		`foreach (get_defined_functions()['internal'] as $n) { $r = new ReflectionFunction($n); echo $r->getName(); }`,
		`foreach (get_defined_functions()['internal'] as $n) if (str_contains($n, '_')) { $r = new ReflectionFunction(strtolower($n)); echo $r->getName(); }`,
		`foreach (array_diff(get_defined_functions()['internal'], ['strlen']) as $n) array_map($n, [1]);`,
		`$all = get_defined_functions(); sort($all['internal']); foreach ($all['internal'] as $n) if (!in_array($n, $off)) $n();`,
		`$all = get_defined_functions()['internal']; $f = $all[0]; $f(); $f = $all[array_rand($all)]; $f(); $f = end($all); $f(); $f = max($all); $f(); foreach (array_chunk($all, 5) as $c) $c[0]();`,
	} {
		for name := range wantedNames {
			if calls(t, "<?php "+code, name) {
				t.Errorf("%s is found: %s", name, code)
			}
		}
	}
}

func TestLoopsOverAllFunctionsDoNotHideTheOthers(t *testing.T) {
	const list, found = "get_defined_functions()['internal']", " class K { public $f = 'sys'; } $k = new K; $k->f .= 'tem'; ($k->f)('marker');"
	for _, code := range []string{
		strings.Repeat("foreach ("+list+" as $f) ", 3) + "{ if ($x) $f('x'); }",
		strings.Repeat("foreach ("+list+" as $f) ", 20) + "$f('x');",
		"foreach (" + list + " as $f) { " + strings.Repeat("$f($x); ", 100) + "}",
		strings.Repeat("array_map(function ($f) { if ($x) $f('x'); ", 3) + strings.Repeat(" }, "+list+");", 3),
		"function each() { foreach (" + list + " as $f) each(); } each();",
		"foreach (" + list + " as $f) " + strings.Repeat("array_filter("+list+", fn($g) => ", 3) + "$x" + strings.Repeat(")", 3) + ";",
	} {
		if src := "<?php $z = strrev('metsys'); " + code + found; !strings.Contains(usesOf(check(t, src)), "system*") {
			t.Errorf("not found behind %s", code)
		}
	}
}

func TestToLookAtAllFunctionsIsNoCall(t *testing.T) {
	for _, code := range []string{
		`foreach ((new ReflectionExtension('standard'))->getFunctions() as $f) { $m[$f->getName()] = $f->getParameters(); } foreach ($m as $n => $all) foreach ($all as $p) echo $n, $p->getName();`,
		`foreach (get_defined_functions()['internal'] as $n) { $r = new ReflectionFunction($n); $all[$r->getExtensionName()][] = $n; } array_walk($all, function (&$v) { sort($v); }); echo json_encode($all);`,
		`$known = array_flip(get_defined_functions()['internal']); foreach ($names as $n => $f) if (isset($known[$n])) $f(1);`,
		`$o = new ArrayObject; foreach (get_defined_functions()['user'] as $n) $o[md5($n)] = strlen($n); $f = 'trim'; $f($o['x']);`,
	} {
		if calls(t, "<?php "+code, "call:list") {
			t.Errorf("found: %s", code)
		}
	}
}
