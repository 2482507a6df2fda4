package machine

// Generators of numbers that a seed alone decides, so that a file may know beforehand what
// they give and keep a text under it. Their formulas are those of POSIX for the family of
// drand48, and else those of the GNU C library and of macOS, which both say that programs
// may count on them. Fractions are not followed here; who asks for one moves the generator on.

const (
	maxGenerators  = 16 // that have memory of their own
	generatorSteps = 32 // that a seed takes
)

// A generator is one of random: each number is the sum of two before.
type generator struct {
	state       []uint32
	front, rear int
}

// A chance is what the generators of a pass are at.
type chance struct {
	rand     uint32 // of macOS
	seeded   bool
	own48    uint64                // where the family of drand48 has the state of the library
	random   map[uint64]*generator // by their memory, 0 for that of the library
	used     uint64                // which of them random uses
	twisters map[uint64]*twister   // likewise
}

// generated does what a function of a generator would, if it is one that is known.
func (m *machine) generated(name string, a [6]uint64) (result uint64, known bool) {
	if result, known = m.generated48(name, a); known {
		return result, true
	}
	if result, known = m.twisted(name, a); known {
		return result, true
	}
	c := &m.chance
	switch name {
	case "rand_r":
		n, next := m.nextOf(uint32(m.peek(a[0], 4)))
		m.write(a[0], uint64(next), 4)
		return uint64(n), true
	case "srand", "srandom":
		if m.image.Apple && name == "srand" {
			c.rand, c.seeded = uint32(a[0]), true
			return 0, true
		}
		m.steps -= generatorSteps
		m.generator(c.used).seed(uint32(a[0]), m.image.Apple)
		return 0, true
	case "rand", "random":
		if !m.image.Apple || name == "random" {
			return uint64(m.generator(c.used).next(m.image.Apple)), true
		}
		if !c.seeded {
			c.rand, c.seeded = 1, true
		}
		c.rand = parkMiller(int64(c.rand))
		return uint64(c.rand), true
	case "initstate":
		before := c.used
		c.used = a[1]
		m.steps -= generatorSteps
		m.generator(a[1]).begin(uint32(a[0]), a[2], m.image.Apple)
		return before, true
	case "setstate":
		before := c.used
		c.used = a[0]
		return before, true
	case "initstate_r": // the memory of these is that of their structure
		m.steps -= generatorSteps
		m.generator(a[3]).begin(uint32(a[0]), a[2], m.image.Apple)
		return 0, true
	case "srandom_r":
		m.steps -= generatorSteps
		m.generator(a[1]).seed(uint32(a[0]), m.image.Apple)
		return 0, true
	case "random_r":
		m.write(a[1], uint64(m.generator(a[0]).next(m.image.Apple)), 4)
		return 0, true
	}
	return 0, false
}

// generator is the one that has its state at an address.
func (m *machine) generator(at uint64) *generator {
	c := &m.chance
	g := c.random[at]
	if g != nil {
		return g
	}
	g = &generator{}
	g.begin(1, 128, m.image.Apple)
	m.steps -= generatorSteps
	if c.random == nil {
		c.random = map[uint64]*generator{}
	}
	if len(c.random) < maxGenerators {
		c.random[at] = g
	}
	return g
}

// begin makes a generator of as many numbers as find room in the bytes that it is given.
func (g *generator) begin(seed uint32, size uint64, apple bool) {
	n := 0
	for _, kind := range [][2]int{{32, 7}, {64, 15}, {128, 31}, {256, 63}} {
		if size >= uint64(kind[0]) {
			n = kind[1]
		}
	}
	g.state = make([]uint32, max(n, 1))
	g.seed(seed, apple)
}

func (g *generator) seed(seed uint32, apple bool) {
	if seed == 0 && !apple {
		seed = 1
	}
	g.state[0] = seed
	for i := 1; i < len(g.state); i++ {
		g.state[i] = parkMiller(int64(int32(g.state[i-1])))
	}
	if g.front, g.rear = 1, 0; len(g.state) == 7 || len(g.state) == 31 {
		g.front = 3
	}
	if len(g.state) > 1 {
		for range 10 * len(g.state) {
			g.next(apple)
		}
	}
}

func (g *generator) next(apple bool) uint32 {
	if len(g.state) == 1 {
		if apple {
			g.state[0] = parkMiller(int64(int32(g.state[0])))
		} else {
			g.state[0] = (g.state[0]*1103515245 + 12345) & (1<<31 - 1)
		}
		return g.state[0]
	}
	g.state[g.front] += g.state[g.rear]
	n := g.state[g.front] >> 1
	g.front, g.rear = (g.front+1)%len(g.state), (g.rear+1)%len(g.state)
	return n
}

// parkMiller is the generator of Park and Miller, as random is seeded with and as rand of
// macOS is.
func parkMiller(n int64) uint32 {
	if n == 0 {
		n = 123459876
	}
	if n = 16807*(n%127773) - 2836*(n/127773); n < 0 {
		n += 1<<31 - 1
	}
	return uint32(n) & (1<<31 - 1)
}

// nextOf is what rand_r gives of a state, and the state after that.
func (m *machine) nextOf(state uint32) (n, next uint32) {
	if m.image.Apple {
		next = parkMiller(int64(state))
		return next, next
	}
	for i, take := range []uint32{2048, 1024, 1024} {
		state = state*1103515245 + 12345
		n = n<<min(10*i, 10) ^ state>>16%take
	}
	return n, state
}
