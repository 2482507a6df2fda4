package inspect

import (
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// What GCC puts into every library (crti.o, crtbegin.o) and calls as it is loaded and
// unloaded, in hexadecimal digits: X stands for a displacement, and _ for what fills gaps.
var startFiles = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("^" + strings.NewReplacer(" ", "", "\n", "", "\t", "", "X", "[0-9a-f]{8}", "E", "(?:f30f1efa)?",
		"_", "(?:00|90|6690|0f1f00|0f1f4000|0f1f440000|660f1f440000|0f1f8000000000|(?:66)*(?:2e)?0f1f840000000000)*").Replace(`
	E 4883ec08 488b05X 4885c0 74(?:02 ffd0|05 e8X) 4883c408 c3 _
	(?:ff35X (?:f2)?ff25X _)? (?:E (?:f2)?ff25X _)*
	(?:488d3dX 488d05X 4839f8 7415 488b05X 4885c0 7409 ffe0 _ c3 _
	   488d3dX 488d35X 4829fe 4889f0 48c1ee3f 48c1f803 4801c6 48d1fe 7414 488b05X 4885c0 7408 ffe0 _ c3 _
	|  488d3dX 55 488d05X 4839f8 4889e5 7419 488b05X 4885c0 740d 5d ffe0 _ 5dc3 _
	   488d3dX 488d35X 55 4829fe 4889e5 48c1fe03 4889f0 48c1e83f 4801c6 48d1fe 7418 488b05X 4885c0 740c 5d ffe0 _ 5dc3 _)
	E 803dX00 75[23][0-9a-f] (?:55 48833dX00 4889e5|48833dX00 55 4889e5) 740c 488[bd]3dX e8X e8X c605X01 5dc3 _ (?:f3)?c3 _
	E (?:554889e55d)? e9X _
	E 4883ec08 4883c408 c3`) + "$")
})

const (
	maxStart = 0x200 // bytes of them
	finiSize = 13    // of the last function, at most
)

// withoutCode notes a library that has no code of its own: all that the loader calls lies
// within the start files, which are as the compiler has them.
func (e *elfFile) withoutCode() {
	if e.outline || e.u16(18) != machineX86 {
		return
	}
	var first, last uint64
	for i := range uint64(maxDynamic) {
		at, ok := e.offset(e.dynamicAt + 16*i)
		tag := e.u64(at)
		if !ok || tag == 0 {
			break
		}
		switch tag {
		case dtInit:
			first = e.u64(at + 8)
		case dtFini:
			last = e.u64(at + 8)
		}
	}
	off, ok := e.offset(first)
	if !ok || first == 0 || last <= first || last-first > maxStart {
		return
	}
	code, _ := e.at(off, last-first+finiSize)
	digits := hex.EncodeToString(code.data)
	if end := strings.Index(digits[min(len(digits), 2*int(last-first)):], "4883ec084883c408c3"); end >= 0 {
		digits = digits[:2*int(last-first)+end+18]
	}
	if !startFiles().MatchString(digits) {
		return
	}
	image := e.image()
	if image == nil {
		return
	}
	called := append([]uint64(nil), image.Entries...)
	for _, p := range image.Pointers {
		called = append(called, p.Value)
		if p.Addr >= first && p.Addr <= last {
			return
		}
	}
	for _, at := range called {
		for _, s := range image.Segments {
			if s.Code && at >= s.Addr && at-s.Addr < uint64(len(s.Data)) && at != 0 && (at < first || at > last) {
				return
			}
		}
	}
	e.facts.Embedded = append(e.facts.Embedded, Embedded{StartFiles, e.base + int64(off)})
}

// dataAlone notes a file whose segments are all known and of which none may be run, and for
// which the loader calls nothing: that would be another's code.
func (e *elfFile) dataAlone() {
	if e.called || len(e.loads) == 0 || len(e.facts.Problems) > 0 || slices.ContainsFunc(e.loads, func(l elfLoad) bool { return l.code }) {
		return
	}
	e.facts.Embedded = append(e.facts.Embedded, Embedded{DataAlone, e.base})
}
