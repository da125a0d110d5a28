package org.symbolon.examples.sftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.session.SessionContext;

/** A folder for each user, out of which no path leads. */
final class UserFolders extends VirtualFileSystemFactory {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final Path files;

    UserFolders(Path files) {
        this.files = files;
    }

    @Override
    public Path getUserHomeDir(SessionContext session) throws IOException {
        String user = session.getUsername();
        if (!NAME.matcher(user).matches()) {
            throw new IOException("Only users whose names are like \"alice\" have a folder here");
        }
        return Files.createDirectories(files.resolve(user));
    }
}
