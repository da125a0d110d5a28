"""The rest of what PyKMIP's own client can: rest.py PORT VERSION, in the folder with her key in DER.

Wrapped keys are left out: PyKMIP takes a Key Value for a structure where it is a byte string (KMIP 1.4, section 2.1.4).
"""
import hashlib
import hmac
import sys
import warnings

warnings.simplefilter('ignore')
from kmip.core import enums as E, objects as core
from kmip.pie import client, objects

MASK = E.CryptographicUsageMask
PORT, VERSION = int(sys.argv[1]), sys.argv[2]


def check(step, right):
    if not right:
        sys.exit('wrong: ' + step)
    print('ok', step, flush=True)


def content(name):
    with open(name, 'rb') as file:
        return file.read()


def certificates(c):
    der = content('alice.der')
    uid = c.register(objects.X509Certificate(der, masks=[MASK.VERIFY], name='crt-' + VERSION))
    check('certificate', c.get(uid).value == der)


def pair(c):
    private = c.register(objects.PrivateKey(
        E.CryptographicAlgorithm.RSA, 2048, content('alice.pk8'), E.KeyFormatType.PKCS_8, [MASK.SIGN],
        'private-' + VERSION))
    public = c.register(objects.PublicKey(
        E.CryptographicAlgorithm.RSA, 2048, content('alice.spki'), E.KeyFormatType.X_509, [MASK.VERIFY],
        'public-' + VERSION))
    check('private key', c.get(private).value == content('alice.pk8'))
    check('public key', c.get(public).value == content('alice.spki'))
    if VERSION not in ('1.0', '1.1'):
        c.activate(private)
        c.activate(public)
        pss = {'padding_method': E.PaddingMethod.PSS, 'hashing_algorithm': E.HashingAlgorithm.SHA_256,
               'cryptographic_algorithm': E.CryptographicAlgorithm.RSA}
        signature = c.sign(b'hello', uid=private, cryptographic_parameters=pss)
        check('PSS', c.signature_verify(b'hello', signature, uid=public, cryptographic_parameters=pss)
              == E.ValidityIndicator.VALID)


def macs(c):
    uid = c.register(objects.SymmetricKey(
        E.CryptographicAlgorithm.HMAC_SHA256, 256, bytes(32), masks=[MASK.MAC_GENERATE], name='mac-' + VERSION))
    c.activate(uid)
    check('MAC', c.mac(b'hello', uid, E.CryptographicAlgorithm.HMAC_SHA256)
          == (uid, hmac.digest(bytes(32), b'hello', 'sha256')))


def derivation(c):
    base = c.register(objects.SecretData(b'secret', E.SecretDataType.PASSWORD, masks=[MASK.DERIVE_KEY], name='base-' + VERSION))
    c.activate(base)
    derived = c.derive_key(
        E.ObjectType.SYMMETRIC_KEY, [base], E.DerivationMethod.HASH,
        {'cryptographic_parameters': {'hashing_algorithm': E.HashingAlgorithm.SHA_256}},
        cryptographic_algorithm=E.CryptographicAlgorithm.AES, cryptographic_length=256,
        cryptographic_usage_mask=[MASK.ENCRYPT])
    check('derived key', c.get(derived).value == hashlib.sha256(b'secret').digest())


def attributes(c):
    uid = c.create(E.CryptographicAlgorithm.AES, 128, name='first-' + VERSION, cryptographic_usage_mask=[MASK.ENCRYPT])
    check('check', c.check(uid, cryptographic_usage_mask=[MASK.ENCRYPT]) == uid)
    name = c.attribute_factory.create_attribute(E.AttributeType.NAME, 'second-' + VERSION)
    if VERSION == '2.0':
        def value(text):
            return c.attribute_value_factory.create_attribute_value_by_enum(E.Tags.NAME, text)
        c.modify_attribute(uid, current_attribute=core.CurrentAttribute(attribute=value('first-2.0')),
                           new_attribute=core.NewAttribute(attribute=value('second-2.0')))
        check('set attribute', c.set_attribute(uid, attribute_name='Sensitive', attribute_value=True) == uid)
    else:
        c.modify_attribute(uid, attribute=name)
    check('modified name', c.locate(attributes=[name]) == [uid])


def renewal(c):
    name = 'renewed-' + VERSION
    uid = c.create(E.CryptographicAlgorithm.AES, 128, name=name, cryptographic_usage_mask=[MASK.ENCRYPT])
    again = c.rekey(uid)
    check('new key', again != uid and c.locate(
        attributes=[c.attribute_factory.create_attribute(E.AttributeType.NAME, name)]) == [again])


with client.ProxyKmipClient(
        hostname='127.0.0.1', port=PORT, cert='alice.crt', key='alice.key', ca='ca.crt',
        ssl_version='PROTOCOL_TLSv1_2', config='client', config_file='/dev/null',
        kmip_version=getattr(E.KMIPVersion, 'KMIP_' + VERSION.replace('.', '_'))) as alice:
    certificates(alice)
    pair(alice)
    attributes(alice)
    renewal(alice)
    if VERSION not in ('1.0', '1.1'):
        macs(alice)
        derivation(alice)
print('done')
