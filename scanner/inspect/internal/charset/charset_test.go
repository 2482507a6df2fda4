package charset

import "testing"

// Expected bytes are iconv's of the GNU C library.
func TestTextsAreConverted(t *testing.T) {
	for _, c := range []struct{ from, to, text, want string }{
		{"UTF-7", "UTF-8", "+AG8AcwBhAHMAYwByAGkAcAB0- -e +-x", "osascript -e +x"},
		{"IBM037", "UTF-8", "\x96\xa2\x81", "osa"},
		{"CP037", "utf8", "\x96\xa2\x81", "osa"},
		{"UTF-8", "IBM1047", "osa", "\x96\xa2\x81"},
		{"UTF-16LE", "UTF-8", "o\x00s\x00a\x00", "osa"},
		{"UCS-4BE", "UTF-8", "\x00\x00\x00o\x00\x00\x00s", "os"},
		{"UTF-8", "UTF-32LE", "o", "o\x00\x00\x00"},
		{"ISO-8859-1", "UTF-8//IGNORE", "\xe9", "é"},
		{"UTF-8", "latin1", "é€", "\xe9?"},
		{"UTF-8", "ASCII//TRANSLIT", "ｏs𝐚", "osa"},
		{"UTF-8", "ISO-8859-1//TRANSLIT", "ｏé", "o\xe9"},
		{"UTF-8", "UTF-8//TRANSLIT", "ｏ", "ｏ"},
		{"KOI8-R", "UTF-8", "\xcf", "о"},
		{"what", "ever", "osa", "osa"},
	} {
		if got, ok := Convert(c.text, c.from, c.to); got != c.want || !ok {
			t.Errorf("%s to %s: %q, %t, want %q", c.from, c.to, got, ok, c.want)
		}
	}
	if got, ok := Convert("+A", "UTF-7", "UTF-8"); ok {
		t.Errorf("a text that is no UTF-7: %q", got)
	}
	if got, ok := Convert("о", "UTF-8", "IBM037"); ok {
		t.Errorf("a letter that a mainframe lacks: %q", got)
	}
}
