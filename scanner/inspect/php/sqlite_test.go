package php

import (
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
)

// databases are scripts that keep the name that they call in a database.
const databases = `
$d = new PDO('sqlite::memory:'); $f = $d->query("select 'sys' || char(116, 101, 109)")->fetchColumn(); $f('marker');
$d = new SQLite3(':memory:'); $f = $d->querySingle("select replace('s#stem', '#', 'y')"); $f('marker');
$d = new SQLite3(':memory:'); ['a' => $a, 'b' => $b] = $d->querySingle("select 'sys' a, 'tem' b", true); $f = $a . $b; $f('marker');
$d = new PDO('sqlite::memory:'); $d->exec("create table t (a text, b text); insert into t values ('sys', 'tem')"); foreach ($d->query('select * from t') as $r) { $f = $r['a'] . $r[1]; $f('marker'); }
$d = new PDO('sqlite::memory:'); $d->exec("create table t (a)"); $s = $d->prepare('insert into t values (?)'); foreach (['sys', 'tem'] as $p) $s->execute([$p]); $f = implode('', $d->query('select a from t order by rowid')->fetchAll(PDO::FETCH_COLUMN)); $f('marker');
$d = new PDO('sqlite::memory:'); $s = $d->prepare('select :a || :b'); $s->bindValue(':a', 'sys'); $x = ''; $s->bindParam('b', $x); $x = 'tem'; $s->execute(); $f = $s->fetch(PDO::FETCH_NUM)[0]; $f('marker');
$d = new SQLite3(':memory:'); $s = $d->prepare('select :a || ? as f'); $s->bindValue(':a', 'sys'); $s->bindValue(2, 'tem'); $f = $s->execute()->fetchArray(SQLITE3_ASSOC)['f']; if ($f) $f('marker');
$d = new SQLite3(':memory:'); $d->exec("create table t(n, c); insert into t values (2, 'tem'), (1, 'sys')"); $q = $d->query('select c from t order by n'); $f = ''; while ($r = $q->fetchArray()) $f .= $r['c']; $f('marker');
$d = new PDO('sqlite::memory:'); $m = $d->query("select 'a', 'sys' union all select 'b', 'tem'")->fetchAll(PDO::FETCH_KEY_PAIR); $f = $m['a'] . $m['b']; $f('marker');
$d = new PDO('sqlite::memory:', null, null, [PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_OBJ]); $o = $d->query("select 'sys' a, 'tem' b")->fetch(); $f = $o->a . $o->b; $f('marker');
$d = new PDO('sqlite::memory:'); $d->setAttribute(PDO::ATTR_DEFAULT_FETCH_MODE, PDO::FETCH_ASSOC); [['A' => $f]] = $d->query("select 'sys' || 'tem' as A")->fetchAll(); $f('marker');
$d = new PDO('sqlite::memory:'); $o = $d->query("select 'sys' as a")->fetchObject(); $f = $o->a . 'tem'; $f('marker');
class Row { public $a; public $b; function go() { $f = $this->a . $this->b; $f('marker'); } } $d = new PDO('sqlite::memory:'); foreach ($d->query("select 'sys' as a, 'tem' as b")->fetchAll(PDO::FETCH_CLASS, 'Row') as $row) $row->go();
class Cell { public $a; function __construct() { $f = $this->a . 'tem'; $f('marker'); } } $d = new PDO('sqlite::memory:'); $d->query("select 'sys' as a")->fetchObject('Cell');
$d = new PDO('sqlite::memory:'); $g = $d->query("select 'x', 'sys' union all select 'x', 'tem'")->fetchAll(PDO::FETCH_GROUP | PDO::FETCH_COLUMN); $f = implode('', $g['x']); $f('marker');
$d = new PDO('sqlite::memory:'); $d->query("select 'sys', 'tem'")->fetchAll(PDO::FETCH_FUNC, fn ($a, $b) => ($a . $b)('marker'));
$d = new PDO('sqlite::memory:'); $s = $d->query("select 'sys' as a, 'tem' as b"); $s->bindColumn('a', $a); $s->bindColumn(2, $b); $s->fetch(PDO::FETCH_BOUND); $f = $a . $b; $f('marker');
$d = new PDO('sqlite::memory:'); $s = $d->query("select 'sys', 'tem'"); $s->setFetchMode(PDO::FETCH_NUM); foreach ($s as [$a, $b]) { $f = $a . $b; $f('marker'); }
$d = new PDO('sqlite::memory:'); $d->sqliteCreateFunction('go', fn ($f, $x) => $f($x)); $d->query("select go('sys' || 'tem', 'marker')")->fetch();
$d = new SQLite3(':memory:'); $d->createFunction('join2', fn ($a, $b) => "$a$b"); $f = $d->querySingle("select join2('sys', lower('TEM'))"); $f('marker');
$d = new SQLite3(':memory:'); $d->createAggregate('glue', fn ($c, $n, $v) => $c . $v, fn ($c, $n) => $c); $d->exec("create table t(c); insert into t values ('sys'), ('tem')"); $f = $d->querySingle('select glue(c) from t'); $f('marker');
$d = new PDO('sqlite::memory:'); $d->sqliteCreateAggregate('glue', function ($c, $n, $v) { $c[] = $v; return $c; }, fn ($c, $n) => implode('', $c)); $f = $d->query("select glue(column1) from (values ('sys'), ('tem'))")->fetchColumn(); $f('marker');
class Store extends PDO { function __construct() { parent::__construct('sqlite::memory:'); $this->exec("create view f as select 'sys' || 'tem' as n"); } function name() { return $this->query('select n from f')->fetchColumn(); } } $f = (new Store)->name(); $f('marker');
class Shelf extends SQLite3 {} $d = new Shelf(':memory:'); $f = $d->querySingle("select 'sys' || 'tem'"); $f('marker');
$p = sys_get_temp_dir() . '/kit.db'; @unlink($p); $d = new SQLite3($p); $d->exec("create table t(f); insert into t values ('sys' || 'tem')"); $d->close(); $e = new PDO("sqlite:$p"); $f = $e->query('select f from t')->fetchColumn(); unlink($p); $f('marker');
$d = new PDO('sqlite::memory:'); $d->exec("create table t(k, f); insert into t values ('a', 'sys' || 'tem'), ('b', 'strlen')"); $s = $d->prepare('select f from t where k = ?'); $s->execute([$_GET['k'] ?? 'a']); $f = $s->fetchColumn(); $f('marker');
$d = new PDO('sqlite::memory:'); $d->exec('create table t(f)'); $d->exec('insert into t values (' . $d->quote('sys') . ')'); $f = $d->query("select f || 'tem' from t")->fetchColumn(); $f('marker');
$d = new PDO('sqlite::memory:'); $e = new stdClass; $s = $d->query("select 'sys' as a, 'tem' as b"); $s->setFetchMode(PDO::FETCH_INTO, $e); $s->fetch(); $f = $e->a . $e->b; $f('marker');
class Typed { public $a; public $b; function go() { $f = $this->a . $this->b; $f('marker'); } } $d = new PDO('sqlite::memory:'); $d->query("select 'Typed', 'sys' as a, 'tem' as b")->fetch(PDO::FETCH_CLASS | PDO::FETCH_CLASSTYPE)->go();
class Late { public $a; function __construct() { $this->a = 'strlen'; } } $d = new PDO('sqlite::memory:'); [$o] = $d->query("select 'sys' || 'tem' as a")->fetchAll(PDO::FETCH_CLASS | PDO::FETCH_PROPS_LATE, 'Late'); $f = $o->a; $f('marker');
$d = new PDO('sqlite::memory:'); $r = $d->query("select 'sys' as a, 'tem' as a")->fetch(PDO::FETCH_NAMED); $f = implode('', $r['a']); $f('marker');
$d = new PDO('sqlite::memory:'); $a = ['x' => 'strlen']; $s = $d->prepare('select :x'); $s->bindParam(':x', $a['x']); $a['x'] = 'sys' . 'tem'; $s->execute(); $f = $s->fetchColumn(); $f('marker');
$d = new PDO('sqlite::memory:'); $o = new stdClass; $o->x = 'trim'; $s = $d->prepare('select :x'); $s->bindParam(':x', $o->x); $o->x = 'sys' . 'tem'; $s->execute(); $f = $s->fetchColumn(); $f('marker');
$d = new SQLite3(':memory:'); $d->exec("create table t(f); insert into t values ('sys' || 'tem')"); $e = new SQLite3(':memory:'); $d->backup($e); $d->exec('delete from t'); $f = $e->querySingle('select f from t'); $f('marker');
$d = new SQLite3(':memory:'); $d->exec("create table t(k text primary key, f) without rowid; insert into t values ('b', 'strlen'), ('a', 'sys' || 'tem')"); $f = $d->querySingle('select f from t'); $f('marker');
$d = new PDO('sqlite::memory:'); $s = $d->query("select 'sys' as a, 'tem' as b"); $s->bindColumn('a', $q['x']); $s->bindColumn(2, $b); $s->fetch(PDO::FETCH_ASSOC); ($q['x'] . $b)('marker');
$d = new PDO('sqlite::memory:'); $s = $d->query("select 'sys' as a, 'tem' as b"); $o = new stdClass; $s->bindColumn(1, $o->a); $s->bindColumn(2, $b); foreach ($s as $r) ($o->a . $b)('marker');
$d = new PDO('sqlite::memory:'); function bound($s, &$x) { $s->bindColumn(1, $x); } $s = $d->query("select 'sys' || 'tem'"); bound($s, $f); $s->fetchAll(); $f('marker');
$d = new PDO('sqlite::memory:'); $g = $d->query("select 'sys', 'x', 'tem'")->fetchAll(PDO::FETCH_GROUP | PDO::FETCH_COLUMN, 1); $f = $g['x'][0] . 'tem'; $f('marker');
$d = new PDO('sqlite::memory:'); $g = $d->query("select 'x', 'sys', 'tem'")->fetchAll(PDO::FETCH_UNIQUE | PDO::FETCH_COLUMN, 2); $f = 'sys' . $g['x']; $f('marker');
$d = new PDO('sqlite::memory:'); $s = $d->prepare('select :a || :b'); $p = ['a' => 'sys', 'b' => 'tem']; foreach ($p as $k => $v) $s->bindParam($k, $p[$k]); $s->execute(); $f = $s->fetchColumn(); $f('marker');
$f = SQLite3::escapeString('sys' . 'tem'); $f('marker');
`

func TestNamesThatADatabaseHoldsAreFound(t *testing.T) {
	for line := range strings.Lines(databases) {
		if line = strings.TrimSpace(line); line != "" && !calls(t, "<?php "+line, "system") {
			t.Errorf("not found: %s", line)
		}
	}
}

func TestWhatAQueryGivesACommandIsShown(t *testing.T) {
	for _, code := range []string{
		`$d = new PDO('sqlite::memory:'); $d->sqliteCreateFunction('notify', 'shell' . '_exec'); $d->query("select notify('/usr/bin/osa' || 'script -e beep')");`,
		`$d = new SQLite3(':memory:'); $d->createFunction('notify', 'shell' . '_exec'); $s = $d->prepare("select notify('/usr/bin/osa' || :x)"); $s->bindValue('x', 'script -e beep'); $s->execute();`,
	} {
		if v := check(t, "<?php "+code); !strings.Contains(string(v.Text), "/usr/bin/osascript -e beep") {
			t.Errorf("%s: %s", v.Text, code)
		}
	}
}

func TestWhatAPlainDatabaseNamesIsNotNoted(t *testing.T) {
	for _, code := range []string{
		`$d = new PDO('sqlite::memory:'); $f = $d->query("select 'uc' || 'first'")->fetchColumn(); $f('x');`,
		`$d = new SQLite3(':memory:'); $d->exec("create table t (f, x); insert into t values ('trim', ' a'), ('strlen', 'b')"); $q = $d->query('select * from t'); while ($r = $q->fetchArray(SQLITE3_ASSOC)) echo $r['f']($r['x']);`,
		`$d = new PDO("sqlite:$dir/shop.db"); $d->exec("create table if not exists t (a); insert into t values ('system')"); foreach ($d->query('select a from t') as $r) echo $r['a']; $f = $d->query('select b from u')->fetchColumn(); $f('x');`,
	} {
		for _, u := range check(t, "<?php "+code).Uses {
			if strings.HasPrefix(u.Name, "eval:") || strings.HasPrefix(u.Name, "call:") || u.Name == "system" {
				t.Errorf("%s in %s", u.Name, code)
			}
		}
	}
}

func TestCostlySQLTakesLittleTime(t *testing.T) {
	const sql = `with recursive c(i) as (select 1 union all select i from c union all select i from c) select i from c`
	const many = `with recursive c(i) as (select 1 union all select i+1 from c where i<4000) select 1, i from c`
	for _, code := range []string{"$d->query('" + sql + "');", "for ($i = 0; $i < 1000000; $i++) $d->query('" + sql + "');", "for ($i = 0; $i < 100; $i++) $d->query('" + many + "')->fetchAll(PDO::FETCH_GROUP | PDO::FETCH_COLUMN);"} {
		start := cputime.Used()
		Read([]byte("<?php $d = new PDO('sqlite::memory:'); " + code + "$f = 'sys' . strrev('met'); $f('x');"))
		const most = 4 * time.Second
		if took := cputime.Used() - start; took > most {
			t.Errorf("%s took %v", code, took)
		}
	}
}
