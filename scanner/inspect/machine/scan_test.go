package machine

import "testing"

func TestTextsAreReadAsAFormatSays(t *testing.T) {
	m := testMachine()
	hexed, negative, word, letters, end := m.result(""), m.result(""), m.result(""), m.result(""), m.result("")
	arguments := []uint64{m.give("7f -12 os,as c7"), m.give("%x%d %[^,],%2c%*s%n"), hexed, negative, word, letters, end}
	if n := m.does("sscanf", arguments...); n != 4 {
		t.Errorf("%d are read", n)
	}
	if m.peek(hexed, 4) != 0x7f || int32(m.peek(negative, 4)) != -12 || m.text(word) != "os" || m.text(letters) != "as" || m.peek(end, 4) != 15 {
		t.Errorf("%x %d %q %q %d", m.peek(hexed, 4), int32(m.peek(negative, 4)), m.text(word), m.text(letters), m.peek(end, 4))
	}
	for _, format := range []string{"%", "%[", "%[]", "%[^", "%[^]", "%ms", "%999999999s", "%*", "%%", "%hhhhd", "%"} {
		m.does("sscanf", m.give("] a"), m.give(format), m.result(""))
	}
	for _, c := range []struct {
		text string
		base int
		want int64
		used int
	}{
		{"12a", 10, 12, 2}, {" -7", 10, -7, 3}, {"0x6f", 0, 0x6f, 4}, {"0x6f", 16, 0x6f, 4}, {"0163", 0, 0o163, 4}, {"0xg", 0, 0, 1}, {"0", 0, 0, 1},
		{"z", 36, 35, 1}, {"-", 10, 0, 0}, {"", 0, 0, 0}, {"1", 1, 0, 0},
	} {
		if n, used := number(c.text, c.base); int64(n) != c.want || used != c.used {
			t.Errorf("%q: %d of %d characters", c.text, int64(n), used)
		}
	}
}
