package inspect

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/javascript"
	"plugvet/scanner/inspect/machine"
	"plugvet/scanner/inspect/php"
)

func TestScriptsThatNativeCodeHandsOverAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"require(['n', 'et'].join('')).connect(80)":                SocketFunction,
		"require('child' + '_process')":                            ExecFunction,
		"require('net').connect(80)":                               "", // in clear, for the rules
		"('osa' + 'script')":                                       MadeName,
		"`${'o'}sascript`":                                         MadeName,
		"'osascript'":                                              "",
		"(function () { return 'a' + 1 })(); document.title = 'x'": "",
		"not ( JavaScript":                                         "",
	} {
		f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}}
		f.script(0, text, javascript.Read, text)
		if got := strings.Join(embeddedNames(f.facts), " "); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
	for text, want := range map[string]string{
		"$f = 'fsock' . 'open'; $f('localhost');": SocketFunction,
		"$f = strrev('tpircsaso');":               MadeName,
		"PassThru('ls');":                         "",
	} {
		f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}}
		f.script(0, text, php.Read, "<?php "+text)
		if got := strings.Join(embeddedNames(f.facts), " "); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}
