package javascript

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
	"plugvet/scanner/inspect/script"
)

// The first module has "net" in its memory m, under a byte: at(i) gives a letter of it,
// from the address in g on; t has at in its second entry; word() gives all as a number of
// 64 bits, num(i) a letter as a double; copy(to, n) writes it to the memory and gives to;
// fail() traps. The second one has a memory e.m and calls e.p(letter) in spell(n), which
// gives n; e.q(address, length) in ask(n) if n > 5; and e.x(n, address) in pass(n).
const (
	lettersModule = "AGFzbQEAAAABGAVgAX8Bf2AAAX5gAX8BfGACf38Bf2AAAAMGBQABAgMEBAQBcAACBQMBAAEGBgF/AUEQCwctCAFtAgACYXQAAAR3b3JkAAEDbnVtAAIEY29weQADBGZhaWwABAFnAwABdAEACQcBAEEBCwEAClcFDQAgACMAai0AAEEqcwsZAEEAEACtQQEQAK1CCIaEQQIQAK1CEIaECwcAIAAQALcLIQEBfwNAIAAgAmogAhAAOgAAIAJBAWoiAiABSQ0ACyAACwMAAAsLCgEAQRALBERPXio="
	askingModule  = "AGFzbQEAAAABGwVgAX8AYAJ/fwF/YAJvfwFvYAFvAW9gAX8BfwIaBAFlAW0CAAEBZQFwAAABZQFxAAEBZQF4AAIDBAMEBAMHFgMFc3BlbGwAAwNhc2sABARwYXNzAAUKMgMTAEHuABAAQeUAEABB9AAQACAACxMAIABBBUoEf0EIQQMQAQVBAAsLCAAgAEEIEAILCwkBAEEICwNuZXQ="
)

func TestModulesOfWebAssemblyAreFollowed(t *testing.T) {
	letters := "const bytes = Buffer.from('" + lettersModule + "', 'base64'); const w = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports; "
	asking := "const bytes = Buffer.from('" + askingModule + "', 'base64'); let s = ''; const m = new WebAssembly.Memory({ initial: 1 }); " +
		"const text = (at, n) => new TextDecoder().decode(new Uint8Array(m.buffer, at, n)); const e = { m, p: (c) => { s += String.fromCharCode(c); }, " +
		"q: (at, n) => require(text(at, n)) && 3, x: (o, at) => o[text(at, 3)] }; const w = new WebAssembly.Instance(new WebAssembly.Module(bytes), { e }).exports; "
	for name, src := range map[string]string{
		"letters":              letters + "let s = ''; for (let i = 0, c; (c = w.at(i)); i++) s += String.fromCharCode(c); require(s)",
		"a word":               letters + "let s = ''; for (let n = w.word(); n; n >>= 8n) s += String.fromCharCode(Number(n & 255n)); require(s)",
		"doubles":              letters + "require([0, 1, 2].map(w.num).map((c) => String.fromCharCode(c)).join(''))",
		"memory":               letters + "require(new TextDecoder().decode(new Uint8Array(w.m.buffer, w.copy(40, 3), 3)))",
		"memory, seen before":  letters + "const heap = new Uint8Array(w.m.buffer); const at = w.copy(40, 3); require(String.fromCharCode(...heap.subarray(at, at + 3)))",
		"a part of it":         letters + "require(Buffer.from(w.m.buffer, w.copy(40, 3), 3).toString())",
		"up to zero":           letters + "const heap = Buffer.from(w.m.buffer), at = w.copy(40, 3); require(heap.latin1Slice(at, heap.indexOf(0, at)))",
		"a view":               letters + "const v = new DataView(w.m.buffer, w.copy(40, 3)); require([0, 1, 2].map((i) => String.fromCharCode(v.getUint8(i))).join(''))",
		"words of it":          letters + "const v = new Uint32Array(w.m.buffer); w.copy(40, 3); let s = ''; for (let n = v[10]; n; n >>= 8) s += String.fromCharCode(n & 255); require(s)",
		"written memory":       letters + "const heap = new Uint8Array(w.m.buffer); [...'net'].forEach((c, i) => { heap[100 + i] = c.charCodeAt(0) ^ 42; }); require([84, 85, 86].map((i) => String.fromCharCode(w.at(i))).join(''))",
		"set memory":           letters + "new Uint8Array(w.m.buffer).set(Buffer.from('net').map((c) => c ^ 42), 100); require([84, 85, 86].map((i) => String.fromCharCode(w.at(i))).join(''))",
		"grown memory":         letters + "w.m.grow(1); require(w.m.buffer.byteLength === 131072 ? ['n', 'et'].join('') : 'fs')",
		"a global":             letters + "const heap = new Uint8Array(w.m.buffer, w.g.value, 3); require(String.fromCharCode(...heap.map((c) => c ^ 42)))",
		"a global that is set": letters + "w.g.value = 17; require(String.fromCharCode(110, w.at(0), w.at(1)))",
		"a table":              letters + "const at = w.t.get(w.t.length - 1); require([0, 1, 2].map((i) => String.fromCharCode(at(i))).join(''))",
		"applied":              letters + "const at = Reflect.get(w, 'at').bind(null); require([at.call(null, 0), Reflect.apply(at, null, [1]), w.at.apply(w, [2])].map((c) => String.fromCharCode(c)).join(''))",
		"a trap":               letters + "let s = 'fs'; try { w.fail() } catch (e) { s = ['n', 'et'].join('') } require(s)",
		"a class":              "class Kit { constructor(b) { this.w = new WebAssembly.Instance(new WebAssembly.Module(b)).exports; } *[Symbol.iterator]() { for (let i = 0; i < 3; i++) yield String.fromCharCode(this.w.at(i)); } } require([...new Kit(Buffer.from('" + lettersModule + "', 'base64'))].join(''))",
		"a promise":            "WebAssembly.instantiate(Uint8Array.from(atob('" + lettersModule + "'), (c) => c.charCodeAt(0))).then(({ instance: { exports: w } }) => require([0, 1, 2].map((i) => String.fromCharCode(w.at(i))).join('')))",
		"two promises":         "(async () => { const k = await WebAssembly.compile(Buffer.from('" + lettersModule + "', 'base64')); const { exports: w } = await WebAssembly.instantiate(k); require([0, 1, 2].map((i) => String.fromCharCode(w.at(i))).join('')) })()",
		"names of exports":     "const k = new WebAssembly.Module(Buffer.from('" + lettersModule + "', 'base64')); require(WebAssembly.Module.exports(k).filter((e) => e.kind === 'function').map((e) => e.name.at(-1)).join('') === 'tdmyl' ? 'n' + ['et'] : 'fs')",
		"calls back":           asking + "w.spell(1); require(s)",
		"calls back, who asks": asking + "w.ask(9)",
		"who knows":            asking + "w.ask(process.argv.length)",
		"a reference":          asking + "require(w.pass({ net: 'n' + 'et' }))",
		"of nobody":            asking + "exports.spell = (n) => { w.spell(n); require(s) }",
		"made by nobody":       "let w, s = ''; exports.open = (b) => { w = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from('" + lettersModule + "', 'base64'))).exports; }; exports.load = () => require(String.fromCharCode(w.at(0), w.at(1), w.at(2)))",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
	src := "const w = new WebAssembly.Instance(new WebAssembly.Module(require('fs').readFileSync(__dirname + '/kit.wasm'))).exports; require(String.fromCharCode(w.at(0), w.at(1), w.at(2)))"
	data, _ := base64.StdEncoding.DecodeString(lettersModule)
	siblings := &script.Siblings{Loads: loads{{"./kit.wasm": 1}}, Files: []script.Sibling{{Name: "kit.wasm", Data: data, IsData: true}}}
	if got := uses(ReadWith("index.js", []byte(src), siblings, nil)); !strings.Contains(got, "module net") {
		t.Errorf("a file: %q", got)
	}
}

func TestWhatModulesGiveMayBeForOthers(t *testing.T) {
	made := "let w; const text = (at, n) => new TextDecoder().decode(new Uint8Array(e.m.buffer, at, n)); const e = { m: new WebAssembly.Memory({ initial: 1 }), p() {}, x() {}, q: (at, n) => require(text(at, n)) }; " +
		"exports.open = () => (w = new WebAssembly.Instance(new WebAssembly.Module(BYTES), { e }).exports); "
	of := "require('fs').readFileSync(__dirname + '/kit.wasm')"
	if v := Read([]byte(strings.ReplaceAll(made, "BYTES", of))); v.Open&script.OpenToFiles == 0 {
		t.Errorf("a module of a file: open to %b", v.Open)
	}
	if v := Read([]byte(strings.ReplaceAll(made, "BYTES", "Buffer.from('"+askingModule+"', 'base64')"))); v.Open&script.OpenToCallers == 0 {
		t.Errorf("a module that others call: open to %b", v.Open)
	}
	set := "let w; exports.set = (v) => { w = v; }; exports.load = (at, n) => require(new TextDecoder().decode(new Uint8Array(w.memory.buffer).subarray(at, at + n)))"
	if v := Read([]byte(set)); v.Open&script.OpenToCallers == 0 {
		t.Errorf("a memory that others give: open to %b", v.Open)
	}
	honest := "const bytes = Buffer.from('" + lettersModule + "', 'base64'); const w = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports; exports.at = w.at; require('path')"
	if v := Read([]byte(honest)); v.Open != 0 || strings.Contains(uses(v), "load:") {
		t.Errorf("an honest one: open to %b, %q", v.Open, uses(v))
	}
}

func TestModulesAreFollowedInBoundedTime(t *testing.T) {
	loop := "AGFzbQEAAAABBAFgAAADAgEABQMBAAEHCQIBbQIAAWEAAAoJAQcAA0AMAAsL"
	instance := "new WebAssembly.Instance(new WebAssembly.Module(Buffer.from('AGFzbQEAAAABBAFgAAADAgEABQMBAEAIAQAKFQETAANAQQBBAUGAgIAC/AsADAALCw==', 'base64')))"
	for name, src := range map[string]string{
		"a loop":     "const w = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from('" + loop + "', 'base64'))).exports; for (;;) w.a(); ",
		"instances":  "for (;;) " + instance,
		"memories":   "const all = []; for (;;) { const m = new WebAssembly.Memory({ initial: 65536 }); all.push(m.buffer.byteLength); }",
		"one memory": "const m = new WebAssembly.Memory({ initial: 64 }), b = new Uint8Array(m.buffer); for (let i = 0; ; i++) { b[i] = 1; m.grow(1); new Uint8Array(m.buffer); }",
		"tables":     "for (;;) new WebAssembly.Table({ initial: 65536, element: 'anyfunc' })",
		"callbacks":  "const e = { m: new WebAssembly.Memory({ initial: 1 }), p: () => { for (;;) w.spell(1); }, q() {}, x() {} }; const w = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from('" + askingModule + "', 'base64')), { e }).exports; w.spell(1)",
	} {
		began := cputime.Used()
		Read([]byte("const how = 'base64'; let s = 'n'; s += 'et'; exports.f = () => require(s); " + src))
		if took := cputime.Used() - began; took > 5*time.Second {
			t.Errorf("%s: it takes %v", name, took)
		} else if testing.Verbose() {
			t.Logf("%s: %v", name, took)
		}
	}
}
