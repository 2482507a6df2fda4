package machine

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
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
	start := cputime.Used()
	for _, text := range []string{
		strings.Repeat("a", maxExpression+1), "(a{99}){99}", "((ab){30}c){30}", "(", `\1`,
		strings.Repeat("("+strings.Repeat("a", 50)+"){1000}", 4), strings.Repeat("([^a]{10}){1000}", 16), strings.Repeat("(a{1000}){0,}", 19),
		strings.Repeat(`\PL`, 80), `\PL\PL`, "(?i)" + strings.Repeat("[B-\U0001e942]", 30), `(?i)[B-\x{1e942}]`, `(?i)\PL`,
	} {
		if m.compiled(1, pattern{text: text}) != nil {
			t.Errorf("%.20s is compiled", text)
		}
	}
	if m.patterns.work != 0 || cputime.Used()-start > time.Second {
		t.Errorf("they took %v and %d", cputime.Used()-start, m.patterns.work)
	}
	left := m.steps
	e := m.compiled(1, pattern{text: "(a{9}b){20}"})
	if e == nil || left-m.steps < compileSteps+200 || m.patterns.work < 200*compileWork {
		t.Errorf("what is small is compiled, and costs something: %d", left-m.steps)
	}
	left = m.steps
	if m.compiled(2, pattern{text: "(a{9}b){20}"}) != e || m.steps < left-compileSteps {
		t.Error("it is compiled once")
	}
	if m.compiled(2, pattern{text: "(a{9}b){20}", longest: true}) == e {
		t.Error("those of POSIX are others")
	}
	if m.compiled(1, pattern{text: `\p{L}[^a].{50}[\w-]+`}) == nil || m.compiled(1, pattern{`OSA\x73[^a](.*)`, true, false}) == nil {
		t.Error("classes are no reason")
	}
}

func TestExpressionsHaveNoMoreThanTheInstructionsExpected(t *testing.T) {
	for _, text := range []string{"", "a", "(a|b|cd)*", "(?:a*)*", "a{3,}", "(a|){2,9}", "(a{2,3}b?){4}", `(?i)[a-z\d]+\b^$x??`, "(((a{0,5})*)+)?{7}", "()|(|)"} {
		parsed, err := syntax.Parse(text, syntax.Perl)
		if err != nil {
			continue
		}
		program, err := syntax.Compile(parsed.Simplify())
		if size := expanded(parsed); err != nil || len(program.Inst) > size+2 { // and those that fail and match
			t.Errorf("%s: %d of %d, %v", text, len(program.Inst), size, err)
		}
	}
}

func TestExpressionsOfAFileAreBounded(t *testing.T) {
	m := testMachine()
	text := []byte(strings.Repeat("a", maxText))
	m.compiled(1, pattern{text: strings.Repeat("(a*)", 40) + "b"})
	start, n := cputime.Used(), 0
	for known := true; known && n < 1000; n++ {
		left := m.steps
		if _, known = m.find(1, text, 0); known && left-m.steps < 40*40*maxText/matchSteps {
			t.Fatalf("one takes %d steps", left-m.steps)
		}
	}
	if took := cputime.Used() - start; n == 1 || n == 1000 || took > 2*time.Second {
		t.Errorf("%d texts took %v", n, took)
	}
	m = m.again(false) // the next pass
	if m.steps = allSteps; m.compiled(1, pattern{text: "b"}) != nil {
		t.Error("a pass begins anew")
	}
	m = testMachine()
	for i := range 2 * maxExpressions {
		m.compiled(1, pattern{text: strings.Repeat("a", i)})
	}
	if n := len(m.patterns.compiled); n != maxExpressions || m.expressions[1] != nil {
		t.Errorf("%d different ones", n)
	}
}
