package provenance

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/manifests"
)

// A redhat is a root with packages that the stock rpm installed.
type redhat struct{ host }

func newRedhat(t *testing.T) *redhat {
	t.Helper()
	needAsRoot(t, "rpm", "rpmbuild")
	r := &redhat{host{t, t.TempDir()}}
	r.rpm("--initdb")
	return r
}

const rpmFile = "var/lib/rpm/rpmdb.sqlite"

func (r *redhat) rpm(args ...string) string {
	r.t.Helper()
	return r.run("rpm", append([]string{"--root", r.dir, "--dbpath", "/var/lib/rpm", "--define", "_db_backend sqlite"}, args...)...)
}

// A spec is a package with its files by their paths; "-> x" is a link to x.
type spec struct {
	name, evr, arch string
	algorithm       int // of the files' digests, as FILEDIGESTALGO numbers them
	files           map[string]string
}

// install builds packages and has rpm install them; the first one's algorithm is
// that of all.
func (r *redhat) install(specs []spec, options ...string) {
	r.t.Helper()
	top := r.t.TempDir()
	var text, lists strings.Builder
	for i, s := range specs {
		if i > 0 {
			fmt.Fprintf(&text, "%%package -n %s\n", s.name)
		} else {
			fmt.Fprintf(&text, "Name: %s\nLicense: none\n", s.name)
		}
		epoch, vr, _ := strings.Cut(s.evr, ":")
		version, release, _ := strings.Cut(vr, "-")
		fmt.Fprintf(&text, "Epoch: %s\nVersion: %s\nRelease: %s\nSummary: test\n%%description -n %[4]s\ntest\n", epoch, version, release, s.name)
		fmt.Fprintf(&lists, "%%files -n %s\n", s.name)
		for name, content := range s.files {
			r.stage(filepath.Join(top, "root", name), content)
			fmt.Fprintf(&lists, "/%s\n", name)
		}
	}
	r.stage(filepath.Join(top, "p.spec"), text.String()+lists.String())
	built := r.run("rpmbuild", "-bb", "--target", specs[0].arch, "--buildroot", filepath.Join(top, "root"), "--noclean",
		"--define", "_topdir "+top, "--define", "__os_install_post %{nil}", "--define", "_binary_payload w0.gzdio",
		"--define", fmt.Sprintf("_binary_filedigest_algorithm %d", specs[0].algorithm), filepath.Join(top, "p.spec"))
	packages, err := filepath.Glob(filepath.Join(top, "RPMS", "*", "*.rpm"))
	if err != nil || len(packages) != len(specs) {
		r.t.Fatalf("rpmbuild made %q: %s", packages, built)
	}
	out := r.rpm(slices.Concat([]string{"-i", "--nodeps", "--noscripts", "--ignorearch"}, options, packages)...)
	installed := strings.Fields(r.rpm("-qa", "--qf", "%{NAME}\n"))
	for _, s := range specs {
		if !slices.Contains(installed, s.name) {
			r.t.Fatalf("rpm did not install %s: %s", s.name, out)
		}
	}
}

func (r *redhat) stage(at, content string) {
	r.t.Helper()
	err := os.MkdirAll(filepath.Dir(at), 0o755)
	if target, ok := strings.CutPrefix(content, "-> "); ok && err == nil {
		err = os.Symlink(target, at)
	} else if err == nil {
		err = os.WriteFile(at, []byte(content), 0o644)
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

// says compares with what the stock rpm says of the plugin's file: its owner,
// and whether it is as it was installed.
func (r *redhat) says(p Plugin, owner string, holds bool) {
	r.t.Helper()
	if got := strings.TrimSpace(r.rpm("-qf", "--qf", "%{NAME} %{EVR}.%{ARCH}\n", "/"+p.Path)); got != owner {
		r.t.Errorf("rpm -qf says %q, want %q", got, owner)
	}
	// The third of rpm -V's letters is of the digest.
	verified := r.rpm("-V", "--nodeps", strings.Fields(owner)[0])
	changed := false
	for line := range strings.SplitSeq(verified, "\n") {
		changed = changed || len(line) > 2 && line[2] == '5' && strings.HasSuffix(line, "/"+p.Path)
	}
	if changed == holds {
		r.t.Errorf("rpm -V does not agree: %q", verified)
	}
}

var geoip64 = Plugin{Host: "nginx", Name: "ngx_http_geoip2_module", Path: "usr/lib64/nginx/modules/ngx_http_geoip2_module.so"}

func geoipSpec() []spec {
	return []spec{{"nginx-mod-geoip2", "1:3.4-2", "x86_64", 8, map[string]string{geoip64.Path: "module"}}}
}

func TestWhatRPMInstalledIsAsGoodAsItsDigest(t *testing.T) {
	for algorithm, want := range map[int]manifests.Source{
		1:  {Grade: manifests.Weak, Note: "every MD5 holds"},
		2:  {Grade: manifests.Weak, Note: "every SHA-1 holds"},
		8:  {Grade: manifests.Strong, Note: "every SHA-256 holds"},
		10: {Grade: manifests.Strong, Note: "every SHA-512 holds"},
	} {
		r := newRedhat(t)
		s := geoipSpec()
		s[0].algorithm = algorithm
		r.install(s)
		want.Kind, want.Package, want.Version = "rpm", "nginx-mod-geoip2", "1:3.4-2.x86_64"
		wants(t, r.of(geoip64), want)
		r.says(geoip64, "nginx-mod-geoip2 1:3.4-2.x86_64", true)

		r.write(geoip64.Path, "modified")
		want.Grade, want.Note = manifests.NoGrade, strings.Fields(want.Note)[1]+" differs"
		wants(t, r.of(geoip64), want)
		r.says(geoip64, "nginx-mod-geoip2 1:3.4-2.x86_64", false)

		other := geoip64
		other.Path = "usr/lib64/nginx/modules/ngx_evil_module.so"
		r.write(other.Path, "evil")
		wants(t, r.of(other), manifests.Source{Grade: manifests.NoGrade})
	}
}

func TestAPackageOfRPMCoversADirectoryByAllOfItsFiles(t *testing.T) {
	r := newRedhat(t)
	ms := Plugin{Host: "node", Name: "ms", Path: "usr/lib/node_modules/ms", Dir: true}
	files := map[string]string{ms.Path + "/package.json": "{}", ms.Path + "/empty.js": ""}
	for i := range 300 { // a header of many pages
		files[fmt.Sprintf("%s/lib/%d/index.js", ms.Path, i)] = fmt.Sprint(i)
	}
	specs := []spec{{"nodejs-ms", "0:2.1.3-1", "noarch", 8, files}}
	for i := range 12 { // a table of more than one page
		specs = append(specs, spec{fmt.Sprint("other", i), "0:1-1", "noarch", 8, map[string]string{fmt.Sprint("opt/", i): "x"}})
	}
	r.install(specs)
	want := manifests.Source{Kind: "rpm", Package: "nodejs-ms", Version: "0:2.1.3-1.noarch", Grade: manifests.Strong}
	wants(t, r.of(ms), want)
	r.write(ms.Path+"/lib/added.js", "2")
	want.Grade, want.Note = manifests.NoGrade, "files that the package has not"
	wants(t, r.of(ms), want)
}

func TestAFileThatAnotherPackageReplacedIsThatOnes(t *testing.T) {
	r := newRedhat(t)
	r.install(geoipSpec())
	r.install([]spec{{"custom-geoip2", "0:9-1", "x86_64", 8, map[string]string{geoip64.Path: "custom"}}}, "--replacefiles")
	wants(t, r.of(geoip64), manifests.Source{Kind: "rpm", Package: "custom-geoip2", Version: "0:9-1.x86_64", Grade: manifests.Strong})
	r.says(geoip64, "custom-geoip2 0:9-1.x86_64", true)
}

func TestAPackageThatRPMErasedOwnsNothing(t *testing.T) {
	r := newRedhat(t)
	r.install(geoipSpec())
	r.rpm("-e", "--justdb", "nginx-mod-geoip2")
	got := r.of(geoip64)
	wants(t, got, manifests.Source{Grade: manifests.NoGrade})
	if got.Note != "" {
		t.Errorf("an empty database has the note %q", got.Note)
	}
}

func TestAFileInPlaceOfAPackagesLinkIsNotThePackages(t *testing.T) {
	r := newRedhat(t)
	p := Plugin{Host: "nginx", Name: "x", Path: "usr/lib64/nginx/modules/x.so"}
	r.install([]spec{{"x", "0:1-1", "noarch", 8, map[string]string{p.Path: "-> x.so.1", p.Path + ".1": ""}}})
	if err := os.Remove(filepath.Join(r.dir, p.Path)); err != nil {
		t.Fatal(err)
	}
	r.write(p.Path, "a file")
	want := manifests.Source{Kind: "rpm", Package: "x", Version: "0:1-1.noarch", Grade: manifests.NoGrade, Note: "files that the package has not"}
	wants(t, r.of(p), want)

	p.Path += ".1"
	want.Grade, want.Note = manifests.Strong, "" // an empty file has a digest like any other
	wants(t, r.of(p), want)
}

func TestWhatOfRPMsDatabaseIsNotReadIsTold(t *testing.T) {
	r := newRedhat(t)
	r.install(geoipSpec())
	r.write(rpmFile+"-wal", "frames")
	r.write("var/lib/rpm/Packages", "")
	want := manifests.Source{Kind: "rpm", Package: "nginx-mod-geoip2", Version: "1:3.4-2.x86_64", Grade: manifests.Strong,
		Note: "every SHA-256 holds; what changed last is in " + rpmFile + "-wal, which is not read; var/lib/rpm/Packages is not read beside " + rpmFile}
	wants(t, r.of(geoip64), want)

	r.write(rpmFile, "SQLite format 3\x00")
	wants(t, r.of(geoip64), manifests.Source{Grade: manifests.NoGrade, Note: rpmFile + " cannot be read to its end: not a sound rpm database"})
}

func TestADatabaseThatIsALinkIsReadOnce(t *testing.T) {
	r := newRedhat(t)
	r.install(geoipSpec())
	sysimage := filepath.Join(r.dir, "usr/lib/sysimage")
	if err := os.MkdirAll(sysimage, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(r.dir, "var/lib/rpm"), filepath.Join(sysimage, "rpm")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../usr/lib/sysimage/rpm", filepath.Join(r.dir, "var/lib/rpm")); err != nil {
		t.Fatal(err)
	}
	got := r.of(geoip64)
	wants(t, got, manifests.Source{Kind: "rpm", Package: "nginx-mod-geoip2", Version: "1:3.4-2.x86_64", Grade: manifests.Strong})
	if got.Note != "every SHA-256 holds" {
		t.Errorf("note is %q", got.Note)
	}
}

// TestTheDatabaseOfOlderRPMs has Berkeley DB's own tool write what rpm 4.14 and
// its like did, of the headers that rpm wrote to SQLite, and the stock rpm, which
// can read it still, read it too.
func TestTheDatabaseOfOlderRPMs(t *testing.T) {
	needAsRoot(t, "db_load", "sqlite3")
	for _, order := range []string{"1234", "4321"} {
		r := newRedhat(t)
		files := map[string]string{geoip64.Path: "module"}
		for i := range 200 {
			files[fmt.Sprint("usr/share/doc/", i)] = fmt.Sprint(i)
		}
		r.install([]spec{{"nginx-mod-geoip2", "1:3.4-2", "x86_64", 8, files}, {"other", "0:1-1", "x86_64", 8, map[string]string{"opt/other": "x"}}})
		number := func(i int) string { return fmt.Sprintf("%08x", i) }
		if order == "1234" {
			number = func(i int) string { return fmt.Sprintf("%02x000000", i) }
		}
		dump := "VERSION=3\nformat=bytevalue\ntype=hash\ndb_pagesize=4096\ndb_lorder=" + order + "\nHEADER=END\n " + number(0) + "\n " + number(3) + "\n"
		headers := strings.Fields(r.run("sqlite3", filepath.Join(r.dir, rpmFile), "SELECT hex(blob) FROM Packages ORDER BY hnum"))
		for i, header := range headers {
			dump += " " + number(i+1) + "\n " + strings.ToLower(header) + "\n"
		}
		r.write("dump", dump+"DATA=END\n")
		berkeley := filepath.Join(r.dir, "var/lib/rpm/Packages")
		if out := r.run("db_load", "-f", filepath.Join(r.dir, "dump"), berkeley); out != "" {
			t.Fatalf("db_load: %s", out)
		}
		if err := os.Remove(filepath.Join(r.dir, rpmFile)); err != nil {
			t.Fatal(err)
		}
		wants(t, r.of(geoip64), manifests.Source{Kind: "rpm", Package: "nginx-mod-geoip2", Version: "1:3.4-2.x86_64", Grade: manifests.Strong})
		out := r.run("rpm", "--root", r.dir, "--dbpath", "/var/lib/rpm", "--define", "_db_backend bdb_ro", "-qa", "--qf", "%{NAME}\n")
		if !strings.Contains(out, "nginx-mod-geoip2\n") || !strings.Contains(out, "other\n") {
			t.Errorf("rpm does not read byte order %s: %s", order, out)
		}
	}
}

// FuzzRPM holds rpm's databases to this: they never give strong unless the file's
// SHA-256 stands in them, nor weak without its MD5. The corpus has one database of
// each format.
func FuzzRPM(f *testing.F) {
	f.Add([]byte("RpmP"))
	p := Plugin{Host: "nginx", Name: "one", Path: "usr/lib64/nginx/modules/one.so"}
	strong := sha256.Sum256([]byte("m"))
	sums := map[manifests.Grade]string{manifests.Strong: hex.EncodeToString(strong[:]), manifests.Weak: md5Hex("m")}
	f.Fuzz(func(t *testing.T, db []byte) {
		got := ask(t, map[string]string{p.Path: "m", "var/lib/rpm/Packages": string(db)}, p)
		check(t, got)
		if sum, graded := sums[got.Grade]; graded && !strings.Contains(strings.ToLower(string(db)), sum) {
			t.Errorf("%s without its digest: %+v", got.Grade, got)
		}
	})
}
