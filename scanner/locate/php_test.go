package locate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// phpProgram is what plugvet reads of a PHP: its version, its configure
// command and the paths that it was compiled with.
func phpProgram(version, configure string, paths ...string) string {
	return "\x7fELF\x00X-Powered-By: PHP/" + version + "\x00 './configure' " + configure + "\x00" +
		strings.Join(paths, "\x00") + "\x00"
}

// walkPHP walks a new tree with these files for the host php.
func walkPHP(t *testing.T, files map[string]string) *record {
	t.Helper()
	return recordWalk(t, openDir(t, plant(t, files)), Options{Hosts: []string{"php"}})
}

// phpLoads returns "path < file:line" for every line that loads a plugin, and
// "path" for what is merely present, programs left out.
func phpLoads(r *record) []string {
	var list []string
	for _, p := range r.plugins {
		if p.Server {
			continue
		}
		if len(p.LoadedBy) == 0 {
			list = append(list, p.Path)
		}
		for _, by := range p.LoadedBy {
			list = append(list, fmt.Sprintf("%s < %s:%d", p.Path, by.File, by.Line))
		}
	}
	slices.Sort(list)
	return list
}

func expect(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestPHPLayoutsOfDistributions(t *testing.T) {
	for name, c := range map[string]struct {
		files   map[string]string
		loads   []string
		servers []string
	}{
		"homebrew": {
			map[string]string{
				"opt/homebrew/Cellar/php/8.3.1/bin/php": phpProgram("8.3.1",
					"'--prefix=/opt/homebrew/Cellar/php/8.3.1' '--sysconfdir=/opt/homebrew/etc/php/8.3' '--with-config-file-path=/opt/homebrew/etc/php/8.3' '--with-config-file-scan-dir=/opt/homebrew/etc/php/8.3/conf.d'",
					"/opt/homebrew/lib/php/pecl/20230831"),
				"opt/homebrew/opt/php -> ../Cellar/php/8.3.1":               "",
				"opt/homebrew/bin/php -> ../Cellar/php/8.3.1/bin/php":       "",
				"opt/homebrew/etc/php/8.3/php.ini":                          "[PHP]\nextension=redis\n",
				"opt/homebrew/etc/php/8.3/conf.d/ext-opcache.ini":           "zend_extension=\"/opt/homebrew/opt/php/lib/php/20230831/opcache.so\"\n",
				"opt/homebrew/etc/php/8.3/php-fpm.d/www.conf":               "[www]\nphp_admin_value[extension] = apcu.so\n",
				"opt/homebrew/etc/php/8.2/php.ini":                          "extension=old\n",
				"opt/homebrew/lib/php/pecl/20230831/redis.so":               "",
				"opt/homebrew/lib/php/pecl/20230831/apcu.so":                "",
				"opt/homebrew/lib/php/pecl/20220829/old.so":                 "",
				"opt/homebrew/Cellar/php/8.3.1/lib/php/20230831/opcache.so": "",
			},
			[]string{
				"opt/homebrew/Cellar/php/8.3.1/lib/php/20230831/opcache.so < opt/homebrew/etc/php/8.3/conf.d/ext-opcache.ini:1",
				"opt/homebrew/lib/php/pecl/20220829/old.so < opt/homebrew/etc/php/8.2/php.ini:1",
				"opt/homebrew/lib/php/pecl/20230831/apcu.so < opt/homebrew/etc/php/8.3/php-fpm.d/www.conf:2",
				"opt/homebrew/lib/php/pecl/20230831/redis.so < opt/homebrew/etc/php/8.3/php.ini:2",
			},
			[]string{"opt/homebrew/Cellar/php/8.3.1/bin/php 8.3.1"},
		},
		"macports": {
			map[string]string{
				"opt/local/var/db/php82/curl.ini":                                  "extension=curl.so\n",
				"opt/local/lib/php82/extensions/no-debug-non-zts-20220829/curl.so": "",
				"opt/local/lib/php81/extensions/no-debug-non-zts-20210902/curl.so": "",
			},
			[]string{
				"opt/local/lib/php81/extensions/no-debug-non-zts-20210902/curl.so",
				"opt/local/lib/php82/extensions/no-debug-non-zts-20220829/curl.so < opt/local/var/db/php82/curl.ini:1",
			},
			nil,
		},
		"mamp": {
			map[string]string{
				"Applications/MAMP/bin/php/php8.2.0/conf/php.ini":                                          "extension_dir = \"/Applications/MAMP/bin/php/php8.2.0/lib/php/extensions/no-debug-non-zts-20220829/\"\nextension=imap.so\n",
				"Applications/MAMP/bin/php/php8.2.0/lib/php/extensions/no-debug-non-zts-20220829/imap.so":  "",
				"Applications/MAMP/bin/php/php7.4.33/lib/php/extensions/no-debug-non-zts-20190902/imap.so": "",
				"Applications/MAMP/bin/php/php7.4.33/conf/php.ini":                                         "extension=imap\n",
			},
			[]string{
				"Applications/MAMP/bin/php/php7.4.33/lib/php/extensions/no-debug-non-zts-20190902/imap.so < Applications/MAMP/bin/php/php7.4.33/conf/php.ini:1",
				"Applications/MAMP/bin/php/php8.2.0/lib/php/extensions/no-debug-non-zts-20220829/imap.so < Applications/MAMP/bin/php/php8.2.0/conf/php.ini:2",
			},
			nil,
		},
		"docker": {
			map[string]string{
				"usr/local/sbin/php-fpm": phpProgram("8.4.2",
					"'--with-config-file-path=/usr/local/etc/php' '--with-config-file-scan-dir=/usr/local/etc/php/conf.d' '--prefix=/usr/local'",
					"/usr/local/lib/php/extensions/no-debug-non-zts-20240924"),
				"usr/local/etc/php/php.ini-production":                             "extension=never\n",
				"usr/local/etc/php/conf.d/docker-php-ext-sodium.ini":               "extension=sodium\n",
				"usr/local/etc/php-fpm.conf":                                       "[global]\ninclude=etc/php-fpm.d/*.conf\n",
				"usr/local/etc/php-fpm.d/zz.conf":                                  "[www]\nphp_value[extension]=xdebug.so\n",
				"usr/local/lib/php/extensions/no-debug-non-zts-20240924/sodium.so": "",
				"usr/local/lib/php/extensions/no-debug-non-zts-20240924/xdebug.so": "",
				"usr/local/lib/php/extensions/no-debug-non-zts-20240924/never.so":  "",
			},
			[]string{
				"usr/local/lib/php/extensions/no-debug-non-zts-20240924/never.so",
				"usr/local/lib/php/extensions/no-debug-non-zts-20240924/sodium.so < usr/local/etc/php/conf.d/docker-php-ext-sodium.ini:1",
				"usr/local/lib/php/extensions/no-debug-non-zts-20240924/xdebug.so < usr/local/etc/php-fpm.d/zz.conf:2",
			},
			[]string{"usr/local/sbin/php-fpm 8.4.2"},
		},
		"debian keeps each SAPI and the name of the link": {
			map[string]string{
				"usr/bin/php8.2":                      phpProgram("8.2.7", "", "/etc/php/8.2/cli", "/usr/lib/php/20220829", "/etc", "/etc/php/8.2/cli/conf.d"),
				"usr/bin/php -> php8.2":               "",
				"etc/php/8.2/cli/php.ini":             "memory_limit = -1\n",
				"etc/php/8.2/apache2/php.ini":         "extension=gd\n",
				"etc/php/8.2/mods-available/curl.ini": "; priority=20\nextension=curl.so\n",
				"etc/php/8.2/mods-available/off.ini":  "extension=off.so\n",
				"etc/php/8.2/cli/conf.d/20-curl.ini -> /etc/php/8.2/mods-available/curl.ini":     "",
				"etc/php/8.2/apache2/conf.d/20-curl.ini -> /etc/php/8.2/mods-available/curl.ini": "",
				"etc/php/8.1/apache2/conf.d/20-curl.ini":                                         "extension=curl\n",
				"usr/lib/php/20220829/curl.so":                                                   "",
				"usr/lib/php/20220829/gd.so":                                                     "",
				"usr/lib/php/20220829/off.so":                                                    "",
				"usr/lib/php/20210902/curl.so":                                                   "",
			},
			[]string{
				"usr/lib/php/20210902/curl.so < etc/php/8.1/apache2/conf.d/20-curl.ini:1",
				"usr/lib/php/20220829/curl.so < etc/php/8.2/apache2/conf.d/20-curl.ini:2",
				"usr/lib/php/20220829/curl.so < etc/php/8.2/cli/conf.d/20-curl.ini:2",
				"usr/lib/php/20220829/gd.so < etc/php/8.2/apache2/php.ini:1",
				"usr/lib/php/20220829/off.so",
			},
			[]string{"usr/bin/php8.2 8.2.7"},
		},
		"rhel with remi beside it": {
			map[string]string{
				"etc/php.d/20-curl.ini":                             "extension=curl\n",
				"etc/opt/remi/php82/php.d/20-curl.ini":              "extension=curl\n",
				"usr/lib64/php/modules/curl.so":                     "",
				"opt/remi/php82/root/usr/lib64/php/modules/curl.so": "",
			},
			[]string{
				"opt/remi/php82/root/usr/lib64/php/modules/curl.so < etc/opt/remi/php82/php.d/20-curl.ini:1",
				"usr/lib64/php/modules/curl.so < etc/php.d/20-curl.ini:1",
			},
			nil,
		},
		"cpanel": {
			map[string]string{
				"opt/cpanel/ea-php81/root/etc/php.d/zip.ini":            "extension=zip.so\n",
				"opt/cpanel/ea-php81/root/usr/lib64/php/modules/zip.so": "",
				"opt/cpanel/ea-php82/root/usr/lib64/php/modules/zip.so": "",
			},
			[]string{
				"opt/cpanel/ea-php81/root/usr/lib64/php/modules/zip.so < opt/cpanel/ea-php81/root/etc/php.d/zip.ini:1",
				"opt/cpanel/ea-php82/root/usr/lib64/php/modules/zip.so",
			},
			nil,
		},
		"alpine": {
			map[string]string{
				"usr/bin/php83":                 phpProgram("8.3.14", "'--prefix=/usr' '--with-config-file-path=/etc/php83' '--with-config-file-scan-dir=/etc/php83/conf.d'", "/usr/lib/php83/modules"),
				"etc/php83/conf.d/00_curl.ini":  "extension=curl\n",
				"usr/lib/php83/modules/curl.so": "",
			},
			[]string{"usr/lib/php83/modules/curl.so < etc/php83/conf.d/00_curl.ini:1"},
			[]string{"usr/bin/php83 8.3.14"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := walkPHP(t, c.files)
			expect(t, "loaded and present", phpLoads(r), c.loads)
			var servers []string
			for _, p := range r.plugins {
				if p.Server {
					servers = append(servers, p.Path+" "+p.Version)
				}
			}
			expect(t, "programs", servers, c.servers)
			expect(t, "failures", r.fails, nil)
			expect(t, "skips", r.skips, nil)
			for _, p := range r.plugins {
				if len(p.Observations) > 0 {
					t.Errorf("%s: %v", p.Path, p.Observations)
				}
			}
		})
	}
}

func TestAServiceThatStartsPHPSaysWhatItLoads(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"etc/systemd/system/php-fpm.service": "[Service]\nEnvironment=PHP_INI_SCAN_DIR=:/srv/ini LD_PRELOAD=/srv/pre.so\n" +
			"ExecStart=/usr/sbin/php-fpm --nodaemonize -c /srv/php.ini -d zend_extension=/srv/z.so --fpm-config=/srv/fpm.conf\n",
		"usr/sbin/php-fpm":          phpProgram("8.2.1", "", "/usr/lib/php/20220829"),
		"usr/lib/php/20220829/a.so": "",
		"srv/ini/a.ini":             "extension=a\n",
		"srv/php.ini":               "extension=/srv/b.so\n",
		"srv/fpm.conf":              "[www]\nphp_admin_value[extension]=/srv/c.so\n",
		"srv/b.so":                  "",
		"srv/c.so":                  "",
		"srv/z.so":                  "",
		"srv/pre.so":                "",
	})
	expect(t, "loads", phpLoads(r), []string{
		"srv/b.so < srv/php.ini:1",
		"srv/c.so < srv/fpm.conf:2",
		"srv/pre.so < etc/systemd/system/php-fpm.service:2",
		"srv/z.so < etc/systemd/system/php-fpm.service:3",
		"usr/lib/php/20220829/a.so < srv/ini/a.ini:1",
	})
	expect(t, "failures", r.fails, nil)
}
