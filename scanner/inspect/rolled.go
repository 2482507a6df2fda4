package inspect

// Names of which each byte lies under a key of its own, that grows by the same
// number from one byte to the next: the place of the byte, or a counter. Or the key is
// multiplied before it grows, as simple generators of random numbers do.

// rollings give the key under which a letter of a name became what was found.
var rollings = []func(found, plain byte) byte{
	func(found, plain byte) byte { return found ^ plain },
	func(found, plain byte) byte { return found - plain },
}

// rolled looks for keyedNames under keys that grow.
func (c *collector) rolled(r reading, ends bitset) {
	data, end := r.data, keyedEnd
	for _, key := range rollings {
		for i := range ends.places {
			if i+len(end) > len(data) || len(c.facts.Embedded) == maxEmbedded {
				break
			}
			k0, k1 := key(data[i], end[0]), key(data[i+1], end[1])
			grows := k1 - k0
			if grows == 0 || key(data[i+2], end[2]) != k1+grows || key(data[i+3], end[3]) != k1+2*grows || key(data[i+4], end[4]) != k1+3*grows {
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

// generated looks for keyedNames under keys of which each is the one before times one
// number plus another. Then the differences of the keys are each the one before times
// that number, so that the square of one is the product of its neighbours. All are odd
// where the keys are as many as there can be.
func (c *collector) generated(r reading, ends bitset) {
	data, end := r.data, keyedEnd
	for i := range ends.places {
		if i+len(end) > len(data) || len(c.facts.Embedded) == maxEmbedded {
			break
		}
		k1 := data[i+1] ^ end[1]
		d1 := k1 - (data[i] ^ end[0])
		if d1&1 == 0 {
			continue
		}
		k2 := data[i+2] ^ end[2]
		if d2 := k2 - k1; d2 == d1 || d2*d2 != d1*((data[i+3]^end[3])-k2) {
			continue
		}
		for _, plain := range keyedNames {
			if first := i + len(end) - len(plain); first >= 0 && generates(data[first:first+len(plain)], plain) {
				c.noteKeyed(RolledName, r.offset(first, len(plain)))
				break
			}
		}
	}
}

// generates tells whether the keys between a text and what it became are such.
func generates(found, plain []byte) bool {
	key := func(j int) byte { return found[j] ^ plain[j] }
	for j := 3; j < len(plain); j++ {
		before, now, after := key(j-2)-key(j-3), key(j-1)-key(j-2), key(j)-key(j-1)
		if before&1 == 0 || now*now != before*after {
			return false
		}
	}
	return true
}
