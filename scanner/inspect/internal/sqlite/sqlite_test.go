package sqlite

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
	"plugvet/scanner/inspect/script"
)

// parts is a database of which the queries of these tests ask.
const parts = `CREATE TABLE p (id INTEGER PRIMARY KEY, part TEXT NOT NULL, n INT, r REAL, x, kind VARCHAR(9) DEFAULT 'k');
INSERT INTO p (part, n, r, x) VALUES ('sys', 2, 1, 'a'), ('tem', '3', '2.5', x'6162'), ('Zed', 1, NULL, 7);
CREATE TABLE q (p INTEGER, tag TEXT UNIQUE); INSERT INTO q SELECT id, 'tag' || id FROM p WHERE id < 3;
CREATE VIEW v AS SELECT part AS a, n * 10 AS b FROM p; `

// answers are queries and what SQLite answers: rows with ; between them, of values with
// their types.
var answers = []struct{ sql, want string }{
	{`SELECT 1, -2, 1.5, 'a''b', x'6869', NULL, 0x1f, 1e3, .5, 'x' AS "y"`, "i1,i-2,f1.5,sa'b,shi,NULL,i31,f1000,f0.5,sx"},
	{`SELECT * FROM p`, "i1,ssys,i2,f1,sa,sk;i2,stem,i3,f2.5,sab,sk;i3,sZed,i1,NULL,i7,sk"},
	{`SELECT p.*, tag FROM p LEFT JOIN q ON q.p = p.id WHERE n > 1 ORDER BY n DESC LIMIT 5`, "i2,stem,i3,f2.5,sab,sk,stag2;i1,ssys,i2,f1,sa,sk,stag1"},
	{`SELECT group_concat(part, '') FROM (SELECT part FROM p WHERE id <> 3 ORDER BY id)`, "ssystem"},
	{`SELECT group_concat(part, '') FROM p WHERE part GLOB '[a-z]*'`, "?"},
	{`SELECT part FROM p WHERE part LIKE 'Z%' OR part LIKE '_Y_' ORDER BY 1`, "sZed;ssys"},
	{`SELECT a || b FROM v WHERE b BETWEEN 20 AND 30`, "ssys20;stem30"},
	{`SELECT substr('shell', 2), substr('shell', -3, 2), substr('shell', 0, 3), substr('shell', 4, -2), substring('shell', -9, 6)`, "shell,sel,ssh,she,ssh"},
	{`SELECT replace('a#b#', '#', 'xx'), upper('aBä'), lower('ABÄ'), trim('  a '), ltrim('xxa', 'x'), rtrim('axy', 'yx'), instr('shell', 'el'), length('aä')`, "saxxbxx,sABä,sabÄ,sa,sa,sa,i3,i2"},
	{`SELECT char(115, 104), unicode('s'), hex('sh'), quote('a''b'), coalesce(NULL, 2), ifnull(NULL, 'i'), nullif(1, 1), iif(1 > 2, 'a', 'b'), abs(-3), min(3, 1), max('a', 2)`, "ssh,i115,s7368,s'a''b',i2,si,NULL,sb,i3,i1,sa"},
	{`SELECT printf('%s_%s', 'shell', 'exec'), printf('%05d|%-4s|%4s|%x|%c|%%', 42, 'a', 'b', 255, 'xyz'), format('%.2s', 'abc')`, "sshell_exec,s00042|a   |   b|ff|x|%,sab"},
	{`SELECT 7 / 2, -7 / 2, 7 % 3, 7.0 / 2, 1 / 0, 5 & 3, 5 | 3, ~5, 1 << 4, 256 >> 4, '3x' + 4, 'a' + 1, 9223372036854775807 + 1`, "i3,i-3,i1,f3.5,NULL,i1,i7,i-6,i16,i16,i7,i1,f9.22337203685e+18"},
	{`SELECT 1 = 1.0, '1' = 1, 'a' < 'B', NULL IS NULL, NULL = 1, 1 IS NOT 2, 2 IN (1, 2), 'x' NOT IN ('y'), NOT 0, 1 AND NULL, 0 AND NULL, 1 OR NULL`, "i1,i0,i0,i1,NULL,i1,i1,i1,i1,NULL,i0,i1"},
	{`SELECT CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' ELSE 'c' END, CASE WHEN 0 THEN 1 END, CAST('12ab' AS INTEGER), CAST(65 AS TEXT), CAST(1.9 AS INT), CAST('7' AS REAL), CAST(x'68' AS TEXT)`, "sb,NULL,i12,s65,i1,f7,sh"},
	{`SELECT n = '2', x = 7, part = 3, r = '1' FROM p WHERE id IN (SELECT p FROM q) AND n > '1' ORDER BY id`, "i1,i0,i0,i1;i0,i0,i0,i0"},
	{`SELECT part FROM p UNION SELECT tag FROM q ORDER BY 1 DESC LIMIT 3 OFFSET 1`, "stag2;stag1;ssys"},
	{`SELECT id FROM p EXCEPT SELECT p FROM q`, "i3"},
	{`SELECT id FROM p INTERSECT SELECT p FROM q`, "i1;i2"},
	{`VALUES (1, 'a'), (2, 'b')`, "i1,sa;i2,sb"},
	{`SELECT DISTINCT kind FROM p`, "sk"},
	{`SELECT kind, count(*), sum(n), max(n), min(part), total(n), avg(n), part FROM p GROUP BY kind HAVING count(*) > 1`, "sk,i3,i6,i3,sZed,f6,f2,?"},
	{`SELECT part, max(n) FROM p`, "stem,i3"},
	{`SELECT n % 2 AS odd, group_concat(part, '+') FROM p GROUP BY odd ORDER BY odd DESC`, "i1,stem+Zed;i0,ssys"},
	{`SELECT group_concat(DISTINCT kind), count(DISTINCT n), count(r) FROM p`, "sk,i3,i2"},
	{`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 6) SELECT group_concat(char(unicode(substr('tztufn', i, 1)) - 1), '') FROM c`, "ssystem"},
	{`WITH RECURSIVE c(s, t) AS (VALUES ('', 'metsys') UNION ALL SELECT s || substr(t, -1), substr(t, 1, length(t) - 1) FROM c WHERE t <> '') SELECT s FROM c WHERE t = ''`, "ssystem"},
	{`WITH a AS (SELECT 'sys' AS x), b(y) AS (SELECT x || 'tem' FROM a) SELECT y FROM b`, "ssystem"},
	{`SELECT value FROM json_each('["sys","tem",3]')`, "ssys;stem;i3"},
	{`SELECT key, value FROM json_each('{"a":{"b":1},"c":null}')`, `sa,s{"b":1};sc,NULL`},
	{`SELECT json_extract('{"a":[1,{"b":"x"}]}', '$.a[1].b'), '{"a":2}' ->> 'a', '[1,2]' -> 1, '["x"]' -> 0, '[5]' ->> '$[#-1]'`, `sx,i2,s2,s"x",i5`},
	{`SELECT (SELECT max(part) FROM p), EXISTS (SELECT 1 FROM p WHERE id = 9), (SELECT part FROM p WHERE id = q.p) FROM q`, "stem,i0,ssys;stem,i0,stem"},
	{`SELECT a.part || b.part FROM p a, p b WHERE a.id = 1 AND b.id = a.id + 1`, "ssystem"},
	{`SELECT part FROM p JOIN q ON p.id = q.p ORDER BY tag`, "ssys;stem"},
	{`SELECT typeof(n), typeof(r), typeof(x), typeof(part) FROM p WHERE id = 2`, "sinteger,sreal,sblob,stext"},
	{`SELECT "part", [n], ` + "`id`" + `, main.p.n FROM p WHERE "id" = 1 -- the first`, "?"},
	{`SELECT "part", [n], ` + "`id`" + `, "no column" FROM p WHERE "id" = 1 -- the first`, "ssys,i2,i1,sno column"},
	{`SELECT rowid, oid FROM q WHERE rowid = 2`, "i2,i2"},
	{`UPDATE p SET part = part || n, n = n + 1 WHERE id < 3; DELETE FROM p WHERE part = 'Zed'; SELECT part, n FROM p`, "ssys2,i3;stem3,i4"},
	{`INSERT OR REPLACE INTO q VALUES (9, 'tag1'); INSERT OR IGNORE INTO q VALUES (8, 'tag2'); SELECT p FROM q ORDER BY tag`, "i9;i2"},
	{`CREATE TABLE t AS SELECT part || '!' AS z FROM p; SELECT z FROM t ORDER BY rowid DESC`, "sZed!;stem!;ssys!"},
	{`CREATE TABLE g (a TEXT, b TEXT GENERATED ALWAYS AS (a || 'tem')); INSERT INTO g (a) VALUES ('sys'); SELECT b FROM g`, "ssystem"},
	{`DROP VIEW v; CREATE TEMP VIEW v(c) AS SELECT 'x'; SELECT c FROM v`, "sx"},
	{`SELECT 1 WHERE 0`, ""},
	{`SELECT max(n), count(*), group_concat(n) FROM p WHERE 0`, "NULL,i0,NULL"},
	{`SELECT 1e15, 12345678901234567890, 100000.0 || '', 1e20 || '', 0.1 + 0.2 || '', -0.5 || ''`, "f1e+15,f1.23456789012e+19,s100000.0,s1.0e+20,f0.3,s-0.5"},
	{`SELECT part FROM p ORDER BY n`, "sZed;ssys;stem"},
	{`SELECT n FROM p ORDER BY r, n DESC`, "i1;i2;i3"},
	{`SELECT n FROM p ORDER BY r DESC NULLS FIRST`, "i1;i3;i2"},
	{`PRAGMA table_info(p)`, "?"},
	{`PRAGMA journal_mode = WAL; PRAGMA main.synchronous = OFF; PRAGMA cache_size = -2000; PRAGMA encoding = "UTF-8"; PRAGMA foreign_keys = ON; SELECT part FROM p`, "ssys;stem;sZed"},
	{`PRAGMA reverse_unordered_selects = 1; SELECT part FROM p`, "?"},
	{`PRAGMA case_sensitive_like(1); SELECT 'a' LIKE 'A'`, "?"},
	{`PRAGMA foreign_keys = ON; CREATE TABLE f (a REFERENCES p(id) ON UPDATE CASCADE); SELECT 1`, "?"},
	{`CREATE TABLE w (k TEXT PRIMARY KEY, f) WITHOUT ROWID; INSERT INTO w VALUES ('b', 'tem'), ('a', 'sys'); SELECT f FROM w`, "?"},
	{`SELECT p FROM q WHERE tag > '' LIMIT 1`, "?"},
	{`SELECT p FROM q WHERE tag IN ('tag2', 'tag1')`, "?"},
	{`SELECT p FROM q WHERE tag = 'tag2' LIMIT 1`, "i2"},
	{`SELECT p FROM q`, "i1;i2"},
	{`SELECT tag FROM q`, "?"},
	{`CREATE INDEX i ON p(part); SELECT id FROM p WHERE part > '' LIMIT 1`, "?"},
	{`SELECT part FROM p WHERE id = 3 OR id < 2`, "?"},
	{`SELECT part FROM p WHERE id IN (3, 1)`, "ssys;sZed"},
	{`CREATE TABLE a (k); CREATE TABLE b (k); INSERT INTO a VALUES (2), (1); INSERT INTO b VALUES (2), (1); SELECT a.k FROM a JOIN b ON a.rowid = b.k`, "?"},
	{`CREATE TABLE a (k); CREATE TABLE b (k); INSERT INTO a VALUES (2), (1); INSERT INTO b VALUES (2), (1); SELECT a.k, b.k FROM a, b WHERE b.k > 0`, "?"},
	{`CREATE TABLE a (k); CREATE TABLE b (k, x); INSERT INTO a VALUES (2), (1); INSERT INTO b VALUES (1, 3); SELECT * FROM a JOIN b USING (k)`, "i1,i3"},
	{`SELECT a.n, b.n FROM p a CROSS JOIN p b WHERE b.n < 3`, "i2,i2;i2,i1;i3,i2;i3,i1;i1,i2;i1,i1"},
	{`SELECT part FROM (SELECT * FROM p ORDER BY n) ORDER BY kind`, "?"},
	{`UPDATE p SET n = (SELECT sum(o.n) FROM p o WHERE o.id <= p.id); SELECT n FROM p`, "i2;i5;?"},
	{`UPDATE p SET n = (SELECT max(o.id) FROM p o); SELECT n FROM p`, "i3;i3;i3"},
	{`CREATE TABLE t (id INTEGER, f, PRIMARY KEY (id)); INSERT INTO t(f) VALUES ('a'); INSERT INTO t VALUES (-7, 'b'); SELECT * FROM t`, "i-7,sb;i1,sa"},
	{`CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (-5); INSERT INTO t VALUES (NULL); SELECT id FROM t`, "i-5;i-4"},
	{`CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, f); INSERT INTO t(f) VALUES (1), (2); DELETE FROM t WHERE id = 2; INSERT INTO t(f) VALUES (3); SELECT id FROM t`, "i1;i3"},
	{`CREATE TABLE t (id INTEGER PRIMARY KEY, f); INSERT INTO t(f) VALUES (1), (2); DELETE FROM t WHERE id = 2; INSERT INTO t(f) VALUES (3); SELECT id FROM t`, "i1;i2"},
	{`SELECT '{"a":1,"a":2}' ->> 'a', '[1,2]' ->> '1', '{"1":5}' ->> '1', '{"b":{"c":"x","c":2}}' ->> '$.b.c'`, "i1,?,?,sx"},
	{`SELECT 2 IS TRUE, 2 IS NOT TRUE, NULL IS TRUE, 'a' IS FALSE, 2 IS 1`, "i1,i0,i0,i1,i0"},
	{`CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('1'); SELECT (SELECT a FROM t) = 1, 1 IN ((SELECT a FROM t)), (SELECT a FROM t) IN (1), b = 1 FROM (SELECT (SELECT a FROM t) AS b)`, "i1,i0,i1,i1"},
	{`SELECT 'a' LIKE 'XA' ESCAPE 'X', 'a%' LIKE 'a%%' ESCAPE '%', 'b' LIKE 'bX' ESCAPE 'X', 'x%' LIKE 'X\%' ESCAPE '\'`, "i1,i1,i0,i1"},
	{`SELECT hex(substr(CAST(x'c3a9c3' AS TEXT), 2, 1)), length(CAST(x'80c3a9a9' AS TEXT)), hex(substr(CAST(x'80c3a9a961' AS TEXT), 2, 1))`, "sC3,i2,sC3A9A9"},
	{`SELECT printf('%q|%w|%Q', NULL, NULL, NULL)`, "s(NULL)|(NULL)|NULL"},
	{`CREATE TABLE t (n, v); CREATE INDEX i ON t(n); INSERT INTO t VALUES (1, 'a'), (1, 'b'); SELECT v, max(n) FROM t`, "?,i1"},
	{`CREATE TABLE t (a ANY); INSERT INTO t VALUES ('12'); SELECT typeof(a) FROM t`, "sinteger"},
	{`CREATE TABLE t (a ANY) STRICT; INSERT INTO t VALUES ('12'); SELECT typeof(a) FROM t`, "stext"},
	{`CREATE TABLE t (a CHECK (a > 1)); INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING; SELECT 1`, "?"},
	{`CREATE TABLE t (a CHECK (a > 1)); INSERT OR IGNORE INTO t VALUES (1), (2); SELECT a FROM t`, "i2"},
	{`CREATE TABLE t (a UNIQUE, b); INSERT INTO t VALUES (1, 1), (1, 2) ON CONFLICT (a) DO NOTHING; SELECT b FROM t`, "i1"},
	{`CREATE TABLE t (a, b); INSERT INTO t (a, a) VALUES (1, 2); SELECT a FROM t`, "i1"},
	{`CREATE TABLE t (a, b, c, UNIQUE (b, a)); INSERT INTO t VALUES (1, 2, 0), (2, 1, 0); SELECT group_concat(b) FROM (SELECT * FROM t)`, "?"},
	{`CREATE TABLE t (a, b, c, UNIQUE (b, a)); INSERT INTO t VALUES (1, 2, 0), (2, 1, 0); CREATE VIEW w AS SELECT * FROM t; SELECT b FROM w WHERE c = 0`, "?"},
	{`CREATE TABLE t (a, b, c, UNIQUE (b, a)); INSERT INTO t VALUES (1, 2, 0), (2, 1, 0); WITH w AS (SELECT * FROM t) SELECT b FROM w UNION ALL SELECT 3`, "?"},
	{`CREATE TABLE t (a, b, c, UNIQUE (b, a)); INSERT INTO t VALUES (1, 2, 0), (2, 1, 0); SELECT group_concat(b, '') FROM (SELECT * FROM t ORDER BY a)`, "s21"},
	{`CREATE TABLE t (a, b UNIQUE); INSERT INTO t VALUES (1, 2), (2, 1); SELECT (SELECT p.part FROM p WHERE p.id = t.b) FROM t`, "?"},
	{`CREATE TABLE t (a, b); CREATE INDEX i ON t(b) WHERE a > 0; INSERT INTO t VALUES (1, 2), (2, 1); SELECT a FROM t WHERE a > 0`, "?"},
	{`CREATE TABLE t (a, b); CREATE TABLE u (a, b); INSERT INTO t VALUES (1, 2); INSERT INTO u VALUES (1, 'z'), (1, 'y'); SELECT u.b FROM t LEFT JOIN u ON t.a = u.a`, "?"},
	{`CREATE TABLE t (a, b); CREATE TABLE u (a, b); INSERT INTO t VALUES (1, 2); INSERT INTO u VALUES (1, 'z'), (2, 'y'); SELECT u.b FROM t LEFT JOIN u ON t.a = u.a`, "sz"},
	{`CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'x'); SELECT DISTINCT a FROM t ORDER BY id DESC`, "?"},
	{`CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'x'); SELECT DISTINCT a FROM (SELECT * FROM t ORDER BY id DESC)`, "?"},
	{`SELECT count(*) FROM (SELECT json_group_array(n) FROM p)`, "?"},
	{`PRAGMA encoding = 'UTF-16le'; SELECT hex('a')`, "?"},
	{`CREATE TEMP TABLE t (a); INSERT INTO t VALUES (1); PRAGMA temp_store = MEMORY; SELECT a FROM t`, "?"},
}

// answer is what a text of SQL comes to in the form of answers; ? where it is not known.
func answer(sql string) string {
	rows := NewDatabase().Run(sql, true, Session{Budget: script.NewBudget(len(sql), 2)})
	if rows == nil || rows.Partial {
		return "?"
	}
	var all []string
	for _, row := range rows.All {
		var of []string
		for _, v := range row {
			switch v.Kind {
			case Unknown:
				of = append(of, "?")
			case Null:
				of = append(of, "NULL")
			case Real:
				of = append(of, fmt.Sprintf("f%.12g", v.Float))
			default:
				of = append(of, map[Kind]string{Integer: "i", Text: "s", Blob: "s"}[v.Kind]+v.String())
			}
		}
		all = append(all, strings.Join(of, ","))
	}
	return strings.Join(all, ";")
}

func TestSQLIsAnsweredAsSQLiteDoes(t *testing.T) {
	for _, c := range answers {
		if got := answer(parts + c.sql); got != c.want {
			t.Errorf("%q and not %q: %s", got, c.want, c.sql)
		}
	}
}

func TestSQLThatIsNotUnderstoodIsNotAnswered(t *testing.T) {
	for _, sql := range []string{
		"SELECT * FROM nothing", "SELECT nothing FROM p", "SELECT row_number() OVER (ORDER BY id) FROM p", "SELECT part FROM p ORDER BY part COLLATE NOCASE",
		"INSERT INTO p (id, part) VALUES (1, 'x'); SELECT 1", "INSERT INTO p (part) VALUES (NULL); SELECT 1", "SELEC 1", "SELECT 'a", "SELECT random()", "SELECT * FROM p WHERE n > random()",
		"CREATE TRIGGER t AFTER INSERT ON p BEGIN DELETE FROM q; END; SELECT 1", "ALTER TABLE p RENAME TO z; SELECT 1", "ATTACH 'x' AS y; SELECT 1", "WITH c(i) AS (SELECT 1 UNION ALL SELECT i FROM c) SELECT i FROM c",
		"SELECT group_concat(part) FROM p JOIN q ON p.id = q.p",
	} {
		if got := answer(parts + sql); got != "?" {
			t.Errorf("%q: %s", got, sql)
		}
	}
}

// costly is SQL that would take SQLite itself without end.
var costly = map[string]string{
	"joins":               "with c(i) as (values (1), (2), (3), (4), (5), (6), (7), (8)) select count(*) from c a, c b, c d, c e, c f, c g, c h, c i, c j",
	"recursion":           "with recursive c(i) as (select 1 union all select i + 1 from c) select max(i) from c",
	"doubling":            "with recursive c(s) as (select 'xxxxxxxx' union all select s || s from c) select max(length(s)) from c",
	"breadth":             "with recursive c(i) as (select 1 union all select i from c union all select i from c) select i from c",
	"nested":              "select " + strings.Repeat("(select ", 5000) + "1" + strings.Repeat(")", 5000),
	"groups":              "with recursive c(i) as (select 1 union all select i + 1 from c where i < 9999) select group_concat(i), sum(i), count(distinct i) from c group by i % 9",
	"words":               "select 1" + strings.Repeat(" || 'x'", 20000),
	"with":                strings.Repeat("with a as (select 1) ", 20000) + "select 1",
	"like":                "select '" + strings.Repeat("a", 100000) + "' like '" + strings.Repeat("%a", 50000) + "b'",
	"views":               "create view v as select * from v; select * from v",
	"replace":             "select replace('" + strings.Repeat("x", 10000) + "', 'x', '" + strings.Repeat("x", 100000) + "')",
	"printf":              "select printf('%99999999d', 1)",
	"separator":           long + "with recursive c(i) as (select 1 union all select i + 1 from c where i < 3000) select length(group_concat(i, x)) from c, s",
	"concat":              long + "select length(concat(x" + strings.Repeat(",x", 400) + ")), length(concat_ws(x" + strings.Repeat(",x", 400) + ")) from s",
	"columns":             "select count(*) from (select " + strings.Repeat("*,", 2000) + "1 from (select 1" + strings.Repeat(",1", 2000) + "))",
	"names":               "with recursive c(i) as (select 1 union all select i + 1 from c where i < 3000) select count(*) from c, (select " + strings.Repeat("1,", 1900) + "1 as z) where z + z + z + z + z + z + z + z + z + z",
	"members":             "select json_extract('" + strings.Repeat(`{"a":`, 50000) + "1" + strings.Repeat("}", 50000) + "', '$" + strings.Repeat(".a", 50000) + "')",
	"paths":               "create table s(x); insert into s values ('" + strings.Repeat(`{"a":`, 900) + `"` + strings.Repeat("y", 500000) + `"` + strings.Repeat("}", 900) + "'); select x ->> '$" + strings.Repeat(".a", 900) + "' from s",
	"substr":              long + "select 1 from s where " + strings.Repeat("substr(x, 2, 1) = 'y' or ", 900) + "0",
	"equal":               long + "select 1 from s, s as t where " + strings.Repeat("s.x <> t.x or ", 900) + "0",
	"least":               long + "with recursive c(i) as (select 1 union all select i + 1 from c where i < 9999) select min(x) = max(x) from c, s",
	"sorted":              long + "with recursive c(i) as (select 1 union all select i + 1 from c where i < 9999) select i from c, s order by x, i desc",
	"trim":                "create table s(x); insert into s values ('" + strings.Repeat("é", 100000) + "'); select length(trim(x, '" + strings.Repeat("ö", 50000) + "é')) from s",
	"unhex":               "select unhex('" + strings.Repeat("é", 100000) + "', '" + strings.Repeat("ö", 50000) + "é')",
	"names of parameters": "select 1 in (" + numbered(":a%d,", 40000) + "1)",
}

// long is a table with a long text.
const long = "create table s(x); insert into s select replace(hex(zeroblob(60000)), '00', 'xxxxxxxxxxxxxxxx'); "

// numbered are texts with a number in each.
func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestCostlySQLTakesLittleTimeAndMemory(t *testing.T) {
	for name, sql := range costly {
		start := cputime.Used()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		with := Session{Budget: script.NewBudget(len(sql), 2)}
		const many = 1_000_000
		for range many {
			NewDatabase().Run(sql, true, with)
		}
		const most = 4 * time.Second
		if took := cputime.Used() - start; took > most {
			t.Errorf("%s took %v", name, took)
		}
		const memory = 1 << 30 // with what is gone again
		if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > memory {
			t.Errorf("%s took %d MB", name, (after.TotalAlloc-before.TotalAlloc)>>20)
		}
	}
}

func FuzzSQL(f *testing.F) {
	for _, c := range answers {
		f.Add(parts + c.sql)
	}
	for _, sql := range costly {
		f.Add(sql)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		start := cputime.Used()
		answer(sql)
		const perByte, floor = 20 * time.Microsecond, 2 * time.Second
		if took := cputime.Used() - start; took > floor+time.Duration(len(sql))*perByte {
			t.Errorf("%d bytes took %v", len(sql), took)
		}
	})
}
