package php

import (
	"cmp"
	"slices"
)

// Hosts such as WordPress keep settings for their plugins, and call what these have
// hung on their hooks.

// settingDefaults are the functions that return a setting, and which of their arguments
// it is where nobody has set it.
var settingDefaults = map[string]int{
	"get_option": 1, "get_site_option": 1, "get_theme_mod": 1, "get_network_option": 2, "get_blog_option": 2, "variable_get": 1, "config": 1, "env": 1,
}

// A hook is what a script has hung on one of the host's.
type hook struct {
	name     string
	priority int64
	function value
	ran      bool
}

// byHost are the functions that hang something on a hook, and that call what hangs there;
// and those that return a setting. What others set or hang there is not known, so what
// comes of it is one of several.
func (r *reader) byHost(name string, args []argument, open int) (value, bool) {
	if at, ok := settingDefaults[name]; ok {
		if at < len(args) && r.survey.functions[name] == nil {
			v := r.bothOf(args[at].value, value{})
			return v, v.known() || v.guess != nil
		}
		return value{}, false
	}
	switch name {
	case "add_filter", "add_action", "add_shortcode", "register_activation_hook":
		const most, usual = 64, 10
		if len(args) < 2 || len(r.trace.hooks) >= most {
			break
		}
		h := &hook{name: args[0].value.s, priority: usual, function: args[1].value}
		if n, ok := arguments(args).number(2); ok {
			h.priority = n
		}
		r.trace.hooks = append(r.trace.hooks, h)
		slices.SortStableFunc(r.trace.hooks, func(a, b *hook) int { return cmp.Compare(a.priority, b.priority) })
		return value{}, true
	case "do_action", "do_action_ref_array", "apply_filters", "apply_filters_ref_array":
		if len(args) == 0 || args[0].value.s == "" {
			break
		}
		given := slices.Clone(args[1:])
		if len(given) > 0 && name[len(name)-1] == 'y' {
			given = r.spread(given[0])
		}
		filters, hung := name[0] == 'a' && len(given) > 0, false
		for _, h := range slices.Clone(r.trace.hooks) {
			if h.name != args[0].value.s || r.trace.fuel < 0 {
				continue
			}
			hung, h.ran = true, true
			v := r.invokeValue(h.function, given, open)
			if filters {
				given[0].value = v
			}
		}
		if !filters {
			return value{}, hung
		}
		v := r.bothOf(given[0].value, value{})
		if len(v.oneOf()) > 0 && !hung { // a filter of another file may return something else
			v.guess.from = ofOthers
		}
		return v, hung || v.guess != nil || v.known()
	}
	return value{}, false
}

// runHooks runs what the host calls by itself, in a state that no other function has
// changed yet.
func (r *reader) runHooks() {
	for i := 0; i < len(r.trace.hooks) && r.trace.fuel >= 0; i++ {
		if h := r.trace.hooks[i]; !h.ran {
			h.ran = true
			r.invokeValue(h.function, fromCallers, 0)
			r.failed = false
		}
	}
}
