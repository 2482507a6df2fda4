package sqlite

import "strings"

// harmless are settings that change neither what a database holds nor what it answers, and
// questions about it (sqlite.org/pragma.html).
var harmless = func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq("analysis_limit application_id auto_vacuum busy_timeout cache_size cache_spill cell_size_check checkpoint_fullfsync " +
		"fullfsync incremental_vacuum journal_mode journal_size_limit legacy_file_format locking_mode mmap_size page_size read_uncommitted secure_delete " +
		"shrink_memory soft_heap_limit synchronous threads trusted_schema user_version wal_autocheckpoint wal_checkpoint " +
		"collation_list compile_options data_version database_list foreign_key_check foreign_key_list freelist_count function_list index_info index_list " +
		"index_xinfo integrity_check module_list page_count pragma_list quick_check table_info table_list table_xinfo") {
		all[name] = true
	}
	return all
}()

// pragma is PRAGMA with a name and a value.
func (p *parser) pragma(s *statement) {
	if s.name = lower(p.identifier()); p.take(".") {
		s.name = lower(p.identifier())
	}
	inside := p.take("(")
	if !inside && !p.take("=") {
		return
	}
	_ = p.take("-") || p.take("+")
	s.target = lower(p.identifierOrWord())
	if inside {
		p.want(")")
	}
}

// pragma runs one. What it answers is not known.
func (x *run) pragma(s statement) {
	switch {
	case harmless[s.name], s.name == "encoding" && s.target == "utf-8": // which it is anyway
	case s.name == "foreign_keys":
		off := s.target == "" || s.target == "off" || s.target == "0" || s.target == "false" || s.target == "no"
		x.db.enforced = x.db.enforced || !off
		x.failed = x.db.enforced && x.db.refers
	default:
		x.failed = s.target != "" || !questions[s.name]
	}
}

// questions are settings of which only a question is harmless.
var questions = map[string]bool{
	"automatic_index": true, "cell_size_check": true, "defer_foreign_keys": true, "encoding": true, "ignore_check_constraints": true, "legacy_alter_table": true, "max_page_count": true,
	"query_only": true, "recursive_triggers": true, "reverse_unordered_selects": true, "schema_version": true, "temp_store": true, "writable_schema": true,
}
