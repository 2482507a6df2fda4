package earlyheap

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
)

// What the kernel says of the room is in proc_pid_smaps(5): hg is advice to use huge pages.
func TestHeapGrowsIntoHugePages(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage"); err != nil {
		t.Skip("this kernel has no huge pages: ", err)
	}
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer maps.Close()
	var mapped, from, to uintptr
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		if start, end := uintptr(0), uintptr(0); strings.Contains(lines.Text(), "-") {
			if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &start, &end); n == 2 {
				from, to = max(start, roomAt), min(end, roomAt+room)
			}
		}
		if from < to && strings.HasPrefix(lines.Text(), "VmFlags:") {
			mapped += to - from
			if !strings.Contains(lines.Text(), " hg") {
				t.Errorf("memory at %x is not in huge pages: %s", from, lines.Text())
			}
		}
	}
	if mapped != room {
		t.Errorf("%d bytes of the room are mapped, want %d", mapped, room)
	}
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	if after.HeapAlloc >= room {
		t.Errorf("%d bytes of the heap live: the room does", after.HeapAlloc)
	}
}
