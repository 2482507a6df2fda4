package javascript

import (
	"strings"
	"testing"
	"time"
)

func TestProseAndTypesAreNoScript(t *testing.T) {
	for src, want := range map[string]string{
		"require('child_process').exec('ls')":                              "acts",
		"const fs = require('fs');\nif (fs) return;\nmodule.exports = fs;": "acts",
		"await = 3; f()": "acts",
		"var await, yield, let; with (a) b = 8; f(a / b / c, /a b/g)":       "acts",
		"#!/usr/bin/env node\n'use strict'\nexports.a = 1":                  "acts",
		"import a from './a'\nexport * from './b'; export { c as d }":       "is",
		"export const a = 1, b = 'x', c = `d ${b} e`":                       "is",
		"function f(a) { return a }":                                        "is",
		"export default function f(a: string): void;":                       "is",
		"`kit` is loaded with:\n\n```js\nrequire('kit');\n```\n":            "no",
		"# Kit\n\nrequire('kit')":                                           "no",
		"It calls f() and g(). require('kit')":                              "no",
		"localhost:5432:postgres\nrequire(x)\x00\x01":                       "no",
		"export declare const a: string;\nimport('a')":                      "no",
		"export interface A { f(): void }\nf()":                             "no",
		"type A = string; f()":                                              "no",
		strings.Repeat("f();\n", maxLikeness/4) + "a b c":                   "acts",
		"/*" + strings.Repeat(" ", maxLikeness) + "\x00*/\nexports.a = f()": "acts",
		"'" + strings.Repeat(" ", maxLikeness) + "'; exports.a = f()":       "acts",
		strings.Repeat("(a)/b/c; ", 2*maxWays) + "a b":                      "acts",
		"# " + strings.Repeat("a ", maxLikeness):                            "no",

		// a regular expression, where a division may stand by the token before it
		"if (1) /a b/.test(''); f()":           "acts",
		"{}\n/it's a b/.test(''); f()":         "acts",
		"a\n++/a b/.lastIndex":                 "acts",
		"var a\n/a b/.test('')":                "acts",
		"a: for (;;) break a\n/a b/; f()":      "acts",
		"for (a of /a b/.b) f()":               "acts",
		"function* f() { yield /a b/.c; g() }": "acts",
		"a = (b)/1; f(); c = 1/2":              "acts",
		"f(a)/b /c":                            "acts",
		"a.return /b; c / f()":                 "acts",
		"(a) / b\n(c) / d e":                   "no",
		"f(a)/b d/ c e":                        "no",

		// words side by side that the grammar has
		"{ using a = null; f() }":                                                      "acts",
		"import a from './a.json' assert { type: 'json' }\nf()":                        "acts",
		"import a from './a.json' with { type: 'json' }; f()":                          "acts",
		"import defer * as a from 'a'; import source b from 'b'":                       "is",
		"f(...async a => { for await (b of c) await using d = e })":                    "acts",
		"class A { static async *if() {} get default() {} set a(b) {} static static }": "is",
		"a.get\nb; c?.of\nd; f()":                                                      "acts",

		// comments, blanks and letters of few scripts
		"a = 1 <!-- a b c\nf()":                                      "acts",
		"/* a\n b */ --> a b c\nf()":                                 "acts",
		"// a b\u2028f()":                                            "acts",
		"\ufeff#!/a b c\nf\u00a0(\u3000a\u2029b)":                    "acts",
		"\\u{61}\\u0062 = 010 + 0777 + 1_0n + .5e-3; f()":            "acts",
		"a\u30fbb = \u2118 + \U0003fffd; f()":                        "acts",
		"class A { #$ = f }; #a in b; f(`a ${`b ${c}`} d e` + {}.f)": "acts",

		// calls before a colon or a brace
		"1 ? f() : 0":                        "acts",
		"1 ? (0, f)(0) : 0":                  "acts",
		"switch (a) { case f(): }":           "acts",
		"f()\n{}":                            "acts",
		"eval?.('f')":                        "acts",
		"a ||= b":                            "acts",
		"`a ${b} c`":                         "is",
		"({ f() {}, async g(a, b = 1) {} })": "is",
		"export class A { f(a: b): c; g(a?: b): c }": "is",

		// what calls or sets something without the sign for it
		"class A extends f(b) {}":                           "acts",
		"class A extends B { f(a) {} }":                     "is",
		"'a' instanceof { [Symbol.hasInstance]: b }":        "acts",
		"(module.exports) = a":                              "acts",
		"({ a: b.c } = d)":                                  "acts",
		"for (a.b of c);":                                   "acts",
		"for (a[b] in c);":                                  "acts",
		"a.b >>>= c":                                        "acts",
		"import 'data:text/javascript,f()'":                 "acts",
		"export class A<B extends c.d> { e(f: g.h[]): i; }": "is",

		"It's f(a). That's it.":                        "no",
		"Kit – a plug-in (see f())":                    "no",
		"[Kit](http://kit.test) is here. require('a')": "no",
		"require(a) {":                                 "no",
		"f(]":                                          "no",
		"a,b\n1,“2”\n":                                 "no",
	} {
		got := "no"
		switch is, acts := IsScript([]byte(src), true); {
		case acts:
			got = "acts"
		case is:
			got = "is"
		}
		if got != want {
			t.Errorf("%.80q: %s, want %s", src, got, want)
		}
	}
}

// To import and to hand on is what declarations of types do; of another text it is a deed.
func TestWhatIsNoDeclarationActsWhereItImports(t *testing.T) {
	for _, src := range []string{"import './a'", "import { a as b } from 'a'", "export * from 'a'", "export { a as b } from 'a'"} {
		for _, types := range []bool{true, false} {
			if is, acts := IsScript([]byte(src), types); !is || acts == types {
				t.Errorf("%q: is %t, acts %t", src, is, acts)
			}
		}
	}
}

// Any text may be loaded as a script, so this must take no longer than reading it.
func TestLikenessTakesLinearTime(t *testing.T) {
	started := time.Now()
	for _, part := range []string{"{", "(", "[", "`${", "a=>", "(a)=>{", "async(", "/", "<!--", "f(g(", "v0;{", "(a)/", "(a)/b/", "}\n/", "`${`", "<!--\n", "a\n/'/", "++/"} {
		IsScript([]byte(strings.Repeat(part, maxLikeness/len(part))), false)
	}
	if took := time.Since(started); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}
