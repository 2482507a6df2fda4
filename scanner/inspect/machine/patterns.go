package machine

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// What regular expressions pick out of texts: POSIX's, both versions of PCRE and nginx's,
// which are compiled by one call and matched by others.

const (
	maxExpression = 256     // letters
	maxCounts     = 4       // of repeats, each of which multiplies what there is to do
	maxProgram    = 1 << 10 // instructions that one is compiled to
	maxGroups     = 32      // whose places are told
	compileSteps  = 1000    // that compiling one counts for
	matchSteps    = 256     // of those instructions, over all letters, that count for one
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
		e := m.compiled(a[0], ofPOSIX(m.text(a[1]), a[2]&posixExtended != 0), a[2]&posixAnyCase != 0)
		if e == nil {
			return 0, false
		}
		e.Longest()
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
		return at, m.compiled(at, string(text), options&flag != 0) != nil
	case "ngx_regex_compile":
		re := m.result("")
		m.write(a[0]+nginxRegex, re, 8)
		return 0, m.compiled(re, string(sized(m.peek(a[0]+8, 8), m.peek(a[0], 8))), m.peek(a[0]+nginxOptions, 8)&1 != 0) != nil
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
func (m *machine) compiled(at uint64, text string, anyCase bool) *expression {
	delete(m.expressions, at)
	m.steps -= compileSteps
	if len(text) > maxExpression || strings.Count(text, "{") > maxCounts {
		return nil
	}
	if anyCase {
		text = "(?i)" + text
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(program.Inst) > maxProgram {
		return nil
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return nil
	}
	if m.expressions == nil {
		m.expressions = map[uint64]*expression{}
	}
	e := &expression{re, len(program.Inst)}
	m.expressions[at] = e
	return e
}

// find looks for the expression of an address in a text, from one of its letters on, and
// says whether there is one.
func (m *machine) find(at uint64, text []byte, from uint64) (found []int, known bool) {
	e := m.expressions[at]
	if e == nil || from > uint64(len(text)) {
		return nil, e != nil
	}
	m.steps -= e.size * len(text) / matchSteps
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
