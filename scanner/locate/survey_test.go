package locate

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestModulesAreNamedWithoutTheirSuffix(t *testing.T) {
	for name, want := range map[string]string{
		"usr/lib/nginx/modules/ngx_http_geoip2_module.so": "ngx_http_geoip2_module",
		"usr/lib/apache2/modules/mod_wsgi.so-3.11":        "mod_wsgi",
		"usr/lib/libjemalloc.so.2":                        "libjemalloc",
		"opt/local/ext/apcu.dylib":                        "apcu",
		"etc/nginx/njs/hello.js":                          "hello.js",
		"lib/.so":                                         ".so",
		"lib/mod.so.bak":                                  "mod.so.bak",
	} {
		if got := moduleName(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestWhatHidesModulesFailsTheRun(t *testing.T) {
	root := plant(t, map[string]string{
		"usr/lib/nginx/modules -> ../../../../outside":     "",
		"usr/lib64/nginx/modules/m.so -> /opt/m.so":        "",
		"usr/lib64/nginx/modules/n.so -> m.so":             "",
		"usr/lib64/nginx/modules/relative.so -> gone.so":   "",
		"usr/local/lib/nginx/modules -> /opt/modules":      "",
		"etc/systemd/system/nginx.service -> /dev/null":    "",
		"srv/a/wp-content/plugins -> ../../../../plugins":  "",
		"srv/b/wp-content -> /opt/content":                 "",
		"srv/c/vendor -> ../../../vendor":                  "",
		"srv/d/vendor/composer -> /opt/composer":           "",
		"srv/e/wp-content/plugins -> ../../shared/plugins": "",
		"srv/e/wp-content/mu-plugins -> ../../shared/mu":   "",
		"srv/f/wp-content -> ../shared/content":            "",
		"srv/shared/plugins/late/late.php":                 "",
		"srv/shared/mu/must.php":                           "",
		"srv/shared/content/plugins/p/p.php":               "",
	})
	r := recordWalk(t, openDir(t, root), Options{Hosts: []string{"nginx", "php"}})
	failed := map[string]bool{}
	for _, fail := range r.fails {
		name, _, _ := strings.Cut(fail, ":")
		failed[name] = true
	}
	checkList(t, "fails", slices.Sorted(maps.Keys(failed)), []string{
		"srv/a/wp-content/plugins", "srv/b/wp-content", "srv/c/vendor", "srv/d/vendor/composer",
		"usr/lib/nginx/modules", "usr/lib64/nginx/modules/m.so", "usr/lib64/nginx/modules/n.so", "usr/local/lib/nginx/modules",
	})
	slices.Sort(r.skips)
	checkList(t, "skips", r.skips, []string{
		"etc/systemd/system/nginx.service: link to nothing", "usr/lib64/nginx/modules/relative.so: link to nothing",
	})
	checkList(t, "plugins", r.listed("php"), []string{
		"srv/shared/content/plugins/p p@", "srv/shared/mu/must.php must@", "srv/shared/plugins/late late@",
	})

	r = recordWalk(t, openDir(t, root), Options{Hosts: []string{"nginx"}, Machine: true})
	checkList(t, "fails on a whole machine", r.fails, []string{"usr/lib/nginx/modules: resolve usr/lib/nginx/modules: link leaves the root"})
}

func TestAModuleOfTwoHostsIsAPluginOfEach(t *testing.T) {
	r := recordWalk(t, openDir(t, plant(t, map[string]string{
		"opt/both.so":              "",
		"etc/nginx/nginx.conf":     "load_module /opt/both.so;\n",
		"etc/apache2/apache2.conf": "LoadModule both_module /opt/both.so\n",
	})), Options{})
	for host, file := range map[string]string{"nginx": "etc/nginx/nginx.conf", "httpd": "etc/apache2/apache2.conf"} {
		i := slices.IndexFunc(r.plugins, func(p *Plugin) bool { return p.Host == host && p.Path == "opt/both.so" })
		if i < 0 || !slices.Equal(r.plugins[i].LoadedBy, []Reference{{file, 1}}) {
			t.Errorf("%s: plugins %q", host, r.listed(host))
		}
	}
	checkList(t, "files", r.files["opt/both.so"], []string{"opt/both.so", "opt/both.so"})
}

func TestAServerOfWhichNothingIsKnownHasANoteAndNoSkip(t *testing.T) {
	r := recordWalk(t, openDir(t, plant(t, map[string]string{
		"usr/sbin/nginx": "#!/bin/sh\n", "usr/sbin/apache2": "#!/bin/sh\n",
	})), Options{})
	checkList(t, "skips", r.skips, nil)
	for path, want := range map[string]string{"usr/sbin/nginx": "no configure arguments", "usr/sbin/apache2": "no HTTPD_ROOT"} {
		if p := r.plugin(path); p == nil || len(p.Notes) != 1 || !strings.HasPrefix(p.Notes[0], want) {
			t.Errorf("%s: got %+v", path, p)
		}
	}
}
