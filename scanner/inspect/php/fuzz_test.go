package php

import (
	"encoding/base64"
	"strconv"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
	"plugvet/scanner/inspect/script"
)

// check reads a script and checks what holds for every one.
func check(t *testing.T, src string) *script.View {
	t.Helper()
	v := Read([]byte(src))
	const most = 50_000 // places that are looked at
	for at := 0; at < len(v.Text); at += 1 + len(v.Text)/most {
		start, end := v.Origin(at, at+1)
		if start < 0 || start > end || end > len(src) {
			t.Fatalf("byte %d of %d of the view comes from %d to %d of %d bytes", at, len(v.Text), start, end, len(src))
		}
	}
	for i, u := range v.Uses {
		if u.Start < 0 || u.Start > u.End || u.End > len(src) {
			t.Fatalf("use %+v is not within %d bytes", u, len(src))
		}
		if i > 0 && v.Uses[i-1].Start > u.Start {
			t.Fatalf("use %+v comes after %+v", u, v.Uses[i-1])
		}
		if u.Name == "" || u.Kind == script.Call && u.Name != lower(u.Name) {
			t.Fatalf("the name of %+v", u)
		}
	}
	return v
}

func FuzzPHP(f *testing.F) {
	for name, src := range nasty(1) {
		if name != "repeated" && name != "reading" && !strings.HasPrefix(name, "doubl") { // as large as may be
			f.Add(src)
		}
	}
	f.Add(disguises)
	f.Add("<?php " + databases)
	f.Fuzz(func(t *testing.T, src string) {
		start := cputime.Used()
		check(t, src)
		const perByte, floor = 20 * time.Microsecond, 2 * time.Second
		if took := cputime.Used() - start; took > floor+time.Duration(len(src))*perByte {
			t.Errorf("%d bytes took %v", len(src), took)
		}
	})
}

// disguises is something of everything that is decoded.
const disguises = "<?php namespace A; use function exec as e; $a = 'ex' . \"e\\x63\" . chr(99); $a($b); `ls {$c[1]} ${d}`; " +
	"$q = <<<X\n  a $x->y\n  X; eval(base64_decode('c3lzdGVtKCJpZCIpOw==')); foreach ([1, 2] as $i) { $s .= chr($i); } " +
	"function f($x) { return strrev($x); } f('cexe')(1); echo 'shown', $z; new \\B(['a' => 1] + $c[0]{1}) ?> <?= $x ?>"

// nasty are scripts that are hard to read, of n times 1000 bytes or so.
func nasty(n int) map[string]string {
	many := n * 1000
	repeat := strings.Repeat
	bomb := "system('id');"
	for range 10 {
		bomb = "eval(base64_decode('" + base64.StdEncoding.EncodeToString([]byte(bomb)) + "'));"
	}
	scripts := map[string]string{
		"a style sheet":            "$f = 'sys' . 'tem'; $f('x'); $d = new DOMDocument; $d->loadXML('<r>" + repeat("<a/>", many/3) + "</r>'); $s = new DOMDocument; $s->loadXML('<s><variable name=\"v\"><for-each select=\"//a\">" + repeat("<t/> ", many/3) + "</for-each></variable></s>'); $p = new XSLTProcessor; $p->importStylesheet($s); $p->transformToXML($d);",
		"parentheses":              "$a = " + repeat("(", many) + "1" + repeat(")", many) + ";",
		"open parentheses":         repeat("(", many),
		"brackets":                 "$a = " + repeat("[", many) + "1" + repeat("]", many) + ";",
		"open brackets":            repeat("$a[", many),
		"assigned lists":           repeat("[", many) + repeat("] = ", many),
		"braces":                   repeat("{", many) + repeat("}", many),
		"closing":                  repeat(")]}", many),
		"alternating":              repeat("([{", many) + repeat(")]}", many),
		"dots":                     "$a = " + repeat("'a' . ", many) + "'';",
		"dots of variables":        "$a = " + repeat("'a' . 'b' . $x . ", many) + "'';",
		"dots in parentheses":      "$a = " + repeat("'a' . 'b' . (", many),
		"signs":                    "$a = " + repeat("!-~@", many) + "1;",
		"ternaries":                "$a = " + repeat("1 ? 2 : ", many) + "3;",
		"assignments":              repeat("$a = ", many) + "1;",
		"appending":                "$a = 'a';" + repeat("$a .= 'bcdefgh';", many/10),
		"doubling":                 "$a = 'aaaaaaaa';" + repeat("$a .= $a;", many),
		"doubled constants":        "$a0 = 'aaaaaaaa';" + doubled(many/20),
		"reading":                  "$a = '" + repeat("x", many) + "';" + repeat("f($a);", many),
		"arrays":                   "$a = [];" + repeat("$a[] = 'x';", many),
		"quotes":                   repeat(`"{$a["`, many),
		"strings":                  repeat(`"$a{$b}`, many),
		"heredocs":                 repeat("<<<A\n{$a[", many),
		"heredoc ends":             "<<<" + repeat("A", many) + "\n" + repeat("A\n", many),
		"ticks":                    repeat("`{$a(`", many),
		"comments":                 repeat("/*", many) + repeat("#", many) + repeat("//", many),
		"no comment's end":         "/*" + repeat("x", many),
		"no string's end":          "'" + repeat("x", many),
		"no quote's end":           "\"" + repeat("x$y", many),
		"no heredoc's end":         "<<<A\n" + repeat("x$y\n", many),
		"tags":                     repeat("?><?php ", many),
		"short tags":               "?>" + repeat("<?", many),
		"functions":                repeat("function(", many),
		"closures":                 repeat("function() { ", many),
		"closures in calls":        repeat("f(function() use ($x) { ", many),
		"arrow functions":          repeat("fn() => ", many),
		"classes":                  repeat("class ", many) + repeat("class A extends B {", many),
		"calls":                    repeat("f(", many) + repeat(")", many),
		"calls that fold":          repeat("strrev(", many) + "'x'" + repeat(")", many),
		"news":                     repeat("new ", many),
		"variables":                repeat("$", many) + "a;" + repeat("${", many),
		"constants":                repeat("const A = 1 ", many),
		"uses":                     repeat("use a\\b ", many) + repeat("use a\\{", many),
		"functions of one another": "function f0($x) { return $x; }" + chained(many/20) + "f1('a');",
		"recursion":                "function f($x) { return f($x) . f($x); }" + repeat("f('a');", many),
		"loops":                    repeat("for ($i = 0; $i < 1000000; $i++) { $s .= chr($i);", many),
		"joined again":             "$c = $_GET['a'] ? '' : 'x'; $l = array_fill(0, 65000, ''); $l[] = $c; for ($i = 0; $i < 1000000; $i++) { $f = implode('', $l); $f = implode('', $l); } system($f);",
		"formatted again":          "$l = array_fill(0, 65000, ''); $l[] = 'x'; for ($i = 0; $i < 1000000; $i++) { $f = vsprintf('%s', $l); } system($f);",
		"written again":            "$s = 'x'; for ($i = 0; $i < 100000000; $i++) $s = serialize($s); $s($_GET['x']);",
		"names":                    repeat("\\a", many),
		"attributes":               repeat("#[A(", many),
		"matches":                  repeat("match(1) { ", many),
		"long line":                "$x = \"" + repeat("\\x41", many) + "\"; /* " + repeat(" ", many),
		"base64 ten times":         bomb,
		"repeated":                 "$a = str_repeat('a', 8000000);" + repeat("f(str_repeat('a', 8000000));", many),
		"ifs":                      repeat("if (1) ", many) + repeat("else ", many),
		"static":                   repeat("static ", many) + repeat("a::", many) + repeat("$a->", many),
	}
	for name, src := range scripts {
		scripts[name] = "<?php " + src
	}
	scripts["picture"] = "\xff\xd8\xff\xe0\x00\x10JFIF\x00" + repeat("\x00\xfe'\"", many) + "<?php system($_GET[0]); ?>" + repeat("\xff<?\x00", many)
	return scripts
}

func doubled(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("$a" + itoa(i+1) + " = $a" + itoa(i) + " . $a" + itoa(i) + ";")
	}
	return b.String()
}

func chained(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("function f" + itoa(i+1) + "($x) { return f" + itoa(i) + "($x) . f" + itoa(i) + "($x); }")
	}
	return b.String()
}

// attributed is a class with n attributes of a class that extends as many, which are
// asked for over and over.
func attributed(n int) string {
	var b strings.Builder
	b.WriteString("class B0 {} ")
	for i := range n {
		b.WriteString("class B" + itoa(i+1) + " extends B" + itoa(i) + " {} ")
	}
	b.WriteString("#[" + strings.Repeat("B"+itoa(n)+",", n) + "] class K {} $z = strrev('metsys'); ")
	return b.String() + "for ($i = 0; $i < 10000; $i++) (new ReflectionClass('K'))->getAttributes('B0', 2);"
}

func itoa(n int) string { return strconv.Itoa(n) }

func TestNastyPHPTakesTimeInProportionToItsSize(t *testing.T) {
	const small, large = 5, 50
	before := nasty(small)
	for name, src := range nasty(large) {
		t.Run(name, func(t *testing.T) {
			took := func(src string) time.Duration {
				start := cputime.Used()
				Read([]byte(src))
				return cputime.Used() - start
			}
			short, long := took(before[name]), took(src)
			// Ten times as much may take twenty times as long, beside what each
			// script may compute at any size.
			const floor = 4 * time.Second
			if long > 20*short+floor {
				t.Errorf("%d bytes took %v, %d bytes %v", len(before[name]), short, len(src), long)
			}
			t.Logf("%d bytes: %v", len(src), long)
		})
	}
}

func TestAttributesOfManyAncestorsAreAskedForWithinLimits(t *testing.T) {
	const classes, most = 1500, 2 * time.Second
	start := cputime.Used()
	Read([]byte("<?php " + attributed(classes)))
	if took := cputime.Used() - start; took > most {
		t.Errorf("took %v", took)
	}
}

// FuzzReadWith reads a script together with another: places are in the script, and what
// the other shows by itself is not told of it.
func FuzzReadWith(f *testing.F) {
	f.Add("<?php include './x.php'; kit_run('sys' . 'tem', 'x');", "<?php function kit_run($f, $x) { return $f($x); }")
	f.Add("<?php class A extends B { use C; } (new A)->go(D);", "<?php class B { function go($x) { include './x.php'; eval($x . E); } } trait C {} const D = 'sys', E = D;")
	f.Fuzz(func(t *testing.T, src, other string) {
		siblings := &script.Siblings{Files: []script.Sibling{{Name: "x.php", Data: []byte(other)}}, Loads: []map[string]int{{"./x.php": 1}, {"./x.php": 1, "./index.php": 0}}}
		v := ReadWith([]byte(src), siblings)
		for _, u := range v.Uses {
			if u.Start < 0 || u.End < u.Start || u.End > len(src) {
				t.Fatalf("%+v is not within %d bytes", u, len(src))
			}
		}
		for i := 0; i < len(v.Text); i += 1 + len(v.Text)/16 {
			if start, end := v.Origin(i, i+1); start < 0 || end < start || end > len(src) {
				t.Fatalf("%d comes from %d to %d", i, start, end)
			}
		}
	})
}
