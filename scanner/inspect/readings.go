package inspect

// exoticLimit is the size, in bytes, of a file up to which it is read in more
// ways than one, which takes some thirty times as long.
const exoticLimit = 256 << 10

// A reading is one way in which text may stand in a file: side by side, apart,
// backwards, each byte under its neighbour. Its byte i came from start+i*step.
type reading struct {
	data        []byte
	start, step int
	raw         bool // the file as it is
	// mixed says that a byte tells of its neighbours in the file, too.
	mixed bool
}

// offset is where the n bytes at i begin in the file.
func (r reading) offset(i, n int) int64 {
	return int64(max(min(r.start+i*r.step, r.start+(i+n-1)*r.step), 0))
}

// readings calls look with each way to read data. What look gets is its own only
// until it returns.
func readings(data []byte, look func(reading)) {
	look(reading{data: data, step: 1, raw: true})
	if len(data) < 2 || len(data) > exoticLimit {
		return
	}
	buffer := make([]byte, len(data))
	both := func(n, start, step int) { // n bytes of buffer, and the same backwards
		if step > 1 {
			look(reading{data: buffer[:n], start: start, step: step})
		}
		for i := range n / 2 {
			buffer[i], buffer[n-1-i] = buffer[n-1-i], buffer[i]
		}
		look(reading{data: buffer[:n], start: start + (n-1)*step, step: -step})
	}
	for _, step := range []int{1, 2, 4, 8} {
		for start := range step {
			n := 0
			for i := start; i < len(data); i += step {
				buffer[n] = data[i]
				n++
			}
			both(n, start, step)
		}
	}
	// Each byte under the one before it, as ciphers do that chain.
	xor(buffer[1:], data[1:], data)
	look(reading{data: buffer[1:], start: 1, step: 1, mixed: true})
	minus(buffer[1:], data[1:], data)
	look(reading{data: buffer[1:], start: 1, step: 1, mixed: true})
	// Words of two and four bytes in the other order, wherever they begin.
	for _, width := range []int{2, 4} {
		for start := range width {
			copy(buffer, data)
			for i := start; i+width <= len(buffer); i += width {
				for j := range width {
					buffer[i+j] = data[i+width-1-j]
				}
			}
			look(reading{data: buffer, step: 1, mixed: true})
		}
	}
}
