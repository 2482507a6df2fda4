package javascript

import (
	"slices"

	"github.com/tdewolff/parse/v2/js"
)

// minNotable is the size, in bytes, of a script in which not every function is read.
const minNotable = 32 << 10

// notableTokens are the tokens of a script for which it is read: where its text has a
// sign, as [Plain] knows them, where it loads a module, and where it uses a name that
// is declared with one of these, as in
//
//	const run = require("child_process").exec;
//	function f() { run("osaXscript".replace("X", "")) }
//
// The body of a function without such a token is only copied, without its comments. It
// has its tokens and its names like any other, so that the evaluator can call it and the
// machine run it; what the machine learns in it is read after all.
//
// So given up is what a large script evaluates in a function that has no sign and uses
// no such name, where the loader or the module comes to it in another way: as an
// argument, as a property that is set elsewhere, through a function that has no sign
// itself. Where the script puts a question, the machine finds most of these. Not told
// are the calls of other functions in such a body, and what a bundler's own loader is
// asked for there, if no rule asks for it.
func (r *reader) notableTokens(asked map[string]bool) []uint32 {
	g := &glance{src: r.src, asked: asked}
	places := slices.Collect(g.signs())
	places = append(places, g.loading...)
	slices.Sort(places)
	signs := r.tokensAt(places)
	holds := make([]bool, len(r.declarations))
	for i := range r.declarations {
		d := &r.declarations[i]
		holds[i] = d.kind == imported || d.source > 0 && holds[d.source] || d.init > 0 && r.signIn(d, signs, holds)
	}
	var notable []uint32
	for i := uint32(1); i < r.behind; i++ {
		if len(signs) > 0 && signs[0] == i {
			notable = append(notable, i)
			signs = signs[1:]
			continue
		}
		if t := r.tokens[i]; js.IsIdentifier(t.kind()) && t.ref&global == 0 && t.flags&binding == 0 && holds[t.ref] {
			notable = append(notable, i)
		}
	}
	return notable
}

// tokensAt are the tokens at places of the script or behind them, each once.
func (r *reader) tokensAt(places []int) []uint32 {
	var at []uint32
	for i := uint32(1); i < r.behind && len(places) > 0; i++ {
		if places[0] >= int(r.tokens[i].end) {
			continue
		}
		at = append(at, i)
		for len(places) > 0 && places[0] < int(r.tokens[i].end) {
			places = places[1:]
		}
	}
	return at
}

// signIn tells whether what a declaration begins with has one of the signs, or begins
// with a name that holds one.
func (r *reader) signIn(d *declaration, signs []uint32, holds []bool) bool {
	if t := r.tokens[d.init]; js.IsIdentifier(t.kind()) && t.ref > 0 && t.ref&global == 0 && holds[t.ref] {
		return true
	}
	n, _ := slices.BinarySearch(signs, d.init)
	if n == len(signs) || signs[n] >= r.scopes[d.scope].close {
		return false
	}
	return signs[n] < r.endOfInitial(d)
}

// endOfInitial is the token at which what a declaration begins with ends.
func (r *reader) endOfInitial(d *declaration) uint32 {
	if d.kind != function && d.kind != classDeclaration {
		return r.until(d.init, js.CommaToken)
	}
	i, end := d.init, r.scopes[d.scope].close
	for ; i < end && r.kind(i) != js.OpenBraceToken; i++ {
		if ref := r.tokens[i].ref; opens(r.kind(i)) && ref > i {
			i = ref
		}
	}
	if i >= end {
		return end
	}
	return max(i, r.tokens[i].ref)
}
