package org.symbolon.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbolon.Attribute;
import org.symbolon.TokenInfo;
import org.symbolon.TokenObject;
import org.symbolon.transfer.TransferListener;

/** Tells of the objects that come into a token, a line each, and in the end how many. */
final class TransferOutput implements TransferListener {
    private final Symbolon root;
    private final TokenInfo token;
    private final String done;
    private final ProgressLine progress;
    private final List<Object> documents = new ArrayList<>();
    private final List<Object> leftOut = new ArrayList<>();
    private long transferred;
    private long stayed;

    TransferOutput(Symbolon root, TokenInfo token, String done) {
        this.root = root;
        this.token = token;
        this.done = done;
        this.progress = new ProgressLine(root.terminal(), done);
    }

    @Override
    public void transferred(TokenObject made) {
        transferred++;
        progress.show(transferred, 0);
        if (root.json()) {
            documents.add(TokenTexts.document(token, made).fields());
        } else {
            root.terminal().clearStatus();
            root.terminal().out().println(done + " " + TokenTexts.line(token, made));
        }
    }

    @Override
    public void reduced(TokenObject made, Set<Attribute<?>> without) {
        transferred(made);
        root.remark("  without " + without.stream().map(Attribute::name).collect(Collectors.joining(", "))
                + ", which the token does not take");
    }

    @Override
    public void leftOut(String object, String reason) {
        stayed++;
        if (root.json()) {
            leftOut.add(Document.with("object", object).and("reason", reason).fields());
        } else {
            root.terminal().clearStatus();
            root.remark("left out " + TokenTexts.printable(object) + ": " + TokenTexts.printable(reason));
        }
    }

    /** Says on the terminal how many objects there were. */
    void summary() {
        root.terminal().clearStatus();
        root.remark(Counted.of(transferred, "object") + " " + done + (stayed == 0 ? "" : ", " + stayed + " left out"));
    }

    /** Prints what was not printed while it happened, and returns whether anything came of it. */
    ExitCode end() {
        root.terminal().clearStatus();
        if (root.json()) {
            root.print(Document.with(done, documents).and("leftOut", leftOut).fields(), List.of());
        }
        return transferred == 0 && stayed > 0 ? ExitCode.FAILED : ExitCode.OK;
    }
}
