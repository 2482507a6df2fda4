package inspect

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const fixtures = "../../testdata/fixtures/native"

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(fixtures, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// natives are the fixtures that are whole.
func natives(t testing.TB) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"macos-*/*", "linux-*/*"} {
		paths, err := filepath.Glob(filepath.Join(fixtures, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			names = append(names, strings.TrimPrefix(p, fixtures+"/"))
		}
	}
	if len(names) < 40 {
		t.Fatalf("only %d fixtures in %s: make fixtures", len(names), fixtures)
	}
	return names
}

var versionOrVariant = regexp.MustCompile(`@.*|\$(UNIX2003|DARWIN_EXTSN|NOCANCEL|INODE64|1050)`)

// llvmUndefined asks llvm-nm for the undefined symbols, named as in Facts.
func llvmUndefined(t *testing.T, path string, elf bool) []string {
	t.Helper()
	args := []string{"--undefined-only", "--just-symbol-name"}
	if elf {
		args = append(args, "--dynamic")
	} else {
		args = append(args, "--arch=all")
	}
	out, err := exec.Command(cmp.Or(os.Getenv("LLVM_NM"), "llvm-nm"), append(args, path)...).Output()
	if err != nil {
		t.Fatalf("llvm-nm %s: %v", path, err)
	}
	var names []string
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasSuffix(line, ":") {
			continue
		}
		if !elf {
			line = strings.TrimPrefix(line, "_")
		}
		names = append(names, versionOrVariant.ReplaceAllString(line, ""))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestImportsAreThoseOfLLVM(t *testing.T) {
	for _, name := range natives(t) {
		if strings.Contains(name, "_no_") {
			continue // nothing is left that llvm-nm reads
		}
		facts := Identify(name, fixture(t, name))
		want := llvmUndefined(t, filepath.Join(fixtures, name), facts.Kind == ELF)
		if !slices.Equal(facts.Imports, want) {
			t.Errorf("%s imports %q; llvm-nm says %q", name, facts.Imports, want)
		}
		if len(facts.Problems) > 0 {
			t.Errorf("%s: %v", name, facts.Problems)
		}
	}
}

func TestFactsOfFixtures(t *testing.T) {
	const system, objc = "/usr/lib/libSystem.B.dylib", "/usr/lib/libobjc.A.dylib"
	const foundation = "/System/Library/Frameworks/Foundation.framework/Versions/C/Foundation"
	arm, intel := Slice{"arm64", "dylib"}, Slice{"x86_64", "dylib"}
	script := []string{"executeAndReturnError:", "initWithSource:", "stringWithUTF8String:"}
	nginx := []string{"ngx_module_names", "ngx_modules"}
	for _, c := range []struct {
		name       string
		slices     []Slice
		imports    []string // among others
		exports    []string // among others
		classes    []string // exactly, as the rest
		selectors  []string
		libraries  []string
		state      string
		identifier string
		cdhash     string // as go-macho computes it
	}{
		{"macos-arm64/nginx_socket.so", []Slice{arm}, []string{"connect", "socket"}, nginx, nil, nil,
			[]string{system}, "adhoc", "nginx_socket.so", ""},
		{"macos-arm64/nginx_applescript.so", []Slice{arm}, []string{"OBJC_CLASS_$_NSAppleScript"}, nginx, []string{"NSAppleScript", "NSString"}, script,
			[]string{system}, "adhoc", "nginx_applescript.so", "a03902ef8e8621e4ed511c0a963d693b8b186760"},
		{"macos-universal/nginx_applescript.so", []Slice{intel, arm}, []string{"objc_msgSend"}, nginx, []string{"NSAppleScript", "NSString"}, script,
			[]string{system}, "unsigned", "", "a03902ef8e8621e4ed511c0a963d693b8b186760"},
		{"macos-arm64/nginx_objc_getclass.so", []Slice{arm}, []string{"objc_getClass"}, nginx, []string{"NSAppleScript"}, []string{"alloc", "executeAndReturnError:", "initWithSource:"},
			[]string{system}, "adhoc", "nginx_objc_getclass.so", ""},
		{"macos-arm64/php_socket.so", []Slice{{"arm64", "bundle"}}, []string{"accept", "bind", "listen", "socket"}, []string{"get_module"}, nil, nil,
			[]string{system}, "adhoc", "php_socket.so", ""},
		{"macos-x86_64/node_applescript.node", []Slice{{"x86_64", "bundle"}}, []string{"objc_msgSend"}, []string{"napi_register_module_v1"}, []string{"NSAppleScript", "NSString"}, script,
			[]string{foundation, system, objc}, "unsigned", "", ""},
		{"macos-arm64/node_applescript_no_symtab.node", []Slice{{"arm64", "bundle"}}, []string{"OBJC_CLASS_$_NSAppleScript", "objc_msgSend"}, []string{"napi_register_module_v1"}, []string{"NSAppleScript", "NSString"}, script,
			[]string{foundation, system, objc}, "unsigned", "", ""},
		{"linux-x86_64/nginx_socket.so", []Slice{{"x86_64", "dyn"}}, []string{"connect", "socket"}, nginx, nil, nil,
			[]string{"libc.so.6"}, "", "", ""},
		{"linux-x86_64/nginx_pcap.so", []Slice{{"x86_64", "dyn"}}, []string{"pcap_open_live"}, nginx, nil, nil,
			[]string{"libpcap.so.0.8"}, "", "", ""},
		{"linux-other/nginx_socket_powerpc.so", []Slice{{"ppc", "dyn"}}, []string{"connect", "socket"}, nginx, nil, nil, nil, "", "", ""},
	} {
		f := Identify(c.name, fixture(t, c.name))
		same := func(what string, got, want []string) {
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s are %q, want %q", c.name, what, got, want)
			}
		}
		contains := func(what string, got, want []string) {
			for _, w := range want {
				if !slices.Contains(got, w) {
					t.Errorf("%s: %s are %q, without %q", c.name, what, got, w)
				}
			}
		}
		if !slices.Equal(f.Slices, c.slices) {
			t.Errorf("%s: slices are %v, want %v", c.name, f.Slices, c.slices)
		}
		contains("imports", f.Imports, c.imports)
		contains("exports", f.Exports, c.exports)
		same("classes", f.Classes, c.classes)
		same("selectors", f.Selectors, c.selectors)
		same("libraries", f.Libraries, c.libraries)
		var s Signature
		if f.Signature != nil {
			s = *f.Signature
		}
		if s.State != c.state || s.Identifier != c.identifier || c.cdhash != "" && !slices.Equal(s.CDHashes, []string{c.cdhash}) {
			t.Errorf("%s: signature is %+v", c.name, s)
		}
	}
}

// What a stripper or an attacker takes away must not hide an import.
func TestImportsSurviveWithoutTheTablesThatToolsRead(t *testing.T) {
	sections := fixture(t, "linux-x86_64/nginx_socket.so")
	want := Identify("", sections).Imports
	if got := Identify("", fixture(t, "linux-x86_64/nginx_socket_no_sections.so")).Imports; !slices.Equal(got, want) {
		t.Errorf("without section headers: %q, want %q", got, want)
	}
	for _, name := range []string{"linux-x86_64/nginx_socket.so", "linux-other/nginx_socket_powerpc.so", "linux-other/nginx_socket_s390x.so", "linux-other/nginx_socket_x86.so"} {
		got := Identify("", withEmptyDynsym(t, fixture(t, name)))
		if want := Identify("", fixture(t, name)).Imports; !slices.Equal(got.Imports, want) {
			t.Errorf("%s with an empty .dynsym: %q, want %q", name, got.Imports, want)
		}
		got = Identify("", withoutDynamic(t, fixture(t, name)))
		if want := Identify("", fixture(t, name)).Imports; !slices.Equal(got.Imports, want) {
			t.Errorf("%s without PT_DYNAMIC: %q, want %q", name, got.Imports, want)
		}
	}

	full := Identify("", fixture(t, "macos-arm64/node_applescript.node")).Imports
	full = slices.DeleteFunc(full, func(name string) bool { return name == "dyld_stub_binder" }) // of no use to chained fixups
	if got := Identify("", fixture(t, "macos-arm64/node_applescript_no_symtab.node")).Imports; !slices.Equal(got, full) {
		t.Errorf("without a symbol table: %q, want %q", got, full)
	}
	for _, name := range []string{"macos-arm64/nginx_applescript.so", "macos-x86_64/node_socket.node"} {
		f := Identify("", withoutCommand(t, fixture(t, name), lcSymtab))
		want := Identify("", fixture(t, name))
		if !slices.Equal(f.Imports, want.Imports) || !slices.Equal(f.Classes, want.Classes) || !slices.Equal(f.Exports, want.Exports) {
			t.Errorf("%s by dyld info alone: %q %q %q, want %q %q %q", name, f.Imports, f.Classes, f.Exports, want.Imports, want.Classes, want.Exports)
		}
		f = Identify("", withoutCommand(t, fixture(t, name), lcDyldInfo))
		if !slices.Equal(f.Imports, want.Imports) || !slices.Equal(f.Exports, want.Exports) {
			t.Errorf("%s by its symbol table alone: %q %q, want %q %q", name, f.Imports, f.Exports, want.Imports, want.Exports)
		}
	}
}

func TestNamesMeanTheSameEverywhere(t *testing.T) {
	for raw, want := range map[string]string{
		"_connect$UNIX2003":             "connect",
		"_select$DARWIN_EXTSN$NOCANCEL": "select",
		"_stat$INODE64":                 "stat",
		"__connect":                     "_connect",
		"dyld_stub_binder":              "dyld_stub_binder",
		"_OBJC_CLASS_$_NSAppleScript":   "OBJC_CLASS_$_NSAppleScript",
		"_$s4main3fooyyF":               "$s4main3fooyyF",
		"_price$EUR":                    "price$EUR",
		"$NOCANCEL":                     "$NOCANCEL",
	} {
		if got := string(plainName([]byte(raw))); got != want {
			t.Errorf("plainName(%q) = %q, want %q", raw, got, want)
		}
	}
	for raw, want := range map[string]string{"socket@GLIBC_2.2.5": "socket", "x@@BASE": "x", "@x": "@x"} {
		if got := string(unversioned([]byte(raw))); got != want {
			t.Errorf("unversioned(%q) = %q, want %q", raw, got, want)
		}
	}
}

// Each hint at the number of dynamic symbols is enough by itself, so that a
// table which lies cannot lower it.
func TestDynamicSymbolsAreCountedByWhateverIsThere(t *testing.T) {
	const gone = 0x6ffffff0
	want := Identify("", fixture(t, "linux-x86_64/nginx_socket.so")).Imports
	hints := map[string][]uint64{"hash": {dtHash}, "GNU hash": {dtGNUHash}, "relocations": {dtRela, dtRel, dtJmpRel}, "nothing": nil}
	for kept := range hints {
		data := fixture(t, "linux-x86_64/nginx_socket_no_sections.so")
		e := elfOf(t, data)
		table, step := e.u64(32), uint64(e.u16(54))
		for i := range uint64(e.u16(56)) {
			if at := table + i*step; e.u32(at) == ptDynamic {
				for entry := e.u64(at + 8); e.u64(entry) != 0; entry += 16 {
					for hint, tags := range hints {
						if hint != kept && slices.Contains(tags, e.u64(entry)) {
							e.order.PutUint64(data[entry:], gone)
						}
					}
				}
			}
		}
		got := Identify("", data).Imports
		if kept == "nothing" { // up to the string table, with whatever lies between
			got = slices.DeleteFunc(got, func(name string) bool { return !slices.Contains(want, name) })
		}
		if !slices.Equal(got, want) {
			t.Errorf("counted by %s: %q, want %q", kept, got, want)
		}
	}
}

// The runtime goes by __objc_selrefs, wherever the strings lie and whatever
// address the file is linked for.
func TestSelectorsAreFoundByTheirReferences(t *testing.T) {
	for _, name := range []string{"macos-arm64/node_applescript.node", "macos-x86_64/node_applescript.node"} {
		want := Identify("", fixture(t, name)).Selectors
		data := bytes.ReplaceAll(fixture(t, name), []byte("__objc_methname"), []byte("__elsewhere\x00\x00\x00\x00"))
		if got := Identify("", data).Selectors; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}

	// Chained pointers may count from the header, which lies at 4 GiB in a program.
	data := bytes.ReplaceAll(fixture(t, "macos-arm64/node_applescript.node"), []byte("__objc_methname"), []byte("__elsewhere\x00\x00\x00\x00"))
	want := Identify("", data).Selectors
	order := binary.LittleEndian
	for at, n := 32, order.Uint32(data[16:]); n > 0; n-- {
		if order.Uint32(data[at:]) == lcSegment64 {
			order.PutUint64(data[at+24:], order.Uint64(data[at+24:])+1<<32)
		}
		at += int(order.Uint32(data[at+4:]))
	}
	if got := Identify("", data).Selectors; !slices.Equal(got, want) {
		t.Errorf("from the header: %q, want %q", got, want)
	}
}

func TestSearchPathsAreThoseOfTheLinker(t *testing.T) {
	for name, want := range map[string][]string{
		"search_path.so":    {"$ORIGIN/.cache", "/usr/lib/kit"},
		"search_path.dylib": {"@loader_path/.cache"},
	} {
		if got := Identify(name, fixture(t, filepath.Join("../scripts/native", name))).SearchPaths; !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
