package org.symbolon.tests.remote;

import java.util.Map;
import java.util.TreeMap;

/** What SoftHSM 2.6.1 and p11-kit 0.24.1 cannot do, whoever asks them. */
final class SoftHsmExclusions {
    /** SoftHSM 2.6.1 may miss what another process makes while it looks, and p11-kit runs it anew for each client. */
    static final boolean CHANGES_AT_ONCE = false;

    private static final String NO_UNIQUE_ID =
            "SoftHSM 2.6.1 is PKCS #11 2.40: objects have no CKA_UNIQUE_ID and are known by class, id and label";
    private static final String NO_COUNT = "SoftHSM counts no wrong PINs and never locks";
    private static final String NO_GCM =
            "p11-kit 0.24.1 has no type for CK_GCM_PARAMS, whose pointers would mean nothing to it";

    private SoftHsmExclusions() {}

    static Map<String, String> all() {
        Map<String, String> tests = new TreeMap<>();
        tests.put("objects_ofOneToken_haveUniqueIds", NO_UNIQUE_ID);
        tests.put("set_theLabel_movesTheObject", NO_UNIQUE_ID);
        tests.put("changes_ofOneObjectsLife_areHeardBeforeEachCallReturns", NO_UNIQUE_ID);
        tests.put("open_withWrongPins_countsDownAndLocks", NO_COUNT);
        tests.put("open_withTheRightPinInBetween_startsTheCountAnew", NO_COUNT);
        tests.put("gcm_withEachKeyLength_agreesWithTheJdk", NO_GCM);
        tests.put("gcm_withAdditionalDataAndAShortTag_agreesWithTheJdk", NO_GCM);
        tests.put("gcm_withAnythingFlipped_failsInOneAndTheSameWay", NO_GCM);
        tests.put("gcm_whichStreams_givesNothingBeforeTheTagIsChecked", NO_GCM);
        tests.put("encrypt_withAKeyThatMayNot_isRefused", NO_GCM);
        tests.put("decrypt_whatIsShorterThanTheTag_isRefused", NO_GCM);
        tests.put(
                "generate_aPair_hasOnePublicKeyInBothHalves",
                "SoftHSM keeps no CKA_PUBLIC_KEY_INFO, nor the point with an EC private key");
        tests.put("create_aKeyOfTheWrongLength_isRefused", "SoftHSM takes AES keys of any length");
        tests.put("sign_withAKeyOfAnotherType_isRefused", "SoftHSM answers CKR_GENERAL_ERROR");
        tests.put("performAll_withOneThatFails_doesTheOthers", "SoftHSM answers CKR_GENERAL_ERROR");
        tests.put(
                "sign_withAMechanismThatTheKeyDoesNotAllow_isRefused",
                "SoftHSM 2.6.1 has no CKM_ECDSA_SHA256; it is hashed for here, and the key does not allow CKM_ECDSA");
        String tooShort = "SoftHSM wants a key as long as the hash";
        tests.put("mac_withEachMechanism_agreesWithTheJdk[CKM_SHA384_HMAC]", tooShort);
        tests.put("mac_withEachMechanism_agreesWithTheJdk[CKM_SHA512_HMAC]", tooShort);
        return tests;
    }
}
