package locate

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// binaryOf is as much of a server binary as is looked at.
func binaryOf(arguments string) string {
	return "\x7fELF\x00\x01nginx version: nginx/1.27.4\n\x00configure arguments: " + arguments + "\n\x00more\x00"
}

var nginxLayouts = map[string]layout{
	"homebrew": {
		files: map[string]string{
			"opt/homebrew/Cellar/nginx/1.27.4/bin/nginx":                                                binaryOf("--prefix=/opt/homebrew/Cellar/nginx/1.27.4 --sbin-path=/opt/homebrew/Cellar/nginx/1.27.4/bin/nginx --conf-path=/opt/homebrew/etc/nginx/nginx.conf --with-cc-opt='-I/opt/homebrew/include -O2'"),
			"opt/homebrew/bin/nginx -> ../Cellar/nginx/1.27.4/bin/nginx":                                "",
			"opt/homebrew/Cellar/nginx/1.27.4/modules/ngx_http_geoip2_module.so":                        "",
			"opt/homebrew/Cellar/nginx/1.27.4/modules/old/ngx_mail_module.so":                           "",
			"opt/homebrew/Cellar/headers-more-nginx-module/0.37/ngx_http_headers_more_filter_module.so": "",
			"opt/homebrew/etc/nginx/nginx.conf":                                                         "# geo\nload_module modules/ngx_http_geoip2_module.so;\nhttp { include servers/*; }\n",
			"opt/homebrew/etc/nginx/servers/shop":                                                       "server { listen 8080; }\n",
		},
		loaded: []string{"opt/homebrew/Cellar/nginx/1.27.4/modules/ngx_http_geoip2_module.so < opt/homebrew/etc/nginx/nginx.conf:2"},
		present: []string{
			"opt/homebrew/Cellar/headers-more-nginx-module/0.37/ngx_http_headers_more_filter_module.so",
			"opt/homebrew/Cellar/nginx/1.27.4/modules/old/ngx_mail_module.so",
		},
		servers: []string{"opt/homebrew/Cellar/nginx/1.27.4/bin/nginx"},
	},
	"homebrew without a binary, on intel": {
		files: map[string]string{
			"usr/local/Cellar/nginx/1.25.0/modules/a.so": "",
			"usr/local/etc/nginx/nginx.conf":             "load_module modules/a.so;",
		},
		loaded: []string{"usr/local/Cellar/nginx/1.25.0/modules/a.so < usr/local/etc/nginx/nginx.conf:1"},
	},
	"homebrew with two versions and no binary, of which the linked one counts": {
		files: map[string]string{
			"opt/homebrew/opt/nginx -> ../Cellar/nginx/1.25.0": "",
			"opt/homebrew/Cellar/nginx/1.25.0/modules/a.so":    "",
			"opt/homebrew/Cellar/nginx/1.27.4/modules/a.so":    "",
			"opt/homebrew/etc/nginx/nginx.conf":                "load_module modules/a.so;",
		},
		loaded:  []string{"opt/homebrew/Cellar/nginx/1.25.0/modules/a.so < opt/homebrew/etc/nginx/nginx.conf:1"},
		present: []string{"opt/homebrew/Cellar/nginx/1.27.4/modules/a.so"},
	},
	"two binaries of one config, which both count": {
		files: map[string]string{
			"usr/sbin/nginx":               binaryOf("--prefix=/usr/share/nginx --conf-path=/etc/nginx/nginx.conf"),
			"usr/local/nginx/sbin/nginx":   binaryOf("--prefix=/usr/local/nginx --conf-path=/etc/nginx/nginx.conf"),
			"usr/share/nginx/modules/a.so": "",
			"usr/local/nginx/modules/a.so": "",
			"etc/nginx/nginx.conf":         "load_module modules/a.so;",
		},
		loaded: []string{
			"usr/share/nginx/modules/a.so < etc/nginx/nginx.conf:1",
			"usr/local/nginx/modules/a.so < etc/nginx/nginx.conf:1",
		},
		servers: []string{"usr/sbin/nginx", "usr/local/nginx/sbin/nginx"},
	},
	"macports": {
		files: map[string]string{
			"opt/local/modules/ngx_a.so":           "",
			"opt/local/etc/nginx/nginx.conf":       "include extra.conf;",
			"opt/local/etc/nginx/extra.conf":       "\n\nload_module 'modules/ngx_a.so';",
			"opt/local/etc/nginx/mime.types":       "",
			"opt/local/lib/nginx/modules/ngx_b.so": "",
		},
		loaded:  []string{"opt/local/modules/ngx_a.so < opt/local/etc/nginx/extra.conf:3"},
		present: []string{"opt/local/lib/nginx/modules/ngx_b.so"},
	},
	"debian": {
		files: map[string]string{
			"usr/sbin/nginx": binaryOf("--with-cc-opt='-g -O2' --prefix=/usr/share/nginx --conf-path=/etc/nginx/nginx.conf --modules-path=/usr/lib/nginx/modules"),
			"usr/lib/nginx/modules/ngx_mail_module.so":                                                          "",
			"usr/lib/nginx/modules/ngx_stream_module.so":                                                        "",
			"usr/share/nginx/modules -> ../../lib/nginx/modules":                                                "",
			"usr/share/nginx/modules-available/mod-mail.conf":                                                   "load_module modules/ngx_mail_module.so;\n",
			"usr/share/nginx/modules-available/mod-stream.conf":                                                 "load_module modules/ngx_stream_module.so;\n",
			"etc/nginx/modules-enabled/50-mod-mail.conf -> /usr/share/nginx/modules-available/mod-mail.conf":    "",
			"etc/nginx/modules-enabled/.hidden.conf":                                                            "load_module modules/ngx_stream_module.so;\n",
			"etc/nginx/nginx.conf":                                                                              "user www-data;\ninclude /etc/nginx/modules-enabled/*.conf;\nevents {}\n",
			"usr/lib/systemd/system/nginx.service":                                                              "[Service]\nExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'\n",
			"etc/systemd/system/multi-user.target.wants/nginx.service -> /usr/lib/systemd/system/nginx.service": "",
		},
		loaded:  []string{"usr/lib/nginx/modules/ngx_mail_module.so < etc/nginx/modules-enabled/50-mod-mail.conf:1"},
		present: []string{"usr/lib/nginx/modules/ngx_stream_module.so"},
		servers: []string{"usr/sbin/nginx"},
	},
	"nginx.org in docker": {
		files: map[string]string{
			"usr/sbin/nginx": binaryOf("--prefix=/etc/nginx --sbin-path=/usr/sbin/nginx --modules-path=/usr/lib/nginx/modules --conf-path=/etc/nginx/nginx.conf"),
			"etc/nginx/modules -> /usr/lib/nginx/modules": "",
			"usr/lib/nginx/modules/ngx_http_js_module.so": "",
			"etc/nginx/nginx.conf":                        "load_module modules/ngx_http_js_module.so;\nhttp {\n js_path /etc/nginx/njs/;\n js_import main from shop/main.js;\n include conf.d/*.conf;\n}\n",
			"etc/nginx/njs/shop/main.js":                  "export default {}",
			"etc/nginx/conf.d/default.conf":               "server { location / { js_content main.go; } }",
		},
		loaded: []string{
			"usr/lib/nginx/modules/ngx_http_js_module.so < etc/nginx/nginx.conf:1",
			"etc/nginx/njs/shop/main.js < etc/nginx/nginx.conf:4",
		},
		servers: []string{"usr/sbin/nginx"},
	},
	"alpine": {
		files: map[string]string{
			"usr/sbin/nginx": binaryOf("--prefix=/var/lib/nginx --modules-path=/usr/lib/nginx/modules --conf-path=/etc/nginx/nginx.conf"),
			"var/lib/nginx/modules -> /usr/lib/nginx/modules": "",
			"usr/lib/nginx/modules/ngx_a.so":                  "",
			"etc/nginx/modules/10_a.conf":                     "load_module \"modules/ngx_a.so\";",
			"etc/nginx/nginx.conf":                            "include /etc/nginx/modules/*.conf;",
		},
		loaded:  []string{"usr/lib/nginx/modules/ngx_a.so < etc/nginx/modules/10_a.conf:1"},
		servers: []string{"usr/sbin/nginx"},
	},
	"rhel": {
		files: map[string]string{
			"usr/lib64/nginx/modules/ngx_a.so":       "",
			"usr/share/nginx/modules/mod-a.conf":     "load_module \"/usr/lib64/nginx/modules/ngx_a.so\";",
			"etc/nginx/nginx.conf":                   "include /usr/share/nginx/modules/*.conf;",
			"usr/lib/systemd/system/myproxy.service": "[Service]\nEnvironmentFile=-/etc/sysconfig/nginx\nExecStart=/usr/sbin/nginx \\\n  $OPTIONS\n",
			"etc/sysconfig/nginx":                    "OPTIONS=\"-c /srv/proxy/nginx.conf -p /srv/proxy\"\nLD_PRELOAD=/usr/lib64/libhook.so\n",
			"srv/proxy/nginx.conf":                   "load_module ngx_b.so;",
			"srv/proxy/ngx_b.so":                     "",
			"usr/lib64/libhook.so":                   "",
		},
		loaded: []string{
			"usr/lib64/nginx/modules/ngx_a.so < usr/share/nginx/modules/mod-a.conf:1",
			"srv/proxy/ngx_b.so < srv/proxy/nginx.conf:1",
			"usr/lib64/libhook.so < etc/sysconfig/nginx:2",
		},
		unknown: []string{"srv/proxy/ngx_b.so", "usr/lib64/libhook.so"},
	},
	"openresty": {
		files: map[string]string{
			"usr/local/openresty/nginx/sbin/nginx":                     binaryOf("--prefix=/usr/local/openresty/nginx --with-ld-opt=-Wl,-rpath,/usr/local/openresty/luajit/lib"),
			"usr/bin/openresty -> ../local/openresty/nginx/sbin/nginx": "",
			"usr/local/openresty/nginx/modules/ngx_a.so":               "",
			"usr/local/openresty/nginx/conf/nginx.conf": "load_module modules/ngx_a.so;\nhttp {\n lua_package_path '/srv/lua/?.lua;;';\n" +
				" init_by_lua_block { -- don't\n  local t = { \"}\" } [[ } ]]\n }\n server { location / { content_by_lua_file app/main.lua; } }\n}\n",
			"usr/local/openresty/nginx/app/main.lua":        "",
			"usr/local/openresty/lualib/resty/core.lua":     "",
			"usr/local/openresty/lualib/cjson.so":           "",
			"usr/local/openresty/site/lualib/x/y.lua":       "",
			"usr/local/openresty/luajit/lib/lua/5.1/lfs.so": "",
			"srv/lua/shop/cart.lua":                         "",
			"srv/lua/README":                                "",
		},
		loaded: []string{
			"usr/local/openresty/nginx/modules/ngx_a.so < usr/local/openresty/nginx/conf/nginx.conf:1",
			"usr/local/openresty/nginx/app/main.lua < usr/local/openresty/nginx/conf/nginx.conf:7",
		},
		present: []string{
			"usr/local/openresty/lualib/resty/core.lua", "usr/local/openresty/lualib/cjson.so", "usr/local/openresty/site/lualib/x/y.lua",
			"usr/local/openresty/luajit/lib/lua/5.1/lfs.so", "srv/lua/shop/cart.lua",
		},
		servers: []string{"usr/local/openresty/nginx/sbin/nginx"},
	},
	"angie": {
		files: map[string]string{
			"usr/sbin/angie": binaryOf("--prefix=/etc/angie --conf-path=/etc/angie/angie.conf --modules-path=/usr/lib/angie/modules"),
			"etc/angie/modules -> /usr/lib/angie/modules": "",
			"usr/lib/angie/modules/ngx_a.so":              "",
			"etc/angie/angie.conf":                        "load_module modules/ngx_a.so;",
		},
		loaded:  []string{"usr/lib/angie/modules/ngx_a.so < etc/angie/angie.conf:1"},
		servers: []string{"usr/sbin/angie"},
	},
	"tengine from source": {
		files: map[string]string{
			"usr/local/nginx/sbin/nginx":       binaryOf("--with-http_ssl_module"),
			"usr/local/nginx/conf/nginx.conf":  "load_module modules/ngx_a.so;",
			"usr/local/nginx/modules/ngx_a.so": "",
		},
		loaded:  []string{"usr/local/nginx/modules/ngx_a.so < usr/local/nginx/conf/nginx.conf:1"},
		servers: []string{"usr/local/nginx/sbin/nginx"},
	},
	"a binary with a module directory of its own": {
		files: map[string]string{
			"usr/sbin/nginx":            binaryOf("--prefix=/srv/nginx --modules-path=/srv/plug{ins"),
			"srv/plug{ins/a.so":         "",
			"srv/plug{ins/b.so":         "",
			"srv/nginx/conf/nginx.conf": "load_module \"/srv/plug{ins/a.so\";",
		},
		loaded:  []string{"srv/plug{ins/a.so < srv/nginx/conf/nginx.conf:1"},
		present: []string{"srv/plug{ins/b.so"},
		servers: []string{"usr/sbin/nginx"},
	},
}

func TestNginxFindsWhatEachDistributionLoads(t *testing.T) {
	for name, l := range nginxLayouts {
		t.Run(name, func(t *testing.T) { l.check(t, "nginx") })
	}
}

func TestNginxCodeDirectives(t *testing.T) {
	l := layout{
		files: map[string]string{
			"etc/nginx/nginx.conf": "ssl_engine gost;\nssl_engine /opt/e.so;\nssl_engine nowhere;\nhttp {\n" +
				"perl_modules perl/lib;\nperl_require shop/hello.pm;\nperl_require POSIX.pm;\n" +
				"js_import http/a.js; js_include /srv/b.js;\n" +
				"lua_package_cpath \"/srv/c/?.so;./?.so;/?.so\";\nset_by_lua_file $x /srv/set.lua a b;\nserver {\naccess_by_lua_file /srv/$host.lua;\n}\n}\n",
			"usr/lib/x86_64-linux-gnu/engines-3/gost.so": "",
			"opt/e.so":                               "",
			"usr/share/nginx/perl/lib/shop/hello.pm": "",
			"etc/nginx/http/a.js":                    "",
			"srv/b.js":                               "",
			"srv/c/x/y.so":                           "",
			"srv/set.lua":                            "",
		},
		loaded: []string{
			"usr/lib/x86_64-linux-gnu/engines-3/gost.so < etc/nginx/nginx.conf:1",
			"opt/e.so < etc/nginx/nginx.conf:2",
			"usr/share/nginx/perl/lib/shop/hello.pm < etc/nginx/nginx.conf:6",
			"etc/nginx/http/a.js < etc/nginx/nginx.conf:8",
			"srv/b.js < etc/nginx/nginx.conf:8",
			"srv/set.lua < etc/nginx/nginx.conf:10",
		},
		present: []string{"srv/c/x/y.so"},
		skips: []string{
			"line 3: ssl_engine nowhere", "line 7: perl_require POSIX.pm", "line 12: access_by_lua_file /srv/$host.lua",
			"./?.so: taken from the working directory", "/?.so: stands for the whole machine",
		},
		unknown: []string{"opt/e.so", "usr/lib/x86_64-linux-gnu/engines-3/gost.so"},
	}
	r := l.check(t, "nginx")
	if p := r.plugin("srv/c/x/y.so"); p == nil || p.Name != "x.y" {
		t.Errorf("a Lua module is named as require() names it, got %+v", p)
	}
	if !slices.ContainsFunc(r.locations, func(l Location) bool {
		return l.Path == "usr/share/nginx/perl/lib" && l.How == Config && l.By == Reference{"etc/nginx/nginx.conf", 5}
	}) {
		t.Errorf("perl_modules is no location with file and line: %+v", r.locations)
	}
}

func TestNginxNastyConfigs(t *testing.T) {
	const conf = "etc/nginx/nginx.conf"
	cases := map[string]layout{
		"a .. behind a link": {
			files: map[string]string{
				conf: "include link/../conf.d/*.conf; include link/../one.conf;", "etc/nginx/link -> /srv/real/x": "", "srv/real/x/": "",
				"srv/real/conf.d/a.conf": "load_module /usr/lib/nginx/modules/a.so;", "usr/lib/nginx/modules/a.so": "",
				"srv/real/one.conf": "load_module /usr/lib/nginx/modules/b.so;", "usr/lib/nginx/modules/b.so": "",
				"etc/nginx/conf.d/not.conf": "load_module /usr/lib/nginx/modules/c.so;", "usr/lib/nginx/modules/c.so": "",
			},
			loaded:  []string{"usr/lib/nginx/modules/a.so < srv/real/conf.d/a.conf:1", "usr/lib/nginx/modules/b.so < etc/nginx/link/../one.conf:1"},
			present: []string{"usr/lib/nginx/modules/c.so"},
		},
		"include cycle ends and is told": {
			files:  map[string]string{conf: "include a.conf; load_module /usr/lib/nginx/modules/a.so;", "etc/nginx/a.conf": "include nginx.conf;", "usr/lib/nginx/modules/a.so": ""},
			loaded: []string{"usr/lib/nginx/modules/a.so < etc/nginx/nginx.conf:1"},
			fails:  []string{"include cycle: etc/nginx/nginx.conf includes etc/nginx/a.conf includes etc/nginx/nginx.conf"},
		},
		"cycle through a link": {
			files: map[string]string{conf: "include conf.d/*.conf;", "etc/nginx/conf.d/x.conf -> ../nginx.conf": ""},
			fails: []string{"include cycle"},
		},
		"link loops": {
			files: map[string]string{conf: "include l.conf; include g*.conf;", "etc/nginx/l.conf -> m.conf": "", "etc/nginx/m.conf -> l.conf": "", "etc/nginx/g.conf -> g.conf": ""},
			fails: []string{"l.conf: included by", "etc/nginx/g.conf: resolve"},
		},
		"a link out of the root": {
			files: map[string]string{conf: "load_module /usr/lib/nginx/modules/a.so;", "usr/lib/nginx/modules/a.so -> ../../../../../../../tmp/a.so": ""},
			fails: []string{"usr/lib/nginx/modules/a.so: loaded by", "usr/lib/nginx/modules/a.so: resolve"},
		},
		"dangling include in a glob": {
			files: map[string]string{conf: "include d/*;", "etc/nginx/d/x -> nothing": "", "etc/nginx/d/sub/": ""},
			skips: []string{"link to nothing", "no regular file"},
		},
		"missing include": {
			files: map[string]string{conf: "include gone.conf;"},
			fails: []string{"etc/nginx/gone.conf: included by etc/nginx/nginx.conf:1"},
		},
		"missing module": {
			files: map[string]string{conf: "\nload_module modules/gone.so;"},
			fails: []string{"usr/share/nginx/modules/gone.so: loaded by etc/nginx/nginx.conf:2"},
		},
		"names with spaces, quotes and bytes beyond ASCII": {
			files: map[string]string{
				conf:         "load_module '/srv/a b.so'; load_module \"/srv/it's \\\"q\\\".so\"; load_module /srv/\xff\u00a0x.so;",
				"srv/a b.so": "", "srv/it's \"q\".so": "", "srv/\xff\u00a0x.so": "",
			},
			loaded: []string{
				"srv/a b.so < etc/nginx/nginx.conf:1", "srv/it's \"q\".so < etc/nginx/nginx.conf:1", "srv/\xff\u00a0x.so < etc/nginx/nginx.conf:1",
			},
			unknown: []string{"srv/a b.so", "srv/it's \"q\".so", "srv/\xff\u00a0x.so"},
		},
		"comments and strings do not load": {
			files: map[string]string{conf: "# load_module /srv/a.so;\nerror_log 'load_module /srv/a.so;';\nhttp { log_format x 'load_module /srv/a.so;'; }", "srv/a.so": ""},
		},
		"load_module in a block is refused by nginx": {
			files: map[string]string{conf: "http { load_module /srv/a.so;\ninclude b.conf; }", "etc/nginx/b.conf": "load_module /srv/a.so;", "srv/a.so": ""},
			skips: []string{"etc/nginx/nginx.conf: line 1: load_module stands outside", "etc/nginx/b.conf: line 1: load_module stands outside"},
		},
		"one file included in a block and in the main context counts": {
			files:   map[string]string{conf: "http { include b.conf; }\ninclude b.conf;", "etc/nginx/b.conf": "load_module /srv/a.so;", "srv/a.so": ""},
			loaded:  []string{"srv/a.so < etc/nginx/b.conf:1"},
			skips:   []string{"load_module stands outside"},
			unknown: []string{"srv/a.so"},
		},
		"a syntax error does not hide what stands before and after": {
			files:   map[string]string{conf: "load_module /srv/a.so;\n}\nload_module /srv/b.so;\n;;\nload_module /srv/c.so;\nevents {", "srv/a.so": "", "srv/b.so": "", "srv/c.so": ""},
			loaded:  []string{"srv/a.so < etc/nginx/nginx.conf:1", "srv/b.so < etc/nginx/nginx.conf:3", "srv/c.so < etc/nginx/nginx.conf:5"},
			fails:   []string{`etc/nginx/nginx.conf: syntax error: line 2: unexpected "}"`},
			unknown: []string{"srv/a.so", "srv/b.so", "srv/c.so"},
		},
		"a binary of which nothing is known": {
			files:   map[string]string{"usr/sbin/nginx": "#!/bin/sh\n"},
			servers: []string{"usr/sbin/nginx"},
		},
	}
	for name, l := range cases {
		t.Run(name, func(t *testing.T) { l.check(t, "nginx") })
	}
}

func TestNginxModuleFromAPlaceThatOthersMayWriteTo(t *testing.T) {
	root := plant(t, map[string]string{
		"etc/nginx/nginx.conf":        "load_module /tmp/evil.so;\nload_module /usr/lib/nginx/modules/ok.so;",
		"tmp/evil.so":                 "",
		"usr/lib/nginx/modules/ok.so": "",
	})
	if err := os.Chmod(filepath.Join(root, "tmp"), 0o777|os.ModeSticky); err != nil {
		t.Fatal(err)
	}
	r := recordWalk(t, openDir(t, root), Options{Hosts: []string{"nginx"}})
	equal(t, "unknown", r.observed(UnknownLocation), []string{"tmp/evil.so"})
	equal(t, "writable", r.observed(WritablePath), []string{"tmp/evil.so"})
}

func TestNginxOptionsAsNginxReadsThem(t *testing.T) {
	cases := map[string]map[byte]string{
		"-c /a.conf -p /p":      {'c': "/a.conf", 'p': "/p"},
		"-c/a.conf -tqp /p":     {'c': "/a.conf", 'p': "/p"},
		"-t -q -g 'daemon on;'": {'g': "daemon on;"},
		"-s reload -c":          {'s': "reload", 'c': ""},
		"-":                     {},
	}
	for line, want := range cases {
		if got := nginxOptions(splitWords(line)); !maps.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
}
