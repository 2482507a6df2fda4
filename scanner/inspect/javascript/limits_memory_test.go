package javascript

import (
	"strings"
	"testing"
)

// A short list over a long memory is made anew of its own bytes alone.
func TestCurrentReadsNoMoreThanTheList(t *testing.T) {
	memory := &value{kind: buffer, str: strings.Repeat("\x01\x00", 1<<16)}
	items := []value{numberValue(0)}
	v := value{kind: array, items: &items, num: 2, more: "Uint16Array"}
	m := &machine{evaluator: &evaluator{}, steps: 1 << 20}
	o := m.laid(v, memory, 2)
	allocated := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			o.seen = ""
			m.steps = 1 << 20
			m.current(v)
		}
	}).AllocedBytesPerOp()
	if items[0].num != 1 || allocated > 1<<12 {
		t.Errorf("the element is %v and %d bytes are taken", items[0].num, allocated)
	}
}

func TestCollateOfLongNumbersEnds(t *testing.T) {
	long := strings.Repeat("1", 1<<20)
	if collate(long, long+"1", false) >= 0 || collate(long, long+"1", true) >= 0 {
		t.Error("the longer one comes first")
	}
}
