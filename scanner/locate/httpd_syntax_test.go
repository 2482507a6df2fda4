package locate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func listHTTPD(data string) []string {
	var list []string
	parseHTTPD([]byte(data), func(l httpdLine) {
		list = append(list, fmt.Sprintf("%d %s", l.line, strings.Join(append([]string{l.name}, l.args...), "|")))
	})
	return list
}

func TestHTTPDSyntax(t *testing.T) {
	cases := map[string]struct {
		data string
		want []string
	}{
		"words":              {"LoadModule  a\t\"b c\" 'd\"e'\r\n\n  X", []string{"1 loadmodule|a|b c|d\"e", "3 x"}},
		"escapes in quotes":  {`A "b\"c" "d\\e" "f\g" h\i`, []string{`1 a|b"c|d\e|f\g|h\i`}},
		"sections":           {"<IfModule !mod_x.c>\nA b\n</IfModule>", []string{"1 <ifmodule|!mod_x.c", "2 a|b", "3 </ifmodule"}},
		"continued":          {"A \\\nb\\\nc\nD", []string{"1 a|bc", "4 d"}},
		"continued comment":  {"# x \\\nA b\nC", []string{"3 c"}},
		"hash inside a line": {"A b # c", []string{"1 a|b|#|c"}},
		"open quote":         {`A "b c`, []string{"1 a|b c"}},
		"nothing":            {"", nil},
		"only a backslash":   {`\`, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := listHTTPD(c.data); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestHTTPDSyntaxCountsLinesThatAreTooLong(t *testing.T) {
	if n := parseHTTPD([]byte("A "+strings.Repeat("x", maxHTTPDLine)+"\nB"), func(httpdLine) {}); n != 1 {
		t.Errorf("got %d, want 1", n)
	}
}

func TestHTTPDVariablesDoNotGrowWithoutBound(t *testing.T) {
	var conf strings.Builder
	conf.WriteString("Define A0 " + strings.Repeat("x", 1000) + "\n")
	for i := range 100 {
		fmt.Fprintf(&conf, "Define A%d %s\n", i+1, strings.Repeat(fmt.Sprintf("${A%d}", i), 100))
	}
	r := newHTTPDReader(nil, httpdStart{})
	parseHTTPD([]byte(conf.String()), func(l httpdLine) { r.directive(l, Reference{}) })
	if n := len(r.defined["A100"]); n != maxExpanded {
		t.Errorf("%d bytes, want the limit %d", n, maxExpanded)
	}
}

func FuzzHTTPDSyntax(f *testing.F) {
	for _, seed := range []string{"LoadModule a \"b\\\"\" \\\nc", "<IfModule x>\n</IfModule>", "Define A ${A}", "'", "\\", "#\\\n", "\xff\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		lines := strings.Count(string(data), "\n") + 1
		last := 0
		parseHTTPD(data, func(l httpdLine) {
			if l.name == "" || l.line <= last || l.line > lines {
				t.Errorf("name %q, line %d of %d after %d", l.name, l.line, lines, last)
			}
			last = l.line
		})
	})
}
