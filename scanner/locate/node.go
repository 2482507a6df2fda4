package locate

// nodeModules is the directory that Node.js resolves package names in.
const nodeModules = "node_modules"

type node struct{}

func newNode() *node { return &node{} }

func (*node) name() string         { return "node" }
func (*node) configured(s *survey) {}
