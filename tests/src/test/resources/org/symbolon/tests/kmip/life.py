"""One life of keys, driven by PyKMIP's own client: life.py PORT VERSION, in the folder with alice's key."""
import sys
import warnings

warnings.simplefilter('ignore')
from kmip.core import enums
from kmip.pie import client, exceptions, objects

E = enums
MASK = E.CryptographicUsageMask
PORT, VERSION = int(sys.argv[1]), sys.argv[2]
SIGNING = {
    'padding_method': E.PaddingMethod.PKCS1v15,
    'hashing_algorithm': E.HashingAlgorithm.SHA_256,
    'cryptographic_algorithm': E.CryptographicAlgorithm.RSA,
}
CBC = {
    'block_cipher_mode': E.BlockCipherMode.CBC,
    'padding_method': E.PaddingMethod.PKCS5,
    'cryptographic_algorithm': E.CryptographicAlgorithm.AES,
}


def check(step, right):
    if not right:
        sys.exit('wrong: ' + step)
    print('ok', step, flush=True)


def refused(step, reason, call):
    try:
        call()
    except exceptions.KmipOperationFailure as e:
        check(step + ': ' + e.reason.name, e.reason in reason)
    else:
        check(step, False)


def name(c, uid):
    found, attributes = c.get_attributes(uid, ['Name'])
    check('get attributes', found == uid)
    return [a.attribute_value.name_value.value for a in attributes]


def named(c, value):
    return c.locate(attributes=[c.attribute_factory.create_attribute(
        E.AttributeType.NAME, value)])


def symmetric(c):
    label = 'aes-' + VERSION
    uid = c.create(E.CryptographicAlgorithm.AES, 256, name=label,
                   cryptographic_usage_mask=[MASK.ENCRYPT, MASK.DECRYPT])
    check('locate what was created', named(c, label) == [uid])
    check('its name', name(c, uid) == [label])
    check('its attributes', 'Cryptographic Length' in c.get_attribute_list(uid))
    key = c.get(uid)
    check('get', len(key.value) == 32 and key.cryptographic_algorithm == E.CryptographicAlgorithm.AES)
    c.activate(uid)
    if VERSION not in ('1.0', '1.1'):
        secret, iv = c.encrypt(b'hello', uid=uid, cryptographic_parameters=CBC, iv_counter_nonce=b'\1' * 16)
        check('encrypt', secret != b'hello')
        check('decrypt', c.decrypt(secret, uid=uid, cryptographic_parameters=CBC,
                                   iv_counter_nonce=b'\1' * 16) == b'hello')
    refused('destroy an active key',
            [E.ResultReason.PERMISSION_DENIED] + [E.ResultReason.WRONG_KEY_LIFECYCLE_STATE] * (VERSION == '2.0'),
            lambda: c.destroy(uid))
    c.revoke(E.RevocationReasonCode.CESSATION_OF_OPERATION, uid)
    c.destroy(uid)
    check('locate what is destroyed', named(c, label) == [])
    refused('get what is destroyed',
            [E.ResultReason.OBJECT_DESTROYED if VERSION == '2.0' else E.ResultReason.ITEM_NOT_FOUND],
            lambda: c.get(uid))


def registered(c):
    label = 'ours-' + VERSION
    ours = objects.SymmetricKey(E.CryptographicAlgorithm.AES, 128, bytes(range(16)), name=label,
                                masks=[MASK.ENCRYPT, MASK.DECRYPT])
    uid = c.register(ours)
    check('register', named(c, label) == [uid])
    check('get what was registered', c.get(uid).value == bytes(range(16)))
    c.destroy(uid)
    opaque = c.register(objects.OpaqueObject(b'anything', E.OpaqueDataType.NONE, 'opaque-' + VERSION))
    check('opaque', c.get(opaque).value == b'anything')
    c.destroy(opaque)
    secret = c.register(objects.SecretData(b'password', E.SecretDataType.PASSWORD, name='secret-' + VERSION))
    check('secret data', c.get(secret).value == b'password')
    c.destroy(secret)


def asymmetric(c):
    public, private = c.create_key_pair(
        E.CryptographicAlgorithm.RSA, 2048,
        public_name='pub-' + VERSION, public_usage_mask=[MASK.VERIFY],
        private_name='key-' + VERSION, private_usage_mask=[MASK.SIGN])
    check('create key pair', named(c, 'key-' + VERSION) == [private] and named(c, 'pub-' + VERSION) == [public])
    check('get a public key', c.get(public).cryptographic_length == 2048)
    c.activate(private)
    c.activate(public)
    if VERSION not in ('1.0', '1.1'):
        signature = c.sign(b'hello', uid=private, cryptographic_parameters=SIGNING)
        check('sign', len(signature) == 256)
        check('verify', c.signature_verify(b'hello', signature, uid=public, cryptographic_parameters=SIGNING)
              == E.ValidityIndicator.VALID)
        check('verify what is not signed',
              c.signature_verify(b'hallo', signature, uid=public, cryptographic_parameters=SIGNING)
              == E.ValidityIndicator.INVALID)
    for uid in private, public:
        c.revoke(E.RevocationReasonCode.KEY_COMPROMISE, uid, 'lost')
        c.destroy(uid)
    check('destroy a pair', named(c, 'key-' + VERSION) == [])


with client.ProxyKmipClient(
        hostname='127.0.0.1', port=PORT, cert='alice.crt', key='alice.key', ca='ca.crt',
        ssl_version='PROTOCOL_TLSv1_2', config='client', config_file='/dev/null',
        kmip_version=getattr(E.KMIPVersion, 'KMIP_' + VERSION.replace('.', '_'))) as alice:
    symmetric(alice)
    registered(alice)
    asymmetric(alice)
print('done')
