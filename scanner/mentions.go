package scanner

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"
)

// A mention is a name of tests that stands in a script: of a directory
// ("__tests__") or of a file without its suffix ("cart.test"), in lower case. What
// has a word of it may find its way there, in a way that only running it would
// show: so whatever bears the name counts.

// maxMentions bounds the mentions of one file.
const maxMentions = 1_000

// Edges tells the bytes between which a name must stand.
type edges [256]bool

var (
	// inStrings are the edges of a segment of a path in a string.
	inStrings = edgesOf(func(c byte) bool { return strings.IndexByte("\"'`/\\#?", c) >= 0 })
	// inCommands are the edges of a word of the shell.
	inCommands = edgesOf(func(c byte) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("_-.%", c) >= 0 || c >= 0x80)
	})
)

func edgesOf(isEdge func(c byte) bool) *edges {
	var e edges
	for c := range e {
		e[c] = isEdge(byte(c))
	}
	return &e
}

// mention keeps the names of tests that the text has between edges.
func (r *fileReferences) mention(text []byte, between *edges) {
	begin := 0
	had := map[string]bool{}
	var words wordsOfTests
	for i := 0; i <= len(text); i++ {
		if i < len(text) && !between[text[i]] {
			continue
		}
		name := text[begin:i]
		files := words.within(text, begin, i)
		begin = i + 1
		if !files && !isTestDir(name) || len(name) > 255 {
			continue
		}
		mention := testName(string(name))
		if mention == "" || compared(text, i-len(name), i) {
			continue
		}
		if to := pathAround(text, i-len(name), i, between); to != "" {
			r.lead(to)
		}
		if had[mention] {
			continue
		}
		if len(r.mentions) == maxMentions {
			r.partial = true
			return
		}
		had[mention] = true
		r.mentions = append(r.mentions, mention)
	}
}

// wordsOfTests finds what the name of a file of tests has, or any name that is written
// with escapes: where each of these words stands next. It is asked of every segment.
type wordsOfTests [3]struct{ next int }

var testWords = [len(wordsOfTests{})][]byte{[]byte("est"), []byte("pec"), []byte("%")}

// within tells whether one of the words begins in text[from:to]. From one call to the
// next, the places go up.
func (w *wordsOfTests) within(text []byte, from, to int) bool {
	found := false
	for i, word := range testWords {
		if w[i].next < from || from == 0 {
			if n := bytes.Index(text[from:], word); n >= 0 {
				w[i].next = from + n
			} else {
				w[i].next = len(text)
			}
		}
		found = found || w[i].next < to
	}
	return found
}

// isTestDir tells whether a segment is one of testDirs, in whatever case.
func isTestDir(name []byte) bool {
	const shortest, longest = len("e2e"), len("__fixtures__")
	return len(name) >= shortest && len(name) <= longest && strings.IndexByte(testInitials, name[0]|0x20) >= 0 &&
		slices.Contains(testDirs, string(bytes.ToLower(name)))
}

// testInitials are the first letters of testDirs, with the bit that makes a
// letter small.
var testInitials = func() string {
	var initials []byte
	for _, dir := range testDirs {
		initials = append(initials, dir[0]|0x20)
	}
	return string(initials)
}()

// compared reports whether text[from:to] is a string that another value is
// compared with, as in NODE_ENV === "test": that leads nowhere.
func compared(text []byte, from, to int) bool {
	if from == 0 || to == len(text) || text[from-1] != text[to] || text[to] != '"' && text[to] != '\'' {
		return false
	}
	before := strings.TrimRight(string(text[max(0, from-8):from-1]), " ")
	after := strings.TrimLeft(string(text[to+1:min(len(text), to+8)]), " ")
	return strings.HasSuffix(before, "==") || strings.HasPrefix(after, "==") || strings.HasPrefix(after, "!=")
}

// testName returns the mention that a segment of a path is, or "".
func testName(segment string) string {
	if strings.Contains(segment, "%") {
		if plain, err := url.PathUnescape(segment); err == nil {
			segment = plain
		}
	}
	lower := strings.ToLower(segment)
	if slices.Contains(testDirs, lower) {
		return lower
	}
	for _, suffix := range []string{"", ".js", ".php"} {
		if isTestPath(segment + suffix) {
			return testStem(lower)
		}
	}
	return ""
}

// testStem is the name of a test file without the suffix that a loader may add.
func testStem(base string) string {
	if ext := path.Ext(base); ext != ".test" && ext != ".spec" {
		base = strings.TrimSuffix(base, ext)
	}
	return base
}

// mentionsOf are the mentions in the entries that lead to no file as they stand:
// patterns, directories, names in other cases. "*" alone says of no test that it
// is more than one.
func mentionsOf(files []string) []string {
	var mentions []string
	for _, file := range files {
		segments := strings.Split(path.Clean(file), "/")
		for i, segment := range segments {
			before, after, isPattern := strings.Cut(segment, "*")
			if !isPattern {
				mentions = append(mentions, testName(segment))
				continue
			}
			last := i == len(segments)-1 // "*" may stand for the rest of the path
			for _, dir := range testDirs {
				if before+after != "" && strings.HasPrefix(dir, before) && (last && before != "" || strings.HasSuffix(dir, after)) {
					mentions = append(mentions, dir)
				}
			}
		}
	}
	return mentions
}

// bears reports whether a test's name has one of the mentions.
func bears(name string, mentions map[string]bool) bool {
	dir, base := path.Split(strings.ToLower(name))
	if mentions[testStem(base)] {
		return true
	}
	for element := range strings.SplitSeq(dir, "/") {
		if mentions[element] {
			return true
		}
	}
	return false
}
