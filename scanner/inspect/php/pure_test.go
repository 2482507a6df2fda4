package php

import (
	"strings"
	"testing"
)

func TestPHPPureFunctionsAreComputed(t *testing.T) {
	for _, code := range []string{
		`$f = explode(',', 'exec,system', 2)[0];`,
		`$f = date('S N w z W o t L G e T I P p c r U', 1723852800) === 'th 6 6 229 33 2024 31 1 0 UTC UTC 0 +00:00 Z 2024-08-17T00:00:00+00:00 Sat, 17 Aug 2024 00:00:00 +0000 1723852800' ? 'exec' : '';`,
		`$f = preg_replace('/(?<!^)[A-Z]/', '_$0', 'shellExec') === 'shell_Exec' ? 'exec' : '';`,
		`$f = preg_split('/(?=-)/', 'exec-x')[0];`,
		`preg_match_all('/(?<k>\w+)=(?<v>\w+)/', 'a=ex b=ec', $m, PREG_SET_ORDER); $f = $m[0]['v'] . $m[1]['v'];`,
		`preg_match_all('/=(?<v>\w+)/', 'a=ex b=ec', $m); $f = implode($m['v']);`,
		`$f = preg_replace_callback('/%([0-9a-f]{2})/', function ($m) { return chr(hexdec($m[1])); }, '%65%78%65%63');`,
		`$f = preg_replace_callback_array(['/a/' => fn ($m) => 'e'], 'axac');`,
		`$f = filter_var('cexe', FILTER_CALLBACK, ['options' => 'strrev']);`,
		`$p = [['t' => 'ec', 'o' => 2], ['t' => 'ex', 'o' => 1]]; usort($p, fn ($a, $b) => $a['o'] <=> $b['o']); $f = implode('', array_column($p, 't'));`,
		`enum E: string { case A = 'ex'; case B = 'ec'; } $f = implode('', array_column(E::cases(), 'value'));`,
		`function f(&$x) { $x = 'exec'; } $f = ''; f($f);`,
		`$f = chr(10 ** 2 + 1) . 'xec';`,
		`$f = chr(pow(10, 2) + 1) . chr(fmod(323, 203)) . chr((int) (10.1 * 10)) . 'c';`,
		`$f = 'b' > 'a' ? 'exec' : '';`,
		`$f = hash('sha256', 'a') === 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb' ? 'exec' : '';`,
		`$f = bin2hex(md5('a', true)) === md5('a') ? 'exec' : '';`,
		`$f = convert_uudecode(convert_uuencode('exec'));`,
		`$f = mb_strimwidth('exec_long', 0, 4);`,
		`$f = openssl_decrypt('d84HcSuK1HD0tPNfpBP81g==', 'aes-128-cbc', hash('md5', 'kit', true), 0, str_repeat('k', openssl_cipher_iv_length('aes-128-cbc')));`,
		`ob_start(); foreach ([101, 120, 101, 99] as $n) printf('%c', $n); $f = ob_get_clean();`,
		`class Q { const N = 'exe'; } class L extends Q { const N = parent::N . 'c'; } $f = L::N;`,
		`class D { const N = ''; public $s = ''; static function make() { return new static; } function with($s) { $c = clone $this; $c->s = $s; return $c; } function f() { return static::N . $this->s; } } class L extends D { const N = 'ex'; } $f = L::make()->with('ec')->f();`,
		`$c = json_decode('{"a":[{"f":"exec"}]}'); foreach (['a', 0, 'f'] as $k) $c = is_array($c) ? $c[(int) $k] : $c->{$k}; $f = $c;`,
		`class T { private $p = []; private static $s = []; function f() { array_push($this->p, 'ec', 'ex'); self::$s['a'] = $this->p; sort(self::$s['a']); rsort(self::$s['a']); return implode(self::$s['a']); } } $f = (new T)->f();`,
		`$f = ''; foreach (sscanf('00010203', '%2x%2x%2x%2x') as $at) $f .= 'exec'[$at];`,
		`$s = new SplStack; foreach (['ec', '-', 'ex'] as $p) $s->push($p); $f = ''; foreach (new CallbackFilterIterator($s, fn ($v) => $v !== '-') as $p) $f .= $p;`,
	} {
		if got := usesOf(Read([]byte("<?php " + code + " $f('marker');"))); !strings.Contains(" "+got+" ", " exec* ") && !strings.Contains(" "+got+" ", " exec ") {
			t.Errorf("%s: %q", code, got)
		}
	}
}

// The names of what a script declares may be keys, and are so as they are spelled.
func TestPHPNamesOfTheCodeAreAsTheyAreSpelled(t *testing.T) {
	for _, key := range []string{
		`__NAMESPACE__`, `static::class`, `self::class`, `get_class($this)`, `$this::class`, `get_called_class()`, `__CLASS__`, `__METHOD__`,
		`(new \ReflectionClass($this))->getName()`, `(new \ReflectionObject($this))->getNamespaceName()`, `named()`, `\Acme\Elsewhere::class`, `Elsewhere::class`,
	} {
		code := `<?php namespace Acme\Kit; function named() { return __FUNCTION__; } class Own { function f() { return hex2bin('241b0806') ^ ` + key + `; } } $f = (new Own)->f(); $f('marker');`
		if got := usesOf(Read([]byte(code))); !strings.Contains(" "+got+" ", " exec* ") {
			t.Errorf("%s: %q", key, got)
		}
	}
}

func TestPHPCommandOfAListIsOneLine(t *testing.T) {
	code := `<?php ob_start(); foreach ([111, 115, 97, 115, 99, 114, 105, 112, 116] as $n) printf('%c', $n); $bin = ob_get_clean(); proc_open([$bin, '-e', 'beep'], [], $p);`
	if text := string(Read([]byte(code)).Text); !strings.Contains(text, `proc_open("osascript -e beep"`) {
		t.Error(text)
	}
}

func TestPHPProgramsReadWhatTheScriptWrites(t *testing.T) {
	for _, code := range []string{
		`class A { const SH = "set -- cript os\nt=\$2a\ns=\${t}s\n\$s\$1 -e beep\n"; function f() { $p = proc_open(['/bin/sh'], [['pipe', 'r']], $pipes); fwrite($pipes[0], self::SH); } }`,
		`$h = popen('sh -s script', 'w'); fputs($h, "a=osa\n"); fprintf($h, '%s -e %s', '$a$1', escapeshellarg($x));`,
		`[$n, $x] = ['osa', 1]; $h = popen('sh', 'w'); foreach (["a=$n", 'b=script', 'echo ' . $_GET['x'], '"$a$b" beep'] as $line) fwrite($h, $line . PHP_EOL);`,
		`$t = tmpfile(); fwrite($t, "n=osa\n\${n}script beep"); rewind($t); proc_open('sh', [$t], $p);`,
		`file_put_contents('/tmp/kit', "n=osa\n\${n}script beep"); proc_open('sh', [['file', '/tmp/kit', 'r']], $p);`,
		`$t = tempnam('/tmp', 'k'); file_put_contents($t, "n=osa\n\${n}script beep"); exec('sh ' . $t);`,
		`file_put_contents('/tmp/kit', "n=osa\n\${n}script beep"); system('sh < /tmp/kit');`,
		`proc_open('"$A$B" beep', [], $p, null, ['A' => 'osa', 'B' => 'script']);`,
		`pcntl_exec('/bin/sh', ['-c', '"$A$B" beep'], ['A' => 'osa', 'B' => 'script']);`,
		`$h = popen('python3 -', 'w'); fwrite($h, "import os\nos.system('osa' + 'script')\n");`,
	} {
		if text := string(Read([]byte("<?php " + code)).Text); !strings.Contains(text, `"osascript `) {
			t.Errorf("%s: %s", code, text)
		}
	}
}

func TestPHPFunctionFoundInAListIsInvoked(t *testing.T) {
	code := `<?php $all = get_defined_functions()['internal']; $hit = array_values(array_filter($all, fn ($f) => strlen($f) === 10)); (new ReflectionFunction($hit[0]))->invoke('marker');`
	if got := usesOf(Read([]byte(code))); !strings.Contains(got, "call:list") {
		t.Error(got)
	}
}
