package php

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// foldVersions is version_compare.
func foldVersions(b *script.Budget, a []value) value {
	const longest = 256
	s := texts(a[:min(2, len(a))], 2)
	if s == nil || max(len(s[0]), len(s[1])) > longest || !b.Take(4*longest) {
		return value{}
	}
	order := compareVersions(s[0], s[1])
	if len(a) < 3 || a[2].kind == nullKind {
		return integerValue(int64(order))
	}
	operator, _ := a[2].text()
	switch operator {
	case "<", "lt":
		return boolValue(order < 0)
	case "<=", "le":
		return boolValue(order <= 0)
	case ">", "gt":
		return boolValue(order > 0)
	case ">=", "ge":
		return boolValue(order >= 0)
	case "==", "eq":
		return boolValue(order == 0)
	case "!=", "<>", "ne":
		return boolValue(order != 0)
	}
	return value{}
}

// anyNumber is a part of a version that stands for a number, where one is compared with
// a word.
const anyNumber = "#"

// compareVersions compares the parts of two versions in turn.
func compareVersions(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(len(a), len(b))
	}
	a, b = withDots(a), withDots(b)
	for moreA, moreB := true, true; ; {
		switch {
		case moreA && moreB && a != "" && b != "":
			var x, y string
			x, a, moreA = strings.Cut(a, ".")
			y, b, moreB = strings.Cut(b, ".")
			if order := compareParts(x, y); order != 0 {
				return order
			}
		case moreA && startsNumber(a):
			return 1
		case moreA:
			return compareVersions(a, anyNumber)
		case moreB && startsNumber(b):
			return -1
		case moreB:
			return compareVersions(anyNumber, b)
		default:
			return 0
		}
	}
}

func startsNumber(part string) bool { return part != "" && isDigit(part[0]) }

// withDots is a version with a dot between any two of its numbers and words. PHP takes
// one that begins as anyNumber does as it stands.
func withDots(version string) string {
	if strings.HasPrefix(version, anyNumber) {
		return version
	}
	out := []byte{version[0]}
	for i := 1; i < len(version); i++ {
		c, last := version[i], version[i-1]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		changes := !isDigit(last) && last != '.' && isDigit(c) || isDigit(last) && !isDigit(c) && strings.IndexByte("-_+.", c) < 0
		if (changes || !isDigit(c) && !letter) && out[len(out)-1] != '.' {
			out = append(out, '.')
		}
		if changes || isDigit(c) || letter {
			out = append(out, c)
		}
	}
	return string(out)
}

// versionWords are the words of versions by which is earlier, with what a number is
// among them; others are earlier than all.
var versionWords = [][]string{{"dev"}, {"alpha", "a"}, {"beta", "b"}, {"RC", "rc"}, {anyNumber}, {"pl", "p"}}

func compareParts(x, y string) int {
	if startsNumber(x) && startsNumber(y) {
		n, _ := strconv.ParseInt(x, 10, 64) // the largest there is where it is larger
		m, _ := strconv.ParseInt(y, 10, 64)
		return cmp.Compare(n, m)
	}
	return cmp.Compare(rankOf(x), rankOf(y))
}

func rankOf(part string) int {
	if startsNumber(part) {
		part = anyNumber
	}
	return slices.IndexFunc(versionWords, func(words []string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(part, word) })
	})
}
