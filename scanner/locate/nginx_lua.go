package locate

import (
	"strings"

	crossplane "github.com/nginxinc/nginx-go-crossplane"
)

// luaBlockDirectives are the directives of ngx_http_lua_module and
// ngx_stream_lua_module that hold Lua between braces (their READMEs).
var luaBlockDirectives = []string{
	"init_by_lua_block", "init_worker_by_lua_block", "exit_worker_by_lua_block", "set_by_lua_block",
	"server_rewrite_by_lua_block", "rewrite_by_lua_block", "access_by_lua_block", "content_by_lua_block",
	"header_filter_by_lua_block", "body_filter_by_lua_block", "log_by_lua_block", "balancer_by_lua_block",
	"preread_by_lua_block", "proxy_ssl_certificate_by_lua_block", "proxy_ssl_verify_by_lua_block",
	"precontent_by_lua_block", "ssl_client_hello_by_lua_block", "ssl_certificate_by_lua_block",
	"ssl_session_fetch_by_lua_block", "ssl_session_store_by_lua_block",
}

// luaBlock finds the end of a Lua block as ngx_lua does: braces in strings and
// comments do not count. crossplane's own takes the apostrophe of a comment for
// the begin of a string, and with it the rest of the file.
type luaBlock struct{}

// Lex yields the words before the block, the block as one quoted word, and ";".
func (luaBlock) Lex(s *crossplane.SubScanner, _ string) <-chan crossplane.NgxToken {
	tokens := make(chan crossplane.NgxToken)
	go func() {
		defer close(tokens)
		line := s.Line()
		var before strings.Builder
		for {
			if !s.Scan() {
				tokens <- luaError(line, `expected "{" to start a Lua block`)
				return
			}
			if s.Text() == "{" {
				break
			}
			before.WriteString(s.Text())
		}
		for _, word := range strings.Fields(before.String()) {
			tokens <- crossplane.NgxToken{Value: word, Line: line, IsQuoted: true}
		}
		body := luaBody{scanner: s}
		if !body.toEnd() {
			tokens <- luaError(line, `unexpected end of file in a Lua block, expecting "}"`)
			return
		}
		tokens <- crossplane.NgxToken{Value: "{}", Line: line, IsQuoted: true}
		tokens <- crossplane.NgxToken{Value: ";", Line: s.Line()}
	}()
	return tokens
}

func luaError(line int, what string) crossplane.NgxToken {
	return crossplane.NgxToken{Line: line, Error: &crossplane.ParseError{What: what, Line: &line}}
}

// luaBody reads Lua by character, with one character of look-ahead.
type luaBody struct {
	scanner *crossplane.SubScanner
	ahead   string // already read, not yet looked at
}

func (l *luaBody) next() (string, bool) {
	if c := l.ahead; c != "" {
		l.ahead = ""
		return c, true
	}
	if !l.scanner.Scan() {
		return "", false
	}
	return l.scanner.Text(), true
}

// toEnd reads up to the brace that closes the block; false means that the
// text ends before.
func (l *luaBody) toEnd() bool {
	depth := 1
	for {
		c, ok := l.next()
		if !ok {
			return false
		}
		switch c {
		case "{":
			depth++
		case "}":
			if depth--; depth == 0 {
				return true
			}
		case `"`, `'`:
			l.quoted(c)
		case "[":
			l.longBracket()
		case "-":
			l.comment()
		}
	}
}

func (l *luaBody) quoted(quote string) {
	for {
		c, ok := l.next()
		if !ok || c == quote || c == "\n" {
			return
		}
		if c == `\` {
			l.next()
		}
	}
}

// comment reads what follows a "-".
func (l *luaBody) comment() {
	c, ok := l.next()
	if !ok || c != "-" {
		l.ahead = c
		return
	}
	c, ok = l.next()
	if ok && c == "[" && l.longBracket() {
		return
	}
	for ok && c != "\n" {
		c, ok = l.next()
	}
}

// longBracket reads what follows a "[": the rest of [[…]] or [=[…]=], or
// nothing where it is another kind of bracket, which it reports.
func (l *luaBody) longBracket() bool {
	level := 0
	c, ok := l.next()
	for ; ok && c == "="; c, ok = l.next() {
		level++
	}
	if !ok || c != "[" {
		l.ahead = c
		return false
	}
	closing := -1 // how many "=" since a "]", or -1
	for {
		c, ok := l.next()
		switch {
		case !ok:
			return true
		case c == "]" && closing == level:
			return true
		case c == "]":
			closing = 0
		case c == "=" && closing >= 0:
			closing++
		default:
			closing = -1
		}
	}
}
