package script

import "testing"

func TestOriginsOfCopiesAndComputedPieces(t *testing.T) {
	b := &Builder{}
	b.Copied([]byte("abc"), 10)
	b.Copied([]byte("def"), 13)
	b.Computed("osascript", 20, 40)
	b.Copied([]byte("x"), 40)
	o := b.origins
	if len(o) != 3 {
		t.Fatalf("pieces that continue one another were kept apart: %v", o)
	}
	for _, test := range []struct{ from, to, start, end int }{
		{0, 3, 10, 13}, {2, 5, 12, 15}, {6, 15, 20, 40}, {8, 9, 20, 40}, {5, 16, 15, 41}, {4, 4, 14, 15},
	} {
		if start, end := o.span(test.from, test.to); start != test.start || end != test.end {
			t.Errorf("span(%d, %d) = %d, %d, want %d, %d", test.from, test.to, start, end, test.start, test.end)
		}
	}
}

func TestUTF16IsReadWithAndWithoutMark(t *testing.T) {
	units := "e\x00v\x00a\x00l\x00(\x001\x00)\x00;\x00 \x00\xe9\x00=\xd8\x00\xde!\x00"
	for name, data := range map[string]string{"mark": "\xff\xfe" + units, "no mark": units} {
		text, from := toUTF8([]byte(data))
		if string(text) != "eval(1); é😀!" {
			t.Fatalf("%s: %q", name, text)
		}
		base := len(data) - len(units)
		if start, end := from.span(len(text)-1, len(text)); start != base+24 || end != base+26 {
			t.Errorf("%s: the last character comes from %d to %d", name, start, end)
		}
		if start, _ := from.span(4, 5); start != base+8 {
			t.Errorf("%s: the parenthesis comes from %d", name, start)
		}
	}
	big := "\xfe\xff\x00a\x00b"
	if text, _ := toUTF8([]byte(big)); string(text) != "ab" {
		t.Errorf("big endian: %q", text)
	}
	plain := "\x00\x00plain"
	if text, from := toUTF8([]byte(plain)); string(text) != plain || from != nil {
		t.Errorf("plain bytes became %q", text)
	}
}

func TestWhatIsCutAndPastedKeepsItsPlace(t *testing.T) {
	b := NewBuilder(0)
	b.Copied([]byte("abcdef"), 10)
	b.Computed("xy", 20, 30)
	rest := b.Cut(4)
	if b.String() != "abcd" || rest.String() != "efxy" {
		t.Fatalf("cut into %q and %q", b, rest)
	}
	b.Computed("!", 0, 5)
	b.Paste(rest, 100)
	v := b.View(nil, "")
	for _, test := range []struct{ from, to, start, end int }{{0, 4, 10, 14}, {4, 5, 0, 5}, {5, 7, 114, 116}, {7, 8, 120, 130}} {
		if start, end := v.Origin(test.from, test.to); start != test.start || end != test.end {
			t.Errorf("%q comes from %d, %d, want %d, %d", v.Text[test.from:test.to], start, end, test.start, test.end)
		}
	}
}
