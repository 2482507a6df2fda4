package inspect

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"plugvet/scanner/inspect/machine"
	"plugvet/scanner/inspect/shell"
)

// What code does that hides its names: it is followed (package machine), and what it
// makes in memory or gives to the system is compared with what stands in the file. Only
// what does not stand there in clear is noted, for the rest is found by looking.

// followLimit is the size, in bytes, of a file up to which its code is followed; of a
// universal one, of each slice, and twice as much of all.
const followLimit = 256 << 10

// Functions, and classes of Objective-C, by what they give.
var (
	socketFunctions = strings.Fields(`socket connect connectx bind listen accept accept4 sendto sendmsg recvfrom recvmsg
		CFSocketCreate CFSocketConnectToAddress CFStreamCreatePairWithSocketToHost nw_connection_create nw_listener_create
		fsockopen pfsockopen stream_socket_client stream_socket_server socket_create socket_connect
		uv_tcp_connect uv_udp_send apr_socket_create apr_socket_connect php_network_connect_socket_to_host php_network_connect_socket
		g_socket_client_connect_to_host BIO_connect pidfd_getfd`)
	networkFunctions = strings.Fields(`getaddrinfo gethostbyname gethostbyname2 gethostbyname_r gethostbyname2_r res_query res_search
		curl_easy_init curl_easy_perform curl_multi_init curl_multi_perform BIO_new_connect BIO_new_accept
		CFHTTPMessageCreateRequest CFReadStreamCreateForHTTPRequest NSURLSession NSURLConnection NSURLDownload
		NSURLHandle NSNetServiceBrowser WKWebView ngx_event_connect_peer ngx_resolve_name curl_init getaddrinfo_a gethostbyaddr res_nquery res_nsearch apr_sockaddr_info_get
		uv_getaddrinfo CFHostCreateWithName CFHostStartInfoResolution xmlReadFile PQconnectdb mysql_real_connect`)
	execFunctions = strings.Fields(`fork vfork execl execlp execle execv execve execvp execvpe execveat fexecve posix_spawn
		posix_spawnp system popen wordexp NSTask NSUserUnixTask NSPerformService exec shell_exec passthru proc_open pcntl_exec
		uv_spawn apr_proc_create php_exec virtual_popen ngx_execute ngx_spawn_process ap_open_piped_log child_process
		g_spawn_async g_spawn_sync g_spawn_command_line_async g_spawn_command_line_sync`)
	scriptFunctions = strings.Fields(`NSAppleScript OSAScript OSALanguage NSUserAppleScriptTask NSUserAutomatorTask NSUserScriptTask AMWorkflow SBApplication SBObject
		OSACompile OSACompileExecute OSADoScript OSAExecute OSALoad OSALoadExecute AESend AESendMessage AECreateAppleEvent
		executeAndReturnError: executeAppleEvent:error: compileAndReturnError: sendEventWithOptions:timeout:error: loadAppleScriptObjectiveCScripts`)
	scriptTexts = [][]byte{scriptCommand, anchor("NSApple~Script"), anchor("OSA~Script"), anchor("do shell~ script"), anchor("tell app~lication "), compiledMagics[0][:8], compiledMagics[1][:8]}
	execTexts   = []string{"child_process", "exec('", "system('", "passthru('", "popen('", "proc_open('", `exec("`, `system("`, `passthru("`, `popen("`, `proc_open("`}
	// Functions that give a line to a shell, and which argument it is.
	shellLines = map[string]int{"system": 0, "__libc_system": 0, "popen": 0, "_IO_popen": 0, "wordexp": 0, "execl": 3, "execlp": 3, "execle": 3,
		"g_spawn_command_line_async": 0, "g_spawn_command_line_sync": 0, "php_exec": 1, "virtual_popen": 0, "ap_open_piped_log": 1,
		"g_app_info_create_from_commandline": 0, "gdk_spawn_command_line_on_screen": 1}
	// Files that say where the libraries lie.
	mappingTexts = []string{"/maps", "/map_files", "/auxv", "/mem"}
	// Functions that look names up, and which argument is the name.
	lookUps = map[string]int{"dlsym": 1, "dlvsym": 1, "dlfunc": 1, "uv_dlsym": 1, "apr_dso_sym": 2, "g_module_symbol": 1, "lt_dlsym": 1,
		"__libc_dlsym": 1, "_dl_sym": 1, "DSO_bind_func": 1, "PR_FindSymbol": 1, "PR_FindFunctionSymbol": 1, "SDL_LoadFunction": 1,
		"CFBundleGetFunctionPointerForName": 1, "NSClassFromString": 0,
		"NSLookupSymbolInImage": 1, "NSLookupAndBindSymbol": 0, "NSLookupSymbolInModule": 1,
		"objc_getClass": 0, "objc_lookUpClass": 0, "objc_getRequiredClass": 0, "objc_getMetaClass": 0}
	// What names begin with that nobody looks up for another reason, in groups: libpcap and
	// others for packets, sockets, clients of the network, programs, scripts.
	lookedUp = []struct {
		what   string
		starts []string
	}{
		{RawFunction, strings.Fields(`pcap_ libnet_ pfring_ nfq_`)},
		{SocketFunction, strings.Fields(`nw_connection_ nw_listener_ CFSocket CFStreamCreatePair NSSocketPort NSConnection sendmmsg recvmmsg
			bindresvport rresvport clnt_ clnttcp_ clntudp_ svctcp_ svcudp_ rcmd uv_tcp_connect uv_tcp_bind uv_udp_connect uv_udp_bind uv_udp_send
			uv_udp_recv_start uv_udp_try_send uv_pipe_connect uv_listen uv_accept apr_socket_ php_network_ php_stream_sock_open BIO_s_connect BIO_s_accept
			BIO_new_connect BIO_new_accept BIO_accept g_socket_ zmq_connect zmq_bind nn_connect nn_bind nng_dial nng_listen PR_Connect PR_Bind
			PR_OpenTCPSocket PR_OpenUDPSocket PR_NewTCPSocket PR_NewUDPSocket evconnlistener_ bufferevent_socket_`)},
		{NetworkFunction, strings.Fields(`curl_easy_ curl_multi_ curl_ws_ ares_query ares_search ares_getaddrinfo ares_gethost res_nquery res_nsearch CFHTTP
			CFReadStreamCreateFor CFHostCreate DNSServiceQuery DNSServiceGetAddrInfo evhttp_make evdns_ soup_session_ soup_message_new OSSL_HTTP_
			NSURLHandle NSHost NSNetService WKWebView MCSession MCNearby CKContainer NetFSMountURL xmlNanoHTTP xmlNanoFTP ngx_event_connect ngx_resolve_ php_stream_xport_create NSURLSession NSURLConnection NSURLDownload`)},
		{ExecFunction, strings.Fields(`g_spawn_ NSUserUnixTask ap_open_piped_log`)},
		{MadeName, strings.Fields(`OSACompile OSAExecute OSADoScript OSADoEvent OSALoad OSAScript OSALanguage AESend AECreateAppleEvent NSAppleScript
			NSUserAppleScript NSUserAutomator SBApplication`)},
	}
	// Settings by which PHP runs what stands in another file, or a program.
	hostSettings = strings.Fields(`auto_prepend_file auto_append_file opcache.preload ffi.preload sendmail_path zend_extension`)
	// Functions that open a socket, and which argument is the family, before the type and
	// the protocol.
	socketMakers = map[string]int{"socket": 0, "__socket": 0, "CFSocketCreate": 1, "apr_socket_create": 1}
	// Parts of the names of functions that take the name of another, or code: of Objective-C,
	// V8, PHP, Lua, Python and C.
	askers = strings.Fields(`FromString objc_get objc_look sel_ napi_run napi_get_named napi_call call_user fcall zend_eval zend_lookup zend_fetch
		hash_str_find hash_find luaL_load lua_ PyRun PyImport Py_Compile syscall dlinfo dl_iterate r_debug`)
	// What returns what the linker keeps of a library, which its callers have no need to read.
	libraryLists = []string{machine.LibraryTable, "link_map", "_r_debug", "r_debug", "dlopen", "dlmopen", "dyld_get_image_header", "_dyld_get_image_header"}
	// The first bytes of libraries for 64 bits.
	libraryHeads = [][]byte{[]byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00"),
		[]byte("\xcf\xfa\xed\xfe\x0c\x00\x00\x01\x00\x00\x00\x00"), []byte("\xcf\xfa\xed\xfe\x07\x00\x00\x01\x03\x00\x00\x00")}
)

// Numbers of system calls: Linux's asm/unistd_64.h and asm-generic/unistd.h, and
// syscalls.master of XNU.
var systemCalls = map[bool]map[machine.Arch]map[string][]uint64{
	false: {
		machine.X86_64: {SocketCall: {41, 42, 43, 44, 45, 46, 47, 49, 50, 288, 299, 307}, ExecCall: {57, 58, 59, 322}, RingCall: {425, 426}},
		machine.ARM64:  {SocketCall: {198, 200, 201, 202, 203, 206, 207, 211, 212, 242, 243, 269}, ExecCall: {221, 281}, RingCall: {425, 426}},
	},
	true: {
		machine.X86_64: {SocketCall: {27, 28, 29, 30, 97, 98, 104, 106, 133}, ExecCall: {2, 59, 66, 244}},
		machine.ARM64:  {SocketCall: {27, 28, 29, 30, 97, 98, 104, 106, 133}, ExecCall: {2, 59, 66, 244}},
	},
}

// systemCalls32 are those of Linux for 32 bits on x86: arch/x86/entry/syscalls/syscall_32.tbl.
var systemCalls32 = map[string][]uint64{
	SocketCall: {102, 337, 345, 359, 360, 361, 362, 363, 364, 369, 370, 371, 372, 417, 421},
	ExecCall:   {2, 11, 120, 190, 358, 435},
	RingCall:   {425, 426},
}

// leastFollowed is what a slice counts for at least: a small one may run as long as any.
const leastFollowed = followLimit / 8

// follows tells whether code of so many bytes is still followed.
func (c *collector) follows(size int) bool {
	return !c.outline && size <= followLimit && c.followed+max(size, leastFollowed) <= 2*followLimit
}

// follow follows the code of the file, or slice, that data is, as an image, which may be nil.
func (c *collector) follow(imageOf func() *machine.Image, data []byte) {
	if c.outline {
		return
	}
	if !c.follows(len(data)) {
		c.unfollowed(fmt.Sprintf("its code was not followed, which is done up to %d KB", followLimit>>10))
		return
	}
	image := imageOf()
	if image == nil {
		return
	}
	c.followed += max(len(data), leastFollowed)
	f := &follower{collector: c, image: image, data: data, cleared: map[string]bool{}}
	f.listed()
	if !machine.Follow(image, &machine.Watch{
		Call: f.call,
		System: func(at, number uint64, arguments [6]machine.Argument) {
			f.number(at, number, arguments[:])
			f.texts(at, arguments)
		},
		System32: func(at, number uint64) { f.numberOf(systemCalls32, at, number) },
		Inside: func(at uint64, name string, code bool) {
			if code || slices.Contains(libraryLists, name) {
				f.note(LibraryInside, at)
			}
		},
		Distance: func(at uint64, name string) { f.note(CodeDistance, at) },
		Unpacked: func(at uint64) { f.note(CodeUnpacked, at) },
		Stalls:   func(at uint64) { f.note(CodeStalls, at) },
		Fed:      f.fed,
		Variable: f.environment.get,
		Written:  f.written,
		Force:    f.asks,
	}) {
		c.unfollowed("its code was not followed: it has too many or too large segments")
	}
}

// unfollowed notes that code was not followed, where that could have shown more than the
// imports do.
func (c *collector) unfollowed(why string) {
	if c.reaches() {
		c.facts.Unfollowed = why
	}
}

// searchLimit is how many bytes of a file are searched for what its code makes.
const searchLimit = 64 << 20

// asks reports whether the file asks by a name or a text for what it uses: a branch that
// is not gone by itself can hide nothing else.
func (f *follower) asks() bool {
	if len(f.facts.Embedded) > 0 {
		return true
	}
	for name := range f.imports {
		name = strings.TrimPrefix(name, "_")
		if _, ok := lookUps[name]; ok || slices.Contains(execFunctions, name) || slices.ContainsFunc(askers, func(part string) bool { return strings.Contains(name, part) }) {
			return true
		}
	}
	return false
}

type follower struct {
	*collector
	image    *machine.Image
	data     []byte
	cleared  map[string]bool // what clear found, by the text
	searched int             // bytes
	lines    allowance       // that were read as a shell does
	sources  allowance       // and as source text
	scripts  map[string]bool // and as an interpreter does

	environment environment // that it sets
	task        task

	documents map[string]bool // that were read, by what they are relative to, their encoding and text
	joined    string          // the end of those that come in parts
	parts     int             // after which they were looked at
}

// Limits on lists of strings.
const (
	maxPiece  = 16   // bytes of a string that is a piece of another
	maxListed = 1024 // bytes of one that is put together
)

// listed looks at lists of addresses, which whoever walks them may put together: of letters,
// or of the pieces of a path.
func (f *follower) listed() {
	pointers := slices.DeleteFunc(slices.Clone(f.image.Pointers), func(p machine.Pointer) bool { return p.Import != "" })
	for _, s := range f.image.Segments {
		if !f.image.Apple || s.Code {
			continue // where nothing but relocations tells of addresses
		}
		for off := -s.Addr & 7; off+8 <= uint64(len(s.Data)); off += 8 {
			if to := binary.LittleEndian.Uint64(s.Data[off:]); f.offset(to) != 0 {
				pointers = append(pointers, machine.Pointer{Addr: s.Addr + off, Value: to})
			}
		}
	}
	slices.SortFunc(pointers, func(a, b machine.Pointer) int { return cmp.Compare(a.Addr, b.Addr) })
	var text []byte
	var first, last machine.Pointer
	pieces := 0
	for _, p := range append(pointers, machine.Pointer{}) {
		piece := f.piece(p.Value)
		if follows := p.Addr == last.Addr+8; piece == nil || !follows || len(text) > maxListed {
			if pieces > 1 {
				f.text(first.Addr, string(text))
			}
			text, pieces, first = text[:0], 0, p
		}
		if piece != nil {
			text, pieces = append(text, piece...), pieces+1
		}
		last = p
	}
}

// piece is the string at an address, or nil where there is none that is so short.
func (f *follower) piece(at uint64) []byte {
	off := f.offset(at)
	if off == 0 || off >= uint64(len(f.data)) {
		return nil
	}
	piece, _, ended := bytes.Cut(f.data[off:min(off+maxPiece+1, uint64(len(f.data)))], []byte{0})
	if !ended || slices.ContainsFunc(piece, func(b byte) bool { return b != ' ' && notPrintable(b) }) {
		return nil
	}
	return piece
}

// note notes once what was seen, with the place of the code.
func (f *follower) note(name string, at uint64) {
	if slices.ContainsFunc(f.facts.Embedded, func(e Embedded) bool { return e.Name == name }) || len(f.facts.Embedded) >= maxEmbedded {
		return
	}
	f.facts.Embedded = append(f.facts.Embedded, Embedded{name, f.base + int64(f.offset(at))})
}

// offset is where an address lies in the file, or 0.
func (f *follower) offset(at uint64) uint64 {
	for _, s := range f.image.Segments {
		if at >= s.Addr && at-s.Addr < uint64(len(s.Data)) {
			return at - s.Addr + s.Off
		}
	}
	return 0
}

func (f *follower) number(at, number uint64, arguments []machine.Argument) {
	f.numberOf(systemCalls[f.image.Apple][f.image.Arch], at, number)
	opens := map[machine.Arch]uint64{machine.X86_64: 41, machine.ARM64: 198}[f.image.Arch]
	if f.image.Apple {
		opens = 97
	}
	if number == opens {
		f.socket(at, arguments)
	}
}

func (f *follower) numberOf(calls map[string][]uint64, at, number uint64) {
	for name, numbers := range calls {
		if slices.Contains(numbers, number) {
			f.note(name, at)
		}
	}
}

// Constants of sockets: Linux's bits/socket.h, and sys/socket.h of macOS.
const (
	rawType    = 3
	packetType = 10 // of Linux, and obsolete
	typeMask   = 0xf
	packets    = 17 // a family of Linux; of macOS, that of routes
)

var (
	// Families of which a raw socket has the packets of a network: IPv4, IPv6, and on
	// Linux that of the express data path, on macOS that of drivers.
	rawFamilies = map[bool][]uint64{false: {2, 10, 44}, true: {2, 30, 27}}
	// Families of which a raw socket has what the kernel tells and takes: of Linux its keys
	// and netlink, of macOS its routes, keys and events; and the frames of other networks:
	// of Linux those of CAN, Bluetooth and IEEE 802.15.4.
	kernelFamilies = map[bool][]uint64{false: {15, 16, 29, 31, 36}, true: {17, 29, 32}}
	// Protocols that tell a raw socket even where its family is not known: ICMP of both
	// versions, and what the caller writes himself.
	rawProtocols = []uint64{1, 58, 255}
)

// socket looks at what a call opens, by the family, type and protocol that it is given.
func (f *follower) socket(at uint64, arguments []machine.Argument) {
	const most = 0xffff // more is no family but an address of what is not known
	family, kind, protocol := arguments[0].Value&(1<<32-1), arguments[1].Value&(1<<32-1), arguments[2].Value&(1<<32-1)
	if kind > most<<4 {
		return
	}
	raw := kind&typeMask == rawType
	switch {
	case !f.image.Apple && family == packets && kind != 0, !f.image.Apple && kind&typeMask == packetType,
		raw && slices.Contains(rawFamilies[f.image.Apple], family),
		raw && (family == 0 || family > most) && slices.Contains(rawProtocols, protocol):
		f.note(RawSocket, at)
	case raw && slices.Contains(kernelFamilies[f.image.Apple], family):
		f.note(KernelSocket, at)
	}
}

func (f *follower) call(at uint64, name string, arguments [6]machine.Argument, sure bool) {
	if name == "syscall" || name == "__syscall" {
		f.number(at, arguments[0].Value, arguments[1:])
	}
	if place, ok := lookUps[name]; ok {
		text, made := arguments[place].Text(), f.made(arguments[place])
		_, own := f.imports[text]
		if what := wanted(text); what != "" && !own {
			f.note(what, at)
		}
		if sure && made && (text == "" || !f.clear([]byte(text))) {
			f.note(MadeLookUp, at)
		}
	}
	asked := name
	if name == "objc_msgSend" {
		if selector := arguments[1].Text(); strings.HasSuffix(selector, ":") { // none of C has that
			asked = selector
		}
	}
	for _, h := range handedOver[asked] {
		h.look(f, at, arguments, h.place)
	}
	f.texts(at, arguments)
}

// line looks at what a shell makes of a command line, which may spell the command by its
// variables, quotes and patterns.
func (f *follower) line(at uint64, line string) {
	if f.unread(line, f.environment) && shell.Runs(shell.Commands(line, nil, f.environment.values), string(scriptCommand)) {
		f.note(MadeName, at)
	}
}

// fed looks at what a program gets on its input: a shell or what stands before one in a pipe.
func (f *follower) fed(at uint64, command, text string) {
	f.line(at, "printf %s '"+strings.ReplaceAll(text, "'", `'\''`)+"' | "+command)
}

// unread notes a line that is to be read as a shell does in an environment, and reports
// whether it is new there and may spell a command.
func (f *follower) unread(line string, in environment) bool {
	const letters = 256 << 10
	if !strings.ContainsAny(line, "$'\"\\`?*[|{") || strings.Contains(line, string(scriptCommand)) {
		return false
	}
	if len(line) > shell.MaxLine {
		f.problem(-1, "its code gives a shell a longer line than is read")
		return false
	}
	is, exceeded := f.lines.takes(in.of(line), letters)
	if exceeded {
		f.problem(-1, "its code gives shells more lines than are read")
	}
	return is
}

// texts looks at what a call is given. What was not written by the code stands in the file.
func (f *follower) texts(at uint64, arguments [6]machine.Argument) {
	for _, a := range arguments {
		if f.made(a) {
			f.text(at, a.Text())
		}
	}
}

// made reports whether the code has made what a call is given. Where the file has the
// text that is there now, the code wrote only beside it; that text may be the tail of
// another, as a linker leaves "bind" within "unbind".
func (f *follower) made(a machine.Argument) bool {
	if !a.Made {
		return false
	}
	text, off := a.Text(), f.offset(a.Value)
	end := off + uint64(len(text))
	return text == "" || off == 0 || end >= uint64(len(f.data)) || f.data[end] != 0 || string(f.data[off:end]) != text
}

// clear reports whether the file has a text as it is, and not merely within another word.
func (f *follower) clear(text []byte) bool {
	is, known := f.cleared[string(text)]
	if known {
		return is
	}
	if f.searched += len(f.data); f.searched > searchLimit {
		f.problem(-1, "its code makes more texts than are looked for")
		return true
	}
	is = f.stands(text)
	f.cleared[string(text)] = is
	return is
}

func (f *follower) stands(text []byte) bool {
	letter := func(at int) bool {
		if at < 0 || at >= len(f.data) {
			return false
		}
		b := f.data[at]
		return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9' || b == '_'
	}
	for from := 0; ; {
		next := bytes.Index(f.data[from:], text)
		if next < 0 {
			return false
		}
		at := from + next
		if !letter(at-1) && !letter(at+len(text)) {
			return true
		}
		from = at + 1
	}
}

// wanted reports what a name gives that is looked up, for more names than stand alone for
// what they name.
func wanted(name string) string {
	if what := named(name); what != "" {
		return what
	}
	name = strings.TrimPrefix(name, "_")
	if what := named(strings.TrimPrefix(name, "_")); what != "" { // of the system, beside the usual one
		return what
	}
	for _, group := range lookedUp {
		if slices.ContainsFunc(group.starts, func(start string) bool { return strings.HasPrefix(name, start) }) {
			return group.what
		}
	}
	return ""
}

// named reports what a text names that stands alone.
func named(text string) string {
	switch text = strings.TrimPrefix(text, "_"); { // as the symbols of macOS begin
	case slices.Contains(socketFunctions, text):
		return SocketFunction
	case slices.Contains(networkFunctions, text):
		return NetworkFunction
	case slices.Contains(execFunctions, text):
		return ExecFunction
	case slices.Contains(scriptFunctions, text):
		return MadeName
	}
	return ""
}

// text looks at what a call is given.
func (f *follower) text(at uint64, text string) {
	if len(text) < 4 {
		return
	}
	if what := named(text); what != "" && !f.clear([]byte(text)) {
		f.note(what, at)
	}
	f.setting(at, text)
	f.source(at, text)
	for _, part := range scriptTexts {
		if strings.Contains(text, string(part)) && !f.clear(part) {
			f.note(MadeName, at)
		}
	}
	for _, part := range mappingTexts {
		if strings.HasSuffix(text, part) && !f.clear([]byte(part)) {
			f.note(LibraryInside, at)
		}
	}
	for _, part := range execTexts {
		if strings.Contains(text, part) && !f.clear([]byte(part)) {
			f.note(ExecFunction, at)
		}
	}
}

// setting looks for the name of a setting of the host.
func (f *follower) setting(at uint64, text string) {
	if slices.Contains(hostSettings, text) && !f.clear([]byte(text)) {
		f.note(HostSetting, at)
	}
}

// written looks at memory that the code has filled.
func (f *follower) written(function uint64, data []byte) {
	for _, part := range scriptTexts {
		if bytes.Contains(data, part) && !f.clear(part) {
			f.note(MadeName, function)
		}
	}
	for _, head := range libraryHeads {
		if bytes.Contains(data, head) && !bytes.Contains(f.data[min(len(f.data), len(head)):], head) {
			f.note(CodeUnpacked, function)
		}
	}
	for len(data) > 0 {
		text, rest, _ := bytes.Cut(data, []byte{0})
		data = bytes.TrimLeft(rest, "\x00")
		if len(text) < 5 {
			continue
		}
		for start, i := 0, 0; i <= len(text); i++ { // what else was written there is no text
			if i == len(text) || unprintable(text[i]) {
				if i-start >= 5 {
					f.source(function, string(text[start:i]))
				}
				start = i + 1
			}
		}
		if len(text) > longestName {
			continue
		}
		if what := named(string(text)); what != "" && !f.clear(text) {
			f.note(what, function)
		}
		f.setting(function, string(text))
	}
}

func unprintable(b byte) bool { return b > 0x7e || b < ' ' && b != '\n' && b != '\t' && b != '\r' }
