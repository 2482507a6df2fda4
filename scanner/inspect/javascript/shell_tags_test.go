package javascript

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

const zx = "const {$} = require('zx'); "

func TestTheHolesOfShellTagsCostWhatIsInThem(t *testing.T) {
	if v := Read([]byte(zx + "$`" + strings.Repeat("a${'b'}", 3000) + "`")); v.Limit != "" {
		t.Error(v.Limit)
	}
}

func TestTheLinesOfShellTagsCostWhatTheShellDoes(t *testing.T) {
	allocated := func(rounds string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Read([]byte(zx + "require(String.fromCharCode(x)); let a = 'a=$a$a;'.repeat(500); for (let i = 0; i < " + rounds + "; i++) $`${{raw: a}}`"))
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	if some, many := allocated("400"), allocated("1e5"); many > 5*some {
		t.Errorf("%d bytes are taken, and %d for 400 lines", many, some)
	}
}

// What stands around a question is run once more for each, but not compiled without end.
func TestManyShellTagsInOneStatement(t *testing.T) {
	timeOf := func(from string) time.Duration {
		begun := time.Now()
		Read([]byte("const {$} = require('" + from + "'); $`" + strings.Repeat("${[$`q`,`${$`a`}`]} $(( ", 10000) + "`"))
		return time.Since(begun)
	}
	if plain, took := timeOf("x"), timeOf("zx"); took > 30*plain {
		t.Errorf("%v, and %v where it is not a shell's", took, plain)
	}
}

func TestShellTagsOfRuntimesAndPackages(t *testing.T) {
	const line = "`osascript -e ${'beep'}`"
	for _, src := range []string{
		"import {$} from 'zx'; await $", "import {$} from 'zx/core'; await $", "import 'zx/globals'; await $", "require('zx/globals'); $({quiet: true})",
		"import {$} from 'zx'; const quiet = $({quiet: true}); await quiet", "import {$} from 'npm:zx@8'; $.sync",
		"import {$} from 'execa'; await $({cwd})", "import {execa} from 'execa'; await execa", "import {execaSync as e} from 'execa'; e({cwd})",
		"import $ from 'dax'; await $", "import $ from 'dax'; await $.raw", "import {$ as s} from 'dax'; await s.raw", "import $ from 'jsr:@david/dax'; await $", "import {build$} from '@david/dax'; const $ = build$({}); await $",
		"const $ = require('dax-sh').default; $", "import $ from 'https://deno.land/x/dax@0.39.2/mod.ts'; await $",
		"Bun.$", "Bun.$.nothrow()", "import {$ as b} from 'bun'; b.cwd('a'); await b", "new Bun.$.Shell()",
		"import {$} from 'bun'; const s = new $.Shell(); s.nothrow(); await s",
	} {
		if got := uses(Read([]byte(src + line))); !strings.Contains(got, "call start:osascript") {
			t.Errorf("%s: %s", src, got)
		}
		if _, plain := Plain([]byte(src+line), nil); plain {
			t.Errorf("%s is not read", src)
		}
	}
	for _, src := range []string{"const $ = (s) => s; $", "import $ from 'jquery'; $", "import {html} from 'zx'; html", "import {a} from 'npm:lit'; a", "$('a').b; c"} {
		if got := uses(Read([]byte(src + line))); strings.Contains(got, "osascript") {
			t.Errorf("%s: %s", src, got)
		}
	}
}

func TestFunctionsOfARuntimeAreHandedOn(t *testing.T) {
	for src, want := range map[string]string{
		"export {spawn as a, $ as b, 'spawnSync' as c} from 'bun'": "module bun, call Bun.spawn, call Bun.$, call Bun.spawnSync",
		"export {dlopen} from 'process'":                           "module process, call process.dlopen",
		"export {type Subprocess} from 'bun'":                      "",
	} {
		if got := uses(Read([]byte(src))); got != want {
			t.Errorf("%s: %s", src, got)
		}
	}
}
