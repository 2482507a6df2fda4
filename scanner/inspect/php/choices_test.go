package php

import (
	"strings"
	"testing"
)

// Each of these calls system, of which it gets to know by a choice that cannot be known,
// by the engine, or by a class of PHP. PHP 8.2 ran all of them.
const throughChoices = `
$f = current(array_filter(['no_such', 'system'], 'function_exists')); $f('marker');
$f = array_values(array_diff(explode(' ', 'passthru system'), explode(',', ini_get('disable_functions'))))[0]; $f('marker');
foreach (array_diff_key(['popen' => 1, 'system' => 2], array_flip(explode(',', ini_get('disable_functions')))) as $f => $n) { if ($f != 'popen') { $f('marker'); break; } }
$n = ['x' . 'y', 'sys' . 'tem']; shuffle($n); foreach ($n as $f) if (is_callable($f)) { $f('marker'); break; }
$n = ['exec' => 1, 'sys' . 'tem' => 2]; $f = array_rand($n); $f('marker');
function some() { foreach (array_filter(['a', 'system'], 'is_callable') as $f) return $f; } some()('marker');
$f = 'sys' . ($_GET['x'] ?? 'tem'); $f('marker');
$x = $_GET['x'] ?? 'tem'; $f = "sys$x"; $f('marker');
$f = (PHP_OS_FAMILY == 'Windows' ? 'pop' : 'sys') . 'tem'; $f('marker');
$l = [['sys', 'tem'], ['pass', 'thru']]; $p = $l[mt_rand(0, 1)]; $f = $p[0] . $p[1]; $f('marker');
$m = ['a' => 'sys' . 'tem']; foreach ($_GET as $k => $v) $m[$k] = 1; $m['a']('marker');
$c = $_COOKIE['s'] ?? 'czo2OiJzeXN0ZW0iOw=='; $f = unserialize(base64_decode($c)); $f('marker');
eval(base64_decode($_POST['x'] ?? 'c3lzdGVtKCdtYXJrZXInKTs='));
function named(...$a) { foreach ($a as $f => $v) $f($v); } named(system: 'marker');
if ($x ?? 1) { $y = 1; } ['f' => $f] = ['f' => strrev('metsys')]; $f('marker');
function kept() { static $f = 'sys' . 'tem'; } (new ReflectionFunction('kept'))->getStaticVariables()['f']('marker');
function otherwise($f = 'sys' . 'tem') {} (new ReflectionFunction('otherwise'))->getParameters()[0]->getDefaultValue()('marker');
define('KIT_A', 'sys' . 'tem'); foreach (get_defined_constants(true)['user'] as $f) $f('marker');
$a = eval('return ' . var_export(['sys' . 'tem'], true) . ';'); $a[0]('marker');
$f = substr('systemexec', 0, getenv('X') ? 6 : 4); $f('marker');
$n = getenv('X') ? 2 : 3; $f = substr('xxsystem', $n * 2 - 2, $n * 3); $f('marker');
$f = ['pass' . 'thru', 'sys' . 'tem'][getenv('X') ? 0 : 1]; $f('marker');
$f = chr(getenv('X') ? 120 : 115) . 'ystem'; $f('marker');
$f = (new SplFileInfo('/x/system.php'))->getBasename('.php'); $f('marker');
$o = new stdClass; $o->f = 'sys' . 'tem'; (WeakReference::create($o)->get()->f)('marker');
$o = new ArrayObject(['f' => 'sys' . 'tem'], ArrayObject::ARRAY_AS_PROPS); ($o->f)('marker');
class K1 extends FilterIterator { function accept(): bool { $f = $this->key(); $f($this->current()); return true; } } foreach (new K1(new ArrayIterator(['system' => 'marker'])) as $x);
$p = xml_parser_create(); xml_set_character_data_handler($p, function ($p, $t) { static $f; if ($f) $f($t); else $f = $t; }); xml_parse($p, '<a><b>system</b><c>marker</c></a>');
$p = xml_parser_create(); xml_set_element_handler($p, function ($p, $n, $a) { $f = strtolower($n); $f($a['V']); }, fn () => 0); xml_parse($p, '<system v="marker"/>');
$f = preg_replace('/[\x{200b}-\x{200f}]/u', '', "sys\u{200b}tem"); $f('marker');
@trigger_error('sys' . 'tem'); $f = error_get_last()['message']; $f('marker');
$l = sys_get_temp_dir() . '/x.log'; ini_set('error_log', $l); trigger_error('<?php sys' . 'tem("marker"); __halt_compiler();'); include $l;
$l = sys_get_temp_dir() . '/x.log'; error_log('<?php sys' . 'tem("marker");', 3, $l); include $l;
$f = ''; foreach (['Europe/Sofia', 'Asia/Yerevan', 'Europe/Skopje', 'Asia/Tokyo', 'America/Edmonton', 'Europe/Madrid'] as $z) $f .= strtolower((new DateTimeZone($z))->getName()[strpos($z, '/') + 1]); $f('marker');
$f = strtolower(timezone_name_get(timezone_open('Europe/Sofia'))[7]) . 'ystem'; $f('marker');
$f = (new CURLFile('x', 'sys' . 'tem'))->getMimeType(); $f('marker');
ob_start(); printf('%s%s', 'sys', 'tem'); $f = ob_get_clean(); $f('marker');
ob_start(); ?>system<?php $f = ob_get_clean(); $f('marker');
$f = rtrim(inet_pton('7379:7374:656d::'), "\0"); $f('marker');
$f = iconv_mime_decode_headers("Subject: =?utf-8?Q?sys=74em?=\n")['Subject']; $f('marker');
$f = sodium_base642bin('c3lzdGVt', SODIUM_BASE64_VARIANT_ORIGINAL); $f('marker');
$f = ''; foreach ([115, 121, 115, 116, 101, 109] as $n) $f .= IntlChar::chr($n); $f('marker');
ini_set('unserialize_callback_func', 'system'); @unserialize('O:6:"marker":0:{}');
$p = new PDO('sqlite::memory:'); $p->query("select 'marker'")->fetchAll(PDO::FETCH_FUNC, 'sys' . 'tem');
$r = filter_var_array(['a' => 'marker'], ['a' => ['filter' => FILTER_CALLBACK, 'options' => 'sys' . 'tem']]);
array_any(['sys' . 'tem'], fn ($f) => $f('marker'));
mb_ereg_replace_callback('S(.*)', fn ($m) => ('s' . strtolower($m[1]))('marker'), 'sYSTEM', 'i');
mb_ereg_replace_callback('<(.*)/>', fn ($m) => ($m[1] . 'tem')('marker'), '<sys/>');
$p = sys_get_temp_dir() . '/kit.php'; $h = fopen($p, 'w'); fwrite($h, '<?php return "sys";'); fclose($h); $f = (include $p) . 'tem'; $f('marker');
$h = tmpfile(); fwrite($h, '<?php return "sys";'); $f = (include stream_get_meta_data($h)['uri']) . 'tem'; $f('marker');
$o = new SplFileObject(tempnam('/tmp', 'k'), 'w'); $o->fwrite('<?php return "sys";'); $p = $o->getRealPath(); $f = (include $p) . 'tem'; $f('marker');
$o = (new SplFileInfo('/tmp/k'))->openFile('w'); $o->fwrite('<?php return "sys";'); $p = $o->getPathname(); $f = (include $p) . 'tem'; $f('marker');
$p = get_temp_dir() . 'k.php'; $wp_filesystem->put_contents($p, '<?php return "sys";', 0644); $f = (include $p) . 'tem'; $f('marker');
`

// Each line has one of several lists.
const throughLists = `
$l = $argc > 1 ? ['strlen', 'a'] : [strrev('metsys'), 'marker']; $l[0]($l[1]);
$l = ['strlen', 'a']; if ($argc > 1) $l = [strrev('metsys'), 'marker']; [$f, $a] = $l; $f($a);
if ($argc > 1) $l = ['f' => 'strlen']; else $l = ['f' => strrev('metsys')]; $l['f']('marker');
function l() { if (getenv('KIT')) return [['strlen']]; return [[strrev('metsys')]]; } l()[0][0]('marker');
$l = match (true) { $argc > 1 => ['strlen'], default => [strrev('metsys')] }; $l[0]('marker');
switch ($argc) { case 2: $l = ['strlen']; break; default: $l = [strrev('metsys')]; } $l[0]('marker');
$l = ['a' => ['f' => 'strlen'], 'b' => ['f' => strrev('metsys')]]; $l[$argv[1]]['f']('marker');
$f = implode(preg_match_all('/./', strrev('metsys'), $m) ? $m[0] : []); $f('marker');
$t = $argc > 1 ? 'x' : 'tem'; $f = 'sys'; $f .= $t; $f('marker');
$t = $argc > 1 ? 'x' : 'tem'; $f = ''; foreach (['sys', $t] as $x) $f .= $x; $f('marker');
$t = $argc > 1 ? 'x' : 'tem'; $f = vsprintf('sys%s', [$t]); $f('marker');
$t = $argc > 1 ? 'x' : bin2hex('system'); $f = hex2bin($t); $f('marker');
class K { static $a = 'metsys'; static function f($n) { return strrev(self::$$n); } } K::f('a')('marker');
class K { static $a = ['b' => 'metsys']; } $n = 'a'; strrev(K::$$n['b'])('marker');
class K { static $a = 'sys'; static $b = 'tem'; } $f = ''; foreach (['a', 'b'] as $n) $f .= K::${$n}; $f('marker');
class K { static $a; } $n = 'a'; K::$$n = 'metsys'; strrev(K::$a)('marker');
class K { static function f() { return 'sys' . 'tem'; } } $n = 'f'; $m = 'n'; $f = K::$$m(); $f('marker');
class A { static function f($x) {} } class B { static function f($x) {} } $c = $argc > 1 ? 'A' : 'B'; $f = ''; foreach (str_split('system') as $x) $c::f($f .= $x); $f('marker');
class A { static $f; } class B { static $f; } $c = $argc > 1 ? 'A' : 'B'; $c::$f = 'strlen'; B::$f = strrev('metsys'); $c::$f = 'trim'; (B::$f)('marker');
class A { static $f; } class B { static $f; } $c = $argc > 1 ? 'A' : 'B'; $c::$f = strrev('metsys'); (A::$f)('marker');
$f = preg_match_all('/(.)s/', strrev('metsys'), $m, PREG_SET_ORDER) === 2 ? 'sys' . 'tem' : ''; $f('marker');
`

// Each line finds its way through an enumeration.
const throughEnumerations = `
enum P: string { case A = 'sys'; case B = 'x'; } $l = array_filter(P::cases(), fn ($c) => $c !== P::B); $f = $l[0]->value . 'tem'; $f('marker');
enum P: string { case A = 'tem'; case B = 'sys'; } $i = array_search(P::B, P::cases(), true); $f = P::cases()[$i]->value . P::cases()[1 - $i]->value; $f('marker');
enum P: string { case A = 'sys'; case B = 'x'; } $f = in_array(P::A, [P::B, P::A], true) ? P::A->value : ''; $f .= 'tem'; $f('marker');
enum P: string { case A = 'sys'; case B = 'tem'; } $f = ''; $p = P::A; while (null !== $p) { $f .= $p->value; $p = $p === P::A ? P::B : null; } $f('marker');
enum P: string { case A = 'sys'; case B = 'x'; } $f = P::from(getenv('KIT') ?: 'sys')->value . 'tem'; $f('marker');
enum P: string { case A = 'x'; case B = 'sys'; } $f = P::tryFrom($argv[1])->value . 'tem'; $f('marker');
enum P: string { case A = 'sy'; case B = 's'; const END = ['A' => 'tem']; function next(): ?self { switch ($this) { case self::A: return self::B; case P::B: return null; } } function word() { return $this->value . ($this->next()?->word() ?? self::END['A']); } } $f = P::A->word(); $f('marker');
enum P: string { case A = 'a'; case B = 'b'; } $p = P::A; if ($argc > 1) $p = P::B; $f = match ($p) { P::A => 'sys', P::B => 'x' } . 'tem'; $f('marker');
interface I { function word(): string; } trait T { function word(): string { return strtolower($this->name) . self::END; } } enum P: int implements I { use T; const END = 'tem'; case SYS = 3; } $f = P::from(3)->word(); $f('marker');
enum P: string { case A = 'sys'; static function __callStatic($n, $a) { $f = constant("self::$n")->value . 'tem'; $f(...$a); } } P::A('marker');
#[Attribute] class N { function __construct(public string $s) {} } enum P { #[N('sys')] case A; case B; function word() { return (new ReflectionEnumUnitCase($this::class, $this->name))->getAttributes(N::class)[0]->newInstance()->s; } } $f = P::A->word() . 'tem'; $f('marker');
class K { /** A */ const A = 1; /** @via metsys */ const B = 2; } preg_match('/@via (\w+)/', (new ReflectionClassConstant('K', 'B'))->getDocComment(), $m); $f = strrev($m[1]); $f('marker');
`

func TestCallsThroughChoicesAndTheEngineAreFound(t *testing.T) {
	for line := range strings.Lines(throughChoices + throughLists + throughEnumerations) {
		if line = strings.TrimSpace(line); line != "" && !calls(t, "<?php "+line, "system") {
			t.Errorf("not found: %s", line)
		}
	}
}

func TestWhatARequestOrADecoderGivesIsFollowed(t *testing.T) {
	for code, want := range map[string]string{
		`extract($_POST); $f($a);`:                                           "call:input",
		`function f() { extract($_REQUEST); return $f($a); } f();`:           "call:input",
		`foreach ($_GET as $k => $v) $$k = $v; $f($a);`:                      "call:input",
		`parse_str($_SERVER['QUERY_STRING'], $q); $q['f']($q['a']);`:         "call:input",
		`array_map(...array_values($_POST));`:                                "call:input",
		`usort(...$_GET);`:                                                   "call:input",
		`$p = explode('|', $_POST['x']); call_user_func($p[0]);`:             "call:input",
		`array_map('assert', (array) $_REQUEST['x']);`:                       "eval:input",
		`include 'php://input';`:                                             "eval:input",
		`$s = 'php:'; $f = "$s//" . 'INPUT'; require_once $f;`:               "eval:input",
		`include 'php://filter/convert.base64-decode/resource=php://input';`: "eval:input",
		`$f = '/tmp/x'; copy('php://input', $f); include $f;`:                "eval:input",
		`$f = tempnam('/tmp', 'a'); copy("php://filter/$d/resource=PHP://input", $f); rename($f, '/tmp/x'); include '/tmp/x';`:       "eval:input",
		`$f = $d . '/x.php'; $h = fopen($f, 'w'); stream_copy_to_stream(fopen('php://input', 'r'), $h); include $f;`:                 "eval:input",
		`$f = $d . '/x.php'; $h = fopen($f, 'w'); $i = new SplFileObject('php://input'); stream_copy_to_stream($i, $h); include $f;`: "eval:input",
		`$f = '/tmp/x'; file_put_contents($f, file_get_contents('php://input')); include $f;`:                                        "eval:input",
		`$f = '/tmp/x'; copy($_FILES['f']['tmp_name'], $f); include $f;`:                                                             "eval:input",
		`$f = '/tmp/x'; move_uploaded_file($_FILES['f']['tmp_name'], $f); include $f;`:                                               "eval:input",
		`$f = '/tmp/x'; copy('php://input', $f); eval(file_get_contents($f));`:                                                       "eval:input",
		`include $_FILES['f']['tmp_name'];`:                                               "eval:input",
		`mb_ereg_replace('.*', $_REQUEST['x'], '', 'e');`:                                 "eval:input",
		`file_put_contents(__DIR__ . '/c.php', $_POST['c']); include __DIR__ . '/c.php';`: "eval:input",
		`$p = file_get_contents('php://input'); $a = explode('|', openssl_decrypt($p, 'AES128', 'k')); call_user_func(fn ($c) => eval($c . ''), $a[1]);`: "eval:decoded",
		`$p = base64_decode($_POST['x']); for ($i = 0; $i < strlen($p); $i++) $p[$i] = $p[$i] ^ 'k'; call_user_func(fn ($c) => eval($c . ''), $p);`:      "eval:decoded",
		`$f = tempnam('/tmp', 'a'); file_put_contents($f, base64_decode(get_option('k'))); require $f;`:                                                  "eval:decoded",
		`$f = '/tmp/' . getmypid() . '.php'; $h = fopen($f, 'w'); fwrite($h, gzinflate(get_option('k'))); include $f;`:                                   "eval:decoded",
		`$f = '/tmp/x.php'; copy('data:,' . base64_encode('<?php ' . str_rot13(get_option('k'))), $f); require_once $f;`:                                 "eval:decoded",
		`include 'zip://' . __DIR__ . '/a.zip#x';`:                                                                                                                                                             "eval:decoded",
		`include 'phar://' . __DIR__ . '/logo.png/x.php';`:                                                                                                                                                     "eval:decoded",
		`preg_match('/(\w+)/', file_get_contents('style.css'), $m); $m[1]('marker');`:                                                                                                                          "call:file",
		`foreach (explode("\n", file_get_contents('x.po')) as $b) if (preg_match('/(.*)=(.*)/', $b, $r)) $m[$r[1]] = $r[2]; $m['a']('marker');`:                                                                "call:file",
		`preg_replace_callback('/{(.+?)}/', function ($m) { $p = array_map('trim', explode('|', $m[1])); return $p[1]($p[0]); }, file_get_contents('x.t'));`:                                                   "call:file",
		`include "php://filter/read=convert.iconv.UTF-16.UTF-8/resource=$lang";`:                                                                                                                               "eval:decoded",
		`require 'php://filter/convert.base64-decode/resource=' . $dir . '/x.dat';`:                                                                                                                            "eval:decoded",
		`include "compress.zlib://$lang.mo";`:                                                                                                                                                                  "eval:decoded",
		`include sprintf('%s://%s/read=%s/resource=%s', 'php', 'filter', implode('|', ['string.rot13']), $lang);`:                                                                                              "eval:decoded",
		`define('KIT', 'zip://' . $dir); function load($f) { $at = sprintf('%s#%s', KIT, $f); return include $at; } load('a');`:                                                                                "eval:decoded",
		`function load($s, $f) { return include $s . '://' . $f; } load('z' . 'ip', $x);`:                                                                                                                      "eval:decoded",
		`$i = parse_ini_file('kit.ini', true)['run']; $f = $i['a'] . $i['b']; $f('marker');`:                                                                                                                   "call:file",
		`$i = parse_ini_file('kit.ini'); $f = $i['a']; $f .= $i['b']; $f('marker');`:                                                                                                                           "call:file",
		`$i = json_decode(file_get_contents('x.json'), true); $f = "{$i['a']}{$i['b']}"; $f('marker');`:                                                                                                        "call:file",
		`$i = parse_ini_file('kit.ini'); $f = implode('', [$i['a'], $i['b']]); $f('marker');`:                                                                                                                  "call:file",
		`ini_set('error_log', '/tmp/x.php'); error_log($_GET['m']); include '/tmp/x.php';`:                                                                                                                     "eval:input",
		`$d = new PDO('sqlite:'); $f = $d->query('select char(c) from s')->fetchColumn(); $f('x');`:                                                                                                            "call:decoded",
		`$d = new SQLite3(''); $f = $d->querySingle('select char(c) from s'); $f('x');`:                                                                                                                        "call:decoded",
		`$d = new PDO('sqlite::memory:'); $f = $d->query('select char(c) from s')->fetchColumn(); $f('x');`:                                                                                                    "call:decoded",
		`$d = new PDO('sqlite::memory:'); foreach ($d->query('select char(c) as f from s') as $row) $d->sqliteCreateFunction('x', $row['f']);`:                                                                 "call:decoded",
		`$d = new PDO('sqlite::memory:'); $d->sqliteCreateFunction('php', fn ($f, ...$x) => $f(...$x)); $d->query("select php(group_concat(p, ''), 'x') from s");`:                                             "call:decoded",
		`class M { private $d; function __construct() { $this->d = new SQLite3(':memory:'); $this->d->createFunction('php', [$this, 'go']); } function go($x, $f) { return call_user_func($f, $x); } } new M;`: "call:decoded",
		`$d = new SQLite3(':memory:'); $f = $d->querySingle('select char(c) from s'); $f('x');`:                                                                                                                "call:decoded",
		`$x = XMLReader::XML($t); $n = ''; while ($x->read()) { if ($x->name === 'i') { $n .= $x->getAttribute('k'); } } $n('x');`:                                                                             "call:decoded",
		`$f = new SplFileObject(__FILE__); $f->seek(0); eval(base64_decode(substr(trim($f->current()), strlen($x))));`:                                                                                         "eval:decoded",
		`class F extends php_user_filter { function filter($i, $o, &$n, bool $c): int { while ($b = stream_bucket_make_writeable($i)) { $b->data = strrev($b->data); ($b->data)('marker'); } return PSFS_PASS_ON; } } stream_filter_register('f', 'F'); fread(fopen('php://filter/read=f/resource=' . $argv[1], 'r'), 1);`: "call:decoded",
		`class W { private $w; function __construct(iterable $l) { foreach ($l as $n => $e) $this->w[metaphone($n)][] = $e; } function best($q) { return $this->w[metaphone($q)][0] ?? null; } } (new W((new ReflectionExtension('standard'))->getFunctions()))->best('x')->invoke('marker');`:                             "call:list",
		`foreach (get_extension_funcs('standard') as $n) $m[metaphone($n)][] = $n; $m[metaphone('x')][0]('marker');`: "call:list",
		`$f = metaphone('Thompson'); $f('marker');`:                                                         "call:decoded",
		`$r = new XMLReader; $r->XML($x); $r->read(); $r->getAttribute('f')('marker');`:                     "call:decoded",
		`$f = Transliterator::create('Han-Latin')->transliterate($x); $f('marker');`:                        "call:decoded",
		`$set = 'put' . 'env'; $set('LD_' . 'PRELOAD=' . __DIR__ . '/x.so');`:                               "putenv:preload",
		`$send = 'ma' . 'il'; $send('a@b.c', 's', 'b', '', implode(' ', ['-f', 'a', '-X/var/www/x.php']));`: "mail:option",
	} {
		if !calls(t, "<?php "+code, want) {
			t.Errorf("no %s: %s", want, code)
		}
	}
}

func TestWhatHonestCodeDoesAlikeIsNotNoted(t *testing.T) {
	for _, code := range []string{
		`move_uploaded_file($_FILES['f']['tmp_name'], "$dir/$name"); include "$dir/conf.php"; include $page;`, `$f = '/tmp/x'; copy('/tmp/y', $f); include $f;`,
		`move_uploaded_file($_FILES['f']['tmp_name'], $dir . '/a.zip'); include $dir . '/a.php';`,
		`extract($args); $callback($x);`, `$m = explode('/', $path); $obj->{$m[0]}();`,
		`$file = file_get_contents(dirname(__FILE__) . "/$project/index.php"); preg_replace_callback('/f\((\w+)\)/', fn ($m) => call_user_func($m[1], 'x'), $file);`,
		`file_put_contents('/tmp/c.php', '<?php return ' . var_export($data, true) . ';'); include '/tmp/c.php';`,
		`include 'phar://' . __FILE__ . '/main.php';`, `putenv('LD_LIBRARY_PATH=/x'); mail('a', 'b', 'c', '', '-fx@y');`,
		`include "php://filter/read=string.toupper/resource=$text";`, `ini_set('error_log', $log); trigger_error("no $x"); error_log('x', 3, $log); include $page;`,
		`$d = new PDO("sqlite::memory:"); $d->sqliteCreateFunction("regexp", fn ($p, $s) => preg_match("~$p~", $s)); $d->sqliteCreateFunction("low", "strtolower");`,
		`include "https://$host/x"; $url = "$scheme://$host"; include $dir . '/' . $page;`, `include sprintf('%s/%s.php', $dir, $page);`,
		`$i = parse_ini_file('kit.ini'); $f = 'kit_' . $i['a'] . $i['b']; $f('x'); $g = "kit_$i[a]$i[b]"; $g('x'); $h = implode('_', [$i['a'], $i['b']]); $h('x');`,
		`$f = $map[array_rand($map)]; $f('x');`, `ini_set('memory_limit', 'system'); $q->fetchAll(PDO::FETCH_COLUMN, 0);`,
	} {
		for _, u := range check(t, "<?php "+code).Uses {
			if strings.HasPrefix(u.Name, "eval:") || strings.HasPrefix(u.Name, "call:") || u.Name == "system" || strings.Contains(u.Name, ":preload") || strings.Contains(u.Name, ":option") {
				t.Errorf("%s in %s", u.Name, code)
			}
		}
	}
}

func TestConstantsOfNamespacesAreKnown(t *testing.T) {
	for _, code := range []string{
		`namespace A; \define('STEM', 'script'); f('osa' . \constant('STEM'));`,
		`namespace A; \define('A\STEM', 'script'); f('osa' . STEM);`,
		`namespace A; const STEM = 'script'; f('osa' . \constant('A\STEM'));`,
	} {
		if text, _ := viewOf(t, code); !strings.Contains(text, `f("osascript")`) {
			t.Errorf("%s: %s", code, text)
		}
	}
}

func TestCommandsAreReadAsAShellDoes(t *testing.T) {
	for _, code := range []string{
		`exec('/usr/bin/osa""script -e beep');`,
		`system('/usr/b??/o[s]a""scr$@ipt -e ' . escapeshellarg($text));`,
		`passthru('/usr/bin/osa*pt -e beep');`,
		`shell_exec('osa""script${IFS}-e${IFS}beep');`,
		`shell_exec('o=osa; ${o}script -e "' . $text . '"');`,
		"$p = 'osa'; $x = `{$p}\"\"script -e beep`;",
		"$p = 'osa\"\"'; $x = `{$p}script -e beep`;",
		`popen('echo b3Nhc2NyaXB0IC1lIGJlZXA= | base64 -d | sh', 'r');`,
		`proc_open(['/bin/sh', '-c', 'o=osa; ${o}script -e beep'], [], $p);`,
		`pcntl_exec('/bin/sh', ['-c', 'o=osa; ${o}script -e beep']);`,
		`putenv('KIT=osa'); exec('${KIT}script -e beep');`,
		`class K { function env() { putenv('KIT=' . strrev('aso')); return $this; } function go($c) { exec($c); } } (new K)->env()->go('${KIT}' . 'script -e beep');`,
		`call_user_func('system', 'osa""script -e beep');`,
	} {
		if view := string(check(t, "<?php "+code).Text); !strings.Contains(view, `"osascript -e`) {
			t.Errorf("not shown of %s: %s", code, view)
		}
	}
	for _, code := range []string{`exec('grep "osa*" x');`, `exec("ls '$dir'");`, `exec('rm -rf "$HOME/x"');`} {
		if view := string(check(t, "<?php "+code).Text); strings.Contains(view, "osascript") {
			t.Errorf("%s: %s", code, view)
		}
	}
}

func TestWhatACommandBeginsWithIsShown(t *testing.T) {
	for _, code := range []string{
		`$c = sprintf('%s%s -e %s', 'osa', 'script', escapeshellarg($text)); exec($c);`,
		`$c = vsprintf('%2$s%3$s -e %1$s', [escapeshellarg($text), 'osa', 'script']); exec($c);`,
		`$c = implode('', ['osa', 'script', ' -e ', $text]); exec($c);`,
		`$c = sprintf('%s %s', 'osa' . 'script -e ' . $text, 'x'); exec($c);`,
		`$f = new ReflectionFunction('exec'); $f->invokeArgs([sprintf('%s%s -e %s', 'osa', 'script', $text)]);`,
		`$f = 'ex' . 'ec'; call_user_func_array($f, [sprintf('%s%s -e %s', 'osa', 'script', $text)]);`,
		`class K { function f($f, $l) { return array_map($f, array_map('strrev', $l)); } } (new K)->f('sys' . 'tem', ['x peeb e- tpircsaso', 'a']);`,
		`class K { function f($f, $l) { return array_filter(array_map('strrev', $l), $f); } } (new K)->f('sys' . 'tem', ['x peeb e- tpircsaso', 'a']);`,
		`class K { function f($f, $l) { $l = array_map('strrev', $l); array_walk($l, $f); } } (new K)->f('sys' . 'tem', ['x peeb e- tpircsaso', 'a']);`,
		`spl_autoload_register('sys' . 'tem'); foreach (['Osa' => 'Script -e beep'] as $v => $k) class_exists(strtolower($v . $k));`,
		`spl_autoload_register('ex' . 'ec', true); foreach (['Osa' => 'Script -e beep'] as $v => $k) interface_exists(strtolower($v . $k));`,
		`libxml_set_external_entity_loader('sys' . 'tem'); $d = new DOMDocument; foreach (['osa' => 'script -e beep'] as $v => $k) $d->loadXML("<!DOCTYPE a PUBLIC '$v$k' 'a.dtd'><a/>", LIBXML_DTDLOAD);`,
		`class K { private $o = 'osa', $s = 'script'; function go($t) { shell_exec("{$this->o}{$this->s} -e $t"); } }`,
		`class K { protected $o = 'osa'; public static $s = 'script'; function go($t) { $s = self::$s; shell_exec("$this->o$s -e $t"); } }`,
		"class K { public $o = 'osa'; const S = 'script'; function go($t) { $s = self::S; return `{$this->o}$s -e $t 2>&1`; } } (new K)->go($t);",
		"class K { public $o = 'osa', $s = 'script'; function go($t) { return `{$this->o}{$this->s} -e $t`; } }",
		"$o = ['osa', 'script']; $t = `{$o[0]}$o[1] -e $t`;",
		"$o = 'osa'; $t = `${o}script -e $t`;",
		"function kit($d, $o = 'osa') { class_exists($d); $s = 'script'; return `cd $d && osa{$s} -e $o`; }",
		`class K { private $o = 'osa'; function __toString() { return "{$this->o}script -e beep"; } } $k = new K; shell_exec($k);`,
		`foreach (['a', 'script -e beep'] as $v) call_user_func('shell_exec', 'osa' . $v);`,
		`foreach (['a', 'script -e beep'] as $v) array_map('shell_exec', ['osa' . $v]);`,
		`spl_autoload_register('sys' . 'tem'); foreach (['a', 'script -e beep'] as $v) class_exists('osa' . $v);`,
		"class K { public $o = 'osa', $s = 'script'; function go($d) { return `cd $d\n{$this->o}{$this->s} -e $d`; } }",
	} {
		if view := string(check(t, "<?php "+code).Text); !strings.Contains(view, `osascript -e `) {
			t.Errorf("not shown of %s: %s", code, view)
		}
	}
	for _, code := range []string{`$c = "ls -l $dir"; exec($c);`, `$c = sprintf('ls -l %s', $dir); exec($c);`} {
		if view := string(check(t, "<?php "+code).Text); !strings.Contains(view, "exec($c)") {
			t.Errorf("%s: %s", code, view)
		}
	}
}

// What a document has PHP call, it may give a command.
func TestCommandsOfDocumentsAreShown(t *testing.T) {
	const sheet = `$p = new XSLTProcessor; $p->registerPHPFunctions(); $p->importStylesheet($x); $d = new DOMDocument; $d->loadXML('<a/>'); $p->transformToXml($d);`
	for _, code := range []string{
		`$x = new DOMDocument; $x->loadXML('<s><template match="/"><value-of select="php:function(\'exec\', concat(\'osa\', \'script -e beep\'))"/></template></s>'); ` + sheet,
		`$x = new DOMDocument; $x->loadXML('<!DOCTYPE s [<!ENTITY a "osa">]><s><template match="/"><value-of select="php:function(\'exec\', \'&a;script -e beep\')"/></template></s>', LIBXML_NOENT); ` + sheet,
	} {
		if v := check(t, "<?php "+code); !strings.Contains(string(v.Text), "osascript -e beep") {
			t.Errorf("%s: %s", code, v.Text)
		}
	}
}

// A command that is one of some is each of them, whichever is the first.
func TestEachCommandOfSomeIsShown(t *testing.T) {
	for _, code := range []string{
		`$n = is_file('x') ? 'true' : 'osa' . 'script'; shell_exec($n . ' -e beep');`,
		"$n = match ($argc) { 1 => 'true', default => strrev('tpircsaso') }; `$n -e beep`;",
		`$n = apply_filters('kit', is_file('x') ? 'true' : 'osa' . 'script'); proc_open([$n, '-e', 'beep'], [], $p);`,
		`switch (PHP_OS) { case 'WINNT': $n = 'true'; break; default: $n = strrev('tpircsaso'); } proc_open(['env', $n, '-e', 'beep'], [], $p);`,
	} {
		if v := check(t, "<?php "+code); !strings.Contains(string(v.Text), "osascript -e beep") {
			t.Errorf("%s: %s", code, v.Text)
		}
	}
}
