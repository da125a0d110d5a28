package org.symbolon.soft;

import org.symbolon.Deadline;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.TokenException;

/** How the calls of an administration reach their token: each opens its database and logs in for itself. Immutable. */
record AdministrativeLogin(String uri, ModuleOptions options, String serialNumber) {
    /** What is done with a token. */
    @FunctionalInterface
    interface Work<T> {
        T run(OpenToken token, Deadline deadline) throws TokenException;
    }

    /** What is done with what a login opened. */
    @FunctionalInterface
    interface OpenedWork<T> {
        T run(OpenToken token, Opened opened, Deadline deadline) throws TokenException;
    }

    /** How a PIN is tried. */
    @FunctionalInterface
    interface Opening {
        Opened open(PinGate gate, Role role, Pin pin, Deadline deadline) throws TokenException;
    }

    <T> T inToken(Work<T> work) throws TokenException {
        Deadline deadline = Deadline.after(options.timeout());
        OpenDatabase database = SoftModuleFactory.acquire(uri, options);
        try {
            return work.run(SoftBackup.find(database, serialNumber, deadline), deadline);
        } finally {
            database.release();
        }
    }

    <T> T loggedIn(SoftSettings used, Login login, OpenedWork<T> work) throws TokenException {
        return loggedIn(used, login, PinGate::open, work);
    }

    <T> T loggedIn(SoftSettings used, Login login, Opening opening, OpenedWork<T> work) throws TokenException {
        return inToken((token, deadline) -> {
            Anchoring.requireCurrent(token, used, deadline);
            Opened opened = opening.open(new PinGate(token, used), login.role(), pin(login), deadline);
            try {
                SoftSession.requirePinnedKey(opened, used);
                return work.run(token, opened, deadline);
            } finally {
                opened.leave();
            }
        });
    }

    static Pin pin(Login login) {
        if (login instanceof Login.User user) {
            return user.pin();
        }
        if (login instanceof Login.SecurityOfficer officer) {
            return officer.pin();
        }
        throw new IllegalArgumentException("a soft token is administered by its user or its security officer");
    }
}
