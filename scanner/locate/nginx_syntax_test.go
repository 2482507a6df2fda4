package locate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// listNginx renders directives as "line depth name|arg|arg".
func listNginx(data string) ([]string, error) {
	var list []string
	err := parseNginx([]byte(data), func(d nginxDirective) {
		list = append(list, fmt.Sprintf("%d %d %s", d.line, d.depth, strings.Join(append([]string{d.name}, d.args...), "|")))
	})
	return list, err
}

func TestNginxSyntax(t *testing.T) {
	cases := map[string]struct {
		data  string
		want  []string
		fault string
	}{
		"blocks and lines":     {"a 1;\nb {\n c 2; }\r\nd;", []string{"1 0 a|1", "2 0 b", "3 1 c|2", "4 0 d"}, ""},
		"an argument a line":   {"a\n 1\n # no\n 2;", []string{"1 0 a|1|2"}, ""},
		"quotes and escapes":   {`a "x;y" 'b"c' "\"" \" a\ b "\\" "t\tb";`, []string{"1 0 a|x;y|b\"c|\"|\"|a\\ b|\\|t\tb"}, ""},
		"quoted braces":        {`a "{" '}' ${x};`, []string{"1 0 a|{|}|${x}"}, ""},
		"bytes that are kept":  {"a \xff\u00a0\v\f;", []string{"1 0 a|\xff\u00a0\v\f"}, ""},
		"stray closing brace":  {"a;\n}\nb;", []string{"1 0 a", "3 0 b"}, `line 2: unexpected "}"`},
		"unclosed block":       {"a {\nb;", []string{"1 0 a", "2 1 b"}, `unexpected end of file, expecting "}"`},
		"no semicolon":         {"a;\nb 1", []string{"1 0 a"}, `line 2: unexpected end of file, expecting ";"`},
		"Lua with a brace":     {"x_by_lua 1;\ncontent_by_lua_block{ s = '}' -- it's }\n}\nafter;", []string{"1 0 x_by_lua|1", "2 0 content_by_lua_block|{}", "4 0 after"}, ""},
		"Lua with long string": {"set_by_lua_block $x { return [==[ ]] } ]=] ]==] --[[ } ]] }\nafter;", []string{"1 0 set_by_lua_block|$x|{}", "2 0 after"}, ""},
		"Lua with comments":    {"log_by_lua_block {\n -- }\n --[ }\n a = 1 --[[ }\n } ]] - 2\n}\nafter;", []string{"1 0 log_by_lua_block|{}", "7 0 after"}, ""},
		"Lua with escapes":     {"log_by_lua_block {\n a = \"\\\"}\" - 1 b[1] = t[[ ]x} ]]\n}\nafter;", []string{"1 0 log_by_lua_block|{}", "4 0 after"}, ""},
		"Lua without end":      {"log_by_lua_block { '\nafter;", []string{"2 0 after"}, "line 1: unexpected end of file in a Lua block"},
		"nothing":              {"", nil, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := listNginx(c.data)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if (err == nil) != (c.fault == "") || err != nil && !strings.Contains(err.Error(), c.fault) {
				t.Errorf("error %v, want %q", err, c.fault)
			}
		})
	}
}

// A parser that recurses, or that starts anew at every error, does not get
// through these.
func TestNginxSyntaxHasNoCostlyInput(t *testing.T) {
	const n = 300_000
	for name, data := range map[string]string{
		"deep blocks":     strings.Repeat("a{", n),
		"many errors":     strings.Repeat("}\n", n),
		"one long word":   strings.Repeat("a", 4*n),
		"open quote":      `"` + strings.Repeat("a;", n),
		"open Lua":        strings.Repeat("log_by_lua_block {\n", n/20),
		"more Lua":        strings.Repeat("log_by_lua_block {\n", n/5),
		"backslashes":     strings.Repeat(`\`, n),
		"variables":       strings.Repeat("${", n),
		"long Lua prefix": "set_by_lua_block " + strings.Repeat("a", n),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if _, err := listNginx(data); err == nil {
				t.Error("no error")
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func FuzzNginxSyntax(f *testing.F) {
	for _, seed := range []string{
		"load_module modules/a.so;\nhttp { include x; }", "}\n;;", "log_by_lua_block { \"}\" }", "a '\\'' \"${x}\";",
		"set_by_lua_block $x{--[[", "\xff\x00 \\", "#\n", "a{b{c}}", "content_by_lua_block", "a\"b\" {};",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		lines := strings.Count(string(data), "\n") + 1
		last := 0
		_ = parseNginx(data, func(d nginxDirective) {
			if d.line < 1 || d.line > lines || d.depth < 0 {
				t.Errorf("line %d of %d, depth %d", d.line, lines, d.depth)
			}
			if d.line < last {
				t.Errorf("line %d after line %d", d.line, last)
			}
			last = d.line
		})
	})
}
