package php

import "testing"

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
