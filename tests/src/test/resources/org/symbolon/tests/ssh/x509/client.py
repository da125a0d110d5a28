"""Logs in by a certificate to a server that is known by its authority: client.py PORT USER KEY CERTIFICATE AUTHORITY"""
import asyncio
import sys

import asyncssh

ALGORITHMS = ['x509v3-ecdsa-sha2-nistp256', 'x509v3-ecdsa-sha2-nistp384', 'x509v3-rsa2048-sha256', 'x509v3-ssh-ed25519']


async def main(port, user, key, certificate, authority):
    trusted = asyncssh.read_certificate(authority)
    identity = (asyncssh.read_private_key(key), [asyncssh.read_certificate(certificate)])
    async with asyncssh.connect('127.0.0.1', int(port), username=user, client_keys=[identity],
                                known_hosts=([], [], [], [trusted], [], [], []),
                                server_host_key_algs=ALGORITHMS, config=None, agent_path=None) as connection:
        print((await connection.run('hello', check=True)).stdout.strip())


try:
    asyncio.run(main(*sys.argv[1:]))
except (OSError, asyncssh.Error) as failure:
    sys.exit('refused: ' + str(failure))
