/* A FIDO authenticator in software, for OpenSSH's SecurityKeyProvider: Ed25519 keys whose handle is their seed. */
#include <openssl/evp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SEED 32
#define SIGNATURE 64
#define ED25519 1
#define FAILED (-1)

/* As sk-api.h of OpenSSH has them, from its version 8.9 on. */
struct sk_enroll_response {
    uint8_t flags;
    uint8_t *public_key;
    size_t public_key_len;
    uint8_t *key_handle;
    size_t key_handle_len;
    uint8_t *signature;
    size_t signature_len;
    uint8_t *attestation_cert;
    size_t attestation_cert_len;
    uint8_t *authdata;
    size_t authdata_len;
};
struct sk_sign_response {
    uint8_t flags;
    uint32_t counter;
    uint8_t *sig_r;
    size_t sig_r_len;
    uint8_t *sig_s;
    size_t sig_s_len;
};
struct sk_option;

uint32_t sk_api_version(void) { return 0x000a0000; }

int sk_enroll(uint32_t alg, const uint8_t *challenge, size_t challenge_len, const char *application, uint8_t flags,
        const char *pin, struct sk_option **options, struct sk_enroll_response **out) {
    struct sk_enroll_response *made = calloc(1, sizeof *made);
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    if (alg != ED25519 || !made || !key) return FAILED;
    made->flags = flags;
    made->public_key = malloc(made->public_key_len = SEED);
    made->key_handle = malloc(made->key_handle_len = SEED);
    made->signature = calloc(1, made->signature_len = 1);
    EVP_PKEY_get_raw_public_key(key, made->public_key, &made->public_key_len);
    EVP_PKEY_get_raw_private_key(key, made->key_handle, &made->key_handle_len);
    EVP_PKEY_free(key);
    *out = made;
    return 0;
}

int sk_sign(uint32_t alg, const uint8_t *data, size_t data_len, const char *application, const uint8_t *handle,
        size_t handle_len, uint8_t flags, const char *pin, struct sk_option **options, struct sk_sign_response **out) {
    struct sk_sign_response *made = calloc(1, sizeof *made);
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, handle, handle_len);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    uint8_t message[32 + 1 + 4 + 32];
    if (alg != ED25519 || !made || !key || !context) return FAILED;
    made->flags = flags;
    made->counter = 7;
    EVP_Digest(application, strlen(application), message, NULL, EVP_sha256(), NULL);
    message[32] = flags;
    message[33] = message[34] = message[35] = 0;
    message[36] = 7;
    EVP_Digest(data, data_len, message + 37, NULL, EVP_sha256(), NULL);
    made->sig_r = malloc(made->sig_r_len = SIGNATURE);
    if (EVP_DigestSignInit(context, NULL, NULL, NULL, key) != 1
            || EVP_DigestSign(context, made->sig_r, &made->sig_r_len, message, sizeof message) != 1) return FAILED;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    *out = made;
    return 0;
}

int sk_load_resident_keys(const char *pin, struct sk_option **options, void ***keys, size_t *count) {
    *count = 0;
    return 0;
}
