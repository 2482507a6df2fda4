package match_test

import (
	"bytes"
	"debug/elf"
	"debug/macho"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect"
)

// identify reads the facts that the tests need, by the standard library and the
// suffix alone, so that they stand on their own.
func identify(name string, data []byte) *inspect.Facts {
	f := &inspect.Facts{Kind: kindOf(name, data)}
	switch f.Kind {
	case inspect.ELF:
		if file, err := elf.NewFile(bytes.NewReader(data)); err == nil {
			symbols, _ := file.ImportedSymbols()
			for _, s := range symbols {
				f.Imports = append(f.Imports, s.Name)
			}
			f.Libraries, _ = file.ImportedLibraries()
			f.Slices = []inspect.Slice{{Arch: file.Machine.String()}}
		}
	case inspect.MachO:
		files := []*macho.File{}
		if fat, err := macho.NewFatFile(bytes.NewReader(data)); err == nil {
			for _, arch := range fat.Arches {
				files = append(files, arch.File)
			}
		} else if file, err := macho.NewFile(bytes.NewReader(data)); err == nil {
			files = append(files, file)
		}
		for _, file := range files {
			symbols, _ := file.ImportedSymbols()
			for _, s := range symbols {
				if class, ok := strings.CutPrefix(s, "_OBJC_CLASS_$_"); ok {
					f.Classes = append(f.Classes, class)
				}
				f.Imports = append(f.Imports, strings.TrimPrefix(s, "_"))
			}
			libraries, _ := file.ImportedLibraries()
			f.Libraries = append(f.Libraries, libraries...)
			f.Slices = append(f.Slices, inspect.Slice{Arch: file.Cpu.String()})
		}
	}
	for _, list := range []*[]string{&f.Imports, &f.Classes, &f.Libraries} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return f
}

func kindOf(name string, data []byte) inspect.Kind {
	switch {
	case bytes.HasPrefix(data, []byte("\x7fELF")):
		return inspect.ELF
	case bytes.HasPrefix(data, []byte("\xcf\xfa\xed\xfe")), bytes.HasPrefix(data, []byte("\xca\xfe\xba\xbe\x00\x00\x00\x02")):
		return inspect.MachO
	case bytes.HasPrefix(data, []byte("FasdUAS")), bytes.HasPrefix(data, []byte("JsOsaDAS")):
		return inspect.AppleScript
	case strings.HasSuffix(name, ".d.ts"), strings.HasSuffix(name, ".d.mts"), strings.HasSuffix(name, ".d.cts"):
		return inspect.Declaration
	}
	switch path.Ext(name) {
	case ".js", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".jsx":
		return inspect.JavaScript
	case ".php":
		return inspect.PHP
	case ".sh":
		return inspect.Shell
	case ".json":
		return inspect.JSON
	case ".map":
		return inspect.SourceMap
	default:
		return inspect.Text
	}
}
