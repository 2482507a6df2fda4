package machine

import (
	"slices"
	"testing"
)

// What is wanted was written down from the libraries themselves; of macOS, what is known of it.
func TestGeneratorsGiveWhatTheirSeedsDecide(t *testing.T) {
	type call struct {
		name      string
		arguments []uint64
	}
	seeded := func(name string, arguments ...uint64) call { return call{name, arguments} }
	for _, c := range []struct {
		what  string
		apple bool
		calls []call
		want  []int64
	}{
		{"lrand48 that has no seed", false, []call{seeded("lrand48"), seeded("lrand48")}, []int64{0, 2116118}},
		{"lrand48 of macOS", true, []call{seeded("srand48", appleSeed), seeded("lrand48")}, []int64{0, 851401618}},
		{"lrand48 of macOS that has no seed", true, []call{seeded("lrand48")}, []int64{851401618}},
		{"the family of drand48", false, []call{seeded("srand48", 19264), seeded("lrand48"), seeded("mrand48"), seeded("drand48"), seeded("lrand48")},
			[]int64{0, 658208398, -83300159, 0, 1424246577}},
		{"rand that has no seed", false, []call{seeded("rand"), seeded("random")}, []int64{1804289383, 846930886}},
		{"rand", false, []call{seeded("srand", 42), seeded("rand"), seeded("rand"), seeded("srandom", 0xdeadbeef), seeded("random")}, []int64{0, 71876166, 708592740, 0, 352217057}},
		{"rand of macOS that has no seed", true, []call{seeded("rand"), seeded("rand"), seeded("rand")}, []int64{16807, 282475249, 1622650073}},
		{"random of macOS", true, []call{seeded("srandom", 1), seeded("rand"), seeded("random")}, []int64{0, 16807, 1804289383}},
		{"states", false, []call{seeded("random"), seeded("initstate", 5, 64, 64), seeded("random"), seeded("initstate", 5, 8, 8), seeded("random"), seeded("setstate", 64), seeded("random")},
			[]int64{1804289383, 0, 256049136, 64, 1222621274, 8, 304529766}},
		{"GLib", false, []call{seeded("g_random_set_seed", 42), seeded("g_random_int"), seeded("g_random_int")}, []int64{0, 1608637542, 3421126067}},
		{"PHP", false, []call{seeded("php_mt_srand", 42), seeded("php_mt_rand"), seeded("php_mt_rand_range", 1, 100), seeded("php_mt_rand_range", 0, 255)}, []int64{0, 1608637542, 68, 92}},
	} {
		m := testMachine()
		m.image.Apple = c.apple
		var got []int64
		for _, call := range c.calls {
			got = append(got, int64(m.does(call.name, call.arguments...)))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %d, not %d", c.what, got, c.want)
		}
	}
}

// Generators that keep their state where the caller says.
func TestGeneratorsOfTheCallersMemory(t *testing.T) {
	m := testMachine()
	data, to, state := m.result(""), m.result(""), m.result("")
	words := func(numbers ...uint64) uint64 {
		at := m.result("")
		for i, n := range numbers {
			m.write(at+2*uint64(i), n, 2)
		}
		return at
	}
	x := words(1, 2, 3)
	if n := m.does("nrand48", x); n != 949179875 {
		t.Errorf("nrand48: %d", n)
	}
	if n := m.does("jrand48", x); n != 1130126687 || m.peek(x, 2) != 0xf123 {
		t.Errorf("jrand48: %d, %x", n, m.peek(x, 2))
	}
	m.does("lcong48", words(1, 2, 3, 0xe66d, 0xdeec, 5, 77))
	before := m.does("seed48", words(4, 5, 6))
	if n := m.does("lrand48"); m.peek(before, 6) != 3<<32|2<<16|1 || n != 1621294570 {
		t.Errorf("seed48: %x, %d", m.peek(before, 6), n)
	}
	m.does("srand48_r", 7, data)
	if m.does("lrand48_r", data, to); m.peek(to, 8) != 572184555 {
		t.Errorf("lrand48_r: %d", m.peek(to, 8))
	}
	m.write(state, 9, 4)
	if n := m.does("rand_r", state); n != 2140032879 || m.peek(state, 4) != 728746556 {
		t.Errorf("rand_r: %d, %d", n, m.peek(state, 4))
	}
	m.does("initstate_r", 11, m.result(""), 256, state)
	if m.does("random_r", state, to); m.peek(to, 4) != 393376513 {
		t.Errorf("random_r: %d", m.peek(to, 4))
	}
	other := m.does("g_rand_new_with_seed", 42)
	m.does("g_rand_set_seed", data, 7)
	if n := m.does("g_rand_int", other); n != 1608637542 {
		t.Errorf("g_rand_int: %d", n)
	}
}

func TestGeneratorsAreBounded(t *testing.T) {
	m := testMachine()
	calls := 0
	for ; m.steps > 0; calls++ {
		m.does("g_rand_new_with_seed", 1)
		m.does("initstate", 1, uint64(calls), 256)
		m.does("random")
	}
	if len(m.chance.random) > maxGenerators || len(m.chance.twisters) > maxGenerators || calls > allSteps/twisterSteps {
		t.Errorf("%d and %d generators, %d calls", len(m.chance.random), len(m.chance.twisters), calls)
	}
}

func TestTwistersWithoutASeedAreNotKnown(t *testing.T) {
	m := testMachine()
	for _, name := range []string{"g_random_int", "php_mt_rand_range", "g_rand_int"} {
		if n, known := m.twisted(name, [6]uint64{}); known {
			t.Errorf("%s gives %d", name, n)
		}
	}
}
