package org.symbolon.ssh.agent;

import java.util.Arrays;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;

/** Reads what clients ask of an agent. */
final class AgentRequestReader {
    private AgentRequestReader() {}

    /**
     * Reads a request.
     *
     * @param payload its type and body; the caller's to wipe
     * @return the request, to be closed
     * @throws AgentRefusal if the type is not known
     * @throws SshFormatException if the body is not what the type wants
     */
    static AgentRequest read(byte[] payload) throws SshFormatException, AgentRefusal {
        SshReader reader = new SshReader(payload, "agent request");
        AgentRequest request = read(reader, reader.octet("type"));
        if (reader.remaining() > 0) {
            request.close();
        }
        reader.end();
        return request;
    }

    private static AgentRequest read(SshReader reader, int type) throws SshFormatException, AgentRefusal {
        return switch (type) {
            case AgentCode.REQUEST_IDENTITIES -> new AgentRequest.List();
            case AgentCode.SIGN_REQUEST -> new AgentRequest.Sign(key(reader), data(reader), reader.uint32("flags"));
            case AgentCode.ADD_IDENTITY, AgentCode.ADD_ID_CONSTRAINED ->
                added(reader, type == AgentCode.ADD_ID_CONSTRAINED);
            case AgentCode.REMOVE_IDENTITY -> new AgentRequest.Remove(key(reader));
            case AgentCode.REMOVE_ALL_IDENTITIES -> new AgentRequest.RemoveAll();
            case AgentCode.ADD_SMARTCARD_KEY, AgentCode.ADD_SMARTCARD_KEY_CONSTRAINED ->
                addedSmartcard(reader, type == AgentCode.ADD_SMARTCARD_KEY_CONSTRAINED);
            case AgentCode.REMOVE_SMARTCARD_KEY -> removedSmartcard(reader);
            case AgentCode.LOCK -> new AgentRequest.Lock(secret(reader, "passphrase", AgentRequest.MAX_TEXT_BYTES));
            case AgentCode.UNLOCK -> new AgentRequest.Unlock(secret(reader, "passphrase", AgentRequest.MAX_TEXT_BYTES));
            case AgentCode.EXTENSION ->
                new AgentRequest.Extension(
                        reader.name("extension", AgentRequest.MAX_TEXT_BYTES),
                        Bytes.wrap(reader.raw("contents", reader.remaining())));
            default -> throw new AgentRefusal("messages of type " + type + " are not known");
        };
    }

    private static AgentRequest.Add added(SshReader reader, boolean constrained) throws SshFormatException {
        AddedKey key = AddedKey.read(reader);
        return new AgentRequest.Add(key, constrained ? KeyConstraints.read(reader) : KeyConstraints.NONE);
    }

    private static AgentRequest.AddSmartcard addedSmartcard(SshReader reader, boolean constrained)
            throws SshFormatException {
        String id = reader.text("token", AgentRequest.MAX_TEXT_BYTES);
        SecretBytes pin = secret(reader, "PIN", Pin.MAX_BYTES);
        boolean whole = false;
        try {
            KeyConstraints constraints = constrained ? KeyConstraints.read(reader) : KeyConstraints.NONE;
            whole = true;
            return new AgentRequest.AddSmartcard(id, pin, constraints);
        } finally {
            if (!whole) {
                pin.close();
            }
        }
    }

    private static AgentRequest.RemoveSmartcard removedSmartcard(SshReader reader) throws SshFormatException {
        String id = reader.text("token", AgentRequest.MAX_TEXT_BYTES);
        Arrays.fill(reader.string("PIN", Pin.MAX_BYTES), (byte) 0); // OpenSSH sends an empty one; nobody needs it
        return new AgentRequest.RemoveSmartcard(id);
    }

    private static Bytes key(SshReader reader) throws SshFormatException {
        return Bytes.wrap(reader.string("key", SshPublicKey.MAX_BLOB_BYTES));
    }

    private static Bytes data(SshReader reader) throws SshFormatException {
        return Bytes.wrap(reader.string("data", AgentFrame.MAX_BYTES));
    }

    private static SecretBytes secret(SshReader reader, String field, int max) throws SshFormatException {
        return SecretBytes.takeOver(reader.string(field, max));
    }
}
