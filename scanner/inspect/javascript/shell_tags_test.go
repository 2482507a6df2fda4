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
