package javascript

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/internal/cputime"
	"plugvet/scanner/inspect/script"
)

// nasty are scripts that no reader should trip over.
func nasty() map[string]string {
	deep := func(open, middle, close string, n int) string {
		return strings.Repeat(open, n) + middle + strings.Repeat(close, n)
	}
	bomb := `require("net")`
	for range 15 {
		bomb = `eval(atob('` + base64.StdEncoding.EncodeToString([]byte(bomb)) + `'))`
	}
	var aliases strings.Builder
	for i := range 25_000 {
		fmt.Fprintf(&aliases, "a%d=globalThis;a%d.x=1;\n", i, i)
	}
	return map[string]string{
		"names of many kinds":    aliases.String(),
		"classes asked for":      strings.Repeat("y.constructor.x;", 4000),
		"classes named":          "x = {" + strings.Repeat("constructor:x,", 4300) + "}",
		"loads and connections":  strings.Repeat("require('a');", 60_000) + strings.Repeat("y.createConnection();", 60_000),
		"loads and starts":       strings.Repeat("require('a');", 60_000) + strings.Repeat("y().spawn();", 60_000),
		"loads and files":        strings.Repeat("require('a');", 60_000) + strings.Repeat("y.writeFile();", 60_000),
		"names of the global":    strings.Repeat("a=self;b=window;", 40_000),
		"functions of this":      strings.Repeat("(function(){return this})()[a](b);", 10_000),
		"global handed on":       strings.Repeat("f(self);a[b+c](d);", 30_000),
		"loops over the global":  strings.Repeat("for(const k in globalThis)globalThis[k](k);", 10_000),
		"parentheses":            deep("(", "1", ")", 100_000),
		"arrays":                 "x = " + deep("[", "1", "]", 100_000) + ".join('')",
		"objects":                "x = " + deep("{a:", "1", "}", 100_000) + ".a",
		"templates":              deep("`${", "1", "}`", 100_000),
		"functions":              deep("(function(){", "1", "})()", 50_000),
		"arrows":                 strings.Repeat("x=>", 100_000) + "x",
		"calls":                  deep("f(", "1", ")", 100_000),
		"requires":               deep("require(", "1", ")", 100_000),
		"prefix operators":       "x = " + strings.Repeat("!", 100_000) + "1",
		"conditionals":           "x = " + strings.Repeat("1 ? 'a' : ", 50_000) + "2",
		"sum":                    "x = 'a'" + strings.Repeat(" + 'a'", 100_000),
		"chain of replacements":  "x = 'a'" + strings.Repeat(".replace('a', 'aa')", 50_000),
		"growing":                "x = 'a'" + strings.Repeat(".replace(/a/g, 'aa')", 100),
		"repeat":                 "x = 'aaaaaaaaaaaaaaaa'" + strings.Repeat(".repeat(1000)", 10),
		"loop without end":       "function f() { while (true) { } } x = f()",
		"recursion":              "function f(x) { return f(x + 'a') } x = f('a')",
		"two recursions":         "const f = x => f(x) + f(x); y = f('a')",
		"variables in a ring":    "const a = b + 'x', b = a + 'y'; f(a)",
		"doubling variables":     "const a0 = 'aaaaaaaaaaaaaaaa';" + doubling(60),
		"open string":            "x = 'abc\nrequire('net')",
		"open template":          "x = `abc\nrequire('net')",
		"open templates":         strings.Repeat("`\\", 100_000),
		"open comment":           "x /* abc\nrequire('net')",
		"open comments":          strings.Repeat("/*", 100_000),
		"open expressions":       strings.Repeat("/[", 100_000),
		"open brackets":          strings.Repeat("{[(", 50_000),
		"close brackets":         strings.Repeat(")]}", 50_000),
		"crossed brackets":       strings.Repeat("([)]", 50_000),
		"apostrophes":            strings.Repeat("a'b ", 100_000),
		"invalid UTF-8":          "x = '\xff\xfe\xc3' + \"\xe2\x80\"\xe2\x80",
		"ends in a hash":         "{)}#",
		"NUL":                    "x = 'a\x00b'\x00 + \x00",
		"long line":              "x = [" + strings.Repeat("'abc', ", 200_000) + "]",
		"declarations":           strings.Repeat("{let a = 1;", 30_000),
		"ends in a backslash":    `x = '\`,
		"ends in a slash":        `x = /`,
		"comment expression":     `x = /[/*]/; y = /'/; z = ` + "/`/",
		"base64 bomb":            bomb,
		"lists in lists":         "const a = ['a','b']; const b = [a, a]; f([...a, ...b].join())" + strings.Repeat("; g(a.concat(a, b))", 1000),
		"spreads":                spreads(40),
		"functions in a chain":   chain(100_000),
		"functions in functions": deep("function f() { require(a); ", "", "}", 50_000),
		"loads":                  strings.Repeat("var a = require('b'), c = a;\n", 50_000),
		"lines without ends":     strings.Repeat("var a = b\nfunction f() { a() }\n", 50_000) + "require('net')",
		"names at numbers":       strings.Repeat("3a ", 10_000) + strings.Repeat("x=1;\n", 1<<20),
		"broken numbers":         strings.Repeat("1e ", 10_000) + strings.Repeat("x=1;\n", 1<<20),
		"html comments":          strings.Repeat("<!-- a\n", 1000) + "--> b\nx",
	}
}

// chain are functions of which each calls the next, and the last loads something.
func chain(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "function f%d() { return f%d() }\n", i, i+1)
	}
	return b.String() + "function f" + strconv.Itoa(n) + "() { return require(x) }"
}

func doubling(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.NewReplacer("X", strings.Repeat("0", i+2), "Y", strings.Repeat("0", i+1)).Replace("const aX = aY + aY;"))
	}
	return b.String() + "f(a" + strings.Repeat("0", n) + ")"
}

func spreads(n int) string {
	var b strings.Builder
	b.WriteString("const s0 = ['a', 'b'];")
	for i := range n {
		b.WriteString("const s" + strings.Repeat("0", i+2) + " = [...s" + strings.Repeat("0", i+1) + ", ...s" + strings.Repeat("0", i+1) + "];")
	}
	return b.String() + "f(s" + strings.Repeat("0", n+1) + ".join(''))"
}

// check verifies what holds of every view.
func check(t *testing.T, data []byte, read func([]byte) *script.View) {
	t.Helper()
	before := bytes.Clone(data)
	began := cputime.Used()
	v := read(data)
	if took, most := cputime.Used()-began, 5*time.Second+time.Duration(len(data))*2*time.Microsecond; took > most {
		t.Errorf("reading %d bytes took %v", len(data), took)
	}
	if !bytes.Equal(before, data) {
		t.Error("the script was changed")
	}
	last := 0
	for at := range v.Text {
		start, end := v.Origin(at, at+1)
		if start < 0 || end < start || end > len(data) {
			t.Fatalf("byte %d of the view comes from [%d, %d) of %d", at, start, end, len(data))
		}
		if start < last {
			t.Fatalf("byte %d of the view comes from %d, the one before it from %d", at, start, last)
		}
		last = start
	}
	for _, u := range v.Uses {
		if u.Start < 0 || u.End < u.Start || u.End > len(data) {
			t.Errorf("%s %s stands in [%d, %d) of %d", u.Kind, u.Name, u.Start, u.End, len(data))
		}
	}
}

// checkSparing verifies the same of a view of the script in which not all was read.
func checkSparing(t *testing.T, data []byte) {
	t.Helper()
	check(t, append(bytes.Clone(data), "\n"+honest...), readSparing)
	check(t, []byte(honest+string(data)), readSparing)
}

func TestNastyJavaScriptIsReadInBoundedTime(t *testing.T) {
	for name, src := range nasty() {
		t.Run(name, func(t *testing.T) {
			check(t, []byte(src), Read)
			checkSparing(t, []byte(src))
		})
	}
}

// What a step of a loop without end takes was not paid for by the steps of before.
func TestEndlessLoopsAreReadInBoundedTime(t *testing.T) {
	const loop = "const cp = require('child_process'); exports.f = (n) => cp.exec(atob(n)); let a = [], s = 1; for (let i = 0; i < 1e8; i++) "
	for _, body := range []string{
		"if (x) a.push(1)", "{ if (x) s = i; else s = 'a' }", "s = x.y(s)", "'abc'.replace(/b/g, x)", "Buffer.from('' + i)",
		"a = [s].concat(a)", "s = `${x}a`", "s = x.a.b.c.d", "s = Math.floor(x)", "s = typeof x", "s = class { a() {} }",
		"if (i < 8000) a.push(x ? '-e' : 'x'); else cp.spawn(x ? 'a' : 'b', a)", "if (i < 4000) s += '; a b'; else cp.exec(s)",
		"[].a = 1", "a = []; a.k = i", "a = a[0] ? [...a.sort((x, y) => n - x)] : [1, 2, 3, 4, 5, 6, 7, 8]", "if (i < 40) a = [a, a, a]; else a.flat(Infinity)",
		"s = 2n ** 1000n", "s = require('x' + i)", "s = process.binding('x' + i)", "s = String.raw`a${i}`",
	} {
		t.Run(body, func(t *testing.T) { check(t, []byte(loop+body), Read) })
	}
}

func FuzzJavaScript(f *testing.F) {
	for _, src := range nasty() {
		if len(src) < 4096 {
			f.Add([]byte(src))
		}
	}
	if data, err := os.ReadFile("read_test.go"); err == nil {
		for line := range strings.Lines(string(data)) {
			if i := strings.IndexByte(line, '`'); i >= 0 {
				f.Add([]byte(line[i+1:]))
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { check(t, data, Read) })
}

func FuzzSparingJavaScript(f *testing.F) {
	for _, src := range nasty() {
		if len(src) < 4096 {
			f.Add([]byte(src))
		}
	}
	f.Add([]byte("const cp = require('child_process'); /* f */ function f() { /* g */ function g() { cp.exec('a' + b) } } // end"))
	f.Fuzz(func(t *testing.T, data []byte) { checkSparing(t, data) })
}

// bundle is minified text of about so many bytes, as bundlers write it.
func bundle(size int) []byte {
	module := `,MID:(e,t,n)=>{"use strict";Object.defineProperty(t,"__esModule",{value:!0}),t.getID=t.setID=void 0;` +
		`const r=n(ID),o=require("util"),i=/[a-z/]+/g;function s(e,t){return e.map((e=>e.id===t?{...e,name:"n"+t,ok:!1}:e)).filter(Boolean)}` +
		`class a extends r.Base{constructor(e){super(e),this.items=e.items||[],this.label='item "ID"'}get(e){for(let t=0;t<this.items.length;t++)` +
		"if(this.items[t].id==e)return this.items[t];throw new Error(`no item ${e} in ${this.label}`)}}" +
		`t.getID=e=>s(e,ID)/2,t.setID=async(e,t)=>{const n=await fetch("/api/"+e,{method:"POST",body:JSON.stringify(t)});return n.ok?n.json():null}}`
	var b bytes.Buffer
	b.WriteString("(()=>{var e={0:()=>{}")
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strings.ReplaceAll(module, "ID", strconv.Itoa(i)))
	}
	b.WriteString("},t={};function n(r){return t[r]||(t[r]={exports:{}},e[r](t[r],t[r].exports,n)),t[r].exports}n(0)})();")
	return b.Bytes()
}

func TestLongBundleIsReadInBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("50 MB")
	}
	data := bundle(50 << 20)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	v := Read(data)
	runtime.ReadMemStats(&after)
	if grown, most := after.TotalAlloc-before.TotalAlloc, uint64(30*len(data)); grown > most {
		t.Errorf("reading %d bytes took %d bytes of memory, want at most %d", len(data), grown, most)
	}
	if v.Problem != "" {
		t.Errorf("problem: %s", v.Problem)
	}
	if want := bytes.Count(data, []byte("fetch(")); strings.Count(uses(v), "call fetch") != want {
		t.Errorf("%d calls of fetch, want %d", strings.Count(uses(v), "call fetch"), want)
	}
}

func BenchmarkJavaScript(b *testing.B) {
	data := bundle(1 << 20)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		Read(data)
	}
}

func BenchmarkJavaScriptLexerAlone(b *testing.B) {
	data := bundle(1 << 20)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		l := js.NewLexer(parse.NewInputBytes(data[:len(data):len(data)]))
		for {
			if kind, _ := l.Next(); kind == js.ErrorToken {
				break
			}
		}
	}
}

// What a file of gyp or of a package runs stands in it.
func FuzzBuild(f *testing.F) {
	f.Add([]byte(`{'a': '<!(node -e "require(\'net\')")', 'action': ['sh', '-c' "osa" 'script'], # x` + "\n}"))
	f.Add([]byte(`{"scripts": {"install": "a=osa; for b in script; do $a$b; done"}, "imports": {"#a": "net"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, v := range []*script.View{ReadBuild(data), ReadManifest(data, nil), ReadProgram(data), ReadMakefile(data), ReadShell(data)} {
			if v == nil {
				continue
			}
			if string(v.Text) != string(data) {
				t.Error("the view is not the file")
			}
			for _, u := range v.Uses {
				if u.Start < 0 || u.End < u.Start || u.End > len(data) {
					t.Errorf("use %+v of %d bytes", u, len(data))
				}
			}
		}
	})
}

// Beyond what is certain a text is in doubt, whatever it is.
func FuzzIsScript(f *testing.F) {
	for _, src := range []string{"if (1) /a b/.c; f(`a ${{}} b`)", "<!-- a\n--> b\n/* c\n */ d", "a ? 1.e5 : '\\\n' + #a\\u{61}", "{[(", "`${`${", "f()/a/[b/]/"} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if is, acts := IsScript([]byte(src), true); acts && !is {
			t.Errorf("%q does something and is no script", src)
		}
		if is, acts := IsScript([]byte("f();\n/*"+src+"*/"), true); !strings.Contains(src, "*/") && !(is && acts) {
			t.Errorf("a comment %q hides a call", src)
		}
	})
}
