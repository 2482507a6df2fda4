package machine

// A callback is a function that a library calls with something of the caller's: which
// arguments of the call the two are, and which argument of the function the latter is.
type callback struct{ function, given, as int }

// Functions that have another one called, in a thread, a queue or at the end, by their
// names without what importOf takes away.
var callbacks = map[string]callback{
	"pthread_create": {2, 3, 0}, "thrd_create": {1, 2, 0}, "clone": {0, 3, 0}, "makecontext": {1, 3, 0},
	"on_exit": {0, 1, 1}, "cxa_atexit": {0, 1, 0}, "cxa_thread_atexit": {0, 1, 0}, "cxa_thread_atexit_impl": {0, 1, 0},
	"dispatch_async_f": {2, 1, 0}, "dispatch_sync_f": {2, 1, 0}, "dispatch_barrier_async_f": {2, 1, 0}, "dispatch_barrier_sync_f": {2, 1, 0},
	"dispatch_async_and_wait_f": {2, 1, 0}, "dispatch_group_async_f": {3, 2, 0}, "dispatch_group_notify_f": {3, 2, 0},
	"dispatch_after_f": {3, 2, 0}, "dispatch_apply_f": {3, 2, 0}, "dispatch_once_f": {2, 1, 0},
	"uv_thread_create": {1, 2, 0}, "uv_thread_create_ex": {1, 3, 0}, "uv_queue_work": {2, 1, 0},
	"napi_create_async_work": {3, 5, 1}, "napi_add_env_cleanup_hook": {1, 2, 0}, "napi_wrap": {3, 2, 1},
	"apr_thread_create": {2, 3, 1}, "apr_pool_cleanup_register": {2, 1, 0}, "apr_thread_pool_push": {1, 2, 1},
	"g_thread_new": {1, 2, 0}, "g_thread_try_new": {1, 2, 0}, "g_idle_add": {0, 1, 0}, "g_timeout_add": {1, 2, 0}, "g_timeout_add_seconds": {1, 2, 0},
	"event_base_once": {3, 4, 2},
}

// callsBack has a function followed with what its caller hands it by way of a library, also
// where it was followed before without.
func (m *machine) callsBack(c callback, a [6]uint64) {
	if !m.isCode(a[c.function]) || a[c.given] == 0 {
		return
	}
	function := a[c.function]
	if _, had := m.calls[function]; had {
		return
	}
	var arguments [6]uint64
	for i := range arguments {
		arguments[i] = m.result("")
	}
	arguments[c.as] = a[c.given]
	delete(m.known, function)
	m.callWith(function, arguments)
}

// callWith notes a function to be followed with arguments of its own.
func (m *machine) callWith(function uint64, arguments [6]uint64) {
	if m.calls == nil {
		m.calls = map[uint64][6]uint64{}
	}
	m.calls[function] = arguments
	m.points(function)
}
