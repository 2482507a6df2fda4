package inspect

// Names of which each byte lies under a key of its own, that grows by the same
// number from one byte to the next: the place of the byte, a counter, or none. The
// bytes may stand apart from one another, and backwards.

const (
	rolledStep  = 8       // bytes from one of a name to the next, at most
	exoticLimit = 4 << 20 // bytes of a file in which names are looked for that stand apart or backwards
)

// A rolling is how a byte of a name came to be what stands in the file.
type rolling func(found, plain byte) (key byte)

var rollings = []rolling{
	func(found, plain byte) byte { return found ^ plain },
	func(found, plain byte) byte { return found - plain },
}

// rolled looks for keyedNames under keys that grow. What the rules and keyed find,
// a key that stays and bytes that stand side by side, is left to them.
func (c *collector) rolled(data []byte) {
	steps := []int{1}
	if len(data) <= exoticLimit {
		steps = []int{1, -1, 2, -2, 4, -4, rolledStep, -rolledStep}
	}
	for _, step := range steps {
		for _, key := range rollings {
			c.rolledBy(data, step, key)
		}
	}
}

func (c *collector) rolledBy(data []byte, step int, key rolling) {
	end := keyedEnd
	span := (len(end) - 1) * step
	first, last := max(0, -span), len(data)-max(0, span)
	for at := first; at < last && len(c.facts.Embedded) < maxEmbedded; at++ {
		k0, k1 := key(data[at], end[0]), key(data[at+step], end[1])
		grows := k1 - k0
		if key(data[at+2*step], end[2]) != k1+grows || key(data[at+3*step], end[3]) != k1+2*grows || key(data[at+4*step], end[4]) != k1+3*grows {
			continue
		}
		for _, plain := range keyedNames {
			before := len(plain) - len(end)
			begin := at - before*step
			if stop := begin + (len(plain)-1)*step; min(begin, stop) < 0 || max(begin, stop) >= len(data) {
				continue
			}
			k, ok := k0-grows*byte(before), true
			for i := 0; i < before && ok; i++ {
				ok = key(data[begin+i*step], plain[i]) == k+grows*byte(i)
			}
			if !ok || grows == 0 && (step == 1 || sameLetters([]byte{k})) {
				continue
			}
			c.noteKeyed(RolledName, int64(min(begin, begin+(len(plain)-1)*step)))
			break
		}
	}
}
