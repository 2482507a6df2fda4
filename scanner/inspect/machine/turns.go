package machine

import (
	"regexp"
	"strings"
)

// What ends a path: a call that does not return, or a trap. The compiler puts nothing behind
// it that belongs to it, so whoever runs on there comes back on a stack out of balance. But a
// branch may have gone there that never does, and a function of such a name may return. So
// the last branch goes its other way instead, and what stands behind the first end is followed
// last, when calls that go astray say nothing.

// Names of functions that do not return, without the underscores that they begin with.
var endless = setOf(`abort exit Exit quick_exit stack_chk_fail fortify_fail chk_fail assert assert_fail assert_perror_fail assert_rtn assert2
	longjmp siglongjmp longjmp_chk pthread_exit thrd_exit err errx verr verrx libc_fatal
	cxa_throw cxa_rethrow cxa_bad_cast cxa_bad_typeid cxa_throw_bad_array_new_length cxa_pure_virtual cxa_deleted_virtual cxa_call_unexpected
	cxa_call_terminate Unwind_Resume objc_exception_throw objc_exception_rethrow objc_terminate
	napi_fatal_error zend_bailout zend_error_noreturn zend_timeout rust_start_panic rust_panic swift_unexpectedError swift_deletedMethodError
	ZSt9terminatev ZSt10unexpectedv ZSt17rethrow_exceptionNSt15__exception_ptr13exception_ptrE ZSt17rethrow_exceptionSt13exception_ptr
	ZN2v86V811FatalErrorEv ZN4node10OnFatalErrorEPKcS1_ ZN4node6AssertERKNS_13AssertionInfoE Z8V8_FatalPKcz Z8V8_FatalPKciS0_z`)

// How the libraries of C++ throw, by names with a length before them, and Rust's panics,
// whose names end in a hash.
var endlessPart = regexp.MustCompile(`^Z(St|NSt3__1|NSt6__ndk1)\d+(__throw_|__libcpp_verbose_abort)|^ZN(4core9panicking|3std9panicking|5alloc5alloc18handle_alloc_error|5alloc7raw_vec17capacity_overflow)`)

func setOf(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

// ends tells whether a function does not return, by its name.
func ends(name string) bool {
	name = strings.TrimLeft(name, "_")
	return endless[name] || strings.HasPrefix(name, "Z") && endlessPart.MatchString(name)
}

const (
	maxTurns  = 32 // branches that are gone back to
	maxPasses = 64 // of one that goes its other way since
)

// A turn is a place to go on at, with the processor as it was.
type turn struct {
	from, pc, stack uint64
	registers       [32]uint64
	flags           [5]bool
	gone            bool // to the branch's other way, which it takes from then on
	passed          int  // how often it did
}

// turns are the branches of the functions that are being followed, the last one last: what
// a function had is dropped as it returns.
type turns struct {
	all    []turn
	behind turn // what stands behind the first end
	ended  bool // the path has ended
	known  bool // behind is known
	astray bool // and followed
}

// begin forgets what was of another function.
func (t *turns) begin() {
	t.all, t.ended, t.known, t.astray = t.all[:0], false, false, false
}

// returned drops the branches of functions that have returned, whose frames are gone.
func (t *turns) returned(stack uint64) {
	for n := len(t.all); n > 0 && t.all[n-1].stack < stack; n-- {
		t.all = t.all[:n-1]
	}
}

// takes notes that a branch goes to next and not to the other, and says where it does go.
func (t *turns) takes(p processor, from, next, other uint64) uint64 {
	stack := p.stack()
	t.returned(stack)
	for i := len(t.all) - 1; i >= 0 && t.all[i].stack == stack; i-- {
		if t.all[i].from != from {
			continue
		}
		if b := &t.all[i]; b.gone {
			if b.passed++; b.passed > maxPasses {
				return next
			}
			return b.pc
		}
		t.all = append(t.all[:i], t.all[i+1:]...)
		break
	}
	if len(t.all) == maxTurns {
		t.all = append(t.all[:0], t.all[1:]...)
	}
	t.all = append(t.all, turn{from: from, pc: other, stack: stack})
	p.keep(&t.all[len(t.all)-1])
	return next
}

// end ends a path, behind which something stands.
func (t *turns) end(p processor, behind uint64) {
	t.ended = true
	if !t.known {
		p.keep(&t.behind)
		t.behind.pc, t.known = behind, true
	}
}

// back goes on after a path has ended, and reports whether there is where.
func (m *machine) back(p processor) bool {
	t := &m.turns
	t.ended = false
	to := &t.behind
	for i := len(t.all) - 1; i >= 0 && to == &t.behind && !t.astray; i-- {
		if !t.all[i].gone {
			to = &t.all[i]
		}
	}
	if to == &t.behind {
		if t.astray || !t.known {
			return false
		}
		t.astray = true
	}
	to.gone, m.news, m.pc = true, m.steps, to.pc
	p.resume(to)
	return true
}
