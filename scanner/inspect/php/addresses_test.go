package php

import (
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

func opensAnAddress(t *testing.T, code string) bool {
	return slices.ContainsFunc(check(t, "<?php "+code).Uses, func(u script.Use) bool { return u.Name == "url:opened" })
}

func TestAddressesThatAreJoinedAndOpenedAreFound(t *testing.T) {
	for _, code := range []string{
		`$s = 'ht' . 'tp'; file_get_contents($s . '://' . implode('.', [127, 0, 0, 1]) . ':' . getenv('P') . '/x');`,
		`function get() { $s = 'ht' . 'tps'; $a = "$s://" . gethostname(); return fopen($a, 'r'); }`,
		`$read = strrev('stnetnoc_teg_elif'); $a = str_rot13('uggc://') . base64_decode('MTI3') . getenv('P'); @$read($a, false);`,
		`$a = sprintf('%s://%s:%d/x', 'http', '127.0.0.1', getenv('P')); readfile($a);`,
		`$a = implode('', ['ft', 'p://', '127.0.0.1:', getenv('P')]); copy($a, '/tmp/x');`,
		`$a = base64_decode('aHR0cDovLzEyNy4wLjAuMS94'); $lines = file($a);`,
		`define('KIT_API', 'htt' . 'p:/' . '/127.0.0.1'); simplexml_load_file(KIT_API . getenv('P'));`,
		`class K { private $base = 'ht' . 'tp://127.0.0.1'; function get() { return file_get_contents($this->base . '/x'); } }`,
		`class K { const A = 'ht' . 'tp://127.0.0.1'; static function get() { return file_get_contents(self::A . '/x'); } }`,
		`$f = 'file_get' . '_contents'; call_user_func($f, 'ht' . 'tp://127.0.0.1:' . getenv('P'));`,
		`$a = 'ht' . 'tp'; $a .= '://127.0.0.1'; $a .= getenv('P'); file_get_contents($a);`,
		`print_r(array_map('file', ['ht' . 'tp://127.0.0.1/a']));`,
		`$a = ['ht', 'tp', '://']; include join($a) . $host . '/x.php';`,
	} {
		if !opensAnAddress(t, code) {
			t.Errorf("not found: %s", code)
		}
	}
	for _, code := range []string{
		`$a = "http://$host"; file_get_contents($a);`, `file_get_contents('https://example.org/' . $x);`, `$p = 'ph' . 'p://input'; file_get_contents($p);`,
		`$a = ($tls ? 'https' : 'http') . '://' . $host; echo $a; fopen($file, 'r');`, `$a = 'ht' . 'tp://127.0.0.1'; str_replace($a, '', $text);`,
	} {
		if opensAnAddress(t, code) {
			t.Errorf("found: %s", strings.TrimSpace(code))
		}
	}
}
