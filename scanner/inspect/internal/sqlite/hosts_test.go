//go:build hosts

package sqlite

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
)

// printer answers each piece of its input, with bytes of zero between them, by the last
// query of it, in the form of answers.
const printer = `
foreach (explode("\0", stream_get_contents(STDIN)) as $sql) {
 $d = new SQLite3(':memory:'); $d->enableExceptions(true); $all = [];
 try {
  while (trim($sql) !== '') {
   $s = $d->prepare($sql); $own = $s->getSQL(); $sql = substr($sql, strlen($own));
   $q = $s->execute(); $all = [];
   while ($q->numColumns() && ($r = $q->fetchArray(SQLITE3_NUM)) !== false) {
    if (count($all) > 999) break;
    $all[] = implode(',', array_map(fn ($v) => is_null($v) ? 'NULL' : (is_int($v) ? "i$v" : (is_float($v) ? sprintf('f%.12g', $v) : "s$v")), $r));
   }
  }
  echo strtr(implode(";", $all), ["\0" => "^"]), "\0";
 } catch (Throwable $e) { echo "error ", $e->getMessage(), "\0"; }
}`

// sqliteAnswers are what SQLite itself answers.
func sqliteAnswers(t *testing.T, all []string) []string {
	c := exec.Command("php", "-d", "xdebug.mode=off", "-d", "error_reporting=0", "-r", printer)
	c.Stdin = strings.NewReader(strings.Join(all, "\x00"))
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	own := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	if len(own) != len(all) {
		t.Fatalf("%d answers to %d", len(own), len(all))
	}
	return own
}

// agrees tells whether an answer is another one, where it is known.
func agrees(got, want string) bool {
	if got == "?" {
		return true
	}
	rows, others := strings.Split(got, ";"), strings.Split(want, ";")
	if len(rows) != len(others) {
		return false
	}
	for i := range rows {
		values, of := strings.Split(rows[i], ","), strings.Split(others[i], ",")
		if len(values) != len(of) {
			return rows[i] == others[i] || strings.Contains(rows[i], "?")
		}
		for k, v := range values {
			v, w := strings.ReplaceAll(v, "e+0", "e+"), strings.ReplaceAll(of[k], "e+0", "e+")
			if v != "?" && v != w && strings.ReplaceAll(v, ".0e", "e") != strings.ReplaceAll(w, ".0e", "e") {
				return false
			}
		}
	}
	return true
}

func TestSQLiteAnswersTheSame(t *testing.T) {
	var all []string
	for _, c := range answers {
		all = append(all, parts+c.sql)
	}
	for i, want := range sqliteAnswers(t, all) {
		if !agrees(answers[i].want, want) {
			t.Errorf("%q and not %q: %s", want, answers[i].want, answers[i].sql)
		}
	}
}

// A writer writes random SQL.
type writer struct{ *rand.Rand }

func (w writer) one(of ...string) string { return of[w.IntN(len(of))] }

func (w writer) expression(depth int) string {
	if depth == 0 {
		return w.one("1", "0", "-3", "2.5", "'a'", "'12'", "'3x'", "'shell_exec'", "''", "x'6162'", "NULL", "id", "part", "n", "r", "x", "kind", "'A%'", "'é'", "7", "'[1,{\"a\":\"b\"}]'")
	}
	e := func() string { return w.expression(depth - 1 - w.IntN(depth)) }
	switch w.IntN(9) {
	case 0, 1:
		return "(" + e() + " " + w.one("+", "-", "*", "/", "%", "||", "&", "|", "<<", ">>", "||") + " " + e() + ")"
	case 2:
		return "(" + e() + " " + w.one("=", "<>", "<", "<=", ">", ">=", "IS", "IS NOT", "AND", "OR", "LIKE", "NOT LIKE", "GLOB") + " " + e() + ")"
	case 3:
		return w.one("upper", "lower", "trim", "ltrim", "rtrim", "length", "hex", "typeof", "abs", "unicode", "quote") + "(" + e() + ")"
	case 4:
		return w.one("substr", "instr", "trim", "rtrim", "ltrim", "nullif", "ifnull", "max", "min", "coalesce") + "(" + e() + ", " + e() + ")"
	case 5:
		return w.one("substr", "replace", "iif", "max", "char", "coalesce") + "(" + e() + ", " + e() + ", " + e() + ")"
	case 6:
		return "CASE " + w.one("", e()) + " WHEN " + e() + " THEN " + e() + w.one("", " ELSE "+e()) + " END"
	case 7:
		return "(" + e() + w.one(" IN (", " NOT IN (") + e() + ", " + e() + "))"
	}
	return w.one("CAST("+e()+" AS "+w.one("TEXT", "INTEGER", "REAL", "NUMERIC", "BLOB")+")", "(-"+e()+")", "(NOT "+e()+")", "("+e()+" BETWEEN "+e()+" AND "+e()+")",
		"printf('%s|%d|%5s|%x|%c', "+e()+", "+e()+", "+e()+", "+e()+", "+e()+")", "(SELECT "+w.one("max", "min", "count", "sum", "group_concat")+"("+e()+") FROM p)")
}

func (w writer) query() string {
	q := "SELECT " + w.one("", "", "DISTINCT ") + w.expression(2) + " AS c, " + w.expression(1) + " AS d FROM " + w.one("p", "p", "(SELECT * FROM p)", "p JOIN q ON q.p = p.id", "p LEFT JOIN q ON q.p = id", "p, v")
	if w.IntN(2) == 0 {
		q += " WHERE " + w.expression(2)
	}
	switch w.IntN(4) {
	case 0:
		q = "SELECT " + w.one("count", "max", "min", "sum", "avg", "total", "group_concat") + "(c), d FROM (" + q + " ORDER BY 1, 2) GROUP BY d"
	case 1:
		q += w.one(" UNION ", " EXCEPT ", " INTERSECT ", " UNION ALL ") + "SELECT tag, p FROM q"
	}
	return q + " ORDER BY 1" + w.one("", " DESC") + ", 2" + w.one("", " LIMIT 2", " LIMIT 3 OFFSET 1")
}

func TestSQLiteAnswersRandomQueriesTheSame(t *testing.T) {
	w := writer{rand.New(rand.NewPCG(5, 6))}
	const many = 20_000
	var all []string
	for range many {
		sql := w.query()
		if w.IntN(4) == 0 {
			sql = fmt.Sprintf("UPDATE p SET x = %s, part = coalesce(%s, '') WHERE %s; SELECT * FROM p", w.expression(2), w.expression(2), w.expression(1))
		}
		all = append(all, parts+sql)
	}
	known, wrong := 0, 0
	for i, want := range sqliteAnswers(t, all) {
		got := strings.ReplaceAll(answer(all[i]), "\x00", "^")
		if got != "?" {
			known++
		}
		if !agrees(got, want) {
			if wrong++; wrong < 15 {
				t.Errorf("%q and not %q: %s", got, want, all[i][len(parts):])
			}
		}
	}
	t.Logf("%d of %d known, %d wrong", known, many, wrong)
}

// table is a table of the writer's with its indexes and rows.
func (w writer) table(name string) string {
	sql := "CREATE TABLE " + name + " (id " + w.one("INTEGER PRIMARY KEY", "INT", "INT PRIMARY KEY", "TEXT") + ", a " + w.one("", "TEXT", "UNIQUE") + ", b, c" +
		w.one("", " INT", " REAL") + w.one("", ", UNIQUE (a, b, id)", ", UNIQUE (c, id)") + "); "
	for i := range w.IntN(3) {
		sql += fmt.Sprintf("CREATE INDEX %s%d ON %s(%s)%s; ", name, i, name, w.one("a", "b", "c", "a, b", "c, a", "b, c, a"), w.one("", "", " WHERE c > 0", " WHERE a <> 'x'"))
	}
	sql += "INSERT " + w.one("OR IGNORE", "OR REPLACE") + " INTO " + name + " VALUES "
	for i := range 2 + w.IntN(4) {
		sql += fmt.Sprintf("(%d, '%s', '%s', %d), ", []int{i + 1, 10 - i, i*3 + 1}[w.IntN(3)]*10+i, w.one("x", "y", "z", "w"), w.one("p", "q", "s"), w.IntN(4))
	}
	return strings.TrimSuffix(sql, ", ") + "; "
}

// unsorted is a query whose answer depends on the order in which SQLite finds rows.
func (w writer) unsorted() string {
	column := func() string { return w.one("a", "b", "c", "id") }
	q := "SELECT " + w.one(column(), "*", "DISTINCT "+column(), "group_concat("+column()+", '')", "max("+column()+"), "+column(), "(SELECT group_concat(u.a, '') FROM u WHERE u.c = t.c)") +
		" FROM " + w.one("t", "t", "(SELECT * FROM t) AS t", "(SELECT * FROM t ORDER BY "+column()+") AS t", "(SELECT * FROM t WHERE c > 0) AS t", "(SELECT DISTINCT * FROM t) AS t") +
		w.one("", " WHERE "+w.one("c > 0", "a <> 'x'", "b >= 'p'", "c = 1 OR c = 2", "id IN (SELECT id FROM u)", "EXISTS (SELECT 1 FROM u WHERE u.a = t.a)")) +
		w.one("", " GROUP BY "+column(), " ORDER BY "+column()+" DESC") + w.one("", " LIMIT 2")
	return w.one(q, q, "SELECT * FROM ("+q+")", "WITH w AS ("+q+") SELECT * FROM w LIMIT 1", "SELECT a FROM t "+w.one("UNION", "UNION ALL", "EXCEPT")+" SELECT b FROM u",
		"SELECT group_concat(t.a || u.b, '') FROM t "+w.one("JOIN", "LEFT JOIN", "CROSS JOIN")+" u ON t."+column()+" = u."+column())
}

func TestSQLiteKeepsTheSameOrder(t *testing.T) {
	w := writer{rand.New(rand.NewPCG(7, 8))}
	var all []string
	for range 20_000 {
		all = append(all, w.table("t")+w.table("u")+w.unsorted())
	}
	wrong := 0
	for i, want := range sqliteAnswers(t, all) {
		if got := answer(all[i]); !agrees(got, want) && !strings.HasPrefix(want, "error ") {
			if wrong++; wrong < 15 {
				t.Errorf("%q and not %q: %s", got, want, all[i])
			}
		}
	}
}
