package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.ObjectType;

/** An object that a server keeps (KMIP 2.1 section 2). */
public sealed interface ManagedObject
        permits Certificate,
                CertificateRequest,
                OpaqueObject,
                PgpKey,
                PrivateKey,
                PublicKey,
                SecretData,
                SplitKey,
                SymmetricKey,
                Template {
    /** {@return its type} */
    ObjectType objectType();
}
