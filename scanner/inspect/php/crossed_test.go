package php

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// letters writes each letter of a text by a function, with a text between them.
func letters(s, between string, write func(c rune) string) string {
	var all []string
	for _, c := range s {
		all = append(all, write(c))
	}
	return strings.Join(all, between)
}

// integers are a text as integers of four bytes each.
func integers(s string) string {
	var all []string
	for data := []byte(s + "\x00\x00\x00"); len(data) >= 4; data = data[4:] {
		all = append(all, fmt.Sprint(binary.BigEndian.Uint32(data)))
	}
	return strings.Join(all, ", ")
}

// hidings write a text so that it does not stand in the script; what an expression needs
// to be declared stands before it and §.
func hidings(s string) map[string]string {
	as := func(format string) string {
		return letters(s, "", func(c rune) string { return fmt.Sprintf(format, c) })
	}
	quoted := letters(s, ", ", func(c rune) string { return fmt.Sprintf("'%c'", c) })
	codes := letters(s, ", ", func(c rune) string { return fmt.Sprint(int(c)) })
	backwards, digits, encoded := reversed(s), hex.EncodeToString([]byte(s)), base64.StdEncoding.EncodeToString([]byte(s))
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, -1)
	w.Write([]byte(s))
	w.Close()
	masked := func(key string) string {
		out := []byte(s)
		for i := range out {
			out[i] ^= key[i%len(key)]
		}
		return "base64_decode('" + base64.StdEncoding.EncodeToString(out) + "')"
	}
	return map[string]string{
		"joined":       fmt.Sprintf("'%s' . '%s'", s[:2], s[2:]),
		"escapes":      `"` + as(`\x%02x`) + `"`,
		"code points":  `"` + as(`\u{%x}`) + `"`,
		"heredoc":      "<<<X\n" + as(`\x%02x`) + "\nX",
		"chr":          letters(s, " . ", func(c rune) string { return fmt.Sprintf("chr(%d)", c) }),
		"base64":       "base64_decode('" + encoded + "')",
		"reversed":     "strrev('" + backwards + "')",
		"hexadecimal":  "hex2bin('" + digits + "')",
		"packed codes": "pack('C*', " + codes + ")",
		"inflated":     "gzinflate(base64_decode('" + base64.StdEncoding.EncodeToString(packed.Bytes()) + "'))",
		"list":         "implode('', [" + quoted + "])",
		"codes":        "implode('', array_map('chr', [" + codes + "]))",
		"masked codes": "implode(array_map(fn ($c) => chr($c ^ 9), [" + letters(s, ", ", func(c rune) string { return fmt.Sprint(c ^ 9) }) + "]))",
		"masked":       "(" + masked("key") + " ^ str_repeat('key', " + fmt.Sprint(len(s)/3+1) + "))",
		"marks":        "str_replace('#', '', '" + as("#%c") + "')",
		"pattern":      `preg_replace('/\d/', '', '` + as("7%c") + "')",
		"translated":   "strtr('" + strings.ReplaceAll(s, s[1:2], "!") + "', '!', '" + s[1:2] + "')",
		"pairs":        "strtr('" + strings.ReplaceAll(s, s[1:2], "{1}") + "', ['{1}' => '" + s[1:2] + "'])",
		"part":         "substr('zz" + s[:3] + "', 2) . substr('" + s[3:] + "zz', 0, -2)",
		"every second": "implode(array_map(fn ($p) => $p[0], str_split('" + as("%cz") + "', 2)))",
		"format":       fmt.Sprintf("sprintf('%%2$s%%1$s', '%s', '%s')", s[3:], s[:3]),
		"JSON":         `json_decode('{"a":"` + as(`\u%04x`) + `"}')->a`,
		"entities":     "html_entity_decode('" + as("&#%d;") + "')",
		"reduced":      "array_reduce([" + quoted + "], fn ($a, $c) => $a . $c, '')",
		"serialized":   fmt.Sprintf(`implode(unserialize('a:2:{i:0;s:2:"%s";i:1;s:%d:"%s";}'))`, s[:2], len(s)-2, s[2:]),
		"sorted":       "(function () { $x = [" + letters(backwards, ", ", func(c rune) string { return fmt.Sprintf("['%c']", c) }) + "]; krsort($x); return implode(array_column($x, 0)); })()",
		"picked":       "(function ($a) { $o = ''; foreach ([" + letters(s, ", ", func(c rune) string { return fmt.Sprint(c - 32) }) + "] as $i) { $o .= $a[$i]; } return $o; })(implode(array_map('chr', range(32, 126))))",
		"constants":    "class Part { const A = '" + s[:2] + "', B = self::A . '" + s[2:] + "'; }§Part::B",
		"cases":        "enum Part: string { case A = '" + s[:2] + "'; case B = '" + s[2:] + "'; static function all() { return implode(array_map(fn (self $p) => $p->value, self::cases())); } }§Part::all()",
		"case names":   "enum Part { case x" + hex.EncodeToString([]byte(s)) + "; }§hex2bin(substr(Part::cases()[0]->name, 1))",
		"own loop":     "function part($x) { $o = ''; for ($i = 0; $i < strlen($x); $i += 2) { $o .= chr(hexdec($x[$i] . $x[$i + 1]) - 1); } return $o; }§part('" + letters(s, "", func(c rune) string { return fmt.Sprintf("%02x", c+1) }) + "')",
		"recursion":    "function part($x) { return $x === '' ? '' : part(substr($x, 2)) . strrev(substr($x, 0, 2)); }§part('" + backwards + "')",
		"generated":    "function part() { foreach (['" + s[:2] + "', '" + s[2:] + "'] as $p) { yield $p; } }§implode(iterator_to_array(part()))",
		"query":        "(function () { parse_str('x=" + as("%%%02x") + "', $o); return $o['x']; })()",
		"columns":      "implode(array_column([" + letters(s, ", ", func(c rune) string { return fmt.Sprintf("[0, '%c']", c) }) + "], 1))",
		"XML":          "(string) simplexml_load_string('<a><b>" + as("&#%d;") + "</b></a>')->b",
		"integers":     "rtrim(pack('N*', " + integers(s) + "), \"\\0\")",
	}
}

// ways take a text, TEXT, to where it is used, under the name in «». What stands behind ¶
// is another file, x.php.
var ways = map[string]string{
	"at once":             "«(TEXT)»",
	"function":            "function tk_name() { return TEXT; }\n«tk_name()»",
	"closure":             "$v = TEXT; $go = function () use ($v) { «$v» };\n$go();",
	"singleton":           "class Opt { private static ?Opt $one = null; public $n; static function one() { return self::$one ??= new self(); } }\nOpt::one()->n = TEXT;\n«Opt::one()->n»",
	"late static":         "abstract class B { static function go() { $v = static::n(); «$v» } }\nclass Opt extends B { static function n() { return TEXT; } }\nOpt::go();",
	"anonymous class":     "$o = new class { function n() { return TEXT; } };\n«$o->n()»",
	"first class method":  "class Opt { private function n() { return TEXT; } function get() { return $this->n(...); } }\n$pick = (new Opt())->get();\n«$pick()»",
	"method of others":    "class Opt { public function start() { return $this->go(TEXT); } private function go($v) { «$v» } }",
	"spread":              "function go($a, $v) { «$v» }\n$all = [1, TEXT]; go(...$all);",
	"reference element":   "$a = ['x' => '']; $r = &$a['x']; $r = TEXT;\n«$a['x']»",
	"reference in a loop": "$a = ['', '']; foreach ($a as &$r) { $r = TEXT; } unset($r);\n«$a[1]»",
	"reference returned":  "class Opt { private $n = ''; function &n() { return $this->n; } }\n$o = new Opt(); $r = &$o->n(); $r = TEXT; $v = $o->n();\n«$v»",
	"variable variable":   "$k = 'nn'; $$k = TEXT;\n«$nn»",
	"pattern":             "[$a, $v] = ['x', TEXT];\n«$v»",
	"generator send":      "function tk_g() { $v = yield; «$v» }\n$g = tk_g(); $g->current(); $g->send(TEXT);",
	"iterator":            "class Opt implements IteratorAggregate { function getIterator(): Iterator { yield TEXT; } }\nforeach (new Opt() as $v) { «$v» }",
	"own iterator":        "class Opt implements Iterator { private $i = 0; function current(): mixed { return TEXT; } function key(): mixed { return 0; } function next(): void { $this->i++; } function rewind(): void { $this->i = 0; } function valid(): bool { return $this->i < 1; } }\nforeach (new Opt() as $v) { «$v» }",
	"__get":               "class Opt { function __get($k) { return TEXT; } }\n$o = new Opt(); $v = $o->any;\n«$v»",
	"__set":               "class Opt { private $d = []; function __set($k, $v) { $this->d[$k] = $v; } function __get($k) { return $this->d[$k]; } }\n$o = new Opt(); $o->any = TEXT; $v = $o->any;\n«$v»",
	"__call":              "class Opt { function __call($m, $a) { return $a[0]; } }\n$v = (new Opt())->any(TEXT);\n«$v»",
	"__callStatic":        "class Opt { static function __callStatic($m, $a) { return $a[0]; } }\n$v = Opt::any(TEXT);\n«$v»",
	"__invoke":            "class Opt { function __invoke($v) { «$v» } }\n$o = new Opt(); $o(TEXT);",
	"__toString":          "class Opt { function __toString() { return TEXT; } }\n$v = (string) new Opt();\n«$v»",
	"__wakeup":            "class Opt { public $n; function __wakeup() { $v = $this->n; «$v» } }\n$o = new Opt(); $o->n = TEXT; unserialize(serialize($o));",
	"__unserialize":       "class Opt { private $n; function __serialize(): array { return ['k' => TEXT]; } function __unserialize(array $d): void { $v = $d['k']; «$v» } }\nunserialize(serialize(new Opt()));",
	"ArrayAccess":         "class Opt implements ArrayAccess { private $d = []; function offsetExists($k): bool { return isset($this->d[$k]); } function offsetGet($k): mixed { return $this->d[$k]; } function offsetSet($k, $v): void { $this->d[$k] = $v; } function offsetUnset($k): void {} }\n$o = new Opt(); $o['x'] = TEXT; $v = $o['x'];\n«$v»",
	"the other condition": "if (getenv('X')) { $v = 'strlen'; } else { $v = TEXT; }\n«$v»",
	"condition around":    "if (!empty($_GET['x'])) { $v = TEXT; «$v» }",
	"choice of objects":   "class A { function n() { return 'strlen'; } } class B { function n() { return TEXT; } }\n$o = getenv('X') ? new A() : new B(); $v = $o->n();\n«$v»",
	"choice of closures":  "$pick = getenv('X') ? fn () => 'strlen' : fn () => TEXT;\n$v = $pick();\n«$v»",
	"choice of classes":   "class A { static function n() { return 'strlen'; } } class B { static function n() { return TEXT; } }\n$k = getenv('X') ? A::class : B::class; $v = $k::n();\n«$v»",
	"unknown key":         "$a = ['x' => 'strlen', 'y' => TEXT]; $v = $a[getenv('X') ?: 'y'];\n«$v»",
	"chance":              "$a = ['strlen', TEXT]; $v = $a[array_rand($a)];\n«$v»",
	"match on enum":       "enum E { case A; case B; function n() { return match ($this) { self::A => 'strlen', self::B => TEXT }; } }\n$v = E::B->n();\n«$v»",
	"switch":              "switch (PHP_OS) { case 'WINNT': $v = 'strlen'; break; default: $v = TEXT; }\n«$v»",
	"goto":                "goto b; a: goto c; b: $v = TEXT; goto a; c:\n«$v»",
	"namespace":           "namespace Kit\\Sub;\nclass Opt { public static function n(): string { return TEXT; } }\n$v = Opt::n();\n«$v»",
	"output":              "ob_start(); echo TEXT; $v = ob_get_clean();\n«$v»",
	"file":                "$t = tempnam(sys_get_temp_dir(), 'k'); file_put_contents($t, TEXT); $v = file_get_contents($t);\n«$v»",
	"included":            "$v = include __DIR__ . '/x.php';\n«$v»¶return TEXT;",
	"included variable":   "include './x.php';\n«$vv»¶$vv = TEXT;",
	"fiber":               "$q = new Fiber(function () { $v = Fiber::suspend(); «$v» }); $q->start(); $q->resume(TEXT);",
	"container":           "class Box { private $m = []; function set($k, callable $f1) { $this->m[$k] = $f1; } function get($k) { return ($this->m[$k])($this); } }\n$b = new Box(); $b->set('n', fn ($x) => TEXT); $b->set('m', fn ($x) => $x->get('n')); $v = $b->get('m');\n«$v»",
	"hook method":         "class Opt { function __construct() { add_action('init', [$this, 'go']); } function go() { $v = TEXT; «$v» } }\nnew Opt();",
	"filter":              "add_filter('tk_name', fn ($x) => TEXT); $v = apply_filters('tk_name', 'x');\n«$v»",
	"choice of methods":   "class A { function a() { return 'strlen'; } function b() { return TEXT; } }\n$k = getenv('X') ? 'a' : 'b'; $v = (new A())->$k();\n«$v»",
	"choice of variables": "$a = 'strlen'; $b = TEXT; $k = getenv('X') ? 'a' : 'b'; $v = $$k;\n«$v»",
	"choice of constants": "define('TA', 'strlen'); define('TB', TEXT); $v = constant(getenv('X') ? 'TA' : 'TB');\n«$v»",
	"choice of files":     "include getenv('X') ? './y.php' : './x.php';\n«$vv»¶$vv = TEXT;",
	"choice of iterators": "$o = getenv('X') ? new ArrayIterator(['strlen']) : new ArrayIterator([TEXT]); foreach ($o as $v) { «$v» }",
	"under any key":       "$a = ['x' => 'y']; $a[getenv('X')] = TEXT; $v = $a['x'];\n«$v»",
	"name of a static":    "class A { static $m; } $k = 'm'; A::$$k = TEXT;\n«A::$m»",
	"message of its own":  "class Err extends Exception { function n() { return $this->message; } }\ntry { throw new Err(TEXT); } catch (Err $x) { $v = $x->n(); «$v» }",
	"references in a row": "function fill(&...$r) { foreach ($r as &$x) { $x = TEXT; } }\nfill($v);\n«$v»",
	"references":          "function fill($a, &...$r) { $r[0] = TEXT; }\nfill(1, $v);\n«$v»",
}

// A usage does something with a text, NAME, and is noted so.
type usage struct{ text, code, noted string }

var usages = []usage{
	{"system", "$f = NAME; $f('echo marker');", " system* "},
	{"system", "call_user_func(NAME, 'echo marker');", " system* "},
	{"passthru", "call_user_func_array(NAME, ['echo marker']);", " passthru* "},
	{"system", "array_map(NAME, ['echo marker']);", " system* "},
	{"popen", "$f = NAME; $h = $f('echo marker', 'r'); echo fgets($h);", " popen* "},
	{"proc_open", "$f = NAME; $f('echo marker', [], $p);", " proc_open* "},
	{"system", "$l = ['echo marker', 0]; usort($l, NAME);", " system* "},
	{"passthru", "(new \\ReflectionFunction(NAME))->invoke('echo marker');", " passthru* "},
	{"system", "\\Closure::fromCallable(NAME)('echo marker');", " system* "},
	{"passthru", "if (is_callable(NAME)) { (NAME)('echo marker'); }", " passthru* "},
	{"passthru", "$f = NAME; $h = $f(...); $h('echo marker');", " passthru* "},
	{"passthru", "(new \\Fiber(NAME))->start('echo marker');", " passthru* "},
	{"passthru", "(new class(NAME) { function __construct(private $f) {} function go() { ($this->f)('echo marker'); } })->go();", " passthru* "},
	{"fsockopen", "$f = NAME; $f('127.0.0.1', 80);", " fsockopen* "},
	{"stream_socket_client", "$f = NAME; $f('tcp://127.0.0.1:80');", " stream_socket_client* "},
	{"SoapClient", "$f = NAME; new $f('http://127.0.0.1/');", " soapclient::__construct* "},
	{"FFI::cdef", "call_user_func(NAME, 'int getpid();');", " ffi::cdef* "},
	{"http://127.0.0.1/x", "fopen(NAME, 'r');", " url:opened* "},
	{"system(PHP_OS);", "eval(NAME);", " system* "},
	{"osascript -e beep", "exec(NAME);", "osascript"},
	{"osascript", "proc_open([NAME, '-e', 'beep'], [], $p);", "osascript"},
	{"osascript", "$f = NAME; echo `$f -e beep`;", "osascript"},
	{"osascript", "echo shell_exec(NAME . ' -e ' . escapeshellarg('beep'));", "osascript"},
	{"osascript", "$f = NAME; passthru(\"/usr/bin/env {$f} -e beep\");", "osascript"},
}

// crossed is a script, and the other file of it, in which a way to hide a text goes with a
// way to hand it on and a use.
func crossed(hiding, way string, u usage) (script, other string) {
	declared, text, found := strings.Cut(hiding, "§")
	if !found {
		declared, text = "", hiding
	}
	before, rest, _ := strings.Cut(way, "«")
	named, after, _ := strings.Cut(rest, "»")
	whole := strings.ReplaceAll(before+strings.ReplaceAll(u.code, "NAME", named)+after, "TEXT", text)
	script, other, _ = strings.Cut(whole, "¶")
	space := ""
	if strings.HasPrefix(script, "namespace") {
		space, script, _ = strings.Cut(script, "\n")
	}
	return "<?php\n" + space + declared + script, "<?php\n" + other
}

// Every way to hide a text goes with every way to hand it on, and each of the two with
// every use: of all that go together, a third is read.
func TestHidingsWaysAndUsesGoTogether(t *testing.T) {
	for k, u := range usages {
		all := hidings(u.text)
		for i, hiding := range slices.Sorted(maps.Keys(all)) {
			for j, way := range slices.Sorted(maps.Keys(ways)) {
				if (i+j+k)%3 > 0 {
					continue
				}
				src, other := crossed(all[hiding], ways[way], u)
				v := readWith(src, "x.php", other)
				if got := " " + usesOf(v) + " "; !strings.Contains(got+string(v.Text), u.noted) {
					t.Errorf("%s, %s: %s\n%s\n\tis %q, want %q", hiding, way, src, other, got, u.noted)
				}
			}
		}
	}
}
