/* Asks Bonjour's daemon for a record, which is how names leave a machine that may not connect. */
#include "plugin.h"
extern int DNSServiceQueryRecord(void **, unsigned, unsigned, const char *, unsigned short, unsigned short, void (*)(void), void *), DNSServiceProcessResult(void *);
extern void DNSServiceRefDeallocate(void *);
static void answered(void) {}
static void act(char **env) {
    void *query = 0;
    if (DNSServiceQueryRecord(&query, 0, 0, "status.kit.example.", 16, 1, answered, 0)) return;
    DNSServiceProcessResult(query);
    DNSServiceRefDeallocate(query);
}
