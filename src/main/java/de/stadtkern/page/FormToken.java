package de.stadtkern.page;

import de.stadtkern.identity.Caller;
import de.stadtkern.identity.Rights;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/// Proves that a form was sent from a page of ours, to the browser it was given to: a secret of the session, or of a
/// cookie for whoever is not logged in, that pages of others cannot read. It looks different on every page, so that
/// its letters cannot be guessed from the size of compressed answers.
@Component
class FormToken {

    static final String FIELD = "_form";
    private static final String COOKIE = "form";
    private static final int SECRET = 32;
    /// Under this name a request remembers the secret that its answer sets.
    private static final String FRESH = FormToken.class.getName();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Rights rights;

    FormToken(Rights rights) {
        this.rights = rights;
    }

    /// For a hidden field. Sets the cookie if there is none: only pages with a form do that.
    String issue(HttpServletRequest request, HttpServletResponse response) {
        byte[] secret = rights.person()
                .map(FormToken::ofSession)
                .orElseGet(() -> ofCookie(request, () -> setCookie(request, response)));
        byte[] mask = random();
        byte[] token = new byte[2 * SECRET];
        for (int at = 0; at < SECRET; at++) {
            token[at] = mask[at];
            token[SECRET + at] = (byte) (secret[at] ^ mask[at]);
        }
        return ENCODER.encodeToString(token);
    }

    boolean isGood(HttpServletRequest request, @Nullable String sent) {
        byte[] token = bytes(sent, 2 * SECRET);
        byte[] secret = rights.person().map(FormToken::ofSession).orElseGet(() -> bytes(cookie(request), SECRET));
        if (token.length == 0 || secret.length == 0) {
            return false;
        }
        byte[] told = new byte[SECRET];
        for (int at = 0; at < SECRET; at++) {
            told[at] = (byte) (token[at] ^ token[SECRET + at]);
        }
        return MessageDigest.isEqual(told, secret);
    }

    private static byte[] ofSession(Caller.Person person) {
        return bytes(person.formSecret(), SECRET);
    }

    private static byte[] ofCookie(HttpServletRequest request, Supplier<byte[]> otherwise) {
        byte[] secret = bytes(cookie(request), SECRET);
        return secret.length == 0 ? otherwise.get() : secret;
    }

    private static @Nullable String cookie(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, name(request));
        return cookie == null ? null : cookie.getValue();
    }

    /// One for all forms of a page: a browser keeps one cookie.
    private static byte[] setCookie(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(FRESH) instanceof byte[] given) {
            return given;
        }
        byte[] secret = random();
        request.setAttribute(FRESH, secret);
        ResponseCookie cookie = ResponseCookie.from(name(request), ENCODER.encodeToString(secret))
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        return secret;
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? "__Host-" + COOKIE : COOKIE;
    }

    private static byte[] random() {
        byte[] bytes = new byte[SECRET];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// Empty if it is not what we gave.
    private static byte[] bytes(@Nullable String text, int length) {
        if (text == null) {
            return new byte[0];
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
            return bytes.length == length ? bytes : new byte[0];
        } catch (IllegalArgumentException notOurs) {
            return new byte[0];
        }
    }
}
