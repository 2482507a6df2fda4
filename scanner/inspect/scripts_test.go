package inspect

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/javascript"
	"plugvet/scanner/inspect/machine"
	"plugvet/scanner/inspect/php"
	"plugvet/scanner/inspect/script"
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
		if got := scriptNames(text, text, javascript.Read, text); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
	for text, want := range map[string]string{
		"$f = 'fsock' . 'open'; $f('localhost');": SocketFunction,
		"$f = strrev('tpircsaso');":               MadeName,
		"PassThru('ls');":                         "",
	} {
		if got := scriptNames(text, text, php.Read, "<?php "+text); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// scriptNames are what a script does that code in a file has.
func scriptNames(file, text string, read func([]byte) *script.View, whole string) string {
	f := followerOf(file)
	f.script(0, text, read, whole)
	return strings.Join(embeddedNames(f.facts), " ")
}

func followerOf(file string) *follower {
	return &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}, cleared: map[string]bool{}, data: []byte(file)}
}

// Of a script that the code has made nothing stands in the file.
func TestScriptsThatNativeCodeMakesAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"require('net').connect(80)":                          SocketFunction,
		"import('https')":                                     NetworkFunction,
		"process.getBuiltinModule('node:child_process').exec": ExecFunction,
		"document.title = 'x'":                                "",
	} {
		if got := scriptNames("render", text, javascript.Read, text); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
	for text, want := range map[string]string{
		"$f = fsockopen('127.0.0.1', 80);":       SocketFunction,
		"PassThru('ls');":                        ExecFunction,
		"$c = curl_init('https://example.com');": NetworkFunction,
		"printf('%d', strlen('fsockopen'));":     "",
	} {
		if got := scriptNames("render", text, php.Read, "<?php "+text); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
	for text, want := range map[string]string{
		"import socket; socket.socket()":    SocketFunction,
		`local s = require("socket").udp()`: SocketFunction,
		"IO::Socket::INET->new":             SocketFunction,
		"import urllib.request":             NetworkFunction,
		"os.execute('ls')":                  ExecFunction,
		"__import__('os').system('ls')":     ExecFunction,
		"exec ls":                           "", // a word like others
		"render('a')":                       "",
	} {
		for data, want := range map[string]string{"render": want, "a " + text: ""} { // what stands in the file is for the rules
			f := followerOf(data)
			f.otherText(0, text)
			if got := strings.Join(embeddedNames(f.facts), " "); got != want {
				t.Errorf("%s in %q: %q", text, data, got)
			}
		}
	}
}
