package php

import (
	"slices"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/internal/sqlite"
)

// What a script does with PDO and SQLite3: statements go to the database that the
// connection holds, functions that it registers are called with what a query gives them,
// and rows come back as the script fetches them (php.net/manual/class.pdostatement.php,
// php.net/manual/book.sqlite3.php).

// sqliteClasses are the classes of PHP that connect to SQLite.
var sqliteClasses = map[string]bool{"pdo": true, `pdo\sqlite`: true, "sqlite3": true}

// A sqlConnection is a connection to a database.
type sqlConnection struct {
	db         *sqlite.Database
	functions  map[string]value
	aggregates map[string][2]value // what adds a row, and what ends
	attributes map[int64]value
	pdo        bool
	// alone says that nobody else puts anything into the database.
	alone   bool
	running int // functions that a query calls
}

// A sqlCursor is a statement, and what it answers.
type sqlCursor struct {
	of         *sqlConnection
	sql        value
	parameters map[string]func() value
	rows       *sqlite.Rows // nil where that is not known
	at         int
	mode       int64
	with       []value // what the mode takes besides
	columns    map[string]reference
	statement  bool // of SQLite3, which gives its rows to another object
}

// connect has an object of one of sqliteClasses hold a database.
func (r *reader) connect(o *object, args []value) {
	class := r.builtinClass(o.class)
	if !sqliteClasses[class] || len(args) == 0 {
		return
	}
	c := &sqlConnection{functions: map[string]value{}, aggregates: map[string][2]value{}, attributes: map[int64]value{}, pdo: class != "sqlite3"}
	name, known := args[0].text()
	if !known {
		name = args[0].prefix()
	}
	if c.pdo {
		rest, is := strings.CutPrefix(name, "sqlite:")
		if !is && !strings.Contains(name, ":memory:") {
			return
		}
		name = rest
	}
	// A file without a name is gone with the connection (sqlite.org/inmemorydb.html).
	if c.alone = strings.Contains(name, ":memory:") || known && name == ""; c.alone {
		c.db = sqlite.NewDatabase()
	} else {
		if r.trace.databases == nil {
			r.trace.databases = map[string]*sqlite.Database{}
		}
		name = strings.TrimPrefix(fileName(args[0]), "sqlite:")
		if r.trace.databases[name] == nil {
			r.trace.databases[name] = sqlite.NewDatabase()
		}
		c.db = r.trace.databases[name]
	}
	if len(args) > 3 && args[3].kind == arrayKind {
		for i, v := range args[3].array.values {
			c.attributes[args[3].array.key(i).n] = v
		}
	}
	o.connection = c
}

// unknown is what a database gives of which nothing is known.
func (c *sqlConnection) unknown() value {
	if c.alone {
		return marked(fromCodes)
	}
	return value{}
}

// connectionMethod is a method of PDO or SQLite3.
func (r *reader) connectionMethod(c *sqlConnection, name string, args []argument, open int) (value, bool) {
	arg := func(i int) value {
		if i < len(args) {
			return args[i].value
		}
		return value{}
	}
	switch name {
	case "exec":
		if r.sqlRows(c, arg(0), nil, true, open) == nil {
			return value{}, true
		}
		return boolValue(true), true
	case "query", "prepare":
		const mode = 19 // PDO::ATTR_DEFAULT_FETCH_MODE
		k := &sqlCursor{of: c, sql: arg(0), parameters: map[string]func() value{}, mode: fetchBoth, columns: map[string]reference{}, statement: name == "prepare" && !c.pdo}
		if v, set := c.attributes[mode]; set {
			k.mode = v.n
		}
		if len(args) > 1 && name == "query" {
			k.mode, k.with = arg(1).n, valuesOf(args[2:])
		}
		if name == "query" {
			k.rows = r.sqlRows(c, k.sql, nil, false, open)
		}
		return objectValue(&object{class: "rows", properties: map[string]value{}, cursor: k}), true
	case "querysingle":
		rows := r.sqlRows(c, arg(0), nil, false, open)
		k := &sqlCursor{of: c, rows: rows}
		whole, _ := arg(1).truth()
		switch {
		case rows == nil || rows.Partial && len(rows.All) == 0:
			return c.unknown(), true
		case len(rows.All) == 0 && whole:
			return newArray(0).value(), true
		case len(rows.All) == 0:
			return value{kind: nullKind}, true
		case whole:
			return r.next(k, fetchAssoc, nil, open), true
		}
		return r.next(k, fetchColumn, nil, open), true
	case "sqlitecreatefunction", "createfunction":
		if of, ok := arg(0).text(); ok {
			c.functions[lower(of)] = arg(1)
		} else {
			c.db.Lost = true
		}
		if c.alone { // with what a query may give it
			const most = 8 // arguments
			r.invokeValue(arg(1), slices.Repeat([]argument{{value: marked(fromCodes)}}, most), open)
		}
		return boolValue(true), true
	case "sqlitecreateaggregate", "createaggregate":
		if of, ok := arg(0).text(); ok {
			c.aggregates[lower(of)] = [2]value{arg(1), arg(2)}
		} else {
			c.db.Lost = true
		}
		return boolValue(true), true
	case "quote", "escapestring":
		s, ok := arg(0).text()
		if !ok || !r.budget.Take(2*len(s)) {
			return marked(arg(0).marks.partOf()), true
		}
		if s = strings.ReplaceAll(s, "'", "''"); name == "quote" {
			s = "'" + s + "'"
		}
		return stringValue(s), true
	case "setattribute":
		if n, ok := arg(0).number(); ok && arg(0).known() {
			c.attributes[n] = arg(1)
		}
		return boolValue(true), true
	case "lastinsertid", "lastinsertrowid":
		switch {
		case c.db.Lost:
			return value{}, true
		case c.pdo:
			return stringValue(strconv.FormatInt(c.db.Last, 10)), true
		}
		return integerValue(c.db.Last), true
	case "backup": // into another one
		o := arg(0).object()
		if o == nil || o.connection == nil {
			break
		}
		if o.connection.db.Lost = true; len(args) == 1 {
			o.connection.db.Hold(c.db)
		}
		return boolValue(true), true
	case "rollback": // to what it was
		c.db.Lost = true
	}
	return value{}, false
}

// sqlRows runs a statement, or several, and returns what the last one answers; nil where
// that is not known.
func (r *reader) sqlRows(c *sqlConnection, sql value, parameters map[string]sqlite.Value, several bool, open int) *sqlite.Rows {
	text, ok := sql.text()
	if !ok {
		if !strings.HasPrefix(strings.ToUpper(strings.TrimSpace(sql.prefix())), "SELECT") {
			c.db.Lost = true
		}
		return nil
	}
	return c.db.Run(text, several, r.sqlSession(c, parameters, open))
}

// sqlSession has the functions that the script has registered.
func (r *reader) sqlSession(c *sqlConnection, parameters map[string]sqlite.Value, open int) sqlite.Session {
	const most = 8 // calls of which one queries in the other
	invoke := func(f value, args []value) value {
		if c.running >= most {
			return value{}
		}
		c.running++
		defer func() { c.running-- }()
		given := make([]argument, len(args))
		for i, v := range args {
			given[i] = argument{value: v, from: open, to: open}
		}
		return r.invokeValue(f, given, open)
	}
	phpValues := func(row []sqlite.Value) (all []value) {
		for _, v := range row {
			all = append(all, c.value(v))
		}
		return all
	}
	return sqlite.Session{
		Budget: r.budget, Parameters: parameters,
		Call: func(name string, args []sqlite.Value) (sqlite.Value, bool) {
			f, ok := c.functions[name]
			if !ok {
				return sqlite.Value{}, false
			}
			return sqlOf(invoke(f, phpValues(args))), true
		},
		IsAggregate: func(name string) bool { _, is := c.aggregates[name]; return is },
		Aggregate: func(name string, rows [][]sqlite.Value) sqlite.Value {
			context := value{kind: nullKind}
			for i, row := range rows {
				context = invoke(c.aggregates[name][0], append([]value{context, integerValue(int64(i))}, phpValues(row)...))
			}
			return sqlOf(invoke(c.aggregates[name][1], []value{context, integerValue(int64(len(rows)))}))
		},
	}
}

// sqlOf is a value of PHP as SQLite gets it.
func sqlOf(v value) sqlite.Value {
	switch v.kind {
	case nullKind:
		return sqlite.Value{Kind: sqlite.Null}
	case boolKind, intKind:
		return sqlite.Value{Kind: sqlite.Integer, Int: v.n}
	case floatKind:
		return sqlite.Value{Kind: sqlite.Real, Float: v.float()}
	case stringKind:
		return sqlite.Value{Kind: sqlite.Text, Text: v.s}
	}
	return sqlite.Value{Origin: sqlite.Origin(v.marks)}
}

// value is a value of the database in PHP.
func (c *sqlConnection) value(v sqlite.Value) value {
	const asText = 17 // PDO::ATTR_STRINGIFY_FETCHES
	out := value{}
	switch v.Kind {
	case sqlite.Unknown:
		out = c.unknown()
		out.marks |= marks(v.Origin)
		return out
	case sqlite.Null:
		return value{kind: nullKind}
	case sqlite.Integer:
		out = integerValue(v.Int)
	case sqlite.Real:
		out = floatValue(v.Float)
	default:
		out = stringValue(v.Text)
		out.decoded = true
	}
	if truth, _ := c.attributes[asText].truth(); truth && out.kind != stringKind {
		return stringValue(v.String())
	}
	return out
}

// bind gives a parameter a value, or a variable that is read when the statement runs.
func (k *sqlCursor) bind(name value, v func() value) {
	s, ok := name.text()
	if !ok {
		k.sql = value{}
		return
	}
	k.parameters[strings.TrimLeft(s, ":@$")] = v
}

// execute runs a statement with what is bound to it.
func (r *reader) execute(k *sqlCursor, open int) {
	parameters := map[string]sqlite.Value{}
	for name, v := range k.parameters {
		parameters[name] = sqlOf(v())
	}
	k.rows, k.at = r.sqlRows(k.of, k.sql, parameters, false, open), 0
}

// asText is a value as PDO sends it, which has no type.
func asText(v value) value {
	if s, ok := v.text(); ok && v.kind != nullKind {
		return stringValue(s)
	}
	return v
}

// cursorMethod is a method of PDOStatement, SQLite3Stmt or SQLite3Result.
func (r *reader) cursorMethod(o *object, name string, args []argument, open int) (value, bool) {
	k := o.cursor
	arg := func(i int) value {
		if i < len(args) {
			return args[i].value
		}
		return value{}
	}
	switch name {
	case "bindvalue", "bindparam":
		if len(args) < 2 {
			return value{}, true
		}
		a := args[1]
		to, bound := reference{}, false
		if name == "bindparam" {
			to, bound = r.placeOf(a)
		}
		textual := k.of.pdo && (len(args) < 3 || args[2].value.n == 2) // PDO::PARAM_STR
		k.bind(arg(0), func() value {
			v := a.value
			switch {
			case bound:
				v = to.read()
			case name == "bindparam" && a.set != nil:
				v = marked(v.marks.partOf())
			}
			if textual {
				v = asText(v)
			}
			return v
		})
		return boolValue(true), true
	case "execute":
		if in := arg(0); in.kind == arrayKind {
			for i, v := range in.array.values {
				key := in.array.key(i).value()
				if key.kind == intKind {
					key.n++
				}
				k.bind(key, func() value { return asText(v) })
			}
		} else if len(args) > 0 && in.kind != nullKind {
			clear(k.parameters)
		}
		if r.execute(k, open); k.statement {
			result := *k
			return objectValue(&object{class: "rows", properties: map[string]value{}, cursor: &result}), true
		}
		if k.rows == nil {
			return value{}, true
		}
		return boolValue(true), true
	case "setfetchmode":
		k.mode, k.with = arg(0).n, valuesOf(args[min(1, len(args)):])
		return boolValue(true), true
	case "bindcolumn":
		if s, ok := arg(0).text(); ok && len(args) > 1 {
			if to, ok := r.placeOf(args[1]); ok {
				k.columns[s] = to
			}
		}
		return boolValue(true), true
	case "fetch":
		if len(args) > 0 && arg(0).n != 0 {
			return r.next(k, arg(0).n, nil, open), true
		}
		return r.next(k, k.mode, k.with, open), true
	case "fetcharray":
		mode := int64(fetchBoth)
		if n, ok := arg(0).number(); ok && arg(0).known() {
			mode = n + 1
		}
		return r.next(k, mode, nil, open), true
	case "fetchcolumn":
		return r.next(k, fetchColumn, valuesOf(args[:min(1, len(args))]), open), true
	case "fetchobject":
		if len(args) == 0 {
			return r.next(k, fetchObject, nil, open), true
		}
		return r.next(k, fetchClass, valuesOf(args), open), true
	case "fetchall":
		if len(args) == 0 || arg(0).n == 0 {
			return r.allRows(k, k.mode, k.with, open), true
		}
		return r.allRows(k, arg(0).n, valuesOf(args[1:]), open), true
	case "getiterator":
		return objectValue(o), true
	case "reset":
		k.at = 0
		return boolValue(true), true
	case "columncount", "numcolumns":
		if k.rows == nil {
			return value{}, true
		}
		return integerValue(int64(len(k.rows.Columns))), true
	case "columnname":
		if n, ok := arg(0).number(); ok && k.rows != nil && n >= 0 && n < int64(len(k.rows.Columns)) {
			return stringValue(k.rows.Columns[n]), true
		}
		return k.of.unknown(), true
	case "getcolumnmeta":
		if n, ok := arg(0).number(); ok && k.rows != nil && n >= 0 && n < int64(len(k.rows.Columns)) {
			about := newArray(1)
			about.set(arrayKey{s: "sname"}, stringValue(k.rows.Columns[n]))
			about.partial = true
			return about.value(), true
		}
		return k.of.unknown(), true
	}
	return objectValue(o), true
}
