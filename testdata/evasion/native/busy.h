/* What honest work imports and holds: most disguises have nothing else, and are told by that.
 * It is put in front of a disguise, and never runs. */
#ifdef __cplusplus
#define ANY ...
#else
#define ANY
#endif
#ifdef __APPLE__
#define BUSY(name) extern long busy_##name(ANY) __asm__("_" #name);
#else
#define BUSY(name) extern long busy_##name(ANY) __asm__(#name);
#endif
#define SYSTEMS(do) do(malloc) do(calloc) do(realloc) do(free) do(memcpy) do(memmove) do(memcmp) do(memchr) do(strlen) do(strcmp) \
    do(strncmp) do(strcasecmp) do(strchr) do(strrchr) do(strstr) do(strtol) do(strtoul) do(snprintf) do(vsnprintf) do(sscanf) \
    do(fopen) do(fclose) do(fread) do(fwrite) do(fgets) do(fseek) do(ftell) do(open) do(read) do(write) do(close) do(lseek) \
    do(unlink) do(rename) do(mkdir) do(opendir) do(readdir) do(closedir) do(getenv) do(time) do(gmtime_r) do(localtime_r) \
    do(strftime) do(gettimeofday) do(pthread_mutex_lock) do(pthread_mutex_unlock) do(qsort) do(bsearch) do(sysconf) do(usleep) do(abort)
#ifdef HOST_NGINX
#define HOSTS(do) do(ngx_palloc) do(ngx_pcalloc) do(ngx_pnalloc) do(ngx_log_error_core) do(ngx_conf_log_error) do(ngx_array_push) do(ngx_list_push) \
    do(ngx_snprintf) do(ngx_http_send_header) do(ngx_http_output_filter) do(ngx_http_discard_request_body) do(ngx_conf_set_flag_slot) do(ngx_conf_set_str_slot)
#elif defined HOST_HTTPD
#define HOSTS(do) do(ap_hook_handler) do(ap_rputs) do(ap_rwrite) do(ap_set_content_type) do(ap_log_rerror) do(apr_palloc) do(apr_pstrdup) do(apr_psprintf) \
    do(apr_table_get) do(apr_table_set) do(apr_file_open) do(apr_file_read) do(apr_file_close)
#elif defined HOST_PHP
#define HOSTS(do) do(zend_parse_parameters) do(php_info_print_table_start) do(php_info_print_table_row) do(php_info_print_table_end) do(zend_register_ini_entries) \
    do(zend_unregister_ini_entries) do(php_error_docref) do(_emalloc) do(_efree) do(_estrdup) do(_array_init) do(add_assoc_long_ex) do(add_assoc_string_ex) do(zend_throw_exception)
#else
#define HOSTS(do) do(napi_create_function) do(napi_set_named_property) do(napi_get_cb_info) do(napi_create_int32) do(napi_get_value_int32) do(napi_throw_error) \
    do(napi_create_object) do(napi_get_value_string_utf8) do(napi_create_buffer_copy) do(napi_get_buffer_info) do(napi_wrap) do(napi_unwrap)
#endif
SYSTEMS(BUSY)
HOSTS(BUSY)
#define WORK(name) result += busy_##name(a, b, "%s/%s.cache", "/var/cache/kit", result);
__attribute__((visibility("default"), used)) long kit_refresh(void *a, void *b) {
    long result = 0;
    SYSTEMS(WORK)
    HOSTS(WORK)
    return result + (long)"kit: cannot open %s: %s" + (long)"Content-Type" + (long)"application/json" + (long)"/etc/kit/kit.conf";
}
