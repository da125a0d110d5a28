package org.symbolon.kmip.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.symbolon.Status;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.ttlv.MalformedTtlvException;

/** What a refusal means for making an object in another way. */
class RefusalsTest {
    private static final Status INVALID_MESSAGE = new Status("InvalidMessage", 4);

    @Test
    void invalidMessage_mayBeForAnAttribute_butAnAnswerThatCannotBeReadIsNot() {
        assertThat(Refusals.mayBeForAnAttribute(new TokenProtocolException(INVALID_MESSAGE, "refused")))
                .isTrue();
        assertThat(Refusals.mayBeForAnAttribute(new TokenProtocolException(
                        INVALID_MESSAGE, "unreadable", new MalformedTtlvException("the answer has no end"))))
                .as("the object was made: it is not made once more")
                .isFalse();
    }
}
