package locate

type httpd struct{}

func newHTTPD() *httpd { return &httpd{} }

func (*httpd) name() string         { return "httpd" }
func (*httpd) configured(s *survey) {}
