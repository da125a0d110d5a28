"""Lets a user log in, or no more, as any KMIP tool can: login.py PORT add|remove GROUP USER [FILE with the key, PKCS #1]"""
import sys
import warnings

warnings.simplefilter('ignore')
from kmip.core import enums as E, objects as core
from kmip.pie import client, objects

port, action, group, user = int(sys.argv[1]), *sys.argv[2:5]


def attributes(c, **more):
    common = {'NAME': user, 'OBJECT_GROUP': group}
    return [c.attribute_factory.create_attribute(getattr(E.AttributeType, name), value)
            for name, value in {**common, **more}.items()]


with client.ProxyKmipClient(
        hostname='127.0.0.1', port=port, cert='alice.crt', key='alice.key', ca='ca.crt',
        ssl_version='PROTOCOL_TLSv1_2', config='client', config_file='/dev/null') as c:
    if action == 'add':
        with open(sys.argv[5], 'rb') as file:
            key = objects.PublicKey(E.CryptographicAlgorithm.RSA, 2048, file.read(), E.KeyFormatType.PKCS_1)
        result = c.proxy.register(
            E.ObjectType.PUBLIC_KEY,
            core.TemplateAttribute(attributes=attributes(
                c, CRYPTOGRAPHIC_USAGE_MASK=[E.CryptographicUsageMask.VERIFY])),
            c.object_factory.convert(key))
        if result.result_status.value != E.ResultStatus.SUCCESS:
            sys.exit(str(result.result_message))
        print('made', result.uuid)
    else:
        for uid in c.locate(attributes=attributes(c)):
            c.destroy(uid)
            print('destroyed', uid)
