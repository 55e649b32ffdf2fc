/* A disk that can be watched, made to fail, or made slow: loaded before the C library (LD_PRELOAD) by tests/faults.
 *
 * Only files below the folder named by disk_watch() are touched by it. Three things can be had, each alone or together:
 *   disk_record(path)  every write, truncation, sync, making, removal and renaming goes into a log, with its bytes;
 *   disk_fail(...)     the Nth call of the chosen kinds fails, or all from the Nth on;
 *   disk_slow(ms)      every sync takes so much longer.
 * A record of the log is: kind (1 byte), length of the path (2), of the second path (2), offset (8), length of the
 * data (4), all in the machine's byte order, then the two paths and the data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, TRUNCATE = 4, UNLINK = 8, READ = 16, OPEN = 32, RENAME = 64 };

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char watched[4096] = "";
static int log_file = -1, error_number = EIO, persistent = 0, kinds = 0, slow = 0;
static long calls = 0, fail_at = -1, hits = 0, syncs = 0;

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static ssize_t put(const void *data, size_t size) {
    REAL(write);
    return real(log_file, data, size);
}

static void record(char kind, const char *path, const char *other, int64_t at, const void *data, uint32_t size) {
    if (log_file < 0) return;
    uint16_t first = (uint16_t)strlen(path), second = (uint16_t)strlen(other);
    char head[17];
    head[0] = kind;
    memcpy(head + 1, &first, 2);
    memcpy(head + 3, &second, 2);
    memcpy(head + 5, &at, 8);
    memcpy(head + 13, &size, 4);
    put(head, sizeof head);
    put(path, first);
    put(other, second);
    if (size) put(data, size);
}

static int ours(const char *path) {
    size_t size = strlen(watched);
    return size && strncmp(path, watched, size) == 0 && (path[size] == '/' || path[size] == 0);
}

static int our_file(int file, char *path) {
    char link[64];
    if (!watched[0] || file == log_file) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, 4095);
    if (size < 0) return 0;
    path[size] = 0;
    return ours(path);
}

static int fails(int kind) {
    if (fail_at < 0 || !(kinds & kind)) return 0;
    calls++;
    if (calls == fail_at || (persistent && calls > fail_at)) {
        hits++;
        errno = error_number;
        return 1;
    }
    return 0;
}

/* --- what a test calls ----------------------------------------------------------------------------------------- */

void disk_watch(const char *folder) { snprintf(watched, sizeof watched, "%s", folder); }

void disk_record(const char *path) {
    REAL(open64);
    log_file = real(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

void disk_note(const char *text) {
    pthread_mutex_lock(&lock);
    record('n', "", "", 0, text, (uint32_t)strlen(text));
    pthread_mutex_unlock(&lock);
}

void disk_fail(long number, int keep_failing, int error, int which) {
    calls = 0, hits = 0, persistent = keep_failing, error_number = error, kinds = which, fail_at = number;
}

long disk_hits(void) { return hits; }
long disk_syncs(void) { return syncs; }
void disk_slow(int milliseconds) { slow = milliseconds; }

/* --- what the program calls ------------------------------------------------------------------------------------ */

#define GUARDED(kind, file, action) \
    char path[4096]; \
    if (!our_file(file, path)) return action; \
    pthread_mutex_lock(&lock); \
    if (fails(kind)) { pthread_mutex_unlock(&lock); return -1; } \
    ssize_t done = action

#define FINISH \
    int kept = errno; \
    pthread_mutex_unlock(&lock); \
    errno = kept; \
    return done

#define POSITIONED(name, offset_type) \
    ssize_t name(int file, const void *data, size_t size, offset_type at) { \
        REAL(name); \
        GUARDED(WRITE, file, real(file, data, size, at)); \
        if (done > 0) record('w', path, "", at, data, (uint32_t)done); \
        FINISH; \
    }
POSITIONED(pwrite, off_t)
POSITIONED(pwrite64, off64_t)

ssize_t write(int file, const void *data, size_t size) {
    REAL(write);
    off_t at = file == log_file ? 0 : lseek(file, 0, SEEK_CUR);
    GUARDED(WRITE, file, real(file, data, size));
    if (done > 0) record('w', path, "", at, data, (uint32_t)done);
    FINISH;
}

#define SYNCING(name) \
    int name(int file) { \
        REAL(name); \
        char unwatched[4096]; \
        if (slow && our_file(file, unwatched)) usleep((useconds_t)slow * 1000); \
        GUARDED(SYNC, file, real(file)); \
        syncs++; \
        if (done == 0) record('s', path, "", 0, "", 0); \
        FINISH; \
    }
SYNCING(fsync)
SYNCING(fdatasync)

#define TRUNCATING(name, offset_type) \
    int name(int file, offset_type size) { \
        REAL(name); \
        GUARDED(TRUNCATE, file, real(file, size)); \
        if (done == 0) record('t', path, "", size, "", 0); \
        FINISH; \
    }
TRUNCATING(ftruncate, off_t)
TRUNCATING(ftruncate64, off64_t)

#define READING(name, offset_type) \
    ssize_t name(int file, void *data, size_t size, offset_type at) { \
        REAL(name); \
        GUARDED(READ, file, real(file, data, size, at)); \
        FINISH; \
    }
READING(pread, off_t)
READING(pread64, off64_t)

ssize_t read(int file, void *data, size_t size) {
    REAL(read);
    GUARDED(READ, file, real(file, data, size));
    FINISH;
}

/* Whoever copies inside the system is made to copy by reading and writing. */
ssize_t sendfile(int out, int in, off_t *at, size_t size) {
    REAL(sendfile);
    char path[4096];
    if (our_file(out, path)) {
        errno = ENOTSOCK;
        return -1;
    }
    return real(out, in, at, size);
}
ssize_t sendfile64(int out, int in, off64_t *at, size_t size) { return sendfile(out, in, at, size); }

int unlink(const char *path) {
    REAL(unlink);
    if (!ours(path)) return real(path);
    pthread_mutex_lock(&lock);
    int done = fails(UNLINK) ? -1 : real(path);
    if (done == 0) record('u', path, "", 0, "", 0);
    FINISH;
}

int rename(const char *from, const char *to) {
    REAL(rename);
    if (!ours(to)) return real(from, to);
    pthread_mutex_lock(&lock);
    int done = fails(RENAME) ? -1 : real(from, to);
    if (done == 0) record('r', from, to, 0, "", 0);
    FINISH;
}

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & O_CREAT) { \
            va_list more; \
            va_start(more, flags); \
            mode = (mode_t)va_arg(more, int); \
            va_end(more); \
        } \
        if (!ours(path)) return real(path, flags, mode); \
        pthread_mutex_lock(&lock); \
        int is_new = (flags & O_CREAT) && access(path, F_OK) != 0; \
        int done = fails(OPEN) ? -1 : real(path, flags, mode); \
        if (done >= 0 && is_new) record('c', path, "", 0, "", 0); \
        if (done >= 0 && !is_new && (flags & O_TRUNC)) record('t', path, "", 0, "", 0); \
        FINISH; \
    }
OPENING(open)
OPENING(open64)
