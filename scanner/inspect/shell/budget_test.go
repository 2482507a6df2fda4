package shell

import (
	"runtime"
	"strings"
	"testing"
)

func TestWhatALineComesToIsBounded(t *testing.T) {
	for _, line := range []string{
		"a='" + strings.Repeat("y ", 500) + "'; b() { echo " + strings.Repeat("$a ", 100) + "; }; " + strings.Repeat("b;", 200),
		"a='" + strings.Repeat("y", 1900) + "'; b='" + strings.Repeat("z", 1900) + "'; echo " + strings.Repeat("${a//y/$b}", 20),
		"a='" + strings.Repeat("y", 1900) + "'; b=1" + strings.Repeat("${a//y/${a//y/$a}}", 20),
		"a='" + strings.Repeat("(", 1000) + "'; b() { concurrently " + strings.Repeat(`" $a" `, 300) + "; }; " + strings.Repeat("b;", 60),
		"b() { parallel " + strings.Repeat("{} ", 200) + " ::: " + strings.Repeat("y", 2000) + "; }; " + strings.Repeat("b;", 200),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Commands(line, nil, nil)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
			t.Errorf("%.40s: %d MB", line, took>>20)
		}
	}
	if table := strings.Repeat("abcdefghijklmnopqrstuvwxyz", 40); !Runs(Commands("a="+table+"; "+strings.Repeat("b=${a:3:1}; ", 200)+"${a:14:1}sascript -e 1", nil, nil), "osascript") {
		t.Error("a program whose name is put together from a table")
	}
}
