package scanner

import (
	"slices"
	"testing"
)

// scanWordPress scans one WordPress plugin of these files.
func scanWordPress(t *testing.T, files map[string]string) Plugin {
	t.Helper()
	all := map[string]string{}
	for name, content := range files {
		all["wp-content/plugins/kit/"+name] = content
	}
	report := mustScan(t, builtinOptions(t, plant(t, all)))
	if len(report.Plugins) != 1 {
		t.Fatalf("%d plugins", len(report.Plugins))
	}
	return report.Plugins[0]
}

func TestANameThatGoesFromFileToFileIsFound(t *testing.T) {
	const header = "<?php\n/* Plugin Name: Kit */\n"
	for name, c := range map[string]struct {
		main, other string
		capability  string // "" for no finding
		line        int
	}{
		"decoder":     {"$f = kit_text(KIT);\n$f('x');", "function kit_text($s) { return base64_decode($s); }", "obfuscation", 4},
		"evaluated":   {"eval(kit_text('x'));", "function kit_text($s, $k) { return $s ^ $k; }", "obfuscation", 3},
		"array":       {"$o = require __DIR__ . '/other.php';\n$o['f']('x');", "return ['f' => 'sys' . 'tem'];", "exec", 4},
		"method":      {"class K extends B { function go() { $f = $this->name(); $f(1); } }", "class B { function name() { return implode(['fsock', 'open']); } }", "socket", 3},
		"not called":  {"$f = kit_text(KIT); echo $f;", "function kit_text($s) { return base64_decode($s); }", "", 0},
		"no decoder":  {"$f = kit_text(KIT); $f('x');", "function kit_text($s) { return trim($s); }", "", 0},
		"another":     {"$f = kit_name(); $f('x');", "function kit_text($s) { return base64_decode($s); }", "", 0},
		"other array": {"$o = require __DIR__ . '/o.php'; $o['f']('x');", "return ['f' => 'system'];", "", 0},
	} {
		p := scanWordPress(t, map[string]string{"kit.php": header + c.main, "other.php": "<?php\n" + c.other})
		i := slices.IndexFunc(p.Findings, func(f Finding) bool { return f.Rule == callElsewhere })
		switch {
		case i < 0 && c.capability != "":
			t.Errorf("%s: not found", name)
		case i >= 0 && (p.Findings[i].Capability != c.capability || p.Findings[i].Line != c.line || p.Findings[i].name != "kit.php" || len(p.Findings[i].Why) != 1):
			t.Errorf("%s: %+v", name, p.Findings[i])
		}
	}
}
