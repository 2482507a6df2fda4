package php

import "strings"

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
		case nameToken:
			if t.word != wordNone || s.tokens[i+1].kind != '(' {
				continue
			}
			if name := strings.TrimPrefix(lower(s.text(i)), `\`); hidingDecoders[name] || characterFunctions[name] {
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
	case '}':
		// ${x}( and $x->{y}(, but no statement in parentheses behind a block
		open := int(p.match[at-1])
		return open > 0 && (p.tokens[open-1].kind == '$' || p.tokens[open-1].kind == arrowToken || p.tokens[open-1].kind == colonsToken)
	case nameToken:
		if t.word != wordNone || int(t.end-t.start) > len(longestDynamic) {
			return false
		}
		if at > 1 {
			switch k := p.tokens[at-2].kind; {
			case k == colonsToken:
				return strings.EqualFold(p.text(at-1), "cdef")
			case p.tokens[at-2].word == wordFunction:
				return false
			}
		}
		if !dynamicCalls[strings.TrimPrefix(lower(p.text(at-1)), `\`)] {
			return false
		}
		return int(t.end-t.start) > len("Reflection") && strings.EqualFold(p.text(at - 1)[:len("Reflection")], "Reflection") || p.tokens[at+1].kind != stringToken || p.tokens[at+2].kind != ',' && p.tokens[at+2].kind != ')' || commandFunctions[p.text(at-1)]
	}
	return false
}

const longestDynamic = "forward_static_call_array"

// dynamicCalls are the functions, and the classes, that call or run what they are
// given; a script that has one of them is traced.
var dynamicCalls = map[string]bool{
	"call_user_func": true, "call_user_func_array": true, "forward_static_call": true, "forward_static_call_array": true, "assert": true,
	"create_function": true, "register_shutdown_function": true, "reflectionfunction": true, "reflectionmethod": true, "reflectionclass": true,
	"exec": true, "shell_exec": true, "system": true, "passthru": true, "popen": true, "proc_open": true, "pcntl_exec": true, "array_map": true,
	"array_walk": true, "array_filter": true, "usort": true,
}
