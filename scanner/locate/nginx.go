package locate

type nginx struct{}

func newNginx() *nginx { return &nginx{} }

func (*nginx) name() string         { return "nginx" }
func (*nginx) configured(s *survey) {}
