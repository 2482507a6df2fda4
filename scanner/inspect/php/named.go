package php

import (
	"path"
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
		r.show(func() {
			if v := r.expression(precAssign); v.known() {
				s, _ := v.text()
				r.print(s)
			}
		})
		return value{}
	case wordDie, wordEval:
		if next == '(' && r.match[at+1] > 0 {
			r.take()
			name := "eval"
			if t.word == wordDie {
				name = "exit"
			}
			if v := r.call(name, false, at, mark); r.trace != nil {
				return v
			}
			return value{}
		}
	case wordClone, wordThrow, wordYield:
		r.take()
		v := r.expression(precAssign)
		if r.trace == nil {
			return value{}
		}
		return r.tracedWord(t.word, v)
	case wordIsset, wordEmpty, wordUnset:
		if next == '(' && r.match[at+1] > 0 {
			r.take()
			if r.trace != nil {
				return r.tracedIsset(t.word)
			}
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
	case "__class__", "__function__", "__method__", "__namespace__":
		if v := r.magic(lower(name)); v.known() {
			return v
		}
	case "php_eol", `\php_eol`:
		return value{kind: stringKind, s: "\n"}
	case "directory_separator", `\directory_separator`:
		return value{kind: stringKind, s: "/"}
	}
	short := name[strings.LastIndexByte(name, '\\')+1:]
	v := r.fact(r.survey.constants[short])
	if full := strings.TrimPrefix(name, `\`); full != short && !v.known() {
		v = r.fact(r.survey.constants[full]) // of define
	}
	if r.trace != nil && !v.known() {
		v = r.trace.constants[short]
	}
	if v = known(v, short); !v.known() {
		r.ask("constant " + short)
	}
	if r.trace != nil {
		if !v.known() && v.guess == nil {
			v = elsewhere("constant", short, v.marks)
		}
		return v
	}
	if v.kind == stringKind {
		r.fold(mark, at, v)
	}
	return v
}

// known is a value, or else that of a constant of PHP.
func known(v value, name string) value {
	if v.known() {
		return v
	}
	if n, ok := constantsOfPHP[name]; ok {
		return value{kind: intKind, n: n}
	}
	switch name {
	case "PHP_EOL":
		return stringValue("\n")
	case "DIRECTORY_SEPARATOR":
		return stringValue("/")
	case "PATH_SEPARATOR":
		return stringValue(":")
	}
	if name == "PHP_OS" || name == "PHP_OS_FAMILY" {
		return either(stringValue("Linux"), stringValue("Darwin"))
	}
	return v
}

// constantsOfPHP are the constants of PHP that say what a function is to do.
var constantsOfPHP = map[string]int64{
	"PHP_URL_SCHEME": 0, "PHP_URL_HOST": 1, "PHP_URL_PORT": 2, "PHP_URL_USER": 3, "PHP_URL_PASS": 4, "PHP_URL_PATH": 5, "PHP_URL_QUERY": 6, "PHP_URL_FRAGMENT": 7,
	"PATHINFO_DIRNAME": 1, "PATHINFO_BASENAME": 2, "PATHINFO_EXTENSION": 4, "PATHINFO_FILENAME": 8,
	"CASE_LOWER": 0, "CASE_UPPER": 1, "MB_CASE_UPPER": 0, "MB_CASE_LOWER": 1, "STR_PAD_LEFT": 0, "STR_PAD_RIGHT": 1, "STR_PAD_BOTH": 2,
	"ARRAY_FILTER_USE_KEY": 2, "ARRAY_FILTER_USE_BOTH": 1, "PREG_SPLIT_NO_EMPTY": 1, "PREG_SET_ORDER": setOrder, "PREG_PATTERN_ORDER": 1, "PREG_OFFSET_CAPTURE": offsetCapture, "PREG_UNMATCHED_AS_NULL": unmatchedAsNull, "PREG_SPLIT_DELIM_CAPTURE": 2,
	"OPENSSL_RAW_DATA": rawData, "OPENSSL_ZERO_PADDING": zeroPadding, "SORT_REGULAR": 0, "SORT_NUMERIC": 1, "SORT_STRING": sortAsText, "SORT_ASC": sortAscending, "SORT_DESC": sortDescending, "SORT_NATURAL": sortNatural, "SORT_FLAG_CASE": sortFoldCase, "SORT_LOCALE_STRING": 5, "FILTER_DEFAULT": filterDefault, "FILTER_UNSAFE_RAW": filterDefault, "HTML_ENTITIES": 1, "HTML_SPECIALCHARS": 0, "ENT_NOQUOTES": 0, "ENT_SUBSTITUTE": 8, "LIBXML_NOENT": 2, "LIBXML_DTDLOAD": 4, "LIBXML_DTDATTR": 8, "LIBXML_DTDVALID": 16, "LIBXML_NOWARNING": 64, "LIBXML_XINCLUDE": 1024, "LIBXML_NONET": 2048, "LIBXML_NOCDATA": 16384, "LIBXML_NOERROR": 32, "LIBXML_NOBLANKS": 256, "E_ALL": 32767, "E_USER_NOTICE": 1024, "E_USER_WARNING": 512, "E_USER_ERROR": 256,
	"PHP_INT_MAX": 1<<63 - 1, "JSON_UNESCAPED_SLASHES": 64, "JSON_UNESCAPED_UNICODE": 256, "ENT_HTML5": 48, "ENT_HTML401": 0, "ENT_COMPAT": 2, "MB_CASE_TITLE": 2, "LC_ALL": 6, "ENT_QUOTES": 3, "COUNT_RECURSIVE": 1,
	"JSON_OBJECT_AS_ARRAY": 1, "JSON_THROW_ON_ERROR": 4194304, "LOCK_EX": 2, "FILE_USE_INCLUDE_PATH": 1, "FILE_IGNORE_NEW_LINES": 2, "FILE_SKIP_EMPTY_LINES": 4, "FILE_APPEND": 8, "SCANDIR_SORT_DESCENDING": 1, "SEEK_SET": 0, "SEEK_CUR": 1, "SEEK_END": 2, "STREAM_FILTER_READ": 1, "STREAM_FILTER_WRITE": 2,
	"T_INLINE_HTML": tokenTypes[htmlToken], "T_OPEN_TAG": tokenTypes[openTagToken], "T_OPEN_TAG_WITH_ECHO": tokenTypes[openEchoToken], "T_CLOSE_TAG": tokenTypes[closeTagToken],
	"T_WHITESPACE": tokenTypes[spaceToken], "T_COMMENT": tokenTypes[commentToken], "T_DOC_COMMENT": docCommentType, "T_STRING": tokenTypes[nameToken], "T_VARIABLE": tokenTypes[variableToken],
	"T_LNUMBER": tokenTypes[numberToken], "T_CONSTANT_ENCAPSED_STRING": tokenTypes[stringToken], "T_ENCAPSED_AND_WHITESPACE": tokenTypes[textToken],
	"SODIUM_CRYPTO_SECRETBOX_NONCEBYTES": 24, "SODIUM_CRYPTO_SECRETBOX_KEYBYTES": 32, "SODIUM_CRYPTO_AEAD_CHACHA20POLY1305_IETF_NPUBBYTES": 12,
	"SODIUM_CRYPTO_AEAD_CHACHA20POLY1305_IETF_KEYBYTES": 32, "SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES": 24, "SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_KEYBYTES": 32,
	"SODIUM_CRYPTO_GENERICHASH_BYTES": 32, "SODIUM_CRYPTO_GENERICHASH_KEYBYTES": 32,
	"INI_SCANNER_NORMAL": iniNormal, "INI_SCANNER_RAW": iniRaw, "INI_SCANNER_TYPED": iniTyped,
	"SOAP_FUNCTIONS_ALL": 999, "SIGHUP": 1, "SIGINT": 2, "SIGQUIT": 3, "SIGUSR1": 10, "SIGUSR2": 12, "SIGPIPE": 13, "SIGALRM": sigAlarm, "SIGTERM": 15, "SIGCHLD": 17, "SIGCONT": 18,
	"GMP_ROUND_ZERO": 0, "GMP_ROUND_PLUSINF": 1, "GMP_ROUND_MINUSINF": 2, "GMP_MSW_FIRST": 1, "GMP_LSW_FIRST": lastWordFirst, "GMP_LITTLE_ENDIAN": 4, "GMP_BIG_ENDIAN": bigEndFirst, "GMP_NATIVE_ENDIAN": 16,
	"MT_RAND_MT19937": 0, "MT_RAND_PHP": legacyMode,
	"PHP_INT_SIZE": 8, "FILTER_CALLBACK": filterCallback, "SQLITE3_ASSOC": 1, "SQLITE3_NUM": 2, "SQLITE3_BOTH": 3, "EXTR_PREFIX_ALL": 3, "EXTR_OVERWRITE": 0, "EXTR_SKIP": 1, "PHP_ROUND_HALF_UP": 1,
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
	if of := r.linkedPath(); of != "" {
		switch dir := path.Dir(of); {
		case word == wordMagicFile && r.home.sibling > 0:
			return stringValue(of)
		case word == wordMagicDir && dir != ".":
			return stringValue("./" + dir)
		}
	}
	if !r.dir {
		switch {
		case word == wordMagicFile:
			return marked(ownFile)
		case r.trace != nil:
			return beginning(".", 0) // a name of a file, and no text
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
	ofText := strings.HasPrefix(lower(v.prefix()), "data:") && v.marks&withInput != 0
	if m := v.marks; m&(fromInput|fromDecoder) != 0 || ofText {
		r.evaluates(v, from)
	}
	if isRequestBody(v) {
		r.evaluates(marked(fromInput), from)
	}
	if r.trace != nil {
		if unpacks(v.prefix()) {
			r.saw(after, marked(fromDecoder))
		}
		text, ok := r.opensByClass(v.s)
		if !ok {
			text, ok = r.written(v)
		}
		if !ok && (unpacks(v.prefix()) || r.filtersItself(v.prefix())) {
			text, ok = r.held(v)
		}
		if ok {
			r.saw(after, stringValue(text))
			return r.runCode(text, outsideState, from)
		}
		r.sawAddress("include", v, from)
		r.saw(from, marked(r.trace.unread[fileName(v)]))
		if f := r.sibling(v); f != nil {
			return r.includeSibling(f)
		}
		if out, done := r.includeAny(v); done {
			return out
		}
		for _, one := range append(v.oneOf(), v) {
			r.includes(fileName(one))
		}
		r.givesVariables(from)
		if name := fileName(v); name != "" {
			return value{guess: &guess{from: script.AskedFile + name}}
		}
		return value{}
	}
	r.revealed(from, from)
	if !v.known() {
		r.opensAddress("include", v, after, from)
	}
	r.evaluates(marked(r.traceMarks[from]), from)
	switch {
	case v.kind == stringKind && v.s != "", len(r.traces[after]) > 0:
		if !r.included(v, from, after, mark) {
			r.use(script.Module, v.s, from, v.computed && !v.dir)
		}
	case unpacks(v.prefix()), r.traceMarks[after]&fromDecoder != 0:
		r.use(script.Call, "eval:decoded", from, true)
	}
	return value{}
}

// construct reads new with the arguments of the constructor.
func (r *reader) construct() value {
	if r.trace != nil {
		return r.tracedNew()
	}
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
			r.parents(true)
			return value{} // its body follows
		}
		if r.tokens[r.at].kind == colonsToken && r.tokens[r.at+1].kind == variableToken { // new self::$class
			r.take()
			of = r.fact(r.survey.members[r.text(r.at)])
			r.take()
			class, hidden = classOf(of), of.computed
			break
		}
		class = r.class(r.text(at))
	case '(':
		of = r.group(false)
		class, hidden = classOf(of), of.computed
	case variableToken, '$':
		var v value
		if t.kind == '$' {
			v, _ = r.variableVariable()
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
		r.askForClass(class)
	}
	r.revealedOpening(from+1, from)
	for _, v := range r.traces[from] {
		if c := classOf(v); c != "" && c != class {
			r.use(script.Call, c+"::__construct", from, v.computed)
			if name == "" {
				name, hidden = c+"::__construct", v.computed
			}
		}
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
	c := &closure{params: r.at, this: r.this, class: r.block().block, called: r.called, home: r.home}
	if r.trace != nil {
		r.at = int(r.match[r.at]) + 1
	} else {
		r.unchanged()
	}
	if r.tokens[r.at].word == wordUse && r.tokens[r.at+1].kind == '(' && r.match[r.at+1] > 0 {
		r.take()
		c.captured = r.captured(r.at)
		if r.trace != nil {
			c.references = r.referred(r.at)
			r.at = int(r.match[r.at]) + 1
		} else {
			r.unchanged()
		}
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
		if r.trace != nil {
			c.captured = r.local
			m := r.quiet() // only to find its end
			m.local, m.blocks = map[string]value{}, r.blocks
			m.valueAt(r.at)
			r.at = max(r.at, m.at)
			break
		}
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
	if few := 64; r.trace != nil && len(r.trace.closures) < few {
		r.trace.closures = append(r.trace.closures, c)
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
