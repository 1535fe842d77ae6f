package dev.howdah.guard.consent.ticket;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * An approver's decision about one ticket, signed by them: over the ticket's number and the digest of all that it binds, so
 * that it fits nothing else.
 *
 * @param ticket the ticket
 * @param digest what the ticket binds, {@link Ticket#digest()}
 * @param approve yes or no
 * @param emergency whether they approve as one of two seniors, whatever the level
 * @param approver their name
 * @param comment what they say to it
 * @param at when
 * @param signature Ed25519 over all that, in base 64
 */
public record Decision(
        String ticket,
        String digest,
        boolean approve,
        boolean emergency,
        String approver,
        String comment,
        Instant at,
        String signature) {

    /** A decision, signed with the approver's own key. */
    public static Decision signed(
            Ticket ticket,
            boolean approve,
            boolean emergency,
            String approver,
            String comment,
            Instant at,
            PrivateKey key) {
        Decision unsigned = new Decision(ticket.id(), ticket.digest(), approve, emergency, approver, comment, at, "");
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(unsigned.message());
            String signed = Base64.getEncoder().encodeToString(signature.sign());
            return new Decision(ticket.id(), ticket.digest(), approve, emergency, approver, comment, at, signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key to sign with", e);
        }
    }

    /** Whether the owner of this key made it. */
    public boolean isBy(PublicKey key) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message());
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Whatever it is, it is not their signature.
            return false;
        }
    }

    /** What is signed; lengths before texts, so that no two decisions look alike. */
    private byte[] message() {
        StringBuilder text = new StringBuilder("howdah decision 1\n");
        for (String part : new String[] {
            ticket, digest, approve ? "approve" : "deny", emergency ? "emergency" : "", approver, comment, at.toString()
        }) {
            text.append(part.length()).append(':').append(part).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
