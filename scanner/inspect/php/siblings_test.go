package php

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// readWith reads a script with siblings, each a name and a text. Each file includes the
// others by ./ and their names.
func readWith(src string, files ...string) *script.View {
	siblings := &script.Siblings{}
	names := map[string]int{"./index.php": 0}
	for i := 0; i < len(files); i += 2 {
		siblings.Files = append(siblings.Files, script.Sibling{Name: files[i], Data: []byte(files[i+1])})
		names["./"+files[i]] = i/2 + 1
	}
	for range len(siblings.Files) + 1 {
		siblings.Loads = append(siblings.Loads, names)
	}
	return ReadWith([]byte(src), siblings)
}

func TestWhatOtherFilesDeclareIsKnown(t *testing.T) {
	for name, v := range map[string]*script.View{
		"an array":        readWith("<?php $c = include __DIR__ . '/x.php'; ($c['a'] . $c['b'])('x');", "x.php", "<?php return ['a' => 'sys', 'b' => 'tem'];"),
		"a variable":      readWith("<?php include __DIR__ . '/x.php'; ($a . $b)('x');", "x.php", "<?php $a = 'sys'; $b = 'tem';"),
		"define":          readWith("<?php include __DIR__ . '/x.php'; $f = KIT_A . 'tem'; $f('x');", "x.php", "<?php define('KIT_A', 'sys');"),
		"const":           readWith("<?php $f = KIT_A . KIT_B; $f('x');", "x.php", "<?php const KIT_A = 'sys', KIT_B = KIT_C . 'm', KIT_C = 'te';"),
		"a class":         readWith("<?php $f = Kit\\Names::A . Kit\\Names::b(); $f('x');", "x.php", "<?php namespace Kit; class Names { const A = 'sys'; private static $t = 'tem'; static function b() { return self::$t; } }"),
		"a parent":        readWith("<?php class A extends B { function go() { $f = $this->name('sys'); $f('x'); } } (new A)->go();", "x.php", "<?php abstract class B { protected function name($s) { return $s . 'tem'; } }"),
		"a trait":         readWith("<?php class A { use B; function go() { $f = $this->name('sys'); $f('x'); } } (new A)->go();", "x.php", "<?php trait B { private function name($s) { return $s . 'tem'; } }"),
		"a function":      readWith("<?php $f = kit_name(['c3lz', 'dGVt']); $f('x');", "x.php", "<?php function kit_name($all) { return implode('', array_map('base64_decode', $all)); }"),
		"a caller":        readWith("<?php kit_run('sys' . 'tem', 'x');", "x.php", "<?php function kit_run($f, $x) { return $f($x); }"),
		"a caller's code": readWith("<?php kit_run('system(\"x\");');", "x.php", "<?php function kit_run($c) { return eval($c); }"),
		"a chain":         readWith("<?php $k = new K(include './c.php'); $k->go();", "c.php", "<?php return ['n' => 'bWV0c3lz'];", "k.php", "<?php class K extends L { function go() { $f = $this->n(); $f('x'); } }", "l.php", "<?php class L { function __construct(protected $c) {} function n() { return strrev(base64_decode($this->c['n'])); } }"),
		"an autoloader":   readWith("<?php spl_autoload_register(function ($c) { require __DIR__ . '/' . strtolower($c) . '.php'; }); $f = Names::$a . 'tem'; $f('x');", "names.php", "<?php class Names { static $a = 'sys'; }"),
		"its directory":   readWith("<?php define('KIT', __DIR__); $c = require KIT . '/x.php'; ($c . 'tem')('x');", "x.php", "<?php return 'sys';"),
		"of WordPress":    readWith("<?php $c = require plugin_dir_path(__FILE__) . 'x.php'; ($c . 'tem')('x');", "x.php", "<?php return 'sys';"),
		"from a sibling":  readWith("<?php include './x.php';  $f = kit(); $f('x');", "x.php", "<?php include __DIR__ . '/y.php'; function kit() { return KIT_A . 'tem'; }", "y.php", "<?php define('KIT_A', 'sys');"),
		"a child":         readWith("<?php abstract class B { static function go() { $f = static::$a . 'tem'; $f('x'); } } kit(); K::go();", "x.php", "<?php function kit() { eval('class K extends B { protected static $a = \"sys\"; }'); }"),
		"a callback":      readWith("<?php $f = kit('sys'); $f('x');", "x.php", "<?php function kit($s) { return sprintf('%stem', $s); }"),
		"merged":          readWith("<?php $c = array_merge(require './x.php', require './y.php'); $f = $c['a'] . $c['b']; $f('x');", "x.php", "<?php return ['a' => 'sys' . chr(116), 'b' => 'em'];", "y.php", "<?php return ['c' => 1];"),
		"a view":          readWith("<?php function kit($view, $with) { extract($with); include './' . $view . '.php'; } kit('x', ['run' => strrev('metsys')]);", "x.php", "<?= $run('x') ?>"),
		"a picture":       readWith("<?php function kit($name, $with) { foreach (['php', 'gif'] as $t) { if (is_readable($f = rtrim(__DIR__ . '/i', '/') . \"/$name.$t\")) include $f; } } kit('x', ['run' => strrev('metsys')]);", "i/x.gif", "GIF89a<?php /*!,*/ $with['run']('x'); __halt_compiler(); D;"),
		"a catalogue":     readWith("<?php class C { private $m = []; function __construct($l) { preg_match_all('/^msgid \"(.*)\"\\nmsgstr \"(.*)\"$/m', file_get_contents(__DIR__ . \"/$l.po\"), $all, PREG_SET_ORDER); foreach ($all as [, $id, $s]) $this->m[$id] = stripcslashes($s); } function get($id) { return $this->m[$id] ?? $id; } } $f = (new C('x'))->get('Go'); $f('x');", "x.po", "msgid \"Go\"\nmsgstr \"s\\171stem\"\n"),
		"its comments":    readWith("<?php foreach ((new ReflectionClass('K'))->getMethods() as $m) { preg_match('/@via (.*)/', $m->getDocComment(), $f); $f = strrev(trim($f[1])); $f('x'); }", "k.php", "<?php\nclass K {\n/**\n * @via metsys\n */\nfunction go() {} }"),
		"its attributes":  readWith("<?php foreach ((new ReflectionClass('K'))->getMethods() as $m) foreach ($m->getAttributes() as $a) { $f = implode($a->getArguments()); $f('x'); }", "k.php", "<?php class K { #[A(b: 'sys', c: 'tem')] function go() {} }"),
		"its statics":     readWith("<?php $f = implode((new ReflectionFunction('kit'))->getStaticVariables()); $f('x');", "k.php", "<?php function kit() { static $a = 'sys', $b = 1; static $b = 'tem'; }"),
		"a style sheet":   readWith("<?php class K { function go($s) { $d = new DOMDocument; $d->loadXML('<a/>'); $t = new DOMDocument; $t->load(__DIR__ . \"/$s\"); $p = new XSLTProcessor; $p->registerPHPFunctions(); $p->importStylesheet($t); $p->transformToXml($d); } } (new K)->go('x.xsl');", "x.xsl", "<x:stylesheet xmlns:x='http://www.w3.org/1999/XSL/Transform' xmlns:php='http://php.net/xsl'><x:template match='/'><x:value-of select=\"php:function(concat('sys', 'tem'), 'x')\"/></x:template></x:stylesheet>"),
		"a sheet's text":  readWith("<?php $d = new DOMDocument; $d->loadXML('<a><b id=\"sys\"/><b id=\"tem\"/></a>'); $t = new DOMDocument; $t->load(__DIR__ . '/x.xsl'); $p = new XSLTProcessor; $p->registerPHPFunctions(); $p->importStylesheet($t); $p->transformToXml($d);", "x.xsl", "<x:stylesheet xmlns:x='http://www.w3.org/1999/XSL/Transform' xmlns:php='http://php.net/xsl'><x:template match='/a'><x:variable name='via'><x:for-each select='b'>\n<x:value-of select='@id'/></x:for-each></x:variable><x:value-of select=\"php:function(string($via), 'x')\"/></x:template></x:stylesheet>"),
		"steps":           readWith("<?php class K { private $s = []; function with($s) { $this->s[] = $s; return $this; } function go($f) { include sprintf('php:%s/resource=%s', '//filter/read=' . implode('|', $this->s), __DIR__ . \"/$f\"); } } (new K)->with('string.rot13')->go('x.txt');", "x.txt", "<?cuc $s = 'flf' . 'grz'; $s('k');"),
		"a filter":        readWith("<?php class R extends php_user_filter { private $all = ''; function filter($in, $out, &$c, $closing): int { while ($b = stream_bucket_make_writeable($in)) { $this->all .= $b->data; $c += $b->datalen; } if (!$closing) return PSFS_FEED_ME; stream_bucket_append($out, stream_bucket_new($this->stream, strrev($this->all))); return PSFS_PASS_ON; } } stream_filter_register('kit.*', R::class); include 'php://filter/read=kit.r/resource=' . __DIR__ . '/x.css';", "x.css", ";)'x'(s$ ;'met' . 'sys' = s$ php?<"),
		"a wrapper":       readWith("<?php class T { private $h; function stream_open($p, $m, $o, &$x) { $this->h = fopen(__DIR__ . '/' . substr($p, 4), 'r'); return true; } function stream_read($n) { return str_rot13(fread($this->h, $n)); } function stream_eof() { return feof($this->h); } } stream_wrapper_register('t', 'T'); include 't://x.txt';", "x.txt", "<?cuc $s = 'flf' . 'grz'; $s('k');"),
		"its sum":         readWith("<?php $f = substr(md5_file(__DIR__ . '/k.txt'), 0, 6) ^ base64_decode('Rh1HRVFd'); $f('x');", "k.txt", "hello"),
		"another sum":     readWith("<?php $f = substr(hash_file('sha256', __DIR__ . '/k.txt'), 0, 6) ^ base64_decode('QRoVRlEJ'); $f('x');", "k.txt", "hello"),
		"its end":         readWith("<?php $h = fopen(__DIR__ . '/x.png', 'rb'); fseek($h, -6, SEEK_END); $f = fread($h, 6); $f('x');", "x.png", "PNG IEND system"),
		"UTF-16":          readWith("<?php $f = KIT_A . 'tem'; $f('x');", "x.php", "\xff\xfe<\x00?\x00p\x00h\x00p\x00 \x00c\x00o\x00n\x00s\x00t\x00 \x00K\x00I\x00T\x00_\x00A\x00=\x00'\x00s\x00y\x00s\x00'\x00;\x00"),
	} {
		if got := usesOf(v); !strings.Contains(got, "system*") {
			t.Errorf("%s: %s\n%s", name, got, v.Text)
		}
	}
}

// A property that a class declares is not asked of its __get while it is not set.
func TestWhatGetMakesOfAFileIsOpenToIt(t *testing.T) {
	v := Read([]byte("<?php class K { private $d; private $k; function __construct($in) { $this->d = json_decode(file_get_contents($in . '/x.json'), true); $this->k = md5(fgets(fopen($in . '/x.txt', 'r'))); } function __get($n) { $raw = base64_decode($this->d[$n]); return openssl_decrypt(substr($raw, 16), 'aes-256-cbc', $this->k, 1, substr($raw, 0, 16)); } } $k = new K(__DIR__); $f = $k->f; $f('x');"))
	if v.Open&script.OpenToFiles == 0 {
		t.Errorf("open to %b", v.Open)
	}
}

// What callers give may take the place of settings that stand here.
func TestSettingsAreOpenToCallers(t *testing.T) {
	for with, want := range map[string]bool{
		"array_merge(['run' => 'strtolower'], $in)": true, "array_replace(['run' => 'strtolower'], $in)": true, "$in + ['run' => 'strtolower']": true,
		"array_merge($in, ['run' => 'strtolower'])": false, "['run' => 'strtolower']": false,
	} {
		v := Read([]byte("<?php class K { private $with; function __construct(array $in) { $this->with = " + with + "; } function go() { $f = $this->with['run']; $f('x'); } }"))
		if got := v.Open&script.OpenToAny != 0; got != want {
			t.Errorf("%s: open %t, want %t", with, got, want)
		}
	}
}

// packed is a text as gzip packs it.
func packed(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// blanks hides a text behind the lines of another, in blanks and tabs.
func blanks(s string) string {
	out := "GNU GENERAL PUBLIC LICENSE\n"
	for _, c := range []byte(s) {
		out += "x " + strings.NewReplacer("0", " ", "1", "\t").Replace(fmt.Sprintf("1%b", c)[1:]) + "\n"
	}
	return out
}

func TestWhatAnIncludedFileStartsIsNoted(t *testing.T) {
	for code, want := range map[string]string{
		"new $f('x');":                   "soapclient::__construct*",
		"class A {} new A; new $f('x');": "soapclient::__construct*",
		"`$g -e beep`;":                  "osascript -e beep",
		"echo `$g -e beep`;":             "osascript -e beep",
	} {
		v := readWith("<?php class K { const A = 'Soap', B = 'osa'; } $f = K::A . 'Client'; $g = K::B . 'script'; include './x.php';", "x.php", "<?php "+code)
		if got := usesOf(v) + string(v.Text); !strings.Contains(got, want) {
			t.Errorf("%s: %s", code, got)
		}
	}
	if v := readWith("<?php class K { const A = 'sys'; } include './x.php';", "x.php", "<?php $f = K::A . 'tem'; $f('x');"); !strings.Contains(usesOf(v), "system*") {
		t.Errorf("a constant of the script's class: %s", usesOf(v))
	}
}

func TestDataThatTheScriptReadsIsKnown(t *testing.T) {
	for name, v := range map[string]*script.View{
		"text":     readWith("<?php $f = trim(file_get_contents(__DIR__ . '/x.txt')); $f('x');", "x.txt", "system\n"),
		"lines":    readWith("<?php $l = file(__DIR__ . '/x.txt'); $f = trim($l[0]) . trim($l[1]); $f('x');", "x.txt", "sys\ntem\n"),
		"settings": readWith("<?php foreach (parse_ini_file(__DIR__ . '/x.ini') as $k => $v) ini_set($k, $v); unserialize('O:1:\"x\":0:{}');", "x.ini", "; kit\nprecision = 14\nunserialize_callback_func = \"system\"\n"),
		"sections": readWith("<?php define('KIT', 'sys'); $s = parse_ini_file(__DIR__ . '/x.ini', true, INI_SCANNER_NORMAL); ['run' => ['call' => $f]] = $s; $f('x');", "x.ini", "[colors]\nlight = #fff\n[run]\ncall = KIT \"tem\" ; a note\n"),
		"JSON":     readWith("<?php $j = json_decode(file_get_contents(__DIR__ . '/x.json')); ($j->do)('x');", "x.json", `{"do": "system"}`),
		"XML":      readWith("<?php $x = simplexml_load_file(__DIR__ . '/x.xml'); $f = (string) $x->do; $f('x');", "x.xml", "<k><do>system</do></k>"),
		"a filter": readWith("<?php $f = 'convert.base64-decode'; include 'php://filter/read=' . $f . '/resource=' . __DIR__ . '/x.css';", "x.css", "PD9waHAgJGYgPSAnc3lzJyAuICd0ZW0nOyAkZigneCcpOw=="),
		"filters":  readWith("<?php include 'php://filter/string.rot13|convert.base64-decode/resource=' . dirname(__FILE__) . '/x.log';", "x.log", "CQ9jnUNtWTLtCFNap3ymWlNhVPq0MJ0aBlNxMvtarPpcBj=="),
		"filtered": readWith("<?php $c = file_get_contents('php://filter/read=convert.base64-decode/resource=' . __DIR__ . '/x.css'); eval($c);", "x.css", "JGYgPSAnc3lzJyAuICd0ZW0nOyAkZigneCcpOw=="),
		"a reader": readWith("<?php $c = stream_get_contents(fopen('php://filter/convert.base64-decode/resource=' . __DIR__ . '/x.css', 'r')); eval('?>' . $c);", "x.css", "PD9waHAgJGYgPSAnc3lzJyAuICd0ZW0nOyAkZigneCcpOw=="),
		"packed":   readWith("<?php require 'compress.zlib://' . __DIR__ . '/x.gz';", "x.gz", packed("<?php $f = 'sys' . 'tem'; $f('x');")),
		"blanks":   readWith("<?php $s = ''; foreach (file(__DIR__ . '/x.txt', FILE_IGNORE_NEW_LINES) as $l) { $t = substr($l, strlen(rtrim($l))); $s .= '' === $t ? '' : chr(bindec(strtr($t, \" \\t\", '01'))); } (static fn () => eval($s))();", "x.txt", blanks("$f = 'sys' . 'tem'; $f('x');")),
		"a class":  readWith("<?php $k = new K; $j = json_decode($k->open('eyJkbyI6InN5c3RlbSJ9')); ($j->do)('x');", "x.php", "<?php class K { function open($b) { return base64_decode($b); } }"),
	} {
		if got := usesOf(v); !strings.Contains(got, "system*") {
			t.Errorf("%s: %s\n%s", name, got, v.Text)
		}
	}
	v := readWith("<?php $h = file_get_contents(__DIR__ . '/x.h'); $lib = FFI::cdef($h); preg_match('/(\\w+)\\(/', $h, $m); $lib->{$m[1]}('x');", "x.h", "int system(const char *x);")
	if got := usesOf(v); !strings.Contains(got, "ffi:exec") {
		t.Errorf("a header: %s", got)
	}
}

func TestAScriptSaysWhichDataItReads(t *testing.T) {
	for _, code := range []string{
		`foreach (parse_ini_file(__DIR__ . '/x.kit') as $k => $v) ini_set($k, $v); unserialize('');`,
		`$lib = FFI::cdef(file_get_contents(__DIR__ . '/x.kit'));`,
		`['run' => ['call' => $f]] = parse_ini_file(__DIR__ . '/x.kit', true); $f('x');`,
		`$s = ''; foreach (file(__DIR__ . '/x.kit') as $l) $s .= chr(bindec($l)); eval($s);`,
		`include 'php://filter/read=convert.base64-decode/resource=' . __DIR__ . '/x.kit';`,
		`(new ReflectionFunction(trim(file_get_contents(__DIR__ . '/x.kit'))))->invoke('x');`,
		`class C { private $m = []; function __construct() { foreach (file(__DIR__ . '/x.kit') as $l) { $p = explode('=', $l); $this->m[$p[0]] = stripcslashes($p[1]); } } function get($id) { return $this->m[$id] ?? $id; } } $f = (new C)->get('Go'); $f('x');`,
		`class T { private $t; function stream_open($p, $m, $o, &$x) { $this->t = base64_decode(file_get_contents(__DIR__ . '/x.kit')); return true; } function stream_read($n) { return $this->t; } function stream_eof() { return true; } } stream_wrapper_register('t', 'T'); include 't://x';`,
		`$f = substr(md5_file(__DIR__ . '/x.kit'), 0, 6) ^ 'RkpHRVQM'; $f('x');`,
		`getimagesize(__DIR__ . '/x.jpg', $info); $f = file_get_contents(__DIR__ . '/x.kit') . $info['APP13']; $f('x');`,
		`eval(file_get_contents('php://filter/read=convert.base64-decode/resource=' . __DIR__ . '/x.kit'));`,
	} {
		v := Read([]byte("<?php " + code))
		if !slices.Contains(v.Asks, "file ./x.kit") || v.Open&script.OpenToFiles == 0 {
			t.Errorf("%s: it asks for %q and is open to %b", code, v.Asks, v.Open)
		}
	}
}

func TestWhatIsDecodedAndWrittenIsRead(t *testing.T) {
	for _, code := range []string{
		`$f = tempnam(sys_get_temp_dir(), 'k'); if (file_put_contents($f, base64_decode($s['u']))) { include $f; unlink($f); }`,
		`$h = tmpfile(); fwrite($h, base64_decode($s['u'])); include stream_get_meta_data($h)['uri'];`,
		`$f = sys_get_temp_dir() . '/' . uniqid() . '.php'; $h = fopen($f, 'w'); fputs($h, base64_decode($s['u'])); fclose($h); require $f;`,
		`$f = wp_tempnam('k'); file_put_contents($f, base64_decode($s['u'])); include $f;`,
		`$f = wp_tempnam('k'); $wp_filesystem->put_contents($f, base64_decode($s['u'])); include $f;`,
		`$f = $fs->tempnam('/tmp', 'k'); $fs->dumpFile($f, base64_decode($s['u'])); include $f;`,
		`$o = new SplFileObject($_SERVER['TMP'] . '/k', 'w'); $o->fwrite(base64_decode($s['u'])); include $o;`,
		`file_put_contents(WPMU_PLUGIN_DIR . '/k.php', base64_decode($s['u']));`,
	} {
		code = "<?php $s = include __DIR__ . '/x.php'; " + code
		if first := Read([]byte(code)); !slices.Contains(first.Asks, "file ./x.php") || first.Open&script.OpenToFiles == 0 {
			t.Errorf("%v %v: %s", first.Asks, first.Open, code)
		}
		// <?php $f = 'sys' . 'tem'; $f('k');
		v := readWith(code, "x.php", `<?php return ['u' => 'PD9waHAgJGYgPSAnc3lzJyAuICd0ZW0nOyAkZignaycpOw=='];`)
		if got := usesOf(v); !strings.Contains(got, "system*") {
			t.Errorf("%s: %s", got, code)
		}
	}
	for _, code := range []string{
		`file_put_contents('/tmp/k', json_encode($s['u']));`,
		`file_put_contents('/tmp/k', base64_decode('UE5H'));`,
	} {
		if v := Read([]byte("<?php $s = include __DIR__ . '/x.php'; " + code)); v.Open&script.OpenToFiles != 0 {
			t.Errorf("open: %s", code)
		}
	}
}

func TestMembersOfClassesOfOtherFilesAreAskedFor(t *testing.T) {
	for code, want := range map[string]bool{
		`foreach ((new ReflectionObject(new K))->getMethods() as $m) foreach ($m->getAttributes() as $a) { $f = $a->newInstance()->f; $f('x'); }`: true,
		`$f = implode((new ReflectionClass('K'))->getAttributes()[0]->getArguments()); $f('x');`:                                                  true,
		`echo (new ReflectionClass('K'))->getShortName(); foreach ((new ReflectionClass('DOMDocument'))->getMethods() as $m) echo $m->getName();`: false,
		`class K {} foreach ((new ReflectionClass('K'))->getMethods() as $m) echo $m->getName();`:                                                 false,
		`foreach ((new ReflectionClass($x))->getMethods() as $m) { $f = $m->getName(); echo $f; }`:                                                false,
	} {
		if v := Read([]byte("<?php " + code)); v.Open&script.OpenToFiles != 0 != want {
			t.Errorf("%b, want %v: %s", v.Open, want, code)
		}
	}
}

func TestDirectoriesAboveAScriptAreKnown(t *testing.T) {
	for dir, want := range map[string]string{
		`dirname(__DIR__)`:                         "file ./../x.kit",
		`dirname(dirname(__FILE__))`:               "file ./../x.kit",
		`dirname(__FILE__, 2)`:                     "file ./../x.kit",
		`dirname(__DIR__, 2)`:                      "file ./../../x.kit",
		`dirname(__DIR__ . '/a/b.php')`:            "file ./a/x.kit",
		`plugin_dir_path(dirname(__FILE__)) . '.'`: "file ./.././x.kit",
	} {
		v := Read([]byte("<?php $f = trim(file_get_contents(" + dir + " . '/x.kit')); $f('x');"))
		if !slices.Contains(v.Asks, want) {
			t.Errorf("%s: it asks for %q", dir, v.Asks)
		}
	}
	v := Read([]byte("<?php include dirname(__DIR__, 2) . '/x.php';"))
	if !slices.ContainsFunc(v.Uses, func(u script.Use) bool { return u.Kind == script.Module && u.Name == "../../x.php" }) {
		t.Errorf("an include: %v", v.Uses)
	}
}

func TestACommandThatOtherFilesHoldIsKnown(t *testing.T) {
	v := readWith("<?php $c = include './x.php'; exec($c['bin'] . ' -e x');", "x.php", "<?php return ['bin' => 'osa' . 'script'];")
	if !strings.Contains(string(v.Text), `"osascript -e x"`) {
		t.Errorf("%s", v.Text)
	}
	v = readWith("<?php (new Run)->go('osa' . 'script');", "x.php", "<?php class Run { function go($b) { exec(\"$b -e x\"); } }")
	if !strings.Contains(string(v.Text), `"osascript -e x"`) {
		t.Errorf("%s", v.Text)
	}
}

func TestAClassThatTheRequestNamesIsToldWhereverItIsMade(t *testing.T) {
	v := readWith("<?php include './x.php'; new W($_GET['p']);", "x.php", "<?php class W { function __construct($p) { $o = new $p(); } }")
	if !slices.ContainsFunc(v.Uses, func(u script.Use) bool { return u.Name == "call:input" }) {
		t.Errorf("%v", v.Uses)
	}
}

func TestWhatASiblingCallsByItselfIsNotToldOfTheScript(t *testing.T) {
	for name, sibling := range map[string]string{
		"a call":              "<?php function kit() { exec('ls'); }",
		"a name":              "<?php function kit() { $f = 'sys' . 'tem'; $f('ls'); }",
		"code":                "<?php function kit() { eval('sys' . 'tem(1);'); } eval(base64_decode('c3lzdGVtKDEpOw=='));",
		"a callback":          "<?php function kit() { array_map('system', ['ls']); }",
		"a command":           "<?php function kit() { exec('osascript -e x'); }",
		"a function of its":   "<?php function kit() { $f = 'kit_' . 'run'; $f('ls'); } function kit_run() {}",
		"no PHP":              "function kit() { exec('ls'); }",
		"an open comment":     "<?php function kit() { exec('ls'); } /*",
		"unclosed brackets":   "<?php function kit() { exec('ls'); if (1) {",
		"a ring":              "<?php include './index.php'; include './x.php'; function kit() { kit(); exec('ls'); }",
		"a sibling of itself": "<?php class A extends A { use A; } const X = X; function kit() { return X; }",
	} {
		v := readWith("<?php include './x.php'; kit();\nkit(1);", "x.php", sibling)
		if got := usesOf(v); strings.Contains(got, "system") || strings.Contains(got, "exec") {
			t.Errorf("%s: %s", name, got)
		}
		if want := "<?php include \"./x.php\"; kit();\nkit(1);"; string(v.Text) != want {
			t.Errorf("%s: the view is %q, expected %q", name, v.Text, want)
		}
	}
}

func TestAFindingOfASiblingStandsWhereTheScriptLeadsToIt(t *testing.T) {
	src := "<?php include './x.php';\n\nkit_run('sys' . 'tem', 'x');\n"
	v := readWith(src, "x.php", "<?php function kit_run($f, $x) { return $f($x); }")
	for _, u := range v.Uses {
		if u.Name == "system" && (u.Start != strings.Index(src, "kit_run") || !u.Hidden) {
			t.Errorf("%+v", u)
		}
	}
}

func TestAScriptSaysWhatItDeclaresAndAsksFor(t *testing.T) {
	v := Read([]byte(`<?php namespace Kit; use Other\B as C; const X = 1; define('Y', Z);
class A extends Base implements C { use \T; } function f() { return g(new D, E::F, strlen(X)); } include __DIR__ . '/' . KIND . '.php';`))
	if got, want := strings.Join(v.Declares, " "), "class kit\\a constant X constant Y function kit\\f"; got != want {
		t.Errorf("it declares %q, expected %q", got, want)
	}
	if got, want := strings.Join(v.Asks, " "), "class kit\\base class kit\\d class kit\\e class other\\b class t constant KIND constant Z function g function kit\\g"; got != want {
		t.Errorf("it asks for %q, expected %q", got, want)
	}
	v = Read([]byte(`<?php $f = 'base64_decode'; foreach (['a', 'b'] as $name) { include __DIR__ . "/$name.php"; } $f('x');`))
	if got := strings.Join(v.Asks, " "); !strings.Contains(got, "file ./a.php") {
		t.Errorf("it asks for %q", got)
	}
}

func TestNamesOfFilesAreKnown(t *testing.T) {
	names := []string{"./icons/1sys.svg", "./icons/2tem.svg", "./icons/more/x.svg", "./kit.php"}
	for _, code := range []string{
		`$f = ''; foreach (glob(__DIR__ . '/icons/*.svg') as $n) $f .= substr(basename($n, '.svg'), 1); $f('x');`,
		`$n = scandir(__DIR__ . '/icons'); $f = substr($n[2], 1, 3) . substr($n[3], 1, 3); $f('x');`,
		`$n = scandir(__DIR__ . '/icons', SCANDIR_SORT_DESCENDING); $f = substr($n[1], 1, 3) . substr($n[0], 1, 3); $f('x');`,
		`$d = opendir(__DIR__ . '/icons/'); $f = ''; while (($n = readdir($d)) !== false) if ($n[0] !== '.') $f .= substr($n, 1, 3); $f('x');`,
		`$d = dir(__DIR__ . '/icons'); $f = ''; while (($n = $d->read()) !== false) if ($n[0] !== '.') $f .= substr($n, 1, 3); $f('x');`,
		`$f = ''; foreach (new FilesystemIterator(__DIR__ . '/icons') as $i) $f .= substr($i->getBasename('.svg'), 1); $f('x');`,
		`$f = ''; foreach (new GlobIterator(__DIR__ . '/icons/*.svg') as $i) $f .= substr($i->getFilename(), 1, 3); $f('x');`,
	} {
		if first := Read([]byte("<?php " + code)); !slices.Contains(first.Asks, script.AskedNames) || first.Open&script.OpenToFiles == 0 {
			t.Errorf("%s: it asks for %q and is open to %b", code, first.Asks, first.Open)
		}
		v := ReadWith([]byte("<?php "+code), &script.Siblings{Loads: []map[string]int{{}}, Names: names})
		if got := usesOf(v); !strings.Contains(got, "system*") {
			t.Errorf("%s: %s", code, got)
		}
	}
}
