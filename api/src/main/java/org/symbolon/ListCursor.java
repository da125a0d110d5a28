package org.symbolon;

import java.util.List;

/** A cursor over a list. */
final class ListCursor implements ObjectCursor {
    private final List<TokenObject> objects;
    private int position;

    ListCursor(List<TokenObject> objects) {
        this.objects = objects;
    }

    @Override
    public List<TokenObject> next(int max) {
        int end = (int) Math.min(objects.size(), (long) position + max);
        List<TokenObject> part = objects.subList(position, end);
        position = end;
        return part;
    }

    @Override
    public void close() {
        position = objects.size();
    }
}
