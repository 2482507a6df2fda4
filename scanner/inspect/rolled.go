package inspect

// Names of which each byte lies under a key of its own, that grows by the same
// number from one byte to the next: the place of the byte, or a counter.

// A rolling is how a byte of a name came to be what stands in the file.
type rolling struct {
	key func(found, plain byte) byte
	// next finds the next place at which the keys of the first three of keyedEnd
	// grow evenly; the length, less two, where there is none.
	next func(data []byte, from int) int
}

var rollings = []rolling{
	{func(found, plain byte) byte { return found ^ plain }, func(data []byte, i int) int {
		e0, e1, e2 := keyedEnd[0], keyedEnd[1], keyedEnd[2]
		for ; i+2 < len(data); i++ {
			if data[i+2]^e2 == 2*(data[i+1]^e1)-(data[i]^e0) {
				break
			}
		}
		return i
	}},
	{func(found, plain byte) byte { return found - plain }, func(data []byte, i int) int {
		want := keyedEnd[2] - 2*keyedEnd[1] + keyedEnd[0]
		for ; i+2 < len(data); i++ {
			if data[i+2]-2*data[i+1]+data[i] == want {
				break
			}
		}
		return i
	}},
}

// rolled looks for keyedNames under keys that grow.
func (c *collector) rolled(r reading) {
	data, end := r.data, keyedEnd
	for _, how := range rollings {
		key := how.key
		for i := how.next(data, 0); i+len(end) <= len(data) && len(c.facts.Embedded) < maxEmbedded; i = how.next(data, i+1) {
			k0, k1 := key(data[i], end[0]), key(data[i+1], end[1])
			grows := k1 - k0
			if grows == 0 || key(data[i+3], end[3]) != k1+2*grows || key(data[i+4], end[4]) != k1+3*grows {
				continue
			}
			for _, plain := range keyedNames {
				first, ok := i+len(end)-len(plain), true
				k := k0 - grows*byte(len(plain)-len(end))
				for j := 0; j < len(plain) && ok && first >= 0; j++ {
					ok = key(data[first+j], plain[j]) == k+grows*byte(j)
				}
				if ok && first >= 0 {
					c.noteKeyed(RolledName, r.offset(first, len(plain)))
					break
				}
			}
		}
	}
}
