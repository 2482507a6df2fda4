package provenance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plugvet/manifests"
)

// A debian is a root with packages that the stock dpkg installed.
type debian struct{ host }

func newDebian(t *testing.T) *debian {
	t.Helper()
	needAsRoot(t, "dpkg-deb")
	d := &debian{host{t, t.TempDir()}}
	for _, dir := range []string{"usr/lib", "usr/bin", "usr/sbin", "var/lib/dpkg/info", "var/lib/dpkg/updates"} {
		if err := os.MkdirAll(filepath.Join(d.dir, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"lib", "bin", "sbin"} {
		if err := os.Symlink("usr/"+name, filepath.Join(d.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	d.write("var/lib/dpkg/status", "")
	return d
}

// install packs files, by their paths, and has dpkg unpack them below the root.
func (d *debian) install(pkg, version, arch string, files map[string]string) {
	d.t.Helper()
	staging := d.t.TempDir()
	content := map[string]string{"DEBIAN/control": "Package: " + pkg + "\nVersion: " + version + "\nArchitecture: " + arch +
		"\nMaintainer: nobody <nobody@example.com>\nDescription: test\n"}
	var md5sums strings.Builder
	for name, text := range files {
		content[name] = text
		md5sums.WriteString(md5Hex(text) + "  " + name + "\n")
	}
	content["DEBIAN/md5sums"] = md5sums.String()
	for name, text := range content {
		at := filepath.Join(staging, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
	deb := filepath.Join(d.t.TempDir(), "p.deb")
	d.run("dpkg-deb", "--build", "--root-owner-group", staging, deb)
	out := d.run("dpkg", "--root="+d.dir, "--force-depends", "--install", deb)
	if !strings.Contains(d.run("dpkg-query", "--admindir="+d.dir+"/var/lib/dpkg", "-W", "-f", "${db:Status-Status}", pkg), "installed") {
		d.t.Fatalf("dpkg did not install %s:\n%s", pkg, out)
	}
}

var geoip = Plugin{Host: "nginx", Name: "ngx_http_geoip2_module", Path: "usr/lib/nginx/modules/ngx_http_geoip2_module.so"}

func TestWhatDpkgInstalledIsWeakWhileItsMD5Holds(t *testing.T) {
	d := newDebian(t)
	// The package has it below /lib, which leads to usr/lib here.
	d.install("libnginx-mod-http-geoip2", "1:3.4-2", "all", map[string]string{"lib/nginx/modules/ngx_http_geoip2_module.so": "module"})
	wants(t, d.of(geoip), manifests.Source{Kind: "dpkg", Package: "libnginx-mod-http-geoip2", Version: "1:3.4-2", Grade: manifests.Weak, Note: "every MD5 holds"})
	if out := d.run("dpkg", "--root="+d.dir, "--verify"); out != "" {
		t.Errorf("dpkg --verify does not agree: %s", out)
	}

	d.write(geoip.Path, "modified")
	wants(t, d.of(geoip), manifests.Source{Kind: "dpkg", Package: "libnginx-mod-http-geoip2", Version: "1:3.4-2", Grade: manifests.NoGrade, Note: "its MD5 differs"})
	if out := d.run("dpkg", "--root="+d.dir, "--verify"); !strings.Contains(out, "ngx_http_geoip2_module.so") {
		t.Errorf("dpkg --verify does not agree: %s", out)
	}

	other := geoip
	other.Path = "usr/lib/nginx/modules/ngx_evil_module.so"
	d.write(other.Path, "evil")
	wants(t, d.of(other), manifests.Source{Grade: manifests.NoGrade})
}

func TestAPackageDirectoryIsCoveredByAllOfItsFiles(t *testing.T) {
	d := newDebian(t)
	ms := Plugin{Host: "node", Name: "ms", Version: "2.1.3", Path: "usr/share/nodejs/ms", Dir: true}
	d.install("node-ms", "2.1.3-1", "all", map[string]string{
		"usr/share/nodejs/ms/package.json": `{"name":"ms"}`, "usr/share/nodejs/ms/lib/index.js": "1",
		"usr/share/nodejs/ms/node_modules/deep/package.json": `{"name":"deep"}`,
	})
	d.install("node-other", "1", "all", map[string]string{"usr/share/nodejs/other/package.json": "{}"})
	deep := "usr/share/nodejs/ms/node_modules/deep"
	want := manifests.Source{Kind: "dpkg", Package: "node-ms", Version: "2.1.3-1", Grade: manifests.Weak}
	wants(t, d.of(ms, deep), want)

	d.write("usr/share/nodejs/ms/lib/added.js", "2")
	want.Grade, want.Note = manifests.NoGrade, "files that the package has not"
	wants(t, d.of(ms, deep), want)
	if err := os.Remove(filepath.Join(d.dir, "usr/share/nodejs/ms/lib/index.js")); err != nil {
		t.Fatal(err)
	}
	want.Note = "usr/share/nodejs/ms/lib/index.js is not there"
	wants(t, d.of(ms, deep), want)
}

func TestALocalDiversionMakesAFileLocal(t *testing.T) {
	d := newDebian(t)
	d.install("libnginx-mod-http-geoip2", "1:3.4-2", "all", map[string]string{"usr/lib/nginx/modules/ngx_http_geoip2_module.so": "module"})
	d.run("dpkg-divert", "--root="+d.dir, "--local", "--rename", "--add", "/"+geoip.Path)
	d.write(geoip.Path, "our own build")
	wants(t, d.of(geoip), manifests.Source{Kind: "dpkg", Package: "libnginx-mod-http-geoip2", Version: "1:3.4-2", Grade: manifests.Local, Note: geoip.Path + ".distrib"})
	away := geoip
	away.Path += ".distrib"
	wants(t, d.of(away), manifests.Source{Kind: "dpkg", Package: "libnginx-mod-http-geoip2", Version: "1:3.4-2", Grade: manifests.Weak})
}

func TestAPackageThatDivertsAnotherOwnsTheFile(t *testing.T) {
	d := newDebian(t)
	d.install("stock", "1", "all", map[string]string{"usr/lib/nginx/modules/ngx_http_geoip2_module.so": "stock"})
	d.run("dpkg-divert", "--root="+d.dir, "--package", "custom", "--rename", "--add", "/"+geoip.Path)
	d.install("custom", "2", "all", map[string]string{"usr/lib/nginx/modules/ngx_http_geoip2_module.so": "custom"})
	wants(t, d.of(geoip), manifests.Source{Kind: "dpkg", Package: "custom", Version: "2", Grade: manifests.Weak})
}

func TestAPackageThatIsNotInstalledVouchesForNothing(t *testing.T) {
	d := newDebian(t)
	d.install("geo", "1", "all", map[string]string{geoip.Path: "module"})
	status := filepath.Join(d.dir, "var/lib/dpkg/status")
	data, err := os.ReadFile(status)
	if err != nil {
		t.Fatal(err)
	}
	d.write("var/lib/dpkg/status", strings.ReplaceAll(string(data), "install ok installed", "deinstall ok config-files"))
	wants(t, d.of(geoip), manifests.Source{Kind: "dpkg", Package: "geo", Version: "1", Grade: manifests.NoGrade, Note: "deinstall ok config-files"})
	d.write("var/lib/dpkg/status", "")
	wants(t, d.of(geoip), manifests.Source{Kind: "dpkg", Package: "geo", Grade: manifests.NoGrade, Note: "does not know the package"})
}
