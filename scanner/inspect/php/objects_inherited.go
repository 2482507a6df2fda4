package php

// What a class has of those that it is made of, as reflection tells it.

// A memberOf is a property of a class that may have it from another one, and the class that
// self means where it stands.
type memberOf struct {
	property
	of   *classInfo
	self string
}

// allProperties are the properties of a class and of those that it is made of.
func (s *survey) allProperties(class string) (all []memberOf) {
	const most = 1 << 10
	had := map[string]bool{}
	s.ancestors(class, func(c *classInfo, self string) bool {
		for _, p := range c.properties {
			if !had[p.name] && len(all) < most {
				had[p.name], all = true, append(all, memberOf{p, c, self})
			}
		}
		return len(all) < most
	})
	return all
}

// constantNames are the constants of a class and of those that it is made of.
func (s *survey) constantNames(class string) (names []string) {
	const most = 1 << 10
	had := map[string]bool{}
	s.ancestors(class, func(c *classInfo, _ string) bool {
		for _, n := range c.constants {
			if !had[n] && len(names) < most {
				had[n], names = true, append(names, n)
			}
		}
		return len(names) < most
	})
	return names
}

// declaringClass is the class that declares what is reflected of another one.
func (s *survey) declaringClass(kind, class string, member value) string {
	name, _ := member.text()
	if kind == "reflectionmethod" {
		_, class = s.method(class, lower(name))
		return class
	}
	for _, p := range s.allProperties(class) {
		if kind == "reflectionproperty" && p.name == "$"+name {
			return p.self
		}
	}
	return class
}

// traitsOf are the traits that a class uses itself.
func (s *survey) traitsOf(class string) (names []string) {
	if c := s.classNamed(class); c != nil {
		for _, name := range c.parents {
			if t := s.classNamed(name); t != nil && t.trait {
				names = append(names, name)
			}
		}
	}
	return names
}

// reflectedClass is what reflects a class of the script.
func (r *reader) reflectedClass(name string) value {
	return objectValue(&object{class: "reflectionclass", properties: map[string]value{"$name": r.className(name)}, args: []value{r.className(name)}})
}
