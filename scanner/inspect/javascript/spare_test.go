package javascript

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// Scripts share buffers one after the other: nothing of one may show in another, also
// where one outgrows them or several are read at once.
func TestScriptsDoNotShowInOneAnother(t *testing.T) {
	var scripts [][]byte
	for n := range 6 {
		line := fmt.Sprintf("const name%d = 'mod' + 'ule%d'; require(name%d); f('alone%d', `%d`);\n", n, n, n, n, n)
		scripts = append(scripts, []byte(strings.Repeat(line, []int{1, 14_000, 3, 1_000, 1, 40}[n])))
	}
	want := make([][]byte, len(scripts))
	for n, src := range scripts {
		want[n] = Read(src).Text
		if !bytes.Contains(want[n], fmt.Appendf(nil, `"module%d"`, n)) {
			t.Errorf("script %d is not decoded", n)
		}
	}
	var all sync.WaitGroup
	for worker := range 3 {
		all.Go(func() {
			for i := range scripts {
				n := (i*5 + worker) % len(scripts)
				if got := Read(scripts[n]).Text; !bytes.Equal(got, want[n]) {
					t.Errorf("script %d reads otherwise behind others", n)
				}
			}
		})
	}
	all.Wait()
	for n, src := range scripts {
		if other := fmt.Sprintf("module%d", (n+1)%len(scripts)); bytes.Contains(Read(src).Text, []byte(other)) {
			t.Errorf("script %d has a word of another", n)
		}
	}
}
