package org.symbolon.ssh.agent;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Status;
import org.symbolon.TokenException;

/** The keys of an agent as objects. Each look asks the agent; a key that was seen is used without asking again. Thread-safe. */
final class AgentListing {
    private final SshAgentClient client;
    private final String serialNumber;
    private volatile Map<ObjectId, AgentObject> seen = Map.of();

    AgentListing(SshAgentClient client, String serialNumber) {
        this.client = client;
        this.serialNumber = serialNumber;
    }

    List<AgentObject> now(Deadline deadline) throws TokenException {
        List<AgentObject> objects = AgentObject.all(serialNumber, client.identities(deadline));
        seen = objects.stream()
                .collect(Collectors.toUnmodifiableMap(
                        each -> each.object().id(), Function.identity(), (first, second) -> first));
        return objects;
    }

    /** Returns the object of an id, perhaps one that the agent has lost since. */
    AgentObject find(ObjectId id, Deadline deadline) throws TokenException {
        AgentObject known = seen.get(id);
        if (known == null) {
            now(deadline);
            known = seen.get(id);
        }
        if (known == null) {
            throw new ObjectNotFoundException(
                    Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "the agent does not have it (any more)");
        }
        return known;
    }
}
