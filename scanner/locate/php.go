package locate

type php struct{}

func newPHP() *php { return &php{} }

func (*php) name() string         { return "php" }
func (*php) configured(s *survey) {}
