package php

import (
	"strings"
	"testing"
)

// Honest wrappers say one half of a name and are told the other.
func TestWrappersHideNothing(t *testing.T) {
	const aliased = `class Ftp { private static $aliases = array('sslconnect' => 'ssl_connect');
function __construct($url) { $f = $url[3] === ':' ? 'connect' : 'ssl_connect'; $this->$f('host'); }
function __call($name, $args) { $name = strtolower($name); $silent = strncmp($name, 'try', 3) === 0; $f = $silent ? substr($name, 3) : $name;
$f = 'ftp_' . (isset(self::$aliases[$f]) ? self::$aliases[$f] : $f); return call_user_func_array($f, $args); } } `
	for code, want := range map[string]string{
		aliased + `$f = new Ftp($u); $f->connect('x');`: "ftp_connect",
		`class L { function __call($m, $a) { return call_user_func_array('ldap_' . $this->snake($m), $a); }
		function snake($s) { return strtolower(preg_replace('/([A-Z])/', '_$1', $s)); } } $l = new L; $l->connect('h');`: "ldap_connect",
		`class P { function call($a) { $f = "ldap_$a"; return $f('h'); } function connect() { return $this->call('connect'); } } (new P)->connect();`: "ldap_connect",
		`class A { function x($v, $h) { $f = 'snmp2_' . $v; return $f($h); } } (new A)->x('get', 'h');`:                                               "snmp2_get",
		`class A { function x($h, $ssl) { $f = 'ftp_' . ($ssl ? 'ssl_connect' : 'connect'); return $f($h); } } (new A)->x($h, $s);`:                   "ftp_connect",
	} {
		if hidden, found := hiddenUse(t, code, want); hidden || !found {
			t.Errorf("hidden: %v, found: %v: %s", hidden, found, code)
		}
	}
}

func TestNamesInPiecesAreHiddenInWrappersToo(t *testing.T) {
	for _, code := range []string{
		`$f = 'ft' . 'p_con' . 'nect'; $f('h');`,
		`$f = 'ftp_' . 'connect'; $f('h');`,
		`class A { function x() { $f = 'ftp_' . strrev('tcennoc'); $f('h'); } } (new A)->x();`,
		`class A { function x($v) { $f = 'ftp_' . $v; $f('h'); } } (new A)->x(base64_decode('Y29ubmVjdA=='));`,
		`class A { function x($v) { $f = 'ftp_' . strrev($v); $f('h'); } } (new A)->x('tcennoc');`,
		`class A { function x($v) { $f = 'ft' . 'p_' . $v; $f('h'); } } (new A)->x('connect');`,
		`class A { function x($v) { $f = 'ftp_' . $v . 'nect'; $f('h'); } } (new A)->x('con');`,
		`class A { function x($v) { $f = 'f' . $v; $f('h'); } } (new A)->x('tp_connect');`,
		`class A { function x($v) { $f = "ft$v"; $f('h'); } } (new A)->x('p_connect');`,
		`class A { function __call($n, $a) { $f = 'ftp_' . $n; $f('h'); } } $m = strrev('tcennoc'); (new A)->$m();`,
		`class A { function x($v) { $f = 'ftp_' . $v; $f('h'); } } $a = new A; $a->x('connect'); $a->x(strrev('tcennoc'));`,
		`class A { const T = 'do connect it'; function x() { $f = 'ftp_' . substr(self::T, 3, 7); $f('h'); } } (new A)->x();`,
		`class A { function x($s) { $f = 'ftp_' . ($s ? strrev('tcennoc') : 'login'); $f('h'); } } (new A)->x($y);`,
	} {
		if hidden, found := hiddenUse(t, code, "ftp_connect"); !hidden || !found {
			t.Errorf("hidden: %v, found: %v: %s", hidden, found, code)
		}
	}
}

// hiddenUse tells whether a script calls a function, and by a hidden name.
func hiddenUse(t *testing.T, code, name string) (hidden, found bool) {
	t.Helper()
	for _, u := range check(t, "<?php "+strings.TrimSpace(code)).Uses {
		if u.Name == name {
			found, hidden = true, hidden || u.Hidden
		}
	}
	return hidden, found
}
