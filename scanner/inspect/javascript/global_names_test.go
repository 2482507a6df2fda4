package javascript

import (
	"fmt"
	"strings"
	"testing"
)

// The global object by another name: such a script is read, and what it calls is told.
func TestTheGlobalObjectIsFollowedUnderOtherNames(t *testing.T) {
	for _, src := range []string{
		`(function(g,k){return u=>g[k+'tch'](u)})(globalThis,'fe')('http://127.0.0.1')`,
		`class A{constructor(){this.g=globalThis;this.k='fe'} go(u){return this.g[this.k+'tch'](u)}} module.exports=A`,
		`class A{constructor(){this.g=globalThis;this.k='fe'} go(u){return this.g[this.k+'tch'](u)}} module.exports=u=>new A().go(u)`,
		`class A{constructor(){this.g=globalThis;this.k='fe'} go(u){return this.g[this.k+'tch'](u)}} new A().go('http://127.0.0.1')`,
		`class A{constructor(){this.k='fe'} go(u){return globalThis[this.k+'tch'](u)}} module.exports=A`,
		`const a='fe',b='tch';const q=Reflect.get(globalThis,a+b);module.exports=u=>q(u)`,
		`const a='fe',b='tch';const q=globalThis[a+b];module.exports=u=>q(u)`,
		`const a='fe',b='tch';const {[a+b]:q}=globalThis;module.exports=u=>q(u)`,
		`const a=[globalThis];const n='fe'.concat('tch');a[0][n]('http://127.0.0.1')`,
		`const a=[globalThis];const n='fe'.concat('tch');module.exports=u=>a[0][n](u)`,
		`const at=(o,n)=>o[n];const a='fe',b='tch';const q=at(globalThis,a+b);module.exports=u=>q(u)`,
		`const at=(o,n)=>o[n];const q=at(globalThis,['fe','tch'].join(''));module.exports=u=>q(u)`,
		`const d=Object.getOwnPropertyDescriptor(globalThis,'fe'+['tch'].join(''));d.value('http://127.0.0.1')`,
		`const f=Reflect.get(globalThis,Reflect.ownKeys(globalThis).filter(k=>/^f.t.h$/.test(String(k)))[0]);f('http://127.0.0.1')`,
		`const get=()=>globalThis;const a='fe',b='tch';module.exports=u=>get()[a+b](u)`,
		`const m=new Map([['g',globalThis]]);const n=['f','etch'];m.get('g')[n.join('')]('http://127.0.0.1')`,
		`const q=Object.entries(globalThis).find(([k])=>k.startsWith('fe')&&k.endsWith('tch'))[1];q('http://127.0.0.1')`,
		`const r=(function(){return this})();const n='fe'.concat('tch');module.exports=u=>r[n](u)`,
		`const r=(function(){return this})();const n='fe'.concat('tch');r[n]('http://127.0.0.1')`,
		"const r=globalThis;const a='fe',b='tch';const n=`${a}${b}`;module.exports=u=>r[n](u)",
		`const r=globalThis;const a='fe',b='tch';const n=a+b;module.exports=u=>r[n](u)`,
		`const r=globalThis;const key=Object.keys(r).find(k=>k.length===5&&k[0]==='f');module.exports=u=>r[key](u)`,
		`const r=globalThis;const n='%66etch';module.exports=u=>r[decodeURIComponent(n)](u)`,
		`const r=globalThis;const n='FETCH'.toLowerCase();module.exports=u=>r[n](u)`,
		`const r=globalThis;const n='f-e-t-c-h'.replace(/-/g,'');module.exports=u=>r[n](u)`,
		`const r=globalThis;const n='f_e_t_c_h'.split('_').join('');module.exports=u=>r[n](u)`,
		`const r=globalThis;const n='fe'.concat('tch');module.exports=u=>r[n](u)`,
		`const r=globalThis;const n='fetXch'.replace('X','');module.exports=u=>r[n](u)`,
		`const r=globalThis;const n='fetch';module.exports=u=>r[n](u)`,
		`const r=globalThis;const n='hctef'.split('').reverse().join('');module.exports=u=>r[n](u)`,
		`const r=globalThis;const n='srgpu'.replace(/[a-z]/g,c=>String.fromCharCode((c.charCodeAt(0)-97+13)%26+97));module.exports=u=>r[n](u)`,
		`const r=globalThis;const n='xfetchx'.slice(1,-1);module.exports=u=>r[n](u)`,
		`const r=globalThis;const n=['tch','fe'].reverse().join('');module.exports=u=>r[n](u)`,
		`const r=globalThis;const n=[...'hctef'].reverse().join('');module.exports=u=>r[n](u)`,
		`const r=globalThis;for(const k in r){if(k.length==5&&k[0]=='f')r[k]('http://127.0.0.1')}`,
		`const f=globalThis[process?'fetch':'name'];f('http://127.0.0.1')`,
		`const r=globalThis;module.exports=u=>r.fetch(u)`,
		`const r=globalThis;module.exports=u=>r['fetch'](u)`,
		`const r={g:globalThis};const n='fe'.concat('tch');module.exports=u=>r.g[n](u)`,
		`const {fetch:f}=globalThis;module.exports=u=>f(u)`,
		`for(const k in globalThis){if(k.length==5&&k[0]=='f')globalThis[k]('http://127.0.0.1')}`,
		`for(const k of Object.getOwnPropertyNames(globalThis)){if(k==='fet'+'ch')globalThis[k]('http://127.0.0.1')}`,
		`module.exports=(function(g,k){return u=>g[k+'tch'](u)})(globalThis,'fe')`,
		`var root = typeof globalThis!=='undefined'?globalThis:self; const k='fe'; module.exports=function(u){return root[k+'tch'](u)}`,
		`var root = typeof globalThis!=='undefined'?globalThis:self; const k='fe'; module.exports=function(u){return root[k+'tch'](u)};module.exports('http://127.0.0.1')`,
		`var root = typeof globalThis!=='undefined'?globalThis:self; const k='fe'; root[k+'tch']('http://127.0.0.1')`,
	} {
		if _, plain := Plain([]byte(src), askedModules); plain {
			t.Errorf("%s\nis taken for plain", src)
		}
		if got := uses(Read([]byte(src))); !strings.Contains(got, "call fetch") {
			t.Errorf("%s\ncalls fetch, but: %q", src, got)
		}
	}
}

func TestHonestNamesOfTheGlobalObjectArePlain(t *testing.T) {
	for _, src := range []string{
		`(function (root, factory) { root.Kit = factory() })(typeof self !== 'undefined' ? self : this, function () { return {} })`,
		`var root = typeof globalThis === 'object' ? globalThis : self; root[name] = kit; root.setTimeout(f, 1)`,
		`const w = window; w.addEventListener('load', f); w['scrollX'] = 1; const s = w[t ? 'scrollX' : 'scrollY']`,
		`var target = event.target || window; target[key] = f; x = target[key]`,
		`if (typeof window !== 'undefined' && 'fetch' in window) f(window)`,
		`class A { clone() { return this } }`,
		`Object.defineProperty(exports, 'a', { get() { return global } })`,
	} {
		if _, plain := Plain([]byte(src), askedModules); !plain {
			t.Errorf("%s\nis plain", src)
		}
	}
	for _, src := range []string{
		`'use strict'; const r = (function () { return this })(); r['fe' + k]('x')`,
		`const o = { m() { return this }, fetch() {} }; o.m()['fe' + 'tch']('x')`,
		`const r = globalThis; const k = ['fetch', 'name']; r[k[1]] = 1`,
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "call fetch") {
			t.Errorf("%s\ncalls no fetch of the host: %q", src, got)
		}
	}
}

// A script of nothing but names for the global object must not be looked through for each.
func TestManyNamesOfTheGlobalObject(t *testing.T) {
	var src strings.Builder
	for i := range 40_000 {
		src.WriteString("a" + strings.Repeat("b", i%50) + "=self;")
	}
	if _, plain := Plain([]byte(src.String()), askedModules); plain {
		t.Error("a script with that many is to be read")
	}
}

// What the global object has, asked of what holds that object, and what calls what is made of text.
func TestWhatIsReachedThroughOtherValuesIsTold(t *testing.T) {
	const turn = `const rt = s => s.replace(/[a-z]/g, c => String.fromCharCode((c.charCodeAt(0) - 84) % 26 + 97)); const text = rt("srgpu('uggc://127.0.0.1')"), n = rt('pbafgehpgbe'), k = rt('srgpu'); `
	for src, want := range map[string]string{
		`class C { static r = globalThis } new (C.r.WebSocket)('ws://127.0.0.1')`:               "call WebSocket",
		`const o = new Map([['r', globalThis]]); o.get('r').fetch('http://127.0.0.1')`:          "call fetch",
		`let r; r ??= globalThis; r.process.binding('tcp_wrap')`:                                "binding:tcp_wrap",
		`const r = globalThis || {}; r.fetch('http://127.0.0.1')`:                               "call fetch",
		`const q = (({ fetch: q }) => q)(globalThis); q('http://127.0.0.1')`:                    "call fetch",
		`let q; ({ WebSocket: q } = globalThis); new q('ws://127.0.0.1')`:                       "call WebSocket",
		`const r = { ...globalThis }; r['fetch']('http://127.0.0.1')`:                           "call fetch",
		`const W = WebSocket || 0; new W('ws://127.0.0.1')`:                                     "call WebSocket",
		`const make = Reflect.construct; make(WebSocket, ['ws://127.0.0.1'])`:                   "call WebSocket",
		`process.stdout['constructor'].prototype.connect.call(process.stdout, 1)`:               "module net",
		turn + `const o = new Map([['r', globalThis]]); const q = o.get('r')[k]; q('http://x')`: "call fetch",
		turn + `class C { static r = () => {} } C.r[n](text)()`:                                 "call fetch",
		turn + `class C { static r = () => {} } (C.r[n])(text)()`:                               "call fetch",
		turn + `const o = { get r() { return () => {} } }; const q = o.r[n]; q(text)()`:         "call fetch",
		turn + `(Reflect.construct)((() => {})[n], [text])()`:                                   "call fetch",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, want) {
			t.Errorf("%s\nhas %s, but: %q", src, want, got)
		}
	}
}

// Only a script on a command line has Node's modules among its globals.
func TestTheModulesAreNoGlobalsOfAFile(t *testing.T) {
	const src = `(function(e){if(typeof exports==="object"){module.exports=e()}else{t.returnExports=e()}})(this,function(){var t=Array;
		var i=Function;
		var d=a.call;
		var F=Function.prototype.toString,U=/^\s*class /,$=function isES6ClassFn(t){try{var e=F.call(t);for(var l=0;l++){v.call(u,"$"+l)}a=i("binder","return function ("+y.call(u,",")+"){ return binder.apply(this, arguments); }")(o);if(e.prototype){tt.prototype=e.prototype;tt.prototype=null}return a}});
		var et=d.bind(n.hasOwnProperty);
		var Zt=function(){if(typeof window==="undefined"){return false}for(var t in window){try{if(!zt["$"+t]&&et(window,t)&&window[t]!==null&&typeof window[t]==="object"){Yt(window[t])}}catch(e){return true}}return false}();`
	if got := uses(Read([]byte(src))); strings.Contains(got, "module") {
		t.Errorf("%q", got)
	}
}

func TestAScriptInTheArgumentsListsTheModules(t *testing.T) {
	for _, src := range []string{
		`for (const k in globalThis) if (/^n.t$/.test(k)) globalThis[k].connect(80)`,
		`Object.getOwnPropertyNames(globalThis).filter((n) => /^n.t$/.test(n)).map((n) => globalThis[n].connect(80))`,
	} {
		words := "require('child_process').spawn('node', ['-e', " + fmt.Sprintf("%q", src) + "])"
		if got := uses(Read([]byte(words))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", src, got)
		}
	}
}
