package javascript

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// A script that is evaluated has the variables around it, and its value goes on from
// there: eval('load(' + name + ')'), Function('s', 'return s.trim()')(name). Such a
// script is written where it is evaluated, and the whole is read once more.

// An inlined script is one that stands as a constant in a call that evaluates it.
type inlined struct {
	open uint32 // parenthesis of the call
	at   uint32 // token of the constant
	role role   // of the call's arguments
	text string
}

const (
	maxInlinedScript = 64 << 10 // bytes of a script that is read once more
	maxInlined       = 3        // times that it is
)

// noteInlined keeps a script that was read in a call.
func (r *reader) noteInlined(top opened, at uint32, text string) {
	if top.role != codeRole && len(text) <= maxInlinedScript && len(r.src) <= maxInlinedScript && len(r.inlined) < maxQuestions {
		r.inlined = append(r.inlined, inlined{r.tokens[top.close].ref, at, top.role, text})
	}
}

// readInlined reads the script with those that it evaluates in their places, for what
// they do only there.
func (r *reader) readInlined(b assembly) {
	var out []byte
	type piece struct{ from, at, size int } // of the script: where it stands in out
	var pieces []piece
	copied := 0
	for _, c := range r.inlined {
		start, stop := r.calleeStart(c.open), r.tokens[c.open].ref+1
		from := int(r.tokens[start].start)
		code := r.inPlace(c, start, stop)
		if from < copied || code == "" || len(out)+len(code) > 4*maxInlinedScript {
			continue
		}
		pieces = append(pieces, piece{copied, len(out), from - copied}, piece{from, len(out) + from - copied, 0})
		out = append(append(out, r.src[copied:from]...), code...)
		copied = int(r.tokens[stop-1].end)
	}
	if len(out) == 0 || !r.Take(len(out)+len(r.src)) {
		return
	}
	pieces = append(pieces, piece{copied, len(out), len(r.src) - copied})
	out = append(out, r.src[copied:]...)
	known := map[useKey]bool{}
	for _, u := range append(r.scripts, r.found()...) {
		known[useKey{u.Name, u.Kind, 0}] = true
	}
	longer := len(out) - len(r.src)
	within := assembly{src: out, size: b.size + longer, siblings: b.siblings, rounds: b.rounds + 1}
	for _, place := range b.places {
		if place[1] > 0 { // it is not left out
			place = [2]int{place[0] + longer, place[1] + longer}
		}
		within.places = append(within.places, place)
	}
	for _, u := range readAssembly(within, r.Budget, r.nested, r.outer).Uses {
		if known[useKey{u.Name, u.Kind, 0}] {
			continue
		}
		at := 0
		for at+1 < len(pieces) && pieces[at+1].at <= u.Start {
			at++
		}
		u.Start = pieces[at].from + min(u.Start-pieces[at].at, pieces[at].size)
		u.End, u.Hidden = u.Start+1, true
		r.scripts = append(r.scripts, u)
	}
}

// calleeStart is the first token of the expression that the call at an open
// parenthesis calls.
func (r *reader) calleeStart(open uint32) uint32 {
	i := open
	for i > 1 {
		before := i - 1
		k := r.kind(before)
		goesOn := i == open || r.kind(i) == js.OpenBracketToken || r.kind(i) == js.OpenParenToken || r.kind(i) == js.DotToken || r.kind(i) == js.OptChainToken
		switch {
		case goesOn && (k == js.CloseParenToken || k == js.CloseBracketToken) && r.tokens[before].ref > 0 && r.tokens[before].ref < before:
			i = r.tokens[before].ref
		case goesOn && (js.IsIdentifier(k) || k == js.ThisToken), !goesOn && (k == js.DotToken || k == js.OptChainToken):
			i = before
		case k == js.NewToken:
			return before
		default:
			return i
		}
	}
	return i
}

// inPlace is what stands for the call [start, stop) that evaluates a script.
func (r *reader) inPlace(c inlined, start, stop uint32) string {
	code := strings.TrimSpace(c.text)
	if isData(code) || code == "" {
		return ""
	}
	if c.role == lastCodeRole {
		return r.functionInPlace(c, code)
	}
	l := lex([]byte(code))
	defer l.release()
	last := uint32(len(l.tokens) - 1)
	begin := uint32(1) // of the last statement
	for i := uint32(1); i < last; i++ {
		switch k := l.tokens[i].kind(); {
		case opens(k) && l.tokens[i].ref > i:
			i = l.tokens[i].ref
		case k == js.SemicolonToken && i+1 < last:
			begin = i + 1
		}
	}
	alone := func(k js.TokenType) bool {
		return k == js.SemicolonToken || k == js.OpenBraceToken || k == js.CloseBraceToken || k == js.ErrorToken
	}
	if c.role == valueRole && alone(r.kind(start-1)) && alone(r.kind(stop)) {
		return ";" + code + "\n;"
	}
	before, value := code[:l.tokens[begin].start], strings.TrimRight(code[l.tokens[begin].start:], "; \t\r\n")
	if noExpression(l.tokens[begin].kind()) {
		before, value = code, "void 0"
	}
	body := "{" + before + "\n;return (" + value + "\n)}"
	switch {
	case c.role == contextRole:
		context := "{}"
		if next := r.next(c.at, stop-1); next < stop-1 {
			context = string(r.src[r.tokens[next].end:r.tokens[r.next(next+1, stop-1)].start])
		}
		return "(" + inContext + body + "})(" + context + ")"
	case c.role == objectRole:
		return "({runInThisContext: () => " + body + ", runInContext: " + inContext + body + "}, runInNewContext: " + inContext + body + "}})"
	case before == "":
		return "(" + value + "\n)"
	}
	return "(() => " + body + ")()"
}

// inContext begins a function whose names are the properties of its argument.
const inContext = "(__context) => { with (__context) "

// noExpression tells whether a token begins a statement that has no value.
func noExpression(k js.TokenType) bool {
	switch k {
	case js.VarToken, js.LetToken, js.ConstToken, js.IfToken, js.ForToken, js.WhileToken, js.DoToken, js.SwitchToken, js.TryToken,
		js.ThrowToken, js.WithToken, js.ImportToken, js.ExportToken, js.OpenBraceToken, js.CloseBraceToken, js.ReturnToken:
		return true
	}
	return false
}

// functionInPlace is the function that a call of Function makes, whose last argument is
// the script and whose others name the parameters.
func (r *reader) functionInPlace(c inlined, code string) string {
	var parameters []string
	for at := c.open + 1; at < c.at; {
		v, end, ok := r.expression(at, precedenceAssign)
		if !ok || v.kind != text || r.kind(end) != js.CommaToken {
			return ""
		}
		parameters = append(parameters, v.str)
		at = end + 1
	}
	head := "function ("
	if strings.Contains(code, "await") {
		head = "async function ("
	}
	return "(" + head + strings.Join(parameters, ", ") + "\n) {" + code + "\n})"
}
