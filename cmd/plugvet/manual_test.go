package main

import (
	"os/exec"
	"strings"
	"testing"
)

func TestManualIsCleanAndComplete(t *testing.T) {
	page, _ := inProcess(t, nil, "manual")
	for _, command := range [][]string{
		{"mandoc", "-T", "lint", "-W", "warning"},
		{"groff", "-mdoc", "-T", "utf8", "-ww", "-z"},
	} {
		lint := exec.Command(command[0], command[1:]...)
		lint.Stdin = strings.NewReader(page)
		if out, err := lint.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	}
	show := exec.Command("mandoc", "-T", "ascii", "-O", "width=200")
	show.Stdin = strings.NewReader(page)
	out, err := show.Output()
	if err != nil {
		t.Fatal(err)
	}
	var plain strings.Builder // without overstrikes
	for i := 0; i < len(out); i++ {
		if i+1 < len(out) && out[i+1] == '\b' {
			i++
			continue
		}
		plain.WriteByte(out[i])
	}
	for _, c := range completions(verbs(), "") {
		if c.verbs == nil && !strings.Contains(plain.String(), "plugvet "+c.path) {
			t.Errorf("nothing is said of %q", c.path)
		}
		for _, f := range c.flags {
			if f.name != "help" && !strings.Contains(plain.String(), strings.Join(f.names(), ", ")) {
				t.Errorf("nothing is said of %s %s", c.path, f.names())
			}
		}
	}
}
