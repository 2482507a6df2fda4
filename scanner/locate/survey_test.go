package locate

import "testing"

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
