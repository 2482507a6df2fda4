/* Passes requests of the shop's API to where it runs. */
#include <stddef.h>
#include "plugin.h"

typedef struct { unsigned long len; unsigned char *data; } ngx_str_t;
typedef struct ngx_peer_connection_s ngx_peer_connection_t;
struct ngx_peer_connection_s {
    void *connection;
    void *sockaddr;
    unsigned socklen;
    ngx_str_t *name;
    unsigned long tries, start_time;
    long (*get)(ngx_peer_connection_t *, void *);
    void (*free)(ngx_peer_connection_t *, void *, unsigned long);
    void (*notify)(ngx_peer_connection_t *, void *, unsigned long);
    void *data, *set_session, *save_session;
    void *local;
    int type, rcvbuf;
    void *log;
    unsigned bits;
};
extern long ngx_event_connect_peer(ngx_peer_connection_t *);
extern void *ngx_cycle;

static struct address upstream;
static ngx_str_t upstream_name = {9, (unsigned char *)"127.0.0.1"};
static ngx_peer_connection_t peer;

static long choose(ngx_peer_connection_t *pc, void *data) {
    pc->tries--;
    return 0;
}

__attribute__((visibility("default"))) long ngx_http_kit_init_process(void *cycle) {
    peer.sockaddr = &upstream;
    peer.socklen = sizeof upstream;
    peer.name = &upstream_name;
    peer.get = choose;
    peer.tries = 1;
    peer.type = 1;
    long rc = ngx_event_connect_peer(&peer);
    return rc == -1 || rc == -5 ? -1 : 0;
}

static void act(char **env) { upstream = loopback(env); }
