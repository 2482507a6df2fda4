package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// here is the line of a carrier where the disguise stands.
const here = "/*HERE*/"

// carry puts a disguise into the honest code that its carrier names: a file of
// disguises/carriers, whose line of here gives way to it, or a minified bundle of
// so many kilobytes. "flat 300" has everything in one scope, as rollup and esbuild
// write it; "webpack 300" has a table of modules, and the disguise is entries of it,
// of which 4711 is started.
func (w *writer) carry(a about, files map[string][]byte) error {
	if a.Carrier == "" {
		return nil
	}
	main := plugin + ".php"
	for _, name := range []string{"index.js", "index.mjs", "bundle.js"} {
		if files[name] != nil {
			main = name
		}
	}
	if files[main] == nil {
		return fmt.Errorf("carrier %s: no file to carry", a.Carrier)
	}
	var style string
	var kilobytes int
	if n, _ := fmt.Sscan(a.Carrier, &style, &kilobytes); n == 2 {
		files[main] = bundle(style, kilobytes, files[main])
		return nil
	}
	around, err := os.ReadFile(filepath.Join(w.source, "disguises/carriers", a.Carrier))
	if err != nil {
		return err
	}
	if !bytes.Contains(around, []byte(here)) {
		return fmt.Errorf("carrier %s: no line %s", a.Carrier, here)
	}
	files[main] = bytes.Replace(around, []byte(here), bytes.TrimSpace(files[main]), 1)
	return nil
}

// bundle is a minified bundle of about so many kilobytes around a disguise.
func bundle(style string, kilobytes int, disguise []byte) []byte {
	f := filler{rand.New(rand.NewPCG(uint64(kilobytes), uint64(len(disguise)))), 0}
	disguise = bytes.TrimSpace(disguise)
	var b bytes.Buffer
	grow := func(to int, add func()) {
		for b.Len() < to*1024 {
			add()
		}
	}
	if style == "webpack" {
		module := func() {
			fmt.Fprintf(&b, "%d:(e,t,n)=>{\"use strict\";", 5000+f.count)
			var exported []string
			for range 2 + f.IntN(4) {
				name, text := f.function()
				b.WriteString(text)
				exported = append(exported, name+":()=>"+name)
			}
			fmt.Fprintf(&b, "n.d(t,{%s})},", strings.Join(exported, ","))
		}
		b.WriteString("/*! For license information please see index.js.LICENSE.txt */\n(()=>{var e={")
		grow(kilobytes*2/5, module)
		b.Write(disguise)
		grow(kilobytes, module)
		b.WriteString("},t={};function n(r){var o=t[r];if(void 0!==o)return o.exports;var i=t[r]={exports:{}};return e[r].call(i.exports,i,i.exports,n),i.exports}" +
			"n.d=(e,t)=>{for(var r in t)n.o(t,r)&&!n.o(e,r)&&Object.defineProperty(e,r,{enumerable:!0,get:t[r]})},n.o=(e,t)=>Object.prototype.hasOwnProperty.call(e,t),n.n=e=>{var t=e&&e.__esModule?()=>e.default:()=>e;return n.d(t,{a:t}),t};" +
			"var r=n(4711);module.exports=r})();\n")
		return b.Bytes()
	}
	b.WriteString("\"use strict\";")
	add := func() { _, text := f.function(); b.WriteString(text) }
	grow(kilobytes*3/5, add)
	b.WriteByte('\n')
	b.Write(disguise)
	b.WriteByte('\n')
	grow(kilobytes, add)
	return b.Bytes()
}

// A filler writes functions as minifiers leave them, no two alike.
type filler struct {
	*rand.Rand
	count int
}

func (f *filler) word() string {
	words := strings.Fields("width height color opacity margin padding border radius align justify wrap gap theme palette shade tint accent surface outline shadow spacing typography weight family leading tracking breakpoint container column gutter grid layer elevation focus hover active disabled selected checked expanded label value caption tooltip dialog drawer menu toolbar badge avatar divider skeleton slider stepper switch table pagination tabs transition duration easing locale currency percent ordinal plural month weekday hour minute second zone offset calendar era numeric script direction")
	return words[f.IntN(len(words))]
}

// function is the name and the text of a function.
func (f *filler) function() (name, text string) {
	f.count++
	name = fmt.Sprintf("%c%c%d", 'a'+f.IntN(26), 'a'+f.IntN(26), f.count)
	templates := []func() string{
		func() string {
			return fmt.Sprintf(`function NAME(e){var t=e.%s,n=void 0===t?%d:t,r=e.%s;return{%s:n*(r||%d),%s:"%s"===r?"%s":null}}`, f.word(), f.IntN(99), f.word(), f.word(), 1+f.IntN(9), f.word(), f.word(), f.word())
		},
		func() string {
			return fmt.Sprintf(`const NAME=(e,t={})=>{const n=Object.keys(e).filter((e=>e.startsWith("%s")));return n.reduce(((n,r)=>(n[r.slice(%d)]=t[r]??e[r],n)),{})};`, f.word(), 1+f.IntN(7))
		},
		func() string {
			return fmt.Sprintf(`class NAME{constructor(e){this.%s=e,this._%s=new Map,this.size=0}get(e){return this._%[2]s.has(e)?this._%[2]s.get(e):this.%[1]s?.get(e)}set(e,t){return this._%[2]s.set(e,t),this.size=this._%[2]s.size,this}}`, f.word(), f.word())
		},
		func() string {
			return fmt.Sprintf(`function NAME(e,t){for(var n=0,r=e.length;n<r;){var o=n+r>>>1;e[o].%s<t?n=o+1:r=o}return e[n]&&e[n].%s||"%s-%s"}`, f.word(), f.word(), f.word(), f.word())
		},
		func() string {
			return fmt.Sprintf(`const NAME=/^(?:%s|%s)(?:-(\d{1,%d}))?$/i;`, f.word(), f.word(), 1+f.IntN(5))
		},
		func() string {
			var b strings.Builder
			b.WriteString("const NAME={")
			for i := range 3 + f.IntN(9) {
				fmt.Fprintf(&b, `%s%d:"#%06x",`, f.word(), i*100, f.IntN(1<<24))
			}
			return b.String() + "};"
		},
		func() string {
			return fmt.Sprintf(`function NAME(e,t,n){switch(t.type){case"%s/%s":return{...e,%s:t.payload};case"%s/reset":return n;case"%[1]s/toggle":return{...e,%s:!e.%[5]s};default:return e}}`, f.word(), f.word(), f.word(), f.word(), f.word())
		},
		func() string {
			return fmt.Sprintf(`async function NAME(e,t){try{const n=await e.%s(t);return n?.%s??[]}catch(e){throw new TypeError("%s: "+e.message+" (code %d)")}}`, f.word(), f.word(), f.word(), f.IntN(9000))
		},
		func() string {
			return fmt.Sprintf(`function NAME(e){return("number"==typeof e?e.toFixed(%d):String(e)).replace(/\B(?=(\d{3})+(?!\d))/g,"%s")+"%s"}`, f.IntN(4), []string{",", ".", " "}[f.IntN(3)], []string{"px", "em", "rem", "%"}[f.IntN(4)])
		},
		func() string {
			var b strings.Builder
			fmt.Fprintf(&b, "var NAME=[")
			for range 5 + f.IntN(20) {
				fmt.Fprintf(&b, "%d,", f.IntN(4096))
			}
			return b.String() + "];"
		},
		func() string {
			return fmt.Sprintf("const NAME=(e,t)=>`<div class=\"kit-%s ${e}\" data-%s=\"${t?.%s||\"%s\"}\"><span>${t?.%s}</span></div>`;", f.word(), f.word(), f.word(), f.word(), f.word())
		},
		func() string {
			return fmt.Sprintf(`function NAME(e,t){var n;return function(){var r=this,o=arguments;clearTimeout(n),n=setTimeout((function(){n=null,e.apply(r,o)}),t||%d)}}`, 10*f.IntN(90))
		},
		func() string {
			return fmt.Sprintf(`function NAME(e,t){if(!(e instanceof t))throw new TypeError("Cannot call %s as a function");return Object.assign(e,{%s:!0,%s:%d})}`, f.word(), f.word(), f.word(), f.IntN(500))
		},
		func() string {
			return fmt.Sprintf(`const NAME=e=>{let t=%d;for(let n=0;n<e.length;n++)t=Math.imul(t^e.charCodeAt(n),%d);return(t>>>0).toString(%d)};`, f.IntN(1<<30), 16777619, []int{16, 32, 36}[f.IntN(3)])
		},
	}
	return name, strings.ReplaceAll(templates[f.IntN(len(templates))](), "NAME", name)
}
