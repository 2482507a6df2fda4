package locate

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func httpdBinary(root, conf string) string {
	return "\x7fELF\x00 -D HTTPD_ROOT=\"" + root + "\"\x00 -D SUEXEC_BIN=\"/usr/lib/apache2/suexec\"\x00 -D SERVER_CONFIG_FILE=\"" + conf + "\"\x00"
}

var httpdLayouts = map[string]layout{
	"debian": {
		files: map[string]string{
			"usr/sbin/apache2":                        httpdBinary("/etc/apache2", "apache2.conf"),
			"etc/apache2/apache2.conf":                "#ServerRoot \"/etc/apache2\"\nMutex file:${APACHE_LOCK_DIR} default\nIncludeOptional mods-enabled/*.load\nIncludeOptional sites-enabled/*.conf\n",
			"etc/apache2/envvars":                     "export APACHE_LOCK_DIR=/var/lock/apache2$SUFFIX\nexport MODS=/usr/lib/apache2/modules\n",
			"etc/apache2/mods-available/rewrite.load": "LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so\n",
			"etc/apache2/mods-available/env.load":     "# Depends: x\nLoadModule env_module ${MODS}/mod_env.so\n",
			"etc/apache2/mods-available/cgi.load":     "LoadModule cgi_module /usr/lib/apache2/modules/mod_cgi.so\n",
			"etc/apache2/mods-enabled/rewrite.load -> ../mods-available/rewrite.load": "",
			"etc/apache2/mods-enabled/env.load -> ../mods-available/env.load":         "",
			"usr/lib/apache2/modules/mod_rewrite.so":                                  "",
			"usr/lib/apache2/modules/mod_env.so":                                      "",
			"usr/lib/apache2/modules/mod_cgi.so":                                      "",
			"lib/systemd/system/apache2.service":                                      "[Service]\nEnvironment=APACHE_STARTED_BY_SYSTEMD=true\nExecStart=/usr/sbin/apachectl start\n",
		},
		loaded: []string{
			"usr/lib/apache2/modules/mod_rewrite.so < etc/apache2/mods-enabled/rewrite.load:1",
			"usr/lib/apache2/modules/mod_env.so < etc/apache2/mods-enabled/env.load:2",
		},
		present: []string{"usr/lib/apache2/modules/mod_cgi.so"},
		servers: []string{"usr/sbin/apache2"},
	},
	"macos": {
		files: map[string]string{
			"private/etc/apache2/httpd.conf": "ServerRoot \"/usr\"\nLoadModule authn_file_module libexec/apache2/mod_authn_file.so\n#LoadModule x libexec/apache2/mod_x.so\n" +
				"<IfModule !mpm_prefork_module>\nLoadModule cgid_module libexec/apache2/mod_cgid.so\n</IfModule>\n",
			"etc -> private/etc":                    "",
			"usr/sbin/httpd":                        httpdBinary("/usr", "/private/etc/apache2/httpd.conf"),
			"usr/libexec/apache2/mod_authn_file.so": "",
			"usr/libexec/apache2/mod_x.so":          "",
			"System/Library/LaunchDaemons/org.apache.httpd.plist": `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>
<key>EnvironmentVariables</key><dict><key>XPC_SERVICES_UNAVAILABLE</key><string>1</string></dict>
<key>ProgramArguments</key><array><string>/usr/sbin/httpd</string><string>-D</string><string>FOREGROUND</string></array></dict></plist>`,
		},
		loaded:  []string{"usr/libexec/apache2/mod_authn_file.so < private/etc/apache2/httpd.conf:2"},
		present: []string{"usr/libexec/apache2/mod_x.so"},
		servers: []string{"usr/sbin/httpd"},
		skips:   []string{"usr/libexec/apache2/mod_cgid.so: not there"},
	},
	"homebrew": {
		files: map[string]string{
			"opt/homebrew/etc/httpd/httpd.conf":                                     "Define brew /opt/homebrew\nServerRoot \"/opt/homebrew/opt/httpd\"\nLoadModule mpm_prefork_module lib/httpd/modules/mod_mpm_prefork.so\nLoadModule php_module ${brew}/opt/php/lib/httpd/modules/libphp.so\nInclude /opt/homebrew/etc/httpd/extra/*.conf\n",
			"opt/homebrew/opt/httpd -> ../Cellar/httpd/2.4.62":                      "",
			"opt/homebrew/Cellar/httpd/2.4.62/lib/httpd/modules/mod_mpm_prefork.so": "",
			"opt/homebrew/opt/php -> ../Cellar/php/8.4.1":                           "",
			"opt/homebrew/Cellar/php/8.4.1/lib/httpd/modules/libphp.so":             "",
		},
		loaded: []string{
			"opt/homebrew/Cellar/httpd/2.4.62/lib/httpd/modules/mod_mpm_prefork.so < opt/homebrew/etc/httpd/httpd.conf:3",
			"opt/homebrew/Cellar/php/8.4.1/lib/httpd/modules/libphp.so < opt/homebrew/etc/httpd/httpd.conf:4",
		},
	},
	"rhel": {
		files: map[string]string{
			"etc/httpd/conf/httpd.conf":                          "ServerRoot \"/etc/httpd\"\nInclude conf.modules.d/*.conf\n",
			"etc/httpd/conf.modules.d/00-base.conf":              "LoadModule alias_module modules/mod_alias.so\n",
			"etc/httpd/modules -> ../../usr/lib64/httpd/modules": "",
			"usr/lib64/httpd/modules/mod_alias.so":               "",
			"usr/lib/systemd/system/httpd.service":               "[Service]\nEnvironmentFile=/etc/sysconfig/httpd\nExecStart=/usr/sbin/httpd $OPTIONS -DFOREGROUND\n",
			"etc/sysconfig/httpd":                                "OPTIONS=\"-C 'LoadModule x_module modules/mod_x.so'\"\n",
			"usr/lib64/httpd/modules/mod_x.so":                   "",
		},
		loaded: []string{
			"usr/lib64/httpd/modules/mod_alias.so < etc/httpd/conf.modules.d/00-base.conf:1",
			"usr/lib64/httpd/modules/mod_x.so < etc/sysconfig/httpd:1",
		},
	},
	"alpine": {
		files: map[string]string{
			"etc/apache2/httpd.conf":              "ServerRoot /var/www\nLoadModule a_module modules/mod_a.so\n",
			"var/www/modules -> /usr/lib/apache2": "",
			"usr/lib/apache2/mod_a.so":            "",
		},
		loaded: []string{"usr/lib/apache2/mod_a.so < etc/apache2/httpd.conf:2"},
	},
	"docker": {
		files: map[string]string{
			"usr/local/apache2/bin/httpd":        httpdBinary("/usr/local/apache2", "conf/httpd.conf"),
			"usr/local/apache2/conf/httpd.conf":  "LoadModule a_module modules/mod_a.so\nLoadFile lib/libx.so\n",
			"usr/local/apache2/modules/mod_a.so": "",
			"usr/local/apache2/lib/libx.so":      "",
		},
		loaded: []string{
			"usr/local/apache2/modules/mod_a.so < usr/local/apache2/conf/httpd.conf:1",
			"usr/local/apache2/lib/libx.so < usr/local/apache2/conf/httpd.conf:2",
		},
		servers: []string{"usr/local/apache2/bin/httpd"},
		unknown: []string{"usr/local/apache2/lib/libx.so"},
	},
}

func TestHTTPDFindsWhatEachDistributionLoads(t *testing.T) {
	for name, l := range httpdLayouts {
		t.Run(name, func(t *testing.T) { l.check(t, "httpd") })
	}
}

func TestHTTPDNastyConfigs(t *testing.T) {
	const conf = "etc/apache2/apache2.conf"
	cases := map[string]layout{
		"include cycle ends and is told": {
			files:   map[string]string{conf: "Include a.conf\nLoadModule a /srv/mod_a.so", "etc/apache2/a.conf": "Include apache2.conf", "srv/mod_a.so": ""},
			loaded:  []string{"srv/mod_a.so < etc/apache2/apache2.conf:2"},
			fails:   []string{"include cycle: etc/apache2/apache2.conf includes etc/apache2/a.conf includes etc/apache2/apache2.conf"},
			unknown: []string{"srv/mod_a.so"},
		},
		"a directory is included with all below it, a link loop too": {
			files: map[string]string{
				conf: "Include d", "etc/apache2/d/b/x": "LoadModule a /srv/mod_a.so", "etc/apache2/d/b/up -> ..": "", "srv/mod_a.so": "",
			},
			loaded:  []string{"srv/mod_a.so < etc/apache2/d/b/x:1"},
			unknown: []string{"srv/mod_a.so"},
		},
		"missing include": {
			files: map[string]string{conf: "Include gone.conf\nIncludeOptional gone2.conf\nInclude gone/*.conf\n<IfModule x>\nInclude gone3.conf\n</IfModule>"},
			fails: []string{"etc/apache2/gone.conf: included by etc/apache2/apache2.conf:1"},
		},
		"missing module": {
			files: map[string]string{conf: "<IfDefine SSL>\nLoadModule a modules/mod_a.so\n</IfDefine>\nLoadModule b modules/mod_b.so"},
			skips: []string{"etc/apache2/modules/mod_a.so: not there; etc/apache2/apache2.conf:2 loads it under a condition"},
			fails: []string{"etc/apache2/modules/mod_b.so: loaded by etc/apache2/apache2.conf:4"},
		},
		"a module under a condition counts as named": {
			files:   map[string]string{conf: "<IfDefine NEVER>\n  loadmodule a \"/srv/mod a.so\"\n</IfDefine>", "srv/mod a.so": ""},
			loaded:  []string{"srv/mod a.so < etc/apache2/apache2.conf:2"},
			unknown: []string{"srv/mod a.so"},
		},
		"an unknown variable is told": {
			files: map[string]string{conf: "Define A ${B}\nLoadModule a ${WHERE}/mod_a.so\nInclude ${WHERE}/x\nIncludeOptional ${WHERE}/x\n" +
				"<IfDefine X>\nLoadModule b ${WHERE}/mod_b.so\n</IfDefine>"},
			fails: []string{"line 2: loadmodule ${WHERE}/mod_a.so: nothing here says what ${WHERE} is", "line 3: include"},
			skips: []string{"line 4: includeoptional", "line 6: loadmodule"},
		},
		"a .. behind a link": {
			files: map[string]string{
				conf:                        "ServerRoot /srv/link/..\nInclude /srv/link/../conf.d/*.load\nInclude /srv/link/../d\nLoadModule c mod_c.so",
				"srv/link -> /opt/real/etc": "", "opt/real/etc/": "", "opt/real/conf.d/a.load": "LoadModule a /opt/real/mod_a.so",
				"opt/real/d/b":      "LoadModule b /opt/real/mod_b.so",
				"opt/real/mod_a.so": "", "opt/real/mod_b.so": "", "opt/real/mod_c.so": "",
				"srv/conf.d/no.load": "LoadModule no /srv/mod_no.so",
			},
			loaded: []string{
				"opt/real/mod_a.so < opt/real/conf.d/a.load:1", "opt/real/mod_b.so < srv/link/../d/b:1",
				"opt/real/mod_c.so < etc/apache2/apache2.conf:4",
			},
			unknown: []string{"opt/real/mod_a.so", "opt/real/mod_b.so", "opt/real/mod_c.so"},
		},
		"continued lines and comments": {
			files:   map[string]string{conf: "LoadModule a \\\n  /srv/mod_a.so\n# no \\\nLoadModule b /srv/mod_b.so\n", "srv/mod_a.so": "", "srv/mod_b.so": ""},
			loaded:  []string{"srv/mod_a.so < etc/apache2/apache2.conf:1"},
			unknown: []string{"srv/mod_a.so"},
		},
	}
	for name, l := range cases {
		t.Run(name, func(t *testing.T) { l.check(t, "httpd") })
	}
}

func TestHTTPDModuleFromAPlaceThatOthersMayWriteTo(t *testing.T) {
	root := plant(t, map[string]string{
		"etc/apache2/apache2.conf": "LoadModule evil_module /tmp/mod_evil.so",
		"tmp/mod_evil.so":          "",
	})
	if err := os.Chmod(filepath.Join(root, "tmp"), 0o777); err != nil {
		t.Fatal(err)
	}
	r := recordWalk(t, openDir(t, root), Options{Hosts: []string{"httpd"}})
	equal(t, "unknown", r.observed(UnknownLocation), []string{"tmp/mod_evil.so"})
	equal(t, "writable", r.observed(WritablePath), []string{"tmp/mod_evil.so"})
	if p := r.plugin("tmp/mod_evil.so"); p == nil || p.Name != "mod_evil" {
		t.Errorf("got %+v", p)
	}
}

func TestHTTPDModulesInTheRootItself(t *testing.T) {
	r := recordWalk(t, openDir(t, plant(t, map[string]string{
		"mod_a.so": "\x7fELF....42PA\x00\x00\x00\x00", "ngx_b.so": "\x7fELF\x00ngx_modules\x00", "libc.so": "\x7fELF",
	})), Options{Hosts: []string{"httpd", "nginx"}})
	if got := r.presentOnly("httpd"); !slices.Equal(got, []string{"mod_a.so"}) {
		t.Errorf("httpd: %q", got)
	}
	if got := r.presentOnly("nginx"); !slices.Equal(got, []string{"ngx_b.so"}) {
		t.Errorf("nginx: %q", got)
	}
}
