package org.symbolon.ssh.jsch;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import java.util.Vector;
import org.symbolon.ssh.TokenSshKeys;

/**
 * Keys of a token as JSch's identities, always those that the token has now. For {@code JSch.setIdentityRepository}, in place
 * of keys from files, or for {@code Session.setIdentityRepository}. Thread-safe.
 *
 * <p>A server takes only a few keys before it ends the connection (OpenSSH: six): name the right ones.
 */
@SuppressWarnings("exports") // who calls this requires JSch; modules that do not must compile without
public final class TokenIdentityRepository implements IdentityRepository {
    private final TokenSshKeys keys;

    /**
     * Makes the repository.
     *
     * @param keys the keys; they stay the caller's, open for longer than this
     */
    public TokenIdentityRepository(TokenSshKeys keys) {
        this.keys = keys;
    }

    @Override
    public String getName() {
        return "Symbolon";
    }

    /** {@return {@link IdentityRepository#RUNNING}} */
    @Override
    public int getStatus() {
        return RUNNING;
    }

    @Override
    public Vector<Identity> getIdentities() {
        Vector<Identity> identities = new Vector<>();
        keys.keys().forEach(key -> identities.addAll(TokenIdentity.of(key, keys.signer())));
        return identities;
    }

    /** {@return false: a private key in the clear is not put into a token here} */
    @Override
    public boolean add(byte[] identity) {
        return false;
    }

    /** {@return false: keys are removed in the token} */
    @Override
    public boolean remove(byte[] blob) {
        return false;
    }

    /** Does nothing: keys are removed in the token. */
    @Override
    public void removeAll() {}
}
