package org.symbolon.kmip.server;

import java.util.Arrays;
import org.symbolon.TokenException;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** A fuzz target: requests of a client that means harm, to a server over a soft token. Each gets a response that decodes. */
public final class MachineFuzz {
    private static final int RUNS_OF_A_TOKEN = 2000;
    private static MachineRig rig = open();
    private static int runs;

    private MachineFuzz() {}

    private static MachineRig open() {
        try {
            return new MachineRig();
        } catch (TokenException e) {
            throw new AssertionError("no token", e);
        }
    }

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (++runs % RUNS_OF_A_TOKEN == 0) {
            rig.close();
            rig = open(); // without the objects that earlier runs made
        }
        byte[] request = Arrays.copyOf(data, data.length);
        byte[] response = rig.machine().respond(request, MachineRig.ALICE);
        try {
            MessageCodec.decodeResponse(TtlvDecoder.decode(response, TtlvLimits.DEFAULT));
        } catch (MalformedTtlvException e) {
            throw new AssertionError("the response is none", e);
        }
    }
}
