package match

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect"
)

// An External is a variable that rules may use beside a file's bytes: what the
// file's own symbol tables and its place say.
type External struct {
	Name string
	// Default is the value where nothing is known: a string, int64 or bool. The
	// defaults are also what the stock command takes: `yara -d name=default`.
	Default any
	Doc     string
}

// factsVersion is part of every rule set's digest. It rises when the meaning of
// an external changes or the readers of binaries and scripts find more than they
// did, so that capabilities which were read otherwise are not carried over.
const factsVersion = 20

// Externals lists every variable that rules may use, by name. Lists hold their
// names between single blanks, one before the first and one after the last, so
// that `imports contains " connect "` finds the name and not a part of another;
// a list without names is empty. `filename`, `filepath`, `extension`, `filetype`
// and `owner` mean what they mean to the scanners that public rule sets are
// written for (LOKI: base name, whole path, suffix with its dot in lower case).
//
// The stock yara command takes a value of digits alone for an integer: give it
// a team or a file name of digits only through a file of another name.
func Externals() []External { return slices.Clone(externals) }

var externals = []External{
	{"arch", "", "architectures of native code, a list: \" arm64 x86_64 \""},
	{"calls", "", "functions that a script calls and classes that it makes instances of, a list: \" child_process.exec fetch \"; in the decoded view only"},
	{"classes", "", "Objective-C classes that native code refers to, a list"},
	{"dylibs", "", "libraries that native code is linked against, a list of install names or sonames"},
	{"embedded", "", "what lies compressed or under a key in native code, or what its code makes, a list of what and where: \" applescript-source@8192 \""},
	{"exports", "", "functions and data that native code and WebAssembly export, a list"},
	{"extension", "", "suffix of the file's name in lower case, with its dot: \".so\""},
	{"filename", "", "base name of the file"},
	{"filepath", "", "whole path of the file below the scanned root, from \"/\""},
	{"filetype", "", "kind of the file as public rule sets name it: ELF, MACH-O, EXE, PHP, Python, else UNKNOWN"},
	{"host", "", "program that loads the file: nginx, php, node or httpd"},
	{"imports", "", "functions and data that native code imports, a list, without Mach-O's leading underscore and ELF's version; of WebAssembly \"module.name\" and interfaces"},
	{"interpreter", "", "program that a shebang line names: its base name without a version, \"python\""},
	{"kind", "", "kind of the file by its content: macho, elf, javascript, php, json, text and so on"},
	{"modules", "", "modules that a script loads, a list: \" net ./lib/send \"; in the decoded view only"},
	{"owner", "", "user that owns the file, by name or by number"},
	{"plugin", "", "name of the plugin that the file belongs to"},
	{"problems", int64(0), "number of parts of native code or WebAssembly that do not parse"},
	{"searchpaths", "", "where native code has the linker look for libraries (LC_RPATH, DT_RPATH, DT_RUNPATH), a list"},
	{"selectors", "", "Objective-C selectors that native code sends, a list"},
	{"server", false, "whether the file is the host itself and not a plugin"},
	{"signature", "", "state of a Mach-O signature: unsigned, adhoc, signed or broken; else empty"},
	{"slices", int64(0), "number of architectures in native code"},
	{"team", "", "team identifier of a Mach-O signature, as the file states it"},
	{"view", "raw", "what is matched: raw, the bytes of the file, or decoded, a script as its interpreter reads it"},
}

// A Subject is what the bytes of a file do not say: where it lies and to whom it
// belongs.
type Subject struct {
	Host   string // nginx, php, node, httpd
	Plugin string // its name
	Path   string // relative to the scanned root, with /
	Owner  string // user name, or the number where there is none
	Server bool   // the host's own program
}

// Variables are the values of the externals for one file, by name: strings,
// int64s and bools. A name that is missing has its default.
type Variables map[string]any

// complete returns the value of every external.
func (v Variables) complete() Variables {
	all := make(Variables, len(externals))
	for _, e := range externals {
		if value, ok := v[e.Name]; ok {
			all[e.Name] = value
		} else {
			all[e.Name] = e.Default
		}
	}
	return all
}

// VariablesOf puts facts and subject into the words of the rules. Values hold
// no NUL, which libyara would take for their end.
func VariablesOf(facts *inspect.Facts, subject Subject) Variables {
	var embedded []string
	for _, e := range facts.Embedded {
		embedded = append(embedded, fmt.Sprintf("%s@%d", e.Name, e.Offset))
	}
	v := Variables{
		"classes":     list(facts.Classes),
		"dylibs":      list(facts.Libraries),
		"embedded":    list(embedded),
		"exports":     list(facts.Exports),
		"extension":   strings.ToLower(path.Ext(subject.Path)),
		"filename":    path.Base("/" + subject.Path),
		"filepath":    path.Clean("/" + subject.Path),
		"filetype":    fileType(facts.Kind),
		"host":        subject.Host,
		"imports":     list(withoutVariants(facts.Imports)),
		"interpreter": facts.Interpreter,
		"kind":        string(facts.Kind),
		"owner":       subject.Owner,
		"plugin":      subject.Plugin,
		"problems":    int64(len(facts.Problems)),
		"searchpaths": list(facts.SearchPaths),
		"selectors":   list(facts.Selectors),
		"server":      subject.Server,
		"slices":      int64(len(facts.Slices)),
	}
	var arch []string
	for _, slice := range facts.Slices {
		arch = append(arch, slice.Arch)
	}
	slices.Sort(arch)
	v["arch"] = list(slices.Compact(arch))
	if facts.Signature != nil {
		v["signature"] = facts.Signature.State
		v["team"] = facts.Signature.Team
	}
	for name, value := range v {
		if text, ok := value.(string); ok {
			v[name] = withoutNUL(text)
		}
	}
	return v
}

func withoutNUL(text string) string { return strings.ReplaceAll(text, "\x00", "") }

// list joins names as list externals hold them. A name with a blank in it keeps
// it, and can then not be told from two.
func list(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return " " + strings.Join(names, " ") + " "
}

// withoutVariants adds the plain name of each variant of a macOS libc function
// (connect$NOCANCEL, fork$UNIX2003) to a sorted list of imports.
func withoutVariants(imports []string) []string {
	var plain []string
	for _, name := range imports {
		base, variant, found := strings.Cut(name, "$")
		if found && base != "" && !strings.HasSuffix(base, "_") && variantName(variant) {
			plain = append(plain, base)
		}
	}
	if plain == nil {
		return imports
	}
	all := slices.Concat(imports, plain)
	slices.Sort(all)
	return slices.Compact(all)
}

// variantName holds for NOCANCEL, UNIX2003, DARWIN_EXTSN, 1050 and several of
// them joined by $.
func variantName(s string) bool {
	return s != "" && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$") == ""
}

// fileType is the name that LOKI's table of signatures gives to a kind.
func fileType(kind inspect.Kind) string {
	switch kind {
	case inspect.MachO:
		return "MACH-O"
	case inspect.ELF:
		return "ELF"
	case inspect.PE:
		return "EXE"
	case inspect.PHP:
		return "PHP"
	case inspect.Python:
		return "Python"
	default:
		return "UNKNOWN"
	}
}
