package machine

import "testing"

func TestAddressesAreReadAsBytes(t *testing.T) {
	m := testMachine()
	at := func() uint64 { return m.result("") }
	info := func(text string) uint64 {
		to := at()
		m.does("getaddrinfo", m.give(text), 0, at(), to)
		return m.peek(m.peek(to, 8)+24, 8) + address4
	}
	list := func(host uint64) uint64 { return m.peek(m.peek(host+hostList, 8), 8) }
	into := func(name string, place int, arguments ...uint64) uint64 { // and what it wrote
		m.does(name, arguments...)
		return arguments[place]
	}
	number := func(name, text string) uint64 {
		to := at()
		m.write(to, m.does(name, m.give(text)), 4)
		return to
	}
	for _, c := range []struct {
		what, want string
		at         uint64
	}{
		{"inet_pton of four bytes", "osas", into("inet_pton", 2, 2, m.give("111.115.97.115"), at())},
		{"inet_pton of Linux", "osascript", into("inet_pton", 2, 10, m.give("6f73:6173:6372:6970:7400::"), at())},
		{"inet_pton of macOS", "osascript", into("inet_pton", 2, 30, m.give("6f73:6173:6372:6970:7400::"), at())},
		{"inet_pton of a place", "", into("inet_pton", 2, 10, m.give("6f73::%eth0"), at())},
		{"uv_ip4_addr", "osas", into("uv_ip4_addr", 2, m.give("111.115.97.115"), 80, at()) + address4},
		{"uv_ip6_addr", "os", into("uv_ip6_addr", 2, m.give("6f73::"), 80, at()) + address6},
		{"inet_aton", "osas", into("inet_aton", 1, m.give("0x6f.0163.24947"), at())},
		{"inet_addr", "osas", number("inet_addr", "111.115.97.115")},
		{"inet_network", "osas", number("inet_network", "115.97.115.111")},
		{"ntohl", "osas", func() uint64 {
			to := at()
			m.write(to, m.does("ntohl", 'o'<<24|'s'<<16|'a'<<8|'s'), 4)
			return to
		}()},
		{"ether_aton", "osascr", m.does("ether_aton", m.give("6f:73:61:73:63:72"))},
		{"ether_aton_r", "osa\x01", m.does("ether_aton_r", m.give("6f:73:61:1:0:0"), at())},
		{"uuid_parse", "osascript-e beep", into("uuid_parse", 1, m.give("6f736173-6372-6970-742d-652062656570"), at())},
		{"gethostbyname", "osas", list(m.does("gethostbyname", m.give("111.115.97.115")))},
		{"getaddrinfo", "osas", info("111.115.97.115")},
	} {
		if got := string(m.bytes(c.at)); got != c.want {
			t.Errorf("%s: %q, not %q", c.what, got, c.want)
		}
	}
	for _, c := range []struct {
		name, text string
		want       uint64
	}{
		{"inet_addr", "1.2.3.4.5", 1<<32 - 1}, {"inet_addr", "256.1", 1<<32 - 1}, {"inet_addr", "a", 1<<32 - 1}, {"inet_network", "1.2.3", 0x10203},
		{"ether_aton", "1:2:3:4:5", 0}, {"ether_aton", "1:2:3:4:5:6:7", 0},
	} {
		if got := m.does(c.name, m.give(c.text)); got != c.want {
			t.Errorf("%s of %s: %#x", c.name, c.text, got)
		}
	}
	if m.does("inet_pton", 2, m.give("1.2.3"), at()) != 0 || m.does("inet_pton", 2, m.give("1.2.3.4"), at()) != 1 || m.does("uv_inet_pton", 2, m.give("1.2.3.4"), at()) != 0 {
		t.Error("what they return")
	}
}
