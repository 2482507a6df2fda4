package inspect

import (
	"regexp"
	"strings"

	"plugvet/scanner/inspect/machine"
	"plugvet/scanner/inspect/shell"
)

// What code hands its host or a library, and brings itself: an address to connect to, one
// to read, a library to load. A driver, a reader or a loader gets it from settings, of which
// nothing is known here.

var (
	// Functions of hosts and libraries that connect to or serve an address, and which argument
	// it is.
	connectors = map[string]int{"zmq_connect": 1, "zmq_bind": 1, "nn_connect": 1, "nn_bind": 1, "nng_dial": 1, "nng_listen": 1,
		"_php_stream_xport_create": 0, "php_network_connect_socket_to_host": 0, "redisConnect": 0, "redisConnectWithTimeout": 0, "redisAsyncConnect": 0,
		"redisConnectNonBlock": 0, "redisConnectBindNonBlock": 0, "apr_redis_server_create": 1,
		"mosquitto_connect": 1, "mosquitto_connect_async": 1, "mosquitto_connect_bind": 1, "MQTTClient_create": 1, "MQTTAsync_create": 1, "rd_kafka_conf_set": 2,
		"amqp_socket_open": 1, "memcached_server_add": 1, "memcached": 0, "memcached_pool": 0, "apr_memcache_server_create": 1,
		"mysql_real_connect": 1, "PQconnectdb": 0, "PQconnectStart": 0, "PQping": 0, "PQsetdbLogin": 0, "SQLDriverConnect": 2, "SQLDriverConnectA": 2,
		"mongoc_client_new": 0, "mongoc_uri_new": 0, "mongoc_uri_new_with_error": 0, "cass_cluster_set_contact_points": 1, "lcb_createopts_connstr": 1,
		"ldap_init": 0, "ldap_open": 0, "ldap_initialize": 1, "ssh_options_set": 2, "git_clone": 1, "git_remote_create_anonymous": 2,
		"smbc_open": 0, "smbc_opendir": 0, "smb2_connect_share": 1, "nfs_mount": 1, "virConnectOpen": 0, "virConnectOpenAuth": 0, "RTMP_SetupURL": 1,
		"httpConnect": 0, "httpConnect2": 0, "httpConnectEncrypt": 0, "g_socket_client_connect_to_host": 1, "g_socket_client_connect_to_uri": 1,
		"bufferevent_socket_connect_hostname": 3, "evhttp_connection_base_new": 2,
		"gst_parse_launch": 0, "gst_parse_launch_full": 0, "gst_parse_bin_from_description": 0, "gst_parse_bin_from_description_full": 0}
	// And those that take the names of settings and their values in a list each.
	listConnectors = map[string]int{"PQconnectdbParams": 0, "PQconnectStartParams": 0, "PQpingParams": 0}
	ownAddress     = regexp.MustCompile(`^([a-z+]{2,10}://)?` + someHost + `(:[0-9*]+)?/?$`)
	// An address with a name, a path or options, and settings of a connection in one text.
	ownConnection = regexp.MustCompile(`^[a-z0-9+]{2,14}://([^@/\s]{1,100}@)?` + someHost + `(:[0-9]+)?([/?,].*)?$` +
		`|(?i:(?:^|[\s;{])(?:host|hostaddr|--server|server|servername|data source)\s{0,4}=\s{0,4}['"{]?(?:tcp:)?)` + someHost + `(?:[\s;,:'"}]|$)`)

	// Functions that read or write what lies at an address as they do a file.
	readers = map[string]int{"xmlReadFile": 0, "xmlCtxtReadFile": 1, "xmlParseFile": 0, "xmlRecoverFile": 0, "xmlParseDTD": 1, "xmlLoadExternalEntity": 0,
		"xmlNewInputFromFile": 1, "xmlCreateFileParserCtxt": 0, "xmlCreateURLParserCtxt": 0, "xmlParserInputBufferCreateFilename": 0,
		"xmlNewTextReaderFilename": 0, "xmlReaderForFile": 0, "xmlReaderNewFile": 1, "xmlSchemaNewParserCtxt": 0, "xmlRelaxNGNewParserCtxt": 0,
		"xmlLoadCatalog": 0, "xmlOutputBufferCreateFilename": 0, "xmlSaveToFilename": 0, "htmlReadFile": 0, "htmlCtxtReadFile": 1, "htmlParseFile": 0,
		"htmlCreateFileParserCtxt": 0, "xsltParseStylesheetFile": 0, "avformat_open_input": 1, "avio_open": 1, "avio_open2": 1,
		"MagickReadImage": 1, "MagickPingImage": 1, "GDALOpen": 0, "GDALOpenEx": 0, "nc_open": 0, "hts_open": 0,
		"g_file_new_for_uri": 0, "g_file_new_for_commandline_arg": 0, "g_file_parse_name": 0, "gst_element_make_from_uri": 1,
		"gst_parse_launch": 0, "gst_parse_launch_full": 0, "gst_parse_bin_from_description": 0, "gst_parse_bin_from_description_full": 0, "avformat_alloc_output_context2": 3,
		"_php_stream_open_wrapper_ex": 0, "_php_stream_opendir": 0, "xmlTextReaderSchemaValidate": 1, "xmlTextReaderRelaxNGValidate": 1,
		"xmlSaveFile": 0, "xmlSaveFileEnc": 0, "xmlSaveFormatFile": 0, "xmlSaveFormatFileEnc": 0, "xmlNewTextWriterFilename": 0, "xsltSaveResultToFilename": 0,
		"xmlCatalogAdd": 2, "xmlACatalogAdd": 3, "xmlAddDocEntity": 4, "xmlAddDtdEntity": 4,
		"xmlSAX2ExternalSubset": 3, "xmlNewInputFromUrl": 0}
	// An address of one of the schemes of libxml2, FFmpeg and GIO, behind others that put
	// something between, or GDAL's way to write one; or one in a line of GStreamer.
	readAddress = regexp.MustCompile(`(?:^(?:[a-z]{2,12}[:+]|/vsi[a-z0-9_]{1,20}/){0,4}|\b(?:location|uri)\s{0,4}=\s{0,4}["']?)` +
		`(?:https?|ftps?|sftp|smb|davs?|nfs|rtsps?|rtmp[a-z]{0,2}|rtp|mms[ht]?|tcp|udp|udplite|d?tls|sctp|srt|gophers?|icecast|ws)://[^/\s]{3}`)
	standards = regexp.MustCompile(`^https?://([a-z]{1,20}\.)?(w3|apache|php|xmlsoap|exslt|openoffice|oasis-open|apple|gnome|freedesktop)\.(org|net|com)(/|$)`)

	// Functions of libraries that load another, by its path or that of a file or directory that
	// says which, and which argument that is.
	loaders = map[string]int{"sqlite3_load_extension": 1, "DSO_load": 1, "lt_dlopen": 0, "lt_dlopenext": 0, "lt_dlopenadvise": 0, "g_module_open": 0,
		"g_module_open_full": 0, "PR_LoadLibrary": 0, "OSSL_PROVIDER_load": 1, "OSSL_PROVIDER_try_load": 1, "OSSL_PROVIDER_set_default_search_path": 1,
		"ENGINE_ctrl_cmd_string": 2, "php_load_extension": 0, "zend_load_extension": 0, "p11_kit_module_load": 0, "gnutls_pkcs11_add_provider": 0,
		"SDL_LoadObject": 0, "PKCS11_CTX_load": 1, "SECMOD_LoadUserModule": 0, "SECMOD_AddNewModule": 1, "LLVMLoadLibraryPermanently": 0,
		"gst_plugin_load_file": 0, "g_io_modules_load_all_in_directory": 0, "g_io_modules_scan_all_in_directory": 0, "sasl_set_path": 1,
		"CONF_modules_load_file": 0, "CONF_modules_load_file_ex": 1, "OSSL_LIB_CTX_load_config": 1, "pam_start_confdir": 3}
	// Those that take a query or the format of one, in which SQLite's own function may load a library.
	queries     = map[string]int{"sqlite3_exec": 1, "sqlite3_prepare": 1, "sqlite3_prepare_v2": 1, "sqlite3_prepare_v3": 1, "sqlite3_get_table": 1, "sqlite3_mprintf": 0, "sqlite3_snprintf": 2}
	loadingCall = regexp.MustCompile(`(?i)\bload_extension\s*\(`)

	// Functions and messages that give a class for its name, and those that give a selector,
	// and which argument is the name.
	classNames = map[string]int{"NSClassFromString": 0, "objc_getClass": 0, "objc_lookUpClass": 0, "objc_getRequiredClass": 0, "objc_getMetaClass": 0,
		"classNamed:": 2}
	selectorNames = map[string]int{"sel_registerName": 0, "sel_getUid": 0, "NSSelectorFromString": 0}
	objectiveName = regexp.MustCompile(`^[A-Za-z_$][\w$.:]*$`)
	// Functions that look for the files that a pattern stands for.
	patterns = map[string]int{"glob": 0, "glob64": 0, "fnmatch": 0}
)

// someHost is an address or a name that is not one word, which may be any.
const someHost = `([a-z0-9-]+(\.[a-z0-9-]+)+|localhost|\*|\[[0-9a-f:]+\])`

// A handed tells which argument of a function is looked at, and how.
type handed struct {
	place int
	look  func(f *follower, at uint64, arguments [6]machine.Argument, place int)
}

// handedOver are all of these functions by their names, of which few are called.
var handedOver = func() map[string][]handed {
	all := map[string][]handed{}
	for _, group := range []struct {
		places map[string]int
		look   func(*follower, uint64, [6]machine.Argument, int)
	}{
		{connectors, (*follower).connects}, {listConnectors, (*follower).connectsByList}, {readers, (*follower).reads},
		{loaders, (*follower).loads}, {queries, (*follower).asksFor}, {wordLists, (*follower).wordList}, {wordsFrom, (*follower).wordsOneByOne},
		{wordListsInEnvironment, (*follower).wordListInEnvironment}, {wordsInEnvironment, (*follower).wordsOneByOneInEnvironment},
		{taskPrograms, (*follower).taskHas}, {taskArguments, (*follower).taskTakes}, {tasks, (*follower).taskStarts},
		{patterns, (*follower).pattern}, {socketMakers, (*follower).socketOf}, {shellLines, (*follower).shellLine},
		{commandTakers, (*follower).takesCommand}, {busAddresses, (*follower).opensBus}, {sshOptions, (*follower).setsProxy},
		{pipeNames, startsBy(pipeName)}, {ghostScripts, startsBy(ghostPipe)}, {ghostLists, startsByList(ghostPipe)}, {rpmMacros, startsBy(rpmCommand)},
		{mpvCommands, startsBy(mpvRun)}, {mpvLists, startsByList(mpvRun)}, {virtualHosts, startsBy(virtualShell)}, {programURLs, startsBy(programURL)},
		{serverQueries, startsBy(programQuery)}, {gitSettings, startsBy(gitCommand)}, {busMethods, startsBy(startsUnit)},
		{javaScripts, (*follower).javaScript}, {phpScripts, (*follower).phpScript}, {otherScripts, (*follower).otherScript}, {services, (*follower).service},
		{variableSetters, (*follower).setsVariable}, {variableChoosers, (*follower).setsVariableOnce}, {variableTexts, (*follower).putsVariable}, {variableEnders, (*follower).unsetsVariable},
		{classNames, (*follower).refersToClass}, {selectorNames, (*follower).sends},
	} {
		for name, place := range group.places {
			all[name] = append(all[name], handed{place, group.look})
		}
	}
	for name, reader := range textReaders {
		all[name] = append(all[name], handed{look: reader.look})
	}
	return all
}()

// refersToClass takes a class that is asked for by its name for one that the file refers to.
func (f *follower) refersToClass(_ uint64, arguments [6]machine.Argument, place int) {
	f.refers(f.classes, arguments[place])
}

// sends does the same for a selector.
func (f *follower) sends(_ uint64, arguments [6]machine.Argument, place int) {
	f.refers(f.selectors, arguments[place])
}

// refers adds a name to those of its sort. One that the code makes is noted as such instead.
func (f *follower) refers(list names, name machine.Argument) {
	text := name.Text()
	if f.image.Apple && objectiveName.MatchString(text) && (!f.made(name) || f.clear([]byte(text))) {
		f.add(list, []byte(text))
	}
}

func (f *follower) socketOf(at uint64, arguments [6]machine.Argument, first int) {
	f.socket(at, arguments[first:])
}

func (f *follower) shellLine(at uint64, arguments [6]machine.Argument, place int) {
	f.line(at, arguments[place].Source())
}

func (f *follower) connects(at uint64, arguments [6]machine.Argument, place int) {
	if address := arguments[place].Text(); ownAddress.MatchString(address) || ownConnection.MatchString(address) {
		f.note(OwnAddress, at)
	}
}

func (f *follower) connectsByList(at uint64, arguments [6]machine.Argument, place int) {
	values := arguments[place+1].Texts()
	for i, key := range arguments[place].Texts() {
		if (key == "host" || key == "hostaddr") && i < len(values) && ownAddress.MatchString(values[i]) {
			f.note(OwnAddress, at)
		}
	}
}

func (f *follower) reads(at uint64, arguments [6]machine.Argument, place int) {
	if address := arguments[place].Text(); readAddress.MatchString(address) && !standards.MatchString(address) {
		f.note(OwnDocument, at)
	}
}

func (f *follower) loads(at uint64, arguments [6]machine.Argument, place int) {
	if strings.Contains(arguments[place].Text(), "/") {
		f.note(OwnLibrary, at)
	}
}

func (f *follower) asksFor(at uint64, arguments [6]machine.Argument, place int) {
	if loadingCall.MatchString(arguments[place].Text()) {
		f.note(OwnLibrary, at)
	}
}

// pattern looks at one that stands for a program.
func (f *follower) pattern(at uint64, arguments [6]machine.Argument, place int) {
	if text := arguments[place].Text(); f.unread(text, f.environment) && shell.Runs([][]string{{text}}, string(scriptCommand)) {
		f.note(MadeName, at)
	}
}
