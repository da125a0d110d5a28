/* Libssh2's client of the public key subsystem (RFC 4819): libssh2-publickey PORT USER PASSWORD, then requests:
 * add, overwrite, restrict (add with a critical attribute that nobody knows), list, remove. Prints a line for each. */
#include <libssh2.h>
#include <libssh2_publickey.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const unsigned char *algorithm = (const unsigned char *) "ssh-ed25519";
static const unsigned char blob[] = "\0\0\0\013ssh-ed25519\0\0\0\040" "12345678901234567890123456789012";
enum { ALGORITHM_BYTES = 11, BLOB_BYTES = 51 };

static LIBSSH2_SESSION *session;

/* Only the start of the subsystem blocks in 1.10.0; everything else has to be called again. */
#define AGAIN(call) while ((result = (call)) == LIBSSH2_ERROR_EAGAIN) usleep(1000)

static int add(LIBSSH2_PUBLICKEY *subsystem, int overwrite, int unknown) {
    libssh2_publickey_attribute known[] = { { "comment", 7, "from libssh2", 12, 0 }, { "from", 4, "127.0.0.1", 9, 1 } };
    libssh2_publickey_attribute strange[] = { { "strange@example.com", 19, "", 0, 1 } };
    int result;
    AGAIN(libssh2_publickey_add_ex(subsystem, algorithm, ALGORITHM_BYTES, blob, BLOB_BYTES, overwrite,
                                   unknown ? 1 : 2, unknown ? strange : known));
    return result;
}

static int list(LIBSSH2_PUBLICKEY *subsystem) {
    unsigned long count = 0;
    libssh2_publickey_list *keys = NULL;
    int result;
    AGAIN(libssh2_publickey_list_fetch(subsystem, &count, &keys));
    for (unsigned long i = 0; keys && i < count; i++) {
        printf("key %.*s %lu bytes", (int) keys[i].name_len, keys[i].name, keys[i].blob_len);
        for (unsigned long j = 0; j < keys[i].num_attrs; j++) {
            libssh2_publickey_attribute *attribute = &keys[i].attrs[j];
            printf(" %.*s=%.*s", (int) attribute->name_len, attribute->name, (int) attribute->value_len, attribute->value);
        }
        puts("");
    }
    printf("%lu keys\n", count);
    return result;
}

static int removed(LIBSSH2_PUBLICKEY *subsystem) {
    int result;
    AGAIN(libssh2_publickey_remove_ex(subsystem, algorithm, ALGORITHM_BYTES, blob, BLOB_BYTES));
    return result;
}

int main(int argc, char **argv) {
    if (argc < 4) return 2;
    struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (void *) &server, sizeof server) || libssh2_init(0)) return 3;
    session = libssh2_session_init();
    if (libssh2_session_handshake(session, fd) || libssh2_userauth_password(session, argv[2], argv[3])) return 4;
    LIBSSH2_PUBLICKEY *subsystem = libssh2_publickey_init(session);
    if (!subsystem) return 5;
    for (int i = 4; i < argc; i++) {
        int result = !strcmp(argv[i], "list") ? list(subsystem)
                   : !strcmp(argv[i], "remove") ? removed(subsystem)
                   : add(subsystem, !strcmp(argv[i], "overwrite"), !strcmp(argv[i], "restrict"));
        char *message = "";
        if (result) libssh2_session_last_error(session, &message, NULL, 0);
        printf("%s: %d %s\n", argv[i], result, message);
    }
    return 0; /* no libssh2_publickey_shutdown: it frees twice in 1.10.0 */
}
