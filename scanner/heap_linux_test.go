package scanner

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
)

// What the kernel says of the room is in proc_pid_smaps(5): hg is advice to use huge
// pages, which a kernel without them does not take.
func TestHeapGrowsIntoHugePages(t *testing.T) {
	at := growInHugePages()
	_, err := os.Stat("/sys/kernel/mm/transparent_hugepage")
	want := err == nil
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer maps.Close()
	var mapped, from, to uintptr
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		if start, end := uintptr(0), uintptr(0); strings.Contains(lines.Text(), "-") {
			if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &start, &end); n == 2 {
				from, to = max(start, at), min(end, at+heapRoom)
			}
		}
		if from < to && strings.HasPrefix(lines.Text(), "VmFlags:") {
			mapped += to - from
			if strings.Contains(lines.Text(), " hg") != want {
				t.Errorf("memory at %x has %s, huge pages: want %t", from, lines.Text(), want)
			}
		}
	}
	if mapped != heapRoom {
		t.Errorf("%d bytes of the room are mapped, want %d", mapped, heapRoom)
	}
}

func TestTheRoomIsFree(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	growInHugePages()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown >= heapRoom {
		t.Errorf("%d more bytes of the heap live: the room does", grown)
	}
}
