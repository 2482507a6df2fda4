package match

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"plugvet/scanner/atomicfile"
	"plugvet/scanner/inspect"

	yara "github.com/hillu/go-yara/v4"
)

// Compiling a set takes libyara some 70 ms, which for a single module is as long as
// all the rest. So make build compiles those that files commonly ask for, and the
// program holds them. A cache on disk would do the same, and whoever wrote to it would
// decide what is found: an install script of the very packages that a gate is about.

//go:embed all:prebuilt
var carried embed.FS

// prebuilt has a file for each set, called as prebuiltName says.
var prebuilt = func() fs.FS {
	dir, _ := fs.Sub(carried, "prebuilt") // fails where the name is no path
	return dir
}()

// prebuiltName names the compiled form of units by all that it depends on.
func prebuiltName(units []unit) string {
	h := sha256.New()
	fmt.Fprintln(h, LibraryVersion(), runtime.GOOS, runtime.GOARCH, Externals())
	for _, u := range units {
		fmt.Fprintln(h, len(u.Namespace), len(u.Text))
		fmt.Fprint(h, u.Namespace)
		h.Write(u.Text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// obtain returns units compiled: as they are in prebuilt, or else compiled now.
func obtain(units []unit, prebuilt fs.FS) (*yara.Rules, []string, error) {
	if f, err := prebuilt.Open(prebuiltName(units)); err == nil {
		defer f.Close()
		// Another libyara than that of the build may not take it.
		if rules, err := yara.ReadRules(f); err == nil {
			return rules, nil, nil
		}
	}
	compiled, warnings, err := compile(units)
	if err != nil {
		return nil, nil, err
	}
	packed, err := pack(compiled)
	if err != nil {
		return nil, nil, err
	}
	rules, err := yara.ReadRules(bytes.NewReader(packed))
	return rules, warnings, err
}

// pack writes rules as libyara saves them, and frees them. What is read back takes as
// much memory as there are rules: 40 KB for those about scripts, where the compiler
// leaves them in 12 MB.
func pack(rules *yara.Rules) ([]byte, error) {
	defer rules.Destroy()
	var packed bytes.Buffer
	err := rules.Write(&packed)
	return packed.Bytes(), err
}

// Prebuild compiles the sets of the common keys into dir, those that are not there yet,
// and removes what else is there.
func Prebuild(dir string) error {
	rules, err := CompileBuiltin()
	if err != nil {
		return err
	}
	stale, err := filepath.Glob(filepath.Join(dir, "[0-9a-f]*"))
	if err != nil {
		return err
	}
	for _, key := range commonKeys() {
		units, conditions, _ := choose(rules.units, key.known())
		if len(conditions) == 0 {
			continue
		}
		name := filepath.Join(dir, prebuiltName(units))
		stale = slices.DeleteFunc(stale, func(old string) bool { return old == name })
		if err := prebuild(name, units); err != nil {
			return err
		}
	}
	for _, name := range stale {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

// prebuild compiles units into a file, unless it exists: its name tells its content.
func prebuild(name string, units []unit) error {
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	compiled, _, err := compile(units)
	if err != nil {
		return err
	}
	packed, err := pack(compiled)
	if err != nil {
		return err
	}
	file, err := atomicfile.Stage(name, packed)
	if err != nil {
		return err
	}
	defer file.Discard()
	return file.Commit()
}

// commonKeys are those of native code that has names, and of scripts and texts that
// are called nothing special, whether they load something or not.
func commonKeys() []setKey {
	var keys []setKey
	for _, kind := range inspect.Kinds() {
		key := setKey{kind: string(kind), view: "raw", extension: unnamed, filename: unnamed, interpreter: unnamed, noSymbols: true, noUses: true}
		if kind.Native() || kind == inspect.Wasm {
			key.noSymbols = false
			keys = append(keys, key)
			continue
		}
		decoded := key
		decoded.view = "decoded"
		using := decoded
		using.noUses = false
		keys = append(keys, key, decoded, using)
	}
	return keys
}
