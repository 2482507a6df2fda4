package php

import (
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
	"plugvet/scanner/inspect/script"
)

// heirs are classes whose methods run what classes that extend them say, and such classes.
var heirs = [][2]string{
	{`abstract class R { const H = ''; const T = ''; function run($t) { proc_open([static::H . static::T, '-e', $t], [], $p); } }`, `final class F extends R { const H = '/usr/bin/osa'; const T = 'script'; }`},
	{`abstract class R { function run($t) { proc_open([static::H . static::T, '-e', $t], [], $p); } }`, `class F extends R { const H = '/usr/bin/osa'; const T = 'script'; }`},
	{`class R { protected static $h = '', $t = ''; static function run() { exec(static::$h . static::$t); } }`, `class F extends R { protected static $h = '/usr/bin/osa', $t = 'script'; }`},
	{`abstract class R { abstract function h(); abstract function t(); function run() { exec($this->h() . $this->t()); } }`, `class F extends R { function h() { return '/usr/bin/osa'; } function t() { return 'script'; } }`},
	{`class R { function h() { return 'a'; } function t() { return 'b'; } function run() { exec($this->h() . $this->t()); } }`, `class F extends R { function h() { return '/usr/bin/osa'; } function t() { return 'script'; } }`},
	{`class R { static function h() { return 'a'; } static function t() { return 'b'; } static function run() { exec(static::h() . static::t()); } }`, `class F extends R { static function h() { return '/usr/bin/osa'; } static function t() { return 'script'; } }`},
	{`class R { protected string $h = 'a', $t = 'b'; function run() { exec("{$this->h}{$this->t}"); } }`, `class F extends R { protected string $h = '/usr/bin/osa', $t = 'script'; }`},
	{`abstract class R { public $h, $t; function run() { exec($this->h . $this->t); } }`, `class F extends R { public $h = '/usr/bin/osa', $t = 'script'; }`},
	{`abstract class R { function run() { exec($this::H . $this::T); } }`, `class F extends R { const H = '/usr/bin/osa', T = 'script'; }`},
	{`trait R { function run() { exec(self::H . static::T); } }`, `final class F { use R; const H = '/usr/bin/osa', T = 'script'; }`},
	{`trait R { abstract function h(); function run() { exec($this->h() . 'script'); } }`, `class F { use R; function h() { return '/usr/bin/osa'; } }`},
	{`class R { const P = ['ls']; function run() { exec(implode(static::P)); } }`, `class F extends R { const P = ['/usr/bin/osa', 'script']; }`},
	{`class R { protected array $p = ['ls', '-l']; function run() { exec(implode($this->p)); } }`, `class F extends R { protected array $p = ['/usr/bin/osa', 'script']; }`},
	{`abstract class R { const H = '', T = ''; function run() { return fn () => exec(static::H . static::T); } }`, `class F extends R { const H = '/usr/bin/osa', T = 'script'; }`},
	{`abstract class R { const H = '', T = ''; private $c; function __construct() { $this->c = static::H . static::T; } function run() { exec($this->c); } }`, `class F extends R { const H = '/usr/bin/osa', T = 'script'; }`},
	{`abstract class R { const H = ''; private function line() { return strrev(static::H); } function run() { exec($this->line()); } }`, `class F extends R { const H = 'tpircsaso/nib/rsu/'; }`},
	{`abstract class Q { abstract protected function line(); function run() { exec($this->line()); } } abstract class R extends Q { const H = ''; protected function line() { return static::H . 'script'; } }`, `class F extends R { const H = '/usr/bin/osa'; }`},
	{`abstract class R { abstract static function all(): array; function run() { foreach (static::all() as $one) exec($one->h . 'script'); } }`, `class P { function __construct(readonly string $h) {} } class F extends R { static function all(): array { return [new P('/usr/bin/osa')]; } }`},
}

func TestWhatClassesInheritRunsAsTheirs(t *testing.T) {
	for _, of := range heirs {
		for name, v := range map[string]*script.View{
			"one file":   Read([]byte("<?php " + of[0] + " " + of[1])),
			"the parent": readWith("<?php "+of[0], "f.php", "<?php "+of[1]),
			"the heir":   readWith("<?php "+of[1], "r.php", "<?php "+of[0]),
		} {
			if !strings.Contains(string(v.Text), `osascript`) {
				t.Errorf("%s: %s\n%s", name, usesOf(v), v.Text)
			}
		}
	}
}

func TestAClassIsOpenToThoseThatExtendIt(t *testing.T) {
	for _, of := range heirs {
		if v := Read([]byte("<?php " + of[0])); v.Open&^script.Assembles == 0 {
			t.Errorf("is open to nothing: %s", of[0])
		}
	}
	for _, code := range []string{
		`final class R { const H = 'a', T = 'b'; function run() { exec(static::H . static::T); } }`,
		`class R { const H = 'a', T = 'b'; function run() { exec(self::H . self::T . R::H); } }`,
		`class R { private $h = 'a', $t = 'b'; function run() { exec($this->h . $this->t); } }`,
		`class R { private function h() { return 'a'; } function run() { exec($this->h() . 'b'); } }`,
		`enum R: string { case A = 'a'; const B = self::A; function run() { exec(static::B->value . 'b'); } }`,
	} {
		if v := Read([]byte("<?php " + code)); v.Open&script.OpenToFiles != 0 {
			t.Errorf("is open to others: %s", code)
		}
	}
}

func TestWhatManyClassesInheritIsLookedAtWithinLimits(t *testing.T) {
	const methods, classes, most = 3000, 6000, 2 * time.Second
	for _, method := range []string{"function m%() {} ", "abstract function m%(); "} {
		var b strings.Builder
		b.WriteString("<?php $f = 'sys' . 'tem'; $f('x'); abstract class B { ")
		for i := range methods {
			b.WriteString(strings.Replace(method, "%", itoa(i), 1))
		}
		b.WriteString("} ")
		for i := range classes {
			b.WriteString("class C" + itoa(i) + " extends B { const X = 1; } ")
		}
		start := cputime.Used()
		Read([]byte(b.String()))
		if took := cputime.Used() - start; took > most {
			t.Errorf("%s took %v", method, took)
		}
	}
}
