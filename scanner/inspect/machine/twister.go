package machine

// The Mersenne Twister of Matsumoto and Nishimura (MT19937), as GLib and PHP's engine have it.

const (
	twisterSize, twisterMiddle = 624, 397
	twisterSteps               = 64 // that a seed takes
)

type twister struct {
	state [twisterSize]uint32
	next  int
}

func (t *twister) seed(n uint32) {
	for i := range t.state {
		t.state[i] = n
		n = 1812433253*(n^n>>30) + uint32(i) + 1
	}
	t.next = twisterSize
}

func (t *twister) number() uint32 {
	if t.next == twisterSize {
		for i := range t.state {
			x := t.state[i]&(1<<31) | t.state[(i+1)%twisterSize]&(1<<31-1)
			t.state[i] = t.state[(i+twisterMiddle)%twisterSize] ^ x>>1 ^ -(x&1)&0x9908b0df
		}
		t.next = 0
	}
	n := t.state[t.next]
	t.next++
	n ^= n >> 11
	n ^= n << 7 & 0x9d2c5680
	n ^= n << 15 & 0xefc60000
	return n ^ n>>18
}

// below is a number below a limit, of which those are thrown away that would make some
// likelier than others. Both libraries do it alike, but for how they find out which.
func (t *twister) below(limit uint32) uint32 {
	n := t.number()
	if limit == 0 { // which has no room for all
		return n
	}
	last := ^uint32(0) - -limit%limit // before a multiple of the limit
	for tries := 0; n > last && tries < twisterSteps; tries++ {
		n = t.number()
	}
	return n % limit
}

// twisted does what a function of such a generator would, if it is one that is known and the
// generator has a seed: the libraries ask the system for one else.
func (m *machine) twisted(name string, a [6]uint64) (result uint64, known bool) {
	at := uint64(0) // of the one that all share
	switch name {
	case "php_mt_srand", "g_random_set_seed":
		m.seedTwister(at, a[0])
		return 0, true
	case "g_rand_new_with_seed":
		to := m.result("")
		m.seedTwister(to, a[0])
		return to, true
	case "g_rand_set_seed":
		m.seedTwister(a[0], a[1])
		return 0, true
	case "g_rand_int", "g_rand_int_range":
		at = a[0]
	}
	t := m.chance.twisters[at]
	if t == nil {
		return 0, false
	}
	switch name {
	case "php_mt_rand", "g_random_int", "g_rand_int":
		return uint64(t.number()), true
	case "php_mt_rand_range", "php_mt_rand_common": // up to the last one
		return a[0] + uint64(t.below(uint32(a[1]-a[0])+1)), true
	case "g_random_int_range":
		return uint64(uint32(a[0]) + t.below(uint32(a[1]-a[0]))), true
	case "g_rand_int_range":
		return uint64(uint32(a[1]) + t.below(uint32(a[2]-a[1]))), true
	}
	return 0, false
}

// seedTwister seeds the generator at an address.
func (m *machine) seedTwister(at, seed uint64) {
	m.steps -= twisterSteps
	c := &m.chance
	if c.twisters == nil {
		c.twisters = map[uint64]*twister{}
	}
	if c.twisters[at] == nil && len(c.twisters) < maxGenerators {
		c.twisters[at] = &twister{}
	}
	if t := c.twisters[at]; t != nil {
		t.seed(uint32(seed))
	}
}
