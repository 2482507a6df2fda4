package php

import "testing"

// What PHP 8.2 makes of these, as a name that is called.
func TestNumbersOfAnySizeAreComputed(t *testing.T) {
	for _, code := range []string{
		`$f = gmp_export(gmp_init('126965465245037'));`,
		`$f = gmp_export('120282512849267', 2, GMP_LSW_FIRST | GMP_LITTLE_ENDIAN);`,
		`$f = hex2bin(gmp_strval(gmp_init('a3IUL7VN', 62), 16));`,
		`$f = hex2bin(gmp_strval(gmp_init('19074NUT0T', 36), -16));`,
		`$f = gmp_export(gmp_import("metsys", 1, GMP_LSW_FIRST));`,
		`$f = gmp_export(gmp_add('126965465245030', 7));`,
		`$n = gmp_init('0x73797374656C'); $f = gmp_export($n + 1);`,
		`$n = gmp_init('126965465245036'); $n++; $f = gmp_export($n);`,
		`$n = gmp_init('253930930490075'); $n /= 2; $f = gmp_export($n);`,
		`$n = gmp_init('-126965465245037'); $f = gmp_export(-$n);`,
		`$n = gmp_init('126965465245036'); gmp_setbit($n, 0); $f = gmp_export($n);`,
		`$n = new GMP('126965465245037'); $f = $n > 5 ? gmp_export($n) : '';`,
		`$n = gmp_init('126965465245037'); $k = gmp_powm(7, '12345678901234567890', '99999999999999'); $f = gmp_export(($n ^ $k) ^ $k);`,
		`$n = gmp_mul('126965465245037', '99999999999999999999'); $f = gmp_export(gmp_div_q($n, '99999999999999999999'));`,
		`[$q] = gmp_div_qr(gmp_init('1269654652450379'), 10); $f = gmp_export($q);`,
		`$n = gmp_pow('126965465245037', 3); $f = gmp_export(gmp_root($n, 3));`,
		`$p = gmp_init('18446744073709551557'); $n = gmp_mod(gmp_mul('126965465245037', 65537), $p); $f = gmp_export(gmp_mod(gmp_mul($n, gmp_invert(65537, $p)), $p));`,
		`$n = bcadd('126965465245036.75', '.25'); $f = hex2bin(dechex((int) $n));`,
		`$n = bcdiv(bcmul('126965465245037', '10.5', 1), '10.5'); $f = ''; while (bccomp($n, '0') > 0) { $f = chr(bcmod($n, '256')) . $f; $n = bcdiv($n, '256'); }`,
		`$f = hex2bin(dechex((int) bcsqrt(bcpow('126965465245037', '2'))));`,
		`$f = hex2bin(dechex((int) bcpowmod('126965465245037', '1', '999999999999999')));`,
	} {
		if !calls(t, "<?php class K { function f() { "+code+" $f('x'); } } (new K)->f();", "system") {
			t.Errorf("system is not called: %s", code)
		}
	}
}

// What would take long is not computed.
func TestNumbersAreNotComputedWithoutEnd(t *testing.T) {
	for _, code := range []string{
		`gmp_pow('99999999999999999999', 2000000000)`, `gmp_fact(100000000)`, `gmp_init(1) << 4000000000`, `gmp_powm(3, gmp_pow(2, 20000), gmp_pow(2, 20001))`,
		`bcpow('1.0000001', '1000000000', 10)`, `bcdiv('1', '3', 2000000000)`, `gmp_nextprime(gmp_pow(10, 3000))`, `gmp_div_q(1, 0)`, `gmp_mod(1, 0)`, `bcmod('1', '0')`,
	} {
		v := check(t, "<?php function f() { $n = "+code+"; $f = gmp_export($n); $f('x'); } f();")
		if v.Limit != "" {
			t.Errorf("%s: %s", code, v.Limit)
		}
	}
}
