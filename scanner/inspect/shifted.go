package inspect

import (
	"bytes"
	"cmp"
	"slices"
)

const shiftedStep = 64 << 10 // bytes that are looked at together

// letterCase is what lies between a capital letter and a small one, as a sum.
const letterCase = 'a' - 'A'

// shiftedNames are looked for with any constant added to their bytes. They end
// alike, so that one search finds where any of them may be.
var (
	shiftedNames = [][]byte{scriptCommand, anchor("NSApple~Script"), anchor("OSA~Script"), anchor("do shell~ script")}
	shiftedEnd   = []byte("ript")
)

// shifted looks for names to every byte of which the same number was added.
// The differences between neighbours are those of the name itself, whatever
// the number is. It leaves out nothing added, and a change of case.
func (c *collector) shifted(data []byte) {
	end := differences(nil, shiftedEnd)
	var buffer []byte
	for start := 0; start < len(data); start += shiftedStep {
		buffer = differences(buffer[:0], data[start:min(start+shiftedStep+len(end), len(data))])
		for at := 0; len(c.facts.Embedded) < maxEmbedded; at++ {
			next := bytes.Index(buffer[at:], end)
			if next < 0 {
				break
			}
			at += next
			for _, name := range shiftedNames {
				c.shiftedName(name, data[:start+at+len(shiftedEnd)])
			}
		}
	}
	slices.SortStableFunc(c.facts.Embedded, func(a, b Embedded) int { return cmp.Compare(a.Offset, b.Offset) })
}

// shiftedName notes a name that data ends with.
func (c *collector) shiftedName(name, data []byte) {
	at := len(data) - len(name)
	if at < 0 {
		return
	}
	added := data[at] - name[0]
	if added == 0 || added == letterCase || added == 256-letterCase {
		return
	}
	for i, b := range name {
		if data[at+i]-b != added {
			return
		}
	}
	c.facts.Embedded = append(c.facts.Embedded, Embedded{ShiftedName, int64(at)})
}

// differences appends to buffer what each byte of data but the first has more
// than the one before it.
func differences(buffer, data []byte) []byte {
	for i := 1; i < len(data); i++ {
		buffer = append(buffer, data[i]-data[i-1])
	}
	return buffer
}
