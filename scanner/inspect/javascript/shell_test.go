package javascript

import "testing"

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
