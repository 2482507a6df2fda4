package php

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// viewOf is the view of PHP code without its tag.
func viewOf(t *testing.T, code string) (string, *script.View) {
	t.Helper()
	v := check(t, "<?php "+code)
	return strings.TrimPrefix(string(v.Text), "<?php "), v
}

func TestPHPConstantsAreTheirValue(t *testing.T) {
	for code, want := range map[string]string{
		// strings
		`f('a"b\'c\n');`:           `f("a\"b'c\\n");`,
		`f("a\x6f\157\u{6f}\n");`:  `f("aooo\n");`,
		`f("\$a\"");`:              `f("$a\"");`,
		`f(b'x');`:                 `f("x");`,
		"f(<<<A\n  x\n   y\n  A);": `f("x\n y");`,
		"f(<<<'A'\n$x\\n\nA);":     `f("$x\\n");`,
		`f("a $x {$y->z} ${v}");`:  `f("a " . $x . " " . $y->z . " " . $v);`,
		`f("$x[0]$y->z!");`:        `f($x[0] . $y->z . "!");`,
		"`ls $x`;":                 `shell_exec("ls " . $x);`,
		// sums
		`f('osa' . 'script');`:             `f("osascript");`,
		`f($x . 'osa' . 'script' . $y);`:   `f($x . "osascript" . $y);`,
		`f('a' . 1 + 2);`:                  `f("a3");`,
		`f(('a' . ('b')) . "c");`:          `f("abc");`,
		`f('a' . $x . ('b' . 'c') . 'd');`: `f("a" . $x . "bcd");`,
		`f("ab" ^ "  ");`:                  `f("AB");`,
		`f(~"\x90\x8c");`:                  `f("os");`,
		`f(1 ? 'a' : 'b');`:                `f("a");`,
		`f((string)65 . (int)'7x');`:       `f("657");`,
		`f('abc'[1] . 'abc'{2});`:          `f("bc");`,
		// functions
		`f(chr(111) . chr(0x73) . chr(ord('b') - 1));`:               `f("osa");`,
		`f(strrev('tpircsaso'));`:                                    `f("osascript");`,
		`f(str_rot13('bfnfpevcg'));`:                                 `f("osascript");`,
		`f(base64_decode('b3Nh' . 'c2NyaXB0'));`:                     `f("osascript");`,
		`f(hex2bin('6f7361') . pack('H*', '736372'));`:               `f("osascr");`,
		`f(pack('C*', 111, 115));`:                                   `f("os");`,
		`f(urldecode('%6fs+a') . rawurldecode('+'));`:                `f("os a+");`,
		`f(html_entity_decode('&#111;s'));`:                          `f("os");`,
		`f(gzinflate(base64_decode('yy9OLE4uyiwoAQA=')));`:           `f("osascript");`,
		`f(implode('', ['o', 'sa']) . join(',', array(1, 2)));`:      `f("osa1,2");`,
		`f(implode(array_map('chr', [111, 115])));`:                  `f("os");`,
		`f(implode(array_reverse(str_split('aso'))));`:               `f("osa");`,
		`f(explode('-', 'a-b')[1]);`:                                 `f("b");`,
		`f(str_replace(['x', 'y'], ['o', 's'], 'xya'));`:             `f("osa");`,
		`f(strtr('xya', 'xy', 'os') . strtr('hi', ['hi' => 'yo']));`: `f("osayo");`,
		`f(substr('xosax', 1, -1) . ucfirst('a') . trim(' b '));`:    `f("osaAb");`,
		`f(sprintf('%s%c%d%x%2$c', 'o', 115, 7, 255));`:              `f("os7ffs");`,
		`f(str_repeat('ab', 2));`:                                    `f("abab");`,
		// variables, constants, arrays
		`$a = 'o'; $a .= 'sa'; f($a);`:                                                                                       `$a = "o"; $a .= "sa"; f("osa");`,
		`$a = 'x'; if ($b) { $a = 'y'; } f($a);`:                                                                             `$a = "x"; if ($b) { $a = "y"; } f($a);`,
		`f($a); $a = 'x'; function g() { global $a; h($a); }`:                                                                `f("x"); $a = "x"; function g() { global $a; h("x"); }`,
		`$a = 'x'; function g() { h($a); }`:                                                                                  `$a = "x"; function g() { h($a); }`,
		`function g($a) { if (!$a) $a = 'x'; h($a); }`:                                                                       `function g($a) { if (!$a) $a = "x"; h($a); }`,
		`$a = ['k' => ['x', 'y']]; f($a['k'][1]);`:                                                                           `$a = ["k" => ["x", "y"]]; f("y");`,
		`${'a' . 'b'} = 'x'; f($ab, $GLOBALS['ab']);`:                                                                        `${"ab"} = "x"; f("x", $GLOBALS["ab"]);`,
		`define('A', 'x'); const B = A . 'y'; f(B);`:                                                                         `define("A", "x"); const B = "xy"; f("xy");`,
		`class A { const B = 'x'; static $c = 'y'; function m() { f(self::B . self::$c); } } f(A::B);`:                       `class A { const B = "x"; static $c = "y"; function m() { f("xy"); } } f("x");`,
		`$s = ''; foreach ([111, 115] as $c) { $s .= chr($c); } f($s);`:                                                      `$s = ""; foreach ([111, 115] as $c) { $s .= chr($c); } f("os");`,
		`function d($x) { $r = ''; for ($i = 0; $i < strlen($x); $i++) $r .= chr(ord($x[$i]) ^ 1); return $r; } f(d('nr'));`: `function d($x) { $r = ""; for ($i = 0; $i < strlen($x); $i++) $r .= chr(ord($x[$i])^1); return $r; } f("os");`,
		// texts with something unknown in them
		`const B = 'x'; $b = B; f("a{$b}c$d $b$b");`: `const B = "x"; $b = "x"; f("axc" . $d . " xx");`,
		`$b = 'x'; f("$d{$b}c{$d}a");`:               `$b = "x"; f($d . "xc" . $d . "a");`,
		`$b = 1; f("$d$b{$b}\n$b");`:                 `$b = 1; f($d . "11\n1");`,
		`$b = 'x'; echo "a$b$d$b a";`:                `$b = "x"; echo "" . $d . "";`,
		// comments
		"f(/* osa\nscript */ 'a'); // b": "f(\n \"a\");  ",
	} {
		got, _ := viewOf(t, code)
		if squeeze(got) != squeeze(want) {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}

// squeeze takes the blanks away.
func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, " ", "")), "")
}

func TestPHPThatIsOnlyShownIsEmpty(t *testing.T) {
	for code, want := range map[string]string{
		`echo 'osascript', "a $x";`:                 `echo "", "" . $x;`,
		`print('osascript');`:                       `print("");`,
		`die('osascript' . $x);`:                    `die("" . $x);`,
		`throw new \RuntimeException('osascript');`: `throw new \RuntimeException("");`,
		`__('osascript', 'x');`:                     `__("", "");`,
		`echo exec('osascript');`:                   `echo exec("osascript");`,
		`echo $a['osascript'];`:                     `echo $a["osascript"];`,
		`function __($x) { exec($x); } __('a');`:    `function __($x) { exec("a"); } __("a");`,
		`ob_start('system'); echo 'osascript';`:     `ob_start("system"); echo "osascript";`,
		`?>osascript<b><?php f();`:                  `?> <?php f();`,
		`f(); __halt_compiler(); osascript`:         `f(); __halt_compiler(); `,
	} {
		got, _ := viewOf(t, code)
		if squeeze(got) != squeeze(want) {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}

// usesOf lists uses; what is hidden has a star.
func usesOf(v *script.View) string {
	var names []string
	for _, u := range v.Uses {
		name := u.Name
		if u.Kind == script.Module {
			name = "<" + name + ">"
		}
		if u.Hidden {
			name += "*"
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

func TestPHPCallsAreFoundInEveryForm(t *testing.T) {
	for code, want := range map[string]string{
		`exec('x'); \EXEC('x');`:                                                                     "exec exec",
		`namespace A; exec('x'); namespace\exec(1); b\c();`:                                          `exec a\exec a\b\c`,
		`namespace A; function exec() {} exec('x'); \exec();`:                                        `a\exec exec`,
		`namespace A; use function exec as e; e('x');`:                                               "exec",
		`use function A\{exec as e, f}; e(); f();`:                                                   `a\exec a\f`,
		`use Symfony\Component\Process\Process; new Process(1); Process::fromShellCommandline('x');`: `symfony\component\process\process::__construct symfony\component\process\process::fromshellcommandline`,
		`namespace A; new SoapClient; new \SoapClient(1);`:                                           `a\soapclient::__construct soapclient::__construct`,
		`namespace A; use \SoapClient; final class SoapClient extends \SoapClient { }`:               `soapclient::__construct`,
		`$x = new class(1) extends SoapClient implements C {}; class A {} class B extends A {}`:      `soapclient::__construct`,
		`interface A extends B {}`:                                                                   "",
		`class A extends \B\C { function m() { parent::x(); self::y(); } }`:                          `b\c::__construct b\c::x a::y`,
		`$f = 'exec'; $f('x');`:                                                                      "exec",
		`$f = 'ex' . 'ec'; $f('x');`:                                                                 "exec*",
		`$f = "\x65xec"; $f('x');`:                                                                   "exec*",
		`('ex' . 'ec')('x');`:                                                                        "exec*",
		`if ($a) $f = 'exec'; else $f = 'popen'; $f('x');`:                                           "exec popen",
		`call_user_func('exec', 'x'); usort($a, 'system');`:                                          "call_user_func exec usort system",
		`array_map(callback: 'system', array: $x);`:                                                  "array_map system",
		`['A', 'b'](); call_user_func(['A', 'b']);`:                                                  "a::b call_user_func a::b",
		`new ReflectionFunction('exec'); Closure::fromCallable('popen');`:                            "reflectionfunction::__construct exec closure::fromcallable popen",
		`$f = exec(...); $f('x');`:                                                                   "exec exec",
		`filter_var($x, FILTER_CALLBACK, ['options' => 'system']);`:                                  "filter_var system",
		`$c = 'F' . 'FI'; $m = implode(['c', 'def']); $c::$m('x'); FFI::{'lo' . 'ad'}('y');`:         "implode ffi::cdef* ffi::cdef* ffi::load*",
		"`ls`;":              "shell_exec",
		`"{$a[exec('x')]}";`: "exec",
		`f(function () { exec('x'); }, fn() => popen('x'));`:                                           "f exec popen",
		`match($x) { 1 => exec('x'), default => popen('y') };`:                                         "exec popen",
		`if ($x): exec('x'); endif; switch ($x) { case system('y'): }`:                                 "exec system",
		`include __DIR__ . '/x.php'; require_once dirname(__FILE__) . "/y.php"; include 'http://x/y';`: "<./x.php> <./y.php> dirname <http://x/y>",
		`include 'ht' . 'tp://x/y';`:                                                                   "url:opened* <http://x/y>*",
		// none
		`function exec() {} class A { function exec() {} function &popen() {} }`: "",
		`$x->exec('x'); $x?->exec('x');`:                                         "",
		`X::exec('x');`:                                                          "x::exec",
		`function_exists('exec');`:                                               "function_exists",
		`#[A(exec('x'))] class B {} // exec('x')`:                                "",
		`'exec("x")'; "exec('x')";`:                                              "",
		`f(exec: 1);`:                                                            "f",
	} {
		_, v := viewOf(t, code)
		if got := usesOf(v); got != want {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
		if v.Problem != "" {
			t.Errorf("%s: %s", code, v.Problem)
		}
	}
}

func TestPHPScriptsWithinScriptsAreRead(t *testing.T) {
	bomb := nasty(1)["base64 ten times"]
	for code, want := range map[string]string{
		`eval('exec("x");');`:                             "eval exec",
		`eval(base64_decode('c3lzdGVtKCJpZCIpOw=='));`:    "eval base64_decode system*",
		`eval('?>' . '<?php exec("x");');`:                "eval exec*",
		`assert('exec("x")');`:                            "assert exec",
		`create_function('', 'exec("x");');`:              "create_function exec",
		`preg_replace('/x/e', 'exec("x")', $y);`:          "preg_replace exec",
		`preg_replace('/x/i', 'exec("x")', $y);`:          "preg_replace",
		`file_put_contents('x.php', '<?php exec("x");');`: "file_put_contents exec",
		`$a = str_rot13('flfgrz("vq");'); eval($a);`:      "str_rot13 system* eval system*",
		strings.TrimPrefix(bomb, "<?php "):                "",
	} {
		_, v := viewOf(t, code)
		if want == "" {
			if got := usesOf(v); !strings.Contains(got, "system*") {
				t.Errorf("ten layers: %s", got)
			}
			continue
		}
		if got := usesOf(v); got != want {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}

func TestPHPWithinOtherBytesIsRead(t *testing.T) {
	for name, src := range map[string]string{
		"picture":               "\xff\xd8\xff\xe0\x00\x10JFIF\x00'\"/*<?php system('x'); ?>\xff\xfe",
		"short tag":             "<? system('x'); ?>",
		"tight tag":             "<?system('x')?>",
		"hidden by a short tag": "<? /* ?><?php system('x'); /* */",
		"bytes":                 "<?php $\xff = '\xfe'; system(\"\xfd\");",
		"UTF-16":                "\xff\xfe<\x00?\x00p\x00h\x00p\x00 \x00s\x00y\x00s\x00t\x00e\x00m\x00(\x001\x00)\x00;\x00",
		"line comment":          "<?php // ?><?php system('x');",
	} {
		if got := usesOf(check(t, src)); got != "system" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := usesOf(check(t, "<?xml version='1.0'?><a>system('x')</a>")); got != "" {
		t.Errorf("XML: %s", got)
	}
}

func TestPHPThatDoesNotKeepToItsGrammarHasAProblem(t *testing.T) {
	for _, code := range []string{"f(", "f)", "'x", `"$x`, "/* x", "<<<A\nx", "{", "`x"} {
		if v := check(t, "<?php exec('y'); "+code); v.Problem == "" || usesOf(v)[:4] != "exec" {
			t.Errorf("%q: problem %q, uses %s", code, v.Problem, usesOf(v))
		}
	}
}

func TestPHPUsesStandWhereTheCodeIs(t *testing.T) {
	src := "<?php\n/* é */ $f = 'ex' . 'ec';\n$f('x'); eval('system(1);');"
	v := check(t, src)
	for i, want := range []string{"$f('x')", "eval('system(1);')", "system(1)"} {
		if i >= len(v.Uses) || src[v.Uses[i].Start:v.Uses[i].End] != want {
			t.Errorf("use %d is not %s: %+v", i, want, v.Uses)
		}
	}
	at := strings.Index(string(v.Text), `"exec"`)
	if start, end := v.Origin(at, at+6); src[start:end] != "'ex' . 'ec'" {
		t.Errorf("the constant comes from %q", src[start:end])
	}
}

func BenchmarkPHP(b *testing.B) {
	src := []byte("<?php\n" + strings.Repeat(strings.TrimPrefix(disguises, "<?php")+"<?php\n"+
		"/** What it does. */\nfunction x(array $a, $b = null) {\n\tforeach ($a as $key => $value) {\n\t\t$this->set($key, trim($value) . 'x');\n\t}\n\treturn $a;\n}\n", 2000))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Read(src)
	}
}
