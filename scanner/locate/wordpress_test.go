package locate

import (
	"strings"
	"testing"
)

func TestWordPressPluginsAreDirectoriesAndFiles(t *testing.T) {
	const silence = "<?php\n// Silence is golden.\n"
	r := walkPHP(t, map[string]string{
		"var/www/wp-content/index.php":                     silence,
		"var/www/wp-content/plugins/index.php":             silence,
		"var/www/wp-content/plugins/readme.txt":            "",
		"var/www/wp-content/plugins/hello.php":             "<?php\r/*\rPlugin Name: Hello\rVersion: 1.7.2\r*/",
		"var/www/wp-content/plugins/akismet/index.php":     silence,
		"var/www/wp-content/plugins/akismet/a.php":         "<?php /* Plugin Name: Other\nVersion: 9 */",
		"var/www/wp-content/plugins/akismet/akismet.php":   "<?php\n/**\n * Plugin Name: Akismet\n * Version:  5.0.2 \n */",
		"var/www/wp-content/plugins/empty/":                "",
		"var/www/wp-content/plugins/linked -> /opt/linked": "",
		"var/www/wp-content/plugins/nowhere -> gone":       "",
		"var/www/wp-content/plugins/up -> ../..":           "",
		"opt/linked/late.php":                              "<?php //" + strings.Repeat("x", wordpressHeader) + "\n/* Plugin Name: L\nVersion: 1 */",
		"var/www/wp-content/mu-plugins/force.php":          "<?php // Version: 3",
		"var/www/wp-content/mu-plugins/index.php":          "<?php eval($_POST[0]);",
		"var/www/wp-content/mu-plugins/lib/l.php":          "",
		"var/www/wp-content/object-cache.php":              "<?php\n# Plugin Name: Cache\n# Version: 2 ?>",
		"var/www/wp-content/themes/index.php":              silence,
		"var/www/wp-content/themes/shop/style.css":         "/*\nTheme Name: Shop\nVersion: 2.1\n*/",
		"var/www/wp-content/themes/shop/functions.php":     "<?php",
		"var/www/wp-content/uploads/x.php":                 "",
	})
	expect(t, "plugins", r.listed("php"), []string{
		"opt/linked linked@",
		"var/www/wp-content/mu-plugins/force.php force@",
		"var/www/wp-content/mu-plugins/index.php index@",
		"var/www/wp-content/mu-plugins/lib lib@",
		"var/www/wp-content/object-cache.php object-cache.php@2",
		"var/www/wp-content/plugins/akismet akismet@5.0.2",
		"var/www/wp-content/plugins/empty empty@",
		"var/www/wp-content/plugins/hello.php hello@1.7.2",
		"var/www/wp-content/themes/shop shop@2.1",
	})
	expect(t, "what runs because it is there", func() []string {
		var list []string
		for _, p := range r.plugins {
			if !p.OnDemand {
				t.Errorf("%s is not on demand", p.Path)
			}
			if len(p.LoadedBy) > 0 {
				list = append(list, p.Name+" < "+p.LoadedBy[0].File)
			}
		}
		return list
	}(), []string{
		"object-cache.php < var/www/wp-content",
		"force < var/www/wp-content/mu-plugins",
		"index < var/www/wp-content/mu-plugins",
	})
	expect(t, "skips", r.skips, []string{
		"var/www/wp-content/plugins/nowhere: link to nothing",
		"var/www/wp-content/plugins: names var/www, which it lies in, as the package up",
	})
	expect(t, "failures", r.fails, nil)
}

func TestNoFileOfMuPluginsHidesBehindItsName(t *testing.T) {
	const silence = "<?php\n// Silence is golden.\n"
	r := recordWalk(t, openDir(t, plant(t, map[string]string{
		"a/wp-content/mu-plugins/index.php": silence,
		"b/wp-content/mu-plugins/index.php": silence + strings.Repeat(" ", wordpressHeader) + "system($_GET[0]);",
		"c/wp-content/mu-plugins/.php":      "<?php system($_GET[0]);",
	})), Options{Hosts: []string{"php"}})
	checkList(t, "plugins", r.listed("php"), []string{
		"b/wp-content/mu-plugins/index.php index@", "c/wp-content/mu-plugins/.php .php@",
	})
}
