package locate

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	crossplane "github.com/nginxinc/nginx-go-crossplane"
)

// maxNginxErrors is how many syntax errors of one file are passed over before
// the rest of it is given up: each makes the lexer start anew.
const maxNginxErrors = 20

// maxLuaConfig bounds the size of a file with Lua blocks, in bytes. Looking for
// them costs crossplane's lexer the square of a word's length.
const maxLuaConfig = 512 << 10

// A nginxDirective is one directive of a config file, or the head of a block.
type nginxDirective struct {
	name  string
	args  []string
	line  int
	depth int // how many blocks of this file it stands in; 0 is the file's own context
}

// parseNginx calls visit for every directive in data. After a syntax error,
// which it returns, it goes on with the next line: nginx would not start, but
// what the config names must not be lost to a stray brace.
//
// The words come from crossplane's lexer. Its parser is not used: it recurses
// as deep as a file nests, drops a file at its first error and everything at an
// include cycle, and reads a file in the first context only that includes it.
func parseNginx(data []byte, visit func(nginxDirective)) error {
	var first error
	var lexers []crossplane.RegisterLexer
	if bytes.Contains(data, []byte("_by_lua_block")) {
		if len(data) > maxLuaConfig {
			first = fmt.Errorf("more than %d bytes with Lua blocks, so that braces in Lua count as nginx's", maxLuaConfig)
		} else {
			data = bytes.ReplaceAll(data, []byte("_by_lua_block{"), []byte("_by_lua_block {"))
			lexers = append(lexers, crossplane.LexWithLexer(luaBlock{}, luaBlockDirectives...))
		}
	}
	depth, base := 0, 0
	for range maxNginxErrors {
		failed := parseNginxUntilError(data, lexers, base, &depth, visit)
		if failed == nil {
			return first
		}
		if first == nil {
			first = failed
		}
		rest := data
		for range failed.line - base {
			_, rest, _ = bytes.Cut(rest, []byte("\n"))
		}
		if len(rest) == 0 || len(rest) == len(data) {
			return first
		}
		data, base = rest, failed.line
	}
	return first
}

type nginxSyntaxError struct {
	line int
	what string
}

func (e *nginxSyntaxError) Error() string { return fmt.Sprintf("line %d: %s", e.line, e.what) }

func parseNginxUntilError(data []byte, lexers []crossplane.RegisterLexer, base int, depth *int,
	visit func(nginxDirective)) *nginxSyntaxError {
	tokens := crossplane.LexWithOptions(strings.NewReader(guardBytes(data)), crossplane.LexOptions{Lexers: lexers})
	var words []string
	var failed *nginxSyntaxError
	line := 0
	for token := range tokens { // to the end, since the lexer waits for a reader
		switch {
		case failed != nil:
		case token.Error != nil:
			failed = syntaxError(token, base)
			if strings.Contains(failed.what, `"}"`) {
				*depth = max(0, *depth-1)
			}
		case token.IsQuoted || !isNginxSpecial(token.Value):
			if !token.IsQuoted && strings.HasPrefix(token.Value, "#") {
				continue
			}
			if len(words) == 0 {
				line = base + token.Line
			}
			words = append(words, nginxWord(token.Value))
		default:
			if len(words) > 0 && token.Value != "}" {
				visit(nginxDirective{words[0], words[1:], line, *depth})
			}
			switch token.Value {
			case "{":
				*depth++
			case "}":
				*depth = max(0, *depth-1)
			}
			words = nil
		}
	}
	if failed == nil && len(words) > 0 {
		failed = &nginxSyntaxError{line, `unexpected end of file, expecting ";"`}
	}
	return failed
}

// syntaxError takes the place and the words from an error of the lexer, which
// has them apart and a file name of its own in the text.
func syntaxError(token crossplane.NgxToken, base int) *nginxSyntaxError {
	e := &nginxSyntaxError{base + max(token.Line, 1), token.Error.Error()}
	if perr, ok := token.Error.(*crossplane.ParseError); ok {
		e.what = perr.What
		if perr.Line != nil {
			e.line = base + *perr.Line
		}
	}
	return e
}

func isNginxSpecial(word string) bool { return word == ";" || word == "{" || word == "}" }

// guard is the first of 256 private code points that stand for bytes on their
// way through the lexer.
const guard = 0xE000

// guardBytes hides from the lexer what it would not keep: it takes its input
// for UTF-8, and every Unicode space for the end of a word. nginx takes bytes,
// and only blank, tab, CR and LF for spaces (ngx_conf_read_token).
func guardBytes(data []byte) string {
	var b strings.Builder
	b.Grow(len(data))
	for _, c := range data {
		switch {
		case c == '\r':
			b.WriteByte(' ')
		case c >= utf8.RuneSelf || c == '\v' || c == '\f':
			b.WriteRune(guard + rune(c))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// nginxWord gives a word its bytes back and takes out the escapes that nginx
// knows. Any other backslash stays (ngx_conf_read_token).
func nginxWord(word string) string {
	var b strings.Builder
	escaped := false
	for _, r := range word {
		c := byte(r)
		if r >= guard {
			c = byte(r - guard)
		}
		switch {
		case !escaped && c == '\\':
			escaped = true
			continue
		case escaped && c == 't':
			c = '\t'
		case escaped && c == 'r':
			c = '\r'
		case escaped && c == 'n':
			c = '\n'
		case escaped && c != '\\' && c != '"' && c != '\'':
			b.WriteByte('\\')
		}
		escaped = false
		b.WriteByte(c)
	}
	if escaped {
		b.WriteByte('\\')
	}
	return b.String()
}
