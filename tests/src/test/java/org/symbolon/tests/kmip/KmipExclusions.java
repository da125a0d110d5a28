package org.symbolon.tests.kmip;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What no KMIP server has, by the tests that cannot pass; docs/support-matrix.md says it, too. */
final class KmipExclusions {
    private static final String NO_PINS = "KMIP knows its users by certificates and credentials: there are no PINs";
    private static final String NO_TOKENS = "KMIP has no tokens to make: an Object Group exists when it has an object";
    private static final String NO_COPIES = "KMIP copies no keys, and this one does not leave the server";

    static final Map<String, String> OF_EVERY_SERVER = ofEveryServer();

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
}
