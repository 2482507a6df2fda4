package inspect

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// What is told of 64 bytes at a time is what is told of each alone, to the end of the text.
func TestBitsetsTellWhatIsToldOfEachByteAlone(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for size := range 200 {
		data := make([]byte, size)
		for i := range data {
			data[i] = byte(random.IntN(4)) // so that many are alike
		}
		at := func(i int) byte {
			if i < size {
				return data[i]
			}
			return 0
		}
		turns, next := turns(nil, data), alike(nil, data, 2)
		for i := range 64 * (size/64 + 1) {
			if got, want := turns[i/64]>>(i%64)&1, uint64((at(i)^at(i+2))&1); got != want {
				t.Fatalf("%d bytes: byte %d turns: %d, want %d", size, i, got, want)
			}
			if got, want := next[i/64]>>(i%64)&1 == 1, at(i) == at(i+2); i < size && got != want {
				t.Fatalf("%d bytes: byte %d is like the next but one: %t, want %t", size, i, got, want)
			}
			if got, want := turns.beside(i/64, -3)>>(i%64)&1, uint64(0); i >= 3 {
				if want = turns[(i-3)/64] >> ((i - 3) % 64) & 1; got != want {
					t.Fatalf("%d bytes: three before %d: %d, want %d", size, i, got, want)
				}
			}
		}
	}
}

// The marks of a name are found wherever it lies, and almost nowhere else.
func TestMarksAreFoundWhereverANameLies(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	c := collector{room: new(room)}
	for at := range 150 {
		data := make([]byte, 300)
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		for n, name := range keyedNames {
			text := slices.Clone(data)
			for i, b := range name {
				text[at+i] = (b*7 + 5) ^ byte(n) // each of which keeps or turns every lowest bit
			}
			ends := slices.Collect(c.endsIn(reading{data: text}).places)
			if want := at + len(name) - len(keyedEnd); !slices.Contains(ends, want) || len(ends) > 20 {
				t.Errorf("%s at %d: it may end at %v, want %d", name, at, ends, want)
			}
		}
		for _, p := range patternNames {
			text := bytes.Clone(data)
			for i, b := range p.plain {
				text[at+i] = b*7 + 5
			}
			begins := slices.Collect(p.begins(nil, [2]bitset{alike(nil, text, 1), alike(nil, text, 2)}).places)
			if !slices.Contains(begins, at) || len(begins) > 20 {
				t.Errorf("%s at %d: it may begin at %v", p.plain, at, begins)
			}
		}
	}
}

func TestWordsAreTurnedRoundAndBytesSubtractedAsOneByOne(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for size := range 40 {
		x, y := make([]byte, size), make([]byte, size)
		for i := range size {
			x[i], y[i] = byte(random.Uint32()), byte(random.Uint32())
		}
		want, got := make([]byte, size), make([]byte, size)
		for i := range size {
			want[i] = x[i] - y[i]
		}
		if minus(got, x, y); !bytes.Equal(got, want) {
			t.Errorf("%x - %x = %x, want %x", x, y, got, want)
		}
		for _, width := range []int{2, 4} {
			copy(want, x)
			for i := 0; i+width <= size; i += width {
				slices.Reverse(want[i : i+width])
			}
			copy(got, x)
			if swap(got, width); !bytes.Equal(got, want) {
				t.Errorf("%x in words of %d turned round is %x, want %x", x, width, got, want)
			}
		}
	}
}
