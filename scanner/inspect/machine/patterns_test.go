package machine

import (
	"regexp"
	"strings"
	"testing"
)

func TestExpressionsOfPOSIXAreThoseOfGo(t *testing.T) {
	for _, c := range []struct {
		text, in, want string
		isExtended     bool
	}{
		{`\(osa\)[a-z]\{6\}`, "an osascript", "osascript", false},
		{`(a)+`, "a (a)+", "(a)+", false},
		{`a\+\|b`, "caa", "aa", false},
		{`[]x]*]`, "-x]]", "x]]", false},
		{`[^]]*`, "ab]", "ab", false},
		{`[[:alpha:]_]*[\.]`, `a_\b`, `a_\`, false},
		{`a.b`, "a\nb", "a\nb", false},
		{`(osa)[a-z]{6}`, "an osascript", "osascript", true},
		{`a\+`, "aa+", "a+", true},
		{`[\n]`, `n`, `n`, true},
		{`[a`, "", "", true},
	} {
		re, err := regexp.Compile(ofPOSIX(c.text, c.isExtended))
		if c.want == "" {
			if err == nil {
				t.Errorf("%s is an expression", c.text)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
		} else if got := re.FindString(c.in); got != c.want {
			t.Errorf("%s: %q", c.text, got)
		}
	}
}

func TestExpressionsPickWordsOutOfTexts(t *testing.T) {
	m := testMachine()
	re, list := m.result(""), m.result("")
	pair := func(n uint64, size int) [2]uint64 {
		return [2]uint64{m.peek(list+2*n*uint64(size), size), m.peek(list+(2*n+1)*uint64(size), size)}
	}
	text := m.give("a mimosa")
	for _, apple := range []bool{false, true} {
		m.image.Apple = apple
		size, groups := 4, re+glibcGroups
		if apple {
			size, groups = 8, re+appleGroups
		}
		m.does("regcomp", re, m.give(`MIM\(osa\)\(x\)*`), posixAnyCase)
		if m.does("regexec", re, text, 3, list) != 0 || pair(0, size) != [2]uint64{2, 8} || pair(1, size) != [2]uint64{5, 8} || pair(2, size)[0] != mask(size) || m.peek(groups, 8) != 2 {
			t.Errorf("apple %v: %v %v %v", apple, pair(0, size), pair(1, size), pair(2, size))
		}
		if m.does("regexec", re, m.give("acacia"), 3, list) != 1 {
			t.Error("a text that does not match")
		}
	}
	code := m.does("pcre2_compile_8", m.give("(?:mim)(...)xx"), 12, 0)
	if m.does("pcre2_match_8", code, text, ^uint64(0), 3, 0, list) != noMatch {
		t.Error("PCRE2 finds what is not there")
	}
	m.does("pcre2_match_8", code, text, 8, 1, 0, list)
	word := m.result("")
	m.does("pcre2_substring_copy_bynumber_8", list, 1, word)
	if got := m.text(word); got != "osa" || pair(1, 8) != [2]uint64{5, 8} || m.does("pcre2_get_ovector_pointer_8", list) != list {
		t.Errorf("PCRE2: %q", got)
	}
	m.does("pcre2_substring_get_bynumber_8", list, 1, word)
	if got := m.text(m.peek(word, 8)); got != "osa" {
		t.Errorf("PCRE2: %q", got)
	}
	code = m.does("pcre_compile", m.give("M(.)"), perlAnyCase)
	if m.does("pcre_exec", code, 0, text, 8, 3, 0, list, 6) != 2 || pair(1, 4) != [2]uint64{5, 6} {
		t.Errorf("PCRE: %v", pair(1, 4))
	}
	rc, s := m.result(""), m.result("")
	m.write(rc, 5, 8)
	m.write(rc+8, m.give("(o.a)x"), 8)
	m.write(s, 8, 8)
	m.write(s+8, text, 8)
	m.does("ngx_regex_compile", rc)
	if m.does("ngx_regex_exec", m.peek(rc+nginxRegex, 8), s, list, 6) != 2 || pair(1, 4) != [2]uint64{5, 8} {
		t.Errorf("nginx: %v", pair(1, 4))
	}
}

func TestLargeExpressionsAreNotCompiled(t *testing.T) {
	m := testMachine()
	for _, text := range []string{strings.Repeat("a", maxExpression+1), strings.Repeat("a{9}", maxCounts+1), "(a{99}){99}", "((ab){30}c){30}", "(", `\1`} {
		if m.compiled(1, text, false) != nil {
			t.Errorf("%.20s is compiled", text)
		}
	}
	if m.compiled(1, "a{9}", false) == nil || m.steps > allSteps-compileSteps {
		t.Error("what is small is compiled, and costs something")
	}
}
