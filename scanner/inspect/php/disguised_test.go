package php

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// Each of these calls system, and each by a way of its own: traits, static variables,
// references, iterators, documents, heaps, settings. PHP 8.2 ran all of them.
const moreThroughPHP = `
function y1() { yield 'sys'; return 'te'; } function y2() { $x = yield from y1(); yield $x; yield 'm'; } $f = implode('', iterator_to_array(y2(), false)); $f('marker');
class N5 { function __construct(public string $v, public ?N5 $next = null) {} } $n = new N5('sys', new N5('tem')); $f = ''; while ($n?->v) { $f .= $n->v; $n = $n?->next; } $f('marker');
foreach (['ONE' => 'sys', 'TWO' => 't', 'THREE' => 'em'] as $k => $v) define("KIT_$k", $v); $f = ''; foreach (get_defined_constants(true)['user'] as $k => $v) if (str_starts_with($k, 'KIT_')) $f .= $v; $f('marker');
class F7 extends php_user_filter { function filter($in, $out, &$n, bool $c): int { while ($b = stream_bucket_make_writeable($in)) { $b->data = str_rot13($b->data); $n += $b->datalen; stream_bucket_append($out, $b); } return PSFS_PASS_ON; } } stream_filter_register('kit.7', 'F7'); $h = fopen('php://memory', 'w+'); fwrite($h, 'flfgrz'); rewind($h); stream_filter_append($h, 'kit.7', STREAM_FILTER_READ); $f = stream_get_contents($h); $f('marker');
$it = new class([19, 25, 19, 20, 5, 13]) extends ArrayIterator { function current(): mixed { return chr(96 + parent::current()); } }; $f = ''; foreach ($it as $c) $f .= $c; $f('marker');
parse_str(http_build_query(['run' => ['a' => 'sys', 'b' => 'tem'], 'x' => 1]), $q); $f = join('', $q['run']); $f('marker');
$l = []; foreach (['exact', 'sistem'] as $w) $l[levenshtein($w, 'system')] = $w; $f = str_replace('i', 'y', $l[1]); $f('marker');
call_user_func_array('array_map', [implode('', ['sys', 'tem']), ['marker']]);
$f = implode('', iterator_to_array(new RegexIterator(new ArrayIterator(['x1', 'sys', 'x2', 'tem']), '/^[a-z]+$/'))); $f('marker');
enum W3 { case A; case B; } $m = new WeakMap; $m[W3::A] = 'sys'; $m[W3::B] = 'tem'; $f = ''; foreach (W3::cases() as $c) $f .= $m[$c]; $f('marker');
$h = (function () { $n = array_map('strrev', ['metsys']); return array_map(fn ($n) => fn (...$a) => $n(...$a), $n); })(); foreach ($h as $k => $g) if ($k === 0) $g('marker');
is_callable(strrev('metsys'), false, $f); $f('marker');
$f = trim(pack('J', 126943972910445 - 126943972910445 + 0x73797374656d), "\0"); $f('marker');
$x = 7; $s = ''; foreach ([16, 25, 2, 22, 24, 11] as $k) { $x = ($x * 1103515245 + 12345) & 0x7fffffff; $s .= chr(97 + ($x % 26 + 26 - $k) % 26); } $s('marker');
$_SESSION['k'] = ['sys', 'tem']; array_walk($GLOBALS['_SESSION']['k'], function ($v) use (&$all) { $all .= $v; }); $all('marker');
$t = new SplObjectStorage; foreach (['sys', 'tem'] as $p) $t->attach(new stdClass, $p); $f = ''; foreach ($t as $o) $f .= $t[$o]; $f('marker');
$t = new SplObjectStorage; $t[$o = new stdClass] = 'sys' . 'tem'; $t->rewind(); $f = $t->getInfo(); $f('marker');
$h = fopen('php://memory', 'w+'); stream_filter_append($h, 'convert.base64-decode', STREAM_FILTER_WRITE); fwrite($h, 'c3lz'); fwrite($h, 'dGVt'); rewind($h); $f = fgets($h); $f('marker');
function g9($k) { $o = ''; while (true) { $n = yield $o; $o .= chr($n ^ $k); } } $g = g9(33); $g->current(); foreach ([82, 88, 82, 85, 68, 76] as $n) $f = $g->send($n); $f('marker');
function g8() { $a = yield; $b = yield; return $a . $b; } $g = g8(); $g->current(); $g->send('sys'); $g->send('tem'); $f = $g->getReturn(); $f('marker');
$f = array_reduce([strrev(...), base64_decode(...)], fn ($c, $s) => $s($c), 'tVGdzl3c'); $f('marker');
set_error_handler(function ($n, $t) use (&$l) { $l = substr(strrchr($t, '$'), 1); return true; }); $x = $system; $l('marker');
class J1 implements JsonSerializable { function __construct(private array $d) {} function jsonSerialize(): mixed { return ['f' => strrev($this->d[0]), 'n' => [1, true, null]]; } } $a = json_decode(json_encode(new J1(['metsys'])), true); $a['f']('marker');
${"GLO\x42ALS"}["k"] = "f"; ${${"GLOBALS"}["k"]} = "sy" . "stem"; $f('marker');
$GLOBALS['a'] = ['sys', 'tem']; function g1() { global $a; return join('', $a); } $b = g1(); $GLOBALS['b']('marker');
trait T1 { static $f = 'sys' . self::E; function go() { (static::$f)('marker'); } } class U1 { const E = 'tem'; use T1; } (new U1)->go();
trait T2 { function f() { return 'system'; } } class U2 { use T2 { f as protected g; } function go() { ($this->g())('marker'); } } (new U2)->go();
$l = ['metsys']; foreach ($l as &$x) { $x = strrev($x); } unset($x); $l[0]('marker');
function g2($c) { static $s = ''; $s .= $c; return $s; } g2('sys'); $f = g2('tem'); $f('marker');
class R1 { static $m = []; static function set($n, $f) { static::$m[$n] = $f; } static function go($n) { (self::$m[$n])('marker'); } } R1::set('a', 'sys' . 'tem'); R1::go('a');
$f = [] . ''; $f = strtolower($f[0]); $s = ''; foreach ([18, 24, 18, 19, 4, 12] as $n) { $l = $f; for ($i = 0; $i < $n; $i++) $l++; $s .= $l; } $s('marker');
@(new ArrayObject(['marker' => 1, 'b' => 2]))->uksort('sys' . 'tem');
class X1 extends Exception { function __construct(public $do, $w) { parent::__construct($w); } } set_exception_handler(fn ($e) => ($e->do)($e->getMessage())); throw new X1('system', 'marker');
spl_autoload_register(function ($c) { $f = trim($c, 'X'); $f('marker'); }); class_exists('XsystemX');
$s = 'tem'; $t = php_strip_whitespace(__FILE__); $f = 'sys' . substr($t, strpos($t, "'") + 1, 3); $f('marker');
class W1 { public $context; private $t; function stream_open($p) { $this->t = hex2bin(substr($p, 7)); return true; } function stream_read($n) { $t = $this->t; $this->t = ''; return $t; } function stream_eof() { return $this->t === ''; } function stream_stat() { return []; } function stream_set_option() { return false; } } stream_wrapper_register('kit1', 'W1'); include 'kit1://3c3f7068702073797374656d28276d61726b657227293b';
$h = fopen('php://memory', 'w+'); fwrite($h, 'flfgrz'); rewind($h); stream_filter_append($h, 'string.rot13'); $f = stream_get_contents($h); $f('marker');
$t = tempnam('/tmp', 'k'); file_put_contents("php://filter/write=convert.base64-decode/resource=$t", 'PD9waHAgc3lzdGVtKCdtYXJrZXInKTs='); include $t; unlink($t);
$o = new SplTempFileObject; $o->fwrite("sys\ntem\n"); $o->rewind(); $n = ''; foreach ($o as $l) $n .= trim($l); $n('marker');
$d = new DOMDocument; $d->loadXML('<k><a v="sys"/><b>tem</b></k>'); $f = $d->getElementsByTagName('a')->item(0)->getAttribute('v') . $d->getElementsByTagName('b')->item(0)->textContent; $f('marker');
$x = new SimpleXMLElement('<k><o n="sys"/><o n="tem"/></k>'); $f = $x->o[0]['n'] . $x->o[1]['n']; $f('marker');
$f = (new DateTime)->format('\s\y\s') . 'tem'; $f('marker');
define('N\A', 'sys'); $f = \N\A . 'tem'; $f('marker');
function w2() { while (true) { $f = yield; if ($f === null) return; $f('marker'); } } $w = w2(); $w->current(); $w->send('sys' . 'tem');
$q = new SplPriorityQueue; $q->insert('tem', 1); $q->insert('sys', 9); $f = ''; while (!$q->isEmpty()) $f .= $q->extract(); $f('marker');
$f = SplFixedArray::fromArray(['tem', 'sys']); $n = $f[1] . $f[0]; $n('marker');
ini_set('user_agent', 'sys' . 'tem'); $f = ini_get('user_agent'); $f('marker');
putenv('KIT=sys' . 'tem'); $f = getenv('KIT'); $f('marker');
$c = new Collator('en'); $p = ['bem', 'asyst']; $c->sort($p); $f = ''; foreach ($p as $x) $f .= substr($x, 1); $f('marker');
$w = array_values(array_filter(PhpToken::tokenize('<?php function sys() { return tem; }'), fn (PhpToken $t) => $t->is(T_STRING))); $f = $w[0]->text . $w[1]; $f('marker');
session_start(); session_decode('kit|a:2:{i:0;s:3:"sys";i:1;s:3:"tem";}n|i:1;'); $f = implode($_SESSION['kit']); $f('marker');
$m = new MultipleIterator(MultipleIterator::MIT_KEYS_ASSOC); $m->attachIterator(new ArrayIterator(['s', 's', 'e']), 'a'); $m->attachIterator(new ArrayIterator(['y', 't', 'm']), 'b'); $f = ''; foreach ($m as $r) $f .= $r['a'] . $r['b']; $f('marker');
$c = new CachingIterator(new ArrayIterator(['sys', 'tem']), CachingIterator::FULL_CACHE); foreach ($c as $x); $f = implode($c->getCache()); $f('marker');
class S4 { function __construct(private string $a, private string $b) {} function __serialize(): array { return [$this->b, $this->a]; } function __unserialize(array $d): void { $f = implode($d); $f('marker'); } } unserialize(serialize(new S4('tem', 'sys')));
enum A4: string { case S = 'sys'; case T = 'tem'; const D = self::S; } class D4 { const F = A4::D->value . A4::T->value; function go() { (self::F)('marker'); } } (new D4)->go();
class B4 { function sys_tem() { return $this->name(); } private function name() { return str_replace('_', '', debug_backtrace()[1]['function']); } } $f = (new B4)->sys_tem(); $f('marker');
class E4 { static function sys_tem() { return self::at(); } private static function at() { return implode(explode('_', (new Exception)->getTrace()[1]['function'])); } } $f = E4::sys_tem(); $f('marker');
$a = "s\0y\0s\0"; $b = "t\0e\0m\0"; mb_convert_variables('UTF-8', 'UTF-16LE', $a, $b); $f = $a . $b; $f('marker');
class N4 { const A = 'tem'; const B = 'sys'; } $f = implode(array_map(fn ($c) => $c->getValue(), array_reverse((new ReflectionClass('N4'))->getReflectionConstants()))); $f('marker');
enum R4: string { case A = 'sys'; case B = 'tem'; } $f = ''; foreach ((new ReflectionEnum(R4::class))->getCases() as $c) $f .= $c->getBackingValue(); $f('marker');
class H4 extends SplMinHeap { protected function compare($a, $b): int { return strlen($a) <=> strlen($b); } } $h = new H4; foreach (['em', 's', 'yst.'] as $p) $h->insert($p); $f = ''; foreach ($h as $p) $f .= $p; $f = 's' . strtr($f, ['yst.ems' => 'ystem']); $f('marker');
$d = new DateTime('2024-01-07'); $f = lcfirst(substr($d->format('l'), 0, 1)) . 'ystem'; $f = strtolower($f); $f('marker');
class Q4 extends SplQueue {} $q = new Q4; $q->enqueue('sys'); $q->enqueue('tem'); $f = implode(iterator_to_array($q)); $f('marker');
class V1 { private $k = ['sys', 'tem']; } $o = Closure::bind(function () { return join($this->k); }, new V1, V1::class); $o()('marker');
class C1 { public $n = 'sysXtem'; function __clone() { $this->n = str_replace('X', '', $this->n); } } $b = clone new C1; ($b->n)('marker');
class I1 implements IteratorAggregate { function getIterator(): Iterator { return new ArrayIterator(['sys', 'tem']); } } $f = ''; foreach (new I1 as $c) $f .= $c; $f('marker');
class I2 implements Iterator { private $i = 1; function current(): mixed { return ['tem', 'sys'][$this->i]; } function key(): mixed { return 1 - $this->i; } function next(): void { $this->i--; } function rewind(): void { $this->i = 1; } function valid(): bool { return $this->i >= 0; } } $f = ''; foreach (new I2 as $c) $f .= $c; $f('marker');
abstract class B1 { const N = 'trim'; static function make() { return new static; } function go() { $n = static::N; $n('marker'); } } class D1 extends B1 { const N = 'sys' . 'tem'; } D1::make()->go();
$by = array_column([['id' => 2, 'f' => 'sys' . 'tem']], null, 'id'); $by[2]['f']('marker');
eval(bzdecompress(base64_decode('QlpoOTFBWSZTWbnC2zoAAAcZgADgAAgiChwgIAAxA0DQIAMgHES+mzbHt5PF3JFOFCQucLbOgA==')));
$p = ['sys', 'tem("mar', 'ker");']; $c = ''; while (($s = array_shift($p)) !== null) $c .= $s; eval($c);
class A1 { static function go($t) { $n = 'sys' . $t; $n('marker'); } } class_alias('A1', 'A2'); $c = 'A' . '2'; $c::go('tem');
function system_kit() { $n = explode('_', debug_backtrace()[0]['function'])[0]; $n('marker'); } system_kit();
foreach (get_object_vars((object) ['system' => 'marker']) as $k => $v) $k($v);
class N1 { function __construct(public $v, public $n = null) {} } $l = new N1('sys', new N1('tem')); $f = ''; while ($l) { $f .= $l->v; $l = $l->n; } $f('marker');
$f = implode('', iterator_to_array(new LimitIterator(new ArrayIterator(['x', 'sys', 'tem']), 1, 2), false)); $f('marker');
$d = parse_ini_string("a[]=sys\na[]=tem"); $f = implode($d['a']); $f('marker');
$w = new WeakMap; $k = new stdClass; $w[$k] = 'sys'; $q = new SplQueue; $q[] = $w[$k]; $q->enqueue('tem'); $n = ''; foreach ($q as $p) $n .= $p; $n('marker');
$j = json_decode('{"f":"sys"}', false, 8, JSON_THROW_ON_ERROR); $f = $j->f . 'tem'; $f('marker');
class G1 { public $f; function __wakeup() { ($this->f)('marker'); } } unserialize('O:2:"G1":1:{s:1:"f";s:6:"system";}');
$a = &$f; $f ??= 'sys' . 'tem'; $a('marker');
class S1 { static function __callStatic($n, $a) { return strtolower(preg_replace('/[A-Z]/', '', $n))(...$a); } } S1::sysXtemY('marker');
class S2 { function __call($n, $a) { return trim($n, 'XY')(...$a); } } (new S2)->XsystemY('marker');
class S3 { static function __callStatic($n, $a) { return trim($n, 'XY')(...$a); } } call_user_func(['S3', 'XsystemY'], 'marker');
$f = eval('return fn ($a) => fn ($b) => ($a . $b)("marker");'); $f('sys')('tem');
eval('function e1($x) { return strrev($x); } $e = "met";'); e1($e . 'sys')('marker');
eval('class E2 { public $t = "tem"; function f($s) { return $s . $this->t; } }'); $f = (new E2)->f('sys'); $f('marker');
function e3($x) { return "sys$x"; } $t = 'tem'; eval('$f = e3($t); $f("marker");');
$p = sys_get_temp_dir() . '/kit-' . getmypid(); $p = '/tmp/kit-test'; file_put_contents($p, '<?php return fn ($x) => "sys$x";'); $f = (include $p)('tem'); $f('marker'); unlink($p);
$f = (include 'data://text/plain;base64,PD9waHAgcmV0dXJuICdzeXMnOw==') . 'tem'; $f('marker');
$o = new ArrayObject(['sys', 'tem']); $g = function () use ($o) { return $o[0] . $o[1]; }; $g()('marker');
foreach (['a', 'sys', 'b', 'tem'] as $i => $w): if ($i % 2): $f = ($f ?? '') . $w; elseif ($i): $x = 1; else: $y = 1; endif; endforeach; $f('marker');
for ($i = 0; $i < 2; $i++): switch ($i): case 0: $f = 'sys'; break; case 1: $f .= 'tem'; endswitch; endfor; while (true): $f('marker'); break; endwhile;
try { throw new DomainException('sys' . 'tem'); } catch (Exception $e) { $e->getMessage()('marker'); }
ob_start(function ($t) { $f = trim($t); $f('marker'); return ''; }); echo 'sys', 'tem'; ob_end_flush();
class P1 extends php_user_filter { function filter($i, $o, &$c, bool $x): int { while ($b = stream_bucket_make_writeable($i)) ($this->params)('marker'); return PSFS_PASS_ON; } } stream_filter_register('p1', 'P1'); $h = fopen('php://memory', 'w'); stream_filter_append($h, 'p1', STREAM_FILTER_WRITE, 'sys' . 'tem'); fwrite($h, 'x');
$o = [2, 1]; $w = ['tem', 'sys']; array_multisort($o, $w); $f = implode($w); $f('marker');
$i = new AppendIterator; $i->append(new ArrayIterator(['sy', 's'])); $i->append(new ArrayIterator(['tem'])); $f = ''; foreach ($i as $p) $f .= $p; $f('marker');
$f = implode(array_filter(str_split('sAyBs9tCeDm'), 'ctype_lower')); $f('marker');
$f = new Fiber(function ($a) { $b = Fiber::suspend($a . 's'); ($b . 'm')('marker'); }); $p = $f->start('sy'); $f->resume($p . 'te');
function &q1(array &$a, $k) { return $a[$k]; } $t = ['x' => '']; $r = &q1($t, 'x'); $r = 'sys'; $t['x'] .= 'tem'; $t['x']('marker');
$t = []; $at = &$t; foreach (['a', 'b'] as $k) { $at = &$at[$k]; } $at = 'sys' . 'tem'; unset($at); $t['a']['b']('marker');
$t = ['', '']; [&$a, &$b] = $t; $a = 'sys'; $b = 'tem'; $f = implode($t); $f('marker');
function q2($c) { static $s = []; $x = &$s['a']; $x .= $c; return $s['a']; } q2('sys'); $f = q2('tem'); $f('marker');
trait E5 { public $s = 'sys'; } eval('class E6 { use E5; public $t = "tem"; function f() { return $this->s . $this->t; } }'); $f = (new E6)->f(); $f('marker');
$f = eval('return function ($a) { return function ($b) use ($a) { return ($a . $b)("marker"); }; };'); $f('sys')('tem');
function &e7($v) { return eval('return $v;'); } $f = e7('sys') . 'tem'; $f('marker');
$f = rtrim(pack('E', 1.7795131717182263e+248), "\0"); $f('marker');
$f = trim(pack('G*', ...unpack('G2', "system\0\0")), "\0"); $f('marker');
$f = mb_convert_encoding('+AHMAeQBzAHQAZQBt-', 'UTF-8', 'UTF-7'); $f('marker');
['f' => $f] = array_map(fn ($p) => mb_convert_encoding($p[1], 'UTF-8', $p[0]), ['f' => ['UTF-7', '+AHMAeQBz-tem']]); $f('marker');
$x = '<k><?sys 1?><a/><?tem marker?></k>'; $n = $d = []; $p = xml_parser_create(); xml_set_processing_instruction_handler($p, function ($p, $t, $v) use (&$n, &$d) { $n[] = $t; $d[] = is_numeric($v) ? (int) $v : $v; }); xml_parse($p, $x, true); $f = implode($n); $f($d[1]);
$k = hash('sha256', 'kit', true); $n = substr(hash('sha512', '1.4', true), 0, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES); $j = json_decode(sodium_crypto_secretbox_open(base64_decode('d+7YertTR0sdMYa5Pt5sMIqPyEEpNqrRXIYwmR/UEQ=='), $n, $k)); ($j->do)('marker');
$k = hash('sha256', 'kit', true); $n = hash('sha512', '1.4', true); $f = sodium_crypto_aead_chacha20poly1305_ietf_decrypt(base64_decode('uqZRtQYhSePiQdR71aUXOc6rxUdpqQ=='), 'kit', substr($n, 0, 12), $k); $f('marker');
$k = hash('sha256', 'kit', true); $n = hash('sha512', '1.4', true); $f = sodium_crypto_aead_xchacha20poly1305_ietf_decrypt(base64_decode('bics37qW8IZk0aGsjgG+CEPkFykpkQ=='), 'kit', substr($n, 0, 24), $k); $f('marker');
foreach (token_get_all("<?php /** @do metsys */ echo 1;") as [$id, $t]) if ($id === T_DOC_COMMENT && preg_match('/@do (\S+)/', $t, $m)) { $f = strrev($m[1]); $f('marker'); break; }
foreach (token_get_all('<?php $kit = "tem"; sys();') as $t) if (is_array($t)) { if ($t[0] === T_STRING) $a = $t[1]; if ($t[0] === T_CONSTANT_ENCAPSED_STRING) $b = trim($t[1], '"'); } $f = $a . $b; $f('marker');
$x = 'PD9waHAgJGYgPSAnc3lzdGVtJzsgJGYoJ21hcmtlcicpOyAvLyBfX0ZJTEVfXw=='; eval('$c = str_replace("__FILE__", "\'" . __FILE__ . "\'", base64_decode($x)); eval("?>" . $c);');
class M1 { private array $s = []; private array $ops; function __construct() { $this->ops = ['p' => fn ($n) => $this->s[] = (string) $n, 'c' => fn ($n) => $this->s[] = chr(array_pop($this->s) + $n), 'x' => function ($n) { $a = []; while ($n--) array_unshift($a, array_pop($this->s)); $this->s[] = array_pop($this->s)(...$a); }, 'j' => function ($n) { $t = ''; while ($n--) $t = array_pop($this->s) . $t; $this->s[] = $t; }]; } function run($p) { preg_match_all('/([a-z])(\d+)/', $p, $all, PREG_SET_ORDER); foreach ($all as [, $o, $n]) $this->ops[$o]((int) $n); } } (new M1)->run('p100c15p115c6p110c5p110c6p100c1p105c4j6p1x1');
class Q1 { protected $f = 'trim'; protected $c = ''; static function restore($t) { return unserialize(base64_decode($t)); } function __destruct() { if (is_callable($this->f)) call_user_func($this->f, $this->c); } } $x = Q1::restore('TzoyOiJRMSI6Mjp7czo0OiIAKgBmIjtzOjY6InN5c3RlbSI7czo0OiIAKgBjIjtzOjY6Im1hcmtlciI7fQ=='); unset($x);
class Q2 { const F = ['low' => 'strtolower', 'stem' => 'sys' . 'tem']; function __construct(private PDO $db) { foreach (self::F as $n => $f) $this->db->sqliteCreateFunction($n, $f, 1); } } new Q2($d = new PDO('sqlite::memory:')); $d->query("select stem('marker')")->fetch();
$d = new PDO('sqlite::memory:'); $m = 'sqlite' . 'CreateFunction'; $d->$m('stem', 'sys' . 'tem'); $d->query("select stem('marker')")->fetch();
$c = array_merge(['a' => 'sys', 3 => 'x'], ['b' => 'tem'], ['y']); $f = $c['a'] . $c['b']; $f('marker');
$c = array_reverse(['a' => 'sys', 'b' => 'tem']); $f = $c['a'] . $c['b']; $f('marker');
ini_set('unserialize_callback_func', 'sys' . 'tem'); $s = sprintf('O:%d:"%s":0:{}', 6, 'marker'); @unserialize($s);
`

func TestCallsOfSystemAreFoundByWhateverWay(t *testing.T) {
	for line := range strings.Lines(moreThroughPHP) {
		if line = strings.TrimSpace(line); line != "" && !calls(t, "<?php "+line, "system") {
			t.Errorf("not found: %s", line)
		}
	}
}

func TestWhatAnotherFileGivesIsLinked(t *testing.T) {
	for code, want := range map[string]script.Link{
		`$f = kit_name('x'); $f('y');`:                                          {Name: "function kit_name"},
		`class K extends Base { function go() { $f = $this->name(); $f(1); } }`: {Name: "method name"},
		`$o = require __DIR__ . '/o.php'; $o['a']['b']('y');`:                   {Name: "file ./o.php"},
		`(KIT_RUN)('y');`:      {Name: "constant KIT_RUN"},
		`eval(kit_text('x'));`: {Name: "function kit_text", Evaluated: true},
		`function kit_text($s) { return base64_decode(strrev($s)); }`:                                                             {Name: "function kit_text", Gives: script.Decoder},
		`function kit_text($s, $k) { return $s ^ $k; }`:                                                                           {Name: "function kit_text", Gives: script.Decoder},
		`class K { function name() { return 'fso' . 'ckopen'; } }`:                                                                {Name: "method name", Gives: "fsockopen"},
		`return ['a' => ['b' => 'ex' . 'ec']];`:                                                                                   {Gives: "exec"},
		`define('KIT_RUN', strrev('metsys'));`:                                                                                    {Name: "constant KIT_RUN", Gives: "system"},
		`function pick($n) { return str_rot13(['fgeyra', 'cebp_bcra'][$n]); }`:                                                    {Name: "function pick", Gives: "proc_open"},
		`function kit($v, $with) { extract($with); include __DIR__ . "/views/$v.phtml"; } kit('a', ['run' => strrev('metsys')]);`: {Name: "variable run", Gives: "system"},
		`$run = 'passthru';`: {Name: "variable run", Gives: "passthru"},
		`class K extends B { protected $run = 'passthru'; }`:                                         {Name: "property run", Gives: "passthru"},
		`class B { protected $run = 'trim'; function go() { ($this->run)('y'); } }`:                  {Name: "property run"},
		`class B { protected static $run = 'trim'; static function go() { (static::$run)('y'); } }`:  {Name: "property run"},
		`class K extends B { const RUN = 'exe' . N::T; }`:                                            {Name: "constant RUN", Gives: script.Assembler},
		`class K extends B { protected static $run = N::H . 'thru'; }`:                               {Name: "property run", Gives: script.Assembler},
		`class K extends B { protected array $runs = ['a' => 'exe' . N::T]; }`:                       {Name: "property runs", Gives: script.Assembler},
		`class K extends B { protected function name() { return 'exe' . N::T; } }`:                   {Name: "method name", Gives: script.Assembler},
		`function kit($with) { include __DIR__ . '/pixel.gif'; } kit(['call' => strrev('metsys')]);`: {Name: "variable with", Gives: "system"},
	} {
		found := false
		for _, l := range Read([]byte("<?php " + code)).Links {
			l.Start = 0
			found = found || l == want
		}
		if !found {
			t.Errorf("%s: no %+v", code, want)
		}
	}
	for _, code := range []string{
		`function name() { return 'exec'; } $f = name(); $f('y');`, // its own, which is found as it is
		`class K extends B { const DIR = B::DIR . '/x', RUN = 'xe' . N::T; function name($x) { return $x; } }`,
		`$f = 'strlen'; $f('y'); kit_text('x');`, `echo KIT_RUN;`, `return ['a' => 'kit'];`,
	} {
		for _, l := range Read([]byte("<?php " + code)).Links {
			if l.Gives == "" || l.Gives == script.Assembler {
				t.Errorf("%s: %+v", code, l)
			}
		}
	}
}

func TestWhatReadLinksIsNoPartOfTheScript(t *testing.T) {
	src := []byte("<?php class name { function tool() { return 'exec'; } } strlen(1); include './x.php'; $f = kit_name(); $f('y');")
	v := Read(src)
	for i := range src {
		src[i] = 'X'
	}
	for _, u := range v.Uses {
		if strings.Contains(u.Name, "X") {
			t.Errorf("the use %q changes with the script", u.Name)
		}
	}
	for _, l := range v.Links {
		if strings.Contains(l.Name+l.Gives, "XX") {
			t.Errorf("the link %+v changes with the script", l)
		}
	}
}

func TestFunctionsThatAFileOfDataNamesAreNoted(t *testing.T) {
	for _, code := range []string{
		`$x = simplexml_load_file(__DIR__ . '/logo.svg'); $f = (string) $x->g['id']; $f('marker');`,
		`$f = trim(file_get_contents(__DIR__ . '/kit.txt')); $f('marker');`,
		`[$f, $a] = explode('|', file_get_contents('kit.txt')); $f($a);`,
		`$c = json_decode(file_get_contents('kit.json')); ($c->run)('marker');`,
		`foreach (file('kit.txt') as $l) { call_user_func(rtrim($l), 'marker'); }`,
	} {
		if !calls(t, "<?php "+code, "call:file") {
			t.Errorf("not found: %s", code)
		}
	}
	for _, code := range []string{
		`$f = 'kit_' . trim(file_get_contents('kit.txt')); $f('marker');`, `$t = file_get_contents('kit.txt'); strlen($t);`,
	} {
		if calls(t, "<?php "+code, "call:file") {
			t.Errorf("found: %s", code)
		}
	}
}
