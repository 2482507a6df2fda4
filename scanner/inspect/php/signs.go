package php

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// buildsNames tells whether a script shows a sign that it hides a name: one of a
// function that runs programs or connects, held as a string by itself, a decoder,
// characters made of numbers, strings under exclusive or, goto.
func (s *survey) buildsNames() bool {
	if s.jumps {
		return true
	}
	for i, t := range s.tokens[:s.length] {
		switch t.kind {
		case '^':
			return true
		case variableToken:
			// $__ is no name that anybody gives who wants to be read
			if t.end-t.start > 2 && strings.Trim(s.text(i)[1:], "_") == "" {
				return true
			}
		case nameToken:
			if t.word != wordNone || s.tokens[i+1].kind != '(' {
				continue
			}
			if name := strings.TrimPrefix(lower(s.text(i)), `\`); hidingDecoders[name] || characterFunctions[name] || seedsRandom[name] || name == "get_declared_classes" {
				return true
			}
		case stringToken:
			const shortest, longest = len(`"exec"`), len(`"stream_socket_sendto"`)
			if n := int(t.end - t.start); n < shortest || n > longest {
				continue
			}
			if content := s.text(i); wantedNames[strings.TrimPrefix(lower(content[1:len(content)-1]), `\`)] {
				return true
			}
		}
	}
	return false
}

// wantedNames are the functions that somebody may want to call without saying so.
var wantedNames = map[string]bool{
	"exec": true, "shell_exec": true, "system": true, "passthru": true, "popen": true, "proc_open": true, "pcntl_exec": true,
	"fsockopen": true, "pfsockopen": true, "stream_socket_client": true, "stream_socket_server": true, "socket_create": true,
	"eval": true, "assert": true, "create_function": true, "curl_init": true, "curl_exec": true,
}

// isDynamic tells whether the parenthesis at a token calls, or runs, something
// that has no name there.
func (p *source) isDynamic(at int) bool {
	if at == 0 {
		return false
	}
	switch t := p.tokens[at-1]; t.kind {
	case variableToken:
		if at > 1 {
			switch w := p.tokens[at-2].word; {
			case w == wordUse || w == wordFn || w == wordCatch:
				return false
			}
		}
		return true
	case ')', ']', stringToken, quoteEndToken, heredocEndToken:
		return true
	case varNameToken:
		name := lower(p.text(at - 1))
		places := callbackMethods[name]
		return completesBy[name] || loadsDocuments[name] && p.loadsOthers(at) || len(places) > 0 && p.match[at] > 0 && p.isComputed(at, places[0]) || p.opensBy(name, at)
	case '}':
		// ${x}( and $x->{y}(, but no statement in parentheses behind a block
		open := int(p.match[at-1])
		return open > 0 && (p.tokens[open-1].kind == '$' || p.tokens[open-1].kind == arrowToken || p.tokens[open-1].kind == colonsToken)
	case nameToken:
		if t.word == wordEval {
			return p.match[at] > 0 && p.isComputed(at, 0)
		}
		if t.word != wordNone || int(t.end-t.start) > longestDynamic {
			return false
		}
		if at > 1 {
			switch k := p.tokens[at-2].kind; {
			case k == colonsToken:
				name := lower(p.text(at - 1))
				return name == "cdef" || p.opensBy(name, at) || loadsDocuments[name] && p.loadsOthers(at)
			case p.tokens[at-2].word == wordFunction:
				return false
			}
		}
		name := strings.TrimPrefix(lower(p.text(at-1)), `\`)
		if dynamicCalls[name] || p.opensBy(name, at) || p.computesSessions(name, at) || strings.HasPrefix(name, "simplexml") && p.loadsOthers(at) {
			return true
		}
		if (name == "filter_var" || name == "filter_input") && p.match[at] > 0 {
			return strings.Contains(p.src[p.tokens[at].start:p.tokens[p.match[at]].start], "FILTER_CALLBACK")
		}
		if name == "class_alias" && p.match[at] > 0 {
			of := strings.Trim(lower(p.text(at+1)), `'"\`)
			return p.isComputed(at, 0) && p.tokens[at+2].kind != colonsToken || openingWhenMade[of] || slices.ContainsFunc(openingClasses, func(class string) bool { return lower(class) == of })
		}
		if yamlParsers[name] && p.match[at] > 0 && p.argument(at, 1) != 0 {
			return true
		}
		if seldomOpens[name] && p.match[at] > 0 {
			return p.isComputed(at, opensAddresses[name][0])
		}
		if commandFunctions[name] || name == "assert" || name == "create_function" {
			return p.tokens[at+1].kind != stringToken || p.tokens[at+2].kind != ',' && p.tokens[at+2].kind != ')' || commandFunctions[p.text(at-1)]
		}
		places := callbackArguments[name]
		return len(places) > 0 && p.match[at] > 0 && (p.isComputed(at, places[0]) || p.handsCommands(p.argument(at, places[0])))
	}
	return false
}

// handsCommands tells whether a token is the name of a function that starts programs: what
// calls it by that may give it any.
func (p *source) handsCommands(at int) bool {
	return at > 0 && p.tokens[at].kind == stringToken && commandFunctions[lower(strings.Trim(p.text(at), `'"\`))]
}

// loadsDocuments are the methods that make a document of a text.
var loadsDocuments = map[string]bool{"loadxml": true, "load": true, "xml": true, "fromstring": true, "createfromstring": true}

// completesBy are the methods of documents and style sheets that call, or load, what these
// name.
var completesBy = map[string]bool{
	"registerphpfunctions": true, "xinclude": true, "schemavalidatesource": true, "relaxngvalidatesource": true, "importstylesheet": true, "setparserproperty": true,
}

// completing are names by which libxml is told to load what a document declares.
var completing = []string{"LIBXML_NOENT", "LIBXML_DTD", "resolveExternals", "substituteEntities", "validateOnParse", "->validate"}

// loadsOthers tells whether libxml may be told to load what a document declares that a
// call is given.
func (p *source) loadsOthers(open int) bool {
	if slices.ContainsFunc(completing, func(name string) bool { return strings.Contains(p.src, name) }) {
		return true
	}
	for place := 1; place <= 2; place++ { // options that are computed
		k := p.argument(open, place)
		switch {
		case k <= 0:
			return k < 0
		case p.tokens[k].kind == nameToken && p.tokens[k+1].kind == ':', p.tokens[k].kind == variableToken, p.tokens[k].kind == nameToken && (p.tokens[k+1].kind == '(' || p.tokens[k+1].kind == colonsToken):
			return true
		case p.tokens[k].kind == numberToken && p.text(k) != "0":
			return true
		}
	}
	return false
}

// longestDynamic is how long a name is at most that isDynamic looks up.
var longestDynamic = func() (n int) {
	for _, names := range []iter.Seq[string]{maps.Keys(dynamicCalls), maps.Keys(commandFunctions), maps.Keys(callbackArguments)} {
		for name := range names {
			n = max(n, len(name))
		}
	}
	return n
}()

// longestOpening is how long a name is at most that opensJoined looks up.
const longestOpening = len("sodium_crypto_secretbox_open")

// dynamicCalls are the functions, and the classes, that make something run which
// does not stand beside them; a script that has one of them is traced.
var dynamicCalls = map[string]bool{
	"reflectionfunction": true, "reflectionmethod": true, "reflectionclass": true, "reflectionobject": true, "unserialize": true, "stream_wrapper_register": true,
	"spl_autoload_register": true, "stream_filter_register": true, "reflectionextension": true, "set_error_handler": true, "set_exception_handler": true, "xml_parse": true,
	"filter_var_array": true, "filter_input_array": true, "soapserver": true, "fiber": true, "callbackfilteriterator": true, "recursivecallbackfilteriterator": true,
}

// writesFiles tells whether a script may write what it then includes.
func (p *source) writesFiles() bool {
	for i, t := range p.tokens[:p.length] {
		if p.tokens[i+1].kind != '(' {
			continue
		}
		if t.kind == varNameToken {
			if _, ok := writingMethods[lower(p.text(i))]; ok {
				return true
			}
		}
		if t.kind != nameToken {
			continue
		}
		switch lower(p.text(i)) {
		case "file_put_contents", "fwrite", "fputs", "copy", "rename", "move_uploaded_file", "stream_copy_to_stream", "error_log":
			return true
		case "ini_set", "ini_alter":
			if t := p.tokens[i+2]; t.kind == stringToken && lower(p.text(i + 2)[1:int(t.end-t.start)-1]) == "error_log" {
				return true
			}
		}
	}
	return false
}

// unpacksSources tells whether a script may put together the address of another that PHP
// unpacks or decodes: it names the scheme of one, puts one before ://, or names what
// filters are given.
func (p *source) unpacksSources() bool {
	if strings.Contains(p.src, "resource=") {
		return true
	}
	return p.hasScheme(func(before, scheme, after string) bool {
		switch lower(scheme) {
		case "zip", "rar", "phar", "zlib", "bzip2", "zstd":
			return true
		case "php":
			if strings.HasPrefix(after, "filter") {
				return true
			}
		}
		return joinsScheme(before, scheme)
	})
}

// hasScheme tells whether something is so of a scheme, which may be empty, and of what
// stands before and behind it and ://.
func (p *source) hasScheme(is func(before, scheme, after string) bool) bool {
	for rest := p.src; ; {
		before, after, found := strings.Cut(rest, "://")
		if !found {
			return false
		}
		scheme := before[strings.LastIndexFunc(before, func(c rune) bool { return c != '_' && !unicode.IsLetter(c) && !unicode.IsDigit(c) })+1:]
		if is(before[:len(before)-len(scheme)], scheme, after) {
			return true
		}
		rest = after
	}
}

// joinsScheme tells whether what stands before :// seems to be put together.
func joinsScheme(before, scheme string) bool {
	switch {
	case strings.HasSuffix(before, "$"), scheme == "s" && strings.HasSuffix(before, "%"):
		return true
	}
	if before == "" || strings.IndexByte("'\"}", before[len(before)-1]) < 0 {
		return false
	}
	return scheme == "" || endsScheme[scheme] && before[len(before)-1] != '}'
}

// endsScheme are ends of the schemes of other machines that nobody writes who does not
// put the rest before them.
var endsScheme = map[string]bool{"ttp": true, "tp": true, "p": true, "ttps": true, "tps": true, "ps": true, "s": true}

// opensJoined tells whether a script may open an address that it puts together, or that
// stands in another method or function from which the opening one gets it: something that
// is not constant is opened, and there is an address, a piece of one or what decodes one.
func (s *survey) opensJoined(includes bool) bool {
	p, joins, opens := s.source, s.joins, includes
	for i, t := range p.tokens[:p.length] {
		if joins && opens {
			return true
		}
		switch {
		case t.kind == stringToken:
			joins = joins || startsAddress(p.text(i)[1:]) || p.joinsPieces(i)
		case t.kind == nameToken && t.word == wordNone || t.kind == varNameToken:
			if p.tokens[i+1].kind != '(' || p.match[i+1] < 0 || int(t.end-t.start) > longestOpening {
				continue
			}
			name := strings.TrimPrefix(lower(p.text(i)), `\`)
			joins = joins || hidingDecoders[name]
			if t.kind == varNameToken {
				opens = opens || openingMethods[name] && p.opensBy(name, i+1)
				continue
			}
			for _, at := range opensAddresses[name] {
				opens = opens || p.isComputed(i+1, at)
			}
			for _, at := range callbackArguments[name] {
				if k := p.argument(i+1, at); k > 0 && p.tokens[k].kind == stringToken {
					called := p.text(k)
					opens = opens || opensAddresses[called[1:len(called)-1]] != nil
				}
			}
		}
	}
	return joins && opens
}

// joinsPieces tells whether a string at a token and the next one are so short that nobody
// writes them side by side who does not want to hide what they come to.
func (p *source) joinsPieces(i int) bool {
	const longest = len(`"http"`)
	short := func(t token) bool { return t.kind == stringToken && int(t.end-t.start) <= longest }
	between := p.tokens[i+1].kind
	return (between == '.' || between == ',' && strings.ContainsAny(p.text(i), ":/")) && short(p.tokens[i]) && short(p.tokens[i+2])
}

// joinsAddress tells whether a scheme that is put together stands before ://.
func (p *source) joinsAddress() bool {
	return p.hasScheme(func(before, scheme, _ string) bool { return joinsScheme(before, scheme) })
}

// startsAddress tells a text, with the quote behind it, that is the scheme of another
// machine or begins with one or with what follows it.
func startsAddress(quoted string) bool {
	if strings.HasPrefix(quoted, "//") {
		return true
	}
	const longest = len("https")
	for n := len("ftp"); n <= longest && n < len(quoted); n++ {
		switch c := quoted[n]; {
		case c >= 'a' && c <= 'z':
		case c == ':':
			return networkSchemes[quoted[:n]]
		default:
			return n == len(quoted)-1 && networkSchemes[quoted[:n]]
		}
	}
	return false
}

// renames tells whether "use", whose keyword stands at a token, gives another name to a
// function or a class that somebody may want to use without saying so.
func (p *source) renames(i int) bool {
	const most = 64 // tokens
	for k := i + 1; k < i+most && p.tokens[k].kind != ';' && p.tokens[k].kind != endToken && p.tokens[k].kind != '('; k++ {
		if p.tokens[k+1].word != wordAs || p.tokens[k].kind != nameToken {
			continue
		}
		name := strings.TrimPrefix(lower(p.text(k)), `\`)
		if p.tokens[i+1].word != wordFunction && openingWhenMade[name] ||
			p.tokens[i+1].word == wordFunction && (wantedNames[name] || hidingDecoders[name] || opensAddresses[name] != nil) {
			return true
		}
	}
	return false
}

// argument is the token with which an argument of a call begins, 0 for none and -1 where
// it would take too long to see.
func (p *source) argument(open, place int) int {
	const most = 256 // tokens that are looked at
	at, end := open+1, int(p.match[open])
	for k := at; place > 0 && k < end; k++ {
		if m := int(p.match[k]); m > k {
			k = m
		} else if p.tokens[k].kind == ',' {
			at = k + 1
			place--
		}
		if k > open+most {
			return -1
		}
	}
	if place > 0 {
		return 0
	}
	return at
}

// isComputed tells whether an argument of a call is neither a constant string nor a
// closure, nor a method of the object itself.
func (p *source) isComputed(open, place int) bool {
	at := p.argument(open, place)
	if at <= 0 {
		return at < 0
	}
	switch t := p.tokens[at]; {
	case t.kind == stringToken:
		content := p.text(at)
		content = content[1 : len(content)-1]
		return p.tokens[at+1].kind != ',' && p.tokens[at+1].kind != ')' || callbackArguments[content] != nil || strings.HasPrefix(content, "simplexml_load")
	case t.word == wordFunction, t.word == wordFn, t.word == wordStatic && p.tokens[at+1].kind == nameToken:
		return false
	case t.kind == '[':
		return p.tokens[at+1].kind != variableToken || p.text(at+1) != "$this" || p.tokens[at+3].kind != stringToken
	case t.word == wordArray && p.tokens[at+1].kind == '(':
		return p.tokens[at+2].kind != variableToken || p.text(at+2) != "$this" || p.tokens[at+4].kind != stringToken
	}
	return true
}
