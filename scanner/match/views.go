package match

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// Decoded returns vars as they are for the decoded view of the same file.
func (vars Variables) Decoded(view *script.View) Variables {
	names := map[script.UseKind][]string{}
	for _, use := range view.Uses {
		names[use.Kind] = append(names[use.Kind], withoutNUL(use.Name))
	}
	decoded := maps.Clone(vars)
	if decoded == nil {
		decoded = Variables{}
	}
	decoded["view"] = "decoded"
	for kind, external := range useExternals {
		slices.Sort(names[kind])
		decoded[external] = list(slices.Compact(names[kind]))
	}
	return decoded
}

// useExternals are the externals that hold the names of uses.
var useExternals = map[script.UseKind]string{script.Module: "modules", script.Call: "calls"}

// MatchViews applies every rule to a file and then, where view is not nil, to
// its decoded view, unless that is plain. A rule that matches both is told by the first. The order and
// the errors are those of [Scanner.Match].
func (s *Scanner) MatchViews(data []byte, view *script.View, vars Variables) ([]Match, error) {
	matches, err := s.Match(data, vars)
	if err != nil || view == nil || view.Plain {
		return matches, err
	}
	vars = vars.Decoded(view)
	decoded, err := s.match(view.Text, vars)
	if err != nil {
		return nil, err
	}
	translator := newTranslator(data, view, vars)
	for i := range decoded {
		m := &decoded[i]
		if slices.ContainsFunc(matches, func(raw Match) bool { return raw.Rule.Namespace == m.Rule.Namespace && raw.Rule.Name == m.Rule.Name }) {
			continue
		}
		translator.translate(m)
		if m.Hidden || !m.Rule.OnlyHidden {
			matches = append(matches, *m)
		}
	}
	slices.SortFunc(matches, compareMatches)
	return matches, nil
}

// A translator tells where in the file stands what was found in its decoded
// view, and whether it stands there as it is.
type translator struct {
	data []byte
	view *script.View
	vars Variables
	uses map[useName][]script.Use
}

type useName struct{ external, name string }

// comments are what JavaScript and PHP have beside code. Within a string a part
// of it may be taken for one, so that a word counts as hidden which is not.
var comments = regexp.MustCompile(`(?s)/\*.*?\*/|(?:^|[^:])//[^\n]*`)

func newTranslator(data []byte, view *script.View, vars Variables) *translator {
	t := &translator{data: data, view: view, vars: vars, uses: map[useName][]script.Use{}}
	for _, use := range view.Uses {
		key := useName{useExternals[use.Kind], withoutNUL(use.Name)}
		if len(t.uses[key]) < maxHits {
			t.uses[key] = append(t.uses[key], use)
		}
	}
	return t
}

func (t *translator) translate(m *Match) {
	for i := range m.Hits {
		hit := &m.Hits[i]
		found := t.view.Text[hit.Offset : hit.Offset+int64(hit.Length)]
		start, end := t.view.Origin(int(hit.Offset), int(hit.Offset)+hit.Length)
		hit.Offset, hit.Length = int64(start), end-start
		hit.Hidden = !stands(found, t.data[start:end], t.data)
	}
	addNames(m, t.vars, func(external, name string) []Hit {
		var hits []Hit
		for _, use := range t.uses[useName{external, name}] {
			hit := Hit{Offset: int64(use.Start), Length: use.End - use.Start, Name: external, Hidden: use.Hidden}
			hit.Text = excerpt(t.data[use.Start:use.End])
			if use.Hidden {
				hit.Text = excerpt([]byte(name + " from " + hit.Text))
			}
			hits = append(hits, hit)
		}
		return hits
	})
	m.Hidden = hidden(m.Hits)
}

// hidden holds where something that the rule asked for is only to be had by
// decoding: all hits of one string or of one external are hidden.
func hidden(hits []Hit) bool {
	inClear := map[string]bool{}
	for _, hit := range hits {
		inClear[hit.Name] = inClear[hit.Name] || !hit.Hidden
	}
	for _, clear := range inClear {
		if !clear {
			return true
		}
	}
	return false
}

// stands reports whether every word of what was found stands in the original,
// outside of comments, or at the beginning of a constant elsewhere in the file: a
// variable that holds one hides nothing. Quotes, blanks and backslashes may
// differ, and so may parentheses: the decoded view has its own.
func stands(found, original, file []byte) bool {
	original = comments.ReplaceAll(original, []byte(" "))
	for word := range bytes.FieldsFuncSeq(found, func(r rune) bool { return strings.ContainsRune("\"'`\\() \t\r\n", r) }) {
		if !bytes.Contains(original, word) &&
			!bytes.Contains(file, slices.Concat([]byte("'"), word)) && !bytes.Contains(file, slices.Concat([]byte(`"`), word)) {
			return false
		}
	}
	return true
}
