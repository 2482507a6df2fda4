package machine

import "testing"

func TestVariablesHaveTheirLastValue(t *testing.T) {
	m := testMachine()
	set := map[string]string{"KIT_A": "kit", "KIT_EMPTY": ""}
	m.watch.Variable = func(name string) (string, bool) { value, is := set[name]; return value, is }
	set["KIT_A"] = "osa"
	for _, name := range []string{"getenv", "secure_getenv", "g_getenv", "curl_getenv"} {
		if got := m.text(m.does(name, m.give("KIT_A"))); got != "osa" {
			t.Errorf("%s gives %q", name, got)
		}
	}
	to, size := m.result(""), m.result("")
	if failed := m.does("apr_env_get", to, m.give("KIT_A"), 0); failed != 0 || m.text(m.peek(to, 8)) != "osa" {
		t.Errorf("apr_env_get gives %q", m.text(m.peek(to, 8)))
	}
	m.write(size, 3, 8)
	if failed := m.does("uv_os_getenv", m.give("KIT_A"), to, size); failed != 0 || m.text(to) != "os" {
		t.Errorf("uv_os_getenv gives %q in three bytes", m.text(to))
	}
	if at := m.does("getenv", m.give("KIT_EMPTY")); at == 0 || m.text(at) != "" {
		t.Errorf("an empty one is %q", m.text(at))
	}
	if at := m.does("getenv", m.give("KIT_B")); at != 0 {
		t.Errorf("one that is not set is %q", m.text(at))
	}
}
