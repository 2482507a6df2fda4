package machine

import (
	"math"
	"testing"
)

func TestDatesAreTakenApartAndPutTogether(t *testing.T) {
	m := testMachine()
	date := m.result("")
	m.putBroken(date, broken{0, 0, 0, 111, 0, 104}) // a day of January that is one of April
	if at := m.does("timegm", date); at != 1082419200 || m.broken(date) != (broken{0, 0, 0, 20, 3, 104, 2, 110}) {
		t.Errorf("timegm: %d, %d", at, m.broken(date))
	}
	at := m.result("")
	m.write(at, 1082419200+3661, 8)
	for name, to := range map[string]uint64{"gmtime": m.does("gmtime", at), "localtime_r": m.does("localtime_r", at, m.result(""))} {
		if m.broken(to) != (broken{1, 1, 1, 20, 3, 104, 2, 110}) {
			t.Errorf("%s: %d", name, m.broken(to))
		}
	}
	m.write(at, math.MaxUint64>>1, 8)
	m.does("gmtime", at)
	m.putBroken(date, broken{math.MaxInt32, math.MinInt32, math.MaxInt32, math.MinInt32, math.MaxInt32, math.MaxInt32, math.MinInt32, math.MinInt32})
	m.does("mktime", date)
	m.does("asctime", date)
}

// What is wanted is what the GNU C library makes of the same.
func TestDatesAreReadAndWrittenAsAFormatSays(t *testing.T) {
	m := testMachine()
	for _, c := range []struct {
		text, format, rest string
		want               broken
	}{
		{"1999-08-07 11:05:09 PM x", "%Y-%m-%d %I:%M:%S %p", " x", broken{9, 5, 23, 7, 7, 99, 6, 218}},
		{"2004 111", "%Y %j", "", broken{0, 0, 0, 20, 3, 104, 2, 110}},
		{"Tue, 20 april 04%", "%a, %d %b %y%%", "", broken{0, 0, 0, 20, 3, 104, 2, 110}},
		{"04/20/04 1:2", "%D %R", "", broken{0, 2, 1, 20, 3, 104, 2, 110}},
		{"12 AM", "%I %p", "", broken{}},
		{"1082419200", "%s", "", broken{0, 0, 0, 20, 3, 104, 2, 110}},
	} {
		to, text := m.result(""), m.give(c.text)
		end := m.does("strptime", text, m.give(c.format), to)
		if end != text+uint64(len(c.text)-len(c.rest)) || m.broken(to) != c.want {
			t.Errorf("%s: to %x, %d", c.text, end-text, m.broken(to))
		}
	}
	for _, c := range [][2]string{{"x", "%d"}, {"1", "1%d"}, {"ab", "%a"}, {"1", "%Q"}, {"1 XM", "%I %p"}, {"a", "b"}} {
		if m.does("strptime", m.give(c[0]), m.give(c[1]), m.result("")) != 0 {
			t.Errorf("%s is read as %s", c[0], c[1])
		}
	}
	date, to := m.result(""), m.result("")
	m.putBroken(date, broken{5, 4, 13, 20, 3, 104, 2, 110})
	const want = "Tue Tuesday Apr April Tue Apr 20 13:04:05 2004 04/20/04 20 2004-04-20 01 111 04 PM 04 13:04:05%"
	if n := m.does("strftime", to, 200, m.give("%a %A %b %B %c %D %e %F %I %j %m %p %y %T%%"), date); m.text(to) != want || n != uint64(len(want)) {
		t.Errorf("strftime: %q", m.text(to))
	}
	if m.does("strftime", to, 4, m.give("%Y"), date) != 0 {
		t.Error("a text without room is written")
	}
	if got := m.text(m.does("asctime", date)); got != "Tue Apr 20 13:04:05 2004\n" {
		t.Errorf("asctime: %q", got)
	}
}
