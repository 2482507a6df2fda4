package shell

import (
	"math"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// What a line comes to may be ever so much longer than it: a function may be called again and
// again, and expand a variable again and again.

// maxRead is how many bytes all texts and words of a line may have together, and sliceCost the
// part of a value that a piece of it costs.
const (
	maxRead   = 64 * MaxLine
	sliceCost = 16
)

// affords tells whether so many bytes may yet be read, and counts them.
func (s *state) affords(bytes int) bool {
	if bytes > maxRead-s.bytes {
		return false
	}
	s.bytes += bytes
	return true
}

// size is how many bytes parts of a word may come to, at most a few more than may be read. What
// substitutions write is bounded by itself.
func (s *state) size(parts []syntax.WordPart) (n int) {
	for _, part := range parts {
		switch p := part.(type) {
		case *syntax.Lit:
			n += len(p.Value)
		case *syntax.SglQuoted:
			n += len(p.Value)
		case *syntax.DblQuoted:
			n += s.size(p.Parts)
		case *syntax.ParamExp:
			n += s.expandedSize(p)
		}
		if n > maxRead {
			return maxRead + 1
		}
	}
	return n
}

// expandedSize is size for the expansion of a variable.
func (s *state) expandedSize(p *syntax.ParamExp) (n int) {
	v := environ{s}.Get(p.Param.Value)
	if p.Excl {
		v = environ{s}.Get(v.Str) // ${!a} has the name of another
	}
	n = len(v.Str)
	for _, item := range v.List {
		n += len(item)
	}
	n = min(n, maxRead+1)
	switch {
	case p.Slice != nil:
		n /= sliceCost
	case p.Repl != nil && p.Repl.With != nil:
		n *= max(1, s.size(p.Repl.With.Parts)) // in place of each letter
	case p.Exp != nil && p.Exp.Word != nil:
		n += s.size(p.Exp.Word.Parts)
	}
	return min(n, maxRead+1)
}

// expansions are how many words the braces of one may make of it, ever so many of a few
// bytes: no less than there are.
func expansions(w *syntax.Word) float64 {
	opens, commas := 0, 0
	for _, part := range w.Parts {
		if plain, ok := part.(*syntax.Lit); ok {
			opens += strings.Count(plain.Value, "{")
			commas += strings.Count(plain.Value, ",")
		}
	}
	if opens == 0 {
		return 1
	}
	return math.Pow(1+float64(commas)/float64(opens), float64(opens))
}

// affordable are the words of a list, which are not known where the braces of all before
// and theirs make too many, or what is expanded in them is too long.
func (s *state) affordable(list []*syntax.Word) []*syntax.Word {
	left, cut := float64(maxWords), false
	for i, w := range list {
		n := expansions(w)
		if (n == 1 || n <= left) && s.affords(int(n)*s.size(w.Parts)) {
			left -= n - 1
			continue
		}
		if !cut {
			list, cut = slices.Clone(list), true
		}
		list[i] = &syntax.Word{Parts: []syntax.WordPart{&syntax.Lit{Value: unknown}}}
	}
	return list
}
