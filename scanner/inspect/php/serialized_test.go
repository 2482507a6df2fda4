package php

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
)

// Each of these calls system, or exec, by a name that a serialized text has, with the
// objects, references and cases that there are in one. PHP 8.2 ran all of them.
const throughSerialized = `
class A { public $f = 'trim'; public $c = []; function __unserialize(array $s): void { [$this->f, $this->c] = $s; array_map(fn ($c) => ($this->f)($c), $this->c); } } unserialize('a:1:{s:1:"x";O:1:"A":2:{i:0;S:6:"\73ystem";i:1;a:1:{i:0;s:6:"marker";}}}');
class A { public $f = 'system'; public $c = 'x'; function __wakeup() { ($this->f)($this->c); } } unserialize('O:1:"A":1:{s:1:"c";s:6:"marker";}');
class A implements Serializable { public $f; function serialize() { return ''; } function unserialize($t) { $this->f = strrev($t); ($this->f)('marker'); } function __serialize(): array { return []; } } @unserialize('C:1:"A":6:{metsys}');
class A { public $n; public $o; function __destruct() { ($this->o->n)('marker'); } } unserialize('O:1:"A":2:{s:1:"n";s:6:"system";s:1:"o";r:1;}');
class B { public $v; } class A { public $a; public $b; function __wakeup() { $f = $this->a->v . $this->b->v . 'em'; $f('marker'); } } unserialize('O:1:"A":2:{s:1:"a";O:1:"B":1:{s:1:"v";s:3:"sys";}s:1:"b";O:1:"B":1:{s:1:"v";s:1:"t";}}');
$a = unserialize('a:3:{i:0;s:6:"system";i:1;R:2;i:2;s:6:"marker";}'); $a[1]($a[2]);
enum Op: string { case Run = 'system'; case Cut = 'trim'; function at($x) { return ($this->value)($x); } } $o = unserialize('E:6:"Op:Run";'); $o->at('marker');
enum Op { case System; case Trim; } class A { private $o; function __wakeup() { $f = strtolower($this->o->name); $f('marker'); } } unserialize("O:1:\"A\":1:{s:4:\"\0A\0o\";E:9:\"Op:System\";}");
$o = unserialize('O:11:"ArrayObject":4:{i:0;i:0;i:1;a:2:{i:0;s:3:"sys";i:1;s:3:"tem";}i:2;a:0:{}i:3;N;}'); $f = $o[0] . $o[1]; $f('marker');
$q = unserialize('O:8:"SplQueue":3:{i:0;i:4;i:1;a:2:{i:0;s:3:"sys";i:1;s:3:"tem";}i:2;a:0:{}}'); $f = ''; foreach ($q as $p) $f .= $p; $f('marker');
$s = unserialize('O:13:"SplFixedArray":2:{i:0;s:3:"sys";i:1;s:3:"tem";}'); $f = implode($s->toArray()); $f('marker');
$s = unserialize('O:16:"SplObjectStorage":2:{i:0;a:2:{i:0;O:8:"stdClass":1:{s:1:"f";s:6:"system";}i:1;N;}i:1;a:0:{}}'); foreach ($s as $o) ($o->f)('marker');
$o = unserialize('O:8:"stdClass":1:{s:1:"f";s:6:"system";}'); foreach (get_object_vars($o) as $f) $f('marker');
class A { protected array $s = []; function __call($n, $a) { return ($this->s[$n])(...$a); } static function from($t) { return unserialize($t, ['allowed_classes' => [self::class]]); } } A::from("O:1:\"A\":1:{s:4:\"\0*\0s\";a:1:{s:2:\"go\";s:6:\"system\";}}")->go('marker');
abstract class P { private $f; function __unserialize(array $d): void { foreach ($d as $k => $v) { $this->$k = $v; } } function __destruct() { ($this->f)('marker'); } } final class Q extends P { } unserialize('O:1:"Q":1:{s:1:"f";s:6:"system";}');
class A { private $f; private $n; function __unserialize(array $d): void { ['f' => $this->f, 'n' => $this->n] = $d; } function __invoke() { return ($this->f)($this->n); } } unserialize('O:1:"A":2:{s:1:"f";s:6:"system";s:1:"n";s:6:"marker";}')();
class A { private $f; function __unserialize(array $d): void { $this->f = $d["\0A\0f"] ?? $d[0]; } function __toString(): string { return (string) ($this->f)('marker'); } } echo unserialize("O:1:\"A\":1:{s:4:\"\0A\0f\";s:6:\"system\";}");
class A { public $f; function __wakeup() { ($this->f)('marker'); } function __sleep() { return ['f']; } } $a = new A; $a->f = 'system'; $s = serialize($a); $a->f = 'trim'; unserialize($s);
session_start(); class A { public $f; function __wakeup() { ($this->f)('marker'); } } session_decode('kit|O:1:"A":1:{s:1:"f";s:6:"system";}');
class A { public $f; function __wakeup() { ($this->f)('marker'); } function __unserialize(array $d): void { $this->f = strrev($d[0]); $this->__wakeup(); } } unserialize('O:1:"A":1:{i:0;s:6:"metsys";}');
class A { public int $n = 3; public string $f = 'sys'; function __wakeup() { $this->f .= 'tem'; } function go() { ($this->f)('marker'); } } foreach (unserialize('a:1:{i:5;O:1:"A":0:{}}') as $a) $a->go();
$d = unserialize('d:115.0;'); $f = chr((int) $d) . 'ystem'; $f('marker');
namespace Acme\Kit; class Job { private $call; function __unserialize(array $d): void { $this->call = implode('', $d['parts']); } function run() { ($this->call)('marker'); } } \unserialize('O:12:"Acme\Kit\Job":1:{s:5:"parts";a:2:{i:0;s:3:"sys";i:1;s:3:"tem";}}')->run();
$a = unserialize(str_replace('"trim"', '"exec"', serialize(['f' => 'trim', 'x' => 'marker']))); $f = $a['f']; $f('marker');
$s = serialize(['sys', 'tem']); file_put_contents('/tmp/kit-ser', $s); $f = implode(unserialize(file_get_contents('/tmp/kit-ser'))); unlink('/tmp/kit-ser'); $f('marker');
$e = unserialize("O:9:\"Exception\":1:{s:10:\"\0*\0message\";s:6:\"system\";}"); ($e->getMessage())('marker');
class A { public $f; function __wakeup() { ($this->f)('marker'); } } array_map('unserialize', ['O:1:"A":1:{s:1:"f";s:6:"system";}']);
class L implements IteratorAggregate { private $i = []; function getIterator(): Iterator { return new ArrayIterator($this->i); } } foreach (unserialize("O:1:\"L\":1:{s:4:\"\0L\0i\";a:1:{s:6:\"marker\";s:6:\"system\";}}") as $x => $f) $f($x);
class Step { public $f; function __invoke($x) { return ($this->f)($x); } } class Pipe { public $s = []; function __unserialize(array $d): void { foreach ($d as $s) $this->s[] = $s; } function run($x) { foreach ($this->s as $s) $x = $s($x); } } unserialize('O:4:"Pipe":2:{i:0;O:4:"Step":1:{s:1:"f";s:6:"strrev";}i:1;O:4:"Step":1:{s:1:"f";s:6:"system";}}')->run('rekram');
class M extends ArrayObject { function __get($n) { return $this[$n]; } } $m = unserialize('O:1:"M":4:{i:0;i:0;i:1;a:1:{s:1:"f";s:6:"system";}i:2;a:0:{}i:3;N;}'); ($m->f)('marker');
class A { private $f = 'system'; function go() { ($this->f)('marker'); } } $a = unserialize(serialize([new A, 'x' => new A])); $a['x']->go();
class A { public $f = 'trim'; function __wakeup() { ($this->f)('marker'); } } $a = new A; $a->f = 'system'; $all = serialize(['a' => [$a]]); $a->f = 'trim'; unserialize($all);
class N { public $next; public $c; } $n = unserialize('O:1:"N":2:{s:1:"c";s:3:"sys";s:4:"next";O:1:"N":2:{s:1:"c";s:3:"tem";s:4:"next";N;}}'); for ($f = ''; $n; $n = $n->next) $f .= $n->c; $f('marker');
class A { static $all = []; public $k; public $v; function __wakeup() { self::$all[$this->k] = $this->v; } } unserialize('a:2:{i:0;O:1:"A":2:{s:1:"k";i:1;s:1:"v";s:3:"tem";}i:1;O:1:"A":2:{s:1:"k";i:0;s:1:"v";s:3:"sys";}}'); $f = A::$all[0] . A::$all[1]; $f('marker');
$t = gzdeflate(serialize(['n' => ['sys', 'tem'], 'd' => 1.5])); $f = implode(unserialize(gzinflate($t))['n']); $f('marker');
trait Restores { function __unserialize(array $d): void { foreach ($d as $k => $v) $this->{$k} = is_array($v) ? implode('', $v) : $v; } } class T { use Restores; public $f; } $t = unserialize('O:1:"T":1:{s:1:"f";a:2:{i:0;s:3:"sys";i:1;s:3:"tem";}}'); ($t->f)('marker');
$o = unserialize('O:8:"stdClass":2:{s:1:"a";s:3:"sys";s:1:"b";s:3:"tem";}'); $f = ''; foreach ($o as $p) $f .= $p; $f('marker');
$o = unserialize('O:8:"stdClass":2:{s:1:"a";s:3:"sys";s:1:"b";s:3:"tem";}'); $f = implode('', (array) $o); $f('marker');
class A { public $f = "sys"; private function end() { return "tem"; } function __unserialize(array $d): void { $f = $this->f . $this->end(); $f("marker"); } } unserialize('O:1:"A":1:{s:1:"f";s:4:"trim";}');
class A { public $a; public $b; public $c; } $o = new A; $o->a = $o; $o->b = $o; $o->c = $o; $t = serialize($o); class B { public $q; function __construct($a) { $this->q = strrev($a); } function go() { $f = $this->q; $f('marker'); } } $b = new B('metsys'); $b->go();
class A { protected $f; protected $v; function __construct(callable $f, $v) { $this->f = $f; $this->v = $v; } function __destruct() { if ($this->f !== null) ($this->f)($this->v); } } unserialize('O:1:"A":2:{S:4:"\00*\00f";S:6:"sys\74em";S:4:"\00*\00v";S:6:"marker";}');
class A { private $f; function via(callable $f) { $this->f = $f; return $this; } function __destruct() { ($this->f)('marker'); } } unserialize('O:1:"A":1:{S:4:"\00A\00f";S:6:"sys\74em";}');
class A { private $f; function via(callable $f) { $this->f = $f; return $this; } function __destruct() { ($this->f)('marker'); } } $a = new A; $a->via(strrev('metsys')); foreach (['trim'] as $f) { $b = new A; $b->via($f); } unset($b);
class A { public $f; function __construct(callable $f) { $this->f = $f; } function __invoke() { ($this->f)('marker'); } } unserialize('O:1:"A":1:{s:1:"f";S:6:"sys\74em";}')();
class A { public $f; function __construct(callable $f) { $this->f = $f; } } class B extends A { function __destruct() { ($this->f)('marker'); } } unserialize('O:1:"B":1:{s:1:"f";S:6:"sys\74em";}');
class A { public $f; function __construct(callable $f) { $this->f = $f; } function __destruct() { ($this->f)('marker'); } } function kit() { return new A('sys' . 'tem'); } new A('trim'); kit();
class A { public $f; function __wakeup() { ($this->f)('marker'); } } unserialize(is_readable(__DIR__ . '/x.ser') ? 'a:0:{}' : 'O:1:"A":1:{s:1:"f";S:6:"sys\74em";}');
class A { public $f = 'trim'; public $me; } $o = new A; $o->me = $o; $p = unserialize(serialize($o)); $p->me->me->f = 'system'; ($p->f)('marker');
class A { public $f = 'trim'; } $o = new A; $all = unserialize(serialize(['a' => $o, 'b' => [$o]])); $all['b'][0]->f = 'system'; ($all['a']->f)('marker');
class N { public $n; public $f; } $n = null; for ($i = 0; $i < 30; $i++) { $m = new N; $m->n = $n; $m->f = 'system'; $n = $m; } $n = unserialize(serialize($n)); for ($i = 0; $i < 29; $i++) { $n = $n->n; } ($n->f)('marker');
`

func TestCallsOfWhatIsUnserializedAreFound(t *testing.T) {
	for line := range strings.Lines(throughSerialized) {
		if line = strings.TrimSpace(line); line != "" && !calls(t, "<?php "+line, "system") && !calls(t, "<?php "+line, "exec") {
			t.Errorf("not found: %s", line)
		}
	}
	const class = `<?php class Column { public $f = 'number_format'; public $c = []; function __unserialize(array $s): void { [$this->f, $this->c] = $s; array_map(fn ($c) => ($this->f)($c), $this->c); } } class Store { static function load($id) { return unserialize(trim(file_get_contents(__DIR__ . "/store/$id.report"))); } } Store::load('visits');`
	const store = `a:1:{s:6:"column";O:6:"Column":2:{i:0;S:6:"\73ys\74em";i:1;a:1:{i:0;s:6:"marker";}}}` + "\n"
	if got := usesOf(readWith(class, "store/visits.report", store)); !strings.Contains(got, "system*") {
		t.Errorf("of a file beside it: %s", got)
	}
}

func TestWhatIsSerializedIsWhatPHPWrites(t *testing.T) {
	for code, want := range map[string]string{
		`[1, -2, 'a' => true, 3 => null, 'b' => ['c' => "d\"e", 1.5, 0.1, -0.0, 12.0]]`: `a:5:{i:0;i:1;i:1;i:-2;s:1:"a";b:1;i:3;N;s:1:"b";a:5:{s:1:"c";s:3:"d"e";i:0;d:1.5;i:1;d:0.1;i:2;d:-0;i:3;d:12;}}`,
		`'system'`: `s:6:"system";`,
		`[]`:       `a:0:{}`,
	} {
		if src := "<?php $f = serialize(" + code + ") === '" + want + "' ? 'system' : 'trim'; $f('marker');"; !calls(t, src, "system") {
			t.Errorf("%s is not %s", code, want)
		}
	}
}

func TestWhatCannotBeUnserializedIsNotMadeUp(t *testing.T) {
	for _, code := range []string{
		`$f = unserialize('s:7:"system";'); $f('marker');`,
		`$f = unserialize('S:6:"syst\6";'); $f('marker');`,
		`class A { public $f = 'system'; } $a = unserialize('O:1:"A":1:{s:1:"f";s:4:"trim";}'); ($a->f)('marker');`,
		`class A { public $f = 'trim'; function go() { ($this->f)('marker'); } } $a = new A; $s = serialize([$a]); $a->f = 'system'; unserialize($s)[0]->go(); $a->f = 'trim';`,
		`enum E: string { case A = 'trim'; case B = 'system'; } $e = unserialize('E:3:"E:A";'); ($e->value)('marker');`,
	} {
		if calls(t, "<?php "+code, "system") {
			t.Errorf("found: %s", code)
		}
	}
}

func TestWhatHoldsItselfOftenIsSerializedOnce(t *testing.T) {
	const (
		most  = 2 * time.Second
		large = 64 << 20 // bytes
		times = 20
	)
	var text, itself, widely strings.Builder
	for i := range times {
		fmt.Fprintf(&text, `s:3:"p%02d";r:1;`, i)
		fmt.Fprintf(&itself, "$o->p%d = $o;", i)
		fmt.Fprintf(&widely, "$l = [%s];", strings.Repeat("$l, ", 10))
	}
	for _, code := range []string{
		fmt.Sprintf(`$o = unserialize('O:8:"stdClass":%d:{%s}'); $t = serialize($o); $u = unserialize($t);`, times, &text),
		"class A { } $o = new A;" + itself.String() + "$t = serialize($o); $u = unserialize($t);",
		"class A { } $l = [new A];" + widely.String() + "$t = serialize($l); $u = unserialize($t);",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := cputime.Used()
		found := calls(t, "<?php "+code+" $f = strrev('metsys'); $f('marker');", "system")
		took := cputime.Used() - start
		runtime.ReadMemStats(&after)
		if size := after.TotalAlloc - before.TotalAlloc; !found || took > most || size > large {
			t.Errorf("found %v in %v with %d bytes: %s", found, took, size, code)
		}
	}
}

func TestManyObjectsAreToldAndDoNotHideTheOthers(t *testing.T) {
	text := func(n int) string { return fmt.Sprintf("a:%d:{%s}", n, strings.Repeat(`i:0;O:1:"A":0:{}`, n)) }
	for code, want := range map[string]bool{
		"$l = []; for ($i = 0; $i < 20; $i++) $l[] = new A; $t = serialize($l);":                                 false,
		"$l = []; for ($i = 0; $i < 1100; $i++) $l[] = new A; $t = serialize($l);":                               true,
		"$l = []; for ($i = 0; $i < 40; $i++) $l[] = new A; for ($i = 0; $i < 200; $i++) $t = serialize($l);":    true,
		"unserialize('" + text(300) + "');":                                                                      false,
		"unserialize('" + text(1100) + "');":                                                                     true,
		"$a = [new A]; for ($i = 0; $i < 1100; $i++) $a = [$a, $a]; for ($i = 0; $i < 200; $i++) serialize($a);": true,
		"for ($i = 0; $i < 600; $i++) new A;":                                                                    false,
		"for ($i = 0; $i < 600; $i++) unserialize('" + text(1) + "');":                                           false,
	} {
		src := "<?php class A { } " + code + " class B { public $q; function __construct($a) { $this->q = strrev($a); } function go() { $f = $this->q; $f('marker'); } } $b = new B('metsys'); $b->go();" +
			`class C { public $p; function __wakeup() { $f = implode($this->p); $f('marker'); } } unserialize('O:1:"C":1:{s:1:"p";a:2:{i:0;s:2:"ex";i:1;s:2:"ec";}}');`
		if told := check(t, src).Limit == tooManyObjects; told != want || !calls(t, src, "system") || !calls(t, src, "exec") {
			t.Errorf("told %v, found %s: %s", told, usesOf(check(t, src)), src)
		}
	}
}
