package script

import (
	"fmt"
	"strings"
	"testing"
)

func TestNamesLeadWhereAPackageSays(t *testing.T) {
	for _, c := range []struct{ json, name, expected string }{
		{`{"#a": "net"}`, "#a", "[net] false"},
		{`{"#a": "net"}`, "#b", "[] false"},
		{`{"#a/*": "*_process"}`, "#a/child", "[child_process] true"},
		{`{"#a/*": "./*/*.js"}`, "#a/b", "[./b/b.js] true"},
		{`{"#*": "a-*", "#a/*.js": "b-*", "#a/*": "c-*"}`, "#a/x", "[c-x] true"},
		{`{"#*": "a-*", "#a/x": "b"}`, "#a/x", "[b] false"},
		{`{"#a/*": "x"}`, "#a/", "[] false"},
		{`{"#a": {"browser": "b", "node": {"import": "c", "require": ["d", null]}, "default": "e"}}`, "#a", "[c d e] false"},
		{`"./a.js"`, ".", "[./a.js] false"},
		{`{"import": "./a.mjs", "default": "./a.js"}`, ".", "[./a.mjs ./a.js] false"},
		{`{"./b": {"types": {"default": "./b.d.ts"}, "default": "./b.js"}}`, "./b", "[./b.js] false"},
		{`{"#a"`, "#a", "[] false"},
		{``, "#a", "[] false"},
	} {
		targets, made := SubpathsIn([]byte(c.json)).Find(c.name)
		if got := fmt.Sprint(targets, made); got != c.expected {
			t.Errorf("%s in %s: %s, expected %s", c.name, c.json, got, c.expected)
		}
	}
}

func TestSubpathsAreBounded(t *testing.T) {
	var many strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&many, `"#a%d": "./a.js", `, i)
	}
	conditions := strings.Repeat(`"node": "./a.js", `, 100)
	for _, c := range []struct{ json, name, expected string }{
		{`{` + many.String() + `"#x": "net"}`, "#x", "[net] false"},
		{`{"#x": "./` + strings.Repeat("*", 200_000) + `"}`, "#x", "[] false"},
		{`{"#*": "./` + strings.Repeat("*", 200_000) + `"}`, "#" + strings.Repeat("x", 500), "[] false"},
		{`{"#*": "*"}`, "#" + strings.Repeat("x", 4000), "[] false"},
	} {
		targets, made := SubpathsIn([]byte(c.json)).Find(c.name)
		if got := fmt.Sprint(targets, made); got != c.expected {
			t.Errorf("%.40s in %.40s: %.80s, expected %s", c.name, c.json, got, c.expected)
		}
	}
	if targets, _ := SubpathsIn([]byte(`{"#x": {` + conditions + `"default": "net"}}`)).Find("#x"); targets[len(targets)-1] != "net" {
		t.Error("a hundred conditions hide what is behind them")
	}
}
