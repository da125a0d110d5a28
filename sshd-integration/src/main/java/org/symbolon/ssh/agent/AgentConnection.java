package org.symbolon.ssh.agent;

import java.io.IOException;
import java.util.Arrays;
import org.symbolon.serve.ClientStream;
import org.symbolon.serve.ClientTimes;
import org.symbolon.serve.RefusalLog;
import org.symbolon.serve.ServedClient;

/** A client of an agent: messages, each answered before the next is read. */
final class AgentConnection extends ServedClient {
    private final AgentConversation conversation;

    AgentConnection(
            ClientStream stream,
            AgentConversation conversation,
            ClientTimes times,
            RefusalLog refusals,
            boolean mayWait) {
        super(stream, times, refusals, mayWait);
        this.conversation = conversation;
    }

    @Override
    protected void answerNext() throws IOException {
        byte[] payload = AgentFrame.read(input());
        works();
        try {
            replies().write(AgentFrame.of(conversation.answer(payload)));
        } finally {
            Arrays.fill(payload, (byte) 0); // it may hold a PIN or a key
        }
    }

    @Override
    protected boolean isMalformed(IOException failure) {
        return failure instanceof MalformedAgentMessageException;
    }
}
