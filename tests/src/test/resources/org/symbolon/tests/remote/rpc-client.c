/* Finds the private key of a token by ONC RPC under a Kerberos ticket, and signs with it: PORT HOST PIN LABEL. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <rpc/rpc.h>
#include <rpc/auth_gss.h>
#include "pkcs11.h"

static CLIENT *server;

static void fail(const char *what, unsigned long code) {
    fprintf(stderr, "%s: %lu %s\n", what, code, clnt_sperror(server, "rpc"));
    exit(1);
}

#define CALL(variable, procedure, arguments) do { variable = procedure(arguments, server); \
    if (variable == NULL) fail(#procedure, 0); if (variable->rv != 0) fail(#procedure, variable->rv); } while (0)
#define DO(procedure, arguments) do { pk_rv *rv = procedure(arguments, server); \
    if (rv == NULL) fail(#procedure, 0); if (*rv != 0) fail(#procedure, *rv); } while (0)

int main(int argc, char **argv) {
    struct sockaddr_in address = { .sin_family = AF_INET };
    int socket = RPC_ANYSOCK;
    char service[256];
    struct rpc_gss_sec security = { .qop = GSS_C_QOP_DEFAULT, .svc = RPCSEC_GSS_SVC_PRIVACY, .req_flags = GSS_C_MUTUAL_FLAG };
    gss_OID_desc kerberos = { 9, "\x2a\x86\x48\x86\xf7\x12\x01\x02\x02" };

    if (argc != 5) return 2;
    address.sin_port = htons(atoi(argv[1]));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server = clnttcp_create(&address, PKCS11, PKCS11_1, &socket, 0, 0);
    if (server == NULL) { clnt_pcreateerror("connect"); return 1; }
    snprintf(service, sizeof service, "pkcs11@%s", argv[2]);
    security.mech = &kerberos;
    server->cl_auth = authgss_create_default(server, service, &security);
    if (server->cl_auth == NULL) { fprintf(stderr, "no security context\n"); return 1; }

    DO(pk_initialize_1, NULL);
    pk_get_slot_list_args slots_args = { 1, 16 };
    pk_get_slot_list_res *slots;
    CALL(slots, pk_get_slot_list_1, &slots_args);
    if (slots->pk_get_slot_list_res_u.ok.slots.pk_ulongs_u.values.values_len < 1) fail("no slots", 0);
    pk_ulong slot = slots->pk_get_slot_list_res_u.ok.slots.pk_ulongs_u.values.values_val[0];

    pk_open_session_args open_args = { slot, 4 };
    pk_open_session_res *opened;
    CALL(opened, pk_open_session_1, &open_args);
    pk_ulong session = opened->pk_open_session_res_u.ok.session;

    pk_login_args login = { session, 1, { 1 } };
    login.pin.pk_bytes_u.data.data_len = strlen(argv[3]);
    login.pin.pk_bytes_u.data.data_val = argv[3];
    DO(pk_login_1, &login);

    pk_attribute wanted[2] = { { 0, { PK_ULONG } }, { 3, { PK_BYTES } } };
    wanted[0].value.pk_value_u.number = 3; /* CKO_PRIVATE_KEY */
    wanted[1].value.pk_value_u.bytes.bytes_len = strlen(argv[4]);
    wanted[1].value.pk_value_u.bytes.bytes_val = argv[4];
    pk_find_objects_init_args search = { session, { 2, wanted } };
    DO(pk_find_objects_init_1, &search);
    pk_find_objects_args next = { session, 16 };
    pk_find_objects_res *found;
    CALL(found, pk_find_objects_1, &next);
    if (found->pk_find_objects_res_u.ok.objects.pk_ulongs_u.values.values_len != 1) fail("keys found", 0);
    pk_ulong key = found->pk_find_objects_res_u.ok.objects.pk_ulongs_u.values.values_val[0];
    pk_find_objects_final_args end = { session };
    DO(pk_find_objects_final_1, &end);

    pk_sign_init_args begin = { session, { 0x1044, { 0 } }, key }; /* CKM_ECDSA_SHA256 */
    DO(pk_sign_init_1, &begin);
    pk_sign_args sign = { session, { 1 }, 256 };
    sign.data.pk_bytes_u.data.data_len = 5;
    sign.data.pk_bytes_u.data.data_val = "hello";
    pk_sign_res *signature;
    CALL(signature, pk_sign_1, &sign);
    pk_bytes *bytes = &signature->pk_sign_res_u.ok.signature;
    for (unsigned i = 0; i < bytes->pk_bytes_u.data.data_len; i++) {
        printf("%02x", (unsigned char) bytes->pk_bytes_u.data.data_val[i]);
    }
    printf("\n");
    auth_destroy(server->cl_auth);
    clnt_destroy(server);
    return 0;
}
