package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// named reads an operand that begins with a name: a keyword, a constant, a
// function that is called, a class.
func (r *phpReader) named() phpValue {
	at, mark := r.at, r.mark()
	t := r.tokens[at]
	next := r.tokens[at+1].kind
	switch t.word {
	case wordArray, wordList:
		if next == '(' {
			r.take()
			return r.list()
		}
	case wordNew:
		return r.construct()
	case wordFunction, wordFn:
		return r.closure()
	case wordStatic:
		if w := r.tokens[at+1].word; w == wordFunction || w == wordFn {
			r.take()
			return r.closure()
		}
	case wordMatch:
		if next == '(' && r.match[at+1] > 0 && r.tokens[r.match[at+1]+1].kind == '{' {
			r.take()
			r.group(false)
			r.blockWithin()
			return phpValue{}
		}
	case wordInclude:
		return r.include()
	case wordPrint:
		r.take()
		r.show(func() { r.expression(precAssign) })
		return phpValue{}
	case wordDie, wordEval:
		if next == '(' && r.match[at+1] > 0 {
			r.take()
			name := "eval"
			if t.word == wordDie {
				name = "exit"
			}
			r.call(name, false, at, mark)
			return phpValue{}
		}
	case wordClone, wordThrow, wordYield:
		r.take()
		r.expression(precAssign)
		return phpValue{}
	case wordIsset, wordEmpty, wordUnset:
		if next == '(' && r.match[at+1] > 0 {
			r.take()
			r.unchanged()
			return phpValue{}
		}
	case wordMagicDir, wordMagicFile:
		r.take()
		return r.place(t.word)
	case wordSelf, wordParent:
	case wordNone, wordEnum, wordDefine, wordDefault, wordModifier:
	default:
		if next != '(' && next != phpColons || isStatementWord(t.word) {
			return phpValue{} // it begins a statement, or is out of place
		}
	}
	r.take()
	name := r.text(at)
	switch next {
	case '(':
		if r.match[at+1] > 0 {
			return r.call(r.function(name), false, at, mark)
		}
	case phpColons:
		return r.static(r.class(name), false, at, mark)
	}
	switch lower(name) {
	case "true", `\true`:
		return phpValue{kind: phpBool, n: 1}
	case "false", `\false`:
		return phpValue{kind: phpBool}
	case "null", `\null`:
		return phpValue{kind: phpNull}
	case "php_eol", `\php_eol`:
		return phpValue{kind: phpStr, s: "\n"}
	case "directory_separator", `\directory_separator`:
		return phpValue{kind: phpStr, s: "/"}
	}
	v := r.fact(r.survey.constants[name[strings.LastIndexByte(name, '\\')+1:]])
	if v.kind == phpStr {
		r.fold(mark, at, v)
	}
	return v
}

// isStatementWord tells the words that begin a statement with a parenthesis.
func isStatementWord(w phpWord) bool {
	switch w {
	case wordIf, wordElseIf, wordWhile, wordFor, wordForeach, wordSwitch, wordCatch, wordDeclare, wordReturn, wordEcho, wordAnd, wordOr, wordXor,
		wordCase, wordUse, wordElse, wordDo, wordInstanceof, wordAs:
		return true
	}
	return false
}

// unchanged reads the arguments of isset and the like, in which a variable is not
// its value.
func (r *phpReader) unchanged() {
	open := r.at
	r.take()
	keep, shown := r.keep, r.shown
	r.keep, r.shown = true, false
	r.until(int(r.match[open]))
	r.keep, r.shown = keep, shown
	r.closing(open)
}

// show reads what is only shown to people.
func (r *phpReader) show(read func()) {
	shown := r.shown
	r.shown = !r.neverShown
	read()
	r.shown = shown
}

// place is __DIR__ or __FILE__, where the name of a file is wanted.
func (r *phpReader) place(word phpWord) phpValue {
	if !r.dir {
		return phpValue{}
	}
	s := "."
	if word == wordMagicFile {
		s = "./" // dirname takes this away again
	}
	return phpValue{kind: phpStr, s: s, dir: true}
}

// include reads include, require and the like.
func (r *phpReader) include() phpValue {
	from := r.at
	r.take()
	dir, shown := r.dir, r.shown
	r.dir, r.shown = true, false
	v := r.expression(precAssign)
	r.dir, r.shown = dir, shown
	if v.kind == phpStr && v.s != "" {
		r.use(script.Module, v.s, from, v.computed && !v.dir)
	}
	return phpValue{}
}

// construct reads new with the arguments of the constructor.
func (r *phpReader) construct() phpValue {
	from, mark := r.at, r.mark()
	r.take()
	for r.tokens[r.at].kind == phpAttribute && !r.failed {
		r.raw()
	}
	class, hidden := "", false
	at := r.at
	switch t := r.tokens[at]; t.kind {
	case phpName:
		r.take()
		if t.word == wordClass || t.word == wordModifier {
			if t.word == wordModifier && r.tokens[r.at].word == wordClass {
				r.take()
			}
			if r.tokens[r.at].kind == '(' && r.match[r.at] > 0 {
				r.call("", false, from, mark)
			}
			return phpValue{} // its body follows
		}
		class = r.class(r.text(at))
	case '(':
		v := r.group(false)
		class, hidden = classOf(v), v.computed
	case phpVariable, '$':
		var v phpValue
		if t.kind == '$' {
			v = r.variableVariable()
		} else {
			v = r.variable(r.text(at))
			r.take()
		}
		for !r.failed {
			k := r.at
			switch r.tokens[k].kind {
			case '[', '{':
				if r.match[k] < 0 || r.tokens[k].kind == '{' && !r.isOffset(k) {
					break
				}
				v = v.element(r.braces())
			case phpArrow, phpNullArrow, phpColons:
				v = phpValue{}
				r.take()
				if next := r.tokens[r.at].kind; next == phpVarName || next == phpVariable || next == phpName {
					r.take()
				}
			}
			if r.at == k {
				break
			}
		}
		class, hidden = classOf(v), v.computed
	default:
		return phpValue{}
	}
	name := ""
	if class != "" {
		name = class + "::__construct"
	}
	if r.tokens[r.at].kind == '(' && r.match[r.at] > 0 {
		r.call(name, hidden, from, mark)
	} else {
		r.use(script.Call, name, from, hidden)
	}
	return phpValue{}
}

// classOf is the name of a class that a constant is.
func classOf(v phpValue) string {
	if v.kind != phpStr || !isPHPName(v.s) {
		return ""
	}
	return strings.TrimPrefix(lower(v.s), `\`)
}

// closure reads a function without a name.
func (r *phpReader) closure() phpValue {
	word := r.tokens[r.at].word
	r.take()
	if r.tokens[r.at].kind == '&' {
		r.take()
	}
	if r.tokens[r.at].kind == phpName || r.tokens[r.at].kind == phpVarName {
		r.take() // it has a name after all
	}
	if r.tokens[r.at].kind != '(' || r.match[r.at] < 0 {
		return phpValue{}
	}
	r.unchanged()
	if r.tokens[r.at].word == wordUse && r.tokens[r.at+1].kind == '(' && r.match[r.at+1] > 0 {
		r.take()
		r.unchanged()
	}
	const longest = 64 // tokens of a type
	if r.tokens[r.at].kind == ':' {
		for range longest {
			switch r.tokens[r.at].kind {
			case ':', '?', '|', '&', '(', ')', phpName:
				r.take()
				continue
			}
			break
		}
	}
	switch {
	case word == wordFn && r.tokens[r.at].kind == phpDoubleArrow:
		r.take()
		shown := r.shown
		r.shown = false
		r.expression(precAssign)
		r.shown = shown
	case r.tokens[r.at].kind == '{':
		r.blockWithin()
	}
	return phpValue{}
}

// blockWithin reads a block within an expression.
func (r *phpReader) blockWithin() {
	open := r.at
	if r.tokens[open].kind != '{' || r.match[open] < 0 || r.out == nil {
		if r.out == nil && r.match[open] > 0 {
			r.at = int(r.match[open]) + 1 // nothing in it is computed here
		}
		return
	}
	shown, keep, loose, dir := r.shown, r.keep, r.loose, r.dir
	r.shown, r.keep, r.loose, r.dir = false, false, false, false
	r.take()
	r.until(int(r.match[open]))
	r.closing(open)
	r.shown, r.keep, r.loose, r.dir = shown, keep, loose, dir
}
