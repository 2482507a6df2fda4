package php

import (
	"strings"
	"testing"
)

// throughPHP are scripts of which each starts a program by a function whose name it
// does not say as it is. PHP 8.2 ran all of them. A line end in one is ⏎.
const throughPHP = `
call_user_func_array('ini_set', ['unserialize_callback_func', str_rot13('flfgrz')]); unserialize('a:1:{i:0;O:6:"marker":0:{}}');
class S1 { function __construct(private array $o) {} function apply() { array_map('ini_set', array_keys($this->o), $this->o); return $this; } } (new S1(['unserialize_callback_func' => 'sys' . 'tem']))->apply(); unserialize('O:6:"marker":0:{}');
$c = ['a' => ['b' => ['f' => 'system']], 'x' => 'y']; $g = ''; array_walk_recursive($c, function ($v, $k) use (&$g) { if ($k === 'f') $g = $v; }); $g('marker');
(function (DateTimeInterface $d, $f) { spl_autoload_register($d->format($f)); })(new DateTimeImmutable('2024-08-01'), '\s\yS\e\m'); class_exists('marker');
$d = new DOMDocument; $d->loadXML('<a><b t="mar" u="ker"/></a>'); $x = new DOMXPath($d); $x->registerNamespace('fn', 'http://php.net/xpath'); $x->registerPhpFunctions(); $x->query('//b[fn:function(translate("s-stem", "-", "y"), concat(@t, @u))]');
$x = new DOMDocument; $x->loadXML('<s xmlns:p="http://php.net/xsl"><param name="f"/><template match="/a"><value-of select="p:function($f, string(@t))"/></template></s>'); $p = new XSLTProcessor; $p->registerPHPFunctions(); $p->importStylesheet($x); $p->setParameter('', 'f', strrev('metsys')); $d = new DOMDocument; $d->loadXML('<a t="marker"/>'); $p->transformToXml($d);
$x = new DOMDocument; $x->loadXML('<s><template match="row"><for-each select="cell"><if test="php:function(concat(../@a, @b), string(.))">x</if></for-each></template></s>'); $p = new XSLTProcessor; $p->registerPHPFunctions(); $p->importStylesheet($x); $d = new DOMDocument; $d->loadXML('<rows><row a="sys"><cell b="tem">marker</cell></row></rows>'); $p->transformToXml($d);
$d = new DOMDocument; $d->loadXML('<!DOCTYPE r [<!ENTITY a "s&#121;s"><!ENTITY b "&a;tem">]><r>&b;</r>', LIBXML_NOENT); $f = $d->documentElement->textContent; $f('marker');
$kit = new class { function __call($name, $arguments) { return $name(...$arguments); } }; $kit->system('marker');
class K1 { static function __callStatic($n, $a) { return call_user_func_array($n, $a); } } K1::system('marker');
class K10 { static function __callStatic($n, $a) { return call_user_func_array(static::kind() . '_' . $n, $a); } } class K11 extends K10 { protected static function kind() { return 'shell'; } } K11::exec('marker');
class K12 { const P = 'x'; static function __callStatic($n, $a) { return array_map(fn ($x) => (static::P . '_' . $n)($x), $a); } } class K13 extends K12 { const P = 'shell'; } K13::exec('marker');
class K14 { static function __callStatic($n, $a) { return (strtolower(get_called_class()) . '_' . $n)(...$a); } } class Shell extends K14 {} Shell::exec('marker');
foreach (preg_grep('/_dir$/', array_keys(ini_get_all(null, false))) as $s) { $f = substr(str_replace('_', '', $s), 0, 6); if (is_callable($f)) $f('marker'); }
foreach (ini_get_all('standard') as $k => $v) if (str_starts_with($k, 'user_agent')) { $f = 'ex' . $k[2] . 'c'; $f('marker'); }
$f = 'shell_' . implode('', array_map(fn ($x) => preg_match('/^(e)x(if)$/', $x, $m) ? $m[1] . 'x' . $m[1] . 'c' : '', get_loaded_extensions())); $f('marker');
session_set_save_handler((function () { foreach (array_keys(ini_get_all()) as $s) if (str_ends_with($s, '_temp_dir')) return substr(strtr($s, ['_' => '']), 0, 6); })(), fn () => true, fn ($id) => '', fn ($id, $row) => true, fn ($id) => true, fn ($age) => 0);
$d = new DOMDocument; $d->loadXML('<!DOCTYPE exec PUBLIC "a" "s.dtd"><exec/>'); libxml_set_external_entity_loader($d->doctype->name);
$d = new DOMDocument; $d->loadXML('<!DOCTYPE r PUBLIC "-//sys" "tem"><r/>'); $f = substr($d->doctype->publicId, 3) . $d->doctype->systemId; $f('marker');
$d = new DOMDocument; $d->loadXML('<!DOCTYPE r [<!NOTATION sys SYSTEM "x"><!ENTITY tem "y">]><r/>'); $f = ''; foreach ([$d->doctype->notations, $d->doctype->entities] as $l) foreach ($l as $e) $f .= $e->nodeName; $f('marker');
$d = new DOMDocument; $d->loadXML('<!DOCTYPE exec SYSTEM "s.dtd"><r/>'); foreach ($d->childNodes as $n) if ($n->nodeType == XML_DOCUMENT_TYPE_NODE) ($n->name)('marker');
$i = new DOMImplementation; $t = $i->createDocumentType('sys'); $d = $i->createDocument('', 'tem', $t); $f = $d->doctype->name . $d->documentElement->tagName; $f('marker');
class D1 extends DOMDocument { function f() { return $this->documentElement->getAttribute('f'); } } $d = new D1; $d->loadXML('<a f="s&#121;stem"/>'); ($d->f())('marker');
$q = new SplPriorityQueue; $q->insert("a", -"20"); $q->insert("ex", -"3");$q->insert("ec", -"5"); $f=$q->extract().$q->extract(); $f('marker');
foreach (array_map("str_getcsv", ["ope,Shop,40","ex,Home,10","c,Contact,55","e,Blog,31"]) as [$l,$p,$w]) $r[-$w]=$l; krsort($r); $f=str_replace("ope","",implode($r)); $f('marker');
$r=["c"=>"40","ex"=>"9","e"=>"31"]; asort($r); $f=implode(array_keys($r)); $f('marker');
$r=[["c","40"],["ex","9"],["e","31"]]; usort($r, fn($a,$b)=>$a[1]<=>$b[1]); $f=implode(array_column($r,0)); $f('marker');
$r=[["c",4.5],["ex",1.5],["e",3]]; usort($r, fn($a,$b)=>$a[1]<=>$b[1]); $f=implode(array_column($r,0)); $f('marker');
$r=["c"=>4.5,"ex"=>1.5,"e"=>3]; asort($r); $f=implode(array_keys($r)); $f('marker');
$h=new class extends SplMinHeap { protected function compare($a,$b): int { return parent::compare($a[0], $b[0]); } }; foreach ([[9,"c"],[1,"ex"],[3,"e"]] as $x) $h->insert($x); $f=""; foreach ($h as $x) $f.=$x[1]; $f('marker');
$q = new SplPriorityQueue; $q->setExtractFlags(SplPriorityQueue::EXTR_BOTH); $q->insert("ec", [1,2]); $q->insert("ex", [2,1]); $f=$q->extract()["data"].$q->extract()["data"]; $f('marker');
$q = new SplPriorityQueue; $q->setExtractFlags(SplPriorityQueue::EXTR_PRIORITY); $q->insert(1, "ec"); $q->insert(2, "ex"); $f=$q->extract().$q->extract(); $f('marker');
$a=[3,1,2]; $b=["ex","c","e"]; array_multisort($a, SORT_DESC, $b); $f=implode($b); $f('marker');
$a=["10","9","9"]; $c=[1,2,1]; $b=["c","e","ex"]; array_multisort($a, SORT_ASC, SORT_NUMERIC, $c, SORT_ASC, $b); $f=implode($b); $f('marker');
$d=["x"=>"10","a"=>"9"]; arsort($d, SORT_NUMERIC); $d=array_keys($d); $f="e".$d[0]."ec"; $f('marker');
$l=new SplObjectStorage; $q=new SplDoublyLinkedList; $q->setIteratorMode(SplDoublyLinkedList::IT_MODE_LIFO); $q->push("ec"); $q->push("ex"); $f=""; foreach ($q as $i) $f.=$i; $f('marker');
$q=new SplDoublyLinkedList; $q->add(0,"ec"); $q->add(0,"ex"); $f=""; foreach ($q as $i) $f.=$i; $f('marker');
$r=[["c",4],["ex",1],["e",3]]; usort($r, fn($a,$b)=>$a[1]>$b[1]); $f=implode(array_column($r,0)); $f('marker');
class K2 { function __get($n) { return $n('marker'); } } (new K2)->system;
class K3 { private $f; function __construct($f) { $this->f = $f; } function __toString() { ($this->f)('marker'); return ''; } } echo new K3('system');
class K4 { function __invoke($f, $a) { return $f($a); } } $k = new K4; $k('system', 'marker');
class K5 { function go($f, $a) { return $f($a); } } (new K5)->go('system', 'marker');
class K6 { static function go($f, $a) { return $f($a); } } K6::go('sys' . 'tem', 'marker');
function go7($f, $a) { return $f($a); } go7('system', 'marker');
function go8($f, ...$a) { return $f(...$a); } go8('system', 'marker');
function go9() { $a = func_get_args(); return $a[0]($a[1]); } go9('system', 'marker');
function go10() { return call_user_func_array(func_get_arg(0), array_slice(func_get_args(), 1)); } go10('system', 'marker');
(fn (...$a) => $a[0](...array_slice($a, 1)))('system', 'marker');
$c = fn ($f) => fn ($a) => $f($a); $c('system')('marker');
$c = function ($f, $a) { return $f($a); }; $c('system', 'marker');
array_map(fn ($f) => $f('marker'), ['strlen', 'system']);
foreach (['strlen', 'system'] as $f) { $f('marker'); }
foreach (['system' => 'marker'] as $f => $a) { $f($a); }
parse_str('f=system&a=marker', $o); $o['f']($o['a']);
$o = json_decode('{"f": "\u0073ystem"}'); ($o->f)('marker');
$o = json_decode('["\u0073ystem"]', true); $o[0]('marker');
$o = json_decode('{"a":{"b":["system"]}}', true); $o['a']['b'][0]('marker');
$o = unserialize('a:1:{i:0;s:6:"system";}'); $o[0]('marker');
$o = (object)['f' => 'system']; ($o->f)('marker');
$o = new stdClass; $o->f = 'sys'; $o->f .= 'tem'; ($o->f)('marker');
$o = new stdClass; $o->{'f'} = 'system'; $g = 'f'; ($o->$g)('marker');
class P1 { public $f = 'system'; } $o = new P1; ($o->f)('marker');
class P2 { public $f = 'system'; } ((new P2)->f)('marker');
class P3 { public $f = ['a' => 'system']; function go() { $this->f['a']('marker'); } } (new P3)->go();
class P4 { static $f = ['system']; } (P4::$f[0])('marker');
class P5 { const F = ['x' => 'system']; } (P5::F['x'])('marker');
class P6 { function name() { return 'sys' . 'tem'; } function go() { $this->name()('marker'); } } (new P6)->go();
class P7 { static function name() { return strrev('metsys'); } } (P7::name())('marker');
class P8 { function __construct(private string $f = 'system') {} function go() { ($this->f)('marker'); } } (new P8)->go();
class P9 { public $p = ''; function add($s) { $this->p .= $s; return $this; } function go() { ($this->p)('marker'); } } (new P9)->add('sys')->add('tem')->go();
enum E1: string { case Paint = 'system'; } (E1::Paint->value)('marker');
enum E2 { case system; } (E2::system->name)('marker');
enum E3: int { case system = 3; } (E3::from(3)->name)('marker');
enum E4: string { case A = 'sys'; case B = 'tem'; } $f = implode(array_map(fn ($c) => $c->value, E4::cases())); $f('marker');
enum E5: string { case A = 'x'; function go() { return match ($this) { self::A => 'system' }; } } (E5::A->go())('marker');
$f = 'systel'; $f++; $f('marker');
$f = 'systek'; ++$f; $f++; $f('marker');
$f = base_convert('1751504350', 10, 36); $f('marker');
$f = str_replace('#', '', 's#ys#te#m'); $f('marker');
$f = substr_replace('sXXem', 'yst', 1, 2); $f('marker');
$f = ucwords('system'); $f('marker');
$f = preg_replace('/[^a-z]/', '', 's1y2s3t4e5m'); $f('marker');
preg_match('/x(\w+)x/', 'qxsystemxq', $m); $m[1]('marker');
preg_match_all('/[a-z]+/', 'sys 1 tem', $m); implode($m[0])('marker');
implode(preg_split('/\d/', 's1y2s3t4e5m'))('marker');
sscanf('f=system', 'f=%s', $f); $f('marker');
[, $f] = sscanf('1 system', '%d %s'); $f('marker');
strstr('xx-system', 's')('marker');
substr(strrchr('a/system', '/'), 1)('marker');
strtok('system marker', ' ')('marker');
str_pad('syste', 6, 'm')('marker');
implode('', array_map(null, ['sys', 'tem']))('marker');
(array_key_first(['system' => 1]))('marker');
array_keys(['a' => 1, 'system' => 2])[1]('marker');
array_flip(['system'])['system'] === 0 && key(['system' => 1])('marker');
array_search(7, ['a' => 1, 'system' => 7])('marker');
$a = ['x', 'system']; end($a)('marker');
$a = ['system', 'x']; reset($a)('marker');
$a = ['system', 'x']; array_shift($a)('marker');
$a = ['x', 'system']; array_pop($a)('marker');
$a = ['x', 'system']; next($a)('marker');
$a = ['x', 'system']; current(array_slice($a, 1))('marker');
implode(array_column([['c' => 'sys'], ['c' => 'tem']], 'c'))('marker');
implode(array_filter(['sys', '', 'tem']))('marker');
array_reduce(['s', 'ystem'], fn ($c, $i) => $c . $i, '')('marker');
array_combine(['f'], ['system'])['f']('marker');
array_fill(0, 1, 'system')[0]('marker');
implode(array_merge(['sys'], ['tem']))('marker');
(['a' => 'sys'] + ['b' => 'tem'])['b'] && implode(['a' => 'sys'] + ['b' => 'tem'])('marker');
$a = ['m' => 6, 's' => 1]; $b = [3 => 's', 1 => 's', 2 => 'y', 4 => 't', 6 => 'm', 5 => 'e']; ksort($b); implode($b)('marker');
$a = ['m' => 6, 'e' => 5, 't' => 4, 'y' => 2]; asort($a); $k = array_keys($a); ('s' . $k[0] . 's' . $k[1] . $k[2] . $k[3])('marker');
$a = ['b' => 'tem', 'a' => 'sys']; usort($a, fn ($x, $y) => strcmp($x, $y)); implode($a)('marker');
vsprintf('%s%s', ['sys', 'tem'])('marker');
sprintf('%2$s%1$s', 'tem', 'sys')('marker');
sprintf("%'.3d%s", 1, '') && sprintf('%s%03d', 'x', 7) && sprintf('%-1s%s', 's', 'ystem')('marker');
implode(array_map('chr', unpack('C*', 'system')))('marker');
unpack('a6f', 'systemxx')['f']('marker');
pack('A3A3', 'sys', 'tem')('marker');
pack('N', 0x73797374) . 'em' === 'system' && (pack('N', 0x73797374) . pack('n', 0x656d))('marker');
pack('V2', 0x74737973, 0x6d65) && rtrim(pack('V2', 0x74737973, 0x6d65), "\0")('marker');
mb_convert_encoding('&#115;&#121;&#115;&#116;&#101;&#109;', 'UTF-8', 'HTML-ENTITIES')('marker');
iconv('UTF-16LE', 'UTF-8', "s\0y\0s\0t\0e\0m\0")('marker');
mb_convert_case('SYSTEM', MB_CASE_LOWER)('marker');
mb_strtolower('SYSTEM')('marker');
mb_substr('xxsystem', 2)('marker');
stripcslashes('\x73\x79stem')('marker');
iconv_substr('xsystem', 1, 6)('marker');
implode(array_map('mb_chr', [115, 121, 115, 116, 101, 109]))('marker');
html_entity_decode('&#x73;ystem')('marker');
strip_tags('sys<b></b>tem')('marker');
nl2br('system')('marker');
wordwrap('system', 100)('marker');
chunk_split('system', 6, '')('marker');
str_word_count('foo system bar', 1)[1]('marker');
parse_url('system://marker')['scheme']('marker');
parse_url('http://system/x', PHP_URL_HOST)('marker');
pathinfo('/a/system.php', PATHINFO_FILENAME)('marker');
pathinfo('/a/system.php')['filename']('marker');
basename('/x/system')('marker');
dirname('system/x')('marker');
explode(' ', 'a system')[1]('marker');
number_format(1) && strtolower('SYSTEM')('marker');
str_ireplace('X', 'yst', 'sxem')('marker');
dechex(0xabc) === 'abc' && hex2bin(dechex(0x73797374656d))('marker');
hex2bin(base_convert('1110011011110010111001101110100', 2, 16)) === 'syst' && (hex2bin(dechex(bindec('1110011011110010111001101110100'))) . 'em')('marker');
long2ip(1937339252) && chr(0163) . 'x' && ("\x73" . 'ystem')('marker');
implode(array_map(fn ($n) => chr($n), array_map('hexdec', str_split('73797374656d', 2))))('marker');
implode(array_map(fn ($n) => chr($n - 3), [118, 124, 118, 119, 104, 112]))('marker');
implode(array_map(function ($a, $b) { return $a . $b; }, ['s', 's', 'e'], ['y', 't', 'm']))('marker');
(static function () { yield 'system'; })()->current()('marker');
function g1() { yield 'sys'; yield 'tem'; } $f = ''; foreach (g1() as $p) { $f .= $p; } $f('marker');
function g2() { yield 'sys'; yield 'tem'; } implode(iterator_to_array(g2()))('marker');
$f = (new ArrayObject(['system']))[0]; $f('marker');
$f = (new ArrayIterator(['a' => 'system']))['a']; $f('marker');
$f = (new ArrayIterator(['system']))->current(); $f('marker');
$q = new SplStack; $q->push('system'); $q->pop()('marker');
$q = new SplObjectStorage; $f = new SplFixedArray(1); $f[0] = 'system'; $f[0]('marker');
(new ReflectionClass('ReflectionFunction'))->newInstance('system')->invokeArgs(['marker']);
(new ReflectionFunction('sys' . 'tem'))->invoke('marker');
/** c3lzdGVtKCdtYXJrZXInKTs= */ function kit() {} eval(base64_decode(trim((new ReflectionFunction('kit'))->getDocComment(), '/* ')));
/** system */ class D1 {} trim((new ReflectionClass('D1'))->getDocComment(), '/* ')('marker');
class D2 { /** system */ function f() {} } trim((new ReflectionMethod('D2', 'f'))->getDocComment(), '/* ')('marker');
class D3 { /** system */ public $f; } trim((new ReflectionProperty('D3', 'f'))->getDocComment(), '/* ')('marker');
class D4 { const F = 'system'; } ((new ReflectionClass('D4'))->getConstant('F'))('marker');
class D5 { const F = 'system'; } ((new ReflectionClass('D5'))->getConstants()['F'])('marker');
class D6 { public $f = 'system'; } ((new ReflectionClass('D6'))->getDefaultProperties()['f'])('marker');
#[A1('system')] class D7 {} ((new ReflectionClass('D7'))->getAttributes()[0]->getArguments()[0])('marker');
#[Attribute] class A2 { function __construct(public string $a, public string $b, public string $g = ':') {} function n() { return $this->a . $this->g . $this->b; } } class D9 { #[A2(b: 'exec', a: 'shell', g: '_')] function f() {} } foreach ((new ReflectionObject(new D9))->getMethods() as $m) foreach ($m->getAttributes(A2::class) as $a) ($a->newInstance()->n())('marker');
class D10 { #[A3('trim'), A4(n: 'sys')] #[A4(n: 'tem')] public ?string $p; } $f = ''; foreach ((new ReflectionClass('D10'))->getProperties() as $p) foreach ($p->getAttributes('A4') as $a) $f .= $a->getArguments()['n']; $f('marker');
class D11 { #[A5(N: self::F)] const X = 1, F = 'system'; } foreach ((new ReflectionClass('D11'))->getReflectionConstants() as $c) foreach ($c->getAttributes() as $a) { ($a->getArguments()['N'])('marker'); break 2; }
namespace Kit; #[system] final class D12 {} (strtolower((new \ReflectionClass(D12::class))->getAttributes()[0]->getName()) === 'kit\system') && substr((new \ReflectionClass(D12::class))->getAttributes()[0]->getName(), 4)('marker');
function d13(#[A6('system')] (A7&A8)|string $x) {} ((new ReflectionFunction('d13'))->getParameters()[0]->getAttributes()[0]->getArguments()[0])('marker');
$c = #[A9(['f' => 'system'])] static fn (): int => 1; ((new ReflectionFunction($c))->getAttributes()[0]->getArguments()[0]['f'])('marker');
#[Attribute] class A10 { function __construct(public $f) {} } #[Attribute] class A11 extends A10 {} class D14 { #[A12('trim')] #[A11('system')] function f() {} } ((new ReflectionMethod('D14', 'f'))->getAttributes(A10::class, ReflectionAttribute::IS_INSTANCEOF)[0]->newInstance()->f)('marker');
class E1 { #[B1('system')] public $p; } class E2 extends E1 {} foreach ((new ReflectionClass('E2'))->getProperties() as $p) ($p->getAttributes()[0]->getArguments()[0])('marker');
class E3 { #[B2('system')] protected $p; } class E4 extends E3 {} ((new ReflectionProperty('E4', 'p'))->getAttributes()[0]->getArguments()[0])('marker');
trait T1 { #[B3(self::F)] public $p; } class E5 { use T1; const F = 'system'; } ((new ReflectionProperty(new E5, 'p'))->getAttributes()[0]->getArguments()[0])('marker');
trait T2 { #[B4(self::F)] function m() {} } class E6 { use T2; const F = 'system'; } class E7 extends E6 {} ((new ReflectionMethod('E7', 'm'))->getAttributes()[0]->getArguments()[0])('marker');
class E8 { const F = 'system'; #[B5(self::F)] function m() {} } class E9 extends E8 { const F = 'trim'; } ((new ReflectionClass('E9'))->getMethod('m')->getAttributes()[0]->getArguments()[0])('marker');
interface I1 { #[B6('system')] const X = 1; } class E10 implements I1 {} foreach ((new ReflectionClass('E10'))->getReflectionConstants() as $c) ($c->getAttributes()[0]->getArguments()[0])('marker');
class E11 { const F = 'system'; } class E12 extends E11 {} ((new ReflectionClass('E12'))->getConstants()['F'])('marker');
class E13 { public $f = 'system'; } class E14 extends E13 {} ((new ReflectionClass('E14'))->getDefaultProperties()['f'])('marker');
class E15 { /** system */ public $f; } class E16 extends E15 {} trim((new ReflectionProperty('E16', 'f'))->getDocComment(), '/* ')('marker');
trait T3 { #[B7('system')] function m() {} } class E17 { use T3 { m as n; } } ((new ReflectionMethod('E17', 'n'))->getAttributes()[0]->getArguments()[0])('marker');
class E18 { function __construct(#[B8('system')] public $p = 1) {} } class E19 extends E18 {} ((new ReflectionProperty('E19', 'p'))->getAttributes()[0]->getArguments()[0])('marker');
trait T4 { #[B9('system')] static $p; } trait T5 { use T4; } class E20 { use T5; } ((new ReflectionProperty('E20', 'p'))->getAttributes()[0]->getArguments()[0])('marker');
class E23 { #[B11('system')] function m() {} } class E24 extends E23 {} ((new ReflectionClass('E24'))->getParentClass()->getMethod('m')->getAttributes()[0]->getArguments()[0])('marker');
trait T6 { #[B12('system')] function m() {} } class E25 { use T6; } foreach ((new ReflectionClass('E25'))->getTraits() as $t) ($t->getMethods()[0]->getAttributes()[0]->getArguments()[0])('marker');
#[B13('system')] class E26 {} class E27 extends E26 {} ((new ReflectionClass(get_parent_class('E27')))->getAttributes()[0]->getArguments()[0])('marker');
#[B14('system')] trait T7 {} class E28 { use T7; } ((new ReflectionClass((new ReflectionClass('E28'))->getTraitNames()[0]))->getAttributes()[0]->getArguments()[0])('marker');
#[B15('system')] trait T8 {} class E29 { use T8; } ((new ReflectionClass(array_values(class_uses('E29'))[0]))->getAttributes()[0]->getArguments()[0])('marker');
class E30 { #[B16('system')] public $p; } class E31 extends E30 {} ((new ReflectionProperty('E31', 'p'))->getDeclaringClass()->getProperties()[0]->getAttributes()[0]->getArguments()[0])('marker');
function system_() {} substr((new ReflectionFunction('system_'))->getName(), 0, -1)('marker');
class system { static function n() { return __CLASS__; } } (system::n())('marker');
function system1() { return rtrim(__FUNCTION__, '1'); } system1()('marker');
class S3 { function system() { return __FUNCTION__; } } ((new S3)->system())('marker');
class sySTem4 {} rtrim(sySTem4::class, '4')('marker');
class system5 { function n() { return rtrim(get_class($this), '5'); } } ((new system5)->n())('marker');
rtrim(get_class_methods(new class { function system_() {} })[0], '_')('marker');
rtrim(key(get_class_vars('V1')), '_')('marker'); class V1 { public $system_; }
rtrim(key(get_object_vars(new V2)), '_')('marker'); class V2 { public $system_ = 1; }
define('KF', 'system'); constant('K' . 'F')('marker');
const KG = 'system'; (KG)('marker');
class CK { const F = 'system'; } constant('CK::F')('marker');
enum CE: string { case A = 'system'; } (constant('CE::A')->value)('marker');
$x = 'f'; $$x = 'system'; $f('marker');
$x = ['f' => 'system']; extract($x); $f('marker');
extract(['k_f' => 1, 'f' => 'system'], EXTR_PREFIX_ALL, 'p'); $p_f('marker');
$f = 'system'; $c = compact('f'); $c['f']('marker');
$GLOBALS['gf'] = 'system'; $gf('marker');
function st() { static $f = 'system'; $f('marker'); } st();
[$f] = ['system']; $f('marker');
['x' => $a, 'y' => $b] = ['y' => 'tem', 'x' => 'sys']; "$a$b"('marker');
list('k' => list(, $f)) = ['k' => [1, 'system']]; $f('marker');
[[$f]] = [['system']]; $f('marker');
[$a['f']] = ['system']; $a['f']('marker');
$f = &$g; $g = 'system'; $f('marker');
function ref(&$x) { $x = 'system'; } ref($f); $f('marker');
$f = time() > 5 ? 'system' : 'passthru'; $f('marker');
$f = getenv('NOPE') ?: 'system'; $f('marker');
$f = $_GET['nope'] ?? 'system'; $f('marker');
if (rand()) { $f = 'system'; } else { $f = 'passthru'; } $f('marker');
switch (rand(1, 1)) { case 1: $f = 'system'; } $f('marker');
$m = 'system'; $f = $m(...); $f('marker');
$f = 'system'; array_map($f(...), ['marker']);
$f = Closure::fromCallable('sys' . 'tem'); $f('marker');
array_map(array: ['marker'], callback: 'system');
$a = ['marker', 'x']; @usort($a, 'system');
iterator_apply($i = new ArrayIterator([1]), 'system', ['marker']);
function_exists($f = 'system') && $f('marker');
is_callable($f = 'sys' . 'tem') && $f('marker');
array_map([new class { function go($f) { $f('marker'); } }, 'go'], ['system']);
call_user_func([new class { function go($f) { $f('marker'); } }, 'go'], 'system');
call_user_func('go22', 'system', 'marker'); function go22($f, $a) { $f($a); }
call_user_func_array('go23', ['system', 'marker']); function go23($f, $a) { $f($a); }
class In { function run($c) { eval($c); } } (new In)->run("sys" . "tem('marker');");
function run2($c) { eval($c); } run2(base64_decode('c3lzdGVtKCdtYXJrZXInKTs='));
class In3 { private $c; function __construct($c) { $this->c = $c; } function __destruct() { eval($this->c); } } new In3('system("marker");');
class T1 { use T2; } trait T2 { function n() { return 'system'; } } (new T1)->n()('marker');
abstract class A2 { abstract function n(); function go() { $this->n()('marker'); } } class B2 extends A2 { function n() { return 'system'; } } (new B2)->go();
interface I1 { const F = 'system'; } class I2 implements I1 {} (I2::F)('marker');
try { throw new Exception('system'); } catch (Exception $e) { $e->getMessage()('marker'); }
set_error_handler(function ($n, $m) { $m('marker'); }); trigger_error('system');
ob_start(); echo 'system'; $f = ob_get_clean(); $f('marker');
$s = 'abcdefghijklmnopqrstuvwxyz'; ($s[18] . $s[24] . $s[18] . $s[19] . $s[4] . $s[12])('marker');
$s = 'abcdefghijklmnopqrstuvwxyz'; $f = ''; foreach ([18, 24, 18, 19, 4, 12] as $i) $f .= $s[$i]; $f('marker');
$s = 'abcdefghijklmnopqrstuvwxyz_'; $k = explode(' ', '18 24 18 19 4 12'); $f = ''; for ($i = 0; $i < count($k); $i++) { $f .= substr($s, $k[$i], 1); } $f('marker');
"{$s[0]}x"; $s = ['sys', 'tem']; "{$s[0]}{$s[1]}"('marker');
$f = <<<X⏎sys\x74em⏎X; $f('marker');
$x = 'sys'; $f = "${x}tem"; $f('marker');
${'_f'} = 'system'; ${'_f'}('marker');
(function () { return 'system'; })()('marker');
(new class { public $f = 'system'; })->f && ((new class { public $f = 'system'; })->f)('marker');
($f = 'system') && $f('marker');
print($f = 'system') && $f('marker');
$f = 'a'; $f = str_repeat($f, 0) . 'system'; $f('marker');
$f = ''; while (strlen($f) < 6) { $f .= 'system'[strlen($f)]; } $f('marker');
$i = 0; $f = ''; do { $f .= chr([115, 121, 115, 116, 101, 109][$i]); } while (++$i < 6); $f('marker');
$n = 0x6d6574737973; $f = ''; for (; $n; $n >>= 8) $f .= chr($n & 255); $f('marker');
function rec($s) { return $s === '' ? '' : rec(substr($s, 1)) . $s[0]; } rec('metsys')('marker');
class X1 { static function d($s) { $o = ''; for ($i = 0; $i < strlen($s); $i++) $o .= chr(ord($s[$i]) - 1); return $o; } static function go() { $f = self::d('tztufn'); $f('marker'); } } X1::go();
class X3 { private $t; function __construct() { $this->t = array_flip(range('a', 'z')); } function go() { $f = ''; foreach (['s','y','s','t','e','m'] as $c) $f .= chr($this->t[$c] + 97); $f('marker'); } } (new X3)->go();
openssl_decrypt('', 'x', '') || gzinflate(gzdeflate('system'))('marker');
str_rot13(strrev('zrglf')) === 'system' || str_rot13('flfgrz')('marker');
$o = new SplTempFileObject(); $o->fwrite('system'); $o->rewind(); $f = $o->fgets(); $f('marker');
date('\s\y\s\t\e\m')('marker');
DateTime::createFromFormat('U', '0')->format('\s\y\s\t\e\m')('marker');
str_shuffle('') . 'system' === 'system' && lcfirst('System')('marker');
money('x'); function money($x) { $y = 'sys'; $y[3] = 't'; $y .= 'em'; $y('marker'); }
$s = 'sxstem'; $s[1] = 'y'; $s('marker');
$f = ['sys', 'tem']; [$a, $b] = $f; ($a . $b)('marker');
$arr = []; $arr[] = 'sys'; $arr[] = 'tem'; implode($arr)('marker');
$arr = []; array_push($arr, 'sys', 'tem'); implode($arr)('marker');
$arr = ['tem']; array_unshift($arr, 'sys'); implode($arr)('marker');
implode(array_replace(['x', 'tem'], ['sys']))('marker');
array_product([115]) === 115 && (chr(array_product([115])) . chr(array_sum([100, 21])) . 'stem')('marker');
max(['a', 'system'])('marker');
min('system', 'zzz')('marker');
str_contains('a', 'a') && trim("\tsystem\n")('marker');
substr_count('a', 'a') === 1 && array_unique(['system', 'system'])[0]('marker');
implode(str_split(strrev(implode(array_reverse(str_split('system')))), 3)) && strrev(implode(array_reverse(str_split('system'))))  && strrev('metsys')('marker');
array_values(array_diff(['a', 'system'], ['a']))[0]('marker');
array_values(array_intersect(['a', 'system'], ['system']))[0]('marker');
implode(array_chunk(['x', 'sys', 'tem', 'y'], 2)[0]) && array_chunk(['a', 'b', 'system'], 2)[1][0]('marker');
array_rand(['system' => 1])('marker');
array_pad([], 1, 'system')[0]('marker');
array_change_key_case(['SYSTEM' => 1]) && key(array_change_key_case(['SYSTEM' => 1]))('marker');
ltrim('00system', '0')('marker');
rtrim('system123', '1..9')('marker');
count_chars('system', 3) === 'emsty' && ('s' . count_chars('y', 3) . 'stem')('marker');
metaphone('x') && soundex('x') && quotemeta('system')('marker');
addslashes('system')('marker');
escapeshellcmd('system')('marker');
var_export('system', true) && trim(var_export('system', true), "'")('marker');
serialize('x') && explode('"', serialize('system'))[1]('marker');
json_encode('x') && trim(json_encode('system'), '"')('marker');
strtr(json_encode("s/y<é\u{1F600}\n"), ['"s\/y<\u00e9\ud83d\ude00\n"' => 'system'])('marker');
strtr(json_encode('s/é', JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), ['"s/é"' => 'system'])('marker');
http_build_query(['system' => '']) && rtrim(http_build_query(['system' => '']), '=')('marker');
print_r('system', true)('marker');
str_word_count('x'); ucwords(strtolower('SYSTEM'))('marker');
ctype_alpha('a') && substr('asystem', -6)('marker');
settype($zz, 'string') && strval('system')('marker');
(string) new class { function __toString() { return 'system'; } } && ((string) new class { function __toString() { return 'system'; } })('marker');
$o = new class { public function __get($n) { return strrev($n); } }; ($o->metsys)('marker');
class G1 { private $f = 'metsys'; function __get($n) { return strrev($this->$n); } } $o = new G1; ($o->f)('marker');
class G2 { private $d; function __construct() { $this->d = 'metsys'; } function __set($n, $v) { throw new Exception; } function __get($n) { return strrev($this->d); } } $o = new G2; ($o->f)('marker');
class G3 { protected $f = 'metsys'; function __get($n) { return strrev($this->$n); } } class G4 extends G3 { function go() { $f = strrev($this->f); $f('marker'); } } (new G4)->go();
class G5 { public $f = 'trim'; function __get($n) { return strrev('metsys'); } function go() { unset($this->f, $x); ($this->f)('marker'); } } (new G5)->go();
class G6 { private $f = 'trim'; function __get($n) { return strrev('metsys'); } } class G7 extends G6 { function go() { ($this->f)('marker'); } } (new G7)->go();
class G8 { protected $f = 'sys' . 'tem'; function __get($n) { return 'trim'; } } $g = function () { return $this->f; }; $g->call(new G8)('marker');
class G9 { function __destruct() { G10::$f = 'sys' . 'tem'; } } class G10 { static $f = 'trim'; } new G9; (G10::$f)('marker');
class G11 { function __destruct() { $GLOBALS['f'] = 'sys' . 'tem'; } } $f = 'trim'; $a = new G11; unset($a); $f('marker');
class G12 { function __destruct() { $GLOBALS['f'] = 'sys' . 'tem'; } } $f = 'trim'; $a = new G12; $a = null; $f('marker');
class G13 { public $f = 'trim'; function __destruct() { ($this->f)('marker'); } } $a = new G13; $b = clone $a; $b->f = 'sys' . 'tem';
class G14 {} for ($i = 0; $i < 100; $i++) $all[] = new G14; class G15 { public $f = 'trim'; function __destruct() { ($this->f)('marker'); } } $a = new G15; $a->f = 'sys' . 'tem';
$o = new class implements ArrayAccess { function offsetGet($k): mixed { return strrev($k); } function offsetSet($k, $v): void {} function offsetExists($k): bool { return true; } function offsetUnset($k): void {} }; ($o['metsys'])('marker');
$o = new class { public $a = ['sys', 'tem']; public function j() { return join('', $this->a); } }; ($o->j())('marker');
$f = 'sys' . (function () { return 'tem'; })(); $f('marker');
$f = (fn () => 'system')(); $f('marker');
$f = array_map(fn ($f) => $f, ['system'])[0]; $f('marker');
$f = call_user_func(fn () => 'system'); $f('marker');
$f = call_user_func_array('sprintf', ['%s%s', 'sys', 'tem']); $f('marker');
$f = ('str' . 'rev')('metsys'); $f('marker');
$d = 'base64' . '_decode'; $f = $d('c3lzdGVt'); $f('marker');
$d = ['str_rot13', 'strrev']; $f = $d[1]($d[0]('zrglf') === 'metsy' ? 'metsys' : 'metsys'); $f('marker');
register_shutdown_function('sys' . 'tem', 'marker');
$f = 'register_' . 'shutdown_function'; $f('sys' . 'tem', 'marker');
$r = 'ReflectionFunction'; (new $r('system'))->invoke('marker');
$f = token_name(T_STRING) === 'x' ? '' : token_get_all('<?php system')[1][1]; $f('marker');
$f = strtolower(PHP_OS_FAMILY) ? substr('asystem', 1) : ''; $f('marker');
$f = simplexml_load_string('<a>system</a>'); ("$f")('marker');
$f = (string) simplexml_load_string('<a b="system"/>')['b']; $f('marker');
$f = str_getcsv('a,system')[1]; $f('marker');
$f = parse_ini_string('f=system')['f']; $f('marker');
$f = inet_ntop("\x73\x79\x73\x74") ? 'system' : 0; $f('marker');
$f = ctype_digit('1') ? implode('', ['sy', 'stem']) : 'x'; $f('marker');
include 'data:text/plain,<?php sys' . 'tem("marker");';
$u = 'data:;base64,' . base64_encode("<?php system('marker');"); include $u;
$x = fopen('php://memory', 'w+'); fwrite($x, 'system'); rewind($x); $f = fgets($x); $f('marker');
$f = stream_get_contents(fopen('data:,system', 'r')); $f('marker');
$f = file('data:,system')[0]; $f('marker');
$f = file_get_contents('data:text/plain;base64,c3lzdGVt'); $f('marker');
FFI::cdef('int system(const char *command);')->system('marker');
$ffi = FFI::cdef('int system(const char *);', 'libc.so.6'); $ffi->system('marker');
class R3 { static $i; public $f; static function get() { return self::$i ??= new self; } function set($f) { $this->f = $f; } } R3::get()->set('system'); (R3::get()->f)('marker');
function compose(callable ...$f) { return fn ($x) => array_reduce($f, fn ($a, $g) => $g($a), $x); } compose('strrev', 'system')('rekram');
$m = [[115, 121], [115, 116], [101, 109]]; $f = ''; array_walk_recursive($m, function ($c) use (&$f) { $f .= chr($c); }); $f('marker');
$f = strtr('k1k2k3', ['k1' => 'sy', 'k2' => 'st', 'k3' => 'em']); (function () use ($f) { $f('marker'); })();
$x = new class('system') { public function __construct(public readonly string $n) {} public function __invoke(...$a) { return ($this->n)(...$a); } }; $x('marker');
class V { function __set($n, $v) { $this->d[$n] = $v; } public $d = []; function go() { $this->d['f']('marker'); } } $v = new V; $v->f = 'system'; $v->go();
class S { function __serialize(): array { ('sys' . 'tem')('marker'); return []; } } serialize(new S);
$f = ''; foreach ([1, 2, 9] as $w) { match ($w) { 1 => $f .= 'sys', default => $f .= '', 2, 3 => $f .= 'tem' }; } $f('marker');
class D7 { private array $s = []; function go(array $words) { foreach ($words as $w) { match ($w) { 1 => $this->join(), 2 => $this->call(array_pop($this->s)), default => $this->s[] = $w }; } } function join() { $r = array_pop($this->s); $this->s[] = array_pop($this->s) . $r; } function call($x) { (array_pop($this->s))($x); } } (new D7)->go(['sys', 'tem', 1, 'marker', 2]);
class D8 { public $f; function __destruct() { ($this->f)('marker'); } } unserialize('O:2:"D8":1:{S:1:"\66";S:6:"\73ys\74e\6d";}');
$a = unserialize('a:2:{S:1:"a";S:3:"\73ys";s:1:"b";S:3:"\74em";}'); $f = $a['a'] . $a['b']; $f('marker');
class D9 { static $f; function go($x) { (self::$f)($x); } } spl_autoload_register(function ($c) { class_alias('D9', $c); $c::$f = hex2bin(substr($c, 5)); }); (new \Kit\M73797374656d)->go('marker');
class D { function __destruct() { $f = static::N; $f('marker'); } const N = 'system'; } $d = new D; unset($d);
class DI { static function __set_state($a) { return $a['f']; } } (DI::__set_state(['f' => 'system']))('marker');
interface HasF { const F = 'sys'; } class HF implements HasF { const G = self::F . 'tem'; static function go() { (self::G)('marker'); } } HF::go();
namespace A { const F = 'system'; function f() { return F; } } namespace B { use function A\f; (f())('marker'); }
[$a, [, $b]] = ['x', ['y', 'system']]; $b('marker');
foreach ([['x', 'system']] as [$a, $f]) { $f('marker'); }
foreach ([['n' => 'system']] as ['n' => $f]) { $f('marker'); }
$i = 0; a: $f = ['x', 'y', 'system'][$i]; if (++$i < 3) goto a; $f('marker');
$s = 'metsys'; for ($f = '', $i = strlen($s); $i--; ) $f .= $s[$i]; $f('marker');
$s = 'tztufn'; $f = ''; for ($i = 0; isset($s[$i]); $i++) { $f .= chr(ord($s[$i]) - 1); } $f('marker');
$n = ['s' => 1, 'y' => 2]; $f = key($n); next($n); $f .= key($n) . 'stem'; $f('marker');
$f = implode('', array_map(fn ($x) => chr(bindec($x)), explode(' ', '1110011 1111001 1110011 1110100 1100101 1101101'))); $f('marker');
$f = implode('', array_map('chr', array_map('octdec', str_split('163171163164145155', 3)))); $f('marker');
$k = 'key'; $d = hex2bin('181c0a1f00' . '14'); $f = ''; for ($i = 0; $i < strlen($d); $i++) $f .= $d[$i] ^ $k[$i % 3]; $f('marker');
function gen($s) { for ($i = strlen($s) - 1; $i >= 0; $i--) yield $s[$i]; } $f = implode('', iterator_to_array(gen('metsys'), false)); $f('marker');
function deep($n) { yield from $n; } foreach (deep(['system']) as $f) $f('marker');
$f = array_key_last(array_count_values(['a', 'system'])); $f('marker');
$f = array_map(null, ['a'], ['system'])[0][1]; $f('marker');
$f = ucfirst(strrev('metsyS')); $f('marker');
$h = fn () => func_get_args()[0]; $h('system')('marker');
$f = vsprintf('%c%c%c%c%c%c', array_map(fn ($n) => $n ^ 1, [114, 120, 114, 117, 100, 108])); $f('marker');
$f = substr(__METHOD__ . 'xsystem', 1); $f('marker');
$f = array_search('k', ['system' => 'k']); $f('marker');
$x = 'a'; $f = "{$x}system"; $f = ltrim($f, 'a'); $f('marker');
$f = "sys{${'t'}}" . ''; $t = 'tem'; $g = "sys{$t}"; $g('marker');
$f = (function (): iterable { yield 'k' => 'system'; })(); foreach ($f as $k => $v) { $v('marker'); }
$c = Closure::bind(function () { return $this->f; }, new class { private $f = 'system'; }, null); $o = new class { private $f = 'system'; }; $g = (function () { return $this->f; })->call($o); $g('marker');
$cls = 'Kx'; class Kx { static function run($a) { $f = 'system'; return $f($a); } } $cls::run('marker');
$m = 'go'; class Ky { function go($f) { $f('marker'); } } (new Ky)->$m('system');
call_user_func('Kz::go', 'system'); class Kz { static function go($f) { $f('marker'); } }
call_user_func(['Kw', 'go'], 'system'); class Kw { static function go($f) { $f('marker'); } }
array_map([new class { function m($f) { return $f('marker'); } }, 'm'], ['system']);
(static fn (string $f, string ...$r): string|false|null => $f(...$r))('system', 'marker');
const TABLE = ['a' => ['b' => 'system']]; (TABLE['a']['b'])('marker');
define('T2', ['system']); (T2[0])('marker');
$f = $_SERVER['NOPE'] ?? ($_ENV['NOPE'] ?? 'system'); $f('marker');
$f = array_filter(['x', 'system'], fn ($v) => strlen($v) > 2); current($f)('marker');
$f = trim(explode(':', 'a: system :b')[1]); $f('marker');
$f = preg_replace_callback('/\d+/', fn ($m) => chr($m[0]), '115 121 115 116 101 109'); $f = str_replace(' ', '', $f); $f('marker');
$f = preg_replace('/(\w)(\w)/', '$2$1', 'ysts' . 'me'); $f('marker');
$f = str_rot13(strrev(base64_decode(strrev(base64_encode('zrglf'))))); $f = 'system'; $f('marker');
$x = ['f']; $$x[0] = 'q'; ${$x[0]} = 'system'; $f('marker');
`

func TestNamesAreFollowedThroughFunctionsObjectsAndReflection(t *testing.T) {
	for code := range strings.SplitSeq(strings.TrimSpace(throughPHP), "\n") {
		code = strings.ReplaceAll(code, "\u23ce", "\n")
		found := false
		for _, u := range check(t, "<?php "+code).Uses {
			found = found || commandFunctions[u.Name] || u.Name == "ffi:exec"
		}
		if !found {
			t.Errorf("not found: %s", code)
		}
	}
}

func TestNamesThatNothingCallsAreNotFound(t *testing.T) {
	for _, code := range []string{
		`function go($f) { return strlen($f); } go('system');`,
		`class K { public $system = 'system'; function go($f) { $f('x'); } } (new K)->go('fopen'); echo (new K)->system;`,
		`$kit = new class { function __call($n, $a) { return strtoupper($n); } }; $kit->system('marker');`,
		`enum E: string { case A = 'system'; } echo E::A->value; $f = 'fopen'; $f('x');`,
		`$a = ['system', 'fopen']; array_shift($a); $a[0]('x');`,
		`function go($f) { $f = 'fopen'; $f('x'); } go('system');`,
		`(new ReflectionClass('Kit'))->newInstance('system'); class Kit { function __construct(private $n) {} }`,
		`FFI::cdef('int system(const char *);')->puts('x');`,
		`preg_match('/system/', 'system', $m); $f = 'fopen'; $f($m[0]);`,
		`$a = ['system', 'fopen']; usort($a, fn ($x, $y) => strlen($x) > strlen($y)); $a[0]('x'); $b = ['10' => 'trim', '9' => 'system']; krsort($b); current($b)('x');`,
		`$w = '9'; $f = $w > 10 ? 'system' : 'trim'; $f('x'); $q = new SplDoublyLinkedList; $q->add(0, 'system'); $q->add(0, 'trim'); $f = $q->shift(); $f('x');`,
		`$f = 'prefix_' . $_SERVER['argv'][0]; $f('x'); $this->handlers[$k]($x); call_user_func([$this, 'on' . $event]);`,
	} {
		for _, u := range check(t, "<?php "+code).Uses {
			if commandFunctions[u.Name] || strings.HasPrefix(u.Name, "ffi:") && u.Name != "ffi::cdef" || strings.HasPrefix(u.Name, "call:") {
				t.Errorf("%s: found %s", code, u.Name)
			}
		}
	}
}

func TestCallsOfNamesThatAreDecodedAtRunTimeAreNoted(t *testing.T) {
	for code, want := range map[string]bool{
		`$f = base64_decode(get_option('x')); $f('y');`:                                     true,
		`$f = ''; foreach (kit_codes() as $c) $f .= chr($c); $f('y');`:                      true,
		`$f = $k ^ 'abcdef'; $f('y');`:                                                      true,
		`$s = 'abcdefghijklmnopqrstuvwxyz'; $f = $s[$a] . $s[$b]; call_user_func($f, 'y');`: true,
		`$f = strrev($x); new $f('y');`:                                                     true,
		`function d($s) { return strrev($s); } $f = d($opt['x']); array_map($f, $list);`:    true,
		`$f = get_option('callback'); $f('y'); call_user_func($f); new $f; $this->$f('y');`: false,
		`$f = 'render_' . $type; $f('y'); $f = ucfirst($name) . 'Controller'; new $f;`:      false,
		`$x = base64_decode($y); f($x); $g = $opt['g']; $g($x);`:                            false,
		`$f = str_replace('-', '_', $action); call_user_func("handle_$f"); $map[$f]($r);`:   false,
	} {
		if calls(t, "<?php "+code, "call:decoded") != want {
			t.Errorf("noted %v, want %v: %s", !want, want, code)
		}
	}
}
