package php

import (
	"strings"
	"testing"
)

func TestPHPClassesAndMethodsAreFoundAmongAll(t *testing.T) {
	const soap, opened = "soapclient::__construct", "url:opened"
	for code, want := range map[string]string{
		`foreach (get_declared_classes() as $c) if (crc32($c) === 3010513798) new $c(null, []);`:                                                                                                             soap,
		`$c = current(preg_grep('/^So.{3}lient$/', get_declared_classes())); new $c(null, []);`:                                                                                                              soap,
		`$c = array_values(array_filter(get_declared_classes(), fn ($c) => str_ends_with($c, 'pClient')))[0]; (new ReflectionClass($c))->newInstance(null, []);`:                                             soap,
		`foreach (get_declared_classes() as $c) { $r = new ReflectionClass($c); if (!$r->hasMethod('__soapCall')) continue; return $r->newInstanceArgs([null, []]); }`:                                       soap,
		`foreach ((new ReflectionExtension('soap'))->getClassNames() as $c) if (!is_subclass_of($c, 'Exception') && method_exists($c, '__getTypes')) { new $c(null); break; }`:                               soap,
		`$m = get_class_methods('XMLReader'); $x = new XMLReader; $n = current(preg_grep('/^o.en$/', $m)); $x->$n(strrev('//:ptth') . 'x');`:                                                                 opened,
		`foreach (get_declared_classes() as $c) if (!array_diff(['readOuterXml'], get_class_methods($c))) { $x = (new ReflectionClass($c))->newInstance(); break; } $x->open(strrev('//:ptth') . 'x');`:      opened,
		`$d = new DOMDocument; foreach ((new ReflectionObject($d))->getMethods() as $m) if (preg_match('/^load....File$/', $m->getName())) $m->invoke($d, 'ht' . 'tp://x');`:                                 opened,
		`class D extends DOMDocument {} $m = preg_grep('/^load.*File$/', get_class_methods('D')); foreach ($m as $n) (new D)->$n('ht' . 'tp://x');`:                                                          opened,
		`$n = preg_grep('/^pass/', array_keys((new ReflectionExtension('standard'))->getFunctions())); foreach ($n as $f) $f('marker');`:                                                                     "call:list",
		`foreach (get_declared_classes() as $c) if (defined("$c::SUBST_ENTITIES")) $x = new $c; $x->open(strrev('//:ptth') . 'x');`:                                                                          opened,
		`class K { private $c; function __construct() { foreach (get_declared_classes() as $c) if (method_exists($c, '__soapCall')) $this->c = $c; } function go() { new $this->c(null); } } (new K)->go();`: soap,
		`foreach (get_declared_classes() as $c) if (is_subclass_of($c, 'WP_Widget')) new $c;`:                                                                                                                "",
		`foreach (get_declared_classes() as $c) { if (!in_array($c, $this->wanted)) continue; new $c; }`:                                                                                                     "",
		`foreach (get_declared_classes() as $c) { if ($this->wants($c)) { $r = new ReflectionClass($c); $all[] = $r->newInstance(); } }`:                                                                     "",
		`foreach (get_declared_classes() as $c) $wanted[$c] && $all[] = new $c;`:                                                                                                                             "",
		`foreach (get_declared_classes() as $c) { $r = new ReflectionClass($c); if ($r->isInternal() || $r->isAbstract()) continue; $r->newInstance(); }`:                                                    "",
		`foreach (get_declared_classes() as $c) { $r = new ReflectionClass($c); if ($r->isSubclassOf(Kit::class) && $r->isInstantiable()) new $c; }`:                                                         "",
	} {
		got := " " + strings.ReplaceAll(usesOf(Read([]byte("<?php function f() { "+code+" }"))), "*", "") + " "
		if found := strings.Contains(got, " "+soap+" ") || strings.Contains(got, " "+opened+" ") || strings.Contains(got, " call:list "); found != (want != "") || want != "" && !strings.Contains(got, " "+want+" ") {
			t.Errorf("%s: %s, want %q", code, got, want)
		}
	}
}

func TestPHPClassesOfItsOwnHaveTheirNamesAndKin(t *testing.T) {
	for _, code := range []string{
		`$f = get_class(new arrayobject) === 'ArrayObject' ? 'exec' : '';`,
		`$f = get_parent_class('DOMDocument') === 'DOMNode' ? 'exec' : '';`,
		`namespace A; class B {} class C extends B {} $f = get_parent_class(new C) === 'A\B' ? 'exec' : '';`,
		`class B {} $f = get_parent_class('B') === false ? 'exec' : '';`,
		`$f = implode(class_parents(new DOMDocument)) === 'DOMNode' ? 'exec' : '';`,
		`$f = isset(class_implements('ArrayObject')['Countable']) ? 'exec' : '';`,
		`$f = (new ReflectionClass('SoapClient'))->getExtensionName() === 'soap' ? 'exec' : '';`,
		`$f = (new ReflectionClass('DOMDocument'))->getParentClass()->getName() === 'DOMNode' ? 'exec' : '';`,
		`class P { function ex() {} } class Q extends P { function ec() {} } $f = implode(array_reverse(get_class_methods('Q')));`,
	} {
		if got := usesOf(Read([]byte("<?php " + code + " $f('marker');"))); !strings.Contains(" "+got+" ", " exec* ") && !strings.Contains(" "+got+" ", " exec ") {
			t.Errorf("%s: %q", code, got)
		}
	}
}

func TestTheClassesOfPHPAreReadFromTheirTable(t *testing.T) {
	all, _ := builtins()
	if len(all) < 200 {
		t.Fatalf("%d classes", len(all))
	}
	for _, b := range all {
		if b.parent != "" && builtinNamed(b.parent) == nil {
			t.Errorf("%s extends %s, which is not there", b.name, b.parent)
		}
		if len(b.lineage()) > 8 {
			t.Errorf("%s is its own ancestor", b.name)
		}
	}
	if reader := builtinNamed("\\xmlreader"); reader == nil || !reader.hasMethod("READOUTERXML") || reader.name != "XMLReader" {
		t.Errorf("XMLReader: %+v", reader)
	}
}
