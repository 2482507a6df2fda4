package machine

// What names the function that an address lies in. A trace of calls asks for the addresses
// that it has come by; who asks for one after the other, or for what lies at a distance from
// a function, looks through a library for a name, and needs none of the linker's tables.

// placeNamers are functions that name the place of an address, and which argument that is;
// placeListers take a list, and how long it is.
var (
	placeNamers = map[string]int{"dladdr": 0, "dladdr1": 0, "_dl_addr": 0, "_dl_find_object": 0, "backtrace_syminfo": 1, "backtrace_pcinfo": 1,
		"dwfl_addrmodule": 1, "dwfl_module_addrname": 1, "dwfl_module_addrinfo": 1, "dwfl_module_addrsym": 1,
		"_ULx86_64_get_proc_name_by_ip": 1, "_Ux86_64_get_proc_name_by_ip": 1, "_ULaarch64_get_proc_name_by_ip": 1, "_Uaarch64_get_proc_name_by_ip": 1,
		"unw_get_proc_name_by_ip": 1, "_dyld_get_image_header_containing_address": 0, "dyld_image_header_containing_address": 0, "dyld_image_path_containing_address": 0}
	placeListers = map[string]int{"backtrace_symbols": 0, "backtrace_symbols_fd": 0, "backtrace_symbols_fmt": 0}
)

const (
	nearPlace  = 4       // a trace asks for what lies before where a function returns to
	sidePlace  = 1 << 12 // within which addresses lie side by side
	placesRow  = 8       // of them that are one too many
	mostPlaces = 64      // of a list
)

// namesPlaces looks at the addresses that an import is to name the places of.
func (m *machine) namesPlaces(called *imported, a [6]uint64, p processor) {
	if at, ok := placeNamers[called.name]; ok {
		m.namesPlace(a[at], p)
	} else if at, ok := placeListers[called.name]; ok {
		for i := range min(a[at+1], mostPlaces) {
			m.steps--
			m.namesPlace(m.peek(a[at]+8*i, 8), p)
		}
	}
}

func (m *machine) namesPlace(at uint64, p processor) {
	if at < importBase || at >= threadBase || m.forced || m.watch.Inside == nil {
		return
	}
	distance := at - m.place
	m.place = at
	if distance = min(distance, -distance); distance == 0 || distance > sidePlace {
		m.places = 0
	}
	m.places++
	name, apart := "", false
	if i := (at - importBase) >> importBits; i < uint64(len(m.imports)) {
		off := at&(1<<importBits-1) - importHalf
		name, apart = m.imports[i].name, min(off, -off) > nearPlace
	}
	if apart || m.places == placesRow {
		m.watch.Inside(p.caller(), name, true)
	}
}
