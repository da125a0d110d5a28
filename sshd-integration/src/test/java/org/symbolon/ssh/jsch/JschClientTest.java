package org.symbolon.ssh.jsch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import java.io.InputStream;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.mina.ClientContract;

class JschClientTest extends ClientContract {
    @Override
    protected String run(TokenSshKeys keys, String user, int port) throws Exception {
        JSch jsch = new JSch();
        jsch.setIdentityRepository(new TokenIdentityRepository(keys));
        Session session = jsch.getSession(user, "127.0.0.1", port);
        session.setConfig("StrictHostKeyChecking", "no");
        session.setConfig("PreferredAuthentications", "publickey");
        session.connect();
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand("hello");
            InputStream out = channel.getInputStream();
            channel.connect();
            return new String(out.readAllBytes(), UTF_8);
        } finally {
            session.disconnect();
        }
    }

    @Override
    protected String refusal() {
        return "Auth fail";
    }

    @Override
    protected String failure() {
        return "Auth fail";
    }
}
