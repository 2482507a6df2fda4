package machine

import "strings"

// The memory of the family of drand48, as struct drand48_data of the GNU C library has it:
// the state, the one before, what is added, whether that and the factor are set, and it.
const (
	before48, added48, set48, factor48 = 6, 12, 14, 16

	usualFactor, usualAdded = 0x5deece66d, 0xb
	seedEnd                 = 0x330e // of the state after a seed
	appleSeed               = 0x1234abcd
	mask48                  = 1<<48 - 1
)

// generated48 does what a function of the family of drand48 would, if name is one.
func (m *machine) generated48(name string, a [6]uint64) (result uint64, known bool) {
	plain, own := strings.CutSuffix(name, "_r") // with memory of the caller's, and a place for the result
	if len(plain) < 6 || !strings.HasSuffix(plain, "48") {
		return 0, false
	}
	var data, to uint64
	place := func(n int) {
		if data = m.state48(); own {
			data, to = a[n], a[n+1]
		}
	}
	at := uint64(0)
	switch plain {
	case "srand48", "seed48", "lcong48":
		place(1)
		m.write(data+set48, 0, 2)
		switch plain {
		case "srand48":
			m.write(data, uint64(uint32(a[0]))<<16|seedEnd, 6)
			return 0, true
		case "seed48":
			m.put(data+before48, m.load(data, 6))
			m.put(data, m.load(a[0], 6))
			if own {
				m.write(to, data+before48, 8)
			}
			return data + before48, true
		}
		m.write(data, m.peek(a[0], 6), 6)
		m.write(data+factor48, m.peek(a[0]+6, 6), 8)
		m.write(data+added48, m.peek(a[0]+12, 2), 2)
		m.write(data+set48, 1, 2)
		return 0, true
	case "lrand48", "mrand48", "drand48":
		place(0)
		at = data
	case "nrand48", "jrand48", "erand48":
		place(1)
		at = a[0]
	default:
		return 0, false
	}
	factor, added := uint64(usualFactor), uint64(usualAdded)
	if m.peek(data+set48, 2) != 0 {
		factor, added = m.peek(data+factor48, 8), m.peek(data+added48, 2)
	}
	state := (m.peek(at, 6)*factor + added) & mask48
	m.write(at, state, 6)
	switch plain[0] {
	case 'l', 'n':
		result = state >> 17
	case 'm', 'j':
		result = uint64(int64(int32(state >> 16)))
	}
	if own {
		if plain[0] != 'd' && plain[0] != 'e' {
			m.write(to, result, 8)
		}
		return 0, true
	}
	return result, true
}

// state48 is where the library has its state, which on Linux begins with zero.
func (m *machine) state48() uint64 {
	if m.chance.own48 == 0 {
		m.chance.own48 = m.result("")
		if m.image.Apple {
			m.write(m.chance.own48, appleSeed<<16|seedEnd, 6)
		}
	}
	return m.chance.own48
}
