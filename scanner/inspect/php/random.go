package php

import "math/bits"

// PHP's generators of random numbers give the same ones for the same seed, so that a
// script may take the letters of a name from them. These are those of PHP 7.1 and later,
// and what PHP makes of what they give: a number of a range, an order, some of the keys
// of an array.

// A generator gives the next of its random numbers and of how many bytes it is; 0 where
// that is not known.
type generator interface {
	next() (number uint64, bytes int)
}

const (
	mersenneWords  = 624
	mersenneMiddle = 397
	// legacyMode is MT_RAND_PHP, the generator of PHP before 7.1.
	legacyMode = 1
	maxRandom  = 1<<31 - 1
	// maxAttempts is how often PHP asks for another number that it cannot use.
	maxAttempts = 50
)

// A mersenne is the Mersenne Twister MT19937, of mt_rand and Random\Engine\Mt19937.
type mersenne struct {
	words  [mersenneWords]uint32
	at     int
	drawn  int
	legacy bool
}

// count is how many numbers were drawn.
func (m *mersenne) count() int {
	if m == nil {
		return 0
	}
	return m.drawn
}

func newMersenne(seed uint32, legacy bool) *mersenne {
	m := &mersenne{legacy: legacy, at: mersenneWords}
	m.words[0] = seed
	for i := 1; i < mersenneWords; i++ {
		before := m.words[i-1]
		m.words[i] = 1812433253*(before^before>>30) + uint32(i)
	}
	return m
}

func (m *mersenne) reload() {
	for i := range m.words {
		high, low := m.words[i], m.words[(i+1)%mersenneWords]
		odd := low & 1
		if m.legacy {
			odd = high & 1
		}
		m.words[i] = m.words[(i+mersenneMiddle)%mersenneWords] ^ (high&(1<<31)|low&(1<<31-1))>>1 ^ odd*0x9908b0df
	}
	m.at = 0
}

func (m *mersenne) next() (uint64, int) {
	if m.at == mersenneWords {
		m.reload()
	}
	n := m.words[m.at]
	m.at++
	m.drawn++
	n ^= n >> 11
	n ^= n << 7 & 0x9d2c5680
	n ^= n << 15 & 0xefc60000
	return uint64(n ^ n>>18), 4
}

// A xoshiro is xoshiro256**.
type xoshiro struct{ words [4]uint64 }

// newXoshiro fills the generator by SplitMix64.
func newXoshiro(seed uint64) *xoshiro {
	x := &xoshiro{}
	for i := range x.words {
		seed += 0x9e3779b97f4a7c15
		n := (seed ^ seed>>30) * 0xbf58476d1ce4e5b9
		n = (n ^ n>>27) * 0x94d049bb133111eb
		x.words[i] = n ^ n>>31
	}
	return x
}

func (x *xoshiro) next() (uint64, int) {
	w := &x.words
	n := bits.RotateLeft64(w[1]*5, 7) * 9
	shifted := w[1] << 17
	w[2] ^= w[0]
	w[3] ^= w[1]
	w[1] ^= w[2]
	w[0] ^= w[3]
	w[2] ^= shifted
	w[3] = bits.RotateLeft64(w[3], 45)
	return n, 8
}

// A pcg is PCG XSL RR 128/64 of one sequence.
type pcg struct{ high, low uint64 }

func newPCG(high, low uint64) *pcg {
	p := &pcg{}
	p.step()
	var carry uint64
	p.low, carry = bits.Add64(p.low, low, 0)
	p.high, _ = bits.Add64(p.high, high, carry)
	p.step()
	return p
}

func (p *pcg) step() {
	const (
		timesHigh, timesLow = 2549297995355413924, 4865540595714422341
		plusHigh, plusLow   = 6364136223846793005, 1442695040888963407
	)
	high, low := bits.Mul64(p.low, timesLow)
	high += p.high*timesLow + p.low*timesHigh
	var carry uint64
	p.low, carry = bits.Add64(low, plusLow, 0)
	p.high, _ = bits.Add64(high, plusHigh, carry)
}

func (p *pcg) next() (uint64, int) {
	p.step()
	return bits.RotateLeft64(p.high^p.low, -int(p.high>>58)), 8
}

// collected is a number of at least so many bytes, of as many of the generator's as that
// takes.
func collected(g generator, least int) (number uint64, ok bool) {
	for have := 0; have < least; {
		n, size := g.next()
		if size == 0 {
			return 0, false
		}
		number |= n << (8 * have)
		have += size
	}
	return number, true
}

// within is a number from 0 to the most, all as likely as each other.
func within(g generator, most uint64) (number uint64, ok bool) {
	size, all := 8, ^uint64(0)
	if most <= 1<<32-1 {
		size, all = 4, 1<<32-1
	}
	limit := all
	if count := most + 1; most < all && count&most != 0 {
		limit = all - all%count - 1
	}
	for range 1 + maxAttempts {
		if number, ok = collected(g, size); !ok {
			return 0, false
		}
		if number &= all; number <= limit {
			if most < all {
				number %= most + 1
			}
			return number, true
		}
	}
	return 0, false
}

// between is a number of a range, its ends included.
func (m *mersenne) between(from, to int64) (int64, bool) {
	if !m.legacy {
		return inRange(m, from, to)
	}
	n, _ := m.next()
	part := float64(n>>1) / (maxRandom + 1)
	return from + int64(uint64((float64(to)-float64(from)+1)*part)), true
}

func inRange(g generator, from, to int64) (int64, bool) {
	n, ok := within(g, uint64(to)-uint64(from))
	return from + int64(n), ok
}

// shuffled puts n things into another order; swap exchanges two.
func shuffled(g generator, n int, swap func(i, j int)) bool {
	for last := n - 1; last > 0; last-- {
		other, ok := within(g, uint64(last))
		if !ok {
			return false
		}
		swap(last, int(other))
	}
	return true
}

// picked are some of n places, in their order.
func picked(g generator, n, some int) (places []int, ok bool) {
	if some == 1 {
		at, ok := within(g, uint64(n-1))
		return []int{int(at)}, ok
	}
	wanted, others := some, some > n/2 // where they are many, it is the others that are drawn
	if others {
		wanted = n - some
	}
	drawn := make([]bool, n)
	for failures := 0; wanted > 0; {
		at, ok := within(g, uint64(n-1))
		switch {
		case !ok:
			return nil, false
		case !drawn[at]:
			drawn[at] = true
			wanted--
			failures = 0
		default:
			if failures++; failures > maxAttempts {
				return nil, false
			}
		}
	}
	for i, is := range drawn {
		if is != others {
			places = append(places, i)
		}
	}
	return places, true
}

// randomBytes are n bytes.
func randomBytes(g generator, n int) (out []byte, ok bool) {
	for len(out) < n {
		number, size := g.next()
		if size == 0 {
			return nil, false
		}
		for ; size > 0 && len(out) < n; size-- {
			out = append(out, byte(number))
			number >>= 8
		}
	}
	return out, true
}

// bytesOf are n of the bytes of a text, any of them again and again.
func bytesOf(g generator, text string, n int) (out []byte, ok bool) {
	const byMask = 256
	if len(text) > byMask {
		for len(out) < n {
			at, ok := within(g, uint64(len(text)-1))
			if !ok {
				return nil, false
			}
			out = append(out, text[at])
		}
		return out, true
	}
	mask := byte(1<<bits.Len(uint(len(text)-1)) - 1)
	for failures := 0; len(out) < n; {
		number, size := g.next()
		if size == 0 {
			return nil, false
		}
		for ; size > 0 && len(out) < n; size-- {
			if at := int(byte(number) & mask); at < len(text) {
				out, failures = append(out, text[at]), 0
			} else if failures++; failures > maxAttempts {
				return nil, false
			}
			number >>= 8
		}
	}
	return out, true
}
