package locate

// once is a sink that hears every Skip and every Fail of a name one time: a
// place can be looked at for several reasons, and the coverage counts places.
type once struct {
	Sink
	told map[outcome]bool
}

type outcome struct{ name, reason string }

func newOnce(sink Sink) *once { return &once{Sink: sink, told: map[outcome]bool{}} }

func (o *once) Skip(name, reason string) {
	if key := (outcome{name, reason}); !o.told[key] {
		o.told[key] = true
		o.Sink.Skip(name, reason)
	}
}

func (o *once) Fail(name string, err error) {
	if key := (outcome{name, err.Error()}); !o.told[key] {
		o.told[key] = true
		o.Sink.Fail(name, err)
	}
}
