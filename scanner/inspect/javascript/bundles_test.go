package javascript

import (
	"fmt"
	"strings"
	"testing"
)

// What a bundle's module exports that gives the loader is used by functions that only
// other files call.
func TestFunctionsForOthersHaveTheLoaderThatIsHandedOn(t *testing.T) {
	const src = `(() => { var all = { a: (m, w) => { var k = w('k'); m.exports = host => w('e')(k.n).connect(80, host) }, k: m => { m.exports = { n: ['n', 'et'].join('') } }, e: m => { m.exports = require } }
		var had = {}; function w(id) { var c = had[id]; if (c !== undefined) return c.exports; var m = had[id] = { exports: {} }; all[id](m, w); return m.exports }
		module.exports = w('a') })()`
	if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
		t.Errorf("%q", got)
	}
}

// What a bundle does with a module is found however large the bundle is: these are
// larger than what a machine runs for every script that starts programs.
func TestModulesOfLargeBundlesAreFollowed(t *testing.T) {
	var functions, modules strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&functions, "function f%d(e){return e.map((t=>t.name+%d)).join()}\n", i, i)
		fmt.Fprintf(&modules, "%d:(e,t,n)=>{t.name=e=>e.map((t=>t.name+%d)).join()},\n", 1000+i, i)
	}
	for src, want := range map[string]string{
		// esbuild's helper, whole and as others write it
		functions.String() + `var R=(e=>typeof require<"u"?require:typeof Proxy<"u"?new Proxy(e,{get:(t,n)=>(typeof require<"u"?require:t)[n]}):e)(function(e){throw Error(e)});
			var C=(e,t)=>()=>(t||e((t={exports:{}}).exports,t),t.exports);var M=C((e,t)=>{var a=R("child_p\x72ocess");t.exports=()=>a.spawn("x")});M()();`: "call child_process.spawn",
		functions.String() + `const R = "undefined" == typeof require ? null : require; R("net").connect(1)`:                  "call net.connect",
		functions.String() + `const R = typeof require === "function" && require; R("net").connect(1)`:                        "call net.connect",
		functions.String() + `const R = (() => { if (typeof require != "undefined") return require })(); R("net").connect(1)`: "call net.connect",
		// webpack's externals
		`(()=>{var e={` + modules.String() + `1:(e,t,n)=>{const r=n(2),{tool:o}=n(3);r.execFile(o(n(4)))},2:e=>{e.exports=require("node:child_process")},
			3:(e,t)=>{t.tool=e=>e.dir+"/"+e.parts.join("")},4:e=>{e.exports={dir:"/usr/bin",parts:["os","asc","ript"]}}},t={};
			function n(r){var o=t[r];if(void 0!==o)return o.exports;var i=t[r]={exports:{}};return e[r].call(i.exports,i,i.exports,n),i.exports}n(1)})()`: "call start:osascript*",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, want) {
			t.Errorf("%s\n got %s\nwant %s", src[max(0, len(src)-400):], got, want)
		}
	}
}
