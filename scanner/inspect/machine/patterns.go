package machine

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// What regular expressions pick out of texts: POSIX's, both versions of PCRE and nginx's,
// which are compiled by one call and matched by others.

const (
	maxExpression  = 256     // letters
	maxTables      = 4       // classes of Unicode that one names, each of which has hundreds of ranges
	maxProgram     = 2000    // instructions that one is compiled to, and ranges of letters in them
	maxGroups      = 32      // whose places are told
	maxExpressions = 64      // different ones of a file
	maxMatching    = 1 << 26 // of a file: instructions by letters by groups
	compileSteps   = 200     // that compiling one counts for, beside its size
	compileWork    = 64      // that an instruction counts for as one is compiled
	matchSteps     = 256     // of those instructions, over all letters, that count for one step
)

// Flags that letters may be of either case, and that an expression is an extended one; where
// POSIX keeps how many groups there are (regex.h of glibc and of macOS); and of nginx's
// ngx_regex_compile_t, which begins with the length and the address of the pattern.
const (
	posixExtended, posixAnyCase, perlAnyCase, perl2AnyCase = 1, 2, 1, 8
	glibcGroups, appleGroups                               = 48, 8
	nginxOptions, nginxRegex                               = 24, 32
)

// An expression is a regular one that was compiled.
type expression struct {
	*regexp.Regexp
	size int
}

// A pattern is what an expression is compiled from.
type pattern struct {
	text             string
	anyCase, longest bool
}

// Patterns are those of a file that were compiled, nil where one is none or too large, and
// what has been done with them: in all passes and functions, however many there are.
type patterns struct {
	compiled map[pattern]*expression
	work     int
}

// matched does what a function for regular expressions would, if it is one that is known.
func (m *machine) matched(name string, a [6]uint64, p processor) (result uint64, known bool) {
	sized := func(at, n uint64) []byte { // or up to a zero byte
		if n > maxText {
			return m.bytes(at)
		}
		return m.load(at, n)
	}
	switch name {
	case "regcomp":
		e := m.compiled(a[0], pattern{ofPOSIX(m.text(a[1]), a[2]&posixExtended != 0), a[2]&posixAnyCase != 0, true})
		if e == nil {
			return 0, false
		}
		groups := uint64(glibcGroups)
		if m.image.Apple {
			groups = appleGroups
		}
		m.write(a[0]+groups, uint64(e.NumSubexp()), 8)
		return 0, true
	case "regexec":
		size := 4
		if m.image.Apple {
			size = 8
		}
		found, known := m.find(a[0], m.bytes(a[1]), 0)
		m.tell(found, a[3], a[2], size)
		return one(found == nil), known
	case "pcre_compile", "pcre_compile2", "pcre2_compile_8":
		flag, options, at := uint64(perlAnyCase), a[1], m.result("")
		text := m.bytes(a[0])
		if name == "pcre2_compile_8" {
			flag, options, text = perl2AnyCase, a[2], sized(a[0], a[1])
		}
		return at, m.compiled(at, pattern{string(text), options&flag != 0, false}) != nil
	case "ngx_regex_compile":
		re := m.result("")
		m.write(a[0]+nginxRegex, re, 8)
		text := string(sized(m.peek(a[0]+8, 8), m.peek(a[0], 8)))
		return 0, m.compiled(re, pattern{text, m.peek(a[0]+nginxOptions, 8)&1 != 0, false}) != nil
	case "pcre_exec":
		found, known := m.find(a[0], sized(a[2], a[3]), a[4])
		m.tell(found, p.argument(6, 8), p.argument(7, 8)/3, 4)
		return matches(found), known
	case "ngx_regex_exec":
		found, known := m.find(a[0], sized(m.peek(a[1]+8, 8), m.peek(a[1], 8)), 0)
		m.tell(found, a[2], a[3]/3, 4)
		return matches(found), known
	case "pcre2_match_8": // whose data is a list of places, and behind it the text
		found, known := m.find(a[0], sized(a[1], a[2]), a[3])
		m.tell(found, a[5], maxGroups, 8)
		m.write(a[5]+16*maxGroups, a[1], 8)
		return matches(found), known
	case "pcre2_get_ovector_pointer_8":
		return a[0], true
	case "pcre2_substring_get_bynumber_8", "pcre2_substring_copy_bynumber_8":
		if a[1] >= maxGroups {
			return 0, false
		}
		from, to := m.peek(a[0]+16*a[1], 8), m.peek(a[0]+16*a[1]+8, 8)
		if to < from || to > maxText {
			return 0, false
		}
		out := a[2]
		if name == "pcre2_substring_get_bynumber_8" {
			out = m.result("")
			m.write(a[2], out, 8)
		}
		m.put(out, append(m.load(m.peek(a[0]+16*maxGroups, 8)+from, to-from), 0))
		m.write(a[3], to-from, 8)
		return 0, true
	}
	return 0, false
}

// compiled keeps a regular expression for an address, unless it is none or too large.
func (m *machine) compiled(at uint64, text pattern) *expression {
	delete(m.expressions, at)
	m.steps -= len(text.text) / 16
	e, ok := m.patterns.compiled[text]
	if !ok {
		if len(text.text) > maxExpression || len(m.patterns.compiled) == maxExpressions || m.patterns.work >= maxMatching {
			return nil
		}
		e = text.compile()
		m.steps -= compileSteps
		if e != nil {
			m.steps -= e.size
			m.patterns.work += e.size * compileWork
		}
		if m.patterns.compiled == nil {
			m.patterns.compiled = map[pattern]*expression{}
		}
		m.patterns.compiled[text] = e
	}
	if e == nil {
		return nil
	}
	if m.expressions == nil {
		m.expressions = map[uint64]*expression{}
	}
	m.expressions[at] = e
	return e
}

// compile compiles an expression whose size its text and its tree say before. A few letters
// may stand for a lot: counts multiply one another, a class of Unicode has hundreds of
// ranges, and what is of either case has each letter of a range looked up.
func (t pattern) compile() *expression {
	text := t.text
	if t.anyCase {
		text = "(?i)" + text
	}
	tables := strings.Count(text, `\p`) + strings.Count(text, `\P`)
	if tables > maxTables || wide.MatchString(text) && eitherCase.MatchString(text) {
		return nil
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil
	}
	size := expanded(parsed)
	if size > maxProgram {
		return nil
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return nil
	}
	if t.longest {
		re.Longest()
	}
	return &expression{re, size}
}

// What may make a range long, and what has letters be of either case.
var (
	wide       = regexp.MustCompile(`[^\x00-\x7f]|\\[pP]|\\x\{`)
	eitherCase = regexp.MustCompile(`\(\?[a-zA-Z]*i`)
)

// expanded is how many instructions an expression is compiled to, and ranges of letters in
// them, at most; of what is too large, no more than that it is.
func expanded(re *syntax.Regexp) int {
	size := 2 + len(re.Rune)
	for _, sub := range re.Sub {
		if size += 1 + expanded(sub); size > maxProgram {
			return maxProgram + 1
		}
	}
	if re.Op == syntax.OpRepeat {
		size *= max(re.Min+1, re.Max)
	}
	return min(size, maxProgram+1)
}

// find looks for the expression of an address in a text, from one of its letters on, and
// says whether there is one.
func (m *machine) find(at uint64, text []byte, from uint64) (found []int, known bool) {
	e := m.expressions[at]
	if e == nil || from > uint64(len(text)) {
		return nil, e != nil
	}
	work := e.size * (1 + len(text)) * (1 + e.NumSubexp())
	if m.patterns.work += work; m.patterns.work > maxMatching {
		return nil, false
	}
	m.steps -= work / matchSteps
	found = e.FindSubmatchIndex(text[from:])
	for i := range found {
		if found[i] >= 0 {
			found[i] += int(from)
		}
	}
	return found, true
}

// tell writes the places of groups to a list of n pairs.
func (m *machine) tell(found []int, to, n uint64, size int) {
	for i := 0; found != nil && i < 2*int(min(n, maxGroups)); i++ {
		place := -1
		if i < len(found) {
			place = found[i]
		}
		m.write(to+uint64(i*size), uint64(int64(place)), size)
	}
}

// matches is how many groups PCRE says that it has found, or that there is no match.
func matches(found []int) uint64 {
	if found == nil {
		return noMatch
	}
	return uint64(len(found) / 2)
}

const noMatch = 1<<32 - 1 // -1

// ofPOSIX writes a regular expression of POSIX, a basic one unless it is extended, as Go's:
// in a basic one the brackets for groups and counts, and what GNU has beside them, are those
// with a backslash; and between square brackets a backslash is a letter.
func ofPOSIX(text string, isExtended bool) string {
	var out strings.Builder
	out.WriteString("(?s)")
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '[' {
			if end := setEnd(text[i:]); end > 0 {
				out.WriteString(strings.ReplaceAll(text[i:i+end], `\`, `\\`))
				i += end - 1
				continue
			}
		}
		escaped := c == '\\' && i+1 < len(text)
		if escaped {
			i++
			c = text[i]
		}
		if !isExtended && strings.IndexByte("(){}|+?", c) >= 0 {
			escaped = !escaped
		}
		if escaped {
			out.WriteByte('\\')
		}
		out.WriteByte(c)
	}
	return out.String()
}

// setEnd is where a set of letters between square brackets ends, which may have one for its
// first letter, and classes between brackets of their own.
func setEnd(text string) int {
	rest := strings.TrimPrefix(strings.TrimPrefix(text[1:], "^"), "]")
	for {
		at := strings.IndexAny(rest, "[]")
		if at < 0 {
			return 0
		}
		class := strings.HasPrefix(rest[at:], "[:")
		if rest[at] == ']' {
			return len(text) - len(rest) + at + 1
		}
		rest = rest[at+1:]
		if _, behind, ok := strings.Cut(rest, ":]"); class && ok {
			rest = behind
		}
	}
}
