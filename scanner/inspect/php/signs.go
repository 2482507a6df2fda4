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
