// Package earlyheap prepares the memory of a process before anything else takes
// some. It is imported for that alone.
//
// A page that is touched for the first time costs a fault. On the virtual machines
// that pipelines run on, one was measured at 26 µs, and memory that the kernel is
// asked for in one piece at 1 µs a page (2026-11): there a short run is nothing but
// faults. The package depends on syscall alone, so that it is initialised before
// those whose tables and expressions fill the first megabytes of the heap.
package earlyheap
