package php

import (
	"strings"
	"testing"
)

// randomNumbers are scripts that take numbers from what they seed, and the sums of what
// PHP 8.2 draws in them; hosts_random_test.go asks PHP again, and for many more seeds.
var randomNumbers = []struct{ code, sum string }{
	{`mt_srand(SEED); $o = []; for ($i = 0; $i < 700; $i++) $o[] = mt_rand();`, "feb75d6eed907980dca2b60d97bb62f67"},
	{`srand(SEED); $o = []; foreach ([[0, 0], [1, 6], [0, 25], [-9, 1000], [0, 4294967295], [-4294967296, 9], [0, PHP_INT_MAX], [0, 3000000000]] as [$a, $b]) for ($i = 0; $i < 9; $i++) { $o[] = rand($a, $b); $o[] = mt_rand($a, $b); $o[] = rand($b, $a); }`, "fb170b721808c4d0735455f9e18ae5ab0"},
	{`mt_srand(SEED, MT_RAND_PHP); $o = []; for ($i = 0; $i < 200; $i++) { $o[] = mt_rand(); $o[] = mt_rand(3, 77); $o[] = rand(5000000000, 7); }`, "f19e212bce95d88c49a468379d178be7e"},
	{`mt_srand(seed: SEED, mode: MT_RAND_PHP); $a = range(1, 40); shuffle($a); $o = [implode('.', $a), str_shuffle('abcdefghijklmnop'), implode(array_rand($a, 9))];`, "fe1bc64a4934d053d68c0221110537f34"},
	{`mt_srand(SEED); $o = []; for ($i = 1; $i < 30; $i++) { $a = range(1, $i); shuffle($a); $o[] = implode('.', $a); $o[] = str_shuffle(str_repeat('plugin', $i)); }`, "fe740f36e69eff6ed6d68c5f13db8a80a"},
	{`mt_srand(SEED); $a = ['a' => 1, 'b' => 2, 7 => 3, 'd' => 4, 'e' => 5]; $o = []; for ($i = 1; $i < 6; $i++) { $o[] = implode(',', (array) array_rand($a, $i)); $o[] = array_rand($a); }`, "f22e0530a83665ce76ad14fcd66eb8ecc"},
	{`$r = new Random\Randomizer($e = new Random\Engine\Mt19937(SEED)); $o = []; for ($i = 1; $i < 20; $i++) array_push($o, $r->nextInt(), $r->getInt(-5, 99), $r->getInt(0, 5000000000), bin2hex($r->getBytes($i)), implode($r->shuffleArray(range(1, $i))), $r->shuffleBytes('scanner'), implode($r->pickArrayKeys(['a' => 1, 'b' => 2, 3], 2)), bin2hex($e->generate()));`, "fd6e486bcc7eb6f341b2e58676d6f82d7"},
	{`$r = new Random\Randomizer(new Random\Engine\Mt19937(SEED, MT_RAND_PHP)); $o = []; for ($i = 1; $i < 20; $i++) array_push($o, $r->nextInt(), $r->getInt(1, 90), $r->shuffleBytes('scanner'));`, "f62d844afa80a18a5e25034e700baa5a0"},
	{`$r = new Random\Randomizer($e = new Random\Engine\Xoshiro256StarStar(SEED)); $o = []; for ($i = 1; $i < 20; $i++) array_push($o, $r->nextInt(), $r->getInt(1, 90), $r->getInt(0, 5000000000), bin2hex($r->getBytes($i)), $r->shuffleBytes('scanner'), bin2hex($e->generate()));`, "f9efda5bae8fe5dba11ac2d4ecfc588ce"},
	{`$r = new Random\Randomizer($e = new Random\Engine\PcgOneseq128XslRr64(SEED)); $o = []; for ($i = 1; $i < 20; $i++) array_push($o, $r->nextInt(), $r->getInt(1, 90), $r->getInt(0, 5000000000), bin2hex($r->getBytes($i)), $r->shuffleBytes('scanner'), bin2hex($e->generate()));`, "f2e22729fa72a2f59503f2f2411bb0b71"},
	{`$s = substr(sha1('SEED', true) . md5('SEED', true), 0, 32); $a = new Random\Engine\Xoshiro256StarStar($s); $b = new Random\Engine\PcgOneseq128XslRr64(substr($s, 16)); $o = []; for ($i = 0; $i < 9; $i++) { $c = clone $a; array_push($o, bin2hex($c->generate()), bin2hex($a->generate() . $b->generate())); }`, "fa7018a130d0a3b6af491ad6ee487de56"},
	{`class Steps implements Random\Engine { function __construct(private int $n) { $this->n &= 65535; } function generate(): string { $this->n = ($this->n * 75 + 74) % 65537; return chr($this->n & 255) . chr($this->n >> 8 & 255) . 'x'; } } $r = new Random\Randomizer(new Steps(SEED)); $o = []; for ($i = 1; $i < 9; $i++) array_push($o, $r->nextInt(), $r->getInt(1, 90), $r->getInt(0, 5000000000), bin2hex($r->getBytes($i)), $r->shuffleBytes('scanner'));`, "fdbb9ce3aebf8d15f050ba7123548375a"},
}

// TestMethodsOfPHP83DrawAsItsSourceSays has methods that PHP 8.2 lacks draw from known bytes.
func TestMethodsOfPHP83DrawAsItsSourceSays(t *testing.T) {
	const engine = `<?php class E implements Random\Engine { private $n = 0; function generate(): string { return pack('P', 0x0807060504030201 + 0x1111111111111111 * $this->n++); } } $r = new Random\Randomizer(new E); `
	for code, want := range map[string]string{
		`$f = $r->getBytesFromString('abcdefgh', 10);`:                       "bcdefghacd", // 1 to 8, then 12 and 13, each modulo 8
		`$f = $r->getBytesFromString('abcde', 7);`:                           "bcdeacd",    // without 5 to 7
		`$f = $r->getBytesFromString(length: 3, string: 'x');`:               "xxx",
		`$f = $r->getBytesFromString(str_repeat('ab', 150), 1) . 'x';`:       "bx", // 0x04030201 modulo 300
		`$f = 'f' . (int) ($r->nextFloat() * 1000000);`:                      "f31357",
		`$f = 'f' . (int) ($r->nextFloat() + $r->nextFloat() * 1000000000);`: "f98023837",
	} {
		if src := engine + code + "$f('x');"; !calls(t, src, want) {
			t.Errorf("not %s but %s: %s", want, usesOf(Read([]byte(src))), code)
		}
	}
}

// sumOf is a script that calls the sum of what one of them draws.
func sumOf(code, seed string) string {
	return strings.ReplaceAll(code, "SEED", seed) + ` $f = 'f' . md5(implode(',', $o)); `
}

// Each of these calls system by letters that it draws. PHP 8.2 ran all of them.
const drawnNames = `
mt_srand(401); $f = str_shuffle('mestys'); $f('marker');
mt_srand(401); $a = str_split('mestys'); shuffle($a); $f = implode($a); $f('marker');
class K { private $p; function __construct($s) { srand($s); $this->p = ['m', 'e', 's', 't', 'y', 's']; } function name() { shuffle($this->p); return implode('', $this->p); } } $f = (new K(401))->name(); $f('marker');
use Random\{Randomizer, Engine\Mt19937}; $f = (new Randomizer(new Mt19937(401)))->shuffleBytes('mestys'); $f('marker');
namespace Acme; final class Salt { function __construct(private readonly \Random\Randomizer $r) {} function of(string $l): string { return implode($this->r->shuffleArray(str_split($l))); } } $f = (new Salt(new \Random\Randomizer(new \Random\Engine\Xoshiro256StarStar(1889))))->of('mestys'); $f('marker');
$r = new \Random\Randomizer(new \Random\Engine\PcgOneseq128XslRr64(884)); $f = implode($r->shuffleArray(str_split('mestys'))); call_user_func($f, 'marker');
function part($s) { mt_srand($s); return implode(array_map(fn () => chr(97 + rand(0, 25)), range(1, 3))); } $f = part(9176) . part(16178); $f('marker');
mt_srand(18663); $l = ['s', 'y', 't', 'e', 'm']; for ($f = ''; strlen($f) < 6; ) $f .= $l[array_rand($l)]; $f('marker');
mt_srand(23670, MT_RAND_PHP); $f = ''; while (strlen($f) < 6) { $f .= 'sytem'[mt_rand(0, 4)]; } $f('marker');
$r = new Random\Randomizer(new Random\Engine\Mt19937(seed: 18663)); $f = ''; foreach (range(1, 6) as $_) $f .= 'sytem'[$r->getInt(max: 4, min: 0)]; $f('marker');
mt_srand(3); $f = implode(array_rand(array_flip(['sys', 'x', 'tem', 'y']), 2)); $f('marker');
mt_srand(99); $f = ''; foreach (str_split(hex2bin('f25acadcac85')) as $c) $f .= chr(ord($c) ^ mt_rand(0, 255)); $f('marker');
function draw($n) { foreach (range(1, $n) as $_) yield chr(97 + mt_rand(0, 25)); } mt_srand(9176); $a = implode('', iterator_to_array(draw(3))); mt_srand(16178); $f = $a . implode('', iterator_to_array(draw(3))); $f('marker');
class Half implements Random\Engine { private $i = 0; function generate(): string { return substr('aabbccdd', 2 * ($this->i++ % 4), 2); } } $r = new Random\Randomizer(new Half); $f = 'sys' . (($r->getInt(0, 9) >= 0) ? 'tem' : ''); $f('marker');
mt_srand(crc32('kit')); $k = mt_rand(); mt_srand(crc32('kit')); $f = ['x', 'system'][mt_rand() === $k ? 1 : 0]; $f('marker');
$seeds = [9176, 16178]; $f = ''; array_walk($seeds, function ($s) use (&$f) { mt_srand($s); for ($i = 0; $i < 3; $i++) { $f .= chr(mt_rand(97, 122)); } }); $f('marker');
if (function_exists('mt_srand')) { mt_srand(401); } $f = str_shuffle('mestys'); $f('marker');
$l = 'sytem'; mt_srand(18663); $f = preg_replace_callback('/x/', fn () => $l[mt_rand(0, strlen($l) - 1)], 'xxxxxx'); $f('marker');
$e = new Random\Engine\Mt19937(401); $c = clone $e; (new Random\Randomizer($e))->getInt(1, 9); $f = (new Random\Randomizer($c))->shuffleBytes('mestys'); $f('marker');
mt_srand(401); $m = ['m', 'e', 's', 't', 'y', 's']; for ($i = 5; $i > 0; $i--) { $j = mt_rand(0, $i); [$m[$i], $m[$j]] = [$m[$j], $m[$i]]; } $f = join($m); $f('marker');
`

func TestNamesThatAreDrawnAreFound(t *testing.T) {
	for line := range strings.Lines(drawnNames) {
		if line = strings.TrimSpace(line); line != "" && !calls(t, "<?php "+line, "system") {
			t.Errorf("not found: %s", line)
		}
	}
}

func TestWhatIsDrawnWithoutAKnownSeedIsNotMadeUp(t *testing.T) {
	for _, code := range []string{
		`mt_srand(402); $f = str_shuffle('mestys'); $f('marker');`,
		`mt_srand($x); $f = str_shuffle('mestys'); $f('marker');`,
		`mt_srand(401); mt_rand(); $f = str_shuffle('mestys'); $f('marker');`,
		`mt_srand(163); if ($x) mt_rand(); $f = str_shuffle('mestys'); $f('marker');`,
		`mt_srand(401); shuffle($x); $f = str_shuffle('mestys'); $f('marker');`,
		`mt_srand(401); mt_srand(); $f = str_shuffle('mestys'); $f('marker');`,
		`$f = (new Random\Randomizer)->shuffleBytes('mestys'); $f('marker');`,
		`$r = new Random\Randomizer(new Random\Engine\Mt19937(401)); $r->getBytes($x); $f = $r->shuffleBytes('mestys'); $f('marker');`,
		`$r = new Random\Randomizer($e = new Random\Engine\Mt19937(401)); $e->generate(); $f = $r->shuffleBytes('mestys'); $f('marker');`,
	} {
		if calls(t, "<?php "+code, "system") {
			t.Errorf("found: %s", code)
		}
	}
}

func TestNumbersOfASeedAreThoseThatPHPDraws(t *testing.T) {
	for _, c := range randomNumbers {
		if src := "<?php " + sumOf(c.code, "20231") + "$f('x');"; !calls(t, src, c.sum) {
			t.Errorf("not %s but %s: %s", c.sum, usesOf(Read([]byte(src))), c.code)
		}
	}
}
