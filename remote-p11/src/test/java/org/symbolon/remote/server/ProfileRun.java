package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbolon.remote.rpc.RpcMessage;

/**
 * A test case of the profiles being run. Each result is compared with what the case wants, but for what the standard lets a
 * conforming token vary (PKCS #11 Profiles v3.2, permitted test case variations).
 */
final class ProfileRun {
    private static final Set<String> VARIES = Set.of(
            "LibraryDescription",
            "LibraryVersion",
            "ManufacturerID",
            "SlotDescription",
            "HardwareVersion",
            "FirmwareVersion",
            "serialNumber",
            "label",
            "model",
            "utcTime");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern INDEXED = Pattern.compile("\\[0]");

    private final PublishedConstants constants;
    private final ProfileCalls calls;
    private final Peer peer;
    private final Map<String, String> placeholders = new HashMap<>();
    private final List<String> departures = new ArrayList<>();
    private int compared;

    /** Who is called. */
    @FunctionalInterface
    interface Peer {
        RpcMessage call(RpcMessage request) throws IOException;
    }

    ProfileRun(PublishedConstants constants, Peer peer, String pin) {
        this.constants = constants;
        this.calls = new ProfileCalls(constants);
        this.peer = peer;
        placeholders.put("Pin", pin);
    }

    /** Runs the case and returns where a result was another than the case wants, a line each. */
    List<String> departures(ProfileCase profile) throws IOException {
        for (ProfileCase.Step step : profile.steps()) {
            RpcMessage reply = peer.call(calls.request(step, this::filledIn));
            assertThat(reply.failure())
                    .as("%s of %s", step.function(), profile.name())
                    .isEqualTo(constants.value("return_values", step.returnValue()));
            Map<String, List<String>> given = ProfileResults.of(reply);
            assertThat(given.keySet())
                    .as(step.function())
                    .isEqualTo(step.output().keySet());
            step.output().forEach((path, wanted) -> compare(step, path, wanted, given.getOrDefault(path, List.of())));
        }
        return departures;
    }

    /** Returns how many values were compared. */
    int compared() {
        return compared;
    }

    private String filledIn(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        return matcher.replaceAll(found -> {
            String value = placeholders.get(found.group(1));
            assertThat(value).as("the value of %s", found.group()).isNotNull();
            return Matcher.quoteReplacement(value);
        });
    }

    private void compare(ProfileCase.Step step, String path, List<String> wanted, List<String> given) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Matcher placeholder = PLACEHOLDER.matcher(wanted.get(0));
        if (placeholder.find()) {
            String prefix = wanted.get(0).substring(0, placeholder.start());
            assertThat(given.get(0)).startsWith(prefix);
            assertThat(INDEXED.matcher(placeholder.group(1)).find() || given.size() == 1)
                    .isTrue();
            placeholders.putIfAbsent(placeholder.group(1), given.get(0).substring(prefix.length()));
            return;
        }
        if (VARIES.contains(name)) {
            assertThat(given.get(0)).as("%s is padded as wanted", path).hasSameSizeAs(wanted.get(0));
            return;
        }
        compared++;
        List<String> inOurWords =
                wanted.stream().map(value -> inOurWords(step, name, value)).toList();
        if (!given.containsAll(inOurWords)) {
            departures.add(step.function() + " "
                    + step.input().getOrDefault("Type", List.of("")).get(0) + " " + name + ": " + inOurWords + ", not "
                    + given);
        }
    }

    private String inOurWords(ProfileCase.Step step, String name, String value) {
        return switch (name) {
            case "Flags" -> Long.toUnsignedString(constants.flags(flagsOf(step.function()), value));
            case "Type" -> Long.toUnsignedString(constants.value("mechanisms", "CKM_" + value));
            default -> value;
        };
    }

    private static String flagsOf(String function) {
        return switch (function) {
            case "C_GetSlotInfo" -> "slot_info_flags";
            case "C_GetTokenInfo" -> "token_info_flags";
            case "C_GetMechanismInfo" -> "mechanisms_flags";
            default -> "";
        };
    }
}
