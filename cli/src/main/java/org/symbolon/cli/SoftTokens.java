package org.symbolon.cli;

import org.symbolon.TokenInfo;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.soft.BackupReport;
import org.symbolon.soft.SoftAdministration;
import org.symbolon.soft.SoftBackup;

/** Soft tokens that are moved as a whole, or administered. */
final class SoftTokens {
    private static final String SCHEME = "soft:";

    private SoftTokens() {}

    static boolean isSoft(TokenConfiguration configured) {
        return configured.uri().startsWith(SCHEME);
    }

    /** Returns what moves the tokens of a module, and shows how far it is. */
    static SoftBackup of(Symbolon root, TokenConfiguration configured, String doing) throws CommandFailure {
        if (!isSoft(configured)) {
            throw CommandFailure.usage("whole tokens are moved in and out of soft tokens, not " + configured.uri()
                    + "; \"token copy\" brings what can leave a token into another");
        }
        ProgressLine line = new ProgressLine(root.terminal(), doing);
        return SoftBackup.of(configured.uri(), configured.options()).progress(line::show);
    }

    /** Returns what administers a token. */
    static SoftAdministration administration(TokenConfiguration configured, TokenInfo info) throws CommandFailure {
        if (!isSoft(configured)) {
            throw CommandFailure.usage("soft tokens are administered so, not " + configured.uri());
        }
        return SoftAdministration.of(configured.uri(), configured.options(), info.serialNumber());
    }

    static Document document(BackupReport report) {
        return Document.with("label", report.label())
                .and("serialNumber", report.serialNumber())
                .and("signingKey", report.verifyKey().toHex())
                .and("objects", report.objects())
                .and("leftOut", report.leftOut());
    }

    /** Returns the line that says what was done. */
    static String line(String done, BackupReport report) {
        return done + " token \"" + TokenTexts.printable(report.label()) + "\", serial " + report.serialNumber() + ": "
                + Counted.of(report.objects(), "object");
    }

    /** Tells what was not moved. */
    static void remarks(Symbolon root, BackupReport report) {
        report.leftOut().forEach(damage -> root.remark("left out: " + TokenTexts.printable(damage)));
    }
}
