package inspect

// Names of which each byte lies under a key of its own, that grows by the same
// number from one byte to the next: the place of the byte, a counter, or none. The
// bytes may stand apart from one another, and backwards.

const (
	rolledStep  = 8       // bytes from one of a name to the next, at most
	exoticLimit = 1 << 20 // bytes of a file in which names are looked for that stand apart or backwards
)

// A rolling is how a byte of a name came to be what stands in the file.
type rolling struct {
	key func(found, plain byte) byte
	// next finds the next place at which the keys of the first three of keyedEnd
	// grow evenly, given the bytes for each of these; the length where there is none.
	next func(x, y, z []byte, from int) int
}

var rollings = []rolling{
	{func(found, plain byte) byte { return found ^ plain }, func(x, y, z []byte, i int) int {
		e0, e1, e2 := keyedEnd[0], keyedEnd[1], keyedEnd[2]
		for y, z = y[:len(x)], z[:len(x)]; i < len(x); i++ {
			if z[i]^e2 == 2*(y[i]^e1)-(x[i]^e0) {
				break
			}
		}
		return i
	}},
	{func(found, plain byte) byte { return found - plain }, func(x, y, z []byte, i int) int {
		want := keyedEnd[2] - 2*keyedEnd[1] + keyedEnd[0]
		for y, z = y[:len(x)], z[:len(x)]; i < len(x); i++ {
			if z[i]-2*y[i]+x[i] == want {
				break
			}
		}
		return i
	}},
}

// rolled looks for keyedNames under keys that grow. What the rules and keyed find,
// a key that stays and bytes that stand side by side, is left to them.
func (c *collector) rolled(data []byte) {
	steps := []int{1}
	if len(data) <= exoticLimit {
		steps = []int{1, -1, 2, -2, 4, -4, rolledStep, -rolledStep}
	}
	for _, step := range steps {
		for _, how := range rollings {
			c.rolledBy(data, step, how)
		}
	}
}

func (c *collector) rolledBy(data []byte, step int, how rolling) {
	end, key := keyedEnd, how.key
	span := (len(end) - 1) * step
	first, last := max(0, -span), len(data)-max(0, span)
	if first >= last {
		return
	}
	x, y, z := data[first:last], data[first+step:last+step], data[first+2*step:last+2*step]
	for i := how.next(x, y, z, 0); i < len(x) && len(c.facts.Embedded) < maxEmbedded; i = how.next(x, y, z, i+1) {
		at := first + i
		k0, k1 := key(data[at], end[0]), key(data[at+step], end[1])
		grows := k1 - k0
		if key(data[at+3*step], end[3]) != k1+2*grows || key(data[at+4*step], end[4]) != k1+3*grows {
			continue
		}
		if name, begin := rolledName(data, at, step, key, k0, grows); name > 0 {
			c.noteKeyed(RolledName, int64(min(begin, begin+(name-1)*step)))
		}
	}
}

// rolledName returns the length of the name that ends with the keyedEnd at a place,
// 0 for none, and where it begins.
func rolledName(data []byte, at, step int, key func(found, plain byte) byte, k0, grows byte) (length, begin int) {
	for _, plain := range keyedNames {
		before := len(plain) - len(keyedEnd)
		begin := at - before*step
		if stop := begin + (len(plain)-1)*step; min(begin, stop) < 0 || max(begin, stop) >= len(data) {
			continue
		}
		k, ok := k0-grows*byte(before), true
		for i := 0; i < before && ok; i++ {
			ok = key(data[begin+i*step], plain[i]) == k+grows*byte(i)
		}
		if ok && (grows != 0 || step != 1 && !sameLetters([]byte{k})) {
			return len(plain), begin
		}
	}
	return 0, 0
}
