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
		"/*" + strings.Repeat(" ", maxLikeness) + "\x00*/\nexports.a = f()": "is",
	} {
		got := "no"
		switch is, acts := IsScript([]byte(src)); {
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

// Any text may be loaded as a script, so this must take no longer than reading it.
func TestLikenessTakesLinearTime(t *testing.T) {
	started := time.Now()
	for _, part := range []string{"{", "(", "[", "`${", "a=>", "(a)=>{", "async(", "/", "<!--", "f(g(", "v0;{"} {
		IsScript([]byte(strings.Repeat(part, maxLikeness/len(part))))
	}
	if took := time.Since(started); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}
