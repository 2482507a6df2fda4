package javascript

import (
	"strings"
	"testing"
)

func TestWhatAScriptSharesIsDeclared(t *testing.T) {
	for src, want := range map[string]string{
		"globalThis.kit = f()":                     "global kit",
		"global.kit=[1], globalThis.kit = g":       "global kit",
		"process.kit = { a: 1 }":                   "global process.kit",
		"process.env.KIT = s.trim()":               "global process.env.KIT",
		"process.env.KIT = 'a' + b":                "global process.env.KIT",
		"process.env.KIT = 'a';":                   "",
		"process.env.KIT = \"a\"\nx()":             "",
		"process.env.NODE_ENV = x":                 "",
		"process.exitCode = f()":                   "",
		"globalThis.fetch = f":                     "",
		"globalThis.kit == f, globalThis.kit => f": "",
		"a.global.kit = f; myprocess.kit = f":      "",
		"globalThis.on = true; global.n = 1":       "",
		"globalThis.kit":                           "",
		"global.a.b = f":                           "",
	} {
		if got := strings.Join(Declared([]byte(src)), ", "); got != want {
			t.Errorf("%s: %q, expected %q", src, got, want)
		}
	}
}
