package locate

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func allAfter(t *testing.T, r io.Reader, mark string) []string {
	t.Helper()
	var found []string
	if err := eachAfter(r, []byte(mark), func(text []byte) bool {
		found = append(found, string(text))
		return true
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestStringsAfterAMark(t *testing.T) {
	const mark = "configure arguments:"
	cases := map[string]struct {
		data string
		want []string
	}{
		"ends at a zero byte":            {"x" + mark + " a\x00b", []string{" a"}},
		"ends at a line":                 {mark + " a\nb", []string{" a"}},
		"ends with the file":             {mark + " a", []string{" a"}},
		"twice":                          {mark + "1\x00" + mark + "2\x00", []string{"1", "2"}},
		"none":                           {"configure argument", nil},
		"across the edge of a window":    {strings.Repeat("x", 1<<20-10) + mark + " a\x00", []string{" a"}},
		"text across the edge":           {strings.Repeat("x", 1<<20-25) + mark + " abcdefgh\x00", []string{" abcdefgh"}},
		"no longer than the limit":       {mark + strings.Repeat("y", 3<<20), []string{strings.Repeat("y", maxString)}},
		"the mark as the last of a file": {"x" + mark, []string{""}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := allAfter(t, strings.NewReader(c.data), mark); !slices.Equal(got, c.want) {
				t.Errorf("got %.60q, want %.60q", got, c.want)
			}
		})
	}
}

func TestStringsAfterTellsOfAReadError(t *testing.T) {
	broken := errors.New("broken")
	err := eachAfter(iotest.ErrReader(broken), []byte("x"), func([]byte) bool { return true })
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

func FuzzStringsAfter(f *testing.F) {
	f.Add([]byte("xabaab\x00ab\n"), []byte("ab"))
	f.Add([]byte("aaaa"), []byte("aa"))
	f.Fuzz(func(t *testing.T, data, mark []byte) {
		if len(mark) == 0 || strings.ContainsAny(string(mark), "\x00\n") {
			return
		}
		got := len(allAfter(t, strings.NewReader(string(data)), string(mark)))
		if want := strings.Count(string(data), string(mark)); got != want {
			t.Errorf("%d marks found, %d are there", got, want)
		}
	})
}
