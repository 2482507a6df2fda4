package inspect

import (
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/inspect/javascript"
	"plugvet/scanner/inspect/machine"
	"plugvet/scanner/inspect/php"
	"plugvet/scanner/inspect/script"
	"plugvet/scanner/inspect/shell"
)

// Scripts that native code hands to an interpreter are read as that reads them, whether
// they stand in the file or the code makes them: what they put together stands nowhere.

// Functions, and messages of Objective-C, that take a script, and which argument it is.
var (
	javaScripts = map[string]int{"JSEvaluateScript": 1, "JSCheckScriptSyntax": 1, "evaluateScript:": 2, "evaluateScript:withSourceURL:": 2,
		"evaluateJavaScript:completionHandler:": 2, "stringByEvaluatingJavaScriptFromString:": 2, "callAsyncJavaScript:arguments:inFrame:inContentWorld:completionHandler:": 2,
		"napi_run_script": 1, "JS_Eval": 1, "jsc_context_evaluate": 1, "jsc_context_evaluate_with_source_uri": 1, "duk_eval_raw": 1, "duk_compile_raw": 1, "jerry_eval": 0, "jerry_parse": 0,
		"_ZN2v86Script7CompileENS_5LocalINS_7ContextEEENS1_INS_6StringEEEPNS_12ScriptOriginE": 1}
	phpScripts = map[string]int{"zend_eval_string": 0, "zend_eval_stringl": 0, "zend_eval_string_ex": 0, "zend_eval_stringl_ex": 0}
	// Of Lua, Python, Perl, Ruby, Tcl, Scheme and Wren.
	otherScripts = map[string]int{"luaL_loadstring": 1, "luaL_loadbuffer": 1, "luaL_loadbufferx": 1,
		"PyRun_SimpleString": 0, "PyRun_SimpleStringFlags": 0, "PyRun_String": 0, "PyRun_StringFlags": 0, "Py_CompileString": 0, "Py_CompileStringFlags": 0, "Py_CompileStringExFlags": 0,
		"Perl_eval_pv": 1, "eval_pv": 0, "rb_eval_string": 0, "rb_eval_string_protect": 0, "mrb_load_string": 1,
		"Tcl_Eval": 1, "Tcl_EvalEx": 1, "Tcl_GlobalEval": 1, "scm_c_eval_string": 0, "wren_interpret": 2, "wrenInterpret": 2}
	// What scripts in these languages ask for, by what it gives.
	otherAsks = []struct {
		what string
		asks *regexp.Regexp
	}{
		{SocketFunction, regexp.MustCompile(`\b(import|from|use) [Ss]ocket\b|\brequire\s?\(?\s?["']socket\b|\b(IO::Socket|(TCP|UDP|UNIX)(Socket|Server))\b`)},
		{NetworkFunction, regexp.MustCompile(`\burllib\d?\.|\bhttp\.client\b|\bNet::HTTP\b|\bLWP::|\bimport requests\b|\brequire\s?["'](net/http|open-uri)\b`)},
		{ExecFunction, regexp.MustCompile(`\bos\.(execute|system|popen|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?)\b|\bio\.popen\b|\bsubprocess\b|` +
			`\b(Process|Kernel)\.(spawn|exec|system)\b|\b(system|exec|qx)\s?[("']`)},
	}
	// The function of AppKit by which other applications do what their entries in the menu of
	// services say, and the titles of those that run a text as AppleScript: Script Editor's, in
	// any language, and those of others that say so.
	services      = map[string]int{"NSPerformService": 0}
	scriptService = regexp.MustCompile(`Apple[S]cript|^Script Editor(/|$)`)
	// Modules of Node.js by what they give, beside those that are named with the functions.
	moduleGives = map[string]string{"net": SocketFunction, "dgram": SocketFunction, "tls": SocketFunction,
		"http": NetworkFunction, "https": NetworkFunction, "http2": NetworkFunction}
)

// maxScripts is how many scripts of a file are read, each of which may take as long as one
// that stands alone.
const maxScripts = 16

// unreadScript is the script that an argument is, and whether it is to be read.
func (f *follower) unreadScript(a machine.Argument) (string, bool) {
	text := a.Source()
	if len(text) < len(scriptCommand) || len(f.scripts) == maxScripts || f.scripts[text] {
		return "", false
	}
	if f.scripts == nil {
		f.scripts = map[string]bool{}
	}
	f.scripts[text] = true
	return text, true
}

func (f *follower) javaScript(at uint64, arguments [6]machine.Argument, place int) {
	text, ok := f.unreadScript(arguments[place])
	if !ok {
		return
	}
	f.script(at, text, javascript.Read, text)
	// What its last statement comes to is what the caller gets.
	if quoted, err := json.Marshal(text); err == nil {
		f.script(at, text, javascript.Read, "require(eval("+string(quoted)+"))")
	}
}

func (f *follower) phpScript(at uint64, arguments [6]machine.Argument, place int) {
	if text, ok := f.unreadScript(arguments[place]); ok {
		f.script(at, text, php.Read, "<?php "+text)
	}
}

// service looks at the title of a service, whether it stands in the file or the code makes it.
func (f *follower) service(at uint64, arguments [6]machine.Argument, place int) {
	if scriptService.MatchString(arguments[place].Text()) {
		f.note(ScriptService, at)
	}
}

// otherScript looks at a script in a language of which there is no reader.
func (f *follower) otherScript(at uint64, arguments [6]machine.Argument, place int) {
	if text, ok := f.unreadScript(arguments[place]); ok {
		f.otherText(at, text)
	}
}

func (f *follower) otherText(at uint64, text string) {
	if spells(text) || shell.Runs(shell.Program(text), string(scriptCommand)) {
		f.note(MadeName, at)
	}
	if bytes.Contains(f.data, []byte(text)) {
		return // where the rules look
	}
	for _, o := range otherAsks {
		if asked := o.asks.FindString(text); asked != "" && !f.clear([]byte(asked)) {
			f.note(o.what, at)
		}
	}
}

// script looks at what a script has that does not stand in the file: the script makes it, or
// the code has made the script. Its text, or what has that for an interpreter, is read.
func (f *follower) script(at uint64, text string, read func([]byte) *script.View, whole string) {
	view, err := guarded(read, []byte(whole))
	if err != nil {
		return
	}
	for _, part := range scriptTexts {
		made := bytes.Contains(view.Text, part) || slices.ContainsFunc(view.Uses, func(u script.Use) bool { return strings.Contains(u.Name, string(part)) })
		if made && !strings.Contains(text, string(part)) {
			f.note(MadeName, at)
		}
	}
	made := !bytes.Contains(f.data, []byte(text))
	for _, u := range view.Uses {
		what := cmp.Or(named(u.Name), moduleGives[u.Name])
		if what != "" && (u.Hidden && !strings.Contains(text, u.Name) || made && !f.clear([]byte(u.Name))) {
			f.note(what, at)
		}
	}
}
