package dev.howdah.guard.consent.ticket;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Who may decide, up to which level, and the key that their decisions are signed with.
 *
 * @param name as the settings call them
 * @param level 1 and up
 * @param key Ed25519
 */
public record Approver(String name, int level, PublicKey key) {
    /**
     * The approvers of a setting: {@code ann=2:KEY, bob=3:KEY}, keys as {@code howdah approve --make-key} prints them.
     *
     * @throws HowdahException of code CONFIGURATION if it cannot be read
     */
    public static List<Approver> parse(String text) {
        List<Approver> approvers = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            int equals = entry.indexOf('=');
            int colon = entry.indexOf(':', Math.max(0, equals));
            if (equals < 1 || colon < 0) {
                throw wrong(entry, null);
            }
            try {
                byte[] key =
                        Base64.getDecoder().decode(entry.substring(colon + 1).strip());
                approvers.add(new Approver(
                        entry.substring(0, equals).strip(),
                        Integer.parseInt(entry.substring(equals + 1, colon).strip()),
                        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key))));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw wrong(entry, e);
            }
        }
        return List.copyOf(approvers);
    }

    private static HowdahException wrong(String entry, @org.jspecify.annotations.Nullable Exception cause) {
        String shown = entry.strip();
        return new HowdahException(
                ErrorCode.CONFIGURATION,
                "approval.approvers: cannot read " + (shown.length() > 20 ? shown.substring(0, 20) + "…" : shown) + ".",
                "Write name=level:key, separated by commas; `howdah approve --make-key` prints a key.",
                cause);
    }
}
