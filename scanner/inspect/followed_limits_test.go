package inspect

import (
	"encoding/binary"
	"runtime"
	"strings"
	"testing"

	"plugvet/scanner/inspect/machine"
)

// hostileMacho is a file with a segment and load commands of a kind, each of which points
// to the same table.
func hostileMacho(segments, commands int, kind uint32, table []byte) []byte {
	words := func(n ...uint32) (b []byte) {
		for _, n := range n {
			b = binary.LittleEndian.AppendUint32(b, n)
		}
		return b
	}
	const segmentSize = 72
	size := segments*segmentSize + commands*16
	file := words(machMagic64, cpuWide|7, 3, 6, uint32(segments+commands), uint32(size), 0, 0)
	for range segments {
		segment := append(words(lcSegment64, segmentSize), make([]byte, segmentSize-8)...)
		binary.LittleEndian.PutUint64(segment[48:], 0x1000) // bytes of the file
		file = append(file, segment...)
	}
	for range commands {
		file = append(file, words(kind, 16, uint32(32+size), uint32(len(table)))...)
	}
	return append(file, table...)
}

func TestNamesOfImportsThatAreNotFollowedTakeNoMemory(t *testing.T) {
	const count = 200_000
	table := []byte{}
	for _, n := range []uint32{0, 28, 28, 28 + 4*count, count, 1, 0} {
		table = binary.LittleEndian.AppendUint32(table, n)
	}
	for range count {
		table = binary.LittleEndian.AppendUint32(table, 1<<9)
	}
	table = append(table, "\x00"+strings.Repeat("a", maxName)...)
	data := hostileMacho(1, 1, lcChainedFixups, table)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	facts := Identify("a.node", data)
	runtime.ReadMemStats(&after)
	if taken := after.TotalAlloc - before.TotalAlloc; taken > 20*uint64(len(data)) || len(facts.Imports) != 1 {
		t.Errorf("%d imports of %d bytes take %d bytes", len(facts.Imports), len(data), taken)
	}
}

// Tables that many commands point to are read until the work is done that a file has.
func TestTablesThatManyCommandsPointToEnd(t *testing.T) {
	starts := make([]byte, 28+4+4*maxSegments)
	binary.LittleEndian.PutUint32(starts[4:], 28)
	binary.LittleEndian.PutUint32(starts[20:], 1)
	binary.LittleEndian.PutUint32(starts[28:], maxSegments)
	for i := range maxSegments {
		binary.LittleEndian.PutUint32(starts[32+4*i:], uint32(len(starts)-28))
	}
	chains := make([]byte, 22+2*20_000)
	binary.LittleEndian.PutUint16(chains[20:], 20_000) // pages, of a format that is not known
	for name, data := range map[string][]byte{
		"chained fixups":  hostileMacho(maxSegments, 5000, lcChainedFixups, append(starts, chains...)),
		"function starts": hostileMacho(1, 5000, lcFunctionStarts, []byte(strings.Repeat("\x80", 150_000))),
	} {
		told := false
		for _, p := range Identify("a.node", data).Problems {
			told = told || strings.Contains(p.Text, "over and over")
		}
		if !told {
			t.Errorf("%s: it is not told that reading stopped", name)
		}
	}
}

func TestOfManySlicesOnlySomeAreFollowed(t *testing.T) {
	c := newCollector(&Facts{}, 0)
	slices := 0
	for c.follows(16) && slices < maxSlices {
		c.follow(func() *machine.Image { return &machine.Image{} }, make([]byte, 16))
		slices++
	}
	if slices == maxSlices {
		t.Error("all are followed")
	}
	if c.facts.Unfollowed != "" {
		t.Errorf("those that are followed are told: %s", c.facts.Unfollowed)
	}
	c.follow(func() *machine.Image { return &machine.Image{} }, make([]byte, 16))
	if c.facts.Unfollowed == "" {
		t.Error("nothing is told of the others")
	}
}

// That code is not followed is told of what could use a name that it hides.
func TestCodeThatIsTooLargeToFollowIsTold(t *testing.T) {
	image := func(segments int) func() *machine.Image {
		return func() *machine.Image { return &machine.Image{Segments: make([]machine.Segment, segments)} }
	}
	for _, test := range []struct {
		imported       string
		size, segments int
		told           bool
	}{
		{"dlsym", followLimit + 1, 1, true}, {"dlsym", followLimit, 1, false}, {"dlsym", 16, 64, true},
		{"malloc", followLimit + 1, 1, false}, {"malloc", 16, 64, false},
	} {
		c := newCollector(new(Facts), 0)
		c.imports[test.imported] = struct{}{}
		if c.follow(image(test.segments), make([]byte, test.size)); (c.facts.Unfollowed != "") != test.told {
			t.Errorf("%s, %d bytes, %d segments: %q, told: want %t", test.imported, test.size, test.segments, c.facts.Unfollowed, test.told)
		}
	}
}
