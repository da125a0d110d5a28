package org.symbolon.soft.object;

/** How an object comes to be, with the numbers of the standard's notes that rule over it (PKCS #11 v3.2 table 13). */
enum Making {
    /** C_CreateObject. */
    CREATE(1, 2),
    /** C_GenerateKey, C_GenerateKeyPair. */
    GENERATE(3, 4),
    /** C_UnwrapKey, and what makes keys like it: C_DeriveKey, C_EncapsulateKey, C_DecapsulateKey. */
    UNWRAP(5, 6);

    private final int requiredNote;
    private final int forbiddenNote;

    Making(int requiredNote, int forbiddenNote) {
        this.requiredNote = requiredNote;
        this.forbiddenNote = forbiddenNote;
    }

    int requiredNote() {
        return requiredNote;
    }

    int forbiddenNote() {
        return forbiddenNote;
    }
}
