package locate

import (
	"slices"
	"strings"
	"testing"
)

func TestExtensionsAreFoundAsPHPFindsThem(t *testing.T) {
	const dir = "usr/local/lib/php/extensions/no-debug-non-zts-20220829/"
	for name, c := range map[string]struct {
		ini   string
		loads []string // paths that are loaded
		told  string   // in a skip or failure
	}{
		"a name":                            {"extension=a", []string{dir + "a.so"}, ""},
		"a file":                            {"extension=a.so", []string{dir + "a.so"}, ""},
		"a name that is a file wins":        {"extension=both", []string{dir + "both"}, ""},
		"a path with any suffix":            {"extension=/srv/evil.png", []string{"srv/evil.png"}, ""},
		"a path, else below the directory":  {"extension=/sub/b", []string{dir + "sub/b.so"}, ""},
		"a relative path":                   {"extension=sub/b", []string{dir + "sub/b.so"}, "working directory"},
		"a zend extension":                  {"zend_extension=a", []string{dir + "a.so"}, ""},
		"a zend extension below":            {"zend_extension=sub/b.so", []string{dir + "sub/b.so"}, ""},
		"the key in capitals":               {"EXTENSION=a", []string{dir + "a.so"}, ""},
		"a directory set after":             {"extension=c\nextension_dir=/srv", []string{"srv/c.so"}, ""},
		"the last directory holds":          {"extension_dir=/nowhere\nextension=c\nextension_dir=/srv", []string{"srv/c.so"}, ""},
		"a directory by another setting":    {"include_path=/srv\nextension_dir=${include_path}\nextension=c", []string{"srv/c.so"}, ""},
		"the compiled directory":            {"extension=PHP_EXTENSION_DIR\nextension_dir=PHP_EXTENSION_DIR\nextension=a", []string{dir + "a.so"}, "not a regular file"},
		"a directory above a link":          {"extension_dir=/etc/link/..\nextension=c", []string{"srv/c.so"}, ""},
		"a directory by a variable":         {"extension_dir=${EXT}\nextension=a", []string{dir + "a.so"}, "extension_dir depends on ${EXT}"},
		"a relative directory":              {"extension_dir=./\nextension=a", []string{dir + "a.so"}, "working directory"},
		"an extension by a variable":        {"extension=${EXT}", nil, "extension depends on ${EXT}"},
		"one that is not there":             {"extension=gone", nil, "gone"},
		"a directory is no extension":       {"extension=sub", nil, "sub"},
		"a zend extension by its path only": {"zend_extension=/sub/b", nil, "sub/b"},
		"a comment":                         {";extension=a", nil, ""},
		"below a path":                      {"[PATH=/srv]\nextension=a\n[PHP]\nextension=c.so\nextension_dir=/srv", []string{"srv/c.so"}, "ignores extension"},
		"nothing after a syntax error":      {"extension=a\nx=y=z\nextension=both", []string{dir + "a.so"}, "line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			r := walkPHP(t, map[string]string{
				"usr/local/etc/php/php.ini": c.ini,
				dir + "a.so":                "", dir + "both": "", dir + "both.so": "", dir + "sub/b.so": "",
				"srv/evil.png": "", "srv/c.so": "", "srv/php/": "", "etc/link -> /srv/php": "",
			})
			var loads []string
			for _, p := range r.plugins {
				if len(p.LoadedBy) > 0 {
					loads = append(loads, p.Path)
				}
			}
			expect(t, "loads", loads, c.loads)
			told := strings.Join(append(r.skips, r.fails...), "\n")
			if c.told == "" && told != "" || !strings.Contains(told, c.told) {
				t.Errorf("told %q, want %q", told, c.told)
			}
		})
	}
}

func TestAnExtensionFromElsewhereIsObserved(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"usr/local/etc/php/php.ini": "\nextension=/srv/evil.so",
		"srv/evil.so":               "",
	})
	p := r.plugin("srv/evil.so")
	if p == nil || len(p.Observations) != 1 || p.Observations[0].Kind != UnknownLocation || p.Observations[0].Line != 2 {
		t.Errorf("got %+v", p)
	}
}

func TestTheINIOfASAPIReplacesPHPINI(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"usr/local/bin/php":             phpProgram("8.2.0", "'--with-config-file-path=/usr/local/etc/php'"),
		"usr/local/etc/php/php.ini":     "extension=/srv/fpm.so",
		"usr/local/etc/php/php-cli.ini": "extension=/srv/cli.so",
		"srv/fpm.so":                    "", "srv/cli.so": "",
	})
	expect(t, "loads", phpLoads(r), []string{
		"srv/cli.so < usr/local/etc/php/php-cli.ini:1",
		"srv/fpm.so < usr/local/etc/php/php.ini:1", // for another program
	})
	r = walkPHP(t, map[string]string{
		"usr/local/bin/php":     phpProgram("8.2.0", "'--with-config-file-path=/usr/local/etc/php'"),
		"usr/local/bin/php.ini": "extension=/srv/beside.so",
		"srv/beside.so":         "",
	})
	expect(t, "the directory of the program comes first", phpLoads(r), []string{"srv/beside.so < usr/local/bin/php.ini:1"})
}

func TestScriptsThatDirectivesRunArePlugins(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"usr/local/etc/php/php.ini": "auto_prepend_file=/srv/old.php\nopcache.preload=/srv/preload.php\nffi.enable=true\n",
		"usr/local/etc/php/conf.d/z.ini": "auto_prepend_file=\"/srv/pre.php\"\n[HOST=example.com]\nauto_append_file=/srv/host.php\n" +
			"[PHP]\nuser_ini.filename=.site.ini\n",
		"usr/local/etc/php-fpm.d/www.conf": "[www]\nphp_admin_value[auto_append_file]=/srv/post.php\n",
		"srv/www/.site.ini":                "auto_prepend_file = 'waf.php'\nextension=x\n",
		"srv/www/.user.ini":                "auto_prepend_file = /srv/pre.php\n",
		"srv/www/waf.php":                  "",
		"srv/sub/.htaccess":                "<IfModule mod_php.c>\n  php_value auto_prepend_file \"/srv/htaccess.php\"\n</IfModule>\n",
		"srv/old.php":                      "", "srv/preload.php": "", "srv/pre.php": "", "srv/post.php": "", "srv/host.php": "", "srv/htaccess.php": "",
	})
	expect(t, "loads", phpLoads(r), []string{
		"srv/host.php < usr/local/etc/php/conf.d/z.ini:3",
		"srv/htaccess.php < srv/sub/.htaccess:2",
		"srv/post.php < usr/local/etc/php-fpm.d/www.conf:2",
		"srv/pre.php < srv/www/.user.ini:1",
		"srv/pre.php < usr/local/etc/php/conf.d/z.ini:1",
		"srv/preload.php < usr/local/etc/php/php.ini:2",
		"srv/www/waf.php < srv/www/.site.ini:1",
	})
	for _, p := range r.plugins {
		if len(p.Observations) == 0 || p.Observations[0].Kind != InstallHook {
			t.Errorf("%s: %v, want an install hook", p.Path, p.Observations)
		}
	}
	if !slices.ContainsFunc(r.locations, func(l Location) bool { return l.Detail == "ffi.enable = 1" && l.By.Line == 3 }) {
		t.Errorf("ffi.enable is no location: %v", r.locations)
	}
	expect(t, "skips", r.skips, []string{"srv/www/.site.ini: line 2: PHP ignores extension here"})
	expect(t, "failures", r.fails, nil)
}

func TestCodeThatIsNoFileIsNeverSilent(t *testing.T) {
	for ini, want := range map[string]string{
		"auto_prepend_file=php://input":                     "no file of this tree",
		"auto_prepend_file=\"data:text/plain;base64,PD8=\"": "no file of this tree",
		"auto_prepend_file=/srv/gone.php":                   "not there",
		"auto_prepend_file=lib.php":                         "include path",
		"auto_prepend_file=${HOME}/x.php":                   "depends on ${HOME}",
		"auto_prepend_file=none":                            "",
		"auto_prepend_file=":                                "",
	} {
		r := walkPHP(t, map[string]string{"usr/local/etc/php/php.ini": ini})
		told := strings.Join(append(r.skips, r.fails...), "\n")
		if want == "" && told != "" || !strings.Contains(told, want) {
			t.Errorf("%s: told %q, want %q", ini, told, want)
		}
	}
	r := walkPHP(t, map[string]string{"www/.user.ini": "auto_prepend_file=php://input", "old/.user.ini": "auto_prepend_file=/gone.php"})
	if len(r.fails) != 1 || len(r.skips) != 1 {
		t.Errorf("skips %q, failures %q", r.skips, r.fails)
	}
}

func TestPoolsThatIncludeEachOtherAreReadOnce(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"etc/php/8.2/fpm/php-fpm.conf":                  "include=/etc/php/8.2/fpm/pool.d/*.conf\ninclude=/etc/php/8.2/fpm/gone.conf",
		"etc/php/8.2/fpm/pool.d/www.conf":               "include=/etc/php/8.2/fpm/php-fpm.conf\n[www]\nphp_value[extension_dir]=/srv\nphp_value[extension]=a.so",
		"etc/php/8.2/fpm/pool.d/loop.conf -> loop.conf": "",
		"srv/a.so": "",
	})
	expect(t, "loads", phpLoads(r), []string{"srv/a.so < etc/php/8.2/fpm/pool.d/www.conf:4"})
	if len(r.fails) != 2 || !strings.Contains(strings.Join(r.fails, "\n"), "gone.conf: not there") {
		t.Errorf("failures %q, want the one of gone.conf and the one of the loop", r.fails)
	}
}

func TestAPoolIncludesFromThePrefix(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"usr/local/etc/php-fpm.conf":       "include=etc/sites/*.conf",
		"usr/local/etc/sites/a.conf":       "[a]\nphp_admin_value[extension]=/srv/a.so",
		"usr/local/etc/sites/.hidden.conf": "[b]\nphp_admin_value[extension]=/srv/b.so",
		"srv/a.so":                         "", "srv/b.so": "",
	})
	expect(t, "loads", phpLoads(r), []string{"srv/a.so < usr/local/etc/sites/a.conf:2"})
}

func TestAPoolUsesTheDirectoryOfItsPHPINI(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"usr/local/sbin/php-fpm":     phpProgram("8.2.0", "'--with-config-file-path=/usr/local/etc/php'"),
		"usr/local/etc/php/php.ini":  "extension_dir=/srv",
		"usr/local/etc/php-fpm.conf": "[a]\nphp_admin_value[extension]=a",
		"srv/a.so":                   "",
	})
	expect(t, "loads", phpLoads(r), []string{"srv/a.so < usr/local/etc/php-fpm.conf:2"})
}

func TestASectionsDirectiveDoesNotReplaceTheGeneralOne(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"usr/local/etc/php/php.ini": "auto_prepend_file=/srv/all.php\n[PATH=/srv/a]\nauto_prepend_file=/srv/a.php\n",
		"srv/all.php":               "", "srv/a.php": "",
	})
	expect(t, "loads", phpLoads(r), []string{"srv/a.php < usr/local/etc/php/php.ini:3", "srv/all.php < usr/local/etc/php/php.ini:1"})
}

func TestAScriptInsideAPackageBelongsToThePackage(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"usr/local/etc/php/php.ini":          "auto_prepend_file=/www/wp-content/plugins/waf/waf.php",
		"www/wp-content/plugins/waf/waf.php": "<?php\n/* Plugin Name: WAF\n * Version: 2 */",
	})
	expect(t, "plugins", phpLoads(r), []string{"www/wp-content/plugins/waf < usr/local/etc/php/php.ini:1"})
	if o := r.plugins[0].Observations; len(o) != 1 || o[0].Kind != InstallHook {
		t.Errorf("observations %v", o)
	}
}
