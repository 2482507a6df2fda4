package earlyheap

import (
	"runtime"
	"syscall"
	"unsafe"
)

const (
	// room is how much of the heap is asked for in huge pages, in bytes. A gate over
	// 44,500 files uses some 60 MB of it. What is never touched takes no memory.
	room = 64 << 20
	// step is by how much a heap grows at least, and what its first step is aligned
	// to, in bytes (runtime/mheap.go).
	step = 4 << 20

	populateWrite = 23 // MADV_POPULATE_WRITE, since Linux 5.14
)

// roomAt is where the room was, for a test.
var roomAt uintptr

// init has the first step of the heap filled, and what follows it in huge pages. The
// room is garbage at once, so the heap grows into it; the collection that the room
// itself began may have come too early to see that. A kernel without huge pages, or
// without the other advice, does nothing.
func init() {
	firstAt := uintptr(unsafe.Pointer(new([64]byte))) &^ (step - 1)
	syscall.Syscall(syscall.SYS_MADVISE, firstAt, step, populateWrite)
	roomAt = reserve()
	syscall.Syscall(syscall.SYS_MADVISE, roomAt, room, syscall.MADV_HUGEPAGE)
	runtime.GC()
}

// reserve makes the room and leaves nothing that keeps it alive.
//
//go:noinline
func reserve() uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(make([]byte, room)))) }
