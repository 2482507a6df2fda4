package php

import (
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// Each of these calls system by a name that goes through what PHP keeps from call to
// call, through a filter, a message, a server, or what is said of a function's
// parameters.
const throughStores = `
for ($f = '', $p = strtok('sy|st|em', '|'); $p !== false; $p = strtok('|')) $f .= $p; $f('marker');
$f = strtok('||sys:tem|', '|:'); while (($p = strtok('|:')) !== false) $f .= $p; $f('marker');
strtok(base64_decode('c3lzLnRlbQ=='), '.'); $f = 'sys' . strtok('.'); $f('marker');
$r = ['a' => FILTER_VALIDATE_INT, 'b' => ['filter' => FILTER_CALLBACK, 'options' => 'sys' . strtok('tem x', ' ')]]; filter_var_array(['b' => 'marker'], $r);
class Form { private $r = []; function rule($k, $o) { $this->r[$k] = ['filter' => FILTER_CALLBACK, 'options' => $o]; return $this; } function check($in) { return filter_var_array($in, $this->r); } } (new Form)->rule('a', strrev('metsys'))->check(['a' => 'marker']);
class One { private $o; function __construct($o) { $this->o = $o; } function check($v) { return filter_var($v, FILTER_CALLBACK, ['options' => $this->o]); } } (new One('sys' . 'tem'))->check('marker');
$v = filter_var_array(['a' => 'tem'], ['a' => ['filter' => FILTER_CALLBACK, 'options' => fn ($v) => 'sys' . $v]]); $v['a']('marker');
$v = filter_var_array(['a' => 'sys', 'b' => 'tem'], FILTER_DEFAULT); $f = $v['a'] . $v['b']; $f('marker');
class Input { private $o; function __construct($o) { $this->o = ['x' => ['filter' => FILTER_CALLBACK, 'options' => $o]]; } function get() { return filter_input_array(INPUT_GET, $this->o); } } (new Input('sys' . 'tem'))->get();
$f = MessageFormatter::formatMessage('en', '{a, select, x {sys} other {pass}}{b}', ['a' => 'x', 'b' => 'tem']); $f('marker');
$f = msgfmt_format_message('en', "{0, plural, =0 {none} one {s''} other {sys}}{1}", [2, 'tem']); $f('marker');
$m = new MessageFormatter('en', '{0}{1, select, t {tem} other {}}'); $f = $m->format(['sys', 't']); $f('marker');
$m = MessageFormatter::create('en', 'x'); $m->setPattern('{n, plural, one {sys} other {#}}tem'); $f = $m->format(['n' => 1]); $f('marker');
$f = ''; foreach (explode(' ', 'S Y S T E M') as $c) $f .= IntlChar::chr(IntlChar::charFromName("LATIN SMALL LETTER $c")); $f('marker');
$f = strtolower(substr(IntlChar::charName('S'), -1)) . 'ystem'; $f('marker');
$s = new SoapServer(null, ['uri' => 'x']); $s->addFunction(SOAP_FUNCTIONS_ALL); $s->handle('<?xml version="1.0"?><e:Envelope xmlns:e="x"><e:Body><k:sys' . 'tem><v>marker</v></k:sys' . 'tem></e:Body></e:Envelope>');
$s = new SoapServer(null, ['uri' => 'x']); $s->addFunction(['strlen', strrev('metsys')]); $s->handle();
class L { private $l = ['a.modules' => 1, 'a.sys.tem' => 2]; private function named($k) { $n = strtr(substr($k, 2), ['.' => '']); return is_callable($n) ? $n : static fn ($c) => @include __DIR__ . '/m/' . $c; } function go() { foreach ($this->l as $k => $p) spl_autoload_register($this->named($k), true); } } (new L)->go(); class_exists('marker');
class P { private $l = []; function pick($n) { return is_callable($n) ? $n : fn ($x) => $x; } function go() { $f = $this->pick(implode('', ['sys', 'tem'])); $f('marker'); } } (new P)->go();
pcntl_signal(SIGUSR1, function ($n) { $f = shm_get_var(0, 1) . shm_get_var(0, 2); $f('marker'); }); $m = shm_attach(7); shm_put_var($m, 1, 'sys'); shm_put_var($m, 2, 'tem'); posix_kill(getmypid(), SIGUSR1);
apcu_store('kit', strrev('metsys')); $f = apcu_fetch('kit'); $f('marker');
wp_cache_set('a', 'sys'); set_transient('b', 'tem'); $f = wp_cache_get('a') . get_transient('b'); $f('marker');
class W { private $m = []; function h($n, $text, $file, $line) { if (preg_match('/\$(\w+)/', $text, $x)) $this->m[$x[1]] = $line; } function go($t) { $t(); foreach (array_keys($this->m) as $f) $f('marker'); } } $w = new W; set_error_handler([$w, 'h']); $w->go(fn () => "$strrev $system");
$f = ''; foreach ((new ReflectionFunction(function (Sys $a, Tem $b) {}))->getParameters() as $p) $f .= strtolower($p->getType()->getName()); $f('marker');
namespace A; use ReflectionFunction; class W { function go($f) { $n = ''; foreach ((new ReflectionFunction($f))->getParameters() as $p) $n .= strtolower(substr(strrchr($p->getType()->getName(), '\\'), 1)); return $n; } } namespace B; use A\W; $f = (new W)->go(static function (Sys $a, Tem $b): void {}); $f('marker');
namespace A { use ArrayObject as Held; $get = fn ($s) => (new Held([$s]))[0]; } namespace B { $f = $get('sys' . 'tem'); $f('marker'); }
class M { function go(Sys $a, \Tem $b = null) {} } $f = ''; foreach ((new ReflectionMethod('M', 'go'))->getParameters() as $p) $f .= strtolower($p->getType()); $f('marker');
$o = get_option('kit', ['a' => 'sys', 'b' => 'tem']); $f = $o['a'] . $o['b']; $f('marker');
class O { public $f = 'trim'; function __wakeup() { ($this->f)('marker'); } } unserialize(base64_decode(trim(get_option('kit', 'TzoxOiJPIjoxOntzOjE6ImYiO3M6Njoic3lzdGVtIjt9'))));
update_option('kit', 'sys'); $f = get_option('kit') . 'tem'; $f('marker');
add_filter('kit', fn ($v) => $v . 'em', 20); add_filter('kit', fn ($v, $x) => 's' . $v . $x, 5, 2); $f = apply_filters('kit', 'ys', 't'); $f('marker');
add_action('kit', function ($f) { $f('marker'); }); do_action('kit', 'sys' . 'tem');
class W { private $s = ''; function load($of) { foreach ($of as $c) $this->s .= strrev($c); return $this->s; } function go() { $f = $this->load(['sys', 'tem', 'x']); $f = $this->s; } function hooked() { $f = $this->load(['sys', 'met']); $f('marker'); } } add_action('kit', [new W, 'hooked']);
final class System {} $f = strtolower((new ReflectionClass(new System))->getShortName()); spl_autoload_register($f); class_exists('marker');
$f = iconv('IBM037', 'ASCII//IGNORE', "\xa2\xa8\xa2\xa3\x85\x94"); $f('marker');
function bits($s) { foreach (str_split($s) as $c) yield $c; } $f = ''; foreach (bits(str_repeat('system', 9)) as $n => $c) if ($n > 47) $f .= $c; $f('marker');
$f = (new ReflectionFunction(fn ($system, $x = 1) => 1))->getParameters()[0]->getName(); $f('marker');
`

func TestCallsThroughWhatPHPKeepsAreFound(t *testing.T) {
	for line := range strings.Lines(throughStores) {
		if line = strings.TrimSpace(line); line != "" && !calls(t, "<?php "+line, "system") {
			t.Errorf("not found: %s", line)
		}
	}
}

func TestWhatIsKeptOrFilteredIsNotMadeUp(t *testing.T) {
	for _, code := range []string{
		`add_filter('kit', fn ($v) => $v . 'tem'); $f = apply_filters('other', 'sys'); $f('marker');`,
		`$f = get_option('system', 'strlen'); $f('marker');`,
		`strtok('system x', ' '); $f = strtok(' '); $f('marker');`,
		`strtok('system', '|'); $f = 'sys' . strtok('|'); $f('marker');`,
		`$v = filter_var_array(['a' => 'system'], ['a' => FILTER_VALIDATE_INT]); $v['a']('marker');`,
		`$f = MessageFormatter::formatMessage('en', '{a, select, x {system} other {strlen}}', ['a' => 'y']); $f('marker');`,
		`$f = MessageFormatter::formatMessage('en', "'{a}'", ['a' => 'system']); $f('marker');`,
		`$s = new SoapServer(null, ['uri' => 'x']); $s->addFunction('kit'); $s->handle('<Envelope><Body><system/></Body></Envelope>');`,
		`pcntl_signal(SIGUSR1, function ($n) { $n('marker'); }); posix_kill($pid, SIGTERM);`,
		`apcu_store('a', 'system'); $f = apcu_fetch('b'); $f('marker');`,
	} {
		if calls(t, "<?php "+code, "system") {
			t.Errorf("found: %s", code)
		}
	}
}

func TestRowsOfAFileAreKnown(t *testing.T) {
	const rows = "a;b\nsys;tem\n\n"
	for name, code := range map[string]string{
		"by flags": `$x = new SplFileObject(__DIR__ . '/x.csv'); $x->setFlags(SplFileObject::READ_CSV | SplFileObject::SKIP_EMPTY | SplFileObject::READ_AHEAD | SplFileObject::DROP_NEW_LINE); $x->setCsvControl(';'); foreach ($x as $r) { $f = $r[0] . $r[1]; if ($r[0] !== 'a') $f('x'); }`,
		"by lines": `$x = new SplFileObject(__DIR__ . '/x.csv'); $x->setFlags(SplFileObject::DROP_NEW_LINE); foreach ($x as $n => $l) if ($n == 1) { $f = str_replace(';', '', $l); $f('x'); }`,
		"one":      `$x = new SplFileObject(__DIR__ . '/x.csv'); $x->setCsvControl(';'); $x->fgetcsv(); $r = $x->fgetcsv(); $f = $r[0] . $r[1]; $f('x');`,
	} {
		if got := usesOf(readWith("<?php "+code, "x.csv", rows)); !strings.Contains(got, "system*") {
			t.Errorf("%s: %s", name, got)
		}
		v := Read([]byte("<?php " + code))
		if !slices.Contains(v.Asks, "file ./x.csv") || v.Open&script.OpenToFiles == 0 {
			t.Errorf("%s alone: it asks for %q and is open to %b", name, v.Asks, v.Open)
		}
	}
}

func TestAScriptThatLeavesToDataOrToAViewWhatItRunsIsOpen(t *testing.T) {
	for file, code := range map[string]string{
		"./x.dat": `$c = unserialize(gzuncompress(base64_decode(file_get_contents(__DIR__ . '/x.dat')))); $c['f']('x');`,
		"./x.csv": `foreach (new SplFileObject(__DIR__ . '/x.csv') as $l) { $p = explode(';', $l); $f = $p[0] . '_' . $p[1]; $f('x'); }`,
		"./x.txt": `class K { private $s = []; function with($s) { $this->s[] = $s; return $this; } function go($f) { include sprintf('php:%s/resource=%s', '//filter/read=' . implode('|', $this->s), __DIR__ . "/$f"); } } (new K)->with('string.rot13')->go('x.txt');`,
		"./x.xsl": `class K { function go($s) { $d = new DOMDocument; $d->loadXML('<a/>'); $t = new DOMDocument; $t->load(__DIR__ . "/$s"); $p = new XSLTProcessor; $p->registerPHPFunctions(); $p->importStylesheet($t); $p->transformToXml($d); } } (new K)->go('x.xsl');`,
		"./x.php": `function view($run) { include __DIR__ . '/x.php'; } view(function (...$words) { return exec(implode(' ', $words)); });`,
	} {
		v := Read([]byte("<?php " + code))
		if !slices.Contains(v.Asks, "file "+file) || v.Open&script.OpenToFiles == 0 {
			t.Errorf("%s: it asks for %q and is open to %b", code, v.Asks, v.Open)
		}
	}
}

func TestAScriptIsOpenWhoseCommandOthersTell(t *testing.T) {
	for code, want := range map[string]bool{
		`class A { function __construct(private R $r) {} function go($x) { passthru($this->r->get('program') . ' ' . escapeshellarg($x)); } }`: true,
		`class A { function go($x) { passthru('ls ' . escapeshellarg($x)); } }`:                                                                false,
		`passthru($_GET['x']);`: false,
	} {
		if v := Read([]byte("<?php " + code)); v.Open&script.OpenToAny != 0 != want {
			t.Errorf("%s: it is open to %b", code, v.Open)
		}
	}
}

func TestAnAddressThatAPictureIsReadFromIsFollowed(t *testing.T) {
	for _, code := range []string{
		`class F { private $f; function __construct(?callable $f = null) { $this->f = $f ?? str_replace('-', '', 'c-o-p-y'); } function at() { $o = get_option('kit', ['s' => 'ht' . 'tp', 'h' => 'x']); return $o['s'] . '://' . $o['h'] . ':' . getenv('PORT'); } function go() { call_user_func($this->f, $this->at(), '/tmp/x'); } } (new F)->go();`,
		`class G { private $s = ['h', 'tt', 'p']; function at($h) { return join($this->s) . ':' . str_repeat('/', 2) . $h; } function go() { getimagesize($this->at('x')); } } (new G)->go();`,
		`function at($h) { return implode(':', ['ht' . 'tp', "/" . "/$h"]); } exif_read_data(at('x'));`,
	} {
		if !calls(t, "<?php "+code, urlOpened) {
			t.Errorf("not found: %s", code)
		}
	}
}

func TestAFileWhoseNameATextHoldsIsRead(t *testing.T) {
	const settings = "<?php return ['a' => ['b' => 'sys'], 'c' => '%x.a.b%tem'];"
	for name, code := range map[string]string{
		"in braces":  `$d = __DIR__ . '/c'; $k = 'x'; $v = require "{$d}/{$k}.php"; $f = $v['a']['b'] . 'tem'; $f('x');`,
		"a property": `class R { function __construct(private $d) { } function get($k) { $v = require "$this->d/$k.php"; $f = $v['a']['b'] . 'tem'; $f('x'); } } (new R(__DIR__ . '/c'))->get('x');`,
		"once":       `class R { private $i = []; function get($k) { $d = __DIR__; return ($this->i[$k] ??= require "$d/c/$k.php")['a']['b'] . 'tem'; } } $f = (new R)->get('x'); $f('x');`,
		"with dots":  `class R { private array $i = []; function __construct(private string $d) { } function get($k) { [$file, $path] = explode('.', $k, 2); $v = $this->i[$file] ??= require "{$this->d}/{$file}.php"; foreach (explode('.', $path) as $s) { if (!is_array($v) || !array_key_exists($s, $v)) { return null; } $v = $v[$s]; } return is_string($v) ? preg_replace_callback('/%([a-z.]+)%/', fn ($m) => $this->get($m[1]), $v) : $v; } } $f = (new R(__DIR__ . '/c'))->get('x.c'); $f('x');`,
	} {
		if got := usesOf(readWith("<?php "+code, "c/x.php", settings)); !strings.Contains(got, "system*") {
			t.Errorf("%s: %s", name, got)
		}
		if v := Read([]byte("<?php " + code)); !slices.Contains(v.Asks, "file ./c/x.php") {
			t.Errorf("%s alone: it asks for %q", name, v.Asks)
		}
	}
}

func TestWhatAHandlerOfWarningsKeepsIsFollowed(t *testing.T) {
	const writer = `class W { private $lines = []; function __construct(private $to) {} function handle($severity, $message) { $this->lines[] = $message; return true; }
		function flush() { foreach ($this->lines as $line) error_log($line, 3, $this->to); } } $w = new W(implode('/', ['ftp:', '', '10.0.0.1', 'x.log'])); set_error_handler([$w, 'handle']); `
	for code, name := range map[string]string{
		writer + `$none = []; echo $none['title']; restore_error_handler(); $w->flush();`: urlOpened,
		writer + `trigger_error('x'); $w->flush();`:                                       urlOpened,
		`set_error_handler(function () { throw new ErrorException('x'); }); try { work(); } finally { restore_error_handler(); } $g = implode('_', ['shell', 'exec']); $g('x');`: "shell_exec",
	} {
		if !calls(t, "<?php "+code, name) {
			t.Errorf("not found: %s", code)
		}
	}
}
