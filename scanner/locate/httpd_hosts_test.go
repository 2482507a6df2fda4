//go:build hosts

package locate

import (
	"debug/elf"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// apache2ctl -M prints the symbol of each module; the symbol is in the module's
// own table, so that no config is asked twice.
func TestHTTPDAgreesWithApache2ctl(t *testing.T) {
	var want []string
	for _, m := range regexp.MustCompile(`(?m)^ (\w+) \(shared\)$`).FindAllStringSubmatch(run(t, "apache2ctl", "-M"), -1) {
		want = append(want, m[1])
	}
	if len(want) < 20 {
		t.Fatalf("apache2 loads %d modules, want at least 20: enable more with a2enmod", len(want))
	}
	r := recordMachine(t, "httpd")
	var got []string
	for _, path := range r.loaded("httpd") {
		got = append(got, moduleSymbol(t, "/"+path, want))
	}
	slices.Sort(got)
	equal(t, "loaded", got, want)
	equal(t, "servers", r.servers("httpd"), []string{realPath(t, "/usr/sbin/apache2")})
	equal(t, "unknown locations", r.observed(UnknownLocation), nil)
}

// moduleSymbol returns the symbol of the module in a file: the one of wanted
// that it exports.
func moduleSymbol(t *testing.T, path string, wanted []string) string {
	t.Helper()
	f, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	symbols, err := f.DynamicSymbols()
	if err != nil {
		t.Fatal(err)
	}
	for _, symbol := range symbols {
		if symbol.Section != elf.SHN_UNDEF && slices.Contains(wanted, symbol.Name) {
			return symbol.Name
		}
	}
	return path + ": exports no module that apache2 has"
}

func TestHTTPDModulesShowTheirMark(t *testing.T) {
	const dir = "/usr/lib/apache2/modules"
	r := recordWalk(t, openDir(t, dir), Options{Hosts: []string{"httpd"}})
	files, err := filepath.Glob(dir + "/*.so")
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, file := range files {
		if realPath(t, file) == file[1:] {
			want++
		}
	}
	if got := len(r.presentOnly("httpd")); got != want {
		t.Errorf("%d of %d modules show it", got, want)
	}
}
