package machine

// variable does what a function that looks a variable of the environment up would, if it is
// one that is known. Others than the code has set are set outside, if at all.
func (m *machine) variable(name string, a [6]uint64) (result uint64, known bool) {
	which := a[0]
	switch name {
	case "getenv", "secure_getenv", "g_getenv", "curl_getenv", "uv_os_getenv":
	case "apr_env_get":
		which = a[1]
	default:
		return 0, false
	}
	if m.watch.Variable == nil {
		return 0, false
	}
	value, set := m.watch.Variable(m.text(which))
	if !set {
		return 0, false
	}
	switch name {
	case "apr_env_get":
		m.write(a[0], m.newText(value), 8)
		return 0, true
	case "uv_os_getenv": // which has the size of the room behind it
		m.putWithin(a[1], []byte(value), m.peek(a[2], 8))
		return 0, true
	}
	return m.newText(value), true
}
