package machine

import "testing"

func TestMessagesForNumbersAreKnown(t *testing.T) {
	m := testMachine()
	for _, c := range []struct {
		apple  bool
		name   string
		number int32
		want   string
	}{
		{false, "strerror", 0, "Success"}, {false, "strerror", 88, "Socket operation on non-socket"}, {false, "strerror", 133, "Memory page has hardware error"},
		{false, "strerror_l", 13, "Permission denied"}, {true, "strerror", 38, "Socket operation on non-socket"}, {true, "strerror", 106, "Interface output queue is full"},
		{false, "strsignal", 9, "Killed"}, {false, "gai_strerror", -2, "Name or service not known"}, {false, "hstrerror", 1, "Unknown host"},
		{false, "g_strerror", 13, "Permission denied"}, {false, "g_strsignal", 9, "Killed"},
		{false, "strerror", 41, "Unknown error 41"}, {false, "strerror", 134, "Unknown error 134"}, {false, "strerror", -1, "Unknown error -1"},
		{true, "strerror", 941, "Unknown error: 941"}, {false, "strsignal", 40, ""}, {false, "strerrordesc_np", 41, ""}, {false, "sigdescr_np", 0, ""}, {false, "strerrorname_np", 1, ""}, {true, "strsignal", 9, ""},
	} {
		m.image.Apple = c.apple
		if got := m.text(m.does(c.name, uint64(uint32(c.number)))); got != c.want {
			t.Errorf("%s of %d: %q, not %q", c.name, c.number, got, c.want)
		}
	}
	for apple, name := range map[bool]string{false: "__xpg_strerror_r", true: "strerror_r"} {
		m.image.Apple = apple
		to := m.result("")
		if m.does(name, 1, to, 10); m.text(to) != "Operation" {
			t.Errorf("%s leaves %q", name, m.text(to))
		}
	}
}
