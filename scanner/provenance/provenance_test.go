package provenance

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"plugvet/manifests"
	"plugvet/scanner/tree"
)

func md5Hex(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

// A memory is a tree of files without links.
type memory struct{ fstest.MapFS }

func newMemory(files map[string]string) memory {
	m := memory{fstest.MapFS{}}
	for name, text := range files {
		if fs.ValidPath(name) {
			m.MapFS[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
		}
	}
	return m
}

func (m memory) Lstat(name string) (fs.FileInfo, error)     { return fs.Stat(m.MapFS, name) }
func (m memory) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(m.MapFS, name) }
func (m memory) ReadLink(name string) (string, error)       { return "", fs.ErrInvalid }
func (m memory) OpenListed(name string) (tree.File, error)  { return m.Open(name) }
func (m memory) Close() error                               { return nil }

func (m memory) Open(name string) (tree.File, error) {
	f, err := m.MapFS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	return memoryFile{f, info}, err
}

type memoryFile struct {
	fs.File
	opened fs.FileInfo
}

func (f memoryFile) Opened() fs.FileInfo { return f.opened }

// ask is the source of a plugin with the given files.
func ask(t testing.TB, files map[string]string, p Plugin) *manifests.Source {
	t.Helper()
	var sums []manifests.FileSum
	for name, text := range files {
		if name == p.Path {
			sums = append(sums, manifests.FileSum{Name: path.Base(name), Sum: sha256.Sum256([]byte(text))})
		} else if below, ok := strings.CutPrefix(name, p.Path+"/"); ok {
			sums = append(sums, manifests.FileSum{Name: below, Sum: sha256.Sum256([]byte(text))})
		}
	}
	var err error
	if p.Tree, err = manifests.TreeDigest(sums); err != nil {
		t.Fatal(err)
	}
	source, err := Open(newMemory(files), []string{p.Path}).Of(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func TestAPK(t *testing.T) {
	one := sha1.Sum([]byte("module"))
	two := sha256.Sum256([]byte("module"))
	p := Plugin{Host: "php", Name: "redis", Path: "usr/lib/php83/modules/redis.so"}
	for _, c := range []struct {
		content, sum string
		grade        manifests.Grade
	}{
		{"module", "Q1" + base64.StdEncoding.EncodeToString(one[:]), manifests.Weak},
		{"module", "Q2" + base64.StdEncoding.EncodeToString(two[:20]), manifests.Strong},
		{"modulf", "Q1" + base64.StdEncoding.EncodeToString(one[:]), manifests.NoGrade},
		{"module", "Q1", manifests.Claimed},
		{"module", "Q9AAAA", manifests.Claimed},
	} {
		for _, db := range []string{"lib/apk/db/installed", "usr/lib/apk/db/installed"} {
			got := ask(t, map[string]string{
				db:     "P:busybox\nV:1\nF:bin\nR:busybox\n\nC:Q1x\nP:php83-redis\nV:6.1.0-r0\nF:usr/lib/php83/modules\nM:0:0:755\nR:redis.so\na:0:0:755\nZ:" + c.sum + "\n\n",
				p.Path: c.content,
			}, p)
			wants(t, got, manifests.Source{Kind: "apk", Package: "php83-redis", Version: "6.1.0-r0", Grade: c.grade})
		}
	}
}

func TestHomebrew(t *testing.T) {
	p := Plugin{Host: "nginx", Name: "x", Path: "opt/homebrew/Cellar/nginx/1.27.3/modules/x.so"}
	keg := "opt/homebrew/Cellar/nginx/1.27.3/INSTALL_RECEIPT.json"
	wants(t, ask(t, map[string]string{p.Path: "m", keg: `{"poured_from_bottle": true, "source": {"tap": "homebrew/core"}}`}, p),
		manifests.Source{Kind: "homebrew", Package: "homebrew/core/nginx", Version: "1.27.3", Grade: manifests.Claimed, Note: "no checksums"})
	wants(t, ask(t, map[string]string{p.Path: "m", keg: `{"poured_from_bottle": false, "source": {"tap": "denji/nginx"}}`}, p),
		manifests.Source{Kind: "homebrew", Package: "denji/nginx/nginx", Version: "1.27.3", Grade: manifests.Local})
	wants(t, ask(t, map[string]string{p.Path: "m", keg: `{`}, p), manifests.Source{Grade: manifests.NoGrade})
}

func TestNPM(t *testing.T) {
	p := Plugin{Host: "node", Name: "@s/ms", Version: "2.1.3", Path: "srv/app/node_modules/@s/ms", Dir: true}
	lock := func(entry string) string {
		return `{"lockfileVersion": 3, "packages": {"node_modules/@s/ms": ` + entry + `}}`
	}
	for _, c := range []struct {
		entry string
		want  manifests.Source
	}{
		{`{"version": "2.1.3", "resolved": "https://example.com/ms.tgz", "integrity": "sha512-AAAA"}`, manifests.Source{Version: "2.1.3", Grade: manifests.Claimed, Note: "sha512 covers the archive"}},
		{`{"version": "2.1.3", "resolved": "https://example.com/ms.tgz"}`, manifests.Source{Version: "2.1.3", Grade: manifests.Claimed, Note: "without integrity"}},
		{`{"version": "2.1.2", "resolved": "https://example.com/ms.tgz", "integrity": "sha512-AAAA"}`, manifests.Source{Version: "2.1.2", Grade: manifests.NoGrade, Note: "on the disk is 2.1.3"}},
		{`{"resolved": "../ms", "link": true}`, manifests.Source{Grade: manifests.Local}},
		{`{"version": "2.1.3", "resolved": "file:../ms"}`, manifests.Source{Version: "2.1.3", Grade: manifests.Local}},
	} {
		c.want.Kind, c.want.Package = "npm", "@s/ms"
		for _, file := range []string{"srv/app/package-lock.json", "srv/app/node_modules/.package-lock.json"} {
			wants(t, ask(t, map[string]string{p.Path + "/package.json": "{}", file: lock(c.entry)}, p), c.want)
		}
	}
	// The lockfile of a monorepo lies at its top.
	wants(t, ask(t, map[string]string{p.Path + "/package.json": "{}",
		"srv/package-lock.json": `{"packages": {"app/node_modules/@s/ms": {"version": "2.1.3", "resolved": "https://example.com/ms.tgz"}}}`}, p),
		manifests.Source{Kind: "npm", Package: "@s/ms", Version: "2.1.3", Grade: manifests.Claimed})
}

func TestComposer(t *testing.T) {
	p := Plugin{Host: "php", Name: "acme/log", Version: "1.2.0", Path: "srv/shop/vendor/acme/log", Dir: true}
	for _, c := range []struct {
		record string
		want   manifests.Source
	}{
		{`{"packages": [{"name": "acme/log", "version": "1.2.0", "dist": {"type": "zip", "url": "https://example.com/l.zip", "shasum": ""}, "extra": []}]}`, manifests.Source{Version: "1.2.0", Grade: manifests.Claimed, Note: "without checksum"}},
		{`[{"name": "Acme/Log", "version": "v1.2.0", "dist": {"type": "zip", "url": "https://example.com/l.zip", "shasum": "aa"}}]`, manifests.Source{Package: "Acme/Log", Version: "v1.2.0", Grade: manifests.Claimed, Note: "covers the archive"}},
		{`{"packages": [{"name": "acme/log", "version": "1.2.0", "dist": {"type": "path", "url": "../log"}}]}`, manifests.Source{Version: "1.2.0", Grade: manifests.Local}},
		{`{"packages": [{"name": "acme/log", "version": "1.3.0"}]}`, manifests.Source{Version: "1.3.0", Grade: manifests.NoGrade, Note: "on the disk is 1.2.0"}},
	} {
		c.want.Kind = "composer"
		if c.want.Package == "" {
			c.want.Package = "acme/log"
		}
		wants(t, ask(t, map[string]string{p.Path + "/composer.json": "{}", "srv/shop/vendor/composer/installed.json": c.record}, p), c.want)
	}
}

func TestPIE(t *testing.T) {
	p := Plugin{Host: "php", Name: "xdebug", Path: "usr/lib/php/20230831/xdebug.so"}
	record := func(sum string) string {
		return fmt.Sprintf(`{"packages": [{"name": "xdebug/xdebug", "version": "3.4.0", "extra": {"pie-installed-binary": "/usr/lib/php/20230831/xdebug.so", "pie-installed-binary-checksum": %q}}]}`, sum)
	}
	sum := sha256.Sum256([]byte("binary"))
	for _, c := range []struct {
		sum   string
		grade manifests.Grade
	}{
		{hex.EncodeToString(sum[:]), manifests.Local}, {strings.Repeat("0", 64), manifests.NoGrade}, {"zz", manifests.NoGrade},
		{strings.Repeat("0", 99), manifests.NoGrade}, {"", manifests.Local},
	} {
		for _, home := range []string{"root/.config/pie/php8.3_abc", "home/deploy/.pie/php8.3"} {
			wants(t, ask(t, map[string]string{p.Path: "binary", home + "/vendor/composer/installed.json": record(c.sum)}, p),
				manifests.Source{Kind: "pie", Package: "xdebug/xdebug", Version: "3.4.0", Grade: c.grade})
		}
	}
}

func TestWhatASignatureStatesIsOnlyClaimed(t *testing.T) {
	p := Plugin{Host: "node", Name: "x", Path: "opt/x.node", Team: "ABCDE12345", Identifier: "com.example.x"}
	wants(t, ask(t, map[string]string{p.Path: "m"}, p),
		manifests.Source{Kind: "codesign", Package: "com.example.x", Grade: manifests.Claimed, Note: "not verified"})
}

func TestARecordThatCannotBeReadIsTold(t *testing.T) {
	got := ask(t, map[string]string{geoip.Path: "m", "var/lib/dpkg/info/p.list/x": "", "var/lib/dpkg/info/q.list": "/etc", "var/lib/dpkg/diversions/x": ""}, geoip)
	wants(t, got, manifests.Source{Grade: manifests.NoGrade, Note: "dpkg's diversions cannot be read"})
}

func TestTextsOfRecordsAreHarmlessAndShort(t *testing.T) {
	p := Plugin{Host: "node", Name: "x", Version: "1", Path: "app/node_modules/x", Dir: true}
	got := ask(t, map[string]string{p.Path + "/package.json": "{}",
		"app/package-lock.json": `{"packages": {"node_modules/x": {"version": "1", "resolved": "\u001b[31m\n` + strings.Repeat("é", 1000) + `"}}}`}, p)
	if strings.ContainsAny(got.Note, "\x1b\n") || len(got.Note) > 2*maxText {
		t.Errorf("note is %q", got.Note)
	}
}

// check holds for whatever the records say.
func check(t *testing.T, got *manifests.Source, never ...manifests.Grade) {
	t.Helper()
	if !slices.Contains(manifests.Grades, got.Grade) || slices.Contains(append(never, manifests.Signed), got.Grade) {
		t.Errorf("grade %q", got.Grade)
	}
	for _, text := range []string{got.Package, got.Version, got.Note} {
		if tree.Visible(text) != text || len(text) > 4*maxText+8 {
			t.Errorf("text %q", text)
		}
	}
}

// FuzzDpkg holds dpkg's records to this: they never give more than weak, and not
// even that unless the file's MD5 stands in them.
func FuzzDpkg(f *testing.F) {
	f.Add("/usr/lib/nginx/modules/ngx_http_geoip2_module.so\n", md5Hex("m")+"  usr/lib/nginx/modules/ngx_http_geoip2_module.so\n", "", "Package: p\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n")
	f.Add("/usr/lib/../../..//usr/lib/nginx/modules/ngx_http_geoip2_module.so", "", "/usr/lib/nginx/modules/ngx_http_geoip2_module.so\n/x\n:\n", "Package: p")
	f.Fuzz(func(t *testing.T, list, md5sums, diversions, status string) {
		got := ask(t, map[string]string{
			geoip.Path: "m", "var/lib/dpkg/info/p.list": list, "var/lib/dpkg/info/p.md5sums": md5sums,
			"var/lib/dpkg/diversions": diversions, "var/lib/dpkg/status": status,
		}, geoip)
		check(t, got, manifests.Strong)
		if got.Grade == manifests.Weak && !strings.Contains(strings.ToLower(md5sums), md5Hex("m")) {
			t.Errorf("weak without its MD5: %+v", got)
		}
	})
}

// FuzzAPK is the same for apk's.
func FuzzAPK(f *testing.F) {
	f.Add("P:p\nV:1\nF:usr/lib/nginx/modules\nR:ngx_http_geoip2_module.so\nZ:Q1a/nf0FxZb3sL8ZKwaS4VU8Lba5Q=\n\n")
	f.Add("P:p\nZ:Q1\nR:\nF:\nR:..\n")
	f.Fuzz(func(t *testing.T, installed string) {
		got := ask(t, map[string]string{geoip.Path: "m", "lib/apk/db/installed": installed}, geoip)
		check(t, got)
		if one := sha1.Sum([]byte("m")); got.Grade == manifests.Weak && !strings.Contains(installed, base64.StdEncoding.EncodeToString(one[:])[:26]) {
			t.Errorf("weak without its SHA-1: %+v", got)
		}
	})
}

// FuzzJSON holds all records in JSON to this: they never give more than claimed.
func FuzzJSON(f *testing.F) {
	f.Add(`{"packages": {"node_modules/x": {"version": "1", "resolved": "https://x/"}}}`, "1")
	f.Add(`{"packages": [{"name": "acme/x", "extra": {"pie-installed-binary": "/a/x.so", "pie-installed-binary-checksum": "00"}}]}`, "")
	f.Add(`[{"name": "acme/x"}]`, "1")
	f.Add(`{"poured_from_bottle": true, "source": {"tap": "x"}}`, "1")
	f.Add(strings.Repeat("[", 100000), "1")
	f.Fuzz(func(t *testing.T, record, version string) {
		files := map[string]string{
			"app/node_modules/x/package.json": "{}", "app/package-lock.json": record,
			"app/vendor/acme/x/composer.json": "{}", "app/vendor/composer/installed.json": record,
			"a/x.so": "m", "root/.pie/php/vendor/composer/installed.json": record,
			"opt/homebrew/Cellar/f/1/x.so": "m", "opt/homebrew/Cellar/f/1/INSTALL_RECEIPT.json": record,
		}
		for _, p := range []Plugin{
			{Host: "node", Name: "x", Version: version, Path: "app/node_modules/x", Dir: true},
			{Host: "php", Name: "acme/x", Version: version, Path: "app/vendor/acme/x", Dir: true},
			{Host: "php", Name: "x", Path: "a/x.so"}, {Host: "nginx", Name: "x", Path: "opt/homebrew/Cellar/f/1/x.so"},
		} {
			check(t, ask(t, files, p), manifests.Strong, manifests.Weak)
		}
	})
}
