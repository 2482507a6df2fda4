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

func TestWhatAFunctionTakesOfTheGlobalObjectIsKnown(t *testing.T) {
	const pick = "const pick = (o, ...keys) => Object.fromEntries(keys.map((k) => [k, o[k]])); "
	for src, want := range map[string]bool{
		pick + "const { ['fet' + 'ch']: f } = pick(globalThis, ['fe', 'tch'].join('')); f('x')": true,
		pick + "const { ['UR' + 'L']: f } = pick(global, ['U', 'RL'].join('')); f('x')":         false,
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "call fetch*") != want {
			t.Errorf("%s: %q", src, got)
		}
	}
}
