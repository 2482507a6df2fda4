package javascript

import (
	"strings"
	"testing"
)

func TestShellWordsArePlain(t *testing.T) {
	for line, want := range map[string]string{
		`o"sa"script -e 1`:           "osascript -e 1",
		`a; o\sascript`:              "a; osascript",
		`'osa''script' x`:            "osascript x",
		`/???/bin/osas?ript -e beep`: "osascript -e beep",
		`ls * "a b" 'c'`:             `ls * "a b" 'c'`,
		`echo "x\`:                   `echo "x\`,
	} {
		if got := commandLine(line); got != want {
			t.Errorf("%s: got %s, want %s", line, got, want)
		}
	}
	src := `require('child_process').execSync("o'sa'script -e beep")`
	if v := Read([]byte(src)); string(v.Text) != `require("child_process").execSync("osascript -e beep")` {
		t.Errorf("%s", v.Text)
	}
}

func TestAPackageThatStartsProgramsStartsOsascript(t *testing.T) {
	for src, want := range map[string]bool{
		`import { exec } from 'teen_process'; await exec('osascript', ['-e', x])`:                                 true,
		`const p = require('teen_process'); const O = 'osascript', a = []; a.push(x); (0, p.exec)(O, a, { cwd })`: true,
		`const { spawnSync } = require('kit'); function f(args) { spawnSync('/usr/bin/osascript', args) }`:        true,
		`const w = require('which'); w.sync('osascript', { nothrow: true })`:                                      false,
		`const p = require('kit'); p.exec('osascript', (e) => 1); p.exec('osascript is not there')`:               false,
		`const l = require('lowlight'); l.highlight('osascript', args); l.exec('ls', ['-l'])`:                     false,
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "start:osascript") != want {
			t.Errorf("%s: %q", src, got)
		}
	}
}
