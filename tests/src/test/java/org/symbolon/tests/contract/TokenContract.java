package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.symbolon.tests.contract.Refusals.assertRefused;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.symbolon.AmbiguousObjectException;
import org.symbolon.Login;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Pkcs11Uri;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.Slot;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;

/** Slots, tokens and what they say of themselves. */
abstract class TokenContract extends Contract {
    TokenContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @Test
    void slots_ofAModule_haveIdsOfTheirOwn() throws TokenException {
        newToken(unique("Slots"));
        List<Slot> slots = module().slots();

        assertThat(slots).hasSizeGreaterThanOrEqualTo(2);
        assertThat(slots).extracting(slot -> slot.info().slotId()).doesNotHaveDuplicates();
        assertThat(slots).extracting(slot -> slot.info().description()).doesNotContain("");
    }

    @Test
    void emptySlot_afterEachToken_isThereAgain() throws TokenException {
        Slot slot = module().emptySlot();
        assertThat(slot.token()).isEmpty();

        slot.initialize(unique("Fresh"), SO_PIN);

        assertThat(module().emptySlot().info().slotId())
                .isNotEqualTo(slot.info().slotId());
        assertThat(slot.token()).as("the slot that was empty").isPresent();
    }

    @Test
    void initialize_anEmptySlot_makesATokenWithoutUserPin() throws TokenException {
        Token token = module().emptySlot().initialize("Grün Ω", SO_PIN);
        TokenInfo info = token.info();

        assertThat(info.label()).isEqualTo("Grün Ω");
        assertThat(info.serialNumber()).isNotBlank();
        assertThat(info.has(TokenFlag.TOKEN_INITIALIZED)).isTrue();
        assertThat(info.has(TokenFlag.LOGIN_REQUIRED)).isTrue();
        assertThat(info.has(TokenFlag.USER_PIN_INITIALIZED)).isFalse();
        assertThat(info.has(TokenFlag.USER_PIN_LOCKED)).isFalse();
        assertThat(info.minPinBytes()).isBetween(0, info.maxPinBytes());
        assertRefused(
                TokenAuthenticationException.class,
                () -> token.open(Login.user(USER_PIN)).close(),
                "CKR_USER_PIN_NOT_INITIALIZED");
    }

    @Test
    void info_afterTheUserPinIsSet_saysSo() throws TokenException {
        assertThat(token().info().flags())
                .contains(TokenFlag.USER_PIN_INITIALIZED, TokenFlag.TOKEN_INITIALIZED, TokenFlag.RNG)
                .doesNotContain(TokenFlag.USER_PIN_COUNT_LOW, TokenFlag.USER_PIN_FINAL_TRY, TokenFlag.WRITE_PROTECTED);
    }

    @Test
    void initialize_withALabelOutsideTheBounds_isRefused() throws TokenException {
        Slot slot = module().emptySlot();

        for (String label : List.of("", "x".repeat(33), "Ω".repeat(17))) {
            assertThatThrownBy(() -> slot.initialize(label, SO_PIN))
                    .as("label of %d characters", label.length())
                    .isInstanceOfAny(IllegalArgumentException.class, TokenException.class);
        }
        assertThat(slot.token()).isEmpty();
        assertThat(slot.initialize("Ω".repeat(16), SO_PIN).info().label()).isEqualTo("Ω".repeat(16));
    }

    @Test
    void initialize_anInitializedToken_wantsTheOfficersPin() throws TokenException {
        Token token = newToken(unique("Again"));
        long slotId = token.slotInfo().slotId();
        try (Session user = user(token)) {
            p256(user, Template.label("kept"));
        }

        assertRefused(
                TokenAuthenticationException.class,
                () -> slot(slotId).initialize("Other", WRONG_PIN),
                "CKR_PIN_INCORRECT");
        try (Session user = user(token)) {
            assertThat(user.findAll(ObjectQuery.privateKeys())).hasSize(1);
        }
    }

    @Test
    void initialize_anInitializedToken_forgetsObjectsAndUserPin() throws TokenException {
        Token token = newToken(unique("Anew"));
        try (Session user = user(token)) {
            p256(user, Template.label("gone"));
        }

        String label = unique("Renamed");
        Token anew = slot(token.slotInfo().slotId()).initialize(label, SO_PIN);

        assertThat(anew.info().label()).isEqualTo(label);
        assertThat(anew.info().has(TokenFlag.USER_PIN_INITIALIZED)).isFalse();
        try (Session anyone = publicSession(anew)) {
            assertThat(anyone.findAll(ObjectQuery.all().label("gone"))).isEmpty();
        }
    }

    @Test
    void token_byLabelAndUri_isFound() throws TokenException {
        String label = unique("A label; with=signs/и");
        Token token = newToken(label);
        String serial = token.info().serialNumber();

        assertThat(module().token(label).info().serialNumber()).isEqualTo(serial);
        assertThat(module().token(Pkcs11Uri.ofToken(label)).info().serialNumber())
                .isEqualTo(serial);
        assertThat(module().tokens())
                .extracting(t -> t.info().serialNumber())
                .contains(serial)
                .doesNotHaveDuplicates();
    }

    @Test
    void token_ofALabelThatNoneHas_saysWhichThereAre() {
        assertThatThrownBy(() -> module().token("No such"))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining("CKR_TOKEN_NOT_PRESENT")
                .hasMessageContaining("No%20such")
                .hasMessageContaining("\"Contract\"");
    }

    @Test
    void token_ofALabelThatTwoHave_isAmbiguous() throws TokenException {
        String label = unique("Twin");
        module().emptySlot().initialize(label, SO_PIN);
        module().emptySlot().initialize(label, SO_PIN);

        assertThatThrownBy(() -> module().token(label))
                .isInstanceOf(AmbiguousObjectException.class)
                .hasMessageContaining(label);
    }

    @Test
    void mechanisms_ofTheToken_fitTheTable() throws TokenException {
        Map<MechanismType, MechanismInfo> mechanisms = token().mechanisms();

        assertThat(mechanisms).isNotEmpty();
        mechanisms.forEach((type, info) -> {
            assertThat(info.functions()).as(type.name()).isNotEmpty();
            assertThat(info.minKeySize()).as(type.name()).isLessThanOrEqualTo(info.maxKeySize());
            MechanismTable.row(type)
                    .ifPresent(row -> assertThat(row.functions())
                            .as("what the table says of %s", type)
                            .containsAll(info.functions()));
        });
    }

    @Test
    void info_ofASession_namesTokenAndRole() throws TokenException {
        assertThat(session().info().role()).isEqualTo(Role.USER);
        assertThat(session().info().readOnly()).isFalse();
        assertThat(session().info().token().label()).isEqualTo("Contract");
        try (Session anyone = token().openReadOnly(Login.none())) {
            assertThat(anyone.info().role()).isEqualTo(Role.PUBLIC);
            assertThat(anyone.info().readOnly()).isTrue();
        }
    }

    @Test
    void info_ofTheModule_isFilled() {
        assertThat(module().info().description()).isNotBlank();
        assertThat(module().info().manufacturer()).isNotBlank();
    }

    private Slot slot(long id) throws TokenException {
        return module().slots().stream()
                .filter(slot -> slot.info().slotId() == id)
                .findFirst()
                .orElseThrow();
    }
}
