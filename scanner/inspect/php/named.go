package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// named reads an operand that begins with a name: a keyword, a constant, a
// function that is called, a class.
func (r *reader) named() value {
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
			return r.matching()
		}
	case wordInclude:
		return r.include()
	case wordPrint:
		r.take()
		r.show(func() { r.expression(precAssign) })
		return value{}
	case wordDie, wordEval:
		if next == '(' && r.match[at+1] > 0 {
			r.take()
			name := "eval"
			if t.word == wordDie {
				name = "exit"
			}
			r.call(name, false, at, mark)
			return value{}
		}
	case wordClone, wordThrow, wordYield:
		r.take()
		r.expression(precAssign)
		return value{}
	case wordIsset, wordEmpty, wordUnset:
		if next == '(' && r.match[at+1] > 0 {
			r.take()
			r.unchanged()
			return value{}
		}
	case wordMagicDir, wordMagicFile:
		r.take()
		return r.place(t.word)
	case wordSelf, wordParent:
	case wordNone, wordEnum, wordDefine, wordDefault, wordModifier:
	default:
		if next != '(' && next != colonsToken || isStatementWord(t.word) {
			return value{} // it begins a statement, or is out of place
		}
	}
	r.take()
	name := r.text(at)
	switch next {
	case '(':
		if r.match[at+1] > 0 {
			return r.call(r.function(name), false, at, mark)
		}
	case colonsToken:
		return r.static(r.class(name), false, at, mark)
	}
	switch lower(name) {
	case "true", `\true`:
		return value{kind: boolKind, n: 1}
	case "false", `\false`:
		return value{kind: boolKind}
	case "null", `\null`:
		return value{kind: nullKind}
	case "__compiler_halt_offset__":
		if r.halt > 0 {
			return integerValue(int64(r.halt))
		}
	case "php_eol", `\php_eol`:
		return value{kind: stringKind, s: "\n"}
	case "directory_separator", `\directory_separator`:
		return value{kind: stringKind, s: "/"}
	}
	v := r.fact(r.survey.constants[name[strings.LastIndexByte(name, '\\')+1:]])
	if v.kind == stringKind {
		r.fold(mark, at, v)
	}
	return v
}

// isStatementWord tells the words that begin a statement with a parenthesis.
func isStatementWord(w word) bool {
	switch w {
	case wordIf, wordElseIf, wordWhile, wordFor, wordForeach, wordSwitch, wordCatch, wordDeclare, wordReturn, wordEcho, wordAnd, wordOr, wordXor,
		wordCase, wordUse, wordElse, wordDo, wordInstanceof, wordAs:
		return true
	}
	return false
}

// unchanged reads the arguments of isset and the like, in which a variable is not
// its value.
func (r *reader) unchanged() {
	open := r.at
	r.take()
	keep, shown := r.keep, r.shown
	r.keep, r.shown = true, false
	r.until(int(r.match[open]))
	r.keep, r.shown = keep, shown
	r.closing(open)
}

// show reads what is only shown to people.
func (r *reader) show(read func()) {
	shown := r.shown
	r.shown = !r.neverShown
	read()
	r.shown = shown
}

// place is __DIR__ or __FILE__, where the name of a file is wanted.
func (r *reader) place(word word) value {
	if !r.dir {
		if word == wordMagicFile {
			return marked(ownFile)
		}
		return value{}
	}
	s := "."
	if word == wordMagicFile {
		s = "./" // dirname takes this away again
	}
	return value{kind: stringKind, s: s, dir: true}
}

// include reads include, require and the like.
func (r *reader) include() value {
	from := r.at
	r.take()
	dir, shown := r.dir, r.shown
	r.dir, r.shown = true, false
	after, mark := r.at, r.mark()
	v := r.expression(precAssign)
	r.dir, r.shown = dir, shown
	if m := v.marks; m&(fromInput|fromDecoder) != 0 {
		r.evaluates(v, from)
	}
	if v.kind == stringKind && v.s != "" && !r.included(v, from, after, mark) {
		r.use(script.Module, v.s, from, v.computed && !v.dir)
	}
	return value{}
}

// construct reads new with the arguments of the constructor.
func (r *reader) construct() value {
	from, mark := r.at, r.mark()
	r.take()
	for r.tokens[r.at].kind == attributeToken && !r.failed {
		r.raw()
	}
	class, hidden := "", false
	var of value
	at := r.at
	switch t := r.tokens[at]; t.kind {
	case nameToken:
		r.take()
		if t.word == wordClass || t.word == wordModifier {
			if t.word == wordModifier && r.tokens[r.at].word == wordClass {
				r.take()
			}
			if r.tokens[r.at].kind == '(' && r.match[r.at] > 0 {
				r.call("", false, from, mark)
			}
			return value{} // its body follows
		}
		class = r.class(r.text(at))
	case '(':
		of = r.group(false)
		class, hidden = classOf(of), of.computed
	case variableToken, '$':
		var v value
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
			case arrowToken, nullArrowToken, colonsToken:
				v = value{}
				r.take()
				if next := r.tokens[r.at].kind; next == varNameToken || next == variableToken || next == nameToken {
					r.take()
				}
			}
			if r.at == k {
				break
			}
		}
		class, hidden, of = classOf(v), v.computed, v
	default:
		return value{}
	}
	name := ""
	if class != "" {
		name = class + "::__construct"
	}
	r.namesCall(of, from)
	if r.tokens[r.at].kind == '(' && r.match[r.at] > 0 {
		r.call(name, hidden, from, mark)
	} else {
		r.use(script.Call, name, from, hidden)
	}
	return value{}
}

// classOf is the name of a class that a constant is.
func classOf(v value) string {
	if v.kind != stringKind || !isName(v.s) {
		return ""
	}
	return strings.TrimPrefix(lower(v.s), `\`)
}

// closure reads a function without a name.
func (r *reader) closure() value {
	word := r.tokens[r.at].word
	r.take()
	if r.tokens[r.at].kind == '&' {
		r.take()
	}
	if r.tokens[r.at].kind == nameToken || r.tokens[r.at].kind == varNameToken {
		r.take() // it has a name after all
	}
	if r.tokens[r.at].kind != '(' || r.match[r.at] < 0 {
		return value{}
	}
	c := &closure{params: r.at}
	r.unchanged()
	if r.tokens[r.at].word == wordUse && r.tokens[r.at+1].kind == '(' && r.match[r.at+1] > 0 {
		r.take()
		c.captured = r.captured(r.at)
		r.unchanged()
	}
	const longest = 64 // tokens of a type
	if r.tokens[r.at].kind == ':' {
		for range longest {
			switch r.tokens[r.at].kind {
			case ':', '?', '|', '&', '(', ')', nameToken:
				r.take()
				continue
			}
			break
		}
	}
	switch {
	case word == wordFn && r.tokens[r.at].kind == doubleArrowToken:
		r.take()
		c.body = r.at
		shown := r.shown
		r.shown = false
		r.expression(precAssign)
		r.shown = shown
	case r.tokens[r.at].kind == '{' && r.match[r.at] > 0:
		c.body = r.at
		r.blockWithin(c.params)
	default:
		return value{}
	}
	return value{guess: &guess{closure: c}}
}

// blockWithin reads the block of a closure whose parameters stand at a token.
func (r *reader) blockWithin(params int) {
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
	if first, ok := r.firsts[params]; ok && r.tokens[params+1].kind == variableToken {
		r.assign(r.text(params+1), first)
	}
	r.until(int(r.match[open]))
	r.closing(open)
	r.shown, r.keep, r.loose, r.dir = shown, keep, loose, dir
}
