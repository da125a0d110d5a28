package org.symbolon.tests.contract;

import org.junit.jupiter.api.Nested;

/** Every contract: what a backend's test extends. */
public abstract class TokenContracts {
    /** Makes a backend with storage of its own. */
    protected abstract TokenFixture newFixture();

    @Nested
    class Tokens extends TokenContract {
        Tokens() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class Logins extends LoginContract {
        Logins() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class Objects extends ObjectContract {
        Objects() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class Finds extends FindContract {
        Finds() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class KeyAttributes extends KeyAttributeContract {
        KeyAttributes() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class Signatures extends SignContract {
        Signatures() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class Ciphers extends CipherContract {
        Ciphers() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class DigestsAndMacs extends DigestMacContract {
        DigestsAndMacs() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class RandomNumbers extends RandomContract {
        RandomNumbers() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class Changes extends ChangeFeedContract {
        Changes() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class Lifecycle extends LifecycleContract {
        Lifecycle() {
            super(TokenContracts.this::newFixture);
        }
    }

    @Nested
    class Batches extends BatchContract {
        Batches() {
            super(TokenContracts.this::newFixture);
        }
    }
}
