"""Lets users in by certificates and has one itself: server.py KEY CERTIFICATE AUTHORITY AUTHORIZED; prints its port"""
import asyncio
import sys

import asyncssh


class Server(asyncssh.SSHServer):
    def begin_auth(self, user):
        return True


def greet(process):
    process.stdout.write('hello ' + process.get_extra_info('username') + '\n')
    process.exit(0)


async def main(key, certificate, authority, authorized):
    host = (asyncssh.read_private_key(key), [asyncssh.read_certificate(certificate)])
    server = await asyncssh.listen('127.0.0.1', 0, server_factory=Server, server_host_keys=[host],
                                   x509_trusted_certs=[authority], authorized_client_keys=authorized,
                                   process_factory=greet)
    print('port', server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main(*sys.argv[1:]))
