package org.symbolon.ssh;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes as somebody would who means harm, the same in each run. */
public final class Damage {
    private final Random random = new Random(20261122);

    /** Changes a bit or a byte, writes a hostile length, cuts the end off, or doubles a part. */
    public byte[] to(byte[] body) {
        byte[] damaged = body.clone();
        int at = random.nextInt(damaged.length);
        switch (random.nextInt(5)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(damaged, at, Math.min(damaged.length, at + 4), (byte) random.nextInt());
            case 3 -> damaged = Arrays.copyOf(damaged, at);
            default -> System.arraycopy(body, 0, damaged, at, Math.min(body.length - at, 1 + random.nextInt(16)));
        }
        return damaged;
    }
}
