package inspect

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
)

// exoticLimit is the size, in bytes, of a file up to which it is read in more
// ways than one, which takes some thirty times as long.
const exoticLimit = 256 << 10

// reaching are functions by which native code starts a program, finds a function
// or a class by its name, or speaks to the system by itself; those that end in a
// star are all that begin so.
var reaching = strings.Fields(`
	dlsym dlvsym dlopen dlmopen dlinfo dl_iterate_phdr dladdr lt_dlsym DSO_bind_func PR_Find* _dyld* NSLookupSymbol* NSLookupAndBind* NSAddressOfSymbol* CFBundleGetFunctionPointer* CFBundleGetDataPointer*
	NSClassFromString NSSelectorFromString objc_* sel_* class_* AE* OSA* JS*
	execl execlp execle execv execvp execve execvpe execveat fexecve posix_spawn* system popen* fork vfork __fork clone* wordexp syscall __libc_* memfd_create
	getauxval __getauxval _r_debug mprotect
	_Fork __vfork _IO_popen _IO_proc_open pidfd_spawn* AuthorizationExecuteWithPrivileges
	zend_eval* php_exec php_execute_script* php_stream_popen*
	apr_proc_create apr_dso_sym ap_open_piped_log* ngx_execute ngx_spawn_process virtual_popen uv_spawn uv_dlsym uv_dlopen
	g_spawn* g_subprocess* g_app_info_launch* g_module_symbol Tcl_OpenCommandChannel napi_run_script luaL_load* lua_load
`)

// reaches tells whether a name that the file hides could be of use to it. A file
// that imports nothing, or of which the tables say nothing, may find all by itself.
func (c *collector) reaches() bool {
	if len(c.imports) == 0 || len(c.facts.Problems) > 0 || len(c.classes) > 0 {
		return true
	}
	return c.importsOneOf(reaching)
}

// importsOneOf tells whether the file imports a function of a list such as reaching.
func (c *collector) importsOneOf(list []string) bool {
	for name := range c.imports {
		if slices.ContainsFunc(list, func(known string) bool {
			start, all := strings.CutSuffix(known, "*")
			return name == known || all && strings.HasPrefix(name, start)
		}) {
			return true
		}
	}
	return false
}

// A reading is one way in which text may stand in a file: side by side, apart,
// backwards, each byte under its neighbour. Its byte i came from start+i*step.
type reading struct {
	data        []byte
	start, step int
	raw         bool // the file as it is
	// mixed says that a byte tells of its neighbours in the file, too.
	mixed bool
}

// offset is where the n bytes at i begin in the file.
func (r reading) offset(i, n int) int64 {
	return int64(max(min(r.start+i*r.step, r.start+(i+n-1)*r.step), 0))
}

// readings looks for names in each way to read data but as it stands.
func (c *collector) readings(data []byte) {
	if len(data) < 2 {
		return
	}
	look := c.ciphers
	c.reading = slices.Grow(c.reading[:0], len(data))
	buffer := c.reading[:len(data)]
	both := func(n, start, step int) { // n bytes of buffer, and the same backwards
		if step > 1 {
			look(reading{data: buffer[:n], start: start, step: step})
		}
		for i := range n / 2 {
			buffer[i], buffer[n-1-i] = buffer[n-1-i], buffer[i]
		}
		look(reading{data: buffer[:n], start: start + (n-1)*step, step: -step})
	}
	for _, step := range []int{1, 2, 4, 8} {
		for start := range step {
			n := 0
			for i := start; i < len(data); i += step {
				buffer[n] = data[i]
				n++
			}
			both(n, start, step)
		}
	}
	// Each byte under the one before it, as ciphers do that chain.
	xor(buffer[1:], data[1:], data)
	look(reading{data: buffer[1:], start: 1, step: 1, mixed: true})
	minus(buffer[1:], data[1:], data)
	look(reading{data: buffer[1:], start: 1, step: 1, mixed: true})
	// Words of two and four bytes in the other order, wherever they begin.
	for _, width := range []int{2, 4} {
		for start := range width {
			copy(buffer, data)
			swap(buffer[start:], width)
			look(reading{data: buffer, step: 1, mixed: true})
		}
	}
}

// swap turns round each word of two or four bytes, of those that are whole.
func swap(data []byte, width int) {
	for ; len(data) >= 8; data = data[8:] {
		word := bits.ReverseBytes64(binary.LittleEndian.Uint64(data))
		if width == 2 {
			word = word>>16&0x0000ffff0000ffff | word&0x0000ffff0000ffff<<16
		}
		binary.LittleEndian.PutUint64(data, bits.RotateLeft64(word, 32))
	}
	for ; len(data) >= width; data = data[width:] {
		slices.Reverse(data[:width])
	}
}
