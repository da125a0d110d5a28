package org.symbolon.examples.springboot;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.symbolon.Mechanism;
import org.symbolon.Session;
import org.symbolon.TokenException;

/** Signs with the token by its session, which is a bean like any other. */
@RestController
class SigningController {
    private final Session token;

    SigningController(Session token) {
        this.token = token;
    }

    @GetMapping("/")
    String hello() {
        return "hello from a token";
    }

    @GetMapping("/sign")
    String sign(@RequestParam("text") String text) throws TokenException {
        byte[] signature = token.sign(
                token.privateKey(FirstStart.KEY), Mechanism.ECDSA_SHA256, text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature);
    }
}
