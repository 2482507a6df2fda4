package php

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"regexp"
	"strings"

	"plugvet/scanner/inspect/script"
)

// expression compiles a pattern of PHP, as far as Go's regular expressions know it;
// nil where they do not, or where the work on a subject would be too much.
func expression(b *script.Budget, pattern, subject string) script.Expression {
	const longest, largest = 256, 1 << 18
	if len(pattern) > longest || len(subject) > largest {
		return nil
	}
	pattern = strings.TrimLeft(pattern, " \t\r\n")
	if len(pattern) < 2 || isLabelStart(pattern[0]) || isDigit(pattern[0]) || pattern[0] == '\\' {
		return nil
	}
	flags := modifiers(pattern)
	if strings.Trim(flags, "imsUue") != "" {
		return nil
	}
	text := pattern[1 : len(pattern)-len(flags)-1]
	written := text
	if flags = strings.NewReplacer("u", "", "e", "").Replace(flags); flags != "" {
		text = "(?" + flags + ")" + text
	}
	// What is repeated by number makes a large program of a short pattern.
	const cost, manyTimes = 8, 64 // bytes for each of the subject and of the pattern
	for rest := text; ; {
		before, after, found := strings.Cut(rest, "{")
		if !found {
			break
		}
		if strings.HasSuffix(before, `\x`) || strings.HasSuffix(before, `\p`) { // a character, or a kind of them
			rest = after
			continue
		}
		if leadingInteger(after) > manyTimes || strings.Count(text, "{")-strings.Count(text, `\x{`)-strings.Count(text, `\p{`) > 4 {
			return nil
		}
		rest = after
	}
	if !b.Take(cost*len(subject) + cost*len(text)) {
		return nil
	}
	re, err := regexp.Compile(text)
	if err != nil { // it looks around or back
		return script.Backtracking(strings.ReplaceAll(written, "(?P<", "(?<"), flags, false, b)
	}
	return re
}

const maxMatches = 4096 // of one pattern

// foldPregReplace is preg_replace of strings.
func foldPregReplace(b *script.Budget, a []value) value {
	if len(a) != 3 {
		return value{}
	}
	patterns := listOrOne(a[0])
	replacements := listOrOne(a[1])
	s, ok := a[2].text()
	if !ok || patterns == nil || replacements == nil {
		return value{}
	}
	for i, pattern := range patterns {
		re := expression(b, pattern, s)
		if re == nil || strings.Contains(modifiers(pattern), "e") {
			return value{}
		}
		to := ""
		switch {
		case a[1].kind != arrayKind:
			to = replacements[0]
		case i < len(replacements):
			to = replacements[i]
		}
		var out strings.Builder
		at := 0
		for _, m := range re.FindAllStringSubmatchIndex(s, maxMatches) {
			out.WriteString(s[at:m[0]])
			piece := referenced(to, s, m)
			if !b.Take(len(piece)) {
				return value{}
			}
			out.WriteString(piece)
			at = m[1]
		}
		out.WriteString(s[at:])
		if s = out.String(); !b.Take(len(s)) {
			return value{}
		}
	}
	return stringValue(s)
}

// referenced is a replacement with $1, \1 and ${1} filled in.
func referenced(to, s string, groups []int) string {
	var out strings.Builder
	for i := 0; i < len(to); i++ {
		n := i + 1
		if (to[i] == '$' || to[i] == '\\') && n < len(to) {
			brace := to[i] == '$' && to[n] == '{'
			if brace {
				n++
			}
			end := n
			for end < len(to) && end < n+2 && isDigit(to[end]) {
				end++
			}
			if end > n && (!brace || end < len(to) && to[end] == '}') {
				if g := 2 * int(leadingInteger(to[n:end])); g+1 < len(groups) && groups[g] >= 0 {
					out.WriteString(s[groups[g]:groups[g+1]])
				}
				if i = end - 1; brace {
					i++
				}
				continue
			}
		}
		out.WriteByte(to[i])
	}
	return out.String()
}

// eregPattern is a pattern of mb_ereg and its like, which has no delimiters, as the
// functions of preg take it.
func eregPattern(pattern, flags string) string {
	return "/" + strings.ReplaceAll(pattern, "/", `\/`) + "/" + flags
}

// foldEregSplit is mb_split.
func foldEregSplit(b *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil {
		return value{}
	}
	return foldPregSplit(b, append([]value{stringValue(eregPattern(s[0], "")), a[1]}, a[2:]...))
}

func foldPregSplit(b *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil {
		return value{}
	}
	re := expression(b, s[0], s[1])
	if re == nil {
		return value{}
	}
	var parts []string
	at := 0
	for _, m := range re.FindAllStringSubmatchIndex(s[1], maxMatches) {
		if m[1] == m[0] && (m[0] == 0 || m[0] == len(s[1])) { // nothing stands before it, or behind
			if m[0] == 0 {
				parts = append(parts, "")
			}
			continue
		}
		parts, at = append(parts, s[1][at:m[0]]), m[1]
	}
	parts = append(parts, s[1][at:])
	if len(a) > 3 { // whatever the flags: what is empty names nothing
		kept := parts[:0]
		for _, p := range parts {
			if p != "" {
				kept = append(kept, p)
			}
		}
		parts = kept
	}
	return listOf(b, parts)
}

func foldPregGrep(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 1)
	if in == nil || len(a) != 2 {
		return value{}
	}
	pattern, _ := a[0].text()
	return rebuilt(in, func(k arrayKey, v value) (arrayKey, value, bool) {
		s, ok := v.text()
		re := expression(b, pattern, s)
		return k, v, ok && re != nil && re.FindStringSubmatchIndex(s) != nil
	})
}

const (
	offsetCapture   = 256 // PREG_OFFSET_CAPTURE: each group is a list of its text and its place
	unmatchedAsNull = 512 // PREG_UNMATCHED_AS_NULL
)

// groupOf is a group of a match.
func groupOf(s string, at []int, group int, flags int64) value {
	from, to := at[2*group], at[2*group+1]
	v := stringValue("")
	switch {
	case from >= 0:
		v.s = s[from:to]
	case flags&unmatchedAsNull != 0:
		v = value{kind: nullKind}
	}
	if flags&offsetCapture != 0 {
		v = listed([]argument{{value: v}, {value: integerValue(int64(from))}})
	}
	return v
}

// groupsOf are the groups of a match, with the names of those that have one, up to the
// last that has matched.
func groupsOf(b *script.Budget, re script.Expression, s string, at []int, flags int64) value {
	n := len(at) / 2
	for flags&unmatchedAsNull == 0 && n > 0 && at[2*n-1] < 0 {
		n--
	}
	groups := newArray(n)
	names := re.SubexpNames()
	for i := range n {
		v := groupOf(s, at, i, flags)
		if names[i] != "" {
			groups.set(arrayKey{s: "s" + names[i]}, v)
		}
		groups.set(arrayKey{n: int64(i)}, v)
	}
	b.Take(elementCost * len(at))
	return groups.value()
}

// setOrder is PREG_SET_ORDER: each match has its groups, and not each group its matches.
const setOrder = 2

// pregMatch is what preg_match, or preg_match_all, gives to its third argument.
func pregMatch(b *script.Budget, pattern, subject string, all bool, flags int64) value {
	re := expression(b, pattern, subject)
	if re == nil {
		return value{}
	}
	if !all {
		if at := re.FindStringSubmatchIndex(subject); at != nil {
			return groupsOf(b, re, subject, at, flags)
		}
		return newArray(0).value()
	}
	columns := newArray(0)
	if flags&setOrder != 0 {
		for _, at := range re.FindAllStringSubmatchIndex(subject, maxMatches) {
			columns.append(groupsOf(b, re, subject, at, flags))
		}
		return columns.value()
	}
	names := re.SubexpNames()
	for _, name := range names {
		columns.append(newArray(0).value())
		if name != "" {
			columns.set(arrayKey{s: "s" + name}, columns.values[len(columns.values)-1])
		}
	}
	for _, at := range re.FindAllStringSubmatchIndex(subject, maxMatches) {
		if !b.Take(elementCost * len(at)) {
			return value{}
		}
		for i := range min(len(names), len(at)/2) {
			columns.values[columns.find(arrayKey{n: int64(i)})].array.append(groupOf(subject, at, i, flags))
		}
	}
	return columns.value()
}

// matchesIn is how many matches pregMatch came to, which is what PHP's function returns.
func matchesIn(v value, all bool, flags int64) int64 {
	switch groups := v.array.values; {
	case !all:
		return int64(min(len(groups), 1))
	case flags&setOrder == 0 && len(groups) > 0 && groups[0].kind == arrayKind:
		return int64(len(groups[0].array.values))
	default:
		return int64(len(groups))
	}
}

// foldDeflated packs a string, for whoever unpacks it again.
func foldDeflated(how script.Compression) foldFunction {
	return func(b *script.Budget, a []value) value {
		const tables = 1 << 16 // bytes that each writer prepares, however short the string
		s := texts(a, 1)
		if s == nil || !b.Take(tables+4*len(s[0])) {
			return value{}
		}
		var out bytes.Buffer
		var w io.WriteCloser
		switch how {
		case script.Gzip:
			w = gzip.NewWriter(&out)
		case script.Zlib:
			w = zlib.NewWriter(&out)
		default:
			w, _ = flate.NewWriter(&out, flate.BestSpeed)
		}
		io.WriteString(w, s[0])
		w.Close()
		return stringValue(out.String())
	}
}
