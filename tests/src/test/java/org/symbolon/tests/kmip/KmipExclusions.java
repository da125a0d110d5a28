package org.symbolon.tests.kmip;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What no KMIP server has, by the tests that cannot pass; docs/support-matrix.md says it, too. */
final class KmipExclusions {
    private static final String NO_PINS = "KMIP knows its users by certificates and credentials: there are no PINs";
    private static final String NO_TOKENS = "KMIP has no tokens to make: an Object Group exists when it has an object";
    private static final String NO_COPIES = "KMIP copies no keys, and this one does not leave the server";

    private static final String UNIQUE_NAMES = "labels are Names here, which are unique, of 32 bytes and without NUL";
    private static final String NO_FIELD = "KMIP before 1.4 has no field for it";

    static final Map<String, String> OF_EVERY_SERVER = ofEveryServer();
    /** With keys on a server of KMIP 1.2 and labels that are Names. */
    static final Map<String, String> OF_OLD_SERVERS = ofOldServers();

    /** PyKMIP 0.10. */
    static final Map<String, String> OF_PYKMIP = ofPykmip();

    private KmipExclusions() {}

    private static Map<String, String> ofEveryServer() {
        Map<String, String> all = new HashMap<>();
        for (String test : List.of(
                "setPin_outsideTheBounds_isRefused",
                "setPin_byTheOfficer_replacesTheOfficersPin",
                "setPin_withAWrongOldPin_isRefusedAndCounted",
                "setPin_byTheUser_replacesThePin",
                "initPin_byAnyoneElse_isRefused",
                "initPin_byTheOfficer_unlocksAndKeepsTheObjects",
                "open_withAPinThatIsClosedAfterwards_goesOn",
                "open_withTheUsersPin_isTheUser",
                "open_withTheOtherRolesPin_isRefused",
                "open_withWrongPins_countsDownAndLocks",
                "open_withTheRightPinInBetween_startsTheCountAnew",
                "open_withTheOfficersPin_isTheOfficer",
                "login_withAWrongPin_leavesTheSessionAsItWas",
                "find_byTheOfficer_seesNoPrivateObject",
                "sign_withAKeyThatWantsThePinEachTime_takesItFromTheView")) {
            all.put(test, NO_PINS);
        }
        for (String test : List.of(
                "initialize_withALabelOutsideTheBounds_isRefused",
                "initialize_anInitializedToken_forgetsObjectsAndUserPin",
                "initialize_anInitializedToken_wantsTheOfficersPin",
                "initialize_anEmptySlot_makesATokenWithoutUserPin",
                "token_byLabelAndUri_isFound",
                "token_ofALabelThatTwoHave_isAmbiguous",
                "slots_ofAModule_haveIdsOfTheirOwn",
                "emptySlot_afterEachToken_isThereAgain")) {
            all.put(test, NO_TOKENS);
        }
        all.put("copy_ofAKey_signsLikeTheOriginal", NO_COPIES);
        return Map.copyOf(all);
    }

    private static Map<String, String> ofOldServers() {
        Map<String, String> all = new HashMap<>();
        for (String test : List.of(
                "find_withALimit_givesAtMostThatMany",
                "findOne_ofSeveral_isAmbiguous",
                "find_whileObjectsComeAndGo_seesThoseThatStayed",
                "create_withOddLabels_findsEachByItsExactLabel")) {
            all.put(test, UNIQUE_NAMES);
        }
        all.put("sign_aMessageOfAMebibyte_verifies", NO_FIELD);
        List<String> salted =
                List.of("CKM_SHA256_RSA_PKCS_PSS with a salt of 0", "CKM_SHA512_RSA_PKCS_PSS with a salt of 20");
        List<String> digested = List.of(
                "CKM_RSA_PKCS over a DigestInfo",
                "CKM_RSA_PKCS_PSS over a digest",
                "CKM_ECDSA on P-256",
                "CKM_ECDSA on P-384",
                "CKM_ECDSA on P-521");
        for (String test :
                List.of("sign_withEachMechanism_verifiesWithTheJdk", "verify_withEachMechanism_tellsGoodFromBad")) {
            salted.forEach(name -> all.put(test + "[" + name + "]", NO_FIELD));
            digested.forEach(name -> all.put(test + "[" + name + "]", NO_FIELD));
        }
        for (String test : List.of(
                "startSign_withEachMechanism_verifiesWithTheJdk", "startVerify_withEachMechanism_tellsGoodFromBad")) {
            salted.forEach(name -> all.put(test + "[" + name + "]", NO_FIELD));
        }
        return Map.copyOf(all);
    }

    private static Map<String, String> ofPykmip() {
        Map<String, String> all = new HashMap<>(OF_EVERY_SERVER);
        for (String test : List.of(
                "changes_ofAKeyPair_tellOfBothHalves",
                "destroy_aKeyThatAnotherSessionKnows_endsItsUse",
                "findOne_ofSeveral_isAmbiguous",
                "find_inALoggedInSession_givesVerifiedObjects",
                "find_inAPublicSession_seesNoPrivateObject",
                "generate_aPrivateKeyByDefault_isSecretForEver",
                "generate_withALabelOrId_makesATokenObject",
                "getAttributes_ofSecretParts_areSensitive",
                "objects_madeByManyThreads_areAllThere",
                "objects_ofOneToken_haveUniqueIds",
                "performAll_withOneThatFails_doesTheOthers",
                "set_whatIsFixedAtBirth_isRefused",
                "sign_byManyThreadsWithOneKey_isRightEachTime",
                "sign_withAKeyFoundLater_needsNoAttributes",
                "write_inAReadOnlySession_isRefused")) {
            all.put(test, "PyKMIP makes no keys on curves");
        }
        for (String test : List.of(
                "changes_afterTheSubscriptionIsClosed_areNotHeard",
                "changes_byAnotherSession_areHeard",
                "changes_ofAnotherToken_areNotHeard",
                "changes_ofOneObjectsLife_areHeardBeforeEachCallReturns",
                "changes_throughAnotherModule_areHeardWithinTheDelay",
                "changes_withAListenerThatThrows_reachTheOthersAndHarmNobody",
                "copy_withANewLabel_leavesTheOriginal",
                "create_dataOnTheToken_isThereForLaterSessions",
                "create_withOddLabels_findsEachByItsExactLabel",
                "destroy_anObject_forgetsIt",
                "find_byEveryAttributeGiven_matchesExactly",
                "find_moreObjectsThanACursorStep_walksThemAllOnce",
                "find_wantedAttributes_areRead",
                "find_whileObjectsComeAndGo_seesThoseThatStayed",
                "find_withACursorThatIsClosedEarly_letsOthersGoOn",
                "find_withALimit_givesAtMostThatMany",
                "set_theLabel_movesTheObject")) {
            all.put(test, "PyKMIP takes no opaque objects, which data objects are");
        }
        return Map.copyOf(all);
    }
}
